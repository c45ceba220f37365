//! The Medicare physician fee schedule: relative values and payment indicators.

mod indicator;
mod participation;
pub(crate) mod record;
pub(crate) mod relative_value;
mod releases;
mod row;

pub use indicator::{
    AssistantIndicator, BilateralIndicator, CoSurgeonIndicator, ComponentIndicator, GlobalPeriod, ImagingFamily,
    Indicator, MultipleProcedure, PhysicianSupervision, StatusCode, TeamSurgeryIndicator,
};
pub use participation::{ApmParticipation, ParticipationError};
pub use relative_value::{ConversionFactor, RelativeValue, ValueError};
pub use releases::FeeSchedules;
pub use row::FeeScheduleRow;

use crate::code_index::CodeIndex;
use crate::quarter::Quarter;
use crate::releases::InForce;
use crate::service_code::ServiceCode;
use superbill_core::{DateRange, Modifier};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u16_at};

/// The kind of table that holds a Medicare physician fee schedule.
pub const FEE_SCHEDULE_KIND: SectionName = SectionName::new("mpfs");

/// The year (2 bytes), the quarter (1) and for whom the conversion factor is (1).
pub(crate) const FACTS: SectionName = SectionName::new("facts");
/// The first row of each code, 4 bytes each, and behind them the number of rows.
pub(crate) const STARTS: SectionName = SectionName::new("starts");
/// The rows, those of a code side by side: first without a modifier, then by modifier.
pub(crate) const ROWS: SectionName = SectionName::new("rows");

/// One release of the Medicare physician fee schedule (National Physician Fee Schedule Relative Value File), without descriptors.
///
/// Source: Centers for Medicare & Medicaid Services, "PFS Relative Value Files", each quarter; Medicare Claims Processing Manual, chapter 12.
///
/// ```
/// use superbill_edits::{FeeSchedule, GlobalPeriod, ServiceCode};
///
/// /// The days after an operation in which a visit belongs to it.
/// fn days_after(table: &[u8], code: &str) -> Result<Option<u8>, Box<dyn std::error::Error>> {
///     let schedule = FeeSchedule::from_bytes(table)?;
///     let row = schedule.row(ServiceCode::parse(code)?, None);
///     Ok(row.and_then(|row| row.global_period().days()).map(|(_, after)| after))
/// }
///
/// assert_eq!(GlobalPeriod::from_code("090").days(), Some((1, 90)));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct FeeSchedule<'a> {
    codes: CodeIndex<'a>,
    starts: &'a [[u8; 4]],
    rows: &'a [[u8; record::ROW]],
    quarter: Quarter,
    participation: ApmParticipation,
    table: Table<'a>,
}

impl<'a> FeeSchedule<'a> {
    /// Opens a table. Only its directory is looked at; [`FeeSchedule::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no fee schedule or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = Table::open(bytes, FEE_SCHEDULE_KIND)?;
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let (facts, _) = table.section(FACTS).ok_or(missing(FACTS))?;
        let quarter = || {
            let year = i16::try_from(u16_at(facts, 0)?).ok()?;
            Quarter::new(year, i8::try_from(u8_at(facts, 2)?).ok()?).ok()
        };
        let participation = u8_at(facts, 3).and_then(ApmParticipation::from_number).ok_or(missing(FACTS))?;
        let codes = CodeIndex::open(&table)?;
        let (starts, _) = table.section(STARTS).ok_or(missing(STARTS))?;
        let (rows, _) = table.section(ROWS).ok_or(missing(ROWS))?;
        if starts.len() != (codes.len() + 1) * 4 {
            return Err(missing(STARTS));
        }
        Ok(Self {
            codes,
            starts: starts.as_chunks().0,
            rows: rows.as_chunks().0,
            quarter: quarter().ok_or(missing(FACTS))?,
            participation,
            table,
        })
    }

    /// The quarter of the release.
    #[must_use]
    pub const fn quarter(&self) -> Quarter {
        self.quarter
    }

    /// For whom the conversion factor is.
    #[must_use]
    pub const fn participation(&self) -> ApmParticipation {
        self.participation
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn rows_at(&self, ordinal: u32) -> &'a [[u8; record::ROW]] {
        let at = |place: usize| self.starts.get(place).map(|bytes| u32::from_le_bytes(*bytes) as usize);
        let ordinal = ordinal as usize;
        match (at(ordinal), at(ordinal + 1)) {
            (Some(first), Some(end)) => self.rows.get(first..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The rows of a code: first that of the whole service, then those with a modifier; none where the release does not have the code.
    pub fn rows(&self, code: ServiceCode) -> impl Iterator<Item = FeeScheduleRow<'a>> + use<'a> {
        let rows = self.codes.ordinal(code).map_or(&[][..], |ordinal| self.rows_at(ordinal));
        rows.iter().map(move |bytes| FeeScheduleRow { code, bytes })
    }

    /// The row of a code without a modifier, or with 26, TC or 53.
    #[inline]
    #[must_use]
    pub fn row(&self, code: ServiceCode, modifier: Option<Modifier>) -> Option<FeeScheduleRow<'a>> {
        let wanted = modifier_bytes(modifier);
        let rows = self.rows_at(self.codes.ordinal(code)?);
        let bytes = rows.iter().find(|bytes| bytes.get(record::MODIFIER..record::STATUS) == Some(&wanted[..]))?;
        Some(FeeScheduleRow { code, bytes })
    }

    /// All rows, in the order of codes.
    pub fn iter(&self) -> impl Iterator<Item = FeeScheduleRow<'a>> + '_ {
        (0..u32::try_from(self.codes.len()).unwrap_or(u32::MAX)).flat_map(|ordinal| {
            let code = self.codes.code(ordinal);
            let rows = self.rows_at(ordinal).iter();
            rows.filter_map(move |bytes| Some(FeeScheduleRow { code: code?, bytes }))
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        let starts = |row: usize| TableError::Content { name: STARTS.as_str(), row: row as u64 };
        let mut before = None;
        for (place, bytes) in self.starts.iter().enumerate() {
            let start = u32::from_le_bytes(*bytes) as usize;
            if before.map_or(start != 0, |before| start <= before) {
                return Err(starts(place));
            }
            before = Some(start);
        }
        if before != Some(self.rows.len()) {
            return Err(starts(self.codes.len()));
        }
        let mut modifiers = Vec::new();
        for ordinal in 0..u32::try_from(self.codes.len()).unwrap_or(u32::MAX) {
            modifiers.clear();
            let rows = self.rows_at(ordinal);
            modifiers.extend(rows.iter().map(|bytes| bytes.get(record::MODIFIER..record::STATUS)));
            if !modifiers.is_sorted_by(|one, next| one < next) || !rows.iter().all(sound) {
                return Err(TableError::Content { name: ROWS.as_str(), row: u64::from(ordinal) });
            }
        }
        Ok(())
    }
}

/// Whether the texts of a row are letters and digits, and its base is a code.
fn sound(bytes: &[u8; record::ROW]) -> bool {
    let texts = bytes.get(record::MODIFIER..).unwrap_or_default();
    let base = superbill_table::u32_at(bytes, record::BASE).unwrap_or_default();
    texts.is_ascii() && (base == 0 || ServiceCode::from_key(u64::from(base)).is_some())
}

/// A modifier as it stands in a row.
pub(crate) fn modifier_bytes(modifier: Option<Modifier>) -> [u8; 2] {
    modifier.map_or([0; 2], |modifier| modifier.as_str().as_bytes().try_into().unwrap_or_default())
}

impl InForce for FeeSchedule<'_> {
    /// The days of the quarter. A day after them is answered by a later release only.
    fn in_force(&self) -> DateRange {
        self.quarter.days()
    }
}
