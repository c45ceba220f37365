//! The third element: risk of complications, morbidity or mortality of managing the patient.

use super::codes::OTHERS_SINCE;
use super::level::{Element, MdmLevel, NotCounted, count};

/// A decision that carries risk, also where it was weighed and not taken. The words are ours.
///
/// Source: CPT, Evaluation and Management guidelines, risk of patient management; the guidelines give examples, so [`Risk::OtherLow`] and its
/// like stand for what they do not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Risk {
    /// Minimal risk.
    Minimal,
    /// Low risk of a kind that the guidelines do not name.
    OtherLow,
    /// Minor surgery without risk factors.
    MinorSurgery,
    /// A prescription medicine is managed.
    PrescriptionDrug,
    /// Minor surgery with risk factors of patient or procedure.
    MinorSurgeryWithRisk,
    /// Elective major surgery without risk factors.
    ElectiveMajorSurgery,
    /// How the patient lives limits diagnosis or treatment.
    SocialDeterminants,
    /// Moderate risk of a kind that the guidelines do not name.
    OtherModerate,
    /// A medicine whose toxicity is monitored closely.
    ToxicDrug,
    /// Elective major surgery with risk factors of patient or procedure.
    ElectiveMajorSurgeryWithRisk,
    /// Major surgery that cannot wait.
    EmergencyMajorSurgery,
    /// Admission to hospital.
    Hospitalization,
    /// Hospital care is stepped up. From 2023.
    EscalationOfHospitalCare,
    /// No resuscitation, or less treatment, because of a poor outlook.
    LimitOfTreatment,
    /// A controlled substance by injection or infusion. From 2023.
    ParenteralControlledSubstance,
    /// High risk of a kind that the guidelines do not name.
    OtherHigh,
}

impl Risk {
    /// All, in the order of this type.
    pub const ALL: [Self; 16] = [
        Self::Minimal,
        Self::OtherLow,
        Self::MinorSurgery,
        Self::PrescriptionDrug,
        Self::MinorSurgeryWithRisk,
        Self::ElectiveMajorSurgery,
        Self::SocialDeterminants,
        Self::OtherModerate,
        Self::ToxicDrug,
        Self::ElectiveMajorSurgeryWithRisk,
        Self::EmergencyMajorSurgery,
        Self::Hospitalization,
        Self::EscalationOfHospitalCare,
        Self::LimitOfTreatment,
        Self::ParenteralControlledSubstance,
        Self::OtherHigh,
    ];

    /// The name in data, as `prescription_drug`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::OtherLow => "other_low",
            Self::MinorSurgery => "minor_surgery",
            Self::PrescriptionDrug => "prescription_drug",
            Self::MinorSurgeryWithRisk => "minor_surgery_with_risk",
            Self::ElectiveMajorSurgery => "elective_major_surgery",
            Self::SocialDeterminants => "social_determinants",
            Self::OtherModerate => "other_moderate",
            Self::ToxicDrug => "toxic_drug",
            Self::ElectiveMajorSurgeryWithRisk => "elective_major_surgery_with_risk",
            Self::EmergencyMajorSurgery => "emergency_major_surgery",
            Self::Hospitalization => "hospitalization",
            Self::EscalationOfHospitalCare => "escalation_of_hospital_care",
            Self::LimitOfTreatment => "limit_of_treatment",
            Self::ParenteralControlledSubstance => "parenteral_controlled_substance",
            Self::OtherHigh => "other_high",
        }
    }

    /// Its level.
    #[must_use]
    pub fn level(self) -> MdmLevel {
        match self {
            Self::Minimal => MdmLevel::Straightforward,
            Self::OtherLow | Self::MinorSurgery => MdmLevel::Low,
            Self::PrescriptionDrug
            | Self::MinorSurgeryWithRisk
            | Self::ElectiveMajorSurgery
            | Self::SocialDeterminants
            | Self::OtherModerate => MdmLevel::Moderate,
            Self::ToxicDrug
            | Self::ElectiveMajorSurgeryWithRisk
            | Self::EmergencyMajorSurgery
            | Self::Hospitalization
            | Self::EscalationOfHospitalCare
            | Self::LimitOfTreatment
            | Self::ParenteralControlledSubstance
            | Self::OtherHigh => MdmLevel::High,
        }
    }
}

/// The element of some decisions: the highest counts.
pub(super) fn element(risks: &[Risk], on: u32) -> Element {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    let mut level = None;
    for risk in risks {
        let later = matches!(risk, Risk::EscalationOfHospitalCare | Risk::ParenteralControlledSubstance);
        if later && on < OTHERS_SINCE {
            not_counted.push(NotCounted { what: risk.name(), why: "the guidelines name it from 2023-01-01" });
            continue;
        }
        count(&mut counted, risk.name());
        level = level.max(Some(risk.level()));
    }
    let why = match level {
        None => "no decision that carries risk is given",
        Some(MdmLevel::Straightforward) => "minimal risk",
        Some(MdmLevel::Low) => "low risk",
        Some(MdmLevel::Moderate) => "the highest of the decisions carries moderate risk",
        Some(MdmLevel::High) => "the highest of the decisions carries high risk",
    };
    Element { level, counted, not_counted, why }
}
