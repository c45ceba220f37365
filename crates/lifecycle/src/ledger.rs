//! The double-entry ledger.

use crate::remittance_key::{RemittanceKey, RemittanceReference};
use core::fmt;
use std::collections::BTreeMap;
use superbill_core::{Money, MoneyError};

/// An account of the ledger. Assets are debits (above zero), what is owed or earned is a credit (below zero).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum LedgerAccount {
    /// What was charged.
    Charges,
    /// What a payer owes; 1 pays first.
    PayerReceivable(u8),
    /// What the patient owes.
    PatientReceivable,
    /// What the patient paid beyond what he owes: it is his.
    PatientCredit,
    /// Payments that remittances announce and the bank has not shown yet.
    RemittanceClearing,
    /// Money in the bank.
    Cash,
    /// What the contract with the payer takes off the charge.
    ContractualAdjustment,
    /// What sequestration takes off a Medicare payment (2 USC 901a).
    Sequestration,
    /// Announced payments of claims that no case takes.
    UnmatchedPayment,
    /// Interest that the payer paid.
    Interest,
    /// What the payer carries over to a later payment.
    ForwardingBalance,
    /// What the payer takes back of earlier payments.
    Recoupment,
    /// Other adjustments between payer and provider that belong to no claim.
    ProviderAdjustment,
}

impl fmt::Display for LedgerAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::PayerReceivable(rank) => return write!(f, "payer {rank} receivable"),
            Self::Charges => "charges",
            Self::PatientReceivable => "patient receivable",
            Self::PatientCredit => "patient credit",
            Self::RemittanceClearing => "remittance clearing",
            Self::Cash => "cash",
            Self::ContractualAdjustment => "contractual adjustment",
            Self::Sequestration => "sequestration",
            Self::UnmatchedPayment => "unmatched payment",
            Self::Interest => "interest",
            Self::ForwardingBalance => "forwarding balance",
            Self::Recoupment => "recoupment",
            Self::ProviderAdjustment => "provider adjustment",
        })
    }
}

/// One side of a posting: an amount on an account, a debit above zero, a credit below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entry {
    /// The account.
    pub account: LedgerAccount,
    /// The amount; a debit is positive.
    pub amount: Money,
}

impl Entry {
    /// A debit of the amount; a negative amount makes it a credit.
    #[must_use]
    pub fn debit(account: LedgerAccount, amount: Money) -> Self {
        Self { account, amount }
    }

    /// A credit of the amount; a negative amount makes it a debit.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] for the one amount that has no counterpart.
    pub fn credit(account: LedgerAccount, amount: Money) -> Result<Self, MoneyError> {
        Ok(Self { account, amount: amount.try_neg()? })
    }
}

/// Why a posting was made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PostingReason {
    /// The claim was released for the first time.
    ChargesBooked,
    /// The claim was released again with another charge or payer: the difference.
    ChargesCorrected,
    /// A payer adjudicated the claim.
    ClaimPayment(RemittanceReference),
    /// A payer took back an earlier adjudication.
    Reversal(RemittanceReference),
    /// The patient paid.
    PatientPayment,
    /// What the patient had paid beyond what he owed became due, or the other way round.
    PatientCredit,
    /// The patient got money back.
    PatientRefund,
    /// What a remittance holds besides the claims of the cases: unmatched claims and provider adjustments.
    Remittance(RemittanceKey),
    /// An unmatched claim payment found its case.
    Matched(RemittanceReference),
    /// The bank shows the payment.
    Deposit(RemittanceKey),
}

/// Why a posting is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// Debits and credits differ.
    #[error("a posting must sum to 0.00, this one sums to {difference}")]
    Unbalanced {
        /// Debits less credits.
        difference: Money,
    },
    /// An amount or a balance would leave the range of money.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Entries that sum to zero, and why they were made. There is no other way to make one than [`Posting::new`], and a ledger
/// checks it again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "PostingParts"))]
pub struct Posting {
    why: PostingReason,
    entries: Vec<Entry>,
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct PostingParts {
    why: PostingReason,
    entries: Vec<Entry>,
}

#[cfg(feature = "serde")]
impl TryFrom<PostingParts> for Posting {
    type Error = LedgerError;

    fn try_from(parts: PostingParts) -> Result<Self, LedgerError> {
        Self::new(parts.why, parts.entries)
    }
}

impl Posting {
    /// A posting of these entries; those of 0.00 are left out.
    ///
    /// # Errors
    /// [`LedgerError::Unbalanced`] where the entries do not sum to zero.
    pub fn new(why: PostingReason, entries: impl IntoIterator<Item = Entry>) -> Result<Self, LedgerError> {
        let entries = entries.into_iter().filter(|entry| !entry.amount.is_zero()).collect();
        let posting = Self { why, entries };
        posting.check()?;
        Ok(posting)
    }

    /// The exact opposite: after both, every account is as before.
    ///
    /// # Errors
    /// [`LedgerError::Money`] where an amount has no counterpart.
    pub fn mirror(&self, why: PostingReason) -> Result<Self, LedgerError> {
        let mirrored = self.entries.iter().map(|entry| Entry::credit(entry.account, entry.amount));
        Self::new(why, mirrored.collect::<Result<Vec<_>, _>>()?)
    }

    /// Why it was made.
    #[must_use]
    pub fn why(&self) -> &PostingReason {
        &self.why
    }

    /// The entries, none of 0.00.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether it moves nothing, as a denial does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn check(&self) -> Result<(), LedgerError> {
        let difference = Money::try_sum(self.entries.iter().map(|entry| entry.amount))?;
        if difference.is_zero() { Ok(()) } else { Err(LedgerError::Unbalanced { difference }) }
    }
}

/// Postings in the order in which they were made, and the balances that they sum to. Nothing is ever edited or taken out:
/// a mistake is mended with its mirror.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    postings: Vec<Posting>,
    /// Accounts of 0.00 are left out.
    balances: BTreeMap<LedgerAccount, Money>,
}

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a posting.
    ///
    /// # Errors
    /// As [`Ledger::admits`]; then nothing was changed.
    pub fn post(&mut self, posting: Posting) -> Result<(), LedgerError> {
        for (account, balance) in self.balances_after(&posting)? {
            if balance.is_zero() {
                self.balances.remove(&account);
            } else {
                self.balances.insert(account, balance);
            }
        }
        self.postings.push(posting);
        Ok(())
    }

    /// Whether a posting could be appended.
    ///
    /// # Errors
    /// [`LedgerError::Unbalanced`], or [`LedgerError::Money`] where the debits of all accounts would leave the range of money.
    pub fn admits(&self, posting: &Posting) -> Result<(), LedgerError> {
        self.balances_after(posting).map(|_| ())
    }

    /// The balance of an account: debits less credits.
    #[must_use]
    pub fn balance(&self, account: LedgerAccount) -> Money {
        self.balances.get(&account).copied().unwrap_or(Money::ZERO)
    }

    /// The accounts whose balance is not zero, in the order of [`LedgerAccount`].
    pub fn balances(&self) -> impl Iterator<Item = (LedgerAccount, Money)> + '_ {
        self.balances.iter().map(|(account, balance)| (*account, *balance))
    }

    /// What all payers owe together.
    #[must_use]
    pub fn payer_receivable(&self) -> Money {
        let payers = self.balances().filter(|(account, _)| matches!(account, LedgerAccount::PayerReceivable(_)));
        let cents: i128 = payers.map(|(_, balance)| i128::from(balance.cents())).sum();
        // INVARIANT: `balances_after` keeps the sum of any set of accounts within the range of money.
        Money::from_cents(i64::try_from(cents).unwrap_or(i64::MAX))
    }

    /// The sum of all accounts: always 0.00.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`]; [`Ledger::post`] lets it not come to that.
    pub fn trial_balance(&self) -> Result<Money, MoneyError> {
        Money::try_sum(self.balances.values().copied())
    }

    /// The postings, the first first.
    pub fn postings(&self) -> impl ExactSizeIterator<Item = &Posting> {
        self.postings.iter()
    }

    /// The new balances of the accounts that a posting moves, if it may be appended.
    fn balances_after(&self, posting: &Posting) -> Result<BTreeMap<LedgerAccount, Money>, LedgerError> {
        posting.check()?;
        let mut moved: BTreeMap<LedgerAccount, i128> = BTreeMap::new();
        for entry in &posting.entries {
            let balance = moved.entry(entry.account).or_insert_with(|| i128::from(self.balance(entry.account).cents()));
            *balance += i128::from(entry.amount.cents());
        }
        let untouched = self.balances().filter(|(account, _)| !moved.contains_key(account));
        let untouched = untouched.map(|(_, balance)| i128::from(balance.cents()));
        // Debits equal credits, so where the debits fit, the sum of any set of accounts fits.
        let debits: i128 = untouched.chain(moved.values().copied()).filter(|balance| *balance > 0).sum();
        if debits > i128::from(i64::MAX) {
            return Err(MoneyError::Overflow.into());
        }
        let narrow = |(account, cents): (LedgerAccount, i128)| {
            i64::try_from(cents)
                .map(|cents| (account, Money::from_cents(cents)))
                .map_err(|_| MoneyError::Overflow.into())
        };
        moved.into_iter().map(narrow).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn entry(account: LedgerAccount, amount: &str) -> Entry {
        Entry::debit(account, money(amount))
    }

    #[test]
    fn a_posting_that_does_not_sum_to_zero_cannot_be_made() {
        let made = Posting::new(
            PostingReason::ChargesBooked,
            [entry(LedgerAccount::PayerReceivable(1), "150.00"), entry(LedgerAccount::Charges, "-149.99")],
        );
        assert_eq!(made, Err(LedgerError::Unbalanced { difference: money("0.01") }));
    }

    #[test]
    fn the_ledger_checks_again_and_changes_nothing() {
        let crooked = Posting { why: PostingReason::PatientPayment, entries: vec![entry(LedgerAccount::Cash, "1.00")] };
        let mut ledger = Ledger::new();
        assert_eq!(ledger.post(crooked), Err(LedgerError::Unbalanced { difference: money("1.00") }));
        assert_eq!(ledger, Ledger::new());
    }

    #[test]
    fn a_mirror_restores_every_balance() {
        let mut ledger = Ledger::new();
        let posting = Posting::new(
            PostingReason::ChargesBooked,
            [entry(LedgerAccount::PayerReceivable(1), "150.00"), entry(LedgerAccount::Charges, "-150.00")],
        )
        .unwrap();
        ledger.post(posting.clone()).unwrap();
        assert_eq!(ledger.payer_receivable(), money("150.00"));
        assert_eq!(ledger.trial_balance(), Ok(Money::ZERO));
        ledger.post(posting.mirror(PostingReason::ChargesCorrected).unwrap()).unwrap();
        assert_eq!(ledger.balances().count(), 0);
        assert_eq!(ledger.postings().len(), 2);
    }

    #[test]
    fn what_leaves_the_range_of_money_is_refused() {
        let most = Money::from_cents(i64::MAX);
        let posting = |debited, credited| {
            let entries = [Entry::debit(debited, most), Entry::credit(credited, most).unwrap()];
            Posting::new(PostingReason::ChargesBooked, entries).unwrap()
        };
        let mut ledger = Ledger::new();
        ledger.post(posting(LedgerAccount::PayerReceivable(1), LedgerAccount::Charges)).unwrap();
        let before = ledger.clone();
        for refused in [
            // The account itself, then the sum of all debits.
            posting(LedgerAccount::PayerReceivable(1), LedgerAccount::PatientCredit),
            posting(LedgerAccount::PayerReceivable(2), LedgerAccount::PatientCredit),
        ] {
            assert_eq!(ledger.post(refused), Err(LedgerError::Money(MoneyError::Overflow)));
            assert_eq!(ledger, before);
        }
        let least = Entry::debit(LedgerAccount::Cash, Money::from_cents(i64::MIN));
        assert!(Posting::new(PostingReason::PatientPayment, [least]).is_err());
    }
}
