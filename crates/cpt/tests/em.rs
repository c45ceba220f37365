//! Levels of evaluation and management: cases that a coder can check by eye, and invariants. The numbers are those that the module answers.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::Date;
use superbill_cpt::em::PatientStatus::{Established, New};
use superbill_cpt::em::{
    Basis, DataItem, EmAnswer, EmUnknown, EmVisit, MdmLevel, Problem, ProlongedRule, Risk, Setting, two_of_three,
};

fn visit(setting: Setting, on: &str) -> EmVisit {
    EmVisit::new(on.parse().unwrap(), setting)
}

fn mdm(setting: Setting, on: &str, problems: &[Problem], data: &[DataItem], risks: &[Risk]) -> EmVisit {
    let mut visit = visit(setting, on);
    (visit.problems, visit.data, visit.risks) = (problems.to_vec(), data.to_vec(), risks.to_vec());
    visit
}

fn timed(setting: Setting, on: &str, minutes: u32) -> EmVisit {
    let mut visit = visit(setting, on);
    visit.minutes = Some(minutes);
    visit
}

fn code(visit: &EmVisit) -> Option<String> {
    visit.answer().code().map(|code| code.to_string())
}

fn test(name: &str) -> DataItem {
    DataItem::Test { test: name.to_owned(), reported_by_us: false }
}

fn note(source: &str) -> DataItem {
    DataItem::ExternalNote { source: source.to_owned() }
}

fn interpretation(name: &str) -> DataItem {
    DataItem::Interpretation { test: name.to_owned(), reported_by_us: false }
}

/// The four levels by one problem and one decision each.
const LEVELS: [(MdmLevel, Problem, Risk); 4] = [
    (MdmLevel::Straightforward, Problem::SelfLimited, Risk::Minimal),
    (MdmLevel::Low, Problem::StableChronic, Risk::OtherLow),
    (MdmLevel::Moderate, Problem::ChronicNotAtGoal, Risk::PrescriptionDrug),
    (MdmLevel::High, Problem::Threat, Risk::Hospitalization),
];

#[test]
fn decision_making_gives_the_number_of_the_setting() {
    let nursing = Setting::NursingInitial { physician_in_charge: false };
    for (setting, codes) in [
        (Setting::Office(New), ["99202", "99203", "99204", "99205"]),
        (Setting::Office(Established), ["99212", "99213", "99214", "99215"]),
        (Setting::HospitalInitial, ["99221", "99221", "99222", "99223"]),
        (Setting::HospitalSubsequent, ["99231", "99231", "99232", "99233"]),
        (Setting::HospitalSameDay, ["99234", "99234", "99235", "99236"]),
        (Setting::OutpatientConsultation, ["99242", "99243", "99244", "99245"]),
        (Setting::InpatientConsultation, ["99252", "99253", "99254", "99255"]),
        (Setting::Emergency, ["99282", "99283", "99284", "99285"]),
        (nursing, ["99304", "99304", "99305", "99306"]),
        (Setting::NursingSubsequent, ["99307", "99308", "99309", "99310"]),
        (Setting::Home(New), ["99341", "99342", "99344", "99345"]),
        (Setting::Home(Established), ["99347", "99348", "99349", "99350"]),
    ] {
        for (expected, (level, problem, risk)) in codes.into_iter().zip(LEVELS) {
            let answer = mdm(setting, "2025-06-02", &[problem], &[], &[risk]).answer();
            let found = answer.level().unwrap();
            assert_eq!(found.code.as_str(), expected, "{setting:?} {level:?}");
            assert_eq!(found.decision_making.as_ref().unwrap().level, Some(level), "{setting:?} {level:?}");
            assert_eq!(found.basis, Basis::DecisionMaking);
            assert!(!found.citations.is_empty());
        }
    }
}

#[test]
fn time_gives_the_number_whose_least_minutes_are_reached() {
    let nursing = Setting::NursingInitial { physician_in_charge: true };
    for (setting, on, minutes, expected) in [
        (Setting::Office(New), "2021-01-01", 14, None),
        (Setting::Office(New), "2021-01-01", 15, Some("99202")),
        (Setting::Office(New), "2022-12-31", 29, Some("99202")),
        (Setting::Office(New), "2022-12-31", 30, Some("99203")),
        (Setting::Office(New), "2024-01-01", 44, Some("99203")),
        (Setting::Office(New), "2024-01-01", 45, Some("99204")),
        (Setting::Office(New), "2024-01-01", 60, Some("99205")),
        (Setting::Office(New), "2024-01-01", u32::MAX, Some("99205")),
        (Setting::Office(Established), "2024-01-01", 9, None),
        (Setting::Office(Established), "2024-01-01", 10, Some("99212")),
        (Setting::Office(Established), "2024-01-01", 20, Some("99213")),
        (Setting::Office(Established), "2024-01-01", 30, Some("99214")),
        (Setting::Office(Established), "2024-01-01", 40, Some("99215")),
        (Setting::HospitalInitial, "2023-01-01", 39, None),
        (Setting::HospitalInitial, "2023-01-01", 40, Some("99221")),
        (Setting::HospitalInitial, "2023-01-01", 55, Some("99222")),
        (Setting::HospitalInitial, "2023-01-01", 75, Some("99223")),
        (Setting::HospitalSubsequent, "2023-01-01", 25, Some("99231")),
        (Setting::HospitalSubsequent, "2023-01-01", 35, Some("99232")),
        (Setting::HospitalSubsequent, "2023-01-01", 50, Some("99233")),
        (Setting::HospitalSameDay, "2023-01-01", 45, Some("99234")),
        (Setting::HospitalSameDay, "2023-01-01", 70, Some("99235")),
        (Setting::HospitalSameDay, "2023-01-01", 85, Some("99236")),
        (Setting::HospitalDischarge, "2023-01-01", 30, Some("99238")),
        (Setting::HospitalDischarge, "2023-01-01", 31, Some("99239")),
        (Setting::OutpatientConsultation, "2023-01-01", 20, Some("99242")),
        (Setting::OutpatientConsultation, "2023-01-01", 30, Some("99243")),
        (Setting::OutpatientConsultation, "2023-01-01", 40, Some("99244")),
        (Setting::OutpatientConsultation, "2023-01-01", 55, Some("99245")),
        (Setting::InpatientConsultation, "2023-01-01", 35, Some("99252")),
        (Setting::InpatientConsultation, "2023-01-01", 45, Some("99253")),
        (Setting::InpatientConsultation, "2023-01-01", 60, Some("99254")),
        (Setting::InpatientConsultation, "2023-01-01", 80, Some("99255")),
        (nursing, "2023-12-31", 25, Some("99304")),
        (nursing, "2023-12-31", 35, Some("99305")),
        (nursing, "2023-12-31", 45, Some("99306")),
        (nursing, "2024-01-01", 45, Some("99305")),
        (nursing, "2024-01-01", 50, Some("99306")),
        (Setting::NursingSubsequent, "2023-12-31", 15, Some("99308")),
        (Setting::NursingSubsequent, "2024-01-01", 15, Some("99307")),
        (Setting::NursingSubsequent, "2024-01-01", 20, Some("99308")),
        (Setting::NursingSubsequent, "2024-01-01", 30, Some("99309")),
        (Setting::NursingSubsequent, "2024-01-01", 45, Some("99310")),
        (Setting::NursingDischarge, "2024-01-01", 30, Some("99315")),
        (Setting::NursingDischarge, "2024-01-01", 31, Some("99316")),
        (Setting::Home(New), "2023-01-01", 15, Some("99341")),
        (Setting::Home(New), "2023-01-01", 30, Some("99342")),
        (Setting::Home(New), "2023-01-01", 60, Some("99344")),
        (Setting::Home(New), "2023-01-01", 75, Some("99345")),
        (Setting::Home(Established), "2023-01-01", 20, Some("99347")),
        (Setting::Home(Established), "2023-01-01", 30, Some("99348")),
        (Setting::Home(Established), "2023-01-01", 40, Some("99349")),
        (Setting::Home(Established), "2023-01-01", 60, Some("99350")),
    ] {
        let answer = timed(setting, on, minutes).answer();
        assert_eq!(answer.code().map(|code| code.to_string()).as_deref(), expected, "{setting:?} {on} {minutes}");
        if let Some(level) = answer.level() {
            assert_eq!(level.basis, Basis::Time);
        } else {
            assert!(matches!(answer, EmAnswer::CannotTell(EmUnknown::TooFewMinutes { .. })), "{answer:?}");
        }
    }
}

#[test]
fn before_the_rules_nothing_can_be_told() {
    for (setting, last, first) in [
        (Setting::Office(New), "2020-12-31", "2021-01-01"),
        (Setting::Emergency, "2022-12-31", "2023-01-01"),
        (Setting::HospitalInitial, "2022-12-31", "2023-01-01"),
        (Setting::Home(Established), "2022-12-31", "2023-01-01"),
        (Setting::NursingSubsequent, "2022-12-31", "2023-01-01"),
        (Setting::InpatientConsultation, "2022-12-31", "2023-01-01"),
    ] {
        let before = mdm(setting, last, &[Problem::Threat], &[], &[Risk::OtherHigh]).answer();
        let since: Date = first.parse().unwrap();
        assert_eq!(before, EmAnswer::CannotTell(EmUnknown::BeforeRules { since }), "{setting:?}");
        assert!(mdm(setting, first, &[Problem::Threat], &[], &[Risk::OtherHigh]).answer().level().is_some());
    }
}

#[test]
fn the_higher_of_both_grounds_is_taken_and_both_are_told() {
    let office = Setting::Office(Established);
    for (level, minutes, expected, basis) in [
        (1, 45, "99215", Basis::Time),
        (2, 45, "99215", Basis::Time),
        (3, 45, "99215", Basis::Either),
        (3, 12, "99215", Basis::DecisionMaking),
        (2, 5, "99214", Basis::DecisionMaking),
    ] {
        let (_, problem, risk) = LEVELS[level];
        let mut visit = mdm(office, "2026-03-02", &[problem], &[], &[risk]);
        visit.minutes = Some(minutes);
        let answer = visit.answer();
        let found = answer.level().unwrap();
        assert_eq!((found.code.as_str(), found.basis), (expected, basis), "{level} {minutes}");
        assert_eq!(found.time.unwrap().minutes, minutes);
        assert_eq!(found.decision_making.as_ref().unwrap().level, Some(LEVELS[level].0));
    }
}

#[test]
fn time_is_no_basis_in_the_emergency_department() {
    assert_eq!(timed(Setting::Emergency, "2026-03-02", 90).answer(), EmAnswer::CannotTell(EmUnknown::NoTimeBasis));
    let mut visit = mdm(Setting::Emergency, "2026-03-02", &[Problem::SelfLimited], &[], &[Risk::Minimal]);
    visit.minutes = Some(500);
    let answer = visit.answer();
    let level = answer.level().unwrap();
    assert_eq!((level.code.as_str(), level.time, level.prolonged.len()), ("99282", None, 0));
    assert_eq!(level.notes.len(), 1);
}

#[test]
fn clinical_staff_alone_has_a_number_in_two_settings() {
    for (setting, expected) in [
        (Setting::Office(Established), Some("99211")),
        (Setting::Emergency, Some("99281")),
        (Setting::Office(New), None),
        (Setting::HospitalInitial, None),
    ] {
        let mut visit = timed(setting, "2026-03-02", 200);
        visit.clinical_staff_only = true;
        assert_eq!(code(&visit).as_deref(), expected, "{setting:?}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let empty = visit(Setting::Office(New), "2026-03-02");
    assert_eq!(empty.answer(), EmAnswer::CannotTell(EmUnknown::NothingToCount));
    // Data alone are one element of three.
    let data = mdm(Setting::Office(New), "2026-03-02", &[], &[test("a"), test("b"), test("c")], &[]);
    assert_eq!(data.answer(), EmAnswer::CannotTell(EmUnknown::NothingToCount));
    let discharge = mdm(Setting::HospitalDischarge, "2026-03-02", &[Problem::Threat], &[], &[Risk::OtherHigh]);
    assert_eq!(discharge.answer(), EmAnswer::CannotTell(EmUnknown::NoMinutes));
    for reason in [EmUnknown::NothingToCount, EmUnknown::NoMinutes, EmUnknown::NotByStaff, EmUnknown::NoTimeBasis] {
        assert!(!reason.to_string().is_empty());
    }
}

#[test]
fn problems_have_their_level() {
    use Problem::{
        AcuteSystemic, AcuteUncomplicated, AcuteUncomplicatedInHospital, ChronicNotAtGoal, ChronicSevere,
        ComplicatedInjury, MultipleIntensive, NewUncertain, SelfLimited, StableAcute, StableChronic, Threat,
    };
    let nursing = Setting::NursingInitial { physician_in_charge: true };
    let other = Setting::NursingInitial { physician_in_charge: false };
    let office = Setting::Office(New);
    for (setting, on, problems, expected) in [
        (office, "2026-01-01", &[SelfLimited][..], Some(MdmLevel::Straightforward)),
        (office, "2026-01-01", &[SelfLimited, SelfLimited], Some(MdmLevel::Low)),
        (office, "2026-01-01", &[StableChronic], Some(MdmLevel::Low)),
        (office, "2026-01-01", &[StableChronic, StableChronic], Some(MdmLevel::Moderate)),
        (office, "2026-01-01", &[StableChronic, AcuteUncomplicated, SelfLimited], Some(MdmLevel::Low)),
        (office, "2026-01-01", &[AcuteUncomplicated, AcuteUncomplicated], Some(MdmLevel::Low)),
        (office, "2026-01-01", &[StableAcute], Some(MdmLevel::Low)),
        (office, "2022-12-31", &[StableAcute], None),
        (office, "2026-01-01", &[AcuteUncomplicatedInHospital], Some(MdmLevel::Low)),
        (office, "2026-01-01", &[ChronicNotAtGoal], Some(MdmLevel::Moderate)),
        (office, "2026-01-01", &[NewUncertain], Some(MdmLevel::Moderate)),
        (office, "2026-01-01", &[AcuteSystemic], Some(MdmLevel::Moderate)),
        (office, "2026-01-01", &[ComplicatedInjury], Some(MdmLevel::Moderate)),
        (office, "2026-01-01", &[ChronicSevere], Some(MdmLevel::High)),
        (office, "2026-01-01", &[Threat], Some(MdmLevel::High)),
        (office, "2026-01-01", &[MultipleIntensive], None),
        (other, "2026-01-01", &[MultipleIntensive], None),
        (nursing, "2026-01-01", &[MultipleIntensive], Some(MdmLevel::High)),
    ] {
        let answer = mdm(setting, on, problems, &[], &[Risk::OtherHigh]).answer();
        let element = &answer.level().unwrap().decision_making.as_ref().unwrap().problems;
        assert_eq!(element.level, expected, "{setting:?} {on} {problems:?}");
        let times: u32 = element.counted.iter().map(|counted| counted.times).sum();
        assert_eq!(times as usize + element.not_counted.len(), problems.len());
    }
}

#[test]
fn data_are_counted_by_category_and_once() {
    let reported = DataItem::Test { test: "a".to_owned(), reported_by_us: true };
    let read_and_reported = DataItem::Interpretation { test: "a".to_owned(), reported_by_us: true };
    let historian = DataItem::IndependentHistorian;
    let discussion = DataItem::Discussion;
    for (data, expected) in [
        (vec![], MdmLevel::Straightforward),
        (vec![test("a")], MdmLevel::Straightforward),
        (vec![test("a"), test("a"), test("a")], MdmLevel::Straightforward),
        (vec![test("a"), reported.clone()], MdmLevel::Straightforward),
        (vec![test("a"), test("b")], MdmLevel::Low),
        (vec![note("a"), test("a")], MdmLevel::Low),
        (vec![note("a"), note("a")], MdmLevel::Straightforward),
        (vec![note("a"), note("b")], MdmLevel::Low),
        (vec![historian.clone()], MdmLevel::Low),
        (vec![historian.clone(), test("a")], MdmLevel::Low),
        (vec![historian.clone(), test("a"), note("b")], MdmLevel::Moderate),
        (vec![test("a"), test("b"), test("c")], MdmLevel::Moderate),
        (vec![interpretation("a")], MdmLevel::Moderate),
        (vec![read_and_reported], MdmLevel::Straightforward),
        (vec![discussion.clone()], MdmLevel::Moderate),
        (vec![discussion.clone(), discussion.clone()], MdmLevel::Moderate),
        (vec![discussion.clone(), interpretation("a")], MdmLevel::High),
        (vec![discussion, test("a"), test("b"), test("c")], MdmLevel::High),
        (vec![interpretation("a"), interpretation("b"), test("a"), test("b")], MdmLevel::Moderate),
        (vec![interpretation("a"), historian, test("a"), test("b")], MdmLevel::High),
    ] {
        let answer = mdm(Setting::Office(New), "2026-01-01", &[Problem::Threat], &data, &[Risk::OtherHigh]).answer();
        let element = &answer.level().unwrap().decision_making.as_ref().unwrap().data;
        assert_eq!(element.level, Some(expected), "{data:?}");
        let times: u32 = element.counted.iter().map(|counted| counted.times).sum();
        assert_eq!(times as usize + element.not_counted.len(), data.len(), "{data:?}");
    }
}

#[test]
fn risk_named_from_2023_does_not_count_before() {
    for (on, expected) in [("2022-12-31", None), ("2023-01-01", Some(MdmLevel::High))] {
        let risks = [Risk::ParenteralControlledSubstance];
        let answer = mdm(Setting::Office(New), on, &[Problem::Threat], &[], &risks).answer();
        assert_eq!(answer.level().unwrap().decision_making.as_ref().unwrap().risk.level, expected, "{on}");
    }
}

#[test]
fn prolonged_services_have_their_thresholds() {
    use ProlongedRule::{Cpt, Medicare};
    let nursing = Setting::NursingInitial { physician_in_charge: true };
    for (setting, on, minutes, window, expected) in [
        (Setting::Office(New), "2021-01-01", 74, None, vec![]),
        (Setting::Office(New), "2021-01-01", 75, None, vec![(Cpt, "99417", 1)]),
        (Setting::Office(New), "2026-01-01", 88, None, vec![(Cpt, "99417", 1)]),
        (Setting::Office(New), "2026-01-01", 89, None, vec![(Cpt, "99417", 1), (Medicare, "G2212", 1)]),
        (Setting::Office(New), "2026-01-01", 104, None, vec![(Cpt, "99417", 2), (Medicare, "G2212", 2)]),
        (Setting::Office(Established), "2026-01-01", 54, None, vec![]),
        (Setting::Office(Established), "2026-01-01", 55, None, vec![(Cpt, "99417", 1)]),
        (Setting::Office(Established), "2026-01-01", 69, None, vec![(Cpt, "99417", 1), (Medicare, "G2212", 1)]),
        (Setting::HospitalInitial, "2023-01-01", 89, None, vec![]),
        (Setting::HospitalInitial, "2023-01-01", 90, None, vec![(Cpt, "99418", 1), (Medicare, "G0316", 1)]),
        (Setting::HospitalSubsequent, "2023-01-01", 65, None, vec![(Cpt, "99418", 1), (Medicare, "G0316", 1)]),
        (Setting::HospitalSameDay, "2023-01-01", 100, None, vec![(Cpt, "99418", 1)]),
        (Setting::HospitalSameDay, "2023-01-01", 100, Some(110), vec![(Cpt, "99418", 1), (Medicare, "G0316", 1)]),
        (Setting::HospitalDischarge, "2023-01-01", 300, None, vec![]),
        (Setting::OutpatientConsultation, "2023-01-01", 70, None, vec![(Cpt, "99417", 1)]),
        (Setting::InpatientConsultation, "2023-01-01", 95, None, vec![(Cpt, "99418", 1)]),
        (nursing, "2023-12-31", 60, None, vec![(Cpt, "99418", 1)]),
        (nursing, "2024-01-01", 64, None, vec![]),
        (nursing, "2024-01-01", 65, Some(94), vec![(Cpt, "99418", 1)]),
        (nursing, "2024-01-01", 65, Some(95), vec![(Cpt, "99418", 1), (Medicare, "G0317", 1)]),
        (Setting::NursingSubsequent, "2024-01-01", 60, Some(85), vec![(Cpt, "99418", 1), (Medicare, "G0317", 1)]),
        (Setting::Home(New), "2024-01-01", 90, Some(140), vec![(Cpt, "99417", 1), (Medicare, "G0318", 1)]),
        (Setting::Home(Established), "2024-01-01", 75, Some(110), vec![(Cpt, "99417", 1), (Medicare, "G0318", 1)]),
        // The highest level must be reached on the date of the visit itself.
        (Setting::Home(Established), "2024-01-01", 59, Some(200), vec![]),
        // The window is of no use to rules that count the date alone.
        (Setting::Office(New), "2026-01-01", 60, Some(200), vec![]),
    ] {
        let mut visit = timed(setting, on, minutes);
        visit.medicare_minutes = window;
        let answer = visit.answer();
        let found: Vec<_> = answer.level().unwrap().prolonged.iter().map(|p| (p.rule, p.code, p.units)).collect();
        assert_eq!(found, expected, "{setting:?} {on} {minutes} {window:?}");
    }
    let mut visit = timed(Setting::Home(New), "2024-01-01", 90);
    visit.medicare_minutes = Some(140);
    let answer = visit.answer();
    let medicare = answer.level().unwrap().prolonged[1];
    assert_eq!((medicare.days_before, medicare.days_after, medicare.minutes), (3, 7, 140));
}

fn settings() -> impl Strategy<Value = Setting> {
    prop::sample::select(Setting::ALL.to_vec())
}

fn dates() -> impl Strategy<Value = Date> {
    prop::sample::select(vec!["2021-01-01", "2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01", "2026-11-24"])
        .prop_map(|text| text.parse().unwrap())
}

fn items() -> impl Strategy<Value = DataItem> {
    let name = "[a-c]";
    prop_oneof![
        name.prop_map(|source| DataItem::ExternalNote { source }),
        (name, any::<bool>()).prop_map(|(test, reported_by_us)| DataItem::Test { test, reported_by_us }),
        (name, any::<bool>()).prop_map(|(test, reported_by_us)| DataItem::Interpretation { test, reported_by_us }),
        Just(DataItem::IndependentHistorian),
        Just(DataItem::Discussion),
    ]
}

prop_compose! {
    fn visits()(
        on in dates(),
        setting in settings(),
        problems in prop::collection::vec(prop::sample::select(Problem::ALL.to_vec()), 0..5),
        data in prop::collection::vec(items(), 0..6),
        risks in prop::collection::vec(prop::sample::select(Risk::ALL.to_vec()), 0..3),
        minutes in prop::option::of(0..200u32),
    ) -> EmVisit {
        let mut visit = EmVisit::new(on, setting);
        (visit.problems, visit.data, visit.risks, visit.minutes) = (problems, data, risks, minutes);
        visit
    }
}

/// The number of a family grows with its level, so numbers of one setting can be compared.
fn rank(visit: &EmVisit) -> Option<String> {
    code(visit)
}

proptest! {
    #[test]
    fn the_level_is_monotone_in_problems(visit in visits(), problem in prop::sample::select(Problem::ALL.to_vec())) {
        let mut more = visit.clone();
        more.problems.push(problem);
        prop_assert!(rank(&visit) <= rank(&more), "{:?} {:?}", visit.answer(), more.answer());
    }

    #[test]
    fn the_level_is_monotone_in_data(visit in visits(), item in items()) {
        let mut more = visit.clone();
        more.data.push(item);
        prop_assert!(rank(&visit) <= rank(&more), "{:?} {:?}", visit.answer(), more.answer());
    }

    #[test]
    fn the_level_is_monotone_in_risk(visit in visits(), risk in prop::sample::select(Risk::ALL.to_vec())) {
        let mut more = visit.clone();
        more.risks.push(risk);
        prop_assert!(rank(&visit) <= rank(&more), "{:?} {:?}", visit.answer(), more.answer());
    }

    #[test]
    fn the_level_and_prolonged_units_are_monotone_in_time(visit in visits(), minutes in 0..250u32, plus in 0..100u32) {
        let (mut less, mut more) = (visit.clone(), visit);
        (less.minutes, more.minutes) = (Some(minutes), Some(minutes + plus));
        prop_assert!(rank(&less) <= rank(&more), "{:?} {:?}", less.answer(), more.answer());
        let units = |visit: &EmVisit, rule| {
            let answer = visit.answer();
            answer.level().map_or(0, |level| level.prolonged.iter().filter(|p| p.rule == rule).map(|p| p.units).sum::<u32>())
        };
        for rule in [ProlongedRule::Cpt, ProlongedRule::Medicare] {
            prop_assert!(units(&less, rule) <= units(&more, rule));
        }
    }

    #[test]
    fn two_of_three_equals_the_median_of_the_three(visit in visits()) {
        if let EmAnswer::Level(level) = visit.answer()
            && let Some(mdm) = level.decision_making
        {
            let mut sorted = [mdm.problems.level, mdm.data.level, mdm.risk.level];
            sorted.sort();
            prop_assert_eq!(mdm.level, sorted[1]);
            prop_assert_eq!(two_of_three(mdm.problems.level, mdm.data.level, mdm.risk.level), sorted[1]);
        }
    }

    #[test]
    fn the_order_of_what_is_given_does_not_matter(visit in visits()) {
        let mut turned = visit.clone();
        turned.problems.reverse();
        turned.data.reverse();
        turned.risks.reverse();
        prop_assert_eq!(rank(&visit), rank(&turned));
    }

    #[test]
    fn the_answer_is_the_higher_of_both_grounds(visit in visits()) {
        let (mut by_mdm, mut by_time) = (visit.clone(), visit.clone());
        by_mdm.minutes = None;
        (by_time.problems, by_time.data, by_time.risks) = (vec![], vec![], vec![]);
        prop_assert_eq!(rank(&visit), rank(&by_mdm).max(rank(&by_time)));
    }
}

#[cfg(feature = "serde")]
mod json {
    use super::*;

    #[test]
    fn a_visit_is_read_and_an_answer_written() {
        let text = r#"{"on":"2026-03-02","setting":{"office":"established"},"problems":["stable_chronic","stable_chronic"],
            "data":[{"kind":"test","test":"a"},{"kind":"discussion"}],"risks":["prescription_drug"],"minutes":25}"#;
        let visit: EmVisit = serde_json::from_str(text).unwrap();
        let answer = serde_json::to_value(visit.answer()).unwrap();
        let level = &answer["level"];
        assert_eq!((&level["code"], &level["basis"]), (&"99214".into(), &"decision_making".into()));
        assert_eq!(level["decision_making"]["problems"]["counted"][0]["times"], 2);
        let back: EmVisit = serde_json::from_value(serde_json::to_value(&visit).unwrap()).unwrap();
        assert_eq!(back, visit);
    }
}
