//! Which edition the files are of.

use superbill_core::Date;
use superbill_table::import::ImportError;

/// The years that names and notices say.
#[derive(Default)]
pub(super) struct Said {
    year: Option<i16>,
}

impl Said {
    /// What a file's name says: `CPT 2026 Data Files.zip`, `2026_consolidated.txt`.
    pub(super) fn name(&mut self, name: &str) -> Result<(), ImportError> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut years = name.split(|character: char| !character.is_ascii_digit()).filter_map(year);
        let Some(first) = years.next() else { return Ok(()) };
        if years.all(|other| other == first) { self.take(first) } else { Ok(()) }
    }

    /// What a notice says: the year behind `CPT`. A year of copyright is no edition: it is commonly that before.
    pub(super) fn notice(&mut self, notice: &str) -> Result<(), ImportError> {
        let behind = notice.match_indices("CPT").find_map(|(at, found)| {
            let rest = notice.get(at + found.len()..)?;
            let rest = ["(R)", "(r)", "\u{ae}"].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
            let digits = rest.trim_start_matches([' ', '\u{ae}', ',', ')']);
            let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
            year(digits.get(..end)?)
        });
        behind.map_or(Ok(()), |year| self.take(year))
    }

    fn take(&mut self, year: i16) -> Result<(), ImportError> {
        match self.year.replace(year) {
            Some(before) if before != year => Err(ImportError::Release {
                found: format!("the edition of {before}"),
                asked: format!("that of {year}"),
            }),
            _ => Ok(()),
        }
    }

    /// The first day of the release: what was asked for, if it lies in the year that the files say; else January 1 of that year.
    pub(super) fn release(&self, asked: Option<Date>) -> Result<Date, ImportError> {
        match (self.year, asked) {
            (None, None) => Err(ImportError::NoRelease),
            (Some(year), Some(asked)) if asked.year() != year => {
                Err(ImportError::Release { found: format!("the edition of {year}"), asked: asked.to_string() })
            }
            (_, Some(asked)) => Ok(asked),
            (Some(year), None) => Date::new(year, 1, 1).map_err(|_| ImportError::NoRelease),
        }
    }
}

fn year(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1990..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_stands_behind_the_name() {
        for (notice, expected) in [
            ("CPT\u{ae} 2026 is copyright 2025 of the owner", Some(2026)),
            ("CPT(R) 2001", Some(2001)),
            ("(CPT) 2020, some words", Some(2020)),
            ("CPT copyright 2025", None),
            ("Copyright 1995 - 2025. CPT is a registered trademark", None),
        ] {
            let mut said = Said::default();
            said.notice(notice).unwrap();
            assert_eq!(said.year, expected, "{notice}");
        }
        for (name, expected) in [
            ("folder 2019/CPT 2026 Data.zip", Some(2026)),
            ("LONGULT.txt", None),
            ("2025-2026.txt", None),
            ("20260101.txt", None),
        ] {
            let mut said = Said::default();
            said.name(name).unwrap();
            assert_eq!(said.year, expected, "{name}");
        }
    }

    #[test]
    fn what_is_said_and_asked_must_agree() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut said = Said::default();
        assert_eq!(said.release(None), Err(ImportError::NoRelease));
        assert_eq!(said.release(Some(day("2026-04-01"))), Ok(day("2026-04-01")));
        said.name("CPT 2026.txt").unwrap();
        assert_eq!(said.release(None), Ok(day("2026-01-01")));
        assert_eq!(said.release(Some(day("2026-07-01"))), Ok(day("2026-07-01")));
        assert!(matches!(said.release(Some(day("2025-07-01"))), Err(ImportError::Release { .. })));
        assert!(matches!(said.notice("CPT 2025"), Err(ImportError::Release { .. })));
    }
}
