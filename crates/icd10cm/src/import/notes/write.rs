//! The notes to their sections.

use super::merge::{Chains, Entry, Owner, different, merge};
use super::resolve::{Known, RawTarget, Resolved, resolve};
use super::{NoteRelease, Report};
use crate::code::Icd10CmCode;
use crate::import::history::cover;
use crate::import::notes::condition::Mask;
use crate::import::tabular::{Cover, Division};
use crate::import::write::numbers;
use crate::notes::layout::{self, flag};
use crate::section;
use std::collections::{BTreeMap, BTreeSet};
use superbill_table::import::ImportError;
use superbill_table::{MAX_TEXT_BYTES, SymbolTable, TableWriter, TextsWriter, WriteError};

/// A note ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub(crate) entry: Entry,
    /// The owner's place.
    pub(crate) owner: usize,
    pub(crate) resolved: Resolved,
    pub(crate) flags: u16,
}

/// Everything that is written, in order.
pub(crate) struct Content {
    pub(crate) owners: Vec<Cover>,
    /// Ascending by owner; in each owner by kind.
    pub(crate) notes: Vec<Ready>,
    pub(crate) chains: Chains,
    /// The different sets of releases.
    pub(crate) sets: Vec<u32>,
}

/// The codes of a table and the chapters of the newest release.
pub(crate) struct KnownCodes<'k> {
    pub(crate) keys: &'k [u64],
    pub(crate) chapters: BTreeMap<String, Cover>,
}

impl Known for KnownCodes<'_> {
    fn any(&self, cover: Cover, mask: Mask) -> bool {
        let start = self.keys.partition_point(|key| *key < cover.0);
        let within = self.keys.get(start..).unwrap_or_default().iter().take_while(|key| **key <= cover.1);
        within.into_iter().any(|key| key & mask.mask == mask.value)
    }

    fn chapter(&self, number: &str) -> Option<Cover> {
        self.chapters.get(number).copied()
    }
}

impl Content {
    pub(crate) fn new(releases: &[NoteRelease], keys: &[u64], chapters: &[Division]) -> Result<Self, ImportError> {
        if releases.len() > layout::MOST_RELEASES {
            return Err(WriteError::TooMuch.into());
        }
        let chapters = chapters.iter().map(|chapter| (chapter.name.clone(), cover(chapter))).collect();
        let known = KnownCodes { keys, chapters };
        let merged = merge(releases);
        let owners: Vec<Cover> = merged.keys().map(|owner| Owner::cover(*owner)).collect();
        let mut notes: Vec<Ready> = Vec::new();
        for (owner, entries) in merged.into_values().enumerate() {
            for entry in entries {
                let resolved = resolve(entry.kind, &entry.words, &known);
                let flags = flags(&entry, &resolved);
                notes.push(Ready { entry, owner, resolved, flags });
            }
        }
        let (sets, _) = different(notes.iter().map(|note| note.entry.releases));
        let chains = Chains::new(keys, &owners);
        Ok(Self { owners, notes, chains, sets })
    }

    /// The notes and what of them resolves, by release and kind.
    pub(crate) fn report(&self, releases: &[NoteRelease]) -> Report {
        let mut report = Report::default();
        for (place, release) in releases.iter().enumerate() {
            let bit = 1u32 << place;
            for note in self.notes.iter().filter(|note| note.entry.releases & bit != 0) {
                let counts = report.counts.entry((release.day, note.entry.kind)).or_default();
                let resolves = !note.resolved.targets.is_empty();
                counts.notes += 1;
                counts.resolved += usize::from(resolves);
                counts.explicit += usize::from(note.resolved.explicit);
                counts.explicit_resolved += usize::from(note.resolved.explicit && resolves);
            }
        }
        report
    }

    pub(crate) fn write(
        &self,
        writer: &mut TableWriter,
        releases: &[NoteRelease],
        symbols: &SymbolTable,
    ) -> Result<(), ImportError> {
        let days = releases.iter().map(|release| release.day);
        writer.section(section::NOTE_RELEASES, releases.len(), numbers(days));
        writer.section(section::NOTE_SETS, self.sets.len(), numbers(self.sets.iter().copied()));
        self.owners(writer, releases)?;
        let texts = self.texts(writer, symbols)?;
        let lists = self.lists(writer)?;
        self.rows(writer, &texts, &lists)
    }

    fn owners(&self, writer: &mut TableWriter, releases: &[NoteRelease]) -> Result<(), ImportError> {
        let mut titles: BTreeMap<Cover, &str> = BTreeMap::new();
        for division in releases.iter().rev().flat_map(|release| &release.divisions) {
            titles.insert(cover(division), &division.title);
        }
        let mut rows: Vec<u64> = Vec::new();
        let mut divisions: Vec<u64> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        let mut start = 0;
        for (owner, cover) in self.owners.iter().enumerate() {
            let code = Icd10CmCode::from_packed(cover.0).is_some_and(|code| code.last_below() == cover.1);
            if !code {
                divisions.extend([owner as u64, cover.1]);
                names.push(titles.get(cover).copied().unwrap_or_default());
            }
            start += self.notes.get(start..).unwrap_or_default().iter().take_while(|note| note.owner < owner).count();
            rows.push(layout::owner_row(cover.0, !code, start).ok_or(WriteError::TooMuch)?);
        }
        rows.push(layout::owner_row(layout::LAST_KEY, false, self.notes.len()).ok_or(WriteError::TooMuch)?);
        writer.section(section::NOTE_OWNERS, rows.len(), rows.into_iter().flat_map(u64::to_le_bytes).collect());
        let count = divisions.len() / 2;
        writer.section(section::NOTE_DIVISIONS.0, count, divisions.into_iter().flat_map(u64::to_le_bytes).collect());
        writer.section(section::NOTE_DIVISIONS.1, count, names.join("\n").into_bytes());
        Ok(())
    }

    /// The words, each different one once and in order, and the row of each. Words that are too long for a row go on in the next.
    fn texts(&self, writer: &mut TableWriter, symbols: &SymbolTable) -> Result<BTreeMap<&str, u16>, ImportError> {
        let mut texts = TextsWriter::new(symbols);
        let mut places = BTreeMap::new();
        let mut row = 0u16;
        for words in self.notes.iter().map(|note| note.entry.words.as_str()).collect::<BTreeSet<_>>() {
            places.insert(words, row);
            let mut rest = words;
            loop {
                let end = (0..=rest.len().min(MAX_TEXT_BYTES)).rev().find(|end| rest.is_char_boundary(*end));
                let (part, more) = rest.split_at_checked(end.unwrap_or_default()).ok_or(WriteError::TooMuch)?;
                texts.text(u8::from(!more.is_empty()), part)?;
                row = row.checked_add(1).ok_or(WriteError::TooMuch)?;
                rest = more;
                if rest.is_empty() {
                    break;
                }
            }
        }
        let (bytes, rows) = texts.finish()?;
        writer.section(section::NOTE_WORDS, rows, bytes);
        Ok(places)
    }

    /// The different lists of targets, and the place of each, counted from 1.
    fn lists(&self, writer: &mut TableWriter) -> Result<BTreeMap<Vec<RawTarget>, usize>, ImportError> {
        let lists = self.notes.iter().map(|note| note.resolved.targets.clone());
        let (lists, mut places) = different(lists.filter(|list| !list.is_empty()));
        let masks = lists.iter().flatten().map(|target| target.mask).filter(|mask| mask.mask != 0);
        let (masks, mask_places) = different(masks);
        let mut starts: Vec<u32> = Vec::new();
        let mut rows: Vec<u64> = Vec::new();
        for list in &lists {
            starts.push(rows.len() as u32 / 2);
            for target in list {
                let condition = mask_places.get(&target.mask).map_or(0, |place| place + 1);
                let row = layout::target_row(target.cover.0, target.part, condition).ok_or(WriteError::TooMuch)?;
                rows.extend([row, target.cover.1]);
            }
        }
        starts.push(rows.len() as u32 / 2);
        writer.section(section::NOTE_LISTS, starts.len(), numbers(starts));
        writer.section(section::NOTE_TARGETS, rows.len() / 2, rows.into_iter().flat_map(u64::to_le_bytes).collect());
        let masks: Vec<u64> = masks.iter().flat_map(|mask| [mask.mask, mask.value]).collect();
        writer.section(
            section::NOTE_CONDITIONS,
            masks.len() / 2,
            masks.into_iter().flat_map(u64::to_le_bytes).collect(),
        );
        places.values_mut().for_each(|place| *place += 1);
        Ok(places)
    }

    fn rows(
        &self,
        writer: &mut TableWriter,
        texts: &BTreeMap<&str, u16>,
        lists: &BTreeMap<Vec<RawTarget>, usize>,
    ) -> Result<(), ImportError> {
        let mut rows: Vec<u16> = Vec::new();
        for note in &self.notes {
            let set = self.sets.binary_search(&note.entry.releases).unwrap_or_default();
            let list = lists.get(&note.resolved.targets).copied().unwrap_or_default();
            rows.push(texts.get(note.entry.words.as_str()).copied().unwrap_or_default());
            rows.push(u16::try_from(list).map_err(|_| WriteError::TooMuch)?);
            rows.push(layout::attributes(note.entry.kind, note.flags, set).ok_or(WriteError::TooMuch)?);
        }
        writer.section(section::NOTES, self.notes.len(), rows.into_iter().flat_map(u16::to_le_bytes).collect());
        Ok(())
    }
}

/// What the words say beside the codes.
fn flags(entry: &Entry, resolved: &Resolved) -> u16 {
    let lower = entry.words.to_ascii_lowercase();
    let conditional = lower
        .split(|next: char| !next.is_ascii_alphabetic())
        .any(|word| matches!(word, "if" | "any" | "applicable" | "unless" | "when" | "necessary"))
        || lower.contains("for adverse effect");
    let open = ["such as", "including", "e.g."].iter().any(|words| lower.contains(words));
    let instruction = entry.kind.is_instruction();
    let marks = [
        (entry.item, flag::ITEM),
        (conditional && (instruction || lower.contains("unless")), flag::CONDITIONAL),
        (open && instruction, flag::OPEN),
        (resolved.explicit, flag::EXPLICIT),
    ];
    marks.into_iter().filter(|(holds, _)| *holds).fold(0, |flags, (_, flag)| flags | flag)
}

/// How many notes of a kind a release has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoteCount {
    /// All.
    pub notes: usize,
    /// Those whose words name codes in a way that is understood.
    pub resolved: usize,
    /// Those whose words have a code in them.
    pub explicit: usize,
    /// Those of them that resolve.
    pub explicit_resolved: usize,
}
