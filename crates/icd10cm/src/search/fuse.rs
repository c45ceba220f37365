//! What another source says of a query.

use crate::code::Icd10CmCode;

/// A code that another source, as the Alphabetic Index, gives for words of a query.
///
/// Pass such matches to [`SearchQuery::fuse`](super::SearchQuery::fuse), best first. Each is put among the codes that the search
/// itself has found: `share` of the query's words answered is worth as much as a title that answers that share of it word by word.
/// A code that both have found is raised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhraseMatch {
    /// The code.
    pub code: Icd10CmCode,
    /// The bytes of the query that the phrase answers.
    pub start: usize,
    /// One behind the last byte.
    pub end: usize,
    /// How much of the query's words the phrase answers, and how much of the phrase's words the query has: the smaller of the two,
    /// from 0 to 1.
    pub share: f32,
}

/// What a whole match is worth.
const WHOLE: f32 = 12.0;
/// What it is worth that both sources have a code.
const BOTH: f32 = 2.0;

/// The score of a match that the search has or has not found itself.
pub(crate) fn fused(own: Option<f32>, best: f32, share: f32) -> f32 {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    // A whole phrase stands above all that is only ranked; a part of one among them.
    let external = best - WHOLE * (1.0 - share) * 2.0 + if share >= 1.0 { WHOLE } else { 0.0 };
    own.map_or(external, |own| own.max(external) + BOTH * share)
}
