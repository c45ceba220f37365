//! What the network is told of a candidate.
//!
//! The inputs stand in three groups, so that what is the same for all candidates of a query, or for all below one parent, is worked out
//! once: the query, the parent, the candidate.

use super::expand::{Held, How, Levels};
use super::index::{Icd10CmSearch, flag};
use super::lists::number_of;
use super::query::{MAX_WORDS, QueryWord};
use super::rank::Candidate;
use super::scratch::Scratch;
use core::ops::Range;

/// Inputs that tell of the query.
pub(crate) const QUERY: usize = 16;
/// Inputs that tell of the parent and the category.
pub(crate) const PARENT: usize = 16;
/// Inputs that tell of the candidate.
pub(crate) const CANDIDATE: usize = 62;
/// All inputs.
pub(crate) const FEATURES: usize = QUERY + PARENT + CANDIDATE;

/// How well each word of the query is answered: exactly, by a word like it, by meaning. Each level has what is below it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Best {
    words: [Levels; MAX_WORDS],
}

/// Raises each level to what it is elsewhere. No strength is no number, so that a comparison is all there is to it.
#[inline]
fn raise(levels: &mut Levels, others: &Levels) {
    for (level, other) in levels.iter_mut().zip(others) {
        *level = if *other > *level { *other } else { *level };
    }
}

/// Adds some share of a weight for each level.
#[inline]
fn add_parts(sums: &mut Levels, weight: f32, parts: &Levels) {
    for (sum, part) in sums.iter_mut().zip(parts) {
        *sum += weight * part;
    }
}

impl Best {
    pub(crate) const NONE: Self = Self { words: [[0.0; 4]; MAX_WORDS] };

    fn raise_all(&mut self, other: &Self, words: usize) {
        for (best, theirs) in self.words.iter_mut().zip(&other.words).take(words) {
            raise(best, theirs);
        }
    }

    fn at(&self, level: usize, word: usize) -> f32 {
        self.words.get(word).and_then(|levels| levels.get(level)).copied().unwrap_or(0.0)
    }
}

/// What of a text's own words is answered by the query.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Answered {
    /// Weight of all words.
    mass: f32,
    /// Weight of those that are answered, by level.
    answered: Levels,
    /// The same two for the words that another text has not.
    own_mass: f32,
    own_answered: Levels,
    /// Pairs of words that follow each other in the query too.
    neighbours: f32,
    first: f32,
    last: f32,
}

impl Answered {
    /// The answered share, by level.
    fn share(&self, level: usize) -> f32 {
        if self.mass > 0.0 { self.answered.get(level).copied().unwrap_or(0.0) / self.mass } else { 0.0 }
    }
}

/// The query's side of the inputs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QueryFacts {
    /// Weight of each word and of all.
    weights: [f32; MAX_WORDS],
    mass: f32,
    count: usize,
    pub(crate) nos: bool,
    pub(crate) nec: bool,
    other: bool,
    unspecified: bool,
    left: bool,
    right: bool,
    bilateral: bool,
    without: bool,
}

impl QueryFacts {
    pub(crate) fn new(words: &[QueryWord]) -> Self {
        let mut facts = Self {
            weights: [0.0; MAX_WORDS],
            mass: 0.0,
            count: words.len().min(MAX_WORDS),
            nos: false,
            nec: false,
            other: false,
            unspecified: false,
            left: false,
            right: false,
            bilateral: false,
            without: false,
        };
        for (word, weight) in words.iter().zip(&mut facts.weights) {
            *weight = word.rarity;
            facts.mass += word.rarity;
            match word.word.as_bytes() {
                b"nos" => facts.nos = true,
                b"nec" => facts.nec = true,
                b"other" => facts.other = true,
                b"unspecified" => facts.unspecified = true,
                b"left" => facts.left = true,
                b"right" => facts.right = true,
                b"bilateral" => facts.bilateral = true,
                b"without" => facts.without = true,
                _ => {}
            }
        }
        facts.mass = facts.mass.max(0.001);
        facts
    }

    /// The answered share of the query, by level.
    fn shares(&self, best: &Best) -> Levels {
        let mut sums = [0.0; 4];
        for (weight, levels) in self.weights.iter().zip(&best.words).take(self.count) {
            add_parts(&mut sums, *weight, levels);
        }
        sums.map(|sum| sum / self.mass)
    }

    pub(crate) fn inputs(&self, words: &[QueryWord], tops: Tops) -> [f32; QUERY] {
        let unknown: f32 = words.iter().filter(|word| word.id.is_none()).map(|word| word.rarity).sum();
        let has = |text: &[u8]| truth(words.iter().any(|word| word.word.as_bytes() == text));
        [
            self.count as f32 / 8.0,
            truth(self.nos),
            truth(self.nec),
            truth(self.other),
            truth(self.unspecified),
            truth(self.left || self.right || self.bilateral),
            truth(self.without),
            has(b"with"),
            has(b"due"),
            has(b"acute"),
            has(b"chronic"),
            unknown / self.mass,
            f32::from(tops.title) / (self.mass * 24.0),
            f32::from(tops.text) / (self.mass * 24.0),
            truth(self.count == 1),
            truth(words.iter().any(|word| word.word.as_bytes().iter().any(u8::is_ascii_digit))),
        ]
    }
}

/// The greatest sums of a query, and the categories of the first title and the first text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tops {
    pub(crate) title: i16,
    pub(crate) text: i16,
    pub(crate) categories: (u16, u16),
}

/// What candidates of one category share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CategoryFacts {
    category: u16,
    like: f32,
    meaning: f32,
    text: i16,
    vote: f32,
}

/// What candidates below one parent share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ParentFacts {
    parent: Option<u16>,
    category: u16,
    inputs: [f32; PARENT],
    /// What the titles of the parent and above answer.
    above: Best,
    parent_best: Best,
}

fn truth(value: bool) -> f32 {
    if value { 1.0 } else { 0.0 }
}

/// A count on a scale up to 1.
fn scaled(count: usize, full: usize) -> f32 {
    count.min(full) as f32 / full as f32
}

/// The greatest of some sums, none of which is below zero.
fn greatest(sums: &[i16]) -> i16 {
    sums.iter().copied().fold(0, i16::max)
}

fn ratio(sum: i16, top: i16) -> f32 {
    f32::from(sum) / f32::from(top.max(1))
}

impl Icd10CmSearch<'_> {
    /// Walks over the words of a text. Those that the text beside it has too are none of its own.
    fn answer(&self, words: &[[u8; 2]], beside: &[[u8; 2]], scratch: &Scratch, best: &mut Best) -> Answered {
        let mut answered = Answered::default();
        // The word of the query that is expected to follow: one behind that of the word before, counted from 1.
        let mut expected = 0u8;
        let mut first = true;
        for bytes in words {
            let word = number_of(bytes);
            let weight = f32::from(self.rarity(word)) / 16.0;
            answered.mass += weight;
            let own = !beside.contains(bytes);
            if own {
                answered.own_mass += weight;
            }
            let mut expansions = scratch.expansions_to(word);
            let Some(mut expansion) = expansions.next() else {
                expected = 0;
                answered.last = 0.0;
                first = false;
                continue;
            };
            let mut levels = [0.0f32; 4];
            let mut exact = 0u8;
            loop {
                raise(&mut levels, &expansion.levels);
                let number = expansion.query_word.saturating_add(1);
                if expansion.how == How::Exact && (exact == 0 || number == expected) {
                    exact = number;
                }
                if let Some(best) = best.words.get_mut(usize::from(expansion.query_word)) {
                    raise(best, &expansion.levels);
                }
                match expansions.next() {
                    Some(next) => expansion = next,
                    None => break,
                }
            }
            if expected != 0 && exact == expected {
                answered.neighbours += 1.0;
            }
            expected = if exact == 0 { 0 } else { exact.saturating_add(1) };
            add_parts(&mut answered.answered, weight, &levels);
            if own {
                add_parts(&mut answered.own_answered, weight, &levels);
            }
            let [_, like, ..] = levels;
            if first {
                answered.first = like;
                first = false;
            }
            answered.last = like;
        }
        answered
    }

    /// The best sum of the texts of some nodes.
    fn best_text(&self, nodes: Range<usize>, scratch: &Scratch) -> i16 {
        greatest(scratch.text_sums.get(self.texts_of(nodes)).unwrap_or_default())
    }

    fn category(&self, node: u16) -> u16 {
        let mut node = node;
        for _ in 0..5 {
            match self.parent(node) {
                Some(parent) => node = parent,
                None => break,
            }
        }
        node
    }

    /// The share of all candidates' sums that stands below a node.
    fn vote(&self, nodes: &Range<usize>, candidates: &[Candidate], scratch: &Scratch) -> f32 {
        let before = |node: usize| candidates.partition_point(|candidate| usize::from(candidate.node) < node);
        let until = |node: usize| scratch.running.get(before(node)).copied().unwrap_or(0);
        let all = scratch.running.last().copied().unwrap_or(0).max(1);
        until(nodes.end).saturating_sub(until(nodes.start)) as f32 / all as f32
    }

    fn category_facts(
        &self,
        category: u16,
        facts: &QueryFacts,
        candidates: &[Candidate],
        scratch: &Scratch,
    ) -> CategoryFacts {
        let mut best = Best::NONE;
        self.answer(self.titles.row(usize::from(category)), &[], scratch, &mut best);
        let [_, like, meaning, _] = facts.shares(&best);
        let nodes = usize::from(category)..usize::from(self.end(category));
        let vote = self.vote(&nodes, candidates, scratch);
        CategoryFacts { category, like, meaning, text: self.best_text(nodes, scratch), vote }
    }

    /// What candidates below the parent of a node share. `known` is what was worked out of a category last.
    pub(crate) fn parent_facts(
        &self,
        node: u16,
        facts: &QueryFacts,
        tops: Tops,
        candidates: &[Candidate],
        known: &mut Option<CategoryFacts>,
        scratch: &Scratch,
    ) -> ParentFacts {
        let parent = self.parent(node);
        let category = self.category(node);
        let shared = match known.filter(|known| known.category == category) {
            Some(known) => known,
            None => *known.insert(self.category_facts(category, facts, candidates, scratch)),
        };
        let mut above = Best::NONE;
        let mut parent_best = Best::NONE;
        let mut answered = Answered::default();
        let mut children = 1;
        let (mut sibling_text, mut sibling_title, mut below) = (0, 0, 0);
        if let Some(parent) = parent {
            answered = self.answer(self.titles.row(usize::from(parent)), &[], scratch, &mut parent_best);
            above.raise_all(&parent_best, facts.count);
            let mut up = self.parent(parent);
            for _ in 0..4 {
                let Some(node) = up else { break };
                self.answer(self.titles.row(usize::from(node)), &[], scratch, &mut above);
                up = self.parent(node);
            }
            let range = usize::from(parent)..usize::from(self.end(parent));
            below = range.len();
            sibling_text = self.best_text(range.clone(), scratch);
            sibling_title = greatest(scratch.title_sums.get(range.start + 1..range.end).unwrap_or_default());
            let mut child = parent + 1;
            while children < 40 && child < self.end(parent) {
                children += 1;
                child = self.end(child).max(child + 1);
            }
        }
        let parent_vote = parent.map_or(0.0, |parent| {
            self.vote(&(usize::from(parent)..usize::from(self.end(parent))), candidates, scratch)
        });
        let [parent_exact, parent_like, parent_meaning, _] = facts.shares(&parent_best);
        let inputs = [
            truth(parent.is_none()),
            parent_exact,
            parent_like,
            parent_meaning,
            answered.share(0),
            answered.share(1),
            answered.share(2),
            shared.like,
            shared.meaning,
            ratio(sibling_text, tops.text),
            ratio(sibling_title, tops.title),
            ratio(shared.text, tops.text),
            scaled(children, 32),
            scaled(below, 256),
            parent_vote,
            shared.vote,
        ];
        ParentFacts { parent, category, inputs, above, parent_best }
    }

    /// The inputs of a candidate.
    pub(crate) fn inputs(
        &self,
        candidate: &Candidate,
        facts: &QueryFacts,
        shared: &ParentFacts,
        tops: Tops,
        held: Held<'_>,
        scratch: &Scratch,
    ) -> [f32; CANDIDATE] {
        let node = candidate.node;
        let row = usize::from(node);
        let flags = self.flags(node);
        let mut best = Best::NONE;
        let words = self.titles.row(row);
        // Words of the title that the parent's title has not, and what of the query they answer that the parent's does not.
        let parent_words = shared.parent.map_or(&[][..], |parent| self.titles.row(usize::from(parent)));
        let title = self.answer(words, parent_words, scratch, &mut best);
        let title_share = facts.shares(&best);
        let (own_mass, [_, own_like, own_meaning, _]) = (title.own_mass, title.own_answered);
        let mut beyond = [0.0f32; 4];
        let both = best.words.iter().zip(&shared.parent_best.words);
        for (weight, (levels, theirs)) in facts.weights.iter().zip(both).take(facts.count) {
            let mut more = *levels;
            for (more, theirs) in more.iter_mut().zip(theirs) {
                let difference = *more - *theirs;
                *more = if difference > 0.0 { difference } else { 0.0 };
            }
            add_parts(&mut beyond, *weight, &more);
        }
        let [_, beyond_like, beyond_meaning, _] = beyond;

        // Texts of the node.
        let mut texts = 0usize;
        let mut top_text = [0.0f32; 6];
        let mut top_rank = -1.0f32;
        let mut all = best;
        let mut own_sum = 0i16;
        for text in self.texts_of(row..row + 1) {
            if held.texts.contains(&(text as u16)) {
                continue;
            }
            texts += 1;
            let sum = scratch.text_sums.get(text).copied().unwrap_or(0);
            own_sum = own_sum.max(sum);
            if sum == 0 {
                continue;
            }
            let mut text_best = Best::NONE;
            let answered = self.answer(self.texts.row(text), &[], scratch, &mut text_best);
            let share = facts.shares(&text_best);
            let rank = share[1] * answered.share(1) + 0.1 * share[2] * answered.share(2);
            if rank > top_rank {
                top_rank = rank;
                top_text = [
                    share[0],
                    share[1],
                    share[2],
                    answered.share(0),
                    answered.share(1),
                    answered.neighbours / facts.count.max(1) as f32,
                ];
            }
            all.raise_all(&text_best, facts.count);
        }
        let own_share = facts.shares(&all);
        all.raise_all(&shared.above, facts.count);
        let whole_share = facts.shares(&all);

        let code = self.nodes.get(row).map_or(0, |key| u64::from_le_bytes(*key));
        let length = 7 - (code.trailing_zeros() / 6).min(7) as usize;
        let last = (code >> (42 - 6 * length.max(1))) & 0x3F;
        let first = (code >> 36) & 0x3F;
        let letter = |letter: u8| u64::from(letter - b'A') + 11;
        let between = |from: u8, to: u8| truth((letter(from)..=letter(to)).contains(&first));
        let below = usize::from(self.end(node)).saturating_sub(row + 1);
        let has = |bit: u8| flags & bit != 0;
        let side = has(flag::LEFT) || has(flag::RIGHT) || has(flag::BILATERAL);
        let asked_side = facts.left || facts.right || facts.bilateral;
        let right_side = (facts.left && has(flag::LEFT))
            || (facts.right && has(flag::RIGHT))
            || (facts.bilateral && has(flag::BILATERAL));
        let reference = self.texts_of(row..row + 1).any(|text| self.text_kind(text as u16) == 1);
        [
            title_share[0],
            title_share[1],
            title_share[2],
            title.share(0),
            title.share(1),
            title.share(2),
            title.neighbours / facts.count.max(1) as f32,
            title.first,
            title.last,
            best.at(1, 0),
            best.at(1, facts.count.saturating_sub(1)),
            best.at(2, 0),
            top_text[0],
            top_text[1],
            top_text[2],
            top_text[3],
            top_text[4],
            top_text[5],
            scaled(texts, 8),
            truth(texts == 0),
            own_share[0],
            own_share[1],
            own_share[2],
            whole_share[0],
            whole_share[1],
            whole_share[2],
            beyond_like / facts.mass,
            beyond_meaning / facts.mass,
            (own_mass - own_like) / 16.0,
            (own_mass - own_meaning) / 16.0,
            own_like / own_mass.max(0.001),
            own_meaning / own_mass.max(0.001),
            ratio(candidate.title_sum, tops.title),
            ratio(own_sum, tops.text),
            1.0 / (1.0 + f32::from(candidate.title_rank)),
            1.0 / (1.0 + f32::from(candidate.text_rank)),
            truth(shared.category == tops.categories.0),
            truth(shared.category == tops.categories.1),
            truth(length == 3),
            truth(length == 4),
            truth(length == 5),
            truth(length == 6),
            truth(below == 0),
            scaled(below, 32),
            truth(has(flag::UNSPECIFIED)),
            truth(has(flag::OTHER)),
            truth(has(flag::ELSEWHERE)),
            truth(has(flag::WITHOUT) && !facts.without),
            truth(side && !asked_side),
            truth(side && right_side),
            truth(asked_side && !right_side),
            truth(last == 9),
            truth(last == 10),
            truth(last == 1),
            truth(facts.nos && has(flag::UNSPECIFIED)),
            truth(facts.nec && has(flag::OTHER)),
            scaled(words.len(), 16),
            between(b'S', b'T'),
            between(b'V', b'Y'),
            between(b'Z', b'Z'),
            between(b'O', b'Q'),
            truth(reference),
        ]
    }
}

impl ParentFacts {
    pub(crate) fn inputs(&self) -> &[f32; PARENT] {
        &self.inputs
    }
}
