//! The errors of this room.

use thiserror::Error;

/// Why a stream cannot be read on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The source failed. Reading may be tried again; nothing is lost.
    #[error("the source of the stream cannot be read")]
    Io(#[from] std::io::Error),
    /// The bytes are not X12, or a segment is longer than the limit. The stream ends here.
    #[error(transparent)]
    X12(#[from] X12Error),
}

/// Why bytes are not X12 at all, or why something cannot be written. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum X12Error {
    /// No ISA segment anywhere.
    #[error(
        "there is no ISA segment in the file: it is not X12, or it is compressed, encrypted or in another character set"
    )]
    NoInterchange,
    /// There is an ISA, but no interchange can be read from it or from any later one.
    #[error(
        "the ISA segment at byte {offset} cannot be read at element {element}: it needs 16 elements, one separator and a terminator"
    )]
    HeaderUnreadable {
        /// Where the ISA begins: bytes from the start of the file, from 0.
        offset: u64,
        /// The element at which reading stopped, from 1.
        element: u8,
    },
    /// A segment of a stream is longer than [`Limits::segment_bytes`](crate::Limits::segment_bytes).
    #[error(
        "segment {segment} at byte {offset} is longer than {limit} bytes: its terminator may be missing; else set a higher limit"
    )]
    SegmentTooLong {
        /// The segment, counted from 1 in the file.
        segment: u64,
        /// Where it begins: bytes from the start of the file, from 0.
        offset: u64,
        /// The limit, in bytes.
        limit: usize,
    },
    /// More bytes than a structural index can point into.
    #[error("a block of {bytes} bytes is too long to be indexed at once: use blocks below 4 GiB")]
    BlockTooLong {
        /// How long the block is.
        bytes: usize,
    },
    /// The delimiters to write with are not four different bytes, or one is a letter, a digit or a space.
    #[error("the delimiters must differ from each other and must not be letters, digits or spaces")]
    Delimiters,
    /// The name of the segment to write is not two or three capital letters or digits, the first of them a letter.
    #[error("segment {segment} to write has no valid identifier: use two or three capital letters or digits")]
    SegmentId {
        /// The segment, counted from 1 in what was written.
        segment: usize,
    },
    /// The text of an element holds a delimiter. X12 5010 cannot escape it: change the text or the delimiters.
    #[error("element {element} of segment {segment} holds a delimiter: leave it out or write with other delimiters")]
    DelimiterInText {
        /// The segment, counted from 1 in what was written.
        segment: usize,
        /// The element, counted from 1.
        element: u8,
    },
    /// The text of an element holds a control character, such as a line break.
    #[error("element {element} of segment {segment} holds a control character: leave it out")]
    ControlInText {
        /// The segment, counted from 1 in what was written.
        segment: usize,
        /// The element, counted from 1.
        element: u8,
    },
    /// An element should be repeated, but the interchange has no repetition separator.
    #[error("element {element} of segment {segment} is repeated, but the delimiters have no repetition separator")]
    NoRepetitionSeparator {
        /// The segment, counted from 1 in what was written.
        segment: usize,
        /// The element, counted from 1.
        element: u8,
    },
    /// A value of an ISA, GS or ST segment has not the width or the characters the standard asks for.
    #[error("{segment}{element:02} to write does not fit its element: check its width and its characters")]
    HeaderElement {
        /// `ISA`, `GS` or `ST`.
        segment: &'static str,
        /// The element, counted from 1.
        element: u8,
    },
    /// What has line breaks already cannot be broken into lines of one width.
    #[error("there are line breaks already: write without them, and with a terminator that is none")]
    LineBreaks,
    /// There is no control number left, or what should be control numbers is none.
    #[error("control numbers go from 1 to 999999999: agree with the receiver to begin again")]
    ControlNumbers,
    /// A file with an error in its envelopes or segments cannot be split or merged.
    #[error("segment {segment} at byte {offset} is faulty: correct the file before it is split or merged")]
    Faulty {
        /// The segment, counted from 1 in the file.
        segment: u64,
        /// Where the fault is: bytes from the start of the file, from 0.
        offset: u64,
    },
    /// Interchanges to be merged differ in their headers.
    #[error("the interchanges differ in ISA{element:02} and cannot be merged")]
    NotAlike {
        /// The element of the ISA, counted from 1.
        element: u8,
    },
    /// An envelope inside was begun and not finished.
    #[error("a transaction set or group is not finished: call `finish` on its writer")]
    Unfinished,
}

/// Why a document cannot be changed so. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditError {
    /// The document has no segment with this number.
    #[error("there is no segment {segment}: they are counted from 1")]
    NoSegment {
        /// The number.
        segment: u64,
    },
    /// There can be no element, repetition or component with this number.
    #[error("segment {segment} can have no such place in element {element}: all are counted from 1")]
    NoElement {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// The element.
        element: usize,
    },
    /// What cannot be changed: the ISA as a whole, its delimiters, a counted payload and its length.
    #[error("element {element} of segment {segment} cannot be changed: others depend on it")]
    Fixed {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// The element, counted from 1; 0 for the whole segment.
        element: u8,
    },
    /// The text is wider than the element of the ISA.
    #[error("the text is wider than element {element} of the ISA, segment {segment}")]
    Width {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// The element, counted from 1.
        element: u8,
    },
    /// The segment has been deleted.
    #[error("segment {segment} has been deleted")]
    Deleted {
        /// The segment, counted from 1 in the document.
        segment: u64,
    },
    /// The text holds a delimiter of the interchange. X12 5010 cannot escape it.
    #[error("the text for element {element} of segment {segment} holds a delimiter of the interchange: leave it out")]
    DelimiterInText {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// The element, counted from 1.
        element: u8,
    },
    /// The text holds a control character, such as a line break.
    #[error("the text for element {element} of segment {segment} holds a control character: leave it out")]
    ControlInText {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// The element, counted from 1.
        element: u8,
    },
    /// The document is in Latin-1, which has not all characters of the text.
    #[error("the text for element {element} of segment {segment} has characters that Latin-1 has not, as the file is")]
    NotInCharset {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// The element, counted from 1; 0 for a whole segment.
        element: u8,
    },
    /// The segment to put in cannot be written.
    #[error("the segment for the place of segment {segment} cannot be written")]
    Write {
        /// The segment, counted from 1 in the document.
        segment: u64,
        /// Why; its segment is counted from what is put in.
        #[source]
        error: X12Error,
    },
}
