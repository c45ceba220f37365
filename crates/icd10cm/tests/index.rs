//! The four indexes, case by case, on small made-up books in the official form.
#![cfg(all(feature = "import", feature = "bundled"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use superbill_icd10cm::import::{self, ImportError};
use superbill_icd10cm::{
    AlphabeticIndex, Behavior, CrossReferenceTarget, DrugTable, ExternalCauseIndex, Icd10Cm, IndexEntry, IndexLink,
    Intent, NeoplasmTable, NextStep, ReferenceKind, SiteMark, TrailEnd,
};

const INDEX: &str = include_str!("index_files/index.xml");
const EXTERNAL: &str = include_str!("index_files/eindex.xml");
const NEOPLASM: &str = include_str!("index_files/neoplasm.xml");
const DRUG: &str = include_str!("index_files/drug.xml");

fn index_table() -> Vec<u8> {
    import::alphabetic_index(INDEX.as_bytes(), "index.xml", None).unwrap()
}

fn neoplasm_table() -> Vec<u8> {
    import::neoplasm_table(NEOPLASM.as_bytes(), "neoplasm.xml", None).unwrap()
}

fn drug_table() -> Vec<u8> {
    import::drug_table(DRUG.as_bytes(), "drug.xml", None).unwrap()
}

fn titles<'t>(entries: impl Iterator<Item = IndexEntry<'t>>) -> Vec<String> {
    entries.map(IndexEntry::title).collect()
}

fn code(entry: Option<IndexEntry<'_>>) -> Option<String> {
    Some(entry?.code()?.to_string())
}

fn reference_target(entry: IndexEntry<'_>) -> (ReferenceKind, String, String) {
    let reference = entry.references().next().unwrap();
    let target = match reference.target() {
        CrossReferenceTarget::Entry(entry) => entry.path(),
        CrossReferenceTarget::Codes { first, last } => format!("{first} to {last}"),
        other => format!("{other:?}"),
    };
    (reference.kind(), target, reference.rest().to_owned())
}

#[test]
fn a_table_says_where_it_comes_from() {
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    index.verify().unwrap();
    let about: Vec<_> = index.about().lines().collect();
    assert_eq!(about, [("release", "2025-10-01"), ("source", "index.xml"), ("rows", "31"), ("version", "2026")]);
    assert_eq!((index.len(), index.entries().count()), (31, 31));
    assert_eq!(index.release(), Some("2025-10-01".parse().unwrap()));
    let entry = index.walk("Pain, chest").entry().unwrap();
    assert_eq!(
        index.citation(entry),
        "ICD-10-CM Index to Diseases and Injuries, release 2025-10-01: Pain (acute), chest (central)"
    );
    assert!(NeoplasmTable::from_bytes(&bytes).is_err(), "another kind of table");
}

#[test]
fn main_terms_are_listed_by_letter_by_prefix_and_by_name() {
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    assert_eq!(index.letters().collect::<String>(), "ABDFGLNPRV");
    assert_eq!(
        titles(index.main_terms_under('d')),
        ["Diabetes, diabetic (mellitus) (sugar)", "Drowsy (feeling) state"]
    );
    assert_eq!(titles(index.main_terms_under('Z')), [""; 0]);
    assert_eq!(titles(index.main_terms_with_prefix("an")), ["Ankle"]);
    assert_eq!(titles(index.main_terms_with_prefix("BARS")), ["Bársony's gullet"]);
    assert_eq!(index.main_terms_with_prefix("").count(), index.main_terms().count());
    for name in ["diabetes", "DIABETIC", "Diabetes, diabetic", "diabetes mellitus, diabetic"] {
        assert!(index.main_term(name).count() <= 1);
    }
    assert_eq!(titles(index.main_term("diabetics")), ["Diabetes, diabetic (mellitus) (sugar)"]);
    assert_eq!(titles(index.main_term("Barsony gullet")), ["Bársony's gullet"]);
    assert_eq!(titles(index.main_term("Ache")), ["Ache(s)"]);
    assert_eq!(titles(index.main_term("foot ulcer")), [""; 0], "a subterm is no main term");
    assert_eq!(titles(index.main_term("")), [""; 0]);
}

#[test]
fn a_path_is_walked_as_the_book_cites_it() {
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    for (path, code_there, rest) in [
        ("Fracture, ankle, bimalleolar", Some("S82.84-"), ""),
        ("fractures, ankle", Some("S82.89-"), ""),
        ("Fracture, traumatic (closed) (abrupt), ankle, bimalleolar (displaced)", Some("S82.84-"), ""),
        ("Fracture ankle trimalleolar", Some("S82.85-"), ""),
        ("Fracture, ankle, medial", Some("S82.89-"), "medial"),
        ("Fracture, toe", Some("S92.50-"), ""),
        ("Diabetes, with, foot ulcer", Some("E11.621"), ""),
        // The linking level can be left out.
        ("Diabetes, foot ulcer", Some("E11.621"), ""),
        ("Diabetes, type 1, with foot ulcer", Some("E10.621"), ""),
        ("Drowsy state", Some("R40.0"), ""),
        ("Drowsy feeling state", Some("R40.0"), ""),
        ("nowhere, ankle", None, "nowhere, ankle"),
        ("", None, ""),
    ] {
        let walk = index.walk(path);
        assert_eq!((code(walk.entry()).as_deref(), walk.rest()), (code_there, rest), "{path}");
        assert_eq!(walk.is_complete(), rest.is_empty() && code_there.is_some(), "{path}");
    }
}

#[test]
fn references_lead_to_entries_codes_books_or_say_that_they_do_not() {
    use ReferenceKind::{See, SeeAlso};
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    for (term, kind, target, rest) in [
        ("Ankle", SeeAlso, "Condition", ""),
        ("Ache", See, "Pain (acute)", ""),
        ("Breaking", See, "Fracture, traumatic (abrupt) (closed)", "by site"),
        ("Growth", See, "NeoplasmTable", "malignant, by site"),
        ("Neuralgia in diabetes", See, "E08 to E13", "with .42"),
        ("Poisoning", SeeAlso, "DrugTable", "by drug, poisoning"),
        ("Rubbed raw", See, "Unresolved", "Nothing of the kind"),
        ("Loop", See, "Round", ""),
    ] {
        let entry = index.walk(term).entry().unwrap();
        assert_eq!(reference_target(entry), (kind, target.to_owned(), rest.to_owned()), "{term}");
    }
    let trail = |term: &str| index.walk(term).entry().unwrap().follow();
    assert!(matches!(trail("Giddy").end, TrailEnd::Code(code) if code.to_string() == "R42"));
    assert_eq!(trail("Giddy").entries.len(), 2);
    assert!(matches!(trail("Loop").end, TrailEnd::Circle));
    assert!(matches!(trail("Growth").end, TrailEnd::Elsewhere(_)));
    assert!(matches!(trail("Diabetes, with").end, TrailEnd::Subterms));
}

#[test]
fn the_book_says_what_to_do_next() {
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    let steps = |path: &str| index.walk(path).entry().unwrap().next_steps();
    assert!(matches!(steps("Amyloid heart")[..], [NextStep::CodeWithManifestation(first, second)]
        if (first.to_string(), second.to_string()) == ("E85.4".to_owned(), "I43".to_owned())));
    assert!(matches!(steps("Diabetes")[..], [NextStep::Subterms(3), NextStep::Code(_)]));
    assert!(matches!(&steps("Ache")[..], [NextStep::See(_)]));
    assert!(matches!(&steps("Ankle")[..], [NextStep::SeeAlso(_)]));
    let diabetes = index.walk("Diabetes").entry().unwrap();
    let linked: Vec<_> = diabetes.linked().map(|(link, entry)| (link, entry.title())).collect();
    assert_eq!(
        linked,
        [
            (IndexLink::With, "cloudy lens".to_owned()),
            (IndexLink::With, "foot ulcer".to_owned()),
            (IndexLink::DueTo, "due to drug or chemical".to_owned()),
        ]
    );
    assert_eq!(diabetes.nonessential_modifiers(), ["mellitus", "sugar"]);
}

#[test]
fn a_dash_is_completed_by_the_tabular_list_of_the_day() {
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    let on = Icd10Cm::bundled().on("2026-01-15".parse().unwrap());
    let found = index.walk("Fracture, ankle, bimalleolar").entry().unwrap().code().unwrap();
    assert!(found.has_dash());
    let completions: Vec<String> = found.completions(on).map(|code| code.to_string()).collect();
    assert!(completions.contains(&"S82.842A".to_owned()) && completions.len() > 50, "{}", completions.len());
    let whole = index.walk("Vertigo").entry().unwrap().code().unwrap();
    assert!(!whole.has_dash());
    assert_eq!(whole.completions(on).map(|code| code.to_string()).collect::<Vec<_>>(), ["R42"]);
    let early = Icd10Cm::bundled().on("2015-09-30".parse().unwrap());
    assert_eq!(found.completions(early).count(), 0);
}

#[test]
fn free_words_find_the_entry_and_say_what_they_were_used_for() {
    let bytes = index_table();
    let index = AlphabeticIndex::from_bytes(&bytes).unwrap();
    let text = "Closed bimalleolar fracture of the left ankle";
    let found = index.find(text, 3);
    let first = &found[0];
    assert_eq!(first.entry.code().unwrap().to_string(), "S82.84-");
    assert_eq!(first.used, ["bimalleolar", "fracture", "ankle"]);
    assert_eq!(first.supplied, ["Closed"]);
    assert_eq!(first.left_over, ["of", "the", "left"]);
    assert_eq!(first.missing, [""; 0]);
    assert!(found.is_sorted_by(|one, other| one.distance() <= other.distance()));
    for (text, code) in [
        ("diabetic foot ulcer", "E11.621"),
        ("diabetes with cloudy lenses", "E11.36"),
        ("foot ulcer in type 1 diabetes", "E10.621"),
        ("chest pain", "R07.9"),
        ("chest pain without breathlessness", "R07.89"),
        ("chest pain with breathlessness", "R07.9"),
        ("acute low back pain", "M54.50"),
        ("BARSONY", "K22.4"),
    ] {
        assert_eq!(code, index.find(text, 1)[0].entry.code().unwrap().to_string(), "{text}");
    }
    assert!(index.find("xylophone", 5).is_empty());
    assert!(index.find("", 5).is_empty());
    let hits = index.matches("bimalleolar fracture ankle", 2);
    assert_eq!((hits[0].code.to_string().as_str(), hits[0].coverage), ("S82.84-", 1.0));
    let phrases: Vec<String> = index.phrases().map(|(phrase, code)| format!("{phrase}: {code}")).collect();
    assert!(phrases.contains(&"Fracture, traumatic ankle bimalleolar: S82.84-".to_owned()), "{phrases:?}");
    assert_eq!(phrases.len(), 19);
}

#[test]
fn external_causes_are_walked_in_the_same_way() {
    let bytes = import::external_cause_index(EXTERNAL.as_bytes(), "eindex.xml", None).unwrap();
    let index = ExternalCauseIndex::from_bytes(&bytes).unwrap();
    index.verify().unwrap();
    assert_eq!(index.find("fell: fall from a ladder", 1)[0].entry.code().unwrap().to_string(), "W11");
    assert_eq!(index.find("bitten by a stray dog", 1)[0].supplied, ["stray"]);
    assert_eq!(code(index.walk("Fall, ladder").entry()).as_deref(), Some("W11"));
    let storm = index.walk("Fall, through thunderstorm").entry().unwrap();
    assert_eq!(reference_target(storm), (ReferenceKind::SeeSubcategory, "T75.0 to T75.0".to_owned(), String::new()));
    let tumble = index.walk("Tumble").entry().unwrap();
    assert!(matches!(tumble.follow().end, TrailEnd::Code(code) if code.to_string() == "W19"));
}

#[test]
fn a_site_and_a_behavior_give_a_code() {
    let bytes = neoplasm_table();
    let neoplasm = NeoplasmTable::from_bytes(&bytes).unwrap();
    neoplasm.verify().unwrap();
    let code = |site: &str, behavior| neoplasm.find(site)?.followed().code(behavior).map(|code| code.to_string());
    for (site, behavior, expected) in [
        ("swallowing tube, lower third", Behavior::MalignantPrimary, Some("C15.5")),
        ("lower third of the swallowing tube", Behavior::Benign, Some("D13.0")),
        ("gullet", Behavior::InSitu, Some("D00.1")),
        ("bones", Behavior::MalignantSecondary, Some("C79.51")),
        ("bone", Behavior::InSitu, None),
        ("face", Behavior::MalignantSecondary, Some("C79.8-")),
        ("face", Behavior::Unspecified, Some("D49.89")),
        ("neoplasm", Behavior::Uncertain, Some("D48.9")),
    ] {
        assert_eq!(code(site, behavior).as_deref(), expected, "{site}, {behavior}");
    }
    assert_eq!(neoplasm.find("face").unwrap().marks(), [SiteMark::Skin]);
    assert_eq!(neoplasm.find("bone").unwrap().marks(), [SiteMark::Bone]);
    assert_eq!(neoplasm.find("gullet").unwrap().marks(), []);
    assert_eq!(neoplasm.find("bone").unwrap().codes().count(), 5);
    assert_eq!(
        neoplasm.walk("swallowing tube, lower third").entry(),
        neoplasm.walk("Neoplasm, swallowing tube, lower third").entry()
    );
    assert!(neoplasm.walk("swallowing tube, lower third").is_complete());
    assert_eq!(neoplasm.walk("swallowing tube, middle").rest(), "middle");
    assert!(neoplasm.find("xylophone").is_none());

    let index = index_table();
    let index = AlphabeticIndex::from_bytes(&index).unwrap();
    let growth = index.walk("Growth").entry().unwrap().references().next().unwrap();
    let (site, behavior) = neoplasm.follow(&growth).unwrap();
    assert_eq!((site.entry().title().as_str(), behavior), ("Neoplasm, neoplastic", Some(Behavior::MalignantPrimary)));
}

#[test]
fn a_substance_and_an_intent_give_a_code() {
    let bytes = drug_table();
    let drugs = DrugTable::from_bytes(&bytes).unwrap();
    drugs.verify().unwrap();
    let code = |drug: &str, intent| drugs.find(drug)?.followed().code(intent).map(|code| code.to_string());
    for (drug, intent, expected) in [
        ("willow bark", Intent::AdverseEffect, Some("T39.095")),
        ("WILLOW-BARK TEA", Intent::PoisoningAccidental, Some("T39.091")),
        ("Willow bark (extract)", Intent::Underdosing, Some("T39.096")),
        ("willow bark rub", Intent::PoisoningUndetermined, Some("T49.4X4")),
        ("painaway", Intent::PoisoningSelfHarm, Some("T39.092")),
        ("2,4-Q", Intent::PoisoningAssault, Some("T60.3X3")),
        ("2,4-Q", Intent::AdverseEffect, None),
        ("moon dust", Intent::AdverseEffect, None),
    ] {
        assert_eq!(code(drug, intent).as_deref(), expected, "{drug}, {intent}");
    }
    let on = Icd10Cm::bundled().on("2026-01-15".parse().unwrap());
    let found = drugs.find("willow bark").unwrap().code(Intent::AdverseEffect).unwrap();
    let completions: Vec<String> = found.completions(on).map(|code| code.to_string()).collect();
    assert_eq!(completions, ["T39.095A", "T39.095D", "T39.095S"]);
    assert_eq!(Intent::in_words("by drug, adverse effect"), Some(Intent::AdverseEffect));
    assert_eq!(Intent::in_words("by drug"), None);
}

#[test]
fn another_file_than_asked_for_is_refused() {
    type Import = fn(&[u8], &str, Option<superbill_core::Date>) -> Result<Vec<u8>, ImportError>;
    let books: [(&str, Import); 4] = [
        (INDEX, import::alphabetic_index),
        (EXTERNAL, import::external_cause_index),
        (NEOPLASM, import::neoplasm_table),
        (DRUG, import::drug_table),
    ];
    for (at, (text, _)) in books.iter().enumerate() {
        for (other, (_, import)) in books.iter().enumerate() {
            let imported = import(text.as_bytes(), "file", None);
            assert_eq!(imported.is_ok(), at == other, "{at} as {other}");
            if let Err(error) = imported {
                assert!(error.to_string().contains("this is another file"), "{error}");
            }
        }
    }
}

#[test]
fn what_is_wrong_in_a_file_is_named_with_its_place() {
    let index = |from: &str, to: &str| {
        assert!(INDEX.contains(from), "{from}");
        let text = INDEX.replacen(from, to, 1);
        import::alphabetic_index(text.as_bytes(), "index.xml", None).unwrap_err().to_string()
    };
    for (from, to, expected) in [
        ("<code>E85.4</code>", "<code>E8</code>", "line 13, column 7: expected an ICD-10-CM code"),
        ("<code>E85.4</code>", "<code/>", "line 13, column 7: expected an ICD-10-CM code"),
        ("<code>E85.4</code>", "<cell col=\"2\">E85.4</cell>", "line 13, column 7: expected <title>, <see>"),
        ("<term level=\"2\">", "<term level=\"1\">", "line 39, column 9: expected the attribute level"),
        ("<title>Amyloid heart</title>", "", "line 11, column 5: expected a <title>"),
        ("<title>Amyloid heart</title>", "<title> </title>", "line 12, column 7: expected a title of 1 to 512 bytes"),
        ("<title>Amyloid heart</title>", "<title><b>A</b></title>", "line 12, column 14: expected text or <nemod>"),
        ("<see>Pain</see>", "<see></see>", "line 18, column 7: expected words of 1 to 512 bytes"),
        ("</letter>\n", "</letter>\n<page/>\n", "line 21, column 1: expected <letter>"),
        ("</mainTerm>", "", "expected well-formed XML"),
        ("ICD10CM.index", "ICD10CM.tabular", "expected well-formed XML"),
    ] {
        let error = index(from, to);
        assert!(error.contains(expected), "{to}: {error}");
    }
    let whole = |text: &str| import::alphabetic_index(text.as_bytes(), "index.xml", None).unwrap_err().to_string();
    assert_eq!(whole(""), "the file is empty");
    assert!(
        whole(&INDEX.replace("ICD10CM.index", "ICD10CM.tabular"))
            .contains("line 2, column 1: expected the root element")
    );
    assert!(whole("A00.0,Cholera\n").starts_with("line 1, column 1: expected well-formed XML"));
    let no_version = INDEX.replace("<version>2026</version>", "");
    assert_eq!(import::alphabetic_index(no_version.as_bytes(), "", None), Err(ImportError::NoRelease));
    let day = Some("2026-04-01".parse().unwrap());
    let table = import::alphabetic_index(no_version.as_bytes(), "", day).unwrap();
    assert_eq!(AlphabeticIndex::from_bytes(&table).unwrap().release(), day);
    let cell = |from: &str, to: &str| {
        let text = NEOPLASM.replacen(from, to, 1);
        import::neoplasm_table(text.as_bytes(), "neoplasm.xml", None).map(|table| table.len()).unwrap_err().to_string()
    };
    assert!(cell("<cell col=\"3\"", "<cell col=\"2\"").contains("a column that the entry does not have yet"));
    assert!(cell("<cell col=\"3\"", "<cell col=\"8\"").contains("the attribute col with a number from 2 to 7"));
    assert!(cell("C80.1", "eighty").contains("an ICD-10-CM code, or a dash"));
}

#[test]
fn deep_nesting_is_refused_and_overflows_nothing() {
    let terms: String = (1..100_000).map(|level| format!("<term level=\"{level}\"><title>a</title>")).collect();
    let head =
        "<ICD10CM.index><version>2026</version><title>INDEX</title><letter><title>A</title><mainTerm><title>a</title>";
    let tail = "</term>".repeat(99_999);
    let text = format!("{head}{terms}{tail}</mainTerm></letter></ICD10CM.index>");
    let error = import::alphabetic_index(text.as_bytes(), "", None).unwrap_err().to_string();
    assert!(error.contains("at most 31 levels"), "{error}");
}
