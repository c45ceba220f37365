//! From a code to its ordinal in a table of pairs, and back.
//!
//! Nearly every code has three digits between its first and its last character. What stands before the last one is a page of the first
//! character and a number below 1,000 in it; one word of 8 bytes says which last characters there are and how many codes stand before them.
//! So a code costs one access, near those of its neighbours. Other codes are searched for among all.

use crate::service_code::ServiceCode;
use superbill_table::{SectionName, Table, TableError};

/// The page of each first character, 1 byte each, or 255.
pub(crate) const PAGES: SectionName = SectionName::new("code-pages");
/// The words of each page, 8 bytes each: a bit for each last character, above them the ordinal of the first.
pub(crate) const WORDS: SectionName = SectionName::new("code-words");
/// The key of each ordinal, 4 bytes each, ascending.
pub(crate) const KEYS: SectionName = SectionName::new("code-keys");

/// Values of a character.
const CHARACTERS: usize = 36;
/// Words of a page.
const PAGE_WORDS: usize = 1000;
/// Where no code begins with a character.
#[cfg(feature = "import")]
const NO_PAGE: u8 = u8::MAX;

/// The codes of a table of pairs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PairCodes<'a> {
    pages: &'a [u8; CHARACTERS],
    words: &'a [[u8; 8]],
    keys: &'a [[u8; 4]],
}

impl<'a> PairCodes<'a> {
    /// # Errors
    /// [`TableError::Section`] where a section is missing or has the wrong size.
    pub(crate) fn open(table: &Table<'a>) -> Result<Self, TableError> {
        let wrong = |name: SectionName| TableError::Section { name: name.as_str() };
        let section = |name: SectionName| table.section(name).map(|(bytes, _)| bytes).ok_or(wrong(name));
        Ok(Self {
            pages: section(PAGES)?.try_into().map_err(|_| wrong(PAGES))?,
            words: section(WORDS)?.as_chunks().0,
            keys: section(KEYS)?.as_chunks().0,
        })
    }

    #[inline]
    pub(crate) fn ordinal(&self, code: ServiceCode) -> Option<u16> {
        let Some(place) = Place::of(code) else { return self.other_ordinal(code) };
        let page = *self.pages.get(place.first)?;
        // A page that is none lies behind all words.
        let word = self.words.get(usize::from(page) * PAGE_WORDS + place.number)?;
        let word = u64::from_le_bytes(*word);
        // The code's bit and what stands above it.
        let from = word.wrapping_shr(place.last);
        let below = (word ^ from.wrapping_shl(place.last)).count_ones();
        (from & 1 == 1).then_some(((word >> CHARACTERS) as u16).wrapping_add(below as u16))
    }

    /// The ordinal of a code with a letter between its first and its last character.
    #[cold]
    #[inline(never)]
    fn other_ordinal(&self, code: ServiceCode) -> Option<u16> {
        let found = self.keys.binary_search_by_key(&code.key(), |key| u64::from(u32::from_le_bytes(*key)));
        found.ok().and_then(|ordinal| u16::try_from(ordinal).ok())
    }

    pub(crate) fn code(&self, ordinal: u16) -> Option<ServiceCode> {
        let key = self.keys.get(usize::from(ordinal))?;
        ServiceCode::from_key(u64::from(u32::from_le_bytes(*key)))
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Checks that words and keys say the same.
    pub(crate) fn verify(&self) -> Result<(), TableError> {
        let (mut before, mut placed) = (0, 0);
        for (row, bytes) in (0u16..).zip(self.keys) {
            let key = u32::from_le_bytes(*bytes);
            let code = ServiceCode::from_key(u64::from(key));
            let sound = key > before && code.is_some_and(|code| self.ordinal(code) == Some(row));
            if !sound {
                return Err(TableError::Content { name: KEYS.as_str(), row: u64::from(row) });
            }
            placed += u32::from(code.is_some_and(|code| Place::of(code).is_some()));
            before = key;
        }
        let bits = |word: &[u8; 8]| (u64::from_le_bytes(*word) & ((1 << CHARACTERS) - 1)).count_ones();
        if self.words.iter().map(bits).sum::<u32>() != placed {
            return Err(TableError::Content { name: WORDS.as_str(), row: 0 });
        }
        Ok(())
    }
}

/// Where a code with three digits in its middle stands: first character, the number of the digits, last character.
struct Place {
    first: usize,
    number: usize,
    last: u32,
}

impl Place {
    #[inline]
    fn of(code: ServiceCode) -> Option<Self> {
        let [first, hundreds, tens, ones, last] = code.digits();
        // One comparison: six more than nine sets bit 4.
        if (hundreds.wrapping_add(6) | tens.wrapping_add(6) | ones.wrapping_add(6)) & 0x30 != 0 {
            return None;
        }
        let number = (usize::from(hundreds) * 10 + usize::from(tens)) * 10 + usize::from(ones);
        Some(Self { first: usize::from(first), number, last: u32::from(last) })
    }
}

/// Writes the sections of ascending codes, fewer than 65,536.
#[cfg(feature = "import")]
pub(crate) fn write(codes: &[ServiceCode], writer: &mut superbill_table::TableWriter) {
    let mut pages = [NO_PAGE; CHARACTERS];
    let mut words: Vec<u64> = Vec::new();
    for (ordinal, code) in (0u64..).zip(codes) {
        let Some(Place { first, number, last }) = Place::of(*code) else { continue };
        let Some(page) = pages.get_mut(first) else { continue };
        if *page == NO_PAGE {
            // INVARIANT: there are 36 pages at most.
            *page = (words.len() / PAGE_WORDS) as u8;
            words.resize(words.len() + PAGE_WORDS, 0);
        }
        if let Some(word) = words.get_mut(usize::from(*page) * PAGE_WORDS + number) {
            if *word == 0 {
                *word = ordinal << CHARACTERS;
            }
            *word |= 1 << last;
        }
    }
    writer.section(PAGES, pages.len(), pages.to_vec());
    writer.section(WORDS, words.len(), words.into_iter().flat_map(u64::to_le_bytes).collect());
    writer.section(KEYS, codes.len(), codes.iter().flat_map(|code| (code.key() as u32).to_le_bytes()).collect());
}

#[cfg(all(test, feature = "import"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use superbill_table::TableWriter;

    #[test]
    fn each_code_has_its_ordinal_and_no_other_code_has_one() {
        let codes: Vec<ServiceCode> = [
            "00000", "00009", "0000A", "00010", "0010Z", "09999", "0A000", "99999", "CCCCC", "Z000Z", "Z9999", "ZZZZZ",
        ]
        .map(|text| ServiceCode::parse(text).unwrap())
        .to_vec();
        let kind = SectionName::new("test");
        let mut writer = TableWriter::new(kind);
        write(&codes, &mut writer);
        let bytes = writer.finish().unwrap();
        let table = PairCodes::open(&Table::open(&bytes, kind).unwrap()).unwrap();
        assert_eq!((table.verify(), table.len()), (Ok(()), codes.len()));
        for (ordinal, code) in (0..).zip(&codes) {
            assert_eq!((table.ordinal(*code), table.code(ordinal)), (Some(ordinal), Some(*code)));
        }
        for text in ["00001", "0000B", "00011", "10000", "CCCCD", "C0000", "Z000Y", "ZZZZY"] {
            assert_eq!(table.ordinal(ServiceCode::parse(text).unwrap()), None, "{text}");
        }
    }
}
