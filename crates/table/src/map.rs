//! From a key to its class and ordinal: hash and displace.

use crate::bytes::{u32_at, u64_at};

/// Bits of a key.
pub(crate) const KEY_BITS: u32 = 42;
/// Fewest bits of a slot's number: what a key has beyond them and what a class needs fit a slot of 32 bits.
pub(crate) const LEAST_SLOT_BITS: u32 = 12;
/// Most bits of a slot's number.
const MOST_SLOT_BITS: u32 = 26;
/// The first multiplier that is tried: odd, with well-spread bits.
#[cfg(feature = "write")]
pub(crate) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A map from keys of up to 42 bits, zero excluded, to a small class and to ordinals.
///
/// A multiplication spreads a key over 42 bits without losing any of it. The upper bits name a bucket; the bucket's pilot byte, chosen
/// when the table was written, sends each of its keys to a slot of its own. The slot of 4 bytes holds the bits of the spread key
/// that its own number and pilot do not tell, and the class; so nothing but the key itself is ever taken for it. What is asked most
/// goes into the class: then an answer costs two memory accesses, and the slots stay near the processor. Ordinals stand apart.
#[derive(Debug, Clone, Copy)]
pub struct PackedMap<'a> {
    slots: &'a [[u8; 4]],
    ordinals: &'a [[u8; 4]],
    pilots: &'a [u8],
    shape: Shape,
}

/// The multiplier of a map and what follows from its sizes, ready for use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    multiplier: u64,
    bucket_shift: u32,
    rest_bits: u32,
    rest_mask: u64,
    slot_mask: u64,
    class_bits: u32,
    class_mask: u32,
}

/// Where a key is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) bucket: usize,
    /// The slot's number before the pilot displaces it.
    pub(crate) own: usize,
    /// What the slot must hold above its class.
    pub(crate) tag: u32,
}

impl Shape {
    pub(crate) const fn new(multiplier: u64, bucket_bits: u32, slot_bits: u32) -> Option<Self> {
        let fits = multiplier % 2 == 1
            && bucket_bits >= 1
            && slot_bits >= LEAST_SLOT_BITS
            && slot_bits <= MOST_SLOT_BITS
            && bucket_bits <= slot_bits
            && bucket_bits + slot_bits <= KEY_BITS;
        if !fits {
            return None;
        }
        let rest_bits = KEY_BITS - bucket_bits - slot_bits;
        let class_bits = 32 - (KEY_BITS - slot_bits);
        Some(Self {
            multiplier,
            bucket_shift: 64 - bucket_bits,
            rest_bits,
            rest_mask: (1 << rest_bits) - 1,
            slot_mask: (1 << slot_bits) - 1,
            class_bits,
            class_mask: (1 << class_bits) - 1,
        })
    }

    /// Bits of the class in a slot.
    #[cfg(feature = "write")]
    pub(crate) const fn class_bits(self) -> u32 {
        self.class_bits
    }

    #[inline]
    pub(crate) const fn spread(self, key: u64) -> Spread {
        // INVARIANT: an odd factor is a permutation of the upper 42 bits, the lower 22 staying zero.
        let spread = (key << (64 - KEY_BITS)).wrapping_mul(self.multiplier);
        let bucket = spread.wrapping_shr(self.bucket_shift);
        let low = spread >> (64 - KEY_BITS);
        // The middle bits of a short key are poor; its bucket is not, and is known when the key is checked.
        let own = (low.wrapping_shr(self.rest_bits) ^ bucket.wrapping_mul(0x1_3C6F)) & self.slot_mask;
        let tag = bucket.wrapping_shl(self.rest_bits) | low & self.rest_mask;
        Spread { bucket: bucket as usize, own: own as usize, tag: tag as u32 }
    }

    /// The slot of a key by its bucket's pilot, whose bits stand at both ends of a slot's number.
    #[inline]
    pub(crate) const fn place(self, own: usize, pilot: u8) -> usize {
        own ^ ((pilot as usize).wrapping_mul(0x201) & self.slot_mask as usize)
    }
}

impl<'a> PackedMap<'a> {
    /// A view over the sections of slots (4 bytes each), of ordinals (4 bytes each), of pilots and of parameters (multiplier 8,
    /// bucket bits 4, slot bits 4).
    #[must_use]
    pub const fn new(slots: &'a [u8], ordinals: &'a [u8], pilots: &'a [u8], parameters: &'a [u8]) -> Option<Self> {
        let (Some(multiplier), Some(bucket_bits), Some(slot_bits)) =
            (u64_at(parameters, 0), u32_at(parameters, 8), u32_at(parameters, 12))
        else {
            return None;
        };
        let Some(shape) = Shape::new(multiplier, bucket_bits, slot_bits) else { return None };
        let size = 4usize << slot_bits;
        if slots.len() != size || ordinals.len() != size || pilots.len() != 1usize << bucket_bits {
            return None;
        }
        Some(Self { slots: slots.as_chunks().0, ordinals: ordinals.as_chunks().0, pilots, shape })
    }

    /// The slot of a key and its class, if the slot is the key's.
    #[inline]
    fn find(&self, key: u64) -> Option<(usize, u32)> {
        let spread = self.shape.spread(key);
        let pilot = *self.pilots.get(spread.bucket)?;
        let at = self.shape.place(spread.own, pilot);
        let slot = u32::from_le_bytes(*self.slots.get(at)?);
        // Where the tag is the key's, what is left is the class. Classes count from 1 there; an empty slot holds 0.
        let left = slot ^ spread.tag.wrapping_shl(self.shape.class_bits);
        let class = left.wrapping_sub(1);
        if class < self.shape.class_mask && key >> KEY_BITS == 0 { Some((at, class)) } else { None }
    }

    /// The class of a key.
    #[inline]
    #[must_use]
    pub fn class(&self, key: u64) -> Option<u32> {
        self.find(key).map(|(_, class)| class)
    }

    /// The ordinal of a key.
    #[inline]
    #[must_use]
    pub fn ordinal(&self, key: u64) -> Option<u32> {
        let (at, _) = self.find(key)?;
        self.ordinals.get(at).map(|bytes| u32::from_le_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MapWriter;

    fn written(keys: &[u64]) -> MapWriter {
        MapWriter::build(keys, &keys.iter().map(|key| (key % 3) as u32).collect::<Vec<_>>()).unwrap()
    }

    fn map(written: &MapWriter) -> PackedMap<'_> {
        PackedMap::new(&written.slots, &written.ordinals, &written.pilots, &written.parameters).unwrap()
    }

    #[test]
    fn keys_are_found_and_others_are_not() {
        let keys = [1, 2, 64, 1 << 41, (1 << 42) - 1];
        let written = written(&keys);
        let map = map(&written);
        for (ordinal, key) in (0..).zip(keys) {
            assert_eq!((map.ordinal(key), map.class(key)), (Some(ordinal), Some((key % 3) as u32)));
        }
        // Zero is no key, and a key above 42 bits is not cut to one that is there.
        for key in [0, 3, 1 << 42, (1 << 42) + 1, u64::MAX] {
            assert_eq!((map.ordinal(key), map.class(key)), (None, None), "{key}");
        }
    }

    /// Two keys never share bucket, slot and tag: what the slot does not hold, its number and the pilot tell.
    #[test]
    fn a_key_is_told_by_bucket_slot_and_tag() {
        let shape = Shape::new(SPREAD, 10, 12).unwrap();
        let mut seen = std::collections::BTreeMap::new();
        for key in (0..1 << 14).chain((0..1 << 14).map(|n| n << 28)).chain((0..1 << 14).map(|n: u64| (n * n) << 9)) {
            let spread = shape.spread(key);
            let other = seen.insert((spread.bucket, spread.own, spread.tag), key);
            assert!(other.is_none_or(|other| other == key), "{key} and {other:?}");
        }
    }

    #[test]
    fn maps_are_written_whatever_their_size() {
        // The last sizes fill as many slots as a map ever does.
        for count in (0..=40).chain([853, 1706, 3413, 6826]) {
            let keys: Vec<u64> = (1..=count).map(|n| n * n).collect();
            let written = written(&keys);
            let map = map(&written);
            assert!((0..).zip(&keys).all(|(ordinal, key)| map.ordinal(*key) == Some(ordinal)), "{count} keys");
            assert!(written.slots.len() as u64 / 4 >= count);
        }
    }

    #[test]
    fn sizes_must_fit_the_parameters() {
        let written = written(&[5, 6, 7]);
        let (slots, pilots, parameters) = (&written.slots[..], &written.pilots[..], &written.parameters[..]);
        assert!(PackedMap::new(slots, slots, pilots, parameters).is_some());
        assert!(PackedMap::new(&slots[4..], slots, pilots, parameters).is_none());
        assert!(PackedMap::new(slots, &slots[4..], pilots, parameters).is_none());
        assert!(PackedMap::new(slots, slots, &pilots[1..], parameters).is_none());
        assert!(PackedMap::new(slots, slots, pilots, &parameters[..15]).is_none());
        for (at, number) in [(0, 2u32), (8, 0), (8, 31), (8, u32::MAX), (12, 0), (12, 11), (12, 27), (12, u32::MAX)] {
            let mut parameters = parameters.to_vec();
            parameters[at..at + 4].copy_from_slice(&number.to_le_bytes());
            assert!(PackedMap::new(slots, slots, pilots, &parameters).is_none(), "{number} at {at}");
        }
    }
}
