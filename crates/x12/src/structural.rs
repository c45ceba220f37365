//! The structural index: where the delimiters of a block of bytes are.

use crate::{Delimiters, X12Error, vector};
use core::fmt;

/// Bytes that are indexed between two looks at the room in the buffer.
const PIECE: usize = 4096;

/// The places of all delimiters of a block of bytes, in order. It keeps its buffer, so that the next block costs no
/// allocation.
///
/// ```
/// use superbill_x12::{Delimiters, StructuralIndex};
/// # fn main() -> Result<(), superbill_x12::X12Error> {
/// let mut index = StructuralIndex::new();
/// let marks = index.index(b"SV1*HC:G0108*100~", &Delimiters::default())?;
/// assert_eq!(marks, [3, 6, 12, 16]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct StructuralIndex {
    /// Longer than what is in use.
    buffer: Vec<u32>,
    len: usize,
}

impl StructuralIndex {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds every byte of the block that is one of the delimiters, counted from 0 at its start. What was in the index
    /// before is gone.
    ///
    /// # Errors
    /// [`X12Error::BlockTooLong`] for a block of 4 GiB or more.
    pub fn index(&mut self, block: &[u8], delimiters: &Delimiters) -> Result<&[u32], X12Error> {
        self.fill(block, delimiters, |bytes, base, delimiters, marks| {
            vector::piece(bytes, base, delimiters, marks).unwrap_or_else(|| piece(bytes, base, delimiters, marks))
        })
    }

    /// The places found in the last block.
    #[must_use]
    #[inline]
    pub fn marks(&self) -> &[u32] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    pub(crate) fn fill(
        &mut self,
        block: &[u8],
        delimiters: &Delimiters,
        mut piece: impl FnMut(&[u8], u32, &Delimiters, &mut [u32]) -> usize,
    ) -> Result<&[u32], X12Error> {
        if u32::try_from(block.len()).is_err() {
            return Err(X12Error::BlockTooLong { bytes: block.len() });
        }
        self.len = 0;
        let mut base = 0u32;
        for bytes in block.chunks(PIECE) {
            // As much room as there can be marks, and a chunk more, since chunks are written whole.
            let room = self.len + PIECE + CHUNK;
            if self.buffer.len() < room {
                let most = block.len() + PIECE + CHUNK;
                let more = room.max(most.min(self.buffer.len() * 2));
                self.buffer.reserve_exact(more - self.buffer.len());
                self.buffer.resize(more, 0);
            }
            let free = self.buffer.get_mut(self.len..).unwrap_or_default();
            self.len += piece(bytes, base, delimiters, free);
            base = base.saturating_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        }
        Ok(self.marks())
    }
}

/// Bytes that are looked at together.
pub(crate) const CHUNK: usize = 64;

/// Writes the places of the delimiters of a piece, counted from `base`, and says how many there are: by a table and
/// without a branch, since delimiters are too dense to be guessed. `marks` must have room for [`CHUNK`] more than
/// there are bytes.
pub(crate) fn piece(bytes: &[u8], base: u32, delimiters: &Delimiters, marks: &mut [u32]) -> usize {
    let mut table = [0u8; 256];
    let Delimiters { element, component, segment, repetition } = *delimiters;
    for byte in [Some(element), Some(component), Some(segment), repetition].into_iter().flatten() {
        if let Some(entry) = table.get_mut(usize::from(byte)) {
            *entry = 1;
        }
    }
    let is = |byte: u8| table.get(usize::from(byte)).copied().map_or(0, usize::from);
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    let mut len = 0;
    let mut place = base;
    for chunk in chunks {
        let Some(slots) = marks.get_mut(len..).and_then(<[u32]>::first_chunk_mut::<CHUNK>) else {
            return len;
        };
        let mut found = 0;
        for &byte in chunk {
            // Written always; what is no delimiter is written over.
            if let Some(slot) = slots.get_mut(found & (CHUNK - 1)) {
                *slot = place;
            }
            found += is(byte);
            place = place.wrapping_add(1);
        }
        len += found;
    }
    for &byte in rest {
        if let Some(slot) = marks.get_mut(len) {
            *slot = place;
        }
        len += is(byte);
        place = place.wrapping_add(1);
    }
    len
}

impl fmt::Debug for StructuralIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StructuralIndex").field("marks", &self.len).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_agrees_with_a_byte_by_byte_search() {
        let delimiters = Delimiters::default();
        let text = b"HI*ABK:E1165^ABF:I10~\r\nSV1*HC:G0108*100*UN*2***1~~~~****";
        let mut index = StructuralIndex::new();
        for length in [0, 1, 31, 32, 63, 64, 65, 1000, 4095, 4096, 4097, 10_000] {
            let block: Vec<u8> = text.iter().copied().cycle().take(length).collect();
            let naive: Vec<u32> =
                (0..).zip(&block).filter(|(_, byte)| delimiters.contains(**byte)).map(|(at, _)| at).collect();
            assert_eq!(index.index(&block, &delimiters), Ok(&naive[..]), "{length}");
            assert_eq!(index.fill(&block, &delimiters, piece), Ok(&naive[..]), "{length}, without vectors");
            assert_eq!(index.marks(), naive);
        }
    }
}
