//! Reading an ISA segment, whose element separators find the other delimiters even where its widths are wrong.

use crate::{Delimiters, scan};

/// The longest ISA that is looked at, in bytes; a right one has 106.
pub(crate) const LONGEST: usize = 256;

/// The widths of ISA01 to ISA16 in bytes.
pub(crate) const WIDTHS: [u8; 16] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];

/// An ISA segment that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) delimiters: Delimiters,
    /// The offset of its terminator.
    pub(crate) end: usize,
    /// The widths of the elements in the file.
    pub(crate) widths: [usize; 16],
    /// Two delimiters are the same byte.
    pub(crate) clash: bool,
    /// The version has a repetition separator and ISA11 cannot be one.
    pub(crate) no_repetition: bool,
}

/// Whether an ISA may begin at `at`.
#[inline]
pub(crate) fn begins(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..), Some([b'I', b'S', b'A', separator, ..]) if !separator.is_ascii_alphanumeric())
}

/// Reads the ISA at `at`, or says at which element (from 1) it stops being one.
pub(crate) fn read(bytes: &[u8], at: usize) -> Result<Header, u8> {
    let all = bytes.get(at..).unwrap_or_default();
    let all = all.get(..LONGEST).unwrap_or(all);
    let Some((b"ISA", [element, rest @ ..])) = all.split_at_checked(3) else {
        return Err(1);
    };
    let element = *element;
    if element.is_ascii_alphanumeric() || matches!(element, b' ' | b'\r' | b'\n') {
        return Err(1);
    }

    let mut widths = [0; 16];
    let (mut eleventh, mut twelfth): (&[u8], &[u8]) = (&[], &[]);
    let mut rest = rest;
    for (number, width) in (1u8..16).zip(&mut widths) {
        let end = scan::find(rest, 0, element).ok_or(number)?;
        let (field, after) = rest.split_at_checked(end).ok_or(number)?;
        *width = field.len();
        match number {
            11 => eleventh = field,
            12 => twelfth = field,
            _ => {}
        }
        rest = after.get(1..).unwrap_or_default();
    }

    // ISA16 is the component separator and the byte after it the segment terminator; blanks between them are padding.
    let (&first, after) = rest.split_first().ok_or(16u8)?;
    let blanks = after.iter().take_while(|&&byte| byte == b' ').count();
    let next = after.get(blanks).copied();
    let is_delimiter = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b' ';
    let (component, segment, length) = match next {
        _ if !is_delimiter(first) => return Err(16),
        Some(segment) if is_delimiter(segment) => (Some(first), segment, 1 + blanks),
        // The next segment follows at once, so ISA16 is missing and its byte is the terminator.
        Some(_) if blanks == 0 && first != element => (None, first, 0),
        _ => return Err(16),
    };
    if segment == element {
        return Err(16);
    }
    if let Some(last) = widths.last_mut() {
        *last = length;
    }
    let spare = [b':', b'>', b'|'].into_iter().find(|&byte| byte != element && byte != segment);
    let component = component.or(spare).unwrap_or(b':');

    let version = core::str::from_utf8(twelfth).ok().and_then(|text| text.trim().parse::<u32>().ok());
    let has_repetition = version.is_some_and(|version| version >= 402);
    let candidate = match *eleventh {
        [byte] if has_repetition && is_delimiter(byte) => Some(byte),
        _ => None,
    };
    let repetition = candidate.filter(|&byte| byte != component && byte != segment);
    let end = at + (all.len() - rest.len()) + length;
    Ok(Header {
        delimiters: Delimiters { element, component, segment, repetition },
        end,
        widths,
        clash: component == element || component == segment || candidate != repetition,
        no_repetition: has_repetition && candidate.is_none(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISA: &str =
        "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~";

    #[test]
    fn delimiters_come_from_the_header() {
        let usual = Delimiters::default();
        let with = |element: u8, component: u8, segment: u8, repetition: Option<u8>| Delimiters {
            element,
            component,
            segment,
            repetition,
        };
        for (name, text, delimiters, end) in [
            ("usual", ISA.to_owned(), usual, 105),
            ("bars", ISA.replace('*', "|").replace(":~", ">\u{1c}"), with(b'|', b'>', 0x1C, Some(b'^')), 105),
            ("line feed", ISA.replace('~', "\n"), Delimiters { segment: b'\n', ..usual }, 105),
            ("carriage return", ISA.replace('~', "\r\n"), Delimiters { segment: b'\r', ..usual }, 105),
            ("4010", ISA.replace("^*00501", "U*00401"), Delimiters { repetition: None, ..usual }, 105),
            ("4010 with a caret", ISA.replace("00501", "00401"), Delimiters { repetition: None, ..usual }, 105),
            ("letter in ISA11", ISA.replace('^', "U"), Delimiters { repetition: None, ..usual }, 105),
            ("blank in ISA11", ISA.replace('^', " "), Delimiters { repetition: None, ..usual }, 105),
            ("unpadded", ISA.replace("TESTSENDER     ", "TESTSENDER"), usual, 100),
            ("blank after ISA16", ISA.replace(":~", ": ~"), usual, 106),
            ("no ISA16", ISA.replace(":~", "~GS*HC"), usual, 104),
        ] {
            let header = read(text.as_bytes(), 0).unwrap_or_else(|element| panic!("{name}: element {element}"));
            assert_eq!((header.delimiters, header.end), (delimiters, end), "{name}");
            assert!(!header.clash, "{name}");
            assert_eq!(header.no_repetition, name.ends_with("ISA11"), "{name}");
        }
    }

    #[test]
    fn what_is_not_a_header_is_refused_with_its_element() {
        for (name, text, element) in [
            ("a name", ISA.replace("ISA*", "ISAAC*"), 1),
            ("no separator", "ISA".to_owned(), 1),
            ("line break as separator", ISA.replace('*', "\n"), 1),
            ("cut in ISA06", ISA.chars().take(40).collect(), 6),
            ("cut after ISA15", ISA.chars().take(104).collect(), 16),
            ("cut before the terminator", ISA.chars().take(105).collect(), 16),
            ("letter as ISA16", ISA.replace(":~", "A~"), 16),
            ("separator as terminator", ISA.replace(":~", ":*"), 16),
            ("too long", ISA.replace("TESTSENDER", &"X".repeat(300)), 6),
        ] {
            assert_eq!(read(text.as_bytes(), 0), Err(element), "{name}");
        }
    }

    #[test]
    fn a_shared_delimiter_is_a_clash() {
        for text in [ISA.replace('^', ":"), ISA.replace('^', "~"), ISA.replace(":~", "~~"), ISA.replace(":~", "*~")] {
            assert!(read(text.as_bytes(), 0).is_ok_and(|header| header.clash), "{text}");
        }
    }
}
