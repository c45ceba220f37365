//! Reads the official files and writes tables.
//!
//! Every importer takes text or bytes and gives the bytes of a table, or an [`ImportError`] that says where the file is not what it
//! should be. Nothing is written on the way.

mod error;
mod pattern;
pub mod search;
mod seventh;
mod tabular;

pub use error::ImportError;
pub use tabular::Tabular;
