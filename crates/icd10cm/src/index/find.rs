//! Free words to entries: `bimalleolar fracture of left ankle`.
//!
//! A word stands in the titles of some entries. Each entry collects the words of the text that its own title and those above it have. What then
//! counts against an entry: words of the text that it has no place for, and essential words of its path that the text does not have; nonessential
//! modifiers can be missing freely. Rare words count more than common ones, connecting words (`of`, `with`, `NEC`) hardly.

use super::entry::IndexEntry;
use super::lexicon::Posting;
use super::title::{TitleWords, title_words};
use super::tree::{IndexTree, Item};
use super::words::{Word, is_connecting, is_negating, words};
use superbill_table::TextBuffer;

/// Most different words of a text that are looked for.
pub(crate) const MOST_WORDS: usize = 64;
/// How many of the entries that look best by counts alone are looked at word by word.
const LOOKED_AT: usize = 96;
/// How far sums of the same numbers in another order can lie apart.
const ROUNDING: f32 = 0.001;
/// What a missing essential word counts.
const MISSING: f32 = 0.55;
/// What a word counts that is there with its contrary: `without` in the text or in the path alone.
const CONTRARY: f32 = 1.2;
/// What a connecting word counts, missing or left over.
const CONNECTING: f32 = 0.04;

/// An entry that a text names, with what of the text it took.
#[derive(Debug, Clone)]
pub struct IndexMatch<'t, 'q> {
    /// The entry.
    pub entry: IndexEntry<'t>,
    /// The share of the text's words that the path of the entry has, rare words counting more: 0 to 1.
    pub coverage: f32,
    /// The words of the text that are essential words of the path.
    pub used: Vec<&'q str>,
    /// The words of the text that are nonessential modifiers of the path.
    pub supplied: Vec<&'q str>,
    /// The words of the text that the path has no place for.
    pub left_over: Vec<&'q str>,
    /// Essential words of the path that the text does not have, as they are compared: in lower case and singular.
    pub missing: Vec<String>,
    cost: f32,
}

impl IndexMatch<'_, '_> {
    /// How far the text is from the entry: 0 where they have the same words. Matches are in order of it.
    #[must_use]
    pub fn distance(&self) -> f32 {
        self.cost
    }
}

/// A word of the text and what is known of it.
#[derive(Debug, Clone)]
struct Asked<'q> {
    word: Word<'q>,
    /// Where it stands among the words of the text, each time.
    places: Vec<usize>,
    row: Option<usize>,
    weight: f32,
    connecting: bool,
    negating: bool,
}

/// An entry whose own title has a word of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) entry: u32,
    /// Words of the text that the path has, and those of them that are essential, a bit each.
    any: u64,
    essential: u64,
    /// Levels' words that are met.
    met: u8,
    cost: f32,
}

/// A text, its words looked up in an index.
#[derive(Debug, Clone)]
pub(crate) struct Search<'t, 'q> {
    tree: &'t IndexTree<'t>,
    asked: Vec<Asked<'q>>,
    beyond: Vec<&'q str>,
    whole: f32,
    /// Whether the main term is given by the table, as `Neoplasm` is.
    free_main: bool,
}

impl<'t, 'q> Search<'t, 'q> {
    pub(crate) fn new(tree: &'t IndexTree<'t>, text: &'q str, free_main: bool) -> Self {
        let mut asked: Vec<Asked<'q>> = Vec::new();
        let mut beyond = Vec::new();
        for (place, word) in words(text).into_iter().enumerate() {
            if let Some(same) = asked.iter_mut().find(|other| other.word.stem == word.stem) {
                same.places.push(place);
                continue;
            }
            if asked.len() == MOST_WORDS {
                beyond.push(word.text);
                continue;
            }
            let row = tree.lexicon.find(&word.stem);
            let connecting = is_connecting(&word.stem);
            let weight = if connecting { CONNECTING } else { weight(tree, row) };
            let negating = is_negating(&word.stem);
            asked.push(Asked { word, places: vec![place], row, weight, connecting, negating });
        }
        let whole = asked.iter().map(|asked| asked.weight).sum();
        Self { tree, asked, beyond, whole, free_main }
    }

    /// Entries that have words of the text, the nearest first by counts alone.
    pub(crate) fn candidates(&self, most: usize, wanted: impl Fn(u32) -> bool) -> Vec<Candidate> {
        let mut all = self.collect();
        all.retain(|candidate| wanted(candidate.entry));
        let nearer =
            |one: &Candidate, other: &Candidate| one.cost.total_cmp(&other.cost).then(one.entry.cmp(&other.entry));
        if all.len() > most {
            all.select_nth_unstable_by(most, nearer);
            all.truncate(most);
        }
        all.sort_unstable_by(nearer);
        all
    }

    /// All entries whose own title has a word of the text.
    fn collect(&self) -> Vec<Candidate> {
        let known = |asked: &&Asked<'_>| asked.row.is_some();
        let only_connecting = self.asked.iter().filter(known).all(|asked| asked.connecting);
        let mut found: Vec<u64> = Vec::new();
        let lists = self.asked.iter().enumerate().filter_map(|(bit, asked)| Some((bit as u64, asked, asked.row?)));
        for (bit, asked, row) in lists.clone().filter(|(_, asked, _)| only_connecting || !asked.connecting) {
            // `without` in a nonessential modifier denies something else.
            let postings = self.tree.lexicon.postings(row).filter(|posting| !(asked.negating && posting.nonessential));
            found.extend(postings.map(|posting| key(posting, bit)));
        }
        found.sort_unstable();
        if !only_connecting {
            // Connecting words count only below what the others name.
            let spans = self.spans(&found);
            let many = found.len();
            for (bit, _, row) in lists.filter(|(_, asked, _)| asked.connecting) {
                let mut spans = spans.iter().peekable();
                for posting in self.tree.lexicon.postings(row) {
                    while spans.next_if(|(_, end)| *end <= posting.entry).is_some() {}
                    match spans.peek() {
                        None => break,
                        Some((start, _)) if *start <= posting.entry => {
                            found.push(key(posting, bit));
                        }
                        Some(_) => {}
                    }
                }
            }
            if found.len() > many {
                found.sort_unstable();
            }
        }
        self.walk_up(&found)
    }

    /// What the entries and those below them cover, without overlaps.
    fn spans(&self, found: &[u64]) -> Vec<(u32, u32)> {
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for key in found {
            let entry = (key >> 8) as u32;
            if spans.last().is_none_or(|(_, end)| *end <= entry) {
                spans.push((entry, self.tree.end(entry)));
            }
        }
        spans
    }

    /// Adds up what each entry and those above it have. Keys are in order of entries.
    fn walk_up(&self, found: &[u64]) -> Vec<Candidate> {
        let tree = self.tree;
        let mut all: Vec<Candidate> = Vec::new();
        // Entries above the current one: where they end, and their sums.
        let mut open: Vec<(u32, Candidate)> = Vec::new();
        let connecting = self.asked.iter().enumerate().filter(|(_, asked)| asked.connecting);
        let connecting = connecting.fold(0u64, |bits, (bit, _)| bits | 1 << bit);
        for same in found.chunk_by(|one, other| one >> 8 == other >> 8) {
            let Some(entry) = same.first().map(|key| (key >> 8) as u32) else { continue };
            while open.last().is_some_and(|(end, _)| *end <= entry) {
                open.pop();
            }
            let above = open.last().map(|(_, sums)| *sums);
            let (mut any, mut essential) = (0u64, 0u64);
            for key in same {
                let bit = 1u64 << (key >> 1 & 0x3F);
                any |= bit;
                essential |= if key & 1 == 0 { bit } else { 0 };
            }
            let free = self.free_main && tree.is_main(entry);
            let need = tree.need(entry).saturating_sub(tree.parent(entry).map_or(0, |parent| tree.need(parent)));
            let own = (essential & !connecting).count_ones();
            let met = if free { need } else { need.min(own.min(255) as u8) };
            let sums = Candidate {
                entry,
                any: any | above.map_or(0, |sums| sums.any),
                essential: essential | above.map_or(0, |sums| sums.essential),
                met: met.saturating_add(above.map_or(0, |sums| sums.met)),
                cost: 0.0,
            };
            open.push((tree.end(entry), sums));
            let need = tree.need(entry).saturating_sub(self.main_need(entry));
            let met = sums.met.saturating_sub(self.main_need(entry).min(sums.met));
            let missing = f32::from(need.saturating_sub(met));
            all.push(Candidate {
                cost: self.left(sums.any) + 0.1 * self.left_of(sums.any & !sums.essential) + MISSING * missing,
                ..sums
            });
        }
        all
    }

    /// What the main term needs, where the table gives it.
    fn main_need(&self, entry: u32) -> u8 {
        let main = || self.tree.ancestors(entry).last().unwrap_or(entry);
        if self.free_main { self.tree.need(main()) } else { 0 }
    }

    fn left(&self, any: u64) -> f32 {
        self.asked.iter().enumerate().filter(|(bit, _)| any >> bit & 1 == 0).map(|(_, asked)| asked.weight).sum()
    }

    fn left_of(&self, bits: u64) -> f32 {
        self.asked.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, asked)| asked.weight).sum()
    }

    /// The share of the text that a candidate has.
    pub(crate) fn coverage(&self, candidate: &Candidate) -> f32 {
        if self.whole > 0.0 { 1.0 - (self.left(candidate.any) / self.whole).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The nearest entries, looked at word by word.
    pub(crate) fn matches(&self, most: usize, wanted: impl Fn(u32) -> bool) -> Vec<IndexMatch<'t, 'q>> {
        let candidates = self.candidates(LOOKED_AT.max(most), wanted);
        let mut paths = Paths { tree: self.tree, read: Vec::new(), buffer: TextBuffer::default() };
        let mut found: Vec<IndexMatch<'t, 'q>> = Vec::with_capacity(most.min(LOOKED_AT) + 1);
        for candidate in &candidates {
            // INVARIANT: looked at word by word an entry is never nearer than by counts, and candidates are in order of that.
            let farthest = found.last().filter(|_| found.len() >= most).map(|last| last.cost);
            if farthest.is_some_and(|farthest| candidate.cost > farthest + ROUNDING) {
                break;
            }
            let Some(looked) = self.look(candidate, &mut paths) else { continue };
            let place = found.partition_point(|other| {
                let cost = other.cost.total_cmp(&looked.cost);
                cost.then_with(|| other.entry.ordinal().cmp(&looked.entry.ordinal())).is_lt()
            });
            found.insert(place, looked);
            found.truncate(most);
        }
        found
    }

    fn look(&self, candidate: &Candidate, paths: &mut Paths<'t>) -> Option<IndexMatch<'t, 'q>> {
        let entry = IndexEntry::new(self.tree, candidate.entry)?;
        let mut levels: Vec<u32> = self.tree.ancestors(candidate.entry).collect();
        levels.reverse();
        levels.push(candidate.entry);
        let mut cost = 0.0;
        let mut missing = Vec::new();
        // Where the words of the path stand in the text, in the order of the path; and the words of one title that stand apart there.
        let mut order: Vec<usize> = Vec::new();
        let (mut pairs, mut apart) = (0.0f32, 0.0f32);
        // How often the path has each word of the text.
        let mut uses = vec![0usize; self.asked.len()];
        for level in levels.iter().copied() {
            let title = paths.title(level);
            let free = self.free_main && self.tree.is_main(level);
            if !free {
                cost += self.missing(title, &mut missing);
            }
            let mut before: Option<&Asked<'q>> = None;
            for word in title.essential() {
                let asked = self.asked.iter().zip(&mut uses).find(|(asked, _)| asked.word.stem == word.stem);
                let Some((asked, uses)) = asked else { continue };
                *uses += 1;
                order.extend(asked.places.first());
                if let Some(before) = before {
                    pairs += 1.0;
                    let together = before.places.iter().any(|place| asked.places.contains(&(place + 1)));
                    apart += if together { 0.0 } else { 1.0 };
                }
                before = Some(asked);
            }
        }
        cost += self.left(candidate.any) + 0.1 * self.left_of(candidate.any & !candidate.essential);
        cost += self.contrary(candidate);
        cost += 0.02 * disorder(&order) + if pairs > 0.0 { 0.04 * apart / pairs } else { 0.0 };
        cost += 0.0005 * levels.len() as f32;
        let often = self.asked.iter().zip(&uses).filter(|(_, uses)| **uses > 0);
        cost += 0.01 * often.map(|(asked, uses)| asked.places.len().abs_diff(*uses)).sum::<usize>() as f32;
        // An entry that gives nothing is a heading; one without a code sends on.
        cost += match (entry.items().next(), entry.items().any(|item| matches!(item, Item::Code(..)))) {
            (None, _) => 0.03,
            (_, false) => 0.01,
            _ => 0.0,
        };
        let texts = |bits: u64| {
            let asked = self.asked.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1);
            asked.map(|(_, asked)| asked.word.text)
        };
        Some(IndexMatch {
            entry,
            coverage: self.coverage(candidate),
            used: texts(candidate.essential).collect(),
            supplied: texts(candidate.any & !candidate.essential).collect(),
            left_over: texts(!candidate.any).chain(self.beyond.iter().copied()).collect(),
            missing,
            cost,
        })
    }

    /// What words count that the path has and the text denies: the word before them is `without` or the like, and the path has it not.
    fn contrary(&self, candidate: &Candidate) -> f32 {
        let denied = self.asked.iter().enumerate().filter(|(bit, asked)| {
            let before = |place: &usize| {
                let denying =
                    |other: &&Asked<'_>| other.negating && other.places.iter().any(|other| other + 1 == *place);
                self.asked.iter().any(|other| denying(&other))
            };
            candidate.any >> bit & 1 == 1 && !asked.negating && asked.places.iter().all(before)
        });
        let denies =
            self.asked.iter().enumerate().any(|(bit, asked)| asked.negating && candidate.essential >> bit & 1 == 1);
        if denies { 0.0 } else { denied.map(|(_, asked)| CONTRARY + asked.weight).sum() }
    }

    /// What the title asks for and the text does not have: the part that lacks least counts, the others a little.
    fn missing(&self, title: &TitleWords, into: &mut Vec<String>) -> f32 {
        let has = |stem: &str| self.asked.iter().any(|asked| asked.word.stem == stem);
        let mut least: Option<(f32, Vec<&str>)> = None;
        let mut all = 0.0;
        for part in title.parts() {
            let mut cost = 0.0;
            let mut words = Vec::new();
            let mut significant = false;
            for word in part {
                significant |= !word.is_connecting();
                if !has(&word.stem) {
                    cost += match word.is_connecting() {
                        true => CONNECTING,
                        false if is_negating(&word.stem) => CONTRARY,
                        false => MISSING,
                    };
                    words.push(word.stem.as_str());
                }
            }
            all += cost;
            let bare = title.need() > 0 && !significant;
            if !bare && least.as_ref().is_none_or(|(other, _)| cost < *other) {
                least = Some((cost, words));
            }
        }
        let (cost, words) = least.unwrap_or_default();
        into.extend(words.into_iter().filter(|word| !is_connecting(word)).map(str::to_owned));
        cost + 0.1 * (all - cost)
    }
}

/// An entry, a word of the text and whether the title has it as nonessential, in order of entries.
fn key(posting: Posting, bit: u64) -> u64 {
    u64::from(posting.entry) << 8 | bit << 1 | u64::from(posting.nonessential)
}

/// Titles taken apart, each once in a search: the same main term stands above many entries.
struct Paths<'t> {
    tree: &'t IndexTree<'t>,
    read: Vec<(u32, TitleWords)>,
    buffer: TextBuffer,
}

impl Paths<'_> {
    fn title(&mut self, entry: u32) -> &TitleWords {
        static NONE: TitleWords = TitleWords::EMPTY;
        let place = match self.read.binary_search_by_key(&entry, |(other, _)| *other) {
            Ok(place) => place,
            Err(place) => {
                let words = if self.tree.title(entry, &mut self.buffer) {
                    title_words(self.buffer.as_str().unwrap_or_default())
                } else {
                    TitleWords::default()
                };
                self.read.insert(place, (entry, words));
                place
            }
        };
        self.read.get(place).map_or(&NONE, |(_, words)| words)
    }
}

/// How much a word counts: 1 for one that is nowhere or in one title, less the more titles have it.
fn weight(tree: &IndexTree<'_>, row: Option<usize>) -> f32 {
    let Some(row) = row else { return 1.0 };
    let entries = tree.len().max(2) as f32;
    let often = (tree.lexicon.list_bytes(row) as f32 / 1.5).max(1.0);
    (1.0 - 0.7 * often.ln() / entries.ln()).clamp(0.2, 1.0)
}

/// The share of neighbours that stand the other way round in the text.
fn disorder(order: &[usize]) -> f32 {
    let pairs = order.iter().zip(order.iter().skip(1));
    let (mut all, mut wrong) = (0.0f32, 0.0f32);
    for (one, next) in pairs {
        all += 1.0;
        wrong += if one > next { 1.0 } else { 0.0 };
    }
    if all > 0.0 { wrong / all } else { 0.0 }
}
