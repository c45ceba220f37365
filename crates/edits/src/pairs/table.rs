//! The table of pairs.

use super::codes::PairCodes;
use super::edit::{ModifierIndicator, PairEdit, PairSetting};
use super::layout::{Attributes, BLOCK_BYTES, BLOCK_ROWS, NO_CODE, day_number};
use super::{ATTRIBUTES, BLOCKS, COVERAGE, FACTS, FIRSTS, HIGH, OFFSETS, RATIONALES, SHARES};
use crate::program::Program;
use crate::service_code::ServiceCode;
use superbill_core::{Date, DateRange};
use superbill_table::{About, SectionName, Table, TableError, u8_at, u32_at};

/// Procedure-to-procedure edits of one setting, program and quarter, with all their history.
///
/// Source: National Correct Coding Initiative, procedure-to-procedure edits, Centers for Medicare & Medicaid Services, each quarter.
#[derive(Debug, Clone, Copy)]
pub struct Pairs<'a> {
    table: Table<'a>,
    codes: PairCodes<'a>,
    offsets: &'a [[u8; 4]],
    blocks: &'a [[u8; BLOCK_BYTES]],
    firsts: &'a [[u8; 2]],
    shares: &'a [[u8; 2]],
    high: &'a [u8],
    attributes: &'a [[u8; Attributes::BYTES]],
    rationales: &'a str,
    coverage: &'a [[u8; 4]],
    rows: usize,
    setting: PairSetting,
    program: Program,
    release: DateRange,
}

/// The ordinal of a code in a table of pairs: asking by it saves the search for the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeOrdinal(pub(crate) u16);

impl CodeOrdinal {
    /// The ordinal as it compares with those of a block.
    #[inline]
    const fn signed(self) -> i16 {
        self.0.cast_signed()
    }
}

/// How many of the first `count` of sixteen ordinals are below one: the signs of the differences, summed without a branch.
#[inline]
fn below(ordinals: &[[u8; 2]; BLOCK_ROWS], count: i16, one: i16) -> usize {
    let signs = ordinals.iter().zip(0..).map(|(ordinal, place): (_, i16)| {
        let difference = i16::from_le_bytes(*ordinal).wrapping_sub(one);
        (difference & place.wrapping_sub(count)) >> 15
    });
    usize::from(signs.fold(0, i16::wrapping_add).wrapping_neg().cast_unsigned())
}

/// Rows of a block: ordinals of column 2, and the numbers of their attributes.
type Halves<'a> = (&'a [[u8; 2]; BLOCK_ROWS], &'a [[u8; 2]; BLOCK_ROWS]);

/// What a table says of a pair on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PairAnswer<'a> {
    /// The edit that applies.
    Edit(PairEdit<'a>),
    /// The table has no edit of the pair that applies on the day.
    None,
    /// The files from which the table was made do not reach the code in column 1.
    CannotTell,
}

impl<'a> PairAnswer<'a> {
    /// The edit, where there is one.
    #[must_use]
    pub fn edit(self) -> Option<PairEdit<'a>> {
        match self {
            Self::Edit(edit) => Some(edit),
            Self::None | Self::CannotTell => None,
        }
    }
}

impl<'a> Pairs<'a> {
    /// Opens a table of either setting. Only its directory is looked at; [`Pairs::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no table of pairs or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let (setting, table) = match Table::open(bytes, Self::kind(PairSetting::Practitioner)) {
            Err(TableError::Kind) => {
                let setting = PairSetting::OutpatientHospital;
                (setting, Table::open(bytes, Self::kind(setting))?)
            }
            opened => (PairSetting::Practitioner, opened?),
        };
        let wrong = |name: SectionName| TableError::Section { name: name.as_str() };
        let section = |name: SectionName| table.section(name).ok_or(wrong(name));
        let facts = section(FACTS)?.0;
        let program = match u8_at(facts, 0).ok_or(wrong(FACTS))? {
            0 => Program::Medicare,
            1 => Program::Medicaid,
            _ => return Err(wrong(FACTS)),
        };
        let day = |at: usize| u32_at(facts, at).and_then(|day| Date::from_ccyymmdd(day).ok());
        let release = day(4).zip(day(8)).and_then(|(first, last)| DateRange::new(first, Some(last)).ok());
        let codes = PairCodes::open(&table)?;
        let (blocks, rows) = section(BLOCKS)?;
        let pairs = Self {
            table,
            codes,
            offsets: section(OFFSETS)?.0.as_chunks().0,
            blocks: blocks.as_chunks().0,
            firsts: section(FIRSTS)?.0.as_chunks().0,
            shares: section(SHARES)?.0.as_chunks().0,
            high: table.section(HIGH).map_or(&[][..], |(bytes, _)| bytes),
            attributes: section(ATTRIBUTES)?.0.as_chunks().0,
            rationales: core::str::from_utf8(section(RATIONALES)?.0).map_err(|_| wrong(RATIONALES))?,
            coverage: section(COVERAGE)?.0.as_chunks().0,
            rows,
            setting,
            program,
            release: release.ok_or(wrong(FACTS))?,
        };
        if pairs.offsets.len() != codes.len() + 1 || codes.len() > usize::from(NO_CODE) {
            return Err(wrong(OFFSETS));
        }
        if pairs.shares.len() != codes.len() {
            return Err(wrong(SHARES));
        }
        if pairs.firsts.len() != pairs.blocks.len() + BLOCK_ROWS || rows > pairs.blocks.len() * BLOCK_ROWS {
            return Err(wrong(BLOCKS));
        }
        if !pairs.high.is_empty() && pairs.high.len() != pairs.blocks.len() * BLOCK_ROWS {
            return Err(wrong(HIGH));
        }
        Ok(pairs)
    }

    /// The kind of table of a setting.
    #[must_use]
    pub const fn kind(setting: PairSetting) -> SectionName {
        match setting {
            PairSetting::Practitioner => SectionName::new("ncci-ptp-practitioner"),
            PairSetting::OutpatientHospital => SectionName::new("ncci-ptp-outpatient"),
        }
    }

    /// Whose claims the table is for.
    #[must_use]
    pub fn setting(&self) -> PairSetting {
        self.setting
    }

    /// Whose table it is.
    #[must_use]
    pub fn program(&self) -> Program {
        self.program
    }

    /// The quarter of the release. The table has the history before it, and nothing after its last day.
    #[must_use]
    pub fn release(&self) -> DateRange {
        self.release
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many rows there are: several for a pair whose edit began anew.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The ordinal of a code that stands in some pair.
    #[inline]
    #[must_use]
    pub fn ordinal(&self, code: ServiceCode) -> Option<CodeOrdinal> {
        self.codes.ordinal(code).map(CodeOrdinal)
    }

    /// Whether the files from which the table was made reach a code in column 1.
    #[must_use]
    pub fn covers(&self, column1: ServiceCode) -> bool {
        let key = column1.key();
        let number = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        self.coverage.as_chunks::<2>().0.iter().any(|[first, last]| (number(first)..=number(last)).contains(&key))
    }

    /// The table on a day.
    #[must_use]
    pub fn on(&self, date: Date) -> PairsOn<'_> {
        let known = self.release.last().is_none_or(|last| date <= last);
        PairsOn { pairs: self, date, day: day_number(date).filter(|_| known) }
    }

    /// All edits of a pair, with whatever days, newest first.
    pub fn history(&self, column1: ServiceCode, column2: ServiceCode) -> impl Iterator<Item = PairEdit<'_>> {
        let ordinals = self.ordinal(column1).zip(self.ordinal(column2));
        ordinals.into_iter().flat_map(move |(column1, column2)| {
            let block = self.block_of(column1, column2);
            let rows = block.map(|block| block * BLOCK_ROWS..(block + 1) * BLOCK_ROWS).unwrap_or_default();
            rows.filter(move |row| self.column2(*row) == Some(column2.0)).filter_map(move |row| {
                Some(PairEdit { pairs: self, column1, column2, attributes: self.attributes(row)? })
            })
        })
    }

    /// All rows in the order of their codes.
    pub fn rows(&self) -> impl Iterator<Item = PairEdit<'_>> {
        (0..self.codes.len()).filter_map(|code| u16::try_from(code).ok()).flat_map(move |code| {
            let blocks = self.blocks_of(code).unwrap_or_default();
            (blocks.start * BLOCK_ROWS..blocks.end * BLOCK_ROWS).filter_map(move |row| {
                let column2 = self.column2(row).filter(|column2| *column2 != NO_CODE)?;
                let (column1, column2) = (CodeOrdinal(code), CodeOrdinal(column2));
                Some(PairEdit { pairs: self, column1, column2, attributes: self.attributes(row)? })
            })
        })
    }

    /// The blocks of a code in column 1.
    #[inline]
    fn blocks_of(&self, column1: u16) -> Option<core::ops::Range<usize>> {
        let first = u32::from_le_bytes(*self.offsets.get(usize::from(column1))?) as usize;
        let end = u32::from_le_bytes(*self.offsets.get(usize::from(column1) + 1)?) as usize;
        (first <= end && end <= self.blocks.len()).then_some(first..end)
    }

    /// The block in which a pair stands, if the table has it: the last one of column 1 that does not begin behind the pair.
    #[inline]
    fn block_of(&self, column1: CodeOrdinal, column2: CodeOrdinal) -> Option<usize> {
        let column1 = usize::from(column1.0);
        let [start, end] = *self.offsets.get(column1..column1 + 2)?.first_chunk()?;
        let [start, end] = [start, end].map(|block| u32::from_le_bytes(block) as usize);
        let count = end.checked_sub(start)?;
        let share = u16::from_le_bytes(*self.shares.get(usize::from(column2.0))?);
        let guess = count.wrapping_mul(usize::from(share)) >> 16;
        let from = guess.saturating_sub(BLOCK_ROWS / 2).min(count.saturating_sub(BLOCK_ROWS));
        let near = start.wrapping_add(from);
        let window = self.firsts.get(near..near.wrapping_add(BLOCK_ROWS))?.first_chunk()?;
        let rest = count.wrapping_sub(from).min(BLOCK_ROWS) as i16;
        let begun = below(window, rest, column2.signed().wrapping_add(1));
        if (1..BLOCK_ROWS).contains(&begun) {
            return Some(near.wrapping_add(begun - 1));
        }
        self.distant_block_of(start..end, column2)
    }

    /// The same where the guess is no help.
    #[cold]
    #[inline(never)]
    fn distant_block_of(&self, blocks: core::ops::Range<usize>, column2: CodeOrdinal) -> Option<usize> {
        let firsts = self.firsts.get(blocks.clone())?;
        let not_behind = firsts.partition_point(|first| u16::from_le_bytes(*first) <= column2.0);
        Some(blocks.start + not_behind.checked_sub(1)?)
    }

    #[inline]
    fn halves(&self, block: usize) -> Option<Halves<'a>> {
        let numbers = self.blocks.get(block)?.as_chunks::<2>().0;
        numbers.first_chunk().zip(numbers.last_chunk())
    }

    #[inline]
    fn column2(&self, row: usize) -> Option<u16> {
        let (keys, _) = self.halves(row / BLOCK_ROWS)?;
        keys.get(row % BLOCK_ROWS).map(|key| u16::from_le_bytes(*key))
    }

    #[inline]
    fn attributes(&self, row: usize) -> Option<Attributes> {
        let (_, numbers) = self.halves(row / BLOCK_ROWS)?;
        self.numbered(row, *numbers.get(row % BLOCK_ROWS)?)
    }

    /// The attributes of a row by their number in its block.
    #[inline]
    fn numbered(&self, row: usize, number: [u8; 2]) -> Option<Attributes> {
        let high = if self.high.is_empty() { 0 } else { *self.high.get(row)? };
        self.attributes.get(usize::from(high) << 16 | usize::from(u16::from_le_bytes(number))).map(Attributes::read)
    }

    /// The code of an ordinal.
    pub(super) fn code(&self, ordinal: CodeOrdinal) -> ServiceCode {
        // INVARIANT: ordinals come from the table.
        self.codes.code(ordinal.0).unwrap_or(ServiceCode::NONE)
    }

    pub(super) fn rationale(&self, number: u16) -> &'a str {
        self.rationales.split('\n').nth(usize::from(number)).unwrap_or_default()
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.codes.verify()?;
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let rationales = self.rationales.split('\n').count();
        let (mut end, mut rows) = (0, 0);
        for code in 0..self.codes.len() {
            let blocks = u16::try_from(code).ok().and_then(|code| self.blocks_of(code));
            let blocks = blocks.filter(|blocks| blocks.start == end).ok_or(wrong(OFFSETS, code))?;
            // The last code of the block before, and the code of the row before.
            let (mut last, mut before) = (None, 0);
            for place in blocks.start * BLOCK_ROWS..blocks.end * BLOCK_ROWS {
                let key = self.column2(place).ok_or(wrong(BLOCKS, place))?;
                let sound = if place % BLOCK_ROWS == 0 { key != NO_CODE && last < Some(key) } else { before <= key };
                if !sound {
                    return Err(wrong(BLOCKS, place));
                }
                before = key;
                if key == NO_CODE {
                    continue;
                }
                last = Some(key);
                rows += 1;
                let attributes = self.attributes(place).ok_or(wrong(BLOCKS, place))?;
                let rationale = usize::from(attributes.rationale) < rationales;
                let indicator = ModifierIndicator::from_digit(attributes.indicator);
                if usize::from(key) >= self.codes.len() || indicator.is_none() || !rationale {
                    return Err(wrong(BLOCKS, place));
                }
            }
            end = blocks.end;
        }
        if end != self.blocks.len() || rows != self.rows {
            return Err(wrong(OFFSETS, self.codes.len()));
        }
        for (block, first) in self.firsts.iter().enumerate() {
            if self.column2(block * BLOCK_ROWS).unwrap_or(NO_CODE) != u16::from_le_bytes(*first) {
                return Err(wrong(FIRSTS, block));
            }
        }
        Ok(())
    }
}

/// The pairs of a table on a day.
#[derive(Debug, Clone, Copy)]
pub struct PairsOn<'t> {
    pairs: &'t Pairs<'t>,
    date: Date,
    /// The number of the day; none where the release does not reach it.
    day: Option<u16>,
}

impl<'t> PairsOn<'t> {
    /// The day.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> &'t Pairs<'t> {
        self.pairs
    }

    /// The edit that applies to a code in column 1 and another in column 2.
    #[inline]
    #[must_use]
    pub fn edit(&self, column1: ServiceCode, column2: ServiceCode) -> PairAnswer<'t> {
        let ordinals = self.pairs.ordinal(column1).zip(self.pairs.ordinal(column2));
        match ordinals.and_then(|(column1, column2)| self.edit_by_ordinal(column1, column2)) {
            Some(edit) => PairAnswer::Edit(edit),
            None if self.day.is_some() && self.pairs.covers(column1) => PairAnswer::None,
            None => PairAnswer::CannotTell,
        }
    }

    /// The same by ordinals, for who asks often.
    #[expect(clippy::inline_always, reason = "who asks often leaves most of an edit unread")]
    #[inline(always)]
    #[must_use]
    pub fn edit_by_ordinal(&self, column1: CodeOrdinal, column2: CodeOrdinal) -> Option<PairEdit<'t>> {
        let (day, pairs) = (self.day?, self.pairs);
        let block = pairs.block_of(column1, column2)?;
        let (keys, numbers) = pairs.halves(block)?;
        let mut lane = below(keys, BLOCK_ROWS as i16, column2.signed());
        while keys.get(lane).is_some_and(|key| u16::from_le_bytes(*key) == column2.0) {
            let attributes = pairs.numbered(block.wrapping_mul(BLOCK_ROWS) | lane, *numbers.get(lane)?)?;
            if attributes.applies_on(day) {
                return Some(PairEdit { pairs, column1, column2, attributes });
            }
            lane += 1;
        }
        None
    }

    /// The edits between two codes, whichever stands in column 1: none, one, or, in files that say so, both.
    pub fn between(&self, one: ServiceCode, other: ServiceCode) -> impl Iterator<Item = PairEdit<'t>> + use<'t> {
        [self.edit(one, other), self.edit(other, one)].into_iter().filter_map(PairAnswer::edit)
    }
}
