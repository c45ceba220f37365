//! Tables of pairs of several quarters and programs.

use super::edit::PairSetting;
use super::table::{Pairs, PairsOn};
use crate::program::Program;
use superbill_core::Date;

/// Tables of pairs side by side: of both settings and programs, and of several quarters.
#[derive(Debug, Clone, Default)]
pub struct PairTables<'a> {
    tables: Vec<Pairs<'a>>,
}

impl<'a> PairTables<'a> {
    /// These tables, in any order. Of two of one quarter, setting and program the later one counts.
    #[must_use]
    pub fn new(tables: impl IntoIterator<Item = Pairs<'a>>) -> Self {
        let mut tables: Vec<_> = tables.into_iter().collect();
        tables.reverse();
        tables.sort_by_key(|pairs| pairs.release().first());
        Self { tables }
    }

    /// The table that answers for a day: that of its quarter, else the next later one, whose history reaches back. `None` where every table
    /// ends before the day.
    #[must_use]
    pub fn on(&self, setting: PairSetting, program: Program, date: Date) -> Option<PairsOn<'_>> {
        self.of(setting, program)
            .find(|pairs| pairs.release().last().is_none_or(|last| date <= last))
            .map(|pairs| pairs.on(date))
    }

    /// The tables of a setting and program, the oldest first.
    pub fn of(&self, setting: PairSetting, program: Program) -> impl Iterator<Item = &Pairs<'a>> {
        self.tables.iter().filter(move |pairs| pairs.setting() == setting && pairs.program() == program)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
}
