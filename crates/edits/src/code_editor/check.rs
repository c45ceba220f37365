//! The edits of a case.

use super::case::{CasePlace, InpatientCase};
use super::coverage::{Circumstances, Coverage};
use super::diagnosis::{DiagnosisFlag, DiagnosisFlags};
use super::edit::CodeEdit;
use super::finding::{EditorError, EditorFinding};
use super::on::CodeEditorOn;
use super::procedure::{ProcedureFlag, ProcedureFlags};
use super::table::CodeEditor;
use superbill_core::{Icd10PcsCode, Sex};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Icd10CmOn, Status};

/// The highest age that is valid (edit 14).
const HIGHEST_AGE: u16 = 124;
/// The first day, as a decimal number ccyymmdd, on which a sex that is neither female nor male is valid and conflicts with nothing.
const ANY_SEX_FROM: u32 = 20_241_001;
/// The shortest stay in days in which a procedure of more than 96 consecutive hours fits (edit 19).
const LONG_STAY_DAYS: u32 = 5;

impl CodeEditor<'_> {
    /// The edits that a case does not pass: those of the case first, then those of the admitting, the principal and the secondary diagnoses
    /// and of the procedures, each in the order of the edits.
    ///
    /// Secondary diagnoses and procedures that are blank or zeros only are no codes and are passed over, as the editor of CMS does; a blank
    /// principal diagnosis is an invalid code.
    ///
    /// # Errors
    /// [`EditorError`] where a table does not speak of the day of discharge, or the table of ICD-10-CM has no code-editor attributes.
    pub fn edit<'c>(
        &self,
        icd10cm: &Icd10Cm<'_>,
        case: &'c InpatientCase,
    ) -> Result<Vec<EditorFinding<'c>>, EditorError> {
        if !icd10cm.has_attributes() {
            return Err(EditorError::NoAttributes);
        }
        let on = self.on(case.discharge_date);
        if !on.is_known() {
            return Err(EditorError::DischargeDate);
        }
        let mut check =
            Check { case, on, icd10cm: icd10cm.on(case.discharge_date), sex: SexRule::of(case), findings: Vec::new() };
        check.whole_case();
        let diagnoses = check.diagnoses()?;
        check.procedures(diagnoses);
        check.findings.sort_unstable_by_key(|finding| (finding.place, finding.edit));
        Ok(check.findings)
    }
}

/// A case while it is edited.
struct Check<'t, 'c> {
    case: &'c InpatientCase,
    on: CodeEditorOn<'t>,
    icd10cm: Icd10CmOn<'t>,
    sex: SexRule,
    findings: Vec<EditorFinding<'c>>,
}

/// What the diagnoses say together.
#[derive(Debug, Clone, Copy, Default)]
struct Diagnoses {
    all: DiagnosisFlags,
    secondary: DiagnosisFlags,
}

/// What the patient's sex conflicts with.
#[derive(Debug, Clone, Copy)]
struct SexRule {
    invalid: bool,
    female: bool,
    male: bool,
}

impl SexRule {
    fn of(case: &InpatientCase) -> Self {
        let unknown = !matches!(case.sex, Sex::Female | Sex::Male);
        let any = unknown && case.discharge_date.ccyymmdd() >= ANY_SEX_FROM;
        Self { invalid: unknown && !any, female: case.sex != Sex::Female && !any, male: case.sex != Sex::Male && !any }
    }
}

impl<'c> Check<'_, 'c> {
    fn find(&mut self, applies: bool, edit: CodeEdit, place: CasePlace) {
        if applies {
            self.findings.push(EditorFinding { edit, place, code: self.case.code(place) });
        }
    }

    /// Edits 14 to 16.
    fn whole_case(&mut self) {
        let InpatientCase { age, discharge_status, .. } = self.case;
        let wrong_age = age.is_none_or(|age| age > HIGHEST_AGE);
        let wrong_status = self.on.discharge_status(*discharge_status) != Some(true);
        self.find(wrong_age, CodeEdit::InvalidAge, CasePlace::Case);
        self.find(self.sex.invalid, CodeEdit::InvalidSex, CasePlace::Case);
        self.find(wrong_status, CodeEdit::InvalidDischargeStatus, CasePlace::Case);
    }

    fn diagnoses(&mut self) -> Result<Diagnoses, EditorError> {
        let case = self.case;
        if let Some(text) = case.admitting_diagnosis.as_deref().filter(|text| !is_blank(text)) {
            let valid = self.diagnosis(text, CasePlace::AdmittingDiagnosis)?.is_some();
            self.find(!valid, CodeEdit::InvalidAdmittingDiagnosis, CasePlace::AdmittingDiagnosis);
        }
        let mut found = Diagnoses { all: self.principal()?, secondary: DiagnosisFlags::NONE };
        for (index, diagnosis) in case.secondary_diagnoses.iter().enumerate() {
            if is_blank(&diagnosis.code) {
                continue;
            }
            let place = CasePlace::SecondaryDiagnosis(index);
            let flags = self.diagnosis(&diagnosis.code, place)?;
            self.find(flags.is_none(), CodeEdit::InvalidCode, place);
            let again = is_same(&diagnosis.code, &case.principal_diagnosis.code);
            self.find(again, CodeEdit::DuplicateOfPrincipal, place);
            let flags = flags.unwrap_or_default();
            self.any_diagnosis(flags, place);
            found.secondary = found.secondary.union(flags);
        }
        found.all = found.all.union(found.secondary);
        Ok(found)
    }

    /// The edits of a principal diagnosis; gives its marks.
    fn principal(&mut self) -> Result<DiagnosisFlags, EditorError> {
        let (case, place) = (self.case, CasePlace::PrincipalDiagnosis);
        let flags = self.diagnosis(&case.principal_diagnosis.code, place)?;
        self.find(flags.is_none(), CodeEdit::InvalidCode, place);
        let flags = flags.unwrap_or_default();
        let alone = case.secondary_diagnoses.iter().all(|diagnosis| is_blank(&diagnosis.code));
        let unacceptable = flags.contains(DiagnosisFlag::Unacceptable);
        let requires = unacceptable && flags.contains(DiagnosisFlag::RequiresSecondary);
        self.find(flags.contains(DiagnosisFlag::ExternalCause), CodeEdit::ExternalCauseAsPrincipal, place);
        self.find(flags.contains(DiagnosisFlag::Manifestation), CodeEdit::ManifestationAsPrincipal, place);
        self.find(flags.contains(DiagnosisFlag::QuestionableAdmission), CodeEdit::QuestionableAdmission, place);
        self.find(unacceptable && !requires, CodeEdit::UnacceptablePrincipal, place);
        self.find(requires && alone, CodeEdit::RequiresSecondary, place);
        self.any_diagnosis(flags, place);
        Ok(flags)
    }

    /// The edits of a principal or secondary diagnosis alike.
    fn any_diagnosis(&mut self, flags: DiagnosisFlags, place: CasePlace) {
        let (case, on) = (self.case, self.on);
        let outside = |group| {
            let within = |age| on.age_range(group).is_some_and(|range| range.contains(age));
            !case.age.is_some_and(within)
        };
        let conflict = flags.age_groups().any(outside);
        let sex = (flags.contains(DiagnosisFlag::Female) && self.sex.female)
            || (flags.contains(DiagnosisFlag::Male) && self.sex.male);
        self.find(conflict, CodeEdit::AgeConflict, place);
        self.find(sex, CodeEdit::SexConflict, place);
        self.find(flags.contains(DiagnosisFlag::WrongProcedure), CodeEdit::WrongProcedure, place);
        self.find(flags.contains(DiagnosisFlag::Unspecified), CodeEdit::UnspecifiedCode, place);
    }

    /// The marks of a diagnosis that is valid on the date; `None` for one that is not.
    fn diagnosis(&self, text: &str, place: CasePlace) -> Result<Option<DiagnosisFlags>, EditorError> {
        let Ok(code) = Icd10CmCode::parse(text) else {
            return Ok(None);
        };
        match self.icd10cm.status(code) {
            Status::Billable => Ok(Some(DiagnosisFlags::of(self.icd10cm, code))),
            Status::CannotTell => Err(EditorError::Diagnosis { place }),
            _ => Ok(None),
        }
    }

    fn procedures(&mut self, diagnoses: Diagnoses) {
        let (case, on) = (self.case, self.on);
        let marks = |text: &str| {
            let procedure = Icd10PcsCode::parse(text).ok().map(|code| on.procedure(code));
            procedure.filter(|procedure| procedure.is_valid()).map(|procedure| procedure.flags)
        };
        let together = case.procedures.iter().filter_map(|text| marks(text));
        let procedures = together.fold(ProcedureFlags::NONE, ProcedureFlags::union);
        let circumstances = Circumstances { diagnoses: diagnoses.all, procedures, age: case.age };
        let outcome = diagnoses.secondary.contains(DiagnosisFlag::DeliveryOutcome);
        for (index, text) in case.procedures.iter().enumerate() {
            if is_blank(text) {
                continue;
            }
            let place = CasePlace::Procedure(index);
            let flags = marks(text);
            self.find(flags.is_none(), CodeEdit::InvalidCode, place);
            let flags = flags.unwrap_or_default();
            let sex = (flags.contains(ProcedureFlag::Female) && self.sex.female)
                || (flags.contains(ProcedureFlag::Male) && self.sex.male);
            let delivery =
                flags.contains(ProcedureFlag::CesareanSection) || flags.contains(ProcedureFlag::VaginalDelivery);
            let coverage = circumstances.coverage(flags);
            let short = case.length_of_stay.is_some_and(|days| days < LONG_STAY_DAYS);
            self.find(sex, CodeEdit::SexConflict, place);
            self.find(delivery && !outcome, CodeEdit::QuestionableObstetricAdmission, place);
            self.find(coverage == Coverage::None, CodeEdit::NonCoveredProcedure, place);
            self.find(coverage == Coverage::Limited, CodeEdit::LimitedCoverage, place);
            self.find(flags.contains(ProcedureFlag::LongStay) && short, CodeEdit::LengthOfStay, place);
        }
    }
}

/// Whether a text is no code: blank, or zeros only.
fn is_blank(text: &str) -> bool {
    text.trim().bytes().all(|byte| byte == b'0')
}

/// Whether two texts are the same diagnosis.
fn is_same(one: &str, other: &str) -> bool {
    match (Icd10CmCode::parse(one), Icd10CmCode::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one.trim().eq_ignore_ascii_case(other.trim()),
    }
}
