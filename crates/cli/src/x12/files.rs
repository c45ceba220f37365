//! The files that are meant: those named, and those of folders.

use crate::error::CliError;
use crate::tables::name;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use superbill::x12::X12Error;

/// A file by the name that is printed.
pub(crate) struct Named {
    pub(crate) name: String,
    path: PathBuf,
}

impl Named {
    /// A file as it was named.
    pub(crate) fn new(path: &Path) -> Self {
        let name = if path == Path::new("-") { "-".to_owned() } else { name(path) };
        Self { name, path: path.to_owned() }
    }

    /// The bytes, and how many there are where that is known.
    pub(crate) fn open(&self) -> Result<(Box<dyn Read>, Option<u64>), CliError> {
        if self.path == Path::new("-") {
            return Ok((Box::new(std::io::stdin().lock()), None));
        }
        let file = File::open(&self.path).map_err(|error| self.error(error))?;
        let length = file.metadata().ok().map(|data| data.len());
        Ok((Box::new(file), length))
    }

    /// All of its bytes.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, CliError> {
        let mut bytes = Vec::new();
        self.open()?.0.read_to_end(&mut bytes).map_err(|error| self.error(error))?;
        Ok(bytes)
    }

    /// What it cannot be read as.
    pub(crate) fn no_x12(&self, error: X12Error) -> CliError {
        CliError::X12File { file: self.name.clone(), error }
    }

    pub(crate) fn error(&self, error: std::io::Error) -> CliError {
        CliError::File { file: self.name.clone(), error }
    }
}

/// The files, those of folders in the order of their names, each with its way from the folder.
pub(crate) fn all(paths: &[PathBuf]) -> Result<Vec<Named>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() { folder(path, "", &mut files)? } else { files.push(Named::new(path)) }
    }
    Ok(files)
}

fn folder(path: &Path, before: &str, files: &mut Vec<Named>) -> Result<(), CliError> {
    let fail = |error| CliError::file(path, error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(fail)? {
        paths.push(entry.map_err(fail)?.path());
    }
    paths.sort();
    for path in paths {
        let name = format!("{before}{}", name(&path));
        // A link that leads back would never end.
        if path.is_dir() && !path.is_symlink() {
            folder(&path, &format!("{name}/"), files)?;
        } else if path.is_file() {
            files.push(Named { name, path });
        }
    }
    Ok(())
}
