//! The sections of the notes, row by row. Whatever the bytes are, a row is read or is none.

use super::NoteKind;
use super::layout::{of_attributes, of_owner_row};
use super::targets::{Targets, last_code};
use crate::code::Icd10CmCode;
use core::ops::Range;
use superbill_table::{Texts, u16_at, u32_at, u64_at};

/// What is read of the notes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoteSections<'a> {
    pub(crate) releases: &'a [u8],
    pub(crate) sets: &'a [u8],
    pub(crate) owners: &'a [u8],
    pub(crate) divisions: &'a [u8],
    pub(crate) division_names: &'a [u8],
    pub(crate) notes: &'a [u8],
    pub(crate) words: Texts<'a>,
    pub(crate) lists: &'a [u8],
    pub(crate) targets: &'a [u8],
    pub(crate) conditions: &'a [u8],
    pub(crate) chains: &'a [u8],
    pub(crate) codes: &'a [u8],
}

/// One note's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoteRow {
    pub(crate) text: usize,
    list: usize,
    pub(crate) kind: NoteKind,
    pub(crate) flags: u16,
    set: usize,
}

/// A heading in the chain of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chain {
    pub(crate) owner: usize,
    /// The one above, counted from 1.
    pub(crate) above: usize,
    /// Its node among the headings that say something of codes, counted from 1.
    pub(crate) node: usize,
}

/// What owns notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its place among the owners.
    pub(crate) owner: usize,
    /// The code, or the first category.
    pub(crate) first: Icd10CmCode,
    /// The code again, or the last category.
    pub(crate) last: Icd10CmCode,
    /// Whether it is a chapter or block.
    pub(crate) division: bool,
}

impl<'a> NoteSections<'a> {
    /// How many releases there are.
    pub(crate) fn release_count(&self) -> usize {
        self.releases.len() / 4
    }

    /// The first day of a release.
    pub(crate) fn release(&self, place: usize) -> Option<u32> {
        u32_at(self.releases, place.checked_mul(4)?)
    }

    /// The releases of a set, one bit each.
    pub(crate) fn set(&self, place: usize) -> Option<u32> {
        u32_at(self.sets, place.checked_mul(4)?)
    }

    /// How many notes there are.
    pub(crate) fn note_count(&self) -> usize {
        self.notes.len() / 6
    }

    pub(crate) fn note(&self, note: usize) -> Option<NoteRow> {
        let at = note.checked_mul(6)?;
        let (kind, flags, set) = of_attributes(u16_at(self.notes, at + 4)?)?;
        Some(NoteRow {
            text: usize::from(u16_at(self.notes, at)?),
            list: usize::from(u16_at(self.notes, at + 2)?),
            kind,
            flags,
            set,
        })
    }

    /// The releases that have a note, one bit each.
    pub(crate) fn releases_of(&self, row: &NoteRow) -> u32 {
        self.set(row.set).unwrap_or(0)
    }

    /// What a note names.
    pub(crate) fn targets(&'a self, row: &NoteRow) -> Targets<'a> {
        Targets::new(self, self.target_rows(row).unwrap_or(0..0))
    }

    pub(crate) fn target_rows(&self, row: &NoteRow) -> Option<Range<usize>> {
        let Some(list) = row.list.checked_sub(1) else { return Some(0..0) };
        let start = u32_at(self.lists, list * 4)? as usize;
        let end = u32_at(self.lists, list * 4 + 4)? as usize;
        (start <= end && end.checked_mul(16)? <= self.targets.len()).then_some(start..end)
    }

    /// How many owners there are.
    pub(crate) fn owner_count(&self) -> usize {
        (self.owners.len() / 8).saturating_sub(1)
    }

    /// First key, whether it is a chapter or block, and notes of an owner.
    fn owner_row(&self, owner: usize) -> Option<(u64, bool, Range<usize>)> {
        let at = owner.checked_mul(8)?;
        let (first, division, start) = of_owner_row(u64_at(self.owners, at)?);
        let (_, _, end) = of_owner_row(u64_at(self.owners, at.checked_add(8)?)?);
        (start <= end && end <= self.note_count()).then_some((first, division, start..end))
    }

    /// The notes of an owner.
    pub(crate) fn owner_notes(&self, owner: usize) -> Option<Range<usize>> {
        self.owner_row(owner).map(|(_, _, notes)| notes)
    }

    /// What an owner is.
    pub(crate) fn heading(&self, owner: usize) -> Option<Heading> {
        let (first, division, _) = self.owner_row(owner)?;
        let first = Icd10CmCode::from_packed(first)?;
        let last = if division {
            last_code(u64_at(self.divisions, self.division(owner)?.checked_mul(16)? + 8)?)?
        } else {
            first
        };
        Some(Heading { owner, first, last, division })
    }

    /// The title of a chapter or block.
    pub(crate) fn division_title(&self, owner: usize) -> Option<&'a str> {
        crate::table::lines(self.division_names).nth(self.division(owner)?)
    }

    /// The place of an owner among chapters and blocks.
    fn division(&self, owner: usize) -> Option<usize> {
        let rows = self.divisions.as_chunks::<16>().0;
        rows.binary_search_by_key(&Some(owner as u64), |row| u64_at(row, 0)).ok()
    }

    /// The owner of a note.
    pub(crate) fn owner_of(&self, note: usize) -> Option<usize> {
        let rows = self.owners.as_chunks::<8>().0;
        let behind = rows.partition_point(|row| of_owner_row(u64::from_le_bytes(*row)).2 <= note);
        behind.checked_sub(1).filter(|owner| *owner < self.owner_count())
    }

    #[inline]
    pub(crate) fn chain(&self, chain: usize) -> Option<Chain> {
        let at = chain.checked_mul(6)?;
        let bytes = self.chains.get(at..)?.first_chunk::<6>()?;
        let [a, b, c, d, e, f] = *bytes;
        let number = |low, high| usize::from(u16::from_le_bytes([low, high]));
        Some(Chain { owner: number(a, b), above: number(c, d), node: number(e, f) })
    }

    /// The chain of a code, counted from 1; 0 for none.
    #[inline]
    pub(crate) fn chain_of(&self, ordinal: usize) -> Option<usize> {
        u16_at(self.codes, ordinal.checked_mul(2)?).map(usize::from)
    }
}
