//! Writes the search index: sections to stand in a table of their own or beside those of ICD-10-CM.

mod abbreviations;
mod model;
mod source;
mod write;

pub use model::SearchModel;
pub use source::{SearchNode, SearchSource};
pub use write::{search_sections, search_table};
