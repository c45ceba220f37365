//! The partial set that comes with the crate.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use superbill_core::Date;
use superbill_hcpcs::{BUNDLED_BYTES, BUNDLED_VERSION, Hcpcs, HcpcsCode, HcpcsTables, Status};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn it_is_sound_and_says_what_it_is() {
    let table = Hcpcs::bundled();
    table.verify().unwrap();
    assert!(table.is_partial() && table.len() > 2_000 && BUNDLED_BYTES < 1 << 20);
    assert_eq!(table.about().value("release"), Some(BUNDLED_VERSION));
    assert_eq!(table.release().unwrap().to_string(), "2021-01-01/2026-09-30");
    assert!(table.about().value("source").unwrap().contains("myelin-pps==1.0.2"));
}

#[test]
fn it_confirms_and_never_denies() {
    let table = Hcpcs::bundled();
    let days = ["2014-01-01", "2020-12-31", "2021-01-01", "2023-12-31", "2026-09-30", "2026-10-01", "2030-01-01"];
    for on in days.map(day) {
        let listed: Vec<HcpcsCode> = table.on(on).codes().collect();
        for letter in 'A'..='Z' {
            for number in (0..10_000).step_by(7) {
                let code = HcpcsCode::parse(&format!("{letter}{number:04}")).unwrap();
                let status = table.on(on).status(code);
                assert!(matches!(status, Status::Confirmed | Status::CannotTell), "{code} is {status} on {on}");
                assert_eq!(status == Status::Confirmed, listed.binary_search(&code).is_ok(), "{code} on {on}");
                assert!(!code.is_dental() || table.ordinal(code).is_none());
            }
        }
        let within = (day("2021-01-01")..=day("2026-09-30")).contains(&on);
        assert_eq!(listed.len() > 1_000, within, "{} codes on {on}", listed.len());
    }
}

#[test]
fn every_code_has_a_title_in_each_of_its_quarters() {
    let table = Hcpcs::bundled();
    let mut seen = 0;
    for letter in 'A'..='V' {
        for number in 0..10_000 {
            let code = HcpcsCode::parse(&format!("{letter}{number:04}")).unwrap();
            if table.ordinal(code).is_none() {
                continue;
            }
            seen += 1;
            let quarters: Vec<Date> = table.on(day("2021-01-01")).lookup(code).quarters().collect();
            assert!(!quarters.is_empty(), "{code}");
            for quarter in quarters {
                let lookup = table.on(quarter).lookup(code);
                assert_eq!(lookup.status(), Status::Confirmed, "{code} {quarter}");
                let title = lookup.title().unwrap();
                assert!(title.release() <= quarter && !title.to_string().is_empty(), "{code} {quarter}");
                assert_eq!(lookup.valid().unwrap().first(), quarter);
            }
        }
    }
    assert_eq!(seen, table.len());
}

#[test]
fn it_stands_beside_releases() {
    let tables = HcpcsTables::new([Hcpcs::bundled()]);
    let code = "J1885".parse().unwrap();
    assert_eq!(tables.on(day("2026-08-01")).status(code), Status::Confirmed);
    assert_eq!(tables.on(day("2026-08-01")).codes().count(), Hcpcs::bundled().on(day("2026-08-01")).codes().count());
    assert_eq!(tables.on(day("2027-08-01")).status(code), Status::CannotTell);
    assert_eq!(HcpcsTables::new([]).on(day("2026-08-01")).status(code), Status::CannotTell);
    assert!(HcpcsTables::new([]).on(day("2026-08-01")).lookup(code).is_none());
}
