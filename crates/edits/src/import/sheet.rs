//! What the importers of lists share: which file of an archive is meant, columns by the words of their heading, days, amounts, the release.

use crate::quarter::Quarter;
use crate::service_code::ServiceCode;
use superbill_core::{Date, Modifier};
use superbill_table::import::{File, ImportError, Row, unpacked};

/// The one file that is meant: the file itself, or, of an archive, that for which `rank` is least; `None` is none of the kind.
///
/// # Errors
/// [`ImportError::File`] where two have the same rank: an archive of two quarters, or of the tables of two services.
pub(crate) fn one_file<'a>(
    name: &str,
    bytes: &'a [u8],
    rank: impl Fn(&str) -> Option<u8>,
) -> Result<File<'a>, ImportError> {
    let rank = |name: &str| rank(&name.to_ascii_lowercase());
    let mut files = unpacked(name, bytes, |inner| rank(inner).is_some())?;
    files.sort_by_key(|file| rank(&file.name));
    let two = matches!(files.as_slice(), [one, other, ..] if rank(&one.name) == rank(&other.name));
    match files.into_iter().next() {
        Some(file) if !two => Ok(file),
        _ => {
            Err(ImportError::File("the archive has several files of this kind: give the one that is meant")
                .in_file(name))
        }
    }
}

/// The rank of a file by what its name ends with: text before workbooks, which are slower to read.
pub(crate) fn rank_by_ending(name: &str) -> Option<u8> {
    [".csv", ".txt", ".xlsx"].iter().position(|ending| name.ends_with(ending)).map(|rank| rank as u8)
}

/// The words of a heading: small letters and digits, one space between.
pub(crate) fn words(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first column whose heading is such.
pub(crate) fn column(heading: &Row, such: impl Fn(&str) -> bool) -> Option<u32> {
    heading.cells.iter().find(|(_, text)| such(&words(text))).map(|(column, _)| *column)
}

/// The first column whose heading is such.
///
/// # Errors
/// [`ImportError::Line`] with the line of the heading and what is expected in it.
pub(crate) fn needed(heading: &Row, such: impl Fn(&str) -> bool, expected: &'static str) -> Result<u32, ImportError> {
    column(heading, such).ok_or(ImportError::line(heading.number, 1, expected))
}

/// Whether a row has nothing in it.
pub(crate) fn is_empty(row: &Row) -> bool {
    row.cells.iter().all(|(_, text)| text.trim().is_empty())
}

/// Whether a row has nothing in it, or a sentence alone, as the notes below a table.
pub(crate) fn is_note(row: &Row) -> bool {
    let mut full = row.cells.iter().filter(|(_, text)| !text.trim().is_empty());
    match (full.next(), full.next()) {
        (None, _) => true,
        (Some((_, text)), None) => text.trim().contains(' '),
        _ => false,
    }
}

/// The quarter that the lines above a heading speak of, of those lines (in small letters) that are such.
pub(crate) fn quarter_of_notice(rows: &[Row], such: impl Fn(&str) -> bool) -> Option<Quarter> {
    let lines = rows.iter().flat_map(|row| &row.cells).map(|(_, text)| text.to_ascii_lowercase());
    lines.filter(|line| such(line)).find_map(|line| quarter_said(&line))
}

/// A cell that a reader makes sense of.
///
/// # Errors
/// [`ImportError::Line`] with its place and what is expected there.
pub(crate) fn cell<T>(
    row: &Row,
    column: u32,
    read: impl FnOnce(&str) -> Option<T>,
    expected: &'static str,
) -> Result<T, ImportError> {
    read(row.cell(column).trim()).ok_or(ImportError::line(row.number, column, expected))
}

/// A HCPCS code.
///
/// # Errors
/// [`ImportError::Line`] with its place.
pub(crate) fn code(row: &Row, column: u32) -> Result<ServiceCode, ImportError> {
    cell(row, column, |text| ServiceCode::parse(text).ok(), "a HCPCS code of five letters and digits")
}

/// A modifier, or none.
///
/// # Errors
/// [`ImportError::Line`] with its place.
pub(crate) fn modifier(row: &Row, column: u32) -> Result<Option<Modifier>, ImportError> {
    let read = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    cell(row, column, read, "a modifier of two letters and digits, or nothing")
}

/// The letters of a modifier; zeros are none.
///
/// # Errors
/// [`ImportError::Line`] with its place.
pub(crate) fn modifier_bytes(row: &Row, column: u32) -> Result<[u8; 2], ImportError> {
    let modifier = modifier(row, column)?;
    Ok(modifier.and_then(|modifier| modifier.as_str().as_bytes().try_into().ok()).unwrap_or_default())
}

/// A number with so many decimals at most, as a whole number of the last of them; further ones are rounded, a half upward. Dollar signs, commas and
/// the exponents of workbooks are read.
pub(crate) fn decimal(text: &str, places: u32) -> Option<i64> {
    let text: String = text.chars().filter(|c| !matches!(c, '$' | ',' | ' ' | '\u{A0}')).collect();
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok().filter(|power| (-30..=15).contains(power))?),
        None => (text.as_str(), 0),
    };
    let (negative, number) = number.strip_prefix('-').map_or((false, number), |number| (true, number));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{part}");
    if digits.is_empty() || digits.len() > 20 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mantissa: i128 = digits.parse().ok()?;
    let shift = i32::try_from(places).ok()?.checked_add(exponent)?.checked_sub(i32::try_from(part.len()).ok()?)?;
    let power = 10i128.checked_pow(shift.unsigned_abs().min(38))?;
    let value = if shift >= 0 { mantissa.checked_mul(power)? } else { (mantissa + power / 2).checked_div(power)? };
    i64::try_from(if negative { -value } else { value }).ok()
}

/// An amount in whole cents or another unit of four bytes; `None` is none. `u32::MAX` stands for none in a table, and is no amount.
///
/// # Errors
/// [`ImportError::Line`] with its place.
pub(crate) fn amount(row: &Row, column: u32, places: u32, expected: &'static str) -> Result<Option<u32>, ImportError> {
    let read = |text: &str| {
        if is_none(text) {
            return Some(None);
        }
        decimal(text, places).and_then(|value| u32::try_from(value).ok()).filter(|value| *value != u32::MAX).map(Some)
    };
    cell(row, column, read, expected)
}

/// The bytes of a price in thousandths of a dollar; all bits set is none, or no such column.
///
/// # Errors
/// [`ImportError::Line`] with its place.
pub(crate) fn price(row: &Row, column: Option<u32>) -> Result<[u8; 8], ImportError> {
    let read = |text: &str| {
        if is_none(text) {
            return Some(u64::MAX);
        }
        decimal(text, 3).and_then(|mills| u64::try_from(mills).ok())
    };
    let price = column.map(|column| cell(row, column, read, "an amount of dollars, or nothing")).transpose()?;
    Ok(price.unwrap_or(u64::MAX).to_le_bytes())
}

/// Whether a cell says that there is no amount.
fn is_none(text: &str) -> bool {
    matches!(text, "" | "." | "-" | "NA" | "N/A")
}

/// A day as the files write it: 20260701, 2026182 (year and day of the year), 7/1/2026, 2026-07-01.
pub(crate) fn day(text: &str) -> Option<Date> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, text.len()) {
        (true, 8) => Date::parse_ccyymmdd(text).ok(),
        (true, 7) => {
            let (year, day) = text.split_at_checked(4)?;
            let first = Date::new(year.parse().ok()?, 1, 1).ok()?;
            let date = first.add_days(day.parse::<i32>().ok().filter(|day| *day >= 1)? - 1).ok()?;
            (date.year() == first.year()).then_some(date)
        }
        (false, _) if text.contains('/') => {
            let mut parts = text.split('/').map(|part| part.parse::<i16>().ok());
            let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
            if parts.next().is_some() {
                return None;
            }
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        (false, _) => text.parse().ok(),
        _ => None,
    }
}

/// A day, or none.
///
/// # Errors
/// [`ImportError::Line`] with its place.
pub(crate) fn day_or_none(row: &Row, column: u32) -> Result<Option<Date>, ImportError> {
    let read = |text: &str| if matches!(text, "" | "*") { Some(None) } else { day(text).map(Some) };
    cell(row, column, read, "a day, as 20260701 or 2026182, or nothing")
}

/// The quarter that a name or a line of text speaks of: `2026Q3`, `CY2026_Q3`, `07-01-2026`, `07012026`, `2026-07-01`, `July 2026`, `July 1, 2026`,
/// `2026 July`, `DMEPOS26_JUL`.
pub(crate) fn quarter_said(text: &str) -> Option<Quarter> {
    let lower = text.to_ascii_lowercase();
    let parts = parts(&lower);
    (0..parts.len()).find_map(|at| quarter_at(parts.get(at..)?))
}

fn quarter_at(parts: &[&str]) -> Option<Quarter> {
    let of = |year: Option<i16>, month: Option<i8>| {
        let month = month.filter(|month| matches!(month, 1 | 4 | 7 | 10))?;
        Quarter::new(year?, (month - 1) / 3 + 1).ok()
    };
    let number = |text: &str| text.parse::<i8>().ok();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let (one, two, three) = (part(0), part(1), part(2));
    if year_of(one).is_some() && two == "q" && three.len() == 1 {
        return Quarter::new(year_of(one)?, number(three)?).ok();
    }
    if let Some(month) = month_of(one) {
        return of(year_of(two).or(if two.len() <= 2 { year_of(three) } else { None }), Some(month));
    }
    if month_of(two).is_some() && year_of(one).is_some() {
        return of(year_of(one), month_of(two));
    }
    if one == "dmepos" && two.len() == 2 && month_of(three).is_some() {
        return of(two.parse::<i16>().ok().map(|year| 2000 + year), month_of(three));
    }
    let first_of_month = |month: &str, day: &str, year: &str| {
        if month.len() == 2 && day == "01" { of(year_of(year), number(month)) } else { None }
    };
    if one.len() == 8 {
        let (month, rest) = one.split_at_checked(2)?;
        let (day, year) = rest.split_at_checked(2)?;
        return first_of_month(month, day, year);
    }
    first_of_month(one, two, three).or_else(|| first_of_month(two, three, one))
}

/// Runs of letters and runs of digits; what is between is left out.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_ascii_alphabetic()) * 2 };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (part, next) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if kind(first) != 0 {
            parts.push(part);
        }
        rest = next;
    }
    parts
}

fn year_of(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| text.len() == 4 && (2000..2100).contains(year))
}

fn month_of(text: &str) -> Option<i8> {
    const NAMES: [(&str, i8); 4] = [("january", 1), ("april", 4), ("july", 7), ("october", 10)];
    NAMES.into_iter().find(|(name, _)| *name == text || name.get(..3) == Some(text)).map(|(_, month)| month)
}

/// The quarter that all of these say. It must be that of the day that is asked for.
///
/// # Errors
/// [`ImportError::Release`] where they do not agree, [`ImportError::NoRelease`] where none says it.
pub(crate) fn release(said: &[Option<Quarter>], asked: Option<Date>) -> Result<Quarter, ImportError> {
    let asked = asked.and_then(|day| Quarter::of(day).ok());
    let mut found: Option<Quarter> = None;
    for quarter in said.iter().flatten() {
        match found {
            Some(other) if other != *quarter => return Err(differs(quarter, other)),
            _ => found = Some(*quarter),
        }
    }
    match (found, asked) {
        (Some(found), Some(asked)) if found != asked => Err(differs(found, asked)),
        (Some(quarter), _) | (None, Some(quarter)) => Ok(quarter),
        (None, None) => Err(ImportError::NoRelease),
    }
}

/// A file that is of something else than was asked for.
pub(crate) fn differs(found: impl ToString, asked: impl ToString) -> ImportError {
    ImportError::Release { found: found.to_string(), asked: asked.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_quarter() {
        for (name, quarter) in [
            ("MCR_MUE_PractitionerServices_Eff_07-01-2026.csv", Some("2026Q3")),
            ("practitionerservicesmuetable-effective-10-01-2026.zip", Some("2026Q4")),
            ("MCD-MUE-PractitionerServices-Effective_07012026.txt", Some("2026Q3")),
            ("AOC_V2025Q4_01-MCR.txt", Some("2025Q4")),
            ("PUF_CLFS_CY2026_Q4V1.csv", Some("2026Q4")),
            ("2026 July Web Addendum B.07.13.26.csv", Some("2026Q3")),
            ("January 2020 Addendum B CORRECTION.02042020.xlsx", Some("2020Q1")),
            ("october-2025-asp-pricing-final-file.zip", Some("2025Q4")),
            ("DMEPOS26_JAN.csv", Some("2026Q1")),
            ("Effective October 1, 2026 through December 31, 2026", Some("2026Q4")),
            ("units as of 2026-07-01.csv", Some("2026Q3")),
            ("units 2026-07-02.csv", None),
            ("March 2026.csv", None),
            ("2026Q5.csv", None),
            ("units.csv", None),
            ("é07-01-2026", Some("2026Q3")),
        ] {
            assert_eq!(quarter_said(name).map(|quarter| quarter.to_string()).as_deref(), quarter, "{name}");
        }
    }

    #[test]
    fn amounts_are_exact_and_rounded_where_they_are_finer() {
        for (text, places, value) in [
            ("$1,234.50 ", 2, Some(123_450)),
            ("000412.50", 2, Some(41_250)),
            ("3307.2399999999998", 2, Some(330_724)),
            ("1.5E-2", 4, Some(150)),
            ("9.5000000000000001E-2", 4, Some(950)),
            ("0.005", 2, Some(1)),
            ("0.0049", 2, Some(0)),
            ("-1", 2, Some(-100)),
            ("12", 0, Some(12)),
            ("1e99", 2, None),
            ("", 2, None),
            ("1.2.3", 2, None),
            ("twelve", 2, None),
            ("99999999999999999999", 4, None),
        ] {
            assert_eq!(decimal(text, places), value, "{text}");
        }
    }

    #[test]
    fn days_are_read_in_each_form() {
        for (text, date) in [
            ("20260701", Some("2026-07-01")),
            ("2026182", Some("2026-07-01")),
            ("2024366", Some("2024-12-31")),
            ("2025366", None),
            ("2026000", None),
            ("7/1/2026", Some("2026-07-01")),
            ("2026-07-01", Some("2026-07-01")),
            ("20261", None),
            ("7/1", None),
            ("1/2/3/4", None),
            ("soon", None),
        ] {
            assert_eq!(day(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }
}
