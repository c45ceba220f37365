//! Implementation guides as data: which loops, segments and elements a transaction has, in which order, how often, how long, with which codes.
//!
//! Each guide is a text in `guides/`, those of release 004010 in `guides/4010/`, read once when it is first asked for. What it says are
//! facts of the guides of ASC X12; the words are ours.

mod compile;
mod dictionary;
mod element;
mod error;
mod lines;
mod list;
mod model;
mod packed;
mod registry;

pub use element::{ElementKind, ElementUse, Usage};
pub use error::GuideError;
pub use list::ExternalList;
pub use model::{Guide, GuideLoop, SegmentUse};

pub(crate) use compile::compile;
pub(crate) use dictionary::{NoteKind, SyntaxNote};
pub(crate) use model::{Child, ChildKind, Key, range};
pub(crate) use packed::{Packed, PlaceName, SegmentId};
pub(crate) use registry::{base_segment, envelope, known_segment};
