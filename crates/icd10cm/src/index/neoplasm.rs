//! The Table of Neoplasms: site and behavior to code.

use super::code::IndexCode;
use super::entry::IndexEntry;
use super::find::{IndexMatch, Search};
use super::opening::opening;
use super::reference::{CrossReference, CrossReferenceTarget};
use super::section;
use super::tree::{IndexTree, Item, ReferenceKind};
use super::walk::{IndexWalk, walk};
use super::words::{stem, words};
use core::fmt;
use superbill_core::Date;
use superbill_table::{About, TableError};

/// How a neoplasm behaves: a column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Behavior {
    /// Malignant, at the site where it began.
    MalignantPrimary,
    /// Malignant, spread to the site from another.
    MalignantSecondary,
    /// Carcinoma in situ.
    InSitu,
    /// Benign.
    Benign,
    /// Uncertain: the pathologist cannot tell.
    Uncertain,
    /// Unspecified: the record does not tell.
    Unspecified,
}

impl Behavior {
    /// All, in the order of the columns.
    pub const ALL: [Self; 6] = [
        Self::MalignantPrimary,
        Self::MalignantSecondary,
        Self::InSitu,
        Self::Benign,
        Self::Uncertain,
        Self::Unspecified,
    ];

    /// The number of the column in the official file: 2 to 7.
    #[must_use]
    pub const fn column(self) -> u8 {
        match self {
            Self::MalignantPrimary => 2,
            Self::MalignantSecondary => 3,
            Self::InSitu => 4,
            Self::Benign => 5,
            Self::Uncertain => 6,
            Self::Unspecified => 7,
        }
    }

    /// The name in data: `malignant_primary`, `malignant_secondary`, `in_situ`, `benign`, `uncertain`, `unspecified`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MalignantPrimary => "malignant_primary",
            Self::MalignantSecondary => "malignant_secondary",
            Self::InSitu => "in_situ",
            Self::Benign => "benign",
            Self::Uncertain => "uncertain",
            Self::Unspecified => "unspecified",
        }
    }

    /// The behavior that some words name, as the Alphabetic Index does when it sends to the table (`malignant, by site`); the words can say
    /// other things too. Malignant alone is primary, and so is what is called a cancer or carcinoma.
    #[must_use]
    pub fn in_words(text: &str) -> Option<Self> {
        let words = words(text);
        let has = |stem: &str| words.iter().any(|word| word.stem == stem);
        let secondary = has("secondary") || has("metastatic") || has("metastasis") || has("metastase");
        let cancer = ["cancer", "carcinoma", "adenocarcinoma", "malignancy"].into_iter().any(has);
        Some(match () {
            () if secondary => Self::MalignantSecondary,
            () if has("situ") => Self::InSitu,
            () if has("malignant") || has("primary") => Self::MalignantPrimary,
            () if has("benign") => Self::Benign,
            () if has("uncertain") => Self::Uncertain,
            () if cancer => Self::MalignantPrimary,
            () if has("unspecified") => Self::Unspecified,
            () => return None,
        })
    }
}

impl fmt::Display for Behavior {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A mark behind the name of a site, explained in the notes before the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SiteMark {
    /// `*`: squamous cell and epidermoid carcinomas of the site are coded as malignant neoplasms of its skin, papillomas as benign ones.
    Skin,
    /// `◊`: carcinomas and adenocarcinomas of the site, but for intraosseous and odontogenic ones, are taken for metastases of an unspecified
    /// primary.
    Bone,
}

/// A site of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeoplasmEntry<'t> {
    entry: IndexEntry<'t>,
}

/// A site that a text names, with what of the text it took.
#[derive(Debug, Clone)]
pub struct NeoplasmMatch<'t, 'q> {
    /// The site.
    pub site: NeoplasmEntry<'t>,
    /// How the text names it.
    pub words: IndexMatch<'t, 'q>,
}

impl<'t> NeoplasmEntry<'t> {
    /// The site as an entry: title, path, terms above and below, references.
    #[must_use]
    pub fn entry(self) -> IndexEntry<'t> {
        self.entry
    }

    /// The code for a behavior. `None` where the table has a dash or nothing: there is no such neoplasm of the site, or the site sends elsewhere.
    #[must_use]
    pub fn code(self, behavior: Behavior) -> Option<IndexCode> {
        cell(self.entry, behavior.column())
    }

    /// All codes of the site with their behavior, in the order of the columns.
    pub fn codes(self) -> impl Iterator<Item = (Behavior, IndexCode)> + use<'t> {
        Behavior::ALL.into_iter().filter_map(move |behavior| Some((behavior, self.code(behavior)?)))
    }

    /// The site that this one sends to with `see`, as often as it takes; itself where it has codes of its own or leads nowhere.
    #[must_use]
    pub fn followed(self) -> Self {
        Self { entry: followed(self.entry) }
    }

    /// The marks behind the name of the site.
    #[must_use]
    pub fn marks(self) -> Vec<SiteMark> {
        let title = self.entry.title();
        let marks = [('*', SiteMark::Skin), ('◊', SiteMark::Bone)];
        marks.into_iter().filter_map(|(mark, meaning)| title.contains(mark).then_some(meaning)).collect()
    }
}

/// The code of an entry in a column.
pub(crate) fn cell(entry: IndexEntry<'_>, column: u8) -> Option<IndexCode> {
    entry.items().find_map(|item| match item {
        Item::Code(other, code) if other == column => Some(code),
        _ => None,
    })
}

/// Follows `see` to an entry with cells.
pub(crate) fn followed(entry: IndexEntry<'_>) -> IndexEntry<'_> {
    let mut current = entry;
    // More than sixteen are a circle.
    for _ in 0..16 {
        if current.items().any(|item| matches!(item, Item::Code(..) | Item::NoCode(_))) {
            return current;
        }
        let mut references = current.references().filter(|reference| reference.kind() == ReferenceKind::See);
        match references.next().map(|reference| reference.target()) {
            Some(CrossReferenceTarget::Entry(next)) => current = next,
            _ => break,
        }
    }
    entry
}

/// The ICD-10-CM Table of Neoplasms (Official Guidelines, section I.C.2: the table is consulted first, but for a histology that the Alphabetic Index
/// names).
///
/// Made by `import::neoplasm_table` (feature `import`) from the official XML, read in place.
#[derive(Debug, Clone, Copy)]
pub struct NeoplasmTable<'a> {
    tree: IndexTree<'a>,
}

impl<'a> NeoplasmTable<'a> {
    opening!(section::NEOPLASM_KIND, "Table of Neoplasms");

    fn site(entry: IndexEntry<'_>) -> NeoplasmEntry<'_> {
        NeoplasmEntry { entry }
    }

    /// All entries in the order of the book; the first is the term `Neoplasm` itself.
    pub fn entries(&self) -> impl Iterator<Item = NeoplasmEntry<'_>> {
        let all = 0..u32::try_from(self.tree.len()).unwrap_or(0);
        all.filter_map(|ordinal| IndexEntry::new(&self.tree, ordinal).map(Self::site))
    }

    /// Walks a path of sites as the book cites it, with or without the word `Neoplasm` before it: `Neoplasm, lip, internal`.
    #[must_use]
    pub fn walk(&self, path: &str) -> IndexWalk<'_> {
        let whole = walk(&self.tree, path);
        if whole.is_complete() {
            return whole;
        }
        let within = walk(&self.tree, &format!("neoplasm, {path}"));
        if within.rest().len() < whole.rest().len() || whole.entry().is_none() && within.rest() != path {
            within
        } else {
            whole
        }
    }

    /// The nearest site that free words name. Words for the behavior are left over.
    #[must_use]
    pub fn find(&self, site: &str) -> Option<NeoplasmEntry<'_>> {
        self.find_all(site, 1).into_iter().next().map(|found| found.site)
    }

    /// The sites that free words name, the nearest first: at most `most`.
    #[must_use]
    pub fn find_all<'q>(&self, site: &'q str, most: usize) -> Vec<NeoplasmMatch<'_, 'q>> {
        let found = Search::new(&self.tree, site, true).matches(most, |_| true);
        found.into_iter().map(|words| NeoplasmMatch { site: Self::site(words.entry), words }).collect()
    }

    /// Goes where a reference of the Alphabetic Index to this table sends: the site, where its words name one, and the behavior.
    #[must_use]
    pub fn follow(&self, reference: &CrossReference<'_>) -> Option<(NeoplasmEntry<'_>, Option<Behavior>)> {
        if !matches!(reference.target(), CrossReferenceTarget::NeoplasmTable) {
            return None;
        }
        let behavior = Behavior::in_words(reference.rest());
        let said = [
            "malignant",
            "primary",
            "secondary",
            "situ",
            "benign",
            "uncertain",
            "unspecified",
            "behavior",
            "by",
            "site",
            "in",
        ];
        let site: Vec<&str> = reference
            .rest()
            .split(',')
            .map(str::trim)
            .filter(|piece| !words(piece).iter().all(|word| said.contains(&word.stem.as_str())))
            .collect();
        let walked = self.walk(&format!("neoplasm, {}", site.join(", ")));
        Some((Self::site(walked.entry()?), behavior))
    }

    /// Every cell with a code as a phrase of its site, with behavior and code, in the order of the book.
    pub fn phrases(&self) -> impl Iterator<Item = (String, Behavior, IndexCode)> {
        self.entries().flat_map(|site| site.codes().map(move |(behavior, code)| (site.entry.phrase(), behavior, code)))
    }

    /// Where an answer comes from: the table, its release and the path.
    #[must_use]
    pub fn citation(&self, site: NeoplasmEntry<'_>) -> String {
        let release = self.about().value("release").unwrap_or("unknown");
        format!("ICD-10-CM Table of Neoplasms, release {release}: {}", site.entry.path())
    }
}
