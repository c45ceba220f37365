//! Reads the official files and writes tables.
//!
//! Every importer takes the bytes of the files with their names and gives the bytes of a table, or an [`ImportError`] that says where a file
//! is not what it should be. Nothing is written on the way.

mod add_on;
mod asp;
mod clfs;
mod code_editor;
mod code_list;
mod code_list_columns;
mod code_list_text;
mod dmepos;
mod file_name;
mod gpci;
mod mpfs;
mod mpfs_layout;
mod mue;
mod ncci_modifiers;
mod opps;
mod pairs;
mod sheet;
mod table_row;

pub use add_on::add_on;
pub use asp::asp;
pub use clfs::clfs;
pub use code_editor::CodeEditorTables;
pub use code_list::code_list;
pub use dmepos::dmepos;
pub use gpci::gpci;
pub use mpfs::mpfs;
pub use mue::mue;
pub use ncci_modifiers::ncci_modifiers;
pub use opps::opps;
pub use pairs::{ImportedPairs, pairs};
pub use superbill_table::import::ImportError;
