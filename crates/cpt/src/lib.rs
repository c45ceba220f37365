#![doc = include_str!("../README.md")]

mod code;
pub mod em;
mod modifier;
mod section;

pub use code::{CptCategory, CptCode, CptCodeError};
pub use modifier::{CptModifier, Fit, ModifierClass, ModifierConflict, ModifierUse, conflicts};
pub use section::{Section, Subsection};
pub use superbill_core::Modifier;
