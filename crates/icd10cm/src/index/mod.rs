//! The four indexes of ICD-10-CM: from words to codes as the book itself leads.
//!
//! All four are trees of entries. The Alphabetic Index and the External Cause Index have codes and references at entries; the Table of Neoplasms
//! and the Table of Drugs and Chemicals have six columns of codes.

mod alphabetic;
mod books;
pub(crate) mod checks;
mod code;
mod drug;
mod entry;
mod find;
mod lexicon;
mod neoplasm;
mod opening;
mod reference;
pub(crate) mod section;
mod title;
mod tree;
mod walk;
mod words;

pub use alphabetic::{AlphabeticIndex, ExternalCauseIndex, IndexHit};
pub use books::{Book, BookMatch, IndexBooks};
pub use code::IndexCode;
pub use drug::{DrugEntry, DrugMatch, DrugTable, Intent};
pub use entry::{IndexEntry, IndexLink, IndexTrail, NextStep, TrailEnd};
pub use find::IndexMatch;
pub use neoplasm::{Behavior, NeoplasmEntry, NeoplasmMatch, NeoplasmTable, SiteMark};
pub use reference::{CrossReference, CrossReferenceTarget};
pub use section::{ALPHABETIC_KIND, DRUG_KIND, EXTERNAL_CAUSE_KIND, NEOPLASM_KIND};
pub use tree::ReferenceKind;
pub use walk::IndexWalk;

// For the importer.
#[cfg(feature = "import")]
pub(crate) use {
    find::Search,
    reference::to_bits as target_bits,
    title::{printed, title_words},
    tree::{IndexTree, Item, LEVELS, NO_PARENT},
    walk::walk_cited,
    words::{is_connecting, sort_key, words},
};
