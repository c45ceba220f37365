#![doc = include_str!("../README.md")]

mod code;
mod section;

pub use code::{CptCategory, CptCode, CptCodeError};
pub use section::{Section, Subsection};
pub use superbill_core::Modifier;
