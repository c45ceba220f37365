//! A walk down a path as the book cites it: `Fracture, ankle, bimalleolar`.

use super::entry::IndexEntry;
use super::title::{TitleWords, title_words, without_parentheses};
use super::tree::IndexTree;
use super::words::{Word, words};
use superbill_table::TextBuffer;

/// Most titles that one walk looks at: a text of the same word again and again must come to an end.
const MOST_TITLES: usize = 4096;
/// Most pieces between commas that are tried as one title.
const MOST_PIECES: usize = 6;

/// How far a walk came.
#[derive(Debug, Clone)]
pub struct IndexWalk<'t> {
    entries: Vec<IndexEntry<'t>>,
    rest: String,
}

impl<'t> IndexWalk<'t> {
    /// The entry that the walk came to; `None` where not even the main term was found.
    #[must_use]
    pub fn entry(&self) -> Option<IndexEntry<'t>> {
        self.entries.first().copied()
    }

    /// All entries that the text names equally well, in the order of the book: the official files have a few equal paths.
    #[must_use]
    pub fn entries(&self) -> &[IndexEntry<'t>] {
        &self.entries
    }

    /// The end of the text, which names no subterm of the entry. Empty where the whole text was walked.
    #[must_use]
    pub fn rest(&self) -> &str {
        &self.rest
    }

    /// Whether the whole text was walked.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.rest.is_empty() && !self.entries.is_empty()
    }
}

pub(crate) fn walk<'t>(tree: &'t IndexTree<'t>, text: &str) -> IndexWalk<'t> {
    walk_cited(tree, text, false)
}

/// The same; references are often cited short: with the first words of a title for the whole (`Accident, transport, streetcar` for `streetcar
/// occupant`).
pub(crate) fn walk_cited<'t>(tree: &'t IndexTree<'t>, text: &str, short: bool) -> IndexWalk<'t> {
    let words = words(text);
    let mut walker = Walker {
        tree,
        words: &words,
        short,
        budget: MOST_TITLES,
        best: Best::default(),
        buffer: TextBuffer::default(),
    };
    walker.step(None, 0, 0, 0);
    let Best { entries, walked, .. } = walker.best;
    let rest = words.get(walked).map_or("", |word| text.get(word.start..).unwrap_or_default());
    IndexWalk {
        entries: entries.into_iter().filter_map(|entry| IndexEntry::new(tree, entry)).collect(),
        rest: rest.to_owned(),
    }
}

#[derive(Default)]
struct Best {
    entries: Vec<u32>,
    walked: usize,
    penalty: usize,
}

struct Walker<'w, 't> {
    tree: &'t IndexTree<'t>,
    words: &'w [Word<'w>],
    short: bool,
    budget: usize,
    best: Best,
    buffer: TextBuffer,
}

impl Walker<'_, '_> {
    /// Goes on below an entry, or at the main terms, with the words from a place on. The further the better, then the less penalty.
    fn step(&mut self, above: Option<u32>, at: usize, penalty: usize, depth: usize) {
        if let Some(entry) = above {
            let better = (at, usize::MAX - penalty).cmp(&(self.best.walked, usize::MAX - self.best.penalty));
            match better {
                core::cmp::Ordering::Greater => self.best = Best { entries: vec![entry], walked: at, penalty },
                core::cmp::Ordering::Equal if !self.best.entries.contains(&entry) => self.best.entries.push(entry),
                _ => {}
            }
        }
        let Some(word) = self.words.get(at) else { return };
        if depth > super::tree::LEVELS {
            return;
        }
        let Some(row) = self.tree.lexicon.find(&word.stem) else { return };
        let tree = self.tree;
        let end = above.map_or(u32::MAX, |above| tree.end(above));
        let below = tree.lexicon.postings(row).map(|posting| posting.entry);
        let below =
            below.skip_while(|entry| above.is_some_and(|above| *entry <= above)).take_while(|entry| *entry < end);
        let candidates: Vec<(u32, usize)> =
            below.filter_map(|entry| Some((entry, self.distance(above, entry)?))).collect();
        for (entry, skipped) in candidates {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            if !tree.title(entry, &mut self.buffer) {
                continue;
            }
            let title = self.buffer.as_str().unwrap_or_default().to_owned();
            let rest = self.words.get(at..).unwrap_or_default();
            for (count, cost) in readings(&title, rest, self.short) {
                self.step(Some(entry), at + count, penalty + cost + skipped, depth + 1);
            }
        }
    }

    /// Whether an entry stands directly below another: 0, or with a level of linking words alone between, as `with`: 1.
    fn distance(&self, above: Option<u32>, entry: u32) -> Option<usize> {
        let tree = self.tree;
        let Some(above) = above else { return tree.is_main(entry).then_some(0) };
        let parent = tree.parent(entry)?;
        if parent == above {
            return Some(0);
        }
        (tree.parent(parent) == Some(above) && tree.need(parent) == tree.need(above)).then_some(1)
    }
}

/// In which ways the first of some words are a title: how many words, and how far from the letter.
fn readings(title: &str, rest: &[Word<'_>], short: bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    // A reading that ends inside a piece is less likely meant.
    let add = |found: &mut Vec<(usize, usize)>, count: usize, penalty: usize| {
        let whole = rest.get(count).is_none_or(|word| word.after_comma);
        if count > 0 && found.iter().all(|(other, _)| *other != count) {
            found.push((count, penalty + usize::from(!whole)));
        }
    };
    let starts = |stems: &mut dyn Iterator<Item = &str>| {
        let mut count = 0;
        for stem in stems {
            if rest.get(count).is_none_or(|word| word.stem != stem) {
                return 0;
            }
            count += 1;
        }
        count
    };
    let printed = words(title);
    add(&mut found, starts(&mut printed.iter().map(|word| word.stem.as_str())), 0);
    let printed = words_without_parentheses(title);
    add(&mut found, starts(&mut printed.iter().map(String::as_str)), 1);
    let title = title_words(title);
    add(&mut found, starts(&mut title.essential().map(|word| word.stem.as_str())), 1);
    for part in title.parts() {
        let part: Vec<&str> = part.filter(|word| word.stem != "or").map(|word| word.stem.as_str()).collect();
        add(&mut found, starts(&mut part.into_iter()), 4);
    }
    // Pieces between commas: each word is in the title, and a part of the title is whole.
    let mut count = 0;
    for _ in 0..MOST_PIECES {
        let more = rest.get(count..).unwrap_or_default();
        let piece = more.iter().enumerate().take_while(|(at, word)| *at == 0 || !word.after_comma).count();
        // Each word as often as the title has it.
        let often = |word: &Word<'_>| rest.iter().take(count + piece).filter(|other| other.stem == word.stem).count();
        let there = |word: &Word<'_>| title.words.iter().filter(|other| other.stem == word.stem).count();
        if piece == 0 || !more.iter().take(piece).all(|word| often(word) <= there(word)) {
            break;
        }
        count += piece;
        let taken = rest.get(..count).unwrap_or_default();
        if meets(&title, taken) {
            add(&mut found, count, 3);
        }
    }
    if short {
        let piece = rest.iter().enumerate().take_while(|(at, word)| *at == 0 || !word.after_comma).count();
        let same =
            rest.iter().zip(title.essential()).take(piece).take_while(|(word, other)| word.stem == other.stem).count();
        if same == piece {
            add(&mut found, piece, 10);
        }
    }
    found
}

fn words_without_parentheses(title: &str) -> Vec<String> {
    words(&without_parentheses(title)).into_iter().map(|word| word.stem).collect()
}

/// Whether some words have all that a part of a title must have.
fn meets(title: &TitleWords, words: &[Word<'_>]) -> bool {
    let has = |stem: &str| words.iter().any(|word| word.stem == stem);
    title.parts().any(|part| {
        let mut any = false;
        let mut whole = true;
        for word in part.filter(|word| !word.is_connecting()) {
            any = true;
            whole &= has(&word.stem);
        }
        any && whole
    })
}
