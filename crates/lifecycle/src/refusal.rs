//! Why a case does not do what it is asked.

use crate::ledger::{LedgerAccount, LedgerError};
use crate::state::Machine;
use superbill_claim::Disposition;
use superbill_core::{Money, MoneyError};

/// Why a command was refused. Nothing was changed. It holds no patient data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The command does not fit the state.
    #[error("cannot {command}: the {machine} state is {state}, expected {expected}")]
    WrongState {
        /// The machine.
        machine: Machine,
        /// Its state.
        state: &'static str,
        /// The command.
        command: &'static str,
        /// The states in which it fits.
        expected: &'static str,
    },
    /// The claim lacks what coding must give it.
    #[error("the claim has no {missing}: add one and code it again")]
    NotCoded {
        /// What is missing.
        missing: &'static str,
    },
    /// No scrub of the present content is known.
    #[error("the claim was not scrubbed since it was coded or changed: scrub it and hand in the receipt")]
    NotScrubbed,
    /// The receipt is for other content.
    #[error("the scrub receipt is for other content: scrub the claim as it now is")]
    ScrubIsForAnotherContent,
    /// The scrub found what keeps the claim back.
    #[error("the claim is held, its gravest finding is \"{}\": mend it and scrub again", worst.words())]
    MayNotBeReleased {
        /// The gravest disposition.
        worst: Disposition,
    },
    /// An amended claim has another patient control number.
    #[error("the patient control number names the claim and must stay: open another account for another claim")]
    PatientControlNumberChanged,
    /// A claim that was turned away is sent again with another frequency code.
    #[error("a claim that was turned away keeps its frequency code {from}: the payer does not have it")]
    FrequencyChanged {
        /// The frequency code that must stay (CLM05-3).
        from: char,
    },
    /// The acknowledgement is for another group or transaction.
    #[error("the acknowledgement does not name the group and transaction that carried this claim")]
    AcknowledgementForAnotherTransaction,
    /// The acknowledgement is for another claim.
    #[error("the acknowledgement does not name this claim")]
    AcknowledgementForAnotherClaim,
    /// The acknowledgement has no status that says where the claim is.
    #[error("the acknowledgement says neither that the claim goes on nor that it was turned away")]
    AcknowledgementSaysNothing,
    /// The payment is for another claim.
    #[error("the claim payment does not name this claim")]
    PaymentForAnotherClaim,
    /// A payment for a claim that was never sent.
    #[error("the claim was never sent from this account: look for another account of the same service")]
    NotSent,
    /// The claim payment does not balance.
    #[error(
        "the claim payment does not balance: charge less adjustments must be what is paid, on the claim and each line"
    )]
    Unbalanced,
    /// This claim payment was posted before.
    #[error("this claim payment is posted already")]
    AlreadyPosted,
    /// A payer answers that this case has no receivable of.
    #[error("payer {rank} owes nothing on this account: bill it first, or correct the order of the payers")]
    PayerNotExpected {
        /// The place of the payer by the claim payment.
        rank: u8,
    },
    /// The claim payment has a status that is not known here.
    #[error("claim status {code} of the remittance is not known: post it by hand")]
    UnknownPaymentStatus {
        /// The value of CLP02.
        code: u8,
    },
    /// Money came with a status that moves none.
    #[error("claim status {code} moves no money, yet money came with it: ask the payer")]
    MoneyWithoutEffect {
        /// The value of CLP02.
        code: u8,
    },
    /// No posting that is not yet taken back is the opposite of this reversal.
    #[error("no posting of this account is the opposite of this reversal, or it is taken back already")]
    NothingToReverse,
    /// The patient owes nothing.
    #[error("the patient owes nothing: no statement is due")]
    NothingOwed,
    /// The payer forbids billing the patient.
    #[error("the payer's remarks forbid billing the patient for this service")]
    PatientMayNotBeBilled,
    /// A payment or refund is not above zero.
    #[error("a payment or refund is above 0.00")]
    AmountNotPositive,
    /// What the patient paid beyond what he owes is less than the refund.
    #[error("the patient paid {credit} beyond what he owes: refund no more than that")]
    CreditTooSmall {
        /// What he paid beyond what he owes.
        credit: Money,
    },
    /// Something is still owed, one way or the other.
    #[error("the balance of the account \"{account}\" is {amount}: settle it before closing")]
    BalanceOpen {
        /// The account.
        account: LedgerAccount,
        /// Its balance; below zero it is owed by the provider.
        amount: Money,
    },
    /// The ledger cannot take the posting.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::Ledger(error.into())
    }
}
