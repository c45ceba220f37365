//! What is said of segments and loops that are missing, stand too often, or have no place.

use super::catalogue as checks;
use super::checker::Checker;
use super::walk::At;
use crate::guide::{self, ChildKind, Guide, SegmentId};

impl Checker<'_> {
    /// Of a unit without measure, amounts and situations are not looked at: that is said.
    #[cold]
    pub(super) fn too_large(&mut self, loop_id: &'static str) {
        if self.options.above_guide() {
            let message = "so much stands in the claim or above it that only syntax and guide are checked".to_owned();
            self.say(&checks::UNIT_TOO_LARGE, self.last, "", loop_id, message);
        }
    }

    pub(super) fn missing(&mut self, guide: &'static Guide, loop_: u16, child: u16, at: At) {
        let Some(found) = guide.loops.get(usize::from(loop_)) else { return };
        match found.children.get(usize::from(child)).map(|child| child.kind) {
            Some(ChildKind::Segment(segment)) => {
                let Some(segment) = guide.segments.get(usize::from(segment)) else { return };
                let message = format!("{} ({}) is missing", segment.words, segment.name);
                self.say(&checks::REQUIRED_SEGMENT, at, segment.name, found.id, message);
            }
            Some(ChildKind::Loop(inner)) => {
                let Some(inner) = guide.loops.get(usize::from(inner)) else { return };
                let first = guide.segments.get(usize::from(inner.first)).map_or("", |segment| segment.name);
                let message = format!("{} (loop {}) is missing", inner.words, inner.id);
                self.say(&checks::REQUIRED_LOOP, at, first, inner.id, message);
            }
            None => {}
        }
    }

    pub(super) fn too_often(&mut self, guide: &'static Guide, loop_: u16, child: u16, id: &'static str, at: At) {
        let Some(found) = guide.loops.get(usize::from(loop_)) else { return };
        let Some(child) = found.children.get(usize::from(child)) else { return };
        match child.kind {
            ChildKind::Segment(segment) => {
                let words = guide.segments.get(usize::from(segment)).map_or("", |segment| segment.words);
                let message = format!("{words} ({id}) may stand at most {} times here", child.most);
                self.say(&checks::SEGMENT_REPEAT, at, id, found.id, message);
            }
            ChildKind::Loop(inner) => {
                let Some(inner) = guide.loops.get(usize::from(inner)) else { return };
                let message =
                    format!("{} (loop {}) may stand at most {} times here", inner.words, inner.id, child.most);
                self.say(&checks::LOOP_REPEAT, at, id, inner.id, message);
            }
        }
    }

    #[cold]
    pub(super) fn no_place(&mut self, guide: &'static Guide, id: SegmentId, at: At) {
        match guide::known_segment(id) {
            Some(known) if guide.segments.iter().any(|segment| segment.id == id) => {
                let message = format!("the guide has no place here for {known}, or not with this qualifier");
                self.say(&checks::UNEXPECTED_SEGMENT, at, known, "", message);
            }
            Some(known) => {
                let message = format!("the guide of the {} does not use {known}", guide.set);
                self.say(&checks::NOT_IN_GUIDE, at, known, "", message);
            }
            None => {
                let message = "the standard has no segment of this name".to_owned();
                self.say(&checks::UNKNOWN_SEGMENT, at, "", "", message);
            }
        }
    }
}
