//! Short texts as numbers, so that comparing two of them is one instruction.

use core::fmt;

/// A segment identifier of two or three characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SegmentId(u32);

impl SegmentId {
    /// The identifier before the first element separator; nothing that is longer.
    #[inline]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        match *bytes {
            [a, b] => Self(u32::from_le_bytes([a, b, 0, 0])),
            [a, b, c] => Self(u32::from_le_bytes([a, b, c, 0])),
            _ => Self(0),
        }
    }
}

/// A loop and a segment identifier in it, as one number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlaceName(u128);

impl PlaceName {
    /// The place; loops have at most ten characters, segments three.
    #[inline]
    pub(crate) const fn of(loop_id: &str, segment_id: &str) -> Self {
        let (loop_id, segment_id) = (loop_id.as_bytes(), segment_id.as_bytes());
        let mut packed = 0u128;
        let (mut rest, mut count) = (segment_id, 0);
        while let [byte, more @ ..] = rest
            && count < 5
        {
            packed = packed << 8 | *byte as u128;
            (rest, count) = (more, count + 1);
        }
        (rest, count) = (loop_id, 0);
        while let [byte, more @ ..] = rest
            && count < 10
        {
            packed = packed << 8 | *byte as u128;
            (rest, count) = (more, count + 1);
        }
        // The length of the loop keeps both apart.
        Self(packed << 8 | loop_id.len() as u128)
    }
}

/// A code of up to sixteen bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Packed(u128);

impl Packed {
    pub(crate) const EMPTY: Self = Self(0);

    /// The code; `None` for a text that is longer than any code.
    #[inline]
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        // The usual lengths first, without a copy of unknown length.
        Some(Self(match *bytes {
            [] => 0,
            [a] => u128::from(a),
            [a, b] => u128::from(u16::from_le_bytes([a, b])),
            [a, b, c] => u128::from(u32::from_le_bytes([a, b, c, 0])),
            _ if bytes.len() <= 16 => bytes.iter().rev().fold(0u128, |packed, byte| packed << 8 | u128::from(*byte)),
            _ => return None,
        }))
    }
}

impl fmt::Debug for PlaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlaceName")
    }
}

// What is packed may be text of a file: not shown.
impl fmt::Debug for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SegmentId")
    }
}

impl fmt::Debug for Packed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_equal_as_their_texts_are() {
        let texts: [&[u8]; 8] = [b"", b"A", b"AB", b"ABC", b"ABCD", b"ABK", b"005010X222A1", b"BA"];
        for one in texts {
            for other in texts {
                assert_eq!(Packed::of(one) == Packed::of(other), one == other);
            }
        }
        assert!(Packed::of(b"0123456789ABCDEFG").is_none());
        assert!(SegmentId::of(b"NM1") != SegmentId::of(b"NM") && SegmentId::of(b"NM1X") == SegmentId::of(b""));
    }

    #[test]
    fn places_are_equal_as_loop_and_segment_are() {
        let places =
            [("2300", "DTP"), ("2300", "HI"), ("2400", "DTP"), ("", "BPR"), ("2010AA", "N3"), ("2010A", "AN3")];
        for (a, one) in places.iter().enumerate() {
            for (b, other) in places.iter().enumerate() {
                assert_eq!(PlaceName::of(one.0, one.1) == PlaceName::of(other.0, other.1), a == b);
            }
        }
    }
}
