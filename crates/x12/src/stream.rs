//! Reading a stream segment by segment in bounded memory.

use crate::machine::{Input, LOOKAHEAD, Machine, Sink, Step, offset};
use crate::marks::Marks;
use crate::{Delimiters, Diagnostic, Envelope, Segment, StreamError, Strictness, X12Error};
use core::fmt;
use std::io::{ErrorKind, Read};

/// How much a [`SegmentReader`] holds at most. All limits can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the stream that are held from the start on: 256 KiB. More only when one segment needs it.
    pub window_bytes: usize,
    /// The longest segment that is taken whole: 16 MiB, and 1 GiB at most. A longer one is an error
    /// ([`X12Error::SegmentTooLong`]), except that of a counted payload (BIN, BDS) so many first bytes are given and
    /// the rest is passed over, with a diagnostic.
    pub segment_bytes: usize,
    /// Diagnostics that are held until they are taken: 65,536. More are counted and dropped:
    /// [`SegmentReader::dropped_diagnostics`].
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { window_bytes: 1 << 18, segment_bytes: 1 << 24, diagnostics: 1 << 16 }
    }
}

/// Reads a file of any length segment by segment, and holds little more than one segment of it.
///
/// It gives the segments and the diagnostics that [`Document::read`](crate::Document::read) gives for the same bytes;
/// only the order of the diagnostics may differ, since that a trailer is missing is known late. What stands around
/// interchanges is passed over without being held. Bytes are taken from the source until the window is full, so it
/// needs no buffer of its own.
///
/// ```
/// use superbill_x12::SegmentReader;
/// # fn main() -> Result<(), superbill_x12::StreamError> {
/// let file = b"ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
///     GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~\
///     SV1*HC:G0108*100*UN*2~SE*3*0001~GE*1*1~IEA*1*000000001~";
/// let mut reader = SegmentReader::new(&file[..]);
/// let mut services = 0;
/// while let Some(segment) = reader.next_segment()? {
///     services += usize::from(segment.id() == "SV1" && segment.element(1).component(1) == "HC");
/// }
/// assert_eq!(services, 1);
/// assert!(reader.diagnostics().is_empty());
/// # Ok(())
/// # }
/// ```
pub struct SegmentReader<R> {
    source: R,
    limits: Limits,
    window: Vec<u8>,
    /// How much of the window is in use.
    filled: usize,
    /// The offset of the window in the stream.
    base: u64,
    /// The stream ends with the window.
    last: bool,
    machine: Machine,
    marks: Marks,
    said: Said,
    state: State,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Reading,
    Ended,
    Failed(X12Error),
}

/// The diagnostics that nobody has taken yet.
struct Said {
    diagnostics: Vec<Diagnostic>,
    most: usize,
    dropped: u64,
}

impl Sink for Said {
    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < self.most {
            self.diagnostics.push(diagnostic);
        } else {
            self.dropped += 1;
        }
    }
}

impl<R: Read> SegmentReader<R> {
    /// Reads from any source, such as a file or standard input, with the usual limits.
    pub fn new(source: R) -> Self {
        Self::with(source, Limits::default(), Strictness::Lenient)
    }

    /// Reads with other limits, or as a strict reader.
    pub fn with(source: R, limits: Limits, strictness: Strictness) -> Self {
        let segment_bytes = limits.segment_bytes.clamp(1, 1 << 30);
        let limits = Limits { window_bytes: limits.window_bytes.clamp(1, 1 << 30), segment_bytes, ..limits };
        Self {
            source,
            limits,
            window: Vec::new(),
            filled: 0,
            base: 0,
            last: false,
            machine: Machine::new(strictness),
            marks: Marks::of_elements(),
            said: Said { diagnostics: Vec::new(), most: limits.diagnostics, dropped: 0 },
            state: State::Reading,
        }
    }

    /// The next segment; `None` at the end of the stream.
    ///
    /// # Errors
    /// [`StreamError::Io`] when the source fails: the call may be repeated. [`StreamError::X12`] with
    /// [`X12Error::SegmentTooLong`], and at the end of the stream [`X12Error::NoInterchange`] or
    /// [`X12Error::HeaderUnreadable`] when there was no interchange in it: the call gives the same error again.
    #[inline]
    pub fn next_segment(&mut self) -> Result<Option<Segment<'_>>, StreamError> {
        let window = self.window.get(..self.filled).unwrap_or_default();
        let input = Input { window, base: self.base, last: self.last, segment_bytes: self.limits.segment_bytes };
        if !self.machine.plain(&input, &mut self.marks) {
            self.go_on()?;
        }
        Ok(self.segment())
    }

    /// Goes on where the way is not plain, until there is a segment or the end.
    fn go_on(&mut self) -> Result<(), StreamError> {
        self.machine.found.any = false;
        match self.state {
            State::Reading => {}
            State::Ended => return Ok(()),
            State::Failed(error) => return Err(error.into()),
        }
        loop {
            let window = self.window.get(..self.filled).unwrap_or_default();
            let input = Input { window, base: self.base, last: self.last, segment_bytes: self.limits.segment_bytes };
            match self.machine.step(&input, &mut self.marks, &mut self.said) {
                Step::Segment => return Ok(()),
                Step::More if !self.last => self.fill()?,
                Step::More | Step::End => {
                    self.state = State::Ended;
                    return self.machine.verdict().map_err(|error| self.fail(error));
                }
                Step::TooLong => {
                    let error = X12Error::SegmentTooLong {
                        segment: self.machine.segments + 1,
                        offset: offset(self.base, self.machine.at),
                        limit: self.limits.segment_bytes,
                    };
                    return Err(self.fail(error));
                }
            }
        }
    }

    #[cold]
    fn fail(&mut self, error: X12Error) -> StreamError {
        self.state = State::Failed(error);
        self.machine.stop();
        error.into()
    }

    /// Lets go what has been read, and reads until the window is full.
    #[cold]
    fn fill(&mut self) -> Result<(), StreamError> {
        // The byte before the present place stays: a word may end in it.
        let dropped = self.machine.at.saturating_sub(1);
        if dropped > 0 {
            self.window.copy_within(dropped..self.filled, 0);
            self.filled -= dropped;
            self.base = offset(self.base, dropped);
            self.machine.shift(dropped);
        }
        self.marks.reset(self.machine.at, self.machine.delimiters);
        let usual = self.limits.window_bytes;
        if self.filled == self.window.len() {
            let most = self.limits.segment_bytes.saturating_add(3 * LOOKAHEAD).max(usual);
            let more = self.window.len().saturating_mul(2).clamp(usual, most);
            self.window.reserve_exact(more.saturating_sub(self.window.len()));
            self.window.resize(more.max(self.filled + 1), 0);
        } else if self.window.len() > usual && self.filled < usual / 2 {
            self.window.truncate(usual);
            self.window.shrink_to_fit();
        }
        while let Some(free) = self.window.get_mut(self.filled..).filter(|free| !free.is_empty()) {
            match self.source.read(free) {
                Ok(0) => {
                    self.last = true;
                    break;
                }
                // A source that says it gave more than there was room for is not believed.
                Ok(read) => self.filled += read.min(free.len()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl<R> SegmentReader<R> {
    /// The segment that was read last; `None` before the first, after the end, and after an error.
    #[must_use]
    #[inline]
    pub fn segment(&self) -> Option<Segment<'_>> {
        let found = &self.machine.found;
        if !found.any {
            return None;
        }
        let raw = self.window.get(found.start..found.end).unwrap_or_default();
        let place = offset(self.base, found.start);
        let segment = Segment::new(raw, self.machine.delimiters, self.machine.segments, place, found.terminated);
        // An ISA that no interchange can be read from is a segment like others, but its elements are not split further.
        let known = found.known && !raw.starts_with(b"ISA");
        let marks = self.marks.range(found.first_mark, found.last_mark).filter(|_| known);
        // Marks count from where they begin, and never far.
        Some(match (marks, u32::try_from(found.start.saturating_sub(self.marks.start()))) {
            (Some(marks), Ok(base)) => segment.with_marks(marks, base),
            _ => segment,
        })
    }

    /// The delimiters of the present interchange; the usual ones before the first.
    #[must_use]
    pub fn delimiters(&self) -> Delimiters {
        self.machine.delimiters
    }

    /// The ISA of the interchange that was begun last, even after its IEA.
    #[must_use]
    pub fn isa(&self) -> Option<Segment<'_>> {
        self.machine.inside.then(|| self.machine.isa.segment(self.machine.delimiters))
    }

    /// The GS of the group that the last segment belongs to, the GE included; its first 4,096 bytes if it is longer.
    /// `None` outside a group, and in a group without GS.
    #[must_use]
    pub fn gs(&self) -> Option<Segment<'_>> {
        let is_here = self.machine.in_group || self.machine.just_closed == Some(Envelope::Group);
        (is_here && self.machine.has_gs).then(|| self.machine.gs.segment(self.machine.delimiters))
    }

    /// The ST of the transaction set that the last segment belongs to, the SE included; its first 4,096 bytes if it is
    /// longer. `None` outside a transaction set.
    #[must_use]
    pub fn st(&self) -> Option<Segment<'_>> {
        let is_here = self.machine.in_transaction || self.machine.just_closed == Some(Envelope::Transaction);
        is_here.then(|| self.machine.st.segment(self.machine.delimiters))
    }

    /// How many segments have been read.
    #[must_use]
    pub fn segment_count(&self) -> u64 {
        self.machine.segments
    }

    /// How many bytes of the stream are behind the segment that was read last: for a bar of progress.
    #[must_use]
    pub fn position(&self) -> u64 {
        offset(self.base, self.machine.at)
    }

    /// What has been said of the stream so far and not been taken, as it was found.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.said.diagnostics
    }

    /// Takes what has been said so far, as it was found.
    pub fn take_diagnostics(&mut self) -> impl ExactSizeIterator<Item = Diagnostic> + '_ {
        self.said.diagnostics.drain(..)
    }

    /// How many diagnostics were dropped because nobody took those before them: see [`Limits::diagnostics`].
    #[must_use]
    pub fn dropped_diagnostics(&self) -> u64 {
        self.said.dropped
    }

    /// The source, of which more may have been read than was needed.
    #[must_use]
    pub fn into_source(self) -> R {
        self.source
    }
}

impl<R> fmt::Debug for SegmentReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SegmentReader")
            .field("segments", &self.machine.segments)
            .field("position", &self.position())
            .field("window", &self.window.len())
            .field("diagnostics", &self.said.diagnostics.len())
            .finish_non_exhaustive()
    }
}
