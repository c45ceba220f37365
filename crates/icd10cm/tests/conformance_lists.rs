//! The importers of the companion lists against the official files, where the folder is given.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use superbill_core::Date;
use superbill_icd10cm::import::{Conversions, GemFiles, ImportError, conversion, poa_exempt};
use superbill_icd10cm::{
    Conversion, Gems, Icd9Code, Icd10Cm, Icd10CmCode, Join, PoaExempt, PoaExemptLists, PoaExemption, PreviousCodes,
};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder
}

fn unpacked(folder: &Path, name: &str) -> Vec<u8> {
    let file = std::fs::File::open(folder.join(format!("icd10cm/{name}.zst"))).unwrap();
    let mut bytes = Vec::new();
    ruzstd::decoding::StreamingDecoder::new(file).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_poa_exempt_list_of_2026_answers_for_every_billable_code() {
    let Some(folder) = folder() else { return };
    let file = unpacked(&folder, "POAexemptCodesFY26.txt");
    let bytes = poa_exempt(&file, None, Some(38_349)).unwrap();
    let list = PoaExempt::from_bytes(&bytes).unwrap();
    list.verify().unwrap();
    assert_eq!(list.in_force().to_string(), "2025-10-01/2026-09-30");
    let text = String::from_utf8(file).unwrap();
    let listed: BTreeSet<Icd10CmCode> =
        text.lines().skip(1).map(|line| line.split('\t').nth(1).unwrap().parse().unwrap()).collect();
    assert_eq!((listed.len(), list.len()), (38_349, 38_349));
    let lists = PoaExemptLists::new([list]);
    let on = day("2025-10-01");
    let mut counts = (0, 0);
    for code in Icd10Cm::bundled().on(on).billable() {
        let expected = if listed.contains(&code) { PoaExemption::Exempt } else { PoaExemption::NotExempt };
        assert_eq!(lists.is_exempt(code, on), expected, "{code}");
        assert_eq!(lists.is_exempt(code, day("2026-10-01")), PoaExemption::CannotTell, "{code}");
        if listed.contains(&code) { counts.0 += 1 } else { counts.1 += 1 }
    }
    // Every code of the list is billable.
    assert_eq!(counts, (38_349, 74_719 - 38_349));
    println!("POA-exempt list of fiscal year 2026: {} codes exempt, {} not, {} bytes", counts.0, counts.1, bytes.len());
}

#[test]
fn every_row_of_the_conversion_table_of_2026_answers_forward_and_back() {
    let Some(folder) = folder() else { return };
    let file = std::fs::read(folder.join("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")).unwrap();
    let read = Conversions::read(&file, None).unwrap();
    assert_eq!(read.release, day("2025-10-01"));
    let bytes = conversion(&file, None).unwrap();
    let table = Conversion::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    // 5,892 rows of the workbook, 8 of which stand twice; a row with several previous codes is several rows here.
    let distinct: BTreeSet<_> = read.rows.iter().copied().collect();
    let current: BTreeSet<_> = distinct.iter().map(|row| (row.current, row.previous.effective)).collect();
    assert_eq!((current.len(), distinct.len(), table.len()), (5_884, 6_258, 6_258));
    assert_eq!(table.rows().collect::<BTreeSet<_>>(), distinct);
    let (mut single, mut spans, mut none) = (0, 0, 0);
    for row in &read.rows {
        assert!(table.predecessors(row.current).any(|before| before == row.previous), "{}", row.current);
        match row.previous.codes {
            PreviousCodes::Code(code) => {
                assert!(table.successors(code).any(|after| after == *row), "{code}");
                let found = table.replacements(code, row.previous.effective);
                let step = found.iter().find(|found| found.code == row.current);
                assert!(step.is_some_and(|found| found.steps.len() == 1), "{code} to {}", row.current);
                single += 1;
            }
            PreviousCodes::Span { first, last } => {
                for code in [first, last] {
                    assert!(table.successors(code).any(|after| after == *row), "{code}");
                }
                spans += 1;
            }
            PreviousCodes::None => none += 1,
        }
    }
    println!(
        "conversion table of fiscal year 2026: {} rows, {single} with a code, {spans} with a span, {none} with none, {} bytes",
        table.len(),
        bytes.len()
    );
}

/// The codes of spans and categories one by one, as far as they were ever codes: what the bundled table has.
fn expanded(rows: &Conversions, known: &BTreeSet<Icd10CmCode>) -> BTreeMap<(Icd10CmCode, Date), BTreeSet<Icd10CmCode>> {
    let mut expanded: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in &rows.rows {
        let codes = expanded.entry((row.current, row.previous.effective)).or_default();
        match row.previous.codes {
            PreviousCodes::Code(code) => codes.extend([code]),
            PreviousCodes::Span { first, last } if first == last => codes.extend([first]),
            PreviousCodes::Span { first, .. } => {
                let alike = |code: &&Icd10CmCode| row.previous.codes.covers(**code) && code.len() == first.len();
                codes.extend(known.iter().filter(alike));
            }
            PreviousCodes::None => {}
        }
    }
    expanded
}

#[test]
fn the_bundled_conversion_table_agrees_with_that_of_2026() {
    let Some(folder) = folder() else { return };
    let file = std::fs::read(folder.join("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")).unwrap();
    let read = Conversions::read(&file, None).unwrap();
    let bundled = Icd10Cm::bundled();
    assert_eq!(bundled.conversion_release(), Some(read.release));
    let days = ["2015-10-01", "2016-10-01", "2017-10-01", "2020-10-01", "2023-10-01", "2025-10-01"];
    let known: BTreeSet<_> = days.into_iter().flat_map(|on| bundled.on(day(on)).codes()).collect();
    let official = expanded(&read, &known);
    let (mut same, mut missing, mut different) = (0, Vec::new(), Vec::new());
    for ((current, effective), codes) in &official {
        let ours: BTreeSet<Icd10CmCode> = bundled
            .predecessors(*current)
            .filter(|before| before.effective == *effective)
            .filter_map(|before| if let PreviousCodes::Code(code) = before.codes { Some(code) } else { None })
            .collect();
        if ours == *codes {
            same += 1;
        } else if ours.is_empty() {
            missing.push(*current);
        } else {
            different.push(format!("{current} {effective}: bundled {ours:?}, official {codes:?}"));
        }
    }
    println!("{same} of {} current codes agree; not in the bundled table: {}", official.len(), shown(&missing));
    // Reviewed: of 127 codes whose previous ones are categories in words the bundled source has nothing, of 86 a part that is left out.
    assert_eq!((different.as_slice(), missing.len(), same), (&[][..], MISSING, 5_884 - MISSING));
    // What is missing hides no replacement: each previous code went on, or never was billable.
    let hidden = missing.iter().flat_map(|current| official.iter().filter(move |((other, _), _)| other == current));
    for ((current, effective), codes) in hidden {
        let (before, after) = (bundled.on(effective.yesterday().unwrap()), bundled.on(*effective));
        for code in codes {
            assert!(!before.is_billable(*code) || after.is_billable(*code), "{code} was replaced by {current}");
        }
    }
    // Nor does the bundled table have rows that the official one has not.
    let rows = known.iter().flat_map(|code| bundled.predecessors(*code).map(move |before| (*code, before.effective)));
    assert_eq!(rows.filter(|row| !official.contains_key(row)).count(), 0);
}

const MISSING: usize = 127 + 86;

fn shown(codes: &[Icd10CmCode]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn replacements_by_the_loaded_table_are_those_of_the_bundled_one() {
    let Some(folder) = folder() else { return };
    let file = std::fs::read(folder.join("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")).unwrap();
    let bytes = conversion(&file, None).unwrap();
    let table = Conversion::from_bytes(&bytes).unwrap();
    let on = Icd10Cm::bundled().on(day("2026-10-05"));
    let mut replaced = 0;
    let days = (2016..=2026).map(|year| Date::new(year, 9, 30).unwrap());
    let once = days.flat_map(|day| Icd10Cm::bundled().on(day).billable()).filter(|code| !on.is_billable(*code));
    for code in once.collect::<BTreeSet<_>>() {
        let (ours, loaded) = (on.replacements(code), on.replacements_by(&table, code));
        let steps = |found: &[superbill_icd10cm::Replacement]| {
            found
                .iter()
                .flat_map(|one| one.steps.clone())
                .map(|step| (step.from, step.to, step.effective))
                .collect::<Vec<_>>()
        };
        assert_eq!(steps(&ours), steps(&loaded), "{code}");
        let kept = |one: &superbill_icd10cm::Replacement| one.steps.iter().all(|step| step.join != Join::NotTold);
        assert!(loaded.iter().all(kept), "the official table keeps how previous codes stand to each other");
        replaced += usize::from(!ours.is_empty());
    }
    assert_eq!(replaced, 855);
    println!(
        "{replaced} codes that are no longer billable have the same replacements by the bundled and by the official table"
    );
}

/// Source, target, flags of each line.
fn gem_lines(text: &str) -> Vec<(&str, &str, &str)> {
    text.lines()
        .map(|line| {
            let mut fields = line.split_whitespace();
            (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap())
        })
        .collect()
}

#[test]
fn every_row_of_the_mappings_of_2018_comes_back_with_its_flags() {
    let Some(folder) = folder() else { return };
    let [forward, backward] = ["2018_I9gem.txt", "2018_I10gem.txt"].map(|name| unpacked(&folder, name));
    let mut files = GemFiles::new();
    files.add(&forward, Some(24_860)).unwrap().add(&backward, Some(81_593)).unwrap();
    assert_eq!(files.write(None), Err(ImportError::NoRelease));
    let bytes = files.write(Some(day("2017-10-01"))).unwrap();
    let gems = Gems::from_bytes(&bytes).unwrap();
    gems.verify().unwrap();
    assert_eq!((gems.forward_len(), gems.backward_len()), (24_860, 81_593));

    fn flags<T>(row: &superbill_icd10cm::Mapping<T>) -> String {
        let bits = [row.approximate, row.no_map, row.combination].map(|set| if set { '1' } else { '0' });
        format!("{}{}{}{}{}", bits[0], bits[1], bits[2], row.scenario, row.choice_list)
    }
    let target = |code: Option<String>| code.unwrap_or_else(|| "NODX".to_owned());
    let (forward, backward) = (String::from_utf8(forward).unwrap(), String::from_utf8(backward).unwrap());
    let mut rows: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for (source, code, flags) in gem_lines(&forward) {
        rows.entry(source).or_default().push((code.to_uppercase(), flags.to_owned()));
    }
    let (mut sources, mut none, mut combined, mut exact) = (rows.len(), 0, 0, 0);
    for (source, rows) in rows {
        let code: Icd9Code = source.parse().unwrap();
        assert_eq!(code.undotted(), source);
        let found = gems.forward_rows(code).map(|row| (target(row.target.map(Icd10CmCode::undotted)), flags(&row)));
        let (mut found, mut rows) = (found.collect::<Vec<_>>(), rows);
        found.sort();
        rows.sort();
        assert_eq!(found, rows, "{source}");
        let translation = gems.forward(code).unwrap();
        none += usize::from(translation.no_map);
        combined += usize::from(!translation.scenarios.is_empty());
        exact += usize::from(translation.single.iter().any(|one| !one.approximate));
        let lists = translation.scenarios.iter().flat_map(|scenario| &scenario.choice_lists);
        let count = translation.single.len() + lists.map(Vec::len).sum::<usize>() + usize::from(translation.no_map);
        assert_eq!(count, rows.len(), "{source}");
    }
    println!("from ICD-9-CM: {sources} codes, {none} without a map, {combined} with a combination, {exact} exact");
    assert_eq!((sources, none, exact), (14_567, 422, 3_522));

    let mut rows: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for (source, code, flags) in gem_lines(&backward) {
        rows.entry(source).or_default().push((code.to_uppercase(), flags.to_owned()));
    }
    (sources, none, combined) = (rows.len(), 0, 0);
    let valid = Icd10Cm::bundled().on(day("2017-10-01"));
    for (source, mut rows) in rows {
        let code: Icd10CmCode = source.parse().unwrap();
        assert!(valid.is_billable(code), "{source}");
        let found = gems.backward_rows(code).map(|row| (target(row.target.map(Icd9Code::undotted)), flags(&row)));
        let mut found = found.collect::<Vec<_>>();
        found.sort();
        rows.sort();
        assert_eq!(found, rows, "{source}");
        let translation = gems.backward(code).unwrap();
        none += usize::from(translation.no_map);
        combined += usize::from(!translation.scenarios.is_empty());
    }
    println!(
        "from ICD-10-CM: {sources} codes, {none} without a map, {combined} with a combination; {} bytes",
        bytes.len()
    );
    // Every billable code of fiscal year 2018 is a source.
    assert_eq!((sources, none, valid.billable().count()), (71_704, 731, 71_704));
}

#[test]
fn files_under_another_name_are_refused() {
    let Some(folder) = folder() else { return };
    let poa = unpacked(&folder, "POAexemptCodesFY26.txt");
    let gem = unpacked(&folder, "2018_I9gem.txt");
    let order = unpacked(&folder, "icd10cm-order-2026.txt");
    let workbook = std::fs::read(folder.join("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")).unwrap();
    let release = Some(day("2025-10-01"));
    for (name, file) in [("gem", &gem), ("order", &order), ("workbook", &workbook)] {
        let error = poa_exempt(file, release, None).unwrap_err();
        println!("{name} as a POA-exempt list: {error}");
    }
    for (name, file) in [("poa", &poa), ("gem", &gem), ("order", &order)] {
        let error = Conversions::read(file, release).unwrap_err();
        println!("{name} as a conversion table: {error}");
    }
    for (name, file) in [("poa", &poa), ("order", &order), ("workbook", &workbook)] {
        let error = GemFiles::new().add(file, None).map(|_| ()).unwrap_err();
        println!("{name} as mappings: {error}");
    }
    assert!(matches!(poa_exempt(&poa, Some(day("2024-10-01")), None), Err(ImportError::Release { .. })));
    assert!(matches!(Conversions::read(&workbook, Some(day("2024-10-01"))), Err(ImportError::Release { .. })));
}
