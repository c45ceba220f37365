//! A word of the query to the words of the index that it may mean.

use super::index::Icd10CmSearch;
use super::lists::number_of;
use super::normalise::{Word, stem};
use super::query::QueryWord;
use super::scratch::Scratch;

/// Why a word of the index answers a word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    Exact,
    Prefix,
    Fuzzy,
    Similar,
    Synonym,
}

impl How {
    /// The row of the three coverages: exact, like it, and by meaning.
    pub(crate) fn level(self) -> usize {
        match self {
            Self::Exact => 0,
            Self::Prefix | Self::Fuzzy | Self::Similar => 1,
            Self::Synonym => 2,
        }
    }
}

/// A number for each level of [`How::level`], and a zero: four that are worked on at once. What is answered at a level is at those above.
pub(crate) type Levels = [f32; 4];
/// How many levels there are.
pub(crate) const LEVELS: usize = 3;

/// A word of the index that answers a word of the query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expansion {
    pub(crate) word: u16,
    pub(crate) query_word: u8,
    pub(crate) how: How,
    /// 1 for the word itself.
    pub(crate) strength: f32,
    /// The strength at its level and those above, zero at those below.
    pub(crate) levels: Levels,
    /// The next expansion to the same word of the index, counted from 1.
    pub(crate) next: u16,
}

/// A text that is treated as if it were not in the index: what leaving one out means.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Held<'h> {
    /// The numbers of the texts.
    pub(crate) texts: &'h [u16],
}

impl Held<'_> {
    fn has(&self, search: &Icd10CmSearch<'_>, text: u16, word: u16) -> bool {
        search.texts.row(usize::from(text)).iter().any(|other| number_of(other) == word)
    }

    /// Whether nothing but these texts has the word.
    pub(crate) fn alone_has(&self, search: &Icd10CmSearch<'_>, word: u16) -> bool {
        if self.texts.is_empty() {
            return false;
        }
        let held = self.texts.iter().filter(|text| self.has(search, **text, word)).count();
        search.nodes_with(word).is_empty() && search.texts_with(word).len() <= held
    }
}

/// Most expansions of one word of each kind.
const MAX_PREFIXES: usize = 12;
const MAX_FUZZY: usize = 4;
const MAX_SIMILAR: usize = 10;
const MAX_SYNONYMS: usize = 16;
/// Likeness of 4-grams below which words are not alike, as a cosine.
const LIKE: f32 = 0.32;
/// Words with a 4-gram above which it says nothing: endings such as -itis.
pub(crate) const COMMON_GRAM: usize = 100;

impl Icd10CmSearch<'_> {
    /// Fills the expansions of the words of a query.
    pub(crate) fn expand(&self, words: &mut [QueryWord], typeahead: bool, held: Held<'_>, scratch: &mut Scratch) {
        scratch.fit_words(self.word_count);
        scratch.forget_expansions();
        let last = words.len().saturating_sub(1);
        for (place, word) in words.iter_mut().enumerate() {
            let number = place as u8;
            let stem = stem(&word.word);
            word.id = self.word(stem.as_bytes()).filter(|id| !held.alone_has(self, *id));
            let rarity = word.id.map_or(super::query::RARITY_OF_UNKNOWN, |id| self.rarity(id));
            word.rarity = f32::from(rarity) / 16.0;
            if let Some(id) = word.id {
                scratch.push_expansion(id, number, How::Exact, 1.0);
            }
            if place == last && (typeahead || word.id.is_none()) && !word.abbreviation {
                self.prefixes(&word.word, word.id, number, held, scratch);
            }
            if word.id.is_none() {
                self.fuzzy(&stem, number, held, scratch);
            }
            self.similar(&stem, word.id, number, held, scratch);
            if let Some(id) = word.id {
                self.synonyms(id, number, held, scratch);
            }
            for other in word.beside.iter().flatten() {
                scratch.push_expansion(*other, number, How::Synonym, 1.0);
            }
        }
    }

    /// Words that begin so.
    fn prefixes(&self, typed: &Word, own: Option<u16>, number: u8, held: Held<'_>, scratch: &mut Scratch) {
        if typed.len() < 2 {
            return;
        }
        let bytes = typed.as_bytes();
        // A stem can be shorter than what was typed of its word: arthriti.
        for cut in 1..=2 {
            let stem = bytes.get(..typed.len().saturating_sub(cut)).unwrap_or_default();
            if let Some(word) = self.word(stem).filter(|word| Some(*word) != own && !held.alone_has(self, *word))
                && self.word_shown(word).as_bytes().starts_with(bytes)
            {
                scratch.push_expansion(word, number, How::Prefix, 0.9);
            }
        }
        // The most frequent words first: they are what is being typed.
        let mut found = [(0u32, 0u16); MAX_PREFIXES];
        let first = self.first_word(bytes);
        for word in (first..self.word_count).map_while(|word| u16::try_from(word).ok()) {
            if !self.word_stem(word).starts_with(bytes) {
                break;
            }
            let count = self.nodes_with(word).len() + self.texts_with(word).len();
            let entry = (count as u32, word);
            if let Some(least) = found.last_mut().filter(|least| entry.0 > least.0)
                && Some(word) != own
                && !held.alone_has(self, word)
            {
                *least = entry;
                lift(&mut found, |one, other| one.0 > other.0);
            }
        }
        for (_, word) in found.iter().filter(|(count, _)| *count > 0) {
            scratch.push_expansion(*word, number, How::Prefix, 0.8);
        }
    }

    /// Words at a small distance: 1 for 4 to 7 letters, 2 for more.
    fn fuzzy(&self, stem: &Word, number: u8, held: Held<'_>, scratch: &mut Scratch) {
        let bound = match stem.len() {
            0..=3 => return,
            4..=7 => 1,
            _ => 2,
        };
        let own = letters(stem.as_bytes());
        let near = if bound == 1 { near::<1> } else { near::<2> };
        let mut near_words = core::mem::take(&mut scratch.near_words);
        near_words.clear();
        for (letters, first) in self.letters.chunks(BITS.len()).zip((0u32..).step_by(BITS.len())) {
            let mut marked = near(letters, own);
            while marked != 0 {
                near_words.push((first + marked.trailing_zeros()) as u16);
                marked &= marked - 1;
            }
        }
        let mut found = [(u32::MAX, 0u32, 0u16); MAX_FUZZY];
        for word in near_words.iter().copied() {
            let theirs = self.word_stem(word);
            // A stem has lost its final vowel, a word of few letters that is misspelled may still have it.
            let bytes = stem.as_bytes();
            let bare = bytes.strip_suffix(b"a").or_else(|| bytes.strip_suffix(b"e")).unwrap_or(bytes);
            let closest = [bytes, bare].into_iter().filter_map(|own| distance(own, theirs, bound)).min();
            let Some(distance) = closest.filter(|distance| *distance > 0) else {
                continue;
            };
            let count = self.nodes_with(word).len() + self.texts_with(word).len();
            let entry = (distance as u32, u32::MAX - count as u32, word);
            if let Some(last) = found.last_mut().filter(|last| entry < **last)
                && !held.alone_has(self, word)
            {
                *last = entry;
                lift(&mut found, |one, other| one < other);
            }
        }
        scratch.near_words = near_words;
        for (distance, _, word) in found.iter().filter(|(distance, ..)| *distance != u32::MAX) {
            let strength = if *distance == 1 { 0.9 } else { 0.75 };
            scratch.push_expansion(*word, number, How::Fuzzy, strength);
        }
    }

    /// Words that share rare 4-grams.
    fn similar(&self, stem: &Word, own: Option<u16>, number: u8, held: Held<'_>, scratch: &mut Scratch) {
        if stem.len() < 3 {
            return;
        }
        let mut size = 0u32;
        let mut grams = Grams::new(stem.as_bytes());
        while let Some(gram) = grams.next_gram() {
            let words = self.grams.words_with(gram);
            if words.len() > COMMON_GRAM {
                continue;
            }
            let weight = u32::from(gram_weight(words.len(), self.word_count));
            size += weight * weight;
            scratch.add_gram(words, (weight * weight) as u16);
        }
        // Who shares that much has at least that size, so that nothing less can be alike.
        let least = (size as f32 * LIKE * LIKE) as u16;
        let size = (size as f32).sqrt();
        let mut found = [(0.0f32, 0u16); MAX_SIMILAR];
        for index in 0..scratch.gram_words.len() {
            let Some(word) = scratch.gram_words.get(index).copied() else { break };
            let Some(sum) = scratch.gram_sums.get(usize::from(word)).copied().filter(|sum| *sum > least) else {
                continue;
            };
            let likeness = f32::from(sum) / (size * f32::from(self.gram_size(word).max(1)));
            if let Some(least) = found.last_mut().filter(|least| likeness >= LIKE && likeness > least.0)
                && Some(word) != own
                && !held.alone_has(self, word)
            {
                *least = (likeness, word);
                lift(&mut found, |one, other| one.0 > other.0 || (one.0 == other.0 && one.1 < other.1));
            }
        }
        scratch.forget_grams();
        for (likeness, word) in found.iter().filter(|(likeness, _)| *likeness > 0.0) {
            scratch.push_expansion(*word, number, How::Similar, likeness.min(0.95));
        }
    }

    /// Words of titles whose notes have the word more often than notes in general.
    fn synonyms(&self, own: u16, number: u8, held: Held<'_>, scratch: &mut Scratch) {
        let mut notes = u32::from(self.notes_with(own));
        let mut all = self.notes;
        let mut taken: [Option<u16>; 8] = [None; 8];
        let with_word = held.texts.iter().filter(|text| held.has(self, **text, own));
        for (place, text) in taken.iter_mut().zip(with_word) {
            *place = self.text_owner(*text);
            notes = notes.saturating_sub(1);
        }
        all = all.saturating_sub(held.texts.len() as u32).max(1);
        if notes == 0 {
            return;
        }
        let expected = notes as f32 / all as f32;
        let share = 1.0 / (notes as f32 + 1.0);
        let has_title =
            |node: u16, word: u16| self.titles.row(usize::from(node)).iter().any(|other| number_of(other) == word);
        let mut found = [(0.0f32, 0.0f32, 0u16); MAX_SYNONYMS];
        for (word, count) in self.pairs_of(own) {
            // Most counts are too small whatever is expected.
            if f32::from(count) * share <= 0.02 {
                continue;
            }
            let mut less = 0.0;
            for owner in taken.iter().map_while(|owner| *owner) {
                less += if has_title(owner, word) { 1.0 } else { 0.0 };
            }
            let titles = f32::from(self.note_titles_with(word)) - less;
            let strength = (f32::from(count) - less - expected * titles) * share;
            if strength <= 0.02 {
                continue;
            }
            let rank = strength * f32::from(self.rarity(word));
            if let Some(least) = found.last_mut().filter(|least| rank > least.0) {
                *least = (rank, strength, word);
                lift(&mut found, |one, other| one.0 > other.0);
            }
        }
        for (_, strength, word) in found.iter().filter(|(rank, ..)| *rank > 0.0) {
            scratch.push_expansion(*word, number, How::Synonym, strength.min(1.0));
        }
    }
}

/// Moves the last entry up to its place; the others are in order.
fn lift<T>(entries: &mut [T], before: impl Fn(&T, &T) -> bool) {
    let mut place = entries.len().saturating_sub(1);
    while place > 0 {
        let (Some(own), Some(above)) = (entries.get(place), entries.get(place - 1)) else { return };
        if !before(own, above) {
            return;
        }
        entries.swap(place - 1, place);
        place -= 1;
    }
}

/// The 4-grams of a word between marks of its begin and end.
pub(crate) struct Grams<'w> {
    word: &'w [u8],
    at: usize,
}

impl<'w> Grams<'w> {
    pub(crate) fn new(word: &'w [u8]) -> Self {
        Self { word, at: 0 }
    }

    pub(crate) fn next_gram(&mut self) -> Option<[u8; 4]> {
        let byte = |place: usize| match place.checked_sub(1) {
            None => Some(b'^'),
            Some(place) if place == self.word.len() => Some(b'$'),
            Some(place) => self.word.get(place).copied(),
        };
        let gram = [byte(self.at)?, byte(self.at + 1)?, byte(self.at + 2)?, byte(self.at + 3)?];
        self.at += 1;
        Some(gram)
    }
}

/// How rare a 4-gram is, from the number of words that have it: about four times the binary logarithm.
pub(crate) fn gram_weight(words: usize, all: usize) -> u8 {
    let ratio = (all.max(1) * 16 / (words.max(1))) as u32;
    // Two bits behind the point of the binary logarithm.
    let whole = ratio.max(1).ilog2();
    let rest = if whole >= 2 { (ratio >> (whole - 2)) & 3 } else { 0 };
    (whole * 4 + rest).saturating_sub(16) as u8
}

/// The bits of a number, in order.
pub(crate) const BITS: [u32; 32] = {
    let mut bits = 1u64;
    let mut all = [0; 32];
    let mut left: &mut [u32] = &mut all;
    while let Some((bit, rest)) = left.split_first_mut() {
        *bit = bits as u32;
        bits <<= 1;
        left = rest;
    }
    all
};

/// Which words have letters that allow a distance up to a bound from a word of some letters, a bit for each. Without a branch: a processor
/// looks at several at once.
#[inline]
fn near<const BOUND: u32>(words: &[[u8; 4]], own: u32) -> u32 {
    words.iter().zip(&BITS).fold(0, |marked, (other, bit)| {
        let other = u32::from_le_bytes(*other);
        let longer = (other >> 27) as i32 - (own >> 27) as i32;
        let near = (-(BOUND as i32) <= longer) & (longer <= BOUND as i32);
        // A change takes at most one letter away and brings at most one; a final vowel may be taken away beside.
        let gone = without_lowest(own & !other & LETTERS, BOUND + 1);
        let come = without_lowest(other & !own & LETTERS, BOUND);
        marked | if near & ((gone | come) == 0) { *bit } else { 0 }
    })
}

/// A number without its lowest ones.
#[inline]
fn without_lowest(number: u32, ones: u32) -> u32 {
    (0..ones).fold(number, |number, _| number & number.wrapping_sub(1))
}

/// Bits of [`letters`] that are letters.
const LETTERS: u32 = (1 << 27) - 1;

/// The letters that a word has as bits 1 to 26 (what is no letter shares them), its length in bits 27 to 31, at most 31.
pub(crate) fn letters(word: &[u8]) -> u32 {
    let bits = word.iter().fold(0, |letters, byte| letters | 1 << (byte & 31).min(26));
    bits | (word.len().min(31) as u32) << 27
}

/// The edit distance of two words, a swap of neighbours counting as one; `None` above a bound of at most 2.
pub(crate) fn distance(one: &[u8], other: &[u8], bound: usize) -> Option<usize> {
    const ROOM: usize = super::normalise::MAX_WORD + 2;
    let width = other.len() + 1;
    if width > ROOM || one.len().abs_diff(other.len()) > bound {
        return None;
    }
    // Only cells that are no farther from the diagonal than the bound can be within it; those beside them are far.
    let far = bound as u8 + 1;
    let mut rows = [[far; ROOM]; 3];
    let [before, last, now] = &mut rows;
    for (cell, value) in last.iter_mut().zip(0..far) {
        *cell = value;
    }
    let (mut before, mut last, mut now) = (before, last, now);
    let mut letter_before = None;
    for (row, letter) in (1..).zip(one) {
        let (first, end) = (row.max(bound + 1) - bound, (row + bound + 1).min(width));
        let begin = if row <= bound { row as u8 } else { far };
        *now.get_mut(first - 1)? = begin;
        let mut least = begin;
        for column in first..end {
            let theirs = *other.get(column - 1)?;
            let change = *last.get(column - 1)? + u8::from(*letter != theirs);
            let mut cell = change.min(*last.get(column)? + 1).min(*now.get(column - 1)? + 1);
            let swapped = column > 1 && letter_before == Some(theirs) && other.get(column - 2) == Some(letter);
            if swapped {
                cell = cell.min(*before.get(column - 2)? + 1);
            }
            *now.get_mut(column)? = cell;
            least = least.min(cell);
        }
        if let Some(behind) = now.get_mut(end) {
            *behind = far;
        }
        if usize::from(least) > bound {
            return None;
        }
        letter_before = Some(*letter);
        (before, last, now) = (last, now, before);
    }
    last.get(width - 1).map(|distance| usize::from(*distance)).filter(|distance| *distance <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_a_swap_as_one() {
        for (one, other, bound, expected) in [
            ("asthma", "asthma", 1, Some(0)),
            ("ashtma", "asthma", 1, Some(1)),
            ("astma", "asthma", 1, Some(1)),
            ("pneumona", "pneumonia", 2, Some(1)),
            ("nuemonia", "pneumonia", 2, Some(2)),
            ("nuemonia", "pneumonia", 1, None),
            ("diabtes", "diabetes", 1, Some(1)),
            ("dibetis", "diabetes", 2, Some(2)),
            ("", "ab", 2, Some(2)),
            ("", "abc", 2, None),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes(), bound), expected, "{one} {other}");
            assert_eq!(distance(other.as_bytes(), one.as_bytes(), bound), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_word_has_the_grams_of_its_begin_and_end() {
        let mut grams = Grams::new(b"gout");
        let mut found = Vec::new();
        while let Some(gram) = grams.next_gram() {
            found.push(String::from_utf8(gram.to_vec()).unwrap());
        }
        assert_eq!(found, ["^gou", "gout", "out$"]);
        assert!(Grams::new(b"b").next_gram().is_none());
    }

    #[test]
    fn rare_grams_weigh_more() {
        let weights: Vec<u8> = [1, 2, 10, 100, 1000, 12_000].iter().map(|count| gram_weight(*count, 12_000)).collect();
        assert!(weights.is_sorted_by(|one, other| one > other), "{weights:?}");
    }
}
