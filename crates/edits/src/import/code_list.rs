//! Lists of codes that stand outside of the guides.

use super::code_list_columns::Columns;
use super::code_list_text::{
    Days, code, effective_in_words, is_range, is_unassigned, release_of_name, taxonomy_notes, without_days,
};
use super::sheet::{differs, is_empty, is_note, one_file, rank_by_ending};
use crate::code_list::{CODE_LIST_KIND, LIST, ListedCode, NO_TITLE, ROWS, padded, precedes};
use crate::code_list_name::CodeListName;
use crate::words::WordsWriter;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, delimited, is_workbook, sheets};

/// Reads the user's copy of a code list, in one file or several, and gives the bytes of a table.
///
/// A file is text with commas or tabs, or a workbook (its first sheet with codes), alone or in its archive. It has a heading with a column of codes
/// (`Code`, `CARC`, `Place of Service Code(s)`, ...) and perhaps columns of titles and of days (start or effective, last modified, stop or end or
/// deactivation); or it is plain: a code at the beginning of each line, and behind a tab or comma its words. Days are also read where X12 prints them,
/// in or below a description (`Start: 01/01/1995 | Last Modified: 06/30/2007 | Stop: ...`), CMS in its places of service (`(Effective October 1, 2003)`),
/// and the owner of the taxonomy in its notes (`[1/1/2025: marked inactive]`). A stop is the last day on which the code is used.
///
/// Codes that are unassigned or reserved, alone or as a range (`27-30`), are none; a code that is inactive and has no stop is left out. A code can
/// stand more than once, with days that follow each other.
///
/// The release is that of the name (`nucc_taxonomy_251.csv`, `carc-2026-03-01.txt`), or the day `asked`, else the newest day on which a code began
/// or was changed.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where files are of different releases;
/// [`ImportError::NoRelease`] where nothing tells it.
pub fn code_list(files: &[(&str, &[u8])], list: CodeListName, asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let mut read = Read::default();
    let mut release = asked;
    for (name, bytes) in files {
        let rank = |inner: &str| rank_by_ending(inner).or(inner.ends_with(".tsv").then_some(0));
        let file = one_file(name, bytes, rank)?;
        let said = release_of_name(list, &file.name).or_else(|| release_of_name(list, name));
        release = match (release, said) {
            (Some(release), Some(said)) if release != said => return Err(differs(said, release).in_file(&file.name)),
            (release, said) => release.or(said),
        };
        read.file(&file.bytes, list).map_err(|error| error.in_file(&file.name))?;
        read.files.push(file.name);
    }
    let newest = read.codes.iter().flat_map(|one| [one.days.since, one.days.modified]).flatten().max();
    table(read, list, release.or(newest).ok_or(ImportError::NoRelease)?)
}

/// A code as a file has it.
#[derive(Debug)]
struct One {
    code: String,
    title: String,
    days: Days,
    /// Where it stands: the number of its file, the line and the column.
    place: (usize, u64, u32),
}

#[derive(Debug, Default)]
struct Read {
    /// The names of the files that were read.
    files: Vec<String>,
    codes: Vec<One>,
    /// Whether codes without use were left out.
    left_out: bool,
}

impl Read {
    fn file(&mut self, bytes: &[u8], list: CodeListName) -> Result<(), ImportError> {
        let workbook = is_workbook(bytes);
        let all = if workbook { sheets(bytes)? } else { vec![delimited(bytes)?] };
        let before = self.codes.len();
        for rows in all {
            if let Some((at, columns)) = begin(&rows, list)? {
                for row in rows.iter().skip(at) {
                    self.row(row, &columns, workbook, list)?;
                }
                if self.codes.len() == before {
                    let line = rows.last().map_or(1, |row| row.number);
                    return Err(ImportError::line(line, columns.code, list.shape()));
                }
                return Ok(());
            }
        }
        Err(ImportError::File(
            "no codes of this list: a heading with a column of codes, or a code at the beginning of each line",
        ))
    }

    fn row(&mut self, row: &Row, columns: &Columns, workbook: bool, list: CodeListName) -> Result<(), ImportError> {
        let text = row.cell(columns.code).trim();
        if is_empty(row) {
            return Ok(());
        }
        let wrong = ImportError::line(row.number, columns.code, list.shape());
        let title = columns.title(row, workbook)?;
        let Some(code) = code(list, text) else {
            let first = text.split_whitespace().next().unwrap_or_default();
            if is_range(list, text) {
                const RANGE: &str = "one code a row: only what is unassigned or reserved stands as a range";
                return if is_unassigned(&title) {
                    Ok(())
                } else {
                    Err(ImportError::line(row.number, columns.code, RANGE))
                };
            }
            if self.days_below(row) {
                return Ok(());
            }
            // A sentence below the table, unless it is a code with its words behind a space: any word is a code of another owner's list.
            let other = matches!(list, CodeListName::Other(_));
            let note = !text.is_empty() && is_note(row) && !other && code(list, first).is_none();
            return if note { Ok(()) } else { Err(wrong) };
        };
        if is_unassigned(&title) {
            return Ok(());
        }
        let mut days = columns.days(row, workbook)?;
        if list == CodeListName::PlaceOfService {
            days.since = days.since.or_else(|| row.cells.iter().find_map(|(_, text)| effective_in_words(text)));
        }
        let mut inactive = columns.is_inactive(row);
        if list == CodeListName::ProviderTaxonomy {
            for (_, text) in &row.cells {
                let notes = taxonomy_notes(text);
                days = days.or(notes.days);
                inactive |= notes.inactive;
            }
        }
        if inactive && days.until.is_none() {
            self.left_out = true;
            return Ok(());
        }
        self.codes.push(One { code, title, days, place: (self.files.len(), row.number, columns.code) });
        Ok(())
    }

    /// Takes the days of a row that has nothing else, below the row of its code.
    fn days_below(&mut self, row: &Row) -> bool {
        let mut days = Days::default();
        for (_, text) in &row.cells {
            let (rest, found) = without_days(text);
            if !rest.is_empty() {
                return false;
            }
            days = days.or(found);
        }
        if let Some(last) = self.codes.last_mut() {
            last.days = last.days.or(days);
        }
        true
    }
}

/// Where the codes begin, and the columns; nothing where there are none.
fn begin(rows: &[Row], list: CodeListName) -> Result<Option<(usize, Columns)>, ImportError> {
    for (at, row) in rows.iter().enumerate() {
        if let Some(columns) = Columns::of(row, list) {
            return Ok(Some((at + 1, columns)));
        }
        if code(list, row.cell(1)).is_some() || is_range(list, row.cell(1)) {
            let notes = rows.get(..at).unwrap_or_default().iter();
            return match notes.filter(|row| !is_note(row)).map(|row| row.number).next() {
                Some(line) => Err(ImportError::line(line, 1, list.shape())),
                None => Ok(Some((at, Columns::plain()))),
            };
        }
    }
    Ok(None)
}

fn table(read: Read, list: CodeListName, release: Date) -> Result<Vec<u8>, ImportError> {
    let mut codes = read.codes;
    let wrong = |one: &One, expected| {
        let (file, line, column) = one.place;
        ImportError::line(line, column, expected).in_file(read.files.get(file).map_or("", |name| name))
    };
    codes.sort_by(|one, other| {
        (&one.code, one.days.since, one.place).cmp(&(&other.code, other.days.since, other.place))
    });
    for one in &codes {
        // Days out of texts are in order too.
        if one.days.since.zip(one.days.until).is_some_and(|(since, until)| until < since) {
            return Err(wrong(one, "a last day that is not before the first"));
        }
    }
    for pair in codes.windows(2) {
        if let [one, other] = pair
            && one.code == other.code
            && !precedes(&listed(one), &listed(other))
        {
            let second = if one.place > other.place { one } else { other };
            return Err(wrong(second, "a code that does not stand in the list already for the same days"));
        }
    }
    let every_first_day = codes.iter().all(|one| one.days.since.is_some());
    let any_ended = codes.iter().any(|one| one.days.until.is_some_and(|until| until < release));
    let mut words = WordsWriter::default();
    let mut rows = Vec::new();
    for one in &codes {
        // INVARIANT: the shape of every list has 16 characters at most.
        rows.extend(padded(&one.code).unwrap_or_default());
        for day in [one.days.since, one.days.until, one.days.modified] {
            rows.extend(day.map_or(0, Date::ccyymmdd).to_le_bytes());
        }
        let title = if one.title.is_empty() { NO_TITLE } else { words.number(&one.title) };
        rows.extend(title.to_le_bytes());
    }
    let (day, count, name) = (release.to_string(), codes.len().to_string(), list.to_string());
    let source = format!("the user's copy of the list {name}");
    let mut about = vec![("release", day.as_str()), ("source", &source), ("rows", &count), ("list", &name)];
    about.extend(list.notice().map(|notice| ("notice", notice)));
    let mut facts = release.ccyymmdd().to_le_bytes().to_vec();
    facts.push(u8::from(every_first_day && any_ended && !read.left_out));
    facts.extend(name.bytes());
    let mut writer = TableWriter::new(CODE_LIST_KIND);
    writer.about(about);
    writer.section(LIST, 1, facts);
    writer.section(ROWS, codes.len(), rows);
    words.write(&mut writer)?;
    Ok(writer.finish()?)
}

fn listed(one: &One) -> ListedCode<'_> {
    let Days { since, until, modified } = one.days;
    ListedCode { code: &one.code, title: None, since, until, modified }
}
