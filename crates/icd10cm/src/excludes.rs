//! Excludes1: two codes that cannot be reported together.

use crate::code::Icd10CmCode;
use crate::hierarchy::range_of;
use crate::on::Icd10CmOn;
use crate::table::Icd10Cm;
use core::cmp::Ordering;
use core::ops::Range;
use superbill_core::{Date, DateRange};
use superbill_table::{TextBuffer, u32_at, u64_at};

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
    /// The days on which the release of the tabular list was in force that has the note. On other days another release
    /// stood, whose notes the table does not have.
    pub in_force: DateRange,
}

impl Icd10Cm<'_> {
    /// The days on which the release was in force whose Excludes1 notes the table has. On other days other notes stood.
    #[must_use]
    pub fn excludes1_in_force(&self) -> Option<DateRange> {
        in_force(self.title_releases().next()?.day)
    }

    /// The rows of what a note names.
    pub(crate) fn excludes1_targets(&self, note: usize) -> Option<Range<usize>> {
        let start = u32_at(self.excludes1.starts, note * 4)? as usize;
        let end = u32_at(self.excludes1.starts, note * 4 + 4)? as usize;
        (start <= end && end.checked_mul(16)? <= self.excludes1.targets.len()).then_some(start..end)
    }

    /// First key, last key and notes of the owner in a row.
    fn excludes1_owner(&self, row: usize) -> Option<(u64, u64, Range<usize>)> {
        let at = row.checked_mul(24)?;
        let word = |place: usize| u64_at(self.excludes1.owners, at + place);
        Some((word(0)?, word(8)?, usize::try_from(word(16)?).ok()?..usize::try_from(word(40)?).ok()?))
    }

    /// The notes of the owner that covers exactly these keys.
    fn excludes1_notes(&self, first: u64, last: u64) -> Option<Range<usize>> {
        let (mut low, mut high) = (0, (self.excludes1.owners.len() / 24).saturating_sub(1));
        while low < high {
            let middle = (low + high) / 2;
            let (other_first, other_last, notes) = self.excludes1_owner(middle)?;
            match (other_first, other_last).cmp(&(first, last)) {
                Ordering::Equal => return Some(notes),
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The note under `code`, or under what stands above it, that names `other`; the nearest first.
    fn excludes1_between(&self, code: Icd10CmCode, other: Icd10CmCode) -> Option<(u64, u64, usize)> {
        let whole = core::iter::once(code).chain((3..code.len()).rev().filter_map(|count| code.prefix(count)));
        let codes = whole.map(|code| (code.packed(), code.last_below()));
        let divisions = [self.blocks, self.chapters].into_iter().filter_map(|divisions| range_of(divisions, code));
        for (first, last) in codes.chain(divisions) {
            let Some(notes) = self.excludes1_notes(first, last) else {
                continue;
            };
            for note in notes {
                for target in self.excludes1_targets(note)? {
                    let from = u64_at(self.excludes1.targets, target * 16)?;
                    let to = u64_at(self.excludes1.targets, target * 16 + 8)?;
                    // A note that covers both codes on both its sides says nothing of two codes of one part.
                    let both = (from..=to).contains(&code.packed()) && (first..=last).contains(&other.packed());
                    if (from..=to).contains(&other.packed()) && !both {
                        return Some((first, last, note));
                    }
                }
            }
        }
        None
    }
}

impl Icd10CmOn<'_> {
    /// The Excludes1 note between two codes, in either direction, inherited from the headings above. `None` where no note
    /// that names codes stands between them; notes in words alone are not judged.
    #[must_use]
    pub fn excludes1(&self, one: Icd10CmCode, other: Icd10CmCode) -> Option<Excludes1> {
        if one == other {
            return None;
        }
        let between = |code: Icd10CmCode, excluded: Icd10CmCode| {
            let (first, last, note) = self.table.excludes1_between(code, excluded)?;
            let mut buffer = TextBuffer::default();
            self.table.excludes1.words.read(note, &mut buffer)?;
            Some(Excludes1 {
                code,
                excluded,
                owner: owner_name(first, last)?,
                note: buffer.as_str()?.to_owned(),
                in_force: self.table.excludes1_in_force()?,
            })
        };
        between(one, other).or_else(|| between(other, one))
    }
}

/// `E11` for a code, `E08-E13` for a range.
fn owner_name(first: u64, last: u64) -> Option<String> {
    let code = Icd10CmCode::from_packed(first)?;
    if code.last_below() == last {
        return Some(code.to_string());
    }
    // A range ends with the last key below its last category: all ones behind three characters.
    let end = Icd10CmCode::from_packed(last >> 24 << 24)?;
    Some(format!("{code}-{end}"))
}

/// From the first day of a release to the day before the next: ICD-10-CM is updated on April 1 and October 1.
fn in_force(release: Date) -> Option<DateRange> {
    let (year, month, day) = if (4..10).contains(&release.month()) {
        (release.year(), 9, 30)
    } else if release.month() < 4 {
        (release.year(), 3, 31)
    } else {
        (release.year().checked_add(1)?, 3, 31)
    };
    DateRange::new(release, Some(Date::new(year, month, day).ok()?)).ok()
}
