//! Search: what a coder types to ranked codes, with the words that matched.

mod abbreviations;
pub(crate) mod expand;
mod explain;
pub(crate) mod features;
mod fuse;
mod hit;
pub(crate) mod index;
pub(crate) mod lists;
pub(crate) mod network;
pub(crate) mod normalise;
mod query;
mod rank;
mod scratch;
/// The names of the sections of a search index, for those who write one.
pub mod section;
#[cfg(feature = "import")]
#[doc(hidden)]
pub mod training;

pub use fuse::PhraseMatch;
pub use hit::{Hit, Hits, MatchKind, MatchPlace, Matched};
pub use index::Icd10CmSearch;
#[cfg(feature = "bundled")]
pub use index::{BUNDLED_SEARCH_BYTES, BUNDLED_SEARCH_SOURCES, BUNDLED_SEARCH_VERSION};
pub use query::{MAX_WORDS, SearchQuery};
pub use scratch::Scratch;
pub use section::SEARCH_TABLE_KIND;
