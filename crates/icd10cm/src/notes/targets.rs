//! The codes that a note names.

use super::layout::of_target_row;
use super::sections::NoteSections;
use crate::code::Icd10CmCode;
use core::ops::Range;
use superbill_table::u64_at;

/// What a range of codes in a note is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The note names these codes.
    Named = 0,
    /// The note takes these codes out of those that it names: `(S00-T88), except T74 and T76`.
    Except = 1,
    /// The note is for these codes of its heading only: `for codes G31.0-G31.83`.
    Scope = 2,
}

/// A range of codes in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// What it is for.
    pub part: Part,
    /// Its first code.
    pub first: Icd10CmCode,
    /// Its last code as the note has it, with all codes below it: the same as the first where the note has one code or `E10.-`.
    pub last: Icd10CmCode,
    last_key: u64,
    mask: u64,
    value: u64,
}

impl Target {
    /// Whether a code lies in the range and has the characters that the note asks for.
    #[must_use]
    pub fn contains(&self, code: Icd10CmCode) -> bool {
        self.covers(code.packed())
    }

    fn covers(&self, key: u64) -> bool {
        (self.first.packed()..=self.last_key).contains(&key) && key & self.mask == self.value
    }

    /// The characters that a code must have at some places, place and character, as `with fifth character 4`. Empty for most.
    pub fn condition(&self) -> impl Iterator<Item = (usize, char)> {
        let (mask, value) = (self.mask, self.value);
        (4..=7usize).filter_map(move |place| {
            let shift = 6 * (7 - place);
            if mask >> shift & 0x3F == 0 {
                return None;
            }
            // A place that must be empty has no character.
            let key = Icd10CmCode::parse("A00").ok()?.packed() | (value >> shift & 0x3F) << 18;
            Some((place, Icd10CmCode::from_packed(key)?.character(4)?))
        })
    }
}

/// The ranges of codes that a note names.
#[derive(Debug, Clone)]
pub struct Targets<'t> {
    sections: &'t NoteSections<'t>,
    rows: Range<usize>,
}

impl<'t> Targets<'t> {
    pub(crate) fn new(sections: &'t NoteSections<'t>, rows: Range<usize>) -> Self {
        Self { sections, rows }
    }

    /// Whether a code is among those that the note names.
    #[must_use]
    pub fn contains(&self, code: Icd10CmCode) -> bool {
        let key = code.packed();
        let among = |part: Part| self.clone().any(|target| target.part == part && target.covers(key));
        among(Part::Named) && !among(Part::Except)
    }

    /// Whether the note is for a code of its heading.
    #[must_use]
    pub fn in_scope(&self, code: Icd10CmCode) -> bool {
        let mut scopes = self.clone().filter(|target| target.part == Part::Scope).peekable();
        scopes.peek().is_none() || scopes.any(|target| target.contains(code))
    }

    /// Whether a target names `other` and does not cover both codes while the heading covers both too: such a note says nothing of two
    /// codes of one part.
    pub(crate) fn keeps_apart(&self, heading: (u64, u64), code: Icd10CmCode, other: Icd10CmCode) -> bool {
        let (key, other) = (code.packed(), other.packed());
        let within = (heading.0..=heading.1).contains(&other);
        let names =
            |target: Target| target.part == Part::Named && target.covers(other) && !(within && target.covers(key));
        self.clone().any(names) && !self.clone().any(|target| target.part == Part::Except && target.covers(other))
    }
}

impl Iterator for Targets<'_> {
    type Item = Target;

    fn next(&mut self) -> Option<Target> {
        let row = self.rows.next()?;
        let at = row.checked_mul(16)?;
        let (first, part, condition) = of_target_row(u64_at(self.sections.targets, at)?);
        let last_key = u64_at(self.sections.targets, at + 8)?;
        let (mask, value) = match condition.checked_sub(1) {
            Some(row) => (u64_at(self.sections.conditions, row * 16)?, u64_at(self.sections.conditions, row * 16 + 8)?),
            None => (0, 0),
        };
        let first = Icd10CmCode::from_packed(first)?;
        Some(Target { part, first, last: last_code(last_key)?, last_key, mask, value })
    }
}

/// The code whose last key below is a key: the key without what is all ones at its end.
pub(crate) fn last_code(key: u64) -> Option<Icd10CmCode> {
    let below = key.trailing_ones() / 6 * 6;
    Icd10CmCode::from_packed(key.checked_shr(below)?.checked_shl(below)?)
}
