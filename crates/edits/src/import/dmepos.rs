//! The DMEPOS fee schedule.

use super::sheet::{self, amount, cell, column, modifier_bytes, needed, one_file, rank_by_ending, release, words};
use crate::dmepos::{AREAS, DMEPOS_KIND, DmeposZone, FEES, ROW};
use crate::facts::{FACTS, Facts};
use crate::program::Program;
use crate::quarter::Quarter;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, sheet_rows};

/// Reads the DMEPOS fee schedule and gives the bytes of a table.
///
/// The official file is text with commas or a workbook, alone or in its archive (`DMEPOS26_JUL.csv`; the text with `~` beside it and the files of
/// enteral nutrition and ZIP codes are other files): some lines of notice, a heading (`HCPCS`, `Mod`, `Mod2`, `JURIS`, `CATG`, `Ceiling`, `Floor`, a column
/// for each state, most with `(NR)` for its non-rural and one with `(R)` for its rural part, `Description`), a row for each code and modifiers. A fee of zero is none.
/// Descriptions are not kept. The quarter is that of the name or the notice, or of the day `asked`.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where the file is of another quarter.
pub fn dmepos(name: &str, bytes: &[u8], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    // The text with `~` ends with .txt.
    let rank = |inner: &str| rank_by_ending(inner).filter(|_| inner.starts_with("dmepos") && !inner.ends_with(".txt"));
    let file = one_file(name, bytes, rank)?;
    let said = [sheet::quarter_said(name), sheet::quarter_said(&file.name)];
    table(&file.bytes, said, asked).map_err(|error| error.in_file(&file.name))
}

/// The state and zone of a heading, as `AL (NR)`, `AL(R)` or `PR`.
fn area(heading: &str) -> Option<([u8; 2], DmeposZone)> {
    let words = words(heading);
    let (state, zone) = match words.split_once(' ') {
        None => (words.as_str(), DmeposZone::Whole),
        Some((state, "nr")) => (state, DmeposZone::NonRural),
        Some((state, "r")) => (state, DmeposZone::Rural),
        Some(_) => return None,
    };
    let letters: [u8; 2] = state.as_bytes().try_into().ok()?;
    letters.iter().all(u8::is_ascii_lowercase).then(|| (letters.map(|letter| letter.to_ascii_uppercase()), zone))
}

fn table(bytes: &[u8], said: [Option<Quarter>; 2], asked: Option<Date>) -> Result<Vec<u8>, ImportError> {
    const HEADING: &str =
        "no heading of the DMEPOS fee schedule: HCPCS, Mod, Mod2, JURIS, CATG, Ceiling, Floor, AL (NR), AL (R), ...";
    let is_code = |text: &str| matches!(text, "hcpcs" | "hcpcs code");
    let is_category = |text: &str| matches!(text, "catg" | "category");
    let is_heading = |row: &Row| column(row, is_code).is_some() && column(row, is_category).is_some();
    let (at, rows) = sheet_rows(bytes, is_heading, HEADING)?;
    let notice = sheet::quarter_of_notice(rows.get(..at).unwrap_or_default(), |line| {
        line.contains("fee schedule") || line.contains("release") || line.contains("quarter")
    });
    let quarter = release(&[said[0], said[1], notice], asked)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let code_column = needed(&heading, is_code, "the heading HCPCS")?;
    let modifiers = [
        needed(&heading, |text| matches!(text, "mod" | "mod1"), "the heading Mod")?,
        needed(&heading, |text| text == "mod2", "the heading Mod2")?,
    ];
    let jurisdiction = needed(&heading, |text| text.starts_with("juris"), "the heading JURIS")?;
    let category = needed(&heading, is_category, "the heading CATG")?;
    let bounds = ["ceiling", "floor"].map(|name| column(&heading, |text| text == name));
    let areas: Vec<_> =
        heading.cells.iter().filter_map(|(column, text)| area(text).map(|area| (*column, area))).collect();
    if areas.is_empty() {
        return Err(ImportError::line(heading.number, 1, "headings of states, as AL (NR) and AL (R)"));
    }
    let mut items = BTreeMap::new();
    for row in rows.filter(|row| !sheet::is_note(row)) {
        let code = sheet::code(&row, code_column)?;
        let mut parts = Vec::with_capacity(ROW);
        for column in modifiers {
            parts.extend(modifier_bytes(&row, column)?);
        }
        let place = parts.clone();
        let letter = |text: &str| match text.as_bytes() {
            [] => Some(0),
            [letter] if letter.is_ascii_alphabetic() => Some(letter.to_ascii_uppercase()),
            _ => None,
        };
        parts.push(cell(&row, jurisdiction, letter, "a jurisdiction of one letter, or nothing")?);
        let two = |text: &str| match text.as_bytes() {
            [] => Some([0, 0]),
            [one] if one.is_ascii_alphanumeric() => Some([*one, 0]),
            [one, two] if one.is_ascii_alphanumeric() && two.is_ascii_alphanumeric() => Some([*one, *two]),
            _ => None,
        };
        parts.extend(cell(&row, category, two, "a category of two letters, or nothing")?);
        parts.push(0);
        let fee = |column| {
            let fee = amount(&row, column, 2, "an amount of dollars, or nothing")?.filter(|cents| *cents != 0);
            Ok::<_, ImportError>(fee.unwrap_or(u32::MAX).to_le_bytes())
        };
        for column in bounds {
            parts.extend(column.map(fee).transpose()?.unwrap_or([0xFF; 4]));
        }
        let mut fees = Vec::with_capacity(areas.len());
        for (column, _) in &areas {
            fees.push(fee(*column)?);
        }
        let mut bytes = [0; ROW];
        for (to, byte) in bytes.iter_mut().zip(parts) {
            *to = byte;
        }
        if items.insert((code, place), (bytes, fees)).is_some() {
            return Err(ImportError::line(
                row.number,
                code_column,
                "a code and modifiers that do not stand in the table already",
            ));
        }
    }
    if items.is_empty() {
        return Err(ImportError::line(heading.number, code_column, "rows of codes below the heading"));
    }
    let mut rows = Vec::with_capacity(items.len());
    let mut fees = Vec::new();
    for ((code, _), (row, of_row)) in items {
        rows.push((code, row));
        fees.extend(of_row);
    }
    let mut writer = TableWriter::new(DMEPOS_KIND);
    let (day, count) = (quarter.first().to_string(), rows.len().to_string());
    writer.about([("release", day.as_str()), ("source", "DMEPOS fee schedule"), ("rows", count.as_str())]);
    writer.section(FACTS, 1, Facts { quarter, program: Program::Medicare, detail: 0 }.bytes());
    crate::groups::write(&rows, &mut writer)?;
    let areas: Vec<u8> = areas.into_iter().flat_map(|(_, ([one, two], zone))| [one, two, zone as u8, 0]).collect();
    writer.section(AREAS, areas.len() / 4, areas);
    writer.section(FEES, fees.len(), fees.into_flattened());
    Ok(writer.finish()?)
}
