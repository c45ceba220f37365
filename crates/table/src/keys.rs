//! The keys by ordinal, in order, front-coded.

use crate::bytes::{u8_at, u32_at, u64_at};

/// Characters of a key: six bits each, first highest.
pub const KEY_CHARS: usize = 7;
/// Keys of a block; the first stands whole, the others say what they share with the one before.
pub(crate) const BLOCK: usize = 32;

/// The keys of a table by ordinal, ascending.
///
/// Section: offsets of blocks, 4 bytes each, and one behind the last; then the blocks: the first key in 8 bytes, every
/// further one as a byte `shared characters << 4 | new characters` and the new characters, a byte each.
#[derive(Debug, Clone, Copy)]
pub struct SortedKeys<'a> {
    bytes: &'a [u8],
    rows: usize,
}

impl<'a> SortedKeys<'a> {
    /// A view over a section of so many rows.
    #[must_use]
    pub const fn new(bytes: &'a [u8], rows: usize) -> Self {
        Self { bytes, rows }
    }

    /// How many keys there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The key of an ordinal.
    #[must_use]
    pub fn key(&self, ordinal: usize) -> Option<u64> {
        self.from(ordinal).next().map(|(_, key)| key)
    }

    /// The first ordinal whose key is not below `key`; the number of keys where all are below.
    #[must_use]
    pub fn lower_bound(&self, key: u64) -> usize {
        let blocks = self.rows.div_ceil(BLOCK);
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = (low + high) / 2;
            match self.block_first(middle) {
                Some(first) if first < key => low = middle + 1,
                _ => high = middle,
            }
        }
        let start = low.saturating_sub(1) * BLOCK;
        self.from(start)
            .find(|(_, other)| *other >= key)
            .map_or(self.rows, |(ordinal, _)| ordinal)
    }

    /// The ordinals and keys from an ordinal on.
    pub fn from(&self, ordinal: usize) -> impl Iterator<Item = (usize, u64)> + use<'a> {
        let view = *self;
        let start = ordinal / BLOCK * BLOCK;
        let mut at = 0usize;
        let mut key = 0u64;
        (start..view.rows)
            .map_while(move |row| {
                if row % BLOCK == 0 {
                    at = view.block_offset(row / BLOCK)?;
                    key = u64_at(view.bytes, at)?;
                    at += 8;
                } else {
                    let head = u8_at(view.bytes, at)?;
                    at += 1;
                    let (shared, new) = (usize::from(head >> 4), usize::from(head & 15));
                    if shared + new > KEY_CHARS {
                        return None;
                    }
                    let kept = 6 * (KEY_CHARS - shared) as u32;
                    key = key >> kept << kept;
                    for place in shared..shared + new {
                        let value = u64::from(u8_at(view.bytes, at)? & 0x3F);
                        at += 1;
                        key |= value << (6 * (KEY_CHARS - 1 - place) as u32);
                    }
                }
                Some((row, key))
            })
            .skip(ordinal - start)
    }

    fn block_offset(&self, block: usize) -> Option<usize> {
        Some(u32_at(self.bytes, block.checked_mul(4)?)? as usize)
    }

    fn block_first(&self, block: usize) -> Option<u64> {
        u64_at(self.bytes, self.block_offset(block)?)
    }
}
