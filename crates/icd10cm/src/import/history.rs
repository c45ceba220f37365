//! Everything that a table says, as a tree that can be changed and written again.

use super::conversion::Conversions;
use super::notes::NoteRelease;
use super::tabular::{Cover, Division, Tabular};
use crate::code::Icd10CmCode;
pub(crate) use crate::notes::release::last_in_force;
use std::collections::{BTreeMap, BTreeSet};

/// First and last day, as decimal numbers ccyymmdd.
pub type Interval = (u32, u32);

/// What is known of one code over time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeHistory {
    /// When it is billable: ascending, with a day between at the least.
    pub billable: Vec<Interval>,
    /// What the code editor says of it, with days, in order.
    pub attributes: Vec<(String, Interval)>,
    /// Titles by the day of the release that has them.
    pub titles: BTreeMap<u32, String>,
    /// A short title and the day of its release, for codes that no other release gives a title.
    pub short: Option<(u32, String)>,
}

/// A release that gave titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Whether its titles are the short ones.
    pub short: bool,
    /// What it is.
    pub words: String,
}

/// Everything that a table says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// First and last day that it speaks of.
    pub horizon: Interval,
    /// Days within it of which no release told.
    pub untold: Vec<Interval>,
    /// The codes. A code that only stands above others has no billable days.
    pub codes: BTreeMap<Icd10CmCode, CodeHistory>,
    /// The releases that gave titles, by their first day.
    pub releases: BTreeMap<u32, Release>,
    /// What the table will say of itself, a key and a value each: see [`superbill_table::About`].
    pub about: Vec<(String, String)>,
    /// The conversion table of a release.
    pub conversions: Option<Conversions>,
    pub(crate) chapters: Vec<Division>,
    pub(crate) blocks: Vec<Division>,
    /// Notes by the first day of the release that has them.
    pub(crate) notes: BTreeMap<u32, NoteRelease>,
}

/// A title and the days for which it is taken: those before `before`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TitleRun<'h> {
    /// The first day on which the next newer title is taken; `None` for the newest.
    pub(crate) before: Option<u32>,
    /// The newest release that has the title.
    pub(crate) release: u32,
    pub(crate) text: &'h str,
}

impl CodeHistory {
    /// The different titles, newest first. Where two releases that follow each other differ, the older title is taken until the end of
    /// its fiscal year, the newer from then on; within one fiscal year, from the newer release's own first day on.
    pub(crate) fn title_runs(&self) -> Vec<TitleRun<'_>> {
        let mut runs: Vec<TitleRun<'_>> = Vec::new();
        let mut oldest = 0;
        for (release, text) in self.titles.iter().rev() {
            match runs.last() {
                Some(run) if run.text == text => {}
                newer => {
                    let before = newer.map(|_| {
                        let year = fiscal_year_start(*release) + 10_000;
                        year.min(oldest)
                    });
                    runs.push(TitleRun { before, release: *release, text });
                }
            }
            oldest = *release;
        }
        if let (true, Some((release, text))) = (runs.is_empty(), &self.short) {
            runs.push(TitleRun { before: None, release: *release, text });
        }
        runs
    }

    /// Makes the code billable or not on some days, whatever it was then.
    pub(crate) fn set_billable(&mut self, days: Interval, billable: bool) {
        let mut intervals = Vec::new();
        for (first, last) in self.billable.drain(..) {
            if first < days.0 {
                intervals.push((first, last.min(day_before(days.0))));
            }
            if last > days.1 {
                intervals.push((first.max(day_after(days.1)), last));
            }
        }
        if billable {
            intervals.push(days);
        }
        self.billable = merged(intervals);
    }

    pub(crate) fn is_billable(&self, day: u32) -> bool {
        self.billable.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }
}

impl History {
    /// Adds the headers that codes imply: what stands above a code is a code itself, but for places filled with `X`.
    pub fn imply_headers(&mut self) {
        let implied: BTreeSet<_> = self
            .codes
            .keys()
            .flat_map(|code| (3..code.len()).filter_map(|count| code.prefix(count)))
            .filter(|prefix| prefix.character(prefix.len()) != Some('X'))
            .collect();
        for code in implied {
            self.codes.entry(code).or_default();
        }
    }

    /// When each header is valid: exactly while a billable code below it is.
    pub(crate) fn header_intervals(&self) -> BTreeMap<Icd10CmCode, Vec<Interval>> {
        let mut below: BTreeMap<Icd10CmCode, Vec<Interval>> = BTreeMap::new();
        for (code, history) in &self.codes {
            for prefix in (3..code.len()).filter_map(|count| code.prefix(count)) {
                if !history.billable.is_empty() && self.codes.contains_key(&prefix) {
                    below.entry(prefix).or_default().extend(&history.billable);
                }
            }
        }
        below.into_iter().map(|(code, intervals)| (code, merged(intervals))).collect()
    }

    /// Adds the titles and notes of a release of the tabular list, whose first day is `day`; `words` says what it is. Chapters and blocks
    /// are taken from the newest.
    pub fn add_tabular(&mut self, day: u32, words: &str, tabular: &Tabular) {
        if self.releases.keys().all(|other| *other <= day) {
            self.chapters.clone_from(&tabular.chapters);
            self.blocks.clone_from(&tabular.blocks);
        }
        let divisions = [tabular.chapters.as_slice(), &tabular.blocks].concat();
        self.notes.insert(day, NoteRelease { day, divisions, notes: tabular.notes.clone() });
        self.releases.insert(day, Release { short: false, words: words.to_owned() });
        for (code, title) in tabular.titles() {
            self.codes.entry(code).or_default().titles.insert(day, title.to_owned());
        }
    }

    /// Adds the short titles of a release: they are taken for codes that no other release gives a title. Call it last.
    pub fn add_short_titles(&mut self, day: u32, words: &str, titles: &BTreeMap<Icd10CmCode, String>) {
        self.releases.insert(day, Release { short: true, words: words.to_owned() });
        for (code, history) in &mut self.codes {
            if history.titles.is_empty() {
                history.short = titles.get(code).map(|title| (day, title.clone()));
            }
        }
    }
}

/// In order, those that touch joined.
pub(crate) fn merged(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_unstable();
    let mut out: Vec<Interval> = Vec::new();
    for (first, last) in intervals {
        match out.last_mut() {
            Some(before) if first <= day_after(before.1) => before.1 = before.1.max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

/// October 1 on or before a day.
pub(crate) fn fiscal_year_start(day: u32) -> u32 {
    let (year, rest) = (day / 10_000, day % 10_000);
    (if rest >= 1001 { year } else { year.saturating_sub(1) }) * 10_000 + 1001
}

/// The day after, for days of the calendar.
pub(crate) fn day_after(day: u32) -> u32 {
    match day % 10_000 {
        1231 => (day / 10_000 + 1) * 10_000 + 101,
        rest if rest % 100 >= month_length(day) => day - rest % 100 + 101,
        _ => day + 1,
    }
}

/// The day before, for days of the calendar.
pub(crate) fn day_before(day: u32) -> u32 {
    match day % 10_000 {
        101 => (day / 10_000).saturating_sub(1) * 10_000 + 1231,
        rest if rest % 100 <= 1 => {
            let before = day.saturating_sub(100);
            before - before % 100 + month_length(before)
        }
        _ => day - 1,
    }
}

fn month_length(day: u32) -> u32 {
    let year = day / 10_000;
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match day / 100 % 100 {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The keys that a chapter or block covers.
pub(crate) fn cover(division: &Division) -> Cover {
    (division.first.packed(), division.last.last_below())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        for (day, next) in [
            (20_231_231, 20_240_101),
            (20_240_228, 20_240_229),
            (20_240_229, 20_240_301),
            (20_230_228, 20_230_301),
            (20_260_930, 20_261_001),
            (20_270_331, 20_270_401),
        ] {
            assert_eq!((day_after(day), day_before(next)), (next, day));
        }
    }

    #[test]
    fn a_release_is_in_force_until_the_next_update() {
        for (day, last, year) in [
            (20_261_001, 20_270_331, 20_261_001),
            (20_270_401, 20_270_930, 20_261_001),
            (20_210_101, 20_210_331, 20_201_001),
        ] {
            assert_eq!((last_in_force(day), fiscal_year_start(day)), (last, year));
        }
    }

    #[test]
    fn days_are_set_within_an_interval() {
        let mut code = CodeHistory { billable: vec![(20_200_101, 20_201_231)], ..CodeHistory::default() };
        code.set_billable((20_200_401, 20_200_930), false);
        assert_eq!(code.billable, [(20_200_101, 20_200_331), (20_201_001, 20_201_231)]);
        code.set_billable((20_200_401, 20_200_930), true);
        assert_eq!(code.billable, [(20_200_101, 20_201_231)]);
        code.set_billable((20_210_101, 20_210_331), true);
        assert_eq!(code.billable, [(20_200_101, 20_210_331)]);
        code.set_billable((20_150_101, 20_991_231), false);
        assert_eq!(code.billable, []);
    }

    #[test]
    fn a_title_is_taken_until_its_fiscal_year_ends() {
        let titles = [(20_210_101, "a"), (20_250_401, "b"), (20_260_401, "b")];
        let code = CodeHistory {
            titles: titles.into_iter().map(|(day, text)| (day, text.to_owned())).collect(),
            ..CodeHistory::default()
        };
        let runs = code.title_runs();
        assert_eq!(runs.len(), 2);
        assert_eq!((runs[0].before, runs[0].release, runs[0].text), (None, 20_260_401, "b"));
        assert_eq!((runs[1].before, runs[1].release, runs[1].text), (Some(20_211_001), 20_210_101, "a"));
    }

    #[test]
    fn a_title_that_changes_within_a_year_is_taken_from_its_own_day_on() {
        let titles = [(20_241_001, "a"), (20_250_401, "b")];
        let code = CodeHistory {
            titles: titles.into_iter().map(|(day, text)| (day, text.to_owned())).collect(),
            ..CodeHistory::default()
        };
        assert_eq!(code.title_runs()[1].before, Some(20_250_401));
    }
}
