//! The edits, with the numbers that CMS gives them.

use core::fmt;

/// Whether a claim is stopped before payment or looked at after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EditType {
    /// Nothing is stopped.
    None,
    /// Stops the claim before it is paid.
    Prepayment,
    /// Is looked at after payment. No code of ICD-10 has a mark for such an edit today.
    Postpayment,
    /// Edits of both types were found.
    Both,
}

impl EditType {
    /// The type of several edits together.
    #[must_use]
    pub fn of(edits: impl IntoIterator<Item = CodeEdit>) -> Self {
        edits.into_iter().fold(Self::None, |all, edit| match (all, edit.edit_type()) {
            (one, Self::None) | (Self::None, one) => one,
            (one, other) if one == other => one,
            _ => Self::Both,
        })
    }

    /// The name in data: `none`, `prepayment`, `postpayment`, `both`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Prepayment => "prepayment",
            Self::Postpayment => "postpayment",
            Self::Both => "both",
        }
    }
}

impl fmt::Display for EditType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// An edit of the Medicare Code Editor.
///
/// CMS discontinued the edits 7, 10, 12 and 13 before ICD-10 or has no code of ICD-10 for them.
///
/// Source: Definitions of Medicare Code Edits, chapter 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CodeEdit {
    /// A diagnosis or procedure code that is not valid on the date of discharge.
    InvalidCode,
    /// The admitting diagnosis is not valid on the date of discharge. CMS counts it with edit 1; it stops no claim.
    InvalidAdmittingDiagnosis,
    /// An external cause of morbidity as the principal diagnosis.
    ExternalCauseAsPrincipal,
    /// A secondary diagnosis that is the principal one again.
    DuplicateOfPrincipal,
    /// A diagnosis that the patient is too young or too old for.
    AgeConflict,
    /// A diagnosis or procedure of the other sex. No code has such a mark from 2024-10-01 on.
    SexConflict,
    /// A manifestation as the principal diagnosis, without the disease that underlies it.
    ManifestationAsPrincipal,
    /// A principal diagnosis that is not usually a reason to admit to an acute care hospital.
    QuestionableAdmission,
    /// A cesarean section or vaginal delivery without the outcome of delivery as a secondary diagnosis. CMS counts it with edit 8.
    QuestionableObstetricAdmission,
    /// A principal diagnosis that is a circumstance and not an illness.
    UnacceptablePrincipal,
    /// A principal diagnosis that is acceptable only with a secondary diagnosis, and there is none. CMS counts it with edit 9.
    RequiresSecondary,
    /// A procedure that Medicare does not cover for this patient.
    NonCoveredProcedure,
    /// An age that is missing or above 124 years.
    InvalidAge,
    /// A sex that is neither female nor male, for discharges before 2024-10-01.
    InvalidSex,
    /// A discharge status that is not valid on the date of discharge.
    InvalidDischargeStatus,
    /// A procedure that Medicare covers for some patients or in some hospitals only.
    LimitedCoverage,
    /// A diagnosis that says that a wrong procedure was performed.
    WrongProcedure,
    /// A procedure that takes longer than the stay was.
    LengthOfStay,
    /// A diagnosis that leaves open the side of the body.
    UnspecifiedCode,
}

impl CodeEdit {
    /// All edits, in the order of their numbers.
    pub const ALL: [Self; 19] = [
        Self::InvalidCode,
        Self::InvalidAdmittingDiagnosis,
        Self::ExternalCauseAsPrincipal,
        Self::DuplicateOfPrincipal,
        Self::AgeConflict,
        Self::SexConflict,
        Self::ManifestationAsPrincipal,
        Self::QuestionableAdmission,
        Self::QuestionableObstetricAdmission,
        Self::UnacceptablePrincipal,
        Self::RequiresSecondary,
        Self::NonCoveredProcedure,
        Self::InvalidAge,
        Self::InvalidSex,
        Self::InvalidDischargeStatus,
        Self::LimitedCoverage,
        Self::WrongProcedure,
        Self::LengthOfStay,
        Self::UnspecifiedCode,
    ];

    /// The number of CMS, 1 to 20. Two edits can share one.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::InvalidCode | Self::InvalidAdmittingDiagnosis => 1,
            Self::ExternalCauseAsPrincipal => 2,
            Self::DuplicateOfPrincipal => 3,
            Self::AgeConflict => 4,
            Self::SexConflict => 5,
            Self::ManifestationAsPrincipal => 6,
            Self::QuestionableAdmission | Self::QuestionableObstetricAdmission => 8,
            Self::UnacceptablePrincipal | Self::RequiresSecondary => 9,
            Self::NonCoveredProcedure => 11,
            Self::InvalidAge => 14,
            Self::InvalidSex => 15,
            Self::InvalidDischargeStatus => 16,
            Self::LimitedCoverage => 17,
            Self::WrongProcedure => 18,
            Self::LengthOfStay => 19,
            Self::UnspecifiedCode => 20,
        }
    }

    /// The name in data: `invalid_code`, `external_cause_as_principal`, ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidCode => "invalid_code",
            Self::InvalidAdmittingDiagnosis => "invalid_admitting_diagnosis",
            Self::ExternalCauseAsPrincipal => "external_cause_as_principal",
            Self::DuplicateOfPrincipal => "duplicate_of_principal",
            Self::AgeConflict => "age_conflict",
            Self::SexConflict => "sex_conflict",
            Self::ManifestationAsPrincipal => "manifestation_as_principal",
            Self::QuestionableAdmission => "questionable_admission",
            Self::QuestionableObstetricAdmission => "questionable_obstetric_admission",
            Self::UnacceptablePrincipal => "unacceptable_principal",
            Self::RequiresSecondary => "requires_secondary",
            Self::NonCoveredProcedure => "non_covered_procedure",
            Self::InvalidAge => "invalid_age",
            Self::InvalidSex => "invalid_sex",
            Self::InvalidDischargeStatus => "invalid_discharge_status",
            Self::LimitedCoverage => "limited_coverage",
            Self::WrongProcedure => "wrong_procedure",
            Self::LengthOfStay => "length_of_stay",
            Self::UnspecifiedCode => "unspecified_code",
        }
    }

    /// Whether the edit stops a claim before payment.
    #[must_use]
    pub const fn edit_type(self) -> EditType {
        match self {
            Self::InvalidAdmittingDiagnosis => EditType::None,
            _ => EditType::Prepayment,
        }
    }
}

impl fmt::Display for CodeEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ascend_and_names_differ() {
        assert!(CodeEdit::ALL.is_sorted() && CodeEdit::ALL.is_sorted_by_key(|edit| edit.number()));
        let mut names: Vec<&str> = CodeEdit::ALL.iter().map(|edit| edit.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CodeEdit::ALL.len());
        let numbers: Vec<u8> =
            (1..=20).filter(|number| CodeEdit::ALL.iter().all(|edit| edit.number() != *number)).collect();
        assert_eq!(numbers, [7, 10, 12, 13]);
    }

    #[test]
    fn the_type_of_a_case_is_that_of_its_edits() {
        for (edits, edit_type) in [
            (&[][..], EditType::None),
            (&[CodeEdit::InvalidAdmittingDiagnosis], EditType::None),
            (&[CodeEdit::InvalidAdmittingDiagnosis, CodeEdit::AgeConflict], EditType::Prepayment),
            (&[CodeEdit::AgeConflict, CodeEdit::InvalidCode], EditType::Prepayment),
        ] {
            assert_eq!(EditType::of(edits.iter().copied()), edit_type, "{edits:?}");
        }
    }
}
