//! `see` and its kin: where an entry sends on.

use super::entry::IndexEntry;
use super::tree::{IndexTree, ReferenceKind};
use crate::code::Icd10CmCode;

/// A reference of an entry, as `see Fracture, by site`.
#[derive(Debug, Clone)]
pub struct CrossReference<'t> {
    kind: ReferenceKind,
    text: String,
    target: CrossReferenceTarget<'t>,
    rest: usize,
}

/// Where a reference leads. It was looked up when the table was written.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum CrossReferenceTarget<'t> {
    /// To an entry of the same index.
    Entry(IndexEntry<'t>),
    /// To a category, a subcategory or a range of them in the tabular list.
    Codes {
        /// The first.
        first: Icd10CmCode,
        /// The last; the same as the first where it is one.
        last: Icd10CmCode,
    },
    /// `see condition`: not to the word for the site or the like, but to that for the condition (Official Guidelines, section I.A.16).
    Condition,
    /// To the Table of Neoplasms; [`CrossReference::rest`] says what there.
    NeoplasmTable,
    /// To the Table of Drugs and Chemicals; [`CrossReference::rest`] says what there.
    DrugTable,
    /// To the Alphabetic Index, from another index.
    AlphabeticIndex,
    /// To the External Cause of Injuries Index, from another index.
    ExternalCauseIndex,
    /// Its words name no entry as they are written.
    Unresolved,
}

const ENTRY: u64 = 1;
const CODES: u64 = 2;
const CONDITION: u64 = 3;
const NEOPLASM: u64 = 4;
const DRUG: u64 = 5;
const ALPHABETIC: u64 = 6;
const EXTERNAL: u64 = 7;
const KEY: u64 = (1 << 42) - 1;

impl<'t> CrossReference<'t> {
    pub(crate) fn read(tree: &'t IndexTree<'t>, kind: ReferenceKind, number: u32) -> Self {
        let text = tree.reference(number);
        let (target, rest) = target(tree, number);
        Self { kind, target, rest: if text.is_char_boundary(rest) { rest } else { text.len() }, text }
    }

    /// How it sends.
    #[must_use]
    pub fn kind(&self) -> ReferenceKind {
        self.kind
    }

    /// Its words as the file has them.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it leads.
    #[must_use]
    pub fn target(&self) -> CrossReferenceTarget<'t> {
        self.target
    }

    /// What of its words is no part of the target but says how to choose there: `by site`, `with .42`, `malignant, by site`. Empty where nothing is.
    #[must_use]
    pub fn rest(&self) -> &str {
        self.text.get(self.rest..).unwrap_or_default().trim_start_matches([',', ' '])
    }

    /// Whether it leads anywhere.
    #[must_use]
    pub fn is_resolved(&self) -> bool {
        !matches!(self.target, CrossReferenceTarget::Unresolved)
    }
}

/// The words of a target: the kind in the highest byte and an entry or a code below; then the last code, and in the highest two bytes where the
/// rest of the reference's words begins.
fn target<'t>(tree: &'t IndexTree<'t>, number: u32) -> (CrossReferenceTarget<'t>, usize) {
    let Some((what, second)) = tree.target(number) else {
        return (CrossReferenceTarget::Unresolved, 0);
    };
    let target = match what >> 56 {
        ENTRY => IndexEntry::new(tree, what as u32).map(CrossReferenceTarget::Entry),
        CODES => {
            let (first, last) = (Icd10CmCode::from_packed(what & KEY), Icd10CmCode::from_packed(second & KEY));
            first.zip(last).map(|(first, last)| CrossReferenceTarget::Codes { first, last })
        }
        CONDITION => Some(CrossReferenceTarget::Condition),
        NEOPLASM => Some(CrossReferenceTarget::NeoplasmTable),
        DRUG => Some(CrossReferenceTarget::DrugTable),
        ALPHABETIC => Some(CrossReferenceTarget::AlphabeticIndex),
        EXTERNAL => Some(CrossReferenceTarget::ExternalCauseIndex),
        _ => None,
    };
    (target.unwrap_or(CrossReferenceTarget::Unresolved), (second >> 48) as usize)
}

/// The words of a target, for the writer.
#[cfg(feature = "import")]
pub(crate) fn to_bits(target: CrossReferenceTarget<'_>, rest: usize) -> (u64, u64) {
    let second = (rest as u64) << 48;
    match target {
        CrossReferenceTarget::Entry(entry) => (ENTRY << 56 | u64::from(entry.ordinal()), second),
        CrossReferenceTarget::Codes { first, last } => (CODES << 56 | first.packed(), second | last.packed()),
        CrossReferenceTarget::Condition => (CONDITION << 56, second),
        CrossReferenceTarget::NeoplasmTable => (NEOPLASM << 56, second),
        CrossReferenceTarget::DrugTable => (DRUG << 56, second),
        CrossReferenceTarget::AlphabeticIndex => (ALPHABETIC << 56, second),
        CrossReferenceTarget::ExternalCauseIndex => (EXTERNAL << 56, second),
        CrossReferenceTarget::Unresolved => (0, 0),
    }
}

/// Whether a target is what it says: an entry that there is, codes that are such.
pub(crate) fn is_sound(tree: &IndexTree<'_>, number: u32) -> bool {
    let Some((what, second)) = tree.target(number) else { return false };
    let inside = tree.reference(number).is_char_boundary((second >> 48) as usize);
    inside
        && match what >> 56 {
            0 => (what, second) == (0, 0),
            1..=EXTERNAL => !matches!(target(tree, number).0, CrossReferenceTarget::Unresolved),
            _ => false,
        }
}
