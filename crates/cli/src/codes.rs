//! `superbill codes`: one code a line.

use crate::arguments::{Codes, System};
use crate::error::CliError;
use crate::output::Output;
use crate::service_tables;
use crate::tables::Tables;
use serde::Serialize;
use superbill::Date;
use superbill::cpt::{CptStatus, DescriptorKind};
use superbill::hcpcs::HcpcsTables;
use superbill::icd10cm::Icd10CmCode;

#[derive(Serialize)]
struct Row {
    code: String,
    title: Option<String>,
}

pub(crate) fn run(arguments: &Codes, output: &mut Output) -> Result<bool, CliError> {
    let date = arguments.on.date()?;
    let tables = Tables::load(&arguments.data.data)?;
    match arguments.system {
        System::Icd10cm => icd10cm(arguments, date, &tables, output)?,
        System::Hcpcs => hcpcs(date, &tables, output)?,
        System::Cpt => cpt(date, &tables, output)?,
    }
    Ok(false)
}

/// The codes of HCPCS Level II that are valid on the date. The bundled set is partial and no list of all codes: it does not answer.
fn hcpcs(date: Date, tables: &Tables, output: &mut Output) -> Result<(), CliError> {
    let all = service_tables::hcpcs(tables)?;
    let on = HcpcsTables::new(all.iter().filter(|table| !table.is_partial())).on(date);
    let missing = CliError::NoTable { system: System::Hcpcs.name(), date };
    let release = on.governing().ok_or(missing)?;
    let mut any = false;
    for code in on.codes() {
        any = true;
        row(code.to_string(), || release.lookup(code).title().map(|title| title.to_string()), output)?;
    }
    if any { Ok(()) } else { Err(CliError::NoTable { system: System::Hcpcs.name(), date }) }
}

/// The codes of the licensed edition of CPT that are valid on the date.
fn cpt(date: Date, tables: &Tables, output: &mut Output) -> Result<(), CliError> {
    let all = service_tables::cpt(tables)?;
    let edition = all.on(date).ok_or(CliError::NoTable { system: System::Cpt.name(), date })?;
    for code in edition.codes().filter(|code| all.lookup(*code, date).status == CptStatus::Valid) {
        let kinds = [DescriptorKind::Long, DescriptorKind::Medium, DescriptorKind::Short];
        let title = || kinds.into_iter().find_map(|kind| all.descriptor(code, kind, date)?.text());
        row(code.to_string(), title, output)?;
    }
    Ok(())
}

fn row(code: String, title: impl FnOnce() -> Option<String>, output: &mut Output) -> Result<(), CliError> {
    if output.is_json() { output.object(&Row { code, title: title() }) } else { output.line(code) }
}

fn icd10cm(arguments: &Codes, date: Date, tables: &Tables, output: &mut Output) -> Result<(), CliError> {
    let table = tables.icd10cm()?;
    table.check_date(date)?;
    let on = table.on(date);
    let mut print = |code: Icd10CmCode| row(code.to_string(), || on.title(code).map(|title| title.to_string()), output);
    if arguments.billable { on.billable().try_for_each(&mut print) } else { on.codes().try_for_each(&mut print) }
}
