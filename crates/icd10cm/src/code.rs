//! The code value: a shape that is possible, packed into a machine word.

use crate::error::{CodeError, CodeErrorKind};
use core::fmt;
use core::str::FromStr;

/// Bits of one character in a packed code.
const CHAR_BITS: u32 = 6;
/// Most characters of a code, the dot not counted.
const MAX_CHARS: usize = 7;
/// Bits of a packed code.
const KEY_BITS: u32 = CHAR_BITS * MAX_CHARS as u32;

const ONES: u64 = 0x0101_0101_0101_0101;

/// An ICD-10-CM code whose shape is possible: three to seven letters or digits, the first a letter.
///
/// The value says nothing of whether the code exists: that is a question to [`Icd10Cm`](crate::Icd10CmCode) on a date. No
/// finer pattern is applied, because every published pattern has been broken by a later release (`U07.1`, `QA0.0101`).
///
/// Reads with or without the dot, in either case, with spaces around. Prints in capitals with the dot after the third
/// character. Orders as the tabular list does: a category stands before the codes below it.
///
/// Source: ICD-10-CM Official Guidelines for Coding and Reporting, section I.A.2 and I.A.4.
///
/// ```
/// use superbill_icd10cm::Icd10CmCode;
/// let code: Icd10CmCode = " s93401a ".parse()?;
/// assert_eq!(code.to_string(), "S93.401A");
/// # Ok::<(), superbill_icd10cm::CodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd10CmCode(u64);

impl Icd10CmCode {
    /// Reads a code from text.
    ///
    /// # Errors
    /// [`CodeError`] names what is wrong and the position of the character, counted from 1 in the text as given.
    #[inline]
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        match fast(text.as_bytes()) {
            Some(key) => Ok(Self(key)),
            None => slow(text),
        }
    }

    /// The packed form: six bits a character, first character highest, zero where there is none.
    ///
    /// The order of packed values is the order of the tabular list.
    #[must_use]
    pub const fn packed(self) -> u64 {
        self.0
    }

    /// The code of a packed form, if the shape is possible.
    #[must_use]
    pub fn from_packed(key: u64) -> Option<Self> {
        if key >> KEY_BITS != 0 {
            return None;
        }
        let mut ended = false;
        for at in 0..MAX_CHARS {
            let value = char_value(key, at);
            match value {
                0 => {
                    if at < 3 {
                        return None;
                    }
                    ended = true;
                }
                1..=36 if !ended && (at > 0 || value > 10) => {}
                _ => return None,
            }
        }
        Some(Self(key))
    }

    /// Number of characters, the dot not counted: 3 to 7.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a code is never empty")]
    pub const fn len(self) -> usize {
        MAX_CHARS - (self.0.trailing_zeros() / CHAR_BITS) as usize
    }

    /// The character at a place from 1 to 7, in capitals.
    #[must_use]
    pub fn character(self, place: usize) -> Option<char> {
        if place == 0 || place > MAX_CHARS {
            return None;
        }
        letter(char_value(self.0, place - 1))
    }

    /// The characters in capitals, without the dot.
    pub fn characters(self) -> impl Iterator<Item = char> {
        (0..MAX_CHARS).map_while(move |at| letter(char_value(self.0, at)))
    }

    /// The first `count` characters as a code: the category for 3. `None` where the code is not longer than that, or for fewer than 3.
    #[must_use]
    pub fn prefix(self, count: usize) -> Option<Self> {
        if !(3..self.len()).contains(&count) {
            return None;
        }
        let drop = KEY_BITS - CHAR_BITS * count as u32;
        Some(Self((self.0 >> drop) << drop))
    }

    /// The category: the first three characters.
    #[must_use]
    pub fn category(self) -> Self {
        self.prefix(3).unwrap_or(self)
    }

    /// Whether `self` is `prefix` or begins with it.
    #[must_use]
    pub fn starts_with(self, prefix: Self) -> bool {
        (prefix.0..=prefix.last_below()).contains(&self.0)
    }

    /// The greatest packed value that begins with this code.
    #[must_use]
    pub const fn last_below(self) -> u64 {
        let empty = self.0.trailing_zeros() / CHAR_BITS * CHAR_BITS;
        self.0 | ((1u64 << empty) - 1)
    }

    /// The code with more characters behind it, as when a seventh character is added behind placeholders.
    #[must_use]
    pub fn with_suffix(self, suffix: &str) -> Option<Self> {
        let mut key = self.0;
        for (at, byte) in (self.len()..).zip(suffix.bytes()) {
            let value = value_of(byte)?;
            if at >= MAX_CHARS {
                return None;
            }
            key |= u64::from(value) << (KEY_BITS - CHAR_BITS * (at as u32 + 1));
        }
        Some(Self(key))
    }

    /// The code without its dot, as claims carry it: `S93401A`.
    #[must_use]
    pub fn undotted(self) -> String {
        self.characters().collect()
    }
}

#[inline]
const fn char_value(key: u64, at: usize) -> u8 {
    ((key >> (KEY_BITS - CHAR_BITS * (at as u32 + 1))) & 0x3F) as u8
}

fn letter(value: u8) -> Option<char> {
    match value {
        1..=10 => Some(char::from(b'0' + value - 1)),
        11..=36 => Some(char::from(b'A' + value - 11)),
        _ => None,
    }
}

const fn value_of(byte: u8) -> Option<u8> {
    match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => Some(digit - b'0' + 1),
        capital @ b'A'..=b'Z' => Some(capital - b'A' + 11),
        _ => None,
    }
}

/// What is no character of a code, in [`PAIRS`].
const INVALID: u16 = 0x8000;
/// Stands behind the last character of a text that is read by pairs. In UTF-8 this byte follows only bytes that are invalid here.
const PAD: u8 = 0x80;

/// Twelve bits for two characters that follow each other, the first in the lower byte; zero for padding. A program touches a few
/// thousand bytes of it: those of letters and digits.
#[expect(clippy::indexing_slicing, reason = "in a constant: a place beyond the list would stop the compiler")]
static PAIRS: [u16; 1 << 16] = {
    let mut pairs = [INVALID; 1 << 16];
    let mut first = 0u8;
    while first <= PAD {
        let mut second = 0u8;
        while second <= PAD {
            if let (Some(one), Some(other)) = (padded_value(first), padded_value(second))
                && (one != 0 || other == 0)
            {
                pairs[first as usize | (second as usize) << 8] = (one as u16) << CHAR_BITS | other as u16;
            }
            second += 1;
        }
        first += 1;
    }
    pairs
};

const fn padded_value(byte: u8) -> Option<u8> {
    if byte == PAD { Some(0) } else { value_of(byte) }
}

/// Two characters at a time. `None` sends the text to [`slow`], which knows what is wrong.
///
/// Arithmetic wraps where it cannot, so that no check of it stands in the way of the next text.
#[inline(always)]
fn fast(text: &[u8]) -> Option<u64> {
    let length = text.len();
    let mut word = if length.wrapping_sub(4) <= 4 {
        let head = u64::from(u32::from_le_bytes(*text.first_chunk()?));
        let tail = u64::from(u32::from_le_bytes(*text.last_chunk()?));
        head | tail << (8 * length as u32).wrapping_sub(32)
    } else if let [a, b, c] = *text {
        u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16
    } else {
        return None;
    };
    // Bits of the characters that there are, the dot not counted.
    let mut bits = 8 * length as u32;
    if word as u32 >> 24 == u32::from(b'.') {
        word = word & 0x00FF_FFFF | word >> 32 << 24;
        bits = bits.wrapping_sub(8);
        if bits == 24 {
            return None;
        }
    }
    if bits > 56 {
        return None;
    }
    word |= (ONES * PAD as u64) << bits;
    // INVARIANT: 16 bits are always a place in the list.
    let pair = |at: u32| u64::from(PAIRS.get((word >> (16 * at)) as usize & 0xFFFF).copied().unwrap_or(INVALID));
    let pairs = [pair(0), pair(1), pair(2), pair(3)];
    let key = pairs[0] << 30 | pairs[1] << 18 | pairs[2] << 6 | pairs[3] >> 6;
    let invalid = (pairs[0] | pairs[1] | pairs[2] | pairs[3]) & u64::from(INVALID);
    // The first of 36 values of a letter is 11.
    (invalid == 0 && key >= 11 << (KEY_BITS - CHAR_BITS)).then_some(key)
}

#[cold]
fn slow(text: &str) -> Result<Icd10CmCode, CodeError> {
    let error = |kind, position| Err(CodeError::new(kind, position));
    let trimmed = text.trim();
    let before = text.chars().take_while(|character| character.is_whitespace()).count();
    let mut key = 0u64;
    let mut count = 0usize;
    let mut dot = None;
    let mut position = before;
    for character in trimmed.chars() {
        position += 1;
        if character == '.' {
            if dot.is_some() || count != 3 {
                return error(CodeErrorKind::DotMisplaced, position);
            }
            dot = Some(position);
            continue;
        }
        let value = u8::try_from(character).ok().and_then(value_of);
        let Some(value) = value else {
            return error(CodeErrorKind::NotAlphanumeric, position);
        };
        if count == 0 && value <= 10 {
            return error(CodeErrorKind::FirstNotLetter, position);
        }
        if count == MAX_CHARS {
            return error(CodeErrorKind::TooLong, position);
        }
        count += 1;
        key |= u64::from(value) << (KEY_BITS - CHAR_BITS * count as u32);
    }
    match (count, dot) {
        (0, _) => error(CodeErrorKind::Empty, 1),
        (1 | 2, _) => error(CodeErrorKind::TooShort, position + 1),
        (3, Some(dot)) => error(CodeErrorKind::DotMisplaced, dot),
        _ => Ok(Icd10CmCode(key)),
    }
}

impl FromStr for Icd10CmCode {
    type Err = CodeError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Icd10CmCode {
    type Error = CodeError;

    #[inline]
    fn try_from(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for Icd10CmCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for (at, character) in self.characters().enumerate() {
            if at == 3 {
                f.write_char('.')?;
            }
            f.write_char(character)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Icd10CmCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd10CmCode({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Icd10CmCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Icd10CmCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusual_shapes_read_and_print() {
        for (text, printed) in [
            ("QA0.0101", "QA0.0101"),
            ("u071", "U07.1"),
            ("U09.9", "U09.9"),
            ("T07.XXXA", "T07.XXXA"),
            ("t07xxxa", "T07.XXXA"),
            ("Y92.009", "Y92.009"),
            ("M1A.9XX1", "M1A.9XX1"),
            ("B20", "B20"),
            ("  e119 ", "E11.9"),
            ("\tE11.9\n", "E11.9"),
            ("\u{a0}E11.9\u{3000}", "E11.9"),
            ("C7A.00", "C7A.00"),
            ("Z3A.42", "Z3A.42"),
        ] {
            let code = Icd10CmCode::parse(text).unwrap();
            assert_eq!(code.to_string(), printed, "{text}");
            assert_eq!(Icd10CmCode::from_packed(code.packed()), Some(code));
            assert_eq!(code.len(), printed.replace('.', "").len());
        }
    }

    #[test]
    fn malformed_text_names_the_position() {
        use CodeErrorKind::{DotMisplaced, Empty, FirstNotLetter, NotAlphanumeric, TooLong, TooShort};
        for (text, kind, position) in [
            ("", Empty, 1),
            ("   ", Empty, 1),
            ("E1", TooShort, 3),
            (" E1 ", TooShort, 4),
            ("911", FirstNotLetter, 1),
            ("  911", FirstNotLetter, 3),
            ("E11.", DotMisplaced, 4),
            ("E1.19", DotMisplaced, 3),
            ("E11..9", DotMisplaced, 5),
            ("E119.1", DotMisplaced, 5),
            ("E11 9", NotAlphanumeric, 4),
            ("E11-9", NotAlphanumeric, 4),
            ("E1é", NotAlphanumeric, 3),
            ("S93.401AA", TooLong, 9),
            ("S93401AA", TooLong, 8),
            (".E11", DotMisplaced, 1),
        ] {
            let error = Icd10CmCode::parse(text).unwrap_err();
            assert_eq!((error.kind(), error.position()), (kind, position), "{text:?}");
        }
    }

    #[test]
    fn prefixes_and_order_follow_the_tabular_list() {
        let code: Icd10CmCode = "S93.401A".parse().unwrap();
        assert_eq!(code.category().to_string(), "S93");
        assert_eq!(code.prefix(5).unwrap().to_string(), "S93.40");
        assert_eq!(code.prefix(7), None);
        assert!(code.starts_with("S93.4".parse().unwrap()));
        assert!(!code.starts_with("S93.41".parse().unwrap()));
        assert_eq!("T07".parse::<Icd10CmCode>().unwrap().with_suffix("XXXA").unwrap().to_string(), "T07.XXXA");
        let mut sorted =
            ["A00.1", "A00", "QA0.0101", "A01", "Q99.9", "A00.0"].map(|t| t.parse::<Icd10CmCode>().unwrap());
        sorted.sort();
        assert_eq!(sorted.map(|c| c.to_string()), ["A00", "A00.0", "A00.1", "A01", "Q99.9", "QA0.0101"]);
    }
}
