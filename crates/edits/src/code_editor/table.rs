//! The table: two doors, and what it says of itself.

use super::age_group::{AgeGroup, AgeRange};
use super::on::CodeEditorOn;
use super::procedure::{ProcedureFlags, ProcedurePeriod};
use super::section;
use superbill_core::{Date, DateRange, Icd10PcsCode};
use superbill_table::{About, PackedMap, SectionName, SortedKeys, Table, TableError, u32_at};

/// The tables of the Medicare Code Editor: procedures with their marks, ages of the age groups, discharge statuses, all with their dates.
///
/// [`CodeEditor::bundled`] is the table that comes with this crate; [`CodeEditor::from_bytes`] opens another. Both cost nothing to open. A
/// question needs a date, that of discharge: [`CodeEditor::on`]. The marks of diagnoses stand in the table of ICD-10-CM.
///
/// Source: Definitions of Medicare Code Edits, Centers for Medicare & Medicaid Services, each October and April.
#[derive(Debug, Clone, Copy)]
pub struct CodeEditor<'a> {
    map: PackedMap<'a>,
    keys: SortedKeys<'a>,
    histories: &'a [[u8; 4]],
    periods: &'a [[u8; 12]],
    ages: &'a [[u8; 20]],
    discharges: &'a [[u8; 12]],
    first_day: u32,
    last_day: u32,
    table: Table<'a>,
}

/// A row of the periods.
#[derive(Debug, Clone, Copy)]
pub(super) struct PeriodRow {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) flags: u32,
}

/// The section, or an error out of the function.
macro_rules! need {
    ($table:expr, $name:expr) => {
        match $table.section($name) {
            Some(found) => found,
            None => return Err(missing($name)),
        }
    };
}

const fn missing(name: SectionName) -> TableError {
    TableError::Section { name: name.as_str() }
}

/// The version of the bundled table: the first day of the last release that it holds.
#[cfg(feature = "bundled")]
pub const BUNDLED_VERSION: &str = superbill_edits_data::VERSION;

/// How many bytes the bundled table has.
#[cfg(feature = "bundled")]
pub const BUNDLED_BYTES: usize = superbill_edits_data::TABLE.len();

#[cfg(feature = "bundled")]
impl CodeEditor<'static> {
    /// The table that comes with this crate. It was opened when the program was compiled, and its sizes are constants of the program.
    #[inline(always)]
    #[must_use]
    pub fn bundled() -> &'static Self {
        const {
            &match CodeEditor::from_bytes(&superbill_edits_data::TABLE) {
                Ok(table) => table,
                // At compile time: a program with a table that does not open is not built.
                Err(_) => panic!("the bundled code-editor table does not open"),
            }
        }
    }
}

impl<'a> CodeEditor<'a> {
    /// Opens a table. Only its directory is looked at; [`CodeEditor::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no code-editor table or a section is missing or has the wrong size.
    pub const fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = match Table::open(bytes, section::TABLE_KIND) {
            Ok(table) => table,
            Err(error) => return Err(error),
        };
        let facts = need!(table, section::FACTS).0;
        let (Some(first_day), Some(last_day)) = (u32_at(facts, 0), u32_at(facts, 4)) else {
            return Err(missing(section::FACTS));
        };
        let slots = need!(table, section::SLOTS).0;
        let (pilots, parameters) = (need!(table, section::PILOTS).0, need!(table, section::MAP).0);
        // Classes alone are asked for: the slots stand in for ordinals, which the table does not have.
        let Some(map) = PackedMap::new(slots, slots, pilots, parameters) else {
            return Err(missing(section::MAP));
        };
        let (keys, rows) = need!(table, section::KEYS);
        Ok(Self {
            map,
            keys: SortedKeys::new(keys, rows),
            histories: need!(table, section::HISTORIES).0.as_chunks().0,
            periods: need!(table, section::PERIODS).0.as_chunks().0,
            ages: need!(table, section::AGES).0.as_chunks().0,
            discharges: need!(table, section::DISCHARGES).0.as_chunks().0,
            first_day,
            last_day,
            table,
        })
    }

    /// The tables as they are on a date, that of discharge.
    #[inline]
    #[must_use]
    pub fn on(&self, date: Date) -> CodeEditorOn<'_> {
        CodeEditorOn::new(self, date)
    }

    /// The days that the table speaks of. Before the first, ICD-10-PCS was not in force (45 CFR 162.1002(c)); after the last, nobody has told
    /// the table yet.
    ///
    /// # Errors
    /// [`TableError::Content`] where the days of the table are none.
    pub fn horizon(&self) -> Result<DateRange, TableError> {
        let wrong = TableError::Content { name: section::FACTS.as_str(), row: 0 };
        let first = Date::from_ccyymmdd(self.first_day).map_err(|_| wrong)?;
        let last = Date::from_ccyymmdd(self.last_day).map_err(|_| wrong)?;
        DateRange::new(first, Some(last)).map_err(|_| wrong)
    }

    /// What the table says of itself: the release that it was made for, and its sources.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many procedure codes the table holds, retired ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All procedure codes in order, whatever the date.
    pub fn procedures(&self) -> impl Iterator<Item = Icd10PcsCode> + use<'a> {
        self.keys.from(0).filter_map(|(_, key)| Icd10PcsCode::from_packed(key))
    }

    /// When a procedure was valid and with which marks, the oldest first.
    pub fn procedure_periods(&self, code: Icd10PcsCode) -> impl Iterator<Item = ProcedurePeriod> + use<'_, 'a> {
        let rows = self.periods(code).unwrap_or_default().iter();
        rows.filter_map(|row| {
            let row = period(row);
            Some(ProcedurePeriod {
                valid: self.days(row.first, row.last)?,
                flags: ProcedureFlags::from_bits(row.flags)?,
            })
        })
    }

    /// The ages of all groups, whatever the date.
    pub fn age_ranges(&self) -> impl Iterator<Item = AgeRange> + use<'_, 'a> {
        self.ages.iter().filter_map(|row| {
            let number = |at: usize| u32_at(row, at);
            Some(AgeRange {
                group: AgeGroup::ALL.get(number(0)? as usize).copied()?,
                lowest: u16::try_from(number(4)?).ok()?,
                highest: u16::try_from(number(8)?).ok()?,
                valid: self.days(number(12)?, number(16)?)?,
            })
        })
    }

    /// The discharge statuses and when each was valid, in the order of codes and days. A code can stand more than once.
    pub fn discharge_statuses(&self) -> impl Iterator<Item = (u8, DateRange)> + use<'_, 'a> {
        self.discharges.iter().filter_map(|row| {
            let number = |at: usize| u32_at(row, at);
            Some((u8::try_from(number(0)?).ok()?, self.days(number(4)?, number(8)?)?))
        })
    }

    /// The periods of a procedure that the table knows.
    #[inline]
    pub(super) fn periods(&self, code: Icd10PcsCode) -> Option<&'a [[u8; 12]]> {
        let class = self.map.class(code.packed())? as usize;
        let start = u32_at(self.histories.get(class)?, 0)? as usize;
        let end = u32_at(self.histories.get(class + 1)?, 0)? as usize;
        self.periods.get(start..end)
    }

    pub(super) fn discharge_rows(&self) -> &'a [[u8; 12]] {
        self.discharges
    }

    pub(super) fn first_day(&self) -> u32 {
        self.first_day
    }

    pub(super) fn last_day(&self) -> u32 {
        self.last_day
    }

    /// Days out of a row; those that reach the last day of the table have no known end.
    fn days(&self, first: u32, last: u32) -> Option<DateRange> {
        let first = Date::from_ccyymmdd(first).ok()?;
        let last = if last >= self.last_day { None } else { Some(Date::from_ccyymmdd(last).ok()?) };
        DateRange::new(first, last).ok()
    }

    /// Checks everything that reading relies on: checksums, order of codes, the map, periods, ages, statuses. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.horizon()?;
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let (mut before, mut rows) = (0, 0);
        for (row, key) in self.keys.from(0) {
            let code = Icd10PcsCode::from_packed(key).filter(|_| key > before).ok_or(wrong(section::KEYS, row))?;
            if self.periods(code).is_none_or(<[_]>::is_empty) {
                return Err(wrong(section::SLOTS, row));
            }
            (before, rows) = (key, row + 1);
        }
        if rows != self.keys.len() {
            return Err(wrong(section::KEYS, rows));
        }
        self.verify_periods()?;
        if self.age_ranges().count() != self.ages.len() {
            return Err(wrong(section::AGES, 0));
        }
        for (row, range) in self.age_ranges().enumerate() {
            if range.lowest > range.highest {
                return Err(wrong(section::AGES, row));
            }
        }
        if self.discharge_statuses().count() != self.discharges.len() {
            return Err(wrong(section::DISCHARGES, 0));
        }
        let starts = |row: &[u8; 12]| (u32_at(row, 0), u32_at(row, 4));
        match self.discharges.windows(2).position(|pair| !pair.is_sorted_by_key(starts)) {
            Some(row) => Err(wrong(section::DISCHARGES, row)),
            None => Ok(()),
        }
    }

    /// Checks that the periods of each history follow on each other.
    fn verify_periods(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let (mut starts, mut before) = (Vec::new(), 0);
        for (row, start) in self.histories.iter().enumerate() {
            let start = u32_at(start, 0).filter(|start| *start >= before).ok_or(wrong(section::HISTORIES, row))?;
            starts.push(start as usize);
            before = start;
        }
        if before as usize != self.periods.len() {
            return Err(wrong(section::HISTORIES, self.histories.len()));
        }
        let mut last = 0;
        for (row, bytes) in self.periods.iter().enumerate() {
            let found = period(bytes);
            if starts.binary_search(&row).is_ok() {
                last = 0;
            }
            let days = self.days(found.first, found.last).is_some() && found.last <= self.last_day;
            if !days || found.first <= last || ProcedureFlags::from_bits(found.flags).is_none() {
                return Err(wrong(section::PERIODS, row));
            }
            last = found.last;
        }
        Ok(())
    }
}

/// The numbers of a row of the periods.
#[inline]
pub(super) fn period(row: &[u8; 12]) -> PeriodRow {
    // INVARIANT: a row has 12 bytes.
    let number = |at: usize| u32_at(row, at).unwrap_or_default();
    PeriodRow { first: number(0), last: number(4), flags: number(8) }
}
