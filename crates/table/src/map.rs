//! From a key to its ordinal: hash and displace.

use crate::bytes::{u32_at, u64_at};

/// Bits that an ordinal has in a slot; the key stands above them.
pub(crate) const ORDINAL_BITS: u32 = 22;
/// The first seed that is tried: odd, with well-spread bits.
#[cfg(feature = "write")]
pub(crate) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A map from keys of up to 42 bits, zero excluded, to ordinals of up to 22 bits.
///
/// The key's hash names a bucket; the bucket's pilot byte, chosen when the table was written, sends each of its keys to a
/// slot of its own; the slot holds key and ordinal in one word. A miss costs the same as a hit. The second hash is ready before the
/// pilot is, so that only a shift and an exclusive or stand between the two memory accesses.
#[derive(Debug, Clone, Copy)]
pub struct PackedMap<'a> {
    slots: &'a [u8],
    pilots: &'a [u8],
    bucket_shift: u32,
    slot_shift: u32,
    seed: u64,
    second_seed: u64,
    slot_mask: usize,
}

impl<'a> PackedMap<'a> {
    /// A view over the sections of slots, of pilots and of parameters (seed 8, bucket bits 4, slot bits 4).
    #[must_use]
    pub const fn new(slots: &'a [u8], pilots: &'a [u8], parameters: &'a [u8]) -> Option<Self> {
        let (Some(seed), Some(bucket_bits), Some(slot_bits)) =
            (u64_at(parameters, 0), u32_at(parameters, 8), u32_at(parameters, 12))
        else {
            return None;
        };
        if bucket_bits == 0 || slot_bits == 0 || bucket_bits > 30 || slot_bits > 30 {
            return None;
        }
        if slots.len() != 8usize << slot_bits || pilots.len() != 1usize << bucket_bits {
            return None;
        }
        Some(Self {
            slots,
            pilots,
            bucket_shift: 64 - bucket_bits,
            slot_shift: 64 - slot_bits,
            seed,
            second_seed: second_seed(seed),
            slot_mask: (1 << slot_bits) - 1,
        })
    }

    /// The ordinal of a key.
    #[inline]
    #[must_use]
    pub fn ordinal(&self, key: u64) -> Option<u32> {
        let bucket = key.wrapping_mul(self.seed) >> (self.bucket_shift & 63);
        let pilot = *self.pilots.get(bucket as usize)?;
        let at = place(key.wrapping_mul(self.second_seed) >> (self.slot_shift & 63), pilot, self.slot_mask);
        let slot = u64_at(self.slots, at.wrapping_mul(8))?;
        (slot >> ORDINAL_BITS == key && key != 0).then_some((slot & ((1 << ORDINAL_BITS) - 1)) as u32)
    }
}

/// The seed of the second hash.
pub(crate) const fn second_seed(seed: u64) -> u64 {
    seed.rotate_left(31) ^ 0xD6E8_FEB8_6659_FD92 | 1
}

/// The slot of a key by its second hash and its bucket's pilot, whose bits stand at both ends of a slot's number.
#[inline]
pub(crate) const fn place(own: u64, pilot: u8, slot_mask: usize) -> usize {
    (own as usize ^ (pilot as usize).wrapping_mul(0x201)) & slot_mask
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MapWriter;

    #[test]
    fn keys_are_found_and_others_are_not() {
        let keys = [1, 2, 64, 1 << 41, (1 << 42) - 1];
        let written = MapWriter::build(&keys).unwrap();
        let map = PackedMap::new(&written.slots, &written.pilots, &written.parameters).unwrap();
        for (ordinal, key) in (0..).zip(keys) {
            assert_eq!(map.ordinal(key), Some(ordinal));
        }
        // Zero is the empty slot, and a key above 42 bits is not cut to one that is there.
        for key in [0, 3, 1 << 42, (1 << 42) + 1, u64::MAX] {
            assert_eq!(map.ordinal(key), None, "{key}");
        }
    }

    #[test]
    fn maps_are_written_whatever_their_size() {
        // The last sizes fill as many slots as a map ever does.
        for count in (0..=40).chain([53, 106, 213, 426, 853, 1706]) {
            let keys: Vec<u64> = (1..=count).map(|n| n * n).collect();
            let written = MapWriter::build(&keys).unwrap();
            let map = PackedMap::new(&written.slots, &written.pilots, &written.parameters).unwrap();
            assert!((0..).zip(&keys).all(|(ordinal, key)| map.ordinal(*key) == Some(ordinal)), "{count} keys");
            assert!(written.slots.len() as u64 / 8 >= count);
        }
    }

    #[test]
    fn sizes_must_fit_the_parameters() {
        let written = MapWriter::build(&[5, 6, 7]).unwrap();
        let (slots, pilots, parameters) = (&written.slots[..], &written.pilots[..], &written.parameters[..]);
        assert!(PackedMap::new(&slots[8..], pilots, parameters).is_none());
        assert!(PackedMap::new(slots, &pilots[1..], parameters).is_none());
        assert!(PackedMap::new(slots, pilots, &parameters[..15]).is_none());
        for (at, bits) in [(8, 0u32), (8, 31), (8, u32::MAX), (12, 0), (12, 31), (12, u32::MAX)] {
            let mut parameters = parameters.to_vec();
            parameters[at..at + 4].copy_from_slice(&bits.to_le_bytes());
            assert!(PackedMap::new(slots, pilots, &parameters).is_none(), "{bits} bits at {at}");
        }
    }
}
