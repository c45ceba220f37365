//! The official XML of the four indexes.
//!
//! All four have the same form: letters, main terms, subterms of levels 1 and on. The release is read from `<version>`, which names the fiscal
//! year; a release given by the caller, as that of April, must lie in it.

mod encoding;
mod resolve;
mod write;
mod xml;

use super::ImportError;
use superbill_core::Date;
use xml::Book;

/// Reads the official XML of the Alphabetic Index to Diseases and Injuries (`icd10cm-index-2026.xml`) and writes the table that
/// [`AlphabeticIndex`](crate::AlphabeticIndex) reads. `source` is the name of the file, for the table's own account; `release` is the first day on
/// which the release is in force, needed where the file does not tell.
///
/// # Errors
/// [`ImportError`] names the line and column, and what is expected there. Another kind of file is refused.
pub fn alphabetic_index(bytes: &[u8], source: &str, release: Option<Date>) -> Result<Vec<u8>, ImportError> {
    import(bytes, Book::Alphabetic, source, release)
}

/// Reads the official XML of the External Cause of Injuries Index (`icd10cm-eindex-2026.xml`) and writes the table that
/// [`ExternalCauseIndex`](crate::ExternalCauseIndex) reads. Arguments as for [`alphabetic_index`].
///
/// # Errors
/// As for [`alphabetic_index`].
pub fn external_cause_index(bytes: &[u8], source: &str, release: Option<Date>) -> Result<Vec<u8>, ImportError> {
    import(bytes, Book::ExternalCause, source, release)
}

/// Reads the official XML of the Table of Neoplasms (`icd10cm-neoplasm-2026.xml`) and writes the table that
/// [`NeoplasmTable`](crate::NeoplasmTable) reads. Arguments as for [`alphabetic_index`].
///
/// # Errors
/// As for [`alphabetic_index`].
pub fn neoplasm_table(bytes: &[u8], source: &str, release: Option<Date>) -> Result<Vec<u8>, ImportError> {
    import(bytes, Book::Neoplasm, source, release)
}

/// Reads the official XML of the Table of Drugs and Chemicals (`icd10cm-drug-2026.xml`) and writes the table that
/// [`DrugTable`](crate::DrugTable) reads. Arguments as for [`alphabetic_index`].
///
/// # Errors
/// As for [`alphabetic_index`].
pub fn drug_table(bytes: &[u8], source: &str, release: Option<Date>) -> Result<Vec<u8>, ImportError> {
    import(bytes, Book::Drug, source, release)
}

fn import(bytes: &[u8], book: Book, source: &str, release: Option<Date>) -> Result<Vec<u8>, ImportError> {
    let text = encoding::decode(bytes)?;
    let parsed = xml::parse(&text, book)?;
    let release = release_of(parsed.version.as_deref(), release)?;
    write::table(book, &parsed, source, release)
}

/// The first day in force: October 1 of the year before the fiscal year that the file names, or the day given, if it lies in that year.
fn release_of(version: Option<&str>, given: Option<Date>) -> Result<Date, ImportError> {
    let year = version.and_then(|version| version.parse::<i16>().ok()).filter(|year| (2000..=9999).contains(year));
    let Some(year) = year else { return given.ok_or(ImportError::NoRelease) };
    let october = |year: i16| Date::new(year, 10, 1).map_err(|_| ImportError::NoRelease);
    let first = october(year - 1)?;
    match given {
        Some(day) if day < first || day >= october(year)? => {
            Err(ImportError::Release { found: format!("fiscal year {year}"), asked: day.to_string() })
        }
        Some(day) => Ok(day),
        None => Ok(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_is_the_fiscal_year_of_the_file_or_a_day_in_it() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(release_of(Some("2026"), None), Ok(day("2025-10-01")));
        assert_eq!(release_of(Some("2026"), Some(day("2026-04-01"))), Ok(day("2026-04-01")));
        assert_eq!(release_of(None, Some(day("2026-04-01"))), Ok(day("2026-04-01")));
        assert_eq!(release_of(Some("draft"), Some(day("2026-04-01"))), Ok(day("2026-04-01")));
        assert_eq!(release_of(None, None), Err(ImportError::NoRelease));
        assert_eq!(release_of(Some("0"), None), Err(ImportError::NoRelease));
        let wrong = ImportError::Release { found: "fiscal year 2026".to_owned(), asked: "2026-10-01".to_owned() };
        assert_eq!(release_of(Some("2026"), Some(day("2026-10-01"))), Err(wrong));
    }
}
