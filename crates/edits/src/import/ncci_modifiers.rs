//! A list of modifiers that set edits of code pairs aside.

use super::sheet::{self, cell, column, day_or_none, needed, one_file, rank_by_ending};
use crate::facts::FACTS;
use crate::ncci_modifiers::{ModifierClass, NCCI_MODIFIERS_KIND, ROW, ROWS};
use crate::program::Program;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, sheet_rows};

/// Reads a list of the modifiers that set edits of code pairs aside and gives the bytes of a table.
///
/// There is no official file; the list is text with commas or tabs, or a workbook, with a heading of these columns, the first needed: `modifier`,
/// `class` (`anatomic`, `global_surgery`, `other`), `effective` and `deletion` (first and last day), `column 1 from` (first day on which it counts on
/// the column 1 code too). The release is the first day that stands in it, else the first of the list's program.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be.
pub fn ncci_modifiers(name: &str, bytes: &[u8], program: Program) -> Result<Vec<u8>, ImportError> {
    let file = one_file(name, bytes, rank_by_ending)?;
    table(&file.bytes, program).map_err(|error| error.in_file(&file.name))
}

fn table(bytes: &[u8], program: Program) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str = "no heading of a list of modifiers: modifier, class, effective, deletion, column 1 from";
    let is_modifier = |text: &str| text == "modifier";
    let (at, rows) = sheet_rows(bytes, |row| column(row, is_modifier).is_some(), HEADING)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let modifier_column = needed(&heading, is_modifier, "the heading modifier")?;
    let class = column(&heading, |text| text.contains("class"));
    let column_one = column(&heading, |text| text.contains("column 1") || text.contains("column one"));
    let effective = column(&heading, |text| text.contains("eff"));
    let deletion = column(&heading, |text| text.contains("del") || text.contains("end"));

    let mut modifiers = BTreeMap::new();
    let mut first_day: Option<Date> = None;
    for row in rows.filter(|row| !sheet::is_empty(row)) {
        const MODIFIER: &str = "a modifier of two letters and digits";
        let modifier =
            sheet::modifier(&row, modifier_column)?.ok_or(ImportError::line(row.number, modifier_column, MODIFIER))?;
        let class = match class {
            Some(column) => cell(&row, column, |text| text.parse().ok(), "anatomic, global_surgery or other")?,
            None => ModifierClass::Other,
        };
        let day = |column: Option<u32>| column.map_or(Ok(None), |column| day_or_none(&row, column));
        let (first, last, column_one) = (day(effective)?, day(deletion)?, day(column_one)?);
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            return Err(ImportError::line(
                row.number,
                deletion.unwrap_or(1),
                "a last day that is not before the first",
            ));
        }
        first_day = match (first_day, first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let number = |day: Option<Date>| day.map_or(0, Date::ccyymmdd).to_le_bytes();
        let mut bytes = [0; ROW];
        let parts = modifier.as_str().bytes().chain([class as u8, 0]);
        let parts = parts.chain([number(first), number(last), number(column_one)].into_iter().flatten());
        for (place, byte) in bytes.iter_mut().zip(parts) {
            *place = byte;
        }
        if modifiers.insert((modifier, first), bytes).is_some() {
            return Err(ImportError::line(
                row.number,
                modifier_column,
                "a modifier that does not stand in the list already",
            ));
        }
    }
    if modifiers.is_empty() {
        return Err(ImportError::line(heading.number, modifier_column, "rows of modifiers below the heading"));
    }
    let begin = match program {
        Program::Medicare => "1996-01-01".to_owned(),
        Program::Medicaid => "2010-10-01".to_owned(),
    };
    let (release, count) = (first_day.map_or(begin, |day| day.to_string()), modifiers.len().to_string());
    let mut writer = TableWriter::new(NCCI_MODIFIERS_KIND);
    writer.about([
        ("release", release.as_str()),
        ("source", "a list of NCCI PTP-associated modifiers"),
        ("rows", count.as_str()),
        ("program", program.name()),
    ]);
    writer.section(FACTS, 1, vec![u8::from(program == Program::Medicaid)]);
    writer.section(ROWS, modifiers.len(), modifiers.into_values().flatten().collect());
    Ok(writer.finish()?)
}
