//! The code that a service line names.

use core::fmt;
use core::str::FromStr;
use superbill_cpt::CptCode;
use superbill_hcpcs::HcpcsCode;
use thiserror::Error;

/// A code of either level of HCPCS, as the edit tables name them: five letters or digits, in upper case.
///
/// Level I is CPT, level II begins with a letter. The tables have both in one column, and now and then a text that is neither (`CCCCC` stands
/// for a primary procedure that the contractor defines).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceCode([u8; 5]);

/// Why a text is no code by shape. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a HCPCS code has five letters or digits")]
pub struct ServiceCodeError;

impl ServiceCode {
    /// What stands where a damaged table has no code.
    pub(crate) const NONE: Self = Self(*b"00000");

    /// Reads a code in either case, with spaces around.
    ///
    /// # Errors
    /// [`ServiceCodeError`] where it has not five letters and digits.
    pub fn parse(text: &str) -> Result<Self, ServiceCodeError> {
        Self::from_bytes(text.trim().as_bytes()).ok_or(ServiceCodeError)
    }

    /// Five letters or digits in either case.
    #[inline]
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        // All five at once, a byte of a word each: a question of two codes spends most of its instructions here.
        let word = word(bytes.try_into().ok()?);
        let small = word & each(0x7F) | each(b' ');
        // The high bit of each byte that is at least the first of a range and not above the last.
        let within = |bytes: u64, first: u8, last: u8| (bytes + each(0x80 - first)) & !(bytes + each(0x7F - last));
        let letters = within(small, b'a', b'z') & each(0x80);
        let digits = within(word & each(0x7F), b'0', b'9') & each(0x80);
        let [a, b, c, d, e, ..] = (word & !(letters >> 2)).to_le_bytes();
        ((letters | digits) & !word == each(0x80)).then_some(Self([a, b, c, d, e]))
    }

    /// The five characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: only ASCII is stored.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The code as a CPT code, where it has the shape of one.
    #[must_use]
    pub fn cpt(self) -> Option<CptCode> {
        CptCode::parse(self.as_str()).ok()
    }

    /// The code as a HCPCS Level II code, where it has the shape of one.
    #[must_use]
    pub fn hcpcs(self) -> Option<HcpcsCode> {
        HcpcsCode::parse(self.as_str()).ok()
    }

    /// The code as a number above zero, in the order of the codes.
    #[inline]
    pub(crate) fn key(self) -> u64 {
        self.digits().iter().fold(0, |key, digit| key * 36 + u64::from(*digit)) + 1
    }

    /// The values of the five characters in base 36.
    #[inline]
    pub(crate) fn digits(self) -> [u8; 5] {
        let word = word(self.0);
        // INVARIANT: a code holds digits and capital letters only; letters, bit 6 of which is set, stand seven further than they count.
        let letters = word >> 6 & each(1);
        let [a, b, c, d, e, ..] = word.wrapping_sub(each(b'0')).wrapping_sub(letters * 7).to_le_bytes();
        [a, b, c, d, e]
    }

    /// The code of a number.
    pub(crate) fn from_key(key: u64) -> Option<Self> {
        let mut rest = key.checked_sub(1)?;
        let mut bytes = [0; 5];
        for byte in bytes.iter_mut().rev() {
            let digit = (rest % 36) as u8;
            *byte = if digit < 10 { b'0' + digit } else { b'A' + (digit - 10) };
            rest /= 36;
        }
        (rest == 0).then_some(Self(bytes))
    }
}

/// Five characters as the lower bytes of a word.
#[inline]
const fn word(bytes: [u8; 5]) -> u64 {
    let [a, b, c, d, e] = bytes;
    u64::from_le_bytes([a, b, c, d, e, 0, 0, 0])
}

/// A byte in each of the five lower bytes of a word.
#[inline]
const fn each(byte: u8) -> u64 {
    byte as u64 * 0x01_0101_0101
}

impl FromStr for ServiceCode {
    type Err = ServiceCodeError;

    fn from_str(text: &str) -> Result<Self, ServiceCodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ServiceCode {
    type Error = ServiceCodeError;

    fn try_from(text: &str) -> Result<Self, ServiceCodeError> {
        Self::parse(text)
    }
}

impl From<CptCode> for ServiceCode {
    fn from(code: CptCode) -> Self {
        // INVARIANT: a CPT code has five digits and letters.
        Self::from_bytes(code.as_str().as_bytes()).unwrap_or(Self::NONE)
    }
}

impl From<HcpcsCode> for ServiceCode {
    fn from(code: HcpcsCode) -> Self {
        // INVARIANT: a HCPCS code has a letter and four digits.
        Self::from_bytes(code.as_str().as_bytes()).unwrap_or(Self::NONE)
    }
}

impl fmt::Display for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceCode({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ServiceCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ServiceCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_levels_are_read() {
        for (text, code) in [(" g0108", Some("G0108")), ("0001u", Some("0001U")), ("CCCCC", Some("CCCCC"))] {
            assert_eq!(ServiceCode::parse(text).ok().as_ref().map(ServiceCode::as_str), code);
        }
        for text in ["", "0001", "00010U", "00.01", "0001\u{e9}"] {
            assert_eq!(ServiceCode::parse(text), Err(ServiceCodeError), "{text}");
        }
        let code = ServiceCode::from(HcpcsCode::parse("J0001").unwrap());
        assert_eq!((code.hcpcs().is_some(), code.cpt().is_some()), (true, false));
    }

    #[test]
    fn each_byte_is_read_as_itself_in_either_case() {
        for place in 0..5 {
            for byte in 0..=u8::MAX {
                let mut bytes = *b"9Za0z";
                bytes[place] = byte;
                let code = ServiceCode::from_bytes(&bytes);
                let expected = byte.is_ascii_alphanumeric().then(|| bytes.to_ascii_uppercase());
                assert_eq!(code.map(|code| code.0.to_vec()), expected, "{byte} at {place}");
                if let Some(code) = code {
                    let digits = code.0.map(|byte| char::from(byte).to_digit(36).unwrap_or_default() as u8);
                    assert_eq!(code.digits(), digits, "{code}");
                }
            }
        }
    }

    #[test]
    fn keys_keep_the_order_and_give_the_code_back() {
        let codes = ["00000", "00001", "0000A", "0001A", "99999", "A0000", "ZZZZZ"]
            .map(|text| ServiceCode::parse(text).unwrap());
        assert!(codes.is_sorted_by_key(|code| code.key()) && codes[0].key() == 1);
        for code in codes {
            assert_eq!(ServiceCode::from_key(code.key()), Some(code));
        }
        assert_eq!((ServiceCode::from_key(0), ServiceCode::from_key(codes[6].key() + 1)), (None, None));
    }
}
