#![doc = include_str!("../README.md")]

mod code;

pub use code::{HcpcsCode, HcpcsCodeError};
pub use superbill_core::Modifier;
