//! What a code is on a date, and why.

use crate::category::Category;
use crate::code::HcpcsCode;
use crate::on::HcpcsOn;
use crate::record::Record;
use crate::title::Title;
use core::fmt;
use superbill_core::{Date, DateRange};

/// What a code or a modifier is on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Valid on the date.
    Valid,
    /// Valid only from a later date on.
    NotYetEffective,
    /// Valid only until an earlier date.
    Retired,
    /// Not in HCPCS Level II.
    Unknown,
    /// A partial set names it in the quarter of the date.
    Confirmed,
    /// No table can say.
    CannotTell,
}

impl Status {
    /// The name in data: `valid`, `not_yet_effective`, `retired`, `unknown`, `confirmed`, `cannot_tell`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NotYetEffective => "not_yet_effective",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
            Self::Confirmed => "confirmed",
            Self::CannotTell => "cannot_tell",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Why a code is not valid on a date, or why it is not known whether it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// It was added on a later date.
    NotYetEffective,
    /// It was ended on an earlier date.
    Retired,
    /// The release does not have it.
    Unknown,
    /// The date is after the quarter of the release.
    AfterRelease,
    /// The date is so early that codes of its time can be missing in the release.
    BeforeRelease,
    /// The release says that the code was in use, discontinued and in use again, and not when.
    InUseAgain,
    /// Dental codes are the American Dental Association's and are never kept.
    Dental,
    /// The set is partial and does not name the code in the quarter of the date.
    Partial,
}

/// The answer to a question about a code on a date.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'t> {
    on: HcpcsOn<'t>,
    code: HcpcsCode,
    status: Status,
    ordinal: Option<u32>,
}

impl<'t> Lookup<'t> {
    pub(crate) fn new(on: HcpcsOn<'t>, code: HcpcsCode) -> Self {
        let ordinal = on.table.ordinal(code);
        Self { on, code, status: on.judge(ordinal, code.is_dental()), ordinal }
    }

    /// The code that was asked for.
    #[must_use]
    pub fn code(&self) -> HcpcsCode {
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

    /// The part of HCPCS Level II that the code belongs to by its letter, whether the code exists or not.
    #[must_use]
    pub fn category(&self) -> Category {
        Category::of(self.code)
    }

    /// The record of the code, whatever its status.
    #[must_use]
    pub fn record(&self) -> Option<Record<'t>> {
        self.on.table.record(self.ordinal?)
    }

    /// The long title, else the short one; with the release that gave it.
    #[must_use]
    pub fn title(&self) -> Option<Title<'t>> {
        let record = self.record()?;
        record.long_title().or_else(|| record.short_title(self.date()))
    }

    /// The short title.
    #[must_use]
    pub fn short_title(&self) -> Option<Title<'t>> {
        self.record()?.short_title(self.date())
    }

    /// The days on which the code is valid: from the day on which it was added to the last day on which it may be used, open where no end is
    /// known. Of a partial set, the quarter of the date that names the code.
    #[must_use]
    pub fn valid(&self) -> Option<DateRange> {
        days(self.on, self.ordinal, self.status)
    }

    /// The quarters of a partial set that name the code, by their first days.
    pub fn quarters(&self) -> impl Iterator<Item = Date> + use<'t> {
        let table = self.on.table;
        let bits = self.ordinal.map_or(0, |ordinal| table.named(ordinal));
        let places = (0..64).filter(move |place| bits >> place & 1 == 1);
        places.filter_map(move |place| Date::from_ccyymmdd(table.quarter_day(place)?).ok())
    }

    /// Why the code is not valid on the date; `None` for one that is.
    #[must_use]
    pub fn why_not(&self) -> Option<Why> {
        Some(match self.status {
            Status::Valid | Status::Confirmed => return None,
            Status::NotYetEffective => Why::NotYetEffective,
            Status::Retired => Why::Retired,
            Status::Unknown => Why::Unknown,
            Status::CannotTell if self.code.is_dental() => Why::Dental,
            Status::CannotTell => cannot_tell(self.on, self.ordinal),
        })
    }

    /// The same in words; `None` for a code that is valid.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(words(self.why_not()?, self.on, self.valid()))
    }
}

/// The days on which a row is valid.
pub(crate) fn days(on: HcpcsOn<'_>, ordinal: Option<u32>, status: Status) -> Option<DateRange> {
    let (table, ordinal) = (on.table, ordinal?);
    if table.is_partial() {
        let quarter = table.quarter(on.day()).filter(|_| status == Status::Confirmed)?;
        let first = Date::from_ccyymmdd(table.quarter_day(quarter)?).ok()?;
        return DateRange::new(first, first.add_months(3).ok()?.yesterday()).ok();
    }
    let row = table.row(ordinal)?;
    let first = Date::from_ccyymmdd(row.added).ok()?;
    let last = if row.terminated == 0 { None } else { Some(Date::from_ccyymmdd(row.terminated).ok()?) };
    DateRange::new(first, last).ok()
}

/// Why a table cannot say.
pub(crate) fn cannot_tell(on: HcpcsOn<'_>, ordinal: Option<u32>) -> Why {
    let table = on.table;
    if table.is_partial() {
        Why::Partial
    } else if on.day() > table.last_day() {
        Why::AfterRelease
    } else if ordinal.and_then(|ordinal| table.row(ordinal)).is_some_and(|row| row.added != 0) {
        Why::InUseAgain
    } else {
        Why::BeforeRelease
    }
}

pub(crate) fn words(why: Why, on: HcpcsOn<'_>, valid: Option<DateRange>) -> String {
    let first = valid.map(|days| days.first().to_string()).unwrap_or_default();
    let last = valid.and_then(|days| days.last()).map(|day| day.to_string()).unwrap_or_default();
    let release = on.table.release().ok();
    let name = release.map(|days| days.first().to_string()).unwrap_or_default();
    match why {
        Why::NotYetEffective => format!("not yet effective: valid from {first}"),
        Why::Retired => format!("retired: last valid on {last}"),
        Why::Unknown => format!("not in the release of {name}"),
        Why::AfterRelease => {
            let last = release.and_then(|days| days.last()).map(|day| day.to_string()).unwrap_or_default();
            format!("the release of {name} is of the quarter until {last}: import a newer quarterly file")
        }
        Why::BeforeRelease => {
            format!("the release of {name} does not tell of codes so early: import the quarterly file of the date")
        }
        Why::InUseAgain => "discontinued for a time and in use again: import the quarterly file of the date".to_owned(),
        Why::Dental => "a dental code of the American Dental Association, which no table here holds".to_owned(),
        Why::Partial => {
            "the bundled set is partial: load the quarterly file of the date with `superbill import hcpcs`".to_owned()
        }
    }
}
