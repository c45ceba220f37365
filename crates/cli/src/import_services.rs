//! Importing tables of procedure codes, edits and fee schedules.

use crate::arguments::Import;
use crate::bar::Bar;
use crate::error::CliError;
use crate::import::Report;
use crate::import_kind::ImportKind;
use crate::tables::name;
use std::path::Path;
use superbill::cpt::CptList;
use superbill::cpt::import as cpt;
use superbill::edits::{CodeListName, CodeListNameError, MueService, PairSetting, import};
use superbill::hcpcs::import as hcpcs;

/// The bytes of the table; what else there is to say goes into the report.
pub(crate) fn import(arguments: &Import, named: &[(&str, &[u8])], report: &mut Report) -> Result<Vec<u8>, CliError> {
    let Import { kind, program, release, participation, .. } = arguments;
    let (program, release) = (*program, *release);
    let setting = match kind {
        ImportKind::NcciPtpPractitioner => Some(PairSetting::Practitioner),
        ImportKind::NcciPtpOutpatient => Some(PairSetting::OutpatientHospital),
        _ => None,
    };
    if let Some(setting) = setting {
        let mut bar = Bar::new();
        let imported = import::pairs(named, setting, program, release, &mut |done, total| bar.show(done, total));
        bar.clear();
        let imported = imported?;
        report.release = Some(imported.release.first().to_string());
        report.rows = Some(imported.rows as u64);
        report.complete = Some(imported.complete);
        return Ok(imported.bytes);
    }
    if *kind == ImportKind::Cpt {
        return import_cpt(arguments, named, report);
    }
    if *kind == ImportKind::CodeList {
        let [list] = arguments.list.as_slice() else { return Err(CliError::CodeList(CodeListNameError)) };
        let list: CodeListName = list.parse().map_err(CliError::CodeList)?;
        report.list = Some(list.to_string());
        report.notice = list.notice().map(ToOwned::to_owned);
        return Ok(import::code_list(named, list, release)?);
    }
    let [(name, bytes)] = named else { return Err(CliError::OneFile { kind: kind.table() }) };
    Ok(match kind {
        ImportKind::Hcpcs => {
            let imported = hcpcs::hcpcs(name, bytes, release)?;
            report.release = Some(imported.release.to_string());
            report.rows = Some(imported.codes as u64);
            report.complete = Some(imported.whole);
            report.left_out = Some(imported.level_one + imported.dental);
            imported.bytes
        }
        ImportKind::MuePractitioner => import::mue(name, bytes, MueService::Practitioner, program, release)?,
        ImportKind::MueOutpatient => import::mue(name, bytes, MueService::Outpatient, program, release)?,
        ImportKind::MueDme => import::mue(name, bytes, MueService::Dme, program, release)?,
        ImportKind::AddOn => import::add_on(name, bytes, program, release)?,
        ImportKind::NcciModifiers => import::ncci_modifiers(name, bytes, program)?,
        ImportKind::Mpfs => import::mpfs(name, bytes, *participation, release)?,
        ImportKind::Gpci => import::gpci(name, bytes, release)?,
        ImportKind::Opps => import::opps(name, bytes, release)?,
        ImportKind::Clfs => import::clfs(name, bytes, release)?,
        ImportKind::Asp => import::asp(name, bytes, release)?,
        _ => import::dmepos(name, bytes, release)?,
    })
}

fn import_cpt(arguments: &Import, named: &[(&str, &[u8])], report: &mut Report) -> Result<Vec<u8>, CliError> {
    let mut lists = Vec::new();
    for text in &arguments.list {
        let known = || CptList::ALL.map(CptList::name).join(", ");
        let (list, path) = text
            .split_once('=')
            .and_then(|(list, path)| Some((CptList::of_name(list)?, Path::new(path))))
            .ok_or_else(|| CliError::CptList(text.clone(), known()))?;
        lists.push((list, name(path), std::fs::read(path).map_err(|error| CliError::file(path, error))?));
    }
    let lists: Vec<(CptList, &str, &[u8])> =
        lists.iter().map(|(list, name, bytes)| (*list, name.as_str(), bytes.as_slice())).collect();
    let imported = cpt::cpt(named, &lists, arguments.release)?;
    report.release = Some(imported.release.to_string());
    report.rows = Some(imported.codes as u64);
    report.notice = Some(imported.notice);
    Ok(imported.bytes)
}
