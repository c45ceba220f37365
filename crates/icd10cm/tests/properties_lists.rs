//! Invariants of the companion lists: what is imported, what is damaged.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use superbill_core::Date;
use superbill_icd10cm::import::{GemFiles, conversion, poa_exempt};
use superbill_icd10cm::{
    CONVERSION_KIND, Conversion, Gems, Icd9Code, Icd10CmCode, POA_EXEMPT_KIND, PoaExempt, PoaExemption, PreviousCodes,
    list_checks, section,
};
use superbill_table::{SectionName, TableWriter};

// Made-up rows in the official forms.
const POA: &str = "Order26\tPOAexemptCode\tDescription\r\n00010\tB90.0\tOne\r\n00011\tB90.1\tTwo\r\n00020\tY99.9\tThree\r\n\
    00030\tZ00.00\tFour\r\n00031\tZ99.89\tFive\r\n";
const CONVERSION: &str = "\"Note\nof FY 2026\",,\nCurrent code assignment,Effective,Previous Code(s) Assignment\n\
    A00.11,2025,A00.1\nA00.12,10/1/2023,\"A00.1, A00.2\"\nA00.2,2020,A00.3 and A00.4\nA00.3,45017,B10.1-B10.4; B10.9\nB10.2,2016,None\n";
const FORWARD: &str = "0010  A000    00000\r\n25011 E1012   10112\r\n25011 E1011   10111\r\n25011 E108    10000\r\n\
    E9000 X30XXXA 10000\r\nV103  NoDx    11000\r\n";
const BACKWARD: &str = "A000    0010  00000\r\nX30XXXA E9000 10000\r\nZ853    V103  10000\r\n";

/// A workbook with the rows of [`CONVERSION`].
fn workbook() -> Vec<u8> {
    let mut sheet = String::from("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>FY 2026</t></is></c></row>");
    for line in CONVERSION.lines().skip(2) {
        let (first, rest) = line.split_once(',').unwrap();
        let (second, third) = rest.split_once(',').unwrap();
        let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", text.trim_matches('"'));
        let _ = write!(sheet, "<row>{}{}{}</row>", cell(first), cell(second), cell(third));
    }
    sheet.push_str("</sheetData></worksheet>");
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut writer, sheet.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

fn files() -> [Vec<u8>; 5] {
    let [poa, text, forward, backward] = [POA, CONVERSION, FORWARD, BACKWARD].map(|text| text.as_bytes().to_vec());
    [poa, text, forward, backward, workbook()]
}

fn tables() -> [Vec<u8>; 3] {
    let mut gems = GemFiles::new();
    gems.add(FORWARD.as_bytes(), None).unwrap().add(BACKWARD.as_bytes(), None).unwrap();
    let gems = gems.write("2017-10-01".parse().ok()).unwrap();
    [poa_exempt(POA.as_bytes(), None, None).unwrap(), conversion(&workbook(), None).unwrap(), gems]
}

#[test]
fn a_file_cut_anywhere_is_an_error_or_a_sound_table() {
    for file in files() {
        for end in 0..=file.len() {
            assert_eq!(list_checks::check_import(&file[..end]), Ok(()), "cut at {end}");
        }
    }
    // Cut behind a line, the text lacks rows that it does not announce; before the last codes of a list that shows.
    for lines in 1..POA.lines().count() {
        let cut: String = POA.split_inclusive('\n').take(lines).collect();
        assert_eq!(poa_exempt(cut.as_bytes(), None, None).is_ok(), cut.contains("\tZ"), "{cut:?}");
        assert!(poa_exempt(cut.as_bytes(), None, Some(5)).is_err(), "{cut:?}");
    }
    for (file, last) in [(FORWARD, "\nV"), (BACKWARD, "\nZ")] {
        for lines in 1..file.lines().count() {
            let cut: String = file.split_inclusive('\n').take(lines).collect();
            assert_eq!(GemFiles::new().add(cut.as_bytes(), None).is_ok(), cut.contains(last), "{cut:?}");
        }
    }
    let whole = workbook();
    for end in 0..whole.len() {
        assert!(conversion(&whole[..end], None).is_err(), "a workbook cut at {end}");
    }
}

fn any_code() -> impl Strategy<Value = Icd10CmCode> {
    "[A-Z][0-9][0-9A-B][0-9]{0,3}".prop_map(|text| text.parse().unwrap())
}

/// Codes of a small set, so that rows meet in chains and circles.
fn near_code() -> impl Strategy<Value = Icd10CmCode> {
    "A0[0-1]\\.[0-3]{1,2}".prop_map(|text| text.parse().unwrap())
}

/// A day that the table can hold, and how it is written.
fn effective() -> impl Strategy<Value = (Date, String)> {
    (2016i16..=2025, 0u8..4).prop_map(|(year, form)| {
        let october = Date::new(year, 10, 1).unwrap();
        let april = Date::new(year, 4, 1).unwrap();
        let days = Date::new(1899, 12, 30).unwrap().days_until(april);
        match form {
            0 => (october, year.to_string()),
            1 => (april, format!("4/1/{year}")),
            2 => (april, april.to_string()),
            _ => (april, days.to_string()),
        }
    })
}

type Rows = Vec<(Icd10CmCode, (Date, String), Vec<Icd10CmCode>)>;

fn table_text(rows: &Rows) -> String {
    let mut text = String::from("FY 2026,,\nCurrent code assignment,Effective,Previous Code(s) Assignment\n");
    for (current, (_, day), previous) in rows {
        let previous: Vec<String> = previous.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "{current},{day},\"{}\"", previous.join(", "));
    }
    text
}

proptest! {
    #[test]
    fn a_damaged_file_is_an_error_or_a_sound_table(
        which in 0usize..5, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut file = files()[which].clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        prop_assert_eq!(list_checks::check_import(&file), Ok(()));
    }

    #[test]
    fn lines_that_are_doubled_moved_or_dropped_are_an_error_or_a_sound_table(
        which in 0usize..4, picks in prop::collection::vec(any::<prop::sample::Index>(), 0..9)
    ) {
        let text = String::from_utf8(files()[which].clone()).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let text: String = lines[..1].iter().copied().chain(picks.iter().map(|pick| lines[pick.index(lines.len())])).collect();
        prop_assert_eq!(list_checks::check_import(text.as_bytes()), Ok(()));
    }

    #[test]
    fn any_bytes_are_an_error_or_a_sound_table(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(list_checks::check_import(&bytes), Ok(()));
        prop_assert_eq!(list_checks::check_table(&bytes), Ok(()));
    }

    #[test]
    fn damaged_tables_answer_without_panic_and_verify_notices(
        which in 0usize..3, at in any::<prop::sample::Index>(), bit in 0u8..8, cut in any::<bool>()
    ) {
        let whole = &tables()[which];
        let mut bytes = whole.clone();
        let place = at.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] ^= 1 << bit }
        prop_assert_eq!(list_checks::check_table(&bytes), Ok(()));
    }

    #[test]
    fn tables_of_any_content_answer_without_panic(
        kind in 0usize..3, facts in prop::option::of(20_150_101u32..20_270_101),
        first in prop::collection::vec(any::<u8>(), 0..200), keys in prop::collection::vec(any_code(), 0..12),
        rows in prop::collection::vec((0usize..12, 0usize..12, 0u32..20, 0u32..16), 0..12),
        index in prop::collection::vec(0u32..12, 0..12),
    ) {
        let facts = facts.unwrap_or(0).to_le_bytes().to_vec();
        let mut writer = TableWriter::new([POA_EXEMPT_KIND, CONVERSION_KIND, superbill_icd10cm::GEMS_KIND][kind]);
        writer.section(SectionName::new("facts"), 1, facts.clone());
        writer.section(SectionName::new("keys"), first.len(), first.clone());
        // Rows of keys that are codes, whose other parts are anything.
        let key = |at: usize| keys.get(at).map_or(at as u64, |code| code.packed());
        let bytes = |rows: &mut dyn Iterator<Item = Vec<u8>>| rows.flatten().collect::<Vec<u8>>();
        let row = |(current, previous, day, marks): &(usize, usize, u32, u32)| {
            let marked = (20_151_001 + day * 10_000) | marks << 27;
            [&key(*current).to_le_bytes()[..], &key(*previous).to_le_bytes(), &marked.to_le_bytes()].concat()
        };
        writer.section(section::CONVERSION_FACTS, 1, facts);
        writer.section(section::CONVERSION_ROWS, rows.len(), bytes(&mut rows.iter().map(row)));
        writer.section(section::CONVERSION_INDEX, index.len(), bytes(&mut index.iter().map(|row| row.to_le_bytes().to_vec())));
        let span = |(first, last, row, _): &(usize, usize, u32, u32)| {
            [&key(*first).to_le_bytes()[..], &key(*last).to_le_bytes(), &row.to_le_bytes()].concat()
        };
        writer.section(section::CONVERSION_SPANS, rows.len(), bytes(&mut rows.iter().map(span)));
        let whole = first.len() / 16 * 16;
        writer.section(SectionName::new("from_icd9"), whole / 16, first[..whole].to_vec());
        writer.section(SectionName::new("from_icd10"), whole / 16, first[..whole].to_vec());
        prop_assert_eq!(list_checks::check_table(&writer.finish().unwrap()), Ok(()));
    }

    #[test]
    fn exempt_is_exactly_what_the_list_has(listed in prop::collection::btree_set(any_code(), 0..40), asked in prop::collection::vec(any_code(), 0..40)) {
        let last: Icd10CmCode = "Z99.9".parse().unwrap();
        let codes: BTreeSet<_> = listed.into_iter().filter(|code| *code < last).chain([last]).collect();
        let mut text = String::from("Order26\tPOAexemptCode\tDescription\n");
        for (number, code) in (1..).zip(&codes) {
            let _ = writeln!(text, "{number:05}\t{code}\tTitle");
        }
        let bytes = poa_exempt(text.as_bytes(), None, Some(codes.len() as u64)).unwrap();
        let list = PoaExempt::from_bytes(&bytes).unwrap();
        prop_assert!(list.codes().eq(codes.iter().copied()));
        for code in asked.into_iter().chain(codes.iter().copied()) {
            let exempt = if codes.contains(&code) { PoaExemption::Exempt } else { PoaExemption::NotExempt };
            prop_assert_eq!(list.is_exempt(code, list.release()), exempt);
        }
    }

    #[test]
    fn rows_of_a_conversion_table_come_back(
        rows in prop::collection::vec((any_code(), effective(), prop::collection::vec(any_code(), 1..4)), 1..20)
    ) {
        let bytes = conversion(table_text(&rows).as_bytes(), "2025-10-01".parse().ok()).unwrap();
        let table = Conversion::from_bytes(&bytes).unwrap();
        let mut expected = BTreeSet::new();
        for (current, (day, _), previous) in &rows {
            expected.extend(previous.iter().map(|code| (*current, *day, PreviousCodes::Code(*code))));
        }
        let found: BTreeSet<_> = table.rows().map(|row| (row.current, row.previous.effective, row.previous.codes)).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(list_checks::check_table(&bytes), Ok(()));
    }

    /// Against the plain way: take one row after the other until no code is new.
    #[test]
    fn replacements_are_what_rows_reach_on_later_days_in_circles_too(
        rows in prop::collection::vec((near_code(), effective(), prop::collection::vec(near_code(), 1..3)), 1..25), code in near_code(), on in 2016i16..2026
    ) {
        let bytes = conversion(table_text(&rows).as_bytes(), "2025-10-01".parse().ok()).unwrap();
        let table = Conversion::from_bytes(&bytes).unwrap();
        let on = Date::new(on, 10, 1).unwrap();
        let mut reached: BTreeSet<(Icd10CmCode, Option<Date>)> = BTreeSet::from([(code, None)]);
        loop {
            let before = reached.len();
            for (current, (day, _), previous) in &rows {
                let from = |(from, since): &(Icd10CmCode, Option<Date>)| previous.contains(from) && since.is_none_or(|since| *day > since);
                if *day <= on && *current != code && reached.iter().any(from) {
                    reached.insert((*current, Some(*day)));
                }
            }
            if reached.len() == before { break }
        }
        let expected: BTreeSet<_> = reached.into_iter().filter_map(|(code, day)| day.map(|_| code)).collect();
        let found: BTreeSet<_> = table.replacements(code, on).into_iter().map(|found| found.code).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(list_checks::check_table(&bytes), Ok(()));
    }

    #[test]
    fn rows_of_the_mappings_come_back_with_their_flags(
        rows in prop::collection::vec(("[0-9]{3,5}|V[0-9]{2,4}|E[0-9]{3,4}", any_code(), any::<bool>(), 0u8..10, 1u8..10), 1..30)
    ) {
        let mut rows: Vec<_> = rows
            .into_iter()
            .map(|(source, target, approximate, scenario, list)| {
                let list = if scenario == 0 { 0 } else { list };
                (source.parse::<Icd9Code>().unwrap(), target, approximate, scenario, list)
            })
            .chain([("V91.99".parse().unwrap(), "Z99.9".parse().unwrap(), true, 0, 0)])
            .collect();
        rows.sort_by_key(|row| row.0);
        rows.retain(|row| row.0 <= "V91.99".parse().unwrap());
        let mut text = String::new();
        for (source, target, approximate, scenario, list) in &rows {
            let (source, target) = (source.undotted(), target.undotted());
            let _ = writeln!(text, "{source:<5} {target:<7} {}0{}{scenario}{list}", u8::from(*approximate), u8::from(*scenario > 0));
        }
        let mut files = GemFiles::new();
        let bytes = files.add(text.as_bytes(), Some(rows.len() as u64)).unwrap().write("2017-10-01".parse().ok()).unwrap();
        let gems = Gems::from_bytes(&bytes).unwrap();
        gems.verify().unwrap();
        for (source, ..) in &rows {
            let mut expected: Vec<_> = rows.iter().filter(|row| row.0 == *source).map(|row| (row.3, row.4, row.1, row.2)).collect();
            expected.sort_by_key(|row| (row.0, row.1));
            let found = gems.forward_rows(*source).map(|row| (row.scenario, row.choice_list, row.target.unwrap(), row.approximate));
            prop_assert_eq!(found.collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn icd9_codes_print_what_reads_the_same(text in "[ 0-9VEve.]{0,8}") {
        if let Ok(code) = Icd9Code::parse(&text) {
            prop_assert_eq!(Icd9Code::parse(&code.to_string()), Ok(code));
            prop_assert_eq!(Icd9Code::parse(&code.undotted()), Ok(code));
            prop_assert_eq!(code.undotted(), text.trim().replace('.', "").to_uppercase());
        }
    }
}
