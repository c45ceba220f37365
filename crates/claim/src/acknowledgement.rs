//! Answers to what was sent: the implementation acknowledgement (999) and the claim acknowledgement (277CA).

use crate::error::FieldError;
use superbill_core::{ControlNumber, Date, Money, PatientControlNumber, PayerControlNumber, Phi};

/// What became of a group or transaction (AK901, IK501).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum AcknowledgementCode {
    /// Accepted (`A`).
    Accepted,
    /// Accepted, but errors were noted (`E`).
    AcceptedWithErrors,
    /// Some transactions of the group were accepted (`P`); only for a group.
    PartiallyAccepted,
    /// Rejected, with the code: `R`, or `M`, `W`, `X` for security.
    Rejected(char),
}

impl AcknowledgementCode {
    /// The code of the standard.
    #[must_use]
    pub fn code(self) -> char {
        match self {
            Self::Accepted => 'A',
            Self::AcceptedWithErrors => 'E',
            Self::PartiallyAccepted => 'P',
            Self::Rejected(code) => code,
        }
    }

    /// Reads a code. One that is not known counts as a rejection: what is not accepted was not filed.
    #[must_use]
    pub fn from_code(code: char) -> Self {
        match code {
            'A' => Self::Accepted,
            'E' => Self::AcceptedWithErrors,
            'P' => Self::PartiallyAccepted,
            other => Self::Rejected(other),
        }
    }

    /// Whether a transaction with this code goes on: `A` or `E`.
    #[must_use]
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedWithErrors)
    }
}

/// What became of an interchange (TA1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct InterchangeAcknowledgement {
    /// The control number of the interchange (TA101, the ISA13 that was sent).
    pub control_number: ControlNumber,
    /// The day of the interchange (TA102, the ISA09 that was sent).
    pub date: Option<Date>,
    /// The time of the interchange, `HHMM` (TA103, the ISA10 that was sent).
    pub time: Option<String>,
    /// What became of it (TA104): accepted, accepted with errors or rejected.
    pub code: AcknowledgementCode,
    /// Why, in three digits (TA105): `000` where nothing was wrong.
    pub note: String,
}

impl InterchangeAcknowledgement {
    /// An acknowledgement of an interchange.
    #[must_use]
    pub fn new(control_number: ControlNumber, code: AcknowledgementCode, note: impl Into<String>) -> Self {
        Self { control_number, date: None, time: None, code, note: note.into() }
    }
}

/// The element whose value made a rule apply (CTX with `SITUATIONAL TRIGGER`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Trigger {
    /// The identifier of its segment (CTX02).
    pub segment_id: String,
    /// The place of its segment in the transaction, ST being 1 (CTX03).
    pub position: u32,
    /// The loop (CTX04).
    pub loop_id: Option<String>,
    /// Its place in the segment, from 1 (CTX05-1).
    pub element: Option<u16>,
    /// Its place in the composite, from 1 (CTX05-2).
    pub component: Option<u16>,
    /// The number of the data element (CTX06).
    pub data_element: Option<String>,
}

impl Trigger {
    /// A segment that made a rule apply.
    #[must_use]
    pub fn new(segment_id: impl Into<String>, position: u32) -> Self {
        Self {
            segment_id: segment_id.into(),
            position,
            loop_id: None,
            element: None,
            component: None,
            data_element: None,
        }
    }
}

/// An element that was found wrong (IK4). The offending value is never kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ElementNote {
    /// Its place in the segment, from 1 (IK401-1).
    pub position: u16,
    /// Its place in the composite, from 1 (IK401-2).
    pub component: Option<u16>,
    /// Which of its repetitions, from 1 (IK401-3).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub repetition: Option<u16>,
    /// The number of the data element in the dictionary of X12 (IK402).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub data_element: Option<String>,
    /// The error code (IK403): a number, or `I` and a number where an implementation guide was not kept to.
    pub code: String,
    /// What made the rule apply.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub triggers: Vec<Trigger>,
}

impl ElementNote {
    /// A note on an element.
    #[must_use]
    pub fn new(position: u16, component: Option<u16>, code: impl Into<String>) -> Self {
        Self { position, component, repetition: None, data_element: None, code: code.into(), triggers: Vec::new() }
    }
}

/// A segment that was found wrong (IK3).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SegmentNote {
    /// The segment's identifier (IK301).
    pub segment_id: String,
    /// Its place in the transaction, ST being 1 (IK302).
    pub position: u32,
    /// The loop (IK303).
    pub loop_id: Option<String>,
    /// The error code (IK304).
    pub code: String,
    /// The claim that the segment stands in (CTX with `CLM01`).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub claim: Option<Phi<PatientControlNumber>>,
    /// What made the rule apply.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub triggers: Vec<Trigger>,
    /// The elements.
    pub elements: Vec<ElementNote>,
}

impl SegmentNote {
    /// A note on a segment.
    #[must_use]
    pub fn new(segment_id: impl Into<String>, position: u32, code: impl Into<String>) -> Self {
        Self {
            segment_id: segment_id.into(),
            position,
            loop_id: None,
            code: code.into(),
            claim: None,
            triggers: Vec::new(),
            elements: Vec::new(),
        }
    }
}

/// What became of one transaction (AK2 to IK5).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TransactionAcknowledgement {
    /// The transaction set (AK201), such as `837`.
    pub set_id: String,
    /// Its control number (AK202, the ST02 that was sent).
    pub control_number: ControlNumber,
    /// The implementation guide (AK203, the ST03 that was sent).
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub implementation: Option<String>,
    /// What became of it (IK501).
    pub code: AcknowledgementCode,
    /// Why, in error codes about the transaction as a whole (IK502 to IK506).
    #[cfg_attr(feature = "serde", serde(default))]
    pub codes: Vec<String>,
    /// What was wrong.
    pub segments: Vec<SegmentNote>,
}

impl TransactionAcknowledgement {
    /// An acknowledgement of one transaction.
    #[must_use]
    pub fn new(set_id: impl Into<String>, control_number: ControlNumber, code: AcknowledgementCode) -> Self {
        Self {
            set_id: set_id.into(),
            control_number,
            implementation: None,
            code,
            codes: Vec::new(),
            segments: Vec::new(),
        }
    }
}

/// An implementation acknowledgement of a functional group (999, ASC X12C 005010X231A1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FunctionalAcknowledgement {
    /// The functional identifier of the group (AK101), such as `HC`.
    pub functional_id: String,
    /// The control number of the group (AK102, the GS06 that was sent).
    pub group_control_number: ControlNumber,
    /// The implementation (AK103, the GS08 that was sent).
    pub implementation: Option<String>,
    /// What became of the group (AK901).
    pub code: AcknowledgementCode,
    /// Why, in error codes about the group as a whole (AK905 to AK909).
    #[cfg_attr(feature = "serde", serde(default))]
    pub codes: Vec<String>,
    /// Transactions said to be in the group (AK902).
    pub included: u32,
    /// Transactions received (AK903).
    pub received: u32,
    /// Transactions accepted (AK904).
    pub accepted: u32,
    /// The transactions.
    pub transactions: Vec<TransactionAcknowledgement>,
}

impl FunctionalAcknowledgement {
    /// An acknowledgement of a group without transactions yet.
    #[must_use]
    pub fn new(
        functional_id: impl Into<String>,
        group_control_number: ControlNumber,
        code: AcknowledgementCode,
    ) -> Self {
        Self {
            functional_id: functional_id.into(),
            group_control_number,
            implementation: None,
            code,
            codes: Vec::new(),
            included: 0,
            received: 0,
            accepted: 0,
            transactions: Vec::new(),
        }
    }
}

/// The status of a claim in the words of two code lists (STC01): category and status, with the entity that it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "AnyClaimStatus"))]
pub struct ClaimStatus {
    /// The claim status category code, such as `A2`.
    pub category: String,
    /// The claim status code, such as `20`.
    pub status: String,
    /// The entity that it concerns, such as `PR`.
    pub entity: Option<String>,
}

impl ClaimStatus {
    /// A status of a category.
    ///
    /// # Errors
    /// [`FieldError`] where the category is not a letter with one or two letters or digits.
    pub fn new(category: &str, status: &str) -> Result<Self, FieldError> {
        let bytes = category.as_bytes();
        let fits = (2..=3).contains(&bytes.len())
            && bytes.first().is_some_and(u8::is_ascii_alphabetic)
            && bytes.iter().all(u8::is_ascii_alphanumeric);
        if !fits {
            return Err(FieldError { field: "claim status category code", least: 2, most: 3 });
        }
        Ok(Self { category: category.to_ascii_uppercase(), status: status.to_owned(), entity: None })
    }

    /// Whether the claim goes on: forwarded `A0`, received `A1`, accepted into adjudication `A2`, or split `A5`.
    #[must_use]
    pub fn is_progress(&self) -> bool {
        matches!(self.category.as_str(), "A0" | "A1" | "A2" | "A5")
    }

    /// Whether the front end turned the claim away: `A3`, `A6`, `A7` or `A8`. It was not filed and cannot be appealed.
    #[must_use]
    pub fn is_rejection(&self) -> bool {
        matches!(self.category.as_str(), "A3" | "A6" | "A7" | "A8")
    }
}

/// A status as it stands in data, before it is looked at.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct AnyClaimStatus {
    category: String,
    status: String,
    entity: Option<String>,
}

#[cfg(feature = "serde")]
impl TryFrom<AnyClaimStatus> for ClaimStatus {
    type Error = FieldError;

    fn try_from(read: AnyClaimStatus) -> Result<Self, FieldError> {
        let AnyClaimStatus { category, status, entity } = read;
        Ok(Self { entity, ..Self::new(&category, &status)? })
    }
}

/// What the front end of a payer says of one service line (277CA loop 2220D).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LineAcknowledgement {
    /// The procedure (SVC01-2), or the revenue code where there is none.
    pub procedure: String,
    /// The revenue code (SVC04).
    pub revenue_code: Option<String>,
    /// The charge (SVC02).
    pub charge: Option<Money>,
    /// The provider's own number of the line (REF*FJ).
    pub control_number: Option<String>,
    /// The statuses, the foremost first.
    pub statuses: Vec<ClaimStatus>,
}

/// What the front end of a payer says of one claim (277CA, ASC X12N 005010X214).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClaimAcknowledgement {
    /// The provider's own number of the claim (TRN02 of loop 2200D).
    pub patient_control_number: Phi<PatientControlNumber>,
    /// The statuses, the foremost first (STC01, STC10, STC11).
    pub statuses: Vec<ClaimStatus>,
    /// The day of the status (STC02).
    pub date: Option<Date>,
    /// The charge of the claim (STC04).
    pub charge: Option<Money>,
    /// The payer's number of the claim (REF*1K).
    pub payer_control_number: Option<PayerControlNumber>,
    /// The service lines that something is said of.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub lines: Vec<LineAcknowledgement>,
}

impl ClaimAcknowledgement {
    /// An acknowledgement of a claim without statuses yet.
    #[must_use]
    pub fn new(patient_control_number: PatientControlNumber) -> Self {
        Self {
            patient_control_number: Phi::new(patient_control_number),
            statuses: Vec::new(),
            date: None,
            charge: None,
            payer_control_number: None,
            lines: Vec::new(),
        }
    }

    /// Whether any status turns the claim away.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.statuses.iter().any(ClaimStatus::is_rejection)
    }

    /// Whether the claim was accepted into adjudication (`A2`).
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        !self.is_rejected() && self.statuses.iter().any(|status| status.category == "A2")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_a_rejection() {
        for (code, expected, accepted) in [
            ('A', AcknowledgementCode::Accepted, true),
            ('E', AcknowledgementCode::AcceptedWithErrors, true),
            ('P', AcknowledgementCode::PartiallyAccepted, false),
            ('R', AcknowledgementCode::Rejected('R'), false),
            ('M', AcknowledgementCode::Rejected('M'), false),
            ('W', AcknowledgementCode::Rejected('W'), false),
            ('X', AcknowledgementCode::Rejected('X'), false),
            ('a', AcknowledgementCode::Rejected('a'), false),
            ('?', AcknowledgementCode::Rejected('?'), false),
        ] {
            let read = AcknowledgementCode::from_code(code);
            assert_eq!((read, read.code(), read.is_accepted()), (expected, code, accepted));
        }
    }

    #[test]
    fn categories_go_on_or_are_turned_away() {
        for (category, progress, rejection) in [
            ("A0", true, false),
            ("A1", true, false),
            ("A2", true, false),
            ("A3", false, true),
            ("A4", false, false),
            ("A5", true, false),
            ("A6", false, true),
            ("A7", false, true),
            ("A8", false, true),
            ("a7", false, true),
            ("D0", false, false),
            ("E0", false, false),
            ("F2", false, false),
            ("P1", false, false),
            ("DR1", false, false),
        ] {
            let status = ClaimStatus::new(category, "20").unwrap();
            assert_eq!((status.is_progress(), status.is_rejection()), (progress, rejection), "{category}");
        }
    }

    #[test]
    fn a_category_has_two_or_three_characters() {
        let error = FieldError { field: "claim status category code", least: 2, most: 3 };
        for category in ["", "A", "A12B", "12", "A ", "é", "A\u{301}"] {
            assert_eq!(ClaimStatus::new(category, "20"), Err(error), "{category:?}");
        }
    }

    #[test]
    fn one_rejection_turns_the_claim_away() {
        for (categories, accepted, rejected) in [
            (&[][..], false, false),
            (&["A1"], false, false),
            (&["A2"], true, false),
            (&["A1", "A2"], true, false),
            (&["A3"], false, true),
            (&["A2", "A7"], false, true),
            (&["A8", "A2"], false, true),
        ] {
            let mut answer = ClaimAcknowledgement::new("TEST1".parse().unwrap());
            answer.statuses = categories.iter().map(|category| ClaimStatus::new(category, "20").unwrap()).collect();
            assert_eq!((answer.is_accepted(), answer.is_rejected()), (accepted, rejected), "{categories:?}");
        }
    }
}
