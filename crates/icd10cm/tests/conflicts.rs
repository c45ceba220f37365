//! The check among the codes of one claim: cases that a coder knows, and an evaluator that scans the notes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use superbill_core::Date;
use superbill_icd10cm::{
    Conflict, ConflictKind, Icd10Cm, Icd10CmCode, Icd10CmOn, Note, NoteKind, Part, SideConflict, Status, Why,
};

fn on(day: &str) -> Icd10CmOn<'static> {
    Icd10Cm::bundled().on(day.parse().unwrap())
}

fn code(text: &str) -> Icd10CmCode {
    text.parse().unwrap()
}

fn conflicts(on: Icd10CmOn<'static>, codes: &[Icd10CmCode]) -> Vec<Conflict<'static>> {
    let mut found = Vec::new();
    on.conflicts(codes, &mut found);
    found
}

/// `kind code other @owner`, `?` behind it where only the record can tell.
fn shown(conflict: &Conflict<'_>) -> String {
    let mut out = conflict.kind().to_string();
    for code in conflict.codes() {
        out += &format!(" {code}");
    }
    if let Some(note) = conflict.note() {
        out += &format!(" @{}", note.owner());
    }
    out + if conflict.is_conditional() { "?" } else { "" }
}

/// What is found of some kinds.
fn found(day: &str, codes: &str, kinds: &[ConflictKind]) -> Vec<String> {
    let codes: Vec<Icd10CmCode> = codes.split(' ').map(code).collect();
    let found = conflicts(on(day), &codes);
    found.iter().filter(|conflict| kinds.contains(&conflict.kind())).map(shown).collect()
}

#[test]
fn excludes_notes_between_two_codes() {
    let excludes = [ConflictKind::Excludes1, ConflictKind::Excludes2];
    for (day, codes, expected) in [
        ("2026-05-01", "E10.9 E11.9", &["excludes1 E10.9 E11.9 @E10"][..]),
        ("2026-05-01", "E11.9 R73.03", &["excludes1 R73.03 E11.9 @R73.0"]),
        ("2026-05-01", "E11.9 O24.419", &["excludes1 E11.9 O24.419 @E11"]),
        ("2026-05-01", "F03.90 G30.9", &["excludes1 G30.9 F03.90 @G30"]),
        ("2026-05-01", "M80.08XA M81.0", &["excludes1 M81.0 M80.08XA @M81"]),
        ("2026-05-01", "B20 Z21", &["excludes1 B20 Z21 @B20"]),
        // Only with the seventh character that the note names.
        ("2026-05-01", "F07.81 S06.0X0A", &["excludes1 F07.81 S06.0X0A @F07.81"]),
        ("2026-05-01", "F07.81 S06.0X0S", &[]),
        ("2026-05-01", "G59 E11.41", &["excludes1 G59 E11.41 @G59", "excludes2 G59 E11.41 @G00-G99"]),
        ("2026-05-01", "G59 E11.42", &["excludes2 G59 E11.42 @G00-G99"]),
        // Of a block, of a chapter.
        ("2026-05-01", "I61.9 S06.360A", &["excludes1 I61.9 S06.360A @I60-I69", "excludes2 I61.9 S06.360A @I00-I99"]),
        ("2026-05-01", "E16.2 P70.4", &["excludes1 E16.2 P70.4 @E00-E89", "excludes2 P70.4 E16.2 @P00-P96"]),
        ("2026-05-01", "O26.00 Z34.00", &["excludes1 O26.00 Z34.00 @O00-O9A"]),
        ("2026-05-01", "G50.0 S04.30XA", &["excludes2 G50.0 S04.30XA @G00-G99"]),
        ("2026-05-01", "A00.0 P36.9", &["excludes2 A00.0 P36.9 @A00-B99"]),
        // Both under one note's two sides: two codes of one part.
        ("2026-05-01", "E11.65 E11.69", &[]),
        ("2026-05-01", "I10 I11.9", &[]),
        ("2026-05-01", "A41.9 R65.20", &[]),
        // In one release of one kind, in another of the other.
        ("2021-02-01", "J44.9 J45.909", &["excludes2 J45.909 J44.9 @J45"]),
        ("2026-05-01", "J44.9 J45.909", &[]),
    ] {
        assert_eq!(found(day, codes, &excludes), expected, "{codes} on {day}");
        let swapped: Vec<&str> = codes.split(' ').rev().collect();
        assert_eq!(found(day, &swapped.join(" "), &excludes), expected, "{codes} on {day}, in the other order");
    }
}

#[test]
fn what_belongs_before_behind_and_beside() {
    use ConflictKind::{CodeAlso, CodeFirst, ManifestationFirst, UseAdditional};
    let first = [CodeFirst, ManifestationFirst];
    for (codes, kinds, expected) in [
        ("N18.4 D63.1", &first[..], &["code_first N18.4 @N18?"][..]),
        ("D63.1", &first, &["manifestation_first D63.1 @D63.1", "code_first D63.1 @D63.1"]),
        ("I10 D63.1", &first, &["code_first D63.1 @D63.1"]),
        ("G30.9 F02.80", &first, &[]),
        ("F02.80 G30.9", &first, &["manifestation_first F02.80 @F02", "code_first F02.80 G30.9 @F02"]),
        // Another condition before it can be the one.
        ("I10 F02.80", &first, &["code_first F02.80 @F02?"]),
        ("A41.9 R65.20", &first, &["code_first A41.9 @A41?"]),
        ("R65.20 A41.9", &first, &["code_first R65.20 A41.9 @R65.2", "code_first A41.9 @A41?"]),
        ("E11.65", &[UseAdditional], &["use_additional E11.65 @E11?"]),
        ("E11.65 Z79.4", &[UseAdditional], &[]),
        ("Z79.4 E11.65", &[UseAdditional], &[]),
        ("I12.9", &[UseAdditional], &["use_additional I12.9 @I12.9", "use_additional I12.9 @I10-I1A?"]),
        ("I12.9 N18.3", &[UseAdditional], &["use_additional I12.9 @I10-I1A?", "use_additional N18.3 @N18?"]),
        ("I12.9 N18.5 Z72.0", &[UseAdditional], &["use_additional I12.9 @I12.9", "use_additional N18.5 @N18?"]),
        (
            "D46.9 T45.1X5A",
            &[UseAdditional],
            &["use_additional T45.1X5A @T36-T50?", "use_additional T45.1X5A @S00-T88?"],
        ),
        // Poisoning is no adverse effect.
        (
            "D46.9 T45.1X1A",
            &[UseAdditional],
            &["use_additional D46.9 @D46?", "use_additional T45.1X1A @T36-T50?", "use_additional T45.1X1A @S00-T88?"],
        ),
        // One heading above two codes says it once.
        ("E11.65 E11.22", &[UseAdditional], &["use_additional E11.65 @E11?", "use_additional E11.22 @E11.22"]),
        (
            "G31.83 G31.84",
            &[UseAdditional],
            &["use_additional G31.83 @G31.83?", "use_additional G31.83 @G31?", "use_additional G31.84 @G31.84?"],
        ),
        ("Z79.4", &[CodeAlso], &["code_also Z79.4 @Z79?", "code_also Z79.4 @Z77-Z99?"]),
    ] {
        assert_eq!(found("2026-05-01", codes, kinds), expected, "{codes}");
    }
}

#[test]
fn codes_that_may_not_stand_and_codes_that_stand_twice() {
    use ConflictKind::{Duplicate, Header, NotValid, SeventhCharacter};
    for (day, codes, expected) in [
        ("2026-05-01", "E11", Some((Header, Why::Header))),
        ("2026-05-01", "S93.401", Some((SeventhCharacter, Why::SeventhCharacterMissing))),
        ("2026-05-01", "T07", Some((SeventhCharacter, Why::SeventhCharacterMissing))),
        ("2026-05-01", "W21.89A", Some((SeventhCharacter, Why::PlaceholderMissing))),
        ("2026-05-01", "S93.401Q", Some((SeventhCharacter, Why::SeventhCharacterNotAllowed))),
        ("2026-05-01", "T52.811A", Some((NotValid, Why::NotYetEffective))),
        ("2026-10-01", "T52.811A", None),
        ("2026-05-01", "S06.0X2A", Some((NotValid, Why::Retired))),
        ("2026-05-01", "Q9Z.9", Some((NotValid, Why::Unknown))),
        ("2027-04-01", "E11.9", Some((NotValid, Why::CannotTell))),
        ("2026-05-01", "E11.9", None),
    ] {
        let found = conflicts(on(day), &[code(codes)]);
        let found = found.iter().find_map(|conflict| Some((conflict.kind(), conflict.why()?, conflict.is_certain())));
        let expected = expected.map(|(kind, why)| (kind, why, why != Why::CannotTell));
        assert_eq!(found, expected, "{codes} on {day}");
    }
    let twice = found("2026-05-01", "E11.9 I10 E11.9 E11.9 E10.9", &[Duplicate, ConflictKind::Excludes1]);
    assert_eq!(twice, ["duplicate E11.9 E11.9", "duplicate E11.9 E11.9", "excludes1 E10.9 E11.9 @E10"]);
}

#[test]
fn sides_that_do_not_go_together() {
    for (codes, expected) in [
        ("M17.11 M17.12", Some((SideConflict::BothSides, Some("M17.0")))),
        ("M17.0 M17.11", Some((SideConflict::SideBesideBilateral, Some("M17.0")))),
        ("H65.02 H65.01", Some((SideConflict::BothSides, Some("H65.03")))),
        ("H65.03 H65.01", Some((SideConflict::SideBesideBilateral, Some("H65.03")))),
        ("H65.00 H65.01", Some((SideConflict::UnspecifiedBesideNamed, None))),
        ("L89.159 L89.152", None),
        // No code says both.
        ("C50.911 C50.912", None),
        ("S93.401A S93.402A", None),
        ("S93.409A S93.402A", Some((SideConflict::UnspecifiedBesideNamed, None))),
        ("S93.409A S93.402D", None),
        ("M25.561 M25.562", None),
        ("M25.561 M25.571", None),
    ] {
        for codes in [codes.to_owned(), codes.split(' ').rev().collect::<Vec<_>>().join(" ")] {
            let codes: Vec<Icd10CmCode> = codes.split(' ').map(code).collect();
            let found = conflicts(on("2026-05-01"), &codes);
            let found: Vec<_> =
                found.iter().filter_map(|conflict| Some((conflict.sides()?, conflict.instead()))).collect();
            let expected: Vec<_> = expected.iter().map(|(sides, instead)| (*sides, instead.map(code))).collect();
            assert_eq!(found, expected, "{codes:?}");
        }
    }
}

#[test]
fn every_answer_cites_its_note() {
    let found = conflicts(on("2026-10-05"), &[code("E11.65"), code("R73.03")]);
    let excludes = found.iter().find(|conflict| conflict.kind() == ConflictKind::Excludes1).unwrap();
    assert_eq!(
        (excludes.code(), excludes.other(), excludes.place(), excludes.other_place()),
        (code("R73.03"), Some(code("E11.65")), 1, Some(0))
    );
    let note = excludes.note().unwrap();
    assert_eq!(
        (note.kind(), note.owner().to_string(), note.words()),
        (NoteKind::Excludes1, "R73.0".to_owned(), "diabetes mellitus (E08-E13)".to_owned())
    );
    assert_eq!((note.release().to_string(), excludes.is_certain()), ("2026-04-01".to_owned(), false));
    let again = conflicts(on("2026-09-30"), &[code("E11.65"), code("R73.03")]);
    assert!(again.iter().all(Conflict::is_certain));
}

/// What the check should find, by scanning the notes of each code.
mod naive {
    use super::*;

    fn valid(on: Icd10CmOn<'static>, code: Icd10CmCode) -> bool {
        matches!(on.status(code), Status::Billable | Status::Header)
    }

    fn named(note: &Note<'_>, code: Icd10CmCode) -> bool {
        let among = |part| note.targets().any(|target| target.part == part && target.contains(code));
        among(Part::Named) && !among(Part::Except)
    }

    fn covers(note: &Note<'_>, code: Icd10CmCode) -> bool {
        code >= note.owner().first && (code <= note.owner().last || code.starts_with(note.owner().last))
    }

    fn between(on: Icd10CmOn<'static>, kind: NoteKind, one: Icd10CmCode, other: Icd10CmCode) -> Option<Note<'static>> {
        on.notes(one).filter(|note| note.kind() == kind).find(|note| {
            let apart = |target: superbill_icd10cm::Target| {
                target.part == Part::Named && target.contains(other) && !(target.contains(one) && covers(note, other))
            };
            note.targets().any(apart) && named(note, other)
        })
    }

    pub(super) fn excludes(on: Icd10CmOn<'static>, kind: NoteKind, codes: &[Icd10CmCode]) -> BTreeSet<String> {
        let codes: BTreeSet<Icd10CmCode> = codes.iter().copied().filter(|code| valid(on, *code)).collect();
        let mut found = BTreeSet::new();
        for one in &codes {
            for other in codes.range(*one..).skip(1) {
                let forth = between(on, kind, *one, *other).map(|note| (note, one, other));
                let back = || between(on, kind, *other, *one).map(|note| (note, other, one));
                if let Some((note, one, other)) = forth.or_else(back) {
                    found.insert(format!("{} {one} {other} @{}", kind.name(), note.owner()));
                }
            }
        }
        found
    }

    /// Instructions without a code that they name, as `kind owner`.
    pub(super) fn missing(on: Icd10CmOn<'static>, codes: &[Icd10CmCode]) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let codes: Vec<Icd10CmCode> =
            codes.iter().copied().filter(|code| valid(on, *code) && seen.insert(*code)).collect();
        let mut found = BTreeSet::new();
        for (place, code) in codes.iter().enumerate() {
            for note in on.notes(*code).filter(|note| note.kind().is_instruction() && !note.is_item()) {
                let named =
                    |other: &Icd10CmCode| named(&note, *other) || note.items().any(|item| self::named(&item, *other));
                let words_alone = !note.targets().any(|target| target.part == Part::Named)
                    && !note.items().any(|item| item.is_resolved());
                let beside =
                    codes.iter().enumerate().filter(|(other, other_code)| *other != place && named(other_code));
                let places: Vec<usize> = beside.map(|(place, _)| place).collect();
                let missing = match note.kind() {
                    NoteKind::CodeFirst => !places.iter().any(|other| *other < place) && (!words_alone || place == 0),
                    _ => places.is_empty() && !words_alone,
                };
                if missing && note.targets().in_scope(*code) {
                    let first = if note.kind() == NoteKind::CodeFirst { code.to_string() } else { String::new() };
                    found.insert(format!("{} {first} @{}: {}", note.kind().name(), note.owner(), note.words()));
                }
            }
        }
        found
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i32..=4199).prop_map(|days| "2015-10-01".parse::<Date>().unwrap().add_days(days).unwrap())
}

/// Codes that have something to say to each other more often than codes at random: half of them are named by a note of another.
fn any_claim() -> impl Strategy<Value = Vec<Icd10CmCode>> {
    let pick = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>());
    prop::collection::vec(pick, 1..12).prop_map(|picks| {
        let codes = all_codes();
        let on = on("2026-04-01");
        let mut claim: Vec<Icd10CmCode> = Vec::new();
        for (index, target, related) in picks {
            let code = codes[index.index(codes.len())];
            let of = claim.last().copied().filter(|_| related);
            let targets: Vec<_> = of.into_iter().flat_map(|of| on.notes(of).flat_map(|note| note.targets())).collect();
            let named = (!targets.is_empty()).then(|| targets[target.index(targets.len())]).and_then(|target| {
                let below = codes.partition_point(|code| *code < target.first);
                codes[below..].iter().copied().find(|code| target.contains(*code))
            });
            claim.push(named.unwrap_or(code));
        }
        claim
    })
}

fn all_codes() -> &'static [Icd10CmCode] {
    static CODES: std::sync::OnceLock<Vec<Icd10CmCode>> = std::sync::OnceLock::new();
    CODES.get_or_init(|| {
        let mut codes: Vec<_> =
            ["2016-10-01", "2021-01-01", "2026-04-01"].into_iter().flat_map(|day| on(day).codes()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    })
}

fn excludes(found: &[Conflict<'_>], kind: ConflictKind) -> BTreeSet<String> {
    found.iter().filter(|conflict| conflict.kind() == kind).map(shown).collect()
}

proptest! {
    #[test]
    fn the_check_finds_what_a_scan_of_the_notes_finds(claim in any_claim(), day in any_day()) {
        let on = Icd10Cm::bundled().on(day);
        let found = conflicts(on, &claim);
        for (kind, notes) in [(ConflictKind::Excludes1, NoteKind::Excludes1), (ConflictKind::Excludes2, NoteKind::Excludes2)] {
            prop_assert_eq!(excludes(&found, kind), naive::excludes(on, notes, &claim));
        }
        let kinds = [ConflictKind::CodeFirst, ConflictKind::UseAdditional, ConflictKind::CodeAlso];
        let missing: BTreeSet<String> = found
            .iter()
            .filter(|conflict| kinds.contains(&conflict.kind()))
            .map(|conflict| {
                let note = conflict.note().unwrap();
                let code = if conflict.kind() == ConflictKind::CodeFirst { conflict.code().to_string() } else { String::new() };
                format!("{} {code} @{}: {}", conflict.kind(), note.owner(), note.words())
            })
            .collect();
        prop_assert_eq!(missing, naive::missing(on, &claim));
    }

    #[test]
    fn excludes_do_not_depend_on_the_order(claim in any_claim(), day in any_day(), turn in any::<prop::sample::Index>()) {
        let on = Icd10Cm::bundled().on(day);
        let mut other = claim.clone();
        other.rotate_left(turn.index(claim.len()));
        other.reverse();
        let (one, two) = (conflicts(on, &claim), conflicts(on, &other));
        for kind in [ConflictKind::Excludes1, ConflictKind::Excludes2] {
            prop_assert_eq!(excludes(&one, kind), excludes(&two, kind));
        }
        let mut only = Vec::new();
        on.excludes1_among(&claim, &mut only);
        prop_assert_eq!(excludes(&only, ConflictKind::Excludes1), excludes(&one, ConflictKind::Excludes1));
    }

    #[test]
    fn what_is_found_is_about_the_codes_that_were_given(claim in any_claim(), day in any_day()) {
        let on = Icd10Cm::bundled().on(day);
        let mut pairs: BTreeMap<(ConflictKind, usize, usize), usize> = BTreeMap::new();
        for conflict in conflicts(on, &claim) {
            prop_assert_eq!(claim[conflict.place()], conflict.code());
            prop_assert_eq!(conflict.other_place().map(|place| claim[place]), conflict.other());
            if let Some(note) = conflict.note() {
                prop_assert_eq!(note.is_certain(), conflict.is_certain());
                prop_assert!(!note.words().is_empty());
            }
            if let (ConflictKind::Excludes1 | ConflictKind::Excludes2, Some(other)) = (conflict.kind(), conflict.other_place()) {
                let pair = (conflict.kind(), conflict.place().min(other), conflict.place().max(other));
                *pairs.entry(pair).or_default() += 1;
            }
        }
        prop_assert!(pairs.values().all(|count| *count == 1), "one answer for two codes: {pairs:?}");
    }

    #[test]
    fn notes_of_a_code_include_those_of_its_ancestors(index in any::<prop::sample::Index>(), day in any_day()) {
        let code = all_codes()[index.index(all_codes().len())];
        let on = Icd10Cm::bundled().on(day);
        let notes = |code| on.notes(code).map(|note: Note<'_>| (note.kind(), note.owner().to_string(), note.words())).collect::<Vec<_>>();
        let own = notes(code);
        for above in (3..code.len()).filter_map(|count| code.prefix(count)) {
            prop_assert!(own.ends_with(&notes(above)), "{code} {above}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_list_of_codes_is_judged(
        texts in prop::collection::vec("[A-Z][0-9A-Z]{2,6}", 0..200),
        some in prop::collection::vec(any::<prop::sample::Index>(), 0..100),
        day in any_day(),
    ) {
        let random = texts.iter().filter_map(|text| text.parse().ok());
        let codes: Vec<Icd10CmCode> = random.chain(some.iter().map(|index| all_codes()[index.index(all_codes().len())])).collect();
        let on = Icd10Cm::bundled().on(day);
        let found = conflicts(on, &codes);
        let judged = codes.iter().filter(|code| matches!(on.status(**code), Status::Billable)).count();
        let blamed = found.iter().filter(|conflict| conflict.why().is_some()).count();
        let twice = found.iter().filter(|conflict| conflict.kind() == ConflictKind::Duplicate).count();
        prop_assert!(judged + blamed + twice >= codes.len());
    }
}
