//! The lines of a part.

use super::ImportError;
use crate::pairs::{Attributes, BEFORE_1996, OPEN, day_number};
use crate::quarter::Quarter;
use crate::service_code::ServiceCode;
use std::collections::HashMap;
use superbill_core::Date;
use superbill_table::import::decoded;

/// Lines of a heading, at most.
const HEADING_LINES: u64 = 40;
/// Bytes between two reports of progress.
const REPORT: usize = 4 << 20;
const HEADINGS: &str = "the headings of a file of pairs: Column 1, Column 2, existence prior to 1996, Effective Date, Deletion Date, Modifier, Rationale";

/// An edit as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) column1: u32,
    pub(super) column2: u32,
    pub(super) attributes: Attributes,
}

/// What is read of all parts.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) rows: Vec<Row>,
    pub(super) rationales: Vec<Vec<u8>>,
    last_day: u16,
    days: HashMap<[u8; 8], Option<u16>>,
}

/// Which column of a line holds what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    column1: usize,
    column2: usize,
    before_1996: Option<usize>,
    effective: usize,
    deletion: usize,
    indicator: usize,
    rationale: Option<usize>,
}

impl Columns {
    /// Finds the columns by the words above them.
    fn of(headings: &[String]) -> Option<Self> {
        let with = |word: &str| headings.iter().position(|heading| heading.contains(word));
        Some(Self {
            column1: with("column 1")?,
            column2: with("column 2")?,
            before_1996: with("1996"),
            effective: with("effective")?,
            deletion: with("deletion")?,
            indicator: with("modifier")?,
            rationale: with("rationale"),
        })
    }

    fn count(&self) -> usize {
        let needed = [self.column1, self.column2, self.effective, self.deletion, self.indicator];
        needed.into_iter().chain(self.before_1996).chain(self.rationale).max().unwrap_or_default() + 1
    }
}

/// Most fields of a line.
const FIELDS: usize = 16;

impl Reader {
    pub(super) fn new(quarter: Quarter) -> Self {
        let last_day = quarter.days().last().and_then(day_number).unwrap_or(OPEN);
        Self { rows: Vec::new(), rationales: Vec::new(), last_day, days: HashMap::new() }
    }

    /// Reads a part; gives the keys of its first and its last code in column 1.
    pub(super) fn read(&mut self, bytes: &[u8], progress: &mut dyn FnMut(u64)) -> Result<(u64, u64), ImportError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.contains(&0) {
            return Err(ImportError::File("the file is no plain text: save it as text with tabs"));
        }
        let ends_whole = bytes.last().is_none_or(|byte| matches!(byte, b'\n' | b'\r' | 0x1A));
        let mut headings: Vec<String> = Vec::new();
        let mut columns: Option<Columns> = None;
        let (mut line, mut at, mut reported) = (0u64, 0usize, 0usize);
        let mut range: Option<(u32, u32)> = None;
        self.rows.reserve(bytes.len() / 60);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let last = at + end + 1 >= bytes.len();
            let text = rest.get(..end).unwrap_or_default();
            at += end + 1;
            line += 1;
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            if text.iter().all(|byte| matches!(byte, b'\t' | b' ' | 0x1A)) {
                continue;
            }
            let fields = Fields::of(text);
            let known = match columns {
                Some(columns) => columns,
                // Below whole headings, the first line that says something in its first column is an edit.
                None => match Columns::of(&headings).filter(|_| !fields.get(0).is_empty()) {
                    Some(found) if found.count() <= FIELDS => *columns.insert(found),
                    _ if line > HEADING_LINES || fields.is_edit() => return Err(ImportError::line(line, 1, HEADINGS)),
                    _ => {
                        fields.add_to(&mut headings);
                        continue;
                    }
                },
            };
            let row = self.row(&fields, &known, line, last && !ends_whole)?;
            let (first, highest) = *range.get_or_insert((row.column1, row.column1));
            range = Some((first.min(row.column1), highest.max(row.column1)));
            self.rows.push(row);
            if at >= reported + REPORT {
                reported = at;
                progress(at as u64);
            }
        }
        let (first, last) = range.ok_or(ImportError::File(
            "the file has no edit below its headings: it is no file of pairs, or cut short",
        ))?;
        Ok((u64::from(first), u64::from(last)))
    }

    fn row(
        &mut self,
        fields: &Fields<'_>,
        columns: &Columns,
        line: u64,
        perhaps_cut: bool,
    ) -> Result<Row, ImportError> {
        let wrong = |column: usize, expected: &'static str| ImportError::line(line, fields.place(column), expected);
        let code = |column: usize, expected| {
            let code = ServiceCode::from_bytes(fields.get(column)).ok_or(wrong(column, expected))?;
            Ok::<u32, ImportError>(code.key() as u32)
        };
        let column1 = code(columns.column1, "a HCPCS or CPT code of five characters: column 1")?;
        let column2 = code(columns.column2, "a HCPCS or CPT code of five characters: column 2")?;
        let flags = match columns.before_1996.map(|column| (column, fields.get(column))) {
            None | Some((_, b"")) => 0,
            Some((_, b"*" | b"1")) => BEFORE_1996,
            Some((column, _)) => return Err(wrong(column, "nothing, or * where the edit is older than 1996")),
        };
        let effective = self.day(fields.get(columns.effective));
        let effective = effective.ok_or(wrong(columns.effective, "the first day, as 20260701"))?;
        if effective > self.last_day {
            return Err(wrong(
                columns.effective,
                "a first day within the quarter or before: the file is of a later quarter",
            ));
        }
        let deletion = match fields.get(columns.deletion) {
            b"*" | b"" if columns.deletion < fields.count => OPEN,
            text => {
                self.day(text).ok_or(wrong(columns.deletion, "the last day, as 20260930, or * where there is none"))?
            }
        };
        let indicator = match fields.get(columns.indicator) {
            [digit @ (b'0' | b'1' | b'9')] => digit - b'0',
            _ => return Err(wrong(columns.indicator, "the modifier indicator: 0, 1 or 9")),
        };
        let rationale = match columns.rationale {
            Some(column) => {
                let text = fields.get(column);
                if text.is_empty() {
                    return Err(wrong(column, "the rationale of the edit: the line is cut short"));
                }
                let known = self.rationales.iter().position(|other| other == text);
                // The last line of a file that lost its end is told by a rationale that no other line has.
                if known.is_none() && perhaps_cut && !self.rationales.is_empty() {
                    return Err(wrong(
                        column,
                        "a rationale that other lines have: the file is cut short in its last line",
                    ));
                }
                known.unwrap_or_else(|| {
                    self.rationales.push(text.to_vec());
                    self.rationales.len() - 1
                })
            }
            None => 0,
        };
        let rationale = u16::try_from(rationale)
            .map_err(|_| ImportError::File("the files have more than 65,536 rationales: no official one has"))?;
        Ok(Row { column1, column2, attributes: Attributes { effective, deletion, indicator, flags, rationale } })
    }

    /// The number of a day that is written as 20260701.
    fn day(&mut self, text: &[u8]) -> Option<u16> {
        let text: [u8; 8] = text.try_into().ok()?;
        *self.days.entry(text).or_insert_with(|| {
            let text = core::str::from_utf8(&text).ok()?;
            day_number(Date::parse_ccyymmdd(text).ok()?)
        })
    }

    /// The rationales, one a line.
    pub(super) fn rationale_lines(&self) -> Vec<u8> {
        let lines = self.rationales.iter().map(|bytes| decoded(bytes).replace('\n', " "));
        lines.collect::<Vec<_>>().join("\n").into_bytes()
    }
}

/// The fields of a line between tabs, without spaces and quotes around.
struct Fields<'a> {
    text: &'a [u8],
    starts: [u32; FIELDS],
    ends: [u32; FIELDS],
    count: usize,
}

impl<'a> Fields<'a> {
    fn of(text: &'a [u8]) -> Self {
        let mut fields = Self { text, starts: [0; FIELDS], ends: [0; FIELDS], count: 0 };
        let mut start = 0;
        for (at, byte) in text.iter().enumerate() {
            if *byte == b'\t' {
                fields.push(start, at);
                start = at + 1;
            }
        }
        fields.push(start, text.len());
        fields
    }

    fn push(&mut self, start: usize, end: usize) {
        if let (Some(first), Some(last)) = (self.starts.get_mut(self.count), self.ends.get_mut(self.count)) {
            (*first, *last) = (start as u32, end as u32);
            self.count += 1;
        }
    }

    #[inline]
    fn get(&self, column: usize) -> &'a [u8] {
        if column >= self.count {
            return b"";
        }
        let (start, end) = (self.starts.get(column), self.ends.get(column));
        let text = start.zip(end).and_then(|(start, end)| self.text.get(*start as usize..*end as usize));
        let text = text.unwrap_or_default().trim_ascii();
        text.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\"")).unwrap_or(text)
    }

    /// The column of the line, from 1, where a field begins.
    fn place(&self, column: usize) -> u32 {
        let start = if column < self.count { self.starts.get(column).copied() } else { None };
        start.unwrap_or(self.text.len() as u32) + 1
    }

    /// Whether a line begins with two codes, as an edit does.
    fn is_edit(&self) -> bool {
        [0, 1].into_iter().all(|column| ServiceCode::from_bytes(self.get(column)).is_some())
    }

    fn add_to(&self, headings: &mut Vec<String>) {
        for column in 0..self.count {
            if headings.len() <= column {
                headings.push(String::new());
            }
            if let Some(heading) = headings.get_mut(column) {
                heading.push(' ');
                heading.push_str(&decoded(self.get(column)).to_ascii_lowercase());
            }
        }
    }
}
