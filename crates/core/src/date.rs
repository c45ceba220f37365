//! A day of the calendar, as service dates, birth dates and effective dates are written.

use core::fmt;
use core::str::FromStr;

use jiff::{Span, Unit, civil};
use zeroize::Zeroize;

/// A civil date of the years 1 to 9999, without time of day or time zone.
///
/// It prints and parses as ISO 8601 `2026-04-01`; X12 format D8 is [`Date::parse_ccyymmdd`] and [`Date::ccyymmdd`].
/// Dates of one form sort like their texts. There is no "today" here: libraries have no clock, the caller gives the date.
///
/// ```
/// use superbill_core::Date;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let service = Date::new(2026, 4, 1)?;
/// assert_eq!(service, "2026-04-01".parse()?);
/// assert_eq!(service, Date::parse_ccyymmdd("20260401")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Why a date was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text does not have the length of the form.
    #[error("a date of this form has exactly {expected} characters")]
    Length {
        /// Characters that the form has: 10 for ISO, 8 for D8.
        expected: u8,
    },
    /// A digit is expected at this byte (counted from 0).
    #[error("a digit is expected at byte {position} of the date")]
    NotADigit {
        /// Byte offset from 0.
        position: usize,
    },
    /// A hyphen is expected at this byte (counted from 0).
    #[error("a hyphen is expected at byte {position} of the date")]
    Separator {
        /// Byte offset from 0.
        position: usize,
    },
    /// The year is not within 1 to 9999.
    #[error("the year of a date is 1 to 9999")]
    Year,
    /// The month is not within 1 to 12.
    #[error("the month of a date is 1 to 12")]
    Month,
    /// The month has no such day.
    #[error("the month has no such day")]
    Day,
    /// A computed date falls outside the years 1 to 9999.
    #[error("the computed date falls outside the years 1 to 9999")]
    OutOfRange,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the calendar closes it")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// Saturday or Sunday.
    #[must_use]
    pub const fn is_weekend(self) -> bool {
        matches!(self, Weekday::Saturday | Weekday::Sunday)
    }
}

impl Date {
    /// The first date: 0001-01-01.
    pub const MIN: Date = Date(civil::date(1, 1, 1));

    /// The last date: 9999-12-31.
    pub const MAX: Date = Date(civil::date(9999, 12, 31));

    /// The date of a year, month (1 to 12) and day of the month.
    ///
    /// # Errors
    ///
    /// [`DateError::Year`], [`DateError::Month`] or [`DateError::Day`] names the part that is impossible.
    pub const fn new(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
        if year < 1 || year > 9999 {
            return Err(DateError::Year);
        }
        if month < 1 || month > 12 {
            return Err(DateError::Month);
        }
        if day < 1 || day > days_in_month(year, month) {
            return Err(DateError::Day);
        }
        // INVARIANT: checked above, so jiff's constructor cannot refuse it.
        Ok(Date(civil::date(year, month, day)))
    }

    /// The date of a number of the form century, year, month, day: `20260401`.
    ///
    /// # Errors
    ///
    /// As [`Date::new`].
    pub const fn from_ccyymmdd(number: u32) -> Result<Date, DateError> {
        if number > 99_991_231 {
            return Err(DateError::Year);
        }
        // Each part is below 10,000 or 100, so the narrowing keeps it.
        Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8)
    }

    /// Reads X12 date format D8: exactly eight digits, `20260401`.
    ///
    /// # Errors
    ///
    /// [`DateError::Length`] or [`DateError::NotADigit`] for a wrong form, else as [`Date::new`].
    pub fn parse_ccyymmdd(text: &str) -> Result<Date, DateError> {
        let bytes: &[u8; 8] = text.as_bytes().try_into().map_err(|_| DateError::Length { expected: 8 })?;
        let mut number = 0;
        for (position, &byte) in bytes.iter().enumerate() {
            number = number * 10 + u32::from(digit(byte, position)?);
        }
        Date::from_ccyymmdd(number)
    }

    /// The date as a number of the form century, year, month, day: `20260401`. X12 D8 is this number in eight digits.
    #[must_use]
    pub fn ccyymmdd(self) -> u32 {
        // INVARIANT: the year is 1 to 9999, month and day are positive.
        u32::from(self.0.year().unsigned_abs()) * 10_000
            + u32::from(self.0.month().unsigned_abs()) * 100
            + u32::from(self.0.day().unsigned_abs())
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match self.0.weekday() {
            civil::Weekday::Monday => Weekday::Monday,
            civil::Weekday::Tuesday => Weekday::Tuesday,
            civil::Weekday::Wednesday => Weekday::Wednesday,
            civil::Weekday::Thursday => Weekday::Thursday,
            civil::Weekday::Friday => Weekday::Friday,
            civil::Weekday::Saturday => Weekday::Saturday,
            civil::Weekday::Sunday => Weekday::Sunday,
        }
    }

    /// Saturday or Sunday. Federal holidays are not known here.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        self.weekday().is_weekend()
    }

    /// The date so many days later, or earlier for a negative number.
    ///
    /// # Errors
    ///
    /// [`DateError::OutOfRange`] outside the years 1 to 9999.
    pub fn add_days(self, days: i32) -> Result<Date, DateError> {
        let span = Span::new().try_days(days).map_err(|_| DateError::OutOfRange)?;
        let date = self.0.checked_add(span).map_err(|_| DateError::OutOfRange)?;
        if date < Date::MIN.0 || date > Date::MAX.0 {
            return Err(DateError::OutOfRange);
        }
        Ok(Date(date))
    }

    /// The same day so many months later, or earlier for a negative number; the last day of the month where the month is
    /// shorter (January 31 and one month is February 28 or 29).
    ///
    /// # Errors
    ///
    /// [`DateError::OutOfRange`] outside the years 1 to 9999.
    pub fn add_months(self, months: i32) -> Result<Date, DateError> {
        let index = i64::from(self.year()) * 12 + i64::from(self.month()) - 1 + i64::from(months);
        let year = i16::try_from(index.div_euclid(12)).map_err(|_| DateError::OutOfRange)?;
        let month = i8::try_from(index.rem_euclid(12) + 1).map_err(|_| DateError::OutOfRange)?;
        let day = self.day().min(days_in_month(year, month));
        Date::new(year, month, day).map_err(|_| DateError::OutOfRange)
    }

    /// The same calendar day so many years later, or earlier for a negative number; February 29 becomes February 28 where
    /// the year has no leap day.
    ///
    /// One year after the date of service is how the Medicare time limit for filing a claim is counted, 42 CFR 424.44(a).
    ///
    /// # Errors
    ///
    /// [`DateError::OutOfRange`] outside the years 1 to 9999.
    pub fn add_years(self, years: i32) -> Result<Date, DateError> {
        self.add_months(years.checked_mul(12).ok_or(DateError::OutOfRange)?)
    }

    /// Days from this date to the other: negative where the other is earlier, 0 for the same date.
    #[must_use]
    pub fn days_until(self, other: Date) -> i32 {
        // INVARIANT: both dates are in range, so the difference is below 3.7 million days and jiff cannot refuse it.
        self.0.until((Unit::Day, other.0)).map_or(0, |span| span.get_days())
    }

    /// The next day; `None` after [`Date::MAX`].
    #[must_use]
    pub fn tomorrow(self) -> Option<Date> {
        self.add_days(1).ok()
    }

    /// The day before; `None` before [`Date::MIN`].
    #[must_use]
    pub fn yesterday(self) -> Option<Date> {
        self.add_days(-1).ok()
    }
}

/// Reads ISO 8601 `2026-04-01`, exactly ten characters.
impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().map_err(|_| DateError::Length { expected: 10 })?;
        let mut number = 0;
        for (position, &byte) in bytes.iter().enumerate() {
            if position == 4 || position == 7 {
                if byte != b'-' {
                    return Err(DateError::Separator { position });
                }
            } else {
                number = number * 10 + u32::from(digit(byte, position)?);
            }
        }
        Date::from_ccyymmdd(number)
    }
}

impl TryFrom<&str> for Date {
    type Error = DateError;

    fn try_from(text: &str) -> Result<Date, DateError> {
        text.parse()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.ccyymmdd();
        f.pad(&format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Becomes 0001-01-01, so that a birth date can stand in [`Phi`](crate::Phi).
impl Zeroize for Date {
    fn zeroize(&mut self) {
        *self = Date::MIN;
        zeroize::optimization_barrier(self);
    }
}

fn digit(byte: u8, position: usize) -> Result<u8, DateError> {
    if byte.is_ascii_digit() { Ok(byte - b'0') } else { Err(DateError::NotADigit { position }) }
}

const fn days_in_month(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn is_small_and_constant() {
        const ICD_10_START: Date = match Date::new(2015, 10, 1) {
            Ok(date) => date,
            Err(_) => Date::MIN,
        };
        assert_eq!(ICD_10_START.to_string(), "2015-10-01");
        assert_eq!(size_of::<Date>(), 4);
    }

    #[test]
    fn reads_iso() {
        for (text, expected) in [
            ("2026-04-01", Ok(20_260_401)),
            ("0001-01-01", Ok(10_101)),
            ("9999-12-31", Ok(99_991_231)),
            ("2024-02-29", Ok(20_240_229)),
            ("2000-02-29", Ok(20_000_229)),
            ("1900-02-29", Err(DateError::Day)),
            ("2026-02-29", Err(DateError::Day)),
            ("2026-04-31", Err(DateError::Day)),
            ("2026-04-00", Err(DateError::Day)),
            ("2026-00-01", Err(DateError::Month)),
            ("2026-13-01", Err(DateError::Month)),
            ("0000-01-01", Err(DateError::Year)),
            ("2026-4-1", Err(DateError::Length { expected: 10 })),
            (" 2026-04-01", Err(DateError::Length { expected: 10 })),
            ("", Err(DateError::Length { expected: 10 })),
            ("2026/04/01", Err(DateError::Separator { position: 4 })),
            ("2026-04.01", Err(DateError::Separator { position: 7 })),
            ("2026-04-0A", Err(DateError::NotADigit { position: 9 })),
            ("+026-04-01", Err(DateError::NotADigit { position: 0 })),
            ("202é-04-1", Err(DateError::NotADigit { position: 3 })),
        ] {
            assert_eq!(text.parse::<Date>().map(Date::ccyymmdd), expected, "{text}");
        }
    }

    #[test]
    fn reads_d8() {
        for (text, expected) in [
            ("20260401", Ok("2026-04-01")),
            ("00010101", Ok("0001-01-01")),
            ("260401", Err(DateError::Length { expected: 8 })),
            ("2026-4-1", Err(DateError::NotADigit { position: 4 })),
            ("20260229", Err(DateError::Day)),
            ("20261301", Err(DateError::Month)),
            ("00000101", Err(DateError::Year)),
        ] {
            assert_eq!(Date::parse_ccyymmdd(text).map(|date| date.to_string()), expected.map(str::to_owned), "{text}");
        }
        assert_eq!(Date::from_ccyymmdd(u32::MAX), Err(DateError::Year));
        assert_eq!(Date::from_ccyymmdd(0), Err(DateError::Year));
        assert_eq!(Date::new(-1, 1, 1), Err(DateError::Year));
        assert_eq!(Date::new(2026, i8::MIN, 1), Err(DateError::Month));
    }

    #[test]
    fn counts_days() {
        for (first, days, second) in [
            ("2026-04-01", 0, "2026-04-01"),
            ("2026-02-28", 1, "2026-03-01"),
            ("2024-02-28", 1, "2024-02-29"),
            ("2026-01-01", -1, "2025-12-31"),
            ("2025-01-01", 365, "2026-01-01"),
            ("0001-01-01", 3_652_058, "9999-12-31"),
        ] {
            assert_eq!(date(first).add_days(days), Ok(date(second)), "{first} {days}");
            assert_eq!(date(first).days_until(date(second)), days);
            assert_eq!(date(second).days_until(date(first)), -days);
        }
        for days in [i32::MIN, i32::MAX, 3_652_059] {
            assert_eq!(Date::MIN.add_days(days), Err(DateError::OutOfRange));
        }
        assert_eq!(Date::MIN.yesterday(), None);
        assert_eq!(Date::MAX.tomorrow(), None);
        assert_eq!(date("2024-02-28").tomorrow(), Some(date("2024-02-29")));
        assert_eq!(date("2026-03-01").yesterday(), Some(date("2026-02-28")));
    }

    #[test]
    fn counts_months_and_years() {
        for (first, months, second) in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-15", 1, "2027-01-15"),
            ("2026-01-15", -1, "2025-12-15"),
            ("2026-05-31", 13, "2027-06-30"),
            ("2026-05-31", 0, "2026-05-31"),
        ] {
            assert_eq!(date(first).add_months(months), Ok(date(second)), "{first} {months}");
        }
        assert_eq!(date("2024-02-29").add_years(1), Ok(date("2025-02-28")));
        assert_eq!(date("2024-02-29").add_years(4), Ok(date("2028-02-29")));
        assert_eq!(date("2024-02-29").add_years(-1), Ok(date("2023-02-28")));
        assert_eq!(date("2025-06-30").add_years(1), Ok(date("2026-06-30")));
        assert_eq!(Date::MAX.add_months(1), Err(DateError::OutOfRange));
        assert_eq!(Date::MIN.add_months(-1), Err(DateError::OutOfRange));
        for years in [i32::MIN, i32::MAX, 9999, -9999] {
            assert_eq!(date("2026-04-01").add_years(years), Err(DateError::OutOfRange));
        }
        assert_eq!(Date::MAX.add_months(i32::MAX), Err(DateError::OutOfRange));
    }

    #[test]
    fn knows_the_weekday() {
        for (text, weekday) in [
            ("2026-03-30", Weekday::Monday),
            ("2026-03-31", Weekday::Tuesday),
            ("2026-04-01", Weekday::Wednesday),
            ("2026-04-02", Weekday::Thursday),
            ("2026-04-03", Weekday::Friday),
            ("2026-04-04", Weekday::Saturday),
            ("2026-04-05", Weekday::Sunday),
        ] {
            assert_eq!(date(text).weekday(), weekday);
            assert_eq!(date(text).is_weekend(), weekday.is_weekend());
        }
        assert!(date("2026-04-05").is_weekend());
        assert!(!date("2026-04-03").is_weekend());
    }

    #[test]
    fn prints_iso_in_both_ways() {
        assert_eq!(format!("{} {0:?} [{0:>12}]", date("2026-04-01")), "2026-04-01 2026-04-01 [  2026-04-01]");
    }

    #[test]
    fn is_wiped_to_the_first_date() {
        let mut birth = date("1961-07-02");
        birth.zeroize();
        assert_eq!(birth, Date::MIN);
    }
}
