//! A period of days: effective dates, coverage, statement periods.

use core::fmt;
use core::str::FromStr;

use crate::{Date, DateError};

/// A period from its first day to its last day, both inside; open where it has no last day yet.
///
/// It prints and parses as `2025-10-01/2026-09-30`, or `2025-10-01/..` when open. X12 format RD8 is
/// [`DateRange::parse_rd8`] and [`DateRange::rd8`].
///
/// ```
/// use superbill_core::{Date, DateRange};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fiscal_year: DateRange = "2025-10-01/2026-09-30".parse()?;
/// assert!(fiscal_year.contains(Date::new(2026, 9, 30)?));
/// assert_eq!(fiscal_year.days(), Some(365));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    first: Date,
    last: Option<Date>,
}

/// Why a period was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateRangeError {
    /// The last day is before the first.
    #[error("the last day of a period is not before its first day")]
    Order,
    /// The separator between the two dates is missing: a slash, or a hyphen in RD8.
    #[error("a period is two dates with one separator: a slash, or a hyphen in RD8")]
    Separator,
    /// The first date is wrong.
    #[error("first day of the period: {0}")]
    First(DateError),
    /// The last date is wrong.
    #[error("last day of the period: {0}")]
    Last(DateError),
}

impl DateRange {
    /// The period from `first` to `last`; `None` leaves it open.
    ///
    /// # Errors
    ///
    /// [`DateRangeError::Order`] where the last day is before the first.
    pub fn new(first: Date, last: Option<Date>) -> Result<DateRange, DateRangeError> {
        if last.is_some_and(|last| last < first) {
            return Err(DateRangeError::Order);
        }
        Ok(DateRange { first, last })
    }

    /// The period of one day.
    #[must_use]
    pub const fn single(date: Date) -> DateRange {
        DateRange { first: date, last: Some(date) }
    }

    /// The open period that begins on this day.
    #[must_use]
    pub const fn from(date: Date) -> DateRange {
        DateRange { first: date, last: None }
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The last day; `None` when open.
    #[must_use]
    pub const fn last(&self) -> Option<Date> {
        self.last
    }

    /// Whether the period has no last day.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.last.is_none()
    }

    /// Whether the day is inside, the first and the last day included.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.first <= date && self.last.is_none_or(|last| date <= last)
    }

    /// Whether at least one day is inside both.
    #[must_use]
    pub fn overlaps(&self, other: &DateRange) -> bool {
        self.last.is_none_or(|last| other.first <= last) && other.last.is_none_or(|last| self.first <= last)
    }

    /// The days that are inside both; `None` where there is no such day.
    #[must_use]
    pub fn intersection(&self, other: &DateRange) -> Option<DateRange> {
        let first = self.first.max(other.first);
        let last = match (self.last, other.last) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        DateRange::new(first, last).ok()
    }

    /// How many days are inside, the first and the last day included; `None` when open.
    #[must_use]
    pub fn days(&self) -> Option<u32> {
        // INVARIANT: the last day is not before the first.
        self.last.map(|last| self.first.days_until(last).unsigned_abs() + 1)
    }

    /// Reads X12 date format RD8: `20251001-20260930`.
    ///
    /// # Errors
    ///
    /// [`DateRangeError::Separator`] for a wrong form, [`DateRangeError::First`] and [`DateRangeError::Last`] for a wrong
    /// date, [`DateRangeError::Order`] where the last day is before the first.
    pub fn parse_rd8(text: &str) -> Result<DateRange, DateRangeError> {
        let (first, last) = text.split_once('-').ok_or(DateRangeError::Separator)?;
        let first = Date::parse_ccyymmdd(first).map_err(DateRangeError::First)?;
        let last = Date::parse_ccyymmdd(last).map_err(DateRangeError::Last)?;
        DateRange::new(first, Some(last))
    }

    /// X12 date format RD8, `20251001-20260930`; `None` when open, which RD8 cannot say.
    #[must_use]
    pub fn rd8(&self) -> Option<String> {
        self.last.map(|last| format!("{:08}-{:08}", self.first.ccyymmdd(), last.ccyymmdd()))
    }
}

/// Reads `2025-10-01/2026-09-30` and `2025-10-01/..`.
impl FromStr for DateRange {
    type Err = DateRangeError;

    fn from_str(text: &str) -> Result<DateRange, DateRangeError> {
        let (first, last) = text.split_once('/').ok_or(DateRangeError::Separator)?;
        let first = first.parse().map_err(DateRangeError::First)?;
        let last = if last == ".." { None } else { Some(last.parse().map_err(DateRangeError::Last)?) };
        DateRange::new(first, last)
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last {
            Some(last) => f.pad(&format!("{}/{last}", self.first)),
            None => f.pad(&format!("{}/..", self.first)),
        }
    }
}

impl fmt::Debug for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn range(text: &str) -> DateRange {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_prints() {
        for text in ["2025-10-01/2026-09-30", "2025-10-01/..", "2026-04-01/2026-04-01"] {
            assert_eq!(range(text).to_string(), text);
            assert_eq!(format!("{:?}", range(text)), text);
        }
        for (text, error) in [
            ("2025-10-01", DateRangeError::Separator),
            ("", DateRangeError::Separator),
            ("2026-10-01/2026-09-30", DateRangeError::Order),
            ("2026-02-30/2026-09-30", DateRangeError::First(DateError::Day)),
            ("2026-02-01/2026-13-30", DateRangeError::Last(DateError::Month)),
            ("2026-02-01/", DateRangeError::Last(DateError::Length { expected: 10 })),
            ("../2026-02-01", DateRangeError::First(DateError::Length { expected: 10 })),
            ("2026-02-01/../..", DateRangeError::Last(DateError::Length { expected: 10 })),
        ] {
            assert_eq!(text.parse::<DateRange>(), Err(error), "{text}");
        }
    }

    #[test]
    fn reads_and_prints_rd8() {
        let stay = DateRange::parse_rd8("20251001-20260930").unwrap();
        assert_eq!(stay, range("2025-10-01/2026-09-30"));
        assert_eq!(stay.rd8().as_deref(), Some("20251001-20260930"));
        assert_eq!(DateRange::from(date("2025-10-01")).rd8(), None);
        assert_eq!(range("0001-01-01/0002-01-01").rd8().as_deref(), Some("00010101-00020101"));
        for (text, error) in [
            ("20251001", DateRangeError::Separator),
            ("20261001-20260930", DateRangeError::Order),
            ("2026100-20260930", DateRangeError::First(DateError::Length { expected: 8 })),
            ("20251001-20260931", DateRangeError::Last(DateError::Day)),
            ("20251001-20260930-", DateRangeError::Last(DateError::Length { expected: 8 })),
        ] {
            assert_eq!(DateRange::parse_rd8(text), Err(error), "{text}");
        }
    }

    #[test]
    fn both_ends_are_inside() {
        let year = range("2025-10-01/2026-09-30");
        for (day, inside) in [
            ("2025-09-30", false),
            ("2025-10-01", true),
            ("2026-04-01", true),
            ("2026-09-30", true),
            ("2026-10-01", false),
        ] {
            assert_eq!(year.contains(date(day)), inside, "{day}");
        }
        assert!(DateRange::from(date("2025-10-01")).contains(Date::MAX));
        assert!(!DateRange::from(date("2025-10-01")).contains(date("2025-09-30")));
    }

    #[test]
    fn overlap_is_a_common_day() {
        for (one, two, common) in [
            ("2026-01-01/2026-01-31", "2026-01-31/2026-02-28", Some("2026-01-31/2026-01-31")),
            ("2026-01-01/2026-01-31", "2026-02-01/2026-02-28", None),
            ("2026-01-01/..", "2026-02-01/2026-02-28", Some("2026-02-01/2026-02-28")),
            ("2026-01-01/..", "2025-02-01/..", Some("2026-01-01/..")),
            ("2026-01-01/..", "2025-02-01/2025-12-31", None),
            ("2026-01-01/2026-12-31", "2026-03-01/2026-03-02", Some("2026-03-01/2026-03-02")),
        ] {
            let (one, two, common) = (range(one), range(two), common.map(range));
            for (one, two) in [(one, two), (two, one)] {
                assert_eq!(one.intersection(&two), common, "{one} {two}");
                assert_eq!(one.overlaps(&two), common.is_some(), "{one} {two}");
            }
        }
    }

    #[test]
    fn counts_both_ends() {
        assert_eq!(DateRange::single(date("2026-04-01")).days(), Some(1));
        assert_eq!(range("2024-02-28/2024-03-01").days(), Some(3));
        assert_eq!(DateRange::from(date("2026-04-01")).days(), None);
        assert!(DateRange::from(date("2026-04-01")).is_open());
        assert_eq!(range("0001-01-01/9999-12-31").days(), Some(3_652_059));
    }
}
