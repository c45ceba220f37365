//! What Medicare pays of an allowed amount, and what the patient owes.

use super::Rule;
use super::percentages::percentage;
use superbill_core::{Date, Money, Rounding};

/// How an allowed amount is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MedicareShare {
    /// The patient's deductible.
    pub deductible: Money,
    /// The patient's coinsurance.
    pub coinsurance: Money,
    /// The reduction by sequestration, which the patient does not owe.
    pub sequestration: Money,
    /// What Medicare pays. All four add up to the allowed amount.
    pub payment: Money,
}

/// Shares an allowed amount: first the deductible that is left for the year, then 20 percent coinsurance of the rest; what is left is Medicare's
/// payment, less sequestration. `date` is the day of the service. `None` where a percentage is not known for the day or an amount is negative.
///
/// Services without deductible and coinsurance, as many of prevention, are not told apart here.
///
/// Source: 42 USC 1395l; 2 USC 901a(6).
///
/// ```
/// use superbill_core::Money;
/// use superbill_edits::payment::medicare_share;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let share = medicare_share("100".parse()?, Money::ZERO, "2026-08-03".parse()?).ok_or("no percentage is known")?;
/// assert_eq!((share.coinsurance.to_string(), share.sequestration.to_string()), ("20.00".into(), "1.60".into()));
/// assert_eq!(share.payment.to_string(), "78.40");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn medicare_share(allowed: Money, deductible_left: Money, date: Date) -> Option<MedicareShare> {
    if allowed.is_negative() || deductible_left.is_negative() {
        return None;
    }
    let deductible = allowed.min(deductible_left);
    let rest = allowed.try_sub(deductible).ok()?;
    let coinsurance = rest.percent(percentage(Rule::Coinsurance, date)?, Rounding::HalfUp).ok()?;
    let paid = rest.try_sub(coinsurance).ok()?;
    let sequestration = paid.percent(percentage(Rule::Sequestration, date)?, Rounding::HalfUp).ok()?;
    Some(MedicareShare { deductible, coinsurance, sequestration, payment: paid.try_sub(sequestration).ok()? })
}

/// The most that one who does not participate may charge for an allowed amount (already at 95 percent): 115 percent of it.
///
/// Source: 42 USC 1395w-4(g)(2).
#[must_use]
pub fn limiting_charge(allowed: Money, date: Date) -> Option<Money> {
    allowed.percent(percentage(Rule::LimitingCharge, date)?, Rounding::HalfUp).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deductible_then_coinsurance_then_sequestration() {
        let money = |text: &str| text.parse::<Money>().unwrap();
        for (allowed, left, on, expected) in [
            ("100", "0", "2026-07-01", ["0", "20", "1.60", "78.40"]),
            ("100", "40", "2026-07-01", ["40", "12", "0.96", "47.04"]),
            ("100", "257", "2026-07-01", ["100", "0", "0", "0"]),
            ("100", "0", "2021-07-01", ["0", "20", "0", "80"]),
            ("100", "0", "2022-06-30", ["0", "20", "0.80", "79.20"]),
        ] {
            let share = medicare_share(money(allowed), money(left), on.parse().unwrap()).unwrap();
            let found = [share.deductible, share.coinsurance, share.sequestration, share.payment];
            assert_eq!(found, expected.map(money), "{allowed} {left} {on}");
        }
        assert_eq!(medicare_share(money("100"), money("0"), "2012-01-01".parse().unwrap()), None);
        assert_eq!(medicare_share(money("-1"), money("0"), "2026-01-01".parse().unwrap()), None);
        assert_eq!(limiting_charge(money("95"), "2026-01-01".parse().unwrap()), Some(money("109.25")));
    }
}
