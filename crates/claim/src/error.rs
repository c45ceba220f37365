//! The errors of this room. None of them holds what was given: it may be a patient's.

use superbill_core::MoneyError;
use thiserror::Error;

/// Why a short code text does not fit its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{field} has {least} to {most} letters or digits")]
pub struct FieldError {
    /// The name of the field.
    pub field: &'static str,
    /// Fewest characters.
    pub least: u8,
    /// Most characters.
    pub most: u8,
}

/// Why a claim cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A claim needs a diagnosis (837P loop 2300, HI).
    #[error("a claim needs at least one diagnosis")]
    NoDiagnosis,
    /// A claim needs a service line (837P loop 2400).
    #[error("a claim needs at least one service line")]
    NoLine,
    /// More diagnoses than the claim kind carries: 12 on a professional claim.
    #[error("a {kind} claim carries at most {most} diagnoses")]
    TooManyDiagnoses {
        /// The claim kind in words.
        kind: &'static str,
        /// Most diagnoses.
        most: usize,
    },
    /// The same diagnosis a second time.
    #[error("diagnosis {position} repeats diagnosis {first}")]
    DuplicateDiagnosis {
        /// Place of the repetition, counted from 1.
        position: usize,
        /// Place of the first.
        first: usize,
    },
    /// More service lines than the claim kind carries: 50 on a professional claim.
    #[error("a {kind} claim carries at most {most} service lines")]
    TooManyLines {
        /// The claim kind in words.
        kind: &'static str,
        /// Most lines.
        most: usize,
    },
    /// A pointer that belongs to another claim's builder.
    #[error("service line {line} points to a diagnosis that this claim does not have")]
    ForeignPointer {
        /// The service line, counted from 1.
        line: usize,
    },
    /// A service line without a diagnosis pointer, or with more than four (SV107).
    #[error("service line {line} needs one to four diagnosis pointers")]
    Pointers {
        /// The service line, counted from 1.
        line: usize,
    },
    /// More than four modifiers (SV101-3 to SV101-6).
    #[error("service line {line} carries at most four modifiers")]
    TooManyModifiers {
        /// The service line, counted from 1.
        line: usize,
    },
    /// The charges do not add up within the range of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
