//! Pairs of codes: small files in the official form, through importer and table.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_core::Date;
use superbill_edits::import::{ImportError, ImportedPairs, pairs};
use superbill_edits::{ModifierIndicator, PairAnswer, PairSetting, PairTables, Pairs, Program, ServiceCode};

const HEADING: &str = "A notice of the owner.\t\t\t\t\t\t\r\nColumn1/Column2 Edits\t\t\t\t\t\t\r\n\
    Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n\
    \t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n\t\t\t\t*=no data\t1=allowed\t\r\n\t\t\t\t\t9=not applicable\t\r\n";
// Made-up pairs.
const ROWS: &str = "0001Z\t0002Z\t\t20200101\t*\t0\tFirst reason\r\n\
    0001Z\t0003Z\t*\t19960101\t20191231\t1\tSecond reason\r\n0001Z\t0003Z\t\t20210401\t*\t0\tFirst reason\r\n\
    0001Z\t0004Z\t\t20220101\t20220101\t9\tFirst reason\r\nA0001\t0001Z\t\t20230101\t20230331\t1\tSecond reason\r\n";

fn code(text: &str) -> ServiceCode {
    ServiceCode::parse(text).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn import(files: &[(&str, &str)]) -> Result<ImportedPairs, ImportError> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    pairs(&files, PairSetting::Practitioner, Program::Medicare, None, &mut |_, _| {})
}

fn whole() -> Vec<u8> {
    static WHOLE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    WHOLE.get_or_init(|| import(&[("ccipra-v322r0-f1.txt", &format!("{HEADING}{ROWS}"))]).unwrap().bytes).clone()
}

fn error(files: &[(&str, &str)]) -> String {
    import(files).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn an_edit_applies_from_its_first_day_to_its_last() {
    let bytes = whole();
    let table = Pairs::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    assert_eq!((table.len(), table.release().to_string().as_str()), (5, "2026-07-01/2026-09-30"));
    let ask = |one: &str, other: &str, on: &str| match table.on(day(on)).edit(code(one), code(other)) {
        PairAnswer::Edit(edit) => format!("{} {}", edit.indicator(), edit.rationale()),
        PairAnswer::None => "none".to_owned(),
        _ => "cannot tell".to_owned(),
    };
    for (one, other, on, answer) in [
        ("0001Z", "0002Z", "2019-12-31", "none"),
        ("0001Z", "0002Z", "2020-01-01", "0 First reason"),
        ("0001Z", "0002Z", "2026-09-30", "0 First reason"),
        // Nothing is known behind the quarter.
        ("0001Z", "0002Z", "2026-10-01", "cannot tell"),
        ("0002Z", "0001Z", "2026-07-01", "none"),
        // Two intervals, and none between them.
        ("0001Z", "0003Z", "2019-12-31", "1 Second reason"),
        ("0001Z", "0003Z", "2020-01-01", "none"),
        ("0001Z", "0003Z", "2021-03-31", "none"),
        ("0001Z", "0003Z", "2021-04-01", "0 First reason"),
        // An edit with indicator 9 never applies, not even on its one day.
        ("0001Z", "0004Z", "2022-01-01", "none"),
        ("A0001", "0001Z", "2023-03-31", "1 Second reason"),
        ("A0001", "0001Z", "2023-04-01", "none"),
        ("99999", "0001Z", "2023-04-01", "none"),
    ] {
        assert_eq!(ask(one, other, on), answer, "{one} {other} {on}");
    }
    let history: Vec<_> = table.history(code("0001Z"), code("0003Z")).collect();
    assert_eq!(history.len(), 2);
    assert_eq!((history[0].effective(), history[0].deletion()), (day("2021-04-01"), None));
    assert_eq!((history[1].is_before_1996(), history[1].deletion()), (true, Some(day("2019-12-31"))));
    let between: Vec<_> = table.on(day("2023-02-01")).between(code("0001Z"), code("A0001")).collect();
    assert_eq!((between.len(), between[0].column1()), (1, code("A0001")));
    assert_eq!(between[0].indicator(), ModifierIndicator::Allowed);
}

/// Rows of a code beside many others, some of them thick in one place, some repeated, and rows of another code that lie elsewhere.
#[test]
fn a_code_with_many_pairs_is_searched_wherever_they_lie() {
    let mut file = HEADING.to_owned();
    let mut asked = Vec::new();
    for (one, others) in [("10000", 20_000..20_700), ("20000", 30_000..33_000), ("30000", 30_100..30_105)] {
        for other in others {
            asked.push((one, other));
            for again in 0..1 + other % 7 / 5 * 2 {
                file.push_str(&format!("{one}\t{other}\t\t200{again}0101\t200{again}1231\t1\tReason\n"));
            }
        }
    }
    let imported = import(&[("ccipra-v322r0-f1.txt", &file)]).unwrap();
    let table = Pairs::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    for (one, other) in &asked {
        let [one, other] = [code(one), code(&other.to_string())];
        assert!(table.on(day("2000-06-01")).edit(one, other).edit().is_some(), "{one} {other}");
        assert_eq!(table.on(day("2003-06-01")).edit(one, other).edit(), None, "{one} {other}");
    }
    for (one, other) in [("10000", "30000"), ("20000", "20000"), ("30000", "30099"), ("30000", "30105")] {
        assert_eq!(table.history(code(one), code(other)).count(), 0, "{one} {other}");
    }
}

#[test]
fn a_pair_has_sixteen_edits_at_most() {
    let of = |edits: usize| {
        let mut file = format!("{HEADING}0001Z\t0002Z\t\t20200101\t*\t0\tReason\n");
        for edit in 0..edits {
            let (first, last) = (2000 + edit, 2000 + edit);
            file.push_str(&format!("0001Z\t0003Z\t\t{first}0101\t{last}1231\t1\tReason\n"));
        }
        import(&[("ccipra-v322r0-f1.txt", &file)])
    };
    let imported = of(16).unwrap();
    let table = Pairs::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    assert_eq!((table.history(code("0001Z"), code("0003Z")).count(), table.rows().count()), (16, 17));
    assert!(table.on(day("2000-06-01")).edit(code("0001Z"), code("0003Z")).edit().is_some());
    assert!(of(17).is_err_and(|error| error.to_string().contains("more than 16 edits of one pair")));
}

#[test]
fn parts_that_are_missing_leave_codes_untold() {
    let part = |rows: &str| format!("{HEADING}{rows}");
    let [one, two, three] = ["0001Z\t0002Z", "5001Z\t0002Z", "A0001\t0002Z"]
        .map(|codes| part(&format!("{codes}\t\t20200101\t*\t0\tReason\r\n")));
    let names = ["ccipra-v322r0-f1.txt", "ccipra-v322r0-f2.txt", "ccipra-v322r0-f3.txt"];
    let imported = import(&[(names[2], &three), (names[0], &one), (names[1], &two)]).unwrap();
    assert!(imported.complete);
    let imported = import(&[(names[0], &one), (names[1], &two)]).unwrap();
    assert!(!imported.complete);
    let table = Pairs::from_bytes(&imported.bytes).unwrap();
    let answer = |one: &str| table.on(day("2026-07-01")).edit(code(one), code("0003Z"));
    assert_eq!(
        (answer("00000"), answer("3000Z"), answer("5001Z")),
        (PairAnswer::None, PairAnswer::None, PairAnswer::None)
    );
    assert_eq!((answer("5002Z"), answer("A0001")), (PairAnswer::CannotTell, PairAnswer::CannotTell));
    assert_eq!(
        error(&[(names[0], &one), (names[2], &three)]),
        "ccipra-v322r0-f3.txt: the part before this one is missing: give all parts of the quarter"
    );
    assert_eq!(error(&[(names[0], &one), (names[0], &one)]), "ccipra-v322r0-f1.txt: the same part is given twice");
    assert!(error(&[(names[0], &two), (names[1], &one)]).contains("f2.txt: the codes in column 1 begin before"));
}

#[test]
fn what_is_wrong_is_named_with_file_line_and_column() {
    const NAME: &str = "ccipra-v322r0-f1.txt";
    let with = |from: &str, to: &str| format!("{HEADING}{ROWS}").replace(from, to);
    for (text, expected) in [
        (with("0002Z", "002Z"), "line 7, column 7: expected a HCPCS or CPT code of five characters: column 2"),
        (with("20200101", "20200141"), "line 7, column 14: expected the first day, as 20260701"),
        (with("20191231", "2019"), "line 8, column 24: expected the last day"),
        (
            with("\t0\tFirst reason\r\n0001Z\t0003Z", "\t5\tFirst reason\r\n0001Z\t0003Z"),
            "line 7, column 25: expected the modifier indicator",
        ),
        (with("20230101", "20261001"), "line 11, column 14: expected a first day within the quarter or before"),
        (with("\t*\t19960101", "\tx\t19960101"), "line 8, column 13: expected nothing, or *"),
        (with("Effective", "From"), "line 7, column 1: expected the headings of a file of pairs"),
        (HEADING.to_owned(), "the file has no edit below its headings"),
        (String::new(), "the file has no edit below its headings"),
        (
            with("\t1\tSecond reason\r\n0001Z\t0003Z", "\t1\r\n0001Z\t0003Z"),
            "line 8, column 34: expected the rationale of the edit: the line is cut short",
        ),
        (
            format!("{HEADING}{ROWS}").trim_end().trim_end_matches("ason").to_owned(),
            "line 11, column 34: expected a rationale that other lines have",
        ),
        (
            format!("{HEADING}{ROWS}").replace("20230331\t1\tSecond reason\r\n", "2023"),
            "line 11, column 23: expected the last day",
        ),
        (with("A notice", "\0"), "the file is no plain text"),
    ] {
        let said = error(&[(NAME, &text)]);
        assert!(said.starts_with(&format!("{NAME}: {expected}")), "{said}\n{expected}");
    }
    let text = format!("{HEADING}{ROWS}");
    let said = error(&[("ccioph-v322r0-f1.txt", &text)]);
    assert!(said.contains("the file is of outpatient hospitals"), "{said}");
    let said = error(&[("ccipra-v322r0-f1.txt", &text), ("ccipra-v321r0-f2.txt", &text)]);
    assert!(said.contains("it is of 2026Q2, not of 2026Q3"), "{said}");
    assert!(matches!(import(&[("pairs.txt", &text)]), Err(ImportError::NoRelease)));
}

#[test]
fn the_quarter_of_the_day_answers_else_the_next_later_one() {
    let text = format!("{HEADING}{ROWS}");
    let bytes: Vec<Vec<u8>> =
        ["ccipra-v322r0-f1.txt", "ccipra-v320r0-f1.txt"].map(|name| import(&[(name, &text)]).unwrap().bytes).to_vec();
    let tables = PairTables::new(bytes.iter().map(|bytes| Pairs::from_bytes(bytes).unwrap()));
    let release = |on: &str, program| {
        let found = tables.on(PairSetting::Practitioner, program, day(on));
        found.map(|on| on.table().release().first().to_string())
    };
    for (on, first) in [
        ("2019-05-01", Some("2026-01-01")),
        ("2026-03-31", Some("2026-01-01")),
        ("2026-04-01", Some("2026-07-01")),
        ("2026-09-30", Some("2026-07-01")),
        ("2026-10-01", None),
    ] {
        assert_eq!(release(on, Program::Medicare).as_deref(), first, "{on}");
    }
    assert_eq!(release("2026-07-01", Program::Medicaid), None);
    assert!(tables.on(PairSetting::OutpatientHospital, Program::Medicare, day("2026-07-01")).is_none());
}

#[test]
fn a_question_allocates_nothing() {
    let bytes = whole();
    let table = Pairs::from_bytes(&bytes).unwrap();
    let codes = [code("0001Z"), code("0003Z")];
    let on = table.on(day("2026-07-01"));
    let info = allocation_counter::measure(|| {
        assert!(on.edit(codes[0], codes[1]).edit().is_some_and(|edit| edit.rationale() == "First reason"));
    });
    assert_eq!(info.count_total, 0);
}

/// Rows as they may come: of few codes, so that pairs repeat.
fn some_rows() -> impl Strategy<Value = Vec<(u8, u8, u16, Option<u16>, u8)>> {
    let row = (0u8..6, 0u8..6, 0u16..60, proptest::option::of(0u16..60), prop_oneof![Just(0u8), Just(1), Just(9)]);
    proptest::collection::vec(row, 1..120)
}

fn month(number: u16) -> Date {
    day("2020-01-01").add_months(i32::from(number)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_question_is_answered_as_a_scan_of_the_rows(rows in some_rows(), ask in (0u8..7, 0u8..7, 0u16..62, -1i32..2)) {
        let text = |number: u8| format!("{number}000Z");
        let mut file = HEADING.to_owned();
        for (one, other, first, last, indicator) in &rows {
            let last = last.map_or("*".to_owned(), |last| month(last).ccyymmdd().to_string());
            file.push_str(&format!("{}\t{}\t\t{}\t{last}\t{indicator}\tReason\n", text(*one), text(*other), month(*first).ccyymmdd()));
        }
        let imported = import(&[("ccipra-v322r0-f1.txt", &file)]).unwrap();
        let table = Pairs::from_bytes(&imported.bytes).unwrap();
        prop_assert_eq!(table.verify(), Ok(()));
        prop_assert_eq!(table.rows().count(), rows.len());
        let (one, other, at, shift) = ask;
        let on = month(at).add_days(shift).unwrap();
        let mut applying: Vec<_> = rows.iter().filter(|row| (row.0, row.1) == (one, other) && row.4 != 9)
            .filter(|row| month(row.2) <= on && row.3.is_none_or(|last| on <= month(last))).collect();
        applying.sort_by_key(|row| (row.2, row.3.unwrap_or(u16::MAX)));
        let found = table.on(on).edit(code(&text(one)), code(&text(other))).edit();
        prop_assert_eq!(found.map(|edit| edit.effective()), applying.last().map(|row| month(row.2)));
    }

    #[test]
    fn what_the_checks_ask_holds_of_damaged_files_and_tables(at in 0usize..36_000, byte in any::<u8>(), as_table in any::<bool>()) {
        let mut bytes = if as_table { whole() } else { format!("{HEADING}{ROWS}").into_bytes() };
        let place = at % bytes.len();
        bytes[place] = byte;
        prop_assert_eq!(superbill_edits::pair_checks::check(&bytes), Ok(()));
    }

    #[test]
    fn damaged_tables_never_stop_the_program(at in 0usize..4000, bytes in proptest::collection::vec(any::<u8>(), 1..8)) {
        let mut table = whole();
        for (offset, byte) in bytes.iter().enumerate() {
            let place = (at + offset) % table.len();
            table[place] ^= byte;
        }
        if let Ok(table) = Pairs::from_bytes(&table) {
            let _ = table.verify();
            let on = table.on(day("2022-01-01"));
            for one in ["0001Z", "A0001", "ZZZZZ"] {
                let _ = on.edit(code(one), code("0003Z")).edit().map(|edit| (edit.rationale().len(), edit.column1()));
                let _ = table.history(code(one), code("0003Z")).count();
            }
            let _ = table.rows().take(10_000).count();
        }
    }

    #[test]
    fn damaged_files_never_stop_the_program(at in 0usize..1200, bytes in proptest::collection::vec(any::<u8>(), 0..8), cut in 0usize..1200) {
        let mut text = format!("{HEADING}{ROWS}").into_bytes();
        for (offset, byte) in bytes.iter().enumerate() {
            let place = (at + offset) % text.len();
            text[place] ^= byte;
        }
        text.truncate(text.len() - cut.min(text.len()));
        let files = [("ccipra-v322r0-f1.txt", text.as_slice())];
        if let Ok(imported) = pairs(&files, PairSetting::Practitioner, Program::Medicare, None, &mut |_, _| {}) {
            prop_assert_eq!(Pairs::from_bytes(&imported.bytes).unwrap().verify(), Ok(()));
        }
    }
}
