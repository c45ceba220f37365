//! Writing whole interchanges: the envelopes count for themselves.

use crate::control_numbers::MOST;
use crate::{Segment, SegmentWriter, Writer, X12Error};

/// Who sends or receives an interchange: ISA05 and ISA06, or ISA07 and ISA08.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartyId<'t> {
    /// What kind of identifier it is, two characters, such as `ZZ` (agreed between the two) or `30` (tax id).
    pub qualifier: &'t str,
    /// The identifier, 1 to 15 characters.
    pub id: &'t str,
}

/// ISA15: whether the interchange is meant in earnest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Usage {
    /// `T`: a receiver must not act on it.
    #[default]
    Test,
    /// `P`: real.
    Production,
}

impl Usage {
    /// `T` or `P`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Test => "T",
            Self::Production => "P",
        }
    }
}

/// What an ISA segment says. Authorization and security information (ISA01 to ISA04) are written as absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InterchangeHeader<'t> {
    /// ISA05 and ISA06.
    pub sender: PartyId<'t>,
    /// ISA07 and ISA08.
    pub receiver: PartyId<'t>,
    /// ISA09, `YYMMDD`.
    pub date: &'t str,
    /// ISA10, `HHMM`.
    pub time: &'t str,
    /// ISA12, five digits: `00501` unless set.
    pub version: &'t str,
    /// ISA13, up to nine digits.
    pub control_number: u32,
    /// ISA14: whether the receiver should answer with a TA1; not unless set.
    pub acknowledgment_requested: bool,
    /// ISA15: test unless set.
    pub usage: Usage,
}

impl<'t> InterchangeHeader<'t> {
    /// A header of version `00501` for a test, asking for no TA1. `date` is `YYMMDD`, `time` is `HHMM`.
    #[must_use]
    pub fn new(sender: PartyId<'t>, receiver: PartyId<'t>, date: &'t str, time: &'t str, control_number: u32) -> Self {
        Self {
            sender,
            receiver,
            date,
            time,
            version: "00501",
            control_number,
            acknowledgment_requested: false,
            usage: Usage::Test,
        }
    }
}

/// What a GS segment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupHeader<'t> {
    /// GS01, two characters: what the group is for, such as `HC` (claims).
    pub functional_id: &'t str,
    /// GS02, 2 to 15 characters: the sending application.
    pub sender_code: &'t str,
    /// GS03, 2 to 15 characters: the receiving application.
    pub receiver_code: &'t str,
    /// GS04, `CCYYMMDD`.
    pub date: &'t str,
    /// GS05, `HHMM`, `HHMMSS` or longer, up to eight digits.
    pub time: &'t str,
    /// GS06, 1 to nine digits.
    pub control_number: u32,
    /// GS08: the version or the identifier of the implementation guide, such as `005010X222A1`.
    pub version: &'t str,
}

fn fits(segment: &'static str, element: u8, fits: bool) -> Result<(), X12Error> {
    if fits { Ok(()) } else { Err(X12Error::HeaderElement { segment, element }) }
}

fn is_digits(text: &str, lengths: core::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Writer {
    /// Writes an ISA segment; the IEA is written by [`InterchangeWriter::finish`].
    ///
    /// # Errors
    /// [`X12Error::Delimiters`], [`X12Error::HeaderElement`] for a value that does not fit its element, and
    /// [`X12Error::Unfinished`] when the interchange before it is not finished.
    pub fn interchange(&mut self, header: &InterchangeHeader<'_>) -> Result<InterchangeWriter<'_>, X12Error> {
        if self.open != 0 {
            return Err(X12Error::Unfinished);
        }
        let delimiters = self.delimiters();
        if !delimiters.are_distinct() {
            return Err(X12Error::Delimiters);
        }
        let plain = |text: &str| {
            text.bytes().all(|byte| (byte == b' ' || byte.is_ascii_graphic()) && !delimiters.contains(byte))
        };
        for (element, party) in [(5u8, header.sender), (7, header.receiver)] {
            fits("ISA", element, party.qualifier.len() == 2 && plain(party.qualifier))?;
            fits("ISA", element + 1, (1..=15).contains(&party.id.len()) && plain(party.id))?;
        }
        fits("ISA", 9, is_digits(header.date, 6..=6))?;
        fits("ISA", 10, is_digits(header.time, 4..=4))?;
        fits("ISA", 12, is_digits(header.version, 5..=5))?;
        fits("ISA", 13, header.control_number <= MOST)?;
        // Before 00402 this element names a standard, and U the only one in use.
        let has_repetition = header.version >= "00402";
        fits("ISA", 11, has_repetition || delimiters.repetition.is_none())?;
        let control_number = format!("{:09}", header.control_number);
        let sender = format!("{:15}", header.sender.id);
        let receiver = format!("{:15}", header.receiver.id);
        let blank = " ".repeat(10);
        let fields: [&[u8]; 16] = [
            b"00",
            blank.as_bytes(),
            b"00",
            blank.as_bytes(),
            header.sender.qualifier.as_bytes(),
            sender.as_bytes(),
            header.receiver.qualifier.as_bytes(),
            receiver.as_bytes(),
            header.date.as_bytes(),
            header.time.as_bytes(),
            &[delimiters.repetition.unwrap_or(b'U')],
            header.version.as_bytes(),
            control_number.as_bytes(),
            if header.acknowledgment_requested { b"1" } else { b"0" },
            header.usage.as_str().as_bytes(),
            &[delimiters.component],
        ];
        let mut body = b"ISA".to_vec();
        for field in fields {
            body.push(delimiters.element);
            body.extend_from_slice(field);
        }
        self.raw(&body);
        self.open = 1;
        Ok(InterchangeWriter { control_number: header.control_number, groups: 0, writer: self })
    }
}

/// An interchange being written.
#[derive(Debug)]
#[must_use = "an interchange needs its IEA: call `finish`"]
pub struct InterchangeWriter<'w> {
    writer: &'w mut Writer,
    control_number: u32,
    groups: u64,
}

impl InterchangeWriter<'_> {
    /// Writes a GS segment; the GE is written by [`GroupWriter::finish`].
    ///
    /// # Errors
    /// [`X12Error::HeaderElement`] for a value that does not fit its element, [`X12Error::Unfinished`] when the group
    /// before it is not finished, and those of [`Writer::segment`].
    pub fn group(&mut self, header: &GroupHeader<'_>) -> Result<GroupWriter<'_>, X12Error> {
        if self.writer.open != 1 {
            return Err(X12Error::Unfinished);
        }
        fits("GS", 1, header.functional_id.len() == 2)?;
        fits("GS", 2, (2..=15).contains(&header.sender_code.len()))?;
        fits("GS", 3, (2..=15).contains(&header.receiver_code.len()))?;
        fits("GS", 4, is_digits(header.date, 8..=8))?;
        fits("GS", 5, is_digits(header.time, 4..=8))?;
        fits("GS", 6, (1..=MOST).contains(&header.control_number))?;
        fits("GS", 8, (1..=12).contains(&header.version.len()))?;
        self.writer.segment("GS", |gs| {
            gs.text(header.functional_id).text(header.sender_code).text(header.receiver_code);
            gs.text(header.date).text(header.time).number(u64::from(header.control_number));
            gs.text("X").text(header.version);
        })?;
        self.groups += 1;
        self.writer.open = 2;
        Ok(GroupWriter { control_number: header.control_number, transactions: 0, writer: &mut *self.writer })
    }

    /// Writes a segment outside any group, such as a TA1.
    ///
    /// # Errors
    /// [`X12Error::Unfinished`] when a group is not finished, and those of [`Writer::segment`].
    pub fn segment(&mut self, id: &str, elements: impl FnOnce(&mut SegmentWriter<'_>)) -> Result<(), X12Error> {
        if self.writer.open != 1 {
            return Err(X12Error::Unfinished);
        }
        self.writer.segment(id, elements)
    }

    /// Writes the IEA with the number of groups.
    ///
    /// # Errors
    /// [`X12Error::Unfinished`] when a group is not finished.
    pub fn finish(self) -> Result<(), X12Error> {
        if self.writer.open != 1 {
            return Err(X12Error::Unfinished);
        }
        let control_number = format!("{:09}", self.control_number);
        self.writer.segment("IEA", |iea| {
            iea.number(self.groups).text(&control_number);
        })?;
        self.writer.open = 0;
        Ok(())
    }
}

/// A functional group being written.
#[derive(Debug)]
#[must_use = "a group needs its GE: call `finish`"]
pub struct GroupWriter<'w> {
    writer: &'w mut Writer,
    control_number: u32,
    transactions: u64,
}

impl GroupWriter<'_> {
    /// Writes an ST segment; the SE is written by [`TransactionWriter::finish`]. The control number is written with at
    /// least four digits, and `implementation` (ST03, from version 005010 on) when it is given.
    ///
    /// # Errors
    /// [`X12Error::HeaderElement`] for a value that does not fit its element, [`X12Error::Unfinished`] when the
    /// transaction set before it is not finished, and those of [`Writer::segment`].
    pub fn transaction(
        &mut self,
        set_id: &str,
        control_number: u32,
        implementation: Option<&str>,
    ) -> Result<TransactionWriter<'_>, X12Error> {
        if self.writer.open != 2 {
            return Err(X12Error::Unfinished);
        }
        fits("ST", 1, set_id.len() == 3)?;
        fits("ST", 2, control_number <= MOST)?;
        let implementation = implementation.unwrap_or_default();
        fits("ST", 3, implementation.len() <= 35)?;
        let first = self.writer.segment_count();
        self.writer.segment("ST", |st| {
            st.text(set_id).text(&format!("{control_number:04}")).text(implementation);
        })?;
        self.transactions += 1;
        self.writer.open = 3;
        Ok(TransactionWriter { first, control_number, writer: &mut *self.writer })
    }

    /// Writes the GE with the number of transaction sets.
    ///
    /// # Errors
    /// [`X12Error::Unfinished`] when a transaction set is not finished.
    pub fn finish(self) -> Result<(), X12Error> {
        if self.writer.open != 2 {
            return Err(X12Error::Unfinished);
        }
        self.writer.segment("GE", |ge| {
            ge.number(self.transactions).number(u64::from(self.control_number));
        })?;
        self.writer.open = 1;
        Ok(())
    }
}

/// A transaction set being written. It counts its segments.
#[derive(Debug)]
#[must_use = "a transaction set needs its SE: call `finish`"]
pub struct TransactionWriter<'w> {
    writer: &'w mut Writer,
    first: usize,
    control_number: u32,
}

impl TransactionWriter<'_> {
    /// Writes a segment whose elements the closure gives in order.
    ///
    /// # Errors
    /// Those of [`Writer::segment`].
    pub fn segment(&mut self, id: &str, elements: impl FnOnce(&mut SegmentWriter<'_>)) -> Result<(), X12Error> {
        self.writer.segment(id, elements)
    }

    /// Writes a segment of simple elements.
    ///
    /// # Errors
    /// Those of [`Writer::segment`].
    pub fn elements(&mut self, id: &str, elements: &[&str]) -> Result<(), X12Error> {
        self.writer.elements(id, elements)
    }

    /// Writes a segment that was read, with the delimiters of this interchange.
    ///
    /// # Errors
    /// Those of [`Writer::copy`].
    pub fn copy(&mut self, segment: &Segment<'_>) -> Result<(), X12Error> {
        self.writer.copy(segment)
    }

    /// How many segments it has so far, the ST included.
    #[must_use]
    pub fn segment_count(&self) -> usize {
        self.writer.segment_count() - self.first
    }

    /// Writes the SE with the number of segments.
    ///
    /// # Errors
    /// Those of [`Writer::segment`].
    pub fn finish(self) -> Result<(), X12Error> {
        let count = u64::try_from(self.segment_count() + 1).unwrap_or(u64::MAX);
        self.writer.segment("SE", |se| {
            se.number(count).text(&format!("{:04}", self.control_number));
        })?;
        self.writer.open = 2;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Delimiters, Document, LineEnding};

    const HEADER: InterchangeHeader<'_> = InterchangeHeader {
        sender: PartyId { qualifier: "ZZ", id: "TESTSENDER" },
        receiver: PartyId { qualifier: "30", id: "TESTRECEIVER" },
        date: "260101",
        time: "1200",
        version: "00501",
        control_number: 7,
        acknowledgment_requested: false,
        usage: Usage::Test,
    };
    const GROUP: GroupHeader<'_> = GroupHeader {
        functional_id: "HC",
        sender_code: "TESTSENDER",
        receiver_code: "TESTRECEIVER",
        date: "20260101",
        time: "1200",
        control_number: 9,
        version: "005010X222A1",
    };

    fn write(writer: &mut Writer) -> Result<(), X12Error> {
        let mut interchange = writer.interchange(&HEADER)?;
        let mut group = interchange.group(&GROUP)?;
        for number in 1..=2 {
            let mut set = group.transaction("837", number, Some(GROUP.version))?;
            set.elements("BHT", &["0019", "00", "TEST"])?;
            assert_eq!(set.segment_count(), 2);
            set.finish()?;
        }
        group.finish()?;
        interchange.finish()
    }

    #[test]
    fn the_envelopes_count_for_themselves() {
        let mut writer = Writer::new(Delimiters::default(), LineEnding::Lf);
        write(&mut writer).unwrap();
        assert_eq!(
            String::from_utf8(writer.into_bytes()).unwrap(),
            "ISA*00*          *00*          *ZZ*TESTSENDER     *30*TESTRECEIVER   *260101*1200*^*00501*000000007*0*T*:~\n\
             GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*9*X*005010X222A1~\n\
             ST*837*0001*005010X222A1~\nBHT*0019*00*TEST~\nSE*3*0001~\n\
             ST*837*0002*005010X222A1~\nBHT*0019*00*TEST~\nSE*3*0002~\n\
             GE*2*9~\nIEA*1*000000007~\n"
        );
    }

    #[test]
    fn what_is_written_reads_without_a_remark() {
        let usual = Delimiters::default();
        let others = Delimiters { element: b'|', component: b'>', segment: 0x1C, repetition: Some(b'!') };
        let lines = Delimiters { segment: b'\n', ..usual };
        for (delimiters, ending) in [
            (usual, LineEnding::None),
            (usual, LineEnding::CrLf),
            (others, LineEnding::None),
            (lines, LineEnding::None),
            (lines, LineEnding::Lf),
        ] {
            let mut writer = Writer::new(delimiters, ending);
            write(&mut writer).unwrap();
            let document = Document::read(writer.bytes()).unwrap();
            assert_eq!(document.diagnostics(), [], "{delimiters:?}");
            assert_eq!(document.segment_count(), 10);
            let interchange = document.interchanges().next().unwrap();
            assert_eq!(interchange.delimiters(), delimiters);
            assert_eq!(interchange.usage_indicator(), "T");
        }
    }

    #[test]
    fn a_header_value_that_does_not_fit_is_named() {
        let with = |change: &dyn Fn(&mut InterchangeHeader<'static>)| {
            let mut header = HEADER;
            change(&mut header);
            header
        };
        for (header, element) in [
            (with(&|h| h.sender.qualifier = "Z"), 5),
            (with(&|h| h.sender.id = ""), 6),
            (with(&|h| h.receiver.id = "SIXTEEN-IS-LONGER"), 8),
            (with(&|h| h.receiver.id = "A*B"), 8),
            (with(&|h| h.receiver.id = "PEÑA"), 8),
            (with(&|h| h.date = "20260101"), 9),
            (with(&|h| h.time = "12:0"), 10),
            (with(&|h| h.version = "00401"), 11),
            (with(&|h| h.version = "5010"), 12),
            (with(&|h| h.control_number = 1_000_000_000), 13),
        ] {
            let mut writer = Writer::new(Delimiters::default(), LineEnding::None);
            let result = writer.interchange(&header).map(drop);
            assert_eq!(result, Err(X12Error::HeaderElement { segment: "ISA", element }));
            assert!(writer.bytes().is_empty());
        }
    }

    #[test]
    fn an_unfinished_envelope_is_an_error_of_the_one_around_it() {
        let mut writer = Writer::new(Delimiters::default(), LineEnding::None);
        let mut interchange = writer.interchange(&HEADER).unwrap();
        let mut group = interchange.group(&GROUP).unwrap();
        drop(group.transaction("999", 1, None).unwrap());
        assert_eq!(group.transaction("999", 2, None).map(drop), Err(X12Error::Unfinished));
        assert_eq!(group.finish(), Err(X12Error::Unfinished));
        assert_eq!(interchange.group(&GROUP).map(drop), Err(X12Error::Unfinished));
        assert_eq!(interchange.finish(), Err(X12Error::Unfinished));
        assert_eq!(writer.interchange(&HEADER).map(drop), Err(X12Error::Unfinished));
    }
}
