//! SNIP type 3: whether amounts add up.
//!
//! Where an amount of a sum cannot be read, nothing is said of the sum: the element itself is wrong, and that is said.

mod amount;
mod checks;
mod claim;
mod coordination;
mod remittance;

pub(super) use amount::Amount;
pub(super) use checks::BALANCE;
pub(super) use coordination::payer_order;

use super::unit::{Sayings, Unit, UnitKind};
use crate::guide::Guide;
use remittance::Remittance;

/// What a segment has to do with amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Role {
    #[default]
    None,
    /// CLM.
    Claim,
    /// LX of a service line.
    LineNumber,
    /// SV1, SV3: the charge is element 2.
    Line,
    /// SV2: the charge is element 3.
    InstitutionalLine,
    /// SBR of another payer.
    OtherPayer,
    OtherPayerAdjustment,
    OtherPayerAmount,
    OtherPayerName,
    OtherPayerDate,
    /// SVD.
    LinePaid,
    LineAdjustment,
    LineDate,
    /// CLP.
    Payment,
    PaymentAdjustment,
    /// SVC.
    Service,
    ServiceAdjustment,
}

impl Role {
    fn of(loop_id: &str, segment_id: &str) -> Self {
        match (loop_id, segment_id) {
            ("2300", "CLM") => Self::Claim,
            ("2400", "LX") => Self::LineNumber,
            ("2400", "SV1" | "SV3") => Self::Line,
            ("2400", "SV2") => Self::InstitutionalLine,
            ("2320", "SBR") => Self::OtherPayer,
            ("2320", "CAS") => Self::OtherPayerAdjustment,
            ("2320", "AMT") => Self::OtherPayerAmount,
            ("2330B", "NM1") => Self::OtherPayerName,
            ("2330B", "DTP") => Self::OtherPayerDate,
            ("2430", "SVD") => Self::LinePaid,
            ("2430", "CAS") => Self::LineAdjustment,
            ("2430", "DTP") => Self::LineDate,
            ("2100", "CLP") => Self::Payment,
            ("2100", "CAS") => Self::PaymentAdjustment,
            ("2110", "SVC") => Self::Service,
            ("2110", "CAS") => Self::ServiceAdjustment,
            _ => Self::None,
        }
    }
}

/// The roles of a guide's segments, found once.
#[derive(Debug, Default)]
struct Roles {
    guide: Option<&'static Guide>,
    roles: Vec<Role>,
}

impl Roles {
    fn prepare(&mut self, guide: &'static Guide) {
        if self.guide.is_some_and(|known| core::ptr::eq(known, guide)) {
            return;
        }
        self.guide = Some(guide);
        let role = |segment| Role::of(guide.loop_of(segment).map_or("", |found| found.id()), segment.id());
        self.roles = guide.segments().iter().map(role).collect();
    }

    #[inline]
    fn of(&self, segment: u16) -> Role {
        self.roles.get(usize::from(segment)).copied().unwrap_or_default()
    }
}

/// What is added up over the units of a transaction.
#[derive(Debug, Default)]
pub(super) struct Totals {
    roles: Roles,
    remittance: Remittance,
}

impl Totals {
    /// A transaction begins.
    pub(super) fn clear(&mut self) {
        self.remittance = Remittance::default();
    }

    /// A unit is too large to be checked.
    pub(super) fn miss(&mut self) {
        self.remittance.miss();
    }
}

/// Checks the amounts of a unit.
#[inline]
pub(super) fn check(unit: &Unit<'_>, totals: &mut Totals, sayings: &mut Sayings) {
    if unit.is_overloaded() {
        return totals.miss();
    }
    match unit.kind {
        UnitKind::Claim => {
            totals.roles.prepare(unit.view.guide);
            claim::check(unit, &totals.roles, sayings);
        }
        UnitKind::Payment => {
            totals.roles.prepare(unit.view.guide);
            totals.remittance.payment(unit, &totals.roles, sayings);
        }
        UnitKind::Transaction if unit.view.guide.set() == "835" => totals.remittance.transaction(unit, sayings),
        UnitKind::Other if unit.view.guide.set() == "835" => totals.remittance.group(unit, sayings),
        _ => {}
    }
}
