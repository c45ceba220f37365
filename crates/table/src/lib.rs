#![doc = include_str!("../README.md")]

mod about;
mod bytes;
#[doc(hidden)]
pub mod checks;
mod container;
mod error;
#[cfg(feature = "import")]
pub mod import;
mod keys;
mod map;
mod texts;
#[cfg(feature = "write")]
mod write;

pub use about::{ABOUT, About};
pub use bytes::{ByteView, u8_at, u16_at, u32_at, u64_at};
pub use container::{FORMAT_VERSION, SectionName, Table};
pub use error::TableError;
pub use keys::{KEY_CHARS, SortedKeys};
pub use map::PackedMap;
pub use texts::{MAX_TEXT_BYTES, Symbols, TextBody, TextBuffer, TextRecord, Texts};
#[cfg(feature = "write")]
pub use write::{KeysWriter, MapWriter, SymbolTable, TableWriter, TextsWriter, WriteError};
