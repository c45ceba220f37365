//! What the outpatient prospective payment system pays for a code.

use crate::code_index::CodeIndex;
use crate::facts::Facts;
use crate::quarter::Quarter;
use crate::releases::InForce;
use crate::service_code::ServiceCode;
use crate::status_indicator::StatusIndicator;
use crate::unit_price::{UnitPrice, price_at};
use superbill_core::DateRange;
use superbill_table::{About, SectionName, Table, TableError, u16_at, u32_at};

/// The kind of table that holds Addendum B.
pub const OPPS_KIND: SectionName = SectionName::new("opps");

/// Bytes of a row: status indicator 2, APC 2 (0 is none), relative weight in ten-thousandths 4, then in thousandths of a dollar payment rate, national
/// unadjusted, minimum unadjusted and adjusted beneficiary copayment, 8 each; all bits set is none.
pub(crate) const ROW: usize = 40;
pub(crate) const SERVICES: SectionName = SectionName::new("services");

/// What the outpatient prospective payment system says of a code: national amounts, before the wage index and other adjustments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct OppsService {
    /// The code.
    pub code: ServiceCode,
    /// How the system treats it.
    pub status: StatusIndicator,
    /// The ambulatory payment classification.
    pub apc: Option<u16>,
    /// The relative weight, in ten-thousandths: 14,879 is 1.4879.
    pub relative_weight: Option<u32>,
    /// The payment rate: of drugs by the unit, with thousandths of a dollar.
    pub payment_rate: Option<UnitPrice>,
    /// The national unadjusted copayment.
    pub national_copayment: Option<UnitPrice>,
    /// The minimum unadjusted copayment.
    pub minimum_copayment: Option<UnitPrice>,
    /// The adjusted copayment of the beneficiary, where a drug's price rose faster than inflation.
    pub adjusted_copayment: Option<UnitPrice>,
}

/// Addendum B of the outpatient prospective payment system, for a quarter. Descriptors are not kept.
///
/// Source: OPPS Addendum B, Centers for Medicare & Medicaid Services, each quarter.
#[derive(Debug, Clone, Copy)]
pub struct Opps<'a> {
    codes: CodeIndex<'a>,
    rows: &'a [[u8; ROW]],
    facts: Facts,
    table: Table<'a>,
}

impl<'a> Opps<'a> {
    /// Opens a table. Only its directory is looked at; [`Opps::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let wrong = TableError::Section { name: SERVICES.as_str() };
        let table = Table::open(bytes, OPPS_KIND)?;
        let codes = CodeIndex::open(&table)?;
        let (rows, rest) = table.section(SERVICES).ok_or(wrong)?.0.as_chunks();
        if rows.len() != codes.len() || !rest.is_empty() {
            return Err(wrong);
        }
        Ok(Self { codes, rows, facts: Facts::open(&table)?, table })
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

    /// How many codes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the system says of a code.
    #[inline]
    #[must_use]
    pub fn service(&self, code: ServiceCode) -> Option<OppsService> {
        self.row(code, self.codes.ordinal(code)?)
    }

    /// All codes, in order.
    pub fn services(&self) -> impl Iterator<Item = OppsService> + use<'a> {
        let opps = *self;
        (0u32..).zip(self.rows).filter_map(move |(ordinal, _)| opps.row(opps.codes.code(ordinal)?, ordinal))
    }

    fn row(&self, code: ServiceCode, ordinal: u32) -> Option<OppsService> {
        let row = self.rows.get(ordinal as usize)?;
        Some(OppsService {
            code,
            status: StatusIndicator::from_bytes(*row.first_chunk()?)?,
            apc: u16_at(row, 2).filter(|apc| *apc != 0),
            relative_weight: u32_at(row, 4).filter(|weight| *weight != u32::MAX),
            payment_rate: price_at(row, 8),
            national_copayment: price_at(row, 16),
            minimum_copayment: price_at(row, 24),
            adjusted_copayment: price_at(row, 32),
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        for (ordinal, _) in (0u32..).zip(self.rows) {
            if self.codes.code(ordinal).and_then(|code| self.row(code, ordinal)).is_none() {
                return Err(TableError::Content { name: SERVICES.as_str(), row: ordinal.into() });
            }
        }
        Ok(())
    }
}

impl InForce for Opps<'_> {
    fn in_force(&self) -> DateRange {
        self.facts.quarter.days()
    }
}
