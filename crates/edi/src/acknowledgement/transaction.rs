//! What becomes of one received transaction set: AK2 to IK5.

use super::batch::Batch;
use super::received::{AcknowledgeOptions, Received};
use crate::check::{Acknowledged, Finding};
use crate::envelope::sent_back;
use crate::guide::{NoteKind, base_segment};
use superbill_claim::{AcknowledgementCode, ElementNote, SegmentNote, TransactionAcknowledgement, Trigger};
use superbill_core::{ControlNumber, PatientControlNumber, Phi};
use superbill_x12::{Segment, Transaction};

/// As many error codes of a transaction set or group as there are places for (IK502 to IK506, AK905 to AK909).
pub(super) const CODES_MOST: usize = 5;

/// Acknowledges a transaction set by what was found in it.
pub(super) fn acknowledge(
    received: &Received<'_, '_>,
    transaction: &Transaction<'_, '_>,
    batch: Option<&Batch<'_>>,
    options: AcknowledgeOptions,
) -> Option<TransactionAcknowledgement> {
    let id = code(transaction.set_id().text().trim(), 3..=3);
    let number = code(transaction.control_number().text().trim(), 4..=9);
    let implementation = sent_back(transaction.st().element(3), 35);
    let mut notes = Notes { segments: Vec::new(), codes: Vec::new(), is_rejected: false, is_noted: false };
    // What cannot be sent back has a code of its own.
    for (is_wrong, code) in [(id.is_none(), "6"), (number.is_none(), "7")] {
        if is_wrong {
            notes.code(code);
            notes.is_rejected = true;
        }
    }
    let first = transaction.first_segment();
    let mut findings = received.of(transaction);
    // The open claim, and the one before it.
    let mut claims: [Option<(u64, Segment<'_>)>; 2] = [None, None];
    let mut is_open = false;
    if !findings.is_empty() {
        for segment in transaction.segments() {
            match segment.id() {
                "CLM" => {
                    claims = [Some((segment.number(), segment)), claims[0]];
                    is_open = true;
                }
                "HL" | "SE" => is_open = false,
                _ => {}
            }
            let here = findings.partition_point(|finding| finding.segment <= segment.number());
            let (these, rest) = findings.split_at(here);
            findings = rest;
            for finding in these.iter().filter(|finding| finding.is_told() && finding.snip() <= options.reject_snip) {
                let place = Place {
                    segment,
                    position: u32::try_from(segment.number() - first + 1).unwrap_or(u32::MAX),
                    claim: claim_of(finding, received, &claims, is_open, &segment),
                };
                if notes.note(finding, &place) {
                    let turned_away = options.claims
                        && finding.snip() > 1
                        && batch
                            .map(|batch| batch.hit(finding, received))
                            .is_some_and(|hit| !hit.is_header && !hit.claims.is_empty());
                    notes.is_rejected |= finding.is_error() && !turned_away;
                }
            }
            if findings.is_empty() {
                break;
            }
        }
    }
    let verdict = match (notes.is_rejected, notes.is_noted) {
        (true, _) => AcknowledgementCode::Rejected('R'),
        (false, true) => AcknowledgementCode::AcceptedWithErrors,
        (false, false) => AcknowledgementCode::Accepted,
    };
    let number = number.as_deref().unwrap_or("0000");
    let mut made =
        TransactionAcknowledgement::new(id.as_deref().unwrap_or("000"), ControlNumber::new(number).ok()?, verdict);
    made.implementation = (!implementation.is_empty()).then_some(implementation);
    made.codes = notes.all_codes();
    made.segments = notes.segments;
    Some(made)
}

/// An identifier of capitals and digits, as long as it may be.
pub(super) fn code(text: &str, length: core::ops::RangeInclusive<usize>) -> Option<String> {
    (length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| text.to_owned())
}

/// The number of the claim that a finding stands in.
fn claim_of(
    finding: &Finding,
    received: &Received<'_, '_>,
    claims: &[Option<(u64, Segment<'_>)>; 2],
    is_open: bool,
    segment: &Segment<'_>,
) -> Option<Phi<PatientControlNumber>> {
    let clm = match finding.claim {
        Some(ordinal) => {
            let first = received.claim_segment(ordinal)?;
            claims.iter().flatten().find(|(number, _)| *number == first)?.1
        }
        // What is missing above the claim stands at its CLM.
        None if !is_open || finding.is_of_missing() && segment.id() == "CLM" => return None,
        None => claims[0]?.1,
    };
    let number = PatientControlNumber::new(&sent_back(clm.element(1), 35)).ok()?;
    Some(Phi::new(number))
}

struct Place<'s> {
    segment: Segment<'s>,
    position: u32,
    claim: Option<Phi<PatientControlNumber>>,
}

struct Notes {
    segments: Vec<SegmentNote>,
    codes: Vec<String>,
    is_rejected: bool,
    is_noted: bool,
}

impl Notes {
    fn code(&mut self, code: &str) {
        self.is_noted = true;
        if !self.codes.iter().any(|known| known == code) {
            self.codes.push(code.to_owned());
        }
    }

    /// Notes a finding; whether a 999 has a name for it.
    fn note(&mut self, finding: &Finding, place: &Place<'_>) -> bool {
        match finding.check.acknowledgement {
            Acknowledged::Segment(code) => {
                let note = segment_note(finding, place, code);
                if !self.segments.iter().rev().take_while(|known| known.position == place.position).any(|known| {
                    known.code == note.code && known.segment_id == note.segment_id && known.loop_id == note.loop_id
                }) {
                    self.segments.push(note);
                }
            }
            Acknowledged::Element(code) => match envelope_code(finding) {
                Some(code) => self.code(code),
                None => self.element(finding, place, code),
            },
            Acknowledged::Transaction(code) => self.code(code),
            // What only a claim acknowledgement has words for: the value does not fit.
            Acknowledged::No if finding.snip() > 2 => self.element(finding, place, "I12"),
            _ => return false,
        }
        self.is_noted = true;
        true
    }

    fn element(&mut self, finding: &Finding, place: &Place<'_>, code: &str) {
        let same = self.segments.iter().rposition(|known| known.position == place.position && known.code == "8");
        let at = same.unwrap_or_else(|| {
            self.segments.push(segment_note(finding, place, "8"));
            self.segments.len() - 1
        });
        let (Some(note), Some(element)) = (self.segments.get_mut(at), finding.element) else { return };
        let mut made = ElementNote::new(u16::from(element.element), element.component.map(u16::from), code);
        made.repetition = element.repetition;
        let known = [finding.data_element, data_element(finding.segment_id, element.element)];
        made.data_element = known.into_iter().find(|number| is_reference(number)).map(str::to_owned);
        if element.component.is_some() && !is_reference(finding.data_element) {
            made.data_element = None;
        }
        made.triggers.extend(trigger(finding, place));
        if !note.elements.contains(&made) {
            note.elements.push(made);
        }
    }

    /// The codes about the transaction set as a whole, that segments are in error among them.
    fn all_codes(&self) -> Vec<String> {
        let is_of_guide = |note: &SegmentNote| {
            note.code.starts_with('I')
                || note.code == "8"
                    && !note.elements.is_empty()
                    && note.elements.iter().all(|element| element.code.starts_with('I'))
        };
        let standard = self.segments.iter().any(|note| !is_of_guide(note));
        let guide = self.segments.iter().any(is_of_guide);
        let segments = [(standard, "5"), (guide, "I5")].into_iter().filter(|(there, _)| *there);
        let all = segments.map(|(_, code)| code.to_owned()).chain(self.codes.iter().cloned());
        all.take(CODES_MOST).collect()
    }
}

/// Elements of ST and SE have codes of their own in IK5.
fn envelope_code(finding: &Finding) -> Option<&'static str> {
    Some(match (finding.segment_id, finding.element?.element) {
        ("ST", 1) => "6",
        ("ST", 2) => "7",
        ("ST", 3) => "I6",
        ("SE", 1) => "4",
        ("SE", 2) => "3",
        _ => return None,
    })
}

fn segment_note(finding: &Finding, place: &Place<'_>, code: &str) -> SegmentNote {
    let found = place.segment.id();
    let shaped = (2..=3).contains(&found.len()) && found.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let id = match finding.segment_id {
        // IK301 must have two or three characters, and what has not the shape of an identifier could be any text.
        "" if shaped => found,
        "" => "ZZZ",
        id => id,
    };
    let mut note = SegmentNote::new(id, place.position, code);
    // IK303 has four characters at most: loop 2010AA is told as 2010.
    note.loop_id = finding.loop_id.get(..4).or(Some(finding.loop_id)).filter(|id| !id.is_empty()).map(str::to_owned);
    note.claim.clone_from(&place.claim);
    note
}

/// Whether it is a number of a data element: composites have letters.
fn is_reference(number: &str) -> bool {
    (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The data element, or composite, at a place of a segment of the base standard.
fn data_element(segment: &str, element: u8) -> &'static str {
    let place = usize::from(element).checked_sub(1);
    let places = base_segment(segment).map(|segment| &segment.places);
    places.zip(place).and_then(|(places, at)| places.get(at)).map_or("", |place| place.of)
}

/// The element that, by a syntax note, asks for the one that is missing, or excludes the one that is there.
fn trigger(finding: &Finding, place: &Place<'_>) -> Option<Trigger> {
    let (Acknowledged::Element("2" | "10"), Some(element)) = (finding.check.acknowledgement, finding.element) else {
        return None;
    };
    if element.component.is_some() || finding.snip() != 1 {
        return None;
    }
    let segment = base_segment(finding.segment_id)?;
    let mut present = 0u64;
    for (at, value) in place.segment.elements().enumerate().take(64) {
        present |= u64::from(!value.is_empty()) << at;
    }
    let is_there = |at: u8| place.segment.element(usize::from(at)).bytes() != b"";
    let by = segment.notes.iter().filter(|note| note.positions.contains(&element.element) && note.is_broken(present));
    let by = by.into_iter().find_map(|note| match note.kind {
        NoteKind::Required => None,
        NoteKind::Conditional | NoteKind::ListConditional => note.positions.first().copied(),
        _ => note.positions.iter().copied().find(|at| *at != 0 && *at != element.element && is_there(*at)),
    })?;
    let mut trigger = Trigger::new(finding.segment_id, place.position);
    trigger.loop_id = finding.loop_id.get(..4).map(str::to_owned);
    trigger.element = Some(u16::from(by));
    let number = data_element(finding.segment_id, by);
    trigger.data_element = is_reference(number).then(|| number.to_owned());
    Some(trigger)
}
