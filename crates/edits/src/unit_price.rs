//! The price of one unit, finer than a cent.

use core::fmt;
use core::str::FromStr;
use superbill_core::{Money, MoneyError, Quantity, Rounding};
use thiserror::Error;

/// The price of one unit of a drug or service in thousandths of a dollar, exactly as the schedules have it.
///
/// It prints with two decimals, or three where the last is not zero, and parses an optional minus, digits, and at most three decimals.
///
/// ```
/// use superbill_core::Rounding;
/// use superbill_edits::UnitPrice;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let price: UnitPrice = "0.787".parse()?;
/// assert_eq!(price.times(40, Rounding::HalfUp)?.to_string(), "31.48");
/// assert_eq!(price.times(1, Rounding::HalfUp)?.to_string(), "0.79");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UnitPrice(i64);

/// A text that is no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a price has digits and at most three decimals")]
pub struct UnitPriceError;

impl UnitPrice {
    /// The price of so many thousandths of a dollar.
    #[must_use]
    pub const fn from_mills(mills: i64) -> Self {
        Self(mills)
    }

    /// The price in thousandths of a dollar.
    #[must_use]
    pub const fn mills(self) -> i64 {
        self.0
    }

    /// What so many units cost, rounded to whole cents in the named way.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn times(self, units: u32, rounding: Rounding) -> Result<Money, MoneyError> {
        // A cent is ten mills, so that a tenth of the amount in mills is the amount in cents.
        let tenth: Quantity = "0.1".parse().map_err(|_| MoneyError::Overflow)?;
        let mills = Money::from_cents(self.0).try_mul(units.into())?;
        tenth.times(mills, rounding)
    }
}

/// The price at an offset of a row; all bits set is none.
#[inline]
pub(crate) fn price_at(row: &[u8], at: usize) -> Option<UnitPrice> {
    superbill_table::u64_at(row, at).and_then(|mills| i64::try_from(mills).ok()).map(UnitPrice)
}

impl FromStr for UnitPrice {
    type Err = UnitPriceError;

    fn from_str(text: &str) -> Result<Self, UnitPriceError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let sound = part.len() <= 3 && !(whole.is_empty() && part.is_empty());
        let digits = format!("{whole}{part:0<3}");
        if !sound || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(UnitPriceError);
        }
        let mills: i64 = digits.parse().map_err(|_| UnitPriceError)?;
        Ok(Self(if negative { -mills } else { mills }))
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mills = self.0.unsigned_abs();
        let text = match mills % 10 {
            0 => format!("{}.{:02}", mills / 1000, mills % 1000 / 10),
            _ => format!("{}.{:03}", mills / 1000, mills % 1000),
        };
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for UnitPrice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for UnitPrice {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_exact() {
        for (text, mills, printed) in [
            ("140.209", 140_209, "140.209"),
            ("8200.26", 8_200_260, "8200.26"),
            ("5", 5_000, "5.00"),
            (".5", 500, "0.50"),
            ("-0.001", -1, "-0.001"),
            ("4505000", 4_505_000_000, "4505000.00"),
        ] {
            let price: UnitPrice = text.parse().unwrap();
            assert_eq!((price.mills(), price.to_string().as_str()), (mills, printed));
            assert_eq!(printed.parse(), Ok(price));
        }
        for text in ["", ".", "-", "1.2345", "1,000", "$1", "1.-2", "+1", "99999999999999999999"] {
            assert_eq!(text.parse::<UnitPrice>(), Err(UnitPriceError), "{text}");
        }
    }

    #[test]
    fn units_are_rounded_once() {
        let price: UnitPrice = "0.125".parse().unwrap();
        for (units, rounding, amount) in [
            (1, Rounding::HalfUp, 13),
            (1, Rounding::Down, 12),
            (3, Rounding::HalfUp, 38),
            (8, Rounding::Up, 100),
            (0, Rounding::Up, 0),
        ] {
            assert_eq!(price.times(units, rounding), Ok(Money::from_cents(amount)), "{units}");
        }
        assert_eq!(UnitPrice::from_mills(i64::MAX).times(2, Rounding::Down), Err(MoneyError::Overflow));
    }
}
