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
        let short = TableError::Short {
            need: HEADER as u64,
            have: bytes.len() as u64,
        };
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
            return Err(TableError::Version {
                found: version,
                known: FORMAT_VERSION,
            });
        }
        let wanted = kind.words();
        if kind_low != wanted.0 || kind_high != wanted.1 {
            return Err(TableError::Kind);
        }
        let directory = HEADER as u64 + sections as u64 * ENTRY as u64;
        let need = if length > directory { length } else { directory };
        if (bytes.len() as u64) < need {
            return Err(TableError::Short {
                need,
                have: bytes.len() as u64,
            });
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
            let name = name
                .iter()
                .take_while(|byte| **byte != 0)
                .map(|byte| char::from(*byte))
                .collect();
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
            let bytes = self
                .slice(entry.offset, entry.length)
                .ok_or(TableError::Bounds { index })?;
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
            (Some(low), Some(high), Some(offset), Some(length), Some(rows), Some(checksum)) => Some(Entry {
                name: (low, high),
                offset,
                length,
                rows,
                checksum,
            }),
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
