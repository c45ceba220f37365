//! How envelopes nest: which segment opens or closes what, and whether the trailers are right.

use crate::index::{GroupSpan, Span, TransactionSpan};
use crate::reader::Reader;
use crate::{DiagnosticKind, Element, Envelope, Segment};

impl<'a> Reader<'a> {
    /// Follows the envelopes with the segment at `index`.
    #[inline]
    pub(crate) fn envelope(&mut self, index: usize, body: &[u8]) {
        let element = self.delimiters.element;
        let is = |id: &[u8]| body.strip_prefix(id).is_some_and(|rest| rest.first().is_none_or(|&byte| byte == element));
        match body.first() {
            Some(b'S') if is(b"ST") => self.begin_transaction(index),
            Some(b'S') if is(b"SE") => self.end_transaction(index),
            Some(b'G') if is(b"GS") => self.begin_group(index),
            Some(b'G') if is(b"GE") => self.end_group(index),
            Some(b'I') if is(b"IEA") => self.end_interchange(index),
            _ if self.in_transaction => {}
            // Between ISA and GS there is room for these; nothing else stands outside a transaction set.
            _ if !self.in_group && !self.closed && [&b"TA1"[..], b"TA3", b"ISB", b"ISE"].into_iter().any(is) => {}
            _ => self.say_at(DiagnosticKind::OutOfPlace, index, None),
        }
    }

    fn begin_group(&mut self, index: usize) {
        self.close_group(index, None);
        self.reopen(index);
        self.push_group(index, true);
    }

    fn begin_transaction(&mut self, index: usize) {
        self.close_transaction(index, None);
        if !self.in_group {
            self.reopen(index);
            self.say_at(DiagnosticKind::MissingHeader(Envelope::Group), index, None);
            self.push_group(index, false);
        }
        self.index.transactions.push(TransactionSpan { first: index, end: index + 1, trailer: None });
        self.in_transaction = true;
    }

    fn push_group(&mut self, index: usize, has_header: bool) {
        let transactions = self.index.transactions.len();
        self.index.groups.push(GroupSpan {
            has_header,
            first: index,
            end: index + 1,
            trailer: None,
            transactions,
            transactions_end: transactions,
        });
        self.in_group = true;
        self.groups += usize::from(has_header);
    }

    /// A group or transaction set after the IEA: the interchange goes on, so that nothing in it is lost.
    fn reopen(&mut self, index: usize) {
        if self.closed {
            self.closed = false;
            self.say_at(DiagnosticKind::MissingHeader(Envelope::Interchange), index, None);
        }
    }

    fn end_transaction(&mut self, index: usize) {
        if self.in_transaction {
            self.close_transaction(index + 1, Some(index));
        } else {
            self.say_at(DiagnosticKind::MissingHeader(Envelope::Transaction), index, None);
        }
    }

    fn end_group(&mut self, index: usize) {
        if self.in_group {
            self.close_transaction(index, None);
            self.close_group(index + 1, Some(index));
        } else {
            self.say_at(DiagnosticKind::MissingHeader(Envelope::Group), index, None);
        }
    }

    fn end_interchange(&mut self, index: usize) {
        if self.closed {
            self.say_at(DiagnosticKind::MissingHeader(Envelope::Interchange), index, None);
            return;
        }
        self.close_group(index, None);
        self.closed = true;
        let Some(interchange) = self.index.interchanges.last_mut() else {
            return;
        };
        interchange.trailer = Some(index);
        let first = interchange.first;
        self.check_trailer(Envelope::Interchange, Some(first), index, self.groups);
    }

    /// Closes the open transaction set, if there is one, before the segment at `end`.
    fn close_transaction(&mut self, end: usize, trailer: Option<usize>) {
        if !self.in_transaction {
            return;
        }
        self.in_transaction = false;
        let Some(transaction) = self.index.transactions.last_mut() else {
            return;
        };
        transaction.end = end;
        transaction.trailer = trailer;
        let first = transaction.first;
        match trailer {
            Some(trailer) => self.check_trailer(Envelope::Transaction, Some(first), trailer, end - first),
            None => self.say_at(DiagnosticKind::MissingTrailer(Envelope::Transaction), first, None),
        }
    }

    /// Closes the open group, if there is one, and the transaction set in it, before the segment at `end`.
    fn close_group(&mut self, end: usize, trailer: Option<usize>) {
        self.close_transaction(end, None);
        if !self.in_group {
            return;
        }
        self.in_group = false;
        let transactions_end = self.index.transactions.len();
        let Some(group) = self.index.groups.last_mut() else {
            return;
        };
        group.end = end;
        group.trailer = trailer;
        group.transactions_end = transactions_end;
        let sets = transactions_end - group.transactions;
        let header = group.has_header.then_some(group.first);
        match (trailer, header) {
            (Some(trailer), _) => self.check_trailer(Envelope::Group, header, trailer, sets),
            (None, Some(first)) => self.say_at(DiagnosticKind::MissingTrailer(Envelope::Group), first, None),
            (None, None) => {}
        }
    }

    pub(crate) fn close_interchange(&mut self) {
        let end = self.index.segments.len();
        self.close_group(end, None);
        let groups_end = self.index.groups.len();
        let closed = self.closed;
        let Some(interchange) = self.index.interchanges.last_mut() else {
            return;
        };
        interchange.end = end;
        interchange.groups_end = groups_end;
        let first = interchange.first;
        if !closed {
            self.say_at(DiagnosticKind::MissingTrailer(Envelope::Interchange), first, None);
        }
    }

    /// Compares the trailer with what it closes.
    fn check_trailer(&mut self, envelope: Envelope, header: Option<usize>, trailer: usize, counted: usize) {
        let closing = self.view(trailer);
        let counted = u64::try_from(counted).unwrap_or(u64::MAX);
        let declared = number(closing.element(1));
        if declared != Some(counted) {
            self.say_at(DiagnosticKind::Count { envelope, declared, counted }, trailer, Some(1));
        }
        let Some(header) = header else { return };
        let theirs = closing.element(2).trimmed();
        let ours = match envelope {
            Envelope::Interchange => self.view(header).element(13),
            Envelope::Group => self.view(header).element(6),
            Envelope::Transaction => self.view(header).element(2),
        };
        let ours = ours.trimmed();
        // ST02 is text, in which zeros count; the other two are numbers.
        let same = ours == theirs
            || (envelope != Envelope::Transaction && number(ours).is_some() && number(ours) == number(theirs));
        if !same {
            self.say_at(DiagnosticKind::ControlNumber(envelope), trailer, Some(2));
        }
    }

    fn view(&self, index: usize) -> Segment<'a> {
        let span = self.index.segments.get(index).copied().unwrap_or(Span { start: 0, end: 0 });
        let (raw, delimiters) = (span.of(self.bytes), self.delimiters);
        Segment { raw, delimiters, number: index + 1, offset: span.start, terminated: true }
    }
}

fn number(element: Element<'_>) -> Option<u64> {
    element.trimmed().as_str()?.parse().ok()
}
