//! What the editor's master says of a diagnosis.

use super::age_group::AgeGroup;
use super::flags::flags;
use superbill_icd10cm::{Icd10CmCode, Icd10CmOn};

flags! {
    /// A mark of a diagnosis in the master of the Medicare Code Editor. The table of ICD-10-CM holds them with their dates.
    ///
    /// Source: Definitions of Medicare Code Edits, edits 2, 4 to 6, 8, 9, 11, 17, 18 and 20.
    DiagnosisFlag,
    /// The marks of a diagnosis.
    DiagnosisFlags;
    /// Only in the ages of [`AgeGroup::Newborn`].
    Newborn = "newborn", "newborn";
    /// Only in the ages of [`AgeGroup::Pediatric`].
    Pediatric = "pediatric", "pediatric";
    /// Only in the ages of [`AgeGroup::Maternity`].
    Maternity = "maternity", "maternity";
    /// Only in the ages of [`AgeGroup::Adult`].
    Adult = "adult", "adult";
    /// Only in female patients; no diagnosis has it from 2024-10-01 on.
    Female = "female", "female";
    /// Only in male patients; no diagnosis has it from 2024-10-01 on.
    Male = "male", "male";
    /// An external cause of morbidity: never principal.
    ExternalCause = "external_cause", "ecodepdx";
    /// A manifestation of an underlying disease: never principal.
    Manifestation = "manifestation", "manifestation";
    /// A circumstance and not an illness: unacceptable as principal.
    Unacceptable = "unacceptable", "unacceptable";
    /// Unacceptable as principal only where no other diagnosis stands beside it.
    RequiresSecondary = "requires_secondary", "reqsdx";
    /// Not usually a reason to admit to an acute care hospital.
    QuestionableAdmission = "questionable_admission", "qadm";
    /// Performance of a wrong procedure, on a wrong patient or on a wrong side.
    WrongProcedure = "wrong_procedure", "wrngproc";
    /// Leaves open the side of the body that other codes of its subcategory tell; from 2022-04-01 on.
    Unspecified = "unspecified", "unspecified";
    /// Type 1 diabetes.
    Type1Diabetes = "type_1_diabetes", "diabtypeI";
    /// A leukemia with which stem cells are not covered.
    Leukemia = "leukemia", "ncov6";
    /// Multiple myeloma, to 2018-09-30.
    MultipleMyeloma = "multiple_myeloma", "ncov7";
    /// Examination of a participant of a clinical trial.
    ClinicalTrial = "clinical_trial", "clintrial";
    /// Encounter for sterilization.
    Sterilization = "sterilization", "ncov_z302";
    /// Outcome of delivery.
    DeliveryOutcome = "delivery_outcome", "delout";
}

impl DiagnosisFlags {
    /// The marks of a code on the date of the question; none where the code is not valid on it.
    #[must_use]
    pub fn of(on: Icd10CmOn<'_>, code: Icd10CmCode) -> Self {
        on.attributes(code).filter_map(|attribute| DiagnosisFlag::from_master(attribute.name)).collect()
    }

    /// The age groups that the diagnosis is tied to.
    pub fn age_groups(self) -> impl Iterator<Item = AgeGroup> {
        let marks = [DiagnosisFlag::Newborn, DiagnosisFlag::Pediatric, DiagnosisFlag::Maternity, DiagnosisFlag::Adult];
        AgeGroup::ALL.into_iter().zip(marks).filter(move |(_, mark)| self.contains(*mark)).map(|(group, _)| group)
    }
}
