//! Invariants of codes and of the bundled table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::Date;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Status, checks};

fn any_day() -> impl Strategy<Value = Date> {
    // 2015-10-01 to 2027-03-31.
    (0i32..=4199).prop_map(|days| "2015-10-01".parse::<Date>().unwrap().add_days(days).unwrap())
}

fn any_code() -> impl Strategy<Value = Icd10CmCode> {
    any::<prop::sample::Index>().prop_map(|index| {
        let codes = all_codes();
        codes[index.index(codes.len())]
    })
}

fn all_codes() -> &'static [Icd10CmCode] {
    static CODES: std::sync::OnceLock<Vec<Icd10CmCode>> = std::sync::OnceLock::new();
    CODES.get_or_init(|| {
        let days = ["2016-09-30", "2017-09-30", "2020-12-31", "2024-09-30", "2026-04-01", "2026-10-01"];
        let days = days.map(|day| day.parse::<Date>().unwrap());
        let mut codes: Vec<_> = days.into_iter().flat_map(|day| Icd10Cm::bundled().on(day).codes()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    })
}

proptest! {
    #[test]
    fn what_prints_reads_the_same_whatever_the_text(text in "\\PC{0,10}") {
        prop_assert_eq!(checks::check_code(&text), Ok(()));
    }

    #[test]
    fn what_looks_like_a_code_reads_the_same(text in "[ ]?[A-Za-z][0-9A-Za-z]{1,3}[.]?[0-9A-Za-zé]{0,5}[ ]?") {
        prop_assert_eq!(checks::check_code(&text), Ok(()));
    }

    #[test]
    fn order_of_codes_is_order_of_their_characters(one in any_code(), other in any_code()) {
        prop_assert_eq!(one.cmp(&other), one.undotted().cmp(&other.undotted()));
    }

    #[test]
    fn a_parent_is_valid_and_a_prefix_and_the_code_is_among_its_children(code in any_code(), day in any_day()) {
        let on = Icd10Cm::bundled().on(day);
        if let Some(parent) = on.parent(code) {
            prop_assert!(code.starts_with(parent) && code != parent);
            prop_assert_eq!(on.status(parent), Status::Header);
            prop_assert!(on.children(parent).any(|child| child == code));
        } else {
            prop_assert!(code.len() == 3 || !matches!(on.status(code), Status::Billable | Status::Header));
        }
    }

    #[test]
    fn a_header_is_valid_exactly_while_a_billable_code_below_it_is(code in any_code(), day in any_day()) {
        let on = Icd10Cm::bundled().on(day);
        let below = on.descendants(code).any(|below| on.is_billable(below));
        prop_assert_eq!(on.status(code) == Status::Header, below);
        prop_assert_eq!(on.lookup(code).completions().next().is_some(), below);
    }

    #[test]
    fn status_agrees_with_the_interval(code in any_code(), day in any_day()) {
        let lookup = Icd10Cm::bundled().on(day).lookup(code);
        let within = |range: Option<superbill_core::DateRange>| range.is_some_and(|range| range.contains(day));
        prop_assert_eq!(lookup.status() == Status::Billable, within(lookup.billable()));
        prop_assert_eq!(lookup.status() == Status::Header, within(lookup.header()));
        match lookup.status() {
            Status::Retired => prop_assert!(lookup.valid().unwrap().last().unwrap() < day),
            Status::NotYetEffective => prop_assert!(lookup.valid().unwrap().first() > day),
            _ => prop_assert!(lookup.valid().unwrap().contains(day)),
        }
        prop_assert_eq!(lookup.reason().is_none(), lookup.status() == Status::Billable);
    }

    #[test]
    fn excludes1_is_symmetric_in_what_it_finds(one in any_code(), other in any_code(), day in any_day()) {
        let on = Icd10Cm::bundled().on(day);
        prop_assert_eq!(on.excludes1(one, other).is_some(), on.excludes1(other, one).is_some());
        prop_assert!(on.excludes1(one, one).is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn damaged_tables_answer_without_panic_and_verify_notices(at in any::<prop::sample::Index>(), bit in 0u8..8, cut in any::<bool>()) {
        let mut bytes = superbill_icd10cm_data::TABLE.to_vec();
        let place = at.index(bytes.len());
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] ^= 1 << bit;
        }
        prop_assert_eq!(checks::check_table(&bytes), Ok(()));
    }
}
