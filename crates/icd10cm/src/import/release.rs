//! A release of ICD-10-CM, merged with what a table knows already.

use super::addenda::OrderAddenda;
use super::file::{File, FileKind, ReleaseDay};
use super::history::{CodeHistory, History, Interval, cover, day_after, day_before, fiscal_year_start, last_in_force};
use super::order::OrderFile;
use super::read_back::symbols;
use super::search::{SearchModel, SearchSource, search_sections};
use super::tabular::Tabular;
use crate::code::Icd10CmCode;
use crate::table::Icd10Cm;
use crate::title::folded;
use std::collections::BTreeMap;
use superbill_core::Date;
use superbill_table::import::ImportError;

/// A table with a release merged into it, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// The bytes of the table.
    pub bytes: Vec<u8>,
    /// The first day of the release.
    pub release: Date,
    /// Codes of the release, headers included.
    pub codes: usize,
    /// Billable codes of the release.
    pub billable: usize,
    /// Codes that the table did not have on that day, or had otherwise: as billable where they are headers, or the other way round.
    pub changed: usize,
    /// Titles that the table did not have for that day.
    pub retitled: usize,
    /// Notes of the tabular list that came along; none without it.
    pub notes: usize,
}

/// Whether each code of a release is billable, and its title.
type Codes = BTreeMap<Icd10CmCode, (bool, String)>;

/// Merges a release with a table: the order file, the tabular list, the order addenda, together or alone. The release is read from
/// the names and contents of the files, else it is `release`.
///
/// With the model of a search index, the table gets an index of its own beside its codes.
///
/// # Errors
/// [`ImportError`] where a file is damaged, cut short or of another release than the others or than `release`; the table stays as it is.
pub fn icd10cm(
    base: &Icd10Cm<'_>,
    files: &[(&str, &[u8])],
    release: Option<Date>,
    model: Option<&SearchModel>,
) -> Result<Imported, ImportError> {
    let files: Vec<File> = files.iter().map(|(name, bytes)| File::read(name, bytes)).collect::<Result<_, _>>()?;
    let mut history = History::read_back(base)?;
    let asked = release.map(|date| ReleaseDay::of(date.ccyymmdd()));
    let day = release_day(&files, asked)?;
    let one = |kind: FileKind| {
        let mut found = files.iter().filter(|file| file.kind() == kind);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(ImportError::File("two files of one kind: give one release at a time")),
            (found, None) => Ok(found),
        }
    };
    let (order, tabular, addenda) = (one(FileKind::Order)?, one(FileKind::Tabular)?, one(FileKind::Addenda)?);
    let order = order.and_then(File::order);
    let tabular = tabular.and_then(File::tabular);
    let addenda = addenda.and_then(File::addenda);
    let codes = codes(&history, day, order, tabular, addenda)?;
    history.refuse_other_release(day, &codes)?;
    if let (Some(order), None, None) = (order, tabular, addenda) {
        history.refuse_cut(day, order)?;
    }
    let words = words(day, order.is_some(), tabular.is_some());
    let (changed, retitled) = history.merge(day, &words, &codes, tabular);
    if let Some(first) = history.about.iter_mut().find(|(key, _)| key == "release") {
        first.1 = first.1.clone().max(iso(day));
    }
    for file in &files {
        history.about.push(("source".to_owned(), format!("{} for {}", file.name(), iso(day))));
    }
    let index = match model {
        Some(model) => search_sections(&SearchSource::of(&history, day), model)?,
        None => Vec::new(),
    };
    let written = history.write_with(&symbols(base), index)?;
    Ok(Imported {
        bytes: written.bytes,
        release: Date::from_ccyymmdd(day).map_err(|_| ImportError::NoRelease)?,
        codes: codes.len(),
        billable: codes.values().filter(|(billable, _)| *billable).count(),
        changed,
        retitled,
        notes: tabular.map_or(0, |tabular| tabular.notes.len()),
    })
}

/// The day that all files and the caller agree on.
fn release_day(files: &[File], asked: Option<ReleaseDay>) -> Result<u32, ImportError> {
    let mut day = asked;
    for said in files.iter().filter_map(File::release) {
        match day {
            None => day = Some(said),
            Some(known) => match known.and(said) {
                Some(both) => day = Some(both),
                None => return Err(ImportError::Release { found: said.to_string(), asked: known.to_string() }),
            },
        }
    }
    day.and_then(ReleaseDay::day).ok_or(ImportError::NoRelease)
}

/// The codes of the release, from whichever files there are; where there are several they must agree.
fn codes(
    history: &History,
    day: u32,
    order: Option<&OrderFile>,
    tabular: Option<&Tabular>,
    addenda: Option<&OrderAddenda>,
) -> Result<Codes, ImportError> {
    let listed: Option<Codes> = tabular.map(|tabular| {
        let has_below = |code: Icd10CmCode| {
            let behind = (core::ops::Bound::Excluded(code), core::ops::Bound::Unbounded);
            tabular.titles.range(behind).next().is_some_and(|(next, _)| next.starts_with(code))
        };
        tabular.titles.iter().map(|(code, title)| (*code, (!has_below(*code), title.clone()))).collect()
    });
    let added: Option<Codes> = match addenda {
        Some(addenda) => Some(addenda.applied(&history.codes_on(day_before(day)))?),
        None => None,
    };
    let flags = |codes: &Codes| codes.iter().map(|(code, (billable, _))| (*code, *billable)).collect::<Vec<_>>();
    let mut codes: Option<Codes> = None;
    for found in [order.map(|order| order.codes.clone()), added, listed].into_iter().flatten() {
        match &codes {
            Some(codes) if flags(codes) != flags(&found) => return Err(ImportError::Differ(difference(codes, &found))),
            Some(_) => {}
            None => codes = Some(found),
        }
    }
    let mut codes = codes.ok_or(ImportError::File("no file given"))?;
    // The tabular list has the letters that the order file writes without their marks.
    for (code, title) in tabular.into_iter().flat_map(Tabular::titles) {
        if let Some((_, other)) = codes.get_mut(&code) {
            other.clear();
            other.push_str(title);
        }
    }
    Ok(codes)
}

/// A code that only one of two files has, or that is billable in one and a header in the other.
fn difference(one: &Codes, other: &Codes) -> String {
    let billable = |codes: &Codes, code: &Icd10CmCode| codes.get(code).map(|(billable, _)| *billable);
    let found = one.keys().chain(other.keys()).find(|code| billable(one, code) != billable(other, code));
    found.map(ToString::to_string).unwrap_or_default()
}

fn words(day: u32, order: bool, tabular: bool) -> String {
    let month = match day / 100 % 100 {
        1 => "January",
        4 => "April",
        10 => "October",
        _ => "release of",
    };
    let what = match (tabular, order) {
        (true, _) => "tabular list",
        (_, true) => "order file",
        _ => "order addenda",
    };
    format!("ICD-10-CM {what}, {month} {}", day / 10_000)
}

fn iso(day: u32) -> String {
    format!("{}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

impl History {
    /// The codes valid on a day: whether billable, and the title that is taken for the day.
    pub(crate) fn codes_on(&self, day: u32) -> Codes {
        let headers = self.header_intervals();
        let within = |days: &Vec<Interval>| days.iter().any(|(first, last)| (*first..=*last).contains(&day));
        let mut codes = Codes::new();
        for (code, history) in &self.codes {
            let billable = within(&history.billable);
            if billable || headers.get(code).is_some_and(within) {
                codes.insert(*code, (billable, history.title_on(day).unwrap_or_default().to_owned()));
            }
        }
        codes
    }

    fn billable_on(&self, day: u32) -> impl Iterator<Item = Icd10CmCode> {
        self.codes.iter().filter(move |(_, history)| history.is_billable(day)).map(|(code, _)| *code)
    }

    /// Refuses an order file that does not end with the code that ICD-10-CM ended with before: nothing in the file itself tells that lines at its
    /// end are missing.
    fn refuse_cut(&self, day: u32, order: &OrderFile) -> Result<(), ImportError> {
        let Some((first, last)) = self.chapters.last().map(cover) else { return Ok(()) };
        let known =
            self.billable_on(day.min(self.horizon.1)).filter(|code| (first..=last).contains(&code.packed())).last();
        if order.last == known {
            return Ok(());
        }
        Err(ImportError::File(
            "the last code is not the one that ICD-10-CM ended with before: the file is cut short; where it is not, give the order addenda or the tabular list with it",
        ))
    }

    /// Refuses codes that are not those of their day: those of a day that the table knows must be nearly the same, those of a later day
    /// must not be those of an earlier release.
    fn refuse_other_release(&self, day: u32, codes: &Codes) -> Result<(), ImportError> {
        let differs = |other: u32| {
            let known: std::collections::BTreeSet<Icd10CmCode> = self.billable_on(other).collect();
            let given = codes.iter().filter(|(_, (billable, _))| *billable);
            let common = given.clone().filter(|(code, _)| known.contains(code)).count();
            given.count() + known.len() - 2 * common
        };
        let own = (day <= self.horizon.1).then(|| differs(day));
        // An update within a fiscal year can change no code.
        let near = same_year(day, self.horizon.1).then(|| differs(self.horizon.1));
        let mut release = self.horizon.0;
        while release <= self.horizon.1 {
            let other = if last_in_force(release) >= day && release <= day { None } else { Some(differs(release)) };
            if let Some(other) = other
                && own.or(near).map_or(other == 0, |own| other < own)
            {
                return Err(ImportError::Release { found: iso(release), asked: iso(day) });
            }
            release = day_after(last_in_force(release));
        }
        // A file with many differences from what is known of its own day is damaged, whatever else it resembles.
        match own {
            Some(own) if own > codes.len() / 100 => Err(ImportError::File(
                "more than a hundredth of the codes are not those that the table knows for the day: the file is damaged or of another release",
            )),
            _ if day > self.horizon.1 && differs(self.horizon.1) > codes.len() / 10 + 1 => Err(ImportError::File(
                "more than a tenth of the codes differ from the release before: the file is damaged, or releases between are missing",
            )),
            _ => Ok(()),
        }
    }

    /// Merges codes and titles of a release, and notes and headings of its tabular list. Gives how many codes were otherwise before,
    /// and how many titles.
    fn merge(&mut self, day: u32, words: &str, codes: &Codes, tabular: Option<&Tabular>) -> (usize, usize) {
        let before = self.codes_on(day.min(self.horizon.1));
        let later = day > self.horizon.1;
        let (known_to, last) = (self.horizon.1, last_in_force(day));
        if later {
            let gap = (day_after(known_to), day_before(day));
            let told = gap.0 > gap.1;
            let given = |code: &Icd10CmCode| codes.get(code).is_some_and(|(billable, _)| *billable);
            for (code, history) in &mut self.codes {
                if !told && history.is_billable(known_to) && given(code) {
                    history.set_billable(gap, true);
                }
            }
            if !told {
                self.untold.push(gap);
            }
            self.horizon.1 = last;
        }
        if let Some(tabular) = tabular {
            self.add_tabular(day, words, tabular);
        } else {
            self.releases.insert(day, super::history::Release { short: false, words: words.to_owned() });
        }
        let mut changed = 0;
        for (code, (billable, _)) in codes {
            let history = self.codes.entry(*code).or_default();
            let was = before.get(code).map(|(billable, _)| *billable);
            changed += usize::from(was != Some(*billable));
            if history.is_billable(day) != *billable || later {
                let next = history.billable.iter().map(|(first, _)| *first).find(|first| *first > day);
                let end = next.map_or(last, day_before).min(last);
                history.set_billable((day, end), *billable);
            }
        }
        for (code, history) in &mut self.codes {
            if !codes.contains_key(code) && history.is_billable(day) {
                changed += 1;
                history.set_billable((day, last), false);
            }
        }
        self.imply_headers();
        (changed, self.merge_titles(day, codes, &before))
    }

    fn merge_titles(&mut self, day: u32, codes: &Codes, before: &Codes) -> usize {
        let mut retitled = 0;
        for (code, (_, title)) in codes {
            let Some(history) = self.codes.get_mut(code) else { continue };
            // A title without its marks is the same title.
            let known = before.get(code).map(|(_, title)| title.as_str());
            let near = known.into_iter().chain(history.titles.values().map(String::as_str));
            let marked = near.into_iter().find(|known| folded(known) == *title).unwrap_or(title).to_owned();
            retitled += usize::from(known != Some(marked.as_str()));
            history.titles.insert(day, marked);
            history.short = None;
        }
        retitled
    }
}

impl CodeHistory {
    /// The title that is taken for a day.
    pub(crate) fn title_on(&self, day: u32) -> Option<&str> {
        let runs = self.title_runs();
        runs.iter().rev().find(|run| run.before.is_none_or(|before| day < before)).map(|run| run.text)
    }
}

/// Whether two days lie in one fiscal year.
pub(crate) fn same_year(one: u32, other: u32) -> bool {
    fiscal_year_start(one) == fiscal_year_start(other)
}
