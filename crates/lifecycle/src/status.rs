//! One status for the screen.

use crate::ledger::LedgerAccount;
use crate::posting::Treatment;
use crate::state::{Adjudication, CaseState, Prep, Submission};
use core::fmt;

/// Where a case stands, for a list. A projection of the machines: nothing is decided by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum CaseStatus {
    /// Not coded yet.
    Draft,
    /// To be scrubbed.
    Coded,
    /// Findings keep it back.
    Held,
    /// It may be released.
    Ready,
    /// Released, to be sent.
    Queued,
    /// Sent, and not accepted yet.
    Sent,
    /// The payer took it into adjudication.
    AcceptedForAdjudication,
    /// It was turned away and not filed: mend it and send it again.
    Rejected,
    /// Nothing is paid and the reasons are open.
    Denied,
    /// Adjudicated; adjustments that nobody decided on are open.
    AdjudicatedWithOpenAdjustments,
    /// Adjudicated and passed on: the next payer is to answer.
    AwaitingNextPayer,
    /// Adjudicated; a payer's balance is open and no adjustment explains it.
    PayerBalanceOpen,
    /// Adjudicated; the patient owes something.
    AdjudicatedAwaitingPatient,
    /// Adjudicated; the patient has a credit.
    PatientCreditOpen,
    /// Nothing is owed: it may be closed.
    Settled,
    /// A decision was taken back; another is to come.
    Reversed,
    /// Only a predetermination came.
    Predetermined,
    /// Another payer's claim, passed on.
    NotOurs,
    /// The payer does not know the patient: check the coverage.
    NotRecognized,
    /// Closed.
    Closed,
}

impl CaseStatus {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Coded => "coded, to be scrubbed",
            Self::Held => "held by findings",
            Self::Ready => "ready to release",
            Self::Queued => "queued for sending",
            Self::Sent => "sent",
            Self::AcceptedForAdjudication => "accepted for adjudication",
            Self::Rejected => "rejected before filing",
            Self::Denied => "denied",
            Self::AdjudicatedWithOpenAdjustments => "adjudicated, adjustments open",
            Self::AwaitingNextPayer => "adjudicated, next payer to answer",
            Self::PayerBalanceOpen => "adjudicated, payer balance open",
            Self::AdjudicatedAwaitingPatient => "adjudicated, patient owes",
            Self::PatientCreditOpen => "adjudicated, patient has a credit",
            Self::Settled => "settled",
            Self::Reversed => "reversed, correction to come",
            Self::Predetermined => "predetermined",
            Self::NotOurs => "passed on to another payer",
            Self::NotRecognized => "patient not recognized by the payer",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for CaseStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

impl CaseState {
    /// The status for a list.
    #[must_use]
    pub fn status(&self) -> CaseStatus {
        if self.is_closed {
            return CaseStatus::Closed;
        }
        match self.adjudication {
            Adjudication::Adjudicated => self.settlement(),
            Adjudication::Denied => CaseStatus::Denied,
            Adjudication::Reversed => CaseStatus::Reversed,
            Adjudication::Predetermined => CaseStatus::Predetermined,
            Adjudication::NotOurs => CaseStatus::NotOurs,
            Adjudication::NotRecognized => CaseStatus::NotRecognized,
            Adjudication::Awaiting => self.progress(),
        }
    }

    fn progress(&self) -> CaseStatus {
        match (self.submission, self.prep) {
            (Submission::None, Prep::Draft) => CaseStatus::Draft,
            (Submission::None, Prep::Coded) => CaseStatus::Coded,
            (Submission::None, Prep::Held) => CaseStatus::Held,
            (Submission::None, Prep::Ready) => CaseStatus::Ready,
            (Submission::Queued, _) => CaseStatus::Queued,
            (Submission::Accepted, _) => CaseStatus::AcceptedForAdjudication,
            (Submission::RejectedSyntax | Submission::RejectedFrontEnd, _) => CaseStatus::Rejected,
            (Submission::Sent | Submission::SyntaxAccepted | Submission::Forwarded | Submission::Received, _) => {
                CaseStatus::Sent
            }
        }
    }

    fn settlement(&self) -> CaseStatus {
        let payer = self.ledger.balances().find(|(account, _)| matches!(account, LedgerAccount::PayerReceivable(_)));
        if let Some((account, balance)) = payer {
            let mut standing = self.standing();
            let is_next = standing
                .any(|posted| posted.posting.forwarded_to().map(LedgerAccount::PayerReceivable) == Some(account));
            let mut adjustments = self.standing().flat_map(|posted| &posted.posting.adjustments);
            let is_explained = adjustments.any(|adjustment| adjustment.treatment == Treatment::Open);
            return match balance.is_positive() {
                true if is_explained => CaseStatus::AdjudicatedWithOpenAdjustments,
                true if is_next => CaseStatus::AwaitingNextPayer,
                _ => CaseStatus::PayerBalanceOpen,
            };
        }
        if self.ledger.balance(LedgerAccount::PatientReceivable).is_positive() {
            CaseStatus::AdjudicatedAwaitingPatient
        } else if self.ledger.balance(LedgerAccount::PatientCredit).is_zero() {
            CaseStatus::Settled
        } else {
            CaseStatus::PatientCreditOpen
        }
    }
}
