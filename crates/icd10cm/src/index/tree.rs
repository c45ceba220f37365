//! The tree of entries, read in place: what all four indexes are.

use super::code::IndexCode;
use super::lexicon::Lexicon;
use super::section;
use crate::code::Icd10CmCode;
use superbill_table::{
    About, SectionName, Symbols, Table, TableError, TextBody, TextBuffer, Texts, u8_at, u32_at, u64_at,
};

/// Most levels that an index has; deeper entries are refused where a file is read, and not followed where a table is damaged.
pub(crate) const LEVELS: usize = 32;
/// The parent of a main term.
pub(crate) const NO_PARENT: u32 = u32::MAX;

/// Entries in order, each with what is above and below it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IndexTree<'a> {
    table: Table<'a>,
    titles: Texts<'a>,
    parents: &'a [u8],
    ends: &'a [u8],
    needs: &'a [u8],
    starts: &'a [u8],
    items: &'a [u8],
    references: Texts<'a>,
    targets: &'a [u8],
    main_terms: &'a [u8],
    letters: &'a [u8],
    pub(crate) lexicon: Lexicon<'a>,
}

/// What an entry gives: a word of 8 bytes, the kind in the highest byte, then a column of a table in the next; below a code in 42 bits and a bit
/// for its dash, or the number of a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// The code, in column 0, or in the column of a table.
    Code(u8, IndexCode),
    /// The manifestation that goes with the code.
    Manifestation(IndexCode),
    /// Words in place of a manifestation.
    Note(u32),
    /// A dash in place of a code in a column of a table.
    NoCode(u8),
    /// A reference.
    Reference(ReferenceKind, u32),
}

/// How an index sends elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReferenceKind {
    /// `see`: go there, it is necessary (Official Guidelines, section I.A.16).
    See,
    /// `see also`: go there if what stands here is not enough.
    SeeAlso,
    /// `see category`.
    SeeCategory,
    /// `see subcategory`.
    SeeSubcategory,
}

const DASH: u64 = 1 << 42;
const CODE: u64 = DASH - 1;

impl Item {
    #[cfg(feature = "import")]
    pub(crate) fn to_bits(self) -> u64 {
        let code = |code: IndexCode| code.code().packed() | if code.has_dash() { DASH } else { 0 };
        let (kind, column, rest) = match self {
            Self::Code(column, value) => (1u64, column, code(value)),
            Self::Manifestation(value) => (2, 0, code(value)),
            Self::Note(number) => (3, 0, u64::from(number)),
            Self::NoCode(column) => (4, column, 0),
            Self::Reference(ReferenceKind::See, number) => (5, 0, u64::from(number)),
            Self::Reference(ReferenceKind::SeeAlso, number) => (6, 0, u64::from(number)),
            Self::Reference(ReferenceKind::SeeCategory, number) => (7, 0, u64::from(number)),
            Self::Reference(ReferenceKind::SeeSubcategory, number) => (8, 0, u64::from(number)),
        };
        kind << 56 | u64::from(column) << 48 | rest
    }

    pub(crate) fn from_bits(bits: u64) -> Option<Self> {
        let code = || Some(IndexCode::new(Icd10CmCode::from_packed(bits & CODE)?, bits & DASH != 0));
        let column = (bits >> 48) as u8;
        let number = bits as u32;
        Some(match bits >> 56 {
            1 => Self::Code(column, code()?),
            2 => Self::Manifestation(code()?),
            3 => Self::Note(number),
            4 => Self::NoCode(column),
            5 => Self::Reference(ReferenceKind::See, number),
            6 => Self::Reference(ReferenceKind::SeeAlso, number),
            7 => Self::Reference(ReferenceKind::SeeCategory, number),
            8 => Self::Reference(ReferenceKind::SeeSubcategory, number),
            _ => return None,
        })
    }
}

impl<'a> IndexTree<'a> {
    /// Opens a table of a kind. Only its directory is looked at.
    pub(crate) fn open(bytes: &'a [u8], kind: SectionName) -> Result<Self, TableError> {
        let table = Table::open(bytes, kind)?;
        let missing = |name: SectionName| TableError::Section { name: name.as_str() };
        let section = |name: SectionName| table.section(name).ok_or(missing(name));
        // A section of so many bytes a row.
        let sized = |name: SectionName, rows: usize, size: usize| {
            let (bytes, _) = section(name)?;
            if Some(bytes.len()) == rows.checked_mul(size) { Ok(bytes) } else { Err(missing(name)) }
        };
        let symbols = Symbols::new(section(section::SYMBOLS)?.0).ok_or(missing(section::SYMBOLS))?;
        let (titles, rows) = section(section::TITLES)?;
        let (references, reference_rows) = section(section::REFERENCES)?;
        let (items, _) = section(section::ITEMS)?;
        let (main_terms, _) = section(section::MAIN_TERMS)?;
        let (letters, _) = section(section::LETTERS)?;
        if rows >= NO_PARENT as usize || items.len() % 8 != 0 || main_terms.len() % 4 != 0 || letters.len() % 8 != 0 {
            return Err(missing(section::TITLES));
        }
        Ok(Self {
            titles: Texts::new(titles, rows, symbols),
            parents: sized(section::PARENTS, rows, 4)?,
            ends: sized(section::ENDS, rows, 4)?,
            needs: sized(section::NEEDS, rows, 1)?,
            starts: sized(section::STARTS, rows + 1, 4)?,
            items,
            references: Texts::new(references, reference_rows, symbols),
            targets: sized(section::TARGETS, reference_rows, 16)?,
            main_terms,
            letters,
            lexicon: Lexicon::new(
                section(section::WORDS)?.0,
                section(section::WORD_TEXT)?.0,
                section(section::POSTINGS)?.0,
            )
            .ok_or(missing(section::WORDS))?,
            table,
        })
    }

    pub(crate) fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.titles.len()
    }

    /// The entry above; `None` for a main term.
    pub(crate) fn parent(&self, entry: u32) -> Option<u32> {
        // INVARIANT: what is above stands before, so that a walk upward ends even in a damaged table.
        u32_at(self.parents, entry as usize * 4).filter(|parent| *parent < entry)
    }

    /// Whether an entry is a main term.
    pub(crate) fn is_main(&self, entry: u32) -> bool {
        u32_at(self.parents, entry as usize * 4) == Some(NO_PARENT)
    }

    /// The entry behind the last one below.
    pub(crate) fn end(&self, entry: u32) -> u32 {
        let last = u32::try_from(self.len()).unwrap_or(u32::MAX);
        u32_at(self.ends, entry as usize * 4).unwrap_or(0).clamp(entry.saturating_add(1).min(last), last)
    }

    /// The entries directly below, in the order of the book.
    pub(crate) fn children(self, entry: u32) -> impl Iterator<Item = u32> + use<'a> {
        let end = self.end(entry);
        let mut next = entry.saturating_add(1);
        core::iter::from_fn(move || {
            let child = next;
            if child >= end {
                return None;
            }
            next = self.end(child).max(child.saturating_add(1));
            Some(child)
        })
    }

    /// The entries above, nearest first.
    pub(crate) fn ancestors(self, entry: u32) -> impl Iterator<Item = u32> + use<'a> {
        core::iter::successors(self.parent(entry), move |above| self.parent(*above)).take(LEVELS)
    }

    /// The main terms in the order of the book.
    pub(crate) fn mains(self) -> impl Iterator<Item = u32> + use<'a> {
        let count = u32::try_from(self.len()).unwrap_or(0);
        core::iter::successors((count > 0).then_some(0), move |main| {
            Some(self.end(*main)).filter(|next| *next > *main && *next < count)
        })
    }

    /// The main term at a place in the order of letters.
    pub(crate) fn sorted_main(&self, place: usize) -> Option<u32> {
        u32_at(self.main_terms, place.checked_mul(4)?)
    }

    /// How many main terms there are.
    pub(crate) fn main_count(&self) -> usize {
        self.main_terms.len() / 4
    }

    /// The letters, each with its first main term.
    pub(crate) fn letters(self) -> impl Iterator<Item = (char, u32)> + use<'a> {
        let rows = (0..self.letters.len() / 8).map(|row| row * 8);
        rows.filter_map(move |at| Some((char::from_u32(u32_at(self.letters, at)?)?, u32_at(self.letters, at + 4)?)))
    }

    /// How many words a text needs to meet an entry and all above it.
    pub(crate) fn need(&self, entry: u32) -> u8 {
        u8_at(self.needs, entry as usize).unwrap_or(0)
    }

    /// The title as printed; empty where the table is damaged.
    pub(crate) fn title(&self, entry: u32, buffer: &mut TextBuffer) -> bool {
        self.titles.read(entry as usize, buffer).is_some_and(|record| record.body == TextBody::Text)
    }

    pub(crate) fn title_string(&self, entry: u32) -> String {
        let mut buffer = TextBuffer::default();
        if self.title(entry, &mut buffer) { buffer.as_str().unwrap_or_default().to_owned() } else { String::new() }
    }

    /// What an entry gives, in the order of the file.
    pub(crate) fn items(self, entry: u32) -> impl Iterator<Item = Item> + use<'a> {
        let at = entry as usize * 4;
        let start = u32_at(self.starts, at).unwrap_or(0) as usize;
        let end = u32_at(self.starts, at.saturating_add(4)).unwrap_or(0) as usize;
        let end = end.min(self.items.len() / 8);
        (start..end).filter_map(move |row| Item::from_bits(u64_at(self.items, row * 8)?))
    }

    /// The words of a reference; empty where the table is damaged.
    pub(crate) fn reference(&self, number: u32) -> String {
        let mut buffer = TextBuffer::default();
        let read = self.references.read(number as usize, &mut buffer);
        let read = read.is_some_and(|record| record.body == TextBody::Text);
        if read { buffer.as_str().unwrap_or_default().to_owned() } else { String::new() }
    }

    /// Where a reference leads, as two words.
    pub(crate) fn target(&self, number: u32) -> Option<(u64, u64)> {
        let at = (number as usize).checked_mul(16)?;
        Some((u64_at(self.targets, at)?, u64_at(self.targets, at.checked_add(8)?)?))
    }

    /// Checks everything that reading relies on: checksums, the tree, texts, items, words.
    pub(crate) fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        let wrong = |name: SectionName, row: u32| TableError::Content { name: name.as_str(), row: u64::from(row) };
        let count = u32::try_from(self.len()).map_err(|_| wrong(section::TITLES, 0))?;
        let mut buffer = TextBuffer::default();
        let mut open: Vec<u32> = Vec::new();
        let mut item = 0;
        let mut mains = 0;
        for entry in 0..count {
            if !self.title(entry, &mut buffer) || buffer.as_str().is_none_or(str::is_empty) {
                return Err(wrong(section::TITLES, entry));
            }
            while open.last().is_some_and(|above| self.end(*above) <= entry) {
                open.pop();
            }
            let above = open.last().copied();
            let parent = u32_at(self.parents, entry as usize * 4);
            if parent != Some(above.unwrap_or(NO_PARENT)) || open.len() >= LEVELS {
                return Err(wrong(section::PARENTS, entry));
            }
            mains += usize::from(above.is_none());
            let end = u32_at(self.ends, entry as usize * 4).ok_or(wrong(section::ENDS, entry))?;
            if end <= entry || end > above.map_or(count, |above| self.end(above)) {
                return Err(wrong(section::ENDS, entry));
            }
            open.push(entry);
            if self.need(entry) < above.map_or(0, |above| self.need(above)) {
                return Err(wrong(section::NEEDS, entry));
            }
            let at = entry as usize * 4;
            let (start, end) = (u32_at(self.starts, at), u32_at(self.starts, at + 4));
            if start != Some(item) || end < start {
                return Err(wrong(section::STARTS, entry));
            }
            for row in item..end.unwrap_or(item) {
                let found = u64_at(self.items, row as usize * 8).and_then(Item::from_bits);
                let sound = match found.ok_or(wrong(section::ITEMS, row))? {
                    Item::Reference(_, number) | Item::Note(number) => (number as usize) < self.references.len(),
                    Item::Code(column, _) | Item::NoCode(column) => column <= 7,
                    Item::Manifestation(_) => true,
                };
                if !sound {
                    return Err(wrong(section::ITEMS, row));
                }
            }
            item = end.unwrap_or(item);
        }
        if item as usize * 8 != self.items.len() {
            return Err(wrong(section::ITEMS, item));
        }
        for number in (0u32..).take(self.references.len()) {
            let read = self.references.read(number as usize, &mut buffer);
            if read.is_none_or(|record| record.body != TextBody::Text) || buffer.as_str().is_none() {
                return Err(wrong(section::REFERENCES, number));
            }
            if !super::reference::is_sound(self, number) {
                return Err(wrong(section::TARGETS, number));
            }
        }
        let sorted = (0..self.main_count()).all(|place| self.sorted_main(place).is_some_and(|main| self.is_main(main)));
        if !sorted || self.main_count() != mains {
            return Err(wrong(section::MAIN_TERMS, 0));
        }
        if self.letters().any(|(_, main)| !self.is_main(main)) || self.letters().count() * 8 != self.letters.len() {
            return Err(wrong(section::LETTERS, 0));
        }
        self.lexicon.verify(count)
    }
}
