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
}
