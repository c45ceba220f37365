//! Titles to their sections.

use super::history::{History, TitleRun};
use super::write::numbers;
use crate::code::Icd10CmCode;
use crate::section;
use std::collections::BTreeMap;
use superbill_table::import::ImportError;
use superbill_table::{SymbolTable, TableWriter, TextsWriter, WriteError};

/// Most labels of seventh characters that are kept apart.
const MOST_SUFFIXES: usize = 256;

/// The titles of a history in the order in which they are written.
pub(crate) struct Titles<'h> {
    history: &'h History,
    /// The runs of each code.
    runs: Vec<Vec<TitleRun<'h>>>,
    /// The label of the seventh character, where the newest title is the title above and it, to the letter.
    suffix: Vec<Option<u8>>,
    suffixes: Vec<String>,
    /// The releases, newest first, long before short: a title's mark is the place of its release here, counted from 1.
    marks: Vec<u32>,
}

impl<'h> Titles<'h> {
    pub(crate) fn new(history: &'h History) -> Result<Self, ImportError> {
        let runs: Vec<Vec<TitleRun<'h>>> = history.codes.values().map(super::CodeHistory::title_runs).collect();
        let by_code: BTreeMap<Icd10CmCode, &str> =
            history.codes.keys().zip(&runs).filter_map(|(code, runs)| Some((*code, runs.first()?.text))).collect();
        let above = |code: Icd10CmCode| {
            (3..code.len()).rev().filter_map(|count| code.prefix(count)).find(|above| history.codes.contains_key(above))
        };
        let label = |(code, runs): (&Icd10CmCode, &Vec<TitleRun<'h>>)| {
            let base = by_code.get(&above(*code).filter(|_| code.len() == 7)?)?;
            runs.first()?.text.strip_prefix(base)?.strip_prefix(", ")
        };
        let labels: Vec<Option<&str>> = history.codes.keys().zip(&runs).map(label).collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for label in labels.iter().flatten() {
            *uses.entry(label).or_default() += 1;
        }
        let mut ranked: Vec<_> = uses.iter().map(|(label, count)| (core::cmp::Reverse(*count), *label)).collect();
        ranked.sort_unstable();
        let suffixes: Vec<String> = ranked.iter().take(MOST_SUFFIXES).map(|(_, label)| (*label).to_owned()).collect();
        let places: BTreeMap<&str, u8> = suffixes.iter().map(String::as_str).zip(0..=u8::MAX).collect();
        let suffix = labels.iter().map(|label| places.get(label.as_ref()?).copied()).collect();
        let mut marks: Vec<u32> = history.releases.keys().copied().collect();
        marks.sort_by_key(|day| {
            (history.releases.get(day).is_some_and(|release| release.short), core::cmp::Reverse(*day))
        });
        // A mark has six bits.
        if marks.len() > 63 {
            return Err(WriteError::TooMuch.into());
        }
        Ok(Self { history, runs, suffix, suffixes, marks })
    }

    pub(crate) fn write(&self, writer: &mut TableWriter, symbols: &SymbolTable) -> Result<(), ImportError> {
        let line = |day: &u32| {
            let release = self.history.releases.get(day)?;
            let form = if release.short { "short" } else { "long" };
            Some(format!("{}-{:02}-{:02}\t{form}\t{}", day / 10_000, day / 100 % 100, day % 100, release.words))
        };
        let lines: Vec<String> = self.marks.iter().filter_map(line).collect();
        writer.section(section::RELEASES, lines.len(), lines.join("\n").into_bytes());
        let mut newest = TextsWriter::new(symbols);
        for (runs, suffix) in self.runs.iter().zip(&self.suffix) {
            match (runs.first(), suffix) {
                (None, _) => newest.absent(0)?,
                (Some(run), Some(suffix)) => newest.derived(self.mark(run), *suffix)?,
                (Some(run), None) => newest.text(self.mark(run), run.text)?,
            }
        }
        let (bytes, rows) = newest.finish()?;
        writer.section(section::SYMBOLS, 255, symbols.bytes());
        writer.section(section::TITLES, rows, bytes);
        writer.section(section::SUFFIXES, self.suffixes.len(), self.suffixes.join("\n").into_bytes());
        let mut older = TextsWriter::new(symbols);
        let mut places = Vec::new();
        for (ordinal, run) in self.older_runs() {
            places.extend([ordinal, run.before.unwrap_or_default()]);
            older.text(self.mark(run), run.text)?;
        }
        writer.section(section::OLDER_TITLE_PLACES, places.len() / 2, numbers(places));
        let (bytes, rows) = older.finish()?;
        writer.section(section::OLDER_TITLES, rows, bytes);
        Ok(())
    }

    fn mark(&self, run: &TitleRun<'_>) -> u8 {
        self.marks.iter().zip(1u8..).find_map(|(day, mark)| (*day == run.release).then_some(mark)).unwrap_or_default()
    }

    fn older_runs(&self) -> impl Iterator<Item = (u32, &TitleRun<'h>)> {
        (0u32..).zip(&self.runs).flat_map(|(ordinal, runs)| runs.iter().skip(1).map(move |run| (ordinal, run)))
    }

    pub(crate) fn by_release(&self) -> Vec<(u32, usize)> {
        let count =
            |day: &u32| self.runs.iter().filter(|runs| runs.first().is_some_and(|run| run.release == *day)).count();
        self.marks.iter().map(|day| (*day, count(day))).collect()
    }

    pub(crate) fn untitled(&self) -> usize {
        self.runs.iter().filter(|runs| runs.is_empty()).count()
    }

    pub(crate) fn older(&self) -> usize {
        self.older_runs().count()
    }
}

/// What of each title no title before says already.
pub(crate) fn tails(titles: &Titles<'_>) -> Vec<Vec<u8>> {
    let newest = titles.runs.iter().zip(&titles.suffix);
    let newest: Vec<Option<&str>> =
        newest.map(|(runs, suffix)| runs.first().filter(|_| suffix.is_none()).map(|run| run.text)).collect();
    TextsWriter::tails(&newest).into_iter().map(<[u8]>::to_vec).collect()
}
