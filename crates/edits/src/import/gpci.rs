//! The geographic practice cost indices: addendum E of the physician fee schedule rule.

use super::table_row::{Heading, columns, letters, number, padded};
use crate::gpci::{BY_CONTRACTOR, FACTS, GPCI_KIND, NAMES, NOT_GIVEN, ROW, ROWS, contractor_key, state_key};
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, is_workbook, sheet_rows, unpacked, year};

/// A file with fewer localities than this is evidently an excerpt: a release has over a hundred.
const EXCERPT_LOCALITIES: usize = 20;

/// The headings. From the release of April 2026 the file gives the work index with the floor only.
const HEADINGS: [Heading; 8] = [
    Heading {
        all: &["CONTRACTOR"],
        none: &[],
        name: "one column with the heading Medicare Administrative Contractor (MAC)",
        required: true,
    },
    Heading { all: &["STATE"], none: &[], name: "one column with the heading State", required: true },
    Heading {
        all: &["LOCALITYNUMBER"],
        none: &[],
        name: "one column with the heading Locality Number",
        required: true,
    },
    Heading { all: &["LOCALITYNAME"], none: &[], name: "one column with the heading Locality Name", required: true },
    Heading {
        all: &["PWGPCI"],
        none: &["WITHOUT"],
        name: "one column with the heading PW GPCI (with 1.0 Floor)",
        required: true,
    },
    Heading {
        all: &["PWGPCI", "WITHOUT"],
        none: &[],
        name: "at most one column with the heading PW GPCI (without 1.0 Floor)",
        required: false,
    },
    Heading { all: &["PEGPCI"], none: &[], name: "one column with the heading PE GPCI", required: true },
    Heading { all: &["MPGPCI"], none: &[], name: "one column with the heading MP GPCI", required: true },
];

/// Reads the indices (`GPCI....csv`, `.txt` with tabs, `.xlsx`), or the archive of a release of the relative value files that holds them, and gives
/// the bytes of a table.
///
/// The year is taken from the headings; the first day is that of the year, or is `asked`: indices can change within a year.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] and [`ImportError::NoRelease`] for the release.
pub fn gpci(name: &str, bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let mut files = unpacked(name, bytes, |name| {
        let name = name.to_ascii_uppercase();
        name.starts_with("GPCI") && [".CSV", ".TXT", ".XLSX"].iter().any(|end| name.ends_with(end))
    })?;
    let form =
        |name: &str| [".CSV", ".TXT"].iter().position(|end| name.to_ascii_uppercase().ends_with(end)).unwrap_or(2);
    files.sort_by_key(|file| form(&file.name));
    let file = files.first().ok_or(ImportError::File("the archive has no file GPCI..."))?;
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    table(&file.bytes, asked).map_err(|error| error.in_file(name))
}

fn table(bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str =
        "no row has the headings Locality Number and State: give the file GPCI... of the relative value files";
    let workbook = is_workbook(bytes);
    let heading = |row: &Row| {
        let has = |word: &str| row.cells.iter().any(|(_, text)| letters(text).contains(word));
        has("LOCALITYNUMBER") && has("STATE")
    };
    let (at, rows) = sheet_rows(bytes, heading, HEADING)?;
    let (_, rest) = rows.split_at_checked(at).unwrap_or_default();
    let (heading, rows) = rest.split_first().ok_or(ImportError::File(HEADING))?;
    let columns = columns(heading, &[], &HEADINGS)?;
    let release = release(heading, asked)?;
    let mut names = Vec::new();
    let mut written = Vec::new();
    for row in rows {
        let [contractor, state, locality, ..] = columns.map(|column| row.cell(column).trim());
        // Notes stand below the localities, in the first column alone.
        if state.is_empty() && locality.is_empty() {
            continue;
        }
        let wrong =
            |at: usize, expected| ImportError::line(row.number, columns.get(at).copied().unwrap_or(1), expected);
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let contractor = padded(contractor, 5);
        if contractor.len() != 5 || !digits(&contractor) {
            return Err(wrong(0, "a contractor's number of five digits"));
        }
        if state.len() != 2 || !state.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(wrong(1, "a state of two letters"));
        }
        let locality = padded(locality, 2);
        if locality.len() != 2 || !digits(&locality) {
            return Err(wrong(2, "a locality's number of two digits"));
        }
        let mut bytes = Vec::with_capacity(ROW);
        for text in [state, &locality, &contractor, "\0"] {
            bytes.extend(text.as_bytes());
        }
        let index = |at: usize| {
            let column = columns.get(at).copied().unwrap_or_default();
            let index = number(row.cell(column), 3, workbook).and_then(|index| u16::try_from(index).ok());
            index
                .filter(|index| (1..NOT_GIVEN).contains(index))
                .ok_or(wrong(at, "an index with three decimals, as 1.019"))
        };
        let without = if columns.get(5) == Some(&0) { NOT_GIVEN } else { index(5)? };
        for index in [index(4)?, without, index(6)?, index(7)?] {
            bytes.extend(index.to_le_bytes());
        }
        let name = row.cell(columns.get(3).copied().unwrap_or_default()).trim();
        let length = u16::try_from(name.len()).ok().filter(|length| *length > 0);
        bytes.extend(length.ok_or(wrong(3, "the name of the locality"))?.to_le_bytes());
        let offset = u32::try_from(names.len()).map_err(|_| superbill_table::WriteError::TooMuch)?;
        bytes.extend(offset.to_le_bytes());
        names.extend(name.as_bytes());
        let bytes: [u8; ROW] = bytes.try_into().map_err(|_| wrong(3, "the name of the locality"))?;
        written.push((row.number, bytes));
    }
    write(written, names, release)
}

/// The first day: of the year in the headings, or the asked one, which must be in that year.
fn release(heading: &Row, asked: Option<Date>) -> Result<Date, ImportError> {
    let said = heading.cells.iter().find_map(|(_, text)| {
        let text = text.trim();
        text.to_ascii_uppercase().contains("GPCI").then(|| year(text)).flatten()
    });
    match (said, asked) {
        (Some(year), Some(day)) if day.year() != year => {
            Err(ImportError::Release { found: year.to_string(), asked: day.to_string() })
        }
        (_, Some(day)) => Ok(day),
        (Some(year), None) => Date::new(year, 1, 1).map_err(|_| ImportError::NoRelease),
        (None, None) => Err(ImportError::NoRelease),
    }
}

fn write(mut rows: Vec<(u64, [u8; ROW])>, names: Vec<u8>, release: Date) -> Result<Vec<u8>, ImportError> {
    rows.sort_by(|(_, one), (_, other)| state_key(one).cmp(&state_key(other)));
    let mut by_contractor: Vec<u16> =
        (0..u16::try_from(rows.len()).map_err(|_| superbill_table::WriteError::TooMuch)?).collect();
    let at = |place: u16| rows.get(usize::from(place)).map(|(_, row)| contractor_key(row));
    by_contractor.sort_by_key(|place| at(*place));
    let twice = |one: u64, other: u64| Err(ImportError::line(one.max(other), 1, "a locality that no line before has"));
    for ((line, row), (next_line, next)) in rows.iter().zip(rows.iter().skip(1)) {
        if state_key(row) == state_key(next) {
            return twice(*line, *next_line);
        }
    }
    for (place, next) in by_contractor.iter().zip(by_contractor.iter().skip(1)) {
        if at(*place) == at(*next) {
            let line = |place: u16| rows.get(usize::from(place)).map_or(1, |(line, _)| *line);
            return twice(line(*place), line(*next));
        }
    }
    // Addendum E goes from Alabama to Wyoming.
    let has = |state: &[u8]| rows.iter().any(|(_, row)| state_key(row).0 == state);
    let whole = has(b"AL") && has(b"WY");
    // A few localities are an excerpt; of others the table says nothing.
    if rows.is_empty() || !whole && rows.len() >= EXCERPT_LOCALITIES {
        return Err(ImportError::File("the file does not go from Alabama to Wyoming: it is cut short"));
    }
    let mut writer = TableWriter::new(GPCI_KIND);
    let (day, count) = (release.to_string(), rows.len().to_string());
    writer.about([
        ("release", day.as_str()),
        ("source", "Geographic practice cost indices, addendum E"),
        ("rows", count.as_str()),
        ("complete", if whole { "yes" } else { "no" }),
    ]);
    writer.section(FACTS, 1, release.ccyymmdd().to_le_bytes().to_vec());
    writer.section(ROWS, rows.len(), rows.iter().flat_map(|(_, row)| *row).collect());
    writer.section(
        BY_CONTRACTOR,
        by_contractor.len(),
        by_contractor.iter().flat_map(|place| place.to_le_bytes()).collect(),
    );
    writer.section(NAMES, rows.len(), names);
    Ok(writer.finish()?)
}
