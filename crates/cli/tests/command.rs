//! The command as a user runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn superbill(arguments: &[&str]) -> Output {
    superbill_with_input(arguments, "")
}

fn superbill_with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_superbill"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn objects(output: &Output) -> Vec<Value> {
    text(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_demo_tells_the_whole_way() {
    let output = superbill(&["demo"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    insta::assert_snapshot!("demo", text(&output));
}

#[test]
fn the_demo_hides_the_patient_unless_asked() {
    let (hidden, shown) = (text(&superbill(&["demo"])), text(&superbill(&["demo", "--show-phi"])));
    let (hidden_json, shown_json) = (
        text(&superbill(&["demo", "--format", "json"])),
        text(&superbill(&["demo", "--format", "json", "--show-phi"])),
    );
    for identifying in
        ["TESTPATIENT", "ANN", "0TE0TE0TE00", "19500101", "2 TEST STREET", "DEMO0001", "Office visit. Type 2"]
    {
        assert!(!hidden.contains(identifying), "{identifying}");
        assert!(!hidden_json.contains(identifying), "{identifying}");
        assert!(shown.contains(identifying), "{identifying}");
    }
    assert!(shown_json.contains("TESTPATIENT"));
}

#[test]
fn the_demo_as_json_is_one_object_a_step() {
    let steps = objects(&superbill(&["demo", "--format", "json"]));
    assert_eq!(steps.len(), 14);
    for (number, step) in (1..).zip(&steps) {
        assert_eq!(step["step"], number);
    }
    assert_eq!(steps[3]["data"][0]["rule"], "DX002");
    assert_eq!(steps[5]["data"]["read_back_equal"], true);
    assert_eq!(steps[10]["data"]["after"]["patient_receivable"], "30.00");
    assert_eq!(steps[12]["data"]["owes"], "30.00");
    assert_eq!(steps[13]["status"], "closed");
}

#[test]
fn lookup_answers_with_the_stable_keys() {
    let output = superbill(&["lookup", "s93401", "D69.1", "S93.401AA", "--on", "2026-10-05", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let answers = objects(&output);
    for answer in &answers {
        for key in [
            "code",
            "system",
            "on",
            "status",
            "title",
            "title_release",
            "valid_from",
            "valid_to",
            "reason",
            "completions",
            "replacements",
            "parent",
        ] {
            assert!(answer.get(key).is_some(), "{key}");
        }
    }
    assert_eq!(answers[0]["status"], "header");
    assert_eq!(answers[0]["completions"], serde_json::json!(["S93.401A", "S93.401D", "S93.401S"]));
    assert_eq!(answers[0]["parent"], "S93.40");
    assert_eq!(answers[1]["status"], "header");
    assert_eq!(answers[1]["valid_from"], "2026-10-01");
    assert_eq!(answers[2]["status"], "malformed");
    assert!(answers[2]["reason"].as_str().unwrap().starts_with("character 9: "));
}

#[test]
fn lookup_says_retired_with_the_last_day() {
    let answer = &objects(&superbill(&["lookup", "T52.8X1A", "--on", "2026-10-05", "--format", "json"]))[0];
    assert_eq!((answer["status"].as_str(), answer["valid_to"].as_str()), (Some("retired"), Some("2026-09-30")));
    assert_eq!(answer["reason"], "retired: last billable on 2026-09-30");
}

#[test]
fn characters_that_two_systems_share_are_told() {
    let answer = &objects(&superbill(&["lookup", "J1100", "--on", "2026-01-01", "--format", "json"]))[0];
    assert_eq!((answer["system"].as_str(), &answer["also_possible"]), (Some("icd10cm"), &serde_json::json!(["hcpcs"])));
    let answer = &objects(&superbill(&["lookup", "J1100", "--system", "hcpcs", "--format", "json"]))[0];
    assert_eq!((answer["system"].as_str(), &answer["also_possible"]), (Some("hcpcs"), &serde_json::json!([])));
    let answer = &objects(&superbill(&["lookup", "J11.00", "--on", "2026-01-01", "--format", "json"]))[0];
    assert_eq!(answer["also_possible"], serde_json::json!([]));
}

#[test]
fn a_short_title_is_marked() {
    let answer = &objects(&superbill(&["lookup", "S06.1X7D", "--on", "2026-01-01", "--format", "json"]))[0];
    assert_eq!((answer["title_form"].as_str(), answer["title_release"].as_str()), (Some("short"), Some("2018-10-01")));
}

#[test]
fn a_header_that_becomes_billable_is_told_from_its_first_day() {
    let answer = &objects(&superbill(&["lookup", "H81.4", "--on", "2015-09-30", "--format", "json"]))[0];
    assert_eq!((answer["valid_from"].as_str(), answer["valid_to"].as_str()), (Some("2015-10-01"), Some("2019-09-30")));
    assert_eq!(answer["reason"], "not yet effective: a header from 2015-10-01");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let output = superbill_with_input(&["lookup", "-", "--on", "2026-01-01"], "\u{feff}E11.9\nE11\u{1b}[31m\n");
    assert!(text(&output).starts_with("E11.9     billable"));
    assert!(!text(&output).contains('\u{1b}'));
}

#[test]
fn a_reader_who_has_seen_enough_ends_it_quietly() {
    for format in ["text", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_superbill"))
            .args(["codes", "icd10cm", "--on", "2026-01-01", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{format}");
    }
}

#[test]
fn a_code_of_a_system_without_a_table_cannot_be_told() {
    for (code, system) in [("G0108", "hcpcs"), ("0000T", "cpt")] {
        let answer = &objects(&superbill(&["lookup", code, "--on", "2026-10-05", "--format", "json"]))[0];
        assert_eq!(
            (answer["system"].as_str(), answer["status"].as_str()),
            (Some(system), Some("cannot_tell")),
            "{code}"
        );
    }
}

#[test]
fn lookup_reads_codes_from_standard_input_and_fails_on_what_it_is_told() {
    let on = ["lookup", "-", "--on", "2026-10-05", "--fail-on", "header,retired"];
    assert_eq!(superbill_with_input(&on, "E11.9\n\n Z23 \n").status.code(), Some(0));
    assert_eq!(superbill_with_input(&on, "E11.9\nE11\n").status.code(), Some(1));
    let output = superbill(&["lookup", "E11", "--fail-on", "nonsense"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--fail-on"));
}

#[test]
fn codes_lists_what_is_valid_and_refuses_what_cannot_be_told() {
    let count = |arguments: &[&str]| text(&superbill(arguments)).lines().count();
    assert_eq!(count(&["codes", "icd10cm", "--on", "2026-04-01", "--billable"]), 74_719);
    assert_eq!(count(&["codes", "icd10cm", "--on", "2026-04-01"]), 98_186);
    let first = &objects(&superbill(&["codes", "icd10cm", "--on", "2026-04-01", "--format", "json"]))[0];
    assert_eq!((first["code"].as_str(), first["title"].as_str()), (Some("A00"), Some("Cholera")));
    for arguments in [
        &["codes", "icd10cm", "--on", "2027-04-01"][..],
        &["codes", "hcpcs", "--on", "2026-04-01"],
        &["codes", "icd10cm", "--on", "2026-02-30"],
    ] {
        let output = superbill(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
