//! An entry of an index, and what stands above, below and beside it.

use super::code::IndexCode;
use super::reference::{CrossReference, CrossReferenceTarget};
use super::title::{parenthesis, title_words, without_parentheses};
use super::tree::{IndexTree, Item, ReferenceKind};
use core::fmt;

/// Most references that are followed one after the other.
const MOST_REFERENCES: usize = 16;

/// An entry: a main term or a subterm. Small and free to copy.
#[derive(Clone, Copy)]
pub struct IndexEntry<'t> {
    tree: &'t IndexTree<'t>,
    ordinal: u32,
}

/// How a subterm is linked to the term above (Official Guidelines, section I.A.15): the classification presumes a link between a
/// condition and what stands under `with` or `in`, even where the record does not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IndexLink {
    /// `with`, `associated with`.
    With,
    /// `in`, `in (due to)`.
    In,
    /// `due to`.
    DueTo,
}

/// What the book says to do next at an entry.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum NextStep<'t> {
    /// Check this code in the tabular list: it is the default of the entry, which holds where no subterm does.
    Code(IndexCode),
    /// The same, and this manifestation after it (Official Guidelines, section I.A.13).
    CodeWithManifestation(IndexCode, IndexCode),
    /// Go there, it is necessary.
    See(CrossReference<'t>),
    /// Go there if what stands here is not enough.
    SeeAlso(CrossReference<'t>),
    /// Look for a subterm: there are so many directly below.
    Subterms(usize),
}

/// What following references comes to.
#[derive(Debug, Clone)]
pub struct IndexTrail<'t> {
    /// The entries on the way, the first one included.
    pub entries: Vec<IndexEntry<'t>>,
    /// Where the way ends.
    pub end: TrailEnd<'t>,
}

/// Where a way of references ends.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TrailEnd<'t> {
    /// At a code.
    Code(IndexCode),
    /// At an entry without a code: a subterm must be chosen.
    Subterms,
    /// Outside this index, or at words that name nothing.
    Elsewhere(CrossReference<'t>),
    /// The references lead in a circle.
    Circle,
}

impl<'t> IndexEntry<'t> {
    pub(crate) fn new(tree: &'t IndexTree<'t>, ordinal: u32) -> Option<Self> {
        ((ordinal as usize) < tree.len()).then_some(Self { tree, ordinal })
    }

    /// The place of the entry in the book, from 0.
    #[must_use]
    pub fn ordinal(self) -> u32 {
        self.ordinal
    }

    /// The title as printed, nonessential modifiers in parentheses. Empty only where the table is damaged.
    #[must_use]
    pub fn title(self) -> String {
        self.tree.title_string(self.ordinal)
    }

    /// The nonessential modifiers of the title: words that can be there or not without a change of the code (Official Guidelines, section I.A.7).
    #[must_use]
    pub fn nonessential_modifiers(self) -> Vec<String> {
        let title = self.title();
        let mut found = Vec::new();
        let mut rest = title.as_str();
        while let Some((_, behind)) = rest.split_once('(') {
            let (inside, after) = parenthesis(behind);
            found.push(inside.to_owned());
            rest = after;
        }
        found
    }

    /// The level: 0 for a main term, 1 for a subterm, and so on.
    #[must_use]
    pub fn level(self) -> usize {
        self.tree.ancestors(self.ordinal).count()
    }

    /// The term above; `None` for a main term.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        Self::new(self.tree, self.tree.parent(self.ordinal)?)
    }

    /// The main term of the entry: itself or the one far above.
    #[must_use]
    pub fn main_term(self) -> Self {
        let above = self.tree.ancestors(self.ordinal).last();
        Self { tree: self.tree, ordinal: above.unwrap_or(self.ordinal) }
    }

    /// The subterms directly below in the order of the book, which has those under `with` and `in` first.
    pub fn subterms(self) -> impl Iterator<Item = Self> + use<'t> {
        self.tree.children(self.ordinal).filter_map(move |below| Self::new(self.tree, below))
    }

    /// How the entry and what is below it is linked to the term above; `None` where by no linking word.
    #[must_use]
    pub fn link(self) -> Option<IndexLink> {
        let title = title_words(&self.title());
        let mut words = title.essential().map(|word| word.stem.as_str());
        match (words.next()?, words.next()) {
            ("with", _) | ("associated", Some("with")) => Some(IndexLink::With),
            ("in", _) => Some(IndexLink::In),
            ("due", Some("to")) => Some(IndexLink::DueTo),
            _ => None,
        }
    }

    /// The conditions that the book links to this one: what stands under its `with`, `in` and `due to`, one level down.
    pub fn linked(self) -> impl Iterator<Item = (IndexLink, Self)> + use<'t> {
        let linking = self.subterms().filter_map(|below| Some((below.link()?, below)));
        linking.flat_map(|(link, below)| {
            let alone = title_words(&below.title()).need() == 0;
            let own = (!alone).then_some((link, below));
            own.into_iter().chain(below.subterms().filter(move |_| alone).map(move |entry| (link, entry)))
        })
    }

    pub(crate) fn items(self) -> impl Iterator<Item = Item> + use<'t> {
        self.tree.items(self.ordinal)
    }

    /// The default code: what holds where no subterm does (Official Guidelines, section I.A.18). `None` where the entry only leads on.
    #[must_use]
    pub fn code(self) -> Option<IndexCode> {
        self.codes().next()
    }

    /// All codes of the entry but manifestations. The official files give at most one.
    pub fn codes(self) -> impl Iterator<Item = IndexCode> + use<'t> {
        self.items().filter_map(|item| if let Item::Code(0, code) = item { Some(code) } else { None })
    }

    /// The manifestation that is coded after the entry's code, printed in brackets (Official Guidelines, section I.A.13).
    #[must_use]
    pub fn manifestation(self) -> Option<IndexCode> {
        self.items().find_map(|item| if let Item::Manifestation(code) = item { Some(code) } else { None })
    }

    /// Words that the file has in place of a manifestation.
    #[must_use]
    pub fn note(self) -> Option<String> {
        self.items()
            .find_map(|item| if let Item::Note(number) = item { Some(self.tree.reference(number)) } else { None })
    }

    /// The references of the entry, in the order of the file.
    pub fn references(self) -> impl Iterator<Item = CrossReference<'t>> + use<'t> {
        self.items().filter_map(move |item| match item {
            Item::Reference(kind, number) => Some(CrossReference::read(self.tree, kind, number)),
            _ => None,
        })
    }

    /// The titles from the main term down, with commas between: how the book cites an entry.
    #[must_use]
    pub fn path(self) -> String {
        self.join(", ", |title| title)
    }

    /// The path without its nonessential modifiers, as a phrase.
    #[must_use]
    pub fn phrase(self) -> String {
        self.join(" ", |title| without_parentheses(&title))
    }

    fn join(self, between: &str, form: impl Fn(String) -> String) -> String {
        let mut titles: Vec<String> =
            self.tree.ancestors(self.ordinal).map(|above| form(self.tree.title_string(above))).collect();
        titles.reverse();
        titles.push(form(self.title()));
        titles.retain(|title| !title.is_empty());
        titles.join(between)
    }

    /// What the book says to do next, in the order in which a coder does it.
    #[must_use]
    pub fn next_steps(self) -> Vec<NextStep<'t>> {
        let mut steps = Vec::new();
        for reference in self.references() {
            steps.push(match reference.kind() {
                ReferenceKind::SeeAlso => NextStep::SeeAlso(reference),
                _ => NextStep::See(reference),
            });
        }
        steps.sort_by_key(|step| matches!(step, NextStep::SeeAlso(_)));
        let subterms = self.subterms().count();
        if subterms > 0 {
            steps.push(NextStep::Subterms(subterms));
        }
        if let Some(code) = self.code() {
            steps.push(match self.manifestation() {
                Some(manifestation) => NextStep::CodeWithManifestation(code, manifestation),
                None => NextStep::Code(code),
            });
        }
        steps
    }

    /// Follows `see` from entry to entry until one has a code, and `see also` where an entry has nothing else and no subterms. A circle is
    /// noticed, and at most sixteen references are followed.
    #[must_use]
    pub fn follow(self) -> IndexTrail<'t> {
        let mut entries = vec![self];
        while let Some(last) = entries.last().copied() {
            if let Some(code) = last.code() {
                return IndexTrail { entries, end: TrailEnd::Code(code) };
            }
            let alone = last.subterms().next().is_none();
            let mut references = last.references();
            let Some(reference) = references.find(|reference| alone || reference.kind() != ReferenceKind::SeeAlso)
            else {
                return IndexTrail { entries, end: TrailEnd::Subterms };
            };
            let CrossReferenceTarget::Entry(next) = reference.target() else {
                return IndexTrail { entries, end: TrailEnd::Elsewhere(reference) };
            };
            if entries.len() > MOST_REFERENCES || entries.iter().any(|entry| entry.ordinal == next.ordinal) {
                break;
            }
            entries.push(next);
        }
        IndexTrail { entries, end: TrailEnd::Circle }
    }
}

impl PartialEq for IndexEntry<'_> {
    /// The same place of the same table.
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.tree, other.tree) && self.ordinal == other.ordinal
    }
}

impl Eq for IndexEntry<'_> {}

impl fmt::Display for IndexEntry<'_> {
    /// Its path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.path())
    }
}

impl fmt::Debug for IndexEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IndexEntry({}, {:?})", self.ordinal, self.path())
    }
}
