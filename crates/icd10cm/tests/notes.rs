//! The notes of the tabular list, as a coder would look them up.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Icd10CmOn, Note, NoteKind, Part};

fn on(day: &str) -> Icd10CmOn<'static> {
    Icd10Cm::bundled().on(day.parse().unwrap())
}

fn code(text: &str) -> Icd10CmCode {
    text.parse().unwrap()
}

fn find(on: Icd10CmOn<'static>, of: &str, kind: NoteKind, begins: &str) -> Note<'static> {
    let mut notes = on.notes(code(of)).filter(|note| note.kind() == kind);
    notes
        .find(|note| note.words().starts_with(begins))
        .unwrap_or_else(|| panic!("no note of {of} begins with {begins}"))
}

/// Every note of a release once, by owner.
fn all(on: Icd10CmOn<'static>) -> Vec<(String, Note<'static>)> {
    let mut notes = Vec::new();
    let mut seen = BTreeSet::new();
    for code in on.codes() {
        // A code's own notes come first; those of blocks and chapters are above each category.
        notes.extend(on.notes(code).take_while(|note| note.owner().code() == Some(code)));
        if code.len() == 3 {
            let above = on.notes(code).filter(|note| note.owner().code().is_none());
            notes.extend(above.filter(|note| seen.insert((note.owner().to_string(), note.kind(), note.words()))));
        }
    }
    notes.into_iter().map(|note| (note.owner().to_string(), note)).collect()
}

const RELEASES: [&str; 3] = ["2026-04-01", "2025-04-01", "2021-01-01"];

#[test]
fn a_code_has_its_own_notes_and_those_of_the_headings_above() {
    let owners = |of: &str| {
        let mut owners: Vec<String> = on("2026-05-01").notes(code(of)).map(|note| note.owner().to_string()).collect();
        owners.dedup();
        owners
    };
    assert_eq!(owners("E11.65"), ["E11", "E00-E89"]);
    assert_eq!(owners("J44.1"), ["J44.1", "J44", "J40-J4A", "J00-J99"]);
    assert_eq!(owners("S06.0X1A"), ["S06.0X1", "S06.0", "S06", "S00-S09", "S00-T88"]);
    let note = find(on("2026-05-01"), "J44.1", NoteKind::UseAdditional, "code, where applicable");
    assert_eq!(note.owner().title, Some("Diseases of the respiratory system"));
    assert_eq!((note.owner().code(), note.owner().first, note.owner().last), (None, code("J00"), code("J99")));
    assert!(note.is_conditional() && !note.is_item());
    let items: Vec<String> = note.items().map(|item| item.words()).collect();
    assert!(items.iter().any(|words| words == "tobacco use (Z72.0)"), "{items:?}");
    assert!(note.items().all(|item| item.is_item() && item.items().next().is_none()));
    // A code that no release has is judged by what stands above it.
    assert_eq!(owners("E11.Z9"), ["E11", "E00-E89"]);
    assert_eq!(on("2026-05-01").notes(code("ZZZ")).count(), 0);
}

#[test]
fn what_a_note_names_is_a_set_of_codes() {
    let on = on("2026-05-01");
    for (of, kind, begins, inside, outside) in [
        (
            "R73.03",
            NoteKind::Excludes1,
            "diabetes mellitus",
            &["E08.9", "E11.65", "E13.9"][..],
            &["E07.9", "E16.2"][..],
        ),
        ("D63.1", NoteKind::CodeFirst, "underlying chronic kidney", &["N18.4", "N18"], &["N17.9"]),
        (
            "D46.9",
            NoteKind::UseAdditional,
            "code for adverse effect",
            &["T45.1X5A", "T39.95XA"],
            &["T45.1X1A", "T43.651A", "T36.0X6A"],
        ),
        ("D64.2", NoteKind::CodeFirst, "poisoning", &["T45.1X1A", "T51.0X4A"], &["T45.1X5A", "T45.1X6A"]),
        ("R47.01", NoteKind::Excludes1, "aphasia following", &["I69.320", "I69.920"], &["I69.321", "I69.20"]),
        ("G59", NoteKind::Excludes1, "diabetic mononeuropathy", &["E11.41"], &["E11.42", "E11.4"]),
        ("S01.00XA", NoteKind::Excludes1, "open skull fracture", &["S02.0XXB"], &["S02.0XXA"]),
        ("O9A.211", NoteKind::InclusionTerm, "Conditions in S00-T88", &["S00.01XA"], &["T74.11XA", "T76.11XA"]),
    ] {
        let targets = find(on, of, kind, begins).targets();
        for inside in inside {
            assert!(targets.contains(code(inside)), "{of} {begins}: {inside}");
        }
        for outside in outside {
            assert!(!targets.contains(code(outside)), "{of} {begins}: {outside}");
        }
    }
    let note = find(on, "G31.01", NoteKind::UseAdditional, "code, if applicable, for codes G31.0");
    assert!(note.targets().in_scope(code("G31.83")) && !note.targets().in_scope(code("G31.84")));
    let target = find(on, "G02", NoteKind::Excludes1, "infectious mononucleosis").targets().next().unwrap();
    assert_eq!(
        (target.part, target.first, target.condition().collect::<Vec<_>>()),
        (Part::Named, code("B27"), vec![(5, '2')])
    );
    let words = find(on, "E11.9", NoteKind::UseAdditional, "code to identify control");
    assert!(!words.is_resolved() && words.items().all(|item| item.is_resolved()));
}

#[test]
fn the_release_in_force_is_taken_else_the_nearest() {
    for (day, release, certain) in [
        ("2026-05-01", "2026-04-01", true),
        ("2026-09-30", "2026-04-01", true),
        ("2026-10-01", "2026-04-01", false),
        // The same fiscal year, though a newer release.
        ("2025-10-01", "2026-04-01", false),
        ("2025-09-30", "2025-04-01", true),
        ("2024-10-01", "2025-04-01", false),
        ("2024-09-30", "2021-01-01", false),
        ("2021-03-31", "2021-01-01", true),
        ("2021-04-01", "2021-01-01", false),
        ("2020-10-01", "2021-01-01", false),
        // Nothing older: the oldest.
        ("2016-10-01", "2021-01-01", false),
    ] {
        let note = on(day).notes(code("E11.9")).next().unwrap();
        assert_eq!((note.release().to_string().as_str(), note.is_certain()), (release, certain), "{day}");
        assert_eq!(note.in_force().contains(day.parse().unwrap()), certain, "{day}");
    }
    let releases: Vec<String> = Icd10Cm::bundled().note_releases().map(|days| days.to_string()).collect();
    assert_eq!(releases, ["2026-04-01/2026-09-30", "2025-04-01/2025-09-30", "2021-01-01/2021-03-31"]);
}

/// Notes with what has the shape of a code that stay words, and why.
const UNRESOLVED: [&str; 13] = [
    // No codes, though they look like it.
    "C93.0: AML M5a",
    "C93.0: AML M5b",
    "D53: megaloblastic anemia unresponsive to vitamin B12 or folate therapy",
    "E53.8: Vitamin B12 deficiency",
    // A condition in words.
    "E87.2: diabetic acidosis - see categories E08-E10, E11, E13 with ketoacidosis",
    "E87.2: diabetic acidosis - see categories E08-E10, E13 with ketoacidosis",
    // There is no such code.
    "F02: other frontotemporal neurocognitive disorder (G31.90)",
    "G02: infectious mononucleosis complicated by meningitis (B27.- with fourth character 2)",
    "G71.035: Anoctamin-5-related LGMD R12",
    "G71.038: LGMD R22 collagen 6-related",
    "S51: open fracture of elbow and forearm (S52.- with open fracture 7th character)",
    "V92.07: hit by boat while water-skiing NOS (V94.X)",
    // From T to R.
    "W62: contact with venomous amphibians (T63.81-R63.83)",
];

/// The book's own references to codes that there are not in its release.
const DANGLING: [&str; 0] = [];

#[test]
fn nearly_all_notes_that_name_codes_are_understood() {
    let codes_in = |words: &str| {
        let shaped = |word: &str| {
            let bytes = word.as_bytes();
            let dotted = bytes.len() == 3 || bytes.get(3) == Some(&b'.');
            dotted && bytes[0].is_ascii_uppercase() && bytes[1].is_ascii_digit() && word.parse::<Icd10CmCode>().is_ok()
        };
        let mut parts =
            words.split(|next: char| !next.is_ascii_alphanumeric() && next != '.').map(|word| word.trim_matches('.'));
        parts.any(shaped)
    };
    let mut dangling = BTreeSet::new();
    let mut unresolved = BTreeSet::new();
    for day in RELEASES {
        let on = on(day);
        let known: BTreeSet<Icd10CmCode> = on.codes().collect();
        let mut counts: BTreeMap<NoteKind, [usize; 4]> = BTreeMap::new();
        for (owner, note) in all(on) {
            let (words, resolved) = (note.words(), note.is_resolved());
            let explicit = codes_in(&words);
            if explicit && !resolved {
                unresolved.insert(format!("{owner}: {words}"));
            }
            let count = counts.entry(note.kind()).or_default();
            for (number, yes) in count.iter_mut().zip([true, resolved, explicit, explicit && resolved]) {
                *number += usize::from(yes);
            }
            for target in note.targets() {
                let mut below = known
                    .range(target.first..)
                    .take_while(|code| **code <= target.last || code.starts_with(target.last));
                if !below.any(|code| target.contains(*code)) && target.condition().next().is_none() {
                    dangling.insert(format!("{day} {owner} names {}", target.first));
                }
            }
        }
        for (kind, [notes, resolved, explicit, understood]) in &counts {
            let share = *resolved as f64 / *notes as f64;
            println!(
                "{day} {}: {notes} notes, {resolved} name codes ({:.1} %), {understood} of {explicit} with a code",
                kind.name(),
                share * 100.0
            );
            match kind {
                NoteKind::Excludes1 => assert!(share >= 0.97, "{day}: {share}"),
                NoteKind::Excludes2 => assert!(share >= 0.98, "{day}: {share}"),
                _ => {}
            }
        }
        assert_eq!(counts.len(), 9);
    }
    assert_eq!(unresolved.iter().map(String::as_str).collect::<Vec<_>>(), UNRESOLVED);
    assert_eq!(dangling.iter().map(String::as_str).collect::<Vec<_>>(), DANGLING);
}

#[test]
fn a_heading_has_the_seventh_characters_of_its_codes() {
    let of = |heading: &str| {
        let found = on("2026-05-01").seventh_characters(code(heading));
        found.map(|seventh| (seventh.character, seventh.label.unwrap_or_default())).collect::<Vec<_>>()
    };
    let encounters = [('A', "initial encounter"), ('D', "subsequent encounter"), ('S', "sequela")];
    assert_eq!(of("S93.401"), encounters);
    assert_eq!(of("T07"), encounters);
    assert_eq!(of("M1A"), [('0', "without tophus (tophi)"), ('1', "with tophus (tophi)")]);
    let fracture: String = of("S82").into_iter().map(|(character, _)| character).collect();
    assert_eq!(fracture, "ABCDEFGHJKMNPQRS");
    // Death before waking has no later encounter.
    assert_eq!(of("S06.0X9").len(), 3);
    assert_eq!(of("S06.1X7"), [('A', "initial encounter")]);
    assert_eq!(of("E11.9"), []);
}

#[test]
fn words_longer_than_a_row_are_read_whole() {
    let longest = all(on("2026-04-01")).into_iter().map(|(_, note)| note.words()).max_by_key(String::len).unwrap();
    assert!(longest.len() > 700 && longest.ends_with('.'), "{longest}");
}

#[test]
fn a_release_has_its_own_notes() {
    let count = |day: &str| on(day).notes(code("I5A")).count();
    assert!(count("2026-04-01") > count("2021-01-01"));
}
