//! Reads the official files and writes tables.
//!
//! Every importer takes the bytes of the files with their names and gives the bytes of a table, or an [`ImportError`] that says where a file
//! is not what it should be. Nothing is written on the way.

mod file_name;
mod gpci;
mod mpfs;
mod mpfs_layout;
mod pairs;
mod table_row;

pub use gpci::gpci;
pub use mpfs::mpfs;
pub use pairs::{ImportedPairs, pairs};
pub use superbill_table::import::ImportError;
