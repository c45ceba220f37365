//! Where the fields of the relative value file stand: under headings of several rows, or at fixed places of a line.

use super::table_row::{Heading, columns};
use superbill_table::import::{ImportError, Row, decode, is_workbook, lines, sheet_rows};

/// The fields, in the order of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Field {
    Code,
    Modifier,
    Status,
    NotUsed,
    Work,
    NonFacility,
    NonFacilityNa,
    Facility,
    FacilityNa,
    Malpractice,
    NonFacilityTotal,
    FacilityTotal,
    Component,
    Global,
    Preoperative,
    Intraoperative,
    Postoperative,
    Multiple,
    Bilateral,
    Assistant,
    CoSurgeon,
    Team,
    Pricing,
    Base,
    Factor,
    Supervision,
    Calculation,
    Family,
    OppsNonFacility,
    OppsFacility,
    OppsMalpractice,
}

const FIELDS: usize = 31;

const fn column(all: &'static [&'static str], none: &'static [&'static str], name: &'static str) -> Heading {
    Heading { all, none, name, required: true }
}

/// The headings of the columns. The words are those of the releases from 2024 to 2026; the file of 2024 and 2025 has no pricing indicator.
const HEADINGS: [Heading; FIELDS] = [
    column(&["HCPCS"], &[], "one column with the heading HCPCS"),
    column(&["MOD"], &["HCPCS"], "one column with the heading MOD"),
    column(&["STATUS"], &[], "one column with the heading STATUS CODE"),
    column(&["NOTUSED"], &[], "one column with the heading NOT USED FOR MEDICARE PAYMENT"),
    column(&["WORK", "RVU"], &[], "one column with the heading WORK RVU"),
    column(&["NONFAC", "PERVU"], &["OPPS"], "one column with the heading NON-FAC PE RVU"),
    column(&["NONFAC", "NAIND"], &[], "one column with the heading NON-FAC NA INDICATOR"),
    column(&["FACILITY", "PERVU"], &["NONFAC", "OPPS"], "one column with the heading FACILITY PE RVU"),
    column(&["FACILITY", "NAIND"], &["NONFAC"], "one column with the heading FACILITY NA INDICATOR"),
    column(&["MPRVU"], &["OPPS"], "one column with the heading MP RVU"),
    column(&["NONFAC", "TOTAL"], &[], "one column with the heading NON-FACILITY TOTAL"),
    column(&["FACILITY", "TOTAL"], &["NONFAC"], "one column with the heading FACILITY TOTAL"),
    column(&["PCTC"], &[], "one column with the heading PCTC IND"),
    column(&["GLOB"], &[], "one column with the heading GLOB DAYS"),
    column(&["PREOP"], &[], "one column with the heading PRE OP"),
    column(&["INTRAOP"], &[], "one column with the heading INTRA OP"),
    column(&["POSTOP"], &[], "one column with the heading POST OP"),
    column(&["MULT"], &[], "one column with the heading MULT PROC"),
    column(&["BILAT"], &[], "one column with the heading BILAT SURG"),
    column(&["ASST"], &[], "one column with the heading ASST SURG"),
    column(&["COSURG"], &[], "one column with the heading CO-SURG"),
    column(&["TEAM"], &[], "one column with the heading TEAM SURG"),
    Heading { required: false, ..column(&["PRICIND"], &[], "at most one column with the heading PRIC IND") },
    column(&["ENDO"], &[], "one column with the heading ENDO BASE"),
    column(&["CONVFACTOR"], &[], "one column with the heading CONV FACTOR"),
    column(&["SUPERVISION"], &[], "one column with the heading PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES"),
    column(&["CALCULATION"], &[], "one column with the heading CALCULATION FLAG"),
    column(&["FAMILY"], &[], "one column with the heading DIAGNOSTIC IMAGING FAMILY INDICATOR"),
    column(&["NONFAC", "OPPS"], &[], "one column with the heading NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT"),
    column(&["FACILITY", "OPPS"], &["NONFAC"], "one column with the heading FACILITY PE USED FOR OPPS PAYMENT AMOUNT"),
    column(&["MP", "OPPS"], &["FACILITY"], "one column with the heading MP USED FOR OPPS PAYMENT AMOUNT"),
];

/// The first and last character of each field in the fixed form, from 1 (record layout of RVU26A, data record of 200 characters).
const PLACES: [(u32, u32); FIELDS] = [
    (1, 5),
    (6, 7),
    (58, 58),
    (59, 59),
    (60, 65),
    (67, 72),
    (73, 74),
    (76, 81),
    (82, 83),
    (85, 89),
    (91, 96),
    (97, 102),
    (103, 103),
    (104, 106),
    (107, 109),
    (110, 112),
    (113, 115),
    (116, 116),
    (117, 117),
    (118, 118),
    (119, 119),
    (120, 120),
    (121, 121),
    (128, 132),
    (133, 140),
    (142, 143),
    (144, 144),
    (146, 147),
    (152, 157),
    (159, 164),
    (166, 171),
];

/// Rows of headings above the one that begins with `HCPCS`.
const ABOVE: usize = 4;

const HEADING: &str = "this is no relative value file: no row begins with HCPCS and MOD, and no line with HDR; give the file PPRRVU... of the release";

/// The lines of a file, with their fields.
#[derive(Debug)]
pub(crate) struct Lines {
    /// What stands above the lines.
    pub(crate) titles: Vec<String>,
    /// The lines; each with the number it has in the file.
    pub(crate) lines: Vec<Line>,
    /// Whether numbers may stand in binary.
    pub(crate) workbook: bool,
}

/// A line with its fields.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) number: u64,
    fields: [(u32, String); FIELDS],
}

impl Line {
    /// The text of a field.
    pub(crate) fn text(&self, field: Field) -> &str {
        self.fields.get(field as usize).map_or("", |(_, text)| text)
    }

    /// What is wrong with a field.
    pub(crate) fn expected(&self, field: Field, expected: &'static str) -> ImportError {
        ImportError::line(self.number, self.fields.get(field as usize).map_or(1, |(column, _)| *column), expected)
    }
}

/// The lines of a file in any of its forms. What is neither code nor number (the descriptor) is not looked at.
///
/// # Errors
/// [`ImportError`] where the file is not of this form or a line is cut short.
pub(crate) fn read(bytes: &[u8]) -> Result<Lines, ImportError> {
    let workbook = is_workbook(bytes);
    if !workbook {
        let text = decode(bytes)?;
        if text.trim_start().starts_with("HDR") {
            return fixed(&text);
        }
    }
    let heading = |row: &Row| row.cell(1).trim() == "HCPCS" && row.cell(2).trim().starts_with("MOD");
    let (at, rows) = sheet_rows(bytes, heading, HEADING)?;
    let (before, rest) = rows.split_at_checked(at).unwrap_or_default();
    let (heading, rows) = rest.split_first().ok_or(ImportError::File(HEADING))?;
    let above = before.get(before.len().saturating_sub(ABOVE)..).unwrap_or_default();
    let columns = columns(heading, above, &HEADINGS)?;
    let last = heading.cells.last().map_or(0, |(column, _)| *column);
    let titles = before.iter().flat_map(|row| row.cells.iter().map(|(_, text)| text.clone())).collect();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        if row.cells.iter().all(|(_, text)| text.trim_matches([' ', '\u{1A}']).is_empty()) {
            continue;
        }
        if !workbook && row.cells.last().is_none_or(|(column, _)| *column != last) {
            let end = row.cells.last().map_or(1, |(column, _)| *column);
            return Err(ImportError::line(
                row.number,
                end,
                "as many columns as the heading has: the line is cut short or mixed",
            ));
        }
        let fields = columns.map(|column| (column, row.cell(column).trim().to_owned()));
        lines.push(Line { number: row.number, fields });
    }
    Ok(Lines { titles, lines, workbook })
}

fn fixed(text: &str) -> Result<Lines, ImportError> {
    let (mut titles, mut all) = (Vec::new(), Vec::new());
    for (number, line) in lines(text) {
        if line.starts_with("HDR") {
            titles.push(line.to_owned());
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        // Descriptors can have letters beyond ASCII: places are counted in characters.
        let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
        let need = PLACES.last().map_or(0, |(first, _)| *first as usize);
        if ends.len() <= need {
            let end = u32::try_from(ends.len()).unwrap_or(u32::MAX);
            return Err(ImportError::line(number, end, "a line of 171 characters or more: the line is cut short"));
        }
        let part = |(first, last): (u32, u32)| {
            let at = |place: u32| ends.get(place as usize).copied().unwrap_or(line.len());
            (first, line.get(at(first - 1)..at(last)).unwrap_or_default().trim().to_owned())
        };
        all.push(Line { number, fields: PLACES.map(part) });
    }
    Ok(Lines { titles, lines: all, workbook: false })
}
