//! What becomes of each claim of a received 837: the 277CA that answers it.

use super::batch::{Batch, BatchClaim, BatchLine};
use super::received::Received;
use super::status::{self, BatchKind};
use crate::envelope::{UNKNOWN, sent_back};
use crate::fields::{d8, money};
use superbill_claim::{ClaimAcknowledgement, ClaimStatus, LineAcknowledgement};
use superbill_core::{ControlNumber, Date, Money, PatientControlNumber, PayerControlNumber};
use superbill_x12::{Segment, Transaction};

/// What becomes of the claims of one received 837. `Debug` shows counts only: names are a patient's.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchAcknowledgement {
    /// The control number of the transaction set (ST02).
    pub control_number: ControlNumber,
    /// The submitter's number of the batch (BHT03).
    pub reference: String,
    pub(super) submitter: Name,
    pub(super) providers: Vec<Name>,
    pub(super) claims: Vec<AnsweredClaim>,
}

/// A name and identifier as an NM1 has them.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Name {
    pub(super) is_person: bool,
    pub(super) last: String,
    pub(super) first: String,
    pub(super) middle: String,
    pub(super) suffix: String,
    pub(super) qualifier: &'static str,
    pub(super) id: String,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct AnsweredClaim {
    pub(super) provider: usize,
    pub(super) patient: Name,
    pub(super) answer: ClaimAcknowledgement,
    pub(super) type_of_bill: Option<String>,
    /// DTP02 and DTP03.
    pub(super) dates: Option<(&'static str, String)>,
    /// For each line of the answer.
    pub(super) lines: Vec<AnsweredLine>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct AnsweredLine {
    /// Which line of the claim, counted from 0.
    at: usize,
    pub(super) qualifier: &'static str,
    pub(super) dates: Option<(&'static str, String)>,
}

impl core::fmt::Debug for BatchAcknowledgement {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("BatchAcknowledgement")
            .field("control_number", &self.control_number)
            .field("accepted", &self.accepted())
            .field("rejected", &self.rejected())
            .finish_non_exhaustive()
    }
}

impl BatchAcknowledgement {
    /// What becomes of each claim, in the order of the file.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = &ClaimAcknowledgement> + Clone {
        self.claims.iter().map(|claim| &claim.answer)
    }

    /// How many claims go on.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.claims().filter(|claim| !claim.is_rejected()).count()
    }

    /// How many claims are turned away.
    #[must_use]
    pub fn rejected(&self) -> usize {
        self.claims().filter(|claim| claim.is_rejected()).count()
    }
}

/// Answers the claims of a batch by what was found.
pub(super) fn answer(
    received: &Received<'_, '_>,
    transaction: &Transaction<'_, '_>,
    batch: &Batch<'_>,
    control_number: &ControlNumber,
    prefix: &str,
) -> Option<BatchAcknowledgement> {
    let kind = BatchKind::of(&transaction.implementation().text())?;
    let mut claims: Vec<AnsweredClaim> = batch.claims.iter().map(|claim| begin(claim, kind)).collect::<Option<_>>()?;
    // The claims that are turned away as a whole, and those of which a line is.
    for finding in received.of(transaction).iter().filter(|finding| finding.is_error()) {
        let Some(status) = status::status(finding, kind) else { continue };
        let hit = batch.hit(finding, received);
        let Some(hit_claims) = claims.get_mut(hit.claims.clone()) else { continue };
        for (at, claim) in (hit.claims.start..).zip(hit_claims) {
            let line = hit.line.and_then(|line| Some((line, batch.claims.get(at)?.lines.get(line)?)));
            match line {
                None => add(&mut claim.answer.statuses, &status),
                Some((at, line)) => claim.add_to_line(at, line, kind, &status),
            }
        }
    }
    for (ordinal, claim) in (1u64..).zip(&mut claims) {
        claim.finish(&format!("{prefix}{ordinal:06}"));
    }
    let providers = batch.providers.iter().map(|provider| provider_name(provider.name, provider.tax_id)).collect();
    Some(BatchAcknowledgement {
        control_number: control_number.clone(),
        reference: or_unknown(batch.begin.map(|bht| sent_back(bht.element(3), 50)).unwrap_or_default()),
        submitter: submitter(batch.submitter, transaction),
        providers,
        claims,
    })
}

fn begin(claim: &BatchClaim<'_>, kind: BatchKind) -> Option<AnsweredClaim> {
    // A text that is not empty and short enough is a number.
    let number = PatientControlNumber::new(&or_unknown(sent_back(claim.clm.element(1), 38))).ok()?;
    let mut answer = ClaimAcknowledgement::new(number);
    answer.charge = Some(charge(claim.clm, 2));
    let place = claim.clm.element(5);
    let bill = [sent_back(place.component(1), 2), sent_back(place.component(3), 1)].concat();
    let of_lines = || claim.lines.iter().filter_map(|line| period(line.dates)).reduce(span);
    let dates = period(claim.dates).or_else(of_lines).map(dates);
    let subscriber = claim.subscriber.or(claim.patient);
    let patient = claim.patient.or(claim.subscriber);
    Some(AnsweredClaim {
        provider: claim.provider,
        patient: patient_name(patient, subscriber),
        answer,
        type_of_bill: (kind == BatchKind::Institutional && bill.len() == 3).then_some(bill),
        dates,
        lines: Vec::new(),
    })
}

impl AnsweredClaim {
    fn add_to_line(&mut self, at: usize, line: &BatchLine<'_>, kind: BatchKind, status: &ClaimStatus) {
        let place = self.lines.partition_point(|known| known.at < at);
        if self.lines.get(place).is_none_or(|known| known.at != at) {
            let (answer, made) = line_answer(at, line, kind);
            self.answer.lines.insert(place, answer);
            self.lines.insert(place, made);
        }
        if let Some(line) = self.answer.lines.get_mut(place) {
            add(&mut line.statuses, status);
        }
    }

    /// `number` is ours, for a claim that goes on.
    fn finish(&mut self, number: &str) {
        let status = |category, code| ClaimStatus::new(category, code).ok();
        let answer = &mut self.answer;
        if answer.statuses.is_empty() && !answer.lines.is_empty() {
            answer.statuses.extend(status("A7", "21"));
            for line in &answer.lines {
                for status in &line.statuses {
                    if !answer.statuses.contains(status) {
                        answer.statuses.push(status.clone());
                    }
                }
            }
        }
        if answer.statuses.is_empty() {
            answer.statuses.extend(status("A2", "20"));
            answer.payer_control_number = PayerControlNumber::new(number).ok();
        }
    }
}

fn add(statuses: &mut Vec<ClaimStatus>, status: &ClaimStatus) {
    if !statuses.contains(status) {
        statuses.push(status.clone());
    }
}

fn line_answer(at: usize, line: &BatchLine<'_>, kind: BatchKind) -> (LineAcknowledgement, AnsweredLine) {
    let mut answer = LineAcknowledgement::default();
    let mut qualifier = if kind == BatchKind::Dental { "AD" } else { "HC" };
    if let Some(service) = line.service {
        let (procedure, amount) = if service.id() == "SV2" { (2, 3) } else { (1, 2) };
        let code = service.element(procedure).repetitions().next().unwrap_or_else(|| service.element(procedure));
        answer.procedure = sent_back(code.component(2), 48);
        let known = ["AD", "ER", "HC", "HP", "IV", "WK"].into_iter();
        qualifier = known.into_iter().find(|known| known.as_bytes() == code.component(1).bytes()).unwrap_or(qualifier);
        answer.charge = Some(charge(service, amount));
        if service.id() == "SV2" {
            let revenue = sent_back(service.element(1), 48);
            if answer.procedure.is_empty() && !revenue.is_empty() {
                (qualifier, answer.procedure) = ("NU", revenue);
            } else if !revenue.is_empty() {
                answer.revenue_code = Some(revenue);
            }
        }
    }
    if answer.procedure.is_empty() {
        UNKNOWN.clone_into(&mut answer.procedure);
    }
    answer.charge = answer.charge.or(Some(Money::from_cents(0)));
    let number = line.number.map(|number| sent_back(number.element(2), 50)).unwrap_or_default();
    answer.control_number = (!number.is_empty()).then_some(number);
    (answer, AnsweredLine { at, qualifier, dates: period(line.dates).map(dates) })
}

/// As large a charge as is sent back: the guides have eight digits before the point.
const CHARGE_MOST: Money = Money::from_cents(9_999_999_999);

/// The charge of an element; nothing where it is no amount that the guides allow.
fn charge(segment: Segment<'_>, n: usize) -> Money {
    let amount = money(&segment.element(n).text()).unwrap_or(Money::from_cents(0));
    if amount.abs() <= CHARGE_MOST { amount } else { Money::from_cents(0) }
}

type Period = (Date, Date);

fn span(one: Period, other: Period) -> Period {
    (one.0.min(other.0), one.1.max(other.1))
}

/// The days of a DTP.
fn period(segment: Option<Segment<'_>>) -> Option<Period> {
    let segment = segment?;
    let text = segment.element(3).trimmed().text();
    let (first, last) = match segment.element(2).bytes() {
        b"D8" => (text.as_ref(), text.as_ref()),
        b"RD8" => text.split_once('-')?,
        _ => return None,
    };
    let day = |text: &str| (text.len() == 8).then(|| Date::parse_ccyymmdd(text).ok()).flatten();
    let period = (day(first)?, day(last)?);
    (period.0 <= period.1).then_some(period)
}

fn dates((first, last): Period) -> (&'static str, String) {
    if first == last { ("D8", d8(first)) } else { ("RD8", format!("{}-{}", d8(first), d8(last))) }
}

pub(super) fn today(date: Date) -> (&'static str, String) {
    dates((date, date))
}

fn or_unknown(text: String) -> String {
    if text.is_empty() { UNKNOWN.to_owned() } else { text }
}

fn name(segment: Option<Segment<'_>>) -> Name {
    let Some(nm1) = segment else { return Name { last: UNKNOWN.to_owned(), ..Name::default() } };
    let is_person = nm1.element(2).bytes() == b"1";
    let part = |n, most| if is_person { sent_back(nm1.element(n), most) } else { String::new() };
    Name {
        is_person,
        last: or_unknown(sent_back(nm1.element(3), 60)),
        first: part(4, 35),
        middle: part(5, 25),
        suffix: part(7, 10),
        qualifier: "",
        id: String::new(),
    }
}

/// An identification code: it has two characters or more.
fn identifier(segment: Option<Segment<'_>>, n: usize) -> Option<String> {
    let id = sent_back(segment?.element(n), 80);
    (id.len() >= 2).then_some(id)
}

fn submitter(nm1: Option<Segment<'_>>, transaction: &Transaction<'_, '_>) -> Name {
    let sender = || Some(sent_back(transaction.group().sender_code(), 15)).filter(|id| id.len() >= 2);
    let mut name = name(nm1);
    (name.suffix, name.qualifier) = (String::new(), "46");
    name.id = identifier(nm1, 9).or_else(sender).unwrap_or_else(|| UNKNOWN.to_owned());
    name
}

fn provider_name(nm1: Option<Segment<'_>>, tax_id: Option<Segment<'_>>) -> Name {
    let mut name = name(nm1);
    let is_npi = |id: &String| id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_digit());
    let npi = identifier(nm1, 9).filter(is_npi).filter(|_| nm1.is_some_and(|nm1| nm1.element(8).bytes() == b"XX"));
    (name.qualifier, name.id) = match (npi, identifier(tax_id, 2)) {
        (Some(npi), _) => ("XX", npi),
        (None, Some(tax_id)) => ("FI", tax_id),
        (None, None) => ("SV", UNKNOWN.to_owned()),
    };
    name
}

fn patient_name(patient: Option<Segment<'_>>, subscriber: Option<Segment<'_>>) -> Name {
    let id = identifier(patient, 9).or_else(|| identifier(subscriber, 9));
    Name { is_person: true, qualifier: "MI", id: id.unwrap_or_else(|| UNKNOWN.to_owned()), ..name(patient) }
}
