//! The editor against what CMS's own editor answers, where the folder is given.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;
use superbill_core::{Date, DateRange, Sex};
use superbill_edits::code_editor::{AgeGroup, CaseDiagnosis, CodeEdit, CodeEditor, EditType, InpatientCase};
use superbill_icd10cm::Icd10Cm;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder
}

/// The names of the edits in the answers.
fn name(edit: CodeEdit) -> &'static str {
    match edit {
        CodeEdit::InvalidCode => "INVALID_CODE",
        CodeEdit::InvalidAdmittingDiagnosis => "INVALID_ADMIT_DX",
        CodeEdit::ExternalCauseAsPrincipal => "E_CODE_AS_PDX",
        CodeEdit::DuplicateOfPrincipal => "DUPLICATE_OF_PDX",
        CodeEdit::AgeConflict => "AGE_CONFLICT",
        CodeEdit::SexConflict => "SEX_CONFLICT",
        CodeEdit::ManifestationAsPrincipal => "MANIFESTATION_AS_PDX",
        CodeEdit::QuestionableAdmission => "QUESTIONABLE_ADMISSION",
        CodeEdit::QuestionableObstetricAdmission => "QUESTIONABLE_OBSTETRIC_ADMISSION",
        CodeEdit::UnacceptablePrincipal => "UNACCEPTABLE_PDX",
        CodeEdit::RequiresSecondary => "REQUIRES_SDX",
        CodeEdit::NonCoveredProcedure => "NON_COVERED",
        CodeEdit::InvalidAge => "INVALID_AGE",
        CodeEdit::InvalidSex => "INVALID_SEX",
        CodeEdit::InvalidDischargeStatus => "INVALID_DISCHARGE_STATUS",
        CodeEdit::LimitedCoverage => "LIMITED_COVERAGE",
        CodeEdit::WrongProcedure => "WRONG_PROCEDURE_PERFORMED",
        CodeEdit::LengthOfStay => "INCONSISTENT_WITH_LENGTH_OF_STAY",
        CodeEdit::UnspecifiedCode => "UNSPECIFIED",
        _ => panic!("an edit that the test does not know: {edit}"),
    }
}

fn diagnosis(value: &Value) -> CaseDiagnosis {
    let present_on_admission = value["poa"].as_str().and_then(|poa| poa.chars().next());
    CaseDiagnosis { code: value["code"].as_str().unwrap().to_owned(), present_on_admission }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn case(value: &Value) -> InpatientCase {
    let number = |key: &str| value[key].as_i64().unwrap();
    let procedure = |procedure: &Value| procedure["code"].as_str().unwrap().to_owned();
    InpatientCase {
        discharge_date: Date::from_ccyymmdd(u32::try_from(number("discharge_date")).unwrap()).unwrap(),
        // A negative age is none.
        age: u16::try_from(number("age")).ok(),
        sex: match number("sex") {
            0 => Sex::Male,
            1 => Sex::Female,
            _ => Sex::Unknown,
        },
        discharge_status: u8::try_from(number("discharge_status")).unwrap(),
        length_of_stay: Some(u32::try_from(number("length_of_stay")).unwrap()),
        admitting_diagnosis: None,
        principal_diagnosis: diagnosis(&value["pdx"]),
        secondary_diagnoses: list(&value["sdx"]).iter().map(diagnosis).collect(),
        procedures: list(&value["procedures"]).iter().map(procedure).collect(),
    }
}

#[test]
fn every_case_has_the_edits_of_the_editor_of_cms() {
    let Some(folder) = folder() else { return };
    let file = std::fs::File::open(folder.join("mce/mce_v43_1_cases.jsonl.zst")).unwrap();
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(file).unwrap().read_to_string(&mut text).unwrap();
    let (editor, icd10cm) = (CodeEditor::bundled(), Icd10Cm::bundled());
    let (mut cases, mut by_edit, mut wrong) = (0, BTreeMap::new(), Vec::new());
    for line in text.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let case = case(&value);
        let findings = editor.edit(icd10cm, &case).unwrap();
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        for finding in &findings {
            *found.entry(name(finding.edit)).or_default() += 1;
        }
        let expected = value["expected"]["edits"].as_object().unwrap();
        let expected: BTreeMap<&str, u64> =
            expected.iter().map(|(edit, count)| (edit.as_str(), count.as_u64().unwrap())).collect();
        let edit_type = EditType::of(findings.iter().map(|finding| finding.edit)).name().to_ascii_uppercase();
        if found != expected || edit_type != value["expected"]["edit_type"].as_str().unwrap() {
            wrong.push(format!("{} ({}): {found:?}, expected {expected:?}", value["id"], value["why"]));
        }
        for (edit, count) in found {
            *by_edit.entry(edit).or_insert(0) += count;
        }
        cases += 1;
    }
    println!("{} of {cases} cases agree; {by_edit:?}", cases - wrong.len());
    assert!(wrong.is_empty(), "{} differ, the first: {:#?}", wrong.len(), wrong.iter().take(10).collect::<Vec<_>>());
    assert_eq!((cases, by_edit.len()), (3_000, 18), "all cases were read, and every edit was seen");
}

#[test]
fn ages_and_discharge_statuses_are_those_of_the_editor_of_cms() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("mce/mce_v43_1_ages_discharge.json")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let days = |row: &Value| {
        let day = |key: &str| Date::parse_ccyymmdd(row[key].as_str().unwrap()).ok();
        DateRange::new(day("start").unwrap(), day("end")).unwrap()
    };
    let number = |row: &Value, key: &str| u16::try_from(row[key].as_u64().unwrap()).unwrap();
    let age = |row: &Value| {
        let name = row["group"].as_str().unwrap().to_ascii_lowercase();
        let group = AgeGroup::ALL.into_iter().find(|group| group.name() == name).unwrap();
        (group, number(row, "lo"), number(row, "hi"), days(row).to_string())
    };
    let mut ages: Vec<_> = list(&value["ages"]).iter().map(age).collect();
    ages.sort();
    let editor = CodeEditor::bundled();
    let ours = editor.age_ranges().map(|range| (range.group, range.lowest, range.highest, range.valid.to_string()));
    let mut ours: Vec<_> = ours.collect();
    ours.sort();
    assert_eq!((&ours, ages.len()), (&ages, 5));

    let status = |row: &Value| (u8::try_from(number(row, "code")).unwrap(), days(row));
    let statuses: Vec<(u8, DateRange)> = list(&value["discharge_status"]).iter().map(status).collect();
    assert_eq!(editor.discharge_statuses().collect::<Vec<_>>(), statuses);
    println!("{} age ranges and {} discharge statuses agree", ages.len(), statuses.len());
}
