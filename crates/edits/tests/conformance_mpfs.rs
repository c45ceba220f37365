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
use superbill_core::PlaceOfService;
use superbill_edits::import::{gpci, mpfs};
use superbill_edits::payment::{Billing, PaymentLine, expected_payment};
use superbill_edits::{ApmParticipation, FeeSchedule, FeeSchedules, Gpci, InForce, Locality, Releases, ServiceCode};

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

/// The plain rendering of the fees in the official form of October 2025.
fn official_fees(text: &str) -> String {
    let mut official =
        ",,2025 National Physician Fee Schedule Relative Value File October Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
            .to_owned();
    official.push_str(HEADINGS);
    for line in text.lines().skip(1) {
        writeln!(official, "{line}").unwrap();
    }
    official
}

/// The plain rendering of the indices in the official form of a year.
fn official_indices(text: &str, year: i16) -> String {
    let mut official = format!(
        "ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,\n,,,,,,\n\
         Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,{year} PW GPCI (with 1.0 Floor),\
         {year} PE GPCI,{year} MP GPCI\n"
    );
    for line in text.lines().skip(1) {
        let fields = fields(line);
        let [work, practice, malpractice] = [4, 5, 6].map(|at| index(fields[at]));
        let [contractor, state, locality, name, ..] = fields[..] else { panic!("{line}") };
        writeln!(official, "{contractor},{state},{locality},\"{name}\",{work},{practice},{malpractice}").unwrap();
    }
    official.push_str("*Notes stand below.,,,,,,\n");
    official
}

/// The rendering has indices as binary fractions.
fn index(text: &str) -> String {
    format!("{:.3}", text.parse::<f64>().unwrap())
}

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
    let official = official_fees(&text);
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

/// The excerpt of the official file of July 2026, ended by a made-up last code: a whole file goes on to codes with V.
#[test]
fn the_headings_of_july_2026_are_read() {
    let Some(text) = text("formats/mpfs-pprrvu-2026-jul.excerpt.csv") else { return };
    let excerpt = mpfs("PPRRVU2026_Jul_nonQPP.csv", text.as_bytes(), None, None).unwrap();
    assert_eq!(FeeSchedule::from_bytes(&excerpt).unwrap().about().value("complete"), Some("no"));
    let last = text.lines().last().unwrap();
    let ended = format!("{}\nV9999,{}\n", text.trim_end(), last.split_once(',').unwrap().1);
    let bytes = mpfs("rvu26c.csv", ended.as_bytes(), None, None).unwrap();
    let table = FeeSchedule::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    assert_eq!((table.quarter().to_string(), table.participation()), ("2026Q3".to_owned(), ApmParticipation::Other));
    let factors: Vec<String> = table.iter().map(|row| row.conversion_factor().to_string()).collect();
    assert!(factors.iter().all(|factor| factor == "33.4009") && factors.len() == text.lines().count() - 10 + 1);
    println!("the headings of July 2026 are read, with {} rows", factors.len());
}

/// Every row alone, in each setting, at some locality: the amount is the formula in whole numbers, and what is allowed is that amount or its
/// cap, unless the status says otherwise.
#[test]
fn every_row_alone_is_allowed_its_amount() {
    let (Some(fees), Some(indices)) = (text("mpfs/pprrvu2025_oct_nodesc.csv"), text("mpfs/gpci_2024.csv")) else {
        return;
    };
    let bytes = mpfs("PPRRVU2025_Oct.csv", official_fees(&fees).as_bytes(), None, None).unwrap();
    // The indices of 2025 are not at hand; those of the year before are as good for the arithmetic.
    let indices = gpci("GPCI.csv", official_indices(&indices, 2025).as_bytes(), None).unwrap();
    let table = FeeSchedule::from_bytes(&bytes).unwrap();
    let indices = Gpci::from_bytes(&indices).unwrap();
    let localities: Vec<_> = indices.iter().collect();
    let (schedules, releases) = (FeeSchedules::new([table]), Releases::new([indices]));
    let (mut allowed, mut asked) = (0, 0);
    for (number, row) in table.iter().enumerate() {
        let locality = &localities[number % localities.len()];
        for facility in [false, true] {
            let index = |index: superbill_edits::PracticeCostIndex| u64::from(index.thousandths());
            let value = |value: superbill_edits::RelativeValue| u64::from(value.hundredths());
            let factor = u64::from(row.conversion_factor().ten_thousandths());
            let sum = |practice, malpractice| {
                let values = value(row.work()) * index(locality.work)
                    + practice * index(locality.practice_expense)
                    + malpractice * index(locality.malpractice);
                ((values * factor + 5_000_000) / 10_000_000) as i64
            };
            let naive = sum(value(row.practice_expense(facility)), value(row.malpractice()));
            assert_eq!(row.amount(facility, Some(locality)).unwrap().cents(), naive, "{}", row.code());
            // The national amount is the total times the factor.
            let national = (value(row.total(facility)) * factor + 5_000) / 10_000;
            assert_eq!(row.amount(facility, None).unwrap().cents() as u64, national, "{}", row.code());
            let (practice, malpractice) = (value(row.opps_practice_expense(facility)), value(row.opps_malpractice()));
            let cap = if practice + malpractice == 0 { naive } else { sum(practice, malpractice).min(naive) };
            // An ambulatory surgical centre is a facility whose technical part is not the hospital's.
            let place = PlaceOfService::new(if facility { 24 } else { 11 }).unwrap();
            let line = [PaymentLine::new(row.code(), place).with_modifiers(row.modifier())];
            let billing = Billing::new("2025-11-01".parse().unwrap(), Some(locality.locality));
            let paid = expected_payment(&schedules, &releases, &billing, &line).remove(0);
            asked += 1;
            let status = row.status();
            let valued = value(row.total(false)) + value(row.total(true)) > 0;
            let payable = matches!(status.code(), "A" | "T") || status.code() == "R" && valued;
            assert_eq!(paid.allowed().is_some(), payable, "{} {:?}: {paid:?}", row.code(), row.modifier());
            if let Some(amount) = paid.allowed() {
                // The cap is taken on the technical component of a whole test: its rounding can differ by a cent.
                assert!((amount.cents() - cap).abs() <= i64::from(cap != naive), "{}: {paid:?}", row.code());
                allowed += 1;
            }
        }
    }
    println!("{asked} questions about a row alone: {allowed} are allowed the amount of the formula or its cap");
}

#[test]
fn every_locality_of_2024_answers_as_the_file_does() {
    let Some(text) = text("mpfs/gpci_2024.csv") else { return };
    let official = official_indices(&text, 2024);
    let row = |line| {
        let fields = fields(line);
        let indices = [4, 5, 6].map(|at| index(fields[at]));
        (fields, indices)
    };
    let expected: Vec<(Vec<&str>, [String; 3])> = text.lines().skip(1).map(row).collect();
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
