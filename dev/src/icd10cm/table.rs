//! All sources into one table.

use super::excludes;
use super::tabular::{Division, Tabular};
use super::titles::{RELEASES, title};
use super::validity::{Interval, Validity, day_after};
use crate::error::DevError;
use fsst::Compressor;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use superbill_icd10cm::{Icd10CmCode, TABLE_KIND, section};
use superbill_table::{KeysWriter, MapWriter, SymbolTable, TableWriter, TextsWriter};

/// When a code is billable and when it is a header; (0, 0) for never.
type Status = (Interval, Interval);

/// The bytes of the table and a report.
pub(crate) fn build(
    validity: &Validity,
    tabulars: [&Tabular; 3],
    short: &BTreeMap<Icd10CmCode, String>,
) -> Result<(Vec<u8>, String), DevError> {
    let codes = codes(validity, tabulars);
    let keys: Vec<u64> = codes.iter().map(|code| code.packed()).collect();
    let mut writer = TableWriter::new(TABLE_KIND);
    let (first, last) = validity.horizon;
    let facts = [first, last].map(u32::to_le_bytes).concat();
    writer.section(section::FACTS, 2, facts);

    let headers = header_intervals(validity, &codes)?;
    let statuses = codes.iter().map(|code| {
        let billable = validity.records.get(code).map_or((0, 0), |record| record.billable);
        (billable, headers.get(code).copied().unwrap_or_default())
    });
    let (ids, dictionary) = numbered(statuses.collect::<Vec<Status>>());
    let classes: Vec<u32> = ids.iter().map(|id| *id as u32).collect();
    let map = MapWriter::build(&keys, &classes)?;
    writer.section(section::MAP, 1, map.parameters);
    writer.section(section::PILOTS, map.pilots.len(), map.pilots);
    writer.section(section::SLOTS, map.slots.len() / 4, map.slots);
    writer.section(section::ORDINALS, map.ordinals.len() / 4, map.ordinals);
    writer.section(section::STATUS_IDS, codes.len(), narrow(&ids));
    let bytes = dictionary.iter().flat_map(|((a, b), (c, d))| [*a, *b, *c, *d]).flat_map(u32::to_le_bytes).collect();
    writer.section(section::STATUSES, dictionary.len(), bytes);

    writer.section(section::KEYS, keys.len(), KeysWriter::build(&keys)?.bytes);
    attributes(&mut writer, validity, &codes)?;
    divisions(&mut writer, tabulars[0]);
    let (symbols, counts) = titles(&mut writer, &codes, tabulars, short)?;
    let resolved = excludes1(&mut writer, tabulars[0], &symbols)?;

    let bytes = writer.finish()?;
    let mut report = String::new();
    let billable = validity.records.len();
    // INVARIANT: writing to a string does not fail.
    let _ = writeln!(report, "{} codes, {billable} ever billable, {} bytes", codes.len(), bytes.len());
    for ((release, _, words), count) in RELEASES.iter().zip(&counts) {
        let _ = writeln!(report, "{count} titles of {release} ({words})");
    }
    let _ = writeln!(report, "{} codes without a title", codes.len() - counts.iter().sum::<usize>());
    let _ = writeln!(report, "{resolved} of {} Excludes1 notes name codes", tabulars[0].excludes1.len());
    Ok((bytes, report))
}

/// Every code that a source names, and the headers that those imply: what stands above a code is a code itself,
/// but for places filled with `X`.
fn codes(validity: &Validity, tabulars: [&Tabular; 3]) -> Vec<Icd10CmCode> {
    let mut codes: BTreeSet<Icd10CmCode> = validity.records.keys().copied().collect();
    for tabular in tabulars {
        codes.extend(tabular.titles.keys());
    }
    let implied: Vec<_> = codes
        .iter()
        .flat_map(|code| (3..code.len()).filter_map(|count| code.prefix(count)))
        .filter(|prefix| prefix.character(prefix.len()) != Some('X'))
        .collect();
    codes.extend(implied);
    codes.into_iter().collect()
}

/// A header is valid exactly while a billable code below it is.
fn header_intervals(validity: &Validity, codes: &[Icd10CmCode]) -> Result<BTreeMap<Icd10CmCode, Interval>, DevError> {
    let known: BTreeSet<_> = codes.iter().collect();
    let mut below: BTreeMap<Icd10CmCode, BTreeSet<Interval>> = BTreeMap::new();
    for (code, record) in &validity.records {
        for prefix in (3..code.len()).filter_map(|count| code.prefix(count)).filter(|prefix| known.contains(prefix)) {
            below.entry(prefix).or_default().insert(record.billable);
        }
    }
    let mut merged = BTreeMap::new();
    for (code, intervals) in below {
        let mut whole: Interval = (0, 0);
        for (first, last) in intervals {
            if whole == (0, 0) {
                whole = (first, last);
            } else if first <= day_after(whole.1) {
                whole.1 = whole.1.max(last);
            } else {
                return Err(DevError::format("a header with a gap", code.to_string()));
            }
        }
        merged.insert(code, whole);
    }
    Ok(merged)
}

/// The place of each value in the list of different values, which is in order of value.
fn numbered<T: Ord + Clone>(values: Vec<T>) -> (Vec<usize>, Vec<T>) {
    let different: Vec<T> = values.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let ids = values.iter().map(|value| different.binary_search(value).unwrap_or_default()).collect();
    (ids, different)
}

/// Numbers in one byte each where all fit, else in two.
fn narrow(ids: &[usize]) -> Vec<u8> {
    if ids.iter().all(|id| *id < 256) {
        ids.iter().map(|id| *id as u8).collect()
    } else {
        ids.iter().flat_map(|id| (*id as u16).to_le_bytes()).collect()
    }
}

fn attributes(writer: &mut TableWriter, validity: &Validity, codes: &[Icd10CmCode]) -> Result<(), DevError> {
    let none = Vec::new();
    let of = |code: &Icd10CmCode| validity.records.get(code).map_or(&none, |record| &record.attributes).clone();
    let (ids, dictionary) = numbered(codes.iter().map(of).collect());
    let names: BTreeSet<&str> = dictionary.iter().flatten().map(|(name, _)| name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    writer.section(section::ATTRIBUTE_NAMES, names.len(), names.join("\n").into_bytes());
    writer.section(section::ATTRIBUTE_IDS, codes.len(), narrow(&ids));
    let mut offsets = Vec::new();
    let mut entries = Vec::new();
    for set in &dictionary {
        offsets.push(entries.len() / 12);
        for (name, (first, last)) in set {
            let place = names.binary_search(&name.as_str());
            let place = place.map_err(|_| DevError::format("an attribute without a name", name.clone()))?;
            entries.extend([place as u32, *first, *last].map(u32::to_le_bytes).concat());
        }
    }
    offsets.push(entries.len() / 12);
    let bytes: Vec<u8> = offsets.iter().flat_map(|offset| (*offset as u32).to_le_bytes()).collect();
    writer.section(section::ATTRIBUTE_SETS, dictionary.len(), bytes);
    let rows = entries.len() / 12;
    writer.section(section::ATTRIBUTES, rows, entries);
    Ok(())
}

fn divisions(writer: &mut TableWriter, tabular: &Tabular) {
    for (name, divisions) in [(section::CHAPTERS, &tabular.chapters), (section::BLOCKS, &tabular.blocks)] {
        let line = |division: &Division| {
            format!("{}\t{}\t{}\t{}", division.name, division.first, division.last, division.title)
        };
        let text = divisions.iter().map(line).collect::<Vec<_>>().join("\n");
        let ranges = divisions.iter().flat_map(|division| [division.first.packed(), division.last.last_below()]);
        let ranges: Vec<u8> = ranges.flat_map(u64::to_le_bytes).collect();
        writer.section(name.0, divisions.len(), ranges);
        writer.section(name.1, divisions.len(), text.into_bytes());
    }
    let releases = RELEASES.map(|(release, form, words)| format!("{release}\t{form}\t{words}")).join("\n");
    writer.section(section::RELEASES, RELEASES.len(), releases.into_bytes());
}

/// Titles with seventh characters are the title above and a label, where they are so to the letter.
fn titles(
    writer: &mut TableWriter,
    codes: &[Icd10CmCode],
    tabulars: [&Tabular; 3],
    short: &BTreeMap<Icd10CmCode, String>,
) -> Result<(SymbolTable, Vec<usize>), DevError> {
    let known: BTreeSet<_> = codes.iter().collect();
    let parent = |code: Icd10CmCode| {
        (3..code.len()).rev().filter_map(|count| code.prefix(count)).find(|prefix| known.contains(prefix))
    };
    let label = |code: Icd10CmCode, text: &'_ str| {
        let base = title(parent(code).filter(|_| code.len() == 7)?, tabulars, short)?.1;
        Some(text.strip_prefix(base)?.strip_prefix(", ")?.to_owned())
    };
    let found: Vec<_> = codes.iter().map(|code| title(*code, tabulars, short)).collect();
    let labels: Vec<Option<String>> =
        codes.iter().zip(&found).map(|(code, found)| found.and_then(|(_, text)| label(*code, text))).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for label in labels.iter().flatten() {
        *uses.entry(label).or_default() += 1;
    }
    let mut ranked: Vec<_> = uses.iter().map(|(label, count)| (core::cmp::Reverse(*count), *label)).collect();
    ranked.sort_unstable();
    let suffixes: Vec<&str> = ranked.iter().take(256).map(|(_, label)| *label).collect();

    let suffix = |row: usize| {
        let label = labels.get(row)?.as_deref()?;
        u8::try_from(suffixes.iter().position(|suffix| *suffix == label)?).ok()
    };
    let texts: Vec<Option<&str>> = found
        .iter()
        .enumerate()
        .map(|(row, found)| found.filter(|_| suffix(row).is_none()).map(|(_, text)| text))
        .collect();
    let symbols = train(TextsWriter::tails(&texts));
    let mut rows = TextsWriter::new(&symbols);
    let mut counts = vec![0; RELEASES.len()];
    for (row, found) in found.iter().enumerate() {
        let Some((mark, text)) = *found else {
            rows.absent(0)?;
            continue;
        };
        match suffix(row) {
            Some(suffix) => rows.derived(mark, suffix)?,
            None => rows.text(mark, text)?,
        }
        if let Some(count) = counts.get_mut(usize::from(mark) - 1) {
            *count += 1;
        }
    }
    let (bytes, count) = rows.finish()?;
    writer.section(section::SYMBOLS, 255, symbols.bytes());
    writer.section(section::TITLES, count, bytes);
    writer.section(section::SUFFIXES, suffixes.len(), suffixes.join("\n").into_bytes());
    Ok((symbols, counts))
}

fn train(tails: Vec<&[u8]>) -> SymbolTable {
    let trained = Compressor::train(&tails);
    let symbols = trained.symbol_table().iter().zip(trained.symbol_lengths());
    let symbols = symbols.map(|(symbol, length)| {
        let bytes = symbol.to_u64().to_le_bytes();
        bytes.get(..usize::from(*length)).unwrap_or_default().to_vec()
    });
    SymbolTable::new(symbols)
}

/// Owners in order of what they cover, each with its notes; notes with the codes that they name and their words.
/// Gives how many notes name codes.
fn excludes1(writer: &mut TableWriter, tabular: &Tabular, symbols: &SymbolTable) -> Result<usize, DevError> {
    let mut notes: Vec<_> = tabular.excludes1.iter().collect();
    notes.sort_by_key(|(cover, _)| *cover);
    let mut owners: Vec<u8> = Vec::new();
    let mut starts: Vec<u8> = Vec::new();
    let mut targets: Vec<u8> = Vec::new();
    let mut words = TextsWriter::new(symbols);
    let (mut owner, mut count, mut resolved) = (None, 0usize, 0usize);
    for (number, (cover, text)) in notes.iter().enumerate() {
        if owner != Some(*cover) {
            owner = Some(*cover);
            owners.extend([cover.0, cover.1, number as u64].map(u64::to_le_bytes).concat());
        }
        starts.extend((count as u32).to_le_bytes());
        let found = excludes::targets(text)?;
        resolved += usize::from(!found.is_empty());
        count += found.len();
        targets.extend(found.iter().flat_map(|(first, last)| [*first, *last]).flat_map(u64::to_le_bytes));
        words.text(0, text)?;
    }
    starts.extend((count as u32).to_le_bytes());
    owners.extend([u64::MAX, u64::MAX, notes.len() as u64].map(u64::to_le_bytes).concat());
    let rows = owners.len() / 24;
    writer.section(section::EXCLUDES1_OWNERS, rows, owners);
    writer.section(section::EXCLUDES1_STARTS, notes.len() + 1, starts);
    writer.section(section::EXCLUDES1_TARGETS, count, targets);
    let (bytes, rows) = words.finish()?;
    writer.section(section::EXCLUDES1_WORDS, rows, bytes);
    Ok(resolved)
}
