//! The entries to their sections.

use super::Entry;
use crate::code::CptCode;
use crate::descriptor::DescriptorKind;
use crate::table::{
    CODES, CPT_KIND, DESCRIPTORS, FACTS, MAP, ORDINALS, PILOTS, ROW_BYTES, ROWS, SLOTS, SYMBOLS, class,
};
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::import::ImportError;
use superbill_table::{MAX_TEXT_BYTES, MapWriter, SymbolTable, TableWriter, TextsWriter, WriteError};

pub(super) fn table(
    codes: &BTreeMap<CptCode, Entry>,
    kinds: &[DescriptorKind],
    lists: u32,
    release: Date,
    notice: &str,
) -> Result<Vec<u8>, ImportError> {
    let keys: Vec<u64> = codes.keys().map(|code| u64::from(code.packed())).collect();
    let class = |entry: &Entry| {
        let days = [entry.effective, entry.terminated, entry.descriptor_since];
        class(release, days.map(|day| day.map_or(0, Date::ccyymmdd)))
    };
    let map = MapWriter::build(&keys, &codes.values().map(class).collect::<Vec<_>>())?;
    let mut rows = Vec::with_capacity(keys.len() * ROW_BYTES);
    for entry in codes.values() {
        let day = |day: Option<Date>| day.map_or(0, Date::ccyymmdd);
        for number in [day(entry.effective), day(entry.terminated), day(entry.descriptor_since), entry.lists] {
            rows.extend(number.to_le_bytes());
        }
    }
    let texts: Vec<&[u8]> =
        codes.values().flat_map(|entry| entry.texts.iter().flatten()).map(String::as_bytes).collect();
    let trained = SymbolTable::train(&texts);

    let mut writer = TableWriter::new(CPT_KIND);
    let (day, count, edition) = (release.to_string(), codes.len().to_string(), release.year().to_string());
    writer.about([
        ("release", day.as_str()),
        ("edition", edition.as_str()),
        ("source", "CPT data files of the American Medical Association, licensed by the user"),
        ("rows", count.as_str()),
        ("notice", notice),
    ]);
    let facts = [release.ccyymmdd().to_le_bytes(), lists.to_le_bytes()].concat();
    writer.section(FACTS, 1, facts);
    writer.section(MAP, 1, map.parameters);
    writer.section(PILOTS, map.pilots.len(), map.pilots);
    writer.section(ORDINALS, map.ordinals.len() / 4, map.ordinals);
    writer.section(SLOTS, map.slots.len() / 4, map.slots);
    let packed = codes.keys().flat_map(|code| code.packed().to_le_bytes()).collect();
    writer.section(CODES, keys.len(), packed);
    writer.section(ROWS, keys.len(), rows);
    writer.section(SYMBOLS, 1, trained.bytes());
    for (place, (at_name, name)) in DESCRIPTORS.into_iter().enumerate() {
        if !kinds.iter().any(|kind| *kind as usize == place) {
            continue;
        }
        let mut texts = TextsWriter::new(&trained);
        let (mut at, mut pieces) = (0u32.to_le_bytes().to_vec(), 0u32);
        for entry in codes.values() {
            let mut rest = entry.texts.get(place).and_then(Option::as_deref).unwrap_or_default();
            while !rest.is_empty() {
                let end = (1..=MAX_TEXT_BYTES.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end));
                let (piece, tail) = end.and_then(|end| rest.split_at_checked(end)).ok_or(WriteError::TooMuch)?;
                texts.text(0, piece)?;
                pieces = pieces.checked_add(1).ok_or(WriteError::TooMuch)?;
                rest = tail;
            }
            at.extend(pieces.to_le_bytes());
        }
        let (bytes, count) = texts.finish()?;
        writer.section(at_name, keys.len() + 1, at);
        writer.section(name, count, bytes);
    }
    Ok(writer.finish()?)
}
