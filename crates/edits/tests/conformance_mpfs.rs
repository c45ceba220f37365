//! The fee schedule and the indices against the full tables, where the folder is given.
#![cfg(feature = "import")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use std::fmt::Write as _;
use std::path::PathBuf;
use superbill_edits::import::{gpci, mpfs};
use superbill_edits::{ApmParticipation, FeeSchedule, Gpci, InForce, Locality, ServiceCode};

fn text(path: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("SUPERBILL_CONFORMANCE").map(PathBuf::from) else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return None;
    };
    Some(std::fs::read_to_string(folder.join(path)).unwrap())
}

/// The headings of the official file of 2025: those of 2026 without the pricing indicator.
const HEADINGS: &str = "\
,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
";

/// A row of the plain rendering, whose columns are those of the official file. No description has a quotation mark.
fn fields(line: &str) -> Vec<&str> {
    let (before, rest) = line.split_once(",\"").map_or((line, None), |(before, rest)| (before, Some(rest)));
    let Some(rest) = rest else { return before.split(',').collect() };
    let (quoted, after) = rest.split_once("\",").unwrap();
    before.split(',').chain([quoted]).chain(after.split(',')).collect()
}

#[test]
fn every_row_of_october_2025_answers_as_the_file_does() {
    let Some(text) = text("mpfs/pprrvu2025_oct_nodesc.csv") else { return };
    let mut official =
        ",,2025 National Physician Fee Schedule Relative Value File October Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
            .to_owned();
    official.push_str(HEADINGS);
    for line in text.lines().skip(1) {
        writeln!(official, "{line}").unwrap();
    }
    let bytes = mpfs("PPRRVU2025_Oct.csv", official.as_bytes(), None, None).unwrap();
    let table = FeeSchedule::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    assert_eq!(
        (table.len(), table.quarter().to_string(), table.participation()),
        (19_090, "2025Q4".to_owned(), ApmParticipation::All)
    );
    assert_eq!(table.in_force().to_string(), "2025-10-01/2025-12-31");
    let mut rows = 0;
    for line in text.lines().skip(1) {
        let fields = fields(line);
        assert_eq!(fields.len(), 31, "{line}");
        let code: ServiceCode = fields[0].parse().unwrap();
        let modifier = (!fields[1].is_empty()).then(|| fields[1].parse().unwrap());
        let row = table.row(code, modifier).unwrap();
        let share = |rate: superbill_core::Rate| {
            format!("{}.{:02}", rate.parts_per_million() / 1_000_000, rate.parts_per_million() / 10_000 % 100)
        };
        let na = |facility| if row.rarely_done(facility) { "NA" } else { "" }.to_owned();
        let said = [
            row.code().to_string(),
            row.modifier().map_or(String::new(), |modifier| modifier.to_string()),
            fields[2].to_owned(),
            row.status().code().to_owned(),
            if row.not_used_for_medicare() { "+" } else { "" }.to_owned(),
            row.work().to_string(),
            row.practice_expense(false).to_string(),
            na(false),
            row.practice_expense(true).to_string(),
            na(true),
            row.malpractice().to_string(),
            row.total(false).to_string(),
            row.total(true).to_string(),
            row.components().code().to_owned(),
            row.global_period().code().to_owned(),
            share(row.preoperative()),
            share(row.intraoperative()),
            share(row.postoperative()),
            row.multiple_procedure().code().to_owned(),
            row.bilateral().code().to_owned(),
            row.assistant().code().to_owned(),
            row.co_surgeon().code().to_owned(),
            row.team_surgery().code().to_owned(),
            row.endoscopic_base().map_or(String::new(), |code| code.to_string()),
            row.conversion_factor().to_string(),
            row.supervision().code().to_owned(),
            row.calculation_flag().to_owned(),
            row.imaging_family().code().to_owned(),
            row.opps_practice_expense(false).to_string(),
            row.opps_practice_expense(true).to_string(),
            row.opps_malpractice().to_string(),
        ];
        assert_eq!(said.each_ref().map(String::as_str).as_slice(), fields, "{line}");
        assert!(
            !format!("{:?}{:?}{:?}{:?}", row.status(), row.components(), row.global_period(), row.multiple_procedure())
                .contains("Unknown")
        );
        assert!(
            !format!("{:?}{:?}{:?}{:?}", row.bilateral(), row.assistant(), row.co_surgeon(), row.team_surgery())
                .contains("Unknown")
        );
        assert!(!format!("{:?}{:?}", row.supervision(), row.imaging_family()).contains("Unknown"));
        rows += 1;
    }
    assert_eq!((rows, table.iter().count()), (19_090, 19_090));
    println!(
        "{rows} rows of the fee schedule of October 2025 agree in 30 columns; the table has {} bytes",
        bytes.len()
    );
}

#[test]
fn every_locality_of_2024_answers_as_the_file_does() {
    let Some(text) = text("mpfs/gpci_2024.csv") else { return };
    let mut official = "ADDENDUM E. FINAL CY 2024 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,\n,,,,,,\n\
        Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2024 PW GPCI (with 1.0 Floor),2024 PE GPCI,2024 MP GPCI\n"
        .to_owned();
    let mut expected = Vec::new();
    for line in text.lines().skip(1) {
        let fields = fields(line);
        let index = |at: usize| format!("{:.3}", fields[at].parse::<f64>().unwrap());
        let [work, practice, malpractice] = [index(4), index(5), index(6)];
        writeln!(
            official,
            "{},{},{},\"{}\",{work},{practice},{malpractice}",
            fields[0], fields[1], fields[2], fields[3]
        )
        .unwrap();
        expected.push((fields, [work, practice, malpractice]));
    }
    official.push_str("*Notes stand below.,,,,,,\n");
    let bytes = gpci("GPCI2024.csv", official.as_bytes(), None).unwrap();
    let table = Gpci::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    assert_eq!((table.len(), table.in_force().to_string()), (expected.len(), "2024-01-01/2024-12-31".to_owned()));
    for (fields, indices) in &expected {
        for area in [fields[0], fields[1]] {
            let locality: Locality = format!("{area}-{}", fields[2]).parse().unwrap();
            let row = table.row(locality).unwrap();
            assert_eq!((row.contractor, row.name), (fields[0], fields[3]));
            assert_eq!([row.work, row.practice_expense, row.malpractice].map(|index| index.to_string()), *indices);
        }
    }
    println!("{} localities of 2024 agree", expected.len());
}
