//! Excludes notes between two codes of a claim.

use super::claim::{Claim, LANES};
use super::sections::{ConflictSections, Node};
use super::{Conflict, ConflictKind};
use crate::notes::note::Note;
use core::ops::Range;

impl<'t> Claim<'_, 't> {
    /// The pairs between which a note of a kind stands, inherited from the headings above, at most one for two codes: of the lower code
    /// before the higher, of the nearer heading before the farther. So nothing depends on the order of the codes.
    pub(super) fn excludes(&self, into: &mut Vec<Conflict<'t>>, kind: ConflictKind) {
        let rows = if kind == ConflictKind::Excludes1 { excludes1 } else { excludes2 };
        let start = into.len();
        for place in self.order.iter().map(|place| *place as usize) {
            let mut next = self.entries.get(place).map_or(0, |entry| usize::from(entry.node));
            let own = into.len();
            while let Some(node) = self.on.table.conflicts.node(next) {
                self.pairs(into, kind, place, (start, own), rows(&node));
                // A node stands behind the one above it: a walk that does not go up would not end.
                next = if node.above < next { node.above } else { 0 };
            }
        }
    }

    fn pairs(
        &self,
        into: &mut Vec<Conflict<'t>>,
        kind: ConflictKind,
        place: usize,
        found: (usize, usize),
        rows: Range<usize>,
    ) {
        let table = self.on.table;
        for (row, pair) in rows.clone().zip(table.conflicts.pairs.get(rows).unwrap_or_default()) {
            let (first, last) = ConflictSections::pair(pair);
            self.within(first, last, |other| {
                if other == place {
                    return;
                }
                let (before, own) = into.split_at_checked(found.1).unwrap_or_default();
                let known = own.iter().any(|conflict| conflict.other_place() == Some(other))
                    || before
                        .get(found.0..)
                        .unwrap_or_default()
                        .iter()
                        .any(|conflict| conflict.place() == other && conflict.other_place() == Some(place));
                if known {
                    return;
                }
                if let Some(note) = self.keeps_apart(row, place, other) {
                    into.extend(self.conflict(kind, place, Some(other), Some(note)));
                }
            });
        }
    }

    /// The note of a pair, where the release has it and it names the other code.
    fn keeps_apart(&self, row: usize, place: usize, other: usize) -> Option<u32> {
        let number = self.on.table.conflicts.note(row)?;
        let note = Note::of_number(self.on.table, number, self.choice?)?;
        let (code, other) = (self.judged(place)?.1, self.judged(other)?.1);
        note.targets().keeps_apart(note.cover(), code, other).then_some(number as u32)
    }
}

fn excludes1(node: &Node) -> Range<usize> {
    node.excludes1.clone()
}

fn excludes2(node: &Node) -> Range<usize> {
    node.excludes2.clone()
}

// A block of codes that are compared at a time fits two registers of sixteen bytes, and more.
const _: () = assert!(LANES.is_multiple_of(8));
