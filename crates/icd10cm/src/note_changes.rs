//! Which notes changed between two dates.

use crate::diff::NotTold;
use crate::notes::note::{Note, NoteOwner};
use crate::status::Status;
use crate::table::Icd10Cm;
use superbill_core::Date;

/// A note that stands on one of two dates only. A note whose words were revised is one that went and one that came.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NoteChange<'t> {
    /// The note.
    pub note: Note<'t>,
    /// Whether it stands on the second date, or stood on the first.
    pub added: bool,
}

impl<'t> NoteChange<'t> {
    /// Where it stands or stood.
    #[must_use]
    pub fn owner(&self) -> NoteOwner<'t> {
        self.note.owner()
    }
}

impl Icd10Cm<'_> {
    /// The notes that changed from one date to another, in the order of the list: those of the release that is taken for the one date and not of
    /// the release that is taken for the other. Nothing where one release is taken for both: [`Note::release`] names it. The notes of codes
    /// that are not valid on both dates came or went with their codes and are left out.
    ///
    /// # Errors
    /// [`NotTold`] where the table does not speak of one of the dates.
    pub fn note_changes(&self, from: Date, to: Date) -> Result<impl Iterator<Item = NoteChange<'_>>, NotTold> {
        self.check_date(from)?;
        self.check_date(to)?;
        let (before, after) = (self.on(from), self.on(to));
        let choices = self.notes.choose(from.ccyymmdd()).zip(self.notes.choose(to.ccyymmdd()));
        let owners = choices.filter(|(old, new)| old.place != new.place).map(|_| 0..self.notes.owner_count());
        let headings = owners.into_iter().flatten().filter_map(move |owner| {
            let heading = self.notes.heading(owner)?;
            let valid = |status: Status| matches!(status, Status::Billable | Status::Header);
            let both = || valid(before.status(heading.first)) && valid(after.status(heading.first));
            (heading.division || both()).then_some(heading)
        });
        Ok(headings.flat_map(move |heading| {
            let rows = self.notes.owner_notes(heading.owner).unwrap_or(0..0);
            rows.filter_map(move |row| {
                let (old, new) = choices?;
                let (old, new) = (Note::new(self, row, heading, old), Note::new(self, row, heading, new));
                match (old, new) {
                    (Some(note), None) => Some(NoteChange { note, added: false }),
                    (None, Some(note)) => Some(NoteChange { note, added: true }),
                    _ => None,
                }
            })
        }))
    }
}
