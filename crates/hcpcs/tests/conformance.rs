//! Official files imported, row by row against a plain reading of them, where the folder is given.
#![cfg(feature = "import")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

mod plain;

use plain::{Plain, XLSX, ZIP, bytes, csv_of, expected, plain_2024, plain_fixed, plain_xlsx, said};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use superbill_core::Date;
use superbill_hcpcs::import::{ImportError, Imported, hcpcs};
use superbill_hcpcs::{Hcpcs, HcpcsCode, HcpcsTables, ModifierInfo, Status};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Every record of a plain reading answers as it says; and nothing else does.
fn compare(imported: &Imported, plain: &BTreeMap<String, Plain>, quarter_end: Date) {
    let table = Hcpcs::from_bytes(&imported.bytes).unwrap();
    table.verify().unwrap();
    println!(
        "{}: release {}, {} codes, {} ended, {} modifiers, {} lines go on, {} of level I, {} dental, {} bytes",
        imported.file,
        imported.release,
        imported.codes,
        imported.terminated,
        imported.modifiers,
        imported.continued,
        imported.level_one,
        imported.dental,
        imported.bytes.len()
    );
    let (mut codes, mut modifiers) = (0, 0);
    let on = table.on(imported.release);
    for (name, plain) in plain {
        let record = if let Ok(code) = HcpcsCode::parse(name) {
            codes += 1;
            let number = |name: &str| {
                plain.get(name).filter(|text| !text.is_empty()).map(|text| Date::parse_ccyymmdd(text).unwrap())
            };
            let (added, ended) = (number("ADD DT"), number("TERM DT"));
            let mut days = BTreeSet::from([imported.release, quarter_end, day("2015-06-30"), day("2019-12-31")]);
            for edge in [added, ended].into_iter().flatten() {
                days.extend([edge.yesterday(), Some(edge), edge.tomorrow()].into_iter().flatten());
            }
            for date in days {
                let status = if date > quarter_end {
                    Status::CannotTell
                } else if ended.is_some_and(|ended| date > ended) {
                    Status::Retired
                } else if added.is_some_and(|added| date < added) {
                    Status::NotYetEffective
                } else if added.is_none() && date < imported.release {
                    Status::CannotTell
                } else {
                    Status::Valid
                };
                assert_eq!(table.on(date).status(code), status, "{code} on {date}");
            }
            on.lookup(code).record().unwrap()
        } else {
            modifiers += 1;
            on.modifier(name.parse().unwrap()).record().unwrap()
        };
        assert_eq!(said(record), expected(plain), "{name}");
    }
    assert_eq!((codes, modifiers), (imported.codes, imported.modifiers));
    let listed: Vec<HcpcsCode> = on.codes().collect();
    let valid = plain.keys().filter_map(|name| HcpcsCode::parse(name).ok()).filter(|code| on.is_valid(*code));
    assert!(valid.eq(listed), "the codes of the day are the valid ones");
}

/// The official files are imported once.
fn fixed(folder: &Path) -> &'static Imported {
    static ONCE: OnceLock<Imported> = OnceLock::new();
    ONCE.get_or_init(|| timed(ZIP, &bytes(folder, ZIP)))
}

fn workbook(folder: &Path) -> &'static Imported {
    static ONCE: OnceLock<Imported> = OnceLock::new();
    ONCE.get_or_init(|| timed(XLSX, &bytes(folder, XLSX)))
}

fn commas(folder: &Path) -> &'static Imported {
    static ONCE: OnceLock<Imported> = OnceLock::new();
    ONCE.get_or_init(|| timed("HCPC2024_JUL_ANWEB.csv", &csv_of(&plain_2024(folder))))
}

fn timed(name: &str, bytes: &[u8]) -> Imported {
    let start = std::time::Instant::now();
    let imported = hcpcs(name, bytes, None).unwrap();
    println!("{name}: {} bytes in {:?}", bytes.len(), start.elapsed());
    imported
}

#[test]
fn every_row_of_the_fixed_form_answers_as_a_plain_reading_of_it() {
    let Some(folder) = folder() else { return };
    let imported = fixed(&folder);
    assert_eq!(
        (imported.release, imported.codes, imported.modifiers, imported.continued),
        (day("2020-01-01"), 6_710, 369, 5_280)
    );
    compare(imported, &plain_fixed(&folder), day("2020-03-31"));
}

#[test]
fn every_row_of_the_workbook_answers_as_a_plain_reading_of_it() {
    let Some(folder) = folder() else { return };
    let imported = workbook(&folder);
    assert_eq!((imported.release, imported.codes, imported.modifiers), (day("2020-10-01"), 6_825, 371));
    compare(imported, &plain_xlsx(&folder), day("2020-12-31"));
}

#[test]
fn every_row_of_the_form_with_commas_answers_as_a_plain_reading_of_it() {
    let Some(folder) = folder() else { return };
    let plain = plain_2024(&folder);
    let imported = commas(&folder);
    assert_eq!((imported.release, imported.codes), (day("2024-07-01"), 8_033));
    compare(imported, &plain, day("2024-09-30"));
}

/// What CMS changed without an action, and dashes that the text of 320 columns has as question marks.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "LONG DESCRIPTION",
        &[
            "C9764", "C9765", "C9766", "C9767", "G2136", "G2137", "G2140", "G2141", "G2144", "G2145", "G9448", "G9676",
            "G9949", "L2006",
        ],
    ),
    ("PROCNOTE", &["V5289"]),
    ("SHORT DESCRIPTION", &["J1944"]),
];

/// The three releases agree where a code did not change: where its action is of the same day.
#[test]
fn releases_agree_where_a_code_did_not_change() {
    let Some(folder) = folder() else { return };
    let tables = [fixed(&folder), workbook(&folder), commas(&folder)];
    let tables = tables.map(|imported| Hcpcs::from_bytes(&imported.bytes).unwrap());
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let (one, other) = (&tables[one], &tables[other]);
        let (mut same, mut differ): (usize, BTreeMap<String, Vec<String>>) = (0, BTreeMap::new());
        for code in (1..=260_000).filter_map(HcpcsCode::from_packed) {
            let record = |table: &'_ Hcpcs<'_>| table.on(Date::MIN).lookup(code).record().map(said);
            let (Some(mut before), Some(mut after)) = (record(one), record(other)) else { continue };
            // What the last action was is said in the release in which it was made alone.
            before.remove("ACTION CD");
            after.remove("ACTION CD");
            if before.get("ACT EFF DT") != after.get("ACT EFF DT") {
                continue;
            }
            same += 1;
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
                differ.entry(name.clone()).or_default().push(code.to_string());
            }
        }
        println!("{same} codes with the same action day; {differ:?}");
        // CMS changes the group of surgery centers from year to year without an action.
        differ.remove("ASC_GRP");
        differ.remove("ASC_DT");
        for (name, codes) in &differ {
            let known = KNOWN.iter().find(|(other, _)| other == name).map_or(&[][..], |(_, codes)| codes);
            let new: Vec<&String> = codes.iter().filter(|code| !known.contains(&code.as_str())).collect();
            assert!(new.is_empty(), "{name} of {new:?}");
        }
        assert!(same > 5_900);
        assert!(!differ.contains_key("ADD DT") && !differ.contains_key("TERM DT"), "{differ:?}");
    }
}

#[test]
fn releases_side_by_side_answer_by_the_one_that_governs() {
    let Some(folder) = folder() else { return };
    let tables = [workbook(&folder), fixed(&folder)].map(|imported| Hcpcs::from_bytes(&imported.bytes).unwrap());
    let together = HcpcsTables::new(&tables);
    for (date, release) in [
        ("2019-05-05", "2020-01-01"),
        ("2020-01-01", "2020-01-01"),
        ("2020-03-31", "2020-01-01"),
        ("2020-04-01", "2020-10-01"),
        ("2020-12-31", "2020-10-01"),
        ("2021-01-01", "2020-10-01"),
    ] {
        let on = together.on(day(date));
        let table = tables.iter().find(|table| table.release().unwrap().first() == day(release)).unwrap();
        for code in (1..=260_000).step_by(3).filter_map(HcpcsCode::from_packed) {
            assert_eq!(on.status(code), table.on(day(date)).status(code), "{code} on {date}");
        }
        assert_eq!(on.codes().count() > 5_000, date < "2021");
    }
}

/// Modifiers of the files that our list leaves out, each with the reason: none.
const REVIEWED: &[&str] = &[];

#[test]
fn every_modifier_of_the_files_is_known() {
    let Some(folder) = folder() else { return };
    for imported in [fixed(&folder), workbook(&folder)] {
        let name = &imported.file;
        let table = Hcpcs::from_bytes(&imported.bytes).unwrap();
        for modifier in table.modifiers() {
            let Some(info) = ModifierInfo::of(modifier) else {
                assert!(REVIEWED.contains(&modifier.as_str()), "{modifier} of {name}");
                continue;
            };
            let lookup = table.on(imported.release).modifier(modifier);
            let record = lookup.record().unwrap();
            // Our words are our own.
            for title in [record.long_title(), record.short_title(Date::MAX)].into_iter().flatten() {
                let (ours, theirs) = (info.words().to_lowercase(), title.to_string().to_lowercase());
                assert!(ours != theirs || ours.split(' ').count() <= 5, "{modifier}: {ours}");
            }
            if let Some(ended) = record.terminated() {
                assert_eq!(info.ended(), Some(ended), "{modifier}");
            }
        }
    }
}

#[test]
fn files_that_are_cut_changed_or_renamed_are_refused() {
    let Some(folder) = folder() else { return };
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes(&folder, ZIP))).unwrap();
    let mut text = Vec::new();
    archive.by_name("HCPC2020_ANWEB_w_disclaimer.txt").unwrap().read_to_end(&mut text).unwrap();
    let name = "HCPC2020_ANWEB_w_disclaimer.txt";
    assert_eq!(hcpcs(name, &text, None).unwrap().codes, 6_710);
    for other in ["HCPC2021_ANWEB.txt", "HCPC2019_ANWEB.txt", "HCPC2020_OCT_ANWEB.txt"] {
        assert!(matches!(hcpcs(other, &text, None), Err(ImportError::Release { .. })), "{other}");
    }
    assert_eq!(hcpcs("file.txt", &text, None), Err(ImportError::NoRelease));
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    for cut in [lines.len() - 2, lines.len() / 2, 600, 5] {
        assert_eq!(hcpcs(name, &lines[..cut].concat(), None).is_err(), cut != lines.len() - 2, "the first {cut} lines");
    }
    assert!(hcpcs(name, &text[..text.len() - 40], None).is_err(), "the last line cut");
    // A line that goes on with the one before cannot be left out, nor can any line stand elsewhere.
    let further = lines.iter().position(|line| line.get(10) == Some(&b'4')).unwrap();
    let first = further - 1;
    for left_out in [further, first] {
        let rest: Vec<&[u8]> =
            lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| *line).collect();
        let last_of_record = lines[left_out + 1].get(10) != Some(&b'4') && left_out == further;
        assert_eq!(hcpcs(name, &rest.concat(), None).is_err(), !last_of_record, "line {left_out} left out");
    }
    let mut swapped = lines.clone();
    swapped.swap(1_000, 5_000);
    assert!(hcpcs(name, &swapped.concat(), None).is_err());
    assert!(hcpcs(name, &[&text[..], &text[..]].concat(), None).is_err(), "twice the same");
    for other in
        ["Changes_by_HCPC.prn", "proc_notes_2020.txt", "HCPC2020_README.txt", "HCPC2020_ANWEB_w_disclaimer.xls"]
    {
        let mut bytes = Vec::new();
        archive.by_name(other).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(hcpcs(name, &bytes, None).is_err(), "{other}");
    }
    let mut bytes = Vec::new();
    archive.by_name("HCPC2020_TRANS_ALPHA_w_disclaimer.xlsx").unwrap().read_to_end(&mut bytes).unwrap();
    assert!(hcpcs(name, &bytes, None).is_err(), "the list of changes");
    // The excerpt has the heading of today and modifiers alone: it is read to its end, and found to be no whole file.
    let excerpt = std::fs::read(folder.join("formats/hcpcs-anweb-2026-oct.excerpt.csv")).unwrap();
    let imported = hcpcs("HCPC2026_OCT_ANWEB.csv", &excerpt, None).unwrap();
    assert!(!imported.whole && imported.modifiers == 6);
    let table = Hcpcs::from_bytes(&imported.bytes).unwrap();
    let code = "A0021".parse().unwrap();
    assert_eq!(table.on("2026-10-05".parse().unwrap()).status(code), Status::CannotTell);
}

/// What the bundled set confirms is valid by the full file, to the day on which the quarter begins or later in it.
#[cfg(feature = "bundled")]
#[test]
fn the_bundled_set_confirms_what_the_full_file_has() {
    let Some(folder) = folder() else { return };
    let full = Hcpcs::from_bytes(&commas(&folder).bytes).unwrap();
    let (mut confirmed, mut differ) = (0, Vec::new());
    for year in 2021..=2024i16 {
        for month in [1, 4, 7, 10i8] {
            let first = Date::new(year, month, 1).unwrap();
            if first > day("2024-07-01") {
                continue;
            }
            let last = first.add_months(3).unwrap().yesterday().unwrap();
            for code in Hcpcs::bundled().on(first).codes() {
                confirmed += 1;
                if !full.on(first).is_valid(code) && !full.on(last).is_valid(code) {
                    differ.push((code, first, full.on(first).lookup(code).reason()));
                }
            }
        }
    }
    println!("{confirmed} confirmed, {} otherwise in the full file: {differ:?}", differ.len());
    assert!(differ.is_empty());
}
