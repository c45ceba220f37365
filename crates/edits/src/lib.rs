#![doc = include_str!("../README.md")]

pub mod code_editor;
mod code_index;
#[cfg(feature = "import")]
pub mod import;
mod pairs;
mod program;
mod quarter;
mod releases;
mod service_code;

pub use pairs::{CodeOrdinal, ModifierIndicator, PairAnswer, PairEdit, PairSetting, PairTables, Pairs, PairsOn};
pub use program::{Program, ProgramError};
pub use quarter::{Quarter, QuarterError};
pub use releases::{InForce, Releases};
pub use service_code::{ServiceCode, ServiceCodeError};
