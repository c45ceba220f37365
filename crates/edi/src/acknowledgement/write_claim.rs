//! Writing claim acknowledgements: for tests and for a payer that is played.

use crate::envelope::{Envelope, Guide};
use crate::error::WriteError;
use crate::fields::d8;
use crate::party::{write_organization, write_person, write_provider};
use superbill_claim::{Claim, ClaimAcknowledgement, ClaimStatus};
use superbill_core::{Money, MoneyError};
use superbill_x12::TransactionWriter;

const GUIDE: Guide = Guide { functional_id: "HN", set_id: "277", version: "005010X214", names_itself: true };

/// Writes what a payer's front end answers to claims, as one 277CA transaction set (ASC X12N 005010X214).
///
/// The payer is the submitter of the envelope and the one who sent the claims its receiver; `reference` is the number
/// of their transmission (BHT03 of the 837). Each claim stands beside its answer, from which the answer takes the
/// patient, the billing provider and the dates.
///
/// # Errors
/// [`WriteError`] where an answer has no status, or a text holds a delimiter.
pub fn write_claim_acknowledgements(
    answers: &[(&Claim, &ClaimAcknowledgement)],
    reference: &str,
    envelope: &Envelope,
) -> Result<Vec<u8>, WriteError> {
    if answers.is_empty() {
        return Err(WriteError::Nothing { what: "acknowledged claim" });
    }
    envelope.write(&GUIDE, &[answers], |answers, set| write(set, answers, reference, envelope))
}

/// BHT, the payer that answers, and the HL of who sent the claims.
pub(super) fn write_head(set: &mut TransactionWriter<'_>, envelope: &Envelope) -> Result<(), WriteError> {
    let today = d8(envelope.date);
    set.elements("BHT", &["0085", "08", &envelope.reference, &today, &envelope.time, "TH"])?;
    set.elements("HL", &["1", "", "20", "1"])?;
    write_organization(set, "PR", &envelope.submitter.name, "PI", &envelope.submitter.id)?;
    set.elements("TRN", &["1", &envelope.reference])?;
    set.elements("DTP", &["050", "D8", &today])?;
    set.elements("DTP", &["009", "D8", &today])?;
    set.elements("HL", &["2", "1", "21", "1"])?;
    Ok(())
}

fn write(
    set: &mut TransactionWriter<'_>,
    answers: &[(&Claim, &ClaimAcknowledgement)],
    reference: &str,
    envelope: &Envelope,
) -> Result<(), WriteError> {
    let today = d8(envelope.date);
    write_head(set, envelope)?;
    write_organization(set, "41", &envelope.receiver.name, "46", &envelope.receiver.id)?;
    set.elements("TRN", &["2", reference])?;
    let total = sum(answers, |_| true)?;
    set.segment("STC", |stc| {
        stc.composite(&["A1", "19", "PR"]).text(&today).text("WQ").text(&total.to_x12());
    })?;
    let counted = [(false, "90", "YU"), (true, "AA", "YY")];
    for (rejected, quantity, _) in counted {
        let count = answers.iter().filter(|(_, answer)| answer.is_rejected() == rejected).count();
        if count > 0 {
            set.elements("QTY", &[quantity, &count.to_string()])?;
        }
    }
    for (rejected, _, amount) in counted {
        if answers.iter().any(|(_, answer)| answer.is_rejected() == rejected) {
            let sum = sum(answers, |answer| answer.is_rejected() == rejected)?;
            set.elements("AMT", &[amount, &sum.to_x12()])?;
        }
    }
    let (mut last, mut provider) = (2u64, 0u64);
    let mut before: Option<&Claim> = None;
    for (item, (claim, answer)) in (1..).zip(answers) {
        if before.is_none_or(|before| before.billing_provider != claim.billing_provider) {
            last += 1;
            provider = last;
            set.elements("HL", &[&provider.to_string(), "2", "19", "1"])?;
            write_provider(set, "85", &claim.billing_provider, item)?;
        }
        last += 1;
        set.elements("HL", &[&last.to_string(), &provider.to_string(), "PT"])?;
        write_answer(set, item, claim, answer)?;
        before = Some(claim);
    }
    Ok(())
}

fn sum(
    answers: &[(&Claim, &ClaimAcknowledgement)],
    wanted: impl Fn(&ClaimAcknowledgement) -> bool,
) -> Result<Money, WriteError> {
    let charges = answers.iter().filter(|(_, answer)| wanted(answer));
    Money::try_sum(charges.map(|(claim, answer)| answer.charge.unwrap_or(claim.total_charge))).map_err(
        |_: MoneyError| WriteError::NoPlace {
            item: answers.len(),
            what: "the charges do not add up within the range of money",
        },
    )
}

fn write_answer(
    set: &mut TransactionWriter<'_>,
    item: usize,
    claim: &Claim,
    answer: &ClaimAcknowledgement,
) -> Result<(), WriteError> {
    let name = claim.patient_person().name.expose();
    write_person(set, "QC", name, "MI", claim.coverage.member_id.expose().as_str())?;
    set.elements("TRN", &["2", answer.patient_control_number.expose().as_str()])?;
    if answer.statuses.is_empty() {
        return Err(WriteError::NoPlace { item, what: "an answer without a status: give at least one" });
    }
    // WQ: taken in; U: turned away.
    let action = if answer.is_rejected() { "U" } else { "WQ" };
    for (at, statuses) in answer.statuses.chunks(3).enumerate() {
        let date = answer.date.filter(|_| at == 0).map(d8).unwrap_or_default();
        let charge = answer.charge.filter(|_| at == 0).map(Money::to_x12).unwrap_or_default();
        write_statuses(set, statuses, &date, action, &charge)?;
    }
    if let Some(number) = &answer.payer_control_number {
        set.elements("REF", &["1K", number.as_str()])?;
    }
    if let Some((first, last)) = claim.service_dates() {
        let (format, dates) =
            if first == last { ("D8", d8(first)) } else { ("RD8", format!("{}-{}", d8(first), d8(last))) };
        set.elements("DTP", &["472", format, &dates])?;
    }
    Ok(())
}

/// Writes up to three statuses as one STC.
pub(super) fn write_statuses(
    set: &mut TransactionWriter<'_>,
    statuses: &[ClaimStatus],
    date: &str,
    action: &str,
    charge: &str,
) -> Result<(), WriteError> {
    let mut places = statuses.iter();
    set.segment("STC", |stc| {
        let part = |status: Option<&ClaimStatus>| match status {
            Some(ClaimStatus { category, status, entity, .. }) => {
                [category.clone(), status.clone(), entity.clone().unwrap_or_default()]
            }
            None => Default::default(),
        };
        let [category, status, entity] = part(places.next());
        stc.composite(&[&category, &status, &entity]).text(date).text(action).text(charge);
        (5..=9).for_each(|_| {
            stc.empty();
        });
        for _ in 10..=11 {
            let [category, status, entity] = part(places.next());
            stc.composite(&[&category, &status, &entity]);
        }
    })?;
    Ok(())
}
