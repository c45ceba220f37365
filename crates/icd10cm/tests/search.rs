//! The search over the bundled index: everyday queries, and what every answer promises.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::Date;
use superbill_icd10cm::search::{MAX_WORDS, MatchKind, MatchPlace, PhraseMatch, Scratch};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Icd10CmOn, Icd10CmSearch, checks};

fn on() -> Icd10CmOn<'static> {
    let date: Date = "2026-04-01".parse().unwrap();
    Icd10Cm::bundled().on(date)
}

fn code(text: &str) -> Icd10CmCode {
    text.parse().unwrap()
}

fn found(text: &str, limit: usize) -> Vec<String> {
    let mut scratch = Scratch::new();
    let hits = Icd10CmSearch::bundled().query(text, on()).limit(limit).run(&mut scratch);
    hits.iter().map(|hit| hit.code().to_string()).collect()
}

#[test]
fn the_index_is_sound() {
    Icd10CmSearch::bundled().verify().unwrap();
    assert_eq!(Icd10CmSearch::bundled().len(), 46_888);
}

// Query, expected code, and the rank up to which it may stand.
const EVERYDAY: [(&str, &str, usize); 40] = [
    ("type 2 diabetes with hyperglycemia", "E11.65", 1),
    ("essential hypertension", "I10", 3),
    ("HTN", "I10", 10),
    ("CHF", "I50.9", 10),
    ("COPD exacerbation", "J44.1", 5),
    ("UTI", "N39.0", 5),
    ("GERD", "K21.9", 10),
    ("AKI", "N17.9", 5),
    ("afib", "I48.91", 10),
    ("low back pain", "M54.5", 5),
    ("chest pain", "R07.9", 5),
    ("shortness of breath", "R06.02", 3),
    ("acute appendicitis", "K35", 10),
    ("pneumonia", "J18.9", 10),
    ("asthma", "J45", 10),
    ("migraine without aura", "G43.0", 5),
    ("iron deficiency anaemia", "D50.9", 10),
    ("hypothyroidism", "E03.9", 10),
    ("morbid obesity", "E66.01", 10),
    ("major depressive disorder single episode", "F32", 10),
    ("generalized anxiety disorder", "F41.1", 3),
    ("alcohol dependence", "F10.2", 10),
    ("sprain right ankle", "S93.401", 10),
    ("carpal tunnel syndrome left", "G56.02", 5),
    ("breast cancer screening mammogram", "Z12.31", 10),
    ("colon polyp", "K63.5", 10),
    ("gout", "M10", 10),
    ("cellulitis of left lower limb", "L03.116", 5),
    ("hyperlipidemia", "E78.5", 5),
    ("obstructive sleep apnea", "G47.33", 5),
    ("acute bronchitis", "J20", 10),
    ("streptococcal pharyngitis", "J02.0", 5),
    ("otitis media", "H66.9", 10),
    ("nausea and vomiting", "R11.2", 5),
    ("syncope", "R55", 5),
    ("dizziness", "R42", 5),
    ("epilepsy", "G40", 10),
    ("rheumatoid arthritis", "M06.9", 10),
    ("kidney stone", "N20.0", 10),
    ("old myocardial infarction", "I25.2", 3),
];

#[test]
fn everyday_queries_find_their_code() {
    let missed: Vec<String> = EVERYDAY
        .iter()
        .filter_map(|(text, expected, rank)| {
            let codes = found(text, *rank);
            (!codes.iter().any(|code| code == expected)).then(|| format!("{text}: {expected} not in {codes:?}"))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_code_that_is_typed_comes_first_and_what_stands_below_follows() {
    for text in ["E11.9", "e119", " E11.9 "] {
        assert_eq!(found(text, 10), ["E11.9"], "{text}");
    }
    let below = found("E11", 4);
    assert_eq!(below[0], "E11");
    assert!(below[1..].iter().all(|code| code.starts_with("E11.")), "{below:?}");
}

#[test]
fn slips_of_the_pen_and_british_spelling_are_understood() {
    for (text, expected) in
        [("diabtes insipidus", "E23.2"), ("haemorrhoids", "K64"), ("oesophageal varices", "I85.0"), ("astma", "J45")]
    {
        assert!(found(text, 10).iter().any(|code| code.starts_with(expected)), "{text}: {:?}", found(text, 10));
    }
}

#[test]
fn every_hit_says_what_matched_where_and_how() {
    let mut scratch = Scratch::new();
    let text = "CHF, NOS";
    let hits = Icd10CmSearch::bundled().query(text, on()).limit(20).run(&mut scratch);
    let heart = hits.iter().find(|hit| hit.code() == code("I50.9")).unwrap();
    let matched: Vec<_> = heart.matched().collect();
    let word = matched.iter().find(|matched| matched.word == "failure").unwrap();
    assert_eq!(
        (text.get(word.span.clone()).unwrap(), word.place, word.how),
        ("CHF", MatchPlace::Title, MatchKind::Abbreviation)
    );
}

#[test]
fn a_heading_is_folded_into_its_billable_codes() {
    let mut scratch = Scratch::new();
    let query = Icd10CmSearch::bundled().query("E11.65", on());
    assert_eq!(query.run(&mut scratch).len(), 1);
    let hits = Icd10CmSearch::bundled().query("S93.401", on()).fold(true).run(&mut scratch);
    let codes: Vec<String> = hits.iter().map(|hit| hit.code().to_string()).collect();
    assert_eq!(codes, ["S93.401A", "S93.401D", "S93.401S"]);
}

#[test]
fn words_beyond_the_limit_are_counted() {
    let mut scratch = Scratch::new();
    let long = "pain ".repeat(MAX_WORDS + 5);
    assert_eq!(Icd10CmSearch::bundled().query(&long, on()).run(&mut scratch).ignored_words(), 5);
    assert_eq!(Icd10CmSearch::bundled().query("pain of the chest", on()).run(&mut scratch).ignored_words(), 0);
}

#[test]
fn a_chapter_keeps_out_what_stands_elsewhere() {
    let mut scratch = Scratch::new();
    let hits = Icd10CmSearch::bundled().query("pain", on()).chapter(13).limit(20).run(&mut scratch);
    assert!(!hits.is_empty());
    assert!(hits.iter().all(|hit| hit.code().character(1) == Some('M')));
    assert!(Icd10CmSearch::bundled().query("pain", on()).chapter(99).run(&mut scratch).is_empty());
}

#[test]
fn a_whole_phrase_of_another_source_comes_first() {
    let mut scratch = Scratch::new();
    let text = "glass jaw";
    let phrase = PhraseMatch { code: code("M26.9"), start: 0, end: text.len(), share: 1.0 };
    let hits = Icd10CmSearch::bundled().query(text, on()).fuse(std::slice::from_ref(&phrase)).run(&mut scratch);
    let first = hits.iter().next().unwrap();
    assert_eq!(first.code(), code("M26.9"));
    assert!(first.matched().any(|matched| matched.place == MatchPlace::Index));
}

#[test]
fn abbreviations_expand_to_known_words() {
    let search = Icd10CmSearch::bundled();
    let all: Vec<_> = search.abbreviations().collect();
    assert!(all.len() >= 300, "{}", all.len());
    let mut unknown = Vec::new();
    for (key, expansions) in all {
        for expansion in expansions {
            for word in expansion.trim_start_matches('+').split(' ').filter(|word| !search.knows(word)) {
                unknown.push(format!("{key}: {word}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn any_title() -> impl Strategy<Value = (Icd10CmCode, String)> {
    static CODES: std::sync::OnceLock<Vec<Icd10CmCode>> = std::sync::OnceLock::new();
    any::<prop::sample::Index>().prop_map(|index| {
        let codes = CODES.get_or_init(|| on().codes().filter(|code| code.len() < 7).collect());
        let code = codes[index.index(codes.len())];
        (code, on().title(code).map(|title| title.to_string()).unwrap_or_default())
    })
}

/// A few titles differ by one word (with, without) from those of many neighbours; all others find their code.
#[test]
fn of_full_titles_97_in_100_find_their_code_among_the_first_three() {
    let codes: Vec<Icd10CmCode> = on().codes().filter(|code| code.len() < 7).step_by(53).collect();
    let missed: Vec<String> = codes
        .iter()
        .filter(|code| {
            let title = on().title(**code).map(|title| title.to_string()).unwrap_or_default();
            !found(&title, 3).contains(&code.to_string())
        })
        .map(ToString::to_string)
        .collect();
    assert!(missed.len() * 100 <= codes.len() * 3, "{} of {}: {missed:?}", missed.len(), codes.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn answers_keep_their_promises_whatever_the_text(text in "\\PC{0,40}") {
        prop_assert_eq!(checks::check_hits(Icd10CmSearch::bundled(), Icd10Cm::bundled(), &text, &mut Scratch::new()), Ok(()));
    }

    #[test]
    fn answers_to_full_titles_keep_their_promises((_, title) in any_title()) {
        prop_assert_eq!(checks::check_hits(Icd10CmSearch::bundled(), Icd10Cm::bundled(), &title, &mut Scratch::new()), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn damaged_indexes_answer_without_panic(at in any::<prop::sample::Index>(), bit in 0u8..8, cut in any::<bool>()) {
        let mut bytes = superbill_icd10cm_search_data::TABLE.to_vec();
        let place = at.index(bytes.len());
        if cut {
            bytes.truncate(place);
        } else {
            bytes[place] ^= 1 << bit;
        }
        prop_assert_eq!(checks::check_search(&bytes, Icd10Cm::bundled()), Ok(()));
    }
}
