//! Writing the 277CA for a received 837.

use super::claims::{self, AnsweredClaim, AnsweredLine, BatchAcknowledgement, Name};
use super::write_claim::{write_head, write_statuses};
use crate::envelope::Envelope;
use crate::error::WriteError;
use crate::fields::d8;
use superbill_claim::{ClaimAcknowledgement, LineAcknowledgement};
use superbill_core::Money;
use superbill_x12::TransactionWriter;

/// Writes BHT to the last claim.
pub(super) fn write(
    set: &mut TransactionWriter<'_>,
    batch: &BatchAcknowledgement,
    envelope: &Envelope,
) -> Result<(), WriteError> {
    let today = d8(envelope.date);
    write_head(set, envelope)?;
    write_name(set, "41", &batch.submitter)?;
    set.elements("TRN", &["2", &batch.reference])?;
    let all = || batch.claims.iter();
    let total = sum(all())?.to_x12();
    set.segment("STC", |stc| {
        stc.composite(&["A1", "19", "PR"]).text(&today).text("WQ").text(&total);
    })?;
    write_totals(set, all(), ["90", "AA"])?;
    let mut level = 2u64;
    let mut open: Option<(usize, u64)> = None;
    for (at, claim) in batch.claims.iter().enumerate() {
        if open.is_none_or(|(provider, _)| provider != claim.provider) {
            level += 1;
            open = Some((claim.provider, level));
            set.elements("HL", &[&level.to_string(), "2", "19", "1"])?;
            if let Some(provider) = batch.providers.get(claim.provider) {
                write_name(set, "85", provider)?;
            }
            let of_provider = || batch.claims.iter().skip(at).take_while(|other| other.provider == claim.provider);
            set.elements("TRN", &["1", &batch.reference])?;
            write_totals(set, of_provider(), ["QA", "QC"])?;
        }
        let parent = open.map_or(2, |(_, level)| level);
        level += 1;
        set.elements("HL", &[&level.to_string(), &parent.to_string(), "PT"])?;
        write_claim(set, claim, envelope)?;
    }
    Ok(())
}

/// How many claims go on and for how much, and how many are turned away.
fn write_totals<'c>(
    set: &mut TransactionWriter<'_>,
    claims: impl Iterator<Item = &'c AnsweredClaim> + Clone,
    quantities: [&str; 2],
) -> Result<(), WriteError> {
    let [accepted, rejected] = quantities;
    let counted: [(&str, &str, bool); 2] = [(accepted, "YU", false), (rejected, "YY", true)];
    let those = |is_rejected: bool| claims.clone().filter(move |claim| claim.answer.is_rejected() == is_rejected);
    for (quantity, _, is_rejected) in counted {
        let count = those(is_rejected).count();
        if count > 0 {
            set.elements("QTY", &[quantity, &count.to_string()])?;
        }
    }
    for (_, amount, is_rejected) in counted {
        if those(is_rejected).next().is_some() {
            set.elements("AMT", &[amount, &sum(those(is_rejected))?.to_x12()])?;
        }
    }
    Ok(())
}

fn sum<'c>(claims: impl Iterator<Item = &'c AnsweredClaim>) -> Result<Money, WriteError> {
    Money::try_sum(claims.filter_map(|claim| claim.answer.charge))
        .map_err(|_| WriteError::NoPlace { item: 1, what: "the charges do not add up within the range of money" })
}

fn write_name(set: &mut TransactionWriter<'_>, entity: &str, name: &Name) -> Result<(), WriteError> {
    let kind = if name.is_person { "1" } else { "2" };
    let Name { last, first, middle, suffix, qualifier, id, .. } = name;
    set.elements("NM1", &[entity, kind, last, first, middle, "", suffix, qualifier, id])?;
    Ok(())
}

fn write_claim(set: &mut TransactionWriter<'_>, claim: &AnsweredClaim, envelope: &Envelope) -> Result<(), WriteError> {
    let ClaimAcknowledgement { patient_control_number, statuses, charge, payer_control_number, lines, .. } =
        &claim.answer;
    write_name(set, "QC", &claim.patient)?;
    set.elements("TRN", &["2", patient_control_number.expose().as_str()])?;
    let action = if claim.answer.is_rejected() { "U" } else { "WQ" };
    let charge = charge.map(Money::to_x12).unwrap_or_default();
    for statuses in statuses.chunks(3) {
        write_statuses(set, statuses, &d8(envelope.date), action, &charge)?;
    }
    if let Some(number) = payer_control_number {
        set.elements("REF", &["1K", number.as_str()])?;
    }
    if let Some(bill) = &claim.type_of_bill {
        set.elements("REF", &["BLT", bill])?;
    }
    let (format, dates) = claim.dates.clone().unwrap_or_else(|| claims::today(envelope.date));
    set.elements("DTP", &["472", format, &dates])?;
    for (line, more) in lines.iter().zip(&claim.lines) {
        write_line(set, line, more)?;
    }
    Ok(())
}

fn write_line(
    set: &mut TransactionWriter<'_>,
    line: &LineAcknowledgement,
    more: &AnsweredLine,
) -> Result<(), WriteError> {
    let charge = line.charge.map(Money::to_x12).unwrap_or_default();
    set.segment("SVC", |svc| {
        svc.composite(&[more.qualifier, &line.procedure]).text(&charge).empty();
        svc.text(line.revenue_code.as_deref().unwrap_or_default());
    })?;
    for statuses in line.statuses.chunks(3) {
        write_statuses(set, statuses, "", "U", "")?;
    }
    if let Some(number) = &line.control_number {
        set.elements("REF", &["FJ", number])?;
    }
    if let Some((format, dates)) = &more.dates {
        set.elements("DTP", &["472", format, dates])?;
    }
    Ok(())
}
