//! How envelopes nest: which segment opens or closes what, and whether the trailers are right.

use crate::machine::{Machine, Sink};
use crate::{Delimiters, DiagnosticKind, Element, Envelope, Segment};

/// Bytes of a header that are kept; a right one has about a hundred.
const KEPT: usize = 4096;

/// The segment that opened an envelope. It is kept, since its trailer must agree with it and the stream has gone on.
#[derive(Debug, Default)]
pub(crate) struct Head {
    raw: Vec<u8>,
    pub(crate) offset: u64,
    pub(crate) number: u64,
}

impl Head {
    #[inline]
    pub(crate) fn set(&mut self, raw: &[u8], offset: u64, number: u64) {
        self.raw.clear();
        self.raw.extend_from_slice(raw.get(..KEPT).unwrap_or(raw));
        (self.offset, self.number) = (offset, number);
    }

    pub(crate) fn segment(&self, delimiters: Delimiters) -> Segment<'_> {
        Segment::new(&self.raw, delimiters, self.number, self.offset, true)
    }
}

impl Machine {
    /// Follows the envelopes with the segment that has just been found at `offset`.
    #[inline]
    pub(crate) fn envelope(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8]) {
        self.just_closed = None;
        // Most segments begin with none of these letters, and stand in a transaction set.
        if !matches!(body.first(), Some(b'S' | b'G' | b'I')) && self.in_transaction {
            return;
        }
        self.follow(sink, offset, body);
    }

    fn follow(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8]) {
        let element = self.delimiters.element;
        let is = |id: &[u8]| body.strip_prefix(id).is_some_and(|rest| rest.first().is_none_or(|&byte| byte == element));
        match body.first() {
            Some(b'S') if is(b"ST") => self.begin_transaction(sink, offset, body),
            Some(b'S') if is(b"SE") => self.end_transaction(sink, offset, body),
            Some(b'G') if is(b"GS") => {
                self.close_group(sink, self.segments, None);
                self.reopen(sink, offset);
                self.begin_group(sink, offset, body, true);
            }
            Some(b'G') if is(b"GE") => self.end_group(sink, offset, body),
            Some(b'I') if is(b"IEA") => self.end_interchange(sink, offset, body),
            _ if self.in_transaction => {}
            // Between ISA and GS there is room for these; nothing else stands outside a transaction set.
            _ if !self.in_group && !self.closed && [&b"TA1"[..], b"TA3", b"ISB", b"ISE"].into_iter().any(is) => {}
            _ => self.say(sink, DiagnosticKind::OutOfPlace, offset, self.segments, None),
        }
    }

    fn begin_transaction(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8]) {
        self.close_transaction(sink, self.segments, None);
        if !self.in_group {
            self.reopen(sink, offset);
            self.say(sink, DiagnosticKind::MissingHeader(Envelope::Group), offset, self.segments, None);
            self.begin_group(sink, offset, &[], false);
        }
        self.st.set(body, offset, self.segments);
        self.in_transaction = true;
        self.sets += 1;
        sink.begin(Envelope::Transaction, self.segments, self.delimiters, true);
    }

    fn begin_group(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8], has_header: bool) {
        self.gs.set(body, offset, self.segments);
        self.in_group = true;
        self.has_gs = has_header;
        self.groups += u64::from(has_header);
        self.sets = 0;
        sink.begin(Envelope::Group, self.segments, self.delimiters, has_header);
    }

    /// A group or transaction set after the IEA: the interchange goes on, so that nothing in it is lost.
    fn reopen(&mut self, sink: &mut impl Sink, offset: u64) {
        if self.closed {
            self.closed = false;
            self.say(sink, DiagnosticKind::MissingHeader(Envelope::Interchange), offset, self.segments, None);
        }
    }

    fn end_transaction(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8]) {
        if self.in_transaction {
            self.close_transaction(sink, self.segments + 1, Some((offset, body)));
        } else {
            self.say(sink, DiagnosticKind::MissingHeader(Envelope::Transaction), offset, self.segments, None);
        }
    }

    fn end_group(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8]) {
        if self.in_group {
            self.close_transaction(sink, self.segments, None);
            self.close_group(sink, self.segments + 1, Some((offset, body)));
        } else {
            self.say(sink, DiagnosticKind::MissingHeader(Envelope::Group), offset, self.segments, None);
        }
    }

    fn end_interchange(&mut self, sink: &mut impl Sink, offset: u64, body: &[u8]) {
        if self.closed {
            self.say(sink, DiagnosticKind::MissingHeader(Envelope::Interchange), offset, self.segments, None);
            return;
        }
        self.close_group(sink, self.segments, None);
        self.closed = true;
        self.just_closed = Some(Envelope::Interchange);
        sink.interchange_trailer(self.segments);
        self.check_trailer(sink, Envelope::Interchange, true, (offset, body), self.groups);
    }

    /// Closes the open transaction set, if there is one, before the segment with the number `end`.
    fn close_transaction(&mut self, sink: &mut impl Sink, end: u64, trailer: Option<(u64, &[u8])>) {
        if !self.in_transaction {
            return;
        }
        self.in_transaction = false;
        sink.end(Envelope::Transaction, end, trailer.map(|_| self.segments));
        match trailer {
            Some(trailer) => {
                self.just_closed = Some(Envelope::Transaction);
                self.check_trailer(sink, Envelope::Transaction, true, trailer, end - self.st.number);
            }
            None => self.say_unclosed(sink, Envelope::Transaction),
        }
    }

    /// Closes the open group, if there is one, and the transaction set in it, before the segment with the number `end`.
    fn close_group(&mut self, sink: &mut impl Sink, end: u64, trailer: Option<(u64, &[u8])>) {
        self.close_transaction(sink, end, None);
        if !self.in_group {
            return;
        }
        self.in_group = false;
        sink.end(Envelope::Group, end, trailer.map(|_| self.segments));
        match trailer {
            Some(trailer) => {
                self.just_closed = Some(Envelope::Group);
                self.check_trailer(sink, Envelope::Group, self.has_gs, trailer, self.sets);
            }
            None if self.has_gs => self.say_unclosed(sink, Envelope::Group),
            None => {}
        }
    }

    /// Closes the interchange before the next segment, which is an ISA, or at the end of the file.
    pub(crate) fn close_interchange(&mut self, sink: &mut impl Sink) {
        if !self.inside {
            return;
        }
        let end = self.segments + 1;
        self.close_group(sink, end, None);
        sink.end(Envelope::Interchange, end, None);
        if !self.closed {
            self.say_unclosed(sink, Envelope::Interchange);
        }
    }

    fn head(&self, envelope: Envelope) -> &Head {
        match envelope {
            Envelope::Interchange => &self.isa,
            Envelope::Group => &self.gs,
            Envelope::Transaction => &self.st,
        }
    }

    fn say_unclosed(&self, sink: &mut impl Sink, envelope: Envelope) {
        let head = self.head(envelope);
        self.say(sink, DiagnosticKind::MissingTrailer(envelope), head.offset, head.number, None);
    }

    /// Compares the trailer, its place and its bytes, with what it closes.
    fn check_trailer(
        &self,
        sink: &mut impl Sink,
        envelope: Envelope,
        has_header: bool,
        (offset, body): (u64, &[u8]),
        counted: u64,
    ) {
        let closing = Segment::new(body, self.delimiters, self.segments, offset, true);
        let declared = number(closing.element(1));
        if declared != Some(counted) {
            let kind = DiagnosticKind::Count { envelope, declared, counted };
            self.say(sink, kind, offset, self.segments, Some(1));
        }
        if !has_header {
            return;
        }
        let theirs = closing.element(2).trimmed();
        let opening = self.head(envelope).segment(self.delimiters);
        let ours = match envelope {
            Envelope::Interchange => opening.element(13),
            Envelope::Group => opening.element(6),
            Envelope::Transaction => opening.element(2),
        };
        let ours = ours.trimmed();
        // ST02 is text, in which zeros count; the other two are numbers.
        let same = ours == theirs
            || (envelope != Envelope::Transaction && number(ours).is_some() && number(ours) == number(theirs));
        if !same {
            self.say(sink, DiagnosticKind::ControlNumber(envelope), offset, self.segments, Some(2));
        }
    }
}

fn number(element: Element<'_>) -> Option<u64> {
    element.trimmed().as_str()?.parse().ok()
}
