//! Why a guide's text cannot be read.

use thiserror::Error;

/// Why the text of a guide or of the dictionary cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {line}: {what}")]
pub struct GuideError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

impl GuideError {
    pub(crate) fn new(line: usize, what: &'static str) -> Self {
        Self { line, what }
    }
}
