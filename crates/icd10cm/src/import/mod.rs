//! Reads the official files and writes tables.
//!
//! Every importer takes text or bytes and gives the bytes of a table, or an [`ImportError`] that says where the file is not what it
//! should be. Nothing is written on the way.

mod addenda;
mod conversion;
mod conversion_file;
mod file;
mod fiscal_year;
mod gem_files;
mod history;
mod index;
mod notes;
mod order;
mod pattern;
mod poa_exempt;
mod read_back;
mod release;
pub mod search;
mod seventh;
mod sides;
mod tabular;
mod write;
mod write_titles;

pub use addenda::OrderAddenda;
pub use conversion::Conversions;
pub use conversion_file::conversion;
pub use gem_files::GemFiles;
pub use history::{CodeHistory, History, Interval, Release};
pub use index::{alphabetic_index, drug_table, external_cause_index, neoplasm_table};
pub use notes::{NoteCount, Report};
pub use order::OrderFile;
pub use poa_exempt::poa_exempt;
pub use read_back::symbols;
pub use release::{Imported, icd10cm};
pub use superbill_table::import::ImportError;
pub use tabular::Tabular;
pub use write::Written;
