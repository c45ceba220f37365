//! Reads the official files and writes tables.
//!
//! Every importer takes text or bytes and gives the bytes of a table, or an [`ImportError`] that says where the file is not what it
//! should be. Nothing is written on the way.

mod addenda;
mod conversion;
mod error;
mod excludes;
mod file;
mod history;
mod index;
mod order;
mod pattern;
mod read_back;
mod release;
mod seventh;
mod tabular;
mod write;
mod write_titles;

pub use addenda::OrderAddenda;
pub use conversion::Conversions;
pub use error::ImportError;
pub use history::{CodeHistory, History, Interval, Release};
pub use index::{alphabetic_index, drug_table, external_cause_index, neoplasm_table};
pub use order::OrderFile;
pub use read_back::symbols;
pub use release::{Imported, icd10cm};
pub use tabular::Tabular;
pub use write::Written;
