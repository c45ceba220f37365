//! `superbill import`: an official file to a table for `--data`.

use crate::arguments::Import;
use crate::error::CliError;
use crate::import_kind::ImportKind;
use crate::import_services;
use crate::output::Output;
use crate::tables::{Tables, name};
use serde::Serialize;
use std::path::Path;
use superbill::icd10cm::import;
use superbill::icd10cm::import::search::SearchModel;
use superbill::table::{About, Table};

#[derive(Default, Serialize)]
pub(crate) struct Report {
    kind: &'static str,
    table: String,
    bytes: usize,
    pub(crate) release: Option<String>,
    pub(crate) rows: Option<u64>,
    billable: Option<usize>,
    changed: Option<usize>,
    retitled: Option<usize>,
    notes: Option<usize>,
    /// Whether the files are all of the release; only for kinds that come in parts.
    pub(crate) complete: Option<bool>,
    /// Rows of codes whose texts have an owner, which were left out.
    pub(crate) left_out: Option<usize>,
    /// Which code list it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) list: Option<String>,
    /// The owner's notice.
    pub(crate) notice: Option<String>,
}

pub(crate) fn run(arguments: &Import, output: &mut Output) -> Result<bool, CliError> {
    let tables = Tables::load(&arguments.data.data)?;
    let mut files = Vec::new();
    for path in &arguments.files {
        files.push((name(path), std::fs::read(path).map_err(|error| CliError::file(path, error))?));
    }
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let kind = arguments.kind;
    let mut report = Report { kind: kind.table(), ..Report::default() };
    let bytes = match kind {
        ImportKind::Icd10cm => {
            let imported = {
                let model = SearchModel::of(&tables.search()?);
                import::icd10cm(&tables.icd10cm()?, &named, arguments.release, model.as_ref())?
            };
            report.release = Some(imported.release.to_string());
            report.rows = Some(imported.codes as u64);
            report.billable = Some(imported.billable);
            report.changed = Some(imported.changed);
            report.retitled = Some(imported.retitled);
            report.notes = Some(imported.notes);
            imported.bytes
        }
        ImportKind::Gems => {
            let mut gems = import::GemFiles::new();
            for (_, bytes) in &named {
                gems.add(bytes, arguments.rows)?;
            }
            gems.write(arguments.release)?
        }
        ImportKind::Icd10cmIndex
        | ImportKind::Icd10cmNeoplasm
        | ImportKind::Icd10cmDrug
        | ImportKind::Icd10cmExternalCause
        | ImportKind::PoaExempt
        | ImportKind::Conversion => {
            let [(name, bytes)] = named.as_slice() else {
                return Err(CliError::OneFile { kind: kind.table() });
            };
            let release = arguments.release;
            match kind {
                ImportKind::Icd10cmIndex => import::alphabetic_index(bytes, name, release)?,
                ImportKind::Icd10cmNeoplasm => import::neoplasm_table(bytes, name, release)?,
                ImportKind::Icd10cmDrug => import::drug_table(bytes, name, release)?,
                ImportKind::Icd10cmExternalCause => import::external_cause_index(bytes, name, release)?,
                ImportKind::PoaExempt => import::poa_exempt(bytes, release, arguments.rows)?,
                _ => import::conversion(bytes, release)?,
            }
        }
        _ => import_services::import(arguments, &named, &mut report)?,
    };
    let table = Table::open_any(&bytes)?;
    let about = About::of(&table);
    report.release = report.release.or_else(|| about.value("release").map(ToOwned::to_owned));
    report.rows = report.rows.or_else(|| about.value("rows")?.parse().ok());
    report.complete = report.complete.or_else(|| about.value("complete").map(|complete| complete == "yes"));
    keep(&arguments.output, &bytes)?;
    report.table = name(&arguments.output);
    report.bytes = bytes.len();
    if output.is_json() {
        output.object(&report)?;
    } else {
        let release = report.release.as_deref().unwrap_or("no release");
        let rows = report.rows.map_or_else(String::new, |rows| format!(", {rows} rows"));
        let list = report.list.as_ref().map_or_else(String::new, |list| format!(" {list}"));
        output.line(format!("{}: {}{list} of {release}{rows}, {} bytes", report.table, report.kind, report.bytes))?;
        let facts = [
            (report.billable, "billable codes"),
            (report.changed, "codes that were otherwise before"),
            (report.retitled, "titles that were otherwise before"),
            (report.notes, "notes"),
        ];
        for (count, what) in facts.into_iter().filter_map(|(count, what)| Some((count?, what))) {
            output.line(format!("  {count} {what}"))?;
        }
        if let Some(left_out) = report.left_out.filter(|left_out| *left_out > 0) {
            output.line(format!(
                "  {left_out} rows of CPT and dental codes left out: their texts belong to their owners"
            ))?;
        }
        if report.complete == Some(false) {
            output.line(
                "  NOT WHOLE: the files are a part of the release; of what they do not reach the table cannot tell",
            )?;
        }
        if let Some(notice) = &report.notice {
            output.line(format!("  {notice}"))?;
        }
        output.line(format!("use it with --data {}", arguments.output.display()))?;
    }
    Ok(false)
}

/// Writes a file whole or not at all: what stood there before stays until the new one is complete.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = std::path::PathBuf::from(beside);
    std::fs::write(&beside, bytes).map_err(|error| CliError::file(&beside, error))?;
    std::fs::rename(&beside, path).map_err(|error| CliError::file(path, error))
}
