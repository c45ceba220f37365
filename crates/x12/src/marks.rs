//! The next segment terminator, found through the structural index.

use crate::{Delimiters, StructuralIndex, scan};

/// Bytes that are indexed at once when only terminators are wanted: small enough to stay in the nearest cache.
const BLOCK: usize = 1 << 14;

/// The most bytes that are indexed at once when the marks of a segment are wanted. A longer segment has none.
const LONGEST: usize = 1 << 20;

/// The marks of a part of the window.
#[derive(Debug)]
pub(crate) struct Marks {
    index: StructuralIndex,
    /// With marks of elements: the indices of the marks that are terminators. Longer than what is in use.
    ends: Vec<u32>,
    ends_len: usize,
    wanted: Delimiters,
    /// Marks of elements too, all of a segment at once.
    elements: bool,
    /// The next mark to look at, and the next of `ends`.
    cursor: usize,
    next_end: usize,
    /// The part of the window that is indexed.
    start: usize,
    end: usize,
}

/// A terminator, and the marks before it that belong to its segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminator {
    /// Its place in the window.
    pub(crate) place: usize,
    /// Its marks, from the first to before the last, as indices; equal where they are not known.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Whether the marks are known.
    pub(crate) known: bool,
}

impl Marks {
    /// Finds terminators only.
    pub(crate) fn of_terminators() -> Self {
        Self {
            index: StructuralIndex::new(),
            ends: Vec::new(),
            ends_len: 0,
            wanted: Delimiters::default(),
            elements: false,
            cursor: 0,
            next_end: 0,
            start: 0,
            end: 0,
        }
    }

    /// Finds terminators, and element separators with them.
    pub(crate) fn of_elements() -> Self {
        Self { elements: true, ..Self::of_terminators() }
    }

    /// Forgets all marks: the interchange that begins at `at` has other delimiters, or the window has moved.
    pub(crate) fn reset(&mut self, at: usize, delimiters: Delimiters) {
        let Delimiters { element, segment, .. } = delimiters;
        let element = if self.elements { element } else { segment };
        self.wanted = Delimiters { element, component: element, segment, repetition: None };
        (self.start, self.end) = (at, at);
        (self.cursor, self.next_end) = (0, 0);
        self.index.clear();
        self.ends_len = 0;
    }

    /// The marks with these indices, relative to [`start`](Self::start).
    #[inline]
    pub(crate) fn range(&self, first: usize, last: usize) -> Option<&[u32]> {
        self.index.marks().get(first..last)
    }

    /// The place in the window that marks count from.
    #[inline]
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// The first terminator at or after `from` among what is indexed.
    #[inline]
    pub(crate) fn peek(&mut self, from: usize) -> Option<Terminator> {
        let marks = self.index.marks();
        // Most often the first one is it: what is passed over stood between segments, or in a payload.
        while marks.get(self.cursor).is_some_and(|&mark| self.start + (mark as usize) < from) {
            self.cursor += 1;
        }
        let first = self.cursor;
        let last = if self.elements {
            let ends = self.ends.get(..self.ends_len)?;
            while ends.get(self.next_end).is_some_and(|&end| (end as usize) < first) {
                self.next_end += 1;
            }
            *ends.get(self.next_end)? as usize
        } else {
            first
        };
        let place = self.start + *marks.get(last)? as usize;
        Some(Terminator { place, first, last, known: self.elements })
    }

    /// The terminator has been read: the next one is behind it.
    #[inline]
    pub(crate) fn take(&mut self, terminator: &Terminator) {
        self.cursor = terminator.last + 1;
        self.next_end += 1;
    }

    /// The first terminator at or after `from`.
    pub(crate) fn terminator(&mut self, window: &[u8], from: usize, segment: u8) -> Option<Terminator> {
        loop {
            if let Some(terminator) = self.peek(from) {
                return Some(terminator);
            }
            if !self.advance(window, from) {
                let place = scan::find(window, from.max(self.end), segment)?;
                return Some(Terminator { place, first: 0, last: 0, known: false });
            }
        }
    }

    /// Indexes further; `false` when all is indexed that can be of this segment.
    fn advance(&mut self, window: &[u8], from: usize) -> bool {
        let (start, block) = if self.elements { (from, LONGEST) } else { (self.end.max(from), BLOCK) };
        let end = window.len().min(start.saturating_add(block));
        if end <= self.end {
            return false;
        }
        let block = window.get(start..end).unwrap_or_default();
        let Ok(marks) = self.index.index(block, &self.wanted) else {
            return false;
        };
        (self.start, self.end) = (start, end);
        (self.cursor, self.next_end) = (0, 0);
        if self.elements {
            // Without a branch, as the marks themselves: what is no terminator is written over.
            if self.ends.len() < marks.len() {
                let room = marks.len().next_multiple_of(1 << 14);
                self.ends.reserve_exact(room - self.ends.len());
                self.ends.resize(room, 0);
            }
            let mut count = 0;
            let mut number = 0u32;
            for &mark in marks {
                if let Some(slot) = self.ends.get_mut(count) {
                    *slot = number;
                }
                let is_end = block.get(mark as usize) == Some(&self.wanted.segment);
                count = count.wrapping_add(usize::from(is_end));
                number = number.wrapping_add(1);
            }
            self.ends_len = count;
        }
        true
    }
}
