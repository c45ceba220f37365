//! Remittances from outside the repository whose balances are known, when the folder is there.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use superbill_edi::check::{CheckOptions, Checker};
use superbill_x12::Document;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE");
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder.map(|folder| Path::new(&folder).join("x12"))
}

/// One of the files is a transaction set without its envelope.
const ENVELOPE: &[u8; 159] = b"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260110*1200*^*00501*000000001*0*T*:~GS*HP*SENDER*RECEIVER*20260110*1200*1*X*005010X221A1~";

/// How often each check of balances spoke: line, claim, transaction.
fn imbalances(path: &Path) -> [usize; 3] {
    let mut bytes = std::fs::read(path).unwrap();
    if bytes.starts_with(b"ST") {
        bytes.splice(0..0, *ENVELOPE);
    }
    let document = Document::read(&bytes).unwrap();
    let mut checker = Checker::new(CheckOptions::up_to(3));
    for segment in document.segments() {
        checker.segment(&segment);
    }
    checker.finish();
    let findings = checker.take_findings();
    ["service-balance", "payment-balance", "remittance-balance"]
        .map(|rule| findings.iter().filter(|finding| finding.rule() == rule).count())
}

#[test]
fn balances_are_those_that_are_known() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("835_balance_expected.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    for case in &cases {
        let file = case["file"].as_str().unwrap();
        let count = |key: &str| case[key].as_array().unwrap().len();
        let transaction = usize::from(!case["transaction_balanced"].as_bool().unwrap());
        let expected = [count("line_unbalanced"), count("claim_unbalanced"), transaction];
        assert_eq!(imbalances(&folder.join(file)), expected, "{file}");
    }
    println!("{} remittances", cases.len());
}

#[test]
fn cases_of_remittances_balance_where_they_say_so() {
    let Some(folder) = folder() else { return };
    let folder = folder.join("remittance-cases");
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    for (name, case) in cases.as_object().unwrap() {
        let file = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).find(|path| {
            path.extension().is_some_and(|extension| extension == "edi")
                && path.file_stem().unwrap().to_str().unwrap() == name.as_str()
        });
        let balances = imbalances(&file.unwrap()) == [0, 0, 0];
        assert_eq!(balances, case["error"].is_null(), "{name}");
    }
    println!("{} cases", cases.as_object().unwrap().len());
}
