//! What the network is told of a candidate.
//!
//! The inputs stand in three groups, so that what is the same for all candidates of a query, or for all below one parent, is worked out
//! once: the query, the parent, the candidate.

use super::expand::Held;
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
    levels: [[f32; MAX_WORDS]; 3],
}

impl Best {
    pub(crate) const NONE: Self = Self { levels: [[0.0; MAX_WORDS]; 3] };

    fn raise(&mut self, level: usize, word: usize, strength: f32) {
        for level in self.levels.iter_mut().skip(level) {
            if let Some(best) = level.get_mut(word) {
                *best = best.max(strength);
            }
        }
    }

    fn raise_all(&mut self, other: &Self, words: usize) {
        for (level, theirs) in self.levels.iter_mut().zip(&other.levels) {
            for (best, theirs) in level.iter_mut().zip(theirs).take(words) {
                *best = best.max(*theirs);
            }
        }
    }

    fn at(&self, level: usize, word: usize) -> f32 {
        self.levels.get(level).and_then(|level| level.get(word)).copied().unwrap_or(0.0)
    }
}

/// What of a text's own words is answered by the query.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Answered {
    /// Weight of all words.
    mass: f32,
    /// Weight of those that are answered, by level.
    answered: [f32; 3],
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
    fn share(&self, best: &Best, level: usize) -> f32 {
        let sum: f32 =
            self.weights.iter().take(self.count).enumerate().map(|(word, weight)| weight * best.at(level, word)).sum();
        sum / self.mass
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

fn ratio(sum: i16, top: i16) -> f32 {
    f32::from(sum) / f32::from(top.max(1))
}

impl Icd10CmSearch<'_> {
    /// Walks over the words of a text.
    fn answer(&self, words: &[[u8; 2]], scratch: &Scratch, best: &mut Best) -> Answered {
        let mut answered = Answered::default();
        let mut before: Option<u8> = None;
        for (place, word) in words.iter().enumerate() {
            let word = number_of(word);
            let weight = f32::from(self.rarity(word)) / 16.0;
            answered.mass += weight;
            let mut expansions = scratch.expansions_to(word).peekable();
            if expansions.peek().is_none() {
                before = None;
                answered.last = 0.0;
                continue;
            }
            let mut levels = [0.0f32; 3];
            let mut exact = None;
            for expansion in expansions {
                let level = expansion.how.level();
                for level in levels.iter_mut().skip(level) {
                    *level = level.max(expansion.strength);
                }
                if level == 0 && (exact.is_none() || before.map(|before| before + 1) == Some(expansion.query_word)) {
                    exact = Some(expansion.query_word);
                }
                best.raise(level, usize::from(expansion.query_word), expansion.strength);
            }
            if let (Some(before), Some(now)) = (before, exact)
                && before + 1 == now
            {
                answered.neighbours += 1.0;
            }
            before = exact;
            for (sum, level) in answered.answered.iter_mut().zip(levels) {
                *sum += weight * level;
            }
            let [_, like, _] = levels;
            if place == 0 {
                answered.first = like;
            }
            answered.last = like;
        }
        answered
    }

    /// The best sum of the texts of some nodes.
    fn best_text(&self, nodes: Range<usize>, scratch: &Scratch) -> i16 {
        let sums = scratch.text_sums.get(self.texts_of(nodes)).unwrap_or_default();
        sums.iter().copied().max().unwrap_or(0)
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

    /// What candidates below the parent of a node share.
    pub(crate) fn parent_facts(
        &self,
        node: u16,
        facts: &QueryFacts,
        tops: Tops,
        candidates: &[Candidate],
        scratch: &Scratch,
    ) -> ParentFacts {
        let parent = self.parent(node);
        let category = self.category(node);
        let mut above = Best::NONE;
        let mut parent_best = Best::NONE;
        let mut answered = Answered::default();
        let mut children = 1;
        let (mut sibling_text, mut sibling_title, mut below) = (0, 0, 0);
        if let Some(parent) = parent {
            answered = self.answer(self.titles.row(usize::from(parent)), scratch, &mut parent_best);
            above.raise_all(&parent_best, facts.count);
            let mut up = self.parent(parent);
            for _ in 0..4 {
                let Some(node) = up else { break };
                self.answer(self.titles.row(usize::from(node)), scratch, &mut above);
                up = self.parent(node);
            }
            let range = usize::from(parent)..usize::from(self.end(parent));
            below = range.len();
            sibling_text = self.best_text(range.clone(), scratch);
            sibling_title = scratch
                .title_sums
                .get(range.start + 1..range.end)
                .unwrap_or_default()
                .iter()
                .copied()
                .max()
                .unwrap_or(0);
            let mut child = parent + 1;
            while children < 40 && child < self.end(parent) {
                children += 1;
                child = self.end(child).max(child + 1);
            }
        }
        let mut category_best = Best::NONE;
        self.answer(self.titles.row(usize::from(category)), scratch, &mut category_best);
        let category_range = usize::from(category)..usize::from(self.end(category));
        let category_text = self.best_text(category_range.clone(), scratch);
        // The share of all candidates' sums that stands below a node.
        let vote = |range: Range<usize>| {
            let before = |node: usize| candidates.partition_point(|candidate| usize::from(candidate.node) < node);
            let until = |node: usize| scratch.running.get(before(node)).copied().unwrap_or(0);
            let all = scratch.running.last().copied().unwrap_or(0).max(1);
            until(range.end).saturating_sub(until(range.start)) as f32 / all as f32
        };
        let parent_vote = parent.map_or(0.0, |parent| vote(usize::from(parent)..usize::from(self.end(parent))));
        let inputs = [
            truth(parent.is_none()),
            facts.share(&parent_best, 0),
            facts.share(&parent_best, 1),
            facts.share(&parent_best, 2),
            answered.share(0),
            answered.share(1),
            answered.share(2),
            facts.share(&category_best, 1),
            facts.share(&category_best, 2),
            ratio(sibling_text, tops.text),
            ratio(sibling_title, tops.title),
            ratio(category_text, tops.text),
            scaled(children, 32),
            scaled(below, 256),
            parent_vote,
            vote(category_range),
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
        let title = self.answer(words, scratch, &mut best);
        let title_share = [0, 1, 2].map(|level| facts.share(&best, level));

        // Words of the title that the parent's title has not, and what of the query they answer that the parent's does not.
        let parent_words = shared.parent.map_or(&[][..], |parent| self.titles.row(usize::from(parent)));
        let (mut own_mass, mut own_like, mut own_meaning) = (0.0f32, 0.0f32, 0.0f32);
        for word in words.iter().filter(|word| !parent_words.contains(word)) {
            let word = number_of(word);
            let weight = f32::from(self.rarity(word)) / 16.0;
            let mut levels = [0.0f32; 2];
            for expansion in scratch.expansions_to(word) {
                let [like, meaning] = &mut levels;
                *meaning = meaning.max(expansion.strength);
                if expansion.how.level() < 2 {
                    *like = like.max(expansion.strength);
                }
            }
            own_mass += weight;
            own_like += weight * levels[0];
            own_meaning += weight * levels[1];
        }
        let mut beyond = [0.0f32; 2];
        for (word, weight) in facts.weights.iter().take(facts.count).enumerate() {
            for (sum, level) in beyond.iter_mut().zip([1, 2]) {
                *sum += weight * (best.at(level, word) - shared.parent_best.at(level, word)).max(0.0);
            }
        }

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
            let answered = self.answer(self.texts.row(text), scratch, &mut text_best);
            let share = [0, 1, 2].map(|level| facts.share(&text_best, level));
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
        let own_share = [0, 1, 2].map(|level| facts.share(&all, level));
        all.raise_all(&shared.above, facts.count);
        let whole_share = [0, 1, 2].map(|level| facts.share(&all, level));

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
            beyond[0] / facts.mass,
            beyond[1] / facts.mass,
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
