//! A guide, ready for use.

use super::dictionary::SyntaxNote;
use super::element::{ElementUse, Usage};
use super::packed::{Packed, PlaceName, SegmentId};
use core::ops::Range;
use core::sync::atomic::AtomicU64;

/// An implementation guide: the loops, segments and elements of a transaction.
pub struct Guide {
    pub(crate) set: &'static str,
    pub(crate) group: &'static str,
    pub(crate) versions: Vec<&'static str>,
    pub(crate) name: &'static str,
    pub(crate) is_full: bool,
    /// The first is the transaction itself.
    pub(crate) loops: Vec<GuideLoop>,
    pub(crate) segments: Vec<SegmentUse>,
    /// Those of all segments, and behind them of all composites.
    pub(crate) elements: Vec<ElementUse>,
    pub(crate) codes: Vec<(Packed, &'static str)>,
    pub(crate) notes: Vec<SyntaxNote>,
}

/// A loop of a guide.
#[derive(Debug)]
pub struct GuideLoop {
    pub(crate) id: &'static str,
    pub(crate) words: &'static str,
    pub(crate) usage: Usage,
    pub(crate) most: u32,
    /// The loop that it stands in; none for the transaction.
    pub(crate) parent: Option<u16>,
    pub(crate) children: Vec<Child>,
    /// Its first segment.
    pub(crate) first: u16,
    /// What was kept of it is let go when it ends: a claim, or a level of the hierarchy.
    pub(crate) is_unit: bool,
    /// It begins with an HL segment.
    pub(crate) is_level: bool,
}

/// What stands in a loop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Child {
    pub(crate) position: u16,
    pub(crate) usage: Usage,
    pub(crate) most: u32,
    pub(crate) kind: ChildKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChildKind {
    Segment(u16),
    Loop(u16),
}

/// Which element tells a segment from others of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) element: u8,
    /// 0: the element is no composite.
    pub(crate) component: u8,
}

/// A segment in its place in a guide.
#[derive(Debug)]
pub struct SegmentUse {
    pub(crate) name: &'static str,
    pub(crate) id: SegmentId,
    pub(crate) place: PlaceName,
    pub(crate) words: &'static str,
    pub(crate) usage: Usage,
    pub(crate) most: u32,
    pub(crate) loop_: u16,
    pub(crate) key: Option<Key>,
    pub(crate) key_codes: Range<u32>,
    pub(crate) elements: Range<u32>,
    pub(crate) notes: Range<u32>,
    /// Elements that must be there, and those that may, as bits; that of element 1 the lowest.
    pub(crate) required: u64,
    pub(crate) allowed: u64,
    /// Elements that were there together when last looked at and may be: a shortcut, which changes no answer.
    pub(crate) last_right: AtomicU64,
}

impl core::fmt::Debug for Guide {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Guide({} {})", self.set, self.versions.first().copied().unwrap_or_default())
    }
}

impl Guide {
    /// The transaction set: ST01, such as `837`.
    #[must_use]
    pub fn set(&self) -> &'static str {
        self.set
    }

    /// The functional identifier: GS01, such as `HC`.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.group
    }

    /// The versions it describes (ST03, GS08); the first is the one that is written.
    #[must_use]
    pub fn versions(&self) -> &[&'static str] {
        &self.versions
    }

    /// What the transaction is, in our words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether its situational rules are known too; else syntax and structure are.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// The loops, outermost first; the first stands for the transaction.
    #[must_use]
    pub fn loops(&self) -> &[GuideLoop] {
        &self.loops
    }

    /// The segments, each in each of its places.
    #[must_use]
    pub fn segments(&self) -> &[SegmentUse] {
        &self.segments
    }

    /// The elements of a segment, those that are not used included.
    #[must_use]
    pub fn elements(&self, segment: &SegmentUse) -> &[ElementUse] {
        range(&self.elements, &segment.elements)
    }

    /// The components of a composite element.
    #[must_use]
    pub fn components(&self, element: &ElementUse) -> &[ElementUse] {
        range(&self.elements, &element.components)
    }

    /// The codes that an element may have; empty where the guide does not list them.
    pub fn codes(&self, element: &ElementUse) -> impl Iterator<Item = &'static str> + Clone {
        range(&self.codes, &element.codes).iter().map(|(_, code)| *code)
    }

    pub(crate) fn loop_of(&self, segment: &SegmentUse) -> Option<&GuideLoop> {
        self.loops.get(usize::from(segment.loop_))
    }

    pub(crate) fn has_code(&self, codes: &Range<u32>, value: &[u8]) -> bool {
        Packed::of(value).is_some_and(|value| range(&self.codes, codes).iter().any(|(code, _)| *code == value))
    }
}

/// A part of a list; empty where the range is beyond it.
#[inline]
pub(crate) fn range<'l, T>(list: &'l [T], range: &Range<u32>) -> &'l [T] {
    list.get(range.start as usize..range.end as usize).unwrap_or_default()
}

impl GuideLoop {
    /// The identifier, such as `2010AA`; empty for the transaction itself.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// What the loop is, in our words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.words
    }

    /// Whether it must be there.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// How often it may be there; none without a limit.
    #[must_use]
    pub fn most(&self) -> Option<u32> {
        (self.most != u32::MAX).then_some(self.most)
    }
}

impl SegmentUse {
    /// The identifier, such as `NM1`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.name
    }

    /// What the segment is, in our words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.words
    }

    /// Whether it must be there where its loop is.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// How often it may be there; none without a limit.
    #[must_use]
    pub fn most(&self) -> Option<u32> {
        (self.most != u32::MAX).then_some(self.most)
    }
}
