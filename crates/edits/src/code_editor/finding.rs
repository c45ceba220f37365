//! What the editor finds, and why it cannot look.

use super::case::CasePlace;
use super::edit::CodeEdit;
use thiserror::Error;

/// An edit that a case does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EditorFinding<'c> {
    /// The edit.
    pub edit: CodeEdit,
    /// Where in the case.
    pub place: CasePlace,
    /// The code that stands there, as it was given; `None` for the case as a whole.
    pub code: Option<&'c str>,
}

/// Why a case cannot be edited. It holds nothing of the case but places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditorError {
    /// The code-editor table does not speak of the day of discharge.
    #[error("the code-editor table does not speak of the day of discharge: give a table of its release")]
    DischargeDate,
    /// The table of ICD-10-CM cannot say whether a diagnosis is valid on the day of discharge.
    #[error("the ICD-10-CM table does not speak of the day of discharge: give a table of its release")]
    Diagnosis {
        /// The first diagnosis that was asked for.
        place: CasePlace,
    },
    /// The table of ICD-10-CM has none of the marks that the edits of diagnoses look at, as one made from an order file alone.
    #[error("the ICD-10-CM table has no code-editor attributes: use the bundled table or one that was made from it")]
    NoAttributes,
}
