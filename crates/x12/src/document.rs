//! A file of interchanges as views over its bytes.

use crate::index::{Index, InterchangeSpan, Span};
use crate::machine::offset;
use crate::{Diagnostic, Interchange, Segment, Strictness, X12Error, index};
use core::fmt;

/// A file of one or more interchanges: an index of its segments over the bytes, which are not copied.
///
/// Reading is lenient and loses nothing. What is odd about the file stands in [`diagnostics`](Self::diagnostics), and
/// every byte in [`pieces`](Self::pieces).
#[derive(Clone)]
pub struct Document<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) index: Index,
}

/// A run of bytes of a file. Each byte of the file is in exactly one.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// Bytes between segments: line breaks, blanks, padding, junk.
    Between(&'a [u8]),
    /// A segment without its terminator.
    Body(&'a [u8]),
    /// The terminator of the segment before it.
    Terminator(&'a [u8]),
}

impl<'a> Document<'a> {
    /// Reads a file in one pass.
    ///
    /// It accepts a byte order mark, white space and padding around segments, junk around interchanges, line feeds as
    /// terminators, an ISA whose elements have wrong widths, several interchanges with different delimiters, trailers
    /// that are missing or wrong. It finds a segment only where one can begin, so that a name such as ISAAC, or a
    /// counted payload (BIN, BDS), is never taken for an envelope.
    ///
    /// # Errors
    /// [`X12Error::NoInterchange`] without any ISA; [`X12Error::HeaderUnreadable`] when there is an ISA but none that
    /// can be read.
    pub fn read(bytes: &'a [u8]) -> Result<Self, X12Error> {
        Self::read_as(bytes, Strictness::Lenient)
    }

    /// Reads a file in one pass, with the diagnostics of a lenient or a strict reader. What is read is the same.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_as(bytes: &'a [u8], strictness: Strictness) -> Result<Self, X12Error> {
        Ok(Self { bytes, index: index::read(bytes, strictness)? })
    }

    /// All of the bytes.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What is odd about the file, in the order of the bytes.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.index.diagnostics
    }

    /// All segments of the file in order, those of the envelopes included.
    #[must_use]
    pub fn segments(&self) -> Segments<'a, '_> {
        self.segment_range(0, self.index.segments.len())
    }

    /// Segment `n` of the file, counted from 1.
    #[must_use]
    pub fn segment(&self, n: u64) -> Option<Segment<'a>> {
        let n = usize::try_from(n).ok()?;
        let at = n.checked_sub(1)?;
        self.segment_range(at, n).next()
    }

    /// How many segments the file has.
    #[must_use]
    pub fn segment_count(&self) -> usize {
        self.index.segments.len()
    }

    /// The interchanges in order. A document has at least one.
    pub fn interchanges<'d>(&'d self) -> impl ExactSizeIterator<Item = Interchange<'a, 'd>> + Clone + use<'a, 'd> {
        self.index.interchanges.iter().map(|span| Interchange { document: self, span })
    }

    /// The whole file cut into runs of bytes, in order, none empty: written one after the other they are the file.
    pub fn pieces<'d>(&'d self) -> impl Iterator<Item = Piece<'a>> + use<'a, 'd> {
        let bytes = self.bytes;
        let mut at = 0;
        let segments = self.index.interchanges.iter().flat_map(|interchange| {
            let spans = self.index.segments.get(interchange.first..interchange.end).unwrap_or_default();
            spans.iter().map(|span| (span, interchange.delimiters.segment))
        });
        let segments = segments.flat_map(move |(span, terminator)| {
            let end = span.end + span.terminator_len(bytes, terminator);
            let between = bytes.get(at..span.start).unwrap_or_default();
            at = end;
            let closing = bytes.get(span.end..end).unwrap_or_default();
            [Piece::Between(between), Piece::Body(span.of(bytes)), Piece::Terminator(closing)]
        });
        let last = self.index.segments.last().zip(self.index.interchanges.last());
        let rest =
            last.map_or(0, |(span, interchange)| span.end + span.terminator_len(bytes, interchange.delimiters.segment));
        let rest = Piece::Between(bytes.get(rest..).unwrap_or_default());
        segments.chain([rest]).filter(|piece| !piece.bytes().is_empty())
    }

    /// The segments with index `first..end`.
    pub(crate) fn segment_range(&self, first: usize, end: usize) -> Segments<'a, '_> {
        let after = self.index.interchanges.partition_point(|interchange| interchange.end <= first);
        Segments {
            bytes: self.bytes,
            spans: self.index.segments.get(first..end).unwrap_or_default(),
            at: first,
            interchanges: self.index.interchanges.get(after..).unwrap_or_default(),
        }
    }
}

impl<'a> Piece<'a> {
    /// The bytes, whatever they are.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        match *self {
            Self::Between(bytes) | Self::Body(bytes) | Self::Terminator(bytes) => bytes,
        }
    }
}

/// Segments of a document in order.
#[derive(Clone)]
pub struct Segments<'a, 'd> {
    bytes: &'a [u8],
    spans: &'d [Span],
    /// The index of the next segment in the file.
    at: usize,
    /// From the one that has the next segment.
    interchanges: &'d [InterchangeSpan],
}

impl<'a> Iterator for Segments<'a, '_> {
    type Item = Segment<'a>;

    #[inline]
    fn next(&mut self) -> Option<Segment<'a>> {
        let (span, rest) = self.spans.split_first()?;
        let mut interchange = self.interchanges.first()?;
        while interchange.end <= self.at {
            self.interchanges = self.interchanges.get(1..).unwrap_or_default();
            interchange = self.interchanges.first()?;
        }
        self.spans = rest;
        self.at += 1;
        let delimiters = interchange.delimiters;
        let terminated = span.terminator_len(self.bytes, delimiters.segment) > 0;
        let number = u64::try_from(self.at).unwrap_or(u64::MAX);
        Some(Segment::new(span.of(self.bytes), delimiters, number, offset(0, span.start), terminated))
    }

    fn nth(&mut self, n: usize) -> Option<Segment<'a>> {
        let passed = n.min(self.spans.len());
        self.spans = self.spans.get(passed..).unwrap_or_default();
        self.at += passed;
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.spans.len(), Some(self.spans.len()))
    }
}

impl ExactSizeIterator for Segments<'_, '_> {}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.bytes.len())
            .field("interchanges", &self.index.interchanges.len())
            .field("segments", &self.index.segments.len())
            .field("diagnostics", &self.index.diagnostics.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Between(_) => "Between",
            Self::Body(_) => "Body",
            Self::Terminator(_) => "Terminator",
        };
        write!(f, "{name}({} bytes)", self.bytes().len())
    }
}

impl fmt::Debug for Segments<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segments")
            .field("next", &(self.at + 1))
            .field("left", &self.spans.len())
            .finish_non_exhaustive()
    }
}
