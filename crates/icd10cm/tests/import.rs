//! Releases imported into a small table, and what then comes out.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use superbill_core::Date;
use superbill_icd10cm::import::search::SearchModel;
use superbill_icd10cm::import::{self, CodeHistory, History, ImportError, Imported};
use superbill_icd10cm::search::Scratch;
use superbill_icd10cm::{ChangeKind, Icd10Cm, Icd10CmCode, Icd10CmSearch, Status};
use superbill_table::SymbolTable;

fn code(text: &str) -> Icd10CmCode {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A table of a few codes, told from October 2024 to March 2026.
fn base() -> Vec<u8> {
    let days = (20_241_001, 20_260_331);
    let mut history = History::default();
    history.horizon = days;
    history.about.push(("release".to_owned(), "2025-10-01".to_owned()));
    for (text, title) in [
        ("A00.0", "Cholera of one kind"),
        ("A00.1", "Cholera of another kind"),
        ("B01.9", "Pox"),
        ("C02.1", "Growth"),
        ("C02.2", "Other growth"),
        ("Z99.8", "Dependence"),
    ] {
        let mut code_history = CodeHistory::titled(20_241_001, title);
        code_history.billable.push(days);
        history.codes.insert(code(text), code_history);
    }
    history.releases.insert(20_241_001, import::Release { short: false, words: "made up".to_owned() });
    history.imply_headers();
    for (code, code_history) in &mut history.codes {
        code_history.titles.entry(20_241_001).or_insert_with(|| format!("Heading {code}"));
    }
    history.write(&SymbolTable::default()).unwrap().bytes
}

/// The official order file of some codes: headers are made as they are needed.
fn order_file(codes: &BTreeMap<&str, &str>) -> String {
    let mut all: BTreeMap<String, (bool, String)> = BTreeMap::new();
    for (text, title) in codes {
        let own = code(text);
        all.insert(own.undotted(), (true, (*title).to_owned()));
        for header in (3..own.len()).filter_map(|count| own.prefix(count)) {
            all.insert(header.undotted(), (false, format!("Heading {header}")));
        }
    }
    let line = |(number, (code, (billable, title))): (usize, (&String, &(bool, String)))| {
        format!("{:05} {code:<7} {} {title:<60} {title}\r\n", number + 1, u8::from(*billable))
    };
    all.iter().enumerate().map(line).collect()
}

fn codes() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("A00.0", "Cholera of one kind"),
        ("A00.1", "Cholera of another kind"),
        ("B01.9", "Pox"),
        ("C02.1", "Growth"),
        ("C02.2", "Other growth"),
        ("Z99.8", "Dependence"),
    ])
}

fn import(base: &[u8], name: &str, text: &str) -> Result<Imported, ImportError> {
    import::icd10cm(&Icd10Cm::from_bytes(base).unwrap(), &[(name, text.as_bytes())], None, None)
}

#[test]
fn a_release_on_release_day() {
    let mut next = codes();
    next.remove("A00.1");
    next.remove("B01.9");
    next.insert("B01.91", "Pox of the left side");
    next.insert("C02.1", "Growth, retitled");
    let imported = import(&base(), "icd10cm-order-2027.txt", &order_file(&next)).unwrap_err();
    // A third of so small a list is too much of a change to be believed.
    assert!(matches!(imported, ImportError::File(_)), "{imported}");

    let mut next = codes();
    next.insert("C02.1", "Growth, retitled");
    let imported = import(&base(), "icd10cm-order-April-2026.txt", &order_file(&next)).unwrap();
    assert_eq!(imported.release, date("2026-04-01"));
    assert_eq!((imported.billable, imported.changed, imported.retitled), (6, 0, 1));
    let table = Icd10Cm::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    assert_eq!(table.horizon().unwrap().last(), Some(date("2026-09-30")));
    let title = |day: &str| table.on(date(day)).title(code("C02.1")).unwrap().to_string();
    // The older title is taken until the fiscal year of its release ends.
    assert_eq!((title("2025-09-30").as_str(), title("2025-10-01").as_str()), ("Growth", "Growth, retitled"));
    assert_eq!(table.on(date("2026-09-30")).status(code("A00.0")), Status::Billable);
    assert_eq!(table.on(date("2026-10-01")).status(code("A00.0")), Status::CannotTell);
    let changes: Vec<_> = table.diff(date("2025-09-30"), date("2026-04-01")).unwrap().collect();
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].code, changes[0].kind), (code("C02.1"), ChangeKind::Retitled));
}

#[test]
fn days_between_releases_of_which_nobody_told_are_a_gap() {
    let mut next = codes();
    // A new fiscal year that changes no code is not believed.
    let same = import(&base(), "icd10cm-order-2027.txt", &order_file(&next));
    assert!(matches!(same, Err(ImportError::Release { .. })));
    next.remove("C02.2");
    let imported = import(&base(), "icd10cm-order-2027.txt", &order_file(&next)).unwrap();
    let table = Icd10Cm::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    // The release of April 2026 is missing: what is the same on both sides of it was the same then.
    let gone: Vec<Status> =
        ["2026-03-31", "2026-07-01", "2026-10-01"].map(|day| table.on(date(day)).status(code("C02.2"))).into();
    assert_eq!(gone, [Status::Billable, Status::CannotTell, Status::Retired]);
    for day in ["2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01"] {
        assert_eq!(table.on(date(day)).status(code("A00.0")), Status::Billable, "{day}");
    }
    assert!(table.check_date(date("2026-07-01")).is_err());
    assert!(table.check_date(date("2026-10-01")).is_ok());
    assert_eq!(table.on(date("2026-07-01")).status(code("Q00.1")), Status::CannotTell);
    assert_eq!(table.on(date("2026-12-01")).status(code("Q00.1")), Status::Unknown);
}

#[test]
fn the_same_release_again_changes_nothing() {
    let once = import(&base(), "icd10cm-order-2026.txt", &order_file(&codes())).unwrap();
    let twice = import(&once.bytes, "icd10cm-order-2026.txt", &order_file(&codes())).unwrap();
    assert_eq!((once.changed, twice.changed, twice.retitled), (0, 0, 0));
    let (once, twice) = (Icd10Cm::from_bytes(&once.bytes).unwrap(), Icd10Cm::from_bytes(&twice.bytes).unwrap());
    let codes = |table: &Icd10Cm<'_>| table.on(date("2025-10-01")).codes().collect::<Vec<_>>();
    assert_eq!(codes(&once), codes(&twice));
}

#[test]
fn what_is_no_official_file_is_refused() {
    for (name, text) in [
        ("icd10cm-order-2026.txt", ""),
        ("icd10cm-order-2026.txt", "code,title\nA00,Cholera\n"),
        ("icd10cm-tabular-2026.xml", "<ICD10CM.tabular><version>2026</version>"),
        ("icd10cm-tabular-2026.xml", "<ICD10CM.index></ICD10CM.index>"),
        ("icd10cm-order-2026.txt", "PK\u{3}\u{4}"),
    ] {
        assert!(import(&base(), name, text).is_err(), "{name} {text}");
    }
}

/// A tabular list in the official form.
fn tabular(title: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2026</version>
<chapter><name>1</name><desc>All of it (A00-Z99)</desc><section id="A00-Z99"><desc>Block (A00-Z99)</desc>
<diag><name>A00</name><desc>Heading A00</desc><excludes1><note>pox (B01.-)</note></excludes1>
  <diag><name>A00.0</name><desc>Cholera of one kind</desc></diag><diag><name>A00.1</name><desc>Cholera of another kind</desc></diag></diag>
<diag><name>B01</name><desc>Heading B01</desc><diag><name>B01.9</name><desc>Pox</desc></diag></diag>
<diag><name>C02</name><desc>Heading C02</desc><diag><name>C02.1</name><desc>{title}</desc></diag><diag><name>C02.2</name><desc>Other growth</desc></diag></diag>
<diag><name>Z99</name><desc>Heading Z99</desc><diag><name>Z99.8</name><desc>Dependence</desc></diag></diag>
</section></chapter></ICD10CM.tabular>"#
    )
}

#[test]
fn order_file_and_tabular_list_must_be_of_one_release() {
    let base = base();
    let base = Icd10Cm::from_bytes(&base).unwrap();
    let (order, tabular) = (order_file(&codes()), tabular("Grówth"));
    let files = [("icd10cm-order-2026.txt", order.as_bytes()), ("icd10cm-tabular-2026.xml", tabular.as_bytes())];
    let imported = import::icd10cm(&base, &files, None, None).unwrap();
    let table = Icd10Cm::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    // The tabular list has the letters that the order file folds.
    assert_eq!(table.on(date("2025-10-01")).title(code("C02.1")).unwrap().as_str(), "Grówth");
    assert!(table.on(date("2025-10-01")).excludes1(code("A00.0"), code("B01.9")).is_some());
    let mut fewer = codes();
    fewer.remove("C02.2");
    let order = order_file(&fewer);
    let files = [("icd10cm-order-2026.txt", order.as_bytes()), ("icd10cm-tabular-2026.xml", tabular.as_bytes())];
    assert_eq!(import::icd10cm(&base, &files, None, None).unwrap_err(), ImportError::Differ("C02.2".to_owned()));
    let files = [("icd10cm-order-2025.txt", order.as_bytes()), ("icd10cm-tabular-2026.xml", tabular.as_bytes())];
    assert!(matches!(import::icd10cm(&base, &files, None, None), Err(ImportError::Release { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A file that is cut short or changed in a byte gives an error or a table that verifies.
    #[test]
    fn damaged_files_give_an_error_or_a_sound_table(cut in 0usize..2_000, at in 0usize..2_000, byte in any::<u8>(), xml in any::<bool>()) {
        let base = base();
        let base = Icd10Cm::from_bytes(&base).unwrap();
        let (name, text) = if xml {
            ("icd10cm-tabular-2026.xml", tabular("Growth"))
        } else {
            ("icd10cm-order-2026.txt", order_file(&codes()))
        };
        let mut bytes = text.into_bytes();
        bytes.truncate(bytes.len().saturating_sub(cut % 400));
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        if let Ok(imported) = import::icd10cm(&base, &[(name, &bytes)], None, None) {
            prop_assert!(Icd10Cm::from_bytes(&imported.bytes).unwrap().verify().is_ok());
        }
    }
}

/// The codes of a date and whether each is billable.
#[cfg(feature = "bundled")]
fn valid(day: Date) -> BTreeMap<Icd10CmCode, bool> {
    let on = Icd10Cm::bundled().on(day);
    on.codes().map(|code| (code, on.is_billable(code))).collect()
}

#[cfg(feature = "bundled")]
#[test]
fn a_diff_applied_to_the_first_date_gives_the_second() {
    let days = ["2015-10-01", "2018-10-01", "2021-01-01", "2022-10-01", "2026-10-01"].map(date);
    let all: Vec<BTreeMap<Icd10CmCode, bool>> = days.iter().map(|day| valid(*day)).collect();
    for (one, other) in [(0, 4), (4, 0), (1, 2), (2, 3), (3, 1)] {
        let mut codes = all[one].clone();
        let mut seen = BTreeSet::new();
        for change in Icd10Cm::bundled().diff(days[one], days[other]).unwrap() {
            match change.kind {
                ChangeKind::Added { billable } => assert_eq!(codes.insert(change.code, billable), None),
                ChangeKind::Removed { billable } => assert_eq!(codes.remove(&change.code), Some(billable)),
                ChangeKind::BillableToHeader => assert_eq!(codes.insert(change.code, false), Some(true)),
                ChangeKind::HeaderToBillable => assert_eq!(codes.insert(change.code, true), Some(false)),
                ChangeKind::Retitled => assert_ne!(change.from.unwrap().as_str(), change.to.unwrap().as_str()),
                other => panic!("{other}"),
            }
            assert!(seen.insert((change.code, change.kind)), "each change once");
        }
        assert!(codes == all[other], "{} to {}", days[one], days[other]);
    }
}

#[test]
fn what_is_imported_is_found_by_its_words() {
    let mut next = codes();
    next.insert("C02.1", "Growth of the spleen");
    let text = order_file(&next);
    let model = SearchModel::of(Icd10CmSearch::bundled()).unwrap();
    let base = base();
    let base = Icd10Cm::from_bytes(&base).unwrap();
    let files = [("icd10cm-order-April-2026.txt", text.as_bytes())];
    let imported = import::icd10cm(&base, &files, None, Some(&model)).unwrap();
    let table = Icd10Cm::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    let index = Icd10CmSearch::from_bytes(&imported.bytes).unwrap();
    index.verify().unwrap();
    assert_eq!(index.len(), table.len());
    let mut scratch = Scratch::new();
    let found = |query: &str, day: &str, scratch: &mut Scratch| {
        let hits = index.query(query, table.on(date(day))).limit(1).run(scratch);
        hits.iter().map(|hit| hit.code()).collect::<Vec<_>>()
    };
    assert_eq!(found("spleen growth", "2026-04-01", &mut scratch), [code("C02.1")]);
    assert_eq!(found("cholera another kind", "2026-04-01", &mut scratch), [code("A00.1")]);
    // Without a model there is no index.
    let imported = import::icd10cm(&base, &files, None, None).unwrap();
    assert!(Icd10CmSearch::from_bytes(&imported.bytes).is_err());
}
