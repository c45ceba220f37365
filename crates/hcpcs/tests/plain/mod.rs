//! Plain readings of the official files, and what a table says in the same words.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use superbill_core::Date;
use superbill_hcpcs::Record;
use superbill_table::import::sheets;

pub(crate) fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join("hcpcs").join(name)).unwrap()
}

pub(crate) const ZIP: &str = "2020-Alpha-Numeric-HCPCS-File.zip";
pub(crate) const XLSX: &str = "anweb_2020_10.xlsx";

/// A record as a plain reading has it: fields by the names of the official heading, spaces run together.
pub(crate) type Plain = BTreeMap<String, String>;

pub(crate) fn spaces(text: &str) -> String {
    text.replace('\u{A0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of 320 columns in the archive, by its layout.
pub(crate) fn plain_fixed(folder: &Path) -> BTreeMap<String, Plain> {
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
pub(crate) fn plain_xlsx(folder: &Path) -> BTreeMap<String, Plain> {
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
pub(crate) fn plain_2024(folder: &Path) -> BTreeMap<String, Plain> {
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

pub(crate) const HEADING: &str = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,ACT EFF DT,TERM DT,ACTION CD";

/// Records in the official form with commas.
pub(crate) fn csv_of(records: &BTreeMap<String, Plain>) -> Vec<u8> {
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
pub(crate) fn said(record: Record<'_>) -> Plain {
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
pub(crate) fn meant(text: &str) -> String {
    let pairs = [('\u{91}', '‘'), ('\u{92}', '’'), ('\u{93}', '“'), ('\u{94}', '”'), ('\u{96}', '–'), ('\u{97}', '—')];
    text.chars().map(|one| pairs.iter().find(|(from, _)| *from == one).map_or(one, |(_, to)| *to)).collect()
}

pub(crate) fn expected(plain: &Plain) -> Plain {
    let kept = |(name, text): (&String, &String)| {
        let number = matches!(name.as_str(), "HCPC" | "SEQNUM" | "RECID");
        (!number && !text.is_empty()).then(|| (name.clone(), meant(text)))
    };
    plain.iter().filter_map(kept).collect()
}
