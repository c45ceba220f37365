//! Remittance advice: 835, ASC X12N 005010X221A1.

mod read;
mod write;

pub use read::read_remittance;
pub use write::write_remittances;
