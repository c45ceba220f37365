//! The Alphabetic Index to Diseases and Injuries and the External Cause of Injuries Index: two books of the same form.

use super::code::IndexCode;
use super::entry::IndexEntry;
use super::find::{IndexMatch, Search};
use super::opening::opening;
use super::section;
use super::tree::{IndexTree, Item};
use super::walk::{IndexWalk, walk};
use super::words::{sort_key, stem, words};
use superbill_core::Date;
use superbill_table::{About, TableError};

/// An entry with a code that has words of a text, found without reading its title: for a search that looks further itself.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct IndexHit<'t> {
    /// The code.
    pub code: IndexCode,
    /// The entry, which knows its path.
    pub entry: IndexEntry<'t>,
    /// The share of the text's words that the path has, rare words counting more: 0 to 1.
    pub coverage: f32,
}

/// What both indexes answer.
macro_rules! index {
    ($name:ident, $kind:expr, $book:literal, $doc:literal, $import:literal) => {
        #[doc = $doc]
        ///
        /// Made by
        #[doc = concat!("`import::", $import, "`")]
        /// (feature `import`) from the official XML, read in place. Every answer is of one release, which [`Self::release`] names; which codes
        /// are valid on a date, [`Icd10CmOn`](crate::Icd10CmOn) says.
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a> {
            tree: IndexTree<'a>,
        }

        impl<'a> $name<'a> {
            opening!($kind, "table of this index");

            /// The entry at a place of the book, from 0.
            #[must_use]
            pub fn entry(&self, ordinal: u32) -> Option<IndexEntry<'_>> {
                IndexEntry::new(&self.tree, ordinal)
            }

            /// All entries in the order of the book.
            pub fn entries(&self) -> impl Iterator<Item = IndexEntry<'_>> {
                (0..u32::try_from(self.tree.len()).unwrap_or(0)).filter_map(|ordinal| self.entry(ordinal))
            }

            /// The main terms in the order of the book.
            pub fn main_terms(&self) -> impl Iterator<Item = IndexEntry<'_>> {
                self.tree.mains().filter_map(|ordinal| self.entry(ordinal))
            }

            /// The letters under which the book has main terms.
            pub fn letters(&self) -> impl Iterator<Item = char> {
                self.tree.letters().map(|(letter, _)| letter)
            }

            /// The main terms under a letter, in the order of the book.
            pub fn main_terms_under(&self, letter: char) -> impl Iterator<Item = IndexEntry<'_>> {
                let mut letters =
                    self.tree.letters().skip_while(move |(other, _)| !other.eq_ignore_ascii_case(&letter));
                let first = letters.next().map_or(u32::MAX, |(_, first)| first);
                let end = letters.next().map_or(u32::MAX, |(_, first)| first);
                let count = u32::try_from(self.tree.len()).unwrap_or(0);
                let next =
                    move |main: &u32| Some(self.tree.end(*main)).filter(|next| next > main && *next < count.min(end));
                let mains = core::iter::successors(Some(first).filter(|first| *first < count), next);
                mains.filter_map(|ordinal| self.entry(ordinal))
            }

            /// The main terms that begin with some letters, whatever their case and diacritics, in the order of the alphabet.
            pub fn main_terms_with_prefix(&self, prefix: &str) -> impl Iterator<Item = IndexEntry<'_>> {
                let prefix = sort_key(prefix);
                let key =
                    |place: usize| sort_key(&self.tree.title_string(self.tree.sorted_main(place).unwrap_or(u32::MAX)));
                let (mut low, mut high) = (0, self.tree.main_count());
                while low < high {
                    let middle = low + (high - low) / 2;
                    if key(middle) < prefix { low = middle + 1 } else { high = middle }
                }
                let places = (low..self.tree.main_count()).take_while(move |place| key(*place).starts_with(&prefix));
                places.filter_map(|place| self.entry(self.tree.sorted_main(place)?))
            }

            /// The main terms that a text names: the whole title, or one of its forms between commas, whatever case, diacritics and plural.
            pub fn main_term(&self, text: &str) -> impl Iterator<Item = IndexEntry<'_>> {
                let walked =
                    if words(text).is_empty() { Vec::new() } else { walk(&self.tree, text).entries().to_vec() };
                let whole = walk(&self.tree, text).is_complete();
                walked.into_iter().filter(move |entry| whole && entry.parent().is_none())
            }

            /// Walks a path as the book cites it: terms with commas between, nonessential modifiers or not, each term whole or in one of its forms.
            /// A level that only links, as `with`, can be left out.
            ///
            /// ```text
            /// Fracture, ankle, bimalleolar
            /// ```
            #[must_use]
            pub fn walk(&self, path: &str) -> IndexWalk<'_> {
                walk(&self.tree, path)
            }

            /// The entries that free words name, the nearest first: at most `most`.
            #[must_use]
            pub fn find<'q>(&self, text: &'q str, most: usize) -> Vec<IndexMatch<'_, 'q>> {
                Search::new(&self.tree, text, false).matches(most, |_| true)
            }

            /// The entries with a code that have words of a text, the nearest first by counts alone: quicker than [`Self::find`] and coarser.
            #[must_use]
            pub fn matches(&self, text: &str, most: usize) -> Vec<IndexHit<'_>> {
                let search = Search::new(&self.tree, text, false);
                let code = |entry| {
                    self.tree.items(entry).find_map(|item| match item {
                        Item::Code(_, code) => Some(code),
                        _ => None,
                    })
                };
                let found = search.candidates(most, |entry| code(entry).is_some());
                let hit = |candidate| {
                    let candidate: &super::find::Candidate = candidate;
                    Some(IndexHit {
                        code: code(candidate.entry)?,
                        entry: self.entry(candidate.entry)?,
                        coverage: search.coverage(candidate),
                    })
                };
                found.iter().filter_map(hit).collect()
            }

            /// Every entry with a code as a phrase without nonessential modifiers, with the code, in the order of the book: for an index of
            /// one's own.
            pub fn phrases(&self) -> impl Iterator<Item = (String, IndexCode)> {
                self.entries().flat_map(|entry| entry.codes().map(move |code| (entry.phrase(), code)))
            }

            /// Where an answer comes from: the book, its release and the path.
            #[must_use]
            pub fn citation(&self, entry: IndexEntry<'_>) -> String {
                format!("{}, release {}: {}", $book, self.about().value("release").unwrap_or("unknown"), entry.path())
            }
        }
    };
}

index!(
    AlphabeticIndex,
    section::ALPHABETIC_KIND,
    "ICD-10-CM Index to Diseases and Injuries",
    "The ICD-10-CM Index to Diseases and Injuries (Official Guidelines, section I.A.1).",
    "alphabetic_index"
);
index!(
    ExternalCauseIndex,
    section::EXTERNAL_CAUSE_KIND,
    "ICD-10-CM External Cause of Injuries Index",
    "The ICD-10-CM External Cause of Injuries Index.",
    "external_cause_index"
);
