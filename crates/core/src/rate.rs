//! A share of an amount: coinsurance, a payment adjustment, a contracted percentage.

use core::fmt;
use core::str::FromStr;

use crate::decimal::{Fault, scaled};

/// A rate in parts per million, exactly. It can be negative (a payment reduction) and above one.
///
/// It parses as a decimal (`0.02`, at most six decimals) or a percentage (`20%`, `1.5%`, at most four decimals), and prints
/// as a percentage without superfluous zeros.
///
/// ```
/// use superbill_core::Rate;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sequestration: Rate = "0.02".parse()?;
/// assert_eq!(sequestration, "2%".parse()?);
/// assert_eq!(sequestration.parts_per_million(), 20_000);
/// assert_eq!(sequestration.to_string(), "2%");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(i64);

/// Why a rate was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RateError {
    /// Nothing was given.
    #[error("a rate is empty")]
    Empty,
    /// There is no digit.
    #[error("a rate has at least one digit")]
    NoDigits,
    /// A character that has no place there.
    #[error(
        "a rate is an optional minus, digits, one point at most, and a percent sign at the end: see byte {position}"
    )]
    Character {
        /// Byte offset from 0.
        position: usize,
    },
    /// The rate is finer than one part per million.
    #[error("a rate has at most six decimals, or four before a percent sign: see byte {position}")]
    TooFine {
        /// Byte offset from 0.
        position: usize,
    },
    /// The rate is too large.
    #[error("the rate is too large")]
    Overflow,
}

impl Rate {
    /// Parts per million in one whole.
    pub(crate) const WHOLE: i64 = 1_000_000;

    /// Nothing: 0%.
    pub const ZERO: Rate = Rate(0);

    /// The whole: 100%.
    pub const ONE: Rate = Rate(Rate::WHOLE);

    /// The rate of so many parts per million: 20,000 is 2%.
    #[must_use]
    pub const fn from_parts_per_million(parts: i64) -> Rate {
        Rate(parts)
    }

    /// The rate of so many whole percent.
    #[must_use]
    pub const fn from_percent(percent: i32) -> Rate {
        // An i32 times 10,000 always fits an i64.
        Rate(percent as i64 * 10_000)
    }

    /// The rate in parts per million.
    #[must_use]
    pub const fn parts_per_million(self) -> i64 {
        self.0
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Rate, RateError> {
        let parts = match text.strip_suffix('%') {
            Some(percent) => scaled(percent, 4),
            None => scaled(text, 6),
        };
        parts.map(Rate).map_err(|fault| match fault {
            Fault::Empty => RateError::Empty,
            Fault::NoDigits => RateError::NoDigits,
            Fault::Character(position) => RateError::Character { position },
            Fault::TooFine(position) => RateError::TooFine { position },
            Fault::Overflow => RateError::Overflow,
        })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.0.unsigned_abs();
        let digits = format!("{}.{:04}", parts / 10_000, parts % 10_000);
        f.pad_integral(self.0 >= 0, "", &format!("{}%", digits.trim_end_matches('0').trim_end_matches('.')))
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rate({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        for (text, parts, printed) in [
            ("0.02", 20_000, "2%"),
            ("20%", 200_000, "20%"),
            ("1.5%", 15_000, "1.5%"),
            ("1", 1_000_000, "100%"),
            (".000001", 1, "0.0001%"),
            ("-9%", -90_000, "-9%"),
            ("-0.5%", -5_000, "-0.5%"),
            ("0", 0, "0%"),
            ("250%", 2_500_000, "250%"),
            ("0.8500000", 850_000, "85%"),
        ] {
            let rate: Rate = text.parse().unwrap();
            assert_eq!(rate.parts_per_million(), parts, "{text}");
            assert_eq!(rate.to_string(), printed, "{text}");
            assert_eq!(printed.parse(), Ok(rate));
        }
        assert_eq!(Rate::from_percent(20), Rate::from_parts_per_million(200_000));
        assert_eq!(Rate::from_percent(i32::MIN).to_string(), "-2147483648%");
        assert_eq!(Rate::ONE, "100%".parse().unwrap());
    }

    #[test]
    fn refuses() {
        for (text, error) in [
            ("", RateError::Empty),
            ("%", RateError::Empty),
            ("-%", RateError::NoDigits),
            ("20 %", RateError::Character { position: 2 }),
            ("20%%", RateError::Character { position: 2 }),
            ("0.0000001", RateError::TooFine { position: 8 }),
            ("0.00001%", RateError::TooFine { position: 6 }),
            ("99999999999999", RateError::Overflow),
        ] {
            assert_eq!(text.parse::<Rate>(), Err(error), "{text}");
        }
    }
}
