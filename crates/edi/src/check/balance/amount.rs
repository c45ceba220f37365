//! Amounts as files state them, exact.

use core::ops::{Add, Neg, Sub};

/// An amount in millionths: decimals beyond cents are kept, so that sums stay exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::check) struct Amount(i128);

/// Digits that an amount may have behind the point.
const DECIMALS: usize = 6;

impl Amount {
    pub(in crate::check) const ZERO: Self = Self(0);

    /// Reads a decimal number of at most 18 digits, at most six of them behind the point. `None` for anything else, a number with an exponent included: what is
    /// no amount is said when the element is checked, and cannot be added up.
    #[inline]
    pub(in crate::check) fn read(bytes: &[u8]) -> Option<Self> {
        let (negative, digits) = match bytes.split_first() {
            Some((b'-', rest)) => (true, rest),
            _ => (false, bytes),
        };
        let mut value = 0u64;
        let (mut count, mut decimals) = (0usize, None::<usize>);
        for byte in digits {
            match byte {
                b'0'..=b'9' if count < 18 => {
                    value = value * 10 + u64::from(byte - b'0');
                    count += 1;
                    decimals = decimals.map(|decimals| decimals + 1);
                }
                b'.' if decimals.is_none() => decimals = Some(0),
                _ => return None,
            }
        }
        let missing = DECIMALS.checked_sub(decimals.unwrap_or(0))?;
        let scale = 10i128.pow(u32::try_from(missing).ok()?);
        let value = i128::from(value) * scale;
        (count > 0).then_some(Self(if negative { -value } else { value }))
    }

    pub(in crate::check) fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub(in crate::check) fn is_zero(self) -> bool {
        self.0 == 0
    }
}

// Millions of the largest amounts fit: sums never come near the ends of the type.
impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

/// A sum; unknown as soon as one of its parts is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Sum(Option<Amount>);

impl Default for Sum {
    fn default() -> Self {
        Self(Some(Amount::ZERO))
    }
}

impl Sum {
    #[inline]
    pub(in crate::check) fn add(&mut self, part: Option<Amount>) {
        self.0 = self.0.zip(part).map(|(sum, part)| sum + part);
    }

    /// The sum of both.
    pub(in crate::check) fn and(mut self, other: Self) -> Self {
        self.add(other.0);
        self
    }

    pub(in crate::check) fn known(self) -> Option<Amount> {
        self.0
    }

    /// Whether both are known and differ.
    pub(in crate::check) fn is_not(self, stated: Option<Amount>) -> bool {
        self.0.zip(stated).is_some_and(|(sum, stated)| sum != stated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        for (text, millionths) in [
            ("0", Some(0)),
            ("100", Some(100_000_000)),
            ("100.", Some(100_000_000)),
            (".5", Some(500_000)),
            ("-12.345", Some(-12_345_000)),
            ("0.000001", Some(1)),
            ("999999999999.999999", Some(999_999_999_999_999_999)),
            ("", None),
            ("-", None),
            (".", None),
            ("1.2.3", None),
            ("1E3", None),
            ("1,000", None),
            ("0.0000001", None),
            ("1234567890123456789", None),
        ] {
            assert_eq!(Amount::read(text.as_bytes()), millionths.map(Amount), "{text}");
        }
    }

    #[test]
    fn a_sum_with_an_unknown_part_is_unknown() {
        let mut sum = Sum::default();
        sum.add(Amount::read(b"1.10"));
        sum.add(Amount::read(b"2.20"));
        assert_eq!(sum.known(), Amount::read(b"3.3"));
        assert!(sum.is_not(Amount::read(b"3.31")) && !sum.is_not(None));
        sum.add(Amount::read(b"x"));
        assert!(sum.known().is_none() && !sum.is_not(Some(Amount::ZERO)));
    }
}
