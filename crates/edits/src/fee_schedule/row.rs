//! A row of the fee schedule.

use super::indicator::{
    AssistantIndicator, BilateralIndicator, CoSurgeonIndicator, ComponentIndicator, GlobalPeriod, ImagingFamily,
    MultipleProcedure, PhysicianSupervision, StatusCode, TeamSurgeryIndicator,
};
use super::record;
use super::relative_value::{ConversionFactor, RelativeValue};
use crate::service_code::ServiceCode;
use superbill_core::{Modifier, Rate};

/// What the fee schedule says of a code with or without a modifier (26, TC, 53).
///
/// Relative values of a status other than A, R and T are not used for Medicare's payment.
///
/// Source: record layout of the National Physician Fee Schedule Relative Value File.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeScheduleRow<'a> {
    pub(super) code: ServiceCode,
    pub(super) bytes: &'a [u8; record::ROW],
}

impl<'a> FeeScheduleRow<'a> {
    #[inline]
    fn text(&self, at: usize, length: usize) -> &'a str {
        let bytes = self.bytes.get(at..at + length).unwrap_or_default();
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(length);
        bytes.get(..length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    #[inline]
    fn value(&self, at: usize) -> RelativeValue {
        let number = (0..3).rev().fold(0, |number, byte| number << 8 | u32::from(self.byte(at + byte)));
        RelativeValue::new(number)
    }

    #[inline]
    fn number(&self, at: usize) -> u32 {
        superbill_table::u32_at(self.bytes, at).unwrap_or_default()
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ServiceCode {
        self.code
    }

    /// The modifier; none for the whole service.
    #[must_use]
    pub fn modifier(&self) -> Option<Modifier> {
        self.text(record::MODIFIER, 2).parse().ok()
    }

    /// Whether and how the code is paid.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_code(self.text(record::STATUS, 1))
    }

    /// Whether the values are marked as not used for Medicare's payment.
    #[must_use]
    pub fn not_used_for_medicare(&self) -> bool {
        self.byte(record::NOT_USED) != 0
    }

    /// The value of the physician's work.
    #[must_use]
    pub fn work(&self) -> RelativeValue {
        self.value(record::WORK)
    }

    /// The value of the practice expense in a facility or outside of one.
    #[must_use]
    pub fn practice_expense(&self, facility: bool) -> RelativeValue {
        self.value(if facility { record::FACILITY } else { record::NON_FACILITY })
    }

    /// Whether the service is rarely or never done in that setting.
    #[must_use]
    pub fn rarely_done(&self, facility: bool) -> bool {
        self.byte(record::FLAGS) & if facility { record::FACILITY_NA } else { record::NON_FACILITY_NA } != 0
    }

    /// The value of the malpractice expense.
    #[must_use]
    pub fn malpractice(&self) -> RelativeValue {
        self.value(record::MALPRACTICE)
    }

    /// The sum of the values in a facility or outside of one, as the file has it.
    #[must_use]
    pub fn total(&self, facility: bool) -> RelativeValue {
        self.value(if facility { record::FACILITY_TOTAL } else { record::NON_FACILITY_TOTAL })
    }

    /// Whether the service has components.
    #[must_use]
    pub fn components(&self) -> ComponentIndicator {
        ComponentIndicator::from_code(self.text(record::COMPONENT, 1))
    }

    /// The days that the payment includes.
    #[must_use]
    pub fn global_period(&self) -> GlobalPeriod {
        GlobalPeriod::from_code(self.text(record::GLOBAL, 3))
    }

    /// The share of the care before the operation (modifier 56).
    #[must_use]
    pub fn preoperative(&self) -> Rate {
        Rate::from_percent(i32::from(self.byte(record::PREOPERATIVE)))
    }

    /// The share of the operation, with the care in the hospital after it (modifier 54).
    #[must_use]
    pub fn intraoperative(&self) -> Rate {
        Rate::from_percent(i32::from(self.byte(record::INTRAOPERATIVE)))
    }

    /// The share of the care after discharge (modifier 55).
    #[must_use]
    pub fn postoperative(&self) -> Rate {
        Rate::from_percent(i32::from(self.byte(record::POSTOPERATIVE)))
    }

    /// The reduction for several procedures.
    #[must_use]
    pub fn multiple_procedure(&self) -> MultipleProcedure {
        MultipleProcedure::from_code(self.text(record::MULTIPLE, 1))
    }

    /// The payment for both sides.
    #[must_use]
    pub fn bilateral(&self) -> BilateralIndicator {
        BilateralIndicator::from_code(self.text(record::BILATERAL, 1))
    }

    /// Whether an assistant is paid.
    #[must_use]
    pub fn assistant(&self) -> AssistantIndicator {
        AssistantIndicator::from_code(self.text(record::ASSISTANT, 1))
    }

    /// Whether two surgeons are paid.
    #[must_use]
    pub fn co_surgeon(&self) -> CoSurgeonIndicator {
        CoSurgeonIndicator::from_code(self.text(record::CO_SURGEON, 1))
    }

    /// Whether a team of surgeons is paid.
    #[must_use]
    pub fn team_surgery(&self) -> TeamSurgeryIndicator {
        TeamSurgeryIndicator::from_code(self.text(record::TEAM, 1))
    }

    /// The base code of an endoscopy's family.
    #[must_use]
    pub fn endoscopic_base(&self) -> Option<ServiceCode> {
        ServiceCode::from_key(u64::from(self.number(record::BASE)))
    }

    /// The conversion factor.
    #[must_use]
    pub fn conversion_factor(&self) -> ConversionFactor {
        ConversionFactor::new(self.number(record::FACTOR))
    }

    /// The supervision of a diagnostic procedure.
    #[must_use]
    pub fn supervision(&self) -> PhysicianSupervision {
        PhysicianSupervision::from_code(self.text(record::SUPERVISION, 2))
    }

    /// The calculation flag, as it stands; `0` for all codes since July 2014.
    #[must_use]
    pub fn calculation_flag(&self) -> &'a str {
        self.text(record::CALCULATION, 1)
    }

    /// The family of diagnostic imaging.
    #[must_use]
    pub fn imaging_family(&self) -> ImagingFamily {
        ImagingFamily::from_code(self.text(record::FAMILY, 2))
    }

    /// The practice expense for the cap at the payment of an outpatient hospital.
    #[must_use]
    pub fn opps_practice_expense(&self, facility: bool) -> RelativeValue {
        self.value(if facility { record::OPPS_FACILITY } else { record::OPPS_NON_FACILITY })
    }

    /// The malpractice expense for the cap at the payment of an outpatient hospital.
    #[must_use]
    pub fn opps_malpractice(&self) -> RelativeValue {
        self.value(record::OPPS_MALPRACTICE)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for FeeScheduleRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("FeeScheduleRow", 29)?;
        out.serialize_field("code", &self.code)?;
        out.serialize_field("modifier", self.text(record::MODIFIER, 2))?;
        out.serialize_field("status", &self.status())?;
        out.serialize_field("not_used_for_medicare", &self.not_used_for_medicare())?;
        out.serialize_field("work", &self.work())?;
        out.serialize_field("non_facility_practice_expense", &self.practice_expense(false))?;
        out.serialize_field("non_facility_rarely_done", &self.rarely_done(false))?;
        out.serialize_field("facility_practice_expense", &self.practice_expense(true))?;
        out.serialize_field("facility_rarely_done", &self.rarely_done(true))?;
        out.serialize_field("malpractice", &self.malpractice())?;
        out.serialize_field("non_facility_total", &self.total(false))?;
        out.serialize_field("facility_total", &self.total(true))?;
        out.serialize_field("components", &self.components())?;
        out.serialize_field("global_period", &self.global_period())?;
        out.serialize_field("preoperative", &self.byte(record::PREOPERATIVE))?;
        out.serialize_field("intraoperative", &self.byte(record::INTRAOPERATIVE))?;
        out.serialize_field("postoperative", &self.byte(record::POSTOPERATIVE))?;
        out.serialize_field("multiple_procedure", &self.multiple_procedure())?;
        out.serialize_field("bilateral", &self.bilateral())?;
        out.serialize_field("assistant", &self.assistant())?;
        out.serialize_field("co_surgeon", &self.co_surgeon())?;
        out.serialize_field("team_surgery", &self.team_surgery())?;
        out.serialize_field("endoscopic_base", &self.endoscopic_base())?;
        out.serialize_field("conversion_factor", &self.conversion_factor())?;
        out.serialize_field("supervision", &self.supervision())?;
        out.serialize_field("imaging_family", &self.imaging_family())?;
        out.serialize_field("opps_non_facility_practice_expense", &self.opps_practice_expense(false))?;
        out.serialize_field("opps_facility_practice_expense", &self.opps_practice_expense(true))?;
        out.serialize_field("opps_malpractice", &self.opps_malpractice())?;
        out.end()
    }
}
