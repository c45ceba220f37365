//! Which words of a query a node answers, and how.

use super::expand::How;
use super::hit::{MatchKind, MatchPlace, MatchRow};
use super::index::Icd10CmSearch;
use super::lists::number_of;
use super::query::MAX_WORDS;
use super::scratch::Scratch;

impl Icd10CmSearch<'_> {
    /// Appends the matches of a node to the scratch, one for each word of the query that something answers: the surest first, of
    /// equally sure ones that in the title. `folded` where the node stands above the hit.
    pub(crate) fn explain(&self, node: u16, folded: bool, scratch: &mut Scratch) {
        let mut best: [Option<(How, f32, MatchPlace, u16)>; MAX_WORDS] = [None; MAX_WORDS];
        let mut look = |row: &[[u8; 2]], place: MatchPlace| {
            for word in row {
                let word = number_of(word);
                for expansion in scratch.expansions_to(word) {
                    let Some(best) = best.get_mut(usize::from(expansion.query_word)) else { continue };
                    let better = best.is_none_or(|(how, strength, ..)| {
                        expansion.how < how || (expansion.how == how && expansion.strength > strength)
                    });
                    if better {
                        *best = Some((expansion.how, expansion.strength, place, word));
                    }
                }
            }
        };
        let row = usize::from(node);
        look(self.titles.row(row), if folded { MatchPlace::AncestorTitle } else { MatchPlace::Title });
        for text in self.texts_of(row..row + 1) {
            let place = if self.text_kind(text as u16) < 2 { MatchPlace::InclusionTerm } else { MatchPlace::Note };
            look(self.texts.row(text), place);
        }
        let mut above = self.parent(node);
        for _ in 0..5 {
            let Some(node) = above else { break };
            look(self.titles.row(usize::from(node)), MatchPlace::AncestorTitle);
            above = self.parent(node);
        }
        let Scratch { words, matches, .. } = scratch;
        for (word, best) in words.iter().zip(best) {
            let Some((how, _, place, found)) = best else { continue };
            let how = match how {
                How::Exact if word.abbreviation => MatchKind::Abbreviation,
                How::Exact => MatchKind::Exact,
                How::Prefix => MatchKind::Prefix,
                How::Fuzzy => MatchKind::Fuzzy,
                How::Similar => MatchKind::Similar,
                How::Synonym if word.beside.contains(&Some(found)) => MatchKind::Abbreviation,
                How::Synonym => MatchKind::Synonym,
            };
            matches.push(MatchRow { start: word.start, end: word.end, word: Some(found), place, how, phrase: None });
        }
    }
}
