//! How pairs stand in a table.
//!
//! A code is its ordinal, 2 bytes. Rows stand in the order of column 1, column 2, newest first. Sixteen rows make a block of one cache line:
//! sixteen ordinals of column 2, then the numbers of their attributes. The rows of each code in column 1 begin a block, and those of a pair
//! stand in one; what is left of a block is filled with [`NO_CODE`]. The first ordinals of the blocks stand apart, so that the search for a
//! block touches none of them. So a question costs one access to far memory. Attributes stand by how often they are used, so that most are near.
//!
//! The search guesses: codes in column 2 are spread over the blocks of one code much as over those of all. Sixteen first ordinals around the
//! guess are compared at once, without a branch; few guesses are further off.

use superbill_core::Date;
use superbill_table::SectionName;

/// Setting 1, program 1, parts of the rows 2 (zero), first day of the release 4, its last day 4, all ccyymmdd.
pub(crate) const FACTS: SectionName = SectionName::new("facts");
/// The first block of each code as column 1, 4 bytes each, and the number of blocks behind them.
pub(crate) const OFFSETS: SectionName = SectionName::new("offsets");
/// Blocks of rows.
pub(crate) const BLOCKS: SectionName = SectionName::new("blocks");
/// The first ordinal of column 2 of each block, 2 bytes each, and [`BLOCK_ROWS`] times [`NO_CODE`] behind them.
pub(crate) const FIRSTS: SectionName = SectionName::new("firsts");
/// How many of all rows have a lower code in column 2, for each code, in 65,536ths, 2 bytes each.
pub(crate) const SHARES: SectionName = SectionName::new("shares");
/// What the number of a row's attributes has above 16 bits, 1 byte a place; only where one has.
pub(crate) const HIGH: SectionName = SectionName::new("attribute-high");
/// Attributes, 8 bytes each.
pub(crate) const ATTRIBUTES: SectionName = SectionName::new("attributes");
/// The rationales, one a line.
pub(crate) const RATIONALES: SectionName = SectionName::new("rationales");
/// Which codes of column 1 the files cover: pairs of keys, 4 bytes each.
pub(crate) const COVERAGE: SectionName = SectionName::new("coverage");

/// Rows of a block.
pub(crate) const BLOCK_ROWS: usize = 16;
/// What stands where a block has no more rows: above every ordinal. It has no sign, so that ordinals compare as numbers with one.
pub(crate) const NO_CODE: u16 = 0x7FFF;
/// Bytes of a block.
pub(crate) const BLOCK_BYTES: usize = 64;
/// The day number of an edit without end.
pub(crate) const OPEN: u16 = u16::MAX;
/// Bit of the flags: older than 1996.
pub(crate) const BEFORE_1996: u8 = 1;

/// The codes of column 1 that files cover: keys from the first to the last.
#[cfg(feature = "import")]
pub(crate) type Coverage = Vec<(u64, u64)>;

/// What rows have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Attributes {
    /// The first day, counted from 1960.
    pub(crate) effective: u16,
    /// The last day, counted from 1960, or [`OPEN`].
    pub(crate) deletion: u16,
    /// The digit of the modifier indicator.
    pub(crate) indicator: u8,
    /// [`BEFORE_1996`] or nothing.
    pub(crate) flags: u8,
    /// The line of the rationale.
    pub(crate) rationale: u16,
}

impl Attributes {
    pub(crate) const BYTES: usize = 8;

    #[inline]
    pub(crate) fn read(bytes: &[u8; Self::BYTES]) -> Self {
        let [e0, e1, d0, d1, indicator, flags, r0, r1] = *bytes;
        Self {
            effective: u16::from_le_bytes([e0, e1]),
            deletion: u16::from_le_bytes([d0, d1]),
            indicator,
            flags,
            rationale: u16::from_le_bytes([r0, r1]),
        }
    }

    #[cfg(feature = "import")]
    pub(crate) fn bytes(self) -> [u8; Self::BYTES] {
        let ([e0, e1], [d0, d1]) = (self.effective.to_le_bytes(), self.deletion.to_le_bytes());
        let [r0, r1] = self.rationale.to_le_bytes();
        [e0, e1, d0, d1, self.indicator, self.flags, r0, r1]
    }

    #[inline]
    pub(crate) fn applies_on(self, day: u16) -> bool {
        // Below zero where something forbids it, in one comparison: which edits apply is not foreseen. No day is above `OPEN`.
        let [day, effective, deletion] = [day, self.effective, self.deletion].map(i32::from);
        (1 - i32::from(self.indicator)) | (day - effective) | (deletion - day) >= 0
    }
}

/// Days are counted from here, before Medicare.
const EPOCH: Result<Date, superbill_core::DateError> = Date::new(1960, 1, 1);

/// The number of a day counted from 1960; `None` before it and after 2139.
pub(crate) fn day_number(date: Date) -> Option<u16> {
    let days = EPOCH.ok()?.days_until(date);
    u16::try_from(days).ok().filter(|day| *day != OPEN)
}

/// The day of a number.
pub(crate) fn day_of(number: u16) -> Date {
    // INVARIANT: 65,535 days after 1960 is a day.
    EPOCH.and_then(|epoch| epoch.add_days(i32::from(number))).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_numbers_and_numbers_days() {
        for (day, number) in
            [("1960-01-01", Some(0)), ("2139-06-05", Some(65_534)), ("1959-12-31", None), ("2139-06-06", None)]
        {
            let day = day.parse().unwrap();
            assert_eq!(day_number(day), number, "{day}");
            assert!(number.is_none_or(|number| day_of(number) == day));
        }
    }
}
