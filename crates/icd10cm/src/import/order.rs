//! The official order file: every code with its header flag and titles, in fixed columns.

use super::tabular::squeeze;
use crate::code::Icd10CmCode;
use std::collections::BTreeMap;
use superbill_table::import::{ImportError, decoded};

/// An order file: columns 1 to 5 the order number, 7 to 13 the code, 15 `1` for billable and `0` for a header, 17 to 76 the short title,
/// from 78 the long title.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFile {
    /// Whether each code is billable, and its long title.
    pub(crate) codes: BTreeMap<Icd10CmCode, (bool, String)>,
    /// The code in the last line. The file has the order of the chapters, in which `U` stands behind `Z`.
    pub(crate) last: Option<Icd10CmCode>,
}

/// What a line of an order file or of order addenda says of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) code: Icd10CmCode,
    pub(crate) billable: bool,
    pub(crate) short: String,
    pub(crate) long: String,
}

impl OrderFile {
    /// Reads an order file. Bytes that are no UTF-8 are taken for Latin-1.
    ///
    /// # Errors
    /// [`ImportError`] with line and column of the first thing that is not as the format has it: a number that does not follow, a code
    /// that stands twice, a line that is cut short.
    pub fn read(bytes: &[u8]) -> Result<Self, ImportError> {
        let text = decoded(bytes);
        let text = text.trim_start_matches('\u{feff}');
        let mut codes: BTreeMap<Icd10CmCode, (bool, String)> = BTreeMap::new();
        let mut last = None;
        for (number, line) in (1u64..).zip(text.lines()) {
            let wrong = |column, expected| Err(ImportError::line(number, column, expected));
            if line.trim().is_empty() {
                continue;
            }
            let expected = codes.len() as u64 + 1;
            if columns(line, 1, 5).trim().parse::<u64>() != Ok(expected) {
                return wrong(
                    1,
                    "the order number that follows the one before: lines are missing, or this is no order file",
                );
            }
            let entry = match entry(line, 6) {
                Ok(entry) => entry,
                Err((column, what)) => return wrong(column, what),
            };
            last = Some(entry.code);
            if codes.insert(entry.code, (entry.billable, entry.long)).is_some() {
                return wrong(7, "each code once: this one stands in the file before");
            }
        }
        if codes.is_empty() {
            return Err(ImportError::File("the file holds no codes: an official order file has one a line"));
        }
        Ok(Self { codes, last })
    }

    /// How many codes the file has, headers included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has none; a file that was read has some.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The codes: whether billable, and the long title.
    pub fn codes(&self) -> impl Iterator<Item = (Icd10CmCode, bool, &str)> {
        self.codes.iter().map(|(code, (billable, title))| (*code, *billable, title.as_str()))
    }
}

/// The characters from a column to a column, both counted from 1; fewer where the line is shorter.
pub(crate) fn columns(line: &str, first: usize, last: usize) -> &str {
    let mut starts = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let start = starts.clone().nth(first - 1).unwrap_or(line.len());
    let end = starts.nth(last).unwrap_or(line.len());
    line.get(start..end).unwrap_or_default()
}

/// What stands behind so many characters: code, flag, titles. An error is a column and what was expected there.
pub(crate) fn entry(line: &str, before: usize) -> Result<Entry, (u32, &'static str)> {
    let at = |column: usize| u32::try_from(before + column).unwrap_or(u32::MAX);
    let code = columns(line, before + 1, before + 7);
    let Ok(code) = Icd10CmCode::parse(code) else {
        return Err((at(1), "a code of three to seven characters without a dot"));
    };
    let billable = match columns(line, before + 9, before + 9) {
        "0" => false,
        "1" => true,
        _ => return Err((at(9), "0 for a header or 1 for a billable code")),
    };
    let (short, long) =
        (squeeze(columns(line, before + 11, before + 70)), squeeze(columns(line, before + 72, usize::MAX - 1)));
    if long.is_empty() {
        return Err((at(72), "the long title: the line is cut short"));
    }
    Ok(Entry { code, billable, short, long })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: usize, code: &str, flag: char, title: &str) -> String {
        format!("{number:05} {code:<7} {flag} {title:<60} {title}\n")
    }

    #[test]
    fn columns_are_read_where_they_stand() {
        let text = line(1, "A00", '0', "Cholera") + &line(2, "A000", '1', "Cholera due to one cause");
        let read = OrderFile::read(text.as_bytes()).unwrap();
        let codes: Vec<_> = read.codes().map(|(code, billable, title)| (code.to_string(), billable, title)).collect();
        assert_eq!(
            codes,
            [("A00".to_owned(), false, "Cholera"), ("A00.0".to_owned(), true, "Cholera due to one cause")]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_column() {
        let first = line(1, "A00", '0', "Cholera");
        for (text, place) in [
            (first.clone() + &line(3, "A000", '1', "Cholera due to one cause"), (2, 1)),
            (first.clone() + &line(2, "1000", '1', "Cholera due to one cause"), (2, 7)),
            (first.clone() + &line(2, "A000", '2', "Cholera due to one cause"), (2, 15)),
            (first.clone() + &line(2, "A00", '1', "Cholera due to one cause"), (2, 7)),
            (first.clone() + "00002 A000    1 Cholera", (2, 78)),
        ] {
            match OrderFile::read(text.as_bytes()) {
                Err(ImportError::Line { line, column, .. }) => assert_eq!((line, column), place, "{text}"),
                other => panic!("{other:?}"),
            }
        }
        assert!(OrderFile::read(b"").is_err());
    }
}
