//! The command with code lists of the user's own: small made-up files in the forms of their owners.
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
use std::process::Output;

const REASONS: &str = "Code,Description,Start,Last Modified,Stop\nZ1,One made up,01/01/1995,03/01/2026,\n\
    Z2,Two made up,01/01/1995,,06/30/2020\nZ3,Three made up,01/01/2096,,\n";

/// Imports files into the folder's tables, and gives what was printed.
fn import(folder: &Path, files: &[(&str, &str)], list: &[&str], more: &[&str]) -> Output {
    let mut arguments = vec!["import".to_owned(), "code-list".to_owned()];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
        arguments.push(folder.join(name).to_str().unwrap().to_owned());
    }
    let table = folder.join(format!("tables/{}.table", files[0].0));
    arguments.extend(["-o".to_owned(), table.to_str().unwrap().to_owned()]);
    let arguments: Vec<&str> =
        arguments.iter().map(String::as_str).chain(list.iter().copied()).chain(more.iter().copied()).collect();
    superbill(&arguments)
}

#[test]
fn a_list_is_imported_listed_and_asked_by_its_name() {
    let folder = folder("code_lists");
    let reasons = ["--list", "claim-adjustment-reason"];
    let said = text(&import(&folder, &[("reasons.csv", REASONS)], &reasons, &["--release", "2026-03-01"]));
    assert!(said.contains("reasons.csv.table: code-list claim-adjustment-reason of 2026-03-01, 3 rows"), "{said}");
    assert!(said.contains("copyright of X12"), "{said}");
    let two = [("revenue.txt", "450\tMade up\n"), ("more.txt", "0451\tMore\n0452\tReserved\n")];
    let said = text(&import(&folder, &two, &["--list", "Revenue"], &["--release", "2026-07-01"]));
    assert!(said.contains("code-list revenue of 2026-07-01, 2 rows") && said.contains("American Hospital"), "{said}");

    let data = tables(&folder);
    let rows = objects(&["data", "--data", &data]);
    let lists: Vec<_> = rows.iter().filter(|row| row["kind"] == "code-list").collect();
    assert_eq!(lists.len(), 2);
    assert_eq!((&lists[0]["list"], &lists[0]["release"]), (&json!("claim-adjustment-reason"), &json!("2026-03-01")));
    assert_eq!(
        (&lists[1]["list"], &lists[1]["rows"], &lists[1]["sound"]),
        (&json!("revenue"), &json!(2), &json!(true))
    );
    assert!(lists.iter().all(|list| list["notice"].as_str().unwrap().contains("copyright")));
    assert!(rows.iter().filter(|row| row["kind"] != "code-list").all(|row| row.get("list").is_none()));
    assert!(text(&superbill(&["data", "--data", &data])).contains("the user's copy of the list revenue"));

    let on = ["--on", "2026-11-01", "--data", &data];
    let found = objects(&[&["lookup", "z1", "Z2", "Z3", "Z4", "Z12345"], &reasons[..], &on].concat());
    let of = |key: &str| found.iter().map(|answer| answer[key].clone()).collect::<Vec<Value>>();
    assert_eq!(of("status"), ["valid", "retired", "not_yet_effective", "unknown", "malformed"]);
    assert_eq!(
        of("title"),
        [json!("One made up"), json!("Two made up"), json!("Three made up"), Value::Null, Value::Null]
    );
    assert_eq!(of("system"), ["code-list"; 5]);
    assert_eq!((&found[1]["valid_from"], &found[1]["valid_to"]), (&json!("1995-01-01"), &json!("2020-06-30")));
    let shown = text(&superbill(&[&["lookup", "Z1", "Z2"], &reasons[..], &on].concat()));
    assert_eq!(
        shown,
        "Z1        valid             One made up\n          valid from 1995-01-01; title of 2026-03-01; claim-adjustment-reason on 2026-11-01\n\
         Z2        retired           Two made up\n          valid 1995-01-01 to 2020-06-30; title of 2026-03-01; claim-adjustment-reason on 2026-11-01\n          \
         retired since 2020-07-01: only what repeats an earlier decision, as a reversal, may still have it\n"
    );
    let failing = superbill(&[&["lookup", "Z2", "--fail-on", "any"], &reasons[..], &on].concat());
    assert_eq!(failing.status.code(), Some(1));
    // No such list is loaded; of the loaded one, nothing is known before its release.
    for (list, code, day, expected) in [
        ("naic", "12345", "2026-11-01", "no list naic is loaded"),
        ("revenue", "0450", "2026-06-30", "the list is of 2026-07-01"),
    ] {
        let found = &objects(&["lookup", code, "--list", list, "--on", day, "--data", &data])[0];
        assert_eq!(found["status"], "cannot_tell");
        assert!(found["reason"].as_str().unwrap().starts_with(expected), "{found}");
    }
}

#[test]
fn a_list_needs_its_name_and_a_refused_file_leaves_the_old_table() {
    let folder = folder("code_lists_refused");
    let list = ["--list", "claim-adjustment-reason"];
    text(&import(&folder, &[("reasons.csv", REASONS)], &list, &[]));
    let table = folder.join("tables/reasons.csv.table");
    let before = std::fs::read(&table).unwrap();
    let wrong = REASONS.replace("Z2,", "ZZ2,");
    for (file, list, expected) in [
        (
            REASONS,
            &[][..],
            "name the list with --list NAME, once: a list is one of claim-adjustment-reason, remittance-remark,",
        ),
        (REASONS, &["--list", "carc"], "name the list with --list NAME"),
        (REASONS, &["--list", "value", "--list", "revenue"], "name the list with --list NAME"),
        (REASONS, &["--list", "revenue"], "reasons.csv: line 2, column 1: expected a revenue code of 4 digits"),
        (&wrong, &list, "nothing was written: reasons.csv: line 3, column 1: expected an adjustment reason code"),
    ] {
        let refused = import(&folder, &[("reasons.csv", file)], list, &[]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
        assert_eq!(std::fs::read(&table).unwrap(), before);
    }
}
