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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        AdjustmentGroup, AdjustmentReason, ClaimPaymentStatus, PartyName, Payer, Payment, PaymentMethod, ProcedureCode,
        Provider, ProviderAdjustment,
    };

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    /// Adjustments as billers write them: `CO-45 40.00, PR-2 16.00`.
    fn adjustments(text: &str) -> Vec<Adjustment> {
        let one = |text: &str| {
            let (code, amount) = text.split_once(' ').unwrap();
            let (group, reason) = code.split_once('-').unwrap();
            Adjustment::new(AdjustmentGroup::from_code(group), AdjustmentReason::parse(reason).unwrap(), money(amount))
        };
        text.split(", ").filter(|text| !text.is_empty()).map(one).collect()
    }

    fn claim(status: u8, charge: &str, paid: &str, cas: &str, lines: &[(&str, &str, &str)]) -> ClaimPayment {
        let status = ClaimPaymentStatus::from_code(status);
        let mut claim = ClaimPayment::new("TEST1".parse().unwrap(), status, money(charge), money(paid));
        claim.adjustments = adjustments(cas);
        for (charge, paid, cas) in lines {
            let mut line = LinePayment::new(ProcedureCode::from_text("G0108"), money(charge), money(paid));
            line.adjustments = adjustments(cas);
            claim.lines.push(line);
        }
        claim
    }

    fn remittance(amount: &str, claims: Vec<ClaimPayment>, provider: &[(&str, &str)]) -> Remittance {
        let day = "2026-10-20".parse().unwrap();
        let payment = Payment::new(money(amount), PaymentMethod::Ach, day, "TRACE1".parse().unwrap());
        let payee = Provider::new(PartyName::Organization("TEST CLINIC".into()), None);
        let mut remittance = Remittance::new(payment, Payer::new("TEST PAYER", "TEST1"), payee);
        remittance.claims = claims;
        remittance.provider_adjustments = provider
            .iter()
            .map(|(reason, amount)| ProviderAdjustment::new("1234567893", *reason, money(amount)))
            .collect();
        remittance
    }

    #[test]
    fn remittances_as_payers_send_them_balance() {
        let paid = || claim(1, "100.00", "64.00", "", &[("100.00", "64.00", "CO-45 20.00, PR-2 16.00")]);
        for (what, remittance) in [
            ("nothing at all", remittance("0.00", vec![], &[])),
            ("contractual obligation and coinsurance", remittance("64.00", vec![paid()], &[])),
            (
                "a denial",
                remittance("0.00", vec![claim(1, "100.00", "0.00", "", &[("100.00", "0.00", "CO-50 100.00")])], &[]),
            ),
            ("a claim without lines", remittance("30.00", vec![claim(2, "100.00", "30.00", "OA-23 70.00", &[])], &[])),
            (
                "adjustments of the claim and of its lines",
                remittance(
                    "50.00",
                    vec![claim(
                        1,
                        "150.00",
                        "50.00",
                        "PR-1 14.00",
                        &[("100.00", "64.00", "CO-45 36.00"), ("50.00", "0.00", "CO-97 50.00")],
                    )],
                    &[],
                ),
            ),
            (
                "a reversal and its correction",
                remittance(
                    "6.00",
                    vec![
                        claim(22, "-100.00", "-64.00", "", &[("-100.00", "-64.00", "CO-45 -20.00, PR-2 -16.00")]),
                        claim(1, "100.00", "70.00", "", &[("100.00", "70.00", "CO-45 20.00, PR-2 10.00")]),
                    ],
                    &[],
                ),
            ),
            ("an offset that takes money", remittance("14.00", vec![paid()], &[("WO", "50.00")])),
            ("interest that adds money", remittance("65.25", vec![paid()], &[("L6", "-1.25")])),
            (
                "a balance forward, so that nothing is owed back",
                remittance("0.00", vec![claim(22, "-10.00", "-10.00", "", &[])], &[("FB", "-10.00")]),
            ),
            (
                "more paid than charged",
                remittance(
                    "120.00",
                    vec![claim(1, "100.00", "120.00", "", &[("100.00", "120.00", "CO-94 -20.00")])],
                    &[],
                ),
            ),
        ] {
            assert_eq!(remittance.imbalances(), Ok(vec![]), "{what}");
        }
    }

    #[test]
    fn what_does_not_balance_is_named() {
        let line = |claim, line| BalanceLevel::Line { claim, line };
        for (what, remittance, expected) in [
            (
                "a claim's adjustment that its line repeats",
                remittance(
                    "64.00",
                    vec![claim(1, "100.00", "64.00", "PR-1 36.00", &[("100.00", "64.00", "PR-1 36.00")])],
                    &[],
                ),
                vec!["claim 1: stated as paid 64.00, by its parts 28.00"],
            ),
            (
                "a claim's adjustment does not excuse its line",
                remittance("64.00", vec![claim(1, "100.00", "64.00", "PR-1 36.00", &[("100.00", "64.00", "")])], &[]),
                vec!["claim 1 line 1: stated as paid 64.00, by its parts 100.00"],
            ),
            (
                "a reversal with the sign of its adjustment forgotten",
                remittance("-64.00", vec![claim(22, "-100.00", "-64.00", "CO-45 36.00", &[])], &[]),
                vec!["claim 1: stated as paid -64.00, by its parts -136.00"],
            ),
            (
                "a provider adjustment with the wrong sign",
                remittance("114.00", vec![claim(1, "64.00", "64.00", "", &[])], &[("WO", "50.00")]),
                vec!["transaction: stated as paid 114.00, by its parts 14.00"],
            ),
            (
                "the second line of the second claim",
                remittance(
                    "20.00",
                    vec![
                        claim(1, "0.00", "0.00", "", &[]),
                        claim(1, "20.00", "20.00", "", &[("10.00", "10.00", ""), ("10.00", "9.00", "")]),
                    ],
                    &[],
                ),
                vec!["claim 2 line 2: stated as paid 9.00, by its parts 10.00"],
            ),
        ] {
            let found: Vec<String> = remittance.imbalances().unwrap().iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{what}");
        }
        assert!(BalanceLevel::Transaction < BalanceLevel::Claim(1) && BalanceLevel::Claim(9) < line(1, 1));
    }

    #[test]
    fn the_difference_is_stated_less_expected() {
        let imbalance = Imbalance { level: BalanceLevel::Transaction, expected: money("10.00"), stated: money("7.50") };
        assert_eq!(imbalance.difference(), Ok(money("-2.50")));
    }

    #[test]
    fn sums_beyond_the_range_of_money_are_errors() {
        let most = Money::from_cents(i64::MAX);
        let mut whole =
            remittance("0.00", vec![claim(1, "0.00", "0.00", "", &[]), claim(1, "0.00", "0.01", "", &[])], &[]);
        whole.claims[0].paid = most;
        assert_eq!(whole.imbalances(), Err(MoneyError::Overflow));
        let mut one = remittance("0.00", vec![claim(1, "-0.02", "0.00", "CO-45 0.00", &[])], &[]);
        one.claims[0].adjustments[0].amount = most;
        assert_eq!(one.imbalances(), Err(MoneyError::Overflow));
    }
}
