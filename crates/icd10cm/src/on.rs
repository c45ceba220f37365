//! Questions on a date.

use crate::code::Icd10CmCode;
use crate::status::{Lookup, Status};
use crate::table::{Icd10Cm, StatusRow};
use crate::title::Title;
use superbill_core::Date;

/// ICD-10-CM as it is on a date. Made by [`Icd10Cm::on`]; small and free to copy.
#[derive(Debug, Clone, Copy)]
pub struct Icd10CmOn<'t> {
    pub(crate) table: &'t Icd10Cm<'t>,
    date: Date,
    day: u32,
}

impl<'t> Icd10CmOn<'t> {
    #[inline]
    pub(crate) fn new(table: &'t Icd10Cm<'_>, date: Date) -> Self {
        Self { table, date, day: date.ccyymmdd() }
    }

    /// The date.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// Whether a code is billable, a header, or why it is neither.
    #[inline]
    #[must_use]
    pub fn status(&self, code: Icd10CmCode) -> Status {
        match self.table.status_of(code) {
            Some(row) => self.judge(|| self.table.ordinal(code), row),
            None if self.day > self.table.last_day() || self.table.untold(self.day).is_some() => Status::CannotTell,
            None => Status::Unknown,
        }
    }

    /// Whether a code is billable: complete, and valid on the date (ICD-10-CM Official Guidelines, section I.B.2).
    #[inline]
    #[must_use]
    pub fn is_billable(&self, code: Icd10CmCode) -> bool {
        self.status(code) == Status::Billable
    }

    /// Everything that is known of a code on the date.
    #[must_use]
    pub fn lookup(&self, code: Icd10CmCode) -> Lookup<'t> {
        Lookup::new(*self, code)
    }

    #[inline]
    fn judge(&self, ordinal: impl FnOnce() -> Option<u32>, row: StatusRow) -> Status {
        let [billable, billable_last, header, header_last] = row;
        let within = |first: u32, last: u32| first <= self.day && self.day <= last;
        if within(billable, billable_last) {
            Status::Billable
        } else if within(header, header_last) {
            Status::Header
        } else {
            self.judge_beyond(ordinal(), row)
        }
    }

    /// The same for a day outside the newest days of the code.
    #[cold]
    fn judge_beyond(&self, ordinal: Option<u32>, [billable, billable_last, header, header_last]: StatusRow) -> Status {
        let mut over = self.day > billable_last.max(header_last) || (billable != 0 && self.day > billable_last);
        if billable == 0 && header == 0 {
            over = false;
        }
        let gap = self.table.untold(self.day);
        let at_gap = |first: u32, last: u32| gap.is_some_and(|(gap, end)| follows(last, gap) || follows(end, first));
        let mut cannot_tell = at_gap(billable, billable_last) || at_gap(header, header_last);
        for more in ordinal.into_iter().flat_map(|ordinal| self.table.more_statuses(ordinal)) {
            if (more.first..=more.last).contains(&self.day) {
                return if more.header { Status::Header } else { Status::Billable };
            }
            over |= self.day > more.last;
            cannot_tell |= at_gap(more.first, more.last);
        }
        if self.day > self.table.last_day() || cannot_tell {
            Status::CannotTell
        } else if over {
            Status::Retired
        } else {
            Status::NotYetEffective
        }
    }

    /// The title of a code as it is taken for the date: that of the release in force, or of the release nearest to it that the
    /// table has. `None` where the code is not known or no source of the table has its title.
    #[must_use]
    pub fn title(&self, code: Icd10CmCode) -> Option<Title> {
        self.table.title_on(code, self.day)
    }

    /// The status of the code at an ordinal.
    #[inline]
    pub(crate) fn status_at(&self, ordinal: u32) -> Option<Status> {
        Some(self.judge(|| Some(ordinal), self.table.status_at(ordinal as usize)?))
    }

    /// All codes of a kind of status on the date, in the order of the tabular list.
    fn with(self, wanted: fn(Status) -> bool) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        self.table.keys.from(0).filter_map(move |(ordinal, key)| {
            let status = self.status_at(u32::try_from(ordinal).ok()?)?;
            if wanted(status) { Icd10CmCode::from_packed(key) } else { None }
        })
    }

    /// The billable codes, in order.
    pub fn billable(self) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        self.with(|status| status == Status::Billable)
    }

    /// The billable codes and the headers, in order.
    pub fn codes(self) -> impl Iterator<Item = Icd10CmCode> + use<'t> {
        self.with(|status| matches!(status, Status::Billable | Status::Header))
    }
}

/// Whether one day, as a decimal number, is the day after another.
fn follows(day: u32, next: u32) -> bool {
    Date::from_ccyymmdd(day).ok().and_then(Date::tomorrow).is_some_and(|after| after.ccyymmdd() == next)
}
