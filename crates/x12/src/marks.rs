//! The next segment terminator, found through the structural index.

use crate::{Delimiters, StructuralIndex, scan};
use core::ops::Range;

/// Bytes that are indexed at once when only terminators are wanted: small enough to stay in the nearest cache.
const BLOCK: usize = 1 << 14;

/// The most bytes that are indexed at once when the marks of a segment are wanted. A longer segment has none.
const LONGEST: usize = 1 << 20;

/// The marks of a part of the window.
#[derive(Debug)]
pub(crate) struct Marks {
    index: StructuralIndex,
    wanted: Delimiters,
    /// Marks of elements too, all of a segment at once.
    elements: bool,
    /// The next mark to look at.
    cursor: usize,
    /// The part of the window that is indexed.
    start: usize,
    end: usize,
}

impl Marks {
    /// Finds terminators only.
    pub(crate) fn of_terminators() -> Self {
        Self {
            index: StructuralIndex::new(),
            wanted: Delimiters::default(),
            elements: false,
            cursor: 0,
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
        (self.start, self.end, self.cursor) = (at, at, 0);
        self.index.clear();
    }

    /// The marks with these indices, relative to [`start`](Self::start).
    #[inline]
    pub(crate) fn range(&self, range: Range<usize>) -> Option<&[u32]> {
        self.index.marks().get(range)
    }

    /// The place in the window that marks count from.
    #[inline]
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// The place of the first terminator at or after `from`, and the marks before it, if they are known.
    #[inline]
    pub(crate) fn terminator(
        &mut self,
        window: &[u8],
        from: usize,
        segment: u8,
    ) -> Option<(usize, Option<Range<usize>>)> {
        loop {
            let marks = self.index.marks();
            let mut cursor = self.cursor;
            while marks.get(cursor).is_some_and(|&mark| self.start + (mark as usize) < from) {
                cursor += 1;
            }
            let first = cursor;
            while let Some(&mark) = marks.get(cursor) {
                let place = self.start + mark as usize;
                if window.get(place) == Some(&segment) {
                    // The next one to be asked for is behind it.
                    self.cursor = cursor;
                    return Some((place, self.elements.then_some(first..cursor)));
                }
                cursor += 1;
            }
            if !self.advance(window, from) {
                let place = scan::find(window, from.max(self.end), segment)?;
                return Some((place, None));
            }
        }
    }

    /// Indexes further; `false` when all is indexed that can be of this segment.
    #[cold]
    fn advance(&mut self, window: &[u8], from: usize) -> bool {
        let (start, block) = if self.elements { (from, LONGEST) } else { (self.end.max(from), BLOCK) };
        let end = window.len().min(start.saturating_add(block));
        if end <= self.end {
            return false;
        }
        let block = window.get(start..end).unwrap_or_default();
        let indexed = self.index.index(block, &self.wanted).is_ok();
        if indexed {
            (self.start, self.end, self.cursor) = (start, end, 0);
        }
        indexed
    }
}
