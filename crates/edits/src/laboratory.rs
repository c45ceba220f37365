//! What the clinical laboratory fee schedule pays.

use crate::code_index::CodeIndex;
use crate::facts::Facts;
use crate::groups::{Groups, ROWS};
use crate::quarter::Quarter;
use crate::releases::InForce;
use crate::service_code::ServiceCode;
use crate::unit_price::{UnitPrice, price_at};
use superbill_core::{Date, DateRange, Modifier};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};

/// The kind of table that holds the clinical laboratory fee schedule.
pub const CLFS_KIND: SectionName = SectionName::new("clfs");

/// Bytes of a row: modifier 2 (zeros are none), pricing letter 1, zero 1, first day 4 (decimal ccyymmdd, 0 is none), rate in thousandths of a dollar 8. The
/// rows of a code are in the order of their modifiers.
pub(crate) const ROW: usize = 16;

/// Who prices a laboratory test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum LaboratoryPricing {
    /// N: the rate is national.
    National,
    /// L: each contractor.
    Local,
}

/// The fee of a laboratory test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LaboratoryFee {
    /// The code.
    pub code: ServiceCode,
    /// The modifier with which it is billed.
    pub modifier: Option<Modifier>,
    /// Who prices it.
    pub pricing: LaboratoryPricing,
    /// The rate; `None` where the contractor prices the test and the schedule has none.
    pub rate: Option<UnitPrice>,
    /// The first day of the fee.
    pub effective: Option<Date>,
}

/// The clinical laboratory fee schedule, for a quarter. Descriptors are not kept.
///
/// Source: Clinical Laboratory Fee Schedule public use file, Centers for Medicare & Medicaid Services, each quarter.
#[derive(Debug, Clone, Copy)]
pub struct LaboratoryFees<'a> {
    codes: CodeIndex<'a>,
    fees: Groups<'a, ROW>,
    facts: Facts,
    table: Table<'a>,
}

impl<'a> LaboratoryFees<'a> {
    /// Opens a table. Only its directory is looked at; [`LaboratoryFees::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = Table::open(bytes, CLFS_KIND)?;
        let codes = CodeIndex::open(&table)?;
        Ok(Self { codes, fees: Groups::open(&table, &codes)?, facts: Facts::open(&table)?, table })
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

    /// How many fees there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fees.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fees.len() == 0
    }

    /// The fee of a code as it is billed: with its modifier where the schedule has it so, else the fee without one.
    #[must_use]
    pub fn fee(&self, code: ServiceCode, modifiers: &[Modifier]) -> Option<LaboratoryFee> {
        let with = |fee: &LaboratoryFee| fee.modifier.is_some_and(|modifier| modifiers.contains(&modifier));
        self.fees_of(code).find(with).or_else(|| self.fees_of(code).find(|fee| fee.modifier.is_none()))
    }

    /// The fees of a code, in the order of their modifiers.
    pub fn fees_of(&self, code: ServiceCode) -> impl Iterator<Item = LaboratoryFee> + use<'a> {
        let rows = self.codes.ordinal(code).map_or(&[][..], |ordinal| self.fees.of(ordinal));
        rows.iter().filter_map(move |row| fee(code, row))
    }

    /// All fees, in the order of their codes.
    pub fn fees(&self) -> impl Iterator<Item = LaboratoryFee> + use<'a> {
        let codes = self.codes;
        self.fees.all().filter_map(move |(ordinal, row)| fee(codes.code(ordinal)?, row))
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        self.fees.verify()?;
        for (number, (ordinal, row)) in (0u64..).zip(self.fees.all()) {
            if self.codes.code(ordinal).and_then(|code| fee(code, row)).is_none() {
                return Err(TableError::Content { name: ROWS.as_str(), row: number });
            }
        }
        Ok(())
    }
}

fn fee(code: ServiceCode, row: &[u8; ROW]) -> Option<LaboratoryFee> {
    let effective = match u32_at(row, 4)? {
        0 => None,
        number => Some(Date::from_ccyymmdd(number).ok()?),
    };
    let pricing = match u8_at(row, 2)? {
        b'N' => LaboratoryPricing::National,
        b'L' => LaboratoryPricing::Local,
        _ => return None,
    };
    Some(LaboratoryFee { code, modifier: modifier_at(row, 0)?, pricing, rate: price_at(row, 8), effective })
}

/// The modifier at an offset of a row; zeros are none.
pub(crate) fn modifier_at(row: &[u8], at: usize) -> Option<Option<Modifier>> {
    match row.get(at..at.checked_add(2)?)? {
        [0, 0] => Some(None),
        bytes => core::str::from_utf8(bytes).ok()?.parse().ok().map(Some),
    }
}

impl InForce for LaboratoryFees<'_> {
    fn in_force(&self) -> DateRange {
        self.facts.quarter.days()
    }
}
