//! From a log back to a case.

use crate::event::{Event, RecordedEvent};
use crate::ledger::{LedgerError, PostingReason};
use crate::state::{Adjudication, CaseState, Prep, Submission};

/// Why a log is not the log of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// The log does not begin with the opening.
    #[error("the log of a case begins with its opening")]
    NotOpened,
    /// An event is missing or stands twice.
    #[error("event {expected} is expected, event {found} was found: the log has a gap or is out of order")]
    SequenceGap {
        /// The sequence that is expected.
        expected: u64,
        /// The sequence that was found.
        found: u64,
    },
    /// The event cannot follow the events before it.
    #[error("event {sequence} cannot follow the events before it")]
    OutOfOrder {
        /// The sequence of the event.
        sequence: u64,
    },
    /// The ledger refuses the posting of an event.
    #[error("event {sequence}: {error}")]
    Ledger {
        /// The sequence of the event.
        sequence: u64,
        /// Why.
        error: LedgerError,
    },
}

impl CaseState {
    /// Whether an event that was written down can follow here. The order of the machines and the arithmetic of the ledger are
    /// checked again; what was decided by judgement (the scrub, the profile) was decided then.
    pub(crate) fn admit(&self, recorded: &RecordedEvent) -> Result<(), ReplayError> {
        let sequence = recorded.sequence;
        if !self.can_follow(&recorded.event) {
            return Err(ReplayError::OutOfOrder { sequence });
        }
        if let Some(posting) = recorded.event.posting() {
            self.ledger.admits(posting).map_err(|error| ReplayError::Ledger { sequence, error })?;
        }
        Ok(())
    }

    fn can_follow(&self, event: &Event) -> bool {
        if self.is_closed {
            return matches!(event, Event::Reopened);
        }
        let may_be_released = self.submission == Submission::None || self.submission.is_rejected();
        let is_at_payer = |reference| self.attempts > 0 && !self.taken_in.contains(reference);
        match event {
            Event::Opened { .. } | Event::Reopened => false,
            Event::Coded => self.prep == Prep::Draft,
            Event::ClaimAmended { claim } => {
                self.may_be_amended() && claim.patient_control_number == self.claim.patient_control_number
            }
            Event::Scrubbed { .. } => self.prep != Prep::Draft && may_be_released,
            Event::Held { .. } | Event::Cleared => self.receipt.is_some() && may_be_released,
            Event::Released => self.prep == Prep::Ready && self.receipt.is_some() && may_be_released,
            Event::ChargesBooked { .. } => self.submission == Submission::Queued,
            Event::Submitted { attempt, .. } => {
                self.submission == Submission::Queued && Some(*attempt) == self.attempts.checked_add(1)
            }
            Event::SyntaxAcknowledged { .. } => self.submission == Submission::Sent,
            Event::ClaimAcknowledged { .. } => self.submission.awaits_front_end(),
            Event::RemittancePosted { posting } => {
                let is_outcome = matches!(posting.outcome, Adjudication::Adjudicated | Adjudication::Denied);
                is_at_payer(&posting.remittance) && is_outcome
            }
            Event::RemittanceNoted { remittance, .. } => is_at_payer(remittance),
            Event::RemittanceReversed { reversed, remittance, posting } => {
                let mut standing = self.standing();
                let target = standing.find(|posted| posted.sequence == *reversed);
                let mirror =
                    target.map(|target| target.posting.posting.mirror(PostingReason::Reversal(remittance.clone())));
                is_at_payer(remittance) && mirror.is_some_and(|mirror| mirror.as_ref() == Ok(posting))
            }
            Event::PatientCreditMoved { .. } | Event::Closed => true,
            Event::PatientBilled { statement, .. } => Some(*statement) == self.statements.checked_add(1),
            Event::PatientPaymentReceived { amount, .. } => {
                amount.is_positive() && self.patient_paid.try_add(*amount).is_ok()
            }
            Event::PatientRefunded { amount, .. } => amount.is_positive() && *amount <= self.patient_paid,
        }
    }
}
