//! The bundled search index: made, trained, measured.

mod evaluate;
mod examples;
mod network;
mod train;

pub(crate) use evaluate::evaluate;
pub(crate) use train::train;

use crate::error::DevError;
use crate::icd10cm::{TABULAR_2021, TABULAR_2025, TABULAR_2026};
use crate::sources::hexadecimal;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use superbill_icd10cm::import::Tabular;
use superbill_icd10cm::import::search::{SearchModel, SearchSource, search_table};

/// The nodes and texts of the pinned releases.
fn source(folder: &Path) -> Result<SearchSource, DevError> {
    let mut releases = Vec::new();
    for (package, entry) in [
        (&TABULAR_2026, "simple_icd_10_cm/data/icd10c-tabular-April-1-2026.xml"),
        (&TABULAR_2025, "simple_icd_10_cm/data/icd10cm-tabular-April-2025.xml"),
        (&TABULAR_2021, "simple_icd_10_cm/data/icd10cm_tabular_2021.xml"),
    ] {
        releases.push(Tabular::read(&package.open(folder)?.text(entry)?)?);
    }
    Ok(SearchSource::new(&releases.iter().collect::<Vec<_>>()))
}

fn model_path(repository: &Path) -> PathBuf {
    repository.join("dev/search-model.txt")
}

fn read_model(path: &Path) -> Result<SearchModel, DevError> {
    let text = std::fs::read_to_string(path).map_err(|source| DevError::File { path: path.to_path_buf(), source })?;
    Ok(SearchModel::from_text(&text)?)
}

/// A model that tells nothing: what an index is written with before there is one.
fn empty_model() -> Result<SearchModel, DevError> {
    let weights = vec![0.0; (SearchModel::INPUTS + 2) * SearchModel::HIDDEN];
    SearchModel::new(weights).ok_or_else(|| DevError::format("no model", "the size of the network"))
}

/// Makes the index and its fingerprints, or checks those that are there. Gives a report.
pub(crate) fn regenerate(repository: &Path, folder: &Path, check: bool) -> Result<String, DevError> {
    let bytes = search_table(&source(folder)?, &read_model(&model_path(repository))?)?;
    let fingerprints = fingerprints(&bytes)?;
    let data = repository.join("crates/icd10cm-search-data/data");
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
    Ok(fingerprints)
}

/// A line for each section: name, rows, bytes, sha256.
fn fingerprints(bytes: &[u8]) -> Result<String, DevError> {
    let table = superbill_table::Table::open(bytes, superbill_icd10cm::search::SEARCH_TABLE_KIND)?;
    let mut out = String::from("section,rows,bytes,sha256\n");
    for (name, rows, section) in table.sections() {
        // INVARIANT: writing to a string does not fail.
        let _ = writeln!(out, "{name},{rows},{},{}", section.len(), hexadecimal(section));
    }
    let _ = writeln!(out, "table,1,{},{}", bytes.len(), hexadecimal(bytes));
    Ok(out)
}
