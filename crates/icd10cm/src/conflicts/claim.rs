//! The codes of one claim, looked up once.

use super::{Conflict, ConflictKind, Detail};
use crate::code::Icd10CmCode;
use crate::notes::layout::letter;
use crate::notes::release::Choice;
use crate::on::Icd10CmOn;
use crate::status::Status;
use crate::why::Why;

/// Most codes that are judged without memory of their own.
const FEW: usize = 32;
/// Codes that are compared at a time.
pub(super) const LANES: usize = 16;
/// No code of the table.
const NONE: u32 = u32::MAX;

/// One code.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) code: Option<Icd10CmCode>,
    /// Its heading that says something of other codes, counted from 1.
    pub(super) node: u16,
    pub(super) status: Option<Status>,
    /// The place of the same code before it, counted from 1.
    twin: u32,
}

/// The codes of a claim.
#[derive(Debug)]
pub(super) struct Claim<'c, 't> {
    pub(super) on: Icd10CmOn<'t>,
    pub(super) entries: &'c [Entry],
    /// The ordinals of the codes that are judged, in the order of the claim; those that are not are no code. A multiple of [`LANES`].
    pub(super) ordinals: &'c [[u32; LANES]],
    /// Their first letters, a bit each: what names none of them needs no second look.
    pub(super) letters: u32,
    pub(super) choice: Option<Choice>,
    /// The date is one that the table tells of.
    pub(super) told: bool,
}

impl<'c, 't> Claim<'c, 't> {
    /// Looks the codes up and judges them.
    pub(super) fn with(on: Icd10CmOn<'t>, codes: &[Icd10CmCode], judge: impl FnOnce(&Claim<'_, 't>)) {
        let mut entries = [Entry::default(); FEW];
        let mut ordinals = [[NONE; LANES]; FEW / LANES];
        let count = codes.len();
        match (entries.get_mut(..count), ordinals.get_mut(..count.div_ceil(LANES))) {
            (Some(entries), Some(ordinals)) => judge(&Claim::of(on, codes, entries, ordinals)),
            _ => {
                let mut entries = vec![Entry::default(); count];
                let mut ordinals = vec![[NONE; LANES]; count.div_ceil(LANES)];
                judge(&Claim::of(on, codes, &mut entries, &mut ordinals));
            }
        }
    }

    fn of(
        on: Icd10CmOn<'t>,
        codes: &[Icd10CmCode],
        entries: &'c mut [Entry],
        ordinals: &'c mut [[u32; LANES]],
    ) -> Self {
        let table = on.table;
        let mut letters = 0;
        for (place, (entry, code)) in entries.iter_mut().zip(codes).enumerate() {
            *entry = Entry { code: Some(*code), status: Some(on.status(*code)), ..Entry::default() };
            if let Some(twin) = codes.iter().take(place).position(|other| other == code) {
                entry.twin = twin as u32 + 1;
                continue;
            }
            let judged = matches!(entry.status, Some(Status::Billable | Status::Header | Status::CannotTell));
            let Some(known) = table.ordinal(*code).filter(|_| judged) else { continue };
            if let Some(ordinal) = ordinals.as_flattened_mut().get_mut(place) {
                *ordinal = known;
            }
            let chain = table.notes.chain_of(known as usize).and_then(|chain| table.notes.chain(chain.checked_sub(1)?));
            entry.node = chain.map_or(0, |chain| chain.node as u16);
            letters |= 1u32 << letter(code.packed());
        }
        let choice = table.notes.choose(on.date().ccyymmdd());
        Self { on, entries, ordinals, letters, choice, told: choice.is_some_and(|choice| choice.certain) }
    }

    /// The code at a place, if it is judged.
    pub(super) fn judged(&self, place: usize) -> Option<(u32, Icd10CmCode)> {
        let ordinal = self.ordinals.as_flattened().get(place).filter(|ordinal| **ordinal != NONE)?;
        Some((*ordinal, self.entries.get(place)?.code?))
    }

    /// The first code that is judged.
    pub(super) fn first(&self) -> Option<usize> {
        self.ordinals.as_flattened().iter().position(|ordinal| *ordinal != NONE)
    }

    /// The places of the codes that lie in a range of ordinals. Nearly always there is none, so that is found out without a branch.
    #[inline]
    pub(super) fn within(&self, (first, last): (u32, u32), mut found: impl FnMut(usize)) {
        // Signed: what is no code is below every range.
        let (first, last) = (first as i32, last as i32);
        let lies = |ordinal: &u32| (*ordinal as i32 >= first) & (*ordinal as i32 <= last);
        for (block, ordinals) in self.ordinals.iter().enumerate() {
            if ordinals.iter().fold(false, |any, ordinal| any | lies(ordinal)) {
                let hits = ordinals.iter().enumerate().filter(|(_, ordinal)| lies(ordinal));
                hits.for_each(|(lane, _)| found(block * LANES + lane));
            }
        }
    }

    /// An answer about a code.
    pub(super) fn conflict(
        &self,
        kind: ConflictKind,
        place: usize,
        other: Option<usize>,
        note: Option<u32>,
    ) -> Option<Conflict<'t>> {
        let named = |place: usize| Some((place as u32, self.entries.get(place)?.code?));
        Some(Conflict {
            on: self.on,
            kind,
            code: named(place)?,
            other: other.and_then(named),
            note: note.map_or(0, |note| note.saturating_add(1)),
            certain: note.is_none() || self.told,
            conditional: false,
            detail: Detail::None,
        })
    }

    /// Codes that stand twice, are not valid, or not complete.
    pub(super) fn statuses(&self, into: &mut Vec<Conflict<'t>>) {
        for (place, entry) in self.entries.iter().enumerate() {
            if let Some(twin) = (entry.twin as usize).checked_sub(1) {
                into.extend(self.conflict(ConflictKind::Duplicate, place, Some(twin), None));
                continue;
            }
            if entry.status == Some(Status::Billable) {
                continue;
            }
            let Some(why) = entry.code.and_then(|code| self.on.why_not(code)) else { continue };
            let kind = match why {
                Why::Header => ConflictKind::Header,
                Why::SeventhCharacterMissing | Why::SeventhCharacterNotAllowed | Why::PlaceholderMissing => {
                    ConflictKind::SeventhCharacter
                }
                _ => ConflictKind::NotValid,
            };
            let conflict = self.conflict(kind, place, None, None);
            into.extend(conflict.map(|conflict| Conflict {
                certain: why != Why::CannotTell,
                detail: Detail::Why(why),
                ..conflict
            }));
        }
    }
}
