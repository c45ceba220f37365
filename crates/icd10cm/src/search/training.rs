//! What training and evaluation ask of the search: the same way as a query, as if a text were not in the index.

use super::expand::Held;
use super::features::FEATURES;
use super::index::{Icd10CmSearch, flag};
use super::lists::number_of;
use super::normalise::words;
use super::query::{MAX_VARIANTS, order};
use super::scratch::Scratch;
use crate::code::Icd10CmCode;
use std::collections::BTreeMap;

/// The texts of an index by their words.
#[derive(Debug, Default)]
pub struct TextsByWords {
    texts: BTreeMap<Vec<u16>, Vec<u16>>,
}

impl TextsByWords {
    /// Lists the texts of an index.
    #[must_use]
    pub fn new(search: &Icd10CmSearch<'_>) -> Self {
        let mut texts: BTreeMap<Vec<u16>, Vec<u16>> = BTreeMap::new();
        for text in 0..search.texts.len() {
            let words = search.texts.row(text).iter().map(number_of).collect();
            texts.entry(words).or_default().push(text as u16);
        }
        Self { texts }
    }

    /// The texts that have the same words in the same order as a text, spelling and plural put aside, whoever owns them.
    #[must_use]
    pub fn same(&self, search: &Icd10CmSearch<'_>, text: &str) -> &[u16] {
        let numbers: Option<Vec<u16>> = words(text).map(|token| search.spelled(&token.word)).collect();
        numbers.and_then(|numbers| self.texts.get(&numbers)).map_or(&[], Vec::as_slice)
    }
}

/// The best nodes of the newest release, best first, as if some texts were not in the index.
pub fn rank_without(
    search: &Icd10CmSearch<'_>,
    text: &str,
    without: &[u16],
    scratch: &mut Scratch,
    into: &mut Vec<(Icd10CmCode, f32)>,
) {
    scratch.ranked.clear();
    let held = Held { texts: without };
    let allowed = |node: u16| search.flags(node) & flag::NEWEST != 0;
    let (mut variant, mut readings) = (0, 1);
    while variant < readings {
        readings = search.read(text, variant, false, held, scratch).readings.min(MAX_VARIANTS);
        let words = core::mem::take(&mut scratch.words);
        search.rank(&words, &allowed, variant as u8, held, false, scratch);
        search.raise_whole(&words, variant as u8, held, scratch);
        scratch.words = words;
        variant += 1;
    }
    order(&mut scratch.ranked);
    into.clear();
    into.extend(scratch.ranked.iter().filter_map(|ranked| Some((search.code(ranked.node)?, ranked.score))));
}

/// The inputs of the network for each candidate of the first reading, as if some texts were not in the index.
pub fn inputs_without(
    search: &Icd10CmSearch<'_>,
    text: &str,
    without: &[u16],
    scratch: &mut Scratch,
) -> Vec<(Icd10CmCode, [f32; FEATURES])> {
    scratch.ranked.clear();
    scratch.inputs.clear();
    let held = Held { texts: without };
    let allowed = |node: u16| search.flags(node) & flag::NEWEST != 0;
    search.read(text, 0, false, held, scratch);
    let words = core::mem::take(&mut scratch.words);
    search.rank(&words, &allowed, 0, held, true, scratch);
    scratch.words = words;
    let codes = scratch.ranked.iter().filter_map(|ranked| search.code(ranked.node));
    codes.zip(scratch.inputs.drain(..)).collect()
}
