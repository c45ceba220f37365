//! Questions on a date.

use super::age_group::{AgeGroup, AgeRange};
use super::procedure::{Procedure, ProcedureFlags, ProcedureStatus};
use super::table::{CodeEditor, period};
use superbill_core::{Date, Icd10PcsCode};
use superbill_table::u32_at;

/// The tables of the code editor as they are on a date of discharge. Made by [`CodeEditor::on`]; small and free to copy.
#[derive(Debug, Clone, Copy)]
pub struct CodeEditorOn<'t> {
    table: &'t CodeEditor<'t>,
    date: Date,
    day: u32,
}

impl<'t> CodeEditorOn<'t> {
    #[inline]
    pub(super) fn new(table: &'t CodeEditor<'_>, date: Date) -> Self {
        Self { table, date, day: date.ccyymmdd() }
    }

    /// The date.
    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    /// Whether the table speaks of the date: from 2015-10-01 to its last day.
    #[must_use]
    pub fn is_known(self) -> bool {
        (self.table.first_day()..=self.table.last_day()).contains(&self.day)
    }

    /// What a procedure code is on the date, and with which marks.
    #[inline]
    #[must_use]
    pub fn procedure(self, code: Icd10PcsCode) -> Procedure {
        let none = |status| Procedure { status, flags: ProcedureFlags::NONE };
        if self.day > self.table.last_day() {
            return none(ProcedureStatus::CannotTell);
        }
        let Some(periods) = self.table.periods(code) else {
            return none(ProcedureStatus::Unknown);
        };
        let mut status = ProcedureStatus::NotYetEffective;
        // The newest first: it is asked for most.
        for row in periods.iter().rev() {
            let row = period(row);
            if row.first <= self.day && self.day <= row.last {
                let flags = ProcedureFlags::from_bits(row.flags).unwrap_or_default();
                return Procedure { status: ProcedureStatus::Valid, flags };
            }
            if row.last < self.day {
                status = ProcedureStatus::Retired;
            }
        }
        none(status)
    }

    /// The procedures that are valid on the date, in order.
    pub fn procedures(self) -> impl Iterator<Item = Icd10PcsCode> + use<'t> {
        self.table.procedures().filter(move |code| self.procedure(*code).is_valid())
    }

    /// The ages of a group on the date; `None` where the table has none for it.
    #[must_use]
    pub fn age_range(self, group: AgeGroup) -> Option<AgeRange> {
        if self.day > self.table.last_day() {
            return None;
        }
        self.table.age_ranges().find(|range| range.group == group && range.valid.contains(self.date))
    }

    /// Whether a discharge status (UB-04 form locator 17) is valid on the date. `None` where the date is after the last day that the table
    /// speaks of.
    #[must_use]
    pub fn discharge_status(self, code: u8) -> Option<bool> {
        if self.day > self.table.last_day() {
            return None;
        }
        let rows = self.table.discharge_rows();
        let number = |row: &[u8; 12], at: usize| u32_at(row, at).unwrap_or_default();
        let start = rows.partition_point(|row| number(row, 0) < u32::from(code));
        let mut same = rows.iter().skip(start).take_while(|row| number(row, 0) == u32::from(code));
        Some(same.any(|row| (number(row, 4)..=number(row, 8)).contains(&self.day)))
    }
}
