//! The text of a file: what stands before it, what ends its lines, which letters it is written in.

use super::error::ImportError;
use std::borrow::Cow;

/// The text of a file: UTF-8 with or without its mark, else the letters of Windows and Latin-1.
///
/// # Errors
/// [`ImportError::File`] for what is no text of these: two bytes a letter, a packed file, no bytes at all.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.is_empty() {
        return Err(ImportError::File("the file is empty"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(ImportError::File("the file is packed (ZIP): unpack it and give the text file in it"));
    }
    if bytes.contains(&0) {
        return Err(ImportError::File("the file is no plain text: save it as text in UTF-8"));
    }
    Ok(match core::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(decoded(bytes)),
    })
}

/// The lines of a text with their numbers from 1, without what ends them. A last line without an end is a line; empty lines at the end of
/// the file, and the mark that old editors put there, are none.
pub fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let text = text.trim_end_matches(['\r', '\n', '\u{1A}']);
    (1..).zip(text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

/// The fiscal year out of `FY 2026`, `FY2026` or `FY26`, wherever it stands.
pub fn fiscal_year(text: &str) -> Option<i16> {
    text.match_indices("FY").find_map(|(at, _)| year(text.get(at + 2..)?.trim_start()))
}

/// A year of four digits, or of two after 2000, at the beginning of a text.
pub fn year(text: &str) -> Option<i16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i16 = text.get(..digits)?.parse().ok()?;
    match digits {
        4 => Some(number).filter(|year| (2000..2100).contains(year)),
        2 => Some(2000 + number),
        _ => None,
    }
}

/// A text in UTF-8, else in the letters of Latin-1.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_in_what_they_are_written_in() {
        assert_eq!(decode(b"\xEF\xBB\xBFab\xC3\xA9").unwrap(), "ab\u{e9}");
        assert_eq!(decode(b"ab\xE9").unwrap(), "ab\u{e9}");
        for bytes in [&b""[..], b"\xEF\xBB\xBF", b"PK\x03\x04rest", b"\xFF\xFEa\0b\0"] {
            assert!(matches!(decode(bytes), Err(ImportError::File(_))), "{bytes:?}");
        }
    }

    #[test]
    fn lines_end_in_each_way() {
        let all = |text: &'static str| lines(text).collect::<Vec<_>>();
        assert_eq!(all("a\r\nb\n\nc"), [(1, "a"), (2, "b"), (3, ""), (4, "c")]);
        assert_eq!(all("a\r\n\r\n\u{1A}"), [(1, "a")]);
    }

    #[test]
    fn a_fiscal_year_has_two_or_four_digits() {
        for (text, year) in [
            ("Table (FY 2026) 10/1/2025", Some(2026)),
            ("POAexemptCodesFY26", Some(2026)),
            ("FY: none, FY 2024", Some(2024)),
            ("FY 1", None),
            ("FY 9999", None),
            ("in 2026", None),
        ] {
            assert_eq!(fiscal_year(text), year, "{text}");
        }
    }
}
