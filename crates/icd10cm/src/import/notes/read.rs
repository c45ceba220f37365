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

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use super::*;
    use crate::import::history::History;
    use crate::import::notes::write;
    use crate::import::symbols;
    use crate::section;
    use superbill_table::{Table, TableWriter};

    #[test]
    fn what_is_read_back_and_written_again_is_the_same() {
        let table = Icd10Cm::bundled();
        let keys: Vec<u64> = table.keys.from(0).map(|(_, key)| key).collect();
        let history = History::read_back(table).unwrap();
        let releases = read_back(table);
        assert_eq!(
            releases.iter().map(|release| release.day).collect::<Vec<_>>(),
            [20_260_401, 20_250_401, 20_210_101]
        );
        let mut writer = TableWriter::new(section::TABLE_KIND);
        let report = write(&mut writer, &releases, &keys, &history.chapters, &symbols(table)).unwrap();
        assert_eq!(report.counts.len(), 27, "three releases, nine kinds");
        let bytes = writer.finish().unwrap();
        let written = Table::open(&bytes, section::TABLE_KIND).unwrap();
        let mut names = 0;
        for (name, rows, bytes) in written.sections() {
            let there = table.table().sections().find(|(other, ..)| *other == name).unwrap();
            assert_eq!((there.1, there.2 == bytes), (rows, true), "{name}");
            names += 1;
        }
        assert_eq!(names, 16);
    }
}
