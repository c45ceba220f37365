use super::WriteError;
use crate::map::{KEY_BITS, LEAST_SLOT_BITS, SPREAD, Shape};

/// The sections of a [`PackedMap`](crate::PackedMap).
#[derive(Debug, Clone)]
pub struct MapWriter {
    /// Slots, 4 bytes each.
    pub slots: Vec<u8>,
    /// The ordinal of each slot, 4 bytes each.
    pub ordinals: Vec<u8>,
    /// Pilots, 1 byte each.
    pub pilots: Vec<u8>,
    /// Multiplier and sizes.
    pub parameters: Vec<u8>,
}

impl MapWriter {
    /// Maps ascending keys to their classes and places.
    ///
    /// # Errors
    /// [`WriteError::Key`] where keys do not ascend or leave the range, [`WriteError::Class`] where a class needs more bits than the
    /// map's size leaves or is missing, [`WriteError::TooMuch`] for too many keys.
    pub fn build(keys: &[u64], classes: &[u32]) -> Result<Self, WriteError> {
        let mut before = 0;
        for (row, key) in keys.iter().enumerate() {
            if *key <= before || key >> KEY_BITS != 0 {
                return Err(WriteError::Key { row });
            }
            before = *key;
        }
        if keys.len() != classes.len() {
            return Err(WriteError::Class { row: classes.len().min(keys.len()) });
        }
        // At most five slots of six are filled, so that pilots of one byte suffice, but for some large maps: those get twice the slots.
        let least = (keys.len() * 6 / 5).next_power_of_two().trailing_zeros().max(LEAST_SLOT_BITS);
        // Each doubling leaves a bit more for classes.
        let mut too_large = None;
        for slot_bits in least..=least + 3 {
            let mut multiplier = SPREAD;
            for _ in 0..64 {
                let shape = Shape::new(multiplier, slot_bits - 2, slot_bits).ok_or(WriteError::TooMuch)?;
                let fits = |class: &u32| u64::from(*class) + 1 < 1 << shape.class_bits();
                if let Some(row) = classes.iter().position(|class| !fits(class)) {
                    too_large = Some(row);
                    break;
                }
                if let Some(written) = displace(keys, classes, shape, multiplier, slot_bits) {
                    return Ok(written);
                }
                multiplier = multiplier.wrapping_mul(SPREAD).rotate_left(23) | 1;
            }
        }
        Err(too_large.map_or(WriteError::Pilots, |row| WriteError::Class { row }))
    }
}

/// A place for every key, or `None` where a bucket finds none.
fn displace(keys: &[u64], classes: &[u32], shape: Shape, multiplier: u64, slot_bits: u32) -> Option<MapWriter> {
    let bucket_bits = slot_bits - 2;
    let mut buckets = vec![Vec::new(); 1 << bucket_bits];
    for (ordinal, (key, class)) in keys.iter().zip(classes).enumerate() {
        let spread = shape.spread(*key);
        let entry = spread.tag << shape.class_bits() | (class + 1);
        buckets.get_mut(spread.bucket)?.push((spread.own, entry, u32::try_from(ordinal).ok()?));
    }
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    // The fullest first; a stable sort, so that the bytes are always the same.
    order.sort_by_key(|bucket| core::cmp::Reverse(buckets.get(*bucket).map_or(0, Vec::len)));
    let mut slots = vec![0u32; 1 << slot_bits];
    let mut ordinals = vec![0u32; 1 << slot_bits];
    let mut pilots = vec![0u8; 1 << bucket_bits];
    for bucket in order {
        let entries = buckets.get(bucket)?;
        let pilot = (0..=u8::MAX).find(|pilot| {
            let mut taken = Vec::with_capacity(entries.len());
            entries.iter().all(|(own, ..)| {
                let at = shape.place(*own, *pilot);
                let free = slots.get(at) == Some(&0) && !taken.contains(&at);
                taken.push(at);
                free
            })
        })?;
        *pilots.get_mut(bucket)? = pilot;
        for (own, entry, ordinal) in entries {
            let at = shape.place(*own, pilot);
            *slots.get_mut(at)? = *entry;
            *ordinals.get_mut(at)? = *ordinal;
        }
    }
    let parameters = [&multiplier.to_le_bytes()[..], &bucket_bits.to_le_bytes(), &slot_bits.to_le_bytes()].concat();
    let bytes = |numbers: Vec<u32>| numbers.into_iter().flat_map(u32::to_le_bytes).collect();
    Some(MapWriter { slots: bytes(slots), ordinals: bytes(ordinals), pilots, parameters })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ascend_within_42_bits() {
        for (keys, row) in [(&[0][..], 0), (&[1, 1], 1), (&[2, 1], 1), (&[1 << 42], 0), (&[5, 6, u64::MAX], 2)] {
            assert_eq!(MapWriter::build(keys, &vec![0; keys.len()]).err(), Some(WriteError::Key { row }), "{keys:?}");
        }
    }

    // Fourteen keys have sixteen slots and four buckets: now and then no pilots do.
    #[test]
    fn crowded_maps_are_written() {
        let mut state = 1u64;
        for round in 0..600 {
            let mut keys: Vec<u64> = (0..14)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 22).max(1)
                })
                .collect();
            keys.sort_unstable();
            assert!(MapWriter::build(&keys, &vec![0; keys.len()]).is_ok(), "round {round}");
        }
    }

    #[test]
    fn a_class_leaves_room_for_the_key() {
        // 15 bits of slots, the most for two keys, leave 5 for the class, one value of which says that a slot is empty.
        for (classes, row) in [(&[0, 31][..], 1), (&[32, 0], 0), (&[0, u32::MAX], 1), (&[0], 1), (&[0, 0, 0], 2)] {
            assert_eq!(MapWriter::build(&[5, 6], classes).err(), Some(WriteError::Class { row }), "{classes:?}");
        }
        let sizes = [2, 6, 14, 30].map(|class| MapWriter::build(&[5, 6], &[class, 0]).map(|map| map.slots.len() / 4));
        assert_eq!(sizes, [Ok(1 << 12), Ok(1 << 13), Ok(1 << 14), Ok(1 << 15)], "more classes, more slots");
    }
}
