//! Inpatient procedure codes.

use core::fmt;
use core::str::FromStr;

/// Bits of one character in a packed code.
const CHAR_BITS: u32 = 6;

/// An ICD-10-PCS code by its shape: seven digits and letters without I and O, in upper case.
///
/// Whether a code exists on a date is a question to a table. Reads either case, with spaces around; orders as the official tables do.
///
/// Source: ICD-10-PCS Official Guidelines for Coding and Reporting, sections A1 and A2.
///
/// ```
/// use superbill_core::Icd10PcsCode;
/// let code: Icd10PcsCode = " 5a1955z ".parse()?;
/// assert_eq!(code.to_string(), "5A1955Z");
/// # Ok::<(), superbill_core::Icd10PcsCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd10PcsCode([u8; 7]);

/// Why an ICD-10-PCS code was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Icd10PcsCodeError {
    /// Not seven characters.
    #[error("an ICD-10-PCS code has exactly 7 characters")]
    Length,
    /// A character that is no digit and no letter, or the letter I or O.
    #[error("an ICD-10-PCS code has digits and letters without I and O: see character {position}")]
    Character {
        /// Place in the code, 1 to 7.
        position: usize,
    },
}

impl Icd10PcsCode {
    /// Reads a code in either case, with spaces around.
    ///
    /// # Errors
    /// [`Icd10PcsCodeError`] says what no code can be.
    #[inline]
    pub fn parse(text: &str) -> Result<Self, Icd10PcsCodeError> {
        let bytes: [u8; 7] = text.trim().as_bytes().try_into().map_err(|_| Icd10PcsCodeError::Length)?;
        let bytes = bytes.map(|byte| byte.to_ascii_uppercase());
        match bytes.iter().position(|byte| value(*byte).is_none()) {
            Some(at) => Err(Icd10PcsCodeError::Character { position: at + 1 }),
            None => Ok(Self(bytes)),
        }
    }

    /// The seven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: only ASCII is stored.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The section, which the first character names: `0` medical and surgical, `1` obstetrics, ...
    #[must_use]
    pub fn section(self) -> char {
        let [section, ..] = self.0;
        char::from(section)
    }

    /// The packed form: six bits a character, first character highest, digits 1 to 10 and letters 11 to 36. The order of packed values is
    /// the order of the codes.
    #[inline]
    #[must_use]
    pub fn packed(self) -> u64 {
        // INVARIANT: only characters with a value are stored.
        self.0.iter().fold(0, |key, byte| key << CHAR_BITS | u64::from(value(*byte).unwrap_or_default()))
    }

    /// The code of a packed form, if the shape is possible.
    #[must_use]
    pub fn from_packed(key: u64) -> Option<Self> {
        let mut rest = key;
        let mut bytes = [0; 7];
        for byte in bytes.iter_mut().rev() {
            *byte = character((rest & 0x3F) as u8)?;
            rest >>= CHAR_BITS;
        }
        (rest == 0).then_some(Self(bytes))
    }
}

/// The value of a character from 1 to 36; `None` for one that no code has.
#[inline]
const fn value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0' + 1),
        b'I' | b'O' => None,
        b'A'..=b'Z' => Some(byte - b'A' + 11),
        _ => None,
    }
}

/// The character of a value.
const fn character(value: u8) -> Option<u8> {
    match value {
        1..=10 => Some(b'0' + value - 1),
        // I and O.
        19 | 25 => None,
        11..=36 => Some(b'A' + value - 11),
        _ => None,
    }
}

impl FromStr for Icd10PcsCode {
    type Err = Icd10PcsCodeError;

    fn from_str(text: &str) -> Result<Self, Icd10PcsCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Icd10PcsCode {
    type Error = Icd10PcsCodeError;

    fn try_from(text: &str) -> Result<Self, Icd10PcsCodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for Icd10PcsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Icd10PcsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd10PcsCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seven_characters_without_i_and_o() {
        for (text, expected) in [
            ("5A1955Z", Ok("5A1955Z")),
            (" 02ya0z0\n", Ok("02YA0Z0")),
            ("", Err(Icd10PcsCodeError::Length)),
            ("5A1955", Err(Icd10PcsCodeError::Length)),
            ("5A1955ZZ", Err(Icd10PcsCodeError::Length)),
            ("OA1955Z", Err(Icd10PcsCodeError::Character { position: 1 })),
            ("5A1955i", Err(Icd10PcsCodeError::Character { position: 7 })),
            ("5A.955Z", Err(Icd10PcsCodeError::Character { position: 3 })),
            ("5A195é", Err(Icd10PcsCodeError::Character { position: 6 })),
        ] {
            let read = text.parse::<Icd10PcsCode>();
            assert_eq!(read.as_ref().map(Icd10PcsCode::as_str), expected.as_ref().copied(), "{text}");
        }
        let code = Icd10PcsCode::parse("10D00Z1").unwrap();
        assert_eq!((format!("{code} {code:?}").as_str(), code.section()), ("10D00Z1 Icd10PcsCode(10D00Z1)", '1'));
    }

    #[test]
    fn packed_keeps_the_order_and_gives_the_code_back() {
        let codes = ["0000000", "0000001", "000000A", "5A1955Z", "HZZZZZZ", "JZZZZZZ", "NZZZZZZ", "PZZZZZZ", "ZZZZZZZ"]
            .map(|text| text.parse::<Icd10PcsCode>().unwrap());
        assert!(codes.is_sorted() && codes.is_sorted_by_key(|code| code.packed()));
        for code in codes {
            assert_eq!(Icd10PcsCode::from_packed(code.packed()), Some(code));
            assert!(code.packed() >> 42 == 0);
        }
        let last = codes[8].packed();
        // No character, the letter I, the letter O, above Z, an eighth character.
        for key in [0, last & !0x3F, last - 36 + 19, last - 36 + 25, last + 1, last | 1 << 42, u64::MAX] {
            assert_eq!(Icd10PcsCode::from_packed(key), None, "{key:x}");
        }
    }
}
