//! Numbers out of bytes, checked, usable where constants are made.

macro_rules! number_at {
    ($name:ident, $number:ty, $size:literal, $doc:literal) => {
        #[doc = $doc]
        #[inline]
        #[must_use]
        pub const fn $name(bytes: &[u8], at: usize) -> Option<$number> {
            match bytes.split_at_checked(at) {
                Some((_, rest)) => match rest.first_chunk::<$size>() {
                    Some(chunk) => Some(<$number>::from_le_bytes(*chunk)),
                    None => None,
                },
                None => None,
            }
        }
    };
}

number_at!(u8_at, u8, 1, "The byte at an offset.");
number_at!(u16_at, u16, 2, "The little-endian 16-bit number at a byte offset.");
number_at!(u32_at, u32, 4, "The little-endian 32-bit number at a byte offset.");
number_at!(u64_at, u64, 8, "The little-endian 64-bit number at a byte offset.");

/// Numbers of one or two bytes by ordinal.
#[derive(Debug, Clone, Copy)]
pub struct ByteView<'a> {
    bytes: &'a [u8],
    wide: bool,
}

impl<'a> ByteView<'a> {
    /// A view of `rows` numbers; the width follows from the size. `None` where it is neither one nor two bytes a row.
    #[must_use]
    pub const fn new(bytes: &'a [u8], rows: usize) -> Option<Self> {
        if bytes.len() == rows {
            Some(Self { bytes, wide: false })
        } else if bytes.len() / 2 == rows && bytes.len().is_multiple_of(2) {
            Some(Self { bytes, wide: true })
        } else {
            None
        }
    }

    /// The number of a row.
    #[inline]
    #[must_use]
    pub fn at(&self, row: usize) -> Option<u16> {
        if self.wide {
            u16_at(self.bytes, row.checked_mul(2)?)
        } else {
            self.bytes.get(row).map(|byte| u16::from(*byte))
        }
    }
}

/// A number of seven bits a byte, lowest first, and the offset behind it.
pub(crate) fn varint(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut value = 0usize;
    for shift in [0u32, 7, 14, 21] {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= usize::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some((value, at));
        }
    }
    None
}
