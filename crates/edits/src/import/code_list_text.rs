//! Codes and days as the owners of code lists write them.

use super::sheet;
use crate::code_list_name::CodeListName;
use superbill_core::Date;

/// The days that stand in a text or in columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) since: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) modified: Option<Date>,
}

impl Days {
    /// These, and where there is none, those.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            since: self.since.or(other.since),
            until: self.until.or(other.until),
            modified: self.modified.or(other.modified),
        }
    }
}

/// A code as it stands on a claim: capitals, and the zeros that a sheet takes from the beginning of numbers.
pub(crate) fn code(list: CodeListName, text: &str) -> Option<String> {
    let text = text.trim();
    let code = match list {
        CodeListName::Other(_) => text.to_owned(),
        _ => text.to_ascii_uppercase(),
    };
    let width = match list {
        CodeListName::PlaceOfService
        | CodeListName::PatientDischargeStatus
        | CodeListName::Condition
        | CodeListName::Occurrence
        | CodeListName::OccurrenceSpan
        | CodeListName::Value => 2,
        CodeListName::Revenue => 4,
        CodeListName::Naic => 5,
        _ => 0,
    };
    let code = super::table_row::padded(&code, width).into_owned();
    list.is_shape(&code).then_some(code)
}

/// Whether a text is two codes with a dash or `to` between, as `27-30`.
pub(crate) fn is_range(list: CodeListName, text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let ends = lower.split_once(['-', '\u{2013}', '\u{2014}']).or_else(|| lower.split_once(" to "));
    ends.is_some_and(|(one, other)| code(list, one).is_some() && code(list, other).is_some())
}

/// Whether a title says that the code is free: it is none then.
pub(crate) fn is_unassigned(title: &str) -> bool {
    let words = sheet::words(title);
    words == "reserved"
        || words == "unassigned"
        || words.starts_with("unassigned ")
        || words.starts_with("reserved for ")
}

/// A day in a cell: as [`sheet::day`], or, in a workbook, the number of days since the end of 1899. `Some(None)` is none, a day without end too.
pub(crate) fn cell_day(text: &str, workbook: bool) -> Option<Option<Date>> {
    if matches!(text.to_ascii_lowercase().as_str(), "" | "-" | "*" | "n/a" | "na" | "none" | "null") {
        return Some(None);
    }
    let text = text.split_once(" 00:00").map_or(text, |(day, _)| day);
    let count = text.strip_suffix(".0").unwrap_or(text);
    if workbook && count.len() == 5 {
        let count: i32 = count.parse().ok().filter(|count| *count > 0)?;
        return Date::new(1899, 12, 30).ok()?.add_days(count).ok().map(Some);
    }
    let day = sheet::day(text).filter(|day| day.year() >= 1900)?;
    Some((day.year() < 9999).then_some(day))
}

/// A text without the days that X12 puts into or behind it (`Start: 01/01/1995 | Last Modified: 06/30/2007 | Stop: 07/01/2008`), and those days.
pub(crate) fn without_days(text: &str) -> (String, Days) {
    let mut rest = text.to_owned();
    let mut take = |mark| {
        let (before, day, behind) = marked(&rest, mark)?;
        rest = format!("{before} {behind}");
        Some(day)
    };
    let days = Days { since: take("start:"), modified: take("last modified:"), until: take("stop:") };
    (rest.split_whitespace().collect::<Vec<_>>().join(" "), days)
}

/// What stands before a mark with its day, the day, and what stands behind; a bar beside the mark goes with it.
fn marked<'t>(text: &'t str, mark: &str) -> Option<(&'t str, Date, &'t str)> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices(mark).find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        // Copied from a page, the mark can follow the last word without a space; a word that ends like it is none.
        if before.ends_with(|c: char| c.is_alphanumeric()) && !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let rest = rest.get(mark.len()..)?.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-')).unwrap_or(rest.len());
        let (day, behind) = rest.split_at_checked(end)?;
        let day = cell_day(day, false)??;
        let behind = behind.trim_start();
        let before = before.trim_end();
        let before = before.strip_suffix('|').unwrap_or(before);
        Some((before, day, behind.strip_prefix('|').filter(|_| before.is_empty()).unwrap_or(behind)))
    })
}

/// The day in brackets that begin with `effective`, as CMS writes it into its list of places of service: `(Effective October 1, 2003)`.
pub(crate) fn effective_in_words(text: &str) -> Option<Date> {
    let lower = text.to_ascii_lowercase();
    lower.split('(').skip(1).find_map(|bracket| {
        let bracket = bracket.strip_prefix("this code is ").unwrap_or(bracket);
        let rest = bracket.strip_prefix("effective ")?;
        let words: Vec<&str> = rest.split([' ', ',', ')', '.']).filter(|word| !word.is_empty()).take(3).collect();
        match words.as_slice() {
            [slashed, ..] if slashed.contains('/') => cell_day(slashed, false).flatten(),
            [month, day, year] => Date::new(year.parse().ok()?, month_of(month)?, day.parse().ok()?).ok(),
            _ => None,
        }
    })
}

fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    (1..).zip(MONTHS).find(|(_, month)| *month == word).map(|(number, _)| number)
}

/// What the owner of the provider taxonomy notes beside a code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TaxonomyNotes {
    pub(crate) days: Days,
    /// Marked as no longer in use, whether or not a day stands with it.
    pub(crate) inactive: bool,
}

/// Reads `[1/1/2007: new]` and `[1/1/2025: marked inactive, use ...]`. The day is that on which the change was published; it counts from when the version
/// comes into use.
pub(crate) fn taxonomy_notes(text: &str) -> TaxonomyNotes {
    let lower = text.to_ascii_lowercase();
    let mut notes = TaxonomyNotes { inactive: lower.contains("marked inactive"), ..TaxonomyNotes::default() };
    for (at, _) in lower.match_indices(':') {
        let Some((before, behind)) = lower.split_at_checked(at) else { continue };
        let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '/').map_or(0, |at| at + 1);
        let day = before.get(start..).filter(|day| day.contains('/')).and_then(|day| cell_day(day, false).flatten());
        let Some(used) = day.and_then(in_use_from) else { continue };
        let said = behind.trim_start_matches([':', ' ']);
        if said.starts_with("marked inactive") {
            notes.days.until = used.yesterday();
        } else if said.strip_prefix("new").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())) {
            notes.days.since = Some(used);
        }
    }
    notes
}

/// The taxonomy is published on January 1 for use from April 1, and on July 1 for use from October 1.
fn in_use_from(published: Date) -> Option<Date> {
    match (published.month(), published.day()) {
        (1 | 7, 1) => published.add_months(3).ok(),
        _ => Some(published),
    }
}

/// The day of the release that a file's name tells: of the provider taxonomy, that on which its version comes into use (`nucc_taxonomy_251.csv` is
/// version 25.1, published in July 2025 for use from October 1; 25.0 in January for April 1); of every list, a day as `2026-03-01`.
pub(crate) fn release_of_name(list: CodeListName, name: &str) -> Option<Date> {
    let lower = name.to_ascii_lowercase();
    let version = || {
        let (_, rest) = lower.split_once("taxonomy_")?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: i16 = rest.get(..end).filter(|digits| digits.len() == 3)?.parse().ok()?;
        let published = match number % 10 {
            0 => 1,
            1 => 7,
            _ => return None,
        };
        in_use_from(Date::new(2000 + number / 10, published, 1).ok()?)
    };
    let written = || {
        let places = lower.char_indices().map(|(at, _)| at);
        places.filter_map(|at| lower.get(at..at.checked_add(10)?)).find_map(|text| text.parse::<Date>().ok())
    };
    (list == CodeListName::ProviderTaxonomy).then(version).flatten().or_else(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn days_are_taken_out_of_texts() {
        let days = |since: &str, modified: &str, until: &str| Days {
            since: day(since),
            modified: day(modified),
            until: day(until),
        };
        for (text, title, expected) in [
            ("Made up. Start: 01/01/1995", "Made up.", days("1995-01-01", "", "")),
            (
                "Made up.\nStart: 01/01/1995 | Last Modified: 06/30/2007 | Stop: 7/1/2008",
                "Made up.",
                days("1995-01-01", "2007-06-30", "2008-07-01"),
            ),
            (
                "start: 2020-01-01 | stop: 2021-01-01 Notes: made up | more",
                "Notes: made up | more",
                days("2020-01-01", "", "2021-01-01"),
            ),
            ("AmountStart: 01/01/1995", "Amount", days("1995-01-01", "", "")),
            ("Restart: 01/01/1995", "Restart: 01/01/1995", days("", "", "")),
            ("Start: soon | Stop: 13/13/2020", "Start: soon | Stop: 13/13/2020", days("", "", "")),
            ("Stop:", "Stop:", days("", "", "")),
            ("", "", days("", "", "")),
            ("\u{130}start: 01/01/1995\u{e9}", "\u{130}start: 01/01/1995\u{e9}", days("", "", "")),
        ] {
            assert_eq!(without_days(text), (title.to_owned(), expected), "{text}");
        }
    }

    #[test]
    fn codes_and_ranges_are_read_as_sheets_leave_them() {
        let list = |name: &str| name.parse::<CodeListName>().unwrap();
        for (name, text, expected) in [
            ("place-of-service", " 1 ", Some("01")),
            ("revenue", "450", Some("0450")),
            ("remittance-remark", "ma130", Some("MA130")),
            ("claim-adjustment-reason", "045", None),
            ("other:x", "abC", Some("abC")),
            ("value", "A", None),
        ] {
            assert_eq!(code(list(name), text).as_deref(), expected, "{name} {text}");
        }
        for (text, expected) in
            [("27-30", true), ("27 \u{2013} 30", true), ("27 to 30", true), ("27-", false), ("27", false)]
        {
            assert_eq!(is_range(list("place-of-service"), text), expected, "{text}");
        }
        for (title, expected) in [
            ("Unassigned", true),
            ("Reserved for assignment by the NUBC", true),
            ("Reserved", true),
            ("Reserved bed", false),
        ] {
            assert_eq!(is_unassigned(title), expected, "{title}");
        }
    }

    #[test]
    fn days_of_cells_words_and_names() {
        for (text, workbook, expected) in [
            ("N/A", false, Some(None)),
            ("12/31/9999", false, Some(None)),
            ("45931", true, Some(day("2025-10-01"))),
            ("45931", false, None),
            ("2025-10-01 00:00:00", true, Some(day("2025-10-01"))),
            ("1/1/95", false, None),
            ("soon", false, None),
        ] {
            assert_eq!(cell_day(text, workbook), expected, "{text}");
        }
        for (text, expected) in [
            ("Made up (Effective October 1, 2003)", "2003-10-01"),
            ("Made up. (This code is effective January 1, 2022, and so on.)", "2022-01-01"),
            ("Made up (effective 1/1/2003) (Revised, effective April 1, 2016)", "2003-01-01"),
            ("Made up (Revised, effective April 1, 2016)", ""),
            ("effective April 1, 2016", ""),
            ("(effective", ""),
            ("(effective Soon 1, 2016)", ""),
        ] {
            assert_eq!(effective_in_words(text), day(expected), "{text}");
        }
        for (text, since, until, inactive) in [
            ("Source: made up [1/1/2007: new]", "2007-04-01", "", false),
            ("[7/1/2006: new; 1/1/2025: marked inactive, use value 999Z00000X]", "2006-10-01", "2025-03-31", true),
            ("1/1/2025: marked inactive", "", "2025-03-31", true),
            ("marked inactive", "", "", true),
            ("[7/1/2007: newly defined] [7/1/2008: added definition] \u{e9}:", "", "", false),
        ] {
            let days = Days { since: day(since), until: day(until), modified: None };
            assert_eq!(taxonomy_notes(text), TaxonomyNotes { days, inactive }, "{text}");
        }
        let (taxonomy, reasons) = (CodeListName::ProviderTaxonomy, CodeListName::ClaimAdjustmentReason);
        for (list, name, expected) in [
            (taxonomy, "nucc_taxonomy_251.csv", "2025-10-01"),
            (taxonomy, "NUCC_Taxonomy_260 (1).csv", "2026-04-01"),
            (taxonomy, "nucc_taxonomy_25.csv", ""),
            (taxonomy, "taxonomy-2026-04-01.csv", "2026-04-01"),
            (reasons, "nucc_taxonomy_251.csv", ""),
            (reasons, "carc_2026-03-01.txt", "2026-03-01"),
            (reasons, "\u{e9}2026-13-01", ""),
        ] {
            assert_eq!(release_of_name(list, name), day(expected), "{name}");
        }
    }
}
