//! Words to entries: which titles have a word.

use super::section;
use superbill_table::{TableError, u32_at};

/// The words of all titles in order, each with the entries whose title has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexicon<'a> {
    words: &'a [u8],
    text: &'a [u8],
    postings: &'a [u8],
}

/// An entry whose title has a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) entry: u32,
    /// Whether the title has it as a nonessential modifier only.
    pub(crate) nonessential: bool,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn new(words: &'a [u8], text: &'a [u8], postings: &'a [u8]) -> Option<Self> {
        words.len().is_multiple_of(8).then_some(Self { words, text, postings })
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len() / 8
    }

    /// The ends of a word's letters and of its list.
    fn ends(&self, row: usize) -> Option<(usize, usize)> {
        let at = row.checked_mul(8)?;
        Some((u32_at(self.words, at)? as usize, u32_at(self.words, at + 4)? as usize))
    }

    fn starts(&self, row: usize) -> Option<(usize, usize)> {
        row.checked_sub(1).map_or(Some((0, 0)), |before| self.ends(before))
    }

    fn word(&self, row: usize) -> Option<&'a [u8]> {
        self.text.get(self.starts(row)?.0..self.ends(row)?.0)
    }

    /// The row of a word.
    pub(crate) fn find(&self, stem: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.word(middle)?.cmp(stem.as_bytes()) {
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Equal => return Some(middle),
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The bytes of a word's list: how common it is.
    pub(crate) fn list_bytes(&self, row: usize) -> usize {
        match (self.starts(row), self.ends(row)) {
            (Some((_, start)), Some((_, end))) => end.saturating_sub(start),
            _ => 0,
        }
    }

    /// The entries of a word, ascending.
    pub(crate) fn postings(&self, row: usize) -> impl Iterator<Item = Posting> + use<'a> {
        let bytes = match (self.starts(row), self.ends(row)) {
            (Some((_, start)), Some((_, end))) => self.postings.get(start..end),
            _ => None,
        };
        let mut bytes = bytes.unwrap_or_default().iter();
        let mut value = 0u64;
        core::iter::from_fn(move || {
            let mut difference = 0u64;
            for shift in [0u32, 7, 14, 21, 28] {
                let byte = *bytes.next()?;
                difference |= u64::from(byte & 0x7F) << shift;
                if byte < 0x80 {
                    value += difference;
                    let entry = u32::try_from(value >> 1).ok()?;
                    return Some(Posting { entry, nonessential: value & 1 == 1 });
                }
            }
            None
        })
    }

    /// Words ascend, lists ascend and name entries.
    pub(crate) fn verify(&self, entries: u32) -> Result<(), TableError> {
        let wrong = |name: superbill_table::SectionName, row: usize| {
            Err(TableError::Content { name: name.as_str(), row: row as u64 })
        };
        let mut before: &[u8] = &[];
        let mut end = (0, 0);
        for row in 0..self.len() {
            let Some(word) = self.word(row).filter(|word| *word > before && core::str::from_utf8(word).is_ok()) else {
                return wrong(section::WORDS, row);
            };
            before = word;
            let Some(ends) = self.ends(row).filter(|ends| ends.1 > end.1 && ends.1 <= self.postings.len()) else {
                return wrong(section::WORDS, row);
            };
            end = ends;
            let mut last = None;
            for posting in self.postings(row) {
                if posting.entry >= entries || last.is_some_and(|last| last >= posting.entry) {
                    return wrong(section::POSTINGS, row);
                }
                last = Some(posting.entry);
            }
            if last.is_none() {
                return wrong(section::POSTINGS, row);
            }
        }
        if end != (self.text.len(), self.postings.len()) { wrong(section::WORD_TEXT, self.len()) } else { Ok(()) }
    }
}
