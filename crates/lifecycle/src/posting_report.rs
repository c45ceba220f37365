//! What came of posting a remittance.

use crate::account_id::AccountId;
use crate::ledger::LedgerError;
use crate::refusal::Refusal;
use crate::remittance_key::{RemittanceKey, RemittanceReference};
use core::fmt;
use superbill_claim::{ClaimPayment, Imbalance};
use superbill_core::{Money, MoneyError};

/// Why a claim payment was parked instead of posted to a case. Its money is in clearing all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ParkReason {
    /// No case has this patient control number.
    NoCase,
    /// The claim of the case was never sent.
    NotSent,
    /// A reversal of which no posting is the opposite.
    NothingToReverse,
    /// The payer owes nothing on the case.
    PayerNotExpected {
        /// The place of the payer by the claim payment.
        rank: u8,
    },
    /// A claim status that is not known here.
    UnknownPaymentStatus {
        /// The value of CLP02.
        code: u8,
    },
    /// Money came with a status that moves none.
    MoneyWithoutEffect {
        /// The value of CLP02.
        code: u8,
    },
    /// The case refused it for another reason.
    Refused,
}

impl From<Refusal> for ParkReason {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotSent => Self::NotSent,
            Refusal::NothingToReverse => Self::NothingToReverse,
            Refusal::PayerNotExpected { rank } => Self::PayerNotExpected { rank },
            Refusal::UnknownPaymentStatus { code } => Self::UnknownPaymentStatus { code },
            Refusal::MoneyWithoutEffect { code } => Self::MoneyWithoutEffect { code },
            _ => Self::Refused,
        }
    }
}

impl fmt::Display for ParkReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCase => f.write_str("no case has this patient control number"),
            Self::NotSent => f.write_str("the claim of the case was never sent"),
            Self::NothingToReverse => f.write_str("no posting is the opposite of this reversal"),
            Self::PayerNotExpected { rank } => write!(f, "payer {rank} owes nothing on the case"),
            Self::UnknownPaymentStatus { code } => write!(f, "claim status {code} is not known"),
            Self::MoneyWithoutEffect { code } => write!(f, "money came with claim status {code}, which moves none"),
            Self::Refused => f.write_str("the case refused it"),
        }
    }
}

/// A claim payment that no case took. It is kept, with its money, until one does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ParkedClaim {
    /// Which one it is.
    pub remittance: RemittanceReference,
    /// Why.
    pub reason: ParkReason,
    /// What the payer did.
    pub payment: ClaimPayment,
}

/// What became of one claim of a remittance.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ClaimResult {
    /// A case took it.
    Posted(AccountId),
    /// It was parked.
    Parked(ParkReason),
}

/// What came of posting a remittance.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PostingReport {
    /// Which payment it was.
    pub remittance: RemittanceKey,
    /// The claims in it.
    pub claims: usize,
    /// The claims that cases took now.
    pub posted: usize,
    /// The claims that were posted or parked by an earlier posting of the same remittance: all or none.
    pub already_posted: usize,
    /// The claims that were parked now.
    pub parked: usize,
    /// The payment (BPR02).
    pub paid: Money,
    /// What went to cases now.
    pub paid_to_cases: Money,
    /// What is parked now.
    pub paid_to_parked: Money,
    /// What provider adjustments took off now; below zero they added.
    pub provider_adjustments: Money,
    /// The payment less what is accounted for: always 0.00.
    pub balance: Money,
    /// Whether the remittance was posted before, so that nothing was done now.
    pub is_already_posted: bool,
    /// What became of each claim, in the order of the remittance; empty where it was posted already.
    pub results: Vec<ClaimResult>,
}

/// Why a remittance was refused whole. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PostRefusal {
    /// It does not balance. Nothing is invented to make it balance.
    #[error("the remittance does not balance in {} places: ask the payer for a corrected one", imbalances.len())]
    Unbalanced {
        /// Where.
        imbalances: Vec<Imbalance>,
    },
    /// The same payment was posted with other content.
    #[error(
        "the same payment was posted before with other content: compare the two files and ask the payer which one stands"
    )]
    DifferentContent,
    /// What went to cases, parked claims and provider adjustments is not the payment.
    #[error("the postings would not tie out to the payment: {difference} is left")]
    DoesNotTieOut {
        /// The payment less what is accounted for.
        difference: Money,
    },
    /// An amount or a balance would leave the range of money.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<MoneyError> for PostRefusal {
    fn from(error: MoneyError) -> Self {
        Self::Ledger(error.into())
    }
}
