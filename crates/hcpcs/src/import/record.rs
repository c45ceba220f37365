//! A line of the official file, whichever form it came in.

use crate::code::HcpcsCode;
use crate::fields::FIELDS;
use superbill_core::Modifier;

/// Whose record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A code of Level II.
    Code(HcpcsCode),
    /// A modifier of Level II.
    Modifier(Modifier),
    /// A CPT code or a modifier of CPT: dropped.
    LevelOne,
    /// A dental code: dropped.
    Dental,
}

/// The five days of a record, as decimal numbers ccyymmdd, zero for none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) added: u32,
    pub(crate) action: u32,
    pub(crate) terminated: u32,
    pub(crate) asc: u32,
    pub(crate) outpatient: u32,
}

/// One line: the first of a record with everything, or a further piece of its long title.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Line or row in the file, from 1.
    pub(crate) number: u64,
    /// The columns of the code, the sequence number and the record identification, for errors.
    pub(crate) columns: [u32; 3],
    /// The code as it stands there, in capitals and without spaces.
    pub(crate) code: String,
    pub(crate) sequence: u32,
    pub(crate) identification: u8,
    pub(crate) long: String,
    pub(crate) short: String,
    pub(crate) fields: [String; FIELDS],
    pub(crate) days: Days,
}

/// A whole record.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) owner: Owner,
    pub(crate) long: String,
    pub(crate) short: String,
    pub(crate) fields: [String; FIELDS],
    pub(crate) days: Days,
}

impl Owner {
    /// Whose record a text names; `None` where it has no such shape.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let level_one = |bytes: &[u8]| bytes.first().is_some_and(u8::is_ascii_digit);
        if let Ok(code) = HcpcsCode::parse(text) {
            return Some(if code.is_dental() { Self::Dental } else { Self::Code(code) });
        }
        let bytes = text.as_bytes();
        if !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        match bytes.len() {
            2 if level_one(bytes) => Some(Self::LevelOne),
            2 => text.parse().ok().map(Self::Modifier),
            5 if level_one(bytes) => Some(Self::LevelOne),
            _ => None,
        }
    }

    /// Whether a record identification is one of such a record, and whether it is one of a first line.
    pub(crate) fn first_line(text: &str, identification: u8) -> Option<bool> {
        match (text.len(), identification) {
            (5, b'3') | (2, b'7') => Some(true),
            (5, b'4') | (2, b'8') => Some(false),
            _ => None,
        }
    }
}

/// A day of eight digits; zero where there is none. `None` for what is no day.
pub(crate) fn day(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() || text.bytes().all(|byte| byte == b'0') {
        return Some(0);
    }
    superbill_core::Date::parse_ccyymmdd(text).ok().map(superbill_core::Date::ccyymmdd)
}

/// A letter of Windows and Latin-1 as it is meant.
pub(crate) fn letter(character: char) -> char {
    match character {
        '\u{85}' => '…',
        '\u{91}' => '‘',
        '\u{92}' => '’',
        '\u{93}' => '“',
        '\u{94}' => '”',
        '\u{95}' => '•',
        '\u{96}' => '–',
        '\u{97}' => '—',
        '\u{99}' => '™',
        '\u{A0}' | '\t' => ' ',
        other => other,
    }
}

/// A text with its letters as they are meant.
pub(crate) fn cleaned(text: &str) -> String {
    text.chars().map(letter).collect()
}
