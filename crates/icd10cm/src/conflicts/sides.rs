//! Right, left, both, unspecified: codes of one condition that differ in the side alone.

use super::claim::Claim;
use super::{Conflict, ConflictKind, Detail, SideConflict};
use crate::code::Icd10CmCode;
use superbill_table::u32_at;

/// What the titles say of sides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SideSections<'a> {
    /// A byte for each code: 3 bits of side, 2 of the place less 4, 1 of whether the title says `in diseases classified elsewhere`.
    pub(crate) marks: &'a [u8],
    /// Codes of one side, and the code of both that stands elsewhere in the category: ordinals, in order of the first.
    pub(crate) bilateral: &'a [[u8; 8]],
}

/// The side that a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Right,
    Left,
    Bilateral,
    Unspecified,
}

impl Side {
    #[cfg(feature = "import")]
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Right => 1,
            Self::Left => 2,
            Self::Bilateral => 3,
            Self::Unspecified => 4,
        }
    }

    fn of_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Right,
            2 => Self::Left,
            3 => Self::Bilateral,
            4 => Self::Unspecified,
            _ => return None,
        })
    }

    fn is_named(self) -> bool {
        self != Self::Unspecified
    }
}

/// The mark of a title that says `in diseases classified elsewhere`.
pub(crate) const MANIFESTATION: u8 = 1 << 5;

impl SideSections<'_> {
    /// The side of a code and the place of the character that says it.
    pub(crate) fn side(&self, ordinal: usize) -> Option<(Side, usize)> {
        let mark = self.marks.get(ordinal)?;
        Some((Side::of_number(mark & 7)?, usize::from(mark >> 3 & 3) + 4))
    }

    pub(crate) fn is_manifestation(&self, ordinal: usize) -> bool {
        self.marks.get(ordinal).is_some_and(|mark| mark & MANIFESTATION != 0)
    }

    /// Whether a code of both sides stands elsewhere than beside those of one.
    fn is_elsewhere(&self, ordinal: u32) -> bool {
        self.bilateral.iter().any(|row| u32_at(row, 4) == Some(ordinal))
    }

    /// The code of both sides that stands elsewhere.
    fn elsewhere(&self, ordinal: u32) -> Option<u32> {
        let row = self.bilateral.partition_point(|row| u32_at(row, 0).is_some_and(|other| other < ordinal));
        let row = self.bilateral.get(row)?;
        (u32_at(row, 0)? == ordinal).then_some(u32_at(row, 4)?)
    }
}

/// A code without the character that says the side.
fn condition(code: Icd10CmCode, place: usize) -> u64 {
    code.packed() & !(0x3F << (6 * (7 - place)))
}

impl<'t> Claim<'_, 't> {
    /// Codes of one condition whose sides do not go together.
    pub(super) fn laterality(&self, into: &mut Vec<Conflict<'t>>) {
        let sides = &self.on.table.sides;
        for later in 0..self.entries.len() {
            let Some((ordinal, code)) = self.judged(later) else { continue };
            let named = sides.side(ordinal as usize);
            let (both, is_both) = (sides.elsewhere(ordinal), named.is_none() && sides.is_elsewhere(ordinal));
            if named.is_none() && !is_both {
                continue;
            }
            for earlier in 0..later {
                let Some((other_ordinal, other)) = self.judged(earlier) else { continue };
                let found = match named.zip(sides.side(other_ordinal as usize)) {
                    Some(((side, at), (other_side, other_at)))
                        if at == other_at && condition(code, at) == condition(other, at) =>
                    {
                        self.same_condition((side, ordinal, code), (other_side, other), at)
                    }
                    _ if both == Some(other_ordinal) => Some((SideConflict::SideBesideBilateral, Some(other))),
                    _ if is_both && sides.elsewhere(other_ordinal) == Some(ordinal) => {
                        Some((SideConflict::SideBesideBilateral, Some(code)))
                    }
                    _ => None,
                };
                if let Some((sides, instead)) = found {
                    let conflict = self.conflict(ConflictKind::Laterality, later, Some(earlier), None);
                    into.extend(
                        conflict.map(|conflict| Conflict { detail: Detail::Sides(sides, instead), ..conflict }),
                    );
                }
            }
        }
    }

    fn same_condition(
        &self,
        (side, ordinal, code): (Side, u32, Icd10CmCode),
        (other_side, other): (Side, Icd10CmCode),
        at: usize,
    ) -> Option<(SideConflict, Option<Icd10CmCode>)> {
        Some(match (side, other_side) {
            _ if side == other_side => return None,
            _ if side.is_named() != other_side.is_named() => (SideConflict::UnspecifiedBesideNamed, None),
            (Side::Bilateral, _) => (SideConflict::SideBesideBilateral, Some(code)),
            (_, Side::Bilateral) => (SideConflict::SideBesideBilateral, Some(other)),
            _ => (SideConflict::BothSides, Some(self.bilateral(ordinal, code, at)?)),
        })
    }

    /// The billable code of both sides of a condition.
    fn bilateral(&self, ordinal: u32, code: Icd10CmCode, at: usize) -> Option<Icd10CmCode> {
        let table = self.on.table;
        let beside = (1..=36u64).filter_map(|character| {
            let code = Icd10CmCode::from_packed(condition(code, at) | character << (6 * (7 - at)))?;
            let (side, place) = table.sides.side(table.ordinal(code)? as usize)?;
            (side == Side::Bilateral && place == at).then_some(code)
        });
        let elsewhere = table.sides.elsewhere(ordinal).and_then(|ordinal| table.keys.key(ordinal as usize));
        let mut codes = beside.chain(elsewhere.and_then(Icd10CmCode::from_packed));
        codes.find(|code| self.on.is_billable(*code))
    }
}
