//! The command with tables of the user's own, made by `import` from small made-up files in the official forms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod common;

use common::{folder, objects, superbill, tables, text};
use serde_json::{Value, json};
use std::path::Path;

const POA: &str =
    "Order27\tPOAexemptCode\tDescription\r\n00010\tB90.0\tOne\r\n00030\tZ00.00\tTwo\r\n00031\tZ99.89\tThree\r\n";
const CONVERSION: &str = "FY 2027,,\nCurrent code assignment,Effective,Previous Code(s) Assignment\n\
    T65.891A,10/1/2026,T52.8X1A\n";
const BACKWARD: &str = "E119    25000 10000\r\nL89150  70703 10111\r\nL89150  70725 10112\r\nW11XXXA E8810 00000\r\n\
    Z9989   NoDx  11000\r\n";

/// Imports a file into the folder's tables.
fn import(folder: &Path, kind: &str, file: &str, more: &[&str]) {
    let source = folder.join(format!("{kind}.source"));
    std::fs::write(&source, file).unwrap();
    let table = folder.join(format!("tables/{kind}.table"));
    let arguments = ["import", kind, source.to_str().unwrap(), "-o", table.to_str().unwrap()];
    text(&superbill(&[&arguments, more].concat()));
}

#[test]
fn lookup_asks_the_companion_lists() {
    let folder = folder("companions");
    import(&folder, "poa-exempt", POA, &[]);
    import(&folder, "conversion", CONVERSION, &[]);
    import(&folder, "gems", BACKWARD, &["--release", "2017-10-01"]);
    let data = tables(&folder);
    let on = ["--on", "2026-10-05", "--data", &data];
    let lookup = |codes: &[&str]| objects(&[&["lookup"], codes, &on].concat());

    let answers = lookup(&["Z99.89", "E11.9", "T52.8X1A", "E11", "L89.150"]);
    let exempt: Vec<&Value> = answers.iter().map(|answer| &answer["poa_exempt"]).collect();
    assert_eq!(exempt, [&json!(true), &json!(false), &Value::Null, &Value::Null, &json!(false)]);
    // The bundled table knows nothing in place of this one.
    let bundled = &objects(&["lookup", "T52.8X1A", "--on", "2026-10-05"])[0];
    assert_eq!((&bundled["poa_exempt"], &bundled["icd9"]), (&Value::Null, &json!([])));
    assert_ne!(bundled["replacements"], json!(["T65.891A"]));
    assert_eq!(answers[2]["replacements"], json!(["T65.891A"]));
    assert_eq!(answers[2]["replaced_on"], json!(["2026-10-01"]));
    // What the loaded table does not say, the bundled one does.
    assert_eq!(lookup(&["K35.2"])[0]["replacements"][0], "K35.200");

    let icd9 = |code: Option<&str>, approximate, no_map, combination, scenario, choice_list| {
        json!({"code": code, "approximate": approximate, "no_map": no_map, "combination": combination,
            "scenario": scenario, "choice_list": choice_list})
    };
    assert_eq!(answers[0]["icd9"], json!([icd9(None, true, true, false, 0, 0)]));
    assert_eq!(answers[1]["icd9"], json!([icd9(Some("250.00"), true, false, false, 0, 0)]));
    assert_eq!(
        answers[4]["icd9"],
        json!([icd9(Some("707.03"), true, false, true, 1, 1), icd9(Some("707.25"), true, false, true, 1, 2)])
    );

    let shown = text(&superbill(&[&["lookup", "Z99.89", "E11.9", "L89.150"], &on[..]].concat()));
    insta::assert_snapshot!("companions", shown);
    // Before the first list.
    let earlier = ["lookup", "E11.9", "--on", "2025-10-05", "--data", &data];
    assert_eq!(objects(&earlier)[0]["poa_exempt"], Value::Null);
    assert!(text(&superbill(&earlier)).contains("no loaded list of exempt codes is in force"));
}

#[test]
fn data_shows_kinds_in_full_and_what_comes_along() {
    let folder = folder("kinds");
    import(&folder, "icd10cm-external-cause", include_str!("../../icd10cm/tests/index_files/eindex.xml"), &[]);
    import(&folder, "conversion", CONVERSION, &[]);
    let data = tables(&folder);
    let rows = objects(&["data", "--data", &data]);
    let kinds: Vec<&str> = rows.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["icd10cm", "icd10cm-search", "hcpcs", "code-editor", "icd10cm-conversion", "icd10cm-external-cause"]
    );
    assert_eq!((&rows[1]["from"], &rows[1]["release"]), (&json!("bundled"), &json!("2026-04-01")));
    assert!(rows[1]["rows"].as_u64().unwrap() > 40_000 && rows[1]["sources"].as_array().unwrap().len() == 3);
    assert!(rows.iter().all(|row| row["sound"] == true));
    assert!(text(&superbill(&["data", "--data", &data])).contains("\nicd10cm-external-cause 2025-10-01"));
}

#[test]
fn search_asks_the_books_and_says_which_has_it() {
    let folder = folder("books");
    import(&folder, "icd10cm-index", include_str!("../../icd10cm/tests/index_files/index.xml"), &[]);
    import(&folder, "icd10cm-external-cause", include_str!("../../icd10cm/tests/index_files/eindex.xml"), &[]);
    import(&folder, "icd10cm-neoplasm", include_str!("../../icd10cm/tests/index_files/neoplasm.xml"), &[]);
    import(&folder, "icd10cm-drug", include_str!("../../icd10cm/tests/index_files/drug.xml"), &[]);
    let data = tables(&folder);
    let search = |text: &str| objects(&["search", text, "--on", "2026-04-01", "--data", &data]);
    for (words, code, book, path, column) in [
        (
            "cancer of the lower third of the swallowing tube",
            "C15.5",
            "neoplasm_table",
            "Neoplasm, neoplastic, swallowing tube (whole), lower third",
            json!("malignant_primary"),
        ),
        (
            "benign gullet tumor",
            "D13.0",
            "neoplasm_table",
            "Neoplasm, neoplastic, swallowing tube (whole)",
            json!("benign"),
        ),
        (
            "metastasis to bone",
            "C79.51",
            "neoplasm_table",
            "Neoplasm, neoplastic, bone (periosteum) ◊",
            json!("malignant_secondary"),
        ),
        (
            "suicide attempt, overdose of Painaway",
            "T39.092A",
            "drug_table",
            "Willow bark (tea) (extract) NEC",
            json!("poisoning_self_harm"),
        ),
        (
            "adverse effect of willow bark ointment",
            "T49.4X5A",
            "drug_table",
            "Willow bark (tea) (extract) NEC, ointment, rub",
            json!("adverse_effect"),
        ),
        (
            "fall through thunderstorm from roof",
            "W13.2XXA",
            "external_cause_index",
            "Fall, falling (accidental), from, roof",
            Value::Null,
        ),
        (
            "diabetic foot ulcer",
            "E11.621",
            "alphabetic_index",
            "Diabetes, diabetic (mellitus) (sugar), with, foot ulcer",
            Value::Null,
        ),
    ] {
        let hits = search(words);
        let hit = hits.iter().find(|hit| hit["code"] == code).unwrap_or_else(|| panic!("{words}: {hits:?}"));
        assert_eq!((&hit["book"], &hit["path"], &hit["column"]), (&json!(book), &json!(path), &column), "{words}");
    }
    // The first of all where a book has the words whole.
    assert_eq!(search("fall from roof")[0]["code"], "W13.2XXA");
    // A word of a site or a substance alone is about neither a neoplasm nor a poisoning.
    for text in ["pain in bone", "benign hypertension of the bone", "willow bark", "asthma"] {
        let from_tables = search(text).into_iter().filter(|hit| hit["column"] != Value::Null).count();
        assert_eq!(from_tables, 0, "{text}");
    }
    let hit = &search("asthma")[0];
    assert_eq!((&hit["book"], &hit["path"], &hit["column"]), (&Value::Null, &Value::Null, &Value::Null));
    let shown = text(&superbill(&[
        "search",
        "benign",
        "gullet",
        "tumor",
        "--on",
        "2026-04-01",
        "--limit",
        "1",
        "--data",
        &data,
    ]));
    insta::assert_snapshot!("books", shown);
}
