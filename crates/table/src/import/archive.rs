//! The files of a ZIP archive, as the agencies publish them.

use super::error::ImportError;
use super::workbook::is_workbook;
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// Most bytes of one file, unpacked: over ten times the largest part of the largest official table.
const MOST_BYTES: u64 = 1 << 30;
/// Most files.
const MOST_FILES: usize = 256;

const BROKEN: ImportError = ImportError::File("the archive is damaged or cut short: download it again");

/// A file with its name, from a folder or out of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File<'a> {
    /// The name without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Cow<'a, [u8]>,
}

/// The files that are meant: the file itself, or, where it is an archive, those files in it that `wanted` names.
///
/// A workbook is an archive too, and is taken for a file. Archives in archives are not opened.
///
/// # Errors
/// [`ImportError::File`] where the archive is damaged, beyond the limits, or has no such file; the error names the archive.
pub fn unpacked<'a>(name: &str, bytes: &'a [u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<File<'a>>, ImportError> {
    unpacked_within(bytes, wanted, MOST_BYTES)
        .map(|files| files.unwrap_or_else(|| vec![File { name: name.to_owned(), bytes: Cow::Borrowed(bytes) }]))
        .map_err(|error| error.in_file(name))
}

fn unpacked_within(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    most: u64,
) -> Result<Option<Vec<File<'static>>>, ImportError> {
    if !is_workbook(bytes) {
        return Ok(None);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| BROKEN)?;
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name = name.map_err(|_| BROKEN)?.into_owned();
        if name == "[Content_Types].xml" {
            return Ok(None);
        }
        let short = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if !name.starts_with("__MACOSX") && wanted(&short) {
            names.push((short, name));
        }
    }
    if names.is_empty() {
        return Err(ImportError::File("the archive has no file of this kind in it"));
    }
    if names.len() > MOST_FILES {
        return Err(ImportError::File("the archive has more than 256 files: no official one has"));
    }
    names.sort();
    let mut files = Vec::new();
    for (short, name) in names {
        let file = archive.by_name(&name).map_err(|_| BROKEN)?;
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| BROKEN)?;
        if bytes.len() as u64 > most {
            return Err(ImportError::File("a file in the archive has more than 1 GiB: no official one has"));
        }
        files.push(File { name: short, bytes: Cow::Owned(bytes) });
    }
    Ok(Some(files))
}

#[cfg(test)]
mod tests {
    use super::super::workbook::tests::packed;
    use super::*;

    #[test]
    fn an_archive_gives_the_files_that_are_meant() {
        let bytes = packed(&[("b/two.txt", "2"), ("one.txt", "1"), ("read.me", "3"), ("__MACOSX/._one.txt", "4")]);
        let names = |files: Vec<File<'_>>| files.into_iter().map(|file| file.name).collect::<Vec<_>>();
        let wanted = |name: &str| name.ends_with(".txt");
        let files = unpacked("a.zip", &bytes, wanted).unwrap();
        assert_eq!(files[0].bytes.as_ref(), b"1");
        assert_eq!(names(files), ["one.txt", "two.txt"]);
        assert_eq!(names(unpacked("a.txt", b"plain", wanted).unwrap()), ["a.txt"]);
        let error = unpacked("a.zip", &bytes, |name| name.ends_with(".csv")).unwrap_err();
        assert_eq!(error.to_string(), "a.zip: the archive has no file of this kind in it");
        let workbook = packed(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]);
        assert_eq!(names(unpacked("b.xlsx", &workbook, wanted).unwrap()), ["b.xlsx"]);
    }

    #[test]
    fn what_is_damaged_or_too_large_is_an_error() {
        let bytes = packed(&[("one.txt", "12345")]);
        for end in 4..bytes.len() {
            assert!(unpacked("a.zip", &bytes[..end], |_| true).is_err(), "cut at {end}");
        }
        assert!(unpacked_within(&bytes, |_| true, 5).is_ok());
        assert!(unpacked_within(&bytes, |_| true, 4).is_err());
    }
}
