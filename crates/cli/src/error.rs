//! Why the command could not do it, and what to change.

use thiserror::Error;

#[derive(Debug, Error)]
pub(crate) enum CliError {
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error("cannot read standard input: {0}")]
    Input(std::io::Error),
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("today's date is out of range: give --on DATE")]
    Today,
    #[error("no table of {system} is bundled, and loading one is not built yet: see docs/STATUS.md")]
    NoTable { system: &'static str },
    #[error("the bundled table of ICD-10-CM speaks of {first} to {last}: give a date between them with --on")]
    OutsideHorizon { first: String, last: String },
    #[error(transparent)]
    Table(#[from] superbill::table::TableError),
    #[error(
        "--fail-on: {0:?} is no status; use any, or some of billable, valid, confirmed, header, not_yet_effective, retired, unknown, malformed, cannot_tell, with commas between"
    )]
    FailOn(String),
}
