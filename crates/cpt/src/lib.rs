#![doc = include_str!("../README.md")]

#[doc(hidden)]
pub mod checks;
mod code;
mod descriptor;
pub mod em;
#[cfg(feature = "import")]
pub mod import;
mod list;
mod modifier;
mod section;
mod status;
mod table;

pub use code::{CptCategory, CptCode, CptCodeError};
pub use descriptor::{Descriptor, DescriptorKind};
pub use list::{CptList, Listed};
pub use modifier::{CptModifier, Fit, ModifierClass, ModifierConflict, ModifierUse, conflicts};
pub use section::{Section, Subsection};
pub use status::{CptLookup, CptStatus, CptTables, NOT_LOADED};
pub use superbill_core::Modifier;
pub use superbill_table::TableError;
pub use table::{CPT_KIND, Cpt, CptRow, OWNER_NOTICE};
