//! The sections that the check among codes walks through.

use crate::notes::layout::{of_group_row, of_pair_note};
use core::ops::Range;
use superbill_table::{u32_at, u64_at};

/// What is read of them. A row that is not there is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConflictSections<'a> {
    pub(crate) nodes: &'a [[u8; 24]],
    pub(crate) groups: &'a [[u8; 12]],
    pub(crate) pairs: &'a [[u8; 8]],
    pub(crate) notes: &'a [[u8; 4]],
}

/// A heading that says something of other codes: rows of pairs and instructions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// The node above, counted from 1.
    pub(crate) above: usize,
    pub(crate) excludes1: Range<usize>,
    pub(crate) excludes2: Range<usize>,
    pub(crate) groups: Range<usize>,
    /// The first letters of all codes that its Excludes1 notes name, and its Excludes2 notes.
    pub(crate) letters: [u32; 2],
}

/// An instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) note: u32,
    pub(crate) set: usize,
    pub(crate) flags: u8,
    pub(crate) pairs: Range<usize>,
    /// The first letters of all codes that it names.
    pub(crate) letters: u32,
}

impl ConflictSections<'_> {
    /// A node, counted from 1.
    #[inline]
    pub(crate) fn node(&self, node: usize) -> Option<Node> {
        let (row, behind) = (self.nodes.get(node.checked_sub(1)?)?, self.nodes.get(node)?);
        let range = |at: usize| Some(u32_at(row, at)? as usize..u32_at(behind, at)? as usize);
        Some(Node {
            above: u32_at(row, 0)? as usize,
            excludes1: range(4)?,
            excludes2: range(8)?,
            groups: range(12)?,
            letters: [u32_at(row, 16)?, u32_at(row, 20)?],
        })
    }

    #[inline]
    pub(crate) fn group(&self, group: usize) -> Option<Group> {
        let (row, behind) = (self.groups.get(group)?, self.groups.get(group.checked_add(1)?)?);
        let (note, set, flags, start) = of_group_row(u64_at(row, 0)?);
        let (.., end) = of_group_row(u64_at(behind, 0)?);
        Some(Group { note, set, flags, pairs: start..end, letters: u32_at(row, 8)? })
    }

    /// The ordinals of a pair, both ends included.
    #[inline]
    pub(crate) fn pair(row: &[u8; 8]) -> (u32, u32) {
        let [a, b, c, d, e, f, g, h] = *row;
        (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
    }

    /// The note of a pair, its set of releases, and whether the pair is all that it names there.
    #[inline]
    pub(crate) fn note(&self, pair: usize) -> Option<(u32, usize, bool)> {
        self.notes.get(pair).map(|note| of_pair_note(u32::from_le_bytes(*note)))
    }
}
