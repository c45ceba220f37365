//! The balancing rules of a remittance (ASC X12N 005010X221A1, section 1.10.2.1).

use crate::adjustment::Adjustment;
use crate::remittance::{ClaimPayment, LinePayment, Remittance};
use core::fmt;
use superbill_core::{Money, MoneyError};

/// What does not balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum BalanceLevel {
    /// The payment (BPR02) against the claims' payments less the provider adjustments.
    Transaction,
    /// A claim's payment (CLP04) against its charge less all its adjustments; the number counts claims from 1.
    Claim(usize),
    /// A line's payment (SVC03) against its charge less its adjustments; the numbers count from 1.
    Line {
        /// The claim.
        claim: usize,
        /// The line.
        line: usize,
    },
}

impl fmt::Display for BalanceLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transaction => f.write_str("transaction"),
            Self::Claim(claim) => write!(f, "claim {claim}"),
            Self::Line { claim, line } => write!(f, "claim {claim} line {line}"),
        }
    }
}

/// A place where a remittance does not balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Imbalance {
    /// Where.
    pub level: BalanceLevel,
    /// What should be paid by the arithmetic.
    pub expected: Money,
    /// What is stated as paid.
    pub stated: Money,
}

impl Imbalance {
    /// Stated less expected.
    ///
    /// # Errors
    /// Where the difference leaves the range of money.
    pub fn difference(&self) -> Result<Money, MoneyError> {
        self.stated.try_sub(self.expected)
    }
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: stated as paid {}, by its parts {}", self.level, self.stated, self.expected)
    }
}

fn less<'a>(charge: Money, adjustments: impl Iterator<Item = &'a Adjustment>) -> Result<Money, MoneyError> {
    charge.try_sub(Money::try_sum(adjustments.map(|adjustment| adjustment.amount))?)
}

impl LinePayment {
    /// The charge less the adjustments: what must be paid.
    ///
    /// # Errors
    /// Where a sum leaves the range of money.
    pub fn expected_payment(&self) -> Result<Money, MoneyError> {
        less(self.charge, self.adjustments.iter())
    }
}

impl ClaimPayment {
    /// The charge less all adjustments, those of the lines included: what must be paid.
    ///
    /// # Errors
    /// Where a sum leaves the range of money.
    pub fn expected_payment(&self) -> Result<Money, MoneyError> {
        less(self.charge, self.all_adjustments())
    }
}

impl Remittance {
    /// The payments of the claims less the provider adjustments: what must be paid in all.
    ///
    /// # Errors
    /// Where a sum leaves the range of money.
    pub fn expected_payment(&self) -> Result<Money, MoneyError> {
        let claims = Money::try_sum(self.claims.iter().map(|claim| claim.paid))?;
        claims.try_sub(Money::try_sum(self.provider_adjustments.iter().map(|adjustment| adjustment.amount))?)
    }

    /// Every place where the remittance does not balance; none means that it does.
    ///
    /// # Errors
    /// Where a sum leaves the range of money.
    pub fn imbalances(&self) -> Result<Vec<Imbalance>, MoneyError> {
        let mut found = Vec::new();
        let mut check = |level, expected, stated| {
            if expected != stated {
                found.push(Imbalance { level, expected, stated });
            }
        };
        check(BalanceLevel::Transaction, self.expected_payment()?, self.payment.amount);
        for (number, claim) in (1..).zip(&self.claims) {
            check(BalanceLevel::Claim(number), claim.expected_payment()?, claim.paid);
            for (line_number, line) in (1..).zip(&claim.lines) {
                let level = BalanceLevel::Line { claim: number, line: line_number };
                check(level, line.expected_payment()?, line.paid);
            }
        }
        Ok(found)
    }
}
