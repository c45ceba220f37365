//! `superbill import`: an official file to a table for `--data`.

use crate::arguments::{Import, ImportKind};
use crate::error::CliError;
use crate::output::Output;
use crate::tables::{Tables, name};
use serde::Serialize;
use std::path::Path;
use superbill::icd10cm::import;

#[derive(Serialize)]
struct Report {
    kind: &'static str,
    table: String,
    bytes: usize,
    release: Option<String>,
    rows: usize,
    billable: Option<usize>,
    changed: Option<usize>,
    retitled: Option<usize>,
    notes: Option<usize>,
}

pub(crate) fn run(arguments: &Import, output: &mut Output) -> Result<bool, CliError> {
    let tables = Tables::load(&arguments.data.data)?;
    let mut files = Vec::new();
    for path in &arguments.files {
        files.push((name(path), std::fs::read(path).map_err(|error| CliError::file(path, error))?));
    }
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (bytes, mut report) = match arguments.kind {
        ImportKind::Icd10cm => {
            let imported = import::icd10cm(&tables.icd10cm()?, &named, arguments.release)?;
            let report = Report {
                kind: arguments.kind.name(),
                table: String::new(),
                bytes: 0,
                release: Some(imported.release.to_string()),
                rows: imported.codes,
                billable: Some(imported.billable),
                changed: Some(imported.changed),
                retitled: Some(imported.retitled),
                notes: Some(imported.notes),
            };
            (imported.bytes, report)
        }
    };
    keep(&arguments.output, &bytes)?;
    report.table = name(&arguments.output);
    report.bytes = bytes.len();
    if output.is_json() {
        output.object(&report)?;
    } else {
        let release = report.release.as_deref().unwrap_or("no release");
        output.line(format!(
            "{}: {} of {release}, {} rows, {} bytes",
            report.table, report.kind, report.rows, report.bytes
        ))?;
        let facts = [
            (report.billable, "billable codes"),
            (report.changed, "codes that were otherwise before"),
            (report.retitled, "titles that were otherwise before"),
            (report.notes, "notes"),
        ];
        for (count, what) in facts.into_iter().filter_map(|(count, what)| Some((count?, what))) {
            output.line(format!("  {count} {what}"))?;
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
