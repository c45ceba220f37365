//! The user's licensed files in their layouts, with codes and descriptors that are invented.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::Date;
use superbill_cpt::import::{CptImport, ImportError, cpt};
use superbill_cpt::{Cpt, CptCode, CptList, CptStatus, CptTables, DescriptorKind, Listed, NOT_LOADED, OWNER_NOTICE};

const NOTICE: &str = "CPT(R) 2026 is copyright 2025 of its owner\r\nInvented second line of a notice\r\n\r\n";
const CONSOLIDATED: &str = "CPT(R) 2026 is copyright 2025 of its owner\n\n\
    Concept Id\tCPT Code\tLong\tMedium\tShort\tConsumer\tSpanish Consumer\tCurrent Descriptor Effective Date\tTest Name\tLab Name\tManufacturer Name\n\
    101\t00001\tInvented descriptor one\tINVENTED MEDIUM ONE\tINVENTED SHORT ONE\tInvented for patients\tInventado\t20240101\t\t\t\n\
    102\t9992U\tInvented descriptor two\tINVENTED MEDIUM TWO\tINVENTED SHORT TWO\t\t\t20260401\tName\tLaboratory\tMaker\n\
    103\t00003\t\"Invented \"\"quoted\"\" three\"\tINVENTED MEDIUM THREE\tINVENTED SHORT THREE\t\t\t\t\t\t\n";

fn code(text: &str) -> CptCode {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn long() -> String {
    format!(
        "{NOTICE}00001\tInvented descriptor one\r\n00002\tInvented descriptor two\r\n9993F\tInvented descriptor three\r\n"
    )
}

fn medium() -> String {
    format!("{NOTICE}00001 INVENTED MEDIUM ONE\n00002 INVENTED MEDIUM TWO\n9993F INVENTED MEDIUM THREE\n")
}

fn short() -> String {
    let line = |code: &str, text: &str| format!("{:<80}\n", format!("{code} {text:<28}"));
    let lines = [("00001", "INVENTED SHORT ONE"), ("00002", "INVENTED SHORT TWO"), ("9993F", "INVENTED SHORT THREE")];
    NOTICE.to_owned() + &lines.map(|(code, text)| line(code, text)).concat()
}

fn one(name: &str, text: &str) -> Result<CptImport, ImportError> {
    cpt(&[(name, text.as_bytes())], &[], None)
}

fn words(table: &Cpt<'_>, text: &str, kind: DescriptorKind) -> Option<String> {
    table.descriptor(code(text), kind).map(|descriptor| descriptor.to_string())
}

#[test]
fn the_three_standard_files_make_one_table() {
    let (long, medium, short) = (long(), medium(), short());
    let files =
        [("SHORTU.txt", short.as_bytes()), ("folder/LONGULT.txt", long.as_bytes()), ("MEDU.txt", medium.as_bytes())];
    let found = cpt(&files, &[], None).unwrap();
    assert_eq!((found.release, found.codes), (day("2026-01-01"), 3));
    assert!(found.notice.starts_with("CPT(R) 2026") && found.notice.ends_with("Invented second line of a notice"));
    let table = Cpt::from_bytes(&found.bytes).unwrap();
    table.verify().unwrap();
    assert_eq!(table.notice(), found.notice);
    assert_eq!((table.len(), table.edition(), table.is_empty()), (3, 2026, false));
    assert_eq!(table.in_force().to_string(), "2026-01-01/2026-12-31");
    assert_eq!(table.codes().map(|code| code.to_string()).collect::<Vec<_>>(), ["00001", "00002", "9993F"]);
    for (kind, expected) in [
        (DescriptorKind::Long, Some("Invented descriptor two")),
        (DescriptorKind::Medium, Some("INVENTED MEDIUM TWO")),
        (DescriptorKind::Short, Some("INVENTED SHORT TWO")),
        (DescriptorKind::Consumer, None),
    ] {
        assert_eq!(words(&table, "00002", kind).as_deref(), expected, "{kind:?}");
        assert_eq!(words(&table, "00009", kind), None);
    }
    assert_eq!(table.descriptor_kinds().count(), 3);
}

#[test]
fn a_line_of_the_notice_that_looks_like_a_record_is_none() {
    let text = long().replace(
        "Invented second line of a notice",
        "Invented street\r\n00099 Invented town\r\nfirst\r\nsecond\r\nthird",
    );
    let found = one("LONGULT.txt", &text).unwrap();
    assert_eq!(found.codes, 3);
    assert!(found.notice.ends_with("00099 Invented town first second third"), "{}", found.notice);
}

#[test]
fn older_files_have_fixed_columns() {
    let line = |code: &str, number: u8, text: &str| format!("{code}{number:02} {text:<72}\r\n");
    let text = NOTICE.to_owned()
        + &line("00001", 1, "Invented descriptor that is so long that it goes on in")
        + &line("00001", 2, "the line below and")
        + &line("00001", 3, "ends there")
        + &line("00002", 1, "Invented descriptor two");
    for name in ["LONGULF.txt", "anything.txt"] {
        let found = one(name, &text).unwrap();
        let table = Cpt::from_bytes(&found.bytes).unwrap();
        assert_eq!(
            words(&table, "00001", DescriptorKind::Long).as_deref(),
            Some("Invented descriptor that is so long that it goes on in the line below and ends there")
        );
    }
    let missing = text.replace("0000102", "0000104");
    assert_eq!(
        one("LONGULF.txt", &missing).unwrap_err().to_string(),
        "LONGULF.txt: line 5, column 6: expected the sequence number after the one before: a line is missing"
    );
    let cut = text.trim_end();
    assert_eq!(
        one("LONGULF.txt", cut).unwrap_err().to_string(),
        "LONGULF.txt: line 7, column 32: expected as many characters as in the lines before: the file is cut short"
    );
}

#[test]
fn the_consolidated_list_is_driven_by_its_heading() {
    let found = one("ConsolidatedCodeList.txt", CONSOLIDATED).unwrap();
    let table = Cpt::from_bytes(&found.bytes).unwrap();
    table.verify().unwrap();
    assert_eq!(found.notice, "CPT(R) 2026 is copyright 2025 of its owner");
    assert_eq!(words(&table, "00003", DescriptorKind::Long).as_deref(), Some("Invented \"quoted\" three"));
    assert_eq!(words(&table, "00001", DescriptorKind::Consumer).as_deref(), Some("Invented for patients"));
    assert_eq!(words(&table, "00003", DescriptorKind::Consumer), None);
    let row = table.row(code("9992U")).unwrap();
    assert_eq!((row.descriptor_since, row.effective), (Some(day("2026-04-01")), None));

    // Other columns, another order, commas, other dates.
    let text = "short descriptor,CPT code,Effective Date,Termination Date\n\
        \"Invented, one\",00001,1/1/2026,\nInvented two,00002,2020-01-01,2026-03-31\n";
    let found = cpt(&[("2026.csv", text.as_bytes())], &[], None).unwrap();
    let table = Cpt::from_bytes(&found.bytes).unwrap();
    assert_eq!(found.notice, OWNER_NOTICE);
    assert_eq!(words(&table, "00001", DescriptorKind::Short).as_deref(), Some("Invented, one"));
    let row = table.row(code("00002")).unwrap();
    assert_eq!((row.effective, row.terminated), (Some(day("2020-01-01")), Some(day("2026-03-31"))));
    let tables = CptTables::new([table]);
    for (text, on, status) in [
        ("00001", "2025-12-31", CptStatus::NotYetEffective),
        ("00001", "2026-01-01", CptStatus::Valid),
        ("00002", "2019-12-31", CptStatus::NotYetEffective),
        ("00002", "2020-01-01", CptStatus::Valid),
        ("00002", "2026-03-31", CptStatus::Valid),
        ("00002", "2026-04-01", CptStatus::Retired),
        ("00002", "2030-04-01", CptStatus::Retired),
    ] {
        assert_eq!(tables.lookup(code(text), day(on)).status, status, "{text} on {on}");
    }
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_and_an_archive_are_read_too() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |cells: [&str; 2]| format!("<row>{}</row>", cells.map(cell).concat());
    let number = format!("<row><c><v>2</v></c>{}</row>", cell("Invented two"));
    let sheet = [
        "<worksheet><sheetData>".to_owned(),
        row(["A notice", ""]),
        row(["CPT Code", "Long"]),
        row(["00001", "Invented one"]),
        number,
        "</sheetData></worksheet>".to_owned(),
    ]
    .concat();
    let book = packed(&[("[Content_Types].xml", ""), ("xl/worksheets/sheet1.xml", &sheet)]);
    let found = cpt(&[("CPT 2026.xlsx", &book)], &[], None).unwrap();
    assert_eq!((found.notice.as_str(), found.codes), ("A notice", 2));
    let table = Cpt::from_bytes(&found.bytes).unwrap();
    assert_eq!(words(&table, "00002", DescriptorKind::Long).as_deref(), Some("Invented two"));

    let (long, medium, short) = (long(), medium(), short());
    let files =
        [("a/LONGULT.txt", &*long), ("a/LONGUT.txt", &*long), ("a/MEDU.txt", &*medium), ("a/SHORTU.txt", &*short)];
    let found = cpt(&[("CPT 2026 data.zip", &packed(&files))], &[], None).unwrap();
    assert_eq!(found.descriptors, [DescriptorKind::Long, DescriptorKind::Medium, DescriptorKind::Short]);
    let both = [files[0], ("b/ConsolidatedCodeList.txt", CONSOLIDATED)];
    let found = cpt(&[("data.zip", &packed(&both))], &[], None).unwrap();
    assert_eq!(found.descriptors.len(), 4, "the consolidated list has all");
    let error = cpt(&[("CPT 2026.zip", &packed(&[("read.me", "nothing")]))], &[], None).unwrap_err();
    assert_eq!(error.to_string(), "CPT 2026.zip: the archive has no file of this kind in it");
}

#[test]
fn what_is_damaged_is_refused_with_its_place() {
    let (long, medium, short) = (long(), medium(), short());
    let mut tail = CONSOLIDATED.to_owned();
    tail.truncate(tail.len() - 12);
    for (name, text, expected) in [
        ("LONGULT.txt", String::new(), "LONGULT.txt: the file is empty"),
        ("LONGULT.txt", NOTICE.to_owned(), "LONGULT.txt: this is neither a standard CPT file"),
        (
            "LONGULT.txt",
            long.replace("\tInvented descriptor two", ""),
            "LONGULT.txt: line 5, column 1: expected a record",
        ),
        (
            "LONGULT.txt",
            long.replace("00002\tInvented descriptor two", "00002\t"),
            "LONGULT.txt: line 5, column 7: expected the descriptor",
        ),
        (
            "LONGULT.txt",
            long.replace("descriptor two", "a\tb"),
            "LONGULT.txt: line 5, column 17: expected the end of the line",
        ),
        (
            "LONGULT.txt",
            long.replace("00002", "00001"),
            "LONGULT.txt: line 5, column 1: expected a code that does not stand",
        ),
        (
            "LONGULT.txt",
            long.replace("9993F\t", "9993F "),
            "LONGULT.txt: line 6, column 1: expected a record as those before",
        ),
        (
            "SHORTU.txt",
            medium.replace("MEDIUM ONE", "MEDIUM ONE OF TOO MANY LETTERS"),
            "SHORTU.txt: line 4, column 35: expected a short descriptor",
        ),
        ("SHORTU.txt", short.trim_end().to_owned(), ""),
        ("list.txt", tail, "list.txt: line 6, column 6: expected as many columns as the heading has"),
        ("list.txt", CONSOLIDATED.replace("20240101", "20241301"), "list.txt: line 4, column 8: expected a date"),
        ("list.txt", CONSOLIDATED.replace("9992U", "9992X"), "list.txt: line 5, column 2: expected a CPT code"),
        (
            "list.txt",
            CONSOLIDATED.replace("9992U", "00001"),
            "list.txt: line 5, column 2: expected a code that does not stand",
        ),
        (
            "list.txt",
            CONSOLIDATED.replace("\tMedium\t", "\tLong\t"),
            "list.txt: line 3, column 4: expected a column that does not stand",
        ),
        ("list.txt", CONSOLIDATED.split("101").next().unwrap().to_owned(), "list.txt: the list ends with its heading"),
        (
            "list.txt",
            CONSOLIDATED.replace("\t20260401", "\t20260401\t"),
            "list.txt: line 5, column 12: expected as many columns",
        ),
        ("x.zip", "PK\u{3}\u{4}cut".to_owned(), "x.zip: "),
    ] {
        match one(name, &text) {
            // The last line's blanks are cut, its words are whole: nothing is missing in three lines.
            Ok(found) => assert!(expected.is_empty(), "{name} {expected}: {found:?}"),
            Err(error) => {
                let error = error.to_string();
                assert!(!expected.is_empty() && error.starts_with(expected), "{expected}: {error}");
                assert!(!error.to_ascii_lowercase().contains("invented"), "no descriptor in an error: {error}");
            }
        }
    }
}

#[test]
fn files_of_one_import_belong_together() {
    let (long, medium) = (long(), medium());
    let other = medium.replace("00002", "00005");
    let files = [("LONGULT.txt", long.as_bytes()), ("MEDU.txt", other.as_bytes())];
    assert_eq!(cpt(&files, &[], None).unwrap_err(), ImportError::Differ("00002".to_owned()));
    let year = medium.replace("CPT(R) 2026", "CPT(R) 2025");
    let files = [("LONGULT.txt", long.as_bytes()), ("MEDU.txt", year.as_bytes())];
    assert!(matches!(cpt(&files, &[], None), Err(ImportError::Release { .. })));
    let files = [("LONGULT.txt", long.as_bytes()), ("LONGUT.txt", long.as_bytes())];
    assert!(matches!(cpt(&files, &[], None), Err(ImportError::File(_))));
    assert!(matches!(cpt(&[], &[], Some(day("2026-01-01"))), Err(ImportError::File(_))));
    let silent = long.replace("CPT(R) 2026 is copyright", "Copyright");
    assert_eq!(one("LONGULT.txt", &silent).unwrap_err(), ImportError::NoRelease);
    let asked = cpt(&[("LONGULT.txt", silent.as_bytes())], &[], Some(day("2001-01-01"))).unwrap();
    assert_eq!(asked.release, day("2001-01-01"));
    assert!(matches!(
        cpt(&[("LONGULT.txt", long.as_bytes())], &[], Some(day("2025-01-01"))),
        Err(ImportError::Release { .. })
    ));
}

#[test]
fn lists_are_the_users_own() {
    let long = long();
    let files = [("LONGULT.txt", long.as_bytes())];
    let list: &[u8] = b"Code,Words\n# a remark\n+00002,anything\n\n9993F\n";
    let found = cpt(&files, &[(CptList::AddOn, "add-on.txt", list)], None).unwrap();
    let table = Cpt::from_bytes(&found.bytes).unwrap();
    table.verify().unwrap();
    for (text, list, expected) in [
        ("00001", CptList::AddOn, Listed::No),
        ("00002", CptList::AddOn, Listed::Yes),
        ("9993F", CptList::AddOn, Listed::Yes),
        ("00009", CptList::AddOn, Listed::CannotTell),
        ("00002", CptList::Telehealth, Listed::CannotTell),
    ] {
        assert_eq!(table.is_listed(code(text), list), expected, "{text} {list}");
    }
    assert_eq!(table.lists().collect::<Vec<_>>(), [CptList::AddOn]);
    for (list, expected) in [
        (&b"00002\n00007\n"[..], "p.txt: line 2, column 1: expected a code that the edition has"),
        (b"00002\n  +word\n", "p.txt: line 2, column 4: expected a CPT code"),
        (b"# nothing\n", "p.txt: the list has no code in it"),
        (b"", "p.txt: the file is empty"),
    ] {
        let error = cpt(&files, &[(CptList::Telehealth, "p.txt", list)], None).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn long_descriptors_and_letters_beyond_ascii_come_back() {
    let words_of_it = "Invented d\u{e9}scriptor \u{3b1} ".repeat(90);
    let text = format!("CPT 2026\n00001\t{words_of_it}\n00002\tInvented descriptor two\n");
    let found = one("LONGULT.txt", &text).unwrap();
    let table = Cpt::from_bytes(&found.bytes).unwrap();
    table.verify().unwrap();
    assert_eq!(words(&table, "00001", DescriptorKind::Long).as_deref(), Some(words_of_it.trim()));
    let descriptor = table.descriptor(code("00001"), DescriptorKind::Long).unwrap();
    assert!(!format!("{descriptor:?} {found:?} {:?}", table.about()).contains("Invented d\u{e9}"));
}

/// Tables of three editions: 2024 has A and B, 2025 has B and C, 2026 of April has B, C and D, and E from July by its descriptor.
fn editions() -> [Vec<u8>; 3] {
    let consolidated = |rows: &[(&str, &str)]| {
        let rows = rows.iter().map(|(code, since)| format!("{code}\tInvented\t{since}\n")).collect::<String>();
        format!("CPT Code\tLong\tCurrent Descriptor Effective Date\n{rows}")
    };
    [
        ("2024-01-01", consolidated(&[("00001", ""), ("00002", "20200101")])),
        ("2025-01-01", consolidated(&[("00002", "20200101"), ("00003", "20250101")])),
        (
            "2026-04-01",
            consolidated(&[("00002", "20260701"), ("00003", "20250101"), ("9994U", "20260401"), ("9995T", "20260701")]),
        ),
    ]
    .map(|(release, text)| cpt(&[("list.txt", text.as_bytes())], &[], Some(day(release))).unwrap().bytes)
}

#[test]
fn editions_side_by_side_tell_what_came_and_went() {
    use CptStatus::{CannotTell, NotYetEffective, Retired, Unknown, Valid};
    let bytes = editions();
    let [a, b, c] = [0, 1, 2].map(|at| Cpt::from_bytes(&bytes[at]).unwrap());
    let tables = CptTables::new([c, a, b]);
    for (text, on, status) in [
        ("00001", "2024-01-01", Valid),
        ("00001", "2024-12-31", Valid),
        ("00001", "2025-01-01", Retired),
        ("00001", "2026-05-01", Retired),
        ("00001", "2023-12-31", CannotTell),
        ("00002", "2019-12-31", CannotTell),
        ("00002", "2020-01-01", Valid),
        ("00002", "2025-06-01", Valid),
        // A descriptor that changes later is no code that comes later, where an earlier edition has it.
        ("00002", "2026-04-01", Valid),
        ("00002", "2027-01-01", CannotTell),
        ("00003", "2024-06-01", NotYetEffective),
        ("00003", "2025-01-01", Valid),
        ("00003", "2026-02-01", CannotTell),
        ("9994U", "2025-06-01", NotYetEffective),
        ("9994U", "2026-04-01", Valid),
        ("9995T", "2026-06-30", NotYetEffective),
        ("9995T", "2026-07-01", Valid),
        ("00009", "2024-06-01", Unknown),
        ("00009", "2026-12-31", Unknown),
        ("00009", "2027-01-01", CannotTell),
        ("00009", "2023-01-01", CannotTell),
        // Of these more may have come in the next quarter.
        ("9998U", "2026-06-30", Unknown),
        ("9998U", "2026-07-01", CannotTell),
        ("9998F", "2024-03-31", Unknown),
        ("9998F", "2024-04-01", CannotTell),
    ] {
        let found = tables.lookup(code(text), day(on));
        assert_eq!(found.status, status, "{text} on {on}: {}", found.why);
        assert_eq!(tables.status(code(text), day(on)), status, "{text} on {on}");
        assert!(!found.why.is_empty());
    }
    let retired = tables.lookup(code("00001"), day("2025-01-01"));
    assert_eq!((retired.valid_to, retired.release), (Some(day("2024-12-31")), Some(day("2025-01-01"))));
    let coming = tables.lookup(code("9994U"), day("2025-06-01"));
    assert_eq!((coming.valid_from, coming.release), (Some(day("2026-04-01")), Some(day("2026-04-01"))));
    assert_eq!(tables.on(day("2026-02-01")).map(|table| table.release()), None);
    assert_eq!(tables.on(day("2026-12-31")).map(|table| table.release()), Some(day("2026-04-01")));
    assert!(tables.descriptor(code("00001"), DescriptorKind::Long, day("2026-06-01")).is_some());

    let none = CptTables::default().lookup(code("00001"), day("2026-06-01"));
    assert_eq!((none.status, none.why), (CannotTell, NOT_LOADED));
}

fn lines_of(rows: &std::collections::BTreeMap<String, String>) -> String {
    rows.iter().map(|(code, text)| format!("{code}\t{text}\n")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_of_a_file_is_in_the_table(
        rows in prop::collection::btree_map("[0-9]{4}[0-9AFMTU]", "[A-Za-z\u{e9}][A-Za-z ,;\u{e9}]{0,600}[a-z]", 1..12),
        absent in "[0-9]{4}[0-9AFMTU]",
    ) {
        let text = lines_of(&rows);
        let found = cpt(&[("LONGULT.txt", text.as_bytes())], &[], Some(day("2026-01-01"))).unwrap();
        let table = Cpt::from_bytes(&found.bytes).unwrap();
        prop_assert_eq!(table.verify(), Ok(()));
        prop_assert_eq!(table.codes().map(|code| code.to_string()).collect::<Vec<_>>(), rows.keys().cloned().collect::<Vec<_>>());
        for (text, expected) in &rows {
            prop_assert_eq!(words(&table, text, DescriptorKind::Long), Some(expected.trim().to_owned()));
        }
        prop_assert_eq!(table.row(code(&absent)).is_some(), rows.contains_key(&absent));
    }

    #[test]
    fn a_file_cut_anywhere_within_its_last_code_is_not_the_whole(at in 0..70usize) {
        let text = CONSOLIDATED.as_bytes();
        let cut = &text[..text.len() - at];
        if let Ok(found) = cpt(&[("list.txt", cut)], &[], None) {
            // What is cut is the last line's end alone, or the whole line.
            prop_assert!(at <= 1 || found.codes == 2, "{at}");
        }
    }

    #[test]
    fn any_bytes_are_refused_or_make_a_sound_table(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(superbill_cpt::checks::check_import(&bytes), Ok(()));
        prop_assert_eq!(superbill_cpt::checks::check_table(&bytes), Ok(()));
    }

    #[test]
    fn a_damaged_file_is_refused_or_makes_a_sound_table(at in any::<prop::sample::Index>(), new in any::<u8>(), which in 0..4usize) {
        let mut bytes = [long(), medium(), short(), CONSOLIDATED.to_owned()][which].clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = new;
        prop_assert_eq!(superbill_cpt::checks::check_import(&bytes), Ok(()));
    }

    #[test]
    fn a_damaged_table_never_panics(at in any::<prop::sample::Index>(), new in prop::collection::vec(any::<u8>(), 1..9)) {
        let mut bytes = editions()[2].clone();
        let at = at.index(bytes.len());
        for (place, byte) in bytes[at..].iter_mut().zip(new) {
            *place = byte;
        }
        prop_assert_eq!(superbill_cpt::checks::check_table(&bytes), Ok(()));
    }

    #[test]
    fn a_table_cut_short_is_not_opened_or_still_answers(at in any::<prop::sample::Index>()) {
        let bytes = &editions()[1];
        prop_assert!(Cpt::from_bytes(&bytes[..at.index(bytes.len())]).is_err());
    }
}
