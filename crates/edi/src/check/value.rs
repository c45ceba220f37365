//! Whether a value has the form that its type demands.

use crate::guide::ElementKind;

/// A form that a value has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BadForm {
    Number,
    Date,
    Time,
    Character,
}

/// Whether the value has the form of its type.
#[inline]
pub(super) fn form(kind: ElementKind, value: &[u8]) -> Result<(), BadForm> {
    match kind {
        ElementKind::Text | ElementKind::Code => {
            if value.iter().any(|byte| *byte < b' ' || *byte == 0x7F) {
                Err(BadForm::Character)
            } else {
                Ok(())
            }
        }
        ElementKind::Decimal => {
            if is_decimal(value) {
                Ok(())
            } else {
                Err(BadForm::Number)
            }
        }
        ElementKind::Integer(_) => {
            if is_integer(value) {
                Ok(())
            } else {
                Err(BadForm::Number)
            }
        }
        ElementKind::Date => {
            if is_date(value) {
                Ok(())
            } else {
                Err(BadForm::Date)
            }
        }
        ElementKind::Time => {
            if is_time(value) {
                Ok(())
            } else {
                Err(BadForm::Time)
            }
        }
        ElementKind::Binary => Ok(()),
    }
}

/// How many characters count for the length: not the sign nor the point of a number.
#[inline]
pub(super) fn length(kind: ElementKind, value: &[u8]) -> usize {
    match kind {
        ElementKind::Decimal => value.iter().filter(|byte| byte.is_ascii_digit()).count(),
        ElementKind::Integer(_) => value.len() - usize::from(value.first() == Some(&b'-')),
        // A character of UTF-8 counts once.
        ElementKind::Text if !value.is_ascii() => {
            core::str::from_utf8(value).map_or(value.len(), |text| text.chars().count())
        }
        _ => value.len(),
    }
}

fn is_integer(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

fn is_decimal(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    let mut points = 0;
    let mut count = 0;
    for byte in digits {
        match byte {
            b'0'..=b'9' => count += 1,
            b'.' => points += 1,
            // An exponent, as the type R has it: `1.2E3`.
            b'E' if count > 0 => {
                let exponent = digits.splitn(2, |byte| *byte == b'E').nth(1).unwrap_or_default();
                return points <= 1 && is_integer(exponent);
            }
            _ => return false,
        }
    }
    count > 0 && points <= 1
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |number, byte| {
        byte.is_ascii_digit().then(|| number.saturating_mul(10).saturating_add(u32::from(byte - b'0')))
    })
}

/// CCYYMMDD or YYMMDD.
pub(super) fn is_date(value: &[u8]) -> bool {
    match value.len() {
        8 => digits(value).is_some_and(|date| is_day(date / 10_000, date / 100 % 100, date % 100)),
        // The century is not said: a leap day may be one.
        6 => digits(value).is_some_and(|date| is_day(2000 + date / 10_000 % 4, date / 100 % 100, date % 100)),
        _ => false,
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    year >= 1 && (1..=last).contains(&day)
}

/// HHMM, HHMMSS, HHMMSSD or HHMMSSDD.
pub(super) fn is_time(value: &[u8]) -> bool {
    let pair = |at: usize| value.get(at..at + 2).and_then(digits);
    matches!(value.len(), 4 | 6 | 7 | 8)
        && digits(value).is_some()
        && pair(0).is_some_and(|hour| hour < 24)
        && pair(2).is_some_and(|minute| minute < 60)
        && (value.len() == 4 || pair(4).is_some_and(|second| second < 60))
}

/// Whether a value has the form that a date qualifier (data element 1250) names; true for qualifiers that are not known.
pub(super) fn is_period(qualifier: &[u8], value: &[u8]) -> bool {
    let range = |is: fn(&[u8]) -> bool| {
        let mut halves = value.splitn(2, |byte| *byte == b'-');
        halves.next().is_some_and(is) && halves.next().is_some_and(is)
    };
    match qualifier {
        b"D8" => value.len() == 8 && is_date(value),
        b"D6" => value.len() == 6 && is_date(value),
        b"RD8" => range(|half| half.len() == 8 && is_date(half)),
        b"DT" => {
            value.len() == 12 && value.split_at_checked(8).is_some_and(|(day, time)| is_date(day) && is_time(time))
        }
        b"RDT" => range(|half| half.split_at_checked(8).is_some_and(|(day, time)| is_date(day) && is_time(time))),
        b"TM" => value.len() == 4 && is_time(value),
        b"TS" => value.len() == 6 && is_time(value),
        b"CY" => value.len() == 4 && digits(value).is_some(),
        b"CM" => value.len() == 6 && digits(value).is_some_and(|month| (1..=12).contains(&(month % 100))),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_the_standard() {
        use ElementKind::{Date, Decimal, Integer, Text, Time};
        for (kind, value, good) in [
            (Decimal, "100", true),
            (Decimal, "-0.5", true),
            (Decimal, "100.", true),
            (Decimal, ".5", true),
            (Decimal, "1.2.3", false),
            (Decimal, "12A", false),
            (Decimal, "-", false),
            (Decimal, "1,000", false),
            (Integer(0), "-12", true),
            (Integer(0), "1.0", false),
            (Date, "20240229", true),
            (Date, "20230229", false),
            (Date, "240229", true),
            (Date, "20261301", false),
            (Date, "2026011", false),
            (Time, "2359", true),
            (Time, "2400", false),
            (Time, "12000099", true),
            (Text, "A\tB", false),
            (Text, "Ñ", true),
        ] {
            assert_eq!(form(kind, value.as_bytes()).is_ok(), good, "{kind:?} {value}");
        }
    }

    #[test]
    fn periods_have_the_form_their_qualifier_names() {
        for (qualifier, value, good) in [
            ("D8", "20260101", true),
            ("D8", "260101", false),
            ("RD8", "20260101-20260131", true),
            ("RD8", "20260101", false),
            ("RD8", "20260101-20260132", false),
            ("TM", "1200", true),
            ("DT", "202601011200", true),
            ("DT", "202601012500", false),
            ("XX", "anything", true),
        ] {
            assert_eq!(is_period(qualifier.as_bytes(), value.as_bytes()), good, "{qualifier} {value}");
        }
    }
}
