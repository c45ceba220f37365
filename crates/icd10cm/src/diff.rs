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
        let codes = self.keys.from(0).filter_map(|(_, key)| Icd10CmCode::from_packed(key));
        Ok(codes.flat_map(move |code| changes(from, to, code).into_iter().flatten()))
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
        Ok(codes.into_iter().flat_map(move |code| changes(from, to, code).into_iter().flatten()))
    }
}

/// The change of status of a code, and the change of its title.
fn changes(from: Icd10CmOn<'_>, to: Icd10CmOn<'_>, code: Icd10CmCode) -> [Option<Change>; 2] {
    let (before, after) = (validity(from, code), validity(to, code));
    let kind = match (before, after) {
        (None, None) => return [None, None],
        (None, Some(billable)) => Some(ChangeKind::Added { billable }),
        (Some(billable), None) => Some(ChangeKind::Removed { billable }),
        (Some(true), Some(false)) => Some(ChangeKind::BillableToHeader),
        (Some(false), Some(true)) => Some(ChangeKind::HeaderToBillable),
        (Some(_), Some(_)) => None,
    };
    // Most codes have the same title on every date, which the table can tell without reading it.
    if kind.is_none() && from.table.has_one_title(code) {
        return [None, None];
    }
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
fn validity(on: Icd10CmOn<'_>, code: Icd10CmCode) -> Option<bool> {
    match on.status(code) {
        Status::Billable => Some(true),
        Status::Header => Some(false),
        _ => None,
    }
}
