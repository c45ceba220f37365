//! The page of all checks is that of the code.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::path::Path;
use superbill_edi::check::{Check, catalogue};

#[test]
fn the_page_of_checks_is_not_stale() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/X12-CHECKS.md");
    let expected = catalogue();
    if std::env::var_os("SUPERBILL_WRITE_DOCS").is_some() {
        std::fs::write(&page, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&page).unwrap_or_default();
    assert!(found == expected, "docs/X12-CHECKS.md is stale: run this test with SUPERBILL_WRITE_DOCS=1");
}

#[test]
fn every_check_is_on_the_page() {
    let page = catalogue();
    for check in Check::all() {
        assert!(page.contains(&format!("| `{}` |", check.id)), "{}", check.id);
    }
}
