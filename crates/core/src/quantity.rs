//! Service units, days, visits and other counts, which X12 writes as decimals.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use crate::decimal::{Fault, scaled};
use crate::{Money, MoneyError, Rounding};

/// Characters of the longest text: a sign, a point and 18 digits, or a sign and the 19 digits of an `i64`.
const LONGEST: usize = 20;

/// An exact decimal that keeps the text it came from.
///
/// `29`, `29.0` and `29.00` are equal, hash alike, and print as they were written, so that a file read and written again keeps
/// its bytes. It parses X12 type R: an optional minus, digits, an optional point; no plus sign and no exponent. X12 asks for at
/// most 15 digits; 18 are always read, and 19 where they fit an `i64`.
///
/// ```
/// use superbill_core::Quantity;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let units: Quantity = "29.0".parse()?;
/// assert_eq!(units.text(), "29.0");
/// assert_eq!(units, Quantity::from_units(29));
/// assert_eq!(units.as_whole(), Some(29));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Quantity {
    /// The number times ten to the power of `scale`.
    mantissa: i64,
    /// Decimals as written.
    scale: u8,
    /// How much of `text` is used.
    length: u8,
    /// INVARIANT: the first `length` bytes are ASCII.
    text: [u8; LONGEST],
}

/// Why a quantity was refused or could not be computed. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// Nothing was given.
    #[error("a quantity is empty")]
    Empty,
    /// There is no digit.
    #[error("a quantity has at least one digit")]
    NoDigits,
    /// A character that has no place there.
    #[error("a quantity is an optional minus, digits and one point at most: see byte {position}")]
    Character {
        /// Byte offset from 0.
        position: usize,
    },
    /// More digits than are read.
    #[error("a quantity has at most 18 digits")]
    TooManyDigits,
    /// The result does not fit.
    #[error("the computed quantity is too large, or has too many decimals")]
    Overflow,
}

impl Quantity {
    /// The whole number of units.
    #[must_use]
    pub fn from_units(units: impl Into<i64>) -> Quantity {
        let units = units.into();
        // INVARIANT: an i64 has at most 20 characters, so this is never refused.
        Quantity::with_text(units, 0, &units.to_string()).unwrap_or(Quantity::NOTHING)
    }

    /// The text as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get(..usize::from(self.length)).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Whether it is zero, however written.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.mantissa == 0
    }

    /// Whether it is above zero.
    #[must_use]
    pub const fn is_positive(&self) -> bool {
        self.mantissa > 0
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.mantissa < 0
    }

    /// The whole number that it is; `None` where a decimal other than zero is left.
    #[must_use]
    pub fn as_whole(&self) -> Option<i64> {
        match self.reduced() {
            (whole, 0) => Some(whole),
            _ => None,
        }
    }

    /// The sum of both, written with the decimals of the one that has more.
    ///
    /// # Errors
    ///
    /// [`QuantityError::Overflow`].
    pub fn try_add(&self, other: &Quantity) -> Result<Quantity, QuantityError> {
        let scale = self.scale.max(other.scale);
        let total = self.at(scale).checked_add(other.at(scale)).ok_or(QuantityError::Overflow)?;
        Quantity::at_scale(total, scale)
    }

    /// This quantity less the other, written with the decimals of the one that has more.
    ///
    /// # Errors
    ///
    /// [`QuantityError::Overflow`].
    pub fn try_sub(&self, other: &Quantity) -> Result<Quantity, QuantityError> {
        let scale = self.scale.max(other.scale);
        let total = self.at(scale).checked_sub(other.at(scale)).ok_or(QuantityError::Overflow)?;
        Quantity::at_scale(total, scale)
    }

    /// The price of this many units, rounded to whole cents in the named way.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    pub fn times(&self, unit_price: Money, rounding: Rounding) -> Result<Money, MoneyError> {
        unit_price.scale(self.mantissa, power_of_ten(self.scale), rounding)
    }

    const NOTHING: Quantity = Quantity { mantissa: 0, scale: 0, length: 0, text: [0; LONGEST] };

    fn with_text(mantissa: i64, scale: u8, source: &str) -> Option<Quantity> {
        let mut text = [0; LONGEST];
        text.get_mut(..source.len())?.copy_from_slice(source.as_bytes());
        Some(Quantity { mantissa, scale, length: u8::try_from(source.len()).ok()?, text })
    }

    /// The quantity of a computed number; zeros at the end of the decimals give way where it would not fit.
    fn at_scale(mut number: i128, mut scale: u8) -> Result<Quantity, QuantityError> {
        let fits = |number: i128| number.unsigned_abs() < 1_000_000_000_000_000_000;
        while scale > 0 && !fits(number) && number % 10 == 0 {
            number /= 10;
            scale -= 1;
        }
        let mantissa = i64::try_from(number).map_err(|_| QuantityError::Overflow)?;
        let unit = power_of_ten(scale).unsigned_abs();
        let sign = if number < 0 { "-" } else { "" };
        let (whole, rest) = (number.unsigned_abs() / unit, number.unsigned_abs() % unit);
        let text = match scale {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{rest:0width$}", width = usize::from(scale)),
        };
        // A text that would not be read again is refused: one that is too long.
        let written: Quantity = text.parse().map_err(|_| QuantityError::Overflow)?;
        debug_assert_eq!((written.mantissa, written.scale), (mantissa, scale));
        Ok(written)
    }

    /// The number times ten to the power of `scale`, which is not below the own scale.
    fn at(&self, scale: u8) -> i128 {
        // At most 2^63 times 10^18: fits.
        i128::from(self.mantissa) * power_of_ten(scale.saturating_sub(self.scale))
    }

    /// Mantissa and scale without zeros at the end of the decimals: equal for equal numbers.
    fn reduced(&self) -> (i64, u8) {
        let (mut mantissa, mut scale) = (self.mantissa, self.scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (mantissa, scale)
    }
}

/// Ten to the power of a scale, which is at most 18.
fn power_of_ten(scale: u8) -> i128 {
    10_i128.pow(u32::from(scale.min(18)))
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Quantity, QuantityError> {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let within = u8::try_from(decimals).ok().filter(|&decimals| decimals <= 18 && digits <= 19);
        let (scale, mantissa) = match within {
            Some(scale) => (scale, scaled(text, scale)),
            // Only to learn what is wrong first: a character, or the length.
            None => (0, scaled(text, 0).and(Err(Fault::Overflow))),
        };
        let mantissa = mantissa.map_err(|fault| match fault {
            Fault::Empty => QuantityError::Empty,
            Fault::NoDigits => QuantityError::NoDigits,
            Fault::Character(position) => QuantityError::Character { position },
            Fault::TooFine(_) | Fault::Overflow => QuantityError::TooManyDigits,
        })?;
        Quantity::with_text(mantissa, scale, text).ok_or(QuantityError::TooManyDigits)
    }
}

impl TryFrom<&str> for Quantity {
    type Error = QuantityError;

    fn try_from(text: &str) -> Result<Quantity, QuantityError> {
        text.parse()
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Quantity) -> bool {
        self.reduced() == other.reduced()
    }
}

impl Eq for Quantity {}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reduced().hash(state);
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Quantity) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.at(scale).cmp(&other.at(scale))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({})", self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    #[test]
    fn keeps_the_text_and_compares_the_number() {
        let same = ["29", "29.0", "29.00", "029", "29."];
        for one in same {
            assert_eq!(quantity(one).text(), one);
            assert_eq!(quantity(one).to_string(), one);
            for two in same {
                assert_eq!(quantity(one), quantity(two));
                assert_eq!(quantity(one).cmp(&quantity(two)), Ordering::Equal);
            }
        }
        assert_eq!(quantity("-0"), quantity("0.000"));
        assert!(quantity("-0").is_zero() && !quantity("-0").is_negative());
        assert!(
            quantity("2.9") < quantity("29") && quantity("-1") < quantity("-.5") && quantity("0.1") > quantity("0.09")
        );
        assert!(quantity("0.5").is_positive() && quantity("-0.5").is_negative());
        assert_eq!(format!("[{:>5}] [{0:?}]", quantity("1.0")), "[  1.0] [Quantity(1.0)]");
    }

    #[test]
    fn knows_whole_numbers() {
        for (text, whole) in
            [("29.00", Some(29)), ("-3", Some(-3)), ("2.5", None), ("0.0", Some(0)), ("0.000000000000000001", None)]
        {
            assert_eq!(quantity(text).as_whole(), whole, "{text}");
        }
        for units in [0, 1, -1, i64::MAX, i64::MIN] {
            let made = Quantity::from_units(units);
            assert_eq!(made.as_whole(), Some(units));
            assert_eq!(made.text(), units.to_string());
            assert_eq!(made.text().parse(), Ok(made));
        }
        assert_eq!(Quantity::from_units(7_u32), quantity("7"));
    }

    #[test]
    fn refuses() {
        for (text, error) in [
            ("", QuantityError::Empty),
            (".", QuantityError::NoDigits),
            ("-", QuantityError::NoDigits),
            ("+1", QuantityError::Character { position: 0 }),
            ("1 ", QuantityError::Character { position: 1 }),
            ("1.2.3", QuantityError::Character { position: 3 }),
            ("1e3", QuantityError::Character { position: 1 }),
            ("00000000000000000001", QuantityError::TooManyDigits),
            ("9999999999999999999", QuantityError::TooManyDigits),
            ("0.0000000000000000001", QuantityError::TooManyDigits),
            ("-0.000000000000000000", QuantityError::TooManyDigits),
        ] {
            assert_eq!(text.parse::<Quantity>(), Err(error), "{text}");
        }
        assert_eq!(quantity("-.123456789012345678").text().len(), 20);
    }

    #[test]
    fn adds_exactly() {
        for (one, two, sum) in [
            ("1.5", "1.50", "3.00"),
            ("1", "2", "3"),
            ("-1", "0.25", "-0.75"),
            ("0.1", "0.2", "0.3"),
            ("-0.5", "0.5", "0.0"),
            ("999999999999999999", "0.0", "999999999999999999"),
        ] {
            assert_eq!(quantity(one).try_add(&quantity(two)).unwrap().text(), sum, "{one} {two}");
            assert_eq!(quantity(sum).try_sub(&quantity(two)), Ok(quantity(one)), "{one} {two}");
        }
        let most = Quantity::from_units(i64::MAX);
        assert_eq!(most.try_add(&Quantity::from_units(1)), Err(QuantityError::Overflow));
        assert_eq!(most.try_add(&quantity("0.000000000000000001")), Err(QuantityError::Overflow));
        assert_eq!(Quantity::from_units(i64::MIN).try_sub(&most), Err(QuantityError::Overflow));
    }

    #[test]
    fn prices_units() {
        for (units, price, rounding, total) in [
            ("3", "12.50", Rounding::HalfUp, "37.50"),
            ("0.5", "0.25", Rounding::HalfUp, "0.13"),
            ("0.5", "0.25", Rounding::HalfEven, "0.12"),
            ("-2", "1.10", Rounding::Down, "-2.20"),
            ("2.375", "10", Rounding::Up, "23.75"),
        ] {
            let total: Money = total.parse().unwrap();
            assert_eq!(quantity(units).times(price.parse().unwrap(), rounding), Ok(total), "{units}");
        }
        let most = Money::from_cents(i64::MAX);
        assert_eq!(quantity("2").times(most, Rounding::Down), Err(MoneyError::Overflow));
        assert_eq!(Quantity::from_units(i64::MIN).times(most, Rounding::Up), Err(MoneyError::Overflow));
        assert_eq!(quantity("1.0").times(most, Rounding::Up), Ok(most));
    }
}
