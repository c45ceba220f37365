//! What one pass over a whole file finds: places, no text.

use crate::machine::{Input, Machine, Sink, Step};
use crate::marks::Marks;
use crate::{Delimiters, Diagnostic, Envelope, Strictness, X12Error};

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

/// The index of a segment by its number, which counts from 1.
fn at(number: u64) -> usize {
    usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX)
}

impl Sink for Index {
    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn begin(&mut self, envelope: Envelope, number: u64, delimiters: Delimiters, has_header: bool) {
        let first = at(number);
        let (end, trailer) = (first + 1, None);
        match envelope {
            Envelope::Interchange => {
                let groups = self.groups.len();
                let span = InterchangeSpan { delimiters, first, end, trailer, groups, groups_end: groups };
                self.interchanges.push(span);
            }
            Envelope::Group => {
                let transactions = self.transactions.len();
                let transactions_end = transactions;
                let span = GroupSpan { has_header, first, end, trailer, transactions, transactions_end };
                self.groups.push(span);
            }
            Envelope::Transaction => self.transactions.push(TransactionSpan { first, end, trailer }),
        }
    }

    fn interchange_trailer(&mut self, number: u64) {
        if let Some(interchange) = self.interchanges.last_mut() {
            interchange.trailer = Some(at(number));
        }
    }

    fn end(&mut self, envelope: Envelope, number: u64, trailer: Option<u64>) {
        let (end, trailer) = (at(number), trailer.map(at));
        match envelope {
            Envelope::Interchange => {
                if let Some(interchange) = self.interchanges.last_mut() {
                    interchange.end = end;
                    interchange.groups_end = self.groups.len();
                }
            }
            Envelope::Group => {
                if let Some(group) = self.groups.last_mut() {
                    (group.end, group.trailer) = (end, trailer);
                    group.transactions_end = self.transactions.len();
                }
            }
            Envelope::Transaction => {
                if let Some(transaction) = self.transactions.last_mut() {
                    (transaction.end, transaction.trailer) = (end, trailer);
                }
            }
        }
    }
}

/// Reads all of the bytes.
pub(crate) fn read(bytes: &[u8], strictness: Strictness) -> Result<Index, X12Error> {
    let mut machine = Machine::new(strictness);
    let mut marks = Marks::of_terminators();
    let mut index = Index::default();
    let input = Input { window: bytes, base: 0, last: true, segment_bytes: usize::MAX };
    while machine.plain(&input, &mut marks) || machine.step(&input, &mut marks, &mut index) == Step::Segment {
        if index.segments.is_empty() {
            // A segment is about 20 bytes long. The cap keeps a small promise for files that are mostly payload.
            index.segments.reserve((bytes.len() / 16).clamp(16, 1 << 22));
        }
        index.segments.push(Span { start: machine.found.start, end: machine.found.end });
    }
    machine.verdict()?;
    index.diagnostics.sort_by_key(|diagnostic| diagnostic.offset);
    Ok(index)
}
