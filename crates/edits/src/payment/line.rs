//! What is asked about: a line of a claim, and who bills it when and where.

use crate::fee_schedule::ApmParticipation;
use crate::gpci::Locality;
use crate::service_code::ServiceCode;
use superbill_core::{Date, Modifier, Money, PlaceOfService};

/// A service line of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLine {
    /// The code.
    pub code: ServiceCode,
    /// Its modifiers.
    pub modifiers: Vec<Modifier>,
    /// How many units.
    pub units: u32,
    /// Where.
    pub place: PlaceOfService,
    /// The charge of the line, where the amount should not be above it.
    pub charge: Option<Money>,
}

impl PaymentLine {
    /// One unit, without modifier and charge.
    #[must_use]
    pub const fn new(code: ServiceCode, place: PlaceOfService) -> Self {
        Self { code, modifiers: Vec::new(), units: 1, place, charge: None }
    }

    /// With these modifiers.
    #[must_use]
    pub fn with_modifiers(mut self, modifiers: impl IntoIterator<Item = Modifier>) -> Self {
        self.modifiers = modifiers.into_iter().collect();
        self
    }

    /// With so many units.
    #[must_use]
    pub const fn with_units(mut self, units: u32) -> Self {
        self.units = units;
        self
    }

    /// With this charge.
    #[must_use]
    pub const fn with_charge(mut self, charge: Money) -> Self {
        self.charge = Some(charge);
        self
    }

    pub(crate) fn has(&self, modifier: &str) -> bool {
        self.modifiers.iter().any(|own| own.as_str() == modifier)
    }

    pub(crate) fn has_any(&self, modifiers: &[&str]) -> bool {
        modifiers.iter().any(|modifier| self.has(modifier))
    }
}

/// Who bills, as far as the percentage depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Practitioner {
    /// A physician, or another who is paid in full: therapist, psychologist, audiologist.
    #[default]
    Physician,
    /// A nurse practitioner, clinical nurse specialist, physician assistant, or registered dietitian.
    NonphysicianPractitioner,
    /// A certified nurse-midwife.
    NurseMidwife,
    /// A clinical social worker, marriage and family therapist or mental health counselor.
    ClinicalSocialWorker,
}

/// The day of some lines of one patient by one practitioner (or group of one specialty), and what else the amount depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Billing {
    /// The day of the services.
    pub date: Date,
    /// The payment locality.
    pub locality: Option<Locality>,
    /// Whether the practitioner is a qualifying participant. Before 2026 it does not matter.
    pub participation: ApmParticipation,
    /// Who bills.
    pub practitioner: Practitioner,
    /// Whether the practitioner participates in Medicare.
    pub participating: bool,
}

impl Billing {
    /// A participating physician who is no qualifying participant in an alternative payment model.
    #[must_use]
    pub const fn new(date: Date, locality: Option<Locality>) -> Self {
        Self {
            date,
            locality,
            participation: ApmParticipation::Other,
            practitioner: Practitioner::Physician,
            participating: true,
        }
    }
}
