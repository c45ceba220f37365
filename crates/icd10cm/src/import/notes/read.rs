//! The notes of a table as they were given to the writer.

use super::NoteRelease;
use crate::import::tabular::{Division, RawNote};
use crate::notes::layout::flag;
use crate::table::Icd10Cm;

/// The releases of a table, newest first. Written again they give the same sections.
pub(crate) fn read_back(table: &Icd10Cm<'_>) -> Vec<NoteRelease> {
    let sections = &table.notes;
    let days = (0..sections.release_count()).filter_map(|place| sections.release(place));
    let mut releases: Vec<NoteRelease> = days.map(|day| NoteRelease { day, ..NoteRelease::default() }).collect();
    for owner in 0..sections.owner_count() {
        let Some((heading, notes)) = sections.heading(owner).zip(sections.owner_notes(owner)) else { continue };
        let division = heading.division.then(|| Division {
            name: format!("{}-{}", heading.first, heading.last),
            title: sections.division_title(owner).unwrap_or_default().to_owned(),
            first: heading.first,
            last: heading.last,
        });
        let cover = (heading.first.packed(), heading.last.last_below());
        for row in notes.filter_map(|note| sections.note(note)) {
            let mut words = String::new();
            if sections.read_words(row.text, |part| words.push_str(part)).is_none() {
                continue;
            }
            let set = sections.releases_of(&row);
            for (_, release) in releases.iter_mut().enumerate().filter(|(place, _)| set >> place & 1 == 1) {
                if let Some(division) = division.as_ref().filter(|division| !release.divisions.contains(division)) {
                    release.divisions.push(division.clone());
                }
                let begins = row.flags & flag::ITEM == 0;
                release.notes.push(RawNote { owner: cover, kind: row.kind, begins, words: words.clone() });
            }
        }
    }
    releases
}
