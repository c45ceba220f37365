//! A case: one claim from the draft to the close.

use crate::account_id::AccountId;
use crate::command::Command;
use crate::event::{Event, RecordedEvent};
use crate::ledger::{Ledger, LedgerAccount};
use crate::posting::{PostedAdjustment, Treatment};
use crate::refusal::Refusal;
use crate::replay::ReplayError;
use crate::state::CaseState;
use crate::status::CaseStatus;
use superbill_claim::{AdjustmentReason, Claim, ProcedureCode};
use superbill_core::{Date, Money};

/// One claim from the draft to the close: an append-only log of events, and the state that they come to.
///
/// `Debug` shows no patient data. With the feature `serde` a case is written as its account and its log and is read by
/// [`Case::replay`]; patient data is written in clear only inside `superbill_core::Exposed`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(try_from = "CaseParts"))]
pub struct Case {
    account: AccountId,
    log: Vec<RecordedEvent>,
    state: CaseState,
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct CaseParts {
    account: AccountId,
    log: Vec<RecordedEvent>,
}

#[cfg(feature = "serde")]
impl TryFrom<CaseParts> for Case {
    type Error = ReplayError;

    fn try_from(parts: CaseParts) -> Result<Self, ReplayError> {
        Self::replay(parts.account, parts.log)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Case {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut case = serializer.serialize_struct("Case", 2)?;
        case.serialize_field("account", &self.account)?;
        case.serialize_field("log", &self.log)?;
        case.end()
    }
}

/// One reason why the patient owes something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PatientPart {
    /// The service line of the claim, counted from 1. `None` where it is of the whole claim or the line was not found.
    pub line: Option<usize>,
    /// The procedure. `None` where it is of the whole claim.
    pub procedure: Option<ProcedureCode>,
    /// Why, as the payer says: 1 is the deductible, 2 coinsurance, 3 a copayment.
    pub reason: AdjustmentReason,
    /// How much.
    pub amount: Money,
}

/// What the patient owes, and why. The parts sum to `amount` plus `paid` less `credit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PatientBalance {
    /// What he owes now.
    pub amount: Money,
    /// What the payers make his.
    pub parts: Vec<PatientPart>,
    /// What he paid, less what he got back.
    pub paid: Money,
    /// What he paid beyond what he owes.
    pub credit: Money,
}

impl Case {
    /// Opens a case with a claim, as a draft.
    #[must_use]
    pub fn open(account: AccountId, claim: Claim, on: Date) -> Self {
        let claim = Box::new(claim);
        let opened = RecordedEvent::new(1, on, Event::Opened { claim: claim.clone() });
        Self { account, log: vec![opened], state: CaseState::opened(claim) }
    }

    /// What a command would make happen. Nothing is changed.
    ///
    /// # Errors
    /// [`Refusal`] says what was expected and what to do.
    pub fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        self.state.decide(command)
    }

    /// Does what a command asks for and gives the events that were appended.
    ///
    /// # Errors
    /// [`Refusal`]; then nothing was changed.
    pub fn execute(&mut self, command: Command, on: Date) -> Result<&[RecordedEvent], Refusal> {
        let events = self.decide(&command)?;
        let before = self.log.len();
        for event in events {
            let recorded = RecordedEvent::new(self.next_sequence(), on, event);
            debug_assert_eq!(self.state.admit(&recorded), Ok(()), "what is decided must be admitted by a replay");
            self.state.evolve(&recorded);
            self.log.push(recorded);
        }
        Ok(self.log.get(before..).unwrap_or_default())
    }

    /// The case of a log that was written down.
    ///
    /// # Errors
    /// [`ReplayError`] where the log has a gap, an event cannot follow those before it, or the ledger refuses a posting.
    pub fn replay(account: AccountId, events: impl IntoIterator<Item = RecordedEvent>) -> Result<Self, ReplayError> {
        let mut events = events.into_iter();
        let first = events.next().ok_or(ReplayError::NotOpened)?;
        if first.sequence != 1 {
            return Err(ReplayError::SequenceGap { expected: 1, found: first.sequence });
        }
        let Event::Opened { claim } = &first.event else { return Err(ReplayError::NotOpened) };
        let state = CaseState::opened(claim.clone());
        let mut case = Self { account, log: vec![first], state };
        for recorded in events {
            case.append(recorded)?;
        }
        Ok(case)
    }

    /// The name of the case.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// All that happened, the first first.
    #[must_use]
    pub fn log(&self) -> &[RecordedEvent] {
        &self.log
    }

    /// What the events come to.
    #[must_use]
    pub fn state(&self) -> &CaseState {
        &self.state
    }

    /// The claim as it now is.
    #[must_use]
    pub fn claim(&self) -> &Claim {
        self.state.claim()
    }

    /// Where the case stands.
    #[must_use]
    pub fn status(&self) -> CaseStatus {
        self.state.status()
    }

    /// The ledger of the case.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        self.state.ledger()
    }

    /// What the patient owes, and why.
    #[must_use]
    pub fn patient_balance(&self) -> PatientBalance {
        let ledger = self.ledger();
        let parts = self.state.patient_parts().map(|adjustment| PatientPart {
            line: adjustment.line,
            procedure: adjustment.procedure.clone(),
            reason: adjustment.reason.clone(),
            amount: adjustment.amount,
        });
        PatientBalance {
            amount: ledger.balance(LedgerAccount::PatientReceivable),
            parts: parts.collect(),
            paid: self.state.patient_paid,
            credit: ledger.balance(LedgerAccount::PatientCredit).abs(),
        }
    }

    /// What the payers owe together; below zero they paid too much.
    #[must_use]
    pub fn payer_balance(&self) -> Money {
        self.ledger().payer_receivable()
    }

    /// The adjustments that nobody decided on yet, of payers whose balance is open: what a denial worker works on.
    pub fn open_adjustments(&self) -> impl Iterator<Item = &PostedAdjustment> {
        let is_open = |rank| !self.ledger().balance(LedgerAccount::PayerReceivable(rank)).is_zero();
        let standing = self.state.standing().filter(move |posted| is_open(posted.posting.payer_rank));
        let adjustments = standing.flat_map(|posted| &posted.posting.adjustments);
        adjustments.filter(|adjustment| adjustment.treatment == Treatment::Open)
    }

    /// Appends an event that was written down.
    fn append(&mut self, recorded: RecordedEvent) -> Result<(), ReplayError> {
        let expected = self.next_sequence();
        if recorded.sequence != expected {
            return Err(ReplayError::SequenceGap { expected, found: recorded.sequence });
        }
        self.state.admit(&recorded)?;
        self.state.evolve(&recorded);
        self.log.push(recorded);
        Ok(())
    }

    fn next_sequence(&self) -> u64 {
        self.log.last().map_or(1, |last| last.sequence.saturating_add(1))
    }
}
