//! How many units of a service are likely for one patient, provider and day.

use crate::code_index::{CodeIndex, KEYS};
use crate::facts::{FACTS, Facts};
use crate::program::Program;
use crate::quarter::Quarter;
use crate::releases::InForce;
use crate::service_code::ServiceCode;
use crate::words::Words;
use core::fmt;
use core::str::FromStr;
use superbill_core::DateRange;
use superbill_table::{About, SectionName, Table, TableError, u8_at, u16_at, u32_at};
use thiserror::Error;

/// The value of each code, 4 bytes, its adjudication indicator, 1, zero 1, and the number of its rationale, 2.
pub(crate) const EDITS: SectionName = SectionName::new("edits");

/// The kind of services that a table of units is for. One never answers for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum MueService {
    /// Practitioners and ambulatory surgical centers.
    Practitioner,
    /// Outpatient hospital departments and critical access hospitals.
    Outpatient,
    /// Suppliers of durable medical equipment.
    Dme,
}

/// A text that names no such kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("services are `practitioner`, `outpatient` or `dme`")]
pub struct MueServiceError;

impl MueService {
    const ALL: [Self; 3] = [Self::Practitioner, Self::Outpatient, Self::Dme];

    /// The name in data: `practitioner`, `outpatient`, `dme`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::Outpatient => "outpatient",
            Self::Dme => "dme",
        }
    }

    /// The kind of its tables.
    #[must_use]
    pub const fn kind(self) -> SectionName {
        match self {
            Self::Practitioner => SectionName::new("mue-practitioner"),
            Self::Outpatient => SectionName::new("mue-outpatient"),
            Self::Dme => SectionName::new("mue-dme"),
        }
    }
}

impl FromStr for MueService {
    type Err = MueServiceError;

    fn from_str(text: &str) -> Result<Self, MueServiceError> {
        Self::ALL.into_iter().find(|service| service.name().eq_ignore_ascii_case(text.trim())).ok_or(MueServiceError)
    }
}

impl fmt::Display for MueService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What units are compared with the value: the MUE adjudication indicator (MAI).
///
/// Source: National Correct Coding Initiative Policy Manual, chapter I, section V.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum MueAdjudication {
    /// 1: each line alone. The same code on another line, with a modifier that says why, is counted apart.
    Line,
    /// 2: all units of the day, by policy. More is impossible; a contractor does not pay it on review either.
    DayPolicy,
    /// 3: all units of the day, by clinical experience. More may be paid on review, with records.
    DayClinical,
}

impl MueAdjudication {
    /// The indicator: 1, 2, 3.
    #[must_use]
    pub const fn indicator(self) -> u8 {
        match self {
            Self::Line => 1,
            Self::DayPolicy => 2,
            Self::DayClinical => 3,
        }
    }

    /// What the indicator means.
    #[must_use]
    pub const fn from_indicator(indicator: u8) -> Option<Self> {
        match indicator {
            1 => Some(Self::Line),
            2 => Some(Self::DayPolicy),
            3 => Some(Self::DayClinical),
            _ => None,
        }
    }

    /// The name in data: `line`, `day_policy`, `day_clinical`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::DayPolicy => "day_policy",
            Self::DayClinical => "day_clinical",
        }
    }
}

/// A medically unlikely edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MueEdit<'a> {
    /// The code.
    pub code: ServiceCode,
    /// Most units. Zero: no unit is payable.
    pub value: u32,
    /// What is compared with it; `None` where the file has no indicator, as those of Medicaid.
    pub adjudication: Option<MueAdjudication>,
    /// Why, in the words of the file.
    pub rationale: &'a str,
}

impl MueEdit<'_> {
    /// What is compared with the value. Without an indicator each line alone: Medicaid has claim-line edits only.
    #[must_use]
    pub fn compares(&self) -> MueAdjudication {
        self.adjudication.unwrap_or(MueAdjudication::Line)
    }
}

/// The medically unlikely edits of a program for one kind of services, for a quarter.
///
/// The published table is not all: some values are confidential. That a code is not in it does not say that its units are not edited.
///
/// Source: National Correct Coding Initiative Policy Manual, chapter I, section V.
#[derive(Debug, Clone, Copy)]
pub struct Mue<'a> {
    codes: CodeIndex<'a>,
    edits: &'a [[u8; 8]],
    rationales: Words<'a>,
    facts: Facts,
    days: DateRange,
    service: MueService,
    table: Table<'a>,
}

impl<'a> Mue<'a> {
    /// Opens a table of any of the three kinds. Only its directory is looked at; [`Mue::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let mut error = TableError::Kind;
        for service in MueService::ALL {
            match Table::open(bytes, service.kind()) {
                Ok(table) => return Self::open(table, service),
                Err(other) => error = other,
            }
        }
        Err(error)
    }

    fn open(table: Table<'a>, service: MueService) -> Result<Self, TableError> {
        let wrong = TableError::Section { name: EDITS.as_str() };
        let codes = CodeIndex::open(&table)?;
        let (edits, rest) = table.section(EDITS).ok_or(wrong)?.0.as_chunks();
        if edits.len() != codes.len() || !rest.is_empty() {
            return Err(wrong);
        }
        let facts = Facts::open(&table)?;
        if facts.detail != service as u8 {
            return Err(TableError::Section { name: FACTS.as_str() });
        }
        let days = facts.quarter.days();
        Ok(Self { codes, edits, rationales: Words::open(&table)?, facts, days, service, table })
    }

    /// The kind of services.
    #[must_use]
    pub fn service(&self) -> MueService {
        self.service
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

    /// How many codes have an edit.
    #[must_use]
    pub fn len(&self) -> usize {
        self.edits.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The edit of a code. `None`: the table has none; one that is not published may exist.
    #[inline]
    #[must_use]
    pub fn edit(&self, code: ServiceCode) -> Option<MueEdit<'a>> {
        self.row(code, self.codes.ordinal(code)?)
    }

    /// All edits, in the order of their codes.
    pub fn edits(&self) -> impl Iterator<Item = MueEdit<'a>> + use<'a> {
        let mue = *self;
        (0u32..).zip(self.edits).filter_map(move |(ordinal, _)| mue.row(mue.codes.code(ordinal)?, ordinal))
    }

    #[inline]
    fn row(&self, code: ServiceCode, ordinal: u32) -> Option<MueEdit<'a>> {
        let row = self.edits.get(ordinal as usize)?;
        Some(MueEdit {
            code,
            value: u32_at(row, 0)?,
            adjudication: MueAdjudication::from_indicator(u8_at(row, 4)?),
            rationale: self.rationales.text(u16_at(row, 6)?.into())?,
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        self.rationales.verify()?;
        for (ordinal, row) in (0u32..).zip(self.edits) {
            let code =
                self.codes.code(ordinal).ok_or(TableError::Content { name: KEYS.as_str(), row: ordinal.into() })?;
            let known = self.facts.program == Program::Medicaid || u8_at(row, 4) != Some(0);
            if self.row(code, ordinal).is_none() || !known || u8_at(row, 4) > Some(3) {
                return Err(TableError::Content { name: EDITS.as_str(), row: ordinal.into() });
            }
        }
        Ok(())
    }
}

impl InForce for Mue<'_> {
    fn in_force(&self) -> DateRange {
        self.days
    }
}
