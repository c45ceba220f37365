//! The character sets of X12.

use crate::{Element, Segment};

/// The smallest character set that holds some text. Partners agree on one; most take the extended set.
///
/// Source: ASC X12.6 application control structure, character sets; appendix B of the HIPAA implementation guides. The
/// extended set is that of version 005010; in older versions it is without `^` and the grave accent.
///
/// ```
/// use superbill_x12::Charset;
/// assert_eq!(Charset::of(b"SMITH & SONS, 12"), Charset::Basic);
/// assert_eq!(Charset::of(b"Smith #4"), Charset::Extended);
/// assert_eq!(Charset::of("PEÑA".as_bytes()), Charset::Utf8);
/// assert_eq!(Charset::of(b"PE\xD1A"), Charset::Other);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Charset {
    /// Capital letters, digits, the space, and `! " & ' ( ) * + , - . / : ; ? =`.
    Basic,
    /// The basic set, small letters, and ``% ~ @ [ ] _ { } \ | < > ^ ` # $``.
    Extended,
    /// UTF-8 with printable characters beyond the extended set.
    Utf8,
    /// Anything else: control characters, and bytes that are not UTF-8, such as Latin-1.
    Other,
}

const CLASSES: [u8; 256] = {
    let mut classes = [3u8; 256];
    let mut byte = 0u8;
    loop {
        let class = match byte {
            b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'!' | b'"' | b'&'..=b'/' | b':' | b';' | b'?' | b'=' => 0,
            b'!'..=b'~' => 1,
            0x80..=0xFF => 2,
            _ => 3,
        };
        let (_, rest) = classes.split_at_mut(byte as usize);
        if let Some(first) = rest.first_mut() {
            *first = class;
        }
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    classes
};

impl Charset {
    /// The smallest set that holds all of the bytes. Of an interchange, the delimiters count too.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let class = |byte: &u8| CLASSES.get(usize::from(*byte)).copied().unwrap_or(3);
        match bytes.iter().map(class).max().unwrap_or(0) {
            0 => Self::Basic,
            1 => Self::Extended,
            2 => match core::str::from_utf8(bytes) {
                Ok(text) if !text.chars().any(char::is_control) => Self::Utf8,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }
}

impl<'a> Segment<'a> {
    /// The elements, with their numbers from 1, that have bytes outside a character set. The delimiters that stand in
    /// the ISA and a counted payload (BIN, BDS) are not looked at.
    pub fn elements_outside(&self, charset: Charset) -> impl Iterator<Item = (usize, Element<'a>)> + Clone + use<'a> {
        let is_isa = self.id() == "ISA";
        let payload = match self.id() {
            "BIN" => 2,
            "BDS" => 3,
            _ => usize::MAX,
        };
        let delimiters = self.delimiters();
        (1..).zip(self.elements()).filter(move |&(n, element)| {
            if (is_isa && matches!(n, 11 | 16)) || n == payload {
                return false;
            }
            // Between the parts of an element any byte may stand.
            let separators = [Some(delimiters.component), delimiters.repetition];
            element
                .bytes()
                .split(|&byte| !is_isa && separators.contains(&Some(byte)))
                .any(|part| Charset::of(part) > charset)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Delimiters;

    #[test]
    fn every_byte_has_its_set() {
        let basic = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"&'()*+,-./:;?=";
        let extended = "abcdefghijklmnopqrstuvwxyz%~@[]_{}\\|<>^`#$";
        assert_eq!(basic.len() + extended.len(), 95, "all printable characters of ASCII");
        for byte in 0..=u8::MAX {
            let expected = match char::from(byte) {
                char if basic.contains(char) => Charset::Basic,
                char if extended.contains(char) => Charset::Extended,
                _ => Charset::Other,
            };
            assert_eq!(Charset::of(&[byte]), expected, "{byte:#x}");
        }
        assert_eq!(Charset::of(b""), Charset::Basic);
        assert_eq!(Charset::of("a\u{85}".as_bytes()), Charset::Other, "a control character in UTF-8");
    }

    #[test]
    fn elements_outside_a_set_are_named() {
        let segment = |raw| Segment::new(raw, Delimiters::default(), 1, 0, true);
        let outside = |raw, charset| segment(raw).elements_outside(charset).map(|(n, _)| n).collect::<Vec<_>>();
        let name = "NM1*IL*1*PEÑA*Ann*A:B^C**\u{7}".as_bytes();
        assert_eq!(outside(name, Charset::Basic), [3, 4, 7], "delimiters within an element are none of its text");
        assert_eq!(outside(name, Charset::Extended), [3, 7]);
        assert_eq!(outside(name, Charset::Utf8), [7]);
        assert_eq!(outside(name, Charset::Other), []);
        assert_eq!(outside(b"BIN*3*\x01\xFF~", Charset::Basic), []);
    }
}
