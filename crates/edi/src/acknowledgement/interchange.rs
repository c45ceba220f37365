//! What becomes of an interchange: TA1.

use super::received::Received;
use crate::check::{Acknowledged, Finding};
use crate::envelope::sent_back;
use crate::error::{ReadError, ReadErrorKind, WriteError};
use crate::fields::{Fields, d8};
use crate::notice::Read;
use superbill_claim::{AcknowledgementCode, InterchangeAcknowledgement};
use superbill_core::{ControlNumber, Date};
use superbill_x12::{Interchange, InterchangeWriter, Segment};

/// The note codes (TA105) of errors that keep nobody from reading the interchange: the version of its envelope, authorization and security that are not
/// looked at here, date and time, and whether an acknowledgement is asked for. Any other error rejects it.
const NOTED: [&str; 9] = ["003", "010", "011", "012", "013", "014", "015", "017", "019"];

/// Acknowledges an interchange, where it asks for it or has an error. One that holds nothing but acknowledgements of interchanges gets none.
pub(super) fn acknowledge(
    received: &Received<'_, '_>,
    interchange: &Interchange<'_, '_>,
) -> Option<InterchangeAcknowledgement> {
    if interchange.groups().len() == 0 && interchange.ta1().next().is_some() {
        return None;
    }
    let first = interchange.isa().number();
    let last = first.saturating_add(u64::try_from(interchange.segments().len()).unwrap_or(u64::MAX)).saturating_sub(1);
    // The foremost error, else the first warning.
    let mut worst: Option<(bool, &'static str)> = None;
    let findings = received.within(first, last).iter();
    for (finding, note) in findings.filter(|found| found.is_told()).filter_map(|found| Some((found, note(found)?))) {
        let rejects = finding.is_error() && !NOTED.contains(&note);
        if worst.is_none_or(|(before, _)| rejects && !before) {
            worst = Some((rejects, note));
        }
    }
    let number = interchange.control_number().trimmed().text().into_owned();
    let shaped = number.len() == 9 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !shaped && worst.is_none_or(|(rejects, _)| !rejects) {
        worst = Some((true, "018"));
    }
    let asks = interchange.acknowledgment_requested().bytes() == b"1";
    let (code, note) = match worst {
        Some((true, note)) => (AcknowledgementCode::Rejected('R'), note),
        Some((false, note)) => (AcknowledgementCode::AcceptedWithErrors, note),
        None if asks => (AcknowledgementCode::Accepted, "000"),
        None => return None,
    };
    let number = ControlNumber::new(if shaped { &number } else { "000000000" }).ok()?;
    let mut made = InterchangeAcknowledgement::new(number, code, note);
    made.date = short_date(&interchange.date().text());
    let time = sent_back(interchange.time(), 4);
    made.time = is_time(&time).then_some(time);
    Some(made)
}

/// How a TA1 names a finding.
fn note(finding: &Finding) -> Option<&'static str> {
    if let Acknowledged::Interchange(note) = finding.check.acknowledgement {
        return Some(note);
    }
    let Acknowledged::Element(_) = finding.check.acknowledgement else { return None };
    Some(match (finding.segment_id, finding.element?.element) {
        ("ISA", 1) => "010",
        ("ISA", 2) => "011",
        ("ISA", 3) => "012",
        ("ISA", 4) => "013",
        ("ISA", 5) => "005",
        ("ISA", 6) => "006",
        ("ISA", 7) => "007",
        ("ISA", 8) => "008",
        ("ISA", 9) => "014",
        ("ISA", 10) => "015",
        ("ISA", 11) => "016",
        ("ISA", 12) => "017",
        ("ISA", 13) => "018",
        ("ISA", 14) => "019",
        ("ISA", 15) => "020",
        ("ISA", 16) => "027",
        ("ISA", _) => "022",
        ("IEA", 1) => "021",
        ("IEA", _) => "001",
        // GS01, GS06 and GS08 have codes of their own in AK9.
        ("GS", 2..=5 | 7) => "024",
        _ => return None,
    })
}

/// YYMMDD of this century.
fn short_date(text: &str) -> Option<Date> {
    (text.len() == 6).then(|| Date::parse_ccyymmdd(&format!("20{text}")).ok()).flatten()
}

fn is_time(text: &str) -> bool {
    let number = text.parse::<u16>().unwrap_or(u16::MAX);
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) && number / 100 < 24 && number % 100 < 60
}

/// Writes a TA1. Date and time that are not known are those of the answer.
pub(super) fn write(
    interchange: &mut InterchangeWriter<'_>,
    answer: &InterchangeAcknowledgement,
    today: Date,
    now: &str,
) -> Result<(), WriteError> {
    let date = d8(answer.date.unwrap_or(today));
    let date = date.get(2..).unwrap_or_default();
    let time = answer.time.as_deref().unwrap_or(now);
    interchange.segment("TA1", |ta1| {
        ta1.text(answer.control_number.as_str()).text(date).text(time);
        ta1.text(answer.code.code().encode_utf8(&mut [0; 4])).text(&answer.note);
    })?;
    Ok(())
}

/// Reads what became of an interchange, one TA1 segment.
///
/// # Errors
/// [`ReadError`] with the place where the segment is no TA1, or its control number or code cannot be read.
pub fn read_interchange_acknowledgement(segment: &Segment<'_>) -> Result<Read<InterchangeAcknowledgement>, ReadError> {
    let mut fields = Fields::new(*segment, "");
    if segment.id() != "TA1" {
        return Err(ReadError::new(
            fields.location(None),
            ReadErrorKind::NoSegment { segment: "TA1", loop_id: "interchange" },
        ));
    }
    let number = fields.required(1, |text| ControlNumber::new(text.trim()))?;
    let date = fields.optional(2, |text| short_date(text.trim()).ok_or(ReadErrorKind::Number));
    let time = fields.optional(3, |text| {
        let text = text.trim();
        is_time(text).then(|| text.to_owned()).ok_or(ReadErrorKind::Number)
    });
    let code = match fields.code(4).as_ref() {
        "A" => AcknowledgementCode::Accepted,
        "E" => AcknowledgementCode::AcceptedWithErrors,
        "R" => AcknowledgementCode::Rejected('R'),
        "" => return Err(fields.error(4, ReadErrorKind::Missing)),
        _ => return Err(fields.error(4, ReadErrorKind::Code)),
    };
    // What is no code by shape could be any text.
    let note = fields.parse(5, |text| {
        let text = text.trim();
        let shaped = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        shaped.then(|| text.to_owned()).ok_or(ReadErrorKind::Code)
    })?;
    let mut value = InterchangeAcknowledgement::new(number, code, note.unwrap_or_default());
    (value.date, value.time) = (date, time);
    Ok(Read { value, notices: fields.finish() })
}
