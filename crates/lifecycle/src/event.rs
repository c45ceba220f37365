//! What happened to a case.

use crate::ledger::Posting;
use crate::posting::RemittancePosting;
use crate::remittance_key::RemittanceReference;
use crate::state::{Adjudication, Submission};
use superbill_claim::{AcknowledgementCode, Claim, ClaimPaymentStatus, ClaimStatus, Disposition, ScrubReceipt};
use superbill_core::{ControlNumber, Date, Money, PayerControlNumber};

/// What happened. An event carries what was decided, the postings themselves included, so that a log read by a later
/// version of this crate gives the same ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Event {
    /// The case was opened with a claim.
    Opened {
        /// The claim.
        claim: Box<Claim>,
    },
    /// A coder finished the claim.
    Coded,
    /// The claim was changed before it was sent, or after it was turned away.
    ClaimAmended {
        /// The claim as it now is.
        claim: Box<Claim>,
    },
    /// The rules judged the claim.
    Scrubbed {
        /// What they left behind.
        receipt: ScrubReceipt,
    },
    /// The scrub found what keeps the claim back.
    Held {
        /// The gravest disposition.
        worst: Disposition,
    },
    /// The scrub found nothing that keeps the claim back.
    Cleared,
    /// The claim was released for sending.
    Released,
    /// The charges of the claim were booked, or the difference to what was booked.
    ChargesBooked {
        /// The place of the payer that owes them.
        payer_rank: u8,
        /// All that is now booked.
        amount: Money,
        /// The entries.
        posting: Posting,
    },
    /// The claim was sent.
    Submitted {
        /// The group that carried it (GS06).
        group_control_number: ControlNumber,
        /// The transaction that carried it (ST02).
        set_control_number: ControlNumber,
        /// The attempt, counted from 1.
        attempt: u32,
        /// The place of the payer.
        payer_rank: u8,
    },
    /// The transaction was acknowledged (999).
    SyntaxAcknowledged {
        /// What became of the transaction (IK501, or AK901 where the group decides).
        code: AcknowledgementCode,
        /// The new state.
        submission: Submission,
    },
    /// The claim was acknowledged (277CA).
    ClaimAcknowledged {
        /// The statuses (STC).
        statuses: Vec<ClaimStatus>,
        /// The payer's number of the claim, where it was given.
        payer_control_number: Option<PayerControlNumber>,
        /// The new state.
        submission: Submission,
    },
    /// A payer's adjudication was posted.
    RemittancePosted {
        /// What was posted and why.
        posting: Box<RemittancePosting>,
    },
    /// A payer took back an adjudication.
    RemittanceReversed {
        /// The sequence of the event that is taken back.
        reversed: u64,
        /// The claim payment that takes it back.
        remittance: RemittanceReference,
        /// The exact mirror of what was posted.
        posting: Posting,
    },
    /// A payer answered without effect on the ledger (CLP02 4, 23 or 25).
    RemittanceNoted {
        /// The claim payment.
        remittance: RemittanceReference,
        /// What it says.
        status: ClaimPaymentStatus,
        /// The new state.
        adjudication: Adjudication,
    },
    /// The patient's credit became due, or what he paid is no longer owed.
    PatientCreditMoved {
        /// The entries.
        posting: Posting,
    },
    /// A statement went to the patient.
    PatientBilled {
        /// The number of the statement, counted from 1.
        statement: u32,
        /// What it asks for.
        amount: Money,
    },
    /// The patient paid.
    PatientPaymentReceived {
        /// How much.
        amount: Money,
        /// The entries.
        posting: Posting,
    },
    /// The patient got money back.
    PatientRefunded {
        /// How much.
        amount: Money,
        /// The entries.
        posting: Posting,
    },
    /// Nothing is owed any more and the case was closed.
    Closed,
    /// Money came or was taken back after the case was closed.
    Reopened,
}

impl Event {
    /// The posting that it carries.
    #[must_use]
    pub fn posting(&self) -> Option<&Posting> {
        match self {
            Self::ChargesBooked { posting, .. }
            | Self::RemittanceReversed { posting, .. }
            | Self::PatientCreditMoved { posting }
            | Self::PatientPaymentReceived { posting, .. }
            | Self::PatientRefunded { posting, .. } => Some(posting),
            Self::RemittancePosted { posting } => Some(&posting.posting),
            _ => None,
        }
    }
}

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RecordedEvent {
    /// Its place, counted from 1 without a gap.
    pub sequence: u64,
    /// The day on which it was recorded, as the caller says.
    pub on: Date,
    /// What happened.
    pub event: Event,
}

impl RecordedEvent {
    /// An event at a place of the log.
    #[must_use]
    pub fn new(sequence: u64, on: Date, event: Event) -> Self {
        Self { sequence, on, event }
    }
}
