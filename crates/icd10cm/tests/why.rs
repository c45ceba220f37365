//! Why a code may not stand on a claim, and what may, as a coder asks.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Why};

/// Code, date, why, the first completions.
const CASES: &[(&str, &str, Option<Why>, &[&str])] = &[
    ("E11.9", "2026-10-01", None, &[]),
    ("S93.401", "2026-10-01", Some(Why::SeventhCharacterMissing), &["S93.401A", "S93.401D", "S93.401S"]),
    ("T07", "2026-10-01", Some(Why::SeventhCharacterMissing), &["T07.XXXA", "T07.XXXD", "T07.XXXS"]),
    ("T07.A", "2026-10-01", Some(Why::PlaceholderMissing), &["T07.XXXA"]),
    ("W21.89A", "2026-10-01", Some(Why::PlaceholderMissing), &["W21.89XA"]),
    ("S93.401B", "2026-10-01", Some(Why::SeventhCharacterNotAllowed), &["S93.401A", "S93.401D", "S93.401S"]),
    ("S06.1X7D", "2026-10-01", Some(Why::Retired), &[]),
    ("S06.1X7B", "2026-10-01", Some(Why::SeventhCharacterNotAllowed), &["S06.1X7A"]),
    ("E11.65A", "2026-10-01", Some(Why::TooManyCharacters), &["E11.65"]),
    ("E11.6", "2026-10-01", Some(Why::Header), &["E11.610", "E11.618"]),
    ("S93.4", "2026-10-01", Some(Why::Header), &["S93.411A"]),
    ("M54.5", "2021-09-30", None, &[]),
    ("M54.5", "2021-10-01", Some(Why::Header), &["M54.51", "M54.59", "M54.50"]),
    ("M54.50", "2021-09-30", Some(Why::NotYetEffective), &[]),
    ("F32.8", "2026-10-01", Some(Why::Header), &["F32.81", "F32.89"]),
    ("Q99.99", "2026-10-01", Some(Why::TooManyCharacters), &["Q99.9"]),
    ("Y39", "2026-10-01", Some(Why::Unknown), &[]),
    ("E11.9", "2030-01-01", Some(Why::CannotTell), &[]),
];

#[test]
fn why_not_and_what_then() {
    for (code, date, why, first) in CASES {
        let on = Icd10Cm::bundled().on(date.parse().unwrap());
        let code: Icd10CmCode = code.parse().unwrap();
        assert_eq!(on.why_not(code), *why, "{code} on {date}");
        let completions: Vec<String> = on.completions(code).iter().map(ToString::to_string).collect();
        assert!(
            completions.len() >= first.len() && completions.iter().zip(*first).all(|(ours, case)| ours == case),
            "{code}: {completions:?}"
        );
        assert!(on.completions(code).iter().all(|code| on.is_billable(*code)));
        assert_eq!(on.lookup(code).reason().is_none(), why.is_none());
    }
}

#[test]
fn a_text_is_mended_to_the_codes_that_it_is_meant_for() {
    let on = Icd10Cm::bundled().on("2026-10-01".parse().unwrap());
    for (text, codes) in [
        ("T07XXXXD", &["T07.XXXD"][..]),
        ("E1l.9", &["E11.9"]),
        ("E11.O", &["E11.0"]),
        ("S93-401A", &["S93.401A"]),
        ("W2189A", &["W21.89XA"]),
        ("E119", &["E11.9"]),
        // O80 is complete; nothing is made up behind it.
        ("0800", &[]),
    ] {
        let mended: Vec<String> = on.mended(text).iter().map(ToString::to_string).collect();
        assert_eq!(mended, codes, "{text}");
    }
    assert!(on.mended("").is_empty() && on.mended("ö∂").is_empty() && on.mended(&"X".repeat(10_000)).is_empty());
}
