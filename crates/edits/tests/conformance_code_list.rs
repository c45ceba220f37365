//! Adjustment reason and remark codes with their days, as published in 2024: every row is answered at both of its ends. Skipped, saying so, without the
//! folder.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, missing_docs, reason = "tests")]

mod support;

use superbill_edits::{CodeList, CodeListName, CodeListStatus, import};
use support::{day, folder};

#[test]
fn every_row_is_answered_at_both_ends() {
    let Some(path) = folder().map(|folder| folder.join("codes/adjustment_codes_2024.csv")).filter(|path| path.exists())
    else {
        eprintln!("skipped: SUPERBILL_CONFORMANCE names no folder with codes/adjustment_codes_2024.csv");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    for (kind, name, least) in
        [("CARC", CodeListName::ClaimAdjustmentReason, 400), ("RARC", CodeListName::RemittanceRemark, 1_100)]
    {
        let of: Vec<_> = rows.iter().filter(|row| row[1] == kind).collect();
        assert!(of.len() >= least, "{kind}: {}", of.len());
        let mut file = String::from("Code,Start,Last Modified,Stop\n");
        for row in &of {
            file.push_str(&format!("{},{},{},{}\n", row[0], row[2], row[3], row[4]));
        }
        let bytes = import::code_list(&[("codes.csv", file.as_bytes())], name, None).unwrap();
        let list = CodeList::from_bytes(&bytes).unwrap();
        list.verify().unwrap();
        assert_eq!(list.len(), of.len());
        let mut ended = 0;
        for row in &of {
            let (code, since) = (row[0], day(row[2]));
            assert!(matches!(list.status(code, since), CodeListStatus::Valid(_)), "{code}");
            let before = list.status(code, since.yesterday().unwrap());
            assert!(matches!(before, CodeListStatus::NotYetEffective(_)), "{code}: {before:?}");
            if !row[4].is_empty() {
                let until = day(row[4]);
                ended += 1;
                assert!(matches!(list.status(code, until), CodeListStatus::Valid(_)), "{code}");
                assert!(matches!(list.status(code, until.tomorrow().unwrap()), CodeListStatus::Retired(_)), "{code}");
            }
        }
        // Only a list that keeps retired codes can say of the days before it that there was no such code.
        let absent = list.status(if kind == "CARC" { "999" } else { "N9999" }, day("2000-01-01"));
        assert_eq!(absent, if ended > 0 { CodeListStatus::Unknown } else { CodeListStatus::CannotTell });
        eprintln!("{kind}: {} codes, {ended} of them ended, release {}", list.len(), list.release());
        // No code of the other kind has the shape.
        assert!(rows.iter().filter(|row| row[1] != kind).all(|row| !name.is_shape(row[0])));
    }
}
