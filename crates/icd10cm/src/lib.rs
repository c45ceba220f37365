#![doc = include_str!("../README.md")]

mod attribute;
#[doc(hidden)]
pub mod checks;
mod code;
mod error;
mod excludes;
mod hierarchy;
#[cfg(feature = "import")]
pub mod import;
mod notes;
mod on;
pub mod search;
/// The names of the sections of a table, for those who write one.
pub mod section;
mod status;
mod table;
mod title;

pub use attribute::Attribute;
pub use code::Icd10CmCode;
pub use error::{CodeError, CodeErrorKind};
pub use excludes::Excludes1;
pub use hierarchy::Division;
pub use notes::NoteKind;
pub use on::Icd10CmOn;
pub use search::Icd10CmSearch;
pub use section::TABLE_KIND;
pub use status::{Lookup, Status};
pub use superbill_table::TableError;
#[cfg(feature = "bundled")]
pub use table::BUNDLED_VERSION;
pub use table::Icd10Cm;
pub use title::{Title, TitleRelease};
