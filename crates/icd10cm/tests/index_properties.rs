//! Invariants of the four indexes, on made-up books.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_icd10cm::{AlphabeticIndex, DrugTable, IndexEntry, Intent, checks, import};

const INDEX: &str = include_str!("index_files/index.xml");
const EXTERNAL: &str = include_str!("index_files/eindex.xml");
const NEOPLASM: &str = include_str!("index_files/neoplasm.xml");
const DRUG: &str = include_str!("index_files/drug.xml");

type Import = fn(&[u8], &str, Option<superbill_core::Date>) -> Result<Vec<u8>, import::ImportError>;
const BOOKS: [(&str, Import); 4] = [
    (INDEX, import::alphabetic_index),
    (EXTERNAL, import::external_cause_index),
    (NEOPLASM, import::neoplasm_table),
    (DRUG, import::drug_table),
];

/// Words of which no one is another's plural.
const WORDS: [&str; 20] = [
    "ache", "ankle", "burn", "cyst", "drop", "elbow", "fever", "gland", "hand", "itch", "joint", "knee", "lung",
    "milk", "nail", "palsy", "rash", "sprain", "tumor", "ulcer",
];
/// Words that stand in no title.
const MODIFIERS: [&str; 6] = ["acute", "chronic", "hollow", "mild", "silent", "wild"];

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&WORDS[..])
}

/// A title as in the official form: words, other forms, connecting words, nonessential modifiers, what goes on behind them.
fn title() -> impl Strategy<Value = String> {
    let essential = prop_oneof![
        6 => word().prop_map(str::to_owned),
        2 => (word(), word()).prop_map(|(one, other)| format!("{one}, {other}")),
        2 => (word(), word()).prop_map(|(one, other)| format!("{one} of {other}")),
        1 => (word(), word()).prop_map(|(one, other)| format!("{one} or {other}")),
        1 => Just("with".to_owned()),
        1 => word().prop_map(|word| format!("due to {word} [{}]", word.replace('e', ""))),
    ];
    let modifiers = prop::collection::vec(prop::sample::select(&MODIFIERS[..]), 0..3);
    let tail = prop_oneof![4 => Just(""), 1 => Just(" NEC"), 1 => Just(", specified")];
    (essential, modifiers, any::<bool>(), tail).prop_map(|(essential, modifiers, plural, tail)| {
        let groups: Vec<String> = modifiers.iter().map(|word| format!("({word})")).collect();
        let plural = if plural { "(s) " } else { "" };
        let groups = format!("{plural}{}", groups.join(" "));
        let groups = groups.trim_end();
        if groups.is_empty() {
            format!("{essential}{tail}")
        } else {
            format!("{essential}<nemod>{groups}</nemod>{tail}")
        }
    })
}

#[derive(Debug, Clone)]
struct Term {
    title: String,
    code: Option<(u8, bool)>,
    see: Option<String>,
    below: Vec<Term>,
}

fn term() -> impl Strategy<Value = Term> {
    let see = prop::option::weighted(
        0.2,
        (word(), prop::option::of(word())).prop_map(|(one, next)| match next {
            Some(next) => format!("{one}, {next}"),
            None => format!("{one}, by site"),
        }),
    );
    let own = (title(), prop::option::weighted(0.7, (0u8..100, any::<bool>())), see);
    let leaf = own.prop_map(|(title, code, see)| Term { title, code, see, below: Vec::new() });
    leaf.prop_recursive(4, 40, 5, |inner| {
        let own = (title(), prop::option::weighted(0.7, (0u8..100, any::<bool>())));
        (own, prop::collection::vec(inner, 0..5)).prop_map(|((title, code), below)| Term {
            title,
            code,
            see: None,
            below,
        })
    })
}

fn write(term: &Term, level: usize, into: &mut String) {
    use std::fmt::Write as _;
    let (open, close) =
        if level == 0 { ("mainTerm".to_owned(), "mainTerm") } else { (format!("term level=\"{level}\""), "term") };
    write!(into, "<{open}><title>{}</title>", term.title).unwrap();
    if let Some((number, dash)) = term.code {
        write!(into, "<code>M{number:02}.{}</code>", if dash { "1-" } else { "9" }).unwrap();
    }
    if let Some(see) = &term.see {
        write!(into, "<see>{see}</see>").unwrap();
    }
    for below in &term.below {
        write(below, level + 1, into);
    }
    write!(into, "</{close}>").unwrap();
}

fn book() -> impl Strategy<Value = String> {
    prop::collection::vec(term(), 1..8).prop_map(|terms| {
        let mut xml = "<ICD10CM.index><version>2026</version><title>INDEX</title><letter><title>A</title>".to_owned();
        terms.iter().for_each(|term| write(term, 0, &mut xml));
        xml + "</letter></ICD10CM.index>"
    })
}

fn without_modifiers(entry: IndexEntry<'_>) -> String {
    let title = |entry: IndexEntry<'_>| {
        let modifiers = entry.nonessential_modifiers();
        let title = modifiers.iter().fold(entry.title(), |title, word| title.replacen(&format!("({word})"), "", 1));
        title.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
    };
    let mut titles: Vec<String> = core::iter::successors(Some(entry), |entry| entry.parent()).map(title).collect();
    titles.reverse();
    titles.join(", ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_printed_path_leads_back_to_its_entry(xml in book()) {
        prop_assert_eq!(checks::check_import_index(xml.as_bytes()), Ok(()));
    }

    #[test]
    fn the_same_file_gives_the_same_bytes(xml in book()) {
        prop_assert_eq!(import::alphabetic_index(xml.as_bytes(), "a", None), import::alphabetic_index(xml.as_bytes(), "a", None));
    }

    #[test]
    fn nonessential_modifiers_never_change_what_a_path_leads_to(xml in book()) {
        let table = import::alphabetic_index(xml.as_bytes(), "a", None).unwrap();
        let index = AlphabeticIndex::from_bytes(&table).unwrap();
        for entry in index.entries() {
            let path = without_modifiers(entry);
            let walked = index.walk(&path);
            prop_assert!(walked.is_complete(), "{}", path);
            // Two entries of a made-up book can differ in modifiers alone.
            let same = |other: &IndexEntry<'_>| *other == entry || without_modifiers(*other) == path;
            prop_assert!(walked.entries().iter().any(same), "{} {:?}", path, walked);
        }
    }

    #[test]
    fn words_that_no_title_has_are_left_over(xml in book(), words in prop::collection::vec(word(), 1..4), at in 0usize..4) {
        let table = import::alphabetic_index(xml.as_bytes(), "a", None).unwrap();
        let index = AlphabeticIndex::from_bytes(&table).unwrap();
        let mut with = words.clone();
        with.insert(at.min(words.len()), "xylophone");
        let (without, with) = (words.join(" "), with.join(" "));
        let (plain, found) = (index.find(&without, 50), index.find(&with, 50));
        prop_assert_eq!(plain.len(), found.len());
        prop_assert!(!index.knows("xylophone"));
        for found in &found {
            prop_assert!(found.left_over.contains(&"xylophone"));
        }
    }

    #[test]
    fn any_text_is_answered_and_each_word_accounted_for(text in "\\PC{0,60}") {
        let table = import::alphabetic_index(INDEX.as_bytes(), "a", None).unwrap();
        let index = AlphabeticIndex::from_bytes(&table).unwrap();
        for found in index.find(&text, 3) {
            prop_assert!(!found.used.is_empty() || !found.supplied.is_empty());
        }
        let walk = index.walk(&text);
        prop_assert!(text.ends_with(walk.rest()));
        prop_assert!(walk.rest().is_empty() || !walk.is_complete());
    }

    #[test]
    fn damaged_tables_answer_without_panic(book in 0usize..4, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let (text, import) = BOOKS[book];
        let mut bytes = import(text.as_bytes(), "file", None).unwrap();
        let place = at.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        prop_assert_eq!(checks::check_index(&bytes), Ok(()));
    }

    #[test]
    fn changed_files_are_refused_or_give_a_sound_table(book in 0usize..4, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (text, _) = BOOKS[book];
        let mut bytes = text.as_bytes().to_vec();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        prop_assert_eq!(checks::check_import_index(&bytes), Ok(()));
    }
}

#[test]
fn a_file_that_is_cut_short_anywhere_is_refused_or_gives_the_same_table() {
    for (text, import) in BOOKS {
        let whole = import(text.as_bytes(), "file", None).unwrap();
        for end in 0..text.len() {
            let cut = import(&text.as_bytes()[..end], "file", None);
            // The last line end can be missing.
            assert!(cut.is_err() || (end + 1 >= text.len() && cut.as_ref() == Ok(&whole)), "{end} of {}", text.len());
        }
    }
}

#[test]
fn every_damaged_byte_is_noticed_and_none_panics() {
    let table = import::drug_table(DRUG.as_bytes(), "file", None).unwrap();
    let before: Vec<_> = DrugTable::from_bytes(&table).unwrap().phrases().collect();
    assert_eq!(before.len(), 4 + 2 * Intent::ALL.len());
    let mut noticed = 0;
    for at in 0..table.len() {
        let mut bytes = table.clone();
        bytes[at] ^= 0x55;
        checks::check_index(&bytes).unwrap();
        let same = DrugTable::from_bytes(&bytes).is_ok_and(|table| table.verify().is_ok());
        noticed += usize::from(!same);
        // Padding between sections carries nothing.
        assert!(!same || table[at] == 0, "byte {at}");
    }
    assert!(noticed > table.len() / 3);
}
