//! The Medicare physician fee schedule: National Physician Fee Schedule Relative Value File.

use super::mpfs_layout::{Field, Line, Lines, read};
use super::table_row::{letters, number, padded};
use crate::code_index;
use crate::fee_schedule::{ApmParticipation, FACTS, FEE_SCHEDULE_KIND, ROWS, STARTS, record};
use crate::quarter::Quarter;
use crate::service_code::ServiceCode;
use superbill_core::{Date, Modifier};
use superbill_table::TableWriter;
use superbill_table::import::{EXCERPT_ROWS, File, ImportError, unpacked, year};

/// The first year with two conversion factors.
const TWO_FACTORS: i16 = 2026;
/// How far the totals of a row may be from the sums, in hundredths. The releases of 2025 and 2026 do not differ.
const SUM_DIFFERS: u32 = 2;

/// Reads a relative value file (`PPRRVU...`) as text with commas, as text in fixed columns, or as a workbook, or out of the archive of its release
/// (`rvu26c.zip`), and gives the bytes of a table.
///
/// From 2026 an archive has two such files that differ in the conversion factor: that for the asked `participation` is read; where none is asked,
/// that for all who are no qualifying participants. The quarter is taken from the title or the name of the file, or is that of the day `asked`.
/// Descriptors are not read.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] and [`ImportError::NoRelease`] for the release.
pub fn mpfs(
    name: &str,
    bytes: &[u8],
    participation: Option<ApmParticipation>,
    asked: Option<Date>,
) -> Result<Vec<u8>, ImportError> {
    let files = unpacked(name, bytes, |name| {
        let name = name.to_ascii_uppercase();
        name.starts_with("PPRRVU") && [".CSV", ".TXT", ".XLSX"].iter().any(|end| name.ends_with(end))
    })?;
    let file = chosen(&files, participation)?;
    // Only the last part of a path is kept: a path can name people.
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    table(name, &file.bytes, participation, asked).map_err(|error| error.in_file(name))
}

/// The file to read: for the asked participants, else for the others; text before a workbook.
fn chosen<'f>(files: &'f [File<'f>], asked: Option<ApmParticipation>) -> Result<&'f File<'f>, ImportError> {
    let form =
        |name: &str| [".CSV", ".TXT"].iter().position(|end| name.to_ascii_uppercase().ends_with(end)).unwrap_or(2);
    let fits = |file: &&File<'_>| match (named_participation(&file.name), asked) {
        (Some(named), Some(asked)) => named == asked,
        _ => true,
    };
    files
        .iter()
        .filter(fits)
        .min_by_key(|file| (named_participation(&file.name) == Some(ApmParticipation::Qualifying), form(&file.name)))
        .ok_or(ImportError::File("no relative value file for these participants: from 2026 there are one with QPP and one with nonQPP in its name"))
}

/// For whom the conversion factor is, by the name of the file.
fn named_participation(name: &str) -> Option<ApmParticipation> {
    let name = letters(name);
    match (name.contains("NONQPP"), name.contains("QPP")) {
        (true, _) => Some(ApmParticipation::Other),
        (_, true) => Some(ApmParticipation::Qualifying),
        _ => None,
    }
}

/// The number of the quarter whose first month stands in a text.
fn month(text: &str) -> Option<i8> {
    let months = [("JAN", 1), ("APR", 2), ("JUL", 3), ("OCT", 4)];
    months.into_iter().find_map(|(month, quarter)| text.contains(month).then_some(quarter))
}

/// The quarter out of `PPRRVU2026_Jul_nonQPP.csv` or `PPRRVU25_JAN.csv`.
fn named_quarter(name: &str) -> Option<Quarter> {
    let name = letters(name);
    let rest = name.strip_prefix("PPRRVU")?;
    Quarter::new(year(rest)?, month(rest)?).ok()
}

/// The quarter out of `2026 National Physician Fee Schedule Relative Value File July Release`.
fn titled_quarter(titles: &[String]) -> Option<Quarter> {
    titles.iter().find_map(|title| {
        let upper = title.to_ascii_uppercase();
        let at = upper.find("RELATIVE VALUE FILE")?;
        let (before, after) = upper.split_at_checked(at)?;
        let year = before
            .split(|letter: char| !letter.is_ascii_digit())
            .find_map(|word| year(word).filter(|_| word.len() == 4))?;
        Quarter::new(year, month(after)?).ok()
    })
}

fn quarter(name: &str, titles: &[String], asked: Option<Date>) -> Result<Quarter, ImportError> {
    let differ =
        |found: Quarter, asked: Quarter| ImportError::Release { found: found.to_string(), asked: asked.to_string() };
    let asked = match asked {
        Some(day) => Some(Quarter::of(day).map_err(|_| ImportError::NoRelease)?),
        None => None,
    };
    let said = [titled_quarter(titles), named_quarter(name), asked];
    let mut said = said.into_iter().flatten();
    let first = said.next().ok_or(ImportError::NoRelease)?;
    match said.find(|other| *other != first) {
        Some(other) => Err(differ(first, other)),
        None => Ok(first),
    }
}

fn table(
    name: &str,
    bytes: &[u8],
    asked: Option<ApmParticipation>,
    release: Option<Date>,
) -> Result<Vec<u8>, ImportError> {
    let lines = read(bytes)?;
    let quarter = quarter(name, &lines.titles, release)?;
    let mut rows = Vec::with_capacity(lines.lines.len());
    let mut shared = Shared::default();
    for line in &lines.lines {
        rows.push(row(line, &lines, &mut shared)?);
    }
    let participation = participation(name, &shared, quarter, asked)?;
    rows.sort_by_key(|row| (row.code, row.modifier));
    for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
        if (row.code, row.modifier) == (next.code, next.modifier) {
            let line = row.line.max(next.line);
            return Err(ImportError::line(line, 1, "a code and modifier that no line before has"));
        }
    }
    // Every release goes from codes that begin with 0 to those of vision and hearing.
    let begins = |row: Option<&Written>, letter| row.is_some_and(|row| row.code.as_str().starts_with(letter));
    let whole = begins(rows.first(), '0') && begins(rows.last(), 'V');
    if rows.is_empty() || !whole && rows.len() >= EXCERPT_ROWS {
        return Err(ImportError::File(
            "the file does not go from the codes that begin with 0 to those that begin with V: it is cut short",
        ));
    }
    Ok(write(&rows, quarter, participation, whole)?)
}

/// For whom the conversion factor is: the pricing indicator and the name must agree.
fn participation(
    name: &str,
    shared: &Shared,
    quarter: Quarter,
    asked: Option<ApmParticipation>,
) -> Result<ApmParticipation, ImportError> {
    const DIFFER: &str = "the name of the file, its pricing indicator and what was asked for name different participants: the file is renamed or mixed";
    let priced = match shared.pricing.as_deref() {
        Some("1") => Some(ApmParticipation::Qualifying),
        Some("9") => Some(ApmParticipation::Other),
        _ => None,
    };
    let all = (quarter.year() < TWO_FACTORS).then_some(ApmParticipation::All);
    let mut said = [all, priced, named_participation(name), asked].into_iter().flatten();
    let first = said.next().ok_or(ImportError::File(
        "the file does not say for whom its conversion factor is: give the participants, `qualifying` or `other`",
    ))?;
    if said.any(|other| other != first) { Err(ImportError::File(DIFFER)) } else { Ok(first) }
}

/// What all rows of a file have in common.
#[derive(Debug, Default)]
struct Shared {
    pricing: Option<String>,
    factor: Option<u32>,
}

#[derive(Debug)]
struct Written {
    line: u64,
    code: ServiceCode,
    modifier: Option<Modifier>,
    bytes: [u8; record::ROW],
}

impl Written {
    fn put(&mut self, at: usize, bytes: &[u8]) {
        for (to, from) in self.bytes.iter_mut().skip(at).zip(bytes) {
            *to = *from;
        }
    }
}

fn row(line: &Line, lines: &Lines, shared: &mut Shared) -> Result<Written, ImportError> {
    const CODE: &str = "a code of five letters and digits";
    let code = line.text(Field::Code);
    let code = if lines.workbook { padded(code, 5) } else { code.into() };
    let code = ServiceCode::parse(&code).map_err(|_| line.expected(Field::Code, CODE))?;
    let modifier = match line.text(Field::Modifier) {
        "" => None,
        text => Some(padded(text, 2).parse().map_err(|_| line.expected(Field::Modifier, "no modifier, 26, TC or 53"))?),
    };
    let mut row = Written { line: line.number, code, modifier, bytes: [0; record::ROW] };
    row.put(record::MODIFIER, &crate::fee_schedule::modifier_bytes(modifier));
    values(line, lines.workbook, &mut row)?;
    indicators(line, &mut row)?;

    let factor = number(line.text(Field::Factor), 4, lines.workbook);
    let factor = factor.ok_or(line.expected(Field::Factor, "a conversion factor, as 33.4009"))?;
    if factor != 0 && *shared.factor.get_or_insert(factor) != factor {
        return Err(line.expected(Field::Factor, "the conversion factor of the lines before: the file is mixed"));
    }
    row.put(record::FACTOR, &factor.to_le_bytes());
    let pricing = line.text(Field::Pricing);
    if !pricing.is_empty() && shared.pricing.get_or_insert_with(|| pricing.to_owned()) != pricing {
        return Err(line.expected(Field::Pricing, "the pricing indicator of the lines before: the file is mixed"));
    }
    Ok(row)
}

fn values(line: &Line, workbook: bool, row: &mut Written) -> Result<(), ImportError> {
    let value = |field: Field| match line.text(field) {
        "" => Ok(0),
        text => number(text, 2, workbook)
            .filter(|number| *number <= record::MOST)
            .ok_or(line.expected(field, "a relative value with two decimals, as 1.30")),
    };
    for (field, at) in [
        (Field::Work, record::WORK),
        (Field::NonFacility, record::NON_FACILITY),
        (Field::Facility, record::FACILITY),
        (Field::Malpractice, record::MALPRACTICE),
        (Field::NonFacilityTotal, record::NON_FACILITY_TOTAL),
        (Field::FacilityTotal, record::FACILITY_TOTAL),
        (Field::OppsNonFacility, record::OPPS_NON_FACILITY),
        (Field::OppsFacility, record::OPPS_FACILITY),
        (Field::OppsMalpractice, record::OPPS_MALPRACTICE),
    ] {
        let bytes = value(field)?.to_le_bytes();
        row.put(at, bytes.get(..3).unwrap_or_default());
    }
    for (practice, total) in [(Field::NonFacility, Field::NonFacilityTotal), (Field::Facility, Field::FacilityTotal)] {
        // INVARIANT: each is at most 2^24.
        let sum = value(Field::Work)? + value(practice)? + value(Field::Malpractice)?;
        if sum.abs_diff(value(total)?) > SUM_DIFFERS {
            return Err(line.expected(total, "the sum of work, practice expense and malpractice: columns are mixed"));
        }
    }
    for (field, at) in [
        (Field::Preoperative, record::PREOPERATIVE),
        (Field::Intraoperative, record::INTRAOPERATIVE),
        (Field::Postoperative, record::POSTOPERATIVE),
    ] {
        let share = match line.text(field) {
            "" => Some(0),
            text => number(text, 2, workbook).and_then(|share| u8::try_from(share).ok()).filter(|share| *share <= 100),
        };
        row.put(at, &[share.ok_or(line.expected(field, "a share between 0.00 and 1.00"))?]);
    }
    Ok(())
}

fn indicators(line: &Line, row: &mut Written) -> Result<(), ImportError> {
    if line.text(Field::Status).is_empty() {
        return Err(line.expected(Field::Status, "a status code, as A"));
    }
    for (field, at, width, expected) in [
        (Field::Status, record::STATUS, 1, "a status code of one letter, as A"),
        (Field::Component, record::COMPONENT, 1, "a PC/TC indicator of one digit"),
        (Field::Global, record::GLOBAL, 3, "global days of three characters, as 010 or XXX"),
        (Field::Multiple, record::MULTIPLE, 1, "a multiple procedure indicator of one digit"),
        (Field::Bilateral, record::BILATERAL, 1, "a bilateral indicator of one digit"),
        (Field::Assistant, record::ASSISTANT, 1, "an assistant at surgery indicator of one digit"),
        (Field::CoSurgeon, record::CO_SURGEON, 1, "a co-surgeon indicator of one digit"),
        (Field::Team, record::TEAM, 1, "a team surgery indicator of one digit"),
        (Field::Calculation, record::CALCULATION, 1, "a calculation flag of one digit"),
        (Field::Supervision, record::SUPERVISION, 2, "a supervision indicator of two characters, as 09 or 6A"),
        (Field::Family, record::FAMILY, 2, "a family of diagnostic imaging of two digits, as 88 or 99"),
    ] {
        let text = padded(line.text(field), width);
        if text.len() > width || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(line.expected(field, expected));
        }
        row.put(at, text.as_bytes());
    }
    let mut flags = 0;
    for (field, flag) in [(Field::NonFacilityNa, record::NON_FACILITY_NA), (Field::FacilityNa, record::FACILITY_NA)] {
        match line.text(field) {
            "" => {}
            "NA" => flags |= flag,
            _ => return Err(line.expected(field, "NA or nothing")),
        }
    }
    row.put(record::FLAGS, &[flags]);
    match line.text(Field::NotUsed) {
        "" => {}
        "+" => row.put(record::NOT_USED, b"+"),
        _ => return Err(line.expected(Field::NotUsed, "+ or nothing")),
    }
    if !line.text(Field::Base).is_empty() {
        let base = ServiceCode::parse(line.text(Field::Base))
            .map_err(|_| line.expected(Field::Base, "the base code of an endoscopy, or nothing"))?;
        // INVARIANT: the key of five characters of 36 is below 2^32.
        row.put(record::BASE, &(base.key() as u32).to_le_bytes());
    }
    Ok(())
}

fn write(
    rows: &[Written],
    quarter: Quarter,
    participation: ApmParticipation,
    whole: bool,
) -> Result<Vec<u8>, superbill_table::WriteError> {
    let (mut codes, mut starts) = (Vec::new(), Vec::new());
    for (at, row) in (0u32..).zip(rows) {
        if codes.last() != Some(&row.code) {
            codes.push(row.code);
            starts.push(at);
        }
    }
    starts.push(u32::try_from(rows.len()).map_err(|_| superbill_table::WriteError::TooMuch)?);
    let mut writer = TableWriter::new(FEE_SCHEDULE_KIND);
    let (day, count) = (quarter.first().to_string(), rows.len().to_string());
    writer.about([
        ("release", day.as_str()),
        ("source", "National Physician Fee Schedule Relative Value File, without descriptors"),
        ("participation", participation.name()),
        ("rows", count.as_str()),
        ("complete", if whole { "yes" } else { "no" }),
    ]);
    let [low, high] = quarter.year().to_le_bytes();
    writer.section(FACTS, 1, vec![low, high, quarter.number().unsigned_abs(), participation.number()]);
    code_index::write(&codes, &mut writer)?;
    writer.section(STARTS, starts.len(), starts.iter().flat_map(|start| start.to_le_bytes()).collect());
    writer.section(ROWS, rows.len(), rows.iter().flat_map(|row| row.bytes).collect());
    writer.finish()
}
