//! From a state and a command to events, or to a refusal.

use crate::command::Command;
use crate::event::Event;
use crate::ledger::{Entry, Ledger, LedgerAccount, LedgerError, Posting, PostingReason};
use crate::posting::{AnsweringPayer, post_adjudication};
use crate::refusal::Refusal;
use crate::remittance_key::RemittanceReference;
use crate::state::{Adjudication, CaseState, Machine, PostedAdjudication, Prep, Submission};
use superbill_claim::{
    AcknowledgementCode, Claim, ClaimAcknowledgement, ClaimPayment, ClaimPaymentStatus, FunctionalAcknowledgement,
    ScrubReceipt,
};
use superbill_core::{ControlNumber, Money, PatientControlNumber};

impl CaseState {
    /// What a command would make happen. Pure: nothing is changed, nothing is read but the state.
    pub(crate) fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let name = command.name();
        match command {
            Command::ReceivePatientPayment(amount) => return self.receive_patient_payment(*amount),
            Command::PostClaimPayment { remittance, payment } => return self.post_claim_payment(remittance, payment),
            _ if self.is_closed => return Err(wrong(Machine::Case, "closed", name, "open")),
            _ => {}
        }
        match command {
            Command::Code => self.code(name),
            Command::Amend(claim) => self.amend(claim, name),
            Command::Scrub(receipt) => self.scrub(receipt, name),
            Command::Release => self.release(name),
            Command::Submit { group_control_number, set_control_number } => {
                self.submit(group_control_number, set_control_number, name)
            }
            Command::AcknowledgeSyntax(acknowledgement) => self.acknowledge_syntax(acknowledgement, name),
            Command::AcknowledgeClaim(acknowledgement) => self.acknowledge_claim(acknowledgement, name),
            Command::BillPatient => self.bill_patient(),
            Command::RefundPatient(amount) => self.refund_patient(*amount),
            Command::Close => self.close(name),
            Command::ReceivePatientPayment(_) | Command::PostClaimPayment { .. } => Ok(Vec::new()),
        }
    }

    /// Whether the claim may still be changed: it is not at the payer, or the payer does not know the patient.
    pub(crate) fn may_be_amended(&self) -> bool {
        matches!(self.submission, Submission::None | Submission::Queued)
            || self.submission.is_rejected()
            || self.adjudication == Adjudication::NotRecognized
    }

    /// The adjudication that a reversal takes back: its exact opposite, by the payer's number first, then the latest.
    pub(crate) fn reversed_by(&self, payment: &ClaimPayment) -> Option<&PostedAdjudication> {
        let is_opposite = |posted: &&PostedAdjudication| {
            payment.paid.try_neg() == Ok(posted.posting.paid) && payment.charge.try_neg() == Ok(posted.posting.charge)
        };
        let number = payment.payer_control_number.as_ref();
        let mut by_number = self.standing().filter(is_opposite);
        let by_number =
            by_number.rfind(|posted| number.is_some() && posted.posting.payer_control_number.as_ref() == number);
        by_number.or_else(|| self.standing().rfind(is_opposite))
    }

    fn code(&self, command: &'static str) -> Result<Vec<Event>, Refusal> {
        if self.prep != Prep::Draft {
            return Err(wrong(Machine::Prep, self.prep.words(), command, "draft"));
        }
        for (is_missing, missing) in
            [(self.claim.diagnoses.is_empty(), "diagnosis"), (self.claim.lines.is_empty(), "service line")]
        {
            if is_missing {
                return Err(Refusal::NotCoded { missing });
            }
        }
        Ok(vec![Event::Coded])
    }

    fn amend(&self, claim: &Claim, command: &'static str) -> Result<Vec<Event>, Refusal> {
        if !self.may_be_amended() {
            let expected = "none, queued or rejected";
            return Err(wrong(Machine::Submission, self.submission.words(), command, expected));
        }
        if claim.patient_control_number != self.claim.patient_control_number {
            return Err(Refusal::PatientControlNumberChanged);
        }
        if self.attempts > 0 && claim.frequency != self.claim.frequency {
            return Err(Refusal::FrequencyChanged { from: self.claim.frequency.code() });
        }
        Ok(vec![Event::ClaimAmended { claim: Box::new(claim.clone()) }])
    }

    fn scrub(&self, receipt: &ScrubReceipt, command: &'static str) -> Result<Vec<Event>, Refusal> {
        if self.prep == Prep::Draft {
            return Err(wrong(Machine::Prep, self.prep.words(), command, "coded, held or ready"));
        }
        if !matches!(self.submission, Submission::None) && !self.submission.is_rejected() {
            return Err(wrong(Machine::Submission, self.submission.words(), command, "none or rejected"));
        }
        if !receipt.covers(&self.claim) {
            return Err(Refusal::ScrubIsForAnotherContent);
        }
        let judged = match receipt.worst() {
            Some(worst) if !receipt.may_be_released() => Event::Held { worst },
            _ => Event::Cleared,
        };
        Ok(vec![Event::Scrubbed { receipt: receipt.clone() }, judged])
    }

    fn release(&self, command: &'static str) -> Result<Vec<Event>, Refusal> {
        if !matches!(self.submission, Submission::None) && !self.submission.is_rejected() {
            return Err(wrong(Machine::Submission, self.submission.words(), command, "none or rejected"));
        }
        self.check_receipt()?;
        let mut events = vec![Event::Released];
        events.extend(self.book_charges()?);
        Ok(events)
    }

    /// The receipt must be there, for this exact content, and let the claim go.
    fn check_receipt(&self) -> Result<(), Refusal> {
        let receipt = self.receipt.as_ref().ok_or(Refusal::NotScrubbed)?;
        if !receipt.covers(&self.claim) {
            return Err(Refusal::ScrubIsForAnotherContent);
        }
        match receipt.worst() {
            Some(worst) if self.prep != Prep::Ready => Err(Refusal::MayNotBeReleased { worst }),
            _ if self.prep != Prep::Ready => Err(Refusal::NotScrubbed),
            _ => Ok(()),
        }
    }

    /// Charges are booked once for all attempts; a later release books only what changed.
    fn book_charges(&self) -> Result<Option<Event>, Refusal> {
        let (payer_rank, amount) = (self.payer_rank(), self.claim.total_charge);
        if self.charges == Some((payer_rank, amount)) {
            return Ok(None);
        }
        let mut entries = Vec::new();
        if let Some((booked_rank, booked)) = self.charges {
            entries.push(Entry::credit(LedgerAccount::PayerReceivable(booked_rank), booked)?);
            entries.push(Entry::debit(LedgerAccount::Charges, booked));
        }
        entries.push(Entry::debit(LedgerAccount::PayerReceivable(payer_rank), amount));
        entries.push(Entry::credit(LedgerAccount::Charges, amount)?);
        let why = if self.charges.is_none() { PostingReason::ChargesBooked } else { PostingReason::ChargesCorrected };
        let posting = self.admitted(Posting::new(why, entries)?)?;
        Ok(Some(Event::ChargesBooked { payer_rank, amount, posting }))
    }

    fn submit(
        &self,
        group_control_number: &ControlNumber,
        set_control_number: &ControlNumber,
        command: &'static str,
    ) -> Result<Vec<Event>, Refusal> {
        if self.submission != Submission::Queued {
            return Err(wrong(Machine::Submission, self.submission.words(), command, "queued"));
        }
        self.check_receipt()?;
        Ok(vec![Event::Submitted {
            group_control_number: group_control_number.clone(),
            set_control_number: set_control_number.clone(),
            attempt: self.attempts.saturating_add(1),
            payer_rank: self.payer_rank(),
        }])
    }

    fn acknowledge_syntax(
        &self,
        acknowledgement: &FunctionalAcknowledgement,
        command: &'static str,
    ) -> Result<Vec<Event>, Refusal> {
        if self.submission != Submission::Sent {
            return Err(wrong(Machine::Submission, self.submission.words(), command, "sent"));
        }
        let sent = self.transmission.as_ref().ok_or(Refusal::AcknowledgementForAnotherTransaction)?;
        if significant(&sent.group_control_number) != significant(&acknowledgement.group_control_number) {
            return Err(Refusal::AcknowledgementForAnotherTransaction);
        }
        let ours = acknowledgement.transactions.iter().find(|one| one.control_number == sent.set_control_number);
        let code = match (acknowledgement.code, ours) {
            // A rejected group takes its transactions with it, named or not.
            (group @ AcknowledgementCode::Rejected(_), _) => group,
            (_, Some(ours)) => ours.code,
            // A receiver need not name the transactions of a group that it accepted whole.
            (group, None) if group.is_accepted() && acknowledgement.transactions.is_empty() => group,
            _ => return Err(Refusal::AcknowledgementForAnotherTransaction),
        };
        let submission = if code.is_accepted() { Submission::SyntaxAccepted } else { Submission::RejectedSyntax };
        Ok(vec![Event::SyntaxAcknowledged { code, submission }])
    }

    fn acknowledge_claim(
        &self,
        acknowledgement: &ClaimAcknowledgement,
        command: &'static str,
    ) -> Result<Vec<Event>, Refusal> {
        if !self.submission.awaits_front_end() {
            let expected = "sent, syntax accepted, forwarded or received";
            return Err(wrong(Machine::Submission, self.submission.words(), command, expected));
        }
        let ours = self.claim.patient_control_number.expose();
        if comparable(ours) != comparable(acknowledgement.patient_control_number.expose()) {
            return Err(Refusal::AcknowledgementForAnotherClaim);
        }
        let says = |categories: &[&str]| {
            acknowledgement.statuses.iter().any(|status| categories.contains(&status.category.as_str()))
        };
        let submission = if acknowledgement.is_rejected() {
            Submission::RejectedFrontEnd
        } else if acknowledgement.is_accepted() {
            Submission::Accepted
        } else if says(&["A1", "A5"]) {
            Submission::Received
        } else if says(&["A0"]) {
            // A late word from the clearing house does not take the claim back from the payer.
            self.submission.max(Submission::Forwarded)
        } else {
            return Err(Refusal::AcknowledgementSaysNothing);
        };
        Ok(vec![Event::ClaimAcknowledged {
            statuses: acknowledgement.statuses.clone(),
            payer_control_number: acknowledgement.payer_control_number.clone(),
            submission,
        }])
    }

    fn post_claim_payment(
        &self,
        remittance: &RemittanceReference,
        payment: &ClaimPayment,
    ) -> Result<Vec<Event>, Refusal> {
        let ours = self.claim.patient_control_number.expose();
        if comparable(ours) != comparable(payment.patient_control_number.expose()) {
            return Err(Refusal::PaymentForAnotherClaim);
        }
        if self.attempts == 0 {
            return Err(Refusal::NotSent);
        }
        if self.taken_in.contains(remittance) {
            return Err(Refusal::AlreadyPosted);
        }
        check_balance(payment)?;
        let status = payment.status;
        let adjudication = match status {
            ClaimPaymentStatus::Reversal => return self.reverse(remittance, payment),
            ClaimPaymentStatus::Predetermination => Adjudication::Predetermined,
            ClaimPaymentStatus::NotOurClaimForwarded => Adjudication::NotOurs,
            ClaimPaymentStatus::NotRecognized => Adjudication::NotRecognized,
            _ if status.is_adjudicated() => return self.adjudicate(remittance, payment),
            _ => return Err(Refusal::UnknownPaymentStatus { code: status.code() }),
        };
        if !payment.paid.is_zero() {
            return Err(Refusal::MoneyWithoutEffect { code: status.code() });
        }
        Ok(vec![Event::RemittanceNoted { remittance: remittance.clone(), status, adjudication }])
    }

    fn adjudicate(&self, remittance: &RemittanceReference, payment: &ClaimPayment) -> Result<Vec<Event>, Refusal> {
        let (charged_rank, _) = self.charges.ok_or(Refusal::NotSent)?;
        let rank = match payment.status.code() {
            1 | 19 => 1,
            2 | 20 => 2,
            // Payers after the third have no status of their own.
            _ => charged_rank.max(3),
        };
        let has_the_charges = rank == charged_rank;
        let was_forwarded = || self.adjudications.iter().any(|posted| posted.posting.forwarded_to() == Some(rank));
        if !has_the_charges && !was_forwarded() {
            return Err(Refusal::PayerNotExpected { rank });
        }
        let payer = AnsweringPayer { rank, has_the_charges };
        let posting = post_adjudication(&self.claim, &self.ledger, payer, remittance.clone(), payment)?;
        let entries = posting.posting.clone();
        self.with_credit(entries, Event::RemittancePosted { posting: Box::new(posting) })
    }

    fn reverse(&self, remittance: &RemittanceReference, payment: &ClaimPayment) -> Result<Vec<Event>, Refusal> {
        let target = self.reversed_by(payment).ok_or(Refusal::NothingToReverse)?;
        let posting = target.posting.posting.mirror(PostingReason::Reversal(remittance.clone()))?;
        let event = Event::RemittanceReversed {
            reversed: target.sequence,
            remittance: remittance.clone(),
            posting: posting.clone(),
        };
        self.with_credit(posting, event)
    }

    /// The event, before it the reopening that it may need, and after it the move between what the patient owes and his
    /// credit: he never has a credit and owes at the same time, on one claim.
    fn with_credit(&self, posting: Posting, event: Event) -> Result<Vec<Event>, Refusal> {
        let mut events: Vec<Event> = self.is_closed.then_some(Event::Reopened).into_iter().collect();
        let mut ledger = self.ledger.clone();
        ledger.post(posting)?;
        events.push(event);
        if let Some(posting) = move_credit(&ledger)? {
            ledger.admits(&posting)?;
            events.push(Event::PatientCreditMoved { posting });
        }
        Ok(events)
    }

    fn bill_patient(&self) -> Result<Vec<Event>, Refusal> {
        let amount = self.ledger.balance(LedgerAccount::PatientReceivable);
        if !amount.is_positive() {
            return Err(Refusal::NothingOwed);
        }
        if self.bars_patient_billing() {
            return Err(Refusal::PatientMayNotBeBilled);
        }
        Ok(vec![Event::PatientBilled { statement: self.statements.saturating_add(1), amount }])
    }

    fn receive_patient_payment(&self, amount: Money) -> Result<Vec<Event>, Refusal> {
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive);
        }
        self.patient_paid.try_add(amount)?;
        let owed = self.ledger.balance(LedgerAccount::PatientReceivable).max(Money::ZERO).min(amount);
        let entries = [
            Entry::debit(LedgerAccount::Cash, amount),
            Entry::credit(LedgerAccount::PatientReceivable, owed)?,
            Entry::credit(LedgerAccount::PatientCredit, amount.try_sub(owed)?)?,
        ];
        let posting = self.admitted(Posting::new(PostingReason::PatientPayment, entries)?)?;
        let mut events: Vec<Event> = self.is_closed.then_some(Event::Reopened).into_iter().collect();
        events.push(Event::PatientPaymentReceived { amount, posting });
        Ok(events)
    }

    fn refund_patient(&self, amount: Money) -> Result<Vec<Event>, Refusal> {
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive);
        }
        // He gets back what he paid, never what an odd adjustment alone would make his.
        let credit = self.ledger.balance(LedgerAccount::PatientCredit).try_neg()?.min(self.patient_paid);
        if amount > credit {
            return Err(Refusal::CreditTooSmall { credit });
        }
        self.patient_paid.try_sub(amount)?;
        let entries = [Entry::debit(LedgerAccount::PatientCredit, amount), Entry::credit(LedgerAccount::Cash, amount)?];
        let posting = self.admitted(Posting::new(PostingReason::PatientRefund, entries)?)?;
        Ok(vec![Event::PatientRefunded { amount, posting }])
    }

    fn close(&self, command: &'static str) -> Result<Vec<Event>, Refusal> {
        let is_open = |account: &LedgerAccount| {
            use LedgerAccount::{PatientCredit, PatientReceivable, PayerReceivable};
            matches!(account, PayerReceivable(_) | PatientReceivable | PatientCredit)
        };
        if let Some((account, amount)) = self.ledger.balances().find(|(account, _)| is_open(account)) {
            return Err(Refusal::BalanceOpen { account, amount });
        }
        if self.adjudication != Adjudication::Adjudicated {
            return Err(wrong(Machine::Adjudication, self.adjudication.words(), command, "adjudicated"));
        }
        Ok(vec![Event::Closed])
    }

    fn admitted(&self, posting: Posting) -> Result<Posting, LedgerError> {
        self.ledger.admits(&posting)?;
        Ok(posting)
    }
}

/// The number as payers return it: without spaces around, and cut where they may cut it.
pub(crate) fn comparable(number: &PatientControlNumber) -> &str {
    let number = number.as_str().trim();
    let end = number.char_indices().nth(PatientControlNumber::HIPAA_LENGTH).map_or(number.len(), |(end, _)| end);
    number.get(..end).unwrap_or(number).trim_end()
}

/// A group control number is a number (GS06): zeros before it say nothing.
fn significant(number: &ControlNumber) -> &str {
    number.as_str().trim().trim_start_matches('0')
}

/// Charge less adjustments is what is paid, on the claim and on each line (ASC X12N 005010X221A1, section 1.10.2.1).
fn check_balance(payment: &ClaimPayment) -> Result<(), Refusal> {
    let mut balances = payment.expected_payment()? == payment.paid;
    for line in &payment.lines {
        balances &= line.expected_payment()? == line.paid;
    }
    if balances { Ok(()) } else { Err(Refusal::Unbalanced) }
}

/// What must move between the patient's receivable and his credit.
fn move_credit(ledger: &Ledger) -> Result<Option<Posting>, LedgerError> {
    let owed = ledger.balance(LedgerAccount::PatientReceivable);
    let credit = ledger.balance(LedgerAccount::PatientCredit).try_neg()?;
    // Above zero the credit pays what is owed; below zero what is no longer owed becomes credit.
    let moved = if owed.is_negative() { owed } else { owed.min(credit) };
    if moved.is_zero() {
        return Ok(None);
    }
    let entries =
        [Entry::debit(LedgerAccount::PatientCredit, moved), Entry::credit(LedgerAccount::PatientReceivable, moved)?];
    Posting::new(PostingReason::PatientCredit, entries).map(Some)
}

fn wrong(machine: Machine, state: &'static str, command: &'static str, expected: &'static str) -> Refusal {
    Refusal::WrongState { machine, state, command, expected }
}
