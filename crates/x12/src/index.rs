//! What one pass over a file finds: places, no text.

use crate::{Delimiters, Diagnostic};

/// The body of a segment: from `start` to before `end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn of<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.start..self.end).unwrap_or_default()
    }

    /// The length of the terminator after the body: 0 when the segment is cut, 2 for a line break of two bytes in a
    /// file whose terminator is the line feed.
    #[inline]
    pub(crate) fn terminator_len(&self, bytes: &[u8], segment: u8) -> usize {
        match bytes.get(self.end) {
            Some(&byte) if byte == segment => 1,
            Some(b'\r') if segment == b'\n' && bytes.get(self.end + 1) == Some(&b'\n') => 2,
            _ => 0,
        }
    }
}

/// An interchange: its segments are `first..end`, its groups `groups..groups_end`, as indices.
#[derive(Debug, Clone)]
pub(crate) struct InterchangeSpan {
    pub(crate) delimiters: Delimiters,
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) trailer: Option<usize>,
    pub(crate) groups: usize,
    pub(crate) groups_end: usize,
}

/// A group: its segments are `first..end`. Without `has_header` the first is an ST that no GS precedes.
#[derive(Debug, Clone)]
pub(crate) struct GroupSpan {
    pub(crate) has_header: bool,
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) trailer: Option<usize>,
    pub(crate) transactions: usize,
    pub(crate) transactions_end: usize,
}

/// A transaction set: its segments are `first..end`.
#[derive(Debug, Clone)]
pub(crate) struct TransactionSpan {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) trailer: Option<usize>,
}

/// Everything the pass finds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    pub(crate) segments: Vec<Span>,
    pub(crate) interchanges: Vec<InterchangeSpan>,
    pub(crate) groups: Vec<GroupSpan>,
    pub(crate) transactions: Vec<TransactionSpan>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}
