//! The notes of several releases side by side: each different note once, with the releases that have it.

use super::NoteRelease;
use crate::import::tabular::Cover;
use crate::notes::NoteKind;
use std::collections::{BTreeMap, BTreeSet};

/// A note and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) kind: NoteKind,
    pub(crate) words: String,
    /// Whether it goes on with the instruction that the notes before it begin.
    pub(crate) item: bool,
    /// One bit for each release, newest first.
    pub(crate) releases: u32,
}

/// Owners in order of the list, what covers more before what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner {
    pub(crate) first: u64,
    /// The last key turned round, so that the greater comes first.
    last: core::cmp::Reverse<u64>,
}

impl Owner {
    pub(crate) fn new(cover: Cover) -> Self {
        Self { first: cover.0, last: core::cmp::Reverse(cover.1) }
    }

    pub(crate) fn cover(self) -> Cover {
        (self.first, self.last.0)
    }
}

/// What tells one note of an owner and kind from another: its words, and those of the note that begins its instruction.
type Key<'r> = (&'r str, &'r str);

/// All different notes by owner, by kind; within them in the order of the newest release, what only older ones have behind what they
/// have before it.
pub(crate) fn merge(releases: &[NoteRelease]) -> BTreeMap<Owner, Vec<Entry>> {
    let mut parts: BTreeMap<(Owner, NoteKind), Vec<(Key<'_>, Entry)>> = BTreeMap::new();
    for (place, release) in releases.iter().enumerate() {
        let bit = 1u32.checked_shl(place as u32).unwrap_or(0);
        let mut lists: BTreeMap<(Owner, NoteKind), Vec<(&str, bool)>> = BTreeMap::new();
        for note in &release.notes {
            let list = lists.entry((Owner::new(note.owner), note.kind)).or_default();
            let item = note.kind.is_instruction() && !note.begins && !list.is_empty();
            list.push((&note.words, item));
        }
        for (key, list) in lists {
            add(parts.entry(key).or_default(), key.1, &list, bit);
        }
    }
    let mut merged: BTreeMap<Owner, Vec<Entry>> = BTreeMap::new();
    for ((owner, _), entries) in parts {
        merged.entry(owner).or_default().extend(entries.into_iter().map(|(_, entry)| entry));
    }
    merged
}

fn add<'r>(merged: &mut Vec<(Key<'r>, Entry)>, kind: NoteKind, list: &[(&'r str, bool)], bit: u32) {
    let mut at = 0;
    let mut lead = "";
    for (words, item) in list {
        if !item {
            // Another instruction begins: behind all of the one before.
            at += merged.get(at..).unwrap_or_default().iter().take_while(|(_, entry)| entry.item).count();
            lead = if kind.is_instruction() { words } else { "" };
        }
        let key = (lead, *words);
        match merged.iter_mut().enumerate().find(|(_, (other, entry))| *other == key && entry.item == *item) {
            Some((place, (_, entry))) => {
                entry.releases |= bit;
                at = place + 1;
            }
            None => {
                let entry = Entry { kind, words: (*words).to_owned(), item: *item, releases: bit };
                merged.insert(at.min(merged.len()), (key, entry));
                at += 1;
            }
        }
    }
}

/// For each code the owners that cover it, nearest first, as a path in a tree: each node is an owner and the node above it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chains {
    /// The owner and the node above.
    pub(crate) nodes: Vec<(usize, Option<usize>)>,
    /// The node of each code.
    pub(crate) codes: Vec<Option<usize>>,
}

impl Chains {
    /// For codes and owners in order.
    pub(crate) fn new(keys: &[u64], owners: &[Cover]) -> Self {
        // The nearest owner before that reaches as far as this one begins; what covers a code is on this path from the last that
        // begins before it.
        let mut before: Vec<Option<usize>> = Vec::with_capacity(owners.len());
        let last = |owner: usize| owners.get(owner).map_or(0, |cover| cover.1);
        for (owner, (first, _)) in owners.iter().enumerate() {
            let mut candidate = owner.checked_sub(1);
            while let Some(other) = candidate.filter(|other| last(*other) < *first) {
                candidate = before.get(other).copied().flatten();
            }
            before.push(candidate);
        }
        let mut chains = Self::default();
        let mut known: BTreeMap<(usize, Option<usize>), usize> = BTreeMap::new();
        for key in keys {
            let mut next = owners.partition_point(|(first, _)| first <= key).checked_sub(1);
            let mut path = Vec::new();
            while let Some(owner) = next {
                if last(owner) >= *key {
                    path.push(owner);
                }
                next = before.get(owner).copied().flatten();
            }
            let mut node = None;
            for owner in path.into_iter().rev() {
                let nodes = &mut chains.nodes;
                node = Some(*known.entry((owner, node)).or_insert_with(|| {
                    nodes.push((owner, node));
                    nodes.len() - 1
                }));
            }
            chains.codes.push(node);
        }
        chains
    }

    /// The nodes in order, so that the table does not depend on anything else: they are made in order of the codes.
    #[cfg(test)]
    pub(crate) fn path(&self, code: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = self.codes.get(code).copied().flatten();
        while let Some((owner, above)) = next.and_then(|node| self.nodes.get(node)) {
            path.push(*owner);
            next = *above;
        }
        path
    }
}

/// The different values, in order, and where each is.
pub(crate) fn different<T: Ord + Clone>(values: impl IntoIterator<Item = T>) -> (Vec<T>, BTreeMap<T, usize>) {
    let list: Vec<T> = values.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let places = list.iter().cloned().zip(0..).collect();
    (list, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tabular::RawNote;

    fn release(day: u32, notes: &[(bool, &str)]) -> NoteRelease {
        let note = |(begins, words): &(bool, &str)| RawNote {
            owner: (1, 9),
            kind: NoteKind::CodeFirst,
            begins: *begins,
            words: (*words).to_owned(),
        };
        NoteRelease { day, divisions: Vec::new(), notes: notes.iter().map(note).collect() }
    }

    #[test]
    fn notes_that_several_releases_have_stand_once_and_lists_stay_whole() {
        let new = release(20_260_401, &[(true, "such as:"), (false, "a"), (false, "c"), (true, "last")]);
        let old = release(
            20_250_401,
            &[(true, "such as:"), (false, "a"), (false, "b"), (true, "gone"), (false, "x"), (true, "last")],
        );
        let merged = merge(&[new, old]);
        let entries = &merged[&Owner::new((1, 9))];
        let shown: Vec<_> = entries.iter().map(|entry| (entry.words.as_str(), entry.item, entry.releases)).collect();
        assert_eq!(
            shown,
            [
                ("such as:", false, 3),
                ("a", true, 3),
                ("b", true, 2),
                ("c", true, 1),
                ("gone", false, 2),
                ("x", true, 2),
                ("last", false, 3),
            ]
        );
    }

    #[test]
    fn a_chain_has_exactly_what_covers_the_code() {
        // The second and third overlap, as blocks of two releases can.
        let owners = [(10, 100), (20, 50), (40, 60), (45, 45)];
        let chains = Chains::new(&[5, 15, 30, 45, 55, 100, 101], &owners);
        let paths: Vec<_> = (0..7).map(|code| chains.path(code)).collect();
        assert_eq!(paths, [vec![], vec![0], vec![1, 0], vec![3, 2, 1, 0], vec![2, 0], vec![0], vec![]]);
    }
}
