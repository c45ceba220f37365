//! The Table of Drugs and Chemicals: substance and intent to code.

use super::code::IndexCode;
use super::entry::IndexEntry;
use super::find::{IndexMatch, Search};
use super::neoplasm::{cell, followed};
use super::opening::opening;
use super::section;
use super::tree::IndexTree;
use super::walk::{IndexWalk, walk};
use super::words::{stem, words};
use core::fmt;
use superbill_core::Date;
use superbill_table::{About, TableError};

/// How a substance came to harm: a column of the table (Official Guidelines, section I.C.19.e).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// Poisoning, accidental; also where the record does not tell the intent.
    PoisoningAccidental,
    /// Poisoning, intentional self-harm.
    PoisoningSelfHarm,
    /// Poisoning, assault.
    PoisoningAssault,
    /// Poisoning, undetermined: the record says that the intent cannot be determined.
    PoisoningUndetermined,
    /// Adverse effect of a drug that was correctly prescribed and properly given.
    AdverseEffect,
    /// Underdosing: less was taken than prescribed.
    Underdosing,
}

impl Intent {
    /// All, in the order of the columns.
    pub const ALL: [Self; 6] = [
        Self::PoisoningAccidental,
        Self::PoisoningSelfHarm,
        Self::PoisoningAssault,
        Self::PoisoningUndetermined,
        Self::AdverseEffect,
        Self::Underdosing,
    ];

    /// The number of the column in the official file: 2 to 7.
    #[must_use]
    pub const fn column(self) -> u8 {
        match self {
            Self::PoisoningAccidental => 2,
            Self::PoisoningSelfHarm => 3,
            Self::PoisoningAssault => 4,
            Self::PoisoningUndetermined => 5,
            Self::AdverseEffect => 6,
            Self::Underdosing => 7,
        }
    }

    /// The name in data: `poisoning_accidental`, `poisoning_self_harm`, `poisoning_assault`, `poisoning_undetermined`, `adverse_effect`,
    /// `underdosing`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PoisoningAccidental => "poisoning_accidental",
            Self::PoisoningSelfHarm => "poisoning_self_harm",
            Self::PoisoningAssault => "poisoning_assault",
            Self::PoisoningUndetermined => "poisoning_undetermined",
            Self::AdverseEffect => "adverse_effect",
            Self::Underdosing => "underdosing",
        }
    }

    /// The intent that some words name, as the Alphabetic Index does when it sends to the table (`by drug, adverse effect`). Poisoning alone is
    /// accidental, and so is an overdose (Official Guidelines, section I.C.19.e.5.b).
    #[must_use]
    pub fn in_words(text: &str) -> Option<Self> {
        let words = words(text);
        let has = |stem: &str| words.iter().any(|word| word.stem == stem);
        let any = |stems: &[&str]| stems.iter().any(|stem| has(stem));
        Some(match () {
            () if has("adverse") => Self::AdverseEffect,
            () if any(&["underdosing", "underdose", "underdosed"]) => Self::Underdosing,
            () if has("assault") => Self::PoisoningAssault,
            () if has("undetermined") => Self::PoisoningUndetermined,
            () if any(&["intentional", "suicide", "suicidal", "harm"]) => Self::PoisoningSelfHarm,
            () if any(&["poisoning", "poisoned", "overdose", "overdosed", "accidental", "unintentional"]) => {
                Self::PoisoningAccidental
            }
            () => return None,
        })
    }
}

impl fmt::Display for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A substance of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrugEntry<'t> {
    entry: IndexEntry<'t>,
}

/// A substance that a text names, with what of the text it took.
#[derive(Debug, Clone)]
pub struct DrugMatch<'t, 'q> {
    /// The substance.
    pub substance: DrugEntry<'t>,
    /// How the text names it.
    pub words: IndexMatch<'t, 'q>,
}

impl<'t> DrugEntry<'t> {
    /// The substance as an entry: title, path, terms above and below, references.
    #[must_use]
    pub fn entry(self) -> IndexEntry<'t> {
        self.entry
    }

    /// The code for an intent. `None` where the table has dashes or nothing: the substance has no such use, or the entry sends elsewhere. The
    /// seventh character is not in the table: [`IndexCode::completions`].
    #[must_use]
    pub fn code(self, intent: Intent) -> Option<IndexCode> {
        cell(self.entry, intent.column())
    }

    /// All codes of the substance with their intent, in the order of the columns.
    pub fn codes(self) -> impl Iterator<Item = (Intent, IndexCode)> + use<'t> {
        Intent::ALL.into_iter().filter_map(move |intent| Some((intent, self.code(intent)?)))
    }

    /// The substance that this one sends to with `see`, as often as it takes; itself where it has codes of its own or leads nowhere.
    #[must_use]
    pub fn followed(self) -> Self {
        Self { entry: followed(self.entry) }
    }
}

/// The ICD-10-CM Table of Drugs and Chemicals.
///
/// Made by `import::drug_table` (feature `import`) from the official XML, read in place.
#[derive(Debug, Clone, Copy)]
pub struct DrugTable<'a> {
    tree: IndexTree<'a>,
}

impl<'a> DrugTable<'a> {
    opening!(section::DRUG_KIND, "Table of Drugs and Chemicals");

    fn substance(entry: IndexEntry<'_>) -> DrugEntry<'_> {
        DrugEntry { entry }
    }

    /// All entries in the order of the book.
    pub fn entries(&self) -> impl Iterator<Item = DrugEntry<'_>> {
        let all = 0..u32::try_from(self.tree.len()).unwrap_or(0);
        all.filter_map(|ordinal| IndexEntry::new(&self.tree, ordinal).map(Self::substance))
    }

    /// Walks a path of substances as the book cites it: `Gas, domestic`.
    #[must_use]
    pub fn walk(&self, path: &str) -> IndexWalk<'_> {
        walk(&self.tree, path)
    }

    /// The nearest substance that free words name, whatever case, diacritics, plural and parentheses.
    #[must_use]
    pub fn find(&self, substance: &str) -> Option<DrugEntry<'_>> {
        self.find_all(substance, 1).into_iter().next().map(|found| found.substance)
    }

    /// The substances that free words name, the nearest first: at most `most`.
    #[must_use]
    pub fn find_all<'q>(&self, substance: &'q str, most: usize) -> Vec<DrugMatch<'_, 'q>> {
        let found = Search::new(&self.tree, substance, false).matches(most, |_| true);
        found.into_iter().map(|words| DrugMatch { substance: Self::substance(words.entry), words }).collect()
    }

    /// Every cell with a code as a phrase of its substance, with intent and code, in the order of the book.
    pub fn phrases(&self) -> impl Iterator<Item = (String, Intent, IndexCode)> {
        self.entries().flat_map(|drug| drug.codes().map(move |(intent, code)| (drug.entry.phrase(), intent, code)))
    }

    /// Where an answer comes from: the table, its release and the path.
    #[must_use]
    pub fn citation(&self, substance: DrugEntry<'_>) -> String {
        let release = self.about().value("release").unwrap_or("unknown");
        format!("ICD-10-CM Table of Drugs and Chemicals, release {release}: {}", substance.entry.path())
    }
}
