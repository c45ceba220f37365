//! Relative value units and conversion factors, exactly.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// Relative value units in hundredths: 1.30 is 130.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RelativeValue(u32);

/// A conversion factor, dollars for one relative value unit, in ten-thousandths: 33.4009 is 334,009.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ConversionFactor(u32);

/// A text that is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a value is digits with a point, with two decimals at most, four in a conversion factor")]
pub struct ValueError;

/// A number without a sign that has no more decimals than asked; zeros behind them are allowed. `None` above 4,294,967,295 units.
pub(crate) fn units(text: &str, decimals: usize) -> Option<u32> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && rest.is_empty()) || !digits(whole) || !digits(rest) {
        return None;
    }
    let (kept, more) = rest.split_at_checked(decimals).unwrap_or((rest, ""));
    if more.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let scale = |missing: usize| 10u32.checked_pow(u32::try_from(missing).ok()?);
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<u32>().ok() };
    let fraction = number(kept)?.checked_mul(scale(decimals.checked_sub(kept.len())?)?)?;
    number(whole)?.checked_mul(scale(decimals)?)?.checked_add(fraction)
}

macro_rules! value {
    ($name:ident, $unit:ident, $decimals:literal, $scale:literal, $unit_doc:literal) => {
        impl $name {
            #[doc = concat!("So many ", $unit_doc, ".")]
            #[must_use]
            pub const fn new($unit: u32) -> Self {
                Self($unit)
            }

            #[doc = concat!("In ", $unit_doc, ".")]
            #[must_use]
            pub const fn $unit(self) -> u32 {
                self.0
            }

            /// Whether it is zero.
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                units(text.trim(), $decimals).map(Self).ok_or(ValueError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!("{}.{:0width$}", self.0 / $scale, self.0 % $scale, width = $decimals))
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

value!(RelativeValue, hundredths, 2, 100, "hundredths");
value!(ConversionFactor, ten_thousandths, 4, 10_000, "ten-thousandths of a dollar");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact_and_print_as_they_are_written() {
        for (text, hundredths, printed) in [
            ("1.30", 130, "1.30"),
            ("0", 0, "0.00"),
            (".5", 50, "0.50"),
            ("356.28", 35_628, "356.28"),
            ("2.500", 250, "2.50"),
        ] {
            let value: RelativeValue = text.parse().unwrap();
            assert_eq!((value.hundredths(), value.to_string().as_str()), (hundredths, printed), "{text}");
        }
        let factor: ConversionFactor = "33.4009".parse().unwrap();
        assert_eq!((factor.ten_thousandths(), factor.to_string().as_str()), (334_009, "33.4009"));
        for text in ["", ".", "-1", "+1", "1.305", "1,3", "NA", "42949672.96", "99999999999"] {
            assert_eq!(text.parse::<RelativeValue>(), Err(ValueError), "{text}");
        }
    }
}
