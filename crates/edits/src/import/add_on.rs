//! The add-on code edits.

use super::mue::program_of;
use super::sheet::{self, cell, column, day, day_or_none, needed, one_file, rank_by_ending, release};
use crate::add_on::{ADD_ON_KIND, AddOnType, ROW};
use crate::facts::{FACTS, Facts};
use crate::program::Program;
use crate::service_code::ServiceCode;
use std::collections::BTreeSet;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, decode, is_workbook, lines, sheet_rows};

/// What stands for primary codes that the contractor defines.
const CONTRACTOR: &str = "CCCCC";

/// Reads the add-on code edits and gives the bytes of a table.
///
/// The official file is text with tabs, or a workbook: a notice, a heading (`AOC_Edit_Type`, `Add-On_Code`, `AOC_DelDT`, `Primary_Code`,
/// `Primary_Code_DelDT`, `AOC_Edit_EffDT`, `AOC_Edit_DelDT`, `Special_Instruction_Notes`), a row for each add-on code with each primary code; or text
/// of fixed columns without a heading (`...-F-MCR.txt`): type 1, add-on code 2-6, its last day 7-13, primary code 14-18, its last day 19-25, first
/// day 26-32 and last day 33-39 of the edit. Days are a year and the day of the year, as 2026182. The quarter is that of the name of the file
/// (`AOC_V2026Q3-MCR.txt`), or of the day `asked`. A row that stands twice is kept once.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where the file is of another quarter or program
/// than it is said to be.
pub fn add_on(name: &str, bytes: &[u8], program: Program, asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let rank = |inner: &str| {
        let fixed = inner.contains("-f-") || inner.contains("_f_");
        rank_by_ending(inner)
            .filter(|_| inner.contains("aoc") || inner.contains("add"))
            .map(|rank| rank + u8::from(fixed) * 8)
    };
    let file = one_file(name, bytes, rank)?;
    let quarter = release(&[sheet::quarter_said(name), sheet::quarter_said(&file.name)], asked)
        .and_then(|quarter| program_of(&[name, &file.name], program).map(|()| quarter))
        .map_err(|error| error.in_file(name))?;
    let table = || {
        let edits = if is_fixed(&file.bytes) { fixed(&file.bytes)? } else { columns(&file.bytes)? };
        write(edits, Facts { quarter, program, detail: 0 })
    };
    table().map_err(|error| error.in_file(&file.name))
}

/// Add-on code, key of the primary code, first day, last day, type.
type Edit = (ServiceCode, u32, u32, u32, u8);

/// Whether a text has fixed columns: its first line begins with a type and two codes.
fn is_fixed(bytes: &[u8]) -> bool {
    let Some(line) = bytes.split(|byte| *byte == b'\n').next().filter(|_| !is_workbook(bytes)) else { return false };
    let code = |from: usize| line.get(from..from + 5).is_some_and(|code| ServiceCode::from_bytes(code).is_some());
    line.first().is_some_and(|byte| (b'1'..=b'3').contains(byte)) && code(1) && code(13)
}

fn fixed(bytes: &[u8]) -> Result<BTreeSet<Edit>, ImportError> {
    const FIELDS: [(u32, usize); 7] = [(1, 1), (2, 5), (7, 7), (14, 5), (19, 7), (26, 7), (33, 7)];
    let text = decode(bytes)?;
    let mut edits = BTreeSet::new();
    for (number, line) in lines(&text) {
        let field = |(at, length): (u32, usize)| {
            let start = at as usize - 1;
            (at, line.get(start..(start + length).min(line.len())).unwrap_or_default().to_owned())
        };
        if line.len() < 32 {
            return Err(ImportError::line(
                number,
                line.len() as u32 + 1,
                "an edit of 32 characters or more: the line is cut short",
            ));
        }
        let row = Row { number, cells: FIELDS.map(field).to_vec() };
        edits.insert(read(&row, [1, 2, 14, 26], [33, 7, 19].map(Some))?);
    }
    Ok(edits)
}

fn columns(bytes: &[u8]) -> Result<BTreeSet<Edit>, ImportError> {
    const HEADING: &str =
        "no heading of add-on code edits: AOC_Edit_Type, Add-On_Code, Primary_Code, AOC_Edit_EffDT, AOC_Edit_DelDT";
    let is_add_on = |text: &str| matches!(text, "add on code" | "addon code" | "aoc" | "aoc code");
    let is_primary = |text: &str| matches!(text, "primary code" | "primary procedure code");
    let is_heading = |row: &Row| column(row, is_add_on).is_some() && column(row, is_primary).is_some();
    let (at, rows) = sheet_rows(bytes, is_heading, HEADING)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let is_deletion = |text: &str| text.contains("del");
    let needed = [
        needed(&heading, |text| text.contains("type"), "the heading AOC_Edit_Type")?,
        needed(&heading, is_add_on, "the heading Add-On_Code")?,
        needed(&heading, is_primary, "the heading Primary_Code")?,
        needed(&heading, |text| text.contains("eff"), "the heading AOC_Edit_EffDT")?,
    ];
    let deletions = [
        column(&heading, |text| is_deletion(text) && text.contains("edit")),
        column(&heading, |text| is_deletion(text) && !text.contains("edit") && !text.contains("primary")),
        column(&heading, |text| is_deletion(text) && text.contains("primary")),
    ];
    let mut edits = BTreeSet::new();
    for row in rows.filter(|row| !sheet::is_empty(row)) {
        edits.insert(read(&row, needed, deletions)?);
    }
    if edits.is_empty() {
        return Err(ImportError::line(heading.number, 1, "rows of edits below the heading"));
    }
    Ok(edits)
}

fn read(row: &Row, needed: [u32; 4], deletions: [Option<u32>; 3]) -> Result<Edit, ImportError> {
    let [kind, add_on, primary, effective] = needed;
    let number = |text: &str| text.parse().ok().and_then(AddOnType::from_number);
    let of = cell(row, kind, number, "the type 1, 2 or 3")?;
    let primary_code = sheet::code(row, primary)?;
    let key = if primary_code.as_str() == CONTRACTOR { 0 } else { primary_code.key() as u32 };
    if key == 0 && of == AddOnType::Listed {
        return Err(ImportError::line(
            row.number,
            primary,
            "a primary code: a type 1 add-on code has no others than listed ones",
        ));
    }
    let first = cell(row, effective, day, "the first day of the edit, as 2026182")?;
    let mut last: Option<Date> = None;
    for column in deletions.into_iter().flatten() {
        let day = day_or_none(row, column)?;
        last = match (last, day) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    Ok((sheet::code(row, add_on)?, key, first.ccyymmdd(), last.map_or(0, Date::ccyymmdd), of.number()))
}

fn write(edits: BTreeSet<Edit>, facts: Facts) -> Result<Vec<u8>, ImportError> {
    let row = |(add_on, primary, first, last, kind): Edit| {
        let mut row = [0; ROW];
        let numbers = [primary, first, last, kind.into()].map(u32::to_le_bytes);
        for (place, byte) in row.iter_mut().zip(numbers.as_flattened()) {
            *place = *byte;
        }
        (add_on, row)
    };
    let rows: Vec<_> = edits.into_iter().map(row).collect();
    let mut writer = TableWriter::new(ADD_ON_KIND);
    let (day, count) = (facts.quarter.first().to_string(), rows.len().to_string());
    writer.about([
        ("release", day.as_str()),
        ("source", "NCCI add-on code edits"),
        ("rows", count.as_str()),
        ("program", facts.program.name()),
    ]);
    writer.section(FACTS, 1, facts.bytes());
    crate::groups::write(&rows, &mut writer)?;
    Ok(writer.finish()?)
}
