//! Lists of small numbers in place.

use superbill_table::{u8_at, u32_at};

/// Rows of word numbers.
///
/// Section: for each 16 rows an offset of 4 bytes, in numbers; a length of 1 byte for each row; then the numbers of 2 bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    offsets: &'a [u8],
    lengths: &'a [u8],
    numbers: &'a [[u8; 2]],
}

/// Rows that share an offset.
pub(crate) const BLOCK: usize = 16;

impl<'a> Rows<'a> {
    pub(crate) const fn new(bytes: &'a [u8], rows: usize) -> Option<Self> {
        let Some((offsets, rest)) = bytes.split_at_checked(rows.div_ceil(BLOCK) * 4) else { return None };
        let Some((lengths, numbers)) = rest.split_at_checked(rows) else { return None };
        let (numbers, rest) = numbers.as_chunks::<2>();
        if !rest.is_empty() {
            return None;
        }
        Some(Self { offsets, lengths, numbers })
    }

    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// How many numbers each row has.
    pub(crate) fn lengths(&self) -> &'a [u8] {
        self.lengths
    }

    /// The numbers of a row; none where the bytes are damaged.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &'a [[u8; 2]] {
        let block = row / BLOCK;
        let before = match self.lengths.get(block * BLOCK..).and_then(|lengths| lengths.first_chunk()) {
            Some(lengths) => sum_of_first(lengths, row % BLOCK),
            None => {
                let before = self.lengths.get(block * BLOCK..row).unwrap_or_default();
                before.iter().map(|length| usize::from(*length)).sum::<usize>()
            }
        };
        let start = u32_at(self.offsets, block * 4).unwrap_or(u32::MAX) as usize + before;
        let length = usize::from(u8_at(self.lengths, row).unwrap_or(0));
        self.numbers.get(start..start.saturating_add(length)).unwrap_or_default()
    }

    /// Whether the rows follow each other without a gap up to the end, each number below a limit.
    pub(crate) fn is_sound(&self, limit: usize) -> bool {
        let mut at = 0usize;
        for (row, length) in self.lengths.iter().enumerate() {
            if row % BLOCK == 0 && u32_at(self.offsets, row / BLOCK * 4) != u32::try_from(at).ok() {
                return false;
            }
            at += usize::from(*length);
        }
        at == self.numbers.len() && self.numbers.iter().all(|number| usize::from(number_of(number)) < limit)
    }
}

/// The sum of the first lengths of a block, all of them added up at once: four sums of two bytes in a word.
#[inline]
const fn sum_of_first(lengths: &[u8; BLOCK], count: usize) -> usize {
    const ODD: u128 = 0x00FF_00FF_00FF_00FF_00FF_00FF_00FF_00FF;
    let kept = u128::from_le_bytes(*lengths) & ((1 << (count * 8)) - 1);
    let pairs = (kept & ODD) + ((kept >> 8) & ODD);
    let sums = (pairs as u64).wrapping_add((pairs >> 64) as u64);
    (sums.wrapping_mul(0x0001_0001_0001_0001) >> 48) as usize
}

#[inline]
pub(crate) const fn number_of(bytes: &[u8; 2]) -> u16 {
    u16::from_le_bytes(*bytes)
}
