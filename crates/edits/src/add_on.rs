//! Which code needs another one on the same day.

use crate::code_index::CodeIndex;
use crate::facts::Facts;
use crate::groups::{Groups, ROWS};
use crate::program::Program;
use crate::quarter::Quarter;
use crate::releases::{InForce, Releases};
use crate::service_code::ServiceCode;
use superbill_core::{Date, DateRange};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};

/// The kind of table that holds add-on codes.
pub const ADD_ON_KIND: SectionName = SectionName::new("add-on");

/// Bytes of a row: key of the primary code (0 where the contractor defines it) 4, first day 4, last day 4 (as decimal numbers ccyymmdd, 0 where there
/// is none), type 1, zero 3. The rows of an add-on code are in the order of their primary codes and first days.
pub(crate) const ROW: usize = 16;

/// Who says which primary codes an add-on code goes with.
///
/// Source: National Correct Coding Initiative Policy Manual, chapter I, section W; CMS Change Request 7501.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum AddOnType {
    /// Type 1: the list alone.
    Listed,
    /// Type 2: the contractor; there is no list.
    Contractor,
    /// Type 3: the list has some, the contractor may accept others.
    ListedAndContractor,
}

impl AddOnType {
    /// The number: 1, 2, 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Listed => 1,
            Self::Contractor => 2,
            Self::ListedAndContractor => 3,
        }
    }

    /// The type of a number.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Listed),
            2 => Some(Self::Contractor),
            3 => Some(Self::ListedAndContractor),
            _ => None,
        }
    }
}

/// An edit of an add-on code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AddOnEdit {
    /// The add-on code.
    pub add_on: ServiceCode,
    /// A primary code that it goes with; `None` where the contractor defines them.
    pub primary: Option<ServiceCode>,
    /// Who says which primary codes it goes with.
    pub kind: AddOnType,
    /// The first day.
    pub effective: Option<Date>,
    /// The last day: the first of those on which the edit, the add-on code and the primary code end.
    pub deletion: Option<Date>,
}

impl AddOnEdit {
    /// Whether the edit is active on a day, both ends included.
    #[must_use]
    pub fn is_active(&self, day: Date) -> bool {
        self.effective.is_none_or(|first| first <= day) && self.deletion.is_none_or(|last| day <= last)
    }
}

/// Whether an add-on code has a primary code by its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum AddOnAnswer {
    /// It has: this one.
    Satisfied(ServiceCode),
    /// It has not. [`AddOns::primaries`] has the list.
    Missing,
    /// None that is listed; the contractor says whether another code serves.
    ContractorDecides,
    /// The code is no add-on code on the day.
    NotAddOn,
    /// No table that is loaded is in force on the day.
    CannotTell,
}

/// The add-on codes of a program, for a quarter.
///
/// Source: "Add-on Code Edits", Centers for Medicare & Medicaid Services, each quarter; National Correct Coding Initiative Policy Manual, chapter I,
/// section W.
#[derive(Debug, Clone, Copy)]
pub struct AddOns<'a> {
    codes: CodeIndex<'a>,
    edits: Groups<'a, ROW>,
    facts: Facts,
    days: DateRange,
    table: Table<'a>,
}

impl<'a> AddOns<'a> {
    /// Opens a table. Only its directory is looked at; [`AddOns::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = Table::open(bytes, ADD_ON_KIND)?;
        let codes = CodeIndex::open(&table)?;
        let (edits, facts) = (Groups::open(&table, &codes)?, Facts::open(&table)?);
        Ok(Self { codes, edits, facts, days: facts.quarter.days(), table })
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> Program {
        self.facts.program
    }

    /// The quarter.
    #[must_use]
    pub fn quarter(&self) -> Quarter {
        self.facts.quarter
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many edits there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.edits.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.len() == 0
    }

    /// Whether an add-on code has a primary code among the codes of the same patient, practitioner and day.
    #[must_use]
    pub fn check<'c>(
        &self,
        add_on: ServiceCode,
        codes: impl IntoIterator<Item = &'c ServiceCode>,
        day: Date,
    ) -> AddOnAnswer {
        if !self.in_force().contains(day) {
            return AddOnAnswer::CannotTell;
        }
        let (rows, number) = (self.rows(add_on), day.ccyymmdd());
        for code in codes {
            let from = rows.partition_point(|row| primary_key(row) < code.key());
            let mut same = rows.get(from..).unwrap_or_default().iter().take_while(|row| primary_key(row) == code.key());
            if same.any(|row| is_active(row, number)) {
                return AddOnAnswer::Satisfied(*code);
            }
        }
        let mut answer = AddOnAnswer::NotAddOn;
        for row in rows.iter().filter(|row| is_active(row, number)) {
            if u8_at(row, 12) != Some(AddOnType::Listed.number()) {
                return AddOnAnswer::ContractorDecides;
            }
            answer = AddOnAnswer::Missing;
        }
        answer
    }

    /// The primary codes that are listed for an add-on code on a day, in order.
    pub fn primaries(&self, add_on: ServiceCode, day: Date) -> impl Iterator<Item = ServiceCode> + use<'a> {
        let mut before = None;
        self.edits_of(add_on)
            .filter(move |edit| edit.is_active(day))
            .filter_map(|edit| edit.primary)
            .filter(move |primary| before.replace(*primary) != Some(*primary))
    }

    /// The edits of an add-on code, of all days, in the order of their primary codes.
    pub fn edits_of(&self, add_on: ServiceCode) -> impl Iterator<Item = AddOnEdit> + use<'a> {
        self.rows(add_on).iter().filter_map(move |row| edit(add_on, row))
    }

    /// All edits, in the order of their add-on codes.
    pub fn edits(&self) -> impl Iterator<Item = AddOnEdit> + use<'a> {
        let codes = self.codes;
        self.edits.all().filter_map(move |(ordinal, row)| edit(codes.code(ordinal)?, row))
    }

    fn rows(&self, add_on: ServiceCode) -> &'a [[u8; ROW]] {
        self.codes.ordinal(add_on).map_or(&[][..], |ordinal| self.edits.of(ordinal))
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        self.edits.verify()?;
        let mut before = (0, 0);
        for (number, (ordinal, row)) in (0u64..).zip(self.edits.all()) {
            let place = (ordinal, primary_key(row));
            let sound = self.codes.code(ordinal).and_then(|code| edit(code, row));
            if place < before || sound.is_none_or(|edit| edit.primary.is_none() && edit.kind == AddOnType::Listed) {
                return Err(TableError::Content { name: ROWS.as_str(), row: number });
            }
            before = place;
        }
        Ok(())
    }
}

fn primary_key(row: &[u8; ROW]) -> u64 {
    u32_at(row, 0).unwrap_or_default().into()
}

/// Whether a row is active on a day, as a decimal number.
fn is_active(row: &[u8; ROW], day: u32) -> bool {
    // No last day is 0, which wraps round to the greatest number.
    let last = u32_at(row, 8).unwrap_or_default().wrapping_sub(1);
    u32_at(row, 4).is_some_and(|first| first <= day) && day.wrapping_sub(1) <= last
}

fn edit(add_on: ServiceCode, row: &[u8; ROW]) -> Option<AddOnEdit> {
    let day = |at: usize| match u32_at(row, at)? {
        0 => Some(None),
        number => Date::from_ccyymmdd(number).ok().map(Some),
    };
    let primary = match primary_key(row) {
        0 => None,
        key => Some(ServiceCode::from_key(key)?),
    };
    let kind = AddOnType::from_number(u8_at(row, 12)?)?;
    Some(AddOnEdit { add_on, primary, kind, effective: day(4)?, deletion: day(8)? })
}

impl InForce for AddOns<'_> {
    fn in_force(&self) -> DateRange {
        self.days
    }
}

impl Releases<AddOns<'_>> {
    /// Whether an add-on code has a primary code by its side, by the table that is in force on the day. The tables are of one program.
    #[must_use]
    pub fn check<'c>(
        &self,
        add_on: ServiceCode,
        codes: impl IntoIterator<Item = &'c ServiceCode>,
        day: Date,
    ) -> AddOnAnswer {
        self.on(day).map_or(AddOnAnswer::CannotTell, |table| table.check(add_on, codes, day))
    }
}
