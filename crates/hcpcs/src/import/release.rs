//! The quarter that a file is of: what its name says, what its user says, and what its days allow.

use super::assemble::Assembled;
use crate::table::{quarter_end, quarter_start};
use superbill_core::Date;
use superbill_table::import::{EXCERPT_ROWS, ImportError};

/// The first day of the quarter that a file name says: `HCPC2026_OCT_ANWEB.csv` of October 2026, `anweb_2020_10.xlsx` of October 2020. Without
/// a month it is the annual release of January.
fn named(name: &str) -> Option<u32> {
    let lower = name.to_ascii_lowercase();
    let parts: Vec<&str> = lower.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let year = |part: &str| {
        let digits = part.strip_prefix("hcpcs").or(part.strip_prefix("hcpc")).unwrap_or(part);
        let year: u32 = Some(digits).filter(|digits| digits.len() == 4)?.parse().ok()?;
        (2000..2100).contains(&year).then_some(year)
    };
    let at = parts.iter().position(|part| year(part).is_some())?;
    let year = parts.get(at).and_then(|part| year(part))?;
    let month = |part: &str| match part {
        "jan" | "january" => Some(1),
        "apr" | "april" => Some(4),
        "jul" | "july" => Some(7),
        "oct" | "october" => Some(10),
        _ => None,
    };
    let number = |part: &&str| match *part {
        "01" => Some(1),
        "04" => Some(4),
        "07" => Some(7),
        "10" => Some(10),
        _ => None,
    };
    let month = parts.iter().find_map(|part| month(part)).or(parts.get(at + 1).and_then(number)).unwrap_or(1);
    Some(year * 10_000 + month * 100 + 1)
}

/// The quarter of a release: its first and last day.
///
/// # Errors
/// [`ImportError::Release`] where what the names, the user and the days say does not agree; [`ImportError::NoRelease`] where nobody says.
pub(crate) fn release(names: &[&str], asked: Option<Date>, read: &Assembled) -> Result<(u32, u32), ImportError> {
    let said = names.iter().find_map(|name| named(name));
    let asked = asked.map(|day| quarter_start(day.ccyymmdd()));
    let first = match (said, asked) {
        (Some(said), Some(asked)) if said != asked => {
            return Err(ImportError::Release { found: words(said), asked: words(asked) });
        }
        (Some(said), _) => said,
        (None, Some(asked)) => asked,
        (None, None) => return Err(ImportError::NoRelease),
    };
    let last = quarter_end(first);
    // Every release adds or changes something in its own quarter, and hardly anything after it; an excerpt may show no change.
    let small = read.entries.len() < EXCERPT_ROWS;
    let days = || read.entries.iter().flat_map(|entry| [entry.days.added, entry.days.action]);
    let within = days().filter(|day| (first..=last).contains(day)).count();
    let later = days().filter(|day| *day > last).count();
    if within == 0 && !small || later > within {
        let newest = days().max().unwrap_or_default();
        return Err(ImportError::Release {
            found: format!("{}, by the days on which its codes were last changed", words(quarter_start(newest))),
            asked: words(first),
        });
    }
    Ok((first, last))
}

/// The day as `2026-10-01`.
pub(crate) fn words(day: u32) -> String {
    format!("{}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

/// The day from which on the file can be missing no code: it keeps the codes that were terminated, year after year without a gap, back to some year,
/// and before the first of these terminations some may have been left out.
pub(crate) fn known_from(read: &Assembled, first: u32) -> u32 {
    let mut ends: Vec<u32> =
        read.entries.iter().map(|entry| entry.days.terminated).filter(|day| *day > 0 && *day < first).collect();
    ends.sort_unstable();
    let mut from = first;
    for end in ends.into_iter().rev() {
        if from / 10_000 - end / 10_000 > 1 {
            break;
        }
        from = end;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixed;

    #[test]
    fn a_name_tells_the_quarter() {
        for (name, day) in [
            ("HCPC2026_OCT_ANWEB.csv", Some(20_261_001)),
            ("HCPC2024_JUL_ANWEB_v2.txt", Some(20_240_701)),
            ("anweb_2020_10.xlsx", Some(20_201_001)),
            ("HCPC2020_ANWEB_w_disclaimer.txt", Some(20_200_101)),
            ("october-2025-alpha-numeric-hcpcs-file.zip", Some(20_251_001)),
            ("2020-Alpha-Numeric-HCPCS-File.zip", Some(20_200_101)),
            ("april-2026-alpha-numeric-hcpcs-file.zip", Some(20_260_401)),
            ("hcpcs.txt", None),
        ] {
            assert_eq!(named(name), day, "{name}");
        }
    }

    #[test]
    fn name_user_and_days_agree() {
        let read = fixed::read(&fixed::tests::file()).unwrap();
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let of = |name: &str, asked| release(&[name], asked, &read);
        assert_eq!(of("HCPC2026_JAN_ANWEB.txt", None), Ok((20_260_101, 20_260_331)));
        assert_eq!(of("HCPC2026_ANWEB.txt", day("2026-02-14")), Ok((20_260_101, 20_260_331)));
        assert_eq!(of("file.txt", day("2026-01-01")), Ok((20_260_101, 20_260_331)));
        assert_eq!(of("file.txt", None), Err(ImportError::NoRelease));
        assert!(matches!(of("HCPC2026_ANWEB.txt", day("2026-04-01")), Err(ImportError::Release { .. })));
        // A file that was given another name.
        let error = of("HCPC2026_JUL_ANWEB.txt", None).unwrap_err().to_string();
        assert_eq!(
            error,
            "the file says that it is of 2026-10-01, by the days on which its codes were last changed, not of 2026-07-01"
        );
        assert!(of("HCPC2019_JAN_ANWEB.txt", None).is_err());
        assert_eq!(known_from(&read, 20_260_101), 20_250_930);
    }
}
