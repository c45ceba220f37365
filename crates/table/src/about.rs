//! What a table says of itself: where it comes from and what it holds.

use crate::container::{SectionName, Table};

/// The section that says where a table comes from: a line `key`, a tab, the value.
pub const ABOUT: SectionName = SectionName::new("about");

/// What a table says of itself. Keys that every imported table has: `release` (the first day on which it is in force), `source` (what it was
/// made from; can stand more than once), `rows`.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    text: &'a str,
}

impl<'a> About<'a> {
    /// The lines of a table; none where it has none or they are not UTF-8.
    #[must_use]
    pub fn of(table: &Table<'a>) -> Self {
        let bytes = table.section(ABOUT).map_or(&[][..], |(bytes, _)| bytes);
        Self { text: core::str::from_utf8(bytes).unwrap_or_default() }
    }

    /// All keys and values, in order.
    pub fn lines(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.text.split('\n').filter_map(|line| line.split_once('\t'))
    }

    /// The first value of a key.
    #[must_use]
    pub fn value(self, key: &str) -> Option<&'a str> {
        self.lines().find_map(|(other, value)| (other == key).then_some(value))
    }
}
