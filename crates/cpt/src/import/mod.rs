//! Reads the files that the user licenses from the American Medical Association and gives the bytes of a table that the user keeps.
//!
//! Nothing of a descriptor stands in an error.

mod consolidated;
mod edition;
mod list;
mod standard;
mod write;

use crate::code::CptCode;
use crate::descriptor::DescriptorKind;
use crate::list::CptList;
use crate::table::OWNER_NOTICE;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::import::{is_workbook, unpacked};

pub use superbill_table::import::ImportError;

/// What an import gives.
#[derive(Clone)]
#[non_exhaustive]
pub struct CptImport {
    /// The table: open it with [`Cpt::from_bytes`](crate::Cpt::from_bytes), or keep it in a file.
    pub bytes: Vec<u8>,
    /// The owner's notice, to be shown: that of the files, or [`OWNER_NOTICE`] where they have none.
    pub notice: String,
    /// The first day of the release.
    pub release: Date,
    /// How many codes there are.
    pub codes: usize,
    /// The kinds of descriptors that the files have.
    pub descriptors: Vec<DescriptorKind>,
}

impl core::fmt::Debug for CptImport {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // The bytes have licensed text.
        f.debug_struct("CptImport").field("release", &self.release).field("codes", &self.codes).finish_non_exhaustive()
    }
}

/// What a file has of a code.
#[derive(Clone, Default)]
struct Entry {
    texts: [Option<String>; 4],
    effective: Option<Date>,
    terminated: Option<Date>,
    descriptor_since: Option<Date>,
    lists: u32,
}

/// What was read from a file.
struct Read {
    codes: BTreeMap<CptCode, Entry>,
    kinds: Vec<DescriptorKind>,
    notice: String,
}

/// Reads files of one edition and gives a table.
///
/// `files` are names and contents: the standard text files (`LONGULT`, `MEDU`, `SHORTU` and their relatives, with tabs or fixed columns), the
/// consolidated code list (text with tabs or commas, or a workbook), or an archive with either. Which kind a file is, its content says; which
/// descriptors a standard file has, its name says, else the form and length of its lines. Files of one import have the same codes.
///
/// `lists` are the user's lists from the appendices, one code a line. `asked` is the first day of the release, where the files do not say it or
/// came within the year.
///
/// # Errors
/// [`ImportError`] with file, line and column where something is not as it should be; [`ImportError::Differ`] with the first code that one file
/// has and another has not; [`ImportError::Release`] and [`ImportError::NoRelease`] for the edition.
pub fn cpt(
    files: &[(&str, &[u8])],
    lists: &[(CptList, &str, &[u8])],
    asked: Option<Date>,
) -> Result<CptImport, ImportError> {
    let mut all = Vec::new();
    let mut said = edition::Said::default();
    for (name, bytes) in files {
        said.name(name)?;
        for (name, bytes) in official(name, bytes)? {
            said.name(&name)?;
            let read = read(&name, &bytes).map_err(|error| error.in_file(&name))?;
            said.notice(&read.notice)?;
            all.push(read);
        }
    }
    let release = said.release(asked)?;
    let (mut codes, kinds, notice) = merged(all)?;
    let mut loaded = 0;
    for (list, name, bytes) in lists {
        list::mark(*list, bytes, &mut codes).map_err(|error| error.in_file(name))?;
        loaded |= list.bit();
    }
    let notice = if notice.is_empty() { OWNER_NOTICE.to_owned() } else { notice };
    let bytes = write::table(&codes, &kinds, loaded, release, &notice)?;
    Ok(CptImport { bytes, notice, release, codes: codes.len(), descriptors: kinds })
}

/// The file, or those of an archive that are meant: the consolidated list, else the three standard files.
fn official(name: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ImportError> {
    let named = |name: &str, beginnings: &[&str]| {
        let name = name.to_ascii_uppercase();
        let text = [".TXT", ".CSV", ".XLSX"].iter().any(|end| name.ends_with(end));
        text && beginnings.iter().any(|beginning| name.starts_with(beginning))
    };
    let one = unpacked(name, bytes, |name| named(name, &["CONSOLIDATED"]));
    let files = match one {
        Err(ImportError::In { .. }) => unpacked(name, bytes, |name| named(name, &["LONGULT", "MEDU", "SHORTU"])),
        other => other,
    }?;
    Ok(files.into_iter().map(|file| (file.name, file.bytes.into_owned())).collect())
}

fn read(name: &str, bytes: &[u8]) -> Result<Read, ImportError> {
    if is_workbook(bytes) {
        return consolidated::workbook(bytes);
    }
    let text = superbill_table::import::decode(bytes)?;
    if consolidated::is_one(&text) { consolidated::text(&text, bytes) } else { standard::read(name, &text) }
}

type Merged = (BTreeMap<CptCode, Entry>, Vec<DescriptorKind>, String);

fn merged(files: Vec<Read>) -> Result<Merged, ImportError> {
    let mut files = files.into_iter();
    let Some(Read { mut codes, mut kinds, mut notice }) = files.next() else {
        return Err(ImportError::File("no file is given"));
    };
    for file in files {
        if file.kinds.iter().any(|kind| kinds.contains(kind)) {
            return Err(ImportError::File("two files have descriptors of one kind: give one of each"));
        }
        let ours = codes.keys().find(|code| !file.codes.contains_key(code));
        let theirs = file.codes.keys().find(|code| !codes.contains_key(code));
        if let Some(code) = ours.into_iter().chain(theirs).min() {
            return Err(ImportError::Differ(code.to_string()));
        }
        for (code, other) in file.codes {
            let Some(entry) = codes.get_mut(&code) else { continue };
            for (place, text) in entry.texts.iter_mut().zip(other.texts) {
                *place = place.take().or(text);
            }
            entry.effective = entry.effective.or(other.effective);
            entry.terminated = entry.terminated.or(other.terminated);
            entry.descriptor_since = entry.descriptor_since.or(other.descriptor_since);
        }
        kinds.extend(file.kinds);
        if notice.is_empty() {
            notice = file.notice;
        }
    }
    kinds.sort();
    Ok((codes, kinds, notice))
}
