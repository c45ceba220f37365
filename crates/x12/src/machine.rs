//! The one pass over the bytes: where segments begin and end, and what is odd about that.
//!
//! The pass is a machine that is given a window of the file and goes one segment further at each step. A document is
//! one window that is the whole file; a stream is many. So the two cannot differ.

mod payload;

use self::payload::Counted;
use crate::header::{self, Header, WIDTHS};
use crate::marks::{Marks, Terminator};
use crate::nesting::Head;
use crate::{Delimiters, Diagnostic, DiagnosticKind, Envelope, Strictness, X12Error, scan};

/// So many bytes behind a place are enough to say whether an ISA stands there, or what trivia it is.
pub(crate) const LOOKAHEAD: usize = header::LONGEST + 8;

/// How far the search for an ISA inside segments runs ahead: near enough that the bytes are still warm.
const AHEAD: usize = 1 << 14;

/// Takes what the pass finds.
pub(crate) trait Sink {
    fn diagnostic(&mut self, diagnostic: Diagnostic);
    /// The segment with this number opens an envelope; a group without GS is opened by its ST.
    fn begin(&mut self, _envelope: Envelope, _number: u64, _delimiters: Delimiters, _has_header: bool) {}
    /// The IEA of the present interchange, which goes on until the next ISA.
    fn interchange_trailer(&mut self, _number: u64) {}
    /// The present envelope ends before the segment with this number.
    fn end(&mut self, _envelope: Envelope, _number: u64, _trailer: Option<u64>) {}
}

/// What the machine sees of the file.
#[derive(Clone, Copy)]
pub(crate) struct Input<'w> {
    pub(crate) window: &'w [u8],
    /// The offset of the window in the file.
    pub(crate) base: u64,
    /// The file ends with the window.
    pub(crate) last: bool,
    /// The longest segment that is taken whole.
    pub(crate) segment_bytes: usize,
}

/// A segment found in the window.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Its marks among those of the window, when they are `known` to be exactly its element separators.
    pub(crate) first_mark: usize,
    pub(crate) last_mark: usize,
    pub(crate) known: bool,
    pub(crate) terminated: bool,
    /// There is one.
    pub(crate) any: bool,
}

/// How far one step came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the end of the segment that is [`Machine::found`].
    Segment,
    /// The window must reach further; all before [`Machine::at`] but one byte may go.
    More,
    /// A segment is longer than any that is taken.
    TooLong,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Before an interchange, or in junk between two.
    Seek,
    Inside,
    /// In a payload too long to hold, so many bytes before its end.
    Payload {
        left: u64,
    },
    /// After a payload whose length was wrong.
    Resync,
}

#[derive(Debug, Clone, Copy)]
struct Junk {
    start: u64,
    /// The element at which an ISA at the start stopped being one.
    refused: Option<u8>,
}

#[derive(Debug)]
pub(crate) struct Machine {
    /// The next byte to look at, in the window.
    pub(crate) at: usize,
    /// The segment found last.
    pub(crate) found: Found,
    mode: Mode,
    strictness: Strictness,
    /// Those of the interchange being read.
    pub(crate) delimiters: Delimiters,
    /// An interchange has begun.
    pub(crate) inside: bool,
    /// Its IEA has been seen.
    pub(crate) closed: bool,
    pub(crate) in_group: bool,
    /// The open group was opened by a GS.
    pub(crate) has_gs: bool,
    pub(crate) in_transaction: bool,
    /// The envelope that the last segment closed.
    pub(crate) just_closed: Option<Envelope>,
    /// How many GS segments the interchange has so far.
    pub(crate) groups: u64,
    /// How many transaction sets the group has so far.
    pub(crate) sets: u64,
    /// How many segments the file has so far.
    pub(crate) segments: u64,
    pub(crate) isa: Head,
    pub(crate) gs: Head,
    pub(crate) st: Head,
    said_white_space: bool,
    /// The last run of trivia, and the offset where it ended: a run that goes on in the next window is one.
    run: Option<(DiagnosticKind, u64)>,
    junk: Option<Junk>,
    /// No ISA begins inside a segment before this offset.
    no_isa_before: u64,
    /// A segment that ends at this place of the window or before it hides no ISA, and can be judged by the window.
    clear: usize,
    unreadable: Option<X12Error>,
}

/// Offsets are of 64 bits whatever the machine.
#[inline]
pub(crate) fn offset(base: u64, at: usize) -> u64 {
    base.saturating_add(u64::try_from(at).unwrap_or(u64::MAX))
}

impl Machine {
    pub(crate) fn new(strictness: Strictness) -> Self {
        Self {
            at: 0,
            found: Found::default(),
            mode: Mode::Seek,
            strictness,
            delimiters: Delimiters::default(),
            inside: false,
            closed: false,
            in_group: false,
            has_gs: false,
            in_transaction: false,
            just_closed: None,
            groups: 0,
            sets: 0,
            segments: 0,
            isa: Head::default(),
            gs: Head::default(),
            st: Head::default(),
            said_white_space: false,
            run: None,
            junk: None,
            no_isa_before: 0,
            clear: 0,
            unreadable: None,
        }
    }

    /// Goes to the end of the next segment if it is as most are: inside a transaction set, of nothing to remark, far
    /// from the end of the window. All else is left to [`step`](Self::step), which does the same in more words.
    #[inline]
    pub(crate) fn plain(&mut self, input: &Input<'_>, marks: &mut Marks) -> bool {
        if !self.in_transaction || self.mode != Mode::Inside {
            return false;
        }
        let window = input.window;
        let Delimiters { element, segment, .. } = self.delimiters;
        let mut start = self.at;
        while let Some(b'\r' | b'\n') = window.get(start) {
            start += 1;
        }
        let Some(&[a, b, c, d]) = window.get(start..).and_then(<[u8]>::first_chunk::<4>) else {
            return false;
        };
        let Some(terminator) = marks.peek(start) else {
            return false;
        };
        let mut end = terminator.place;
        if !scan::is_plain_id([a, b, c, d], element) | (end > self.clear) | (end - start > input.segment_bytes) {
            return false;
        }
        marks.take(&terminator);
        self.at = end + 1;
        if segment == b'\n' && window.get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        self.segments += 1;
        self.just_closed = None;
        self.found(start, end, true, Some(terminator));
        true
    }

    #[inline]
    fn found(&mut self, start: usize, end: usize, terminated: bool, marks: Option<Terminator>) -> Step {
        let (first_mark, last_mark, known) =
            marks.map_or((0, 0, false), |terminator| (terminator.first, terminator.last, terminator.known));
        self.found = Found { start, end, first_mark, last_mark, known, terminated, any: true };
        Step::Segment
    }

    /// Goes on to the end of the next segment, or says why not.
    pub(crate) fn step(&mut self, input: &Input<'_>, marks: &mut Marks, sink: &mut impl Sink) -> Step {
        loop {
            match self.mode {
                Mode::Inside => {}
                Mode::Seek => match self.seek(input, sink) {
                    Ok(Some(header)) => return self.begin_interchange(input, header, marks, sink),
                    Ok(None) => return self.finish(sink),
                    Err(()) => return Step::More,
                },
                Mode::Payload { .. } | Mode::Resync => {
                    if !self.pass_over_payload(input, sink) {
                        return Step::More;
                    }
                    continue;
                }
            }
            if !self.skip_trivia(input, sink) {
                return Step::More;
            }
            let left = input.window.len().saturating_sub(self.at);
            if left == 0 {
                return self.finish(sink);
            }
            if left < LOOKAHEAD && !input.last {
                return Step::More;
            }
            let mut refused = None;
            if header::begins(input.window, self.at) {
                match header::read(input.window, self.at) {
                    Ok(header) => return self.begin_interchange(input, header, marks, sink),
                    Err(_) if self.closed => {
                        self.mode = Mode::Seek;
                        continue;
                    }
                    Err(element) => refused = Some(element),
                }
            }
            match self.segment(input, marks, sink, refused) {
                Some(step) => return step,
                None => self.mode = Mode::Seek,
            }
        }
    }

    /// Reads no more.
    pub(crate) fn stop(&mut self) {
        self.in_transaction = false;
        self.found = Found::default();
    }

    /// The error of a file without any interchange.
    pub(crate) fn verdict(&self) -> Result<(), X12Error> {
        if self.inside { Ok(()) } else { Err(self.unreadable.unwrap_or(X12Error::NoInterchange)) }
    }

    /// The bytes before `dropped` have left the window.
    pub(crate) fn shift(&mut self, dropped: usize) {
        self.at -= dropped.min(self.at);
        self.clear = 0;
    }

    #[cold]
    fn finish(&mut self, sink: &mut impl Sink) -> Step {
        self.close_interchange(sink);
        self.stop();
        Step::End
    }

    /// Goes to the next readable ISA; what stands before it is trivia or junk. `Err` when the window must reach
    /// further.
    #[cold]
    fn seek(&mut self, input: &Input<'_>, sink: &mut impl Sink) -> Result<Option<Header>, ()> {
        let window = input.window;
        let junk = match self.junk {
            Some(junk) => junk,
            None => {
                if !self.skip_trivia(input, sink) {
                    return Err(());
                }
                Junk { start: offset(input.base, self.at), refused: None }
            }
        };
        let junk = self.junk.insert(junk);
        let found = loop {
            let Some(place) = scan::find_isa(window, self.at) else {
                if !input.last {
                    // The last two bytes may begin an ISA.
                    self.at = self.at.max(window.len().saturating_sub(2));
                    return Err(());
                }
                self.at = window.len();
                break None;
            };
            self.at = place;
            if !input.last && window.len() - place < LOOKAHEAD {
                return Err(());
            }
            if header::begins(window, place) {
                match header::read(window, place) {
                    Ok(header) => break Some(header),
                    // The end of a word, such as VISA, is no ISA.
                    Err(element) if !window.get(..place).is_some_and(ends_in_word) => {
                        let offset = offset(input.base, place);
                        self.unreadable.get_or_insert(X12Error::HeaderUnreadable { offset, element });
                        junk.refused = junk.refused.or((offset == junk.start).then_some(element));
                    }
                    Err(_) => {}
                }
            }
            self.at = place + 3;
        };
        let Junk { start, refused } = *junk;
        self.junk = None;
        let bytes = offset(input.base, self.at) - start;
        if bytes > 0 {
            if refused.is_some() {
                self.say(sink, DiagnosticKind::HeaderUnreadable, start, self.segments, refused);
            }
            self.say(sink, DiagnosticKind::Junk { bytes }, start, self.segments, None);
        }
        Ok(found)
    }

    #[cold]
    fn begin_interchange(
        &mut self,
        input: &Input<'_>,
        header: Header,
        marks: &mut Marks,
        sink: &mut impl Sink,
    ) -> Step {
        self.close_interchange(sink);
        let start = self.at;
        let place = offset(input.base, start);
        self.segments += 1;
        let number = self.segments;
        let raw = input.window.get(start..header.end).unwrap_or_default();
        self.isa.set(raw, place, number);
        self.mode = Mode::Inside;
        self.delimiters = header.delimiters;
        self.inside = true;
        self.closed = false;
        self.just_closed = None;
        self.groups = 0;
        self.said_white_space = false;
        self.at = header.end + 1;
        marks.reset(self.at, header.delimiters);
        sink.begin(Envelope::Interchange, number, header.delimiters, true);
        for ((element, expected), actual) in (1u8..).zip(WIDTHS).zip(header.widths) {
            if usize::from(expected) != actual {
                self.say(sink, DiagnosticKind::HeaderWidth { expected, actual }, place, number, Some(element));
            }
        }
        if header.clash {
            self.say(sink, DiagnosticKind::DelimiterClash, place, number, None);
        }
        if header.no_repetition {
            self.say(sink, DiagnosticKind::NoRepetitionSeparator, place, number, Some(11));
        }
        self.found(start, header.end, true, None)
    }

    /// Passes over what may stand between segments; `false` when the window must reach further.
    #[inline]
    fn skip_trivia(&mut self, input: &Input<'_>, sink: &mut impl Sink) -> bool {
        // Nearly every segment begins at once, or after a line break.
        while let Some(&byte) = input.window.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                return true;
            }
            if matches!(byte, b'\r' | b'\n') && self.inside && byte != self.delimiters.element {
                self.at += 1;
                continue;
            }
            match self.skip_rare_trivia(input, sink, byte) {
                Some(true) => {}
                Some(false) => return true,
                None => return false,
            }
        }
        input.last
    }

    /// Passes over one run of rare trivia; `Some(false)` when there is none, `None` when the window must reach further.
    #[cold]
    fn skip_rare_trivia(&mut self, input: &Input<'_>, sink: &mut impl Sink, byte: u8) -> Option<bool> {
        let start = self.at;
        let rest = input.window.get(start..).unwrap_or_default();
        if self.inside && byte == self.delimiters.segment {
            self.at += rest.iter().take_while(|&&next| next == byte).count();
            self.say_run(input, sink, DiagnosticKind::EmptySegment, start);
            return Some(true);
        }
        if self.inside && byte == self.delimiters.element {
            return Some(false);
        }
        if byte == 0xEF {
            if rest.len() < 3 && !input.last {
                return None;
            }
            if rest.starts_with(b"\xEF\xBB\xBF") {
                self.at += 3;
                self.say(sink, DiagnosticKind::ByteOrderMark, offset(input.base, start), self.segments, None);
                return Some(true);
            }
        }
        if !scan::is_trivia(byte) {
            return Some(false);
        }
        let is_padding = |byte: u8| matches!(byte, 0 | 0x1A);
        let delimiters = self.inside.then_some(self.delimiters);
        let run = rest.iter().take_while(|&&next| {
            scan::is_trivia(next)
                && is_padding(next) == is_padding(byte)
                && delimiters.is_none_or(|delimiters| next != delimiters.segment && next != delimiters.element)
        });
        self.at += run.count();
        if is_padding(byte) {
            self.say_run(input, sink, DiagnosticKind::Padding, start);
        } else if !self.said_white_space {
            self.said_white_space = true;
            self.say(sink, DiagnosticKind::WhiteSpace, offset(input.base, start), self.segments, None);
        }
        Some(true)
    }

    /// Reads the segment at the present place; `None` when, after an IEA, there is none but junk.
    #[inline]
    fn segment(
        &mut self,
        input: &Input<'_>,
        marks: &mut Marks,
        sink: &mut impl Sink,
        refused: Option<u8>,
    ) -> Option<Step> {
        let start = self.at;
        let window = input.window;
        let Delimiters { element, segment, .. } = self.delimiters;
        let rest = window.get(start..).unwrap_or_default();
        let payload = scan::payload_element(rest, element);
        let counted = match payload.map(|payload| self.counted_end(input, payload)) {
            None | Some(Counted::Wrong) => None,
            Some(Counted::End(end)) => Some(end),
            Some(Counted::More) => return Some(Step::More),
            Some(Counted::TooLong { left }) => return Some(self.begin_payload(input, sink, left)),
        };
        let mut own = None;
        let found = match counted {
            Some(_) => counted,
            None => {
                own = marks.terminator(window, start, segment);
                own.map(|terminator| terminator.place)
            }
        };
        let enough = input.last || found.is_some_and(|end| window.len() - end > LOOKAHEAD);
        let mut end = found.unwrap_or(window.len());
        let is_right = |end: usize| scan::id_len(window.get(start..end).unwrap_or_default(), element).is_some();
        if self.closed {
            let too_long = end - start > input.segment_bytes;
            let junk = !is_right(end) || too_long || (input.last && found.is_none());
            if junk || self.header_within(input, start, end, true).is_some() {
                return None;
            }
            if !enough {
                return Some(Step::More);
            }
        }

        let mut cut = window.get(end) != Some(&segment);
        if counted.is_none() {
            // An ISA of 16 empty elements has 21 bytes: shorter segments cannot hide one.
            let header = if (cut || end - start > 21) && offset(input.base, end) > self.no_isa_before {
                self.header_within(input, start, end, rest.starts_with(b"IEA"))
            } else {
                None
            };
            if let Some(place) = header {
                (end, cut) = (place, true);
            } else if !enough {
                // An ISA this side of the limit can be seen from so far beyond it.
                let too_long = end - start > input.segment_bytes.saturating_add(LOOKAHEAD);
                return Some(if too_long { Step::TooLong } else { Step::More });
            }
            if cut {
                own = None;
                let body = window.get(start..end).unwrap_or_default();
                let trailing = body.iter().rev().take_while(|&&byte| scan::is_trivia(byte)).count();
                end -= trailing.min(body.len().saturating_sub(1));
            }
        }
        if end - start > input.segment_bytes {
            return Some(Step::TooLong);
        }
        let place = offset(input.base, start);
        self.segments += 1;
        let number = self.segments;
        if refused.is_some() {
            self.say(sink, DiagnosticKind::HeaderUnreadable, place, number, refused);
        }
        if cut {
            self.at = end;
            self.say(sink, DiagnosticKind::Unterminated, place, number, None);
        } else {
            self.at = end + 1;
            // In a file of lines the carriage return before the line feed belongs to the terminator.
            if segment == b'\n' && counted.is_none() && end > start + 1 && window.get(end - 1) == Some(&b'\r') {
                end -= 1;
            }
        }
        if !is_right(end) {
            self.say(sink, DiagnosticKind::SegmentId, place, number, None);
        }
        if let Some(payload) = payload
            && counted.is_none()
        {
            self.say(sink, DiagnosticKind::PayloadLength, place, number, u8::try_from(payload - 1).ok());
        }
        self.envelope(sink, place, window.get(start..end).unwrap_or_default());
        Some(self.found(start, end, !cut, own.filter(|_| payload.is_none())))
    }

    /// The place of a readable ISA inside `start..end`, after a line break or, with `any_place`, anywhere: the segment
    /// before it was cut.
    #[cold]
    fn header_within(&mut self, input: &Input<'_>, start: usize, end: usize, any_place: bool) -> Option<usize> {
        let window = input.window;
        // Where the window ends, a header may be too near its end to be read.
        let end = if input.last { end } else { end.min(window.len().saturating_sub(LOOKAHEAD)) };
        let mut from = start + 1;
        // Look where nobody has looked, some way beyond this segment, and remember how far there is none.
        let known = usize::try_from(self.no_isa_before.saturating_sub(input.base)).unwrap_or(usize::MAX);
        from = from.max(known.min(end));
        let until = window.len().min(end.saturating_add(AHEAD));
        let ahead = window.get(..until).unwrap_or_default();
        loop {
            let place = scan::find_isa(ahead, from);
            let free = place.unwrap_or_else(|| from.max(until.saturating_sub(2)));
            self.no_isa_before = self.no_isa_before.max(offset(input.base, free));
            self.clear = if input.last { free } else { free.min(window.len().saturating_sub(LOOKAHEAD + 1)) };
            let place = place.filter(|&place| place < end)?;
            let after_break = matches!(window.get(place - 1), Some(b'\r' | b'\n'));
            if (any_place || after_break) && header::begins(window, place) && header::read(window, place).is_ok() {
                // The next search begins at this place again.
                return Some(place);
            }
            from = place + 3;
        }
    }

    #[cold]
    pub(crate) fn say(
        &self,
        sink: &mut impl Sink,
        kind: DiagnosticKind,
        offset: u64,
        segment: u64,
        element: Option<u8>,
    ) {
        let severity = kind.severity_when(self.strictness);
        sink.diagnostic(Diagnostic { kind, offset, segment, element, severity });
    }

    /// Says once of a run that it is there, though it may cross windows.
    fn say_run(&mut self, input: &Input<'_>, sink: &mut impl Sink, kind: DiagnosticKind, start: usize) {
        let begin = offset(input.base, start);
        if self.run != Some((kind, begin)) {
            self.say(sink, kind, begin, self.segments, None);
        }
        self.run = Some((kind, offset(input.base, self.at)));
    }
}

fn ends_in_word(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(u8::is_ascii_alphanumeric)
}
