//! What Medicare pays for durable medical equipment, prosthetics, orthotics and supplies.

use crate::code_index::CodeIndex;
use crate::facts::Facts;
use crate::groups::{Groups, ROWS};
use crate::laboratory::modifier_at;
use crate::quarter::Quarter;
use crate::releases::InForce;
use crate::service_code::ServiceCode;
use superbill_core::{DateRange, Modifier, Money};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};

/// The kind of table that holds the DMEPOS fee schedule.
pub const DMEPOS_KIND: SectionName = SectionName::new("dmepos");

/// Bytes of a row: two modifiers 2 each (zeros are none), jurisdiction 1, category 2, zero 1, ceiling and floor in cents 4 each (all bits set is none). The
/// rows of a code are in the order of their modifiers.
pub(crate) const ROW: usize = 16;
/// The columns of fees: state 2, zone 1, zero 1.
pub(crate) const AREAS: SectionName = SectionName::new("areas");
/// The fees of each row in each column, in cents 4 each; all bits set is none.
pub(crate) const FEES: SectionName = SectionName::new("fees");

/// Where in a state an item is used. Fees differ by it since prices of competitive bidding are used outside its areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum DmeposZone {
    /// The schedule does not tell zones of the state apart.
    Whole,
    /// Not rural.
    NonRural,
    /// Rural, by the ZIP code.
    Rural,
}

impl DmeposZone {
    const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Whole),
            1 => Some(Self::NonRural),
            2 => Some(Self::Rural),
            _ => None,
        }
    }
}

/// An item of the schedule: a code with modifiers.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DmeposItem<'a> {
    /// The code.
    pub code: ServiceCode,
    /// The modifiers with which it is billed, as NU, RR, UE.
    pub modifiers: [Option<Modifier>; 2],
    /// Who is billed, as a letter: D the DME contractor, L the local contractor, J either.
    pub jurisdiction: Option<char>,
    category: [u8; 2],
    /// The national ceiling.
    pub ceiling: Option<Money>,
    /// The national floor.
    pub floor: Option<Money>,
    fees: &'a [[u8; 4]],
    areas: &'a [[u8; 4]],
}

impl DmeposItem<'_> {
    /// The payment category, as IN for inexpensive, CR for capped rental, OX for oxygen.
    #[must_use]
    pub fn category(&self) -> &str {
        core::str::from_utf8(&self.category).unwrap_or_default().trim_end_matches(['\0', ' '])
    }

    /// The fee in a state (two letters). A fee of zero in the file is none: the item has no fee there.
    #[must_use]
    pub fn fee(&self, state: &str, rural: bool) -> Option<Money> {
        let zone = if rural { DmeposZone::Rural } else { DmeposZone::NonRural };
        let of = |wanted: DmeposZone| {
            let same = |area: &&[u8; 4]| area[..2].eq_ignore_ascii_case(state.as_bytes()) && area[2] == wanted as u8;
            let at = self.areas.iter().position(|area| same(&area))?;
            self.fees.get(at).copied()
        };
        cents(u32::from_le_bytes(of(zone).or_else(|| of(DmeposZone::Whole))?))
    }

    /// The fees of all states and zones that have one.
    pub fn fees(&self) -> impl Iterator<Item = (&str, DmeposZone, Money)> {
        self.areas.iter().zip(self.fees).filter_map(|(area, fee)| {
            let state = core::str::from_utf8(area.get(..2)?).ok()?;
            Some((state, DmeposZone::from_number(area[2])?, cents(u32::from_le_bytes(*fee))?))
        })
    }
}

/// An amount; all bits set is none.
fn cents(number: u32) -> Option<Money> {
    (number != u32::MAX).then(|| Money::from_cents(number.into()))
}

/// The DMEPOS fee schedule, for a quarter. Descriptions are not kept.
///
/// Source: "DMEPOS Fee Schedule", Centers for Medicare & Medicaid Services, each quarter.
#[derive(Debug, Clone, Copy)]
pub struct DmeposFees<'a> {
    codes: CodeIndex<'a>,
    items: Groups<'a, ROW>,
    areas: &'a [[u8; 4]],
    fees: &'a [[u8; 4]],
    facts: Facts,
    table: Table<'a>,
}

impl<'a> DmeposFees<'a> {
    /// Opens a table. Only its directory is looked at; [`DmeposFees::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let wrong = |name: SectionName| TableError::Section { name: name.as_str() };
        let table = Table::open(bytes, DMEPOS_KIND)?;
        let codes = CodeIndex::open(&table)?;
        let items = Groups::open(&table, &codes)?;
        let areas = table.section(AREAS).ok_or(wrong(AREAS))?.0.as_chunks().0;
        let fees = table.section(FEES).ok_or(wrong(FEES))?.0.as_chunks().0;
        if items.len().checked_mul(areas.len()) != Some(fees.len()) {
            return Err(wrong(FEES));
        }
        Ok(Self { codes, items, areas, fees, facts: Facts::open(&table)?, table })
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

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.len() == 0
    }

    /// The item of a line: of those whose modifiers all stand on the line, the one with most modifiers.
    #[must_use]
    pub fn item(&self, code: ServiceCode, modifiers: &[Modifier]) -> Option<DmeposItem<'a>> {
        let on_line =
            |item: &DmeposItem<'_>| item.modifiers.iter().flatten().all(|modifier| modifiers.contains(modifier));
        let count = |item: &DmeposItem<'_>| item.modifiers.iter().flatten().count();
        let mut best: Option<DmeposItem<'a>> = None;
        for item in self.items_of(code).filter(on_line) {
            if best.as_ref().is_none_or(|best| count(best) < count(&item)) {
                best = Some(item);
            }
        }
        best
    }

    /// The items of a code, in the order of their modifiers.
    pub fn items_of(&self, code: ServiceCode) -> impl Iterator<Item = DmeposItem<'a>> + use<'a> {
        let schedule = *self;
        let numbers = self.codes.ordinal(code).map_or(0..0, |ordinal| self.items.numbers(ordinal));
        numbers.filter_map(move |number| schedule.at(code, number))
    }

    /// All items, in the order of their codes.
    pub fn items(&self) -> impl Iterator<Item = DmeposItem<'a>> + use<'a> {
        let schedule = *self;
        (0..self.items.len())
            .zip(self.items.all())
            .filter_map(move |(number, (ordinal, _))| schedule.at(schedule.codes.code(ordinal)?, number))
    }

    fn at(&self, code: ServiceCode, number: usize) -> Option<DmeposItem<'a>> {
        let row = self.items.row(number)?;
        let jurisdiction = match u8_at(row, 4)? {
            0 => None,
            letter if letter.is_ascii_uppercase() => Some(char::from(letter)),
            _ => return None,
        };
        let width = self.areas.len();
        let start = number.checked_mul(width)?;
        Some(DmeposItem {
            code,
            modifiers: [modifier_at(row, 0)?, modifier_at(row, 2)?],
            jurisdiction,
            category: *row.get(5..)?.first_chunk()?,
            ceiling: cents(u32_at(row, 8)?),
            floor: cents(u32_at(row, 12)?),
            fees: self.fees.get(start..start.checked_add(width)?)?,
            areas: self.areas,
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        self.items.verify()?;
        for (row, area) in (0u64..).zip(self.areas) {
            if !area[..2].iter().all(u8::is_ascii_uppercase) || DmeposZone::from_number(area[2]).is_none() {
                return Err(TableError::Content { name: AREAS.as_str(), row });
            }
        }
        for (number, (ordinal, _)) in self.items.all().enumerate() {
            let item = self.codes.code(ordinal).and_then(|code| self.at(code, number));
            if item.is_none_or(|item| !item.category.iter().all(u8::is_ascii)) {
                return Err(TableError::Content { name: ROWS.as_str(), row: number as u64 });
            }
        }
        Ok(())
    }
}

impl InForce for DmeposFees<'_> {
    fn in_force(&self) -> DateRange {
        self.facts.quarter.days()
    }
}
