//! The index: two doors, and its lists.

use super::abbreviations::Abbreviations;
use super::lists::{Rows, number_of};
use super::network::Network;
use super::normalise::{Word, stem};
use super::section as name;
use crate::code::Icd10CmCode;
use crate::section::TABLE_KIND;
use core::ops::Range;
use superbill_table::{SectionName, Table, TableError, u8_at, u16_at, u32_at};

/// What a node is like, in one byte.
pub(crate) mod flag {
    pub(crate) const UNSPECIFIED: u8 = 1;
    pub(crate) const OTHER: u8 = 2;
    pub(crate) const LEFT: u8 = 4;
    pub(crate) const RIGHT: u8 = 8;
    pub(crate) const BILATERAL: u8 = 16;
    pub(crate) const ELSEWHERE: u8 = 32;
    /// In the newest release of the index.
    #[cfg(feature = "import")]
    pub(crate) const NEWEST: u8 = 64;
    pub(crate) const WITHOUT: u8 = 128;
}

/// No node stands above.
pub(crate) const NO_PARENT: u16 = u16::MAX;

/// The search over titles, inclusion terms and what the notes of the tabular list call a code.
///
/// [`Icd10CmSearch::bundled`] is the index that comes with this crate; [`Icd10CmSearch::from_bytes`] opens another. Both cost nothing to
/// open: the index is read in place. A question begins with [`Icd10CmSearch::query`].
#[derive(Debug, Clone, Copy)]
pub struct Icd10CmSearch<'a> {
    pub(crate) nodes: &'a [[u8; 8]],
    pub(crate) shapes: &'a [[u8; 8]],
    pub(crate) titles: Rows<'a>,
    pub(crate) texts: Rows<'a>,
    pub(crate) text_shapes: &'a [[u8; 4]],
    pub(crate) words: &'a [u8],
    pub(crate) word_count: usize,
    pub(crate) lists: &'a [u8],
    pub(crate) rarities: &'a [u8],
    pub(crate) letters: &'a [[u8; 4]],
    pub(crate) by_title: &'a [[u8; 2]],
    pub(crate) by_text: &'a [[u8; 2]],
    pub(crate) pairs: &'a [[u8; 4]],
    pub(crate) grams: Grams<'a>,
    pub(crate) abbreviations: Abbreviations<'a>,
    pub(crate) network: Network<'a>,
    pub(crate) notes: u32,
    /// Average lengths of titles and of texts, in sixteenths.
    pub(crate) averages: [u32; 2],
    table: Table<'a>,
}

/// 4-grams of words and the words that have them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grams<'a> {
    pub(crate) keys: &'a [[u8; 4]],
    starts: &'a [u8],
    numbers: &'a [[u8; 2]],
}

/// The bytes and rows of a section, or an error out of the function.
macro_rules! need {
    ($table:expr, $name:expr) => {
        match $table.section($name) {
            Some(found) => found,
            None => return Err(missing($name)),
        }
    };
}

/// The value, or an error out of the function.
macro_rules! usable {
    ($value:expr, $name:expr) => {
        match $value {
            Some(value) => value,
            None => return Err(missing($name)),
        }
    };
}

/// The rows of a section whose rows all have the same size, or an error out of the function.
macro_rules! rows {
    ($table:expr, $name:expr, $size:literal, $rows:expr) => {{
        let (rows, rest) = need!($table, $name).0.as_chunks::<$size>();
        if !rest.is_empty() || rows.len() != $rows {
            return Err(missing($name));
        }
        rows
    }};
}

const fn missing(name: SectionName) -> TableError {
    TableError::Section { name: name.as_str() }
}

/// Bytes of a row of [`name::WORD_LISTS`].
pub(crate) const LIST_ROW: usize = 20;

/// The newest release of the tabular list that the bundled index was made from.
#[cfg(feature = "bundled")]
pub const BUNDLED_SEARCH_VERSION: &str = superbill_icd10cm_search_data::VERSION;

/// How many bytes the bundled index has.
#[cfg(feature = "bundled")]
pub const BUNDLED_SEARCH_BYTES: usize = superbill_icd10cm_search_data::TABLE.len();

/// What the bundled index was made from: name, version and SHA-256 of each package, and what was taken of it.
#[cfg(feature = "bundled")]
pub use superbill_icd10cm_search_data::SOURCES as BUNDLED_SEARCH_SOURCES;

#[cfg(feature = "bundled")]
impl Icd10CmSearch<'static> {
    /// The index that comes with this crate. It was opened when the program was compiled.
    #[must_use]
    pub fn bundled() -> &'static Self {
        const {
            &match Icd10CmSearch::from_bytes(&superbill_icd10cm_search_data::TABLE) {
                Ok(search) => search,
                // At compile time: a program with an index that does not open is not built.
                Err(_) => panic!("the bundled search index does not open"),
            }
        }
    }
}

impl<'a> Icd10CmSearch<'a> {
    /// Opens an index: a table of the kind `icd10cm-search`, or an ICD-10-CM table that has the sections of an index too. Only the
    /// directory is looked at; [`Icd10CmSearch::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no such table or a section is missing or has the wrong size.
    pub const fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = match Table::open(bytes, name::SEARCH_TABLE_KIND) {
            Ok(table) => table,
            Err(TableError::Kind) => match Table::open(bytes, TABLE_KIND) {
                Ok(table) => table,
                Err(error) => return Err(error),
            },
            Err(error) => return Err(error),
        };
        let facts = need!(table, name::FACTS).0;
        let (Some(name::LAYOUT), Some(notes), Some(title), Some(text)) =
            (u32_at(facts, 0), u32_at(facts, 4), u32_at(facts, 8), u32_at(facts, 12))
        else {
            return Err(missing(name::FACTS));
        };
        let count = need!(table, name::NODES).1;
        let nodes = rows!(table, name::NODES, 8, count);
        let shapes = rows!(table, name::SHAPES, 8, count + 1);
        let (texts, text_count) = need!(table, name::TEXTS);
        let text_shapes = rows!(table, name::TEXT_SHAPES, 4, text_count);
        let (words, word_count) = need!(table, name::WORDS);
        let lists = need!(table, name::WORD_LISTS).0;
        // Numbers of nodes, texts and words have two bytes, and the greatest says that there is none.
        if count >= NO_PARENT as usize || text_count >= NO_PARENT as usize {
            return Err(missing(name::NODES));
        }
        if word_count >= NO_PARENT as usize || lists.len() != (word_count + 1) * LIST_ROW {
            return Err(missing(name::WORD_LISTS));
        }
        let rarities = need!(table, name::RARITIES).0;
        if rarities.len() != word_count {
            return Err(missing(name::RARITIES));
        }
        let (grams, gram_count) = need!(table, name::GRAMS);
        Ok(Self {
            nodes,
            shapes,
            titles: usable!(Rows::new(need!(table, name::TITLES).0, count), name::TITLES),
            texts: usable!(Rows::new(texts, text_count), name::TEXTS),
            text_shapes,
            words,
            word_count,
            lists,
            rarities,
            letters: rows!(table, name::LETTERS, 4, word_count),
            by_title: rows!(table, name::TITLE_LIST, 2, need!(table, name::TITLE_LIST).1),
            by_text: rows!(table, name::TEXT_LIST, 2, need!(table, name::TEXT_LIST).1),
            pairs: rows!(table, name::PAIRS, 4, need!(table, name::PAIRS).1),
            grams: usable!(Grams::new(grams, gram_count), name::GRAMS),
            abbreviations: Abbreviations::new(need!(table, name::ABBREVIATIONS).0),
            network: usable!(Network::new(need!(table, name::NETWORK).0), name::NETWORK),
            notes,
            averages: [title, text],
            table,
        })
    }

    /// How many nodes there are: the codes of the tabular list before seventh characters are added by its rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The code of a node.
    pub(crate) fn code(&self, node: u16) -> Option<Icd10CmCode> {
        Icd10CmCode::from_packed(self.key(node)?)
    }

    fn key(&self, node: u16) -> Option<u64> {
        Some(u64::from_le_bytes(*self.nodes.get(usize::from(node))?))
    }

    /// The node of a code.
    pub(crate) fn node(&self, code: Icd10CmCode) -> Option<u16> {
        let place = self.nodes.binary_search_by_key(&code.packed(), |key| u64::from_le_bytes(*key)).ok()?;
        u16::try_from(place).ok()
    }

    /// The nodes whose codes are from one to another, both included.
    pub(crate) fn between(&self, first: u64, last: u64) -> Range<usize> {
        let start = self.nodes.partition_point(|key| u64::from_le_bytes(*key) < first);
        let end = self.nodes.partition_point(|key| u64::from_le_bytes(*key) <= last);
        start..end.max(start)
    }

    pub(crate) fn parent(&self, node: u16) -> Option<u16> {
        let shape = self.shapes.get(usize::from(node))?;
        u16_at(shape, 0).filter(|parent| *parent < node)
    }

    /// One behind the last node below.
    pub(crate) fn end(&self, node: u16) -> u16 {
        self.shapes.get(usize::from(node)).and_then(|shape| u16_at(shape, 2)).unwrap_or(node)
    }

    pub(crate) fn flags(&self, node: u16) -> u8 {
        self.shapes.get(usize::from(node)).and_then(|shape| u8_at(shape, 6)).unwrap_or(0)
    }

    /// The texts of the nodes from one on up to another.
    pub(crate) fn texts_of(&self, nodes: Range<usize>) -> Range<usize> {
        let first = |node: usize| self.shapes.get(node).and_then(|shape| u16_at(shape, 4)).map_or(0, usize::from);
        let (start, end) = (first(nodes.start), first(nodes.end));
        start..end.max(start).min(self.text_shapes.len())
    }

    pub(crate) fn text_owner(&self, text: u16) -> Option<u16> {
        u16_at(self.text_shapes.get(usize::from(text))?, 0)
    }

    pub(crate) fn text_kind(&self, text: u16) -> u8 {
        self.text_shapes.get(usize::from(text)).map_or(0, |[_, _, kind, _]| *kind)
    }

    fn word_bytes(&self, word: usize) -> Option<(&'a [u8], &'a [u8])> {
        let start = u32_at(self.words, word * 4)? as usize;
        let end = u32_at(self.words, word * 4 + 4)? as usize;
        let bytes = self.words.get(start..end)?;
        let zero = bytes.iter().position(|byte| *byte == 0)?;
        Some((bytes.get(..zero)?, bytes.get(zero + 1..)?))
    }

    /// What a word is listed by.
    pub(crate) fn word_stem(&self, word: u16) -> &'a [u8] {
        self.word_bytes(usize::from(word)).map_or(&[], |(stem, _)| stem)
    }

    /// A word as it is shown.
    pub(crate) fn word_shown(&self, word: u16) -> &'a str {
        let shown = self.word_bytes(usize::from(word)).map_or(&[][..], |(_, shown)| shown);
        core::str::from_utf8(shown).unwrap_or_default()
    }

    /// The first eight bytes of a word's stem as a number that has their order, zeros behind its end.
    #[inline]
    fn word_head(&self, word: usize) -> Option<u64> {
        let start = u32_at(self.words, word * 4)? as usize;
        match self.words.get(start..)?.first_chunk() {
            Some(bytes) => {
                // The zero behind the stem ends it. Where bytes are subtracted from, the lowest that borrows is the first zero.
                let bytes = u64::from_le_bytes(*bytes);
                let zeros = bytes.wrapping_sub(0x0101_0101_0101_0101) & !bytes & 0x8080_8080_8080_8080;
                let before = (zeros & zeros.wrapping_neg()).wrapping_sub(1) >> 7;
                Some((if zeros == 0 { bytes } else { bytes & before }).swap_bytes())
            }
            None => Some(head(self.word_bytes(word)?.0)),
        }
    }

    /// The first word whose stem is not below.
    pub(crate) fn first_word(&self, stem: &[u8]) -> usize {
        let wanted = head(stem);
        let (mut low, mut high) = (0, self.word_count);
        while low < high {
            let middle = low + (high - low) / 2;
            let below = self.word_head(middle).is_some_and(|head| {
                // The heads of most words differ.
                head < wanted || (head == wanted && self.word_bytes(middle).is_some_and(|(other, _)| other < stem))
            });
            if below {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The word with a stem.
    pub(crate) fn word(&self, stem: &[u8]) -> Option<u16> {
        let place = u16::try_from(self.first_word(stem)).ok()?;
        (usize::from(place) < self.word_count && self.word_stem(place) == stem).then_some(place)
    }

    /// The word of a spelled word.
    pub(crate) fn spelled(&self, word: &Word) -> Option<u16> {
        self.word(stem(word).as_bytes())
    }

    fn list_number(&self, word: usize, at: usize) -> usize {
        u32_at(self.lists, word * LIST_ROW + at).unwrap_or(0) as usize
    }

    fn list<T>(&self, numbers: &'a [T], word: u16, at: usize) -> &'a [T] {
        let word = usize::from(word);
        let range = self.list_number(word, at)..self.list_number(word + 1, at);
        numbers.get(range).unwrap_or_default()
    }

    /// The nodes with a word in the title.
    pub(crate) fn nodes_with(&self, word: u16) -> &'a [[u8; 2]] {
        self.list(self.by_title, word, 0)
    }

    /// The texts with a word.
    pub(crate) fn texts_with(&self, word: u16) -> &'a [[u8; 2]] {
        self.list(self.by_text, word, 4)
    }

    /// Title words that go with a word of a note, and how often.
    pub(crate) fn pairs_of(&self, word: u16) -> impl Iterator<Item = (u16, u16)> + use<'a> {
        let pair = |[a, b, c, d]: &[u8; 4]| (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
        self.list(self.pairs, word, 8).iter().map(pair)
    }

    fn list_small(&self, word: u16, at: usize) -> u16 {
        u16_at(self.lists, usize::from(word) * LIST_ROW + at).unwrap_or(0)
    }

    /// How many notes have a word.
    pub(crate) fn notes_with(&self, word: u16) -> u16 {
        self.list_small(word, 12)
    }

    /// How many notes have an owner with the word in its title.
    pub(crate) fn note_titles_with(&self, word: u16) -> u16 {
        self.list_small(word, 14)
    }

    /// The size of a word's 4-grams as a vector of their weights.
    pub(crate) fn gram_size(&self, word: u16) -> u16 {
        self.list_small(word, 16)
    }

    /// How rare a word is, in sixteenths of a natural logarithm.
    #[inline]
    pub(crate) fn rarity(&self, word: u16) -> u8 {
        u8_at(self.rarities, usize::from(word)).unwrap_or(0)
    }

    /// Checks everything that reading relies on: checksums, order, numbers within bounds. For indexes from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let nodes = self.nodes.len();
        for (row, pair) in self.nodes.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            if u64::from_le_bytes(*one) >= u64::from_le_bytes(*other) {
                return Err(wrong(name::NODES, row + 1));
            }
        }
        for row in 0..nodes {
            let node = row as u16;
            let sound = self.code(node).is_some_and(|code| {
                let inside = |other: Icd10CmCode| code.starts_with(other) && code != other;
                let above = u16_at(self.shapes.get(row).map_or(&[], |shape| &shape[..]), 0);
                let parent =
                    above == Some(NO_PARENT) || self.parent(node).and_then(|up| self.code(up)).is_some_and(inside);
                parent && self.between(code.packed(), code.last_below()) == (row..usize::from(self.end(node)))
            });
            let texts = self.texts_of(row..row + 1);
            let owned = texts.clone().all(|text| self.text_owner(text as u16) == Some(node));
            let start = if row == 0 { 0 } else { self.texts_of(row - 1..row).end };
            if !sound || !owned || texts.start != start {
                return Err(wrong(name::SHAPES, row));
            }
        }
        if self.texts_of(0..nodes) != (0..self.text_shapes.len()) {
            return Err(wrong(name::SHAPES, nodes));
        }
        if !self.titles.is_sound(self.word_count) || self.titles.len() != nodes {
            return Err(wrong(name::TITLES, 0));
        }
        if !self.texts.is_sound(self.word_count) {
            return Err(wrong(name::TEXTS, 0));
        }
        self.verify_words()?;
        if !self.grams.is_sound(self.word_count) {
            return Err(wrong(name::GRAMS, 0));
        }
        if !self.abbreviations.is_sound() {
            return Err(wrong(name::ABBREVIATIONS, 0));
        }
        Ok(())
    }

    fn verify_words(&self) -> Result<(), TableError> {
        let wrong = |name: SectionName, row: usize| TableError::Content { name: name.as_str(), row: row as u64 };
        let mut before: &[u8] = &[];
        for row in 0..self.word_count {
            let shown = self.word_bytes(row).filter(|(stem, shown)| {
                *stem > before && stem.is_ascii() && core::str::from_utf8(shown).is_ok_and(|shown| !shown.is_empty())
            });
            before = shown.ok_or(wrong(name::WORDS, row))?.0;
            let lists = [(0, self.by_title.len()), (4, self.by_text.len()), (8, self.pairs.len())];
            let ordered = lists.iter().all(|(at, end)| {
                let (start, next) = (self.list_number(row, *at), self.list_number(row + 1, *at));
                (row > 0 || start == 0) && start <= next && (row + 1 < self.word_count || next == *end)
            });
            let word = row as u16;
            let ascend = |list: &[[u8; 2]], limit: usize| {
                list.is_sorted_by(|a, b| number_of(a) < number_of(b))
                    && list.last().is_none_or(|last| usize::from(number_of(last)) < limit)
            };
            let sound = ordered
                && ascend(self.nodes_with(word), self.nodes.len())
                && ascend(self.texts_with(word), self.text_shapes.len())
                && self.pairs_of(word).all(|(other, _)| usize::from(other) < self.word_count);
            if !sound {
                return Err(wrong(name::WORD_LISTS, row));
            }
        }
        Ok(())
    }
}

/// The first eight bytes of a stem as a number that has their order, zeros behind its end.
fn head(stem: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(stem).for_each(|(place, byte)| *place = *byte);
    u64::from_be_bytes(bytes)
}

impl<'a> Grams<'a> {
    const fn new(bytes: &'a [u8], count: usize) -> Option<Self> {
        let Some(size) = count.checked_mul(4) else { return None };
        let Some((keys, rest)) = bytes.split_at_checked(size) else { return None };
        let Some((starts, numbers)) = rest.split_at_checked(size + 4) else { return None };
        let (numbers, rest) = numbers.as_chunks::<2>();
        if !rest.is_empty() {
            return None;
        }
        Some(Self { keys: keys.as_chunks().0, starts, numbers })
    }

    fn at(&self, row: usize) -> &'a [[u8; 2]] {
        let number = |row: usize| u32_at(self.starts, row * 4).unwrap_or(0) as usize;
        self.numbers.get(number(row)..number(row + 1)).unwrap_or_default()
    }

    /// The words with a 4-gram.
    pub(crate) fn words_with(&self, gram: [u8; 4]) -> &'a [[u8; 2]] {
        let key = u32::from_be_bytes(gram);
        self.keys.binary_search_by_key(&key, |key| u32::from_le_bytes(*key)).map_or(&[], |row| self.at(row))
    }

    fn is_sound(&self, limit: usize) -> bool {
        let number = |row: usize| u32_at(self.starts, row * 4).unwrap_or(u32::MAX) as usize;
        self.keys.is_sorted_by_key(|key| u32::from_le_bytes(*key))
            && (0..self.keys.len()).all(|row| number(row) <= number(row + 1))
            && number(0) == 0
            && number(self.keys.len()) == self.numbers.len()
            && self.numbers.iter().all(|word| usize::from(number_of(word)) < limit)
    }
}
