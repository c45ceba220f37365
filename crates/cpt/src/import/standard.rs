//! The standard text files: a notice, then a line or a few for each code.
//!
//! Sources: the layouts that came with the data files of 2001 (code in columns 1 to 5; long: sequence in 6 and 7, text from 9 to 80; short: 28
//! characters from 7; medium: up to 100 from 7), and the file names of later editions (LONGULT: long, both cases, tab-delimited; MEDU, SHORTU).

use super::{Entry, Read};
use crate::code::CptCode;
use crate::descriptor::DescriptorKind;
use std::collections::BTreeMap;
use superbill_table::import::{ImportError, lines};

/// The form of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Code, tab, text.
    Tab,
    /// Code, blank, text.
    Blank,
    /// Code, two digits, blank, text that goes on in the next line.
    Sequence,
}

/// A line of a code.
struct Record<'t> {
    code: CptCode,
    form: Form,
    /// The number of the line among those of its code; zero for other forms.
    sequence: u8,
    text: &'t str,
    /// The column of the text, from 1.
    column: u32,
}

/// Most characters of a short descriptor.
const SHORT: usize = 28;
/// Most characters of a medium one.
const MEDIUM: usize = 100;
/// Most characters of a line that goes on.
const LINE: usize = 80;

/// A line as a record; `None` where it is none.
fn record(line: &str) -> Option<Record<'_>> {
    let (code, rest) = line.split_at_checked(5)?;
    // No blanks within the five, and capitals: a notice has no such word at the beginning of a line.
    let code = CptCode::parse(code).ok().filter(|parsed| parsed.as_str() == code)?;
    if let Some(text) = rest.strip_prefix('\t') {
        return Some(Record { code, form: Form::Tab, sequence: 0, text, column: 7 });
    }
    if let Some(text) = rest.strip_prefix(' ') {
        return Some(Record { code, form: Form::Blank, sequence: 0, text, column: 7 });
    }
    let (sequence, text) = rest.split_at_checked(2)?;
    let digits = sequence.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix(' ').filter(|_| digits)?;
    Some(Record { code, form: Form::Sequence, sequence: sequence.parse().ok()?, text, column: 9 })
}

/// Reads one of the standard files.
pub(super) fn read(name: &str, text: &str) -> Result<Read, ImportError> {
    let all: Vec<(u64, &str)> = lines(text).collect();
    // A line of a notice may look like a record by chance, as one that begins with a postal code: then few records follow it. Where they begin,
    // most lines are such, a damaged one among them or not.
    let begins = |at: usize| {
        let next = all.iter().skip(at + 1).filter(|(_, line)| !line.trim().is_empty()).take(4);
        let records: Vec<bool> = next.map(|(_, line)| record(line).is_some()).collect();
        records.iter().filter(|is| **is).count() * 2 >= records.len()
    };
    let start = (0..all.len()).find(|at| all.get(*at).is_some_and(|(_, line)| record(line).is_some()) && begins(*at));
    let (before, records) = start.and_then(|start| all.split_at_checked(start)).ok_or(ImportError::File(
        "this is neither a standard CPT file (LONGULT, MEDU, SHORTU, or one with fixed columns) nor a consolidated code list",
    ))?;
    let form = records.first().and_then(|(_, line)| record(line)).map_or(Form::Tab, |record| record.form);
    let texts = joined(records, form)?;
    let kind = kind_of(name, form, &texts);
    let most = match kind {
        DescriptorKind::Short => SHORT,
        DescriptorKind::Medium => MEDIUM,
        _ => usize::MAX,
    };
    let mut codes = BTreeMap::new();
    for (code, found) in texts {
        if found.text.chars().count() > most {
            let expected = match kind {
                DescriptorKind::Short => {
                    "a short descriptor, of at most 28 characters: the file has others than its name says"
                }
                _ => "a medium descriptor, of at most 100 characters: the file has others than its name says",
            };
            return Err(ImportError::line(found.line, found.column.saturating_add(most as u32), expected));
        }
        let mut entry = Entry::default();
        if let Some(place) = entry.texts.get_mut(kind as usize) {
            *place = Some(found.text);
        }
        codes.insert(code, entry);
    }
    let words: Vec<&str> = before.iter().map(|(_, line)| line.trim()).filter(|line| !line.is_empty()).collect();
    Ok(Read { codes, kinds: vec![kind], notice: words.join(" ") })
}

/// The descriptor of a code, and where it begins.
struct Found {
    text: String,
    line: u64,
    column: u32,
    sequence: u8,
}

fn joined(records: &[(u64, &str)], form: Form) -> Result<BTreeMap<CptCode, Found>, ImportError> {
    const RECORD: &str = "a record as those before: a code, and behind a tab, a blank or a sequence its text";
    let mut texts: BTreeMap<CptCode, Found> = BTreeMap::new();
    let mut last = None;
    // Lines of fixed length are filled with blanks; one that is shorter than all others was cut.
    let lengths = |records: &[(u64, &str)]| {
        let mut lengths = records.iter().map(|(_, line)| line.chars().count());
        lengths.next().filter(|first| lengths.all(|length| length == *first))
    };
    if form != Form::Tab
        && records.len() > 3
        && let Some((_, (number, line))) = records.split_last().map(|(last, rest)| (rest, *last))
        && let Some(length) = records.split_last().and_then(|(_, rest)| lengths(rest)).filter(|length| *length >= LINE)
        && line.chars().count() < length
    {
        let column = line.chars().count() as u32 + 1;
        return Err(ImportError::line(
            number,
            column,
            "as many characters as in the lines before: the file is cut short",
        ));
    }
    for (number, line) in records {
        let found = record(line).filter(|record| record.form == form);
        let record = found.ok_or(ImportError::line(*number, 1, RECORD))?;
        if form == Form::Sequence && line.chars().count() > LINE {
            return Err(ImportError::line(*number, LINE as u32 + 1, "the end of the line: a record has 80 characters"));
        }
        let text = record.text.trim();
        if text.is_empty() {
            return Err(ImportError::line(*number, record.column, "the descriptor of the code: the line is cut short"));
        }
        if let Some(tab) = text.find('\t') {
            let column = record.column.saturating_add(text.get(..tab).map_or(0, |text| text.chars().count()) as u32);
            return Err(ImportError::line(*number, column, "the end of the line: a record has one tab"));
        }
        let goes_on = form == Form::Sequence && last == Some(record.code);
        match texts.get_mut(&record.code) {
            Some(before) if goes_on => {
                if before.sequence.checked_add(1) != Some(record.sequence) {
                    return Err(ImportError::line(
                        *number,
                        6,
                        "the sequence number after the one before: a line is missing",
                    ));
                }
                before.text.push(' ');
                before.text.push_str(text);
                before.sequence = record.sequence;
            }
            Some(_) => {
                return Err(ImportError::line(*number, 1, "a code that does not stand in the file already"));
            }
            None => {
                if form == Form::Sequence && record.sequence > 1 {
                    return Err(ImportError::line(*number, 6, "the first line of the code: a line is missing"));
                }
                let (line, column, sequence) = (*number, record.column, record.sequence);
                texts.insert(record.code, Found { text: text.to_owned(), line, column, sequence });
            }
        }
        last = Some(record.code);
    }
    Ok(texts)
}

/// Which descriptors a file has: by its name, else by form and length.
fn kind_of(name: &str, form: Form, texts: &BTreeMap<CptCode, Found>) -> DescriptorKind {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_uppercase();
    let named = [
        ("LONG", DescriptorKind::Long),
        ("MED", DescriptorKind::Medium),
        ("SHORT", DescriptorKind::Short),
        ("CONSUMER", DescriptorKind::Consumer),
    ];
    if let Some((_, kind)) = named.into_iter().find(|(beginning, _)| name.starts_with(beginning)) {
        return kind;
    }
    let longest = texts.values().map(|found| found.text.chars().count()).max().unwrap_or_default();
    match (form, longest) {
        (Form::Sequence, _) => DescriptorKind::Long,
        (_, ..=SHORT) => DescriptorKind::Short,
        (Form::Blank, ..=MEDIUM) => DescriptorKind::Medium,
        _ => DescriptorKind::Long,
    }
}
