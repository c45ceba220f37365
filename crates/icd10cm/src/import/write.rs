//! A history to the bytes of a table.

use super::history::{CodeHistory, History, Interval, cover};
use super::notes::NoteRelease;
use super::tabular::Division;
use super::write_titles::Titles;
use super::{notes, sides, write_titles};
use crate::code::Icd10CmCode;
use crate::section::{self, TABLE_KIND};
use std::collections::{BTreeMap, BTreeSet};
use superbill_table::import::ImportError;
use superbill_table::{KeysWriter, MapWriter, SectionName, SymbolTable, TableWriter};

/// When a code is billable and when it is a header; (0, 0) for never.
type Status = (Interval, Interval);

/// How much a table that was written holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The bytes of the table.
    pub bytes: Vec<u8>,
    /// Codes, headers and retired ones included.
    pub codes: usize,
    /// Codes that are billable on some day.
    pub billable: usize,
    /// How many codes have their newest title from each release, newest first.
    pub titles: Vec<(u32, usize)>,
    /// Codes without a title.
    pub untitled: usize,
    /// Titles that were replaced by newer ones.
    pub older_titles: usize,
    /// Notes by release and kind, and what of them resolves.
    pub notes: notes::Report,
    /// Rows of the conversion table.
    pub conversions: usize,
}

impl History {
    /// The bytes of the table. Texts are compressed with these symbols.
    ///
    /// # Errors
    /// [`ImportError::Write`] where it is too much for a table.
    pub fn write(&self, symbols: &SymbolTable) -> Result<Written, ImportError> {
        self.write_with(symbols, Vec::new())
    }

    /// The same, with further sections behind its own: those of a search index.
    pub(crate) fn write_with(
        &self,
        symbols: &SymbolTable,
        sections: Vec<(SectionName, usize, Vec<u8>)>,
    ) -> Result<Written, ImportError> {
        let codes: Vec<Icd10CmCode> = self.codes.keys().copied().collect();
        let keys: Vec<u64> = codes.iter().map(|code| code.packed()).collect();
        let mut writer = TableWriter::new(TABLE_KIND);
        let facts: Vec<u32> =
            [self.horizon].iter().chain(&self.untold).flat_map(|(first, last)| [*first, *last]).collect();
        writer.section(section::FACTS, facts.len(), numbers(facts));
        self.statuses(&mut writer, &keys)?;
        writer.section(section::KEYS, keys.len(), KeysWriter::build(&keys)?.bytes);
        self.attributes(&mut writer)?;
        self.divisions(&mut writer);
        let titles = Titles::new(self)?;
        titles.write(&mut writer, symbols)?;
        let releases: Vec<NoteRelease> = self.notes.values().rev().cloned().collect();
        sides::write(&mut writer, self);
        let notes = notes::write(&mut writer, &releases, &keys, &self.chapters, symbols)?;
        writer.about(self.about.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        let conversions = self.conversions.as_ref().map_or(Ok(0), |conversions| conversions.write(&mut writer))?;
        for (name, rows, bytes) in sections {
            writer.section(name, rows, bytes);
        }
        Ok(Written {
            bytes: writer.finish()?,
            codes: codes.len(),
            billable: self.codes.values().filter(|history| !history.billable.is_empty()).count(),
            untitled: titles.untitled(),
            older_titles: titles.older(),
            titles: titles.by_release(),
            notes,
            conversions,
        })
    }

    /// What of its titles no title before says already: what the symbols of a table are made from.
    ///
    /// # Errors
    /// [`ImportError::Write`] where it is too much for a table.
    pub fn title_tails(&self) -> Result<Vec<Vec<u8>>, ImportError> {
        Ok(write_titles::tails(&Titles::new(self)?))
    }

    fn statuses(&self, writer: &mut TableWriter, keys: &[u64]) -> Result<(), ImportError> {
        let headers = self.header_intervals();
        let mut statuses: Vec<Status> = Vec::new();
        let mut more: Vec<u32> = Vec::new();
        for (ordinal, (code, history)) in (0u32..).zip(&self.codes) {
            let none = Vec::new();
            let kinds = [&history.billable, headers.get(code).unwrap_or(&none)];
            let newest = kinds.map(|intervals| intervals.last().copied().unwrap_or_default());
            statuses.push((newest[0], newest[1]));
            for (kind, intervals) in (0u32..).zip(kinds) {
                let older = intervals.len().saturating_sub(1);
                more.extend(intervals.iter().take(older).flat_map(|(first, last)| [ordinal, kind, *first, *last]));
            }
        }
        let (ids, dictionary) = numbered(statuses);
        let classes: Vec<u32> = ids.iter().map(|id| *id as u32).collect();
        let map = MapWriter::build(keys, &classes)?;
        writer.section(section::MAP, 1, map.parameters);
        writer.section(section::PILOTS, map.pilots.len(), map.pilots);
        writer.section(section::SLOTS, map.slots.len() / 4, map.slots);
        writer.section(section::ORDINALS, map.ordinals.len() / 4, map.ordinals);
        writer.section(section::STATUS_IDS, ids.len(), narrow(&ids));
        let rows = dictionary.len();
        writer.section(
            section::STATUSES,
            rows,
            numbers(dictionary.into_iter().flat_map(|((a, b), (c, d))| [a, b, c, d])),
        );
        writer.section(section::MORE_STATUSES, more.len() / 4, numbers(more));
        Ok(())
    }

    fn attributes(&self, writer: &mut TableWriter) -> Result<(), ImportError> {
        let (ids, dictionary) = numbered(self.codes.values().map(|history| history.attributes.clone()).collect());
        let names: BTreeSet<&str> = dictionary.iter().flatten().map(|(name, _)| name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        writer.section(section::ATTRIBUTE_NAMES, names.len(), names.join("\n").into_bytes());
        writer.section(section::ATTRIBUTE_IDS, ids.len(), narrow(&ids));
        let mut starts: Vec<u32> = Vec::new();
        let mut entries: Vec<u32> = Vec::new();
        for set in &dictionary {
            starts.push(entries.len() as u32 / 3);
            for (name, (first, last)) in set {
                // INVARIANT: every name is in the list that was made of them.
                entries.extend([names.binary_search(&name.as_str()).unwrap_or_default() as u32, *first, *last]);
            }
        }
        starts.push(entries.len() as u32 / 3);
        writer.section(section::ATTRIBUTE_SETS, dictionary.len(), numbers(starts));
        writer.section(section::ATTRIBUTES, entries.len() / 3, numbers(entries));
        Ok(())
    }

    fn divisions(&self, writer: &mut TableWriter) {
        for (name, divisions) in [(section::CHAPTERS, &self.chapters), (section::BLOCKS, &self.blocks)] {
            let line = |division: &Division| {
                format!("{}\t{}\t{}\t{}", division.name, division.first, division.last, division.title)
            };
            let text = divisions.iter().map(line).collect::<Vec<_>>().join("\n");
            let ranges = divisions.iter().map(cover).flat_map(|(first, last)| [first, last]);
            writer.section(name.0, divisions.len(), ranges.flat_map(u64::to_le_bytes).collect());
            writer.section(name.1, divisions.len(), text.into_bytes());
        }
    }
}

impl CodeHistory {
    /// A code with nothing known of it yet but a title.
    #[must_use]
    pub fn titled(release: u32, title: &str) -> Self {
        Self { titles: BTreeMap::from([(release, title.to_owned())]), ..Self::default() }
    }
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

pub(crate) fn numbers(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}
