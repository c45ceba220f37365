//! The quarter of a year for which a table is released.

use core::fmt;
use core::str::FromStr;
use superbill_core::{Date, DateRange};
use thiserror::Error;

/// A quarter of a calendar year, as 2026 Q3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i16,
    number: i8,
}

/// A text or a day that is no quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a quarter is written as 2026Q3")]
pub struct QuarterError;

impl Quarter {
    /// A quarter, 1 to 4, of a year between 1966, when Medicare began, and 2199.
    ///
    /// # Errors
    /// [`QuarterError`] for another year or number.
    pub const fn new(year: i16, number: i8) -> Result<Self, QuarterError> {
        if year < 1966 || year > 2199 || number < 1 || number > 4 {
            return Err(QuarterError);
        }
        Ok(Self { year, number })
    }

    /// The quarter of a day.
    ///
    /// # Errors
    /// [`QuarterError`] for a day before 1966 or after 2199.
    pub fn of(date: Date) -> Result<Self, QuarterError> {
        Self::new(date.year(), (date.month() - 1) / 3 + 1)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The number, 1 to 4.
    #[must_use]
    pub const fn number(self) -> i8 {
        self.number
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Date {
        // INVARIANT: the first of January, April, July or October of such a year is a day.
        Date::new(self.year, self.number * 3 - 2, 1).unwrap_or(Date::MAX)
    }

    /// From the first day to the last.
    #[must_use]
    pub fn days(self) -> DateRange {
        let last = self.first().add_months(3).ok().and_then(Date::yesterday);
        // INVARIANT: the last day is after the first.
        DateRange::new(self.first(), last).unwrap_or(DateRange::single(self.first()))
    }

    /// The version that the National Correct Coding Initiative gives to the quarter: 32.2 is the third quarter of 2026.
    #[must_use]
    pub const fn ncci_version(self) -> (i16, i8) {
        (self.year - 1994, self.number - 1)
    }

    /// The quarter of a version of the National Correct Coding Initiative.
    #[must_use]
    pub fn from_ncci_version(major: i16, minor: i8) -> Option<Self> {
        Self::new(major.checked_add(1994)?, minor.checked_add(1)?).ok()
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, QuarterError> {
        let (year, number) = text.trim().split_once(['q', 'Q']).ok_or(QuarterError)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year) || !digits(number) {
            return Err(QuarterError);
        }
        Self::new(year.parse().map_err(|_| QuarterError)?, number.parse().map_err(|_| QuarterError)?)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_has_its_days_and_version() {
        let quarter: Quarter = "2026q3".parse().unwrap();
        assert_eq!(
            (quarter.to_string(), quarter.days().to_string()),
            ("2026Q3".to_owned(), "2026-07-01/2026-09-30".to_owned())
        );
        assert_eq!(quarter.ncci_version(), (32, 2));
        assert_eq!(Quarter::from_ncci_version(30, 2), "2024Q3".parse().ok());
        for (day, quarter) in [("2024-01-01", "2024Q1"), ("2024-03-31", "2024Q1"), ("2024-12-31", "2024Q4")] {
            assert_eq!(Quarter::of(day.parse().unwrap()).unwrap().to_string(), quarter);
        }
        for text in ["", "2026", "2026Q0", "2026Q5", "Q1", "1965Q4", "+2026Q1", "99999Q1"] {
            assert_eq!(text.parse::<Quarter>(), Err(QuarterError), "{text}");
        }
        assert_eq!(Quarter::from_ncci_version(i16::MAX, 0), None);
    }
}
