//! Lists of modifiers: read, asked, refused.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

mod support;

use superbill_edits::{ModifierClass, NcciModifiers, Program, PtpColumn, import};
use support::{damaged, day};

const LIST: &str = "modifier,class,effective,deletion,column 1 from\n59,other,2020-01-01,,2021-01-01\nRT,anatomic,1/1/2020,12/31/2022,\n\
    RT,anatomic,20240101,,\n";

#[test]
fn a_list_answers_with_its_dates() {
    let bytes = import::ncci_modifiers("list.csv", LIST.as_bytes(), Program::Medicaid).unwrap();
    let list = NcciModifiers::from_bytes(&bytes).unwrap();
    list.verify().unwrap();
    assert_eq!((list.len(), list.program()), (3, Program::Medicaid));
    assert_eq!(list.about().unwrap().value("release"), Some("2020-01-01"));
    assert_eq!(list.modifiers().nth(1).unwrap().class, ModifierClass::Anatomic);
    for (modifier, column, on, answer) in [
        ("59", PtpColumn::Two, "2019-12-31", None),
        ("59", PtpColumn::Two, "2020-01-01", Some(true)),
        ("59", PtpColumn::One, "2020-12-31", Some(false)),
        ("59", PtpColumn::One, "2021-01-01", Some(true)),
        ("RT", PtpColumn::One, "2022-12-31", Some(true)),
        ("RT", PtpColumn::One, "2023-01-01", Some(false)),
        ("RT", PtpColumn::One, "2024-01-01", Some(true)),
        ("LT", PtpColumn::One, "2024-01-01", Some(false)),
    ] {
        assert_eq!(list.bypasses(modifier.parse().unwrap(), column, day(on)), answer, "{modifier} {column:?} {on}");
    }
    let plain = import::ncci_modifiers("list.txt", b"Modifier\n59\n25\n", Program::Medicare).unwrap();
    let plain = NcciModifiers::from_bytes(&plain).unwrap();
    assert_eq!(plain.bypasses("25".parse().unwrap(), PtpColumn::One, day("1996-01-01")), Some(true));
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let refused =
        |text: &str| import::ncci_modifiers("list.csv", text.as_bytes(), Program::Medicare).unwrap_err().to_string();
    for (text, expected) in [
        ("code\n59\n".to_owned(), "no heading of a list of modifiers"),
        (LIST.replace("59,", "5,"), "line 2, column 1: expected a modifier"),
        (LIST.replace("59,", ","), "line 2, column 1: expected a modifier"),
        (LIST.replace(",other", ",odd"), "line 2, column 2: expected anatomic"),
        (LIST.replace("12/31/2022", "12/31/2019"), "line 3, column 4: expected a last day"),
        (LIST.replace("20240101", "2020-01-01"), "line 4, column 1: expected a modifier that does not stand"),
        ("modifier\n".to_owned(), "line 1, column 1: expected rows"),
    ] {
        assert!(refused(&text).contains(expected), "{expected:?}: {}", refused(&text));
    }
}

#[test]
fn damage_never_stops_the_program() {
    let bytes = import::ncci_modifiers("list.csv", LIST.as_bytes(), Program::Medicare).unwrap();
    damaged(&bytes, |bytes| {
        if let Ok(list) = NcciModifiers::from_bytes(bytes) {
            let _ = list.verify();
            let _ = list.bypasses("59".parse().unwrap(), PtpColumn::One, day("2020-01-01"));
        }
    });
}
