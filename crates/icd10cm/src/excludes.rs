//! Excludes1: two codes that cannot be reported together.

use crate::code::Icd10CmCode;
use crate::notes::NoteKind;
use crate::notes::note::Note;
use crate::on::Icd10CmOn;
use superbill_core::DateRange;

/// An Excludes1 note that stands between two codes.
///
/// Source: ICD-10-CM Official Guidelines, section I.A.12.a. The exception of that section stands: two conditions that are
/// unrelated to each other may be reported together, which only the record can tell.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Excludes1 {
    /// The code under whose heading the note stands.
    pub code: Icd10CmCode,
    /// The code that the note excludes.
    pub excluded: Icd10CmCode,
    /// Where the note stands: a code, or a range of categories for a block or chapter.
    pub owner: String,
    /// The words of the note.
    pub note: String,
    /// The days on which the release of the tabular list was in force that has the note: the one in force on the date where the
    /// table has it, else the nearest. On other days another release stood.
    pub in_force: DateRange,
}

impl<'t> Icd10CmOn<'t> {
    /// The Excludes1 note between two codes, in either direction, inherited from the headings above. `None` where no note
    /// that names codes stands between them; notes in words alone are not judged.
    #[must_use]
    pub fn excludes1(&self, one: Icd10CmCode, other: Icd10CmCode) -> Option<Excludes1> {
        let found = |code: Icd10CmCode, excluded: Icd10CmCode| {
            let note = self.excluding(NoteKind::Excludes1, code, excluded)?;
            let (owner, in_force) = (note.owner().to_string(), note.in_force());
            Some(Excludes1 { code, excluded, owner, note: note.words(), in_force })
        };
        found(one, other).or_else(|| found(other, one))
    }

    /// The note of a kind under `code`, or under what stands above it, that names `other`; the nearest first.
    fn excluding(self, kind: NoteKind, code: Icd10CmCode, other: Icd10CmCode) -> Option<Note<'t>> {
        if code == other {
            return None;
        }
        let mut notes = self.notes(code).filter(|note| note.kind() == kind);
        notes.find(|note| note.targets().keeps_apart(note.cover(), code, other))
    }
}
