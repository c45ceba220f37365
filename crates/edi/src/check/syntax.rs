//! A segment split into its elements, and what the reader says of the syntax.

use super::catalogue::{self as checks, Check};
use super::finding::{ElementPlace, Finding};
use superbill_x12::{Delimiters, Diagnostic, DiagnosticKind, Envelope, Segment};

/// The elements of a segment, split once.
#[derive(Clone, Copy)]
pub(super) struct Split<'s> {
    raw: &'s [u8],
    /// Where the element separators stand.
    separators: &'s [u32],
    pub(super) delimiters: Delimiters,
    /// An element has components or repetitions.
    pub(super) has_parts: bool,
    /// There is no byte but those of printable ASCII.
    pub(super) is_plain: bool,
}

impl<'s> Split<'s> {
    #[inline]
    pub(super) fn new(segment: &Segment<'s>, places: &'s mut Vec<u32>) -> Self {
        let (raw, mut delimiters) = (segment.raw(), segment.delimiters());
        places.clear();
        match segment.separators() {
            Some(separators) => places.extend(separators),
            None => {
                let most = match raw {
                    // The elements of an ISA are the delimiters themselves.
                    [b'I', b'S', b'A', ..] => {
                        delimiters.component = delimiters.element;
                        delimiters.repetition = None;
                        usize::MAX
                    }
                    // A counted payload can hold delimiters: it is the last element.
                    [b'B', b'I', b'N', ..] => 2,
                    [b'B', b'D', b'S', ..] => 3,
                    _ => usize::MAX,
                };
                let separators = (0u32..).zip(raw).filter(|(_, byte)| **byte == delimiters.element);
                places.extend(separators.map(|(at, _)| at).take(most));
            }
        }
        let (has_parts, is_plain) = look(raw, delimiters);
        Self { raw, separators: places, delimiters, has_parts, is_plain }
    }

    /// A segment without anything.
    pub(super) fn nothing(delimiters: Delimiters) -> Self {
        Self { raw: &[], separators: &[], delimiters, has_parts: false, is_plain: true }
    }

    pub(super) fn id(&self) -> &'s [u8] {
        self.element(0)
    }

    /// Element `n`, counted from 1; the identifier is 0.
    #[inline]
    pub(super) fn element(&self, n: u8) -> &'s [u8] {
        let n = usize::from(n);
        let start = match n.checked_sub(1) {
            None => 0,
            Some(before) => match self.separators.get(before) {
                Some(separator) => *separator as usize + 1,
                None => return &[],
            },
        };
        let end = self.separators.get(n).map_or(self.raw.len(), |separator| *separator as usize);
        self.raw.get(start..end).unwrap_or_default()
    }

    /// Component `m` of element `n`.
    #[inline]
    pub(super) fn component(&self, n: u8, m: u8) -> &'s [u8] {
        let components = self.element(n).split(|byte| *byte == self.delimiters.component);
        components.into_iter().nth(usize::from(m).wrapping_sub(1)).unwrap_or_default()
    }

    /// The elements after the identifier.
    #[inline]
    pub(super) fn elements(&self) -> impl Iterator<Item = &'s [u8]> + use<'s> {
        let (raw, separators) = (self.raw, self.separators);
        let ends = separators.iter().skip(1).map(|end| *end as usize).chain([raw.len()]);
        separators.iter().zip(ends).map(move |(start, end)| raw.get(*start as usize + 1..end).unwrap_or_default())
    }
}

/// Whether a segment has separators within elements, and whether all of its bytes are printable ASCII: in one walk without a branch.
fn look(raw: &[u8], delimiters: Delimiters) -> (bool, bool) {
    let component = delimiters.component;
    let repetition = delimiters.repetition.unwrap_or(component);
    let (mut parts, mut odd) = (0u8, 0u8);
    for byte in raw {
        parts |= u8::from(*byte == component) | u8::from(*byte == repetition);
        odd |= u8::from(byte.wrapping_sub(b' ') > b'~' - b' ');
    }
    (parts != 0, odd == 0)
}

/// The check of what the reader says.
fn check_of(kind: DiagnosticKind) -> &'static Check {
    match kind {
        DiagnosticKind::ByteOrderMark => &checks::BYTE_ORDER_MARK,
        DiagnosticKind::WhiteSpace => &checks::WHITE_SPACE,
        DiagnosticKind::Padding => &checks::PADDING,
        DiagnosticKind::Junk { .. } => &checks::JUNK,
        DiagnosticKind::EmptySegment => &checks::EMPTY_SEGMENT,
        DiagnosticKind::Unterminated => &checks::UNTERMINATED,
        DiagnosticKind::SegmentId => &checks::SEGMENT_ID,
        DiagnosticKind::HeaderWidth { .. } => &checks::HEADER_WIDTH,
        DiagnosticKind::HeaderUnreadable => &checks::HEADER_UNREADABLE,
        DiagnosticKind::DelimiterClash => &checks::DELIMITER_CLASH,
        DiagnosticKind::NoRepetitionSeparator => &checks::NO_REPETITION_SEPARATOR,
        DiagnosticKind::OutOfPlace => &checks::OUT_OF_PLACE,
        DiagnosticKind::MissingTrailer(Envelope::Interchange) => &checks::MISSING_INTERCHANGE_TRAILER,
        DiagnosticKind::MissingTrailer(Envelope::Group) => &checks::MISSING_GROUP_TRAILER,
        DiagnosticKind::MissingTrailer(Envelope::Transaction) => &checks::MISSING_TRANSACTION_TRAILER,
        DiagnosticKind::MissingHeader(Envelope::Interchange) => &checks::MISSING_INTERCHANGE_HEADER,
        DiagnosticKind::MissingHeader(Envelope::Group) => &checks::MISSING_GROUP_HEADER,
        DiagnosticKind::MissingHeader(Envelope::Transaction) => &checks::MISSING_TRANSACTION_HEADER,
        DiagnosticKind::Count { envelope: Envelope::Interchange, .. } => &checks::GROUP_COUNT,
        DiagnosticKind::Count { envelope: Envelope::Group, .. } => &checks::TRANSACTION_COUNT,
        DiagnosticKind::Count { envelope: Envelope::Transaction, .. } => &checks::SEGMENT_COUNT,
        DiagnosticKind::ControlNumber(Envelope::Interchange) => &checks::INTERCHANGE_CONTROL,
        DiagnosticKind::ControlNumber(Envelope::Group) => &checks::GROUP_CONTROL,
        DiagnosticKind::ControlNumber(Envelope::Transaction) => &checks::TRANSACTION_CONTROL,
        DiagnosticKind::PayloadLength => &checks::PAYLOAD_LENGTH,
        _ => &checks::OTHER_SYNTAX,
    }
}

/// The segment of the envelope that a diagnostic is about; empty where it can be any.
fn segment_of(kind: DiagnosticKind) -> &'static str {
    match kind {
        DiagnosticKind::HeaderWidth { .. }
        | DiagnosticKind::HeaderUnreadable
        | DiagnosticKind::DelimiterClash
        | DiagnosticKind::NoRepetitionSeparator => "ISA",
        DiagnosticKind::MissingTrailer(envelope) => envelope.header(),
        DiagnosticKind::Count { envelope, .. } | DiagnosticKind::ControlNumber(envelope) => envelope.trailer(),
        _ => "",
    }
}

/// A diagnostic of the reader as a finding.
pub(super) fn finding(diagnostic: &Diagnostic) -> Finding {
    Finding {
        check: check_of(diagnostic.kind),
        severity: diagnostic.severity,
        segment: diagnostic.segment,
        offset: diagnostic.offset,
        segment_id: segment_of(diagnostic.kind),
        element: diagnostic.element.map(ElementPlace::new),
        data_element: "",
        loop_id: "",
        transaction: None,
        position: None,
        claim: None,
        message: diagnostic.kind.to_string().into(),
    }
}
