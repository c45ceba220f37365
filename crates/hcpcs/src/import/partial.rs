//! A partial set of codes: which quarters name a code, and its short titles by quarter.

use super::ImportError;
use super::write::{Sets, facts, map, texts};
use crate::code::HcpcsCode;
use crate::section;
use crate::table::{Row, quarter_end, quarter_start};
use std::collections::{BTreeMap, BTreeSet};
use superbill_core::Date;
use superbill_table::{SymbolTable, TableWriter, TextsWriter, WriteError};

/// Codes that some lists name, by quarter. A table that is made of it confirms a code in a quarter that names it, and never denies one.
#[derive(Debug, Clone, Default)]
pub struct PartialSet {
    quarters: BTreeSet<u32>,
    /// The quarters that name a code, with the title there.
    codes: BTreeMap<HcpcsCode, BTreeMap<u32, String>>,
}

/// A table of a partial set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartialWritten {
    /// The bytes of the table.
    pub bytes: Vec<u8>,
    /// Codes.
    pub codes: usize,
    /// Quarters.
    pub quarters: usize,
    /// Titles: a code has another where its title was changed.
    pub titles: usize,
}

impl PartialSet {
    /// Adds a code that a list of a quarter names. Dental codes are left out.
    pub fn add(&mut self, code: HcpcsCode, day: Date, short_title: &str) {
        let quarter = quarter_start(day.ccyymmdd());
        self.quarters.insert(quarter);
        if !code.is_dental() {
            // The first list of a quarter that names a code gives the title.
            self.codes.entry(code).or_default().entry(quarter).or_insert_with(|| short_title.trim().to_owned());
        }
    }

    /// The bytes of a table; `sources` say where the lists come from.
    ///
    /// # Errors
    /// [`ImportError::Write`] for more than 64 quarters, and [`ImportError::File`] for no code at all.
    pub fn write(&self, sources: &[&str]) -> Result<PartialWritten, ImportError> {
        let (Some(first), Some(last)) = (self.quarters.first(), self.quarters.last()) else {
            return Err(ImportError::File("the partial set has no code"));
        };
        if self.quarters.len() > 64 {
            return Err(WriteError::TooMuch.into());
        }
        let place = |quarter: &u32| self.quarters.iter().position(|other| other == quarter).unwrap_or_default();
        let codes: Vec<HcpcsCode> = self.codes.keys().copied().collect();
        let mut writer = TableWriter::new(section::TABLE_KIND);
        let (release, count) = (super::release::words(*last), codes.len().to_string());
        let about = [("release", release.as_str()), ("rows", count.as_str()), ("set", "partial")];
        writer.about(about.into_iter().chain(sources.iter().map(|source| ("source", *source))));
        facts(&mut writer, [*first, quarter_end(*last), *first, 1], codes.len())?;
        map(&mut writer, &codes)?;
        writer.section(section::MODIFIERS, 0, Vec::new());
        let mut sets = Sets::default();
        let set = sets.number(&core::array::from_fn(|_| String::new()))?;
        let (mut rows, mut named, mut titled) = (Vec::new(), Vec::new(), Vec::new());
        let mut titles: Vec<Option<&str>> = Vec::new();
        for quarters in self.codes.values() {
            let bits = quarters.keys().fold(0u64, |bits, quarter| bits | 1 << place(quarter));
            named.extend(bits.to_le_bytes());
            let short = u32::try_from(titles.len()).map_err(|_| WriteError::TooMuch)?;
            let before = titles.len();
            let mut last = None;
            for (quarter, title) in quarters {
                if last != Some(title) {
                    titled.push(place(quarter) as u8);
                    titles.push(Some(title));
                    last = Some(title);
                }
            }
            let short_count = u8::try_from(titles.len() - before).map_err(|_| WriteError::TooMuch)?;
            rows.extend(Row { set, short, short_count, ..Row::default() }.bytes());
        }
        writer.section(section::ROWS, codes.len(), rows);
        writer.section(section::NAMED, codes.len(), named);
        writer.section(section::TITLED, titled.len(), titled);
        let quarters = self.quarters.iter().flat_map(|day| day.to_le_bytes()).collect();
        writer.section(section::QUARTERS, self.quarters.len(), quarters);
        sets.write(&mut writer);
        let symbols = SymbolTable::train(&TextsWriter::tails(&titles));
        texts(&mut writer, &symbols, &titles, &[])?;
        Ok(PartialWritten {
            bytes: writer.finish()?,
            codes: codes.len(),
            quarters: self.quarters.len(),
            titles: titles.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Hcpcs, Status, Why};

    #[test]
    fn a_partial_set_confirms_and_never_denies() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let code = |text: &str| HcpcsCode::parse(text).unwrap();
        let mut set = PartialSet::default();
        set.add(code("J0001"), day("2026-01-15"), "One title ");
        set.add(code("J0001"), day("2026-02-01"), "A later one of the same quarter");
        set.add(code("J0001"), day("2026-07-01"), "Another title");
        set.add(code("A0001"), day("2026-04-01"), "Other");
        set.add(code("D0001"), day("2026-04-01"), "Dental");
        let written = set.write(&["a list"]).unwrap();
        assert_eq!((written.codes, written.quarters, written.titles), (2, 3, 3));
        let table = Hcpcs::from_bytes(&written.bytes).unwrap();
        table.verify().unwrap();
        for (text, on, status, title) in [
            ("J0001", "2026-01-01", Status::Confirmed, Some("One title")),
            ("J0001", "2026-03-31", Status::Confirmed, Some("One title")),
            ("J0001", "2026-04-01", Status::CannotTell, Some("One title")),
            ("J0001", "2026-09-30", Status::Confirmed, Some("Another title")),
            ("J0001", "2026-10-01", Status::CannotTell, Some("Another title")),
            ("J0001", "2025-12-31", Status::CannotTell, Some("Another title")),
            ("A0001", "2026-05-05", Status::Confirmed, Some("Other")),
            ("A0002", "2026-05-05", Status::CannotTell, None),
            ("D0001", "2026-05-05", Status::CannotTell, None),
        ] {
            let on = table.on(day(on));
            let lookup = on.lookup(code(text));
            assert_eq!(lookup.status(), status, "{text}");
            assert_eq!(lookup.title().map(|title| title.to_string()).as_deref(), title, "{text}");
            assert_eq!(on.codes().any(|other| other == code(text)), status == Status::Confirmed);
        }
        let on = table.on(day("2026-08-01"));
        let lookup = on.lookup(code("J0001"));
        assert_eq!(lookup.valid().unwrap().to_string(), "2026-07-01/2026-09-30");
        assert_eq!(lookup.quarters().collect::<Vec<_>>(), [day("2026-01-01"), day("2026-07-01")]);
        assert_eq!(lookup.title().unwrap().release(), day("2026-07-01"));
        assert_eq!(on.lookup(code("A0001")).why_not(), Some(Why::Partial));
        assert!(PartialSet::default().write(&[]).is_err());
    }
}
