//! Reads the official files and writes tables.
//!
//! Every importer takes the bytes of the files with their names and gives the bytes of a table, or an [`ImportError`] that says where a file
//! is not what it should be. Nothing is written on the way.

mod code_editor;
mod file_name;
mod pairs;

pub use code_editor::CodeEditorTables;
pub use pairs::{ImportedPairs, pairs};
pub use superbill_table::import::ImportError;
