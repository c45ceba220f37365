#![doc = include_str!("../README.md")]

mod code;

pub use code::{CptCategory, CptCode, CptCodeError};
pub use superbill_core::Modifier;
