//! Every row of the add-on codes, in the official forms, where the folder is given.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use superbill_edits::{AddOnAnswer, AddOns, Program, ServiceCode, import};
use support::{day, folder};

#[test]
fn every_row_answers_as_a_scan_of_the_file() {
    let Some(folder) = folder() else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    let text = std::fs::read_to_string(folder.join("ncci/add_on_codes_2024q3.csv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 7_465);
    let heading = "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\tSpecial_Instruction_Notes\n";
    let mut official = String::from("A notice\n");
    let mut fixed = String::new();
    official.push_str(heading);
    for row in &rows {
        official.push_str(&format!("{}\t{}\t\t{}\t\t2013091\t\t\n", row[2], row[1], row[0]));
        fixed.push_str(&format!("{}{}{:7}{}{:7}2013091{:65}\r\n", row[2], row[1], "", row[0], "", ""));
    }
    let bytes = import::add_on("AOC_V2024Q3-MCR.txt", official.as_bytes(), Program::Medicare, None).unwrap();
    let other = import::add_on("AOC_V2024Q3-F-MCR.txt", fixed.as_bytes(), Program::Medicare, None).unwrap();
    assert!(bytes == other, "both forms give the same table");
    let table = AddOns::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    assert_eq!(table.len(), rows.len());

    let on = day("2024-08-15");
    let code = |text: &str| ServiceCode::parse(text).unwrap();
    let mut scan: BTreeMap<&str, (BTreeSet<&str>, bool)> = BTreeMap::new();
    for row in &rows {
        let (primaries, contractor) = scan.entry(row[1]).or_default();
        *contractor |= row[2] != "1";
        if row[0] != "CCCCC" {
            primaries.insert(row[0]);
        }
    }
    let primary_codes: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    let (mut asked, mut contractors) = (0u64, 0);
    for (add_on, (primaries, contractor)) in &scan {
        contractors += u32::from(*contractor);
        assert!(table.primaries(code(add_on), on).eq(primaries.iter().map(|text| code(text))), "{add_on}");
        let otherwise = if *contractor { AddOnAnswer::ContractorDecides } else { AddOnAnswer::Missing };
        assert_eq!(table.check(code(add_on), &[], on), otherwise, "{add_on}");
        // Each add-on code with each of its primaries and with some of the others.
        for primary in primaries.iter().chain(primary_codes.iter().step_by(23)) {
            let expected = if primaries.contains(primary) { AddOnAnswer::Satisfied(code(primary)) } else { otherwise };
            assert_eq!(table.check(code(add_on), &[code(primary)], on), expected, "{add_on} with {primary}");
            asked += 1;
        }
        assert_eq!(table.check(code(add_on), &[], day("2024-10-01")), AddOnAnswer::CannotTell);
    }
    for text in primary_codes.iter().filter(|text| !scan.contains_key(*text)) {
        assert_eq!(table.check(code(text), &[], on), AddOnAnswer::NotAddOn, "{text}");
    }
    println!(
        "{} rows of {} add-on codes ({contractors} with a contractor's say) answer as a scan in {asked} questions; the table has {} bytes",
        rows.len(),
        scan.len(),
        bytes.len()
    );
}
