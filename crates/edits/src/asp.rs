//! What Medicare Part B pays for a drug: the average sales price files.

use crate::code_index::CodeIndex;
use crate::facts::Facts;
use crate::quarter::Quarter;
use crate::releases::InForce;
use crate::service_code::ServiceCode;
use crate::unit_price::{UnitPrice, price_at};
use crate::words::Words;
use superbill_core::{DateRange, Rate};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};

/// The kind of table that holds drug prices.
pub const ASP_KIND: SectionName = SectionName::new("asp");

/// Bytes of a row: payment limit, vaccine limit and blood limit in thousandths of a dollar 8 each; coinsurance, vaccine and blood share of the average wholesale
/// price in parts per million 4 each; numbers of the texts of dosage, description and note 4 each; clotting factor 1, zero 7. All bits set is none.
pub(crate) const ROW: usize = 56;
pub(crate) const DRUGS: SectionName = SectionName::new("drugs");

/// What Medicare pays for a unit of a drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DrugPrice<'a> {
    /// The code.
    pub code: ServiceCode,
    /// The dosage of one unit, in the words of the file.
    pub dosage: &'a str,
    /// The payment limit of one unit.
    pub payment_limit: Option<UnitPrice>,
    /// The patient's share, where the file has it.
    pub coinsurance: Option<Rate>,
    /// The share of the average wholesale price that a vaccine is paid at.
    pub vaccine_awp: Option<Rate>,
    /// The payment limit of a vaccine.
    pub vaccine_limit: Option<UnitPrice>,
    /// The share of the average wholesale price that a blood product is paid at.
    pub blood_awp: Option<Rate>,
    /// The payment limit of a blood product.
    pub blood_limit: Option<UnitPrice>,
    /// Whether it is a clotting factor, for which a furnishing fee is added.
    pub clotting_factor: bool,
    /// The short description of a Level II code, in the words of the file; of no other code.
    pub description: Option<&'a str>,
    /// The note of the file.
    pub note: Option<&'a str>,
}

/// The payment limits of drugs, for a quarter.
///
/// Source: "Payment Allowance Limits for Medicare Part B Drugs", Centers for Medicare & Medicaid Services, each quarter.
#[derive(Debug, Clone, Copy)]
pub struct DrugPrices<'a> {
    codes: CodeIndex<'a>,
    rows: &'a [[u8; ROW]],
    words: Words<'a>,
    facts: Facts,
    table: Table<'a>,
}

impl<'a> DrugPrices<'a> {
    /// Opens a table. Only its directory is looked at; [`DrugPrices::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let wrong = TableError::Section { name: DRUGS.as_str() };
        let table = Table::open(bytes, ASP_KIND)?;
        let codes = CodeIndex::open(&table)?;
        let (rows, rest) = table.section(DRUGS).ok_or(wrong)?.0.as_chunks();
        if rows.len() != codes.len() || !rest.is_empty() {
            return Err(wrong);
        }
        Ok(Self { codes, rows, words: Words::open(&table)?, facts: Facts::open(&table)?, table })
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

    /// The price of a code.
    #[inline]
    #[must_use]
    pub fn price(&self, code: ServiceCode) -> Option<DrugPrice<'a>> {
        self.row(code, self.codes.ordinal(code)?)
    }

    /// All prices, in the order of their codes.
    pub fn prices(&self) -> impl Iterator<Item = DrugPrice<'a>> + use<'a> {
        let drugs = *self;
        (0u32..).zip(self.rows).filter_map(move |(ordinal, _)| drugs.row(drugs.codes.code(ordinal)?, ordinal))
    }

    fn row(&self, code: ServiceCode, ordinal: u32) -> Option<DrugPrice<'a>> {
        let row = self.rows.get(ordinal as usize)?;
        let number = |at: usize| u32_at(row, at).filter(|number| *number != u32::MAX);
        let rate = |at: usize| number(at).map(|parts| Rate::from_parts_per_million(parts.into()));
        let text = |at: usize| match number(at) {
            Some(number) => self.words.text(number).map(Some),
            None => Some(None),
        };
        Some(DrugPrice {
            code,
            dosage: text(36)?.unwrap_or_default(),
            payment_limit: price_at(row, 0),
            coinsurance: rate(24),
            vaccine_awp: rate(28),
            vaccine_limit: price_at(row, 8),
            blood_awp: rate(32),
            blood_limit: price_at(row, 16),
            clotting_factor: u8_at(row, 48)? == 1,
            description: text(40)?,
            note: text(44)?,
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        self.words.verify()?;
        for (ordinal, _) in (0u32..).zip(self.rows) {
            if self.codes.code(ordinal).and_then(|code| self.row(code, ordinal)).is_none() {
                return Err(TableError::Content { name: DRUGS.as_str(), row: ordinal.into() });
            }
        }
        Ok(())
    }
}

impl InForce for DrugPrices<'_> {
    fn in_force(&self) -> DateRange {
        self.facts.quarter.days()
    }
}
