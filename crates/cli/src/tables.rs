//! The tables that a question is asked of: those that come along, and those of `--data`.

use crate::error::CliError;
use crate::import_kind::ImportKind;
use std::path::{Path, PathBuf};
use superbill::icd10cm::{Icd10Cm, Icd10CmSearch, TABLE_KIND};
use superbill::table::{SectionName, Table, TableError};

/// The environment variable that names folders of tables.
pub(crate) const VARIABLE: &str = "SUPERBILL_DATA";

/// A table from a file.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The name of the file, without its folder.
    pub(crate) file: String,
    /// The kind in full, where it is one that `import` makes; else what the table keeps of it.
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

/// All tables from files.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) loaded: Vec<Loaded>,
}

impl Tables {
    /// Reads the tables of some folders or files; without any, those that the environment names.
    pub(crate) fn load(paths: &[PathBuf]) -> Result<Self, CliError> {
        let named = std::env::var_os(VARIABLE).filter(|_| paths.is_empty());
        let named: Vec<PathBuf> =
            named.iter().flat_map(std::env::split_paths).filter(|path| !path.as_os_str().is_empty()).collect();
        let mut tables = Self::default();
        for path in paths.iter().chain(&named) {
            if path.is_dir() {
                let entries = std::fs::read_dir(path).map_err(|error| CliError::file(path, error))?;
                let mut files: Vec<PathBuf> =
                    entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
                files.sort();
                for file in files {
                    // A folder can hold other things beside tables.
                    if let Some(table) = read(&file)? {
                        tables.loaded.push(table);
                    }
                }
            } else {
                tables.loaded.push(read(path)?.ok_or_else(|| CliError::NotATable { file: name(path) })?);
            }
        }
        Ok(tables)
    }

    /// ICD-10-CM: the loaded table of the newest release, else the one that comes along.
    pub(crate) fn icd10cm(&self) -> Result<Icd10Cm<'_>, CliError> {
        let mut newest = *Icd10Cm::bundled();
        for loaded in self.of(TABLE_KIND.as_str()) {
            let table = Icd10Cm::from_bytes(&loaded.bytes).and_then(|table| table.verify().map(|()| table));
            let table = table.map_err(|error| CliError::Damaged { file: loaded.file.clone(), error })?;
            if release(&table) >= release(&newest) {
                newest = table;
            }
        }
        Ok(newest)
    }

    /// The search index of the loaded table of ICD-10-CM that has one, else the one that comes along.
    pub(crate) fn search(&self) -> Result<Icd10CmSearch<'_>, CliError> {
        let mut newest = *Icd10CmSearch::bundled();
        for loaded in self.of(TABLE_KIND.as_str()) {
            // A release that was imported without its tabular list has no index of its own.
            if let Ok(search) = Icd10CmSearch::from_bytes(&loaded.bytes) {
                search.verify().map_err(|error| CliError::Damaged { file: loaded.file.clone(), error })?;
                newest = search;
            }
        }
        Ok(newest)
    }

    /// The loaded tables of a kind.
    pub(crate) fn of<'t>(&'t self, kind: &'t str) -> impl Iterator<Item = &'t Loaded> {
        self.loaded.iter().filter(move |loaded| loaded.kind == kind)
    }

    /// The loaded tables of a kind, opened and checked, in the order in which they were loaded.
    pub(crate) fn open<'t, T>(
        &'t self,
        kind: SectionName,
        open: impl Fn(&'t [u8]) -> Result<T, TableError>,
    ) -> Result<Vec<T>, CliError> {
        let opened = self
            .of(kind.as_str())
            .map(|loaded| open(&loaded.bytes).map_err(|error| CliError::Damaged { file: loaded.file.clone(), error }));
        opened.collect()
    }
}

/// The release that a table of ICD-10-CM was made for.
pub(crate) fn release<'t>(table: &Icd10Cm<'t>) -> Option<&'t str> {
    table.about().value("release")
}

fn read(path: &Path) -> Result<Option<Loaded>, CliError> {
    use std::io::Read;
    let mut file = std::fs::File::open(path).map_err(|error| CliError::file(path, error))?;
    let mut start = [0; 32];
    if file.read_exact(&mut start).is_err() {
        return Ok(None);
    }
    let Some(kind) = Table::kind_of(&start) else { return Ok(None) };
    let mut bytes = start.to_vec();
    file.read_to_end(&mut bytes).map_err(|error| CliError::file(path, error))?;
    let kind = ImportKind::of_table(&kind).map_or(kind, ToOwned::to_owned);
    Ok(Some(Loaded { file: name(path), kind, bytes }))
}

/// The name of a file without its folder.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
