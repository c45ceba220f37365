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

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use superbill_core::Date;
use superbill_hcpcs::import::{ImportError, Imported, hcpcs};
use superbill_hcpcs::{Hcpcs, HcpcsCode, HcpcsTables, ModifierInfo, Record, Status};
use superbill_table::import::sheets;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join("hcpcs").join(name)).unwrap()
}

const ZIP: &str = "2020-Alpha-Numeric-HCPCS-File.zip";
const XLSX: &str = "anweb_2020_10.xlsx";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A record as a plain reading has it: fields by the names of the official heading, spaces run together.
type Plain = BTreeMap<String, String>;

fn spaces(text: &str) -> String {
    text.replace('\u{A0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of 320 columns in the archive, by its layout.
fn plain_fixed(folder: &Path) -> BTreeMap<String, Plain> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes(folder, ZIP))).unwrap();
    let mut text = Vec::new();
    archive.by_name("HCPC2020_ANWEB_w_disclaimer.txt").unwrap().read_to_end(&mut text).unwrap();
    let text: String = text.iter().map(|byte| char::from(*byte)).collect();
    let layout = [
        ("PRICE1", 120, 121),
        ("PRICE2", 122, 123),
        ("PRICE3", 124, 125),
        ("PRICE4", 126, 127),
        ("MULT_PI", 128, 128),
        ("CIM1", 129, 134),
        ("CIM2", 135, 140),
        ("CIM3", 141, 146),
        ("MCM1", 147, 154),
        ("MCM2", 155, 162),
        ("MCM3", 163, 170),
        ("STATUTE", 171, 180),
        ("LABCERT1", 181, 183),
        ("LABCERT2", 184, 186),
        ("LABCERT3", 187, 189),
        ("LABCERT4", 190, 192),
        ("LABCERT5", 193, 195),
        ("LABCERT6", 196, 198),
        ("LABCERT7", 199, 201),
        ("LABCERT8", 202, 204),
        ("XREF1", 205, 209),
        ("XREF2", 210, 214),
        ("XREF3", 215, 219),
        ("XREF4", 220, 224),
        ("XREF5", 225, 229),
        ("COV", 230, 230),
        ("ASC_GRP", 231, 232),
        ("ASC_DT", 233, 240),
        ("OPPS", 241, 243),
        ("OPPS_PI", 244, 244),
        ("OPPS_DT", 245, 252),
        ("PROCNOTE", 253, 256),
        ("BETOS", 257, 259),
        ("TOS1", 261, 261),
        ("TOS2", 262, 262),
        ("TOS3", 263, 263),
        ("TOS4", 264, 264),
        ("TOS5", 265, 265),
        ("ANEST_BU", 266, 268),
        ("ADD DT", 269, 276),
        ("ACT EFF DT", 277, 284),
        ("TERM DT", 285, 292),
        ("ACTION CD", 293, 293),
        ("SHORT DESCRIPTION", 92, 119),
    ];
    let mut records: BTreeMap<String, Plain> = BTreeMap::new();
    let numbered = |line: &&str| line.get(5..10).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    for line in text.lines().filter(numbered) {
        let cell = |first: usize, last: usize| spaces(&line[first - 1..last]);
        let record = records.entry(cell(1, 5)).or_default();
        if matches!(&line[10..11], "3" | "7") {
            record.extend(layout.iter().map(|(name, first, last)| ((*name).to_owned(), cell(*first, *last))));
        }
        let long = record.entry("LONG DESCRIPTION".to_owned()).or_default();
        *long = spaces(&format!("{long} {}", cell(12, 91)));
    }
    records
}

/// The workbook.
fn plain_xlsx(folder: &Path) -> BTreeMap<String, Plain> {
    let rows = sheets(&bytes(folder, XLSX)).unwrap().remove(0);
    let at = rows.iter().position(|row| row.cell(1) == "HCPC").unwrap();
    let mut records: BTreeMap<String, Plain> = BTreeMap::new();
    for row in &rows[at + 1..] {
        let cells: Plain =
            rows[at].cells.iter().map(|(column, name)| (name.clone(), spaces(row.cell(*column)))).collect();
        if matches!(cells["RECID"].as_str(), "4" | "8") {
            let record = records.get_mut(&cells["HCPC"]).unwrap();
            let long = format!("{} {}", record["LONG DESCRIPTION"], cells["LONG DESCRIPTION"]);
            record.insert("LONG DESCRIPTION".to_owned(), long);
        } else {
            assert!(records.insert(cells["HCPC"].clone(), cells).is_none());
        }
    }
    records
}

/// The rendering of July 2024, as records of the official heading.
fn plain_2024(folder: &Path) -> BTreeMap<String, Plain> {
    let read = |name: &str| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(&bytes(folder, name)[..]).deserialize().map(Result::unwrap).collect()
    };
    let mut records: BTreeMap<String, Plain> = BTreeMap::new();
    for row in read("hcpcs-attributes-2024q3.csv") {
        let mut record = Plain::new();
        let mut put = |name: &str, text: &str| record.insert(name.to_owned(), text.to_owned());
        for (from, name) in [
            ("multi", "MULT_PI"),
            ("cov", "COV"),
            ("betos", "BETOS"),
            ("action", "ACTION CD"),
            ("statute", "STATUTE"),
            ("asc_grp", "ASC_GRP"),
            ("proc", "PROCNOTE"),
            ("anes", "ANEST_BU"),
        ] {
            put(name, &spaces(&row[from]));
        }
        for (from, name) in
            [("date_term", "TERM DT"), ("date_added", "ADD DT"), ("date_asc", "ASC_DT"), ("date_action", "ACT EFF DT")]
        {
            put(name, &row[from].replace('-', ""));
        }
        for (from, name) in
            [("price", "PRICE"), ("tos", "TOS"), ("cim", "CIM"), ("mcm", "MCM"), ("lab", "LABCERT"), ("xref", "XREF")]
        {
            for (place, part) in (1..).zip(row[from].split([':', ',']).map(str::trim).filter(|part| !part.is_empty())) {
                put(&format!("{name}{place}"), part);
            }
        }
        records.insert(row["hcpcs_code"].clone(), record);
    }
    for row in read("hcpcs-descriptions-2024q3.csv") {
        let name = if row["hcpcs_desc_type"] == "Long" { "LONG DESCRIPTION" } else { "SHORT DESCRIPTION" };
        records.get_mut(&row["hcpcs_code"]).unwrap().insert(name.to_owned(), spaces(&row["hcpcs_description"]));
    }
    records
}

const HEADING: &str = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,ACT EFF DT,TERM DT,ACTION CD";

/// Records in the official form with commas.
fn csv_of(records: &BTreeMap<String, Plain>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADING.split(',')).unwrap();
    for (code, record) in records {
        let cell = |name: &str| match name {
            "HCPC" => code.clone(),
            "SEQNUM" => "0010".to_owned(),
            "RECID" => "3".to_owned(),
            name => record.get(name).cloned().unwrap_or_default(),
        };
        writer.write_record(HEADING.split(',').map(cell)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// What a record of a table says, under the names of the official heading.
fn said(record: Record<'_>) -> Plain {
    let mut all = Plain::new();
    let mut put = |name: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            all.insert(name.to_owned(), text);
        }
    };
    let date = |date: Option<Date>| date.map(|date| date.ccyymmdd().to_string());
    put("LONG DESCRIPTION", record.long_title().map(|title| spaces(&title.to_string())));
    put("SHORT DESCRIPTION", record.short_title(Date::MAX).map(|title| spaces(&title.to_string())));
    put("MULT_PI", record.multiple_pricing().map(|value| value.to_string()));
    put("STATUTE", record.statute().map(spaces));
    put("COV", record.coverage().map(|value| value.to_string()));
    put("ASC_GRP", record.asc_group().map(str::to_owned));
    put("OPPS", record.outpatient_group().map(str::to_owned));
    put("OPPS_PI", record.outpatient_indicator().map(str::to_owned));
    put("PROCNOTE", record.processing_note().map(str::to_owned));
    put("BETOS", record.betos().map(|value| value.to_string()));
    put("ANEST_BU", record.anesthesia_base_units().map(str::to_owned));
    put("ACTION CD", record.action().map(|value| value.to_string()));
    put("ADD DT", date(record.added()));
    put("ACT EFF DT", date(record.action_effective()));
    put("TERM DT", date(record.terminated()));
    put("ASC_DT", date(record.asc_effective()));
    put("OPPS_DT", date(record.outpatient_effective()));
    let mut list = |name: &str, texts: &mut dyn Iterator<Item = String>| {
        for (place, text) in (1..).zip(texts) {
            put(&format!("{name}{place}"), Some(text));
        }
    };
    list("PRICE", &mut record.pricing().map(|value| value.to_string()));
    list("TOS", &mut record.types_of_service().map(|value| value.to_string()));
    list("CIM", &mut record.coverage_manual().map(spaces));
    list("MCM", &mut record.carriers_manual().map(spaces));
    list("LABCERT", &mut record.lab_certifications().map(|value| value.to_string()));
    list("XREF", &mut record.cross_references().map(|code| code.to_string()));
    all
}

/// The letters that Windows has beside those of Latin-1, as they are meant.
fn meant(text: &str) -> String {
    let pairs = [('\u{91}', '‘'), ('\u{92}', '’'), ('\u{93}', '“'), ('\u{94}', '”'), ('\u{96}', '–'), ('\u{97}', '—')];
    text.chars().map(|one| pairs.iter().find(|(from, _)| *from == one).map_or(one, |(_, to)| *to)).collect()
}

fn expected(plain: &Plain) -> Plain {
    let kept = |(name, text): (&String, &String)| {
        let number = matches!(name.as_str(), "HCPC" | "SEQNUM" | "RECID");
        (!number && !text.is_empty()).then(|| (name.clone(), meant(text)))
    };
    plain.iter().filter_map(kept).collect()
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
    // The excerpt has the heading of today and modifiers alone: it is read to its end and found to be no whole file.
    let excerpt = std::fs::read(folder.join("formats/hcpcs-anweb-2026-oct.excerpt.csv")).unwrap();
    let error = hcpcs("HCPC2026_OCT_ANWEB.csv", &excerpt, None).unwrap_err();
    assert!(error.to_string().starts_with("the file has no codes that begin with A"), "{error}");
}
