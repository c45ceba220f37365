//! Addendum B: read from the official form, asked, refused.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

mod support;

use superbill_edits::{InForce, Opps, OppsPayment, UnitPrice, import};
use support::{code, damaged, day, packed, quarter, workbook};

const NAME: &str = "2026 July Web Addendum B.07.13.26.csv";
const FILE: &str = "Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026,,,,,,,,\n\"A notice, with commas\",,,,,,,,\n\
    HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,National Unadjusted Copayment,Minimum Unadjusted Copayment,Note: a cap,\
    IRA Coinsurance percentage,Adjusted Beneficiary Copayment\n\
    G0001,A thing,J1,5465,151.2253,\"$8,200.26 \",\"$1,640.05 \",\"$1,640.06 \",,,\n\
    G0002,,N,,,,,,,,\nJ0001,,K,9001,,$88.915,.,$17.78,,,$9.99\n";

fn table(name: &str, text: &[u8]) -> Vec<u8> {
    import::opps(name, text, None).unwrap()
}

#[test]
fn the_official_form_is_read() {
    let bytes = table(NAME, FILE.as_bytes());
    let opps = Opps::from_bytes(&bytes).unwrap();
    opps.verify().unwrap();
    assert_eq!((opps.len(), opps.quarter(), opps.about().value("release")), (3, quarter("2026Q3"), Some("2026-07-01")));
    assert!(opps.in_force().contains(day("2026-09-30")) && !opps.in_force().contains(day("2026-10-01")));
    let money = |text: &str| Some(text.parse::<UnitPrice>().unwrap());
    let one = opps.service(code("G0001")).unwrap();
    assert_eq!((one.status.as_str(), one.apc, one.relative_weight), ("J1", Some(5465), Some(1_512_253)));
    assert_eq!(one.status.payment(), Some(OppsPayment::Comprehensive));
    assert_eq!(
        (one.payment_rate, one.national_copayment, one.minimum_copayment),
        (money("8200.26"), money("1640.05"), money("1640.06"))
    );
    let two = opps.service(code("G0002")).unwrap();
    assert_eq!((two.status.as_str(), two.apc, two.payment_rate), ("N", None, None));
    let drug = opps.service(code("J0001")).unwrap();
    assert_eq!(
        (drug.payment_rate, drug.national_copayment, drug.adjusted_copayment),
        (money("88.915"), None, money("9.99"))
    );
    assert_eq!(opps.service(code("G0003")), None);
    assert_eq!(opps.services().map(|service| service.code).collect::<Vec<_>>(), ["G0001", "G0002", "J0001"].map(code));

    let rows: Vec<Vec<&str>> = vec![
        vec!["Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026"],
        "HCPCS Code|Short Descriptor|SI|APC|Relative Weight|Payment Rate|National Unadjusted Copayment|Minimum Unadjusted Copayment|Adjusted Beneficiary Copayment".split('|').collect(),
        "G0001|A thing|J1|5465|151.2253|8200.2600000000002|1640.05|1640.06|".split('|').collect(),
        "G0002|A thing|N||||||".split('|').collect(),
        "J0001|A thing|K|9001||88.915|.|17.780000000000001|9.99".split('|').collect(),
        vec!["CPT codes and descriptions only are copyrighted."],
    ];
    let book = workbook(&rows);
    let archive =
        packed(&[("508 Version/2026 July Web Addendum B.07.13.26.xlsx", &book), ("2026 July Addendum A.xlsx", &book)]);
    assert_eq!(table("july-2026-opps-addendum-b.zip", &archive), bytes);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let refused = |name: &str, text: &str| import::opps(name, text.as_bytes(), None).unwrap_err().to_string();
    for (name, text, expected) in [
        (NAME, "APC,Group Title,SI,Payment Rate\n".to_owned(), "no heading of Addendum B"),
        ("addendum b.csv", FILE.to_owned(), "does not say its release"),
        (NAME, FILE.replace("APC,", "Other,"), "line 3, column 1: expected the heading APC"),
        (NAME, FILE.replace("G0002", "G002"), "line 5, column 1: expected a HCPCS code"),
        (NAME, FILE.replace(",N,", ",??,"), "line 5, column 3: expected a status indicator"),
        (NAME, FILE.replace("5465", "APC"), "line 4, column 4: expected an APC"),
        (NAME, FILE.replace("151.2253", "much"), "line 4, column 5: expected a relative weight"),
        (NAME, FILE.replace("$88.915", "$8x"), "line 6, column 6: expected an amount"),
        (NAME, FILE.replace("G0002", "G0001"), "line 5, column 1: expected a code that does not stand"),
        (NAME, FILE.lines().take(3).collect::<Vec<_>>().join("\n"), "line 3, column 1: expected rows"),
        (NAME, FILE.to_owned() + "J0002", "line 7, column 1: expected"),
    ] {
        let error = refused(name, &text);
        assert!(error.contains(expected.trim_end_matches("column 1: expected")), "{expected:?}: {error}");
    }
    let asked = import::opps(NAME, FILE.as_bytes(), Some(day("2026-10-01"))).unwrap_err().to_string();
    assert!(asked.contains("it is of 2026Q3, not of 2026Q4"), "{asked}");
}

#[test]
fn damage_never_stops_the_program() {
    let bytes = table(NAME, FILE.as_bytes());
    damaged(&bytes, |bytes| {
        if let Ok(opps) = Opps::from_bytes(bytes) {
            let _ = opps.verify();
            let _ = opps.services().count();
        }
    });
}

#[cfg(feature = "serde")]
#[test]
fn values_are_text_and_numbers() {
    let bytes = table(NAME, FILE.as_bytes());
    let one = Opps::from_bytes(&bytes).unwrap().service(code("G0001")).unwrap();
    let text = serde_json::to_string(&one).unwrap();
    assert!(text.contains(r#""status":"J1","apc":5465"#) && text.contains(r#""payment_rate":"8200.26""#), "{text}");
    assert_eq!(serde_json::from_str::<superbill_edits::OppsService>(&text).unwrap(), one);
}
