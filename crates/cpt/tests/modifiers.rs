//! Modifiers: what they attach to and which exclude one another. Codes are ends of ranges; whether one exists, no test says.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_cpt::{CptCode, CptModifier, Fit, Modifier, ModifierClass, ModifierUse, conflicts};

fn modifier(text: &str) -> CptModifier {
    CptModifier::of(text.parse().unwrap()).unwrap()
}

#[test]
fn modifiers_go_with_the_codes_of_their_kind() {
    let (visit, eye, anesthesia, qualifying) = ("99499", "92002", "01999", "99140");
    let (surgery, radiology, laboratory, medicine) = ("69990", "79999", "89398", "99607");
    for (text, code, fit) in [
        ("25", visit, Fit::Yes),
        ("25", eye, Fit::Yes),
        ("25", surgery, Fit::No),
        ("25", anesthesia, Fit::No),
        ("24", visit, Fit::Yes),
        ("24", radiology, Fit::No),
        ("57", visit, Fit::Yes),
        ("57", laboratory, Fit::No),
        ("27", visit, Fit::Yes),
        ("26", visit, Fit::No),
        ("26", eye, Fit::No),
        ("26", radiology, Fit::Depends),
        ("26", anesthesia, Fit::No),
        ("P3", anesthesia, Fit::Yes),
        ("P3", surgery, Fit::No),
        ("P3", visit, Fit::No),
        ("P3", qualifying, Fit::Depends),
        ("50", visit, Fit::No),
        ("50", surgery, Fit::Depends),
        ("59", visit, Fit::No),
        ("59", surgery, Fit::Yes),
        ("62", surgery, Fit::Depends),
        ("80", laboratory, Fit::No),
        ("91", laboratory, Fit::Yes),
        ("91", surgery, Fit::No),
        ("95", visit, Fit::Depends),
        ("95", surgery, Fit::No),
        ("96", medicine, Fit::Depends),
        ("1P", "0001F", Fit::Yes),
        ("1P", visit, Fit::No),
        ("59", "0001F", Fit::No),
        ("59", "9999T", Fit::Yes),
        ("25", "00000", Fit::Depends),
    ] {
        assert_eq!(modifier(text).fits(code.parse().unwrap()), fit, "{text} {code}");
    }
}

#[test]
fn classes_uses_and_days() {
    for (text, class, used_by) in [
        ("59", ModifierClass::DistinctService, ModifierUse::Both),
        ("26", ModifierClass::ProfessionalComponent, ModifierUse::Professional),
        ("55", ModifierClass::SplitSurgery, ModifierUse::Professional),
        ("78", ModifierClass::GlobalPeriod, ModifierUse::Both),
        ("73", ModifierClass::Discontinued, ModifierUse::Facility),
        ("91", ModifierClass::Repeat, ModifierUse::Both),
        ("P6", ModifierClass::PhysicalStatus, ModifierUse::Professional),
        ("8P", ModifierClass::PerformanceExclusion, ModifierUse::Both),
    ] {
        assert_eq!((modifier(text).class(), modifier(text).used_by()), (class, used_by), "{text}");
    }
    for (text, first) in [("93", "2022-01-01"), ("95", "2017-01-01"), ("96", "2018-01-01"), ("33", "2011-01-01")] {
        let first: superbill_core::Date = first.parse().unwrap();
        assert_eq!(modifier(text).since(), Some(first));
        assert!(modifier(text).is_in_force(first) && !modifier(text).is_in_force(first.yesterday().unwrap()));
    }
    assert!(CptModifier::of("LT".parse().unwrap()).is_none());
    assert!(CptModifier::of("21".parse().unwrap()).is_none());
    assert_eq!(CptModifier::all().count(), 49);
}

#[test]
fn some_exclude_one_another() {
    let found = |line: &[&str]| {
        let line: Vec<Modifier> = line.iter().map(|text| text.parse().unwrap()).collect();
        conflicts(&line).len()
    };
    for (line, count) in [
        (&["50", "LT"][..], 1),
        (&["LT", "RT"], 0),
        (&["50", "LT", "RT"], 2),
        (&["59", "XS"], 1),
        (&["26", "TC"], 1),
        (&["80", "82"], 1),
        (&["58", "78"], 1),
        (&["54", "55"], 1),
        (&["P1", "P5"], 1),
        (&["25", "57"], 0),
        (&["24", "25"], 0),
        (&["26", "59"], 0),
        (&["59", "59"], 1),
        (&["93", "95"], 1),
        (&[], 0),
    ] {
        assert_eq!(found(line), count, "{line:?}");
    }
}

proptest! {
    #[test]
    fn a_conflict_does_not_depend_on_the_order(line in prop::collection::vec("[0-9A-Z]{2}", 0..6)) {
        let mut line: Vec<Modifier> = line.iter().map(|text| text.parse().unwrap()).collect();
        let forward = conflicts(&line).len();
        line.reverse();
        prop_assert_eq!(conflicts(&line).len(), forward);
    }

    #[test]
    fn a_visit_modifier_is_never_refused_by_a_visit(number in 99201..=99499u32) {
        let code: CptCode = number.to_string().parse().unwrap();
        for modifier in CptModifier::all().filter(|modifier| modifier.class() == ModifierClass::VisitApart) {
            prop_assert_eq!(modifier.fits(code), Fit::Yes);
        }
    }
}
