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
        self.from(start).find(|(_, other)| *other >= key).map_or(self.rows, |(ordinal, _)| ordinal)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeysWriter;

    #[test]
    fn the_first_key_of_a_block_stands_whole_and_the_others_share() {
        // A..=G as the seven characters of a key: 1 to 7; then G becomes 9, then F becomes 8 and G nothing.
        let key = |characters: [u64; 7]| characters.iter().fold(0, |key, value| key << 6 | value);
        let keys = [key([1, 2, 3, 4, 5, 6, 7]), key([1, 2, 3, 4, 5, 6, 9]), key([1, 2, 3, 4, 5, 8, 0])];
        let bytes = KeysWriter::build(&keys).unwrap().bytes;
        let mut expected = vec![8, 0, 0, 0, 20, 0, 0, 0];
        expected.extend(keys[0].to_le_bytes());
        expected.extend([0x61, 9, 0x51, 8]);
        assert_eq!(bytes, expected);
        let view = SortedKeys::new(&bytes, keys.len());
        assert_eq!(view.from(0).map(|(_, key)| key).collect::<Vec<_>>(), keys);
        assert_eq!(view.from(2).collect::<Vec<_>>(), [(2, keys[2])]);
    }

    #[test]
    fn no_keys_no_answers() {
        for view in [SortedKeys::new(&KeysWriter::build(&[]).unwrap().bytes, 0), SortedKeys::new(&[], 0)] {
            assert!(view.is_empty());
            assert_eq!((view.len(), view.key(0), view.lower_bound(0), view.lower_bound(u64::MAX)), (0, None, 0, 0));
        }
    }

    #[test]
    fn blocks_join_without_a_seam() {
        let keys: Vec<u64> = (1..=3 * BLOCK as u64 + 1).map(|n| n * 5).collect();
        let bytes = KeysWriter::build(&keys).unwrap().bytes;
        let view = SortedKeys::new(&bytes, keys.len());
        for row in [0, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK] {
            assert_eq!(view.key(row), Some(keys[row]));
            assert_eq!(view.lower_bound(keys[row]), row);
            assert_eq!(view.lower_bound(keys[row] - 1), row);
            assert_eq!(view.lower_bound(keys[row] + 1), row + 1);
        }
        assert_eq!((view.key(keys.len()), view.key(usize::MAX)), (None, None));
    }

    #[test]
    fn bad_bytes_end_the_keys() {
        // More shared and new characters than a key has.
        let mut bytes = KeysWriter::build(&[1, 2, 3]).unwrap().bytes;
        bytes[16] = 0x7F;
        let view = SortedKeys::new(&bytes, 3);
        assert_eq!(view.from(0).collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!(view.key(1), None);
        // More rows than there are bytes for.
        assert_eq!(SortedKeys::new(&bytes, usize::MAX).key(usize::MAX - 1), None);
        assert_eq!(SortedKeys::new(&[0xFF; 12], 9).from(0).count(), 0);
    }
}
