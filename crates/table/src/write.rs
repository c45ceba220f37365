//! Writing tables. The same input gives the same bytes.

mod container;
mod keys;
mod map;
mod texts;
mod train;

pub use container::TableWriter;
pub use keys::KeysWriter;
pub use map::MapWriter;
pub use texts::{SymbolTable, TextsWriter};

use thiserror::Error;

/// Why a table cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Keys must ascend without repetition, be above zero and below 2^42.
    #[error("key {row} does not ascend or is out of range")]
    Key {
        /// The row.
        row: usize,
    },
    /// A class has more bits than the size of the map leaves for it, or keys and classes are not as many.
    #[error("the class of key {row} is too large for the map, or missing")]
    Class {
        /// The row.
        row: usize,
    },
    /// More rows than ordinals, or more bytes than offsets can name.
    #[error("too much for one section")]
    TooMuch,
    /// No pilots were found; this does not happen with fewer rows than slots.
    #[error("no pilots found for the map")]
    Pilots,
    /// A text is too long.
    #[error("text {row} is longer than {} bytes", crate::MAX_TEXT_BYTES)]
    Text {
        /// The row.
        row: usize,
    },
    /// A mark has more than six bits.
    #[error("the mark of text {row} has more than six bits")]
    Mark {
        /// The row.
        row: usize,
    },
}
