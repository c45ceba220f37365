//! Writing remittance advices: for tests and for a payer that is played.

use crate::envelope::{Envelope, Guide};
use crate::error::WriteError;
use crate::fields::d8;
use crate::party::{sent_npi, write_address};
use crate::professional::procedure_text;
use superbill_claim::{
    Adjustment, ClaimPayment, LinePayment, PartyName, PaymentMethod, Provider, ProviderAdjustment, Remittance,
};
use superbill_core::TaxId;
use superbill_x12::TransactionWriter;

const GUIDE: Guide = Guide { functional_id: "HP", set_id: "835", version: "005010X221A1", names_itself: false };
/// Remarks that one MOA carries (MOA03 to MOA07).
const MOST_REMARKS: usize = 5;

/// Writes remittances as one interchange with one 835 transaction set each (ASC X12N 005010X221A1).
///
/// Bank details (BPR05 to BPR15) are not in the model and are not written.
///
/// # Errors
/// [`WriteError`] where a remittance says what an 835 has no place for, or a text holds a delimiter.
pub fn write_remittances(remittances: &[Remittance], envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
    if remittances.is_empty() {
        return Err(WriteError::Nothing { what: "remittance" });
    }
    let numbered: Vec<(usize, &Remittance)> = (1..).zip(remittances).collect();
    envelope.write(&GUIDE, &numbered, |(item, remittance), set| write(set, *item, remittance, envelope))
}

fn write(
    set: &mut TransactionWriter<'_>,
    item: usize,
    remittance: &Remittance,
    envelope: &Envelope,
) -> Result<(), WriteError> {
    let payment = &remittance.payment;
    let method = match &payment.method {
        PaymentMethod::Ach => "ACH",
        PaymentMethod::Check => "CHK",
        PaymentMethod::NoPayment => "NON",
        PaymentMethod::Other(code) => code,
        _ => {
            return Err(WriteError::NoPlace { item, what: "a payment method that BPR04 does not have" });
        }
    };
    set.segment("BPR", |bpr| {
        // I: the money and the remittance go separate ways, or H: there is no money.
        bpr.text(if method == "NON" { "H" } else { "I" }).text(&payment.amount.to_x12()).text("C").text(method);
        (5..=15).for_each(|_| {
            bpr.empty();
        });
        bpr.text(&d8(payment.date));
    })?;
    let originator = payment.originator.as_deref().unwrap_or_default();
    set.elements("TRN", &["1", payment.trace_number.as_str(), originator])?;
    set.elements("DTM", &["405", &d8(envelope.date)])?;
    let payer = &remittance.payer;
    set.elements("N1", &["PR", &payer.name, if payer.id.is_empty() { "" } else { "XV" }, &payer.id])?;
    if let Some(address) = &payer.address {
        write_address(set, address, item)?;
    }
    payee(set, item, &remittance.payee)?;
    if !remittance.claims.is_empty() {
        set.elements("LX", &["1"])?;
    }
    for claim in &remittance.claims {
        write_claim(set, item, claim)?;
    }
    provider_adjustments(set, &remittance.provider_adjustments)
}

fn payee(set: &mut TransactionWriter<'_>, item: usize, payee: &Provider) -> Result<(), WriteError> {
    let PartyName::Organization(name) = &payee.name else {
        return Err(WriteError::NoPlace {
            item,
            what: "the payee is a person: N1 has one name only, give it as an organization",
        });
    };
    if payee.taxonomy.is_some() {
        return Err(WriteError::NoPlace { item, what: "the payee has a taxonomy: leave it None" });
    }
    let tax_id = match &payee.tax_id {
        Some(tax_id @ TaxId::Ein(_)) => Some(tax_id.digits()),
        Some(_) => {
            let what = "the payee has a social security number, which would be read as an EIN: leave it None";
            return Err(WriteError::NoPlace { item, what });
        }
        None => None,
    };
    let npi = sent_npi(payee, item)?;
    let (qualifier, id) = match (npi, tax_id) {
        (Some(npi), _) => ("XX", npi),
        (None, Some(tax_id)) => ("FI", tax_id),
        (None, None) => ("", ""),
    };
    set.elements("N1", &["PE", name, qualifier, id])?;
    if let Some(address) = &payee.address {
        write_address(set, address, item)?;
    }
    if let (Some(_), Some(tax_id)) = (npi, tax_id) {
        set.elements("REF", &["TJ", tax_id])?;
    }
    Ok(())
}

fn write_claim(set: &mut TransactionWriter<'_>, item: usize, claim: &ClaimPayment) -> Result<(), WriteError> {
    let owed = claim.patient_responsibility.map(|amount| amount.to_x12()).unwrap_or_default();
    let filing = claim.filing_indicator.map(|filing| filing.to_string()).unwrap_or_default();
    set.segment("CLP", |clp| {
        clp.text(claim.patient_control_number.expose().as_str()).number(u64::from(claim.status.code()));
        clp.text(&claim.charge.to_x12()).text(&claim.paid.to_x12()).text(&owed).text(&filing);
        clp.text(claim.payer_control_number.as_ref().map_or("", |number| number.as_str()));
    })?;
    adjustments(set, item, &claim.adjustments)?;
    if claim.remark_codes.len() > MOST_REMARKS {
        return Err(WriteError::TooMany { item, what: "remarks on a claim", most: MOST_REMARKS });
    }
    if !claim.remark_codes.is_empty() {
        set.segment("MOA", |moa| {
            moa.empty().empty();
            for code in &claim.remark_codes {
                moa.text(code.as_str());
            }
        })?;
    }
    for line in &claim.lines {
        write_line(set, item, line)?;
    }
    Ok(())
}

fn write_line(set: &mut TransactionWriter<'_>, item: usize, line: &LinePayment) -> Result<(), WriteError> {
    if line.modifiers.len() > 4 {
        return Err(WriteError::TooMany { item, what: "modifiers on a line", most: 4 });
    }
    let mut procedure = vec!["HC", procedure_text(&line.procedure, item)?];
    procedure.extend(line.modifiers.iter().map(|modifier| modifier.as_str()));
    set.segment("SVC", |svc| {
        svc.composite(&procedure).text(&line.charge.to_x12()).text(&line.paid.to_x12()).empty();
        svc.text(line.units.as_ref().map_or("", |units| units.text()));
    })?;
    if let Some(period) = line.date_of_service {
        let first = d8(period.first());
        match period.last() {
            Some(last) if last == period.first() => set.elements("DTM", &["472", &first])?,
            last => {
                set.elements("DTM", &["150", &first])?;
                if let Some(last) = last {
                    set.elements("DTM", &["151", &d8(last)])?;
                }
            }
        }
    }
    adjustments(set, item, &line.adjustments)?;
    if let Some(number) = &line.control_number {
        set.elements("REF", &["6R", number])?;
    }
    if let Some(allowed) = line.allowed {
        set.elements("AMT", &["B6", &allowed.to_x12()])?;
    }
    for code in &line.remark_codes {
        set.elements("LQ", &["HE", code.as_str()])?;
    }
    Ok(())
}

/// CAS: those that follow one another in the same group share a segment, six at most.
fn adjustments(set: &mut TransactionWriter<'_>, item: usize, list: &[Adjustment]) -> Result<(), WriteError> {
    for run in list.chunk_by(|one, next| one.group == next.group).flat_map(|run| run.chunks(6)) {
        let group = run.first().and_then(|adjustment| adjustment.group.code());
        let what = "an adjustment has a group that is no code by shape";
        let group = group.ok_or(WriteError::NoPlace { item, what })?;
        set.segment("CAS", |cas| {
            cas.text(group);
            for adjustment in run {
                cas.text(adjustment.reason.as_str()).text(&adjustment.amount.to_x12());
                cas.text(adjustment.quantity.as_ref().map_or("", |quantity| quantity.text()));
            }
        })?;
    }
    Ok(())
}

/// PLB: those that follow one another for the same provider and period share a segment, six at most.
fn provider_adjustments(set: &mut TransactionWriter<'_>, list: &[ProviderAdjustment]) -> Result<(), WriteError> {
    let same = |one: &ProviderAdjustment, next: &ProviderAdjustment| {
        one.provider == next.provider && one.fiscal_period == next.fiscal_period
    };
    for run in list.chunk_by(same).flat_map(|run| run.chunks(6)) {
        let Some(first) = run.first() else { continue };
        set.segment("PLB", |plb| {
            plb.text(&first.provider).text(&first.fiscal_period.map(d8).unwrap_or_default());
            for adjustment in run {
                let reference = adjustment.reference.as_ref().map_or("", |reference| reference.expose().as_str());
                plb.composite(&[&adjustment.reason, reference]).text(&adjustment.amount.to_x12());
            }
        })?;
    }
    Ok(())
}
