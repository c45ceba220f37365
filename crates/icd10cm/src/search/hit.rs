//! The answer to a query.

use super::index::Icd10CmSearch;
use super::scratch::Scratch;
use crate::code::Icd10CmCode;
use core::ops::Range;

/// Where a word of the query was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatchPlace {
    /// The text of the query is the code, or the begin of it.
    Code,
    /// The title of the code.
    Title,
    /// An inclusion term or an `includes` note of the code.
    InclusionTerm,
    /// What a note of another code calls the code.
    Note,
    /// The title of a code above.
    AncestorTitle,
    /// The Alphabetic Index, or what other source was fused in.
    Index,
}

impl MatchPlace {
    /// The name in data: `code`, `title`, `inclusion_term`, `note`, `ancestor_title`, `index`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Title => "title",
            Self::InclusionTerm => "inclusion_term",
            Self::Note => "note",
            Self::AncestorTitle => "ancestor_title",
            Self::Index => "index",
        }
    }
}

/// How a word of the query was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatchKind {
    /// The word itself, spelling and plural put aside.
    Exact,
    /// The word begins so.
    Prefix,
    /// A word at a small edit distance: 1 for 4 to 7 letters, 2 for more.
    Fuzzy,
    /// A word that shares rare parts, as `ischemic` with `ischemia`.
    Similar,
    /// A word of the expansion of an abbreviation.
    Abbreviation,
    /// A word of titles whose inclusion terms have the word of the query.
    Synonym,
}

impl MatchKind {
    /// The name in data: `exact`, `prefix`, `fuzzy`, `similar`, `abbreviation`, `synonym`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Fuzzy => "fuzzy",
            Self::Similar => "similar",
            Self::Abbreviation => "abbreviation",
            Self::Synonym => "synonym",
        }
    }
}

/// A word of the query and the word that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Matched<'a> {
    /// The bytes of the word in the query.
    pub span: Range<usize>,
    /// The word that was found, as it is usually written there. Empty for a code and for what was fused in.
    pub word: &'a str,
    /// Where it was found.
    pub place: MatchPlace,
    /// How.
    pub how: MatchKind,
    /// For what was fused in: its place, from 0, among the matches that [`SearchQuery::fuse`](super::SearchQuery::fuse) was given.
    pub phrase: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct MatchRow {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: Option<u16>,
    pub(crate) place: MatchPlace,
    pub(crate) how: MatchKind,
    pub(crate) phrase: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct HitRow {
    pub(crate) code: Icd10CmCode,
    pub(crate) score: i32,
    pub(crate) billable: bool,
    /// The node that was found: the code itself, or the heading that was folded.
    pub(crate) node: Option<u16>,
    pub(crate) variant: u8,
    pub(crate) first_match: u32,
    pub(crate) last_match: u32,
}

/// A code that answers a query.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'s, 'a> {
    search: Icd10CmSearch<'a>,
    row: HitRow,
    matches: &'s [MatchRow],
}

impl<'s, 'a> Hit<'s, 'a> {
    /// The code.
    #[must_use]
    pub fn code(&self) -> Icd10CmCode {
        self.row.code
    }

    /// How well it answers, in thousandths of no particular unit: only the order counts, and only within one query.
    #[must_use]
    pub fn score(&self) -> i32 {
        self.row.score
    }

    /// Whether it is billable on the date of the query.
    #[must_use]
    pub fn is_billable(&self) -> bool {
        self.row.billable
    }

    /// Which words of the query matched what, in order of the query. A word that nothing of the code answers is not among them.
    pub fn matched(&self) -> impl Iterator<Item = Matched<'a>> + use<'s, 'a> {
        let search = self.search;
        self.matches.iter().map(move |row| Matched {
            span: row.start as usize..row.end as usize,
            word: row.word.map_or("", |word| search.word_shown(word)),
            place: row.place,
            how: row.how,
            phrase: row.phrase.map(|phrase| phrase as usize),
        })
    }
}

/// The answer to a query, best first.
#[derive(Debug, Clone, Copy)]
pub struct Hits<'s, 'a> {
    pub(crate) search: Icd10CmSearch<'a>,
    pub(crate) scratch: &'s Scratch,
    pub(crate) ignored: usize,
}

impl<'s, 'a> Hits<'s, 'a> {
    /// How many codes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scratch.hits.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scratch.hits.is_empty()
    }

    /// How many words of the query were not used because it has more than [`MAX_WORDS`](super::MAX_WORDS); words without meaning of
    /// their own (of, the, in, ...) do not count.
    #[must_use]
    pub fn ignored_words(&self) -> usize {
        self.ignored
    }

    /// The codes, best first; equal scores in the order of the tabular list.
    pub fn iter(&self) -> impl Iterator<Item = Hit<'s, 'a>> + use<'s, 'a> {
        let Self { search, scratch, .. } = *self;
        scratch.hits.iter().map(move |row| {
            let matches = row.first_match as usize..row.last_match as usize;
            Hit { search, row: *row, matches: scratch.matches.get(matches).unwrap_or_default() }
        })
    }
}
