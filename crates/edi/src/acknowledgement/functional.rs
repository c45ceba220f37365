//! Reading an implementation acknowledgement.

use crate::error::{ReadError, ReadErrorKind};
use crate::fields::{self, Fields, known_id, number};
use crate::notice::{Notice, NoticeKind, Read};
use crate::transaction::TransactionKind;
use superbill_claim::{
    AcknowledgementCode, ElementNote, FunctionalAcknowledgement, SegmentNote, TransactionAcknowledgement, Trigger,
};
use superbill_core::{ControlNumber, PatientControlNumber, Phi};
use superbill_x12::Transaction;

/// Reads what became of a functional group, one 999 transaction set (ASC X12C 005010X231A1).
///
/// # Errors
/// [`ReadError`] with the place, where the transaction set is another one, or one of the answers cannot be read: an
/// answer that is left out could be a rejection.
pub fn read_functional_acknowledgement(
    transaction: &Transaction<'_, '_>,
) -> Result<Read<FunctionalAcknowledgement>, ReadError> {
    TransactionKind::FunctionalAcknowledgement.expect(transaction)?;
    let st = fields::location(&transaction.st(), None);
    let lost = |segment| ReadError::new(st, ReadErrorKind::NoSegment { segment, loop_id: "header" });
    let mut group: Option<FunctionalAcknowledgement> = None;
    let mut answered = false;
    let mut open = None;
    // CTX stands below the segment or the element that came last.
    let mut in_element = false;
    let mut notices = Vec::new();
    for segment in transaction.body() {
        let id = segment.id();
        let mut fields = Fields::new(segment, loop_id(id));
        let Some(group) = group.as_mut().filter(|_| id != "AK1") else {
            if id == "AK1" && group.is_none() {
                let number = fields.required(2, ControlNumber::new)?;
                // Until AK9 says more, nothing is accepted.
                let mut begun =
                    FunctionalAcknowledgement::new(fields.name(1), number, AcknowledgementCode::Rejected('R'));
                begun.implementation = fields.text(3);
                group = Some(begun);
                notices.extend(fields.finish());
                continue;
            }
            notices.push(Notice { location: fields.location(None), loop_id: "", kind: NoticeKind::Misplaced });
            continue;
        };
        let carried = match id {
            "AK2" => {
                if let Some(location) = open.replace(fields.location(None)) {
                    return Err(ReadError::new(location, ReadErrorKind::NoSegment { segment: "IK5", loop_id: "2000" }));
                }
                let number = fields.required(2, ControlNumber::new)?;
                let code = AcknowledgementCode::Rejected('R');
                let mut begun = TransactionAcknowledgement::new(fields.name(1), number, code);
                begun.implementation = fields.text(3);
                group.transactions.push(begun);
                in_element = false;
                true
            }
            "AK9" => {
                group.code = code(&mut fields)?;
                group.included = fields.required(2, number)?;
                group.received = fields.required(3, number)?;
                group.accepted = fields.required(4, number)?;
                group.codes = (5..=9).filter_map(|n| error_code(&mut fields, n)).collect();
                answered = true;
                true
            }
            _ => match group.transactions.last_mut().filter(|_| open.is_some()) {
                Some(transaction) => {
                    let carried = detail(transaction, id, in_element, &mut fields)?;
                    match id {
                        "IK5" => open = None,
                        "IK3" => in_element = false,
                        "IK4" => in_element = true,
                        _ => {}
                    }
                    carried
                }
                None => false,
            },
        };
        if carried {
            notices.extend(fields.finish());
        } else {
            let kind = if known_id(id).is_empty() { NoticeKind::Unknown } else { NoticeKind::NotCarried };
            notices.push(Notice { location: fields.location(None), loop_id: loop_id(id), kind });
        }
    }
    if let Some(location) = open {
        return Err(ReadError::new(location, ReadErrorKind::NoSegment { segment: "IK5", loop_id: "2000" }));
    }
    let group = group.ok_or(lost("AK1"))?;
    if !answered {
        return Err(lost("AK9"));
    }
    Ok(Read { value: group, notices })
}

fn loop_id(segment: &str) -> &'static str {
    match segment {
        "AK2" | "IK5" => "2000",
        "IK3" | "CTX" => "2100",
        "IK4" => "2110",
        _ => "",
    }
}

fn code(fields: &mut Fields<'_>) -> Result<AcknowledgementCode, ReadError> {
    let code = fields.code(1);
    let mut letters = code.chars();
    match (letters.next(), letters.next()) {
        (Some(code), None) => Ok(AcknowledgementCode::from_code(code)),
        (None, _) => Err(fields.error(1, ReadErrorKind::Missing)),
        _ => Err(fields.error(1, ReadErrorKind::Code)),
    }
}

/// An error code: a number, or `I` and a number. What is no code by shape could be any text, and is left out with a notice.
fn error_code(fields: &mut Fields<'_>, n: u8) -> Option<String> {
    let code = fields.code(n);
    if code.len() <= 3 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return (!code.is_empty()).then(|| code.into_owned());
    }
    fields.note(Some(n), NoticeKind::Unreadable(ReadErrorKind::Code));
    None
}

/// What the other side took for a segment identifier is kept when it is shaped like one: else it is any text.
fn segment_id(fields: &mut Fields<'_>, n: u8) -> String {
    let id = fields.code(n);
    let shaped = (2..=3).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if shaped { id.into_owned() } else { String::new() }
}

/// The number of a data element; what is none could be any text.
fn data_element(fields: &mut Fields<'_>, n: u8) -> Option<String> {
    let text = fields.code(n);
    let shaped = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    shaped.then(|| text.into_owned())
}

fn detail(
    transaction: &mut TransactionAcknowledgement,
    id: &str,
    in_element: bool,
    fields: &mut Fields<'_>,
) -> Result<bool, ReadError> {
    match id {
        "IK3" => {
            let position = fields.required(2, number)?;
            let code = error_code(fields, 4).unwrap_or_default();
            let mut note = SegmentNote::new(segment_id(fields, 1), position, code);
            note.loop_id = fields.text(3);
            transaction.segments.push(note);
        }
        "CTX" => {
            let Some(note) = transaction.segments.last_mut() else { return Ok(false) };
            let context = fields.composite(1, 2);
            match context.component(1).trimmed().bytes() {
                b"CLM01" if !in_element && note.claim.is_none() => {
                    let number = PatientControlNumber::new(&context.component(2).text());
                    note.claim = number
                        .map_err(|why| fields.note(Some(1), NoticeKind::Unreadable(why.into())))
                        .ok()
                        .map(Phi::new);
                }
                b"SITUATIONAL TRIGGER" if context.component(2).is_empty() => {
                    let mut trigger = Trigger::new(segment_id(fields, 2), fields.optional(3, number).unwrap_or(0));
                    trigger.loop_id = fields.text(4);
                    let place = fields.composite(5, 2);
                    trigger.element = place.component(1).text().trim().parse().ok();
                    trigger.component = place.component(2).text().trim().parse().ok();
                    trigger.data_element = data_element(fields, 6);
                    match note.elements.last_mut().filter(|_| in_element) {
                        Some(element) => element.triggers.push(trigger),
                        None => note.triggers.push(trigger),
                    }
                }
                _ => return Ok(false),
            }
        }
        "IK4" => {
            let Some(segment) = transaction.segments.last_mut() else {
                return Ok(false);
            };
            let place = fields.composite(1, 3);
            let part = |text: &str| text.trim().parse::<u16>();
            let position = part(&place.component(1).text()).map_err(|_| fields.error(1, ReadErrorKind::Number))?;
            let component = part(&place.component(2).text()).ok();
            // IK404, a copy of the bad text, is never kept.
            let mut note = ElementNote::new(position, component, error_code(fields, 3).unwrap_or_default());
            note.repetition = part(&place.component(3).text()).ok();
            note.data_element = data_element(fields, 2);
            segment.elements.push(note);
        }
        "IK5" => {
            transaction.code = code(fields)?;
            transaction.codes = (2..=6).filter_map(|n| error_code(fields, n)).collect();
        }
        _ => return Ok(false),
    }
    Ok(true)
}
