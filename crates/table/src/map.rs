//! From a key to its ordinal: hash and displace.

use crate::bytes::{u32_at, u64_at};

/// Bits that an ordinal has in a slot; the key stands above them.
pub(crate) const ORDINAL_BITS: u32 = 22;
/// Multipliers of the two hashes: odd, with well-spread bits.
pub(crate) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
pub(crate) const DISPLACE: u64 = 0xD6E8_FEB8_6659_FD93;

/// A map from keys of up to 42 bits, zero excluded, to ordinals of up to 22 bits.
///
/// The key's hash names a bucket; the bucket's pilot byte, chosen when the table was written, sends each of its keys to a
/// slot of its own; the slot holds key and ordinal in one word. A miss costs the same as a hit.
#[derive(Debug, Clone, Copy)]
pub struct PackedMap<'a> {
    slots: &'a [u8],
    pilots: &'a [u8],
    bucket_shift: u32,
    slot_shift: u32,
    seed: u64,
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
        })
    }

    /// The ordinal of a key.
    #[inline]
    #[must_use]
    pub fn ordinal(&self, key: u64) -> Option<u32> {
        let hash = key.wrapping_mul(self.seed);
        let pilot = *self.pilots.get((hash >> (self.bucket_shift & 63)) as usize)?;
        let at = place(hash, pilot, self.slot_shift);
        let slot = u64_at(self.slots, at.wrapping_mul(8))?;
        (slot >> ORDINAL_BITS == key && key != 0).then_some((slot & ((1 << ORDINAL_BITS) - 1)) as u32)
    }
}

#[inline]
pub(crate) fn place(hash: u64, pilot: u8, slot_shift: u32) -> usize {
    let mixed = (hash ^ u64::from(pilot).wrapping_mul(DISPLACE)).wrapping_mul(SPREAD);
    ((mixed ^ mixed >> 32).wrapping_mul(DISPLACE) >> (slot_shift & 63)) as usize
}
