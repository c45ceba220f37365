//! The levels of HL segments.

use super::catalogue::{self as checks, Check};
use super::syntax::Split;
use super::walk::At;
use superbill_x12::Severity;

/// An open level.
#[derive(Debug, Clone, Copy)]
struct Level {
    depth: usize,
    number: u64,
    has_children: bool,
    /// HL04, where it is 0 or 1.
    says_children: Option<bool>,
    at: At,
}

/// The levels that are open, and the claim.
#[derive(Debug, Default)]
pub(super) struct Hierarchy {
    levels: Vec<Level>,
    /// How many HL segments there were.
    count: u64,
    /// How deep the open claim stands.
    claim: Option<usize>,
}

impl Hierarchy {
    pub(super) fn clear(&mut self) {
        self.levels.clear();
        self.count = 0;
        self.claim = None;
    }

    pub(super) fn in_claim(&self) -> bool {
        self.claim.is_some()
    }

    pub(super) fn claim_begins(&mut self, depth: usize) {
        self.claim = Some(depth);
    }

    pub(super) fn loop_ends(&mut self, depth: usize) {
        if self.claim.is_some_and(|claim| claim >= depth) {
            self.claim = None;
        }
    }

    /// A level begins with this HL; what is wrong with its numbers, and in which element.
    pub(super) fn level_begins(
        &mut self,
        depth: usize,
        split: &Split<'_>,
        at: At,
    ) -> Vec<(&'static Check, u8, String)> {
        let mut wrong = Vec::new();
        self.count += 1;
        let number = number(split.element(1));
        if number.is_some_and(|number| number != self.count) {
            let message = format!(
                "the level number (HL01) must be {}: levels are counted from 1 in each transaction",
                self.count
            );
            wrong.push((&checks::HL_NUMBER, 1, message));
        }
        let parent = self.levels.last_mut().filter(|level| level.depth < depth);
        let says = self::number(split.element(2));
        match parent {
            Some(parent) => {
                parent.has_children = true;
                if says.is_some_and(|says| says != parent.number) {
                    let message = "the parent (HL02) is not the number of the level that this one stands in".to_owned();
                    wrong.push((&checks::HL_PARENT, 2, message));
                }
            }
            None if says.is_some() => {
                wrong.push((&checks::HL_PARENT, 2, "the outermost level has no parent (HL02)".to_owned()));
            }
            None => {}
        }
        let says_children = match split.element(4) {
            b"0" => Some(false),
            b"1" => Some(true),
            _ => None,
        };
        // A number that is wrong is still the one that the levels below name.
        let number = number.unwrap_or(self.count);
        self.levels.push(Level { depth, number, has_children: false, says_children, at });
        wrong
    }

    /// The level ends; what HL04 said wrongly.
    pub(super) fn level_ends(&mut self, depth: usize) -> Option<(At, Severity, String)> {
        let level = self.levels.pop_if(|level| level.depth >= depth)?;
        match level.says_children {
            Some(false) if level.has_children => Some((
                level.at,
                Severity::Error,
                "HL04 says that no level stands below this one, and one does: it must be 1".to_owned(),
            )),
            Some(true) if !level.has_children => {
                // A response that stops at an error has it so.
                Some((
                    level.at,
                    Severity::Warning,
                    "HL04 says that a level stands below this one, and none does: it must be 0".to_owned(),
                ))
            }
            _ => None,
        }
    }
}

fn number(bytes: &[u8]) -> Option<u64> {
    core::str::from_utf8(bytes).ok()?.trim().parse().ok()
}
