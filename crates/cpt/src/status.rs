//! Whether a code exists on a date, as far as the user's licensed editions tell.

use crate::code::CptCode;
use crate::descriptor::{Descriptor, DescriptorKind};
use crate::list::{CptList, Listed};
use crate::table::Cpt;
use core::fmt;
use superbill_core::Date;

/// What is said where no licensed file is loaded.
pub const NOT_LOADED: &str = "the shape is possible; whether the code exists is known to the American Medical Association's licensed files: \
    load yours with import cpt";

/// Whether a code exists on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CptStatus {
    /// It can be reported.
    Valid,
    /// It could be reported before.
    Retired,
    /// It can be reported later.
    NotYetEffective,
    /// The edition in force does not have it.
    Unknown,
    /// No edition that is loaded can tell.
    CannotTell,
}

impl CptStatus {
    /// The name in data: `valid`, `retired`, `not_yet_effective`, `unknown`, `cannot_tell`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Retired => "retired",
            Self::NotYetEffective => "not_yet_effective",
            Self::Unknown => "unknown",
            Self::CannotTell => "cannot_tell",
        }
    }
}

impl fmt::Display for CptStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The answer for a code on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CptLookup {
    /// The status.
    pub status: CptStatus,
    /// The first day, where it is known.
    pub valid_from: Option<Date>,
    /// The last day, where it is known.
    pub valid_to: Option<Date>,
    /// The first day of the release that the answer rests on.
    pub release: Option<Date>,
    /// Why, in a sentence.
    pub why: &'static str,
}

/// The licensed editions that a user has loaded, side by side; a question carries its date.
///
/// ```
/// use superbill_cpt::{CptStatus, CptTables};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // Nothing is loaded: no code can be told from another.
/// let answer = CptTables::default().lookup("00000".parse()?, "2026-03-02".parse()?);
/// assert_eq!(answer.status, CptStatus::CannotTell);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct CptTables<'a> {
    tables: Vec<Cpt<'a>>,
}

impl<'a> CptTables<'a> {
    /// These editions, in any order. Of two of one release the later one counts.
    #[must_use]
    pub fn new(tables: impl IntoIterator<Item = Cpt<'a>>) -> Self {
        let mut all: Vec<_> = tables.into_iter().collect();
        all.sort_by_key(Cpt::release);
        let mut tables: Vec<Cpt<'a>> = Vec::with_capacity(all.len());
        for table in all {
            match tables.last_mut() {
                Some(last) if last.release() == table.release() => *last = table,
                _ => tables.push(table),
            }
        }
        Self { tables }
    }

    /// The editions, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Cpt<'a>> {
        self.tables.iter()
    }

    /// The edition in force on a date: the newest that had begun, if its year had not ended.
    #[must_use]
    pub fn on(&self, date: Date) -> Option<Cpt<'a>> {
        self.tables
            .iter()
            .rfind(|table| table.release() <= date)
            .filter(|table| table.in_force().contains(date))
            .copied()
    }

    /// Whether a code exists on a date, without the days and the reason: the status of [`CptTables::lookup`].
    #[must_use]
    pub fn status(&self, code: CptCode, on: Date) -> CptStatus {
        // Most questions are of a code that is valid on every day of the edition in force.
        let newest = self.tables.iter().rfind(|table| table.release() <= on);
        match newest {
            Some(table) if table.is_plain(code) && table.in_force().contains(on) => CptStatus::Valid,
            _ => self.lookup(code, on).status,
        }
    }

    /// Whether a code exists on a date, with the days that are known and the reason.
    #[must_use]
    pub fn lookup(&self, code: CptCode, on: Date) -> CptLookup {
        if self.tables.is_empty() {
            return answer(CptStatus::CannotTell, None, NOT_LOADED);
        }
        match self.tables.iter().rposition(|table| table.release() <= on) {
            Some(place) => self.at(place, code, on),
            None => self.before_all(code, on),
        }
    }

    /// A descriptor that a code has on a date: that of the edition in force, else of the newest before it, else of the oldest after it.
    #[must_use]
    pub fn descriptor(&self, code: CptCode, kind: DescriptorKind, on: Date) -> Option<Descriptor<'a>> {
        let begun = self.tables.iter().filter(|table| table.release() <= on).count();
        let (before, after) = self.tables.split_at_checked(begun)?;
        before.iter().rev().chain(after).find_map(|table| table.descriptor(code, kind))
    }

    /// Whether a code stands in a list, by the edition in force on the date.
    #[must_use]
    pub fn is_listed(&self, code: CptCode, list: CptList, on: Date) -> Listed {
        self.on(on).map_or(Listed::CannotTell, |table| table.is_listed(code, list))
    }

    /// The edition at `place` is the newest that had begun.
    fn at(&self, place: usize, code: CptCode, on: Date) -> CptLookup {
        let Some(table) = self.tables.get(place) else { return answer(CptStatus::CannotTell, None, NOT_LOADED) };
        let covers = table.in_force().contains(on);
        let earlier = self.tables.get(..place).unwrap_or_default();
        let release = Some(table.release());
        if let Some(row) = table.row(code) {
            let since = row.effective.or(row.descriptor_since);
            let answer = |status, why| CptLookup { status, valid_from: since, valid_to: row.terminated, release, why };
            let older = || earlier.iter().any(|table| table.contains(code));
            return match (row.terminated, row.effective, row.descriptor_since) {
                (Some(last), _, _) if last < on => answer(CptStatus::Retired, "the edition gives an earlier last day"),
                (_, Some(first), _) if on < first => {
                    answer(CptStatus::NotYetEffective, "the edition gives a later first day")
                }
                _ if !covers => answer(
                    CptStatus::CannotTell,
                    "the newest edition that is loaded ended before the date: load that of the year",
                ),
                // An edition that comes in the course of a year has codes of the next quarter too.
                (_, None, Some(first)) if on < first && !older() => answer(
                    CptStatus::NotYetEffective,
                    "its descriptor takes effect later, and no earlier edition has it",
                ),
                _ => answer(CptStatus::Valid, "the edition in force has it"),
            };
        }
        if let Some(last) = self.left_out(place, code) {
            let found = answer(CptStatus::Retired, release, "an earlier edition has it, that of the date does not");
            return CptLookup { valid_to: last, ..found };
        }
        if !covers {
            return answer(
                CptStatus::CannotTell,
                release,
                "the newest edition that is loaded ended before the date: load that of the year",
            );
        }
        let later = self.tables.iter().skip(place + 1).find_map(|table| Some((table, table.row(code)?)));
        if let Some((table, row)) = later {
            let first = row.effective.or(row.descriptor_since).filter(|first| on < *first).unwrap_or(table.release());
            let found = answer(
                CptStatus::NotYetEffective,
                Some(table.release()),
                "a later edition has it, that of the date does not",
            );
            return CptLookup { valid_from: Some(first), ..found };
        }
        if code.is_added_between() && next_quarter(table.release()).is_some_and(|next| next <= on) {
            return answer(
                CptStatus::CannotTell,
                release,
                "codes of this kind are added each quarter, and the release that is loaded is older than the date's quarter",
            );
        }
        answer(CptStatus::Unknown, release, "the edition in force does not have it")
    }

    /// The day before the first release without the code, where an edition before `place` has it and those from then on to `place` do not.
    fn left_out(&self, place: usize, code: CptCode) -> Option<Option<Date>> {
        let had = self.tables.iter().take(place).rposition(|table| table.contains(code))?;
        let told = self.tables.get(had)?.row(code)?.terminated;
        let next = self.tables.get(had + 1)?;
        Some(told.or_else(|| next.release().yesterday()))
    }

    /// The date is before every release.
    fn before_all(&self, code: CptCode, on: Date) -> CptLookup {
        let Some((table, row)) = self.tables.iter().find_map(|table| Some((table, table.row(code)?))) else {
            return answer(CptStatus::CannotTell, None, "the date is before every edition that is loaded");
        };
        let valid_from = row.effective.or(row.descriptor_since);
        let (status, why) = match (row.effective, row.descriptor_since) {
            (Some(first), _) if on < first => (CptStatus::NotYetEffective, "a later edition gives a later first day"),
            (Some(_), _) => (CptStatus::Valid, "a later edition gives an earlier first day"),
            (None, Some(first)) if first <= on => {
                (CptStatus::Valid, "a later edition has it with a descriptor that was in effect on the date")
            }
            _ => (CptStatus::CannotTell, "the date is before every edition that is loaded"),
        };
        CptLookup { status, valid_from, valid_to: row.terminated, release: Some(table.release()), why }
    }
}

fn answer(status: CptStatus, release: Option<Date>, why: &'static str) -> CptLookup {
    CptLookup { status, valid_from: None, valid_to: None, release, why }
}

/// The first day of the quarter after a day.
fn next_quarter(day: Date) -> Option<Date> {
    let month = (day.month() - 1) / 3 * 3 + 4;
    if month > 12 { Date::new(day.year().checked_add(1)?, 1, 1).ok() } else { Date::new(day.year(), month, 1).ok() }
}
