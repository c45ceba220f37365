//! An inpatient stay as the editor looks at it.

use superbill_core::{Date, Sex};

/// What the code editor is asked about an inpatient stay. Plain data: codes are text as the claim has it, and wrong codes are a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::exhaustive_structs, reason = "callers fill it in")]
pub struct InpatientCase {
    /// The day of discharge; the tables are asked for this day.
    pub discharge_date: Date,
    /// Age in completed years; `None` where it is not known, which is an invalid age.
    pub age: Option<u16>,
    /// Sex. Before 2024-10-01 an unknown one is invalid.
    pub sex: Sex,
    /// Discharge status (UB-04 form locator 17).
    pub discharge_status: u8,
    /// Length of stay in days; where it is not known, edit 19 is not made.
    #[cfg_attr(feature = "serde", serde(default))]
    pub length_of_stay: Option<u32>,
    /// Admitting diagnosis (UB-04 form locator 69).
    #[cfg_attr(feature = "serde", serde(default))]
    pub admitting_diagnosis: Option<String>,
    /// Principal diagnosis (UB-04 form locator 67).
    pub principal_diagnosis: CaseDiagnosis,
    /// Secondary diagnoses (UB-04 form locators 67A to 67Q), in their order.
    #[cfg_attr(feature = "serde", serde(default))]
    pub secondary_diagnoses: Vec<CaseDiagnosis>,
    /// ICD-10-PCS codes of all procedures, the principal one first (UB-04 form locator 74).
    #[cfg_attr(feature = "serde", serde(default))]
    pub procedures: Vec<String>,
}

/// A diagnosis of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::exhaustive_structs, reason = "callers fill it in")]
pub struct CaseDiagnosis {
    /// ICD-10-CM code, with or without the dot.
    pub code: String,
    /// Whether it was present on admission: `Y`, `N`, `U`, `W` or none. It belongs to the case; no edit of the editor looks at it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub present_on_admission: Option<char>,
}

impl CaseDiagnosis {
    /// A diagnosis without a present-on-admission indicator.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), present_on_admission: None }
    }
}

/// Where in a case something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CasePlace {
    /// The case as a whole: age, sex, discharge status.
    Case,
    /// The admitting diagnosis.
    AdmittingDiagnosis,
    /// The principal diagnosis.
    PrincipalDiagnosis,
    /// A secondary diagnosis, counted from 0.
    SecondaryDiagnosis(usize),
    /// A procedure, counted from 0.
    Procedure(usize),
}

impl InpatientCase {
    /// The code at a place, as it was given; `None` for the case as a whole and where nothing stands.
    #[must_use]
    pub fn code(&self, place: CasePlace) -> Option<&str> {
        match place {
            CasePlace::Case => None,
            CasePlace::AdmittingDiagnosis => self.admitting_diagnosis.as_deref(),
            CasePlace::PrincipalDiagnosis => Some(&self.principal_diagnosis.code),
            CasePlace::SecondaryDiagnosis(index) => {
                self.secondary_diagnoses.get(index).map(|given| given.code.as_str())
            }
            CasePlace::Procedure(index) => self.procedures.get(index).map(String::as_str),
        }
    }
}
