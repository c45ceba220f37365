//! Tables of units: read from the official forms, asked, refused.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use superbill_core::DateRange;
use superbill_edits::{
    InForce, Mue, MueAdjudication, MueService, Program, Releases, ServiceLine, UnitsAnswer, UnitsConsequence,
    UnitsCount, import,
};
use support::{code, damaged, day, modifier, packed, quarter, workbook};

const NAME: &str = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv";
const FILE: &str = "\"A notice, with commas\nof several lines. \",,,\n\"HCPCS/\nCPT Code\",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n\
    A0001,4,1 Line Edit,Nature of Equipment\nA0002,2,2 Date of Service Edit: Policy,CMS Policy\n\
    A0003,8,3 Date of Service Edit: Clinical,Clinical: Data\nG0001,0,3 Date of Service Edit: Clinical,CMS Policy\n";

fn table(name: &str, text: &[u8]) -> Vec<u8> {
    import::mue(name, text, MueService::Practitioner, Program::Medicare, None).unwrap()
}

fn refused(name: &str, text: &str) -> String {
    import::mue(name, text.as_bytes(), MueService::Practitioner, Program::Medicare, None).unwrap_err().to_string()
}

#[test]
fn every_official_form_gives_the_same_table() {
    let bytes = table(NAME, FILE.as_bytes());
    let mue = Mue::from_bytes(&bytes).unwrap();
    mue.verify().unwrap();
    assert_eq!((mue.len(), mue.service(), mue.program()), (4, MueService::Practitioner, Program::Medicare));
    assert_eq!((mue.quarter(), mue.in_force().to_string()), (quarter("2026Q3"), "2026-07-01/2026-09-30".to_owned()));
    assert_eq!((mue.about().value("release"), mue.about().value("rows")), (Some("2026-07-01"), Some("4")));
    let edit = mue.edit(code("a0003")).unwrap();
    assert_eq!(
        (edit.value, edit.adjudication, edit.rationale),
        (8, Some(MueAdjudication::DayClinical), "Clinical: Data")
    );
    assert_eq!((mue.edit(code("A0004")), mue.edit(code("G0001")).unwrap().value), (None, 0));
    assert_eq!(mue.edits().map(|edit| edit.value).collect::<Vec<_>>(), [4, 2, 8, 0]);

    let tabs = FILE.replace(", with commas", "").replace(',', "\t").replace('\n', "\r\n");
    assert_eq!(table(NAME, tabs.as_bytes()), bytes);
    let rows: Vec<Vec<&str>> = [
        vec!["A notice"],
        vec!["HCPCS/\nCPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"],
    ]
    .into_iter()
    .chain(FILE.lines().skip(4).map(|line| line.split(',').collect()))
    .collect();
    let book = workbook(&rows);
    assert_eq!(table("MCR_MUE_PractitionerServices_Eff_07-01-2026.xlsx", &book), bytes);
    let archive = packed(&[
        ("read me.pdf", b"%PDF"),
        ("MCR_MUE_PractitionerServices_Eff_07-01-2026.xlsx", &book),
        (NAME, FILE.as_bytes()),
    ]);
    assert_eq!(table("practitionerservicesmuetable-effective-07-01-2026.zip", &archive), bytes);
}

#[test]
fn a_file_of_something_else_is_refused() {
    for (name, text, expected) in [
        (
            NAME,
            FILE.replace("Practitioner Services", "Outpatient Hospital Services"),
            "the file says that it is of the outpatient services (line 3, column 2), not of the practitioner services",
        ),
        (NAME, FILE.replace("Practitioner Services", "DME Supplier Services"), "not of the practitioner services"),
        ("MCD_MUE_07-01-2026.csv", FILE.to_owned(), "the file says that it is of medicaid, not of medicare"),
        (
            NAME,
            FILE.replace("MUE Adjudication Indicator", "Other"),
            "line 3, column 1: expected the heading MUE Adjudication Indicator",
        ),
        ("mue.csv", FILE.to_owned(), "the file does not say its release"),
        (NAME, "A0001,4,1 Line Edit,CMS Policy\n".to_owned(), "no heading of medically unlikely edits"),
        (NAME, FILE.replace("A0002,2", "A002,2"), "line 6, column 1: expected a HCPCS code"),
        (NAME, FILE.replace("A0002,2", "A0002,two"), "line 6, column 2: expected the most units"),
        (NAME, FILE.replace("2 Date", "4 Date"), "line 6, column 3: expected the adjudication indicator"),
        (NAME, FILE.replace(",Clinical: Data", ""), "line 7, column 4: expected the rationale"),
        (NAME, FILE.replace("A0002", "A0001"), "line 6, column 1: expected a code that does not stand"),
        (
            NAME,
            FILE.to_owned() + "G0002,1,3 Date of Service Edit: Clinical,CMS P",
            "line 9, column 4: expected a whole rationale",
        ),
        (NAME, FILE.lines().take(4).collect::<Vec<_>>().join("\n"), "line 3, column 1: expected rows of codes"),
    ] {
        let error = refused(name, &text);
        assert!(error.contains(expected), "{expected:?}: {error}");
    }
    let asked =
        import::mue(NAME, FILE.as_bytes(), MueService::Practitioner, Program::Medicare, Some(day("2026-10-01")));
    assert!(asked.unwrap_err().to_string().contains("it is of 2026Q3, not of 2026Q4"));
    let archive = packed(&[("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", FILE.as_bytes())]);
    let mixed =
        import::mue("mue-effective-07-01-2026.zip", &archive, MueService::Practitioner, Program::Medicare, None);
    assert!(mixed.unwrap_err().to_string().contains("2026Q4, not of 2026Q3"));
    let two = packed(&[("MUE_Eff_10-01-2026.csv", FILE.as_bytes()), ("MUE_Eff_07-01-2026.csv", FILE.as_bytes())]);
    let two = import::mue("mue.zip", &two, MueService::Practitioner, Program::Medicare, None);
    assert!(two.unwrap_err().to_string().contains("several files of this kind"));
}

#[test]
fn medicaid_has_no_indicator_and_edits_each_line() {
    let text = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Rationale\nA0001,2,CMS Policy\n";
    let name = "MCD-MUE-PractitionerServices-Effective_07012026.txt";
    let bytes = import::mue(name, text.as_bytes(), MueService::Practitioner, Program::Medicaid, None).unwrap();
    let mue = Mue::from_bytes(&bytes).unwrap();
    mue.verify().unwrap();
    let edit = mue.edit(code("A0001")).unwrap();
    assert_eq!((mue.program(), edit.adjudication, edit.compares()), (Program::Medicaid, None, MueAdjudication::Line));
    let on = day("2026-07-01");
    let lines = [ServiceLine::new(code("A0001"), 2, on), ServiceLine::new(code("A0001"), 2, on)];
    assert!(matches!(mue.units(code("A0001"), on, &lines), UnitsAnswer::Within(count) if count.units == 2));
}

fn count(answer: UnitsAnswer) -> (bool, UnitsCount) {
    match answer {
        UnitsAnswer::Within(count) => (false, count),
        UnitsAnswer::Exceeds(count) => (true, count),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_indicator_says_what_is_compared_and_what_follows() {
    let bytes = table(NAME, FILE.as_bytes());
    let mue = Mue::from_bytes(&bytes).unwrap();
    let on = day("2026-08-01");
    for (of, units, exceeds, sum, denied, consequence) in [
        ("A0001", &[4, 4][..], false, 4, 0, UnitsConsequence::LineDenied),
        ("A0001", &[4, 5, 6], true, 6, 2, UnitsConsequence::LineDenied),
        ("A0002", &[1, 1], false, 2, 0, UnitsConsequence::DayDenied),
        ("A0002", &[1, 1, 1], true, 3, 3, UnitsConsequence::DayDenied),
        ("A0003", &[8], false, 8, 0, UnitsConsequence::DayDeniedReviewable),
        ("A0003", &[8, 1], true, 9, 2, UnitsConsequence::DayDeniedReviewable),
        ("G0001", &[1], true, 1, 1, UnitsConsequence::DayDeniedReviewable),
        ("G0001", &[], false, 0, 0, UnitsConsequence::DayDeniedReviewable),
    ] {
        let lines: Vec<_> = units.iter().map(|units| ServiceLine::new(code(of), *units, on)).collect();
        let (more, count) = count(mue.units(code(of), on, &lines));
        assert_eq!(
            (more, count.units, count.denied_lines, count.lines),
            (exceeds, sum, denied, units.len()),
            "{of} {units:?}"
        );
        assert_eq!(count.consequence(), consequence);
        assert_eq!(lines.iter().filter(|line| count.denies(line)).count(), denied, "{of} {units:?}");
    }
    assert_eq!(mue.units(code("A0009"), on, &[]), UnitsAnswer::NotListed);
}

#[test]
fn modifier_50_adds_no_unit_and_two_sides_are_pointed_out() {
    let bytes = table(NAME, FILE.replace("A0002,2", "A0002,1").as_bytes());
    let mue = Mue::from_bytes(&bytes).unwrap();
    let on = day("2026-08-01");
    let side = |side| ServiceLine::new(code("A0002"), 1, on).with([modifier(side), None, None, None]);
    let (more, both) = count(mue.units(code("A0002"), on, &[side("50")]));
    assert_eq!((more, both.units, both.two_sides), (false, 1, false));
    let (more, two) = count(mue.units(code("A0002"), on, &[side("RT"), side("LT")]));
    assert_eq!((more, two.units, two.two_sides), (true, 2, true));
}

#[test]
fn a_quarter_answers_for_its_days_alone() {
    let third = table(NAME, FILE.as_bytes());
    let fourth = table("MUE_Eff_10-01-2026.csv", FILE.replace("A0002,2", "A0002,3").as_bytes());
    let releases = Releases::new([&third, &fourth].map(|bytes| Mue::from_bytes(bytes).unwrap()));
    for (on, value) in [
        ("2026-06-30", None),
        ("2026-07-01", Some(2)),
        ("2026-09-30", Some(2)),
        ("2026-10-01", Some(3)),
        ("2026-12-31", Some(3)),
        ("2027-01-01", None),
    ] {
        let lines = [ServiceLine::new(code("A0002"), 3, day(on))];
        match (releases.units(code("A0002"), day(on), &lines), value) {
            (UnitsAnswer::CannotTell, None) => {}
            (answer, Some(value)) => {
                let (more, count) = count(answer);
                assert_eq!((count.value, more), (value, value < 3), "{on}");
            }
            (answer, None) => panic!("{on}: {answer:?}"),
        }
        let table = Mue::from_bytes(&third).unwrap().units(code("A0002"), day(on), &lines);
        assert_eq!(table == UnitsAnswer::CannotTell, value != Some(2), "{on}");
    }
    let span = ServiceLine::new(code("A0002"), 6, day("2026-09-29"))
        .over(DateRange::new(day("2026-09-29"), Some(day("2026-10-01"))).unwrap());
    assert!(
        matches!(releases.units(code("A0002"), day("2026-10-01"), &[span]), UnitsAnswer::Within(count) if count.units == 2)
    );
}

#[test]
fn damage_never_stops_the_program() {
    let bytes = table(NAME, FILE.as_bytes());
    damaged(&bytes, |bytes| {
        if let Ok(mue) = Mue::from_bytes(bytes) {
            let _ = mue.verify();
            let _ = mue.edits().count();
        }
    });
    for end in 0..FILE.len() {
        let _ = import::mue(NAME, &FILE.as_bytes()[..end], MueService::Practitioner, Program::Medicare, None);
    }
}

#[cfg(feature = "serde")]
#[test]
fn values_are_text_and_numbers() {
    let bytes = table(NAME, FILE.as_bytes());
    let edit = Mue::from_bytes(&bytes).unwrap().edit(code("A0002")).unwrap();
    assert_eq!(
        serde_json::to_string(&edit).unwrap(),
        r#"{"code":"A0002","value":2,"adjudication":"day_policy","rationale":"CMS Policy"}"#
    );
}
