//! Candidates for a query and their order.

use super::expand::{Held, How};
use super::features::{CANDIDATE, FEATURES, PARENT, QUERY, QueryFacts, Tops};
use super::index::{Icd10CmSearch, flag};
use super::lists::number_of;
use super::query::{MAX_WORDS, QueryWord};
use super::scratch::Scratch;
use core::cmp::Reverse;

/// A node that may be what the query means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) node: u16,
    pub(crate) title_sum: i16,
    pub(crate) title_rank: u16,
    pub(crate) text_rank: u16,
}

/// A node with its score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    pub(crate) node: u16,
    pub(crate) score: f32,
    pub(crate) variant: u8,
}

/// Nodes taken by their titles, and by their texts.
const BY_TITLE: usize = 56;
const BY_TEXT: usize = 36;
/// Candidates whose relatives are candidates too.
const LEADERS: usize = 8;
/// Rows of a list that are summed for a word; a word with more of them says next to nothing.
const BUDGET: usize = 10_000;
/// Rows of a list that make a word a common one.
const COMMON: usize = 2000;
/// The least weight that is summed; the rarest word has about 90.
const LEAST: u8 = 4;
/// Values that share a maximum.
const BLOCK: usize = 64;
/// Values that a processor compares at once.
const STEP: usize = 8;
/// Values that are marked at once, a bit for each.
const MARKS: usize = 16;

/// The weight of each length as BM25 has it (k1 1.2, b 0.75), 128 for the average.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights {
    by_length: [u8; 256],
}

impl Weights {
    /// For an average length in sixteenths.
    fn new(average: u32) -> Self {
        let mut by_length = [0; 256];
        for (length, weight) in (0u32..).zip(&mut by_length) {
            let relative = length * 16 * 256 / average.max(1);
            // At most 216, for no length.
            *weight = (128 * 220 * 256 / (100 * 256 + 120 * (64 + relative * 3 / 4))) as u8;
        }
        Self { by_length }
    }

    /// Adds a weight to what a list names.
    #[inline]
    fn add(&self, list: &[[u8; 2]], weight: u8, lengths: &[u8], sums: &mut [i16]) {
        // Of one length, so that a place is looked at once.
        let count = sums.len().min(lengths.len());
        let (sums, lengths) = (sums.get_mut(..count).unwrap_or_default(), lengths.get(..count).unwrap_or_default());
        let weight = u32::from(weight);
        for number in list {
            let place = usize::from(number_of(number));
            if let (Some(sum), Some(length)) = (sums.get_mut(place), lengths.get(place)) {
                let by_length = self.by_length.get(usize::from(*length)).copied().unwrap_or(0);
                let more = (weight * u32::from(by_length)) >> 6;
                *sum = (i32::from(*sum) + more as i32).min(i32::from(i16::MAX)) as i16;
            }
        }
    }
}

impl Icd10CmSearch<'_> {
    /// Ranks the nodes for words whose expansions are in the scratch. Appends to `scratch.ranked`.
    pub(crate) fn rank(
        &self,
        words: &[QueryWord],
        allows: &dyn Fn(u16) -> bool,
        variant: u8,
        held: Held<'_>,
        keep_inputs: bool,
        scratch: &mut Scratch,
    ) {
        scratch.fit_sums(self.nodes.len(), self.text_shapes.len());
        self.sum(words, held, scratch);
        let (title, text) = self.candidates(allows, scratch);
        let facts = QueryFacts::new(words);
        let mut tops = Tops { title, text, categories: (u16::MAX, u16::MAX) };
        let query = facts.inputs(words, tops);
        let mut base = self.network.biases();
        self.network.add(0, &query, &mut base);

        let candidates = core::mem::take(&mut scratch.candidates);
        scratch.running.clear();
        scratch.running.push(0);
        let mut total = 0u32;
        for candidate in &candidates {
            total += u32::from(candidate.title_sum.unsigned_abs());
            scratch.running.push(total);
        }
        let first_by = |rank: &dyn Fn(&Candidate) -> u16| {
            candidates.iter().min_by_key(|candidate| rank(candidate)).map_or(u16::MAX, |first| {
                let mut node = first.node;
                while let Some(parent) = self.parent(node) {
                    node = parent;
                }
                node
            })
        };
        tops.categories = (first_by(&|candidate| candidate.title_rank), first_by(&|candidate| candidate.text_rank));
        let (mut shared, mut category) = (None, None);
        let mut hidden_shared = base;
        for candidate in &candidates {
            let parent = self.parent(candidate.node);
            let known = shared.as_ref().is_some_and(|(of, _)| *of == parent && parent.is_some());
            if !known {
                let facts = self.parent_facts(candidate.node, &facts, tops, &candidates, &mut category, scratch);
                hidden_shared = base;
                self.network.add(QUERY, facts.inputs(), &mut hidden_shared);
                shared = Some((parent, facts));
            }
            let Some((_, shared)) = &shared else { continue };
            let own = self.inputs(candidate, &facts, shared, tops, held, scratch);
            let mut hidden = hidden_shared;
            self.network.add(QUERY + PARENT, &own, &mut hidden);
            let score = self.network.output(&hidden);
            scratch.ranked.push(Ranked { node: candidate.node, score, variant });
            if keep_inputs {
                let mut inputs = [0.0; FEATURES];
                let all = query.iter().chain(shared.inputs()).chain(&own);
                inputs.iter_mut().zip(all).for_each(|(place, value)| *place = *value);
                scratch.inputs.push(inputs);
            }
        }
        scratch.candidates = candidates;
        const { assert!(QUERY + PARENT + CANDIDATE == FEATURES) };
    }

    /// Adds up what each title and each text has of the query.
    fn sum(&self, words: &[QueryWord], held: Held<'_>, scratch: &mut Scratch) {
        let mut budget = BUDGET;
        let Scratch { expansions, title_sums, text_sums, weights, .. } = scratch;
        if weights.as_ref().is_none_or(|(averages, _)| *averages != self.averages) {
            *weights = None;
        }
        let (_, weights) = weights.get_or_insert_with(|| (self.averages, self.averages.map(Weights::new)));
        // What a word may mean, all of it together, is worth less than the word itself.
        let mut meant = [0.0f32; MAX_WORDS];
        for expansion in expansions.iter().filter(|expansion| expansion.how == How::Synonym) {
            if let Some(sum) = meant.get_mut(usize::from(expansion.query_word)) {
                *sum += expansion.strength * f32::from(self.rarity(expansion.word));
            }
        }
        for (sum, word) in meant.iter_mut().zip(words) {
            *sum = (word.rarity * 16.0 * 0.8 / sum.max(1.0)).min(1.0);
        }
        for common in [false, true] {
            for expansion in expansions.iter() {
                let part = match expansion.how {
                    How::Synonym => meant.get(usize::from(expansion.query_word)).copied().unwrap_or(0.0),
                    _ => 1.0,
                };
                let weight = (f32::from(self.rarity(expansion.word)) * expansion.strength * part * 0.5) as u8;
                if weight < LEAST {
                    continue;
                }
                let lists = [self.nodes_with(expansion.word), self.texts_with(expansion.word)];
                let sums = [&mut *title_sums, &mut *text_sums];
                let lengths = [self.titles.lengths(), self.texts.lengths()];
                for (((list, sums), lengths), weights) in lists.into_iter().zip(sums).zip(lengths).zip(&*weights) {
                    // Rare words first: where there is not room for all, the common ones are left out.
                    if (list.len() > COMMON) != common || list.len() > budget {
                        continue;
                    }
                    budget -= list.len();
                    weights.add(list, weight, lengths, sums);
                }
            }
        }
        for text in held.texts {
            if let Some(sum) = text_sums.get_mut(usize::from(*text)) {
                *sum = 0;
            }
        }
    }

    /// The nodes with the greatest sums, in order of code. Gives the greatest sum of a title and of a text.
    fn candidates(&self, allows: &dyn Fn(u16) -> bool, scratch: &mut Scratch) -> (i16, i16) {
        let Scratch { title_sums, text_sums, maxima, picked, candidates, .. } = scratch;
        candidates.clear();
        let title = greatest(title_sums, BY_TITLE, allows, maxima, picked);
        for (rank, (_, node)) in picked.iter().enumerate() {
            candidates.push(Candidate { node: *node, title_sum: 0, title_rank: rank as u16, text_rank: u16::MAX });
        }
        let owner_allowed = |text: u16| self.text_owner(text).is_some_and(allows);
        let text = greatest(text_sums, BY_TEXT, &owner_allowed, maxima, picked);
        for (rank, (_, text)) in picked.iter().enumerate() {
            if let Some(node) = self.text_owner(*text) {
                candidates.push(Candidate { node, title_sum: 0, title_rank: u16::MAX, text_rank: rank as u16 });
            }
        }
        // What stands above a leader, and its brothers for what is not said or said nowhere else.
        let leaders = candidates.len();
        for index in 0..leaders {
            let Some(leader) = candidates.get(index).copied() else { break };
            if usize::from(leader.title_rank.min(leader.text_rank)) >= LEADERS {
                continue;
            }
            let Some(parent) = self.parent(leader.node) else { continue };
            let mut push = |node: u16| {
                if allows(node) {
                    candidates.push(Candidate { node, title_sum: 0, title_rank: u16::MAX, text_rank: u16::MAX });
                }
            };
            push(parent);
            let end = self.end(parent);
            let mut child = parent + 1;
            while child < end {
                if self.flags(child) & (flag::UNSPECIFIED | flag::OTHER) != 0 {
                    push(child);
                }
                child = self.end(child).max(child + 1);
            }
        }
        candidates.sort_unstable_by_key(|candidate| candidate.node);
        candidates.dedup_by(|next, kept| {
            let same = next.node == kept.node;
            if same {
                kept.title_rank = kept.title_rank.min(next.title_rank);
                kept.text_rank = kept.text_rank.min(next.text_rank);
            }
            same
        });
        for candidate in candidates.iter_mut() {
            candidate.title_sum = title_sums.get(usize::from(candidate.node)).copied().unwrap_or(0);
        }
        (title, text)
    }
}

/// The places of the greatest sums, greatest first, then in order of place. Gives the greatest sum of all, allowed or not.
fn greatest(
    sums: &[i16],
    count: usize,
    allows: &dyn Fn(u16) -> bool,
    maxima: &mut Vec<i16>,
    picked: &mut Vec<(i16, u16)>,
) -> i16 {
    let (blocks, rest) = sums.as_chunks::<BLOCK>();
    maxima.clear();
    maxima.extend(blocks.iter().map(greatest_of));
    maxima.push(rest.iter().copied().max().unwrap_or(0));
    let top = maxima.iter().copied().max().unwrap_or(0);
    picked.clear();
    // Blocks below the count-th greatest maximum have nothing to give.
    picked.extend(maxima.iter().filter(|maximum| **maximum > 0).map(|maximum| (*maximum, 0)));
    let mut least = 1;
    if count < picked.len() {
        let (_, (nth, _), _) = picked.select_nth_unstable_by_key(count, |(maximum, _)| Reverse(*maximum));
        least = *nth;
    }
    let pick = |picked: &mut Vec<(i16, u16)>| {
        picked.clear();
        for (block, _) in maxima.iter().enumerate().filter(|(_, maximum)| **maximum >= least) {
            let start = block * BLOCK;
            let values = sums.get(start..(start + BLOCK).min(sums.len())).unwrap_or_default();
            for (values, place) in values.chunks(MARKS).zip((start..).step_by(MARKS)) {
                let mut marked = match values.first_chunk::<MARKS>() {
                    Some(values) => at_least(values, least),
                    None => at_least(values, least),
                };
                while marked != 0 {
                    let offset = marked.trailing_zeros() as usize;
                    marked &= marked - 1;
                    picked.extend(values.get(offset).map(|sum| (*sum, (place + offset) as u16)));
                }
            }
        }
        picked.len()
    };
    let order = |one: &(i16, u16)| (Reverse(one.0), one.1);
    let allowed = |picked: &mut Vec<(i16, u16)>| {
        picked.sort_unstable_by_key(order);
        let mut left = count;
        picked.retain(|(_, place)| {
            let kept = left > 0 && allows(*place);
            left -= usize::from(kept);
            kept
        });
        picked.len()
    };
    // Few are refused as a rule: the best are asked about first, all only where those do not suffice.
    let all = pick(picked);
    let asked = 2 * count;
    if all > asked {
        picked.select_nth_unstable_by_key(asked, order);
        picked.truncate(asked);
    }
    if allowed(picked) < count && all > asked {
        pick(picked);
        allowed(picked);
    }
    top
}

/// Which of the first values are not below a least, a bit for each: without a branch, for few are.
#[inline]
fn at_least(values: &[i16], least: i16) -> u16 {
    const BITS: [u16; MARKS] =
        [1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000];
    values.iter().zip(&BITS).fold(0, |marked, (value, bit)| marked | if *value >= least { *bit } else { 0 })
}

/// The greatest value of a block, in steps that a processor takes for eight values at once.
fn greatest_of(block: &[i16; BLOCK]) -> i16 {
    let mut greatest = [0i16; STEP];
    for values in block.as_chunks::<STEP>().0 {
        for (greatest, value) in greatest.iter_mut().zip(values) {
            *greatest = (*greatest).max(*value);
        }
    }
    greatest.into_iter().fold(0, i16::max)
}
