//! Reads the official quarterly file and writes tables.
//!
//! An importer takes bytes and gives the bytes of a table, or an [`ImportError`] that says where the file is not what it should be.

mod assemble;
mod columns;
mod file;
mod fixed;
mod partial;
mod record;
mod release;
mod write;

pub use file::{Imported, hcpcs};
pub use partial::{PartialSet, PartialWritten};
pub use superbill_table::import::ImportError;
