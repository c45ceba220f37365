//! The checker on transactions that were changed at random: it says something of each fault, names a segment of the file, and never stops.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod samples;

use proptest::prelude::*;
use samples::{DENTAL, INSTITUTIONAL, PROFESSIONAL, REMITTANCE, check, coordinated, file, outpatient};

/// What is done to a transaction.
#[derive(Debug, Clone)]
enum Change {
    Remove(usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Element(usize, usize, String),
    Elements(usize, usize, String),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0usize..64;
    let value = prop_oneof![
        Just(String::new()),
        Just("-1".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("20260230-20250101".to_owned()),
        Just(":".repeat(300)),
        Just("ABK:E119".to_owned()),
        "[A-Z0-9:^. -]{0,12}",
        "\\PC{0,8}",
    ];
    let value = value.prop_map(|text: String| text.replace(['~', '*'], ""));
    prop_oneof![
        at.clone().prop_map(Change::Remove),
        (at.clone(), 1usize..40).prop_map(|(at, times)| Change::Repeat(at, times)),
        (at.clone(), at.clone()).prop_map(|(one, other)| Change::Swap(one, other)),
        (at.clone(), 1usize..20, value.clone()).prop_map(|(at, element, value)| Change::Element(at, element, value)),
        (at, 1usize..400, value).prop_map(|(at, count, value)| Change::Elements(at, count, value)),
    ]
}

fn apply(segments: &mut Vec<String>, change: &Change) {
    // The ST stays, so that the guide is known.
    let place = |at: &usize| 1 + at % segments.len().saturating_sub(2).max(1);
    match change {
        Change::Remove(at) if segments.len() > 3 => {
            let at = place(at);
            segments.remove(at);
        }
        Change::Remove(_) => {}
        Change::Repeat(at, times) => {
            let at = place(at);
            let segment = segments[at].clone();
            segments.splice(at..at, std::iter::repeat_n(segment, *times));
        }
        Change::Swap(one, other) => {
            let (one, other) = (place(one), place(other));
            segments.swap(one, other);
        }
        Change::Element(at, element, value) => {
            let at = place(at);
            let mut elements: Vec<String> = segments[at].split('*').map(str::to_owned).collect();
            if *element < elements.len() {
                elements[*element].clone_from(value);
            }
            segments[at] = elements.join("*");
        }
        Change::Elements(at, count, value) => {
            let at = place(at);
            for _ in 0..*count {
                segments[at].push('*');
                segments[at].push_str(value);
            }
        }
    }
}

fn samples() -> [String; 6] {
    [
        PROFESSIONAL.to_owned(),
        coordinated(),
        INSTITUTIONAL.to_owned(),
        outpatient(),
        DENTAL.to_owned(),
        REMITTANCE.to_owned(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn findings_name_a_segment_and_say_something(sample in 0usize..6, changes in prop::collection::vec(change(), 1..6)) {
        let transaction = samples()[sample].replace('\n', "");
        let mut segments: Vec<String> = transaction.trim_end_matches('~').split('~').map(str::to_owned).collect();
        for change in &changes {
            apply(&mut segments, change);
        }
        let text = file(&format!("{}~", segments.join("~")));
        let count = text.matches('~').count() as u64;
        for finding in check(&text) {
            prop_assert!((1..=count + 1).contains(&finding.segment), "{finding}");
            prop_assert!(!finding.message.is_empty());
        }
    }
}
