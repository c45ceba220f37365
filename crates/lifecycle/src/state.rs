//! The small machines of a case, and what they stand on together.

use crate::event::{Event, RecordedEvent};
use crate::ledger::{Ledger, LedgerAccount, Posting};
use crate::posting::{RemittancePosting, Treatment};
use crate::remittance_key::RemittanceReference;
use core::fmt;
use superbill_claim::{Claim, ScrubReceipt};
use superbill_core::{ControlNumber, Money, PayerControlNumber};

/// The machines. Each goes its own way; one status for all of them would have to forget most of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Machine {
    /// From the draft to the release.
    Prep,
    /// From the release to the payer's front end.
    Submission,
    /// What the payer decided.
    Adjudication,
    /// What the patient owes.
    PatientAccount,
    /// Open or closed.
    Case,
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Prep => "preparation",
            Self::Submission => "submission",
            Self::Adjudication => "adjudication",
            Self::PatientAccount => "patient account",
            Self::Case => "case",
        })
    }
}

/// From the draft to the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Prep {
    /// Not coded yet.
    Draft,
    /// Coded; to be scrubbed.
    Coded,
    /// The scrub found what keeps it back.
    Held,
    /// It may go.
    Ready,
}

impl Prep {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Coded => "coded",
            Self::Held => "held",
            Self::Ready => "ready",
        }
    }
}

/// From the release to the payer's front end, for the present attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Submission {
    /// Not released.
    None,
    /// Released, not sent.
    Queued,
    /// Sent, not acknowledged.
    Sent,
    /// The transaction was accepted (999).
    SyntaxAccepted,
    /// A clearing house passed the claim on (277CA `A0`).
    Forwarded,
    /// The payer has the claim (277CA `A1`, or `A5` where it split it).
    Received,
    /// The payer took the claim into adjudication (277CA `A2`).
    Accepted,
    /// The transaction was rejected (999): it was not filed.
    RejectedSyntax,
    /// The front end turned the claim away (277CA `A3`, `A6` to `A8`): it was not filed.
    RejectedFrontEnd,
}

impl Submission {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::SyntaxAccepted => "syntax accepted",
            Self::Forwarded => "forwarded",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::RejectedSyntax => "rejected for syntax",
            Self::RejectedFrontEnd => "rejected by the front end",
        }
    }

    /// Whether the claim was turned away before it was filed.
    #[must_use]
    pub fn is_rejected(self) -> bool {
        matches!(self, Self::RejectedSyntax | Self::RejectedFrontEnd)
    }

    /// Whether an answer of the front end is awaited.
    #[must_use]
    pub fn awaits_front_end(self) -> bool {
        matches!(self, Self::Sent | Self::SyntaxAccepted | Self::Forwarded | Self::Received)
    }
}

/// What the payer decided last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Adjudication {
    /// Nothing yet.
    Awaiting,
    /// Paid, or not paid for reasons that settle the charge.
    Adjudicated,
    /// Nothing is paid, nothing is the patient's, and the reasons are open.
    Denied,
    /// An earlier decision was taken back and no other has come (CLP02 22).
    Reversed,
    /// A predetermination came (CLP02 25).
    Predetermined,
    /// Another payer's claim, passed on (CLP02 23).
    NotOurs,
    /// The payer does not know the patient (CLP02 4).
    NotRecognized,
}

impl Adjudication {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Awaiting => "awaiting",
            Self::Adjudicated => "adjudicated",
            Self::Denied => "denied",
            Self::Reversed => "reversed",
            Self::Predetermined => "predetermined",
            Self::NotOurs => "not this payer's",
            Self::NotRecognized => "patient not recognized",
        }
    }
}

/// What the patient owes and was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PatientAccount {
    /// Nothing is owed, or the payer forbids billing.
    NotBillable,
    /// Something is owed and no statement went out.
    Billable,
    /// Something is owed and so many statements went out.
    Statemented(u32),
    /// All that was owed is paid.
    Paid,
}

impl PatientAccount {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotBillable => "not billable",
            Self::Billable => "billable",
            Self::Statemented(_) => "statemented",
            Self::Paid => "paid",
        }
    }
}

/// How the claim was sent last.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transmission {
    /// The group (GS06).
    pub group_control_number: ControlNumber,
    /// The transaction (ST02).
    pub set_control_number: ControlNumber,
}

/// An adjudication in the state, with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PostedAdjudication {
    /// The sequence of its event.
    pub sequence: u64,
    /// What was posted.
    pub posting: RemittancePosting,
    /// Whether a reversal took it back.
    pub is_reversed: bool,
}

/// All that is known of a case: what its events come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseState {
    pub(crate) prep: Prep,
    pub(crate) submission: Submission,
    pub(crate) adjudication: Adjudication,
    pub(crate) patient_account: PatientAccount,
    pub(crate) is_closed: bool,
    pub(crate) claim: Box<Claim>,
    pub(crate) receipt: Option<ScrubReceipt>,
    pub(crate) ledger: Ledger,
    /// The payer's place and the amount that are booked as charges.
    pub(crate) charges: Option<(u8, Money)>,
    pub(crate) attempts: u32,
    pub(crate) transmission: Option<Transmission>,
    pub(crate) payer_control_number: Option<PayerControlNumber>,
    pub(crate) adjudications: Vec<PostedAdjudication>,
    /// Every claim payment that was taken in, whatever it did.
    pub(crate) taken_in: Vec<RemittanceReference>,
    /// The last answer without effect on the ledger.
    pub(crate) noted: Option<Adjudication>,
    pub(crate) statements: u32,
    /// What the patient paid, less what he got back.
    pub(crate) patient_paid: Money,
}

impl CaseState {
    /// The state after a case was opened with this claim.
    pub(crate) fn opened(claim: Box<Claim>) -> Self {
        Self {
            prep: Prep::Draft,
            submission: Submission::None,
            adjudication: Adjudication::Awaiting,
            patient_account: PatientAccount::NotBillable,
            is_closed: false,
            claim,
            receipt: None,
            ledger: Ledger::new(),
            charges: None,
            attempts: 0,
            transmission: None,
            payer_control_number: None,
            adjudications: Vec::new(),
            taken_in: Vec::new(),
            noted: None,
            statements: 0,
            patient_paid: Money::ZERO,
        }
    }

    /// From the draft to the release.
    #[must_use]
    pub fn prep(&self) -> Prep {
        self.prep
    }

    /// From the release to the payer's front end.
    #[must_use]
    pub fn submission(&self) -> Submission {
        self.submission
    }

    /// What the payer decided last.
    #[must_use]
    pub fn adjudication(&self) -> Adjudication {
        self.adjudication
    }

    /// What the patient owes and was asked for.
    #[must_use]
    pub fn patient_account(&self) -> PatientAccount {
        self.patient_account
    }

    /// Whether the case is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// The claim as it now is.
    #[must_use]
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The receipt of the last scrub of the present content.
    #[must_use]
    pub fn receipt(&self) -> Option<&ScrubReceipt> {
        self.receipt.as_ref()
    }

    /// The ledger of the case.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// How many times the claim was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How the claim was sent last.
    #[must_use]
    pub fn transmission(&self) -> Option<&Transmission> {
        self.transmission.as_ref()
    }

    /// The payer's number of the claim as last given (277CA REF*1K, 835 CLP07).
    #[must_use]
    pub fn payer_control_number(&self) -> Option<&PayerControlNumber> {
        self.payer_control_number.as_ref()
    }

    /// The adjudications that were posted, those that were taken back too.
    #[must_use]
    pub fn adjudications(&self) -> &[PostedAdjudication] {
        &self.adjudications
    }

    /// The adjudications that stand.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &PostedAdjudication> {
        self.adjudications.iter().filter(|posted| !posted.is_reversed)
    }

    /// The state after one more event. Total: any event leads from any state to a state, without input or output.
    ///
    /// INVARIANT: the event was decided on this state or admitted by a replay; where it was not, it moves no money.
    pub(crate) fn evolve(&mut self, recorded: &RecordedEvent) {
        if let Some(posting) = recorded.event.posting() {
            self.post(posting);
        }
        match &recorded.event {
            Event::Opened { .. } => {}
            Event::Coded => self.prep = Prep::Coded,
            Event::ClaimAmended { claim } => {
                if self.prep != Prep::Draft {
                    self.prep = Prep::Coded;
                }
                self.claim.clone_from(claim);
                self.receipt = None;
                self.submission = Submission::None;
                self.noted = None;
            }
            Event::Scrubbed { receipt } => self.receipt = Some(receipt.clone()),
            Event::Held { .. } => self.prep = Prep::Held,
            Event::Cleared => self.prep = Prep::Ready,
            Event::Released => self.submission = Submission::Queued,
            Event::ChargesBooked { payer_rank, amount, .. } => self.charges = Some((*payer_rank, *amount)),
            Event::Submitted { group_control_number, set_control_number, attempt, .. } => {
                self.submission = Submission::Sent;
                self.attempts = *attempt;
                self.transmission = Some(Transmission {
                    group_control_number: group_control_number.clone(),
                    set_control_number: set_control_number.clone(),
                });
            }
            Event::SyntaxAcknowledged { submission, .. } => self.submission = *submission,
            Event::ClaimAcknowledged { payer_control_number, submission, .. } => {
                self.submission = *submission;
                self.take_number(payer_control_number.as_ref());
            }
            Event::RemittancePosted { posting } => {
                self.noted = None;
                self.taken_in.push(posting.remittance.clone());
                self.take_number(posting.payer_control_number.as_ref());
                let posting = posting.as_ref().clone();
                self.adjudications.push(PostedAdjudication {
                    sequence: recorded.sequence,
                    posting,
                    is_reversed: false,
                });
            }
            Event::RemittanceReversed { reversed, remittance, .. } => {
                self.taken_in.push(remittance.clone());
                let target = self.adjudications.iter_mut().find(|posted| posted.sequence == *reversed);
                if let Some(target) = target {
                    target.is_reversed = true;
                }
            }
            Event::RemittanceNoted { remittance, adjudication, .. } => {
                self.taken_in.push(remittance.clone());
                self.noted = Some(*adjudication);
            }
            Event::PatientCreditMoved { .. } => {}
            Event::PatientBilled { statement, .. } => self.statements = *statement,
            Event::PatientPaymentReceived { amount, .. } => {
                self.patient_paid = self.patient_paid.try_add(*amount).unwrap_or(self.patient_paid);
            }
            Event::PatientRefunded { amount, .. } => {
                self.patient_paid = self.patient_paid.try_sub(*amount).unwrap_or(self.patient_paid);
            }
            Event::Closed => self.is_closed = true,
            Event::Reopened => self.is_closed = false,
        }
        self.adjudication = self.adjudication_now();
        self.patient_account = self.patient_account_now();
    }

    /// The place of the payer that the claim is for (SBR01); 1 where the order is not known.
    pub(crate) fn payer_rank(&self) -> u8 {
        self.claim.coverage.responsibility.place().unwrap_or(1)
    }

    /// What adjustments make the patient's.
    pub(crate) fn patient_parts(&self) -> impl Iterator<Item = &crate::posting::PostedAdjustment> {
        let adjustments = self.standing().flat_map(|posted| &posted.posting.adjustments);
        adjustments.filter(|adjustment| adjustment.treatment == Treatment::Patient)
    }

    /// Whether a payer that still stands by its word forbids billing the patient.
    pub(crate) fn bars_patient_billing(&self) -> bool {
        self.standing().any(|posted| posted.posting.bars_patient_billing)
    }

    fn post(&mut self, posting: &Posting) {
        let posted = self.ledger.post(posting.clone());
        debug_assert_eq!(posted, Ok(()), "the ledger must admit a posting that was decided");
    }

    fn take_number(&mut self, number: Option<&PayerControlNumber>) {
        if let Some(number) = number {
            self.payer_control_number = Some(number.clone());
        }
    }

    fn adjudication_now(&self) -> Adjudication {
        match self.standing().next_back() {
            Some(last) => last.posting.outcome,
            None if self.noted.is_some() => self.noted.unwrap_or(Adjudication::Awaiting),
            None if self.adjudications.is_empty() => Adjudication::Awaiting,
            None => Adjudication::Reversed,
        }
    }

    fn patient_account_now(&self) -> PatientAccount {
        if self.ledger.balance(LedgerAccount::PatientReceivable).is_positive() {
            return match self.statements {
                _ if self.bars_patient_billing() => PatientAccount::NotBillable,
                0 => PatientAccount::Billable,
                sent => PatientAccount::Statemented(sent),
            };
        }
        if self.patient_parts().next().is_some() { PatientAccount::Paid } else { PatientAccount::NotBillable }
    }
}
