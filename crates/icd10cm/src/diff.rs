//! What changed between two dates.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::status::Status;
use crate::table::Icd10Cm;
use crate::title::Title;
use core::fmt;
use superbill_core::{Date, DateRange};
use thiserror::Error;

/// A change of a code between two dates.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Change {
    /// The code.
    pub code: Icd10CmCode,
    /// What changed.
    pub kind: ChangeKind,
    /// The title on the first date; `None` where the code was not valid then or has no title.
    pub from: Option<Title>,
    /// The title on the second date, likewise.
    pub to: Option<Title>,
}

/// How a code changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// Valid on the second date only.
    Added {
        /// Whether it is billable then, or a header.
        billable: bool,
    },
    /// Valid on the first date only.
    Removed {
        /// Whether it was billable then, or a header.
        billable: bool,
    },
    /// Codes were added below it: it can no longer stand on a claim.
    BillableToHeader,
    /// It has become complete.
    HeaderToBillable,
    /// Valid on both dates, with another title.
    Retitled,
}

impl ChangeKind {
    /// The name in data: `added`, `removed`, `billable_to_header`, `header_to_billable`, `retitled`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::BillableToHeader => "billable_to_header",
            Self::HeaderToBillable => "header_to_billable",
            Self::Retitled => "retitled",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The table does not speak of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the table does not tell of {date}: it speaks of {} to {}", .horizon.first(), .horizon.last().unwrap_or(.horizon.first()))]
pub struct NotTold {
    /// The date.
    pub date: Date,
    /// The days that the table speaks of; there can be gaps between them.
    pub horizon: DateRange,
}

impl Icd10Cm<'_> {
    /// Whether the table tells of a date.
    ///
    /// # Errors
    /// [`NotTold`] where the date is outside the days of the table or no release told of it.
    pub fn check_date(&self, date: Date) -> Result<(), NotTold> {
        let horizon = self.horizon().unwrap_or(DateRange::single(date));
        if horizon.contains(date) && self.untold(date.ccyymmdd()).is_none() && self.horizon().is_ok() {
            Ok(())
        } else {
            Err(NotTold { date, horizon })
        }
    }

    /// What changed from one date to another, in the order of the tabular list. A code whose status and title both changed stands twice,
    /// the status first.
    ///
    /// # Errors
    /// [`NotTold`] where the table does not speak of one of the dates.
    pub fn diff(&self, from: Date, to: Date) -> Result<impl Iterator<Item = Change>, NotTold> {
        self.check_date(from)?;
        self.check_date(to)?;
        let (from, to) = (self.on(from), self.on(to));
        let codes = self.keys.from(0).filter_map(|(row, key)| Some((u32::try_from(row).ok()?, key)));
        Ok(codes.flat_map(move |(ordinal, key)| changes(from, to, ordinal, key)))
    }

    /// What changed of some codes, in their order.
    ///
    /// # Errors
    /// [`NotTold`] where the table does not speak of one of the dates.
    pub fn diff_of<'c>(
        &'c self,
        codes: impl IntoIterator<Item = Icd10CmCode> + 'c,
        from: Date,
        to: Date,
    ) -> Result<impl Iterator<Item = Change> + 'c, NotTold> {
        self.check_date(from)?;
        self.check_date(to)?;
        let (from, to) = (self.on(from), self.on(to));
        let codes = codes.into_iter().filter_map(|code| Some((self.ordinal(code)?, code)));
        Ok(codes.flat_map(move |(ordinal, code)| changes(from, to, ordinal, code.packed())))
    }
}

/// The change of status of the code at an ordinal, and the change of its title.
fn changes(from: Icd10CmOn<'_>, to: Icd10CmOn<'_>, ordinal: u32, key: u64) -> impl Iterator<Item = Change> {
    let (before, after) = (validity(from, ordinal), validity(to, ordinal));
    // Most codes have the same title on both dates, which the table can tell without reading it.
    let days = [from.date().ccyymmdd(), to.date().ccyymmdd()];
    let same = before == after && (before.is_none() || from.table.has_one_title(ordinal, days));
    let changed = if same { None } else { Icd10CmCode::from_packed(key) };
    changed.map(|code| changes_of(from, to, code, [before, after])).into_iter().flatten().flatten()
}

/// The changes of a code that has some, valid and billable or not before and after.
#[cold]
fn changes_of(
    from: Icd10CmOn<'_>,
    to: Icd10CmOn<'_>,
    code: Icd10CmCode,
    [before, after]: [Option<bool>; 2],
) -> [Option<Change>; 2] {
    let kind = match (before, after) {
        (None, None) => return [None, None],
        (None, Some(billable)) => Some(ChangeKind::Added { billable }),
        (Some(billable), None) => Some(ChangeKind::Removed { billable }),
        (Some(true), Some(false)) => Some(ChangeKind::BillableToHeader),
        (Some(false), Some(true)) => Some(ChangeKind::HeaderToBillable),
        (Some(_), Some(_)) => None,
    };
    let title = |on: Icd10CmOn<'_>, valid: Option<bool>| valid.and_then(|_| on.title(code));
    let (old, new) = (title(from, before), title(to, after));
    let retitled = match (&old, &new) {
        (Some(old), Some(new)) => old.as_str() != new.as_str(),
        _ => false,
    };
    let change = |kind| Change { code, kind, from: old.clone(), to: new.clone() };
    [kind.map(change), retitled.then(|| change(ChangeKind::Retitled))]
}

/// Whether a valid code is billable.
fn validity(on: Icd10CmOn<'_>, ordinal: u32) -> Option<bool> {
    match on.status_at(ordinal)? {
        Status::Billable => Some(true),
        Status::Header => Some(false),
        _ => None,
    }
}
