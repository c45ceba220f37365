//! The errors of this room.

use thiserror::Error;

/// Why bytes are not a table that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TableError {
    /// The bytes end before the header or directory does.
    #[error("the table is cut short: {need} bytes needed, {have} there")]
    Short {
        /// Bytes needed.
        need: u64,
        /// Bytes there.
        have: u64,
    },
    /// The bytes do not begin as a table does.
    #[error("this is not a superbill table")]
    Magic,
    /// A format that this version does not read.
    #[error("the table has format {found}; this version reads format {known}")]
    Version {
        /// The format of the table.
        found: u32,
        /// The format that is known.
        known: u32,
    },
    /// A table of another kind.
    #[error("the table is of another kind than asked for")]
    Kind,
    /// A section lies outside the bytes.
    #[error("section {index} of the table lies outside its bytes")]
    Bounds {
        /// Its place in the directory.
        index: u32,
    },
    /// A section that the reader needs is missing or has the wrong size.
    #[error("the table has no usable section {name:?}")]
    Section {
        /// The name of the section.
        name: &'static str,
    },
    /// A section's bytes are not those that were written.
    #[error("section {index} of the table is damaged: its checksum differs")]
    Checksum {
        /// Its place in the directory.
        index: u32,
    },
    /// The content breaks a rule that its reader relies on.
    #[error("the table is inconsistent in {name:?} at row {row}")]
    Content {
        /// The name of the section.
        name: &'static str,
        /// The row.
        row: u64,
    },
}
