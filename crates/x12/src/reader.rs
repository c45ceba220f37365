//! The one pass over the bytes: where segments begin and end, and what is odd about that.

use crate::header::{self, Header, WIDTHS};
use crate::index::{Index, InterchangeSpan, Span};
use crate::{Delimiters, Diagnostic, DiagnosticKind, X12Error, scan};

/// Reads all of the bytes.
pub(crate) fn read(bytes: &[u8]) -> Result<Index, X12Error> {
    let mut reader = Reader {
        bytes,
        at: 0,
        index: Index::default(),
        delimiters: Delimiters::default(),
        inside: false,
        closed: false,
        in_group: false,
        groups: 0,
        in_transaction: false,
        said_white_space: false,
    };
    let mut unreadable = None;
    while let Some(header) = reader.next_interchange(&mut unreadable) {
        reader.interchange(header);
    }
    reader.close_interchange();
    let mut index = reader.index;
    if index.interchanges.is_empty() {
        return Err(unreadable.unwrap_or(X12Error::NoInterchange));
    }
    index.diagnostics.sort_by_key(|diagnostic| diagnostic.offset);
    Ok(index)
}

/// The pass under way.
pub(crate) struct Reader<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
    pub(crate) index: Index,
    /// Those of the interchange being read.
    pub(crate) delimiters: Delimiters,
    /// An interchange has begun.
    pub(crate) inside: bool,
    /// Its IEA has been seen.
    pub(crate) closed: bool,
    pub(crate) in_group: bool,
    /// How many GS segments the interchange has so far.
    pub(crate) groups: usize,
    pub(crate) in_transaction: bool,
    pub(crate) said_white_space: bool,
}

impl Reader<'_> {
    /// Goes to the next readable ISA; what stands before it is trivia or junk.
    fn next_interchange(&mut self, unreadable: &mut Option<X12Error>) -> Option<Header> {
        self.skip_trivia();
        let start = self.at;
        let mut from = start;
        let mut refused = None;
        let found = loop {
            let Some(place) = scan::find_isa(self.bytes, from) else {
                break None;
            };
            if header::begins(self.bytes, place) {
                match header::read(self.bytes, place) {
                    Ok(header) => break Some((place, header)),
                    // The end of a word, such as VISA, is no ISA.
                    Err(element) if !self.bytes.get(..place).is_some_and(ends_in_word) => {
                        unreadable.get_or_insert(X12Error::HeaderUnreadable { offset: place, element });
                        refused = refused.or((place == start).then_some(element));
                    }
                    Err(_) => {}
                }
            }
            from = place + 3;
        };
        let end = found.map_or(self.bytes.len(), |(place, _)| place);
        if end > start {
            if refused.is_some() {
                self.say(DiagnosticKind::HeaderUnreadable, start, self.index.segments.len(), refused);
            }
            self.say_between(DiagnosticKind::Junk { bytes: end - start }, start);
        }
        self.at = end;
        found.map(|(_, header)| header)
    }

    /// Reads an interchange whose ISA stands at the present place, and any that follow it without junk between.
    fn interchange(&mut self, header: Header) {
        self.begin_interchange(header);
        loop {
            self.skip_trivia();
            if self.at >= self.bytes.len() {
                return;
            }
            if header::begins(self.bytes, self.at) {
                match header::read(self.bytes, self.at) {
                    Ok(header) => {
                        self.begin_interchange(header);
                        continue;
                    }
                    Err(_) if self.closed => return,
                    Err(element) => {
                        let number = self.index.segments.len() + 1;
                        self.say(DiagnosticKind::HeaderUnreadable, self.at, number, Some(element));
                    }
                }
            }
            if !self.segment() {
                return;
            }
        }
    }

    fn begin_interchange(&mut self, header: Header) {
        self.close_interchange();
        let start = self.at;
        let number = self.index.segments.len() + 1;
        if number == 1 {
            // A segment is about 20 bytes long. The cap keeps a small promise for files that are mostly payload.
            self.index.segments.reserve((self.bytes.len() / 16).clamp(16, 1 << 22));
        }
        self.index.segments.push(Span { start, end: header.end });
        self.index.interchanges.push(InterchangeSpan {
            delimiters: header.delimiters,
            first: number - 1,
            end: number,
            trailer: None,
            groups: self.index.groups.len(),
            groups_end: self.index.groups.len(),
        });
        self.delimiters = header.delimiters;
        self.inside = true;
        self.closed = false;
        self.groups = 0;
        self.said_white_space = false;
        self.at = header.end + 1;
        for ((element, expected), actual) in (1u8..).zip(WIDTHS).zip(header.widths) {
            if usize::from(expected) != actual {
                self.say(DiagnosticKind::HeaderWidth { expected, actual }, start, number, Some(element));
            }
        }
        if header.clash {
            self.say(DiagnosticKind::DelimiterClash, start, number, None);
        }
        if header.no_repetition {
            self.say(DiagnosticKind::NoRepetitionSeparator, start, number, Some(11));
        }
    }

    /// Passes over what may stand between segments.
    #[inline]
    fn skip_trivia(&mut self) {
        // Nearly every segment begins at once, or after a line break.
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                return;
            }
            if matches!(byte, b'\r' | b'\n') && self.inside && byte != self.delimiters.element {
                self.at += 1;
                continue;
            }
            if !self.skip_rare_trivia(byte) {
                return;
            }
        }
    }

    /// Passes over one run of rare trivia; `false` when there is none.
    fn skip_rare_trivia(&mut self, byte: u8) -> bool {
        let start = self.at;
        if self.inside && byte == self.delimiters.segment {
            let run = self.bytes.iter().skip(start).take_while(|&&next| next == byte);
            self.at += run.count();
            self.say_between(DiagnosticKind::EmptySegment, start);
            return true;
        }
        if self.inside && byte == self.delimiters.element {
            return false;
        }
        if self.bytes.get(start..).is_some_and(|rest| rest.starts_with(b"\xEF\xBB\xBF")) {
            self.at += 3;
            self.say_between(DiagnosticKind::ByteOrderMark, start);
            return true;
        }
        if !scan::is_trivia(byte) {
            return false;
        }
        let is_padding = |byte: u8| matches!(byte, 0 | 0x1A);
        let delimiters = self.inside.then_some(self.delimiters);
        let run = self.bytes.iter().skip(start).take_while(|&&next| {
            scan::is_trivia(next)
                && is_padding(next) == is_padding(byte)
                && delimiters.is_none_or(|delimiters| next != delimiters.segment && next != delimiters.element)
        });
        self.at += run.count();
        if is_padding(byte) {
            self.say_between(DiagnosticKind::Padding, start);
        } else if !self.said_white_space {
            self.said_white_space = true;
            self.say_between(DiagnosticKind::WhiteSpace, start);
        }
        true
    }

    /// Reads the segment at the present place; `false` when, after an IEA, there is none but junk.
    #[inline]
    fn segment(&mut self) -> bool {
        let start = self.at;
        let Delimiters { element, segment, .. } = self.delimiters;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let number = self.index.segments.len() + 1;
        let payload = scan::payload_element(rest, element);
        let counted = payload.and_then(|payload| self.counted_end(start, payload));
        let found = counted.or_else(|| scan::find(self.bytes, start, segment));
        let mut end = found.unwrap_or(self.bytes.len());
        if self.closed {
            let body = Span { start, end }.of(self.bytes);
            let looks_right = found.is_some() && scan::id_len(body, element).is_some();
            if !looks_right || self.header_within(start, end, true).is_some() {
                return false;
            }
        }

        let mut cut = self.bytes.get(end) != Some(&segment);
        if counted.is_none() {
            // An ISA of 16 empty elements has 21 bytes: shorter segments cannot hide one.
            if (cut || end - start > 21)
                && let Some(place) = self.header_within(start, end, rest.starts_with(b"IEA"))
            {
                (end, cut) = (place, true);
            }
            if cut {
                let body = self.bytes.get(start..end).unwrap_or_default();
                let trailing = body.iter().rev().take_while(|&&byte| scan::is_trivia(byte)).count();
                end -= trailing.min(body.len().saturating_sub(1));
            }
        }
        let span = if cut {
            self.at = end;
            self.say(DiagnosticKind::Unterminated, start, number, None);
            Span { start, end }
        } else {
            self.at = end + 1;
            // In a file of lines the carriage return before the line feed belongs to the terminator.
            let is_crlf =
                segment == b'\n' && counted.is_none() && end > start + 1 && self.bytes.get(end - 1) == Some(&b'\r');
            Span { start, end: if is_crlf { end - 1 } else { end } }
        };
        self.index.segments.push(span);
        let body = span.of(self.bytes);
        if scan::id_len(body, element).is_none() {
            self.say(DiagnosticKind::SegmentId, start, number, None);
        }
        if let Some(payload) = payload
            && counted.is_none()
        {
            self.say(DiagnosticKind::PayloadLength, start, number, u8::try_from(payload - 1).ok());
        }
        self.envelope(number - 1, body);
        true
    }

    /// The end of a BIN or BDS segment by the length it declares, when a terminator or the end of the file is there.
    #[cold]
    fn counted_end(&self, start: usize, payload: usize) -> Option<usize> {
        // The fields before the payload are short.
        let near = self.bytes.get(..self.bytes.len().min(start.saturating_add(64)))?;
        let mut at = start;
        let mut length = None;
        for _ in 0..payload {
            let end = scan::find(near, at, self.delimiters.element)?;
            length = near.get(at..end);
            at = end + 1;
        }
        let length: usize = core::str::from_utf8(length?).ok()?.trim().parse().ok()?;
        let end = at.checked_add(length).filter(|&end| end <= self.bytes.len())?;
        self.bytes.get(end).is_none_or(|&byte| byte == self.delimiters.segment).then_some(end)
    }

    /// The place of a readable ISA inside `start..end`, after a line break or, with `any_place`, anywhere: the segment
    /// before it was cut.
    #[cold]
    fn header_within(&self, start: usize, end: usize, any_place: bool) -> Option<usize> {
        let body = self.bytes.get(..end)?;
        let mut from = start + 1;
        while let Some(place) = scan::find_isa(body, from) {
            let after_break = matches!(self.bytes.get(place - 1), Some(b'\r' | b'\n'));
            if (any_place || after_break)
                && header::begins(self.bytes, place)
                && header::read(self.bytes, place).is_ok()
            {
                return Some(place);
            }
            from = place + 3;
        }
        None
    }

    #[cold]
    fn say(&mut self, kind: DiagnosticKind, offset: usize, segment: usize, element: Option<u8>) {
        self.index.diagnostics.push(Diagnostic { kind, offset, segment, element, severity: kind.severity() });
    }

    pub(crate) fn say_at(&mut self, kind: DiagnosticKind, index: usize, element: Option<u8>) {
        let offset = self.index.segments.get(index).map_or(0, |span| span.start);
        self.say(kind, offset, index + 1, element);
    }

    fn say_between(&mut self, kind: DiagnosticKind, offset: usize) {
        self.say(kind, offset, self.index.segments.len(), None);
    }
}

fn ends_in_word(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(u8::is_ascii_alphanumeric)
}
