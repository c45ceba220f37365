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
    #[error("no table of {system} is loaded that speaks of {date}: import one, and name it with --data")]
    NoTable { system: &'static str, date: superbill::Date },
    #[error(
        "changes of {system} between two dates are not told yet: compare what `superbill codes {system} --on` prints for each"
    )]
    NoDiff { system: &'static str },
    #[error(transparent)]
    NotTold(#[from] superbill::icd10cm::NotTold),
    #[error("{file}: {error}")]
    File { file: String, error: std::io::Error },
    #[error("{file} is not a table: make one with `superbill import`")]
    NotATable { file: String },
    #[error("{file}: {error}: import it again")]
    Damaged { file: String, error: superbill::table::TableError },
    #[error("{file}: {error}")]
    X12File { file: String, error: superbill::x12::X12Error },
    #[error("{file}: {error}")]
    Partner { file: String, error: superbill::edi::check::PartnerRulesError },
    #[error("nothing was written: {0}")]
    Import(#[from] superbill::table::import::ImportError),
    #[error("code {place}: {error}")]
    Code { place: usize, error: superbill::icd10cm::CodeError },
    #[error("code {place}: {error}")]
    ServiceCode { place: usize, error: superbill::edits::ServiceCodeError },
    #[error("--list {0}: give a list as NAME=FILE, where the name is one of {1}")]
    CptList(String, String),
    #[error("name the list with --list NAME, once: {0}")]
    CodeList(superbill::edits::CodeListNameError),
    #[error("{kind} is made from one file: give one")]
    OneFile { kind: &'static str },
    #[error("line {line} of the list does not begin with a code: {error}")]
    List { line: u64, error: superbill::icd10cm::CodeError },
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

impl CliError {
    /// An error with a file, whose name is told without its folder.
    pub(crate) fn file(path: &std::path::Path, error: std::io::Error) -> Self {
        Self::File { file: crate::tables::name(path), error }
    }
}
