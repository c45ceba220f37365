//! What took the place of a code, case by case, as a coder would check it in the conversion table and the tabular list.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::Date;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Join, PreviousCodes, Replacement, Status};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn code(text: &str) -> Icd10CmCode {
    text.parse().unwrap()
}

/// `A04.71 2017-10-01`, a step behind the other where there are several.
fn shown(found: &[Replacement]) -> Vec<String> {
    let way = |found: &Replacement| {
        let steps: Vec<String> = found.steps.iter().map(|step| format!("{} {}", step.to, step.effective)).collect();
        steps.join(", ")
    };
    found.iter().map(way).collect()
}

#[test]
fn a_code_is_replaced_from_the_day_after_its_last() {
    for (text, on, replacements) in [
        ("A04.7", "2017-09-30", &[][..]),
        ("A04.7", "2017-10-01", &["A04.71 2017-10-01", "A04.72 2017-10-01"]),
        ("A04.7", "2027-03-31", &["A04.71 2017-10-01", "A04.72 2017-10-01"]),
        // After the last day of the table nothing is told.
        ("A04.7", "2027-04-01", &[]),
        ("M35.8", "2021-01-01", &["M35.81 2021-01-01", "M35.89 2021-01-01"]),
        ("Z28.3", "2022-04-01", &["Z28.310 2022-04-01", "Z28.311 2022-04-01", "Z28.39 2022-04-01"]),
        // Several codes became one.
        ("H81.41", "2019-10-01", &["H81.4 2019-10-01"]),
        ("H81.49", "2026-10-05", &["H81.4 2019-10-01"]),
        // It went on beside the code that was split off from it.
        ("A41.59", "2026-10-05", &[]),
        // It was retired later than the code that was split off from it, and not for it.
        ("I49.8", "2026-10-01", &[]),
        // A header from the beginning; unknown; not yet effective.
        ("A04", "2026-10-05", &[]),
        ("A99.9999", "2026-10-05", &[]),
        ("A04.71", "2017-09-30", &[]),
    ] {
        assert_eq!(shown(&Icd10Cm::bundled().on(day(on)).replacements(code(text))), replacements, "{text} on {on}");
    }
}

#[test]
fn a_replacement_that_was_replaced_is_followed() {
    let on = |on: &str| shown(&Icd10Cm::bundled().on(day(on)).replacements(code("K35.2")));
    assert_eq!(on("2018-10-01"), ["K35.20 2018-10-01", "K35.21 2018-10-01"]);
    assert_eq!(on("2023-09-30"), ["K35.20 2018-10-01", "K35.21 2018-10-01"]);
    assert_eq!(
        on("2023-10-01"),
        [
            "K35.20 2018-10-01, K35.200 2023-10-01",
            "K35.20 2018-10-01, K35.201 2023-10-01",
            "K35.20 2018-10-01, K35.209 2023-10-01",
            "K35.21 2018-10-01, K35.210 2023-10-01",
            "K35.21 2018-10-01, K35.211 2023-10-01",
            "K35.21 2018-10-01, K35.219 2023-10-01",
        ]
    );
    let found = Icd10Cm::bundled().on(day("2023-10-01")).replacements(code("K35.2"));
    assert_eq!((found[0].effective, found[0].release), (day("2023-10-01"), day("2025-10-01")));
    assert_eq!((found[0].steps[0].from, found[0].steps[1].from), (code("K35.2"), code("K35.20")));
}

#[test]
fn predecessors_are_what_the_meaning_was_reported_with() {
    let before = |text: &str| {
        let found = Icd10Cm::bundled().predecessors(code(text));
        found.map(|before| (before.codes, before.effective.to_string(), before.join)).collect::<Vec<_>>()
    };
    let one = |text: &str| PreviousCodes::Code(code(text));
    assert_eq!(before("A04.71"), [(one("A04.7"), "2017-10-01".to_owned(), Join::Only)]);
    // Which of several stood for what, the source does not keep.
    let both = [one("E66.01"), one("E66.8")].map(|codes| (codes, "2024-10-01".to_owned(), Join::NotTold));
    assert_eq!(before("E66.813"), both);
    assert_eq!(before("A00"), []);
    // The source has the pieces `M93.001 &` for two codes: half an answer is none.
    assert_eq!(before("M93.004"), []);
    assert_eq!(Icd10Cm::bundled().conversion_release(), Some(day("2025-10-01")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn replacements_are_billable_and_reached_by_rows_of_the_table(
        index in any::<prop::sample::Index>(), days in 0i32..=4199
    ) {
        let day = day("2015-10-01").add_days(days).unwrap();
        let on = Icd10Cm::bundled().on(day);
        let replaced = once_billable();
        let code = replaced[index.index(replaced.len())];
        let found = on.replacements(code);
        prop_assert!(found.is_empty() || matches!(on.status(code), Status::Retired | Status::Header));
        for replacement in &found {
            prop_assert_eq!(on.status(replacement.code), Status::Billable);
            prop_assert!(replacement.effective <= day);
            prop_assert_eq!(replacement.steps.first().map(|step| step.from), Some(code));
            let last = replacement.steps.last().unwrap();
            prop_assert_eq!((last.to, last.effective), (replacement.code, replacement.effective));
            for (step, next) in replacement.steps.iter().zip(replacement.steps.iter().skip(1)) {
                prop_assert!(step.to == next.from && step.effective < next.effective);
            }
            for step in &replacement.steps {
                let mut before = Icd10Cm::bundled().predecessors(step.to);
                prop_assert!(before.any(|before| before.codes.covers(step.from) && before.effective == step.effective));
                let retired = step.effective.yesterday().unwrap();
                prop_assert!(Icd10Cm::bundled().on(retired).is_billable(step.from));
                prop_assert!(!Icd10Cm::bundled().on(step.effective).is_billable(step.from));
            }
        }
        let mut codes: Vec<_> = found.iter().map(|replacement| replacement.code).collect();
        codes.dedup();
        prop_assert_eq!(codes.len(), found.len());
    }
}

/// The codes that stopped being billable on some day of the table.
fn once_billable() -> &'static [Icd10CmCode] {
    static CODES: std::sync::OnceLock<Vec<Icd10CmCode>> = std::sync::OnceLock::new();
    CODES.get_or_init(|| {
        let last = Icd10Cm::bundled().on(day("2027-03-31"));
        let mut codes = Vec::new();
        for year in 2016..=2026 {
            let before = Icd10Cm::bundled().on(Date::new(year, 9, 30).unwrap());
            codes.extend(before.billable().filter(|code| !last.is_billable(*code)));
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    })
}

#[test]
fn most_codes_that_are_no_longer_billable_have_replacements() {
    let last = Icd10Cm::bundled().on(day("2027-03-31"));
    let replaced = once_billable().iter().filter(|code| !last.replacements(**code).is_empty()).count();
    assert_eq!((once_billable().len(), replaced), (1_030, 855));
}
