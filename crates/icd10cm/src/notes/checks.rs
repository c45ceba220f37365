//! The checks of the notes' sections.

use super::layout::of_owner_row;
use crate::conflicts::sections::ConflictSections;
use crate::section;
use crate::table::Icd10Cm;
use superbill_core::Date;
use superbill_table::{SectionName, TableError, u64_at};

impl Icd10Cm<'_> {
    /// Checks what reading notes relies on.
    pub(crate) fn verify_notes(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let notes = &self.notes;
        let mut before = u32::MAX;
        for place in 0..notes.release_count() {
            let day = notes.release(place).filter(|day| *day < before && Date::from_ccyymmdd(*day).is_ok());
            before = day.ok_or(wrong(section::NOTE_RELEASES, place))?;
        }
        let mut start = 0;
        let mut key = 0;
        for owner in 0..notes.owner_count() {
            let (heading, rows) =
                notes.heading(owner).zip(notes.owner_notes(owner)).ok_or(wrong(section::NOTE_OWNERS, owner))?;
            let first = heading.first.packed();
            if rows.start != start || first < key || heading.last < heading.first {
                return Err(wrong(section::NOTE_OWNERS, owner));
            }
            if heading.division && notes.division_title(owner).is_none() {
                return Err(wrong(section::NOTE_DIVISIONS.0, owner));
            }
            (start, key) = (rows.end, first);
        }
        let last = notes.owner_count();
        if u64_at(notes.owners, last * 8).map(|row| of_owner_row(row).2) != Some(start) || start != notes.note_count() {
            return Err(wrong(section::NOTE_OWNERS, last));
        }
        for note in 0..notes.note_count() {
            let row = notes.note(note).ok_or(wrong(section::NOTES, note))?;
            let rows = notes.target_rows(&row).ok_or(wrong(section::NOTE_LISTS, note))?;
            if notes.targets(&row).count() != rows.len() {
                return Err(wrong(section::NOTE_TARGETS, rows.start));
            }
            if notes.releases_of(&row) == 0 || notes.read_words(row.text, |_| ()).is_none() {
                return Err(wrong(section::NOTES, note));
            }
        }
        for chain in 0..notes.chains.len() / 6 {
            let sound = notes.chain(chain).filter(|row| {
                row.owner < notes.owner_count() && row.above <= chain && row.node < self.conflicts.nodes.len()
            });
            sound.ok_or(wrong(section::NOTE_CHAINS, chain))?;
        }
        for code in 0..self.len() {
            let chain = notes.chain_of(code).filter(|chain| *chain <= notes.chains.len() / 6);
            chain.ok_or(wrong(section::NOTE_CODES, code))?;
        }
        self.verify_conflicts()
    }

    fn verify_conflicts(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let sections = &self.conflicts;
        let pairs = sections.pairs.len();
        let within = |range: &core::ops::Range<usize>, end: usize| range.start <= range.end && range.end <= end;
        for node in 1..sections.nodes.len() {
            let row = sections.node(node).filter(|row| {
                let excludes = within(&row.excludes1, pairs) && within(&row.excludes2, pairs);
                row.above < node && excludes && within(&row.groups, sections.groups.len())
            });
            row.ok_or(wrong(section::CONFLICT_NODES, node))?;
        }
        for group in 0..sections.groups.len().saturating_sub(1) {
            let row = sections.group(group).filter(|row| {
                let lead = self.notes.note(row.note as usize).is_some_and(|note| note.kind.is_instruction());
                within(&row.pairs, pairs) && lead && self.notes.set(row.set).is_some()
            });
            row.ok_or(wrong(section::CONFLICT_GROUPS, group))?;
        }
        if self.sides.marks.len() != self.len() {
            return Err(wrong(section::CODE_SIDES, self.sides.marks.len()));
        }
        for (place, pair) in sections.pairs.iter().enumerate() {
            let (first, last) = ConflictSections::pair(pair);
            if first > last || last as usize >= self.len() {
                return Err(wrong(section::CONFLICT_PAIRS, place));
            }
            if sections
                .note(place)
                .is_none_or(|(note, set, _)| note as usize >= self.notes.note_count() || self.notes.set(set).is_none())
            {
                return Err(wrong(section::CONFLICT_NOTES, place));
            }
        }
        Ok(())
    }
}
