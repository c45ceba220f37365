//! Code lists that stand outside the grammar.

/// A code list that changes more often than a guide does, or that another standard owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ExternalList {
    /// Types of admission (NUBC).
    AdmissionType,
    /// Sources of admission (NUBC).
    AdmissionSource,
    /// Dental procedures (CDT, ADA).
    Cdt,
    /// Claim adjustment reasons (X12 external list 139).
    ClaimAdjustmentReason,
    /// Frequency of a claim, third digit of the type of bill (NUBC).
    ClaimFrequency,
    /// Claim status (X12 external list 508).
    ClaimStatus,
    /// Categories of claim status (X12 external list 507).
    ClaimStatusCategory,
    /// Condition codes (NUBC).
    Condition,
    /// Countries (ISO 3166).
    Country,
    /// Currencies (ISO 4217).
    Currency,
    /// Diagnoses (ICD-10-CM).
    Diagnosis,
    /// Diagnosis related groups.
    Drg,
    /// HIPPS rate codes.
    Hipps,
    /// Procedures of inpatients (ICD-10-PCS).
    Icd10Pcs,
    /// Languages.
    Language,
    /// National Drug Codes.
    Ndc,
    /// National Provider Identifiers.
    Npi,
    /// Occurrence codes (NUBC).
    Occurrence,
    /// Occurrence span codes (NUBC).
    OccurrenceSpan,
    /// Patient discharge status (NUBC).
    PatientDischargeStatus,
    /// Places of service (CMS).
    PlaceOfService,
    /// Procedures, supplies and drugs (CPT, HCPCS Level II).
    Procedure,
    /// Reasons of provider adjustments (PLB).
    ProviderAdjustmentReason,
    /// Health care provider taxonomy (NUCC).
    ProviderTaxonomy,
    /// Remittance advice remarks (X12 external list 411).
    RemittanceRemark,
    /// Revenue codes (NUBC).
    Revenue,
    /// Service types of eligibility (X12 external list).
    ServiceType,
    /// States and provinces.
    State,
    /// Teeth.
    Tooth,
    /// Value codes (NUBC).
    Value,
}

impl ExternalList {
    const NAMES: [(&'static str, Self); 30] = [
        ("admission-type", Self::AdmissionType),
        ("admission-source", Self::AdmissionSource),
        ("cdt", Self::Cdt),
        ("claim-adjustment-reason", Self::ClaimAdjustmentReason),
        ("claim-frequency", Self::ClaimFrequency),
        ("claim-status", Self::ClaimStatus),
        ("claim-status-category", Self::ClaimStatusCategory),
        ("condition", Self::Condition),
        ("country", Self::Country),
        ("currency", Self::Currency),
        ("diagnosis", Self::Diagnosis),
        ("drg", Self::Drg),
        ("hipps", Self::Hipps),
        ("icd10pcs", Self::Icd10Pcs),
        ("language", Self::Language),
        ("ndc", Self::Ndc),
        ("npi", Self::Npi),
        ("occurrence", Self::Occurrence),
        ("occurrence-span", Self::OccurrenceSpan),
        ("patient-discharge-status", Self::PatientDischargeStatus),
        ("place-of-service", Self::PlaceOfService),
        ("procedure", Self::Procedure),
        ("provider-adjustment-reason", Self::ProviderAdjustmentReason),
        ("provider-taxonomy", Self::ProviderTaxonomy),
        ("remittance-remark", Self::RemittanceRemark),
        ("revenue", Self::Revenue),
        ("service-type", Self::ServiceType),
        ("state", Self::State),
        ("tooth", Self::Tooth),
        ("value", Self::Value),
    ];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, list)| list)
    }

    /// The name in guides and in data: `place-of-service`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, list)| *list == self).map_or("", |(name, _)| name)
    }
}
