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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_little_endian_and_end_with_the_bytes() {
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        assert_eq!(u8_at(&bytes, 8), Some(9));
        assert_eq!(u8_at(&bytes, 9), None);
        assert_eq!(u16_at(&bytes, 7), Some(0x0908));
        assert_eq!(u16_at(&bytes, 8), None);
        assert_eq!(u32_at(&bytes, 5), Some(0x0908_0706));
        assert_eq!(u32_at(&bytes, 6), None);
        assert_eq!(u64_at(&bytes, 1), Some(0x0908_0706_0504_0302));
        assert_eq!(u64_at(&bytes, 2), None);
        for at in [10, usize::MAX - 7, usize::MAX] {
            assert_eq!((u8_at(&bytes, at), u64_at(&bytes, at)), (None, None));
        }
    }

    #[test]
    fn the_width_of_a_byte_view_follows_from_its_size() {
        let bytes = [1, 2, 3, 4, 5, 6];
        let narrow = ByteView::new(&bytes, 6).unwrap();
        assert_eq!(
            (0..7).map(|row| narrow.at(row)).collect::<Vec<_>>(),
            [1, 2, 3, 4, 5, 6].map(Some).into_iter().chain([None]).collect::<Vec<_>>()
        );
        let wide = ByteView::new(&bytes, 3).unwrap();
        assert_eq!(
            (0..4).map(|row| wide.at(row)).collect::<Vec<_>>(),
            [Some(0x0201), Some(0x0403), Some(0x0605), None]
        );
        assert_eq!((narrow.at(usize::MAX), wide.at(usize::MAX)), (None, None));
        for rows in [0, 1, 2, 4, 5, 7, 12, usize::MAX] {
            assert!(ByteView::new(&bytes, rows).is_none(), "{rows} rows");
        }
        assert!(ByteView::new(&bytes[..5], 2).is_none(), "an odd size is no two bytes a row");
        assert!(ByteView::new(&[], 0).is_some());
    }

    #[test]
    fn a_varint_has_at_most_four_bytes() {
        for (bytes, read) in [
            (&[0x00][..], Some((0, 1))),
            (&[0x7F], Some((127, 1))),
            (&[0x80, 0x01], Some((128, 2))),
            (&[0xFF, 0xFF, 0xFF, 0x7F], Some(((1 << 28) - 1, 4))),
            (&[0x80, 0x80, 0x80, 0x80, 0x00], None),
            (&[0x80], None),
            (&[], None),
        ] {
            assert_eq!(varint(bytes, 0), read, "{bytes:?}");
        }
        assert_eq!(varint(&[9, 5], 1), Some((5, 2)));
    }
}
