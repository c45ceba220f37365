//! What the official record says of a code or a modifier.

use crate::betos::Betos;
use crate::code::HcpcsCode;
use crate::fields;
use crate::indicator::{
    Action, Coverage, Indicator, LabCertification, MultiplePricing, PricingIndicator, TypeOfService, Value,
};
use crate::table::{Hcpcs, Row};
use crate::title::Title;
use core::fmt;
use core::ops::Range;
use superbill_core::{Date, Modifier};

/// What the official record says of a code or a modifier, field by field. Made by a look-up; small and free to copy.
///
/// A partial set has titles alone: every other field is empty.
#[derive(Clone, Copy)]
pub struct Record<'t> {
    table: &'t Hcpcs<'t>,
    row: Row,
}

/// A code that the record points to, most often one that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CrossReference<'t> {
    /// A code of Level II.
    Hcpcs(HcpcsCode),
    /// A modifier.
    Modifier(Modifier),
    /// What the file has there, most often the number of a CPT code.
    Other(&'t str),
}

impl fmt::Display for CrossReference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hcpcs(code) => fmt::Display::fmt(code, f),
            Self::Modifier(modifier) => fmt::Display::fmt(modifier, f),
            Self::Other(text) => f.pad(text),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for CrossReference<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'t> Record<'t> {
    pub(crate) fn new(table: &'t Hcpcs<'_>, row: Row) -> Self {
        Self { table, row }
    }

    fn text(&self, field: usize) -> &'t str {
        self.table.field(self.row.set, field)
    }

    fn some(&self, field: usize) -> Option<&'t str> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    fn texts(self, fields: Range<usize>) -> impl Iterator<Item = &'t str> {
        fields.map(move |field| self.text(field)).filter(|text| !text.is_empty())
    }

    fn value<I: Indicator>(&self, field: usize) -> Option<Value<'t, I>> {
        Value::new(self.text(field))
    }

    fn values<I: Indicator>(self, fields: Range<usize>) -> impl Iterator<Item = Value<'t, I>> {
        self.texts(fields).filter_map(Value::new)
    }

    /// The long title.
    #[must_use]
    pub fn long_title(&self) -> Option<Title<'t>> {
        Title::long(self.table, self.row.long, self.row.long_count)
    }

    /// The short title of a date: a partial set can have had several.
    #[must_use]
    pub fn short_title(&self, date: Date) -> Option<Title<'t>> {
        let (at, release) = self.table.short_title(self.row, date.ccyymmdd())?;
        Title::short(self.table, at, release)
    }

    /// The day on which it was added.
    #[must_use]
    pub fn added(&self) -> Option<Date> {
        day(self.row.added)
    }

    /// The last day on which it may be used.
    #[must_use]
    pub fn terminated(&self) -> Option<Date> {
        day(self.row.terminated)
    }

    /// The day from which the last action is in effect.
    #[must_use]
    pub fn action_effective(&self) -> Option<Date> {
        day(self.row.action)
    }

    /// What the last action changed.
    #[must_use]
    pub fn action(&self) -> Option<Value<'t, Action>> {
        self.value(fields::ACTION)
    }

    /// Whether Medicare covers it.
    #[must_use]
    pub fn coverage(&self) -> Option<Value<'t, Coverage>> {
        self.value(fields::COVERAGE)
    }

    /// How Part B finds a price: up to four ways.
    pub fn pricing(&self) -> impl Iterator<Item = Value<'t, PricingIndicator>> + use<'t> {
        self.values(fields::PRICING)
    }

    /// Whether it can be priced in more than one way.
    #[must_use]
    pub fn multiple_pricing(&self) -> Option<Value<'t, MultiplePricing>> {
        self.value(fields::MULTIPLE_PRICING)
    }

    /// Its Berenson-Eggers type of service.
    #[must_use]
    pub fn betos(&self) -> Option<Value<'t, Betos>> {
        self.value(fields::BETOS)
    }

    /// Its types of service: up to five.
    pub fn types_of_service(&self) -> impl Iterator<Item = Value<'t, TypeOfService>> + use<'t> {
        self.values(fields::SERVICE)
    }

    /// The codes that it points to, up to five: for a code that is not valid for Medicare, those that are.
    pub fn cross_references(&self) -> impl Iterator<Item = CrossReference<'t>> + use<'t> {
        self.texts(fields::CROSS).map(|text| match (HcpcsCode::parse(text), text.parse()) {
            (Ok(code), _) => CrossReference::Hcpcs(code),
            (_, Ok(modifier)) => CrossReference::Modifier(modifier),
            _ => CrossReference::Other(text),
        })
    }

    /// Sections of the former Coverage Issues Manual: up to three.
    pub fn coverage_manual(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.texts(fields::COVERAGE_MANUAL)
    }

    /// Sections of the former Medicare Carriers Manual: up to three.
    pub fn carriers_manual(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.texts(fields::CARRIERS_MANUAL)
    }

    /// The section of the statute that covers it or excludes it.
    #[must_use]
    pub fn statute(&self) -> Option<&'t str> {
        self.some(fields::STATUTE)
    }

    /// The specialities in which a laboratory must be certified: up to eight.
    pub fn lab_certifications(&self) -> impl Iterator<Item = Value<'t, LabCertification>> + use<'t> {
        self.values(fields::LAB)
    }

    /// The number of the processing note.
    #[must_use]
    pub fn processing_note(&self) -> Option<&'t str> {
        self.some(fields::NOTE)
    }

    /// The payment group of ambulatory surgical centers: `YY` for what may be done there.
    #[must_use]
    pub fn asc_group(&self) -> Option<&'t str> {
        self.some(fields::ASC_GROUP)
    }

    /// The day from which the payment group of ambulatory surgical centers holds.
    #[must_use]
    pub fn asc_effective(&self) -> Option<Date> {
        day(self.row.asc)
    }

    /// The outpatient payment group.
    #[must_use]
    pub fn outpatient_group(&self) -> Option<&'t str> {
        self.some(fields::OUTPATIENT_GROUP)
    }

    /// The outpatient payment indicator.
    #[must_use]
    pub fn outpatient_indicator(&self) -> Option<&'t str> {
        self.some(fields::OUTPATIENT_POLICY)
    }

    /// The day from which the outpatient payment group holds.
    #[must_use]
    pub fn outpatient_effective(&self) -> Option<Date> {
        day(self.row.outpatient)
    }

    /// Anesthesia base units, as the file has them.
    #[must_use]
    pub fn anesthesia_base_units(&self) -> Option<&'t str> {
        self.some(fields::BASE_UNITS)
    }

    /// Every field in the order of the sets.
    pub(crate) fn fields(self) -> impl Iterator<Item = &'t str> {
        (0..fields::FIELDS).map(move |field| self.text(field))
    }

    /// Whether another record says the same, titles and indicators and days.
    #[must_use]
    pub fn says_the_same(&self, other: &Record<'_>) -> bool {
        let days = |row: &Row| (row.added, row.action, row.terminated, row.asc, row.outpatient);
        let title = |record: &Record<'_>| record.long_title().map(|title| title.to_string());
        let short = |record: &Record<'_>| record.short_title(Date::MAX).map(|title| title.to_string());
        days(&self.row) == days(&other.row)
            && self.fields().eq(other.fields())
            && title(self) == title(other)
            && short(self) == short(other)
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("row", &self.row).finish_non_exhaustive()
    }
}

fn day(number: u32) -> Option<Date> {
    Date::from_ccyymmdd(number).ok()
}
