//! Room that queries use again.

use super::expand::{Expansion, How, LEVELS};
use super::features::FEATURES;
use super::hit::{HitRow, MatchRow};
use super::lists::number_of;
use super::query::QueryWord;
use super::rank::{Candidate, Ranked, Weights};

/// Room for queries, to be used for one after the other: a query that finds room allocates nothing.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    pub(crate) words: Vec<QueryWord>,
    pub(crate) expansions: Vec<Expansion>,
    /// For each word of the index its first expansion, counted from 1.
    pub(crate) heads: Vec<u16>,
    pub(crate) gram_sums: Vec<u16>,
    pub(crate) gram_words: Vec<u16>,
    /// Words whose letters are nearly those of a word.
    pub(crate) near_words: Vec<u16>,
    pub(crate) title_sums: Vec<i16>,
    pub(crate) text_sums: Vec<i16>,
    /// What a word weighs in titles and in texts by their length, for the average lengths of the index that was asked last.
    pub(crate) weights: Option<([u32; 2], [Weights; 2])>,
    pub(crate) maxima: Vec<i16>,
    pub(crate) picked: Vec<(i16, u16)>,
    pub(crate) candidates: Vec<Candidate>,
    /// Sums of the candidates' title sums: of those before each, and of all.
    pub(crate) running: Vec<u32>,
    pub(crate) ranked: Vec<Ranked>,
    pub(crate) hits: Vec<HitRow>,
    pub(crate) matches: Vec<MatchRow>,
    /// The inputs of the network for each candidate; kept only where a model is trained.
    pub(crate) inputs: Vec<[f32; FEATURES]>,
}

impl Scratch {
    /// Room that grows with the first query.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes as much room as the words of an index need.
    pub(crate) fn fit_words(&mut self, words: usize) {
        if self.heads.len() != words {
            self.heads.clear();
            self.heads.resize(words, 0);
            self.expansions.clear();
            self.gram_words.clear();
            self.gram_sums.clear();
            self.gram_sums.resize(words, 0);
        }
    }

    /// Takes as much room as the nodes and texts of an index need, all sums zero.
    pub(crate) fn fit_sums(&mut self, nodes: usize, texts: usize) {
        self.title_sums.clear();
        self.title_sums.resize(nodes, 0);
        self.text_sums.clear();
        self.text_sums.resize(texts, 0);
    }

    pub(crate) fn forget_expansions(&mut self) {
        for expansion in &self.expansions {
            if let Some(head) = self.heads.get_mut(usize::from(expansion.word)) {
                *head = 0;
            }
        }
        self.expansions.clear();
    }

    pub(crate) fn push_expansion(&mut self, word: u16, query_word: u8, how: How, strength: f32) {
        let Ok(place) = u16::try_from(self.expansions.len() + 1) else { return };
        let Some(head) = self.heads.get_mut(usize::from(word)) else { return };
        let mut levels = [0.0; 4];
        levels.iter_mut().take(LEVELS).skip(how.level()).for_each(|level| *level = strength);
        self.expansions.push(Expansion { word, query_word, how, strength, levels, next: *head });
        *head = place;
    }

    /// The expansions that lead to a word of the index.
    #[inline]
    pub(crate) fn expansions_to(&self, word: u16) -> ExpansionsTo<'_> {
        let next = self.heads.get(usize::from(word)).copied().unwrap_or(0);
        ExpansionsTo { all: &self.expansions, next }
    }

    pub(crate) fn add_gram(&mut self, words: &[[u8; 2]], weight: u16) {
        for word in words {
            let word = number_of(word);
            if let Some(sum) = self.gram_sums.get_mut(usize::from(word)) {
                if *sum == 0 {
                    self.gram_words.push(word);
                }
                *sum = sum.saturating_add(weight);
            }
        }
    }

    pub(crate) fn forget_grams(&mut self) {
        for word in &self.gram_words {
            if let Some(sum) = self.gram_sums.get_mut(usize::from(*word)) {
                *sum = 0;
            }
        }
        self.gram_words.clear();
    }
}

/// Expansions that lead to one word.
pub(crate) struct ExpansionsTo<'s> {
    all: &'s [Expansion],
    next: u16,
}

impl<'s> Iterator for ExpansionsTo<'s> {
    type Item = &'s Expansion;

    #[inline]
    fn next(&mut self) -> Option<&'s Expansion> {
        let expansion = self.all.get(usize::from(self.next).checked_sub(1)?)?;
        self.next = expansion.next;
        Some(expansion)
    }
}
