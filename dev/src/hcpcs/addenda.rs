//! The rows of level II of the addenda for ambulatory surgical centers.

use crate::error::DevError;
use std::collections::{BTreeMap, BTreeSet};
use superbill_core::Date;
use superbill_hcpcs::HcpcsCode;
use superbill_hcpcs::import::PartialSet;

/// The payment indicator of a code that was deleted or discontinued (CMS, addendum DD1).
const DELETED: &str = "D5";

/// What the addenda of a quarter say.
#[derive(Default)]
pub(crate) struct Quarter {
    /// Codes of level II with their short titles.
    named: BTreeMap<HcpcsCode, String>,
    /// Those that are marked as deleted.
    deleted: BTreeSet<HcpcsCode>,
}

impl Quarter {
    /// Adds the rows of level II of an addendum, dental ones left out.
    pub(crate) fn read(&mut self, place: &str, text: &str) -> Result<(), DevError> {
        let delimiter = if place.ends_with(".txt") { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut title = None;
        for record in reader.records() {
            let record = record?;
            let first = record.get(0).unwrap_or_default().trim();
            if first.eq_ignore_ascii_case("HCPCS Code") {
                let is_title = |name: &str| name.trim().eq_ignore_ascii_case("Short Descriptor");
                title = record.iter().position(is_title);
                continue;
            }
            // What is no code of level II is not looked at: CPT codes, headings, notes.
            let Ok(code) = HcpcsCode::parse(first) else { continue };
            let title = title.ok_or_else(|| DevError::format("no heading before the first code", place))?;
            if code.is_dental() {
                continue;
            }
            if record.iter().skip(title + 1).any(|cell| cell.trim() == DELETED) {
                self.deleted.insert(code);
                continue;
            }
            let title = record.get(title).unwrap_or_default().trim();
            if title.is_empty() {
                return Err(DevError::format("no short title", format!("{place}, {code}")));
            }
            self.named.entry(code).or_insert_with(|| title.to_owned());
        }
        if title.is_none() {
            return Err(DevError::format("no heading", place));
        }
        Ok(())
    }

    /// Adds the codes that the quarter names to a set. Gives how many.
    ///
    /// A code that ended before the quarter can stand in its addenda as if it were valid, and is marked as deleted in those of the next quarter
    /// only. So a code that is deleted in either does not count as named.
    pub(crate) fn add_to(&self, set: &mut PartialSet, day: Date, next: Option<&Quarter>) -> usize {
        let deleted =
            |code: &HcpcsCode| self.deleted.contains(code) || next.is_some_and(|next| next.deleted.contains(code));
        let named = self.named.iter().filter(|(code, _)| !deleted(code));
        named.map(|(code, title)| set.add(*code, day, title)).count()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const ADDENDUM: &str = "An addendum\nHCPCS Code,,Short Descriptor,April 2026 Payment Indicator\n99999,,Not ours,N1\n\
        J0001,,\"Made up, one\",K2\nJ0002,,Gone,D5\nD0001,,Dental,D2\n0001T,,Not ours,N1\nNOTE 1: words\n";

    fn quarter(text: &str) -> Quarter {
        let mut quarter = Quarter::default();
        quarter.read("a.csv", text).unwrap();
        quarter
    }

    #[test]
    fn only_rows_of_level_two_are_taken() {
        let day = Date::new(2026, 4, 1).unwrap();
        let mut set = PartialSet::default();
        assert_eq!(quarter(ADDENDUM).add_to(&mut set, day, None), 1);
        let written = set.write(&[]).unwrap();
        assert_eq!((written.codes, written.titles), (1, 1));
        assert!(Quarter::default().read("a.csv", "J0001,,No heading,N1\n").is_err());
        assert!(Quarter::default().read("a.csv", "nothing\n").is_err());
    }

    #[test]
    fn a_code_that_the_next_quarter_deletes_is_not_taken() {
        let day = Date::new(2026, 4, 1).unwrap();
        let next = quarter(&ADDENDUM.replace("K2", "D5"));
        assert_eq!(quarter(ADDENDUM).add_to(&mut PartialSet::default(), day, Some(&next)), 0);
    }
}
