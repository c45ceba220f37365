//! Several releases of a table side by side.

use superbill_core::{Date, DateRange};

/// A table that answers for some days.
pub trait InForce {
    /// The days that the release answers for, unless a later one takes its place.
    fn in_force(&self) -> DateRange;
}

/// Releases of one kind of table: a question carries its date, and the release that was in force then answers.
#[derive(Debug, Clone)]
pub struct Releases<T> {
    tables: Vec<T>,
}

impl<T> Default for Releases<T> {
    fn default() -> Self {
        Self { tables: Vec::new() }
    }
}

impl<T: InForce> Releases<T> {
    /// These releases, in any order. Of two that begin on one day the later one counts.
    #[must_use]
    pub fn new(tables: impl IntoIterator<Item = T>) -> Self {
        let mut tables: Vec<T> = tables.into_iter().collect();
        tables.sort_by_key(|table| table.in_force().first());
        Self { tables }
    }

    /// The release that answers for a day: the newest that had begun, if its days had not ended.
    #[must_use]
    pub fn on(&self, date: Date) -> Option<&T> {
        let begun = self.tables.iter().rev().find(|table| table.in_force().first() <= date)?;
        begun.in_force().contains(date).then_some(begun)
    }

    /// All, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.tables.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Days(&'static str, DateRange);

    impl InForce for Days {
        fn in_force(&self) -> DateRange {
            self.1
        }
    }

    #[test]
    fn the_newest_that_had_begun_answers_while_it_lasts() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let days = |name, first, last| Days(name, DateRange::new(day(first), Some(day(last))).unwrap());
        let releases = Releases::new([
            days("third", "2026-07-01", "2026-09-30"),
            days("first", "2026-01-01", "2026-03-31"),
            days("mended", "2026-07-01", "2026-09-30"),
        ]);
        for (on, name) in [
            ("2025-12-31", None),
            ("2026-01-01", Some("first")),
            ("2026-03-31", Some("first")),
            ("2026-04-01", None),
            ("2026-07-01", Some("mended")),
            ("2026-10-01", None),
        ] {
            assert_eq!(releases.on(day(on)).map(|days| days.0), name, "{on}");
        }
    }
}
