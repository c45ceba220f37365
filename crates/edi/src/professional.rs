//! Professional claims: 837, ASC X12N 005010X222A1.

mod claim;
mod level;
mod loops;
mod read;
mod write;

use crate::error::ReadError;
use crate::notice::Notice;
use core::ops::RangeInclusive;
use superbill_claim::{Claim, Party};
use superbill_core::Date;

pub(crate) use claim::procedure;
pub use read::read_professional;
pub(crate) use write::procedure_text;
pub use write::write_professional;

/// One 837 transaction set of professional claims, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfessionalTransaction {
    /// Its segments in the file, ST to SE, counted from 1.
    pub segments: RangeInclusive<u64>,
    /// The submitter's number of the transmission (BHT03).
    pub reference: Option<String>,
    /// When it was made (BHT04).
    pub created: Option<Date>,
    /// Who submits (loop 1000A).
    pub submitter: Option<Party>,
    /// Who receives (loop 1000B).
    pub receiver: Option<Party>,
    /// The claims in order, those that failed left out.
    pub claims: Vec<ClaimRead>,
    /// The claims that the model cannot hold.
    pub failed: Vec<ClaimFailure>,
    /// What is not in the model and stands outside the claims.
    pub notices: Vec<Notice>,
}

/// A claim as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimRead {
    /// Its place among the claims of the transaction set, counted from 1.
    pub ordinal: usize,
    /// The claim.
    pub claim: Claim,
    /// Its segments in the file, from CLM to the last of its last loop, counted from 1.
    pub segments: RangeInclusive<u64>,
    /// What is not in the model.
    pub notices: Vec<Notice>,
}

/// A claim that the model cannot hold, such as one without a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimFailure {
    /// Its place among the claims of the transaction set, counted from 1.
    pub ordinal: usize,
    /// Its segments in the file, counted from 1.
    pub segments: RangeInclusive<u64>,
    /// Why, and where: the first reason.
    pub error: ReadError,
    /// What else was seen.
    pub notices: Vec<Notice>,
}
