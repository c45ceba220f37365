//! The full tables of pairs, in the form of the official files, through importer and table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]
#![cfg(feature = "import")]

use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use superbill_core::Date;
use superbill_edits::import::pairs;
use superbill_edits::{ModifierIndicator, PairAnswer, PairSetting, Pairs, Program, ServiceCode};

const HEADING: &str = "CPT only copyright 2024 American Medical Association.  All rights reserved.\t\t\t\t\t\t\r\n\
    Column1/Column2 Edits\t\t\t\t\t\t\r\n\
    Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n\
    \t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n\t\t\t\t*=no data\t1=allowed\t\r\n\t\t\t\t\t9=not applicable\t\r\n";

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE").map(|folder| PathBuf::from(folder).join("ncci"));
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE is not set");
    }
    folder
}

/// A row of the rendering, which has no first days: one is made up from the row's number, before the last day.
struct Row {
    column1: ServiceCode,
    column2: ServiceCode,
    effective: Date,
    deletion: Option<Date>,
    indicator: u8,
    rationale: String,
}

fn rows(file: &str) -> Option<Vec<Row>> {
    let path = folder()?.join(file);
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(std::fs::File::open(path).unwrap())
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in text.lines().skip(1).enumerate() {
        let fields: Vec<&str> = line.split('\t').collect();
        let indicator: u8 = fields[3].parse().unwrap();
        let deletion = (fields[2] != "9999-12-31").then(|| fields[2].parse::<Date>().unwrap());
        // The quarters from 1996 on that begin before the end; an edit with indicator 9 ends on the day it begins.
        let first = Date::new(1996 + (number % 28) as i16, 1 + 3 * (number / 28 % 4) as i8, 1).unwrap();
        let effective = match deletion {
            Some(last) if indicator == 9 || first > last => last,
            _ => first,
        };
        let [column1, column2] = [0, 1].map(|at| ServiceCode::parse(fields[at]).unwrap());
        rows.push(Row { column1, column2, effective, deletion, indicator, rationale: fields[4].to_owned() });
    }
    Some(rows)
}

fn official(rows: &[Row]) -> String {
    let mut text = HEADING.to_owned();
    for row in rows {
        let last = row.deletion.map_or("*".to_owned(), |day| day.ccyymmdd().to_string());
        let first = row.effective.ccyymmdd();
        text.push_str(&format!(
            "{}\t{}\t\t{first}\t{last}\t{}\t{}\r\n",
            row.column1, row.column2, row.indicator, row.rationale
        ));
    }
    text
}

fn whole_table_answers(file: &str, name: &str, setting: PairSetting, count: usize, most_bytes: usize) {
    let Some(rows) = rows(file) else { return };
    assert_eq!(rows.len(), count);
    // Four parts, as they are published, each beginning with a code of its own.
    let mut cuts = vec![0];
    for part in 1..4 {
        let at = rows.len() * part / 4;
        cuts.push(at + rows[at..].iter().position(|row| row.column1 != rows[at - 1].column1).unwrap());
    }
    cuts.push(rows.len());
    let texts: Vec<(String, String)> = (0..4)
        .map(|part| (format!("{name}-v302r0-f{}.txt", part + 1), official(&rows[cuts[part]..cuts[part + 1]])))
        .collect();
    let files: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let started = std::time::Instant::now();
    let mut heard = 0;
    let imported = pairs(&files, setting, Program::Medicare, None, &mut |done, total| {
        assert!(done <= total && total == bytes as u64);
        heard += 1;
    })
    .unwrap();
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{file}: {} rows, {} codes, {:.2} MiB, from {:.0} MB of text at {:.0} MB/s",
        imported.rows,
        imported.codes,
        imported.bytes.len() as f64 / f64::from(1 << 20),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds
    );
    assert!(heard > 10 && imported.complete && imported.rows == count);
    assert_eq!(imported.release.to_string(), "2024Q3");
    assert!(imported.bytes.len() <= most_bytes, "{} bytes", imported.bytes.len());
    let table = Pairs::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();

    // Row by row: everything that the text says is in the table, and nothing else.
    let mut expected: HashMap<(ServiceCode, ServiceCode), Vec<&Row>> = HashMap::new();
    for row in &rows {
        expected.entry((row.column1, row.column2)).or_default().push(row);
    }
    let mut repeated = 0;
    for ((column1, column2), rows) in &mut expected {
        rows.sort_by_key(|row| std::cmp::Reverse((row.effective, row.deletion.unwrap_or(Date::MAX))));
        repeated += rows.len() - 1;
        let found: Vec<_> = table.history(*column1, *column2).collect();
        assert_eq!(found.len(), rows.len(), "{column1} {column2}");
        for (edit, row) in found.iter().zip(rows.iter()) {
            let is = (edit.effective(), edit.deletion(), edit.indicator().digit(), edit.rationale());
            assert_eq!(is, (row.effective, row.deletion, row.indicator, row.rationale.as_str()), "{column1} {column2}");
        }
        // On each boundary of each interval, as the scan says.
        for row in rows.iter() {
            let last = row.deletion.unwrap_or("2024-09-30".parse().unwrap());
            for day in
                [row.effective.yesterday(), Some(row.effective), Some(last), last.tomorrow()].into_iter().flatten()
            {
                let scan = rows.iter().find(|row| {
                    row.indicator != 9 && row.effective <= day && row.deletion.is_none_or(|last| day <= last)
                });
                let scan = scan.filter(|_| day <= "2024-09-30".parse().unwrap());
                let on = table.on(day);
                let edit = on.edit(*column1, *column2).edit();
                assert_eq!(
                    edit.map(|edit| edit.indicator().digit()),
                    scan.map(|row| row.indicator),
                    "{column1} {column2} {day}"
                );
                assert_eq!(edit.map(|edit| edit.effective()), scan.map(|row| row.effective));
            }
        }
    }
    assert_eq!(table.rows().count(), count);
    println!("{repeated} rows repeat a pair with other days");

    // The pairs of the worked examples.
    let code = |text: &str| ServiceCode::parse(text).unwrap();
    let on = table.on("2024-08-01".parse().unwrap());
    let panel = on.edit(code("80053"), code("80048")).edit().unwrap();
    assert_eq!(panel.indicator(), ModifierIndicator::NotAllowed);
    let intervals = table.history(code("99291"), code("36415")).count();
    assert_eq!(intervals, if setting == PairSetting::Practitioner { 2 } else { 1 });
    assert_eq!(on.edit(code("80048"), code("80053")), PairAnswer::None);
    assert_eq!(table.on("2024-10-01".parse().unwrap()).edit(code("80053"), code("80048")), PairAnswer::CannotTell);
}

#[test]
fn every_practitioner_row_answers_as_a_scan_of_its_source() {
    let setting = PairSetting::Practitioner;
    whole_table_answers("ptp_practitioner_2024q3.tsv.zst", "ccipra", setting, 2_546_017, 12 << 20);
}

#[test]
fn every_outpatient_row_answers_as_a_scan_of_its_source() {
    let setting = PairSetting::OutpatientHospital;
    whole_table_answers("ptp_outpatient_2024q3.tsv.zst", "ccioph", setting, 1_775_818, 12 << 20);
}
