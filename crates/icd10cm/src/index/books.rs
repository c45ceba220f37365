//! The four books asked together, for a search that has words and wants codes.

use super::alphabetic::{AlphabeticIndex, ExternalCauseIndex};
use super::drug::{DrugTable, Intent};
use super::entry::TrailEnd;
use super::find::IndexMatch;
use super::neoplasm::{Behavior, NeoplasmTable};
use super::words::{is_connecting, stem, words};
use crate::code::Icd10CmCode;
use crate::search::PhraseMatch;
use core::fmt;

/// A book that leads from words to codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Book {
    /// The Index to Diseases and Injuries.
    AlphabeticIndex,
    /// The External Cause of Injuries Index.
    ExternalCauseIndex,
    /// The Table of Neoplasms.
    NeoplasmTable,
    /// The Table of Drugs and Chemicals.
    DrugTable,
}

impl Book {
    /// The name in data: `alphabetic_index`, `external_cause_index`, `neoplasm_table`, `drug_table`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AlphabeticIndex => "alphabetic_index",
            Self::ExternalCauseIndex => "external_cause_index",
            Self::NeoplasmTable => "neoplasm_table",
            Self::DrugTable => "drug_table",
        }
    }

    /// The title of the book.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AlphabeticIndex => "Index to Diseases and Injuries",
            Self::ExternalCauseIndex => "External Cause of Injuries Index",
            Self::NeoplasmTable => "Table of Neoplasms",
            Self::DrugTable => "Table of Drugs and Chemicals",
        }
    }
}

impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A place in a book that answers a text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BookMatch {
    /// The book.
    pub book: Book,
    /// The titles from the main term down, as the book cites the place.
    pub path: String,
    /// The column of a table: the name of a [`Behavior`] or an [`Intent`].
    pub column: Option<&'static str>,
    /// The code and how much of the text it answers, for [`SearchQuery::fuse`](crate::search::SearchQuery::fuse).
    pub phrase: PhraseMatch,
}

/// The books that are there. Any may be missing.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::exhaustive_structs, reason = "ICD-10-CM has these four books")]
pub struct IndexBooks<'a> {
    /// The Index to Diseases and Injuries.
    pub alphabetic: Option<AlphabeticIndex<'a>>,
    /// The External Cause of Injuries Index.
    pub external_cause: Option<ExternalCauseIndex<'a>>,
    /// The Table of Neoplasms.
    pub neoplasm: Option<NeoplasmTable<'a>>,
    /// The Table of Drugs and Chemicals.
    pub drug: Option<DrugTable<'a>>,
}

/// The least share at which a place outside the Alphabetic Index is an answer: where more is amiss, the words meet by chance.
const LEAST: f32 = 0.5;
/// Words, as they are compared, without which a text is not about a neoplasm: `benign`, `malignant` and `secondary` are said of other things too.
const NEOPLASM: [&str; 11] = [
    "adenocarcinoma",
    "cancer",
    "carcinoma",
    "malignancy",
    "metastase",
    "metastasis",
    "metastatic",
    "neoplasm",
    "neoplastic",
    "tumor",
    "tumour",
];
/// Words that say how a neoplasm behaves and nothing of its site.
const BEHAVIOR: [&str; 9] =
    ["behavior", "behaviour", "benign", "malignant", "primary", "secondary", "situ", "uncertain", "unspecified"];
/// Words without which a text is not about what a substance did.
const HARM: [&str; 8] =
    ["adverse", "overdose", "overdosed", "poisoned", "poisoning", "underdose", "underdosed", "underdosing"];
/// Words that say how a substance came to harm and nothing of the substance.
const INTENT: [&str; 14] = [
    "accidental",
    "assault",
    "attempt",
    "attempted",
    "effect",
    "harm",
    "intentional",
    "reaction",
    "self",
    "suicidal",
    "suicide",
    "undetermined",
    "unintentional",
    "drug",
];

impl IndexBooks<'_> {
    /// The places that answer a text, the best first: at most `most` from each book, each code from one book.
    ///
    /// The Alphabetic Index is asked of every text, and gives places that answer a part of it too. The External Cause Index gives those that
    /// answer half of it at least. So do the tables, and only where the text is about a neoplasm (`cancer`, `tumor`, `metastatic`, ...), or about a
    /// poisoning, an adverse effect or underdosing; what it says of behavior or intent chooses the column. A neoplasm whose behavior it does not say is
    /// malignant and primary where it is called a cancer, else unspecified.
    #[must_use]
    pub fn matches(&self, text: &str, most: usize) -> Vec<BookMatch> {
        let mut found = self.alphabetic(text, most);
        for matches in [self.external_cause(text, most), self.neoplasm(text, most), self.drug(text, most)] {
            for one in matches {
                if !found.iter().any(|other| other.phrase.code == one.phrase.code) {
                    found.push(one);
                }
            }
        }
        found.sort_by(|one, other| other.phrase.share.total_cmp(&one.phrase.share));
        found
    }

    fn alphabetic(&self, text: &str, most: usize) -> Vec<BookMatch> {
        let Some(index) = &self.alphabetic else { return Vec::new() };
        let asked = text.split_whitespace().count() as f32;
        let matches = index.matches(text, most).into_iter().map(|hit| {
            // A path with more words than the text says more than was asked.
            let path = hit.entry.phrase().split_whitespace().count().max(1) as f32;
            let phrase = phrase(text, hit.code.code(), hit.coverage.min(asked / path));
            BookMatch { book: Book::AlphabeticIndex, path: hit.entry.path(), column: None, phrase }
        });
        matches.collect()
    }

    fn external_cause(&self, text: &str, most: usize) -> Vec<BookMatch> {
        let Some(index) = &self.external_cause else { return Vec::new() };
        let found = index.find(text, most);
        let matches = found.iter().filter_map(|found| {
            let trail = found.entry.follow();
            let TrailEnd::Code(code) = trail.end else { return None };
            let phrase = phrase(text, code.code(), share(found)?);
            let path = trail.entries.last()?.path();
            Some(BookMatch { book: Book::ExternalCauseIndex, path, column: None, phrase })
        });
        matches.collect()
    }

    fn neoplasm(&self, text: &str, most: usize) -> Vec<BookMatch> {
        let Some(table) = &self.neoplasm else { return Vec::new() };
        let Some(site) = without(text, &NEOPLASM, &BEHAVIOR) else { return Vec::new() };
        let behavior = Behavior::in_words(text).unwrap_or(Behavior::Unspecified);
        let found = table.find_all(&site, most);
        let matches = found.iter().filter_map(|found| {
            let site = found.site.followed();
            let phrase = phrase(text, site.code(behavior)?.code(), share(&found.words)?);
            let path = site.entry().path();
            Some(BookMatch { book: Book::NeoplasmTable, path, column: Some(behavior.name()), phrase })
        });
        matches.collect()
    }

    fn drug(&self, text: &str, most: usize) -> Vec<BookMatch> {
        let Some(table) = &self.drug else { return Vec::new() };
        let Some(substance) = without(text, &HARM, &INTENT) else { return Vec::new() };
        let Some(intent) = Intent::in_words(text) else { return Vec::new() };
        let found = table.find_all(&substance, most);
        let matches = found.iter().filter_map(|found| {
            let substance = found.substance.followed();
            let phrase = phrase(text, substance.code(intent)?.code(), share(&found.words)?);
            let path = substance.entry().path();
            Some(BookMatch { book: Book::DrugTable, path, column: Some(intent.name()), phrase })
        });
        matches.collect()
    }
}

fn phrase(text: &str, code: Icd10CmCode, share: f32) -> PhraseMatch {
    PhraseMatch { code, start: 0, end: text.len(), share }
}

/// How much of the text the path has, and of the path the text: the smaller. Connecting words do not count. `None` where it is too little for an
/// answer.
fn share(found: &IndexMatch<'_, '_>) -> Option<f32> {
    let counts = |word: &&&str| !is_connecting(&stem(word));
    let of_text = if found.left_over.iter().any(|word| counts(&word)) { found.coverage } else { 1.0 };
    let (used, missing) = (found.used.iter().filter(counts).count() as f32, found.missing.len() as f32);
    let of_path = if used > 0.0 { used / (used + missing) } else { 0.0 };
    Some(of_text.min(of_path)).filter(|share| *share >= LEAST)
}

/// A text that has one of some words, without them and without others. `None` where it has none of the first.
fn without(text: &str, needed: &[&str], others: &[&str]) -> Option<String> {
    let words = words(text);
    let among = |list: &[&str], stem: &String| list.contains(&stem.as_str());
    words.iter().any(|word| among(needed, &word.stem)).then(|| {
        let left = words.iter().filter(|word| !among(needed, &word.stem) && !among(others, &word.stem));
        left.map(|word| word.text).collect::<Vec<_>>().join(" ")
    })
}
