//! Which release a file is of: what it says, and what its user says.

use superbill_core::{Date, DateRange};
use superbill_table::import::ImportError;

/// October 1 before a fiscal year to September 30 in it.
pub(crate) fn fiscal_year(year: i16) -> Option<DateRange> {
    let first = Date::new(year.checked_sub(1)?, 10, 1).ok()?;
    DateRange::new(first, Some(Date::new(year, 9, 30).ok()?)).ok()
}

/// The first day of a release: what was asked for, within the fiscal year that the file says; else the first day of that year.
///
/// # Errors
/// [`ImportError::Release`] where the two do not agree, [`ImportError::NoRelease`] where there is neither.
pub(crate) fn release(said: Option<i16>, asked: Option<Date>) -> Result<Date, ImportError> {
    match (said.and_then(|year| Some((year, fiscal_year(year)?))), asked) {
        (Some((_, days)), Some(asked)) if days.contains(asked) => Ok(asked),
        (Some((year, _)), Some(asked)) => {
            Err(ImportError::Release { found: format!("fiscal year {year}"), asked: asked.to_string() })
        }
        (Some((_, days)), None) => Ok(days.first()),
        (None, Some(asked)) => Ok(asked),
        (None, None) => Err(ImportError::NoRelease),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_of_the_year_that_the_file_says() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(release(Some(2026), None), Ok(day("2025-10-01")));
        assert_eq!(release(Some(2026), Some(day("2026-04-01"))), Ok(day("2026-04-01")));
        assert_eq!(release(None, Some(day("2017-10-01"))), Ok(day("2017-10-01")));
        assert_eq!(release(None, None), Err(ImportError::NoRelease));
        let error = release(Some(2026), Some(day("2026-10-01"))).unwrap_err();
        assert_eq!(error.to_string(), "the file says that it is of fiscal year 2026, not of 2026-10-01");
    }
}
