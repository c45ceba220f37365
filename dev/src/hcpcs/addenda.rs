//! The rows of level II of an addendum for ambulatory surgical centers.

use crate::error::DevError;
use superbill_core::Date;
use superbill_hcpcs::HcpcsCode;
use superbill_hcpcs::import::PartialSet;

/// The payment indicator of a code that was deleted or discontinued (CMS, addendum DD1).
const DELETED: &str = "D5";

/// Adds the rows of level II, dental ones and deleted ones left out. Gives how many.
pub(crate) fn read(set: &mut PartialSet, day: u32, place: &str, text: &str) -> Result<usize, DevError> {
    let date = Date::from_ccyymmdd(day).map_err(|_| DevError::format("no day", place))?;
    let delimiter = if place.ends_with(".txt") { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut title, mut added) = (None, 0);
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
        if code.is_dental() || record.iter().skip(title + 1).any(|cell| cell.trim() == DELETED) {
            continue;
        }
        let title = record.get(title).unwrap_or_default().trim();
        if title.is_empty() {
            return Err(DevError::format("no short title", format!("{place}, {code}")));
        }
        set.add(code, date, title);
        added += 1;
    }
    if title.is_none() {
        return Err(DevError::format("no heading", place));
    }
    Ok(added)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn only_rows_of_level_two_are_taken() {
        let text = "An addendum\nHCPCS Code,,Short Descriptor,April 2026 Payment Indicator\n99999,,Not ours,N1\nJ0001,,\"Made up, one\",K2\n\
            J0002,,Gone,D5\nD0001,,Dental,D2\n0001T,,Not ours,N1\nNOTE 1: words\n";
        let mut set = PartialSet::default();
        assert_eq!(read(&mut set, 20_260_401, "a.csv", text).unwrap(), 1);
        let written = set.write(&[]).unwrap();
        assert_eq!((written.codes, written.titles), (1, 1));
        assert!(read(&mut set, 20_260_401, "a.csv", "J0001,,No heading,N1\n").is_err());
        assert!(read(&mut set, 20_260_401, "a.csv", "nothing\n").is_err());
    }
}
