//! The code value: a shape that is possible.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// A HCPCS Level II code whose shape is possible: a letter and four digits.
///
/// Whether the code exists on a date is a question to a table; this value does not know. Codes that begin with `D` are
/// the dental procedure codes of the ADA.
///
/// Source: CMS, HCPCS Level II Coding Procedures.
///
/// ```
/// use superbill_hcpcs::HcpcsCode;
/// assert_eq!("g0108".parse::<HcpcsCode>()?.to_string(), "G0108");
/// # Ok::<(), superbill_hcpcs::HcpcsCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HcpcsCode([u8; 5]);

/// Why a text is not a HCPCS Level II code by shape. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HcpcsCodeError {
    /// Not five characters.
    #[error("a HCPCS Level II code has five characters")]
    Length,
    /// A character that cannot stand at its place.
    #[error("character {position} cannot stand there: {expected}")]
    Character {
        /// The place, counted from 1, spaces around the code left out.
        position: u8,
        /// What may stand there.
        expected: &'static str,
    },
}

impl HcpcsCode {
    /// Reads a code in either case, with spaces around.
    ///
    /// # Errors
    /// [`HcpcsCodeError`] says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, HcpcsCodeError> {
        let text = text.trim();
        let bytes: [u8; 5] = text.as_bytes().try_into().map_err(|_| HcpcsCodeError::Length)?;
        let bytes = bytes.map(|byte| byte.to_ascii_uppercase());
        for (position, byte) in (1u8..).zip(bytes) {
            let (fits, expected) = if position == 1 {
                (byte.is_ascii_uppercase(), "a letter")
            } else {
                (byte.is_ascii_digit(), "a digit")
            };
            if !fits {
                return Err(HcpcsCodeError::Character { position, expected });
            }
        }
        Ok(Self(bytes))
    }

    /// The five characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: only ASCII is stored.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first letter, which says the kind of service or supply.
    #[must_use]
    pub fn letter(self) -> char {
        char::from(self.0[0])
    }

    /// The code as a number above zero, in the order of the codes: for tables that are made of codes.
    #[inline]
    #[must_use]
    pub fn packed(self) -> u32 {
        let [letter, digits @ ..] = self.0;
        let digits = digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit & 15));
        // INVARIANT: a capital letter and four digits.
        u32::from(letter.wrapping_sub(b'A')) * 10_000 + digits + 1
    }

    /// The code of a number, if one has it.
    #[must_use]
    pub fn from_packed(number: u32) -> Option<Self> {
        let rest = number.checked_sub(1).filter(|rest| *rest < 260_000)?;
        let digit = |unit: u32| b'0' + (rest / unit % 10) as u8;
        Some(Self([b'A' + (rest / 10_000) as u8, digit(1000), digit(100), digit(10), digit(1)]))
    }

    /// Whether it is a dental procedure code of the ADA.
    #[must_use]
    pub fn is_dental(self) -> bool {
        self.letter() == 'D'
    }
}

impl FromStr for HcpcsCode {
    type Err = HcpcsCodeError;

    fn from_str(text: &str) -> Result<Self, HcpcsCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for HcpcsCode {
    type Error = HcpcsCodeError;

    fn try_from(text: &str) -> Result<Self, HcpcsCodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for HcpcsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for HcpcsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HcpcsCode({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for HcpcsCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for HcpcsCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_number_in_its_order() {
        for (text, number) in [("A0000", 1), ("A0001", 2), ("B0000", 10_001), ("V5364", 215_365), ("Z9999", 260_000)] {
            let code = HcpcsCode::parse(text).unwrap();
            assert_eq!((code.packed(), HcpcsCode::from_packed(number)), (number, Some(code)));
        }
        assert_eq!((HcpcsCode::from_packed(0), HcpcsCode::from_packed(260_001)), (None, None));
    }

    #[test]
    fn a_letter_and_four_digits() {
        assert_eq!(HcpcsCode::parse(" j1885 ").unwrap().to_string(), "J1885");
        assert!(HcpcsCode::parse("D0000").unwrap().is_dental());
        for (text, error) in [
            ("G010", HcpcsCodeError::Length),
            ("G01080", HcpcsCodeError::Length),
            ("", HcpcsCodeError::Length),
            ("10108", HcpcsCodeError::Character { position: 1, expected: "a letter" }),
            ("G01O8", HcpcsCodeError::Character { position: 4, expected: "a digit" }),
        ] {
            assert_eq!(HcpcsCode::parse(text), Err(error), "{text}");
        }
    }
}
