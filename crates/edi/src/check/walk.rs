//! Which place of the guide a segment takes.
//!
//! From the place of the segment before, the guide is looked through forward: the rest of the open loop, then that of the loop around it, and so on. What
//! was found is remembered by place, identifier and qualifier, so that a file's usual ways are searched once.

use super::syntax::Split;
use crate::guide::{Child, ChildKind, Guide, Key, Packed, SegmentId, Usage};
use core::ops::Range;

/// A place in the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At {
    pub(super) number: u64,
    pub(super) offset: u64,
}

/// What a step does, for who reports.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    /// A required child of a loop did not come; `at` is the segment that stands instead.
    Missing { loop_: u16, child: u16, at: At },
    /// A loop or segment came more often than the guide has it.
    TooOften { loop_: u16, child: u16 },
    /// A loop ends. Its unit ends with it, where it is one.
    Closed { loop_: u16, depth: usize },
    /// A loop begins.
    Opened { loop_: u16, depth: usize },
    /// The segment stands behind where the guide has it.
    OutOfOrder,
}

/// An open loop.
#[derive(Debug, Clone, Copy)]
struct Open {
    loop_: u16,
    /// Where the counts of its children begin.
    counts: usize,
    /// The child that came last.
    at: u16,
}

/// A required child that did not come where it should.
#[derive(Debug, Clone, Copy)]
struct Pending {
    depth: usize,
    child: u16,
    at: At,
}

/// How to get from one segment to the next.
#[derive(Debug, Clone)]
struct Way {
    /// How many loops end.
    up: usize,
    /// The child of the loop that is reached.
    child: u16,
    /// Required children that are passed by: how many loops up, and which.
    due: Range<usize>,
}

/// A way that was found before.
#[derive(Debug)]
struct Known {
    id: SegmentId,
    key: Option<Key>,
    value: Packed,
    way: Way,
}

/// The way through a guide, for one transaction after the other.
#[derive(Debug)]
pub(super) struct Walker {
    pub(super) guide: &'static Guide,
    /// The segment that was placed last.
    current: u16,
    open: Vec<Open>,
    counts: Vec<u32>,
    pending: Vec<Pending>,
    known: Vec<Vec<Known>>,
    due: Vec<(usize, u16)>,
}

/// As many loops as a guide can have inside each other; a limit for what is remembered of each place.
const KNOWN_MOST: usize = 256;

impl Walker {
    pub(super) fn new(guide: &'static Guide) -> Self {
        let known = guide.segments.iter().map(|_| Vec::new()).collect();
        Self { guide, current: 0, open: Vec::new(), counts: Vec::new(), pending: Vec::new(), known, due: Vec::new() }
    }

    /// Begins a transaction with its ST.
    pub(super) fn begin(&mut self, events: &mut Vec<Event>) {
        self.open.clear();
        self.counts.clear();
        self.pending.clear();
        self.current = 0;
        self.push(0, events);
    }

    /// Gives the segment its place; `None` where the guide has none for it here.
    #[inline]
    pub(super) fn place(&mut self, id: SegmentId, split: &Split<'_>, at: At, events: &mut Vec<Event>) -> Option<u16> {
        let ways = self.known.get(usize::from(self.current))?;
        let found = ways.iter().position(|known| known.id == id && value(split, known.key) == Some(known.value));
        if let Some(place) = found {
            let way = ways.get(place)?.way.clone();
            return self.go(&way, at, events);
        }
        self.place_new(id, split, at, events)
    }

    #[cold]
    fn place_new(&mut self, id: SegmentId, split: &Split<'_>, at: At, events: &mut Vec<Event>) -> Option<u16> {
        let matches = |child: &Child| self.matches(child, id, split);
        if let Some((up, child)) = self.forward(&matches) {
            let way = self.way(up, child);
            let key = self.keys_of(id);
            let value = value(split, key);
            if let (Some(value), Some(ways)) = (value, self.known.get_mut(usize::from(self.current)))
                && ways.len() < KNOWN_MOST
            {
                ways.push(Known { id, key, value, way: way.clone() });
            }
            return self.go(&way, at, events);
        }
        if let Some((up, child)) = self.backward(&matches) {
            events.push(Event::OutOfOrder);
            let way = Way { up, child, due: 0..0 };
            return self.go(&way, at, events);
        }
        // A qualifier that the guide does not have: the place by the identifier alone.
        let by_id = |child: &Child| self.first_of(child).is_some_and(|segment| segment.id == id);
        let (up, child) = self.forward_unused(&by_id).or_else(|| self.forward(&by_id))?;
        let way = self.way(up, child);
        self.go(&way, at, events)
    }

    /// Ends the transaction.
    pub(super) fn end(&mut self, at: At, events: &mut Vec<Event>) {
        let levels = self.open.len();
        let due = self.due.len();
        for (up, open) in self.open.iter().rev().enumerate() {
            let children = self.children(open.loop_);
            let from = children.get(usize::from(open.at)).map_or(0, |child| child.position);
            for (index, child) in (0u16..).zip(children) {
                if child.usage == Usage::Required && child.position >= from {
                    self.due.push((up, index));
                }
            }
        }
        self.note_due(due..self.due.len(), at);
        self.due.truncate(due);
        for _ in 0..levels {
            self.pop(events);
        }
    }

    #[inline]
    fn go(&mut self, way: &Way, at: At, events: &mut Vec<Event>) -> Option<u16> {
        if !way.due.is_empty() {
            self.note_due(way.due.clone(), at);
        }
        for _ in 0..way.up {
            self.pop(events);
        }
        let open = self.open.last_mut()?;
        open.at = way.child;
        let (loop_, counts) = (open.loop_, open.counts);
        let child = *self.children(loop_).get(usize::from(way.child))?;
        let count = self.counts.get_mut(counts + usize::from(way.child))?;
        *count = count.saturating_add(1);
        if *count > child.most {
            events.push(Event::TooOften { loop_, child: way.child });
        }
        self.current = match child.kind {
            ChildKind::Segment(segment) => segment,
            ChildKind::Loop(inner) => {
                self.push(inner, events);
                self.guide.loops.get(usize::from(inner))?.first
            }
        };
        Some(self.current)
    }

    fn push(&mut self, loop_: u16, events: &mut Vec<Event>) {
        let counts = self.counts.len();
        self.counts.resize(counts + self.children(loop_).len(), 0);
        // The first child is the segment that opens the loop.
        if let Some(first) = self.counts.get_mut(counts) {
            *first = 1;
        }
        self.open.push(Open { loop_, counts, at: 0 });
        events.push(Event::Opened { loop_, depth: self.open.len() });
    }

    fn pop(&mut self, events: &mut Vec<Event>) {
        let depth = self.open.len();
        let Some(open) = self.open.pop() else { return };
        while let Some(pending) = self.pending.last().copied().filter(|pending| pending.depth >= depth) {
            self.pending.pop();
            if self.counts.get(open.counts + usize::from(pending.child)) == Some(&0) {
                events.push(Event::Missing { loop_: open.loop_, child: pending.child, at: pending.at });
            }
        }
        self.counts.truncate(open.counts);
        events.push(Event::Closed { loop_: open.loop_, depth });
    }

    /// Remembers required children that are passed by and have not come.
    fn note_due(&mut self, due: Range<usize>, at: At) {
        for place in due {
            let Some(&(up, child)) = self.due.get(place) else { continue };
            let Some(index) = self.open.len().checked_sub(up + 1) else { continue };
            let Some(open) = self.open.get(index) else { continue };
            if self.counts.get(open.counts + usize::from(child)) == Some(&0) {
                self.pending.push(Pending { depth: index + 1, child, at });
            }
        }
        if self.pending.len() < 2 {
            return;
        }
        // Those of the innermost loop are asked first when it ends.
        self.pending.sort_by_key(|pending| pending.depth);
    }

    /// The way to a child, with the required children that it passes by.
    fn way(&mut self, up: usize, target: u16) -> Way {
        let start = self.due.len();
        for (level, open) in self.open.iter().rev().enumerate().take(up + 1) {
            let children = self.guide.loops.get(usize::from(open.loop_)).map_or(&[][..], |found| &found.children);
            let from = children.get(usize::from(open.at)).map_or(0, |child| child.position);
            let until = if level == up {
                children.get(usize::from(target)).map_or(0, |child| child.position)
            } else {
                u16::MAX
            };
            for (index, child) in (0u16..).zip(children) {
                if child.usage == Usage::Required && (from..until).contains(&child.position) {
                    self.due.push((level, index));
                }
            }
        }
        Way { up, child: target, due: start..self.due.len() }
    }

    fn children(&self, loop_: u16) -> &'static [Child] {
        self.guide.loops.get(usize::from(loop_)).map_or(&[], |found| &found.children)
    }

    /// The segment that a child is or begins with.
    fn first_of(&self, child: &Child) -> Option<&'static crate::guide::SegmentUse> {
        let segment = match child.kind {
            ChildKind::Segment(segment) => segment,
            ChildKind::Loop(inner) => self.guide.loops.get(usize::from(inner))?.first,
        };
        self.guide.segments.get(usize::from(segment))
    }

    fn matches(&self, child: &Child, id: SegmentId, split: &Split<'_>) -> bool {
        self.first_of(child).is_some_and(|segment| {
            segment.id == id
                && segment.key.is_none_or(|key| {
                    let bytes = key_bytes(split, key);
                    self.guide.has_code(&segment.key_codes, bytes)
                })
        })
    }

    /// The first child, from the present place on, that is right: how many loops up it is, and which.
    fn forward(&self, is_right: &dyn Fn(&Child) -> bool) -> Option<(usize, u16)> {
        self.open.iter().rev().enumerate().find_map(|(up, open)| {
            let children = self.children(open.loop_);
            let from = children.get(usize::from(open.at)).map_or(0, |child| child.position);
            // Neighbours with an equal position come in any order. The segment that opens a loop opens it only once.
            let place = (0u16..).zip(children).skip(1).find(|(_, child)| child.position >= from && is_right(child));
            place.map(|(place, _)| (up, place))
        })
    }

    /// The same among children that have not come yet, from the innermost loop.
    fn forward_unused(&self, is_right: &dyn Fn(&Child) -> bool) -> Option<(usize, u16)> {
        self.open.iter().rev().enumerate().find_map(|(up, open)| {
            let unused = |child: u16| self.counts.get(open.counts + usize::from(child)) == Some(&0);
            let children = self.children(open.loop_);
            let from = children.get(usize::from(open.at)).map_or(0, |child| child.position);
            let place = (0u16..)
                .zip(children)
                .skip(1)
                .find(|(place, child)| child.position >= from && unused(*place) && is_right(child));
            place.map(|(place, _)| (up, place))
        })
    }

    /// The first child before the present place that is right.
    fn backward(&self, is_right: &dyn Fn(&Child) -> bool) -> Option<(usize, u16)> {
        self.open.iter().rev().enumerate().find_map(|(up, open)| {
            let children = self.children(open.loop_);
            let from = children.get(usize::from(open.at)).map_or(0, |child| child.position);
            let place = (0u16..).zip(children).skip(1).find(|(_, child)| child.position < from && is_right(child));
            place.map(|(place, _)| (up, place))
        })
    }

    /// The element that tells segments with this identifier apart, in this guide.
    fn keys_of(&self, id: SegmentId) -> Option<Key> {
        self.guide.segments.iter().filter(|segment| segment.id == id).find_map(|segment| segment.key)
    }
}

#[inline]
fn key_bytes<'s>(split: &Split<'s>, key: Key) -> &'s [u8] {
    match key.component {
        0 => split.element(key.element),
        component => split.component(key.element, component),
    }
}

/// The value that the way depends on; `None` where it is longer than any code.
#[inline]
fn value(split: &Split<'_>, key: Option<Key>) -> Option<Packed> {
    match key {
        None => Some(Packed::EMPTY),
        Some(key) => Packed::of(key_bytes(split, key)),
    }
}
