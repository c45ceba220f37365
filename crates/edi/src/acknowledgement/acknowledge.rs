//! Answering a received file: TA1, 999 and 277CA, one answer for each interchange.

use super::batch::Batch;
use super::claims::{self, BatchAcknowledgement};
use super::received::{AcknowledgeOptions, Received};
use super::transaction::{self, CODES_MOST, code};
use super::{functional_write, interchange, write_received};
use crate::check::{Acknowledged, CheckOptions, Finding};
use crate::envelope::{Envelope, Guide, UNKNOWN, sent_back};
use crate::error::WriteError;
use superbill_claim::{AcknowledgementCode, FunctionalAcknowledgement, InterchangeAcknowledgement};
use superbill_core::ControlNumber;
use superbill_x12::{Document, Group, Interchange};

const FUNCTIONAL: Guide = Guide { functional_id: "FA", set_id: "999", version: "005010X231A1", names_itself: true };
const CLAIMS: Guide = Guide { functional_id: "HN", set_id: "277", version: "005010X214", names_itself: true };

/// What is answered to a received interchange.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// TA1, where the interchange asks for it (ISA14) or has an error.
    pub interchange: Option<InterchangeAcknowledgement>,
    /// 999, one for each functional group. None for the groups of a rejected interchange, nor for those of acknowledgements (FA), so that two programs
    /// do not answer each other for ever.
    pub groups: Vec<FunctionalAcknowledgement>,
    /// 277CA, one for each accepted 837, where claims are acknowledged.
    pub claims: Vec<BatchAcknowledgement>,
}

impl Answer {
    /// Whether there is nothing to answer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.interchange.is_none() && self.groups.is_empty() && self.claims.is_empty()
    }

    /// Whether anything is turned away: the interchange, a group, a transaction set or a claim.
    #[must_use]
    pub fn is_rejection(&self) -> bool {
        let is_refused = |code: AcknowledgementCode| !code.is_accepted();
        self.interchange.as_ref().is_some_and(|answer| is_refused(answer.code))
            || self.groups.iter().any(|group| is_refused(group.code))
            || self.claims.iter().any(|batch| batch.rejected() > 0)
    }
}

impl Received<'_, '_> {
    /// What is answered to each interchange of the file, in order.
    #[must_use]
    pub fn answers(&self, options: AcknowledgeOptions) -> Vec<Answer> {
        self.document.interchanges().map(|interchange| self.answer(&interchange, options)).collect()
    }

    fn answer(&self, received: &Interchange<'_, '_>, options: AcknowledgeOptions) -> Answer {
        let mut answer = Answer { interchange: interchange::acknowledge(self, received), ..Answer::default() };
        if answer.interchange.as_ref().is_some_and(|answer| !answer.code.is_accepted()) {
            return answer;
        }
        let prefix = sent_back(received.control_number(), 9);
        for group in received.groups() {
            if group.gs().is_some() && group.functional_id().trimmed().bytes() != b"FA" {
                self.group(&group, options, &prefix, &mut answer);
            }
        }
        answer
    }

    fn group(&self, group: &Group<'_, '_>, options: AcknowledgeOptions, prefix: &str, answer: &mut Answer) {
        let first = group.gs().map_or(0, |gs| gs.number());
        let last = first.saturating_add(u64::try_from(group.segments().len()).unwrap_or(u64::MAX)).saturating_sub(1);
        let mut errors: Vec<&'static str> = Vec::new();
        let mut has_error = false;
        let mut note = |code, is_error| {
            has_error |= is_error;
            if !errors.contains(&code) {
                errors.push(code);
            }
        };
        for finding in self.within(first, last).iter().filter(|finding| finding.is_told()) {
            if let Some(code) = group_code(finding) {
                note(code, finding.is_error());
            }
        }
        let id = code(group.functional_id().text().trim(), 2..=2);
        if id.is_none() {
            note("1", true);
        }
        let number = group.control_number().trimmed().text().into_owned();
        let is_number = (1..=9).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            note("6", true);
        }
        let Ok(number) = ControlNumber::new(if is_number { &number } else { "0" }) else { return };
        let mut made =
            FunctionalAcknowledgement::new(id.as_deref().unwrap_or("ZZ"), number, AcknowledgementCode::Rejected('R'));
        // The guide asks for a version in AK103.
        let version = sent_back(group.version(), 12);
        made.implementation = Some(if version.is_empty() { UNKNOWN.to_owned() } else { version });
        let mut batches = Vec::new();
        for transaction in group.transactions() {
            let batch = if options.claims { Batch::read(&transaction) } else { None };
            let Some(set) = transaction::acknowledge(self, &transaction, batch.as_ref(), options) else { continue };
            if let Some(batch) = batch.filter(|batch| set.code.is_accepted() && !batch.claims.is_empty()) {
                let prefix = format!("{prefix}{}", set.control_number);
                batches.extend(claims::answer(self, &transaction, &batch, &set.control_number, &prefix));
            }
            made.transactions.push(set);
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).min(TRANSACTIONS_MOST);
        let accepted = made.transactions.iter().filter(|set| set.code.is_accepted()).count();
        made.received = count(made.transactions.len());
        let declared = group.trailer().and_then(|ge| ge.element(1).text().trim().parse().ok());
        made.included = declared.filter(|declared| *declared <= TRANSACTIONS_MOST).unwrap_or(made.received);
        made.codes = errors.iter().take(CODES_MOST).map(|code| (*code).to_owned()).collect();
        let is_plain = made.transactions.iter().all(|set| set.code == AcknowledgementCode::Accepted);
        made.code = if has_error || (accepted == 0 && !made.transactions.is_empty()) {
            AcknowledgementCode::Rejected('R')
        } else if accepted < made.transactions.len() {
            AcknowledgementCode::PartiallyAccepted
        } else if is_plain && errors.is_empty() {
            AcknowledgementCode::Accepted
        } else {
            AcknowledgementCode::AcceptedWithErrors
        };
        if matches!(made.code, AcknowledgementCode::Rejected(_)) {
            batches.clear();
        } else {
            made.accepted = count(accepted);
        }
        answer.groups.push(made);
        answer.claims.append(&mut batches);
    }
}

/// AK902 to AK904 have six digits.
const TRANSACTIONS_MOST: u32 = 999_999;

/// How AK9 names a finding.
fn group_code(finding: &Finding) -> Option<&'static str> {
    match finding.check.acknowledgement {
        Acknowledged::Group(code) => Some(code),
        Acknowledged::Element(_) => Some(match (finding.segment_id, finding.element?.element) {
            ("GS", 1) => "1",
            ("GS", 6) => "6",
            ("GS", 8) => "2",
            ("GE", 1) => "5",
            ("GE", 2) => "4",
            _ => return None,
        }),
        _ => None,
    }
}

/// Writes answers as one interchange: the TA1s, a group of 999, and a group of 277CA where there are any.
///
/// # Errors
/// [`WriteError::Nothing`] where no answer says anything, and [`WriteError`] where the envelope does not fit, or a text holds one of its delimiters.
pub fn write_answers(answers: &[Answer], envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
    if answers.iter().all(Answer::is_empty) {
        return Err(WriteError::Nothing { what: "interchange or functional group that wants an answer" });
    }
    let groups: Vec<&FunctionalAcknowledgement> = answers.iter().flat_map(|answer| &answer.groups).collect();
    let claims: Vec<&BatchAcknowledgement> = answers.iter().flat_map(|answer| &answer.claims).collect();
    envelope.interchange(|writer| {
        for answer in answers.iter().filter_map(|answer| answer.interchange.as_ref()) {
            interchange::write(writer, answer, envelope.date, &envelope.time)?;
        }
        let mut number = envelope.group_control_number;
        if !groups.is_empty() {
            envelope.group(writer, &FUNCTIONAL, number, &groups, |group, set| functional_write::write(set, group))?;
            number = number.checked_add(1).ok_or(WriteError::ControlNumber)?;
        }
        if !claims.is_empty() {
            envelope
                .group(writer, &CLAIMS, number, &claims, |batch, set| write_received::write(set, batch, envelope))?;
        }
        Ok(())
    })
}

/// Answers a received file with one interchange: a 999 transaction set for each of its functional groups (ASC X12C 005010X231A1), and a TA1 for each
/// interchange that asks for it or is in error. [`Received`] does the same step by step, and with claims.
///
/// What is found by the checks of SNIP types 1 and 2 decides: a transaction set with an error is rejected, one with warnings alone is accepted with
/// errors. Groups of acknowledgements get no answer.
///
/// # Errors
/// [`WriteError::Nothing`] where the file has nothing to answer, and [`WriteError`] where the envelope does not fit.
pub fn acknowledge(document: &Document<'_>, envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
    let options = AcknowledgeOptions::default();
    let received = Received::check(document, CheckOptions::up_to(options.reject_snip));
    write_answers(&received.answers(options), envelope)
}
