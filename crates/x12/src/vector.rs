//! The structural index with vectors of 32 bytes, where the processor has them (AVX2).
//!
//! This is the one module of the workspace that may hold `unsafe`, and it holds one: the call of a function that is
//! compiled for a processor found at run time. Its body is safe code: vectors are built from bytes, not loaded through
//! pointers, and marks are written through slices. Its twin is [`structural::piece`](crate::structural::piece); that
//! both give the same marks is a property test and a fuzz target.

use crate::Delimiters;

/// Writes the places of the delimiters of a piece as [`structural::piece`](crate::structural::piece) does; `None` where
/// the processor cannot.
#[inline]
pub(crate) fn piece(bytes: &[u8], base: u32, delimiters: &Delimiters, marks: &mut [u32]) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has the features that the function is compiled for.
        return Some(unsafe { x86_64::piece(bytes, base, delimiters, marks) });
    }
    let _ = (bytes, base, delimiters, marks);
    None
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use crate::Delimiters;
    use crate::structural::{self, CHUNK};
    use core::arch::x86_64::{
        __m256i, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set_epi64x, _mm256_set1_epi8,
    };

    #[target_feature(enable = "avx2,bmi1,popcnt")]
    pub(super) fn piece(bytes: &[u8], base: u32, delimiters: &Delimiters, marks: &mut [u32]) -> usize {
        let Delimiters { element, component, segment, repetition } = *delimiters;
        let needles = [
            _mm256_set1_epi8(element.cast_signed()),
            _mm256_set1_epi8(component.cast_signed()),
            _mm256_set1_epi8(segment.cast_signed()),
            _mm256_set1_epi8(repetition.unwrap_or(element).cast_signed()),
        ];
        let (chunks, rest) = bytes.as_chunks::<CHUNK>();
        let mut len = 0;
        let mut place = base;
        for chunk in chunks {
            let Some(slots) = marks.get_mut(len..).and_then(<[u32]>::first_chunk_mut::<CHUNK>) else {
                return len;
            };
            let ([low, high], _) = chunk.as_chunks::<32>() else {
                return len;
            };
            let mut bits = u64::from(mask(low, needles)) | (u64::from(mask(high, needles)) << 32);
            let count = bits.count_ones() as usize;
            // Eight at a time, so that how many there are is guessed right as often as possible; what is written too
            // much is written over.
            let (eights, _) = slots.as_chunks_mut::<8>();
            for (eight, from) in eights.iter_mut().zip((0..).step_by(8)) {
                if from >= count {
                    break;
                }
                for slot in eight {
                    *slot = place.wrapping_add(bits.trailing_zeros());
                    bits &= bits.wrapping_sub(1);
                }
            }
            len += count;
            place = place.wrapping_add(64);
        }
        let free = marks.get_mut(len..).unwrap_or_default();
        len + structural::piece(rest, place, delimiters, free)
    }

    /// A bit for each byte that is one of the needles.
    #[target_feature(enable = "avx2,bmi1,popcnt")]
    #[inline]
    fn mask(bytes: &[u8; 32], [a, b, c, d]: [__m256i; 4]) -> u32 {
        let bytes = load(bytes);
        let ab = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, a), _mm256_cmpeq_epi8(bytes, b));
        let cd = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, c), _mm256_cmpeq_epi8(bytes, d));
        _mm256_movemask_epi8(_mm256_or_si256(ab, cd)).cast_unsigned()
    }

    /// The compiler makes one load of it.
    #[target_feature(enable = "avx2,bmi1,popcnt")]
    #[inline]
    fn load(bytes: &[u8; 32]) -> __m256i {
        let mut words = [0i64; 4];
        let (eights, _) = bytes.as_chunks::<8>();
        for (word, eight) in words.iter_mut().zip(eights) {
            *word = i64::from_le_bytes(*eight);
        }
        let [a, b, c, d] = words;
        _mm256_set_epi64x(d, c, b, a)
    }
}
