//! Invariants of tables and importers, over made-up files of the official forms.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_hcpcs::checks::{check_import, check_table};
use superbill_hcpcs::import::{Imported, PartialSet, hcpcs};
use superbill_hcpcs::{Hcpcs, HcpcsCode, HcpcsTables, Status};

const NAME: &str = "HCPC2026_JAN_ANWEB.txt";
const HEADING: &str = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,ACT EFF DT,TERM DT,ACTION CD";

/// A made-up record.
#[derive(Debug, Clone)]
struct Made {
    added: Date,
    ended: Option<Date>,
    title: String,
    coverage: String,
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..3_000i32).prop_map(|days| Date::new(2019, 1, 1).unwrap().add_days(days).unwrap())
}

fn made() -> impl Strategy<Value = Made> {
    (any_day(), proptest::option::of(0..2_000i32), "[A-Za-z,]{1,12}( [A-Za-z,(]{1,12}){0,25}", "[CDIMSQ]").prop_map(
        |(added, length, title, coverage)| Made {
            added,
            ended: length.map(|days| added.add_days(days).unwrap()),
            title,
            coverage,
        },
    )
}

/// Codes of all letters but the dental ones, A and V among them.
fn file() -> impl Strategy<Value = BTreeMap<String, Made>> {
    let codes = proptest::collection::btree_map("[A-CE-V][0-9]{4}", made(), 0..24);
    (codes, made(), made()).prop_map(|(mut codes, first, last)| {
        let january = Date::new(2026, 1, 1).unwrap();
        codes.insert("A0000".to_owned(), Made { added: january, ended: None, ..first });
        codes.insert("V9999".to_owned(), last);
        codes
    })
}

/// The day of the last action: within the quarter, so that the file is one of January 2026.
const ACTION: &str = "20260101";

fn digits(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.ccyymmdd().to_string())
}

/// The text of 320 columns; titles are broken between words, as the official file does.
fn fixed(records: &BTreeMap<String, Made>) -> String {
    let mut out = String::new();
    for (code, record) in records {
        let mut pieces = vec![String::new()];
        for word in record.title.split(' ') {
            let last = pieces.last_mut().unwrap();
            if last.len() + word.len() + 1 < 80 {
                last.push_str(if last.is_empty() { "" } else { " " });
                last.push_str(word);
            } else {
                pieces.push(word.to_owned());
            }
        }
        for (place, piece) in pieces.iter().enumerate() {
            let sequence = (place + 1) * 100;
            if place > 0 {
                out += &format!("{code}{sequence:05}4{piece:<80}\r\n");
                continue;
            }
            let head = format!("{code}{sequence:05}3{piece:<80}{:<28}", "Short");
            let days = format!("{}{ACTION}{:<8}N", digits(Some(record.added)), digits(record.ended));
            out += &format!("{head:<229}{:<39}{days}{:27}\r\n", record.coverage, "");
        }
    }
    out
}

/// The text with commas.
fn commas(records: &BTreeMap<String, Made>) -> String {
    let mut out = format!("{HEADING}\n");
    for (code, record) in records {
        let cell = |name: &str| match name {
            "HCPC" => code.clone(),
            "SEQNUM" => "0010".to_owned(),
            "RECID" => "3".to_owned(),
            "LONG DESCRIPTION" => format!("\"{}\"", record.title),
            "SHORT DESCRIPTION" => "Short".to_owned(),
            "COV" => record.coverage.clone(),
            "ADD DT" => digits(Some(record.added)),
            "ACT EFF DT" => ACTION.to_owned(),
            "TERM DT" => digits(record.ended),
            "ACTION CD" => "N".to_owned(),
            _ => String::new(),
        };
        out += &(HEADING.split(',').map(cell).collect::<Vec<_>>().join(",") + "\n");
    }
    out
}

fn imported(text: &str) -> Imported {
    hcpcs(NAME, text.as_bytes(), None).unwrap()
}

fn expected(record: &Made, date: Date) -> Status {
    if date > Date::new(2026, 3, 31).unwrap() {
        Status::CannotTell
    } else if record.ended.is_some_and(|ended| date > ended) {
        Status::Retired
    } else if date < record.added {
        Status::NotYetEffective
    } else {
        Status::Valid
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn both_forms_answer_as_the_records_say(records in file()) {
        let (one, other) = (imported(&fixed(&records)), imported(&commas(&records)));
        let (one, other) = (Hcpcs::from_bytes(&one.bytes).unwrap(), Hcpcs::from_bytes(&other.bytes).unwrap());
        one.verify().unwrap();
        other.verify().unwrap();
        for (name, record) in &records {
            let code: HcpcsCode = name.parse().unwrap();
            let edges = [Some(record.added), record.ended, Some(Date::new(2026, 3, 31).unwrap())];
            let days = edges.into_iter().flatten().flat_map(|day| [day.yesterday(), Some(day), day.tomorrow()]);
            for day in days.flatten() {
                let status = expected(record, day);
                prop_assert_eq!(one.on(day).status(code), status, "{} on {}", code, day);
                prop_assert_eq!(other.on(day).status(code), status, "{} on {}", code, day);
                prop_assert_eq!(one.on(day).lookup(code).reason().is_none(), status == Status::Valid);
            }
            let (left, right) = (one.on(record.added).lookup(code), other.on(record.added).lookup(code));
            prop_assert!(left.record().unwrap().says_the_same(&right.record().unwrap()), "{}", code);
            prop_assert_eq!(left.title().unwrap().to_string(), record.title.as_str());
            prop_assert_eq!(left.record().unwrap().coverage().unwrap().as_str(), record.coverage.as_str());
            let valid = left.valid().unwrap();
            prop_assert_eq!((valid.first(), valid.last()), (record.added, record.ended));
        }
    }

    #[test]
    fn a_code_is_valid_on_a_day_if_it_is_listed_on_it(records in file(), day in any_day()) {
        let imported = imported(&fixed(&records));
        let table = Hcpcs::from_bytes(&imported.bytes).unwrap();
        let listed: Vec<String> = table.on(day).codes().map(|code| code.to_string()).collect();
        let valid: Vec<String> =
            records.iter().filter(|(_, record)| expected(record, day) == Status::Valid).map(|(code, _)| code.clone()).collect();
        prop_assert_eq!(listed, valid);
    }

    #[test]
    fn a_partial_set_never_denies(named in proptest::collection::vec(("[A-Z][0-9]{4}", any_day(), "[a-z]{1,9}"), 1..40), on in any_day(), other in "[A-Z][0-9]{4}") {
        let mut set = PartialSet::default();
        for (code, day, title) in &named {
            set.add(code.parse().unwrap(), *day, title);
        }
        let written = set.write(&["made up"]).unwrap();
        let table = Hcpcs::from_bytes(&written.bytes).unwrap();
        table.verify().unwrap();
        check_table(&written.bytes).unwrap();
        let quarter = |day: Date| (day.year(), (day.month() - 1) / 3);
        for text in named.iter().map(|(code, ..)| code).chain([&other]) {
            let code: HcpcsCode = text.parse().unwrap();
            let names = named.iter().any(|(name, day, _)| name == text && quarter(*day) == quarter(on));
            let status = if names && !code.is_dental() { Status::Confirmed } else { Status::CannotTell };
            prop_assert_eq!(table.on(on).status(code), status);
            prop_assert_eq!(HcpcsTables::new([&table]).on(on).status(code), status);
        }
    }

    #[test]
    fn bytes_are_refused_or_sound(records in file(), cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), end in any::<prop::sample::Index>()) {
        for text in [fixed(&records), commas(&records)] {
            let mut bytes = text.into_bytes();
            for (at, byte) in &cuts {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            prop_assert_eq!(check_import(&bytes), Ok(()));
            bytes.truncate(end.index(bytes.len()));
            prop_assert_eq!(check_import(&bytes), Ok(()));
        }
        let mut table = imported(&fixed(&records)).bytes;
        for (at, byte) in &cuts {
            let at = at.index(table.len());
            table[at] = *byte;
        }
        prop_assert_eq!(check_table(&table), Ok(()));
        table.truncate(end.index(table.len()));
        prop_assert_eq!(check_table(&table), Ok(()));
    }

    #[test]
    fn any_bytes_are_no_file_and_no_table(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(check_import(&bytes), Ok(()));
        prop_assert_eq!(check_table(&bytes), Ok(()));
    }
}
