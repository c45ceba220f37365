use super::WriteError;
use crate::keys::{BLOCK, KEY_CHARS};

/// The section of [`SortedKeys`](crate::SortedKeys).
#[derive(Debug, Clone)]
pub struct KeysWriter {
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl KeysWriter {
    /// Writes ascending keys.
    ///
    /// # Errors
    /// [`WriteError::Key`] where keys do not ascend or leave the range, [`WriteError::TooMuch`] for too many bytes.
    pub fn build(keys: &[u64]) -> Result<Self, WriteError> {
        let blocks = keys.len().div_ceil(BLOCK);
        let mut offsets = Vec::with_capacity((blocks + 1) * 4);
        let mut body = Vec::new();
        let base = (blocks + 1) * 4;
        let mut before = 0u64;
        for (row, &key) in keys.iter().enumerate() {
            if key <= before || key >> 42 != 0 {
                return Err(WriteError::Key { row });
            }
            if row % BLOCK == 0 {
                offsets.extend(u32::try_from(base + body.len()).map_err(|_| WriteError::TooMuch)?.to_le_bytes());
                body.extend(key.to_le_bytes());
            } else {
                let shared = (0..KEY_CHARS).take_while(|place| value(before, *place) == value(key, *place)).count();
                let end = (0..KEY_CHARS).rev().find(|place| value(key, *place) != 0).map_or(0, |place| place + 1);
                let new = end.saturating_sub(shared);
                body.push((shared as u8) << 4 | new as u8);
                body.extend((shared..shared + new).map(|place| value(key, place)));
            }
            before = key;
        }
        offsets.extend(u32::try_from(base + body.len()).map_err(|_| WriteError::TooMuch)?.to_le_bytes());
        offsets.extend(body);
        Ok(Self { bytes: offsets })
    }
}

fn value(key: u64, place: usize) -> u8 {
    (key >> (6 * (KEY_CHARS - 1 - place) as u32) & 0x3F) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ascend_within_42_bits() {
        for (keys, row) in [(&[0][..], 0), (&[1, 1], 1), (&[2, 1], 1), (&[1 << 42], 0), (&[5, 6, u64::MAX], 2)] {
            assert_eq!(KeysWriter::build(keys).err(), Some(WriteError::Key { row }), "{keys:?}");
        }
        assert!(KeysWriter::build(&[1, (1 << 42) - 1]).is_ok());
    }
}
