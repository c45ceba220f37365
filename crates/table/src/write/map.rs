use super::WriteError;
use crate::map::{ORDINAL_BITS, SPREAD, place, second_seed};

/// The three sections of a [`PackedMap`](crate::PackedMap).
#[derive(Debug, Clone)]
pub struct MapWriter {
    /// Slots, 8 bytes each.
    pub slots: Vec<u8>,
    /// Pilots, 1 byte each.
    pub pilots: Vec<u8>,
    /// Seed and sizes.
    pub parameters: Vec<u8>,
}

impl MapWriter {
    /// Maps ascending keys to their places.
    ///
    /// # Errors
    /// [`WriteError::Key`] where keys do not ascend or leave the range, [`WriteError::TooMuch`] for too many.
    pub fn build(keys: &[u64]) -> Result<Self, WriteError> {
        let mut before = 0;
        for (row, key) in keys.iter().enumerate() {
            if *key <= before || key >> 42 != 0 {
                return Err(WriteError::Key { row });
            }
            before = *key;
        }
        if keys.len() >> ORDINAL_BITS != 0 {
            return Err(WriteError::TooMuch);
        }
        // At most five slots of six are filled, so that pilots of one byte suffice, but for some large or very small maps:
        // those get twice the slots.
        let least = (keys.len() * 6 / 5).max(2).next_power_of_two().trailing_zeros().max(1);
        for slot_bits in [least, least + 1] {
            let bucket_bits = slot_bits.saturating_sub(2).max(1);
            let mut seed = SPREAD;
            for _ in 0..64 {
                if let Some((slots, pilots)) = displace(keys, seed, slot_bits, bucket_bits) {
                    let mut parameters = seed.to_le_bytes().to_vec();
                    parameters.extend(bucket_bits.to_le_bytes());
                    parameters.extend(slot_bits.to_le_bytes());
                    let slots = slots.into_iter().flat_map(u64::to_le_bytes).collect();
                    return Ok(Self { slots, pilots, parameters });
                }
                seed = seed.wrapping_mul(SPREAD).rotate_left(23) | 1;
            }
        }
        Err(WriteError::Pilots)
    }
}

fn displace(keys: &[u64], seed: u64, slot_bits: u32, bucket_bits: u32) -> Option<(Vec<u64>, Vec<u8>)> {
    let second = second_seed(seed);
    let slot_mask = (1 << slot_bits) - 1;
    let mut buckets = vec![Vec::new(); 1 << bucket_bits];
    for (ordinal, key) in keys.iter().enumerate() {
        let own = key.wrapping_mul(second) >> (64 - slot_bits);
        let bucket = key.wrapping_mul(seed) >> (64 - bucket_bits);
        buckets.get_mut(bucket as usize)?.push((own, key << ORDINAL_BITS | ordinal as u64));
    }
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    // The fullest first; a stable sort, so that the bytes are always the same.
    order.sort_by_key(|bucket| core::cmp::Reverse(buckets.get(*bucket).map_or(0, Vec::len)));
    let mut slots = vec![0u64; 1 << slot_bits];
    let mut pilots = vec![0u8; 1 << bucket_bits];
    for bucket in order {
        let entries = buckets.get(bucket)?;
        let pilot = (0..=u8::MAX).find(|pilot| {
            let mut taken = Vec::with_capacity(entries.len());
            entries.iter().all(|(own, _)| {
                let at = place(*own, *pilot, slot_mask);
                let free = slots.get(at) == Some(&0) && !taken.contains(&at);
                taken.push(at);
                free
            })
        })?;
        *pilots.get_mut(bucket)? = pilot;
        for (own, entry) in entries {
            *slots.get_mut(place(*own, pilot, slot_mask))? = *entry;
        }
    }
    Some((slots, pilots))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_ascend_within_42_bits() {
        for (keys, row) in [(&[0][..], 0), (&[1, 1], 1), (&[2, 1], 1), (&[1 << 42], 0), (&[5, 6, u64::MAX], 2)] {
            assert_eq!(MapWriter::build(keys).err(), Some(WriteError::Key { row }), "{keys:?}");
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
            assert!(MapWriter::build(&keys).is_ok(), "round {round}");
        }
    }

    #[test]
    fn no_ordinal_above_22_bits() {
        let keys: Vec<u64> = (1..=1 << ORDINAL_BITS).collect();
        assert_eq!(MapWriter::build(&keys).err(), Some(WriteError::TooMuch));
    }
}
