//! A table back to the history that it was written from.

use super::conversion::Conversions;
use super::history::{CodeHistory, History, Interval, Release};
use super::notes;
use super::tabular::Division;
use crate::code::Icd10CmCode;
use crate::section;
use crate::table::{Divisions, Icd10Cm, lines};
use std::collections::BTreeMap;
use superbill_table::{SymbolTable, TableError, TextBody, TextBuffer, u32_at};

impl History {
    /// Everything that a table says. Written again with [`symbols`], it gives the same table.
    ///
    /// # Errors
    /// [`TableError`] where the table is damaged: it is verified first.
    pub fn read_back(table: &Icd10Cm<'_>) -> Result<Self, TableError> {
        table.verify()?;
        let horizon = table.horizon()?;
        let day = |date: superbill_core::Date| date.ccyymmdd();
        let horizon: Interval = (day(horizon.first()), horizon.last().map_or(0, day));
        let gap = |gap: &[u8; 8]| Some((u32_at(gap, 0)?, u32_at(gap, 4)?));
        let mut history = Self {
            horizon,
            untold: table.untold.iter().filter_map(gap).collect(),
            chapters: divisions(table.chapters),
            blocks: divisions(table.blocks),
            notes: notes::read_back(table).into_iter().map(|release| (release.day, release)).collect(),
            conversions: conversions(table),
            about: table.about().lines().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            ..Self::default()
        };
        let releases: Vec<(u32, bool)> =
            table.title_releases().map(|release| (day(release.day), release.short)).collect();
        for release in table.title_releases() {
            let words = release.words.to_owned();
            history.releases.insert(day(release.day), Release { short: release.short, words });
        }
        let mut older: BTreeMap<usize, Vec<(u32, usize)>> = BTreeMap::new();
        for row in 0..table.older_places.len() {
            if let Some((ordinal, before)) = table.older_place(row) {
                older.entry(ordinal as usize).or_default().push((before, row));
            }
        }
        let mut buffer = TextBuffer::default();
        for (row, key) in table.keys.from(0) {
            let Some(code) = Icd10CmCode::from_packed(key) else { continue };
            let mut code_history = CodeHistory { billable: billable(table, row), ..CodeHistory::default() };
            code_history.attributes = attributes(table, row);
            if let Some((release, short, text)) = newest_title(table, row, code, &releases, &mut buffer) {
                if short {
                    code_history.short = Some((release, text));
                } else {
                    let none = Vec::new();
                    let older = older.get(&row).unwrap_or(&none);
                    code_history.titles = titles(table, older, &releases, (release, text), &mut buffer);
                }
            }
            history.codes.insert(code, code_history);
        }
        // A title was in every release on whose first day its code was valid, though the table holds it once.
        let headers = history.header_intervals();
        for (code, code_history) in &mut history.codes {
            let header = headers.get(code);
            let valid = |day: u32| {
                let within = |days: &Vec<Interval>| days.iter().any(|(first, last)| (*first..=*last).contains(&day));
                within(&code_history.billable) || header.is_some_and(within)
            };
            let runs: Vec<(Option<u32>, String)> =
                code_history.title_runs().iter().map(|run| (run.before, run.text.to_owned())).collect();
            let mut titles = core::mem::take(&mut code_history.titles);
            for (day, _) in releases.iter().filter(|(day, short)| !short && valid(*day)) {
                let own = runs.iter().rev().find(|(before, _)| before.is_none_or(|before| *day < before));
                if let (Some((_, text)), false) = (own, titles.is_empty()) {
                    titles.entry(*day).or_insert_with(|| text.clone());
                }
            }
            code_history.titles = titles;
        }
        Ok(history)
    }
}

/// The symbols that compress the texts of a table.
#[must_use]
pub fn symbols(table: &Icd10Cm<'_>) -> SymbolTable {
    SymbolTable::read_back(table.table().section(section::SYMBOLS).map_or(&[][..], |(bytes, _)| bytes))
}

fn billable(table: &Icd10Cm<'_>, row: usize) -> Vec<Interval> {
    let ordinal = u32::try_from(row).unwrap_or(u32::MAX);
    let older = table.more_statuses(ordinal).filter(|more| !more.header).map(|more| (more.first, more.last));
    let newest = table.status_at(row).map(|[first, last, ..]| (first, last));
    older.chain(newest.filter(|days| *days != (0, 0))).collect()
}

fn attributes(table: &Icd10Cm<'_>, row: usize) -> Vec<(String, Interval)> {
    let names: Vec<&str> = lines(table.attributes.names).collect();
    let rows = table.attribute_rows(row).into_iter().flatten();
    let attribute = |row: usize| {
        let number = |at: usize| u32_at(table.attributes.entries, row * 12 + at);
        Some(((*names.get(number(0)? as usize)?).to_owned(), (number(4)?, number(8)?)))
    };
    rows.filter_map(attribute).collect()
}

fn newest_title(
    table: &Icd10Cm<'_>,
    row: usize,
    code: Icd10CmCode,
    releases: &[(u32, bool)],
    buffer: &mut TextBuffer,
) -> Option<(u32, bool, String)> {
    let record = table.read_title(row, code, buffer)?;
    let (release, short) = *releases.get(usize::from(record.mark).checked_sub(1)?)?;
    (record.body != TextBody::Absent).then_some((release, short, buffer.as_str()?.to_owned()))
}

fn titles(
    table: &Icd10Cm<'_>,
    older: &[(u32, usize)],
    releases: &[(u32, bool)],
    newest: (u32, String),
    buffer: &mut TextBuffer,
) -> BTreeMap<u32, String> {
    let mut titles = BTreeMap::from([newest]);
    for (_, row) in older {
        let read = table.older_titles.read(*row, buffer).and_then(|record| {
            let (release, _) = releases.get(usize::from(record.mark).checked_sub(1)?)?;
            Some((*release, buffer.as_str()?.to_owned()))
        });
        titles.extend(read);
    }
    titles
}

fn divisions(divisions: Divisions<'_>) -> Vec<Division> {
    let division = |line: &str| {
        let mut parts = line.splitn(4, '\t');
        let name = parts.next()?.to_owned();
        let (first, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Division { name, first, last, title: parts.next()?.to_owned() })
    };
    lines(divisions.lines).filter_map(division).collect()
}

fn conversions(table: &Icd10Cm<'_>) -> Option<Conversions> {
    let release = table.conversions.release()?;
    Some(Conversions {
        release,
        rows: (0..table.conversions.len()).filter_map(|row| table.conversions.row(row)).collect(),
    })
}
