//! All cases together, and the remittances that are posted to them.

use crate::account_id::AccountId;
use crate::case::Case;
use crate::command::Command;
use crate::decide::comparable;
use crate::event::RecordedEvent;
use crate::ledger::{Entry, Ledger, LedgerAccount, LedgerError, Posting, PostingReason};
use crate::posting_report::{ClaimResult, ParkReason, ParkedClaim, PostRefusal, PostingReport};
use crate::refusal::Refusal;
use crate::remittance_key::{RemittanceKey, RemittanceReference};
use std::collections::BTreeMap;
use superbill_claim::{Claim, ClaimPayment, Remittance};
use superbill_core::{Date, Money, MoneyError, PatientControlNumber, Phi};

/// Where a provider adjustment is booked, by its reason (PLB03-1); what is not here is a plain provider adjustment.
///
/// Source: ASC X12N 005010X221A1, PLB03-1: L6 interest, FB forwarding balance, WO recovery of an overpayment.
pub const PROVIDER_ADJUSTMENT_ACCOUNTS: &[(&str, LedgerAccount)] =
    &[("L6", LedgerAccount::Interest), ("FB", LedgerAccount::ForwardingBalance), ("WO", LedgerAccount::Recoupment)];

/// Why the book does not do what it is asked. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BookError {
    /// There is a case of this account already.
    #[error("there is a case of this account already")]
    AccountExists,
    /// Another case has the same patient control number, at least in the 20 characters that every payer returns.
    #[error("another case has this patient control number in its first 20 characters: answers could not be told apart")]
    PatientControlNumberExists,
    /// There is no such case.
    #[error("there is no case of this account")]
    NoSuchCase,
    /// A claim payment belongs to a remittance, which must balance as a whole.
    #[error("claim payments are posted with their whole remittance: use Book::post")]
    PostsWithItsRemittance,
    /// There is no such remittance.
    #[error("no remittance of this payment is posted: post it first")]
    NoSuchRemittance,
    /// A book that was written down has a payment twice.
    #[error("the book has two remittances of one payment")]
    RemittanceExists,
    /// The deposit is not what the remittance announces.
    #[error("the remittance announces {announced}: a deposit of another amount is not its payment")]
    DepositDiffers {
        /// What the remittance announces.
        announced: Money,
    },
    /// The deposit was received before.
    #[error("the deposit of this payment is received already")]
    AlreadyDeposited,
    /// The case refuses.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The ledger refuses.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// A remittance that was posted. It is kept: it is the voucher of its postings, and the same payment is known again by it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PostedRemittance {
    /// The remittance.
    pub remittance: Remittance,
    /// The day on which it was posted, as the caller says.
    pub posted_on: Date,
    /// The day on which the bank showed the payment.
    pub deposited_on: Option<Date>,
}

/// Cases in memory, found by account and by patient control number, with the remittances posted to them.
///
/// Each case has its own ledger. The ledger of the book holds what belongs to no case: parked claim payments, provider
/// adjustments and deposits. Clearing over all of them is what the payers announced and the bank has not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(try_from = "BookParts"))]
pub struct Book {
    cases: BTreeMap<AccountId, Case>,
    accounts: BTreeMap<Phi<String>, AccountId>,
    remittances: BTreeMap<RemittanceKey, PostedRemittance>,
    parked: Vec<ParkedClaim>,
    ledger: Ledger,
}

impl Book {
    /// An empty book.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a case.
    ///
    /// # Errors
    /// [`BookError::AccountExists`] or [`BookError::PatientControlNumberExists`].
    pub fn open(&mut self, account: AccountId, claim: Claim, on: Date) -> Result<(), BookError> {
        self.insert(Case::open(account, claim, on))
    }

    /// Takes in a case.
    ///
    /// # Errors
    /// As [`Book::open`].
    pub fn insert(&mut self, case: Case) -> Result<(), BookError> {
        let number = index_key(case.claim().patient_control_number.expose());
        if self.cases.contains_key(case.account()) {
            return Err(BookError::AccountExists);
        }
        if self.accounts.contains_key(&number) {
            return Err(BookError::PatientControlNumberExists);
        }
        self.accounts.insert(number, case.account().clone());
        self.cases.insert(case.account().clone(), case);
        Ok(())
    }

    /// The case of an account.
    #[must_use]
    pub fn case(&self, account: &AccountId) -> Option<&Case> {
        self.cases.get(account)
    }

    /// The account of a patient control number, as payers return it.
    #[must_use]
    pub fn account_of(&self, number: &PatientControlNumber) -> Option<&AccountId> {
        self.accounts.get(&index_key(number))
    }

    /// The cases, by account.
    pub fn cases(&self) -> impl ExactSizeIterator<Item = &Case> {
        self.cases.values()
    }

    /// The remittances that were posted, by their key.
    pub fn remittances(&self) -> impl ExactSizeIterator<Item = (&RemittanceKey, &PostedRemittance)> {
        self.remittances.iter()
    }

    /// The claim payments that no case took.
    #[must_use]
    pub fn parked(&self) -> &[ParkedClaim] {
        &self.parked
    }

    /// The book's own ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The balance of an account over the book's own ledger and those of all cases.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn balance(&self, account: LedgerAccount) -> Result<Money, MoneyError> {
        let cases = self.cases().map(|case| case.ledger().balance(account));
        Money::try_sum(cases.chain([self.ledger.balance(account)]))
    }

    /// Does what a command asks of a case.
    ///
    /// # Errors
    /// [`BookError::NoSuchCase`], [`BookError::PostsWithItsRemittance`], or what the case refuses.
    pub fn execute(&mut self, account: &AccountId, command: Command, on: Date) -> Result<&[RecordedEvent], BookError> {
        if matches!(command, Command::PostClaimPayment { .. }) {
            return Err(BookError::PostsWithItsRemittance);
        }
        let case = self.cases.get_mut(account).ok_or(BookError::NoSuchCase)?;
        Ok(case.execute(command, on)?)
    }

    /// Posts a whole remittance, or nothing of it. One that was posted before does nothing.
    ///
    /// A claim that no case takes is parked with its money. Claims are taken in the order of the remittance, so a reversal and
    /// its correction may stand in one.
    ///
    /// # Errors
    /// [`PostRefusal`]; then nothing was changed.
    pub fn post(&mut self, remittance: &Remittance, on: Date) -> Result<PostingReport, PostRefusal> {
        let imbalances = remittance.imbalances()?;
        if !imbalances.is_empty() {
            return Err(PostRefusal::Unbalanced { imbalances });
        }
        let key = RemittanceKey::of(remittance);
        if let Some(known) = self.remittances.get(&key) {
            if known.remittance != *remittance {
                return Err(PostRefusal::DifferentContent);
            }
            return Ok(already_posted(key, remittance));
        }

        let mut changed: BTreeMap<AccountId, Case> = BTreeMap::new();
        let mut parked = Vec::new();
        let mut results = Vec::with_capacity(remittance.claims.len());
        for (number, payment) in (1..).zip(&remittance.claims) {
            let reference = key.claim(number);
            match self.post_claim(&mut changed, reference.clone(), payment, on) {
                Ok(account) => results.push(ClaimResult::Posted(account)),
                Err(Unposted::Ledger(error)) => return Err(error.into()),
                Err(Unposted::Parked(reason)) => {
                    results.push(ClaimResult::Parked(reason));
                    parked.push(ParkedClaim { remittance: reference, reason, payment: payment.clone() });
                }
            }
        }
        let own = own_posting(&key, remittance, &parked)?;
        self.ledger.admits(&own)?;
        let paid_to_cases = self.clearing_gained(&changed)?;
        let paid_to_parked = Money::try_sum(parked.iter().map(|parked| parked.payment.paid))?;
        let provider_adjustments = Money::try_sum(remittance.provider_adjustments.iter().map(|one| one.amount))?;
        let accounted = Money::try_sum([paid_to_cases, paid_to_parked, provider_adjustments.try_neg()?])?;
        let balance = remittance.payment.amount.try_sub(accounted)?;
        if !balance.is_zero() {
            return Err(PostRefusal::DoesNotTieOut { difference: balance });
        }
        let report = PostingReport {
            remittance: key.clone(),
            claims: remittance.claims.len(),
            posted: results.len().saturating_sub(parked.len()),
            already_posted: 0,
            parked: parked.len(),
            paid: remittance.payment.amount,
            paid_to_cases,
            paid_to_parked,
            provider_adjustments,
            balance,
            is_already_posted: false,
            results,
        };

        // All is decided: only here the book changes. The posting is admitted, so the one call that can fail comes first.
        self.ledger.post(own)?;
        self.cases.extend(changed);
        self.parked.extend(parked);
        let posted = PostedRemittance { remittance: remittance.clone(), posted_on: on, deposited_on: None };
        self.remittances.insert(key, posted);
        Ok(report)
    }

    /// Offers the parked claim payments to the cases again, in their order, and gives those that were taken.
    ///
    /// # Errors
    /// [`LedgerError`]; then nothing was changed.
    pub fn match_parked(&mut self, on: Date) -> Result<Vec<(RemittanceReference, AccountId)>, LedgerError> {
        let mut changed: BTreeMap<AccountId, Case> = BTreeMap::new();
        let mut ledger = self.ledger.clone();
        let mut left = Vec::new();
        let mut taken = Vec::new();
        for parked in &self.parked {
            match self.post_claim(&mut changed, parked.remittance.clone(), &parked.payment, on) {
                Ok(account) => {
                    // The case has the money in its own clearing now.
                    let entries = [
                        Entry::debit(LedgerAccount::UnmatchedPayment, parked.payment.paid),
                        Entry::credit(LedgerAccount::RemittanceClearing, parked.payment.paid)?,
                    ];
                    ledger.post(Posting::new(PostingReason::Matched(parked.remittance.clone()), entries)?)?;
                    taken.push((parked.remittance.clone(), account));
                }
                Err(Unposted::Ledger(error)) => return Err(error),
                Err(Unposted::Parked(reason)) => left.push(ParkedClaim { reason, ..parked.clone() }),
            }
        }
        self.ledger = ledger;
        self.cases.extend(changed);
        self.parked = left;
        Ok(taken)
    }

    /// The bank shows the payment of a remittance.
    ///
    /// # Errors
    /// [`BookError`] where no such remittance is posted, the amount differs, or it was received before.
    pub fn receive_deposit(&mut self, key: &RemittanceKey, amount: Money, on: Date) -> Result<(), BookError> {
        let posted = self.remittances.get_mut(key).ok_or(BookError::NoSuchRemittance)?;
        let announced = posted.remittance.payment.amount;
        if amount != announced {
            return Err(BookError::DepositDiffers { announced });
        }
        if posted.deposited_on.is_some() {
            return Err(BookError::AlreadyDeposited);
        }
        let clearing = Entry::credit(LedgerAccount::RemittanceClearing, amount).map_err(LedgerError::from)?;
        let entries = [Entry::debit(LedgerAccount::Cash, amount), clearing];
        self.ledger.post(Posting::new(PostingReason::Deposit(key.clone()), entries)?)?;
        posted.deposited_on = Some(on);
        Ok(())
    }

    /// Posts one claim payment to its case, as it stands after those before it.
    fn post_claim(
        &self,
        changed: &mut BTreeMap<AccountId, Case>,
        remittance: RemittanceReference,
        payment: &ClaimPayment,
        on: Date,
    ) -> Result<AccountId, Unposted> {
        let account = self.account_of(payment.patient_control_number.expose());
        let account = account.ok_or(Unposted::Parked(ParkReason::NoCase))?;
        let case = changed.get(account).or_else(|| self.cases.get(account));
        let mut case = case.ok_or(Unposted::Parked(ParkReason::NoCase))?.clone();
        case.execute(Command::PostClaimPayment { remittance, payment: Box::new(payment.clone()) }, on)?;
        changed.insert(account.clone(), case);
        Ok(account.clone())
    }

    /// What the clearing of the changed cases gained.
    fn clearing_gained(&self, changed: &BTreeMap<AccountId, Case>) -> Result<Money, MoneyError> {
        let clearing = |case: &Case| case.ledger().balance(LedgerAccount::RemittanceClearing);
        let after = Money::try_sum(changed.values().map(clearing))?;
        let before = Money::try_sum(changed.keys().filter_map(|account| self.cases.get(account)).map(clearing))?;
        after.try_sub(before)
    }
}

/// Why a case did not take a claim payment.
enum Unposted {
    Parked(ParkReason),
    Ledger(LedgerError),
}

impl From<Refusal> for Unposted {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Ledger(error) => Self::Ledger(error),
            other => Self::Parked(other.into()),
        }
    }
}

/// What a remittance holds besides the claims of the cases.
fn own_posting(key: &RemittanceKey, remittance: &Remittance, parked: &[ParkedClaim]) -> Result<Posting, LedgerError> {
    let mut entries = Vec::new();
    for parked in parked {
        entries.push(Entry::debit(LedgerAccount::RemittanceClearing, parked.payment.paid));
        entries.push(Entry::credit(LedgerAccount::UnmatchedPayment, parked.payment.paid)?);
    }
    for adjustment in &remittance.provider_adjustments {
        let known = PROVIDER_ADJUSTMENT_ACCOUNTS.iter().find(|(reason, _)| *reason == adjustment.reason);
        let account = known.map_or(LedgerAccount::ProviderAdjustment, |(_, account)| *account);
        // A positive amount lowers the payment.
        entries.push(Entry::debit(account, adjustment.amount));
        entries.push(Entry::credit(LedgerAccount::RemittanceClearing, adjustment.amount)?);
    }
    Posting::new(PostingReason::Remittance(key.clone()), entries)
}

fn already_posted(key: RemittanceKey, remittance: &Remittance) -> PostingReport {
    PostingReport {
        remittance: key,
        claims: remittance.claims.len(),
        posted: 0,
        already_posted: remittance.claims.len(),
        parked: 0,
        paid: remittance.payment.amount,
        paid_to_cases: Money::ZERO,
        paid_to_parked: Money::ZERO,
        provider_adjustments: Money::ZERO,
        balance: Money::ZERO,
        is_already_posted: true,
        results: Vec::new(),
    }
}

fn index_key(number: &PatientControlNumber) -> Phi<String> {
    Phi::new(comparable(number).to_owned())
}

#[cfg(feature = "serde")]
mod parts {
    use super::{Book, BookError, Case, Ledger, ParkedClaim, PostedRemittance, Posting, RemittanceKey};
    use serde::ser::SerializeStruct;

    /// How a book is written: the ledger as its postings, without what can be computed.
    #[derive(serde::Deserialize)]
    pub(super) struct BookParts {
        cases: Vec<Case>,
        remittances: Vec<PostedRemittance>,
        parked: Vec<ParkedClaim>,
        postings: Vec<Posting>,
    }

    impl TryFrom<BookParts> for Book {
        type Error = BookError;

        fn try_from(parts: BookParts) -> Result<Self, BookError> {
            let mut book = Self { parked: parts.parked, ..Self::default() };
            for case in parts.cases {
                book.insert(case)?;
            }
            for posted in parts.remittances {
                let key = RemittanceKey::of(&posted.remittance);
                if book.remittances.insert(key, posted).is_some() {
                    return Err(BookError::RemittanceExists);
                }
            }
            let mut ledger = Ledger::new();
            for posting in parts.postings {
                ledger.post(posting)?;
            }
            book.ledger = ledger;
            Ok(book)
        }
    }

    impl serde::Serialize for Book {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut book = serializer.serialize_struct("Book", 4)?;
            book.serialize_field("cases", &self.cases.values().collect::<Vec<_>>())?;
            book.serialize_field("remittances", &self.remittances.values().collect::<Vec<_>>())?;
            book.serialize_field("parked", &self.parked)?;
            book.serialize_field("postings", &self.ledger.postings().collect::<Vec<_>>())?;
            book.end()
        }
    }
}
#[cfg(feature = "serde")]
use parts::BookParts;
