//! What is odd about a file, said as values.

use core::fmt;

/// One odd thing about a file. It never holds text of the file, which may be a patient's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What is odd.
    pub kind: DiagnosticKind,
    /// Where it begins: bytes from the start of the file, from 0.
    pub offset: u64,
    /// The segment it is about, counted from 1 in the file. For bytes between segments, the segment before them, and 0
    /// when there is none.
    pub segment: u64,
    /// The element it is about, counted from 1 (`SE01` is 1), when it is about one.
    pub element: Option<u8>,
    /// How bad it is.
    pub severity: Severity,
}

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Harmless: nothing can be misread.
    Info,
    /// Not as the standard has it, but the meaning is plain.
    Warning,
    /// The envelope or a segment is wrong: a strict receiver refuses it.
    Error,
}

/// The three envelopes of X12, each with a header and a trailer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Envelope {
    /// ISA to IEA.
    Interchange,
    /// GS to GE: a functional group.
    Group,
    /// ST to SE: a transaction set.
    Transaction,
}

impl Envelope {
    /// The identifier of the segment that opens it.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::Interchange => "ISA",
            Self::Group => "GS",
            Self::Transaction => "ST",
        }
    }

    /// The identifier of the segment that closes it.
    #[must_use]
    pub fn trailer(self) -> &'static str {
        match self {
            Self::Interchange => "IEA",
            Self::Group => "GE",
            Self::Transaction => "SE",
        }
    }

    fn counted(self) -> &'static str {
        match self {
            Self::Interchange => "groups",
            Self::Group => "transaction sets",
            Self::Transaction => "segments",
        }
    }
}

/// What is odd. The bytes themselves are always kept: see [`Document::pieces`](crate::Document::pieces).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DiagnosticKind {
    /// A UTF-8 byte order mark.
    ByteOrderMark,
    /// White space before the first ISA, or blanks or tabs before a segment. Said once for each interchange.
    WhiteSpace,
    /// NUL or SUB (0x1A) bytes between or after segments, as old systems pad files.
    Padding,
    /// Bytes outside any interchange that are not segments.
    Junk {
        /// How many bytes.
        bytes: u64,
    },
    /// One segment terminator, or several, with no segment before it.
    EmptySegment,
    /// A segment that ends without its terminator, at the end of the file or at the next ISA.
    Unterminated,
    /// The segment does not begin with an identifier of two or three capital letters or digits.
    SegmentId,
    /// An element of the ISA segment has not its fixed width.
    HeaderWidth {
        /// The width the standard sets, in bytes.
        expected: u8,
        /// The width in the file, in bytes.
        actual: usize,
    },
    /// An ISA segment that cannot be read as the start of an interchange.
    HeaderUnreadable,
    /// Two delimiters of the interchange are the same byte.
    DelimiterClash,
    /// From version 00402 on ISA11 is a repetition separator, but the byte cannot be one.
    NoRepetitionSeparator,
    /// A segment where the envelope has no place for it.
    OutOfPlace,
    /// An envelope that is never closed. Said of its header.
    MissingTrailer(Envelope),
    /// A trailer, or a segment inside the envelope, that no header opened.
    MissingHeader(Envelope),
    /// The count in a trailer (SE01, GE01, IEA01) is wrong.
    Count {
        /// Which trailer.
        envelope: Envelope,
        /// What the trailer says; `None` when it is no number.
        declared: Option<u64>,
        /// What the file has.
        counted: u64,
    },
    /// The control number of a trailer (SE02, GE02, IEA02) is not the one of its header (ST02, GS06, ISA13).
    ControlNumber(Envelope),
    /// The length in BIN01 or BDS02 does not lead to a segment terminator.
    PayloadLength,
    /// A binary payload (BIN, BDS) is longer than a stream holds: its first bytes are in the segment, the rest was
    /// passed over. See [`Limits`](crate::Limits).
    PayloadNotKept {
        /// How many bytes were passed over.
        bytes: u64,
    },
}

/// How a reader judges what it tolerates. What is read is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Strictness {
    /// What cannot be misread is no error.
    #[default]
    Lenient,
    /// All that the standard does not allow is an error.
    Strict,
}

impl DiagnosticKind {
    /// How bad this kind is to such a reader.
    #[must_use]
    pub fn severity_when(self, strictness: Strictness) -> Severity {
        match strictness {
            Strictness::Lenient => self.severity(),
            // It is a limit of the reader's, no fault of the file.
            Strictness::Strict if matches!(self, Self::PayloadNotKept { .. }) => self.severity(),
            Strictness::Strict => Severity::Error,
        }
    }

    /// How bad this kind is to a lenient reader.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::ByteOrderMark
            | Self::WhiteSpace
            | Self::Padding
            | Self::NoRepetitionSeparator
            | Self::PayloadNotKept { .. } => Severity::Info,
            Self::Junk { .. } | Self::EmptySegment | Self::HeaderWidth { .. } | Self::Unterminated => Severity::Warning,
            Self::SegmentId
            | Self::HeaderUnreadable
            | Self::DelimiterClash
            | Self::OutOfPlace
            | Self::MissingTrailer(_)
            | Self::MissingHeader(_)
            | Self::Count { .. }
            | Self::ControlNumber(_)
            | Self::PayloadLength => Severity::Error,
        }
    }
}

impl fmt::Display for DiagnosticKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ByteOrderMark => f.write_str("a UTF-8 byte order mark stands before the segment"),
            Self::WhiteSpace => f.write_str("white space stands before the segment"),
            Self::Padding => f.write_str("NUL or SUB bytes stand between or after segments"),
            Self::Junk { bytes } => write!(f, "{bytes} bytes outside any interchange are not X12"),
            Self::EmptySegment => f.write_str("a segment terminator closes no segment"),
            Self::Unterminated => f.write_str("the segment has no terminator"),
            Self::SegmentId => f.write_str("the segment does not begin with a segment identifier"),
            Self::HeaderWidth { expected, actual } => {
                write!(f, "the element must be {expected} bytes wide and is {actual}")
            }
            Self::HeaderUnreadable => f.write_str("the ISA segment cannot be read: it needs 16 elements"),
            Self::DelimiterClash => f.write_str("two delimiters of the interchange are the same byte"),
            Self::NoRepetitionSeparator => f.write_str("ISA11 is not usable as a repetition separator"),
            Self::OutOfPlace => f.write_str("the segment cannot stand here in the envelope"),
            Self::MissingTrailer(envelope) => {
                write!(f, "the {} is never closed by its {}", envelope.header(), envelope.trailer())
            }
            Self::MissingHeader(envelope) => write!(f, "no {} stands before this", envelope.header()),
            Self::Count { envelope, declared: Some(declared), counted } => {
                write!(f, "the {} says {declared} {}, counted {counted}", envelope.trailer(), envelope.counted())
            }
            Self::Count { envelope, declared: None, counted } => {
                write!(f, "the {} gives no number of {}, counted {counted}", envelope.trailer(), envelope.counted())
            }
            Self::ControlNumber(envelope) => {
                write!(f, "the control number of the {} is not that of its {}", envelope.trailer(), envelope.header())
            }
            Self::PayloadLength => {
                f.write_str("the length of the binary payload does not lead to a segment terminator")
            }
            Self::PayloadNotKept { bytes } => {
                write!(f, "the last {bytes} bytes of the binary payload were passed over")
            }
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "segment {} (byte {})", self.segment, self.offset)?;
        if let Some(element) = self.element {
            write!(f, ", element {element}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_reads_as_a_sentence_with_its_numbers() {
        let kind = DiagnosticKind::Count { envelope: Envelope::Transaction, declared: Some(9), counted: 7 };
        let diagnostic = Diagnostic { kind, offset: 310, segment: 9, element: Some(1), severity: kind.severity() };
        assert_eq!(diagnostic.to_string(), "segment 9 (byte 310), element 1: the SE says 9 segments, counted 7");
        assert_eq!(diagnostic.severity.to_string(), "error");
        let kind = DiagnosticKind::MissingTrailer(Envelope::Group);
        let diagnostic = Diagnostic { kind, offset: 106, segment: 2, element: None, severity: kind.severity() };
        assert_eq!(diagnostic.to_string(), "segment 2 (byte 106): the GS is never closed by its GE");
    }
}
