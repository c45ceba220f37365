//! The tables of medically unlikely edits.

use super::sheet::{self, cell, column, differs, needed, one_file, rank_by_ending, release, words};
use crate::facts::{FACTS, Facts};
use crate::mue::{EDITS, MueAdjudication, MueService};
use crate::program::Program;
use crate::words::WordsWriter;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::TableWriter;
use superbill_table::import::{ImportError, Row, sheet_rows};

/// Reads a table of medically unlikely edits and gives the bytes of a table.
///
/// The official file is text with commas or tabs, or a workbook, alone or in its archive: a notice of several lines, a heading (`HCPCS/CPT Code`,
/// `Practitioner Services MUE Values`, `MUE Adjudication Indicator`, `MUE Rationale`), a row for each code. The services are those that the
/// heading names. The quarter is that of the name of the file (`MCR_MUE_PractitionerServices_Eff_07-01-2026.csv`), or of the day `asked`.
/// Medicaid's files may have no indicator.
///
/// # Errors
/// [`ImportError`] with the line and column that is not as it should be; [`ImportError::Release`] where the file is of another quarter, program or
/// kind of services than it is said to be.
pub fn mue(
    name: &str,
    bytes: &[u8],
    service: MueService,
    program: Program,
    asked: Option<Date>,
) -> Result<Vec<u8>, ImportError> {
    let file = one_file(name, bytes, |inner| rank_by_ending(inner).filter(|_| is_of(inner, service)))?;
    let quarter = release(&[sheet::quarter_said(name), sheet::quarter_said(&file.name)], asked)
        .and_then(|quarter| program_of(&[name, &file.name], program).map(|()| quarter))
        .map_err(|error| error.in_file(name))?;
    table(&file.bytes, service, Facts { quarter, program, detail: service as u8 })
        .map_err(|error| error.in_file(&file.name))
}

/// Whether the name of a file in an archive does not speak of other services.
fn is_of(name: &str, service: MueService) -> bool {
    let other = |word: &str, of: MueService| name.contains(word) && of != service;
    !(other("practitioner", MueService::Practitioner)
        || other("outpatient", MueService::Outpatient)
        || other("dme", MueService::Dme))
}

/// Names begin with `MCR` for Medicare, `MCD` for Medicaid.
pub(super) fn program_of(names: &[&str], program: Program) -> Result<(), ImportError> {
    for name in names {
        let lower = name.to_ascii_lowercase();
        let mut parts = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let found = parts.find_map(|part| match part {
            "mcr" => Some(Program::Medicare),
            "mcd" => Some(Program::Medicaid),
            _ => None,
        });
        if let Some(found) = found.filter(|found| *found != program) {
            return Err(differs(found, program));
        }
    }
    Ok(())
}

fn is_value(heading: &str) -> bool {
    heading.contains("mue value") || heading == "mue"
}

fn table(bytes: &[u8], service: MueService, facts: Facts) -> Result<Vec<u8>, ImportError> {
    let is_heading =
        |row: &Row| column(row, is_value).is_some() && column(row, |text| text.contains("hcpcs")).is_some();
    const HEADING: &str = "no heading of medically unlikely edits: HCPCS/CPT Code, ... MUE Values, MUE Adjudication Indicator, MUE Rationale";
    let (at, rows) = sheet_rows(bytes, is_heading, HEADING)?;
    let mut rows = rows.into_iter().skip(at);
    let heading = rows.next().ok_or(ImportError::File(HEADING))?;
    let code_column = needed(&heading, |text| text.contains("hcpcs"), "the heading HCPCS/CPT Code")?;
    let value_column = needed(&heading, is_value, "the heading MUE Values")?;
    let found = words(heading.cell(value_column));
    let found =
        [("practitioner", MueService::Practitioner), ("outpatient", MueService::Outpatient), ("dme", MueService::Dme)]
            .into_iter()
            .find_map(|(word, service)| found.contains(word).then_some(service));
    if let Some(found) = found.filter(|found| *found != service) {
        return Err(differs(
            format_args!("the {found} services (line {}, column {value_column})", heading.number),
            format_args!("the {service} services"),
        ));
    }
    let indicator_column = match facts.program {
        Program::Medicare => Some(needed(
            &heading,
            |text| text.contains("adjudication"),
            "the heading MUE Adjudication Indicator, which every Medicare file has",
        )?),
        Program::Medicaid => column(&heading, |text| text.contains("adjudication")),
    };
    let rationale_column = needed(&heading, |text| text.contains("rationale"), "the heading MUE Rationale")?;

    let mut edits = BTreeMap::new();
    let mut rationales = WordsWriter::default();
    let mut uses: BTreeMap<String, u32> = BTreeMap::new();
    let mut last = (0, String::new());
    for row in rows.filter(|row| !sheet::is_empty(row)) {
        let code = sheet::code(&row, code_column)?;
        let read = |text: &str| sheet::decimal(text, 0).and_then(|value| u32::try_from(value).ok());
        let value = cell(&row, value_column, read, "the most units, a whole number")?;
        let indicator = match indicator_column {
            Some(column) => cell(&row, column, indicator, "the adjudication indicator 1, 2 or 3 with its words")?,
            None => 0,
        };
        let rationale =
            cell(&row, rationale_column, |text| (!text.is_empty()).then(|| text.to_owned()), "the rationale")?;
        let number = rationales.number(&rationale);
        let number = u16::try_from(number).ok().ok_or(ImportError::line(
            row.number,
            rationale_column,
            "one of a few rationales: no official file has more than 65,536",
        ))?;
        *uses.entry(rationale.clone()).or_default() += 1;
        last = (row.number, rationale);
        let [a, b, c, d] = value.to_le_bytes();
        let [low, high] = number.to_le_bytes();
        if edits.insert(code, [a, b, c, d, indicator, 0, low, high]).is_some() {
            return Err(ImportError::line(row.number, code_column, "a code that does not stand in the table already"));
        }
    }
    if edits.is_empty() {
        return Err(ImportError::line(heading.number, code_column, "rows of codes below the heading"));
    }
    // A file that was cut in its last cell ends with the beginning of a rationale that other rows have whole.
    let (number, rationale) = last;
    let begins = |other: &String| other.len() > rationale.len() && other.starts_with(&rationale);
    if uses.get(&rationale) == Some(&1) && uses.keys().any(begins) {
        return Err(ImportError::line(number, rationale_column, "a whole rationale: the file is cut short"));
    }

    let codes: Vec<_> = edits.keys().copied().collect();
    let mut writer = TableWriter::new(service.kind());
    let (day, count) = (facts.quarter.first().to_string(), codes.len().to_string());
    writer.about([
        ("release", day.as_str()),
        ("source", "NCCI medically unlikely edits"),
        ("rows", count.as_str()),
        ("program", facts.program.name()),
        ("services", service.name()),
    ]);
    writer.section(FACTS, 1, facts.bytes());
    crate::code_index::write(&codes, &mut writer)?;
    writer.section(EDITS, codes.len(), edits.into_values().flatten().collect());
    rationales.write(&mut writer)?;
    Ok(writer.finish()?)
}

/// `3 Date of Service Edit: Clinical`, or the number alone.
fn indicator(text: &str) -> Option<u8> {
    let (number, rest) = text.split_at_checked(1)?;
    let number: u8 = number.parse().ok()?;
    let words = rest.is_empty() || rest.starts_with([' ', ':', '-']);
    (words && MueAdjudication::from_indicator(number).is_some()).then_some(number)
}
