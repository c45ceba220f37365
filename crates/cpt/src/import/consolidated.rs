//! The consolidated code list: a heading, then a row for each code, all its descriptors beside one another.

use super::{Entry, Read};
use crate::code::CptCode;
use crate::descriptor::DescriptorKind;
use std::borrow::Cow;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::import::{ImportError, Row, delimited, lines, sheets};

const HEADING: &str =
    "the heading of a consolidated code list, with the column CPT Code and at least one of Long, Medium, Short";

/// A column that is read, by the name in the heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Code,
    Text(DescriptorKind),
    DescriptorSince,
    Effective,
    Terminated,
}

impl Column {
    /// The names drive what is read; case, blanks and signs do not count. Other columns are left out: concept numbers, Spanish, names of
    /// tests and laboratories.
    fn of(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let stem = ["descriptor", "description"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        Some(match stem {
            "cptcode" => Self::Code,
            "long" => Self::Text(DescriptorKind::Long),
            "medium" => Self::Text(DescriptorKind::Medium),
            "short" => Self::Text(DescriptorKind::Short),
            "consumer" | "consumerfriendly" => Self::Text(DescriptorKind::Consumer),
            "currentdescriptoreffectivedate" => Self::DescriptorSince,
            "effectivedate" | "codeeffectivedate" => Self::Effective,
            "terminationdate" | "codeterminationdate" | "deletiondate" | "deletedate" => Self::Terminated,
            _ => return None,
        })
    }
}

/// Whether a text has the heading of a consolidated list, with tabs or commas.
pub(super) fn is_one(text: &str) -> bool {
    lines(text).any(|(_, line)| {
        let is_code = |name: &str| Column::of(name) == Some(Column::Code);
        (line.contains('\t') && line.split('\t').any(is_code)) || (line.contains(',') && line.split(',').any(is_code))
    })
}

/// Reads a text.
pub(super) fn text(text: &str, bytes: &[u8]) -> Result<Read, ImportError> {
    let tabbed = lines(text)
        .any(|(_, line)| line.split('\t').any(|name| Column::of(name) == Some(Column::Code)) && line.contains('\t'));
    let rows = if tabbed {
        // The official text quotes nothing: a mark of inches at the beginning of a field is no quotation.
        let row = |(number, line): (u64, &str)| Row {
            number,
            cells: (1..).zip(line.split('\t')).map(|(column, text)| (column, unquoted(text))).collect(),
        };
        lines(text).map(row).collect()
    } else {
        delimited(bytes)?
    };
    table(&rows, true)
}

/// Reads a workbook: the first sheet with the heading.
pub(super) fn workbook(bytes: &[u8]) -> Result<Read, ImportError> {
    let sheets = sheets(bytes)?;
    let found = sheets.iter().find(|rows| rows.iter().any(is_heading));
    table(
        found.ok_or(ImportError::File(
            "no sheet has the heading of a consolidated code list, with the column CPT Code",
        ))?,
        false,
    )
}

fn is_heading(row: &Row) -> bool {
    row.cells.iter().any(|(_, name)| Column::of(name) == Some(Column::Code))
}

/// Reads rows. Of a text every row has all columns, so that a line that was cut short is found.
fn table(rows: &[Row], every_column: bool) -> Result<Read, ImportError> {
    let at = rows.iter().position(is_heading).ok_or(ImportError::File(HEADING))?;
    let (before, rows) = rows.split_at_checked(at).ok_or(ImportError::File(HEADING))?;
    let (heading, rows) = rows.split_first().ok_or(ImportError::File(HEADING))?;
    let mut columns: Vec<(u32, Column)> = Vec::new();
    for (number, name) in &heading.cells {
        let Some(column) = Column::of(name) else { continue };
        if columns.iter().any(|(_, known)| *known == column) {
            return Err(ImportError::line(
                heading.number,
                *number,
                "a column that does not stand in the heading already",
            ));
        }
        columns.push((*number, column));
    }
    let kinds: Vec<DescriptorKind> = columns
        .iter()
        .filter_map(|(_, column)| if let Column::Text(kind) = column { Some(*kind) } else { None })
        .collect();
    if kinds.is_empty() {
        return Err(ImportError::line(heading.number, 1, HEADING));
    }
    let width = heading.cells.iter().map(|(column, _)| *column).max().unwrap_or_default();
    let mut codes = BTreeMap::new();
    for row in rows {
        if row.cells.iter().all(|(_, text)| text.trim().is_empty()) {
            continue;
        }
        let last = row.cells.iter().map(|(column, _)| *column).max().unwrap_or_default();
        if every_column && last != width {
            let expected = "as many columns as the heading has: the line is cut short or has a tab too many";
            return Err(ImportError::line(row.number, last.min(width) + 1, expected));
        }
        let (code, place, entry) = entry(row, &columns, every_column)?;
        match codes.insert(code, entry) {
            Some(before) if codes.get(&code).is_some_and(|entry| !entry.is_as(&before)) => {
                return Err(ImportError::line(row.number, place, "a code that does not stand in the list already"));
            }
            _ => {}
        }
    }
    if codes.is_empty() {
        return Err(ImportError::File("the list ends with its heading: the file is cut short"));
    }
    let words = before.iter().flat_map(|row| &row.cells).map(|(_, text)| text.trim()).filter(|text| !text.is_empty());
    Ok(Read { codes, kinds, notice: words.collect::<Vec<_>>().join(" ") })
}

fn entry(row: &Row, columns: &[(u32, Column)], is_text: bool) -> Result<(CptCode, u32, Entry), ImportError> {
    let mut found = None;
    let mut entry = Entry::default();
    for (place, column) in columns {
        let text = row.cell(*place).trim();
        let wrong = |expected| ImportError::line(row.number, *place, expected);
        let day = || {
            if text.is_empty() {
                Ok(None)
            } else {
                date(text).map(Some).ok_or(wrong("a date, as 20260101, or nothing"))
            }
        };
        match column {
            Column::Code => {
                // A workbook may hold a code as a number, without its zeros.
                let number = !is_text && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                let text = if number { Cow::Owned(format!("{text:0>5}")) } else { Cow::Borrowed(text) };
                found = Some((CptCode::parse(&text).map_err(|_| wrong("a CPT code"))?, *place));
            }
            Column::Text(kind) => {
                if let Some(words) = entry.texts.get_mut(*kind as usize).filter(|_| !text.is_empty()) {
                    *words = Some(text.to_owned());
                }
            }
            Column::DescriptorSince => entry.descriptor_since = day()?,
            Column::Effective => entry.effective = day()?,
            Column::Terminated => entry.terminated = day()?,
        }
    }
    let (code, place) = found.ok_or(ImportError::line(row.number, 1, "a CPT code"))?;
    if entry.texts.iter().all(Option::is_none) {
        return Err(ImportError::line(row.number, place + 1, "a descriptor of the code"));
    }
    if entry.effective.zip(entry.terminated).is_some_and(|(first, last)| last < first) {
        return Err(ImportError::line(row.number, place, "a last day that is not before the first"));
    }
    Ok((code, place, entry))
}

impl Entry {
    fn is_as(&self, other: &Self) -> bool {
        self.texts == other.texts
            && (self.effective, self.terminated, self.descriptor_since)
                == (other.effective, other.terminated, other.descriptor_since)
    }
}

/// A date as 20260101, 2026-01-01 or 1/1/2026, with or without a time behind it.
fn date(text: &str) -> Option<Date> {
    let text = text.split([' ', 'T']).next()?;
    if let Some((month, rest)) = text.split_once('/') {
        let (day, year) = rest.split_once('/')?;
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    text.parse().ok().or_else(|| Date::parse_ccyymmdd(text).ok())
}

/// A field without the quotation marks that a program may have put around it.
fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_owned(),
    }
}
