//! The instructional notes: words resolved to codes, releases side by side, written and read back.

mod condition;
mod conflicts;
mod merge;
mod read;
mod resolve;
mod words;
mod write;

pub use write::NoteCount;

use super::tabular::{Division, RawNote};
use crate::notes::NoteKind;
use std::collections::BTreeMap;
use superbill_table::import::ImportError;
use superbill_table::{SymbolTable, TableWriter};

pub(crate) use read::read_back;

/// The notes of one release of the tabular list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NoteRelease {
    /// Its first day, as a decimal number ccyymmdd.
    pub(crate) day: u32,
    /// Its chapters and blocks: what the owners of notes that are no codes are called.
    pub(crate) divisions: Vec<Division>,
    pub(crate) notes: Vec<RawNote>,
}

/// What was written: numbers by first day of the release and kind of note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The numbers.
    pub counts: BTreeMap<(u32, NoteKind), NoteCount>,
}

/// Writes the sections of the notes of some releases, newest first. `keys` are the packed codes of the table, ascending; a note can speak
/// of one of the chapters by its number.
pub(crate) fn write(
    writer: &mut TableWriter,
    releases: &[NoteRelease],
    keys: &[u64],
    chapters: &[Division],
    symbols: &SymbolTable,
) -> Result<Report, ImportError> {
    let content = write::Content::new(releases, keys, chapters)?;
    content.write(writer, releases, symbols)?;
    conflicts::write(writer, &content, keys)?;
    Ok(content.report(releases))
}
