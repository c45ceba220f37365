//! Excludes notes between two codes of a claim.

use super::claim::Claim;
use super::sections::{ConflictSections, Node};
use super::{Conflict, ConflictKind};
use crate::notes::note::Note;
use core::ops::Range;

impl<'t> Claim<'_, 't> {
    /// The pairs between which a note of a kind stands, inherited from the headings above, at most one for two codes: of the lower code
    /// before the higher, of the nearer heading before the farther. So what is found does not depend on the order of the codes.
    pub(super) fn excludes(&self, into: &mut Vec<Conflict<'t>>, kind: ConflictKind) {
        let (rows, letters): (fn(&Node) -> Range<usize>, usize) = match kind {
            ConflictKind::Excludes1 => (|node| node.excludes1.clone(), 0),
            _ => (|node| node.excludes2.clone(), 1),
        };
        let start = into.len();
        let mut joined = Joined::default();
        for (place, entry) in self.entries.iter().enumerate() {
            let mut next = usize::from(entry.node);
            while let Some(node) = self.on.table.conflicts.node(next) {
                if node.letters.get(letters).is_some_and(|letters| letters & self.letters != 0) {
                    self.pairs((into, start), &mut joined, kind, place, rows(&node));
                }
                // A node stands behind the one above it: a walk that does not go up would not end.
                next = if node.above < next { node.above } else { 0 };
            }
        }
    }

    fn pairs(
        &self,
        (into, start): (&mut Vec<Conflict<'t>>, usize),
        joined: &mut Joined,
        kind: ConflictKind,
        place: usize,
        rows: Range<usize>,
    ) {
        let table = self.on.table;
        for (row, pair) in rows.clone().zip(table.conflicts.pairs.get(rows).unwrap_or_default()) {
            let pair = ConflictSections::pair(pair);
            self.within(pair, |other| {
                if other == place {
                    return;
                }
                let mut known = None;
                if joined.may(place, other) {
                    known = into.iter_mut().skip(start).find(|conflict| conflict.joins(place, other));
                }
                // What was found from the other side stays where the other code is the lower one.
                let lower = || {
                    self.entries.get(place).map(|entry| entry.code) < self.entries.get(other).map(|entry| entry.code)
                };
                if known.as_ref().is_some_and(|known| known.place() == place || !lower()) {
                    return;
                }
                let conflict = self.keeps_apart((row, pair), place, other);
                let Some(conflict) = conflict.and_then(|note| self.conflict(kind, place, Some(other), Some(note)))
                else {
                    return;
                };
                joined.add(place, other);
                match known {
                    Some(known) => *known = conflict,
                    None => into.push(conflict),
                }
            });
        }
    }

    /// The note of a pair, where the release has it and it keeps two codes apart.
    fn keeps_apart(&self, pair: (usize, (u32, u32)), place: usize, other: usize) -> Option<u32> {
        let table = self.on.table;
        let (number, set, exact) = table.conflicts.note(pair.0)?;
        let choice = self.choice?;
        if table.notes.set(set)? & choice.bit() == 0 {
            return None;
        }
        let ((ordinal, code), (_, other_code)) = (self.judged(place)?, self.judged(other)?);
        let (first, last) = pair.1;
        if exact && !(first..=last).contains(&ordinal) {
            return Some(number);
        }
        let note = Note::of_number(table, number as usize, choice)?;
        note.targets().keeps_apart(note.cover(), code, other_code).then_some(number)
    }
}

/// Which codes have an answer together, a bit for each, for as many codes as a claim has nearly always.
#[derive(Debug, Default)]
struct Joined([u32; 32]);

impl Joined {
    fn add(&mut self, one: usize, other: usize) {
        let (low, high) = (one.min(other), one.max(other));
        if let (Some(row), Some(bit)) = (self.0.get_mut(low), 1u32.checked_shl(high as u32)) {
            *row |= bit;
        }
    }

    /// Whether two codes have an answer; for more codes than there are bits, whether they can have one.
    fn may(&self, one: usize, other: usize) -> bool {
        let (low, high) = (one.min(other), one.max(other));
        match (self.0.get(low), 1u32.checked_shl(high as u32)) {
            (Some(row), Some(bit)) => row & bit != 0,
            _ => true,
        }
    }
}
