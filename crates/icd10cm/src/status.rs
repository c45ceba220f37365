//! What a code is on a date, and why.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::replacement::Replacement;
use crate::title::Title;
use crate::why::Why;
use core::fmt;
use superbill_core::{Date, DateRange};

/// What a code is on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Complete and valid: it may stand on a claim.
    Billable,
    /// Valid as a heading only: more characters are needed.
    Header,
    /// Valid only from a later date on.
    NotYetEffective,
    /// Valid only until an earlier date.
    Retired,
    /// In no release that the table holds.
    Unknown,
    /// The date is after the last day that the table speaks of.
    CannotTell,
}

impl Status {
    /// The name in data: `billable`, `header`, `not_yet_effective`, `retired`, `unknown`, `cannot_tell`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Billable => "billable",
            Self::Header => "header",
            Self::NotYetEffective => "not_yet_effective",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
            Self::CannotTell => "cannot_tell",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The answer to a question about a code on a date.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'t> {
    on: Icd10CmOn<'t>,
    code: Icd10CmCode,
    status: Status,
    ordinal: Option<u32>,
}

impl<'t> Lookup<'t> {
    pub(crate) fn new(on: Icd10CmOn<'t>, code: Icd10CmCode) -> Self {
        Self { on, code, status: on.status(code), ordinal: on.table.ordinal(code) }
    }

    /// The code that was asked for.
    #[must_use]
    pub fn code(&self) -> Icd10CmCode {
        self.code
    }

    /// The date that was asked for.
    #[must_use]
    pub fn date(&self) -> Date {
        self.on.date()
    }

    /// What the code is on the date.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// The days on which the code is what [`Lookup::status`] says: for a retired code or one that is not yet effective, the days
    /// on which it was or will be valid. Open where the table knows of no end.
    #[must_use]
    pub fn valid(&self) -> Option<DateRange> {
        match self.status {
            Status::Billable => self.billable(),
            Status::Header => self.header(),
            // A code can be billable first and a header then, or a header first.
            Status::Retired => {
                let known = [self.billable(), self.header()].into_iter().flatten();
                known.max_by_key(|range| range.last())
            }
            Status::NotYetEffective => {
                let known = [self.billable(), self.header()].into_iter().flatten();
                known.filter(|range| range.first() > self.date()).min_by_key(DateRange::first)
            }
            Status::Unknown | Status::CannotTell => None,
        }
    }

    /// The days on which the code is billable: those that hold the date, else the newest.
    #[must_use]
    pub fn billable(&self) -> Option<DateRange> {
        self.days(false)
    }

    /// The days on which the code is a header: those that hold the date, else the newest.
    #[must_use]
    pub fn header(&self) -> Option<DateRange> {
        self.days(true)
    }

    fn days(&self, header: bool) -> Option<DateRange> {
        let ordinal = self.ordinal?;
        let day = self.on.date().ccyymmdd();
        let mut more = self.on.table.more_statuses(ordinal).filter(|more| more.header == header);
        if let Some(more) = more.find(|more| (more.first..=more.last).contains(&day)) {
            return self.range(more.first, more.last);
        }
        let row = self.on.table.status_at(ordinal as usize)?;
        let [first, last] = if header { [row[2], row[3]] } else { [row[0], row[1]] };
        self.range(first, last)
    }

    /// An interval that reaches the last day of the table has no known end.
    fn range(&self, first: u32, last: u32) -> Option<DateRange> {
        let first = Date::from_ccyymmdd(first).ok()?;
        let last = if last >= self.on.table.last_day() { None } else { Some(Date::from_ccyymmdd(last).ok()?) };
        DateRange::new(first, last).ok()
    }

    /// The title; `None` where the code is not known or no bundled source has its title.
    #[must_use]
    pub fn title(&self) -> Option<Title> {
        self.on.title(self.code)
    }

    /// The nearest code above that is valid on the date, whether the code itself is or not. `None` for a category and for a code
    /// that the table does not know.
    #[must_use]
    pub fn parent(&self) -> Option<Icd10CmCode> {
        self.ordinal?;
        self.on.ancestors(self.code).next()
    }

    /// Why the code is not billable; `None` where it is.
    #[must_use]
    pub fn why_not(&self) -> Option<Why> {
        self.on.why_not(self.code)
    }

    /// Why the code is not billable, in one sentence; `None` where it is.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let billable = self.billable();
        let word = |valid: DateRange| if Some(valid) == billable { "billable" } else { "a header" };
        Some(match self.why_not()? {
            Why::Header => match billable {
                Some(range) if range.first() > self.date() => {
                    format!("a header: more characters are needed until it becomes billable on {}", range.first())
                }
                Some(_) => "a header since codes were added below it: more characters are needed".to_owned(),
                None => "a header: more characters are needed".to_owned(),
            },
            Why::SeventhCharacterMissing if self.code.len() < 6 => {
                "a header: placeholders X up to the sixth character and a seventh character are needed".to_owned()
            }
            Why::SeventhCharacterMissing => "a header: the seventh character is missing".to_owned(),
            Why::PlaceholderMissing => {
                "no code: a placeholder X is missing before the last character, which belongs to the seventh place"
                    .to_owned()
            }
            Why::SeventhCharacterNotAllowed => "no code: it does not take this seventh character".to_owned(),
            Why::TooManyCharacters => "no code: it is complete without its last characters".to_owned(),
            Why::NotYetEffective => {
                let valid = self.valid()?;
                format!("not yet effective: {} from {}", word(valid), valid.first())
            }
            Why::Retired => {
                let valid = self.valid()?;
                format!("retired: last {} on {}", word(valid), valid.last()?)
            }
            Why::Unknown => {
                let first = self.on.table.horizon().map(|horizon| horizon.first().to_string()).unwrap_or_default();
                format!("in no release from {first} on that the table holds")
            }
            Why::CannotTell => {
                let last = self.on.table.horizon().ok().and_then(|horizon| horizon.last());
                match last.filter(|last| *last >= self.date()) {
                    Some(_) => {
                        "the table has the releases before and after, but not that of the date: import it".to_owned()
                    }
                    None => {
                        let last = last.map(|last| last.to_string()).unwrap_or_default();
                        format!("the table knows releases up to {last}: load a newer one")
                    }
                }
            }
        })
    }

    /// What the code can be completed or mended to: see [`Icd10CmOn::completions`].
    pub fn completions(&self) -> impl Iterator<Item = Icd10CmCode> + use<> {
        self.on.completions(self.code).into_iter()
    }

    /// What took the place of a code that was billable and is no longer: see [`Icd10CmOn::replacements`].
    #[must_use]
    pub fn replacements(&self) -> Vec<Replacement> {
        self.on.replacements(self.code)
    }
}
