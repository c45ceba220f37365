//! The clinical laboratory fee schedule.

use super::sheet::{self, cell, column, day_or_none, modifier_bytes, needed, one_file, price, rank_by_ending, release};
use crate::facts::{FACTS, Facts};
use crate::laboratory::{CLFS_KIND, ROW};
use crate::program::Program;
use crate::quarter::Quarter;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, sheet_rows};

/// Reads the clinical laboratory fee schedule and gives the bytes of a table.
///
/// The official file is text with commas or a workbook, alone or in its archive: some lines of notice, a heading (`YEAR`, `HCPCS`, `MOD`, `EFF_DATE`,
/// `INDICATOR`, `RATE`, descriptors), a row for each code and modifier. The indicator is N for a national rate, L where each contractor prices
/// the test; an L with a rate of zero has none. Descriptors are not kept. The quarter is that of the name (`PUF_CLFS_CY2026_Q4V1.csv`), or of the day
/// `asked`; every row must be of its year.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where the file is of another quarter.
pub fn clfs(name: &str, bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let file = one_file(name, bytes, |inner| {
        rank_by_ending(inner).filter(|_| inner.contains("clfs") || inner.contains("clab"))
    })?;
    let said = [sheet::quarter_said(name), sheet::quarter_said(&file.name)];
    let table = || table(&file.bytes, release(&said, asked)?);
    table().map_err(|error| error.in_file(&file.name))
}

fn table(bytes: &[u8], quarter: Quarter) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str = "no heading of the laboratory fee schedule: YEAR, HCPCS, MOD, EFF_DATE, INDICATOR, RATE";
    let is_code = |text: &str| matches!(text, "hcpcs" | "hcpcs code");
    let is_rate = |text: &str| matches!(text, "rate" | "payment rate" | "national limit");
    let is_heading = |row: &Row| column(row, is_code).is_some() && column(row, is_rate).is_some();
    let (at, rows) = sheet_rows(bytes, is_heading, HEADING)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let year = needed(&heading, |text| text == "year", "the heading YEAR")?;
    let code_column = needed(&heading, is_code, "the heading HCPCS")?;
    let modifier = needed(&heading, |text| matches!(text, "mod" | "modifier"), "the heading MOD")?;
    let effective = column(&heading, |text| text.contains("eff"));
    let indicator = needed(&heading, |text| text.contains("indicator"), "the heading INDICATOR")?;
    let rate = needed(&heading, is_rate, "the heading RATE")?;

    let mut fees = BTreeMap::new();
    for row in rows.filter(|row| !sheet::is_note(row)) {
        let of_year = |text: &str| (text.parse() == Ok(quarter.year())).then_some(());
        cell(&row, year, of_year, "the year of the release: rows of another year do not belong")?;
        let code = sheet::code(&row, code_column)?;
        let modifier = modifier_bytes(&row, modifier)?;
        let letter = |text: &str| match text {
            "N" | "n" => Some(b'N'),
            "L" | "l" => Some(b'L'),
            _ => None,
        };
        let letter = cell(&row, indicator, letter, "the indicator N or L")?;
        let effective = effective.map(|column| day_or_none(&row, column)).transpose()?.flatten();
        let mut rate = price(&row, Some(rate))?;
        if letter == b'L' && rate == [0; 8] {
            rate = [0xFF; 8];
        }
        let mut bytes = [0; ROW];
        let parts = modifier.into_iter().chain([letter, 0]);
        let parts = parts.chain(effective.map_or(0, Date::ccyymmdd).to_le_bytes()).chain(rate);
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        if fees.insert((code, modifier), bytes).is_some() {
            return Err(ImportError::line(
                row.number,
                code_column,
                "a code and modifier that do not stand in the table already",
            ));
        }
    }
    if fees.is_empty() {
        return Err(ImportError::line(heading.number, code_column, "rows of codes below the heading"));
    }
    let rows: Vec<_> = fees.into_iter().map(|((code, _), row)| (code, row)).collect();
    let mut writer = TableWriter::new(CLFS_KIND);
    let (day, count) = (quarter.first().to_string(), rows.len().to_string());
    writer.about([("release", day.as_str()), ("source", "clinical laboratory fee schedule"), ("rows", count.as_str())]);
    writer.section(FACTS, 1, Facts { quarter, program: Program::Medicare, detail: 0 }.bytes());
    crate::groups::write(&rows, &mut writer)?;
    Ok(writer.finish()?)
}
