//! Questions on a date.

use crate::code::HcpcsCode;
use crate::lookup::{Lookup, Status};
use crate::modifier_lookup::ModifierLookup;
use crate::table::{Hcpcs, Row};
use superbill_core::{Date, Modifier};

/// HCPCS Level II as it is on a date, by one table. Made by [`Hcpcs::on`]; small and free to copy.
#[derive(Debug, Clone, Copy)]
pub struct HcpcsOn<'t> {
    pub(crate) table: &'t Hcpcs<'t>,
    date: Date,
    day: u32,
}

impl<'t> HcpcsOn<'t> {
    #[inline]
    pub(crate) fn new(table: &'t Hcpcs<'_>, date: Date) -> Self {
        Self { table, date, day: date.ccyymmdd() }
    }

    /// The date.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// What a code is on the date.
    #[inline]
    #[must_use]
    pub fn status(&self, code: HcpcsCode) -> Status {
        self.judge(self.table.ordinal(code), code.is_dental())
    }

    /// Whether a code is valid on the date.
    #[inline]
    #[must_use]
    pub fn is_valid(&self, code: HcpcsCode) -> bool {
        self.status(code) == Status::Valid
    }

    /// Everything that is known of a code on the date.
    #[must_use]
    pub fn lookup(&self, code: HcpcsCode) -> Lookup<'t> {
        Lookup::new(*self, code)
    }

    /// Everything that is known of a modifier on the date.
    #[must_use]
    pub fn modifier(&self, modifier: Modifier) -> ModifierLookup<'t> {
        ModifierLookup::new(Some(*self), self.date, modifier)
    }

    /// The codes that are valid or confirmed on the date, in order.
    pub fn codes(self) -> impl Iterator<Item = HcpcsCode> + use<'t> {
        (0..self.table.len()).filter_map(move |ordinal| {
            let found = self.judge(u32::try_from(ordinal).ok(), false);
            if matches!(found, Status::Valid | Status::Confirmed) { self.table.code(ordinal) } else { None }
        })
    }

    /// The status of a row, or of what has none. A dental code is never in a table.
    #[inline]
    pub(crate) fn judge(&self, ordinal: Option<u32>, dental: bool) -> Status {
        let table = self.table;
        if table.is_partial() {
            let named = ordinal.zip(table.quarter(self.day));
            let named = named.is_some_and(|(ordinal, quarter)| table.named(ordinal) >> quarter & 1 == 1);
            return if named { Status::Confirmed } else { Status::CannotTell };
        }
        if self.day > table.last_day() {
            return Status::CannotTell;
        }
        match ordinal.and_then(|ordinal| table.row(ordinal)) {
            Some(row) => self.judge_row(row),
            None if dental || self.day < table.known_from() => Status::CannotTell,
            None => Status::Unknown,
        }
    }

    fn judge_row(&self, row: Row) -> Status {
        if row.terminated != 0 && self.day > row.terminated {
            Status::Retired
        } else if self.day < row.added {
            Status::NotYetEffective
        } else if self.untold(row) {
            Status::CannotTell
        } else {
            Status::Valid
        }
    }

    /// Whether the row does not tell of the day: the day on which it was added is missing, or it was discontinued for a time and is in use
    /// again, and the day is before that.
    pub(crate) fn untold(&self, row: Row) -> bool {
        let reactivated = self.day < row.action && self.table.field(row.set, crate::fields::ACTION) == "R";
        reactivated || row.added == 0 && self.day < self.table.first_day()
    }

    pub(crate) fn day(&self) -> u32 {
        self.day
    }
}
