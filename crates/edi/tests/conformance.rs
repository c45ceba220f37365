//! Sample transactions from outside the repository, when the folder is there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use superbill_claim::{BalanceLevel, Remittance};
use superbill_core::Money;
use superbill_edi::{
    NoticeKind, TransactionKind, checks, read_claim_acknowledgements, read_functional_acknowledgement,
    read_professional, read_remittance, transactions,
};
use superbill_x12::Document;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE");
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder.map(|folder| Path::new(&folder).join("x12"))
}

/// Path and expectation of each sample.
fn manifest(folder: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut samples = Vec::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        samples.push((columns[0].to_owned(), columns[3].to_owned()));
    }
    samples
}

#[derive(Default)]
struct Row {
    files: usize,
    sets: usize,
    items: usize,
    failed: usize,
    notices: usize,
}

#[test]
fn samples_are_read_and_what_is_not_in_the_model_is_said() {
    let Some(folder) = folder() else { return };
    let mut rows: BTreeMap<(String, &str), Row> = BTreeMap::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (path, expected) in manifest(&folder) {
        let bytes = std::fs::read(folder.join(&path)).unwrap();
        assert_eq!(checks::check_read_professional(&bytes), Ok(()), "{path}");
        assert_eq!(checks::check_read_remittance(&bytes), Ok(()), "{path}");
        assert_eq!(checks::check_acknowledgement(&bytes), Ok(()), "{path}");
        let Ok(document) = Document::read(&bytes) else { continue };
        let expected = if expected.starts_with("see") { "valid".to_owned() } else { expected };
        let mut last = "";
        for transaction in transactions(&document) {
            let mut row = Row { sets: 1, ..Row::default() };
            let mut reasons = Vec::new();
            let mut notices = Vec::new();
            let kind = match TransactionKind::of(&transaction) {
                TransactionKind::Professional => {
                    let read = read_professional(&transaction).unwrap();
                    row.items = read.claims.len();
                    row.failed = read.failed.len();
                    reasons.extend(read.failed.iter().map(|failure| failure.error.to_string()));
                    notices.extend(read.notices);
                    notices.extend(read.claims.into_iter().flat_map(|claim| claim.notices));
                    "837P"
                }
                TransactionKind::Remittance => {
                    match read_remittance(&transaction) {
                        Ok(read) => {
                            row.items = read.value.claims.len();
                            notices.extend(read.notices);
                        }
                        Err(error) => {
                            row.failed = 1;
                            reasons.push(error.to_string());
                        }
                    }
                    "835"
                }
                TransactionKind::FunctionalAcknowledgement => {
                    match read_functional_acknowledgement(&transaction) {
                        Ok(read) => {
                            row.items = read.value.transactions.len();
                            notices.extend(read.notices);
                        }
                        Err(error) => {
                            row.failed = 1;
                            reasons.push(error.to_string());
                        }
                    }
                    "999"
                }
                TransactionKind::ClaimAcknowledgement => {
                    let read = read_claim_acknowledgements(&transaction).unwrap();
                    row.items = read.claims.len();
                    row.failed = read.failed.len();
                    reasons.extend(read.failed.iter().map(ToString::to_string));
                    notices.extend(read.notices);
                    "277CA"
                }
                _ => continue,
            };
            row.files = usize::from(kind != last);
            last = kind;
            row.notices = notices.len();
            for notice in notices {
                let what = match notice.kind {
                    NoticeKind::Unreadable(_) => "Unreadable".to_owned(),
                    kind => format!("{kind:?}"),
                };
                let (id, element) = (notice.location.segment_id, notice.location.element);
                let place = element.map_or(id.to_owned(), |element| format!("{id}{element:02}"));
                *kinds.entry(format!("{kind} {} {place} {what}", notice.loop_id)).or_default() += 1;
            }
            for reason in reasons {
                println!("{expected}: {path}: {reason}");
            }
            let sum = rows.entry((expected.clone(), kind)).or_default();
            sum.files += row.files;
            sum.sets += row.sets;
            sum.items += row.items;
            sum.failed += row.failed;
            sum.notices += row.notices;
        }
    }
    println!(
        "{:8} {:6} {:>5} {:>5} {:>6} {:>6} {:>7}",
        "sample", "kind", "files", "sets", "items", "failed", "notices"
    );
    for ((expected, kind), row) in &rows {
        let Row { files, sets, items, failed, notices } = row;
        println!("{expected:8} {kind:6} {files:5} {sets:5} {items:6} {failed:6} {notices:7}");
    }
    let mut kinds: Vec<(String, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (notice, count) in kinds.iter().take(40) {
        println!("{count:6} {notice}");
    }
    println!("{} kinds of notices in all", kinds.len());
    for (kind, least) in [("837P", 900), ("835", 30), ("999", 4), ("277CA", 2)] {
        let row = &rows[&("valid".to_owned(), kind)];
        assert!(row.items >= least, "{kind}: {} items", row.items);
        assert!(row.failed <= row.items / 20, "{kind}: {} failed", row.failed);
    }
}

/// The remittances of a file; none where it has no interchange around them.
fn remittances(path: &Path) -> Vec<Remittance> {
    let bytes = std::fs::read(path).unwrap();
    let Ok(document) = Document::read(&bytes) else {
        println!("no interchange: {}", path.display());
        return Vec::new();
    };
    transactions(&document)
        .filter(|transaction| TransactionKind::of(transaction) == TransactionKind::Remittance)
        .map(|transaction| read_remittance(&transaction).unwrap().value)
        .collect()
}

fn amount(value: &Value) -> Money {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn remittances_balance_as_an_independent_count_says() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("835_balance_expected.json")).unwrap();
    let expected: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut files = BTreeMap::new();
    for row in &expected {
        files.entry(row["file"].as_str().unwrap()).or_insert_with(Vec::new).push(row);
    }
    let mut compared = 0;
    for (file, rows) in files {
        let read = remittances(&folder.join(file));
        assert!(read.is_empty() || read.len() == rows.len(), "{file}");
        for (remittance, row) in read.iter().zip(rows) {
            assert_eq!(remittance.payment.amount, amount(&row["bpr"]), "{file}");
            assert_eq!(remittance.claims.len() as u64, row["claims"].as_u64().unwrap(), "{file}");
            let paid = Money::try_sum(remittance.claims.iter().map(|claim| claim.paid)).unwrap();
            assert_eq!(paid, amount(&row["clp04_sum"]), "{file}");
            let adjusted = remittance.provider_adjustments.iter().map(|adjustment| adjustment.amount);
            assert_eq!(Money::try_sum(adjusted).unwrap(), amount(&row["plb_sum"]), "{file}");
            let imbalances = remittance.imbalances().unwrap();
            let at = |wanted: fn(BalanceLevel) -> bool| imbalances.iter().filter(|found| wanted(found.level)).count();
            let count = |key: &str| row[key].as_array().unwrap().len();
            let whole = row["transaction_balanced"].as_bool().unwrap();
            assert_eq!(at(|level| level == BalanceLevel::Transaction), usize::from(!whole), "{file}");
            assert_eq!(at(|level| matches!(level, BalanceLevel::Claim(_))), count("claim_unbalanced"), "{file}");
            assert_eq!(at(|level| matches!(level, BalanceLevel::Line { .. })), count("line_unbalanced"), "{file}");
            compared += 1;
        }
    }
    println!("{compared} remittances compared");
    assert!(compared >= expected.len() - 1);
}

#[test]
fn of_the_hand_made_cases_only_the_unbalanced_one_is_refused() {
    let Some(folder) = folder() else { return };
    let folder = folder.join("remittance-cases");
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    assert!(!expected.is_empty());
    for (case, outcome) in &expected {
        let refused = outcome.get("post") == Some(&Value::Bool(false));
        for remittance in remittances(&folder.join(format!("{case}.edi"))) {
            let imbalances = remittance.imbalances().unwrap();
            assert_eq!(!imbalances.is_empty(), refused, "{case}: {imbalances:?}");
            if refused {
                let levels: Vec<BalanceLevel> = imbalances.iter().map(|found| found.level).collect();
                assert_eq!(levels, [BalanceLevel::Claim(1), BalanceLevel::Line { claim: 1, line: 1 }], "{case}");
            }
        }
    }
}
