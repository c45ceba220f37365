//! The average sales price files.

use super::sheet::{self, cell, column, needed, one_file, price, rank_by_ending, release};
use crate::asp::{ASP_KIND, DRUGS, ROW};
use crate::facts::{FACTS, Facts};
use crate::program::Program;
use crate::quarter::Quarter;
use crate::service_code::ServiceCode;
use crate::words::WordsWriter;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, sheet_rows};

/// Reads the payment limits of drugs and gives the bytes of a table.
///
/// The official file is text with commas or a workbook, alone or in its archive: some lines of notice (one says `Effective October 1, 2026 through
/// December 31, 2026`), a heading (`HCPCS Code`, `Short Description`, `HCPCS Code Dosage`, `Payment Limit`, from 2023 `Co-insurance Percentage`, `Vaccine AWP%`,
/// `Vaccine Limit`, `Blood AWP%`, `Blood limit`, `Clotting Factor`, `Notes`), a row for each code. Crosswalks and the files of drugs without a code are
/// other files. Descriptions of Level II codes alone are kept. The quarter is that of the notice or the name, or of the day `asked`.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where the file is of another quarter.
pub fn asp(name: &str, bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let other =
        |inner: &str| ["crosswalk", "cross walk", "ndc", "noc", "not payable"].iter().any(|word| inner.contains(word));
    let file = one_file(name, bytes, |inner| rank_by_ending(inner).filter(|_| !other(inner)))?;
    let said = [sheet::quarter_said(name), sheet::quarter_said(&file.name)];
    table(&file.bytes, said, asked).map_err(|error| error.in_file(&file.name))
}

fn table(bytes: &[u8], said: [Option<Quarter>; 2], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str = "no heading of payment limits of drugs: HCPCS Code, HCPCS Code Dosage, Payment Limit";
    let is_code = |text: &str| matches!(text, "hcpcs code" | "hcpcs");
    let is_limit = |text: &str| text == "payment limit";
    let is_heading = |row: &Row| column(row, is_code).is_some() && column(row, is_limit).is_some();
    let (at, rows) = sheet_rows(bytes, is_heading, HEADING)?;
    let notice = sheet::quarter_of_notice(rows.get(..at).unwrap_or_default(), |line| line.contains("effective"));
    let quarter = release(&[said[0], said[1], notice], asked)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let code_column = needed(&heading, is_code, "the heading HCPCS Code")?;
    let dosage = needed(&heading, |text| text.contains("dosage"), "the heading HCPCS Code Dosage")?;
    let limit = needed(&heading, is_limit, "the heading Payment Limit")?;
    let description = column(&heading, |text| text.contains("short desc"));
    let is = |first: &'static str, second: &'static str| {
        column(&heading, move |text| text.contains(first) && text.contains(second))
    };
    let limits = [Some(limit), is("vaccine", "limit"), is("blood", "limit")];
    let shares = [is("insurance", "percent"), is("vaccine", "awp"), is("blood", "awp")];
    let clotting = is("clotting", "factor");
    let notes = column(&heading, |text| text.starts_with("note"));

    let mut drugs: BTreeMap<ServiceCode, [u8; ROW]> = BTreeMap::new();
    let mut words = WordsWriter::default();
    for row in rows.filter(|row| !sheet::is_note(row)) {
        let code = sheet::code(&row, code_column)?;
        let mut parts = Vec::with_capacity(ROW);
        for column in limits {
            parts.extend(price(&row, column)?);
        }
        for column in shares {
            let share = column
                .map(|column| cell(&row, column, share, "a percentage, as 20.000 or 95%, or nothing"))
                .transpose()?;
            parts.extend(share.flatten().unwrap_or(u32::MAX).to_le_bytes());
        }
        // Other levels' descriptions are not ours to keep.
        let level_two = code.hcpcs().is_some() && !code.as_str().starts_with('D');
        for column in [Some(dosage), description.filter(|_| level_two), notes] {
            let text = column.map(|column| row.cell(column).trim()).filter(|text| !text.is_empty());
            parts.extend(text.map_or(u32::MAX, |text| words.number(text)).to_le_bytes());
        }
        let factor =
            clotting.is_some_and(|column| !matches!(row.cell(column).trim(), "" | "0" | "N" | "No" | "NA" | "N/A"));
        parts.push(u8::from(factor));
        let mut bytes = [0; ROW];
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        if drugs.insert(code, bytes).is_some_and(|before| before != bytes) {
            return Err(ImportError::line(
                row.number,
                code_column,
                "a code that does not stand in the table with another price",
            ));
        }
    }
    if drugs.is_empty() {
        return Err(ImportError::line(heading.number, code_column, "rows of codes below the heading"));
    }
    let codes: Vec<_> = drugs.keys().copied().collect();
    let mut writer = TableWriter::new(ASP_KIND);
    let (day, count) = (quarter.first().to_string(), codes.len().to_string());
    writer.about([("release", day.as_str()), ("source", "payment limits of Part B drugs"), ("rows", count.as_str())]);
    writer.section(FACTS, 1, Facts { quarter, program: Program::Medicare, detail: 0 }.bytes());
    crate::code_index::write(&codes, &mut writer)?;
    writer.section(DRUGS, codes.len(), drugs.into_values().flatten().collect());
    words.write(&mut writer)?;
    Ok(writer.finish()?)
}

/// A percentage in parts per million; `None` is none.
fn share(text: &str) -> Option<Option<u32>> {
    if matches!(text, "" | "." | "NA" | "N/A") {
        return Some(None);
    }
    let thousandths = sheet::decimal(text.trim_end_matches('%'), 3)?;
    u32::try_from(thousandths.checked_mul(10)?).ok().map(Some)
}
