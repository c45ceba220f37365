//! The bundled table, case by case, as a coder would check it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use superbill_core::Date;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Status};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn code(text: &str) -> Icd10CmCode {
    text.parse().unwrap()
}

#[test]
fn the_table_is_sound() {
    Icd10Cm::bundled().verify().unwrap();
    assert_eq!(Icd10Cm::bundled().horizon().unwrap().to_string(), "2015-10-01/2027-03-31");
}

#[test]
fn status_depends_on_the_date() {
    use Status::{Billable, CannotTell, Header, NotYetEffective, Retired, Unknown};
    for (text, on, status) in [
        ("E11.9", "2015-09-30", NotYetEffective),
        ("E11.9", "2015-10-01", Billable),
        ("E11.9", "2027-03-31", Billable),
        ("E11.9", "2027-04-01", CannotTell),
        ("E11", "2026-10-05", Header),
        ("E11.6", "2026-10-05", Header),
        ("U07.1", "2020-03-31", NotYetEffective),
        ("U07.1", "2020-04-01", Billable),
        ("U09.9", "2021-10-01", Billable),
        ("QA0.0101", "2025-09-30", NotYetEffective),
        ("QA0.0101", "2025-10-01", Billable),
        ("T07.XXXA", "2026-10-05", Billable),
        ("T07", "2026-10-05", Header),
        ("T07.XXX", "2026-10-05", Unknown),
        ("Y92.009", "2026-10-05", Billable),
        ("M1A.9XX1", "2026-10-05", Billable),
        // Billable until characters were added.
        ("N63", "2017-09-30", Billable),
        ("N63", "2017-10-01", Header),
        ("A99.9999", "2026-10-05", Unknown),
        ("F64.A", "2026-09-30", NotYetEffective),
        ("F64.A", "2026-10-01", Billable),
        ("I72.9", "2026-10-05", Billable),
        ("S06.0X2A", "2015-10-01", Billable),
        ("S06.0X2A", "2016-10-01", Retired),
    ] {
        assert_eq!(Icd10Cm::bundled().on(day(on)).status(code(text)), status, "{text} on {on}");
    }
}

#[test]
fn titles_name_their_release_and_none_is_invented() {
    let on = Icd10Cm::bundled().on(day("2026-10-05"));
    for (text, title, release) in [
        ("S93.401A", Some("Sprain of unspecified ligament of right ankle, initial encounter"), "2026-04-01"),
        ("H81.01", Some("Ménière's disease, right ear"), "2026-04-01"),
        ("C78.31", None, ""),
    ] {
        let found = on.title(code(text));
        assert_eq!(found.as_ref().map(|found| found.as_str()), title, "{text}");
        assert_eq!(found.map(|found| found.release().to_string()).unwrap_or_default(), release, "{text}");
    }
    assert_eq!(on.title(code("H81.01")).unwrap().folded(), "Meniere's disease, right ear");
}

#[test]
fn the_tree_has_chapters_blocks_and_ancestors() {
    let on = Icd10Cm::bundled().on(day("2026-10-05"));
    let sprain = code("S93.401A");
    let above: Vec<String> = on.ancestors(sprain).map(|code| code.to_string()).collect();
    assert_eq!(above, ["S93.401", "S93.40", "S93.4", "S93"]);
    assert_eq!(on.chapter(sprain).unwrap().name, "19");
    assert_eq!(on.block(sprain).unwrap().name, "S90-S99");
    assert_eq!(on.chapter(code("U07.1")).unwrap().name, "22");
    assert_eq!(on.chapter(code("QA0.0101")).unwrap().name, "17");
    let children: Vec<String> = on.children(code("T07")).map(|code| code.to_string()).collect();
    assert_eq!(children, ["T07.XXXA", "T07.XXXD", "T07.XXXS"]);
}

#[test]
fn attributes_hold_in_their_interval() {
    let names = |text: &str, on: &str| {
        let on = Icd10Cm::bundled().on(day(on));
        on.attributes(code(text)).map(|attribute| attribute.name).collect::<Vec<_>>()
    };
    assert_eq!(names("W19.XXXA", "2026-10-05"), ["ecodepdx"]);
    assert!(names("D63.0", "2026-10-05").contains(&"manifestation"));
    assert!(names("N40.0", "2024-09-30").contains(&"male"));
    // CMS took the sex edits out on this day.
    assert!(!names("N40.0", "2024-10-01").contains(&"male"));
}

#[test]
fn excludes1_cites_the_note_and_its_owner() {
    let on = Icd10Cm::bundled().on(day("2026-10-05"));
    let found = on.excludes1(code("E11.65"), code("R73.03")).unwrap();
    assert_eq!((found.code, found.excluded), (code("R73.03"), code("E11.65")));
    assert_eq!(found.owner, "R73.0");
    assert_eq!(found.in_force.to_string(), "2026-04-01/2026-09-30");
    assert!(found.note.contains("E08-E13"), "{}", found.note);
    assert!(on.excludes1(code("E11.65"), code("Z23")).is_none());
    assert!(on.excludes1(code("E10.9"), code("E11.9")).is_some());
}

/// Billable codes from each day on that changed the number, as the source's intervals have it.
#[test]
fn the_number_of_billable_codes_is_that_of_the_source_on_every_change() {
    let changes = [
        ("2015-10-01", 69_823),
        ("2016-10-01", 71_486),
        ("2017-10-01", 71_704),
        ("2018-10-01", 71_932),
        ("2019-10-01", 72_184),
        ("2020-04-01", 72_186),
        ("2020-10-01", 72_616),
        ("2021-01-01", 72_621),
        ("2021-10-01", 72_748),
        ("2022-04-01", 72_750),
        ("2022-10-01", 73_639),
        ("2023-04-01", 73_674),
        ("2023-10-01", 74_044),
        ("2024-10-01", 74_260),
        ("2025-10-01", 74_719),
        ("2026-10-01", 74_879),
    ];
    let count = |on: Date| Icd10Cm::bundled().on(on).billable().count();
    let mut before = 0;
    for (on, billable) in changes {
        assert_eq!(count(day(on)), billable, "{on}");
        assert_eq!(count(day(on).yesterday().unwrap()), before, "the day before {on}");
        before = billable;
    }
    assert_eq!(count(day("2027-03-31")), before);
    assert_eq!(count(day("2027-04-01")), 0, "after the last day of the table nothing is told");
}
