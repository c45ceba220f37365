//! The three envelopes as views: interchange, functional group, transaction set.

use crate::index::{GroupSpan, InterchangeSpan, TransactionSpan};
use crate::machine::offset;
use crate::{Delimiters, Document, Element, Segment, Segments};

/// An interchange: an ISA segment and all that follows it up to its IEA.
///
/// Source: ASC X12.5; the elements of ISA, GS and their trailers as in appendix C of the HIPAA implementation guides.
#[derive(Debug, Clone, Copy)]
pub struct Interchange<'a, 'd> {
    pub(crate) document: &'d Document<'a>,
    pub(crate) span: &'d InterchangeSpan,
}

impl<'a, 'd> Interchange<'a, 'd> {
    /// The ISA segment.
    #[must_use]
    pub fn isa(&self) -> Segment<'a> {
        segment_at(self.document, self.span.first, self.span.delimiters)
    }

    /// The IEA segment, when there is one.
    #[must_use]
    pub fn trailer(&self) -> Option<Segment<'a>> {
        self.span.trailer.map(|index| segment_at(self.document, index, self.span.delimiters))
    }

    /// Its delimiters.
    #[must_use]
    pub fn delimiters(&self) -> Delimiters {
        self.span.delimiters
    }

    /// All its segments, from the ISA on.
    #[must_use]
    pub fn segments(&self) -> Segments<'a, 'd> {
        self.document.segment_range(self.span.first, self.span.end)
    }

    /// Its functional groups in order.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = Group<'a, 'd>> + Clone + use<'a, 'd> {
        let (document, delimiters) = (self.document, self.span.delimiters);
        self.group_spans().iter().map(move |span| Group { document, span, delimiters })
    }

    /// The segments that are neither ISA or IEA nor in a group: acknowledgements (TA1), and what is out of place.
    pub fn segments_outside_groups(&self) -> impl Iterator<Item = Segment<'a>> + Clone + use<'a, 'd> {
        let document = self.document;
        let trailer = self.trailer().map(|trailer| trailer.number());
        let starts = core::iter::once(self.span.first + 1).chain(self.group_spans().iter().map(|group| group.end));
        let ends = self.group_spans().iter().map(|group| group.first).chain([self.span.end]);
        starts
            .zip(ends)
            .flat_map(move |(start, end)| document.segment_range(start, end))
            .filter(move |segment| Some(segment.number()) != trailer)
    }

    /// The interchange acknowledgements (TA1), which stand between ISA and the first group.
    pub fn ta1(&self) -> impl Iterator<Item = Segment<'a>> + Clone + use<'a, 'd> {
        self.segments_outside_groups().filter(|segment| segment.id() == "TA1")
    }

    /// ISA05 without padding: what kind of identifier the sender has.
    #[must_use]
    pub fn sender_qualifier(&self) -> Element<'a> {
        self.field(5)
    }

    /// ISA06 without padding: the sender.
    #[must_use]
    pub fn sender_id(&self) -> Element<'a> {
        self.field(6)
    }

    /// ISA07 without padding: what kind of identifier the receiver has.
    #[must_use]
    pub fn receiver_qualifier(&self) -> Element<'a> {
        self.field(7)
    }

    /// ISA08 without padding: the receiver.
    #[must_use]
    pub fn receiver_id(&self) -> Element<'a> {
        self.field(8)
    }

    /// ISA09: the date, `YYMMDD`.
    #[must_use]
    pub fn date(&self) -> Element<'a> {
        self.field(9)
    }

    /// ISA10: the time, `HHMM`.
    #[must_use]
    pub fn time(&self) -> Element<'a> {
        self.field(10)
    }

    /// ISA12: the version of the interchange, such as `00501`.
    #[must_use]
    pub fn version(&self) -> Element<'a> {
        self.field(12)
    }

    /// ISA13: the control number, nine digits.
    #[must_use]
    pub fn control_number(&self) -> Element<'a> {
        self.field(13)
    }

    /// ISA14: `1` when the sender asks for an interchange acknowledgement (TA1).
    #[must_use]
    pub fn acknowledgment_requested(&self) -> Element<'a> {
        self.field(14)
    }

    /// ISA15: `P` for production, `T` for test.
    #[must_use]
    pub fn usage_indicator(&self) -> Element<'a> {
        self.field(15)
    }

    fn field(&self, n: usize) -> Element<'a> {
        self.isa().element(n).trimmed()
    }

    fn group_spans(&self) -> &'d [GroupSpan] {
        self.document.index.groups.get(self.span.groups..self.span.groups_end).unwrap_or_default()
    }
}

/// A functional group: a GS segment and all that follows it up to its GE.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a, 'd> {
    document: &'d Document<'a>,
    span: &'d GroupSpan,
    delimiters: Delimiters,
}

impl<'a, 'd> Group<'a, 'd> {
    /// The GS segment; `None` for transaction sets that stand in an interchange without one.
    #[must_use]
    pub fn gs(&self) -> Option<Segment<'a>> {
        self.span.has_header.then(|| segment_at(self.document, self.span.first, self.delimiters))
    }

    /// The GE segment, when there is one.
    #[must_use]
    pub fn trailer(&self) -> Option<Segment<'a>> {
        self.span.trailer.map(|index| segment_at(self.document, index, self.delimiters))
    }

    /// All its segments, GS and GE included.
    #[must_use]
    pub fn segments(&self) -> Segments<'a, 'd> {
        self.document.segment_range(self.span.first, self.span.end)
    }

    /// Its transaction sets in order.
    pub fn transactions(&self) -> impl ExactSizeIterator<Item = Transaction<'a, 'd>> + Clone + use<'a, 'd> {
        let group = *self;
        let spans = self.document.index.transactions.get(self.span.transactions..self.span.transactions_end);
        spans.unwrap_or_default().iter().map(move |span| Transaction { group, span })
    }

    /// GS01: what the group is for, such as `HC` (claims) or `HP` (payments).
    #[must_use]
    pub fn functional_id(&self) -> Element<'a> {
        self.field(1)
    }

    /// GS02: the sending application.
    #[must_use]
    pub fn sender_code(&self) -> Element<'a> {
        self.field(2)
    }

    /// GS03: the receiving application.
    #[must_use]
    pub fn receiver_code(&self) -> Element<'a> {
        self.field(3)
    }

    /// GS04: the date, `CCYYMMDD`.
    #[must_use]
    pub fn date(&self) -> Element<'a> {
        self.field(4)
    }

    /// GS05: the time, `HHMM` and up to four digits more.
    #[must_use]
    pub fn time(&self) -> Element<'a> {
        self.field(5)
    }

    /// GS06: the control number.
    #[must_use]
    pub fn control_number(&self) -> Element<'a> {
        self.field(6)
    }

    /// GS08: the version or the identifier of the implementation guide, such as `005010X222A1`.
    #[must_use]
    pub fn version(&self) -> Element<'a> {
        self.field(8)
    }

    fn field(&self, n: usize) -> Element<'a> {
        self.gs().map_or_else(Element::default, |gs| gs.element(n).trimmed())
    }
}

/// A transaction set: an ST segment and all that follows it up to its SE.
#[derive(Debug, Clone, Copy)]
pub struct Transaction<'a, 'd> {
    group: Group<'a, 'd>,
    span: &'d TransactionSpan,
}

impl<'a, 'd> Transaction<'a, 'd> {
    /// The ST segment.
    #[must_use]
    pub fn st(&self) -> Segment<'a> {
        segment_at(self.group.document, self.span.first, self.group.delimiters)
    }

    /// The SE segment, when there is one.
    #[must_use]
    pub fn trailer(&self) -> Option<Segment<'a>> {
        self.span.trailer.map(|index| segment_at(self.group.document, index, self.group.delimiters))
    }

    /// The group it stands in.
    #[must_use]
    pub fn group(&self) -> Group<'a, 'd> {
        self.group
    }

    /// All its segments, ST and SE included, as SE01 counts them.
    #[must_use]
    pub fn segments(&self) -> Segments<'a, 'd> {
        self.group.document.segment_range(self.span.first, self.span.end)
    }

    /// Its segments between ST and SE.
    #[must_use]
    pub fn body(&self) -> Segments<'a, 'd> {
        self.group.document.segment_range(self.span.first + 1, self.span.trailer.unwrap_or(self.span.end))
    }

    /// Its bytes as they stand in the file, from the ST to the end of the SE, without the terminator of the last
    /// segment.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        let document = self.group.document;
        let spans = document.index.segments.get(self.span.first..self.span.end).unwrap_or_default();
        let ends = spans.first().zip(spans.last());
        ends.and_then(|(first, last)| document.bytes.get(first.start..last.end)).unwrap_or_default()
    }

    /// ST01: which transaction set, such as `837`.
    #[must_use]
    pub fn set_id(&self) -> Element<'a> {
        self.st().element(1).trimmed()
    }

    /// ST02: the control number.
    #[must_use]
    pub fn control_number(&self) -> Element<'a> {
        self.st().element(2).trimmed()
    }

    /// The identifier of the implementation guide, such as `005010X222A1`: ST03, or GS08 where ST03 is absent.
    #[must_use]
    pub fn implementation(&self) -> Element<'a> {
        let own = self.st().element(3).trimmed();
        if own.is_empty() { self.group.version() } else { own }
    }

    /// The number of the ST in the file, from 1.
    #[must_use]
    pub fn first_segment(&self) -> u64 {
        offset(1, self.span.first)
    }

    /// The number in the file, from 1, of the SE, or of the last segment when there is no SE.
    #[must_use]
    pub fn last_segment(&self) -> u64 {
        offset(0, self.span.end)
    }
}

/// A segment that the index promises; an empty one, rather than a panic, if it should not be there.
fn segment_at<'a>(document: &Document<'a>, index: usize, delimiters: Delimiters) -> Segment<'a> {
    let empty = Segment::new(&[], delimiters, offset(1, index), 0, false);
    document.segment_range(index, index + 1).next().unwrap_or(empty)
}
