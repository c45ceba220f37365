//! ICD-9-CM diagnosis codes, the classification before ICD-10-CM.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// An ICD-9-CM diagnosis code whose shape is possible: three digits, `V` and two digits, or `E` and three digits; then up to two more digits, behind
/// `E` one.
///
/// The value says nothing of whether the code existed. Reads with or without the dot, in either case, with spaces around. Prints with the dot after
/// the third character, behind `E` after the fourth: `250.00`, `V10.3`, `E900.0`.
///
/// Source: ICD-9-CM Official Guidelines for Coding and Reporting, sections I.A and I.C.18 and 19. It was in force until 2015-09-30 (45 CFR 162.1002).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd9Code {
    /// In capitals, without the dot, zeros behind.
    characters: [u8; 5],
}

/// Why a text is not an ICD-9-CM diagnosis code by shape. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "not an ICD-9-CM diagnosis code: three digits, V and two, or E and three; then up to two more behind the dot, behind E one"
)]
pub struct Icd9CodeError;

impl Icd9Code {
    /// Reads a code from text.
    ///
    /// # Errors
    /// [`Icd9CodeError`] where the shape is not possible.
    pub fn parse(text: &str) -> Result<Self, Icd9CodeError> {
        let mut characters = [0; 5];
        let mut length = 0;
        let mut dot = None;
        for byte in text.trim().bytes() {
            if byte == b'.' {
                if dot.replace(length).is_some() {
                    return Err(Icd9CodeError);
                }
                continue;
            }
            let byte = byte.to_ascii_uppercase();
            let fits = byte.is_ascii_digit() || (length == 0 && matches!(byte, b'V' | b'E'));
            *characters.get_mut(length).filter(|_| fits).ok_or(Icd9CodeError)? = byte;
            length += 1;
        }
        let code = Self { characters };
        let category = code.category_length();
        let dot_fits = dot.is_none_or(|dot| dot == category && length > category);
        if length >= category && dot_fits { Ok(code) } else { Err(Icd9CodeError) }
    }

    /// Characters of the category, before the dot.
    fn category_length(self) -> usize {
        if self.characters.starts_with(b"E") { 4 } else { 3 }
    }

    /// The characters without the dot, as claims and the mappings carry them: `25000`.
    pub fn characters(self) -> impl Iterator<Item = char> {
        self.characters.into_iter().take_while(|byte| *byte != 0).map(char::from)
    }

    /// The code without its dot.
    #[must_use]
    pub fn undotted(self) -> String {
        self.characters().collect()
    }

    /// The characters as a number, first highest: the order of the numbers is the order of the codes.
    pub(crate) fn packed(self) -> u64 {
        self.characters.iter().fold(0, |key, byte| key << 8 | u64::from(*byte))
    }

    pub(crate) fn from_packed(key: u64) -> Option<Self> {
        let [0, 0, 0, characters @ ..] = key.to_be_bytes() else { return None };
        let length = characters.iter().take_while(|byte| **byte != 0).count();
        let code = core::str::from_utf8(characters.get(..length)?).ok().and_then(|text| Self::parse(text).ok());
        code.filter(|code| code.characters == characters)
    }
}

impl fmt::Display for Icd9Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(6);
        for (place, character) in self.characters().enumerate() {
            if place == self.category_length() {
                text.push('.');
            }
            text.push(character);
        }
        f.pad(&text)
    }
}

impl fmt::Debug for Icd9Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd9Code({self})")
    }
}

impl FromStr for Icd9Code {
    type Err = Icd9CodeError;

    fn from_str(text: &str) -> Result<Self, Icd9CodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Icd9Code {
    type Error = Icd9CodeError;

    fn try_from(text: &str) -> Result<Self, Icd9CodeError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_and_printed_with_their_dot() {
        for (text, printed) in [
            ("25000", "250.00"),
            ("250.00", "250.00"),
            (" 001 ", "001"),
            ("0010", "001.0"),
            ("v103", "V10.3"),
            ("V10", "V10"),
            ("V91.99", "V91.99"),
            ("E900", "E900"),
            ("e9000", "E900.0"),
            ("E900.0", "E900.0"),
        ] {
            let code = Icd9Code::parse(text).unwrap();
            assert_eq!(code.to_string(), printed, "{text}");
            assert_eq!(Icd9Code::parse(&code.undotted()), Ok(code));
            assert_eq!(Icd9Code::from_packed(code.packed()), Some(code));
        }
    }

    #[test]
    fn other_shapes_are_refused() {
        for text in [
            "", "25", "250.", ".250", "2500.0", "25.000", "250000", "250.0.0", "E90", "E90.0", "E90000", "E9000.",
            "V1", "V1.03", "A10", "2V0", "25O", "250-00", "é250", "250.000",
        ] {
            assert_eq!(Icd9Code::parse(text), Err(Icd9CodeError), "{text}");
        }
    }

    #[test]
    fn only_what_was_packed_unpacks() {
        let key = Icd9Code::parse("V103").unwrap().packed();
        for key in [0, key | (1 << 40), (key + 1) << 8, key ^ (0x20 << 32), u64::MAX, 0x30_30_30_00_30] {
            assert_eq!(Icd9Code::from_packed(key), None, "{key:x}");
        }
    }
}
