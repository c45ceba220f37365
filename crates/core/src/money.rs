//! Amounts of US dollars in whole cents.

use core::cmp::Reverse;
use core::fmt;
use core::str::FromStr;

use crate::decimal::{Fault, scaled};
use crate::{Rate, Rounding};

/// An amount of US dollars in whole cents; negative for reversals and take-backs.
///
/// It has no `+` and no `-`: sums go through [`Money::try_add`] and its kin, which report an overflow. It prints with two
/// decimals (`-12.50`) and parses what X12 type R carries: `12`, `12.5`, `12.50`, `-12.50`, `.5`, and further decimals only
/// where they are zero. No dollar sign, no thousands separator, no plus sign, no exponent. A point without a digit after it
/// (`12.`) is read too: it cannot mean anything else.
///
/// ```
/// use superbill_core::{Money, MoneyError};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let charge: Money = "125.5".parse()?;
/// let paid: Money = "100".parse()?;
/// assert_eq!(charge.try_sub(paid)?.to_string(), "25.50");
/// assert_eq!("12.505".parse::<Money>(), Err(MoneyError::MoreThanCents { position: 5 }));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Why an amount was refused or could not be computed. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Nothing was given.
    #[error("an amount is empty")]
    Empty,
    /// There is no digit.
    #[error("an amount has at least one digit")]
    NoDigits,
    /// A character that has no place there.
    #[error("an amount is an optional minus, digits and one point at most: see byte {position}")]
    Character {
        /// Byte offset from 0.
        position: usize,
    },
    /// A digit other than zero beyond the second decimal.
    #[error("an amount has whole cents: see byte {position}")]
    MoreThanCents {
        /// Byte offset from 0.
        position: usize,
    },
    /// The amount does not fit an `i64` of cents.
    #[error("the amount is beyond 92 quadrillion dollars")]
    Overflow,
    /// Nothing to allocate to: there is no weight above zero.
    #[error("an amount is shared among weights of which at least one is above zero")]
    NoPositiveWeight,
}

impl Money {
    /// No money: 0.00.
    pub const ZERO: Money = Money(0);

    /// The amount of so many cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Money {
        Money(cents)
    }

    /// The amount in cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Whether it is 0.00.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is below 0.00.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is above 0.00.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The amount without its sign. The one amount that has no counterpart, `i64::MIN` cents, gives `i64::MAX` cents.
    #[must_use]
    pub const fn abs(self) -> Money {
        Money(self.0.saturating_abs())
    }

    /// The sum of both.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn try_add(self, other: Money) -> Result<Money, MoneyError> {
        self.0.checked_add(other.0).map(Money).ok_or(MoneyError::Overflow)
    }

    /// This amount less the other.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn try_sub(self, other: Money) -> Result<Money, MoneyError> {
        self.0.checked_sub(other.0).map(Money).ok_or(MoneyError::Overflow)
    }

    /// The amount with its sign turned.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn try_neg(self) -> Result<Money, MoneyError> {
        self.0.checked_neg().map(Money).ok_or(MoneyError::Overflow)
    }

    /// The amount so many times.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn try_mul(self, times: i64) -> Result<Money, MoneyError> {
        self.0.checked_mul(times).map(Money).ok_or(MoneyError::Overflow)
    }

    /// The sum of all amounts, 0.00 for none. Only the total must fit: the order of the amounts does not matter.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn try_sum(amounts: impl IntoIterator<Item = Money>) -> Result<Money, MoneyError> {
        let mut total: i128 = 0;
        for amount in amounts {
            total = total.checked_add(i128::from(amount.0)).ok_or(MoneyError::Overflow)?;
        }
        Money::narrow(Some(total))
    }

    /// The rate of this amount, rounded to whole cents in the named way.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn percent(self, basis: Rate, rounding: Rounding) -> Result<Money, MoneyError> {
        self.scale(basis.parts_per_million(), i128::from(Rate::WHOLE), rounding)
    }

    /// Shares the amount in proportion to the weights, by the largest remainder: every share is the exact share rounded
    /// toward zero, and the cents left over go one each to the largest remainders, the earlier place first where they are
    /// equal. The shares sum to the amount exactly, a weight of zero gets nothing, and a negative amount is shared as its
    /// counterpart is, with the sign turned.
    ///
    /// ```
    /// use superbill_core::Money;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let shares = Money::from_cents(1000).allocate(&[1, 1, 0, 1])?;
    /// assert_eq!(shares, [334, 333, 0, 333].map(Money::from_cents));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoPositiveWeight`] where no weight is above zero.
    pub fn allocate(&self, weights: &[u64]) -> Result<Vec<Money>, MoneyError> {
        let total: u128 = weights.iter().copied().map(u128::from).sum();
        if total == 0 {
            return Err(MoneyError::NoPositiveWeight);
        }
        let amount = u128::from(self.0.unsigned_abs());
        // The amount is at most 2^63 and a weight below 2^64: the product fits.
        let mut shares: Vec<(usize, u128, u128)> = weights
            .iter()
            .map(|&weight| amount * u128::from(weight))
            .enumerate()
            .map(|(place, product)| (place, product / total, product % total))
            .collect();
        let mut left = amount - shares.iter().map(|&(_, share, _)| share).sum::<u128>();
        shares.sort_by_key(|&(place, _, remainder)| (Reverse(remainder), place));
        for (_, share, _) in &mut shares {
            if left == 0 {
                break;
            }
            *share += 1;
            left -= 1;
        }
        shares.sort_by_key(|&(place, _, _)| place);
        let sign = i128::from(self.0.signum());
        shares
            .into_iter()
            .map(|(_, share, _)| Money::narrow(i128::try_from(share).ok().and_then(|share| share.checked_mul(sign))))
            .collect()
    }

    /// Shares the amount in so many equal parts; the first parts carry the cents left over.
    ///
    /// # Errors
    ///
    /// [`MoneyError::NoPositiveWeight`] for no part.
    pub fn split(&self, parts: usize) -> Result<Vec<Money>, MoneyError> {
        self.allocate(&vec![1; parts])
    }

    /// The shortest form of X12 type R: no zero at the end of the decimals, no point without decimals: `12`, `12.5`, `-0.5`.
    /// Below one dollar the zero before the point is kept.
    #[must_use]
    pub fn to_x12(self) -> String {
        let mut text = self.to_string();
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
        text
    }

    /// This amount times `numerator / denominator`, rounded.
    pub(crate) fn scale(self, numerator: i64, denominator: i128, rounding: Rounding) -> Result<Money, MoneyError> {
        // Two i64 make at most 2^126.
        Money::narrow(rounding.divide(i128::from(self.0) * i128::from(numerator), denominator))
    }

    fn narrow(cents: Option<i128>) -> Result<Money, MoneyError> {
        cents.and_then(|cents| i64::try_from(cents).ok()).map(Money).ok_or(MoneyError::Overflow)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Money, MoneyError> {
        scaled(text, 2).map(Money).map_err(|fault| match fault {
            Fault::Empty => MoneyError::Empty,
            Fault::NoDigits => MoneyError::NoDigits,
            Fault::Character(position) => MoneyError::Character { position },
            Fault::TooFine(position) => MoneyError::MoreThanCents { position },
            Fault::Overflow => MoneyError::Overflow,
        })
    }
}

impl TryFrom<&str> for Money {
    type Error = MoneyError;

    fn try_from(text: &str) -> Result<Money, MoneyError> {
        text.parse()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.0.unsigned_abs();
        f.pad_integral(self.0 >= 0, "", &format!("{}.{:02}", cents / 100, cents % 100))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn reads_prints_and_writes_x12() {
        for (text, printed, x12) in [
            ("12", "12.00", "12"),
            ("12.5", "12.50", "12.5"),
            ("12.50", "12.50", "12.5"),
            ("12.500", "12.50", "12.5"),
            ("12.", "12.00", "12"),
            ("-12.50", "-12.50", "-12.5"),
            (".5", "0.50", "0.5"),
            ("-.5", "-0.50", "-0.5"),
            ("0", "0.00", "0"),
            ("-0", "0.00", "0"),
            ("100", "100.00", "100"),
            ("1000.00", "1000.00", "1000"),
            ("0.01", "0.01", "0.01"),
            ("000012", "12.00", "12"),
            ("92233720368547758.07", "92233720368547758.07", "92233720368547758.07"),
            ("-92233720368547758.08", "-92233720368547758.08", "-92233720368547758.08"),
        ] {
            assert_eq!(money(text).to_string(), printed, "{text}");
            assert_eq!(money(text).to_x12(), x12, "{text}");
            assert_eq!(money(x12), money(text));
        }
        assert_eq!(format!("[{:>8}] [{0:?}]", money("12.5")), "[   12.50] [Money(12.50)]");
    }

    #[test]
    fn refuses() {
        for (text, error) in [
            ("", MoneyError::Empty),
            ("-", MoneyError::NoDigits),
            (".", MoneyError::NoDigits),
            ("$12", MoneyError::Character { position: 0 }),
            ("+12", MoneyError::Character { position: 0 }),
            (" 12", MoneyError::Character { position: 0 }),
            ("1,200", MoneyError::Character { position: 1 }),
            ("1E2", MoneyError::Character { position: 1 }),
            ("12.5.0", MoneyError::Character { position: 4 }),
            ("12-", MoneyError::Character { position: 2 }),
            ("12.505", MoneyError::MoreThanCents { position: 5 }),
            ("92233720368547758.08", MoneyError::Overflow),
        ] {
            assert_eq!(text.parse::<Money>(), Err(error), "{text}");
        }
    }

    #[test]
    fn computes_or_says_that_it_cannot() {
        let (least, most, one) = (Money::from_cents(i64::MIN), Money::from_cents(i64::MAX), Money::from_cents(1));
        assert_eq!(money("1.10").try_add(money("2.20")), Ok(money("3.30")));
        assert_eq!(money("1.10").try_sub(money("2.20")), Ok(money("-1.10")));
        assert_eq!(money("1.10").try_neg(), Ok(money("-1.10")));
        assert_eq!(money("1.10").try_mul(-3), Ok(money("-3.30")));
        for refused in [most.try_add(one), least.try_sub(one), least.try_neg(), most.try_mul(2), least.try_mul(-1)] {
            assert_eq!(refused, Err(MoneyError::Overflow));
        }
        assert_eq!(Money::try_sum([most, one, least, one]), Ok(one));
        assert_eq!(Money::try_sum([most, one]), Err(MoneyError::Overflow));
        assert_eq!(Money::try_sum([]), Ok(Money::ZERO));
        assert_eq!(money("-5").abs(), money("5"));
        assert_eq!(least.abs(), most);
        assert!(Money::ZERO.is_zero() && !Money::ZERO.is_positive() && !Money::ZERO.is_negative());
        assert!(one.is_positive() && least.is_negative());
    }

    #[test]
    fn takes_a_rate() {
        for (amount, rate, rounding, expected) in [
            ("100", "20%", Rounding::HalfUp, "20"),
            ("0.25", "50%", Rounding::HalfUp, "0.13"),
            ("0.25", "50%", Rounding::HalfEven, "0.12"),
            ("0.25", "50%", Rounding::Down, "0.12"),
            ("0.25", "50%", Rounding::Up, "0.13"),
            ("-0.25", "50%", Rounding::HalfUp, "-0.13"),
            ("-0.25", "50%", Rounding::Down, "-0.12"),
            ("112.35", "2%", Rounding::HalfUp, "2.25"),
            ("112.35", "-9%", Rounding::HalfUp, "-10.11"),
            ("0", "20%", Rounding::Up, "0"),
        ] {
            assert_eq!(
                money(amount).percent(rate.parse().unwrap(), rounding),
                Ok(money(expected)),
                "{amount} {rate} {rounding:?}"
            );
        }
        assert_eq!(
            Money::from_cents(i64::MAX).percent(Rate::from_percent(200), Rounding::Down),
            Err(MoneyError::Overflow)
        );
        assert_eq!(Money::from_cents(i64::MIN).percent(Rate::ONE, Rounding::HalfUp), Ok(Money::from_cents(i64::MIN)));
    }

    #[test]
    fn shares_every_cent() {
        let cases: &[(i64, &[u64], &[i64])] = &[
            (1000, &[1, 1, 1], &[334, 333, 333]),
            (-1000, &[1, 1, 1], &[-334, -333, -333]),
            (1001, &[1, 1, 1], &[334, 334, 333]),
            (100, &[0, 1], &[0, 100]),
            (1, &[0, 1, 1], &[0, 1, 0]),
            (0, &[1, 2], &[0, 0]),
            (10, &[1, 2, 4], &[1, 3, 6]),
            (5, &[u64::MAX, u64::MAX], &[3, 2]),
            (i64::MAX, &[u64::MAX], &[i64::MAX]),
            (i64::MIN, &[u64::MAX], &[i64::MIN]),
        ];
        for &(amount, weights, expected) in cases {
            let expected = expected.iter().copied().map(Money::from_cents).collect();
            assert_eq!(Money::from_cents(amount).allocate(weights), Ok(expected), "{amount} {weights:?}");
        }
        assert_eq!(money("1").allocate(&[]), Err(MoneyError::NoPositiveWeight));
        assert_eq!(money("1").allocate(&[0, 0]), Err(MoneyError::NoPositiveWeight));
        assert_eq!(money("1").split(0), Err(MoneyError::NoPositiveWeight));
        assert_eq!(money("0.05").split(2), Ok(vec![money("0.03"), money("0.02")]));
    }
}
