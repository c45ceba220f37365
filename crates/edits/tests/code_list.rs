//! Code lists of the user's: read, asked, refused.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

mod support;

use proptest::prelude::*;
use superbill_core::Date;
use superbill_edits::{CodeList, CodeListName, CodeListStatus, CodeLists, import};
use support::{damaged, day, packed, workbook};

/// Made up, with the codes of no list: adjustment reasons with a Z.
const REASONS: &str = "Made-up notice,,,,\nCode,Description,Start,Last Modified,Stop\nZ1,\"One, made up\",01/01/1995,,\n\
    Z2,Two made up,1/1/1995,6/30/2007,7/1/2008\nZ3,Three made up,20300101,,\nZ2,Two again,01/01/2010,03/01/2026,\n,,,,\n\
    A sentence below the table.,,,,\n";

fn list(name: &str) -> CodeListName {
    name.parse().unwrap()
}

fn table(name: &str, file: &str, text: &str, asked: Option<&str>) -> Vec<u8> {
    import::code_list(&[(file, text.as_bytes())], list(name), asked.map(day)).unwrap()
}

fn said(bytes: &[u8], code: &str, on: &str) -> String {
    let status = CodeList::from_bytes(bytes).unwrap().status(code, day(on));
    let title = status.code().and_then(|code| code.title);
    title.map_or_else(|| status.name().to_owned(), |title| format!("{} {title}", status.name()))
}

#[test]
fn a_list_with_days_answers_at_both_ends() {
    let bytes = table("claim-adjustment-reason", "reasons.csv", REASONS, None);
    let list = CodeList::from_bytes(&bytes).unwrap();
    list.verify().unwrap();
    // The newest day on which a code begins or was changed.
    assert_eq!((list.len(), list.release(), list.is_empty()), (4, day("2030-01-01"), false));
    assert_eq!(list.name(), CodeListName::ClaimAdjustmentReason);
    let about = |key| list.about().value(key).unwrap();
    assert_eq!((about("release"), about("rows"), about("list")), ("2030-01-01", "4", "claim-adjustment-reason"));
    assert!(about("notice").contains("copyright of X12"));
    for (code, on, expected) in [
        ("Z1", "1994-12-31", "not_yet_effective One, made up"),
        ("Z1", "1995-01-01", "valid One, made up"),
        ("Z1", "2099-01-01", "valid One, made up"),
        ("Z2", "2008-07-01", "valid Two made up"),
        ("Z2", "2008-07-02", "retired Two made up"),
        ("Z2", "2009-12-31", "retired Two made up"),
        ("Z2", "2010-01-01", "valid Two again"),
        ("Z3", "2029-12-31", "not_yet_effective Three made up"),
        ("Z3", "2030-01-01", "valid Three made up"),
        // The list keeps retired codes and has a first day for each, so it speaks of days before it.
        ("Z4", "1996-01-01", "unknown"),
        ("Z4", "2030-01-01", "unknown"),
        ("z1", "2026-01-01", "unknown"),
        ("", "2026-01-01", "unknown"),
        ("Z1\0", "2026-01-01", "unknown"),
        ("Z123456789012345678", "2026-01-01", "unknown"),
    ] {
        assert_eq!(said(&bytes, code, on), expected, "{code} on {on}");
    }
    let retired = list.status("Z2", day("2009-01-01")).code().unwrap();
    assert_eq!((retired.until, retired.retired_since()), (Some(day("2008-07-01")), Some(day("2008-07-02"))));
    assert_eq!(retired.modified, Some(day("2007-06-30")));
    let codes: Vec<_> = list.codes(day("2009-01-01")).map(|code| code.code).collect();
    assert_eq!(codes, ["Z1"]);
}

#[test]
fn a_list_without_days_does_not_speak_of_the_days_before_it() {
    let text = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\n\
        999Z00000X,Made up,Made up,,Words,,Shown,Individual\n999Z00001X,Made up,Kind,Special,,,,Individual\n";
    let bytes = table("provider-taxonomy", "nucc_taxonomy_251.csv", text, None);
    for (code, on, expected) in [
        ("999Z00000X", "2025-10-01", "valid Shown"),
        ("999Z00000X", "2025-09-30", "cannot_tell"),
        ("999Z00001X", "2026-01-01", "valid"),
        ("999Z00002X", "2025-10-01", "unknown"),
        ("999Z00002X", "2025-09-30", "cannot_tell"),
    ] {
        assert_eq!(said(&bytes, code, on), expected, "{code} on {on}");
    }
    let inactive = text.replace(",Words,,", ",Words,[1/1/2026: marked inactive],");
    let inactive = table("provider-taxonomy", "nucc_taxonomy_260.csv", &inactive, None);
    assert_eq!(said(&inactive, "999Z00000X", "2026-04-01"), "retired Shown");
    let inactive = text.replace(",Words,,", ",Words,marked inactive,");
    let inactive = table("provider-taxonomy", "nucc_taxonomy_260.csv", &inactive, None);
    assert_eq!(said(&inactive, "999Z00000X", "2026-04-01"), "unknown");
    let list = CodeList::from_bytes(&bytes).unwrap();
    list.verify().unwrap();
    assert_eq!((list.codes(day("2025-09-30")).count(), list.codes(day("2025-10-01")).count()), (0, 2));
    let older = table("provider-taxonomy", "nucc_taxonomy_201.csv", &text.replace(",Display Name", ",Other"), None);
    assert_eq!(said(&older, "999Z00001X", "2026-01-01"), "valid Kind, Special");
    // The release in force on the day answers, else the oldest.
    let name = list.name();
    let lists = CodeLists::new([list, CodeList::from_bytes(&older).unwrap()]);
    let release = |on: &str| lists.list(name, day(on)).unwrap().release();
    assert_eq!(release("2020-01-01"), day("2020-10-01"));
    assert_eq!(release("2025-09-30"), day("2020-10-01"));
    assert_eq!(release("2025-10-01"), day("2025-10-01"));
    let title = |on: &str| lists.status(name, "999Z00000X", day(on)).code().and_then(|code| code.title);
    assert_eq!((title("2020-01-01"), title("2021-01-01"), title("2026-01-01")), (None, Some("Made up"), Some("Shown")));
    assert_eq!(lists.status(CodeListName::Naic, "12345", day("2026-01-01")), CodeListStatus::CannotTell);
    assert_eq!(lists.iter().count(), 2);
}

#[test]
fn each_form_of_file_is_read() {
    let on = "2026-11-01";
    for (name, text, code, expected) in [
        // A plain list, with and without words, with the days of X12 in and below them.
        ("remittance-remark", "ZZ", "", ""),
        (
            "remittance-remark",
            "N901\tMade up. Start: 01/01/2020 | Stop: 2/1/2021\nN902\tMore\n",
            "N901",
            "retired Made up.",
        ),
        ("remittance-remark", "N901\tMade up\n\tStart: 01/01/2030\nN902\tMore\n", "N901", "not_yet_effective Made up"),
        (
            "remittance-remark",
            "N901\tMade up\nStart: 01/01/2030 | Last Modified: 01/01/2031\n",
            "N901",
            "not_yet_effective Made up",
        ),
        ("claim-status", "A sentence above the list.\n999\n1000\n", "1000", "valid"),
        ("claim-status", "999,Made up, with a comma\n", "999", "valid Made up, with a comma"),
        ("revenue", "Revenue Code\tWords\tEnd Date\n999\tMade up\t\n0998\tMore\t12/31/2025\n", "0999", "valid Made up"),
        ("revenue", "Revenue Code\tWords\tEnd Date\n999\tMade up\t\n0998\tMore\t12/31/2025\n", "0998", "retired More"),
        ("revenue", "999\tReserved for national use\n998\tMade up\n", "0999", "unknown"),
        (
            "claim-status",
            "Claim Status Codes,,\nCategory,Claim Status Code,Words\n9,999,Made up\n",
            "999",
            "valid Made up",
        ),
        ("claim-status", "Claim Status Codes\n999\tMade up\n", "999", "valid Made up"),
        ("claim-status", "Code\n999\tMade up\n", "999", "valid Made up"),
        ("admission-source", "code\nD\n", "D", "valid"),
        ("naic", "NAIC,Company Name\n99999,Made up\n", "99999", "valid Made up"),
        ("other:payers", "Payer ID,Payer\nab-1,Made up\n", "ab-1", "valid Made up"),
        (
            "claim-status-category",
            "Code,Status,Description\nZ1,Active,Made up\nZ2,Deactivated,Made up\n",
            "Z1",
            "valid Made up",
        ),
        (
            "claim-status-category",
            "Code,Status,Description\nZ1,Active,Made up\nZ2,Deactivated,Made up\n",
            "Z2",
            "unknown",
        ),
        (
            "claim-adjustment-reason",
            "Z1\tInconsistent with the code\nZ2\tMade up\n",
            "Z1",
            "valid Inconsistent with the code",
        ),
    ] {
        if code.is_empty() {
            let refused = import::code_list(&[("list", text.as_bytes())], list(name), Some(day("2026-10-01")));
            assert!(refused.unwrap_err().to_string().contains("no codes of this list"));
            continue;
        }
        let bytes = table(name, "list", text, Some("2026-10-01"));
        CodeList::from_bytes(&bytes).unwrap().verify().unwrap();
        assert_eq!(said(&bytes, code, on), expected, "{name}: {text}");
    }
    let places = "Place of Service Code(s),Place of Service Name,Place of Service Description\n\
        1,One,Made up (Effective October 1\\, 2003)\n03,Unassigned,N/A\n27-30,Unassigned,N/A\n31,Three,Made up\n";
    let places = places.replace("(Effective October 1\\, 2003)", "(effective 10/1/2003)");
    let bytes = table("place-of-service", "places.csv", &places, Some("2026-10-01"));
    assert_eq!(said(&bytes, "01", "2003-09-30"), "not_yet_effective One");
    assert_eq!(said(&bytes, "01", "2003-10-01"), "valid One");
    assert_eq!((said(&bytes, "03", on), said(&bytes, "28", on)), ("unknown".to_owned(), "unknown".to_owned()));
    assert_eq!(CodeList::from_bytes(&bytes).unwrap().about().value("notice"), None);
    // A workbook, in an archive beside another file, with days as numbers; and two files of one list.
    let sheet =
        workbook(&[vec!["Code", "Title", "Start Date"], vec!["1", "One", "45931"], vec!["2", "Two", "2030-01-01"]]);
    let archive = packed(&[("codes.xlsx", &sheet), ("read.me", b"")]);
    let bytes = import::code_list(&[("codes.zip", &archive), ("more.csv", b"3,Three\n")], list("value"), None).unwrap();
    for (code, on, expected) in [
        ("01", "2025-09-30", "not_yet_effective One"),
        ("01", "2025-10-01", "valid One"),
        ("02", "2029-12-31", "not_yet_effective Two"),
        ("03", "2030-01-01", "valid Three"),
    ] {
        assert_eq!(said(&bytes, code, on), expected, "{code} on {on}");
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let refused = |name: &str, file: &str, text: &str, asked: Option<&str>| {
        import::code_list(&[(file, text.as_bytes())], list(name), asked.map(day)).unwrap_err().to_string()
    };
    let on = Some("2026-10-01");
    for (name, text, expected) in [
        (
            "claim-adjustment-reason",
            REASONS.replace("Z3,", "ZZ3,"),
            "list.csv: line 5, column 1: expected an adjustment reason code",
        ),
        (
            "claim-adjustment-reason",
            REASONS.replace("Z3,", ","),
            "line 5, column 1: expected an adjustment reason code",
        ),
        ("claim-adjustment-reason", REASONS.replace("20300101", "soon"), "line 5, column 3: expected a day"),
        ("claim-adjustment-reason", REASONS.replace("7/1/2008", "7/1/1994"), "line 4, column 5: expected a last day"),
        (
            "claim-adjustment-reason",
            REASONS.replace("Z3,", "Z1,"),
            "list.csv: line 5, column 1: expected a code that does not stand",
        ),
        (
            "claim-adjustment-reason",
            REASONS.replace("01/01/2010", "7/1/2008"),
            "line 6, column 1: expected a code that does not stand",
        ),
        (
            "claim-adjustment-reason",
            "Z1\tTwo. Start: 1/1/2020 Stop: 1/1/2019\n".to_owned(),
            "line 1, column 1: expected a last day",
        ),
        (
            "claim-adjustment-reason",
            "Code,Description\n".to_owned(),
            "line 1, column 1: expected an adjustment reason code",
        ),
        ("claim-adjustment-reason", "Z1 Made up\nZ2 More\n".to_owned(), "no codes of this list"),
        ("claim-adjustment-reason", "Z1\nZ2 More\n".to_owned(), "line 2, column 1: expected an adjustment reason code"),
        (
            "claim-adjustment-reason",
            "nonsense,more\nZ1,One\n".to_owned(),
            "line 1, column 1: expected an adjustment reason code",
        ),
        ("claim-adjustment-reason", "Z1,One,1/1/2020\n".to_owned(), "line 1, column 3: expected words"),
        ("claim-adjustment-reason", String::new(), "the file is empty"),
        (
            "place-of-service",
            "Code,Name\n01,One\n27-30,Made up\n".to_owned(),
            "line 3, column 1: expected one code a row",
        ),
        (
            "revenue",
            "Code,Name\n0450,One\n,Made up\n".to_owned(),
            "line 3, column 1: expected a revenue code of 4 digits",
        ),
        ("other:x", "Code,Name\n1,One\n2 Made up,\n".to_owned(), "line 3, column 1: expected a code of 1 to 16"),
        ("revenue", "Code,Name\n045A,One\n".to_owned(), "line 2, column 1: expected a revenue code of 4 digits"),
    ] {
        let message = refused(name, "list.csv", &text, on);
        assert!(message.contains(expected), "{expected:?}: {message}");
    }
    assert!(refused("revenue", "list.csv", "0450\n", None).contains("does not say its release"));
    let other = refused("revenue", "list-2026-10-02.csv", "0450\n", on);
    assert_eq!(other, "list-2026-10-02.csv: the file says that it is of 2026-10-02, not of 2026-10-01");
}

#[test]
fn damage_never_stops_the_program() {
    let bytes = table("claim-adjustment-reason", "reasons.csv", REASONS, None);
    let sound = CodeList::from_bytes(&bytes).unwrap();
    let noticed = std::cell::Cell::new(0);
    damaged(&bytes, |bytes| {
        if let Ok(list) = CodeList::from_bytes(bytes) {
            let _ = (list.status("Z2", day("2009-01-01")), list.codes(day("2026-01-01")).count());
            noticed.set(noticed.get() + usize::from(list.verify().is_err()));
        }
    });
    sound.verify().unwrap();
    assert!(noticed.get() > 0);
}

#[test]
fn a_look_up_makes_no_room() {
    let bytes = table("claim-adjustment-reason", "reasons.csv", REASONS, None);
    let info = allocation_counter::measure(|| {
        let list = CodeList::from_bytes(&bytes).unwrap();
        assert!(matches!(list.status("Z2", day("2010-01-01")), CodeListStatus::Valid(_)));
        assert_eq!(list.codes(day("2026-01-01")).count(), 2);
    });
    assert_eq!(info.count_total, 0);
}

/// Rows of a few codes: code, first day and length, each perhaps none, counted from 2026-01-01.
fn rows() -> impl Strategy<Value = Vec<(u8, Option<i32>, Option<i32>)>> {
    let days = prop::option::of(0i32..60);
    let row = (1u8..6, days.clone(), days).prop_map(|(code, first, length)| (code, first, length));
    prop::collection::vec(row, 1..8)
}

proptest! {
    #[test]
    fn a_code_is_valid_where_it_is_among_the_codes_of_the_day(rows in rows(), on in -5i32..130, release in 0i32..60) {
        let first = day("2026-01-01");
        let at = |days: i32| first.add_days(days).unwrap();
        let interval = |(_, since, length): &(u8, Option<i32>, Option<i32>)| {
            let until = length.map(|length| since.unwrap_or(0) + length);
            (since.map(at), until.map(at))
        };
        let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut text = String::from("Code,Start,Stop\n");
        for row in &rows {
            let (since, until) = interval(row);
            text.push_str(&format!("{},{},{}\n", row.0, shown(since), shown(until)));
        }
        let collide = rows.iter().enumerate().any(|(number, one)| rows.iter().skip(number + 1).any(|other| {
            let ((a, b), (c, d)) = (interval(one), interval(other));
            let apart = |end: Option<Date>, begin: Option<Date>| end.zip(begin).is_some_and(|(end, begin)| end < begin);
            one.0 == other.0 && !apart(b, c) && !apart(d, a)
        }));
        let imported = import::code_list(&[("list", text.as_bytes())], CodeListName::ClaimStatus, Some(at(release)));
        prop_assert_eq!(imported.is_err(), collide, "{}", text);
        let Ok(bytes) = imported else { return Ok(()) };
        let list = CodeList::from_bytes(&bytes).unwrap();
        list.verify().unwrap();
        let on = at(on);
        for code in 1u8..6 {
            let of = rows.iter().filter(|row| row.0 == code).map(interval);
            let holds = |(since, until): &(Option<Date>, Option<Date>)| {
                since.unwrap_or(at(release)) <= on && until.is_none_or(|until| on <= until)
            };
            let expected = of.clone().any(|days| holds(&days));
            let code = code.to_string();
            let status = list.status(&code, on);
            prop_assert_eq!(matches!(status, CodeListStatus::Valid(_)), expected);
            prop_assert_eq!(list.codes(on).any(|listed| listed.code == code), expected);
            if matches!(status, CodeListStatus::NotYetEffective(_)) {
                prop_assert!(of.clone().all(|(since, _)| since.is_some_and(|since| on < since)));
            }
            if matches!(status, CodeListStatus::Unknown) {
                prop_assert_eq!(of.count(), 0);
            }
        }
    }
}
