//! Add-on codes: read from the official forms, asked, refused.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, missing_docs, reason = "tests")]

mod support;

use superbill_edits::{AddOnAnswer, AddOnType, AddOns, InForce, Program, Releases, ServiceCode, import};
use support::{code, damaged, day, packed, quarter, workbook};

const NAME: &str = "AOC_V2026Q3-MCR.txt";
const HEADING: [&str; 8] = [
    "AOC_Edit_Type",
    "Add-On_Code",
    "AOC_DelDT",
    "Primary_Code",
    "Primary_Code_DelDT",
    "AOC_Edit_EffDT",
    "AOC_Edit_DelDT",
    "Special_Instruction_Notes",
];
const EDITS: [[&str; 8]; 8] = [
    ["1", "G0002", "", "G0001", "", "2013091", "", ""],
    ["1", "G0002", "", "G0003", "", "2013091", "2026243", ""],
    ["1", "G0002", "", "G0004", "2026212", "2013091", "", ""],
    ["2", "G0010", "", "CCCCC", "", "2013091", "", "(\"Contractor Defined Primary Codes\")"],
    ["3", "G0020", "", "CCCCC", "", "2026001", "", "(\"and others\")"],
    ["3", "G0020", "", "G0021", "", "2026001", "", ""],
    ["1", "G0030", "2025365", "G0001", "", "2013091", "", ""],
    ["1", "G0040", "", "G0001", "", "2026213", "", ""],
];

fn text() -> String {
    let mut text = String::from("A notice\r\n");
    for row in [HEADING].iter().chain(&EDITS) {
        text.push_str(&row.join("\t"));
        text.push_str("\r\n");
    }
    text
}

fn fixed() -> String {
    EDITS
        .iter()
        .map(|[kind, add_on, add_on_del, primary, primary_del, first, last, note]| {
            format!("{kind}{add_on}{add_on_del:7}{primary}{primary_del:7}{first:7}{last:7}{note:58}\r\n")
        })
        .collect()
}

fn table(name: &str, bytes: &[u8]) -> Vec<u8> {
    import::add_on(name, bytes, Program::Medicare, None).unwrap()
}

#[test]
fn every_official_form_gives_the_same_table() {
    let bytes = table(NAME, text().as_bytes());
    let table_of = AddOns::from_bytes(&bytes).unwrap();
    table_of.verify().unwrap();
    assert_eq!((table_of.len(), table_of.quarter(), table_of.program()), (8, quarter("2026Q3"), Program::Medicare));
    assert_eq!(table_of.in_force().to_string(), "2026-07-01/2026-09-30");
    let edit = table_of.edits_of(code("G0002")).nth(2).unwrap();
    assert_eq!((edit.primary, edit.kind), (Some(code("G0004")), AddOnType::Listed));
    assert_eq!((edit.effective, edit.deletion), (Some(day("2013-04-01")), Some(day("2026-07-31"))));

    assert_eq!(table("AOC_V2026Q3-F-MCR.txt", fixed().as_bytes()), bytes);
    let rows: Vec<Vec<&str>> =
        [vec!["A notice"], HEADING.to_vec()].into_iter().chain(EDITS.iter().map(|row| row.to_vec())).collect();
    let book = workbook(&rows);
    assert_eq!(table("AOC_V2026Q3-MCR.xlsx", &book), bytes);
    let archive = packed(&[
        (NAME, text().as_bytes()),
        ("AOC_V2026Q3-F-MCR.txt", fixed().as_bytes()),
        ("AOC_V2026Q3-MCR.xlsx", &book),
        ("readme.txt", b"x"),
    ]);
    assert_eq!(table("medicare-ncci-2026q3-add-code-edits.zip", &archive), bytes);
}

#[test]
fn an_add_on_needs_a_primary_code_on_its_day() {
    let bytes = table(NAME, text().as_bytes());
    let table = Releases::new([AddOns::from_bytes(&bytes).unwrap()]);
    use AddOnAnswer::{CannotTell, ContractorDecides, Missing, NotAddOn, Satisfied};
    let found = |text| Satisfied(code(text));
    for (add_on, codes, on, answer) in [
        ("G0002", &["G0001"][..], "2026-07-01", found("G0001")),
        ("G0002", &["A0001", "G0001"], "2026-09-30", found("G0001")),
        ("G0002", &["G0001"], "2026-06-30", CannotTell),
        ("G0002", &["G0001"], "2026-10-01", CannotTell),
        ("G0002", &[], "2026-07-01", Missing),
        ("G0002", &["G0002", "A0001"], "2026-07-01", Missing),
        ("G0002", &["G0003"], "2026-08-31", found("G0003")),
        ("G0002", &["G0003"], "2026-09-01", Missing),
        ("G0002", &["G0004"], "2026-07-31", found("G0004")),
        ("G0002", &["G0004"], "2026-08-01", Missing),
        ("G0010", &["G0001"], "2026-08-01", ContractorDecides),
        ("G0020", &["G0001"], "2026-08-01", ContractorDecides),
        ("G0020", &["G0001", "G0021"], "2026-08-01", found("G0021")),
        ("G0030", &["A0001"], "2026-08-01", NotAddOn),
        ("G0040", &["A0001"], "2026-07-31", NotAddOn),
        ("G0040", &["A0001"], "2026-08-01", Missing),
        ("G0001", &["A0001"], "2026-08-01", NotAddOn),
    ] {
        let codes: Vec<ServiceCode> = codes.iter().map(|text| code(text)).collect();
        assert_eq!(table.check(code(add_on), &codes, day(on)), answer, "{add_on} with {codes:?} on {on}");
    }
    let on = table.on(day("2026-09-01")).unwrap();
    assert_eq!(on.primaries(code("G0002"), day("2026-09-01")).collect::<Vec<_>>(), [code("G0001")]);
    assert_eq!(on.primaries(code("G0002"), day("2026-07-31")).count(), 3);
    assert_eq!(on.primaries(code("G0010"), day("2026-07-31")).count(), 0);
}

#[test]
fn a_pair_may_have_several_intervals_and_a_row_that_stands_twice_is_one() {
    let more = "1\tG0002\t\tG0001\t\t2010001\t2012001\t\r\n1\tG0002\t\tG0001\t\t2013091\t\t\r\n";
    let bytes = table(NAME, (text() + more).as_bytes());
    let table = AddOns::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    assert_eq!((table.len(), table.edits_of(code("G0002")).count()), (9, 4));
    assert_eq!(table.primaries(code("G0002"), day("2026-07-01")).next(), Some(code("G0001")));
}

#[test]
fn a_file_of_something_else_is_refused() {
    let refused = |name: &str, text: String| {
        import::add_on(name, text.as_bytes(), Program::Medicare, None).unwrap_err().to_string()
    };
    for (name, text, expected) in [
        ("AOC_V2026Q3-MCD.txt", text(), "it is of medicaid, not of medicare"),
        ("AOC.txt", text(), "does not say its release"),
        (NAME, "column1\tcolumn2\n1\t2\n".to_owned(), "no heading of add-on code edits"),
        (NAME, text().replace("AOC_Edit_EffDT", "other"), "line 2, column 1: expected the heading AOC_Edit_EffDT"),
        (NAME, text().replace("1\tG0040", "4\tG0040"), "line 10, column 1: expected the type 1, 2 or 3"),
        (NAME, text().replace("G0040", "G040"), "line 10, column 2: expected a HCPCS code"),
        (NAME, text().replace("2026213", "2026400"), "line 10, column 6: expected the first day"),
        (NAME, text().replace("2026243", "soon"), "line 4, column 7: expected a day"),
        (NAME, text().replace("1\tG0040\t\tG0001", "1\tG0040\t\tCCCCC"), "line 10, column 4: expected a primary code"),
        (NAME, fixed()[..EDITS.len() * 99 - 80].to_owned(), "line 8, column 20: expected an edit of 32 characters"),
        (NAME, text().lines().take(2).collect::<Vec<_>>().join("\n"), "line 2, column 1: expected rows of edits"),
    ] {
        let error = refused(name, text);
        assert!(error.contains(expected), "{expected:?}: {error}");
    }
    for end in 0..text().len() {
        let _ = import::add_on(NAME, &text().as_bytes()[..end], Program::Medicare, None);
    }
}

#[test]
fn damage_never_stops_the_program() {
    let bytes = table(NAME, text().as_bytes());
    damaged(&bytes, |bytes| {
        if let Ok(table) = AddOns::from_bytes(bytes) {
            let _ = table.verify();
            let _ = table.edits().count();
            let _ = table.check(code("G0002"), &[code("G0001")], day("2026-08-01"));
        }
    });
}
