//! Bytes of a file to text: UTF-8, UTF-16 with its mark, or Latin-1 where the file declares it.

use super::super::ImportError;
use std::borrow::Cow;

/// The text of a file, without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    if let Some(units) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(units, u16::from_le_bytes);
    }
    if let Some(units) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(units, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::File("the file is empty"));
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if declares_latin1(bytes) => Ok(bytes.iter().map(|byte| latin1(*byte)).collect()),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
            let column = core::str::from_utf8(last).unwrap_or_default().chars().count();
            let column = u32::try_from(column + 1).unwrap_or(u32::MAX);
            Err(ImportError::line(line, column, "UTF-8, or a declaration of another encoding in the first line"))
        }
    }
}

fn utf16(units: &[u8], number: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, ImportError> {
    let (pairs, odd) = units.as_chunks::<2>();
    let text = String::from_utf16(&pairs.iter().map(|pair| number(*pair)).collect::<Vec<_>>());
    match text {
        Ok(text) if odd.is_empty() => Ok(Cow::Owned(text)),
        _ => Err(ImportError::File("the file begins as UTF-16 and is none: it is cut short or damaged")),
    }
}

/// Whether the XML declaration names Latin-1 or its superset of Windows.
fn declares_latin1(bytes: &[u8]) -> bool {
    let first = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let declaration = first.split(|byte| *byte == b'>').next().unwrap_or_default().to_ascii_lowercase();
    let declaration = String::from_utf8_lossy(&declaration).into_owned();
    declaration.starts_with("<?xml")
        && ["iso-8859-1", "windows-1252", "latin1", "cp1252"].iter().any(|name| declaration.contains(name))
}

/// A character of Windows-1252; where that has none, of Latin-1.
fn latin1(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|place| HIGH.get(usize::from(place)).copied());
    high.unwrap_or_else(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_encodings_are_read() {
        let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Bársony</a>";
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
        assert_eq!(decode(&latin).unwrap(), text);
        let little: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&little).unwrap(), text);
        let big: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big).unwrap(), text);
        assert_eq!(decode(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap(), text);
        assert!(decode(&little[..little.len() - 1]).is_err());
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        for empty in [&b""[..], b" \r\n", b"\xEF\xBB\xBF"] {
            assert_eq!(decode(empty), Err(ImportError::File("the file is empty")));
        }
        let error = decode(b"<a>\n<b>\xC3\xA9\xFF").unwrap_err();
        assert!(error.to_string().starts_with("line 2, column 5: expected UTF-8"), "{error}");
    }
}
