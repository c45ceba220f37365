//! Records to a table.

use super::assemble::Assembled;
use super::record::{Entry, Owner};
use super::release::words;
use crate::code::HcpcsCode;
use crate::fields::FIELDS;
use crate::section;
use crate::table::Row;
use std::collections::BTreeMap;
use superbill_table::import::ImportError;
use superbill_table::{MAX_TEXT_BYTES, MapWriter, SymbolTable, TableWriter, TextsWriter, WriteError};

/// The bytes of a table.
pub(super) fn write(read: &Assembled, first: u32, last: u32, from: u32, file: &str) -> Result<Vec<u8>, ImportError> {
    let mut entries: Vec<&Entry> = read.entries.iter().collect();
    // Codes in order, then modifiers in order.
    entries.sort_by_key(|entry| match entry.owner {
        Owner::Code(code) => (0, code.packed(), String::new()),
        Owner::Modifier(modifier) => (1, 0, modifier.to_string()),
        Owner::LevelOne | Owner::Dental => (2, 0, String::new()),
    });
    let codes: Vec<HcpcsCode> = entries
        .iter()
        .filter_map(|entry| if let Owner::Code(code) = entry.owner { Some(code) } else { None })
        .collect();
    let modifiers: Vec<u8> = entries
        .iter()
        .filter_map(|entry| {
            if let Owner::Modifier(modifier) = entry.owner { Some(modifier.to_string().into_bytes()) } else { None }
        })
        .flatten()
        .collect();
    let mut writer = TableWriter::new(section::TABLE_KIND);
    let count = codes.len().to_string();
    let release = words(first);
    writer.about([
        ("release", release.as_str()),
        ("source", &format!("HCPCS Level II quarterly file {file}")),
        ("rows", &count),
        ("complete", if read.whole { "yes" } else { "no" }),
    ]);
    facts(&mut writer, [first, last, from, if read.whole { 0 } else { 2 }], codes.len())?;
    map(&mut writer, &codes)?;
    writer.section(section::MODIFIERS, modifiers.len() / 2, modifiers);

    let pieces: Vec<Vec<&str>> = entries.iter().map(|entry| pieces(&entry.long)).collect();
    let shorts: Vec<Option<&str>> =
        entries.iter().map(|entry| Some(entry.short.as_str()).filter(|text| !text.is_empty())).collect();
    let longs: Vec<Option<&str>> = pieces.iter().flatten().map(|piece| Some(*piece)).collect();
    let symbols = SymbolTable::train(&[TextsWriter::tails(&shorts), TextsWriter::tails(&longs)].concat());
    let mut sets = Sets::default();
    let mut rows = Vec::new();
    let (mut long, mut short) = (0u32, 0u32);
    for (entry, pieces) in entries.iter().zip(&pieces) {
        let days = entry.days;
        let row = Row {
            added: days.added,
            action: days.action,
            terminated: days.terminated,
            asc: days.asc,
            outpatient: days.outpatient,
            long,
            short,
            set: sets.number(&entry.fields)?,
            long_count: u8::try_from(pieces.len()).map_err(|_| WriteError::TooMuch)?,
            short_count: u8::from(!entry.short.is_empty()),
        };
        long += u32::from(row.long_count);
        short += 1;
        rows.extend(row.bytes());
    }
    writer.section(section::ROWS, entries.len(), rows);
    sets.write(&mut writer);
    texts(&mut writer, &symbols, &shorts, &longs)?;
    Ok(writer.finish()?)
}

pub(super) fn facts(writer: &mut TableWriter, facts: [u32; 4], codes: usize) -> Result<(), WriteError> {
    let count = u32::try_from(codes).map_err(|_| WriteError::TooMuch)?;
    let facts: Vec<u8> = facts.into_iter().chain([count]).flat_map(u32::to_le_bytes).collect();
    writer.section(section::FACTS, 5, facts);
    Ok(())
}

pub(super) fn map(writer: &mut TableWriter, codes: &[HcpcsCode]) -> Result<(), WriteError> {
    let keys: Vec<u64> = codes.iter().map(|code| u64::from(code.packed())).collect();
    let map = MapWriter::build(&keys, &vec![0; keys.len()])?;
    writer.section(section::MAP, 1, map.parameters);
    writer.section(section::PILOTS, map.pilots.len(), map.pilots);
    writer.section(section::SLOTS, map.slots.len() / 4, map.slots);
    writer.section(section::ORDINALS, map.ordinals.len() / 4, map.ordinals);
    writer.section(section::CODES, codes.len(), codes.iter().flat_map(|code| code.packed().to_le_bytes()).collect());
    Ok(())
}

pub(super) fn texts(
    writer: &mut TableWriter,
    symbols: &SymbolTable,
    shorts: &[Option<&str>],
    longs: &[Option<&str>],
) -> Result<(), WriteError> {
    writer.section(section::SYMBOLS, 255, symbols.bytes());
    for (name, rows) in [(section::SHORT, shorts), (section::LONG, longs)] {
        let mut texts = TextsWriter::new(symbols);
        for text in rows {
            match text {
                Some(text) => texts.text(0, text)?,
                None => texts.absent(0)?,
            }
        }
        let (bytes, rows) = texts.finish()?;
        writer.section(name, rows, bytes);
    }
    Ok(())
}

/// A text in pieces that fit a buffer.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = (0..=rest.len().min(MAX_TEXT_BYTES)).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push(piece);
        rest = after;
    }
    out
}

/// Distinct sets of fields, and the distinct texts in them.
#[derive(Default)]
pub(super) struct Sets {
    numbers: BTreeMap<[u16; FIELDS], u16>,
    sets: Vec<[u16; FIELDS]>,
    texts: BTreeMap<String, u16>,
    values: Vec<String>,
}

impl Sets {
    /// The number of a set.
    pub(super) fn number(&mut self, fields: &[String; FIELDS]) -> Result<u16, WriteError> {
        let mut set = [0; FIELDS];
        for (number, text) in set.iter_mut().zip(fields) {
            *number = self.text(text)?;
        }
        if let Some(number) = self.numbers.get(&set) {
            return Ok(*number);
        }
        let number = u16::try_from(self.sets.len()).map_err(|_| WriteError::TooMuch)?;
        self.numbers.insert(set, number);
        self.sets.push(set);
        Ok(number)
    }

    fn text(&mut self, text: &str) -> Result<u16, WriteError> {
        if self.values.is_empty() {
            // Text 0 is the empty one.
            self.values.push(String::new());
            self.texts.insert(String::new(), 0);
        }
        if let Some(number) = self.texts.get(text) {
            return Ok(*number);
        }
        let number = u16::try_from(self.values.len()).map_err(|_| WriteError::TooMuch)?;
        self.values.push(text.to_owned());
        self.texts.insert(text.to_owned(), number);
        Ok(number)
    }

    pub(super) fn write(&self, writer: &mut TableWriter) {
        let sets: Vec<u8> = self.sets.iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
        writer.section(section::SETS, self.sets.len(), sets);
        let mut end = 0u32;
        let mut values = Vec::new();
        for value in &self.values {
            end += value.len() as u32;
            values.extend(end.to_le_bytes());
        }
        values.extend(self.values.concat().bytes());
        writer.section(section::VALUES, self.values.len(), values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fit_a_buffer_and_keep_every_letter() {
        let text = "é".repeat(1000) + "x";
        let pieces = pieces(&text);
        assert_eq!(pieces.concat(), text);
        assert!(pieces.iter().all(|piece| piece.len() <= MAX_TEXT_BYTES));
        assert!(super::pieces("").is_empty());
    }
}
