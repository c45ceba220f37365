//! Every row of Addendum B, in the official form, where the folder is given.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use superbill_edits::{Opps, ServiceCode, UnitPrice, import};
use superbill_table::import::delimited;
use support::{folder, quarter};

/// With a dollar sign and commas between thousands, as the official file has amounts.
fn dollars(amount: &str) -> String {
    let (whole, cents) = amount.split_once('.').unwrap_or((amount, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("\"${grouped}.{cents} \"")
}

#[test]
fn every_row_answers_as_a_scan_of_the_file() {
    let Some(folder) = folder() else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    let rows = delimited(&std::fs::read(folder.join("mpfs/opps_addendum_b_2026_04.csv")).unwrap()).unwrap();
    let rows = &rows[1..];
    assert_eq!(rows.len(), 19_059);
    let mut official = String::from(
        "Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026,,,,,,,\nHCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,National Unadjusted Copayment,Minimum Unadjusted Copayment\n",
    );
    for (number, row) in rows.iter().enumerate() {
        let paid = !row.cell(4).is_empty();
        let rate = if paid { dollars(row.cell(4)) } else { String::new() };
        let (apc, copayment) = if paid { ((number % 9_998 + 1).to_string(), ".") } else { (String::new(), "") };
        official.push_str(&format!("{},,{},{apc},,{rate},{copayment},{copayment}\n", row.cell(1), row.cell(3)));
    }
    let bytes = import::opps("2026 April Web Addendum B.csv", official.as_bytes(), None).unwrap();
    let opps = Opps::from_bytes(&bytes).unwrap();
    opps.verify().unwrap();
    assert_eq!((opps.len(), opps.quarter()), (rows.len(), quarter("2026Q2")));
    let mut scan = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for (number, row) in rows.iter().enumerate() {
        let code = ServiceCode::parse(row.cell(1)).unwrap();
        let service = opps.service(code).unwrap();
        let rate = (!row.cell(4).is_empty()).then(|| row.cell(4).parse::<UnitPrice>().unwrap());
        let apc = rate.map(|_| u16::try_from(number % 9_998 + 1).unwrap());
        assert_eq!((service.status.as_str(), service.payment_rate, service.apc), (row.cell(3), rate, apc), "{code}");
        if service.status.meaning().is_none() {
            unknown.insert(service.status);
        }
        scan.insert(code, service);
    }
    assert!(unknown.is_empty(), "indicators without a meaning: {unknown:?}");
    assert!(opps.services().eq(scan.into_values()), "all codes, in order");
    println!("{} rows answer as a scan; the table has {} bytes", rows.len(), bytes.len());
}
