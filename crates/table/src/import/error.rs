//! Why a file was not imported.

use crate::{TableError, WriteError};
use thiserror::Error;

/// Why a file was not imported: where, and what was expected there. It holds nothing of the file's text. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A line is not what the format has there.
    #[error("line {line}, column {column}: expected {expected}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: u32,
        /// What the format has there.
        expected: &'static str,
    },
    /// The file as a whole is not what it should be.
    #[error("{0}")]
    File(&'static str),
    /// The file says that it is of another release than the one that was asked for.
    #[error("the file says that it is of {found}, not of {asked}")]
    Release {
        /// What the file says.
        found: String,
        /// What was asked for.
        asked: String,
    },
    /// The release is neither in the file nor given.
    #[error("the file does not say its release: give the first day on which it is in force, as 2026-10-01")]
    NoRelease,
    /// Two files that should be of one release have different codes.
    #[error("the files are of different releases: they differ first in {0}")]
    Differ(String),
    /// Fewer or more rows than the file itself says.
    #[error("the file says that it has {said} rows and has {found}: it is cut short or changed")]
    Rows {
        /// What it says.
        said: u64,
        /// What it has.
        found: u64,
    },
    /// Something is wrong in one of several files.
    #[error("{file}: {error}")]
    In {
        /// The name of the file, without its folder.
        file: String,
        /// What is wrong.
        error: Box<ImportError>,
    },
    /// The table could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The table to add to is damaged.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl ImportError {
    /// A place in a text or a sheet, and what is expected there.
    #[must_use]
    pub const fn line(line: u64, column: u32, expected: &'static str) -> Self {
        Self::Line { line, column, expected }
    }

    /// The same error, in a file of this name.
    #[must_use]
    pub fn in_file(self, file: &str) -> Self {
        Self::In { file: file.to_owned(), error: Box::new(self) }
    }
}
