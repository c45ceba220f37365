//! Addendum B of the outpatient prospective payment system.

use super::sheet::{self, amount, cell, column, needed, one_file, price, rank_by_ending, release};
use crate::facts::{FACTS, Facts};
use crate::opps::{OPPS_KIND, ROW, SERVICES};
use crate::program::Program;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, sheet_rows};

/// Reads Addendum B and gives the bytes of a table.
///
/// The official file is text with commas or a workbook, alone or in its archive: some lines of notice, a heading (`HCPCS Code`, `Short Descriptor`,
/// `SI`, `APC`, `Relative Weight`, `Payment Rate`, `National Unadjusted Copayment`, `Minimum Unadjusted Copayment`, and from 2023 `Adjusted Beneficiary
/// Copayment`), a row for each code. Amounts finer than a thousandth of a dollar are rounded, a half upward; a lone `.` is no amount. Descriptors are not kept. The
/// quarter is that of the name of the file (`2026 July Web Addendum B...`) or of the notice, or of the day `asked`.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where the file is of another quarter.
pub fn opps(name: &str, bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let other =
        |inner: &str| ["addendum a", "addendum_a", "addendum c", "addendum d"].iter().any(|word| inner.contains(word));
    let file = one_file(name, bytes, |inner| rank_by_ending(inner).filter(|_| !other(inner)))?;
    let said = [sheet::quarter_said(name), sheet::quarter_said(&file.name)];
    table(&file.bytes, said, asked).map_err(|error| error.in_file(&file.name))
}

fn table(bytes: &[u8], said: [Option<crate::Quarter>; 2], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str = "no heading of Addendum B: HCPCS Code, SI, APC, Relative Weight, Payment Rate, National and Minimum Unadjusted Copayment";
    let is_code = |text: &str| matches!(text, "hcpcs code" | "hcpcs" | "hcpcs cpt code");
    let is_status = |text: &str| matches!(text, "si" | "status indicator" | "ci si" | "opps si");
    let is_heading = |row: &Row| column(row, is_code).is_some() && column(row, is_status).is_some();
    let (at, rows) = sheet_rows(bytes, is_heading, HEADING)?;
    let notice = sheet::quarter_of_notice(rows.get(..at).unwrap_or_default(), |line| line.contains("addendum b"));
    let quarter = release(&[said[0], said[1], notice], asked)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let code_column = needed(&heading, is_code, "the heading HCPCS Code")?;
    let status = needed(&heading, is_status, "the heading SI")?;
    let apc = needed(&heading, |text| text == "apc", "the heading APC")?;
    let weight = needed(&heading, |text| text.contains("relative weight"), "the heading Relative Weight")?;
    let is_copayment = |text: &str, which: &str| text.contains(which) && text.contains("copayment");
    let amounts = [
        Some(needed(&heading, |text| text.contains("payment rate"), "the heading Payment Rate")?),
        Some(needed(&heading, |text| is_copayment(text, "national"), "the heading National Unadjusted Copayment")?),
        Some(needed(&heading, |text| is_copayment(text, "minimum"), "the heading Minimum Unadjusted Copayment")?),
        column(&heading, |text| is_copayment(text, "adjusted beneficiary")),
    ];
    let mut services = BTreeMap::new();
    for row in rows.filter(|row| !sheet::is_note(row)) {
        let code = sheet::code(&row, code_column)?;
        let indicator =
            cell(&row, status, |text| text.parse::<crate::StatusIndicator>().ok(), "a status indicator, as J1")?;
        let read = |text: &str| if text.is_empty() { Some(0) } else { sheet::decimal(text, 0)?.try_into().ok() };
        let apc: u16 = cell(&row, apc, read, "an APC, as 5012, or nothing")?;
        let weight = amount(&row, weight, 4, "a relative weight, or nothing")?;
        let mut prices = Vec::new();
        for column in amounts {
            prices.extend(price(&row, column)?);
        }
        let mut bytes = [0; ROW];
        let parts = indicator.bytes().into_iter().chain(apc.to_le_bytes());
        let parts = parts.chain(weight.unwrap_or(u32::MAX).to_le_bytes()).chain(prices);
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        if services.insert(code, bytes).is_some() {
            return Err(ImportError::line(row.number, code_column, "a code that does not stand in the table already"));
        }
    }
    if services.is_empty() {
        return Err(ImportError::line(heading.number, code_column, "rows of codes below the heading"));
    }
    let codes: Vec<_> = services.keys().copied().collect();
    let mut writer = TableWriter::new(OPPS_KIND);
    let (day, count) = (quarter.first().to_string(), codes.len().to_string());
    writer.about([("release", day.as_str()), ("source", "OPPS Addendum B"), ("rows", count.as_str())]);
    writer.section(FACTS, 1, Facts { quarter, program: Program::Medicare, detail: 0 }.bytes());
    crate::code_index::write(&codes, &mut writer)?;
    writer.section(SERVICES, codes.len(), services.into_values().flatten().collect());
    Ok(writer.finish()?)
}
