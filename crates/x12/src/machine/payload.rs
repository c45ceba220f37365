//! The counted payload of BIN and BDS: its length, not a terminator, says where it ends.

use super::{Input, Machine, Mode, Sink, Step, offset};
use crate::{DiagnosticKind, scan};

/// What the declared length of a payload leads to.
pub(super) enum Counted {
    /// The end of the segment, in the window.
    End(usize),
    /// No terminator, or beyond the file.
    Wrong,
    More,
    /// So many bytes follow after the first that are kept.
    TooLong {
        left: u64,
    },
}

impl Machine {
    /// Where a BIN or BDS segment ends by the length it declares, when a terminator or the end of the file is there.
    #[cold]
    pub(super) fn counted_end(&self, input: &Input<'_>, payload: usize) -> Counted {
        let (start, window) = (self.at, input.window);
        let Some((at, length)) = self.declared_length(window, payload) else {
            return Counted::Wrong;
        };
        let here = usize::try_from(length).ok().and_then(|length| at.checked_add(length));
        let held = window.len() - start;
        match here {
            // So that the answer does not depend on the windows, the length alone decides what is too long.
            Some(end) if end - start <= input.segment_bytes => match window.get(end) {
                Some(&byte) if byte == self.delimiters.segment => Counted::End(end),
                Some(_) => Counted::Wrong,
                None if !input.last => Counted::More,
                None if end == window.len() => Counted::End(end),
                None => Counted::Wrong,
            },
            _ if held > input.segment_bytes => {
                let first = u64::try_from(input.segment_bytes.saturating_sub(at - start)).unwrap_or(u64::MAX);
                Counted::TooLong { left: length.saturating_sub(first) }
            }
            _ if input.last => Counted::Wrong,
            _ => Counted::More,
        }
    }

    /// Where the payload begins, and its length in bytes by BIN01 or BDS02.
    fn declared_length(&self, window: &[u8], payload: usize) -> Option<(usize, u64)> {
        // The fields before the payload are short.
        let near = window.get(..window.len().min(self.at.saturating_add(64)))?;
        let mut at = self.at;
        let mut length = None;
        for _ in 0..payload {
            let end = scan::find(near, at, self.delimiters.element)?;
            length = near.get(at..end);
            at = end + 1;
        }
        Some((at, core::str::from_utf8(length?).ok()?.trim().parse().ok()?))
    }

    /// Takes the first bytes of a payload that is too long to hold; the rest will be passed over.
    #[cold]
    pub(super) fn begin_payload(&mut self, input: &Input<'_>, sink: &mut impl Sink, left: u64) -> Step {
        let start = self.at;
        let end = start + input.segment_bytes;
        let place = offset(input.base, start);
        self.segments += 1;
        self.at = end;
        self.mode = Mode::Payload { left };
        self.say(sink, DiagnosticKind::PayloadNotKept { bytes: left }, place, self.segments, None);
        self.envelope(sink, place, input.window.get(start..end).unwrap_or_default());
        self.found(start, end, false, None)
    }

    /// Passes over what is left of a long payload; `false` when the window must reach further.
    #[cold]
    pub(super) fn pass_over_payload(&mut self, input: &Input<'_>, sink: &mut impl Sink) -> bool {
        let held = input.window.len().saturating_sub(self.at);
        let here = offset(input.base, self.at);
        if let Mode::Payload { left } = self.mode {
            let passed = usize::try_from(left).map_or(held, |left| left.min(held));
            self.at += passed;
            let left = left - u64::try_from(passed).unwrap_or(left);
            self.mode = Mode::Payload { left };
            match input.window.get(self.at) {
                Some(&byte) if left == 0 && byte == self.delimiters.segment => {
                    self.at += 1;
                    self.mode = Mode::Inside;
                    return true;
                }
                None if !input.last => return false,
                None if left == 0 => self.say(sink, DiagnosticKind::Unterminated, here, self.segments, None),
                _ => self.say(sink, DiagnosticKind::PayloadLength, here, self.segments, None),
            }
            self.mode = Mode::Resync;
        }
        match scan::find(input.window, self.at, self.delimiters.segment) {
            Some(end) => self.at = end + 1,
            None => {
                self.at = input.window.len();
                if !input.last {
                    return false;
                }
            }
        }
        self.mode = Mode::Inside;
        true
    }
}
