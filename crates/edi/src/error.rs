//! The errors of this room. None of them holds text of the file: it may be a patient's.

use crate::notice::Location;
use superbill_claim::FieldError;
use superbill_core::{
    DateError, DateRangeError, IdError, ModifierError, MoneyError, PlaceOfServiceError, QuantityError, SexError,
    TaxIdError,
};
use superbill_x12::X12Error;
use thiserror::Error;

/// Why something in a file cannot be put into the model, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{location}: {kind}")]
#[non_exhaustive]
pub struct ReadError {
    /// The segment, and the element where it is about one.
    pub location: Location,
    /// What is wrong.
    pub kind: ReadErrorKind,
}

impl ReadError {
    pub(crate) fn new(location: Location, kind: impl Into<ReadErrorKind>) -> Self {
        Self { location, kind: kind.into() }
    }
}

/// What is wrong with an element or a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The transaction set is another one.
    #[error("the transaction set is not {expected}: look at ST01 and ST03, or GS08")]
    WrongTransaction {
        /// Set and implementation guide that are read here.
        expected: &'static str,
    },
    /// A segment that must be there is not. The location is that of the segment that begins its loop.
    #[error("the loop has no {segment} segment ({loop_id})")]
    NoSegment {
        /// The segment, with its qualifier.
        segment: &'static str,
        /// The loop it belongs to.
        loop_id: &'static str,
    },
    /// No subscriber and billing provider stand above the claim (loops 2000A and 2000B).
    #[error("no subscriber and billing provider stand above this: look at the HL segments before it")]
    Hierarchy,
    /// The element must have a value.
    #[error("the element is empty")]
    Missing,
    /// The element has none of the codes that the guide has for it.
    #[error("the code is not one that the guide has for this element")]
    Code,
    /// The element is no whole number in its range.
    #[error("the element is not a whole number in its range")]
    Number,
    /// An amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A quantity.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// A date.
    #[error(transparent)]
    Date(#[from] DateError),
    /// A period.
    #[error(transparent)]
    Period(#[from] DateRangeError),
    /// An identifier.
    #[error(transparent)]
    Identifier(#[from] IdError),
    /// A short code.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// A modifier.
    #[error(transparent)]
    Modifier(#[from] ModifierError),
    /// A place of service.
    #[error(transparent)]
    PlaceOfService(#[from] PlaceOfServiceError),
    /// A taxpayer number.
    #[error(transparent)]
    TaxId(#[from] TaxIdError),
    /// A code of the sex.
    #[error(transparent)]
    Sex(#[from] SexError),
}

/// Why a transaction cannot be written. Nothing is written then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// X12 cannot express a text, or a value of the envelope does not fit. Segments are counted in what was written.
    #[error(transparent)]
    X12(#[from] X12Error),
    /// There is nothing to write.
    #[error("there is nothing to write: give at least one {what}")]
    Nothing {
        /// What is missing, in words.
        what: &'static str,
    },
    /// The transaction has no place for a value.
    #[error("item {item}: {what}")]
    NoPlace {
        /// The claim, remittance or acknowledgement, counted from 1 in what was given.
        item: usize,
        /// Which value, and what to change.
        what: &'static str,
    },
    /// There is more of something than the guide allows.
    #[error("item {item}: at most {most} {what}")]
    TooMany {
        /// The claim, remittance or acknowledgement, counted from 1 in what was given.
        item: usize,
        /// Of what, in words.
        what: &'static str,
        /// The most there can be.
        most: usize,
    },
    /// A transaction cannot be split.
    #[error("segment {segment}: {what}")]
    CannotSplit {
        /// The segment, counted from 1 in the file.
        segment: u64,
        /// Why, and what to change.
        what: &'static str,
    },
    /// A control number left the range that X12 has for it.
    #[error("the control numbers run beyond 999999999: begin again at 1")]
    ControlNumber,
}
