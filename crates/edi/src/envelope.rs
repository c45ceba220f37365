//! The envelope of what is written.

use crate::error::WriteError;
use crate::fields::d8;
use superbill_claim::Party;
use superbill_core::Date;
use superbill_x12::{
    Delimiters, Element, GroupHeader, Interchange, InterchangeHeader, InterchangeWriter, LineEnding, PartyId,
    TransactionWriter, Usage, Writer,
};

/// Who sends or receives an interchange (ISA05 to ISA08).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InterchangeId {
    /// What kind of identifier it is, two characters: `ZZ` as agreed between the two, `30` a tax identification.
    pub qualifier: String,
    /// The identifier, 1 to 15 characters.
    pub id: String,
}

impl InterchangeId {
    /// An identifier with its qualifier.
    #[must_use]
    pub fn new(qualifier: impl Into<String>, id: impl Into<String>) -> Self {
        Self { qualifier: qualifier.into(), id: id.into() }
    }
}

/// Everything that is written around claims, payments and acknowledgements: ISA, GS, ST, BHT and the two parties.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// Who submits (837 loop 1000A; 277CA loop 2100A; GS02).
    pub submitter: Party,
    /// Who receives (837 loop 1000B; 277CA loop 2100B; GS03).
    pub receiver: Party,
    /// ISA05 and ISA06: `ZZ` and the identifier of the submitter unless set.
    pub interchange_sender: InterchangeId,
    /// ISA07 and ISA08: `ZZ` and the identifier of the receiver unless set.
    pub interchange_receiver: InterchangeId,
    /// ISA13, 1 unless set.
    pub interchange_control_number: u32,
    /// GS06, 1 unless set.
    pub group_control_number: u32,
    /// ST02 of the first transaction set, 1 unless set; the next ones count on.
    pub transaction_control_number: u32,
    /// The submitter's number of this transmission (BHT03): `1` unless set.
    pub reference: String,
    /// The day of writing.
    pub date: Date,
    /// The time of writing, `HHMM`.
    pub time: String,
    /// ISA15: a test unless set.
    pub usage: Usage,
    /// The delimiters.
    pub delimiters: Delimiters,
    /// What follows each segment: nothing unless set.
    pub line_ending: LineEnding,
}

impl Envelope {
    /// An envelope for a test. `time` is `HHMM`.
    #[must_use]
    pub fn new(submitter: Party, receiver: Party, date: Date, time: impl Into<String>) -> Self {
        Self {
            interchange_sender: InterchangeId::new("ZZ", submitter.id.clone()),
            interchange_receiver: InterchangeId::new("ZZ", receiver.id.clone()),
            submitter,
            receiver,
            interchange_control_number: 1,
            group_control_number: 1,
            transaction_control_number: 1,
            reference: "1".to_owned(),
            date,
            time: time.into(),
            usage: Usage::Test,
            delimiters: Delimiters::default(),
            line_ending: LineEnding::None,
        }
    }

    /// The envelope of an answer to a received interchange: who received it sends, and who sent it receives. The parties go by the codes of its first
    /// functional group (GS02 and GS03), and we by the name that its claims have for their receiver (NM1 with `40`). An identifier that cannot be sent
    /// back is `UNKNOWN`.
    #[must_use]
    pub fn answering(received: &Interchange<'_, '_>, date: Date, time: impl Into<String>) -> Self {
        let group = received.groups().next();
        let party = |code: Option<Element<'_>>, id: &InterchangeId| {
            let code = code.map(|code| sent_back(code, 15)).filter(|code| code.len() >= 2);
            code.unwrap_or_else(|| if id.id.len() >= 2 { id.id.clone() } else { UNKNOWN.to_owned() })
        };
        let sender = interchange_id(received.sender_qualifier(), received.sender_id());
        let receiver = interchange_id(received.receiver_qualifier(), received.receiver_id());
        let us = party(group.map(|group| group.receiver_code()), &receiver);
        let them = party(group.map(|group| group.sender_code()), &sender);
        let first = group.and_then(|group| group.transactions().next());
        let mut header = first.into_iter().flat_map(|set| set.body()).take_while(|segment| segment.id() != "HL");
        let named = header.find(|segment| segment.id() == "NM1" && segment.element(1).bytes() == b"40");
        let name = named.map(|nm1| sent_back(nm1.element(3), 60)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| us.clone());
        let mut envelope = Self::new(Party::new(name, us), Party::new(them.clone(), them), date, time);
        (envelope.interchange_sender, envelope.interchange_receiver) = (receiver, sender);
        envelope
    }

    /// Writes one interchange of one group with one transaction set for each item.
    pub(crate) fn write<T>(
        &self,
        guide: &Guide,
        items: &[T],
        each: impl FnMut(&T, &mut TransactionWriter<'_>) -> Result<(), WriteError>,
    ) -> Result<Vec<u8>, WriteError> {
        self.interchange(|interchange| {
            self.group(interchange, guide, self.group_control_number, items, each)?;
            Ok(())
        })
    }

    /// Writes one interchange.
    pub(crate) fn interchange(
        &self,
        inside: impl FnOnce(&mut InterchangeWriter<'_>) -> Result<(), WriteError>,
    ) -> Result<Vec<u8>, WriteError> {
        let date = d8(self.date);
        let short_date = date.get(2..).unwrap_or_default();
        let party = |id: &'_ InterchangeId| (id.qualifier.clone(), id.id.clone());
        let (sender, receiver) = (party(&self.interchange_sender), party(&self.interchange_receiver));
        let mut header = InterchangeHeader::new(
            PartyId { qualifier: &sender.0, id: &sender.1 },
            PartyId { qualifier: &receiver.0, id: &receiver.1 },
            short_date,
            &self.time,
            self.interchange_control_number,
        );
        header.usage = self.usage;
        let mut writer = Writer::new(self.delimiters, self.line_ending);
        let mut interchange = writer.interchange(&header)?;
        inside(&mut interchange)?;
        interchange.finish()?;
        Ok(writer.into_bytes())
    }

    /// Writes a group with one transaction set for each item.
    pub(crate) fn group<T>(
        &self,
        interchange: &mut InterchangeWriter<'_>,
        guide: &Guide,
        number: u32,
        items: &[T],
        mut each: impl FnMut(&T, &mut TransactionWriter<'_>) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let mut group = interchange.group(&GroupHeader {
            functional_id: guide.functional_id,
            sender_code: &self.submitter.id,
            receiver_code: &self.receiver.id,
            date: &d8(self.date),
            time: &self.time,
            control_number: number,
            version: guide.version,
        })?;
        let mut control_number = Some(self.transaction_control_number);
        for item in items {
            let number = control_number.ok_or(WriteError::ControlNumber)?;
            let mut set = group.transaction(guide.set_id, number, guide.names_itself.then_some(guide.version))?;
            each(item, &mut set)?;
            set.finish()?;
            control_number = number.checked_add(1);
        }
        group.finish()?;
        Ok(())
    }
}

/// Stands where a received file has nothing that can be sent back, and something must be.
pub(crate) const UNKNOWN: &str = "UNKNOWN";

/// The text of an element that can be written anew; empty where it is longer than `most` characters, has characters beyond those that every partner
/// reads, or has a usual delimiter.
pub(crate) fn sent_back(element: Element<'_>, most: usize) -> String {
    let delimiters = Delimiters::default();
    let element = element.trimmed();
    let bytes = element.bytes();
    let fits = (1..=most).contains(&bytes.len())
        && bytes.iter().all(|byte| (*byte == b' ' || byte.is_ascii_graphic()) && !delimiters.contains(*byte));
    if fits { element.text().into_owned() } else { String::new() }
}

fn interchange_id(qualifier: Element<'_>, id: Element<'_>) -> InterchangeId {
    // The qualifiers of the HIPAA guides.
    let known = ["01", "14", "20", "27", "28", "29", "30", "33"].into_iter();
    let qualifier = known.into_iter().find(|known| known.as_bytes() == qualifier.bytes()).unwrap_or("ZZ");
    let id = sent_back(id, 15);
    InterchangeId::new(qualifier, if id.is_empty() { UNKNOWN.to_owned() } else { id })
}

/// A transaction set of an implementation guide.
pub(crate) struct Guide {
    pub(crate) functional_id: &'static str,
    pub(crate) set_id: &'static str,
    pub(crate) version: &'static str,
    /// Whether ST03 stands; the 835 has none.
    pub(crate) names_itself: bool,
}
