//! The container: header, directory, sections.

use crate::bytes::{u32_at, u64_at};
use crate::error::TableError;

/// First bytes of every table.
pub(crate) const MAGIC: [u8; 8] = *b"SUPERBIL";
/// The format that this version writes and reads.
pub const FORMAT_VERSION: u32 = 1;
/// Bytes of the header.
pub(crate) const HEADER: usize = 64;
/// Bytes of a directory entry: name 16, offset 8, length 8, rows 8, checksum 8.
pub(crate) const ENTRY: usize = 48;

/// A name of up to 16 ASCII characters, of a section or a kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionName(&'static str);

impl SectionName {
    /// A name; characters past the sixteenth do not count.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    pub(crate) const fn words(self) -> (u64, u64) {
        let mut words = [0u64; 2];
        let mut rest = self.0.as_bytes();
        let mut at = 0u32;
        while let Some((byte, tail)) = rest.split_first() {
            let bits = (*byte as u64) << (8 * (at % 8));
            if at < 8 {
                words[0] |= bits;
            } else if at < 16 {
                words[1] |= bits;
            }
            at += 1;
            rest = tail;
        }
        (words[0], words[1])
    }
}

/// A table over bytes.
///
/// Layout, little-endian: magic 8, format 4, sections 4, kind 16, length of all 8, checksum of the directory 8, zero 16;
/// then the directory; then the sections, each at a multiple of 64.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    bytes: &'a [u8],
    sections: u32,
}

impl<'a> Table<'a> {
    /// Opens a table of a kind. Only the header and the directory are looked at.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no table of this kind or a section lies outside them.
    pub const fn open(bytes: &'a [u8], kind: SectionName) -> Result<Self, TableError> {
        Self::open_kind(bytes, kind.words())
    }

    /// Opens a table of whatever kind it says it is of.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no table or a section lies outside them.
    pub const fn open_any(bytes: &'a [u8]) -> Result<Self, TableError> {
        match (u64_at(bytes, 16), u64_at(bytes, 24)) {
            (Some(low), Some(high)) => Self::open_kind(bytes, (low, high)),
            _ => Err(TableError::Short { need: HEADER as u64, have: bytes.len() as u64 }),
        }
    }

    pub(crate) const fn open_kind(bytes: &'a [u8], kind: (u64, u64)) -> Result<Self, TableError> {
        let short = TableError::Short { need: HEADER as u64, have: bytes.len() as u64 };
        let (Some(magic), Some(version), Some(sections), Some(kind_low), Some(kind_high), Some(length)) = (
            u64_at(bytes, 0),
            u32_at(bytes, 8),
            u32_at(bytes, 12),
            u64_at(bytes, 16),
            u64_at(bytes, 24),
            u64_at(bytes, 32),
        ) else {
            return Err(short);
        };
        if magic != u64::from_le_bytes(MAGIC) {
            return Err(TableError::Magic);
        }
        if version != FORMAT_VERSION {
            return Err(TableError::Version { found: version, known: FORMAT_VERSION });
        }
        if kind_low != kind.0 || kind_high != kind.1 {
            return Err(TableError::Kind);
        }
        let directory = HEADER as u64 + sections as u64 * ENTRY as u64;
        let need = if length > directory { length } else { directory };
        if (bytes.len() as u64) < need {
            return Err(TableError::Short { need, have: bytes.len() as u64 });
        }
        let table = Self { bytes, sections };
        let mut index = 0;
        while index < sections {
            match table.entry(index) {
                Some(entry) if table.slice(entry.offset, entry.length).is_some() => {}
                _ => return Err(TableError::Bounds { index }),
            }
            index += 1;
        }
        Ok(table)
    }

    /// The name of the kind that a table says it is of; `None` where the bytes are no table.
    #[must_use]
    pub fn kind_of(bytes: &[u8]) -> Option<String> {
        if u64_at(bytes, 0)? != u64::from_le_bytes(MAGIC) {
            return None;
        }
        let name = bytes.get(16..32)?.iter().take_while(|byte| **byte != 0);
        Some(name.map(|byte| char::from(*byte)).collect())
    }

    /// The bytes and the number of rows of a section.
    #[must_use]
    pub const fn section(&self, name: SectionName) -> Option<(&'a [u8], usize)> {
        let wanted = name.words();
        let mut index = 0;
        while index < self.sections {
            if let Some(entry) = self.entry(index)
                && entry.name.0 == wanted.0
                && entry.name.1 == wanted.1
            {
                return match self.slice(entry.offset, entry.length) {
                    Some(bytes) => Some((bytes, entry.rows as usize)),
                    None => None,
                };
            }
            index += 1;
        }
        None
    }

    /// The names, rows and bytes of all sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = (String, u64, &'a [u8])> {
        let table = *self;
        (0..self.sections).filter_map(move |index| {
            let entry = table.entry(index)?;
            let name = [entry.name.0.to_le_bytes(), entry.name.1.to_le_bytes()].concat();
            let name = name.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
            Some((name, entry.rows, table.slice(entry.offset, entry.length)?))
        })
    }

    /// Checks the directory and every section against its checksum. For tables from outside; reading needs it not.
    ///
    /// # Errors
    /// [`TableError::Checksum`] with the first section that is damaged; the directory counts as section 4294967295.
    pub fn verify(&self) -> Result<(), TableError> {
        let directory = self.slice(HEADER as u64, u64::from(self.sections) * ENTRY as u64);
        if directory.map(checksum) != u64_at(self.bytes, 40) {
            return Err(TableError::Checksum { index: u32::MAX });
        }
        for index in 0..self.sections {
            let entry = self.entry(index).ok_or(TableError::Bounds { index })?;
            let bytes = self.slice(entry.offset, entry.length).ok_or(TableError::Bounds { index })?;
            if checksum(bytes) != entry.checksum {
                return Err(TableError::Checksum { index });
            }
        }
        Ok(())
    }

    const fn slice(&self, offset: u64, length: u64) -> Option<&'a [u8]> {
        if offset > self.bytes.len() as u64 {
            return None;
        }
        match self.bytes.split_at_checked(offset as usize) {
            Some((_, rest)) if length <= rest.len() as u64 => match rest.split_at_checked(length as usize) {
                Some((bytes, _)) => Some(bytes),
                None => None,
            },
            _ => None,
        }
    }

    const fn entry(&self, index: u32) -> Option<Entry> {
        let at = HEADER + index as usize * ENTRY;
        match (
            u64_at(self.bytes, at),
            u64_at(self.bytes, at + 8),
            u64_at(self.bytes, at + 16),
            u64_at(self.bytes, at + 24),
            u64_at(self.bytes, at + 32),
            u64_at(self.bytes, at + 40),
        ) {
            (Some(low), Some(high), Some(offset), Some(length), Some(rows), Some(checksum)) => {
                Some(Entry { name: (low, high), offset, length, rows, checksum })
            }
            _ => None,
        }
    }
}

struct Entry {
    name: (u64, u64),
    offset: u64,
    length: u64,
    rows: u64,
    checksum: u64,
}

/// A checksum against damage, not against intent: multiply and rotate over words.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = PRIME ^ bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = (state ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME).rotate_left(29);
    }
    for byte in rest {
        state = (state ^ u64::from(*byte)).wrapping_mul(PRIME).rotate_left(29);
    }
    state ^ state >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TableWriter;

    const KIND: SectionName = SectionName::new("test");
    const FIRST: SectionName = SectionName::new("first");
    const SECOND: SectionName = SectionName::new("second");

    fn table() -> Vec<u8> {
        let mut writer = TableWriter::new(KIND);
        writer.section(FIRST, 3, vec![1, 2, 3]);
        writer.section(SECOND, 0, Vec::new());
        writer.finish().unwrap()
    }

    fn with(at: usize, new: &[u8]) -> Vec<u8> {
        let mut bytes = table();
        bytes[at..at + new.len()].copy_from_slice(new);
        bytes
    }

    #[test]
    fn sections_are_found_by_name_and_listed_in_order() {
        let bytes = table();
        let table = Table::open(&bytes, KIND).unwrap();
        assert_eq!(table.section(FIRST), Some((&[1, 2, 3][..], 3)));
        assert_eq!(table.section(SECOND), Some((&[][..], 0)));
        assert_eq!(table.section(SectionName::new("third")), None);
        assert_eq!(table.section(SectionName::new("")), None);
        let listed: Vec<_> = table.sections().collect();
        assert_eq!(listed, [("first".to_owned(), 3, &[1, 2, 3][..]), ("second".to_owned(), 0, &[][..])]);
        assert_eq!(table.verify(), Ok(()));
    }

    #[test]
    fn sections_stand_at_multiples_of_64() {
        let mut writer = TableWriter::new(KIND);
        for (name, size) in [("a", 1), ("b", 64), ("c", 65), ("d", 0), ("e", 7)] {
            writer.section(SectionName::new(name), size, vec![7; size]);
        }
        let bytes = writer.finish().unwrap();
        assert!(bytes.len().is_multiple_of(64));
        for (name, _, section) in Table::open(&bytes, KIND).unwrap().sections() {
            assert_eq!((section.as_ptr() as usize - bytes.as_ptr() as usize) % 64, 0, "{name}");
        }
    }

    #[test]
    fn what_is_no_table_of_the_kind_is_not_opened() {
        let whole = table().len() as u64;
        for (bytes, error) in [
            (Vec::new(), TableError::Short { need: 64, have: 0 }),
            (table()[..39].to_vec(), TableError::Short { need: 64, have: 39 }),
            (table()[..64].to_vec(), TableError::Short { need: whole, have: 64 }),
            (table()[..table().len() - 1].to_vec(), TableError::Short { need: whole, have: whole - 1 }),
            (with(0, b"s"), TableError::Magic),
            (with(8, &[2]), TableError::Version { found: 2, known: FORMAT_VERSION }),
            (with(16, b"T"), TableError::Kind),
            (with(31, b"T"), TableError::Kind),
            // The second section's offset and the first one's length.
            (with(HEADER + ENTRY + 16, &u64::MAX.to_le_bytes()), TableError::Bounds { index: 1 }),
            (with(HEADER + 24, &u64::MAX.to_le_bytes()), TableError::Bounds { index: 0 }),
            (with(12, &u32::MAX.to_le_bytes()), TableError::Short { need: 64 + 48 * u64::from(u32::MAX), have: whole }),
        ] {
            assert_eq!(Table::open(&bytes, KIND).err(), Some(error));
        }
    }

    #[test]
    fn more_bytes_behind_a_table_do_no_harm() {
        let mut bytes = table();
        bytes.extend([9; 5]);
        let table = Table::open(&bytes, KIND).unwrap();
        assert_eq!(table.verify(), Ok(()));
        assert_eq!(table.section(FIRST), Some((&[1, 2, 3][..], 3)));
    }

    #[test]
    fn verify_names_what_is_damaged() {
        let bytes = table();
        let first = bytes.len() - 64;
        for (at, index) in
            [(first, 0), (first + 2, 0), (HEADER + 32, u32::MAX), (HEADER + ENTRY + 40, u32::MAX), (40, u32::MAX)]
        {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x10;
            let damaged = Table::open(&bytes, KIND).unwrap();
            assert_eq!(damaged.verify(), Err(TableError::Checksum { index }), "byte {at}");
        }
    }

    #[test]
    fn a_name_has_sixteen_characters() {
        assert_eq!(SectionName::new("").words(), (0, 0));
        assert_eq!(SectionName::new("ab").words(), (0x6261, 0));
        assert_eq!(SectionName::new("12345678a").words(), (u64::from_le_bytes(*b"12345678"), 0x61));
        let longest = SectionName::new("0123456789abcdef");
        assert_eq!(longest.words(), SectionName::new("0123456789abcdefghi").words());
        assert_ne!(longest.words(), SectionName::new("0123456789abcde").words());
    }

    #[test]
    fn the_checksum_tells_length_and_every_bit() {
        let bytes: Vec<u8> = (0..29).collect();
        assert_ne!(checksum(&[]), checksum(&[0]));
        assert_ne!(checksum(&[0; 8]), checksum(&[0; 16]));
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut other = bytes.clone();
                other[at] ^= 1 << bit;
                assert_ne!(checksum(&bytes), checksum(&other), "byte {at} bit {bit}");
            }
        }
    }
}
