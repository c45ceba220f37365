//! Why the command could not do it, and what to change.

use thiserror::Error;

#[derive(Debug, Error)]
pub(crate) enum CliError {
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
    #[error("cannot read standard input: {0}; codes are read as UTF-8 text, one a line")]
    Input(std::io::Error),
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("today's date is out of range: give --on DATE")]
    Today,
    #[error("no table of {system} is bundled, and loading one is not built yet")]
    NoTable { system: &'static str },
    #[error("the bundled table of ICD-10-CM speaks of {first} to {last}: give a date between them with --on")]
    OutsideHorizon { first: String, last: String },
    #[error(transparent)]
    Table(#[from] superbill::table::TableError),
    #[error(
        "--fail-on: {0:?} is no status; use any, or some of billable, valid, confirmed, header, not_yet_effective, retired, unknown, malformed, cannot_tell, with commas between"
    )]
    FailOn(String),
    #[error("the bundled example is damaged: {0}")]
    Example(&'static str),
    #[error(transparent)]
    Build(#[from] superbill::claim::BuildError),
    #[error(transparent)]
    Field(#[from] superbill::claim::FieldError),
    #[error(transparent)]
    Id(#[from] superbill::core::IdError),
    #[error(transparent)]
    Money(#[from] superbill::core::MoneyError),
    #[error(transparent)]
    Account(#[from] superbill::lifecycle::AccountIdError),
    #[error(transparent)]
    Book(#[from] superbill::lifecycle::BookError),
    #[error(transparent)]
    Post(#[from] superbill::lifecycle::PostRefusal),
    #[error(transparent)]
    Read(#[from] superbill::edi::ReadError),
    #[error(transparent)]
    Write(#[from] superbill::edi::WriteError),
    #[error(transparent)]
    X12(#[from] superbill::x12::X12Error),
}
