//! What took the place of a code that is no longer valid.

use crate::code::Icd10CmCode;
use crate::conversion::{Conversion, ConversionRow, Join, PreviousAssignment};
use crate::conversion_sections::ConversionSections;
use crate::on::Icd10CmOn;
use crate::status::Status;
use crate::table::Icd10Cm;
use std::collections::{BTreeSet, VecDeque};
use superbill_core::Date;

/// A code that took the place of another one, and the way from one to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// The code to use instead.
    pub code: Icd10CmCode,
    /// The first day on which it took the place: that of the last step.
    pub effective: Date,
    /// From the code that was asked for to this one: one step, or several where a replacement was itself replaced.
    pub steps: Vec<ReplacementStep>,
    /// The first day of the release of the conversion table that says so.
    pub release: Date,
}

/// One row of the conversion table on the way to a replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplacementStep {
    /// The previous code.
    pub from: Icd10CmCode,
    /// The code that is there from the day on.
    pub to: Icd10CmCode,
    /// The day.
    pub effective: Date,
    /// Whether the table names other previous codes beside `from`, and how: [`Join::AllOf`] says that `to` stands for all of them together.
    pub join: Join,
}

/// Most steps to a replacement. ICD-10-CM is updated at most a few times a year, and a code is replaced at most once an update.
pub(crate) const MAX_STEPS: usize = 64;

/// All codes that are reached from a code, each once, by the way with the fewest steps.
///
/// `follows` says whether a row is followed from a code that was reached on a day (`None` for the code that was asked for).
pub(crate) fn walk(
    sections: ConversionSections<'_>,
    code: Icd10CmCode,
    follows: impl Fn(&ConversionRow, Icd10CmCode, Option<Date>) -> bool,
) -> Vec<Replacement> {
    let Some(release) = sections.release() else { return Vec::new() };
    // A code can be reached on several days, from each of which other rows follow: no day of a code is walked from twice.
    let mut walked = BTreeSet::new();
    let mut codes = BTreeSet::new();
    let mut found: Vec<Replacement> = Vec::new();
    let mut open: VecDeque<Replacement> = VecDeque::new();
    let mut next = Some((code, None, Vec::new()));
    while let Some((from, day, steps)) = next {
        for row in sections.successors(from).filter(|row| follows(row, from, day)) {
            let PreviousAssignment { effective, join, .. } = row.previous;
            if row.current != code && steps.len() < MAX_STEPS && walked.insert((row.current, effective)) {
                let step = ReplacementStep { from, to: row.current, effective, join };
                let steps = steps.iter().copied().chain([step]).collect();
                open.push_back(Replacement { code: row.current, effective, steps, release });
            }
        }
        next = open.pop_front().map(|reached| {
            let next = (reached.code, Some(reached.effective), reached.steps.clone());
            if codes.insert(reached.code) {
                found.push(reached);
            }
            next
        });
    }
    found.sort_by_key(|replacement| replacement.code);
    found
}

impl<'a> Icd10Cm<'a> {
    /// The first day of the release of the conversion table that the table holds; `None` where it holds none.
    #[must_use]
    pub fn conversion_release(&self) -> Option<Date> {
        self.conversions.release()
    }

    /// What the meaning of a code was reported with before the code was there, as the conversion table in this table has it.
    ///
    /// Empty where it has no row for the code: the code was there from the beginning, or its row is not understood.
    pub fn predecessors(&self, code: Icd10CmCode) -> impl Iterator<Item = PreviousAssignment> + use<'a> {
        self.conversions.predecessors(code)
    }
}

impl Icd10CmOn<'_> {
    /// For a code that was billable and is no longer on the date: the codes, billable on the date, that took its place. Empty for a billable
    /// code, and where the conversion table in this table says nothing.
    ///
    /// A code is replaced on the day after its last one. A code that went on beside a newer one was not replaced by it, though the conversion
    /// table has both in one row. A replacement that was itself replaced is followed to the code of the date, over at most 64 steps. A code that became a header is
    /// no longer billable: what took its place is mostly, not always, below it.
    ///
    /// Source: the ICD-10-CM conversion table of the National Center for Health Statistics.
    #[must_use]
    pub fn replacements(&self, code: Icd10CmCode) -> Vec<Replacement> {
        self.replaced(self.table.conversions, code)
    }

    /// The same by another conversion table, as one that is newer than the one in this table.
    #[must_use]
    pub fn replacements_by(&self, conversion: &Conversion<'_>, code: Icd10CmCode) -> Vec<Replacement> {
        self.replaced(conversion.sections(), code)
    }

    fn replaced(&self, sections: ConversionSections<'_>, code: Icd10CmCode) -> Vec<Replacement> {
        let mut found = walk(sections, code, |row, from, _| {
            self.not_billable_from(from).is_some_and(|day| day == row.previous.effective)
        });
        found.retain(|replacement| self.is_billable(replacement.code));
        found
    }

    /// The day after the last one on which a code was billable, where it is no longer.
    fn not_billable_from(&self, code: Icd10CmCode) -> Option<Date> {
        if !matches!(self.status(code), Status::Retired | Status::Header) {
            return None;
        }
        let ordinal = self.table.ordinal(code)?;
        let [_, newest, ..] = self.table.status_at(ordinal as usize)?;
        let older = self.table.more_statuses(ordinal).filter(|more| !more.header).map(|more| more.last);
        let today = self.date().ccyymmdd();
        let last = older.chain([newest]).filter(|last| *last != 0 && *last < today).max()?;
        Date::from_ccyymmdd(last).ok()?.tomorrow()
    }
}
