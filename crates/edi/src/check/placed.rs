//! The segments of the open loops, kept until the claim or level that they belong to ends.

use crate::guide::{Guide, GuideLoop, PlaceName, SegmentUse};
use core::fmt;
use superbill_x12::Delimiters;

/// A segment that was given its place in the guide.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed {
    /// Its place in the guide.
    pub(crate) segment: u16,
    pub(crate) loop_: u16,
    pub(crate) number: u64,
    pub(crate) offset: u64,
    start: u32,
    end: u32,
}

/// What is kept. `Debug` shows how much: the text is a patient's.
#[derive(Default)]
pub(crate) struct Kept {
    placed: Vec<Placed>,
    bytes: Vec<u8>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({} segments)", self.placed.len())
    }
}

/// How much was kept at a moment, to return to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    placed: usize,
    bytes: usize,
}

impl Kept {
    pub(crate) fn mark(&self) -> Mark {
        Mark { placed: self.placed.len(), bytes: self.bytes.len() }
    }

    pub(crate) fn bytes_kept(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.placed.truncate(mark.placed);
        self.bytes.truncate(mark.bytes);
    }

    #[inline]
    pub(crate) fn keep(&mut self, segment: u16, loop_: u16, number: u64, offset: u64, raw: &[u8]) {
        // The caller ends what is kept long before four billion bytes.
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(raw);
        let end = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.placed.push(Placed { segment, loop_, number, offset, start, end });
    }

    /// All that is kept: the unit that ends, and above it the levels that it stands in.
    pub(crate) fn view(&self, guide: &'static Guide, delimiters: Delimiters, unit: Mark) -> View<'_> {
        View { guide, delimiters, placed: &self.placed, bytes: &self.bytes, unit: unit.placed }
    }
}

/// The segments of a unit and of what it stands in.
#[derive(Clone, Copy)]
pub(crate) struct View<'k> {
    pub(crate) guide: &'static Guide,
    delimiters: Delimiters,
    placed: &'k [Placed],
    bytes: &'k [u8],
    /// Where the unit itself begins.
    unit: usize,
}

/// A kept segment.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'k> {
    /// Its loop and identifier.
    pub(crate) name: PlaceName,
    pub(crate) placed: &'k Placed,
    pub(crate) segment: &'static SegmentUse,
    pub(crate) in_loop: &'static GuideLoop,
    raw: &'k [u8],
    delimiters: Delimiters,
}

impl<'k> View<'k> {
    /// All segments, those of the levels above first.
    pub(crate) fn all(self) -> impl DoubleEndedIterator<Item = Seen<'k>> + Clone {
        self.placed.iter().filter_map(move |placed| self.seen(placed))
    }

    /// The segments of the unit alone.
    pub(crate) fn unit(self) -> impl DoubleEndedIterator<Item = Seen<'k>> + Clone {
        self.placed.get(self.unit..).unwrap_or_default().iter().filter_map(move |placed| self.seen(placed))
    }

    /// The places of the segments of the unit alone.
    pub(crate) fn unit_placed(self) -> &'k [Placed] {
        self.placed.get(self.unit..).unwrap_or_default()
    }

    /// How many segments stand above the unit.
    pub(crate) fn count_above(self) -> usize {
        self.unit
    }

    /// The segments above the unit: those of the levels that it stands in.
    pub(crate) fn above(self) -> impl DoubleEndedIterator<Item = Seen<'k>> + Clone {
        self.placed.get(..self.unit).unwrap_or_default().iter().filter_map(move |placed| self.seen(placed))
    }

    /// The segments of a loop with an identifier, wherever it stands.
    pub(crate) fn of(
        self,
        loop_id: &'static str,
        id: &'static str,
    ) -> impl DoubleEndedIterator<Item = Seen<'k>> + Clone {
        let name = PlaceName::of(loop_id, id);
        let is_it = move |placed: &&Placed| {
            self.guide.segments.get(usize::from(placed.segment)).is_some_and(|segment| segment.place == name)
        };
        self.placed.iter().filter(is_it).filter_map(move |placed| self.seen(placed))
    }

    /// The first of them.
    pub(crate) fn first(self, loop_id: &'static str, id: &'static str) -> Option<Seen<'k>> {
        self.of(loop_id, id).next()
    }

    #[inline]
    pub(crate) fn seen(&self, placed: &'k Placed) -> Option<Seen<'k>> {
        let guide = self.guide;
        let segment = guide.segments.get(usize::from(placed.segment))?;
        Some(Seen {
            name: segment.place,
            placed,
            segment,
            in_loop: guide.loops.get(usize::from(placed.loop_))?,
            raw: self.bytes.get(placed.start as usize..placed.end as usize)?,
            delimiters: self.delimiters,
        })
    }
}

impl<'k> Seen<'k> {
    /// Element `n`, counted from 1; empty when it is not there.
    pub(crate) fn element(&self, n: usize) -> &'k [u8] {
        self.raw.split(|byte| *byte == self.delimiters.element).nth(n).unwrap_or_default()
    }

    /// The elements in order; the first is element 1.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &'k [u8]> + Clone + use<'k> {
        let element = self.delimiters.element;
        self.raw.split(move |byte| *byte == element).skip(1)
    }

    /// Component `m` of element `n`, its first repetition.
    pub(crate) fn component(&self, n: usize, m: usize) -> &'k [u8] {
        let element = self.repetitions(n).next().unwrap_or_default();
        element.split(|byte| *byte == self.delimiters.component).nth(m.wrapping_sub(1)).unwrap_or_default()
    }

    /// The repetitions of element `n`; one, empty, when it is not there.
    pub(crate) fn repetitions(&self, n: usize) -> impl Iterator<Item = &'k [u8]> + Clone + use<'k> {
        let repetition = self.delimiters.repetition;
        self.element(n).split(move |byte| repetition == Some(*byte))
    }

    /// The components of a repetition.
    pub(crate) fn components(&self, repetition: &'k [u8]) -> impl Iterator<Item = &'k [u8]> + Clone + use<'k> {
        let component = self.delimiters.component;
        repetition.split(move |byte| *byte == component)
    }

    /// Whether a byte separates elements, repetitions or components.
    pub(crate) fn is_delimiter(&self, byte: u8) -> bool {
        byte == self.delimiters.component || self.delimiters.repetition == Some(byte)
    }
}
