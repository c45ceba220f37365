//! Where a visit took place, and whether the patient was new.

/// Whether the patient was new to the practitioner; [`patient_status`](super::patient_status) finds it from earlier services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PatientStatus {
    /// New.
    New,
    /// Established.
    Established,
}

impl PatientStatus {
    /// The name in data: `new`, `established`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Established => "established",
        }
    }
}

/// The setting of a visit: it decides the family of numbers, the minutes, and the rules of the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Setting {
    /// Office or other outpatient.
    Office(PatientStatus),
    /// Hospital inpatient or observation: first visit of the stay.
    HospitalInitial,
    /// Hospital inpatient or observation: further visits.
    HospitalSubsequent,
    /// Hospital inpatient or observation: admission and discharge on one date.
    HospitalSameDay,
    /// Hospital inpatient or observation: day of discharge.
    HospitalDischarge,
    /// Consultation in the office or another outpatient place.
    OutpatientConsultation,
    /// Consultation in a hospital or nursing facility.
    InpatientConsultation,
    /// Emergency department.
    Emergency,
    /// Nursing facility: first visit of the stay.
    NursingInitial {
        /// Whether by the physician who is in charge of the admission.
        physician_in_charge: bool,
    },
    /// Nursing facility: further visits.
    NursingSubsequent,
    /// Nursing facility: day of discharge.
    NursingDischarge,
    /// Home or residence, assisted living included.
    Home(PatientStatus),
}

impl Setting {
    /// Every setting; the nursing facility's first visit both ways.
    pub const ALL: [Self; 15] = [
        Self::Office(PatientStatus::New),
        Self::Office(PatientStatus::Established),
        Self::HospitalInitial,
        Self::HospitalSubsequent,
        Self::HospitalSameDay,
        Self::HospitalDischarge,
        Self::OutpatientConsultation,
        Self::InpatientConsultation,
        Self::Emergency,
        Self::NursingInitial { physician_in_charge: true },
        Self::NursingInitial { physician_in_charge: false },
        Self::NursingSubsequent,
        Self::NursingDischarge,
        Self::Home(PatientStatus::New),
        Self::Home(PatientStatus::Established),
    ];

    /// Whether time alone decides: the days of discharge.
    #[must_use]
    pub fn is_discharge(self) -> bool {
        matches!(self, Self::HospitalDischarge | Self::NursingDischarge)
    }

    /// Whether it is a consultation, which Medicare does not take (since 2010).
    #[must_use]
    pub fn is_consultation(self) -> bool {
        matches!(self, Self::OutpatientConsultation | Self::InpatientConsultation)
    }
}
