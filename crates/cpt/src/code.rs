//! The code value: a shape that is possible.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// What can stand last, in the order of text, and padding up to a power of two.
const LAST: [u8; 15] = *b"0123456789AFMTU";
const LASTS: u32 = 16;

const fn digit(byte: u8) -> u32 {
    // INVARIANT: a code holds digits there.
    byte.wrapping_sub(b'0') as u32
}

const fn last_place(byte: u8) -> u32 {
    match byte {
        b'A' => 10,
        b'F' => 11,
        b'M' => 12,
        b'T' => 13,
        b'U' => 14,
        _ => digit(byte),
    }
}

/// A CPT code whose shape is possible: five digits, or four digits and one of the letters `A F M T U`.
///
/// Whether the code exists is known to the licensed files of the American Medical Association alone; this crate ships
/// no list and no descriptor.
///
/// Source: 45 CFR 162.1002; the forms as CMS describes them in the National Correct Coding Initiative policy manual.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CptCode([u8; 5]);

/// Why a text is not a CPT code by shape. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CptCodeError {
    /// Not five characters.
    #[error("a CPT code has five characters")]
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

impl CptCode {
    /// Reads a code in either case, with spaces around.
    ///
    /// # Errors
    /// [`CptCodeError`] says what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, CptCodeError> {
        let text = text.trim();
        let bytes: [u8; 5] = text.as_bytes().try_into().map_err(|_| CptCodeError::Length)?;
        let bytes = bytes.map(|byte| byte.to_ascii_uppercase());
        for (position, byte) in (1u8..).zip(bytes) {
            let (fits, expected) = if position == 5 {
                (byte.is_ascii_digit() || CptCategory::of_letter(byte).is_some(), "a digit or one of A, F, M, T, U")
            } else {
                (byte.is_ascii_digit(), "a digit")
            };
            if !fits {
                return Err(CptCodeError::Character { position, expected });
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

    /// The packed form: a number from 1 to 160,000 whose order is the order of the codes as text.
    ///
    /// Sixteen values a number of four digits: the last character's place among `0` to `9`, `A`, `F`, `M`, `T`, `U`; and one more, so that none is zero.
    #[must_use]
    pub const fn packed(self) -> u32 {
        self.first_four() * LASTS + last_place(self.0[4]) + 1
    }

    /// The code of a packed form.
    #[must_use]
    pub fn from_packed(key: u32) -> Option<Self> {
        let key = key.checked_sub(1)?;
        let (digits, last) = (key / LASTS, *LAST.get((key % LASTS) as usize)?);
        if digits > 9999 {
            return None;
        }
        let place = |unit: u32| b'0' + (digits / unit % 10) as u8;
        Some(Self([place(1000), place(100), place(10), place(1), last]))
    }

    /// The code of five digits with this number, or of four digits and the letter of its category.
    pub(crate) fn of_number(number: u32, category: CptCategory) -> Option<Self> {
        let key = match category.letter() {
            None => number / 10 * LASTS + number % 10,
            Some(letter) => number.checked_mul(LASTS)? + last_place(letter),
        };
        Self::from_packed(key + 1)
    }

    /// The first four digits as a number.
    pub(crate) const fn first_four(self) -> u32 {
        let [a, b, c, d, _] = self.0;
        digit(a) * 1000 + digit(b) * 100 + digit(c) * 10 + digit(d)
    }

    /// The number of five digits; `None` where a letter stands last.
    pub(crate) const fn number(self) -> Option<u32> {
        let last = self.0[4];
        if last.is_ascii_digit() { Some(self.first_four() * 10 + digit(last)) } else { None }
    }

    /// The category that the form tells.
    #[must_use]
    pub fn category(self) -> CptCategory {
        CptCategory::of_letter(self.0[4]).unwrap_or(CptCategory::One)
    }
}

impl FromStr for CptCode {
    type Err = CptCodeError;

    fn from_str(text: &str) -> Result<Self, CptCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for CptCode {
    type Error = CptCodeError;

    fn try_from(text: &str) -> Result<Self, CptCodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for CptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CptCode({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for CptCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for CptCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// The categories of CPT codes, told by the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CptCategory {
    /// Five digits: Category I.
    One,
    /// Last letter `F`: Category II, performance measurement.
    Two,
    /// Last letter `T`: Category III, emerging technology.
    Three,
    /// Last letter `A`: administration of certain immunisations.
    Immunization,
    /// Last letter `M`: administrative codes for multianalyte assays with algorithmic analyses.
    MultianalyteAssay,
    /// Last letter `U`: proprietary laboratory analyses.
    ProprietaryLaboratory,
}

impl CptCategory {
    /// The name in data: `one`, `two`, `three`, `immunization`, `multianalyte_assay`, `proprietary_laboratory`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Three => "three",
            Self::Immunization => "immunization",
            Self::MultianalyteAssay => "multianalyte_assay",
            Self::ProprietaryLaboratory => "proprietary_laboratory",
        }
    }

    /// The last character; none for Category I.
    const fn letter(self) -> Option<u8> {
        match self {
            Self::One => None,
            Self::Two => Some(b'F'),
            Self::Three => Some(b'T'),
            Self::Immunization => Some(b'A'),
            Self::MultianalyteAssay => Some(b'M'),
            Self::ProprietaryLaboratory => Some(b'U'),
        }
    }

    fn of_letter(letter: u8) -> Option<Self> {
        match letter {
            b'A' => Some(Self::Immunization),
            b'F' => Some(Self::Two),
            b'M' => Some(Self::MultianalyteAssay),
            b'T' => Some(Self::Three),
            b'U' => Some(Self::ProprietaryLaboratory),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The shapes are tried on numbers that no release holds.
    #[test]
    fn the_last_character_tells_the_category() {
        for (text, category) in [
            ("00000", CptCategory::One),
            ("0000f", CptCategory::Two),
            ("0000T", CptCategory::Three),
            ("0000A", CptCategory::Immunization),
            ("0000M", CptCategory::MultianalyteAssay),
            (" 0000u", CptCategory::ProprietaryLaboratory),
        ] {
            assert_eq!(CptCode::parse(text).unwrap().category(), category, "{text}");
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        assert_eq!(CptCode::parse("0000"), Err(CptCodeError::Length));
        assert!(matches!(CptCode::parse("0000X"), Err(CptCodeError::Character { position: 5, .. })));
        assert!(matches!(CptCode::parse("G0108"), Err(CptCodeError::Character { position: 1, .. })));
    }
}
