//! What a case can be asked to do.

use crate::remittance_key::RemittanceReference;
use superbill_claim::{Claim, ClaimAcknowledgement, ClaimPayment, FunctionalAcknowledgement, ScrubReceipt};
use superbill_core::{ControlNumber, Money};

/// What a case can be asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Command {
    /// The coder is done.
    Code,
    /// Put this claim in place of the present one: before it is sent, or after it was turned away or not recognised.
    Amend(Box<Claim>),
    /// Take note of a scrub.
    Scrub(ScrubReceipt),
    /// Let the claim go, and book its charges.
    Release,
    /// The claim was sent.
    Submit {
        /// The group that carries it (GS06).
        group_control_number: ControlNumber,
        /// The transaction that carries it (ST02).
        set_control_number: ControlNumber,
    },
    /// Take note of a 999.
    AcknowledgeSyntax(FunctionalAcknowledgement),
    /// Take note of a 277CA.
    AcknowledgeClaim(ClaimAcknowledgement),
    /// Post one claim of an 835. [`Book::post`](crate::Book::post) does it for a whole remittance and sees to it that
    /// it balances and is posted once.
    PostClaimPayment {
        /// Which one it is.
        remittance: RemittanceReference,
        /// What the payer did.
        payment: Box<ClaimPayment>,
    },
    /// A statement goes to the patient.
    BillPatient,
    /// The patient paid. What he does not owe becomes his credit.
    ReceivePatientPayment(Money),
    /// The patient gets back what he paid beyond what he owes, or some of it.
    RefundPatient(Money),
    /// Nothing is owed any more.
    Close,
}

impl Command {
    /// Its name in words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Amend(_) => "amend",
            Self::Scrub(_) => "scrub",
            Self::Release => "release",
            Self::Submit { .. } => "submit",
            Self::AcknowledgeSyntax(_) => "acknowledge syntax",
            Self::AcknowledgeClaim(_) => "acknowledge claim",
            Self::PostClaimPayment { .. } => "post claim payment",
            Self::BillPatient => "bill patient",
            Self::ReceivePatientPayment(_) => "receive patient payment",
            Self::RefundPatient(_) => "refund patient",
            Self::Close => "close",
        }
    }
}
