//! Every row of the tables of units, in the official form, where the folder is given.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use superbill_edits::{
    Mue, MueAdjudication, MueService, Program, ServiceCode, ServiceLine, UnitsAnswer, UnitsConsequence, import,
};
use support::{day, folder, quarter};

/// The official form of a plain rendering.
fn official(rows: &[Vec<String>], services: &str) -> String {
    let mut text = format!(
        "\"A notice.\n\nOf several lines. \",,,\n\"HCPCS/\nCPT Code\",{services} MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    );
    for row in rows {
        let indicator = match row[2].as_str() {
            "1" => "1 Line Edit",
            "2" => "2 Date of Service Edit: Policy",
            _ => "3 Date of Service Edit: Clinical",
        };
        text.push_str(&format!("{},{},{indicator},{}\n", row[0], row[1], row[3]));
    }
    text
}

#[test]
fn every_row_answers_as_a_scan_of_the_file() {
    let Some(folder) = folder() else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    for (service, services, rows_there) in [
        (MueService::Practitioner, "Practitioner Services", 14_677),
        (MueService::Outpatient, "Outpatient Hospital Services", 14_628),
        (MueService::Dme, "DME Supplier Services", 2_928),
    ] {
        let text = std::fs::read_to_string(folder.join(format!("ncci/mue_{service}_2024q3.csv"))).unwrap();
        let rows: Vec<Vec<String>> =
            text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let official = official(&rows, services);
        let name = "MUE_Eff_07-01-2024.csv";
        let bytes = import::mue(name, official.as_bytes(), service, Program::Medicare, None).unwrap();
        let mue = Mue::from_bytes(&bytes).unwrap();
        mue.verify().unwrap();
        assert_eq!((mue.len(), rows.len(), mue.quarter()), (rows_there, rows_there, quarter("2024Q3")));
        let mut scan = BTreeMap::new();
        for row in &rows {
            let code = ServiceCode::parse(&row[0]).unwrap();
            let edit = mue.edit(code).unwrap();
            let indicator = edit.adjudication.map(MueAdjudication::indicator).unwrap();
            assert_eq!(
                (edit.value.to_string(), indicator.to_string(), edit.rationale),
                (row[1].clone(), row[2].clone(), row[3].as_str()),
                "{code}"
            );
            scan.insert(code, edit);
            // At the value and one above it, on one line and on two.
            let on = day("2024-09-30");
            let line = |units| ServiceLine::new(code, units, on);
            let exceeds = |lines: &[ServiceLine]| matches!(mue.units(code, on, lines), UnitsAnswer::Exceeds(_));
            assert!(!exceeds(&[line(edit.value)]) && exceeds(&[line(edit.value + 1)]), "{code}");
            assert_eq!(exceeds(&[line(edit.value), line(1)]), indicator != 1 || edit.value == 0, "{code}");
            assert_eq!(mue.units(code, day("2024-10-01"), &[line(1)]), UnitsAnswer::CannotTell);
        }
        assert!(mue.edits().eq(scan.into_values()), "all edits, in order");
        println!("{service}: {} rows answer as a scan; the table has {} bytes", rows.len(), bytes.len());
        for (other, heading) in [(MueService::Practitioner, "practitioner"), (MueService::Dme, "dme")] {
            let refused = import::mue(name, official.as_bytes(), other, Program::Medicare, None);
            assert_eq!(refused.is_err(), heading != service.name());
        }
    }
}

#[test]
fn the_excerpt_of_the_current_form_is_read() {
    let Some(folder) = folder() else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    let text = std::fs::read(folder.join("formats/ncci-mue-practitioner.excerpt.csv")).unwrap();
    let bytes = import::mue("excerpt.csv", &text, MueService::Practitioner, Program::Medicare, Some(day("2026-07-01")))
        .unwrap();
    let mue = Mue::from_bytes(&bytes).unwrap();
    mue.verify().unwrap();
    assert_eq!(mue.edits().map(|edit| edit.value).collect::<Vec<_>>(), [1, 1, 2, 2]);
    println!("the excerpt of 2026 has {} rows", mue.len());
}

#[test]
fn the_semantics_of_the_example_hold() {
    let Some(folder) = folder() else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    let text = std::fs::read_to_string(folder.join("lifecycle/ncci_semantics_examples.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let example = &json["mue_example"];
    let code = ServiceCode::parse(example["code"].as_str().unwrap()).unwrap();
    let value = u32::try_from(example["value"].as_u64().unwrap()).unwrap();
    let table = std::fs::read_to_string(folder.join("ncci/mue_practitioner_2024q3.csv")).unwrap();
    let rows: Vec<Vec<String>> =
        table.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let official = official(&rows, "Practitioner Services");
    let name = "MUE_Eff_07-01-2024.csv";
    let bytes = import::mue(name, official.as_bytes(), MueService::Practitioner, Program::Medicare, None).unwrap();
    let mue = Mue::from_bytes(&bytes).unwrap();
    let edit = mue.edit(code).unwrap();
    assert_eq!((edit.value, u64::from(edit.compares().indicator())), (value, example["mai"].as_u64().unwrap()));
    let on = day("2024-07-01");
    let line = |units| ServiceLine::new(code, units, on);
    match mue.units(code, on, &[line(value), line(1)]) {
        UnitsAnswer::Exceeds(count) => assert_eq!(count.consequence(), UnitsConsequence::DayDeniedReviewable),
        other => assert!(matches!(other, UnitsAnswer::Exceeds(_)), "{other:?}"),
    }
    // 1: each line; 2: absolute by day; 3: by day, payable on review.
    for (indicator, word, consequence) in [
        ("1", "line", UnitsConsequence::LineDenied),
        ("2", "absolute", UnitsConsequence::DayDenied),
        ("3", "review", UnitsConsequence::DayDeniedReviewable),
    ] {
        assert!(json["mai"][indicator].as_str().unwrap().contains(word));
        let row = rows.iter().find(|row| row[2] == indicator && row[1] != "0").unwrap();
        let (code, value) = (ServiceCode::parse(&row[0]).unwrap(), row[1].parse::<u32>().unwrap());
        let lines = [ServiceLine::new(code, value, on), ServiceLine::new(code, value + 1, on)];
        match mue.units(code, on, &lines) {
            UnitsAnswer::Exceeds(count) => {
                assert_eq!(count.consequence(), consequence, "{code}");
                assert_eq!(count.denies(&lines[0]), indicator != "1", "{code}");
                assert!(count.denies(&lines[1]), "{code}");
            }
            other => assert!(matches!(other, UnitsAnswer::Exceeds(_)), "{other:?}"),
        }
    }
}
