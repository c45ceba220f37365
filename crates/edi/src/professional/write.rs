//! Writing professional claims.

use crate::envelope::{Envelope, Guide};
use crate::error::WriteError;
use crate::fields::d8;
use crate::party::{write_address, write_organization, write_person, write_provider};
use superbill_claim::{
    Assignment, BenefitsAssignment, Claim, DiagnosisCode, MAX_PROFESSIONAL_DIAGNOSES, Person, ProcedureCode, Provider,
    ReleaseOfInformation, ServiceLine,
};
use superbill_x12::TransactionWriter;

const GUIDE: Guide = Guide { functional_id: "HC", set_id: "837", version: "005010X222A1", names_itself: true };
/// The most claims of one transaction set that a receiver must take.
const MOST_CLAIMS: usize = 5000;
/// The most claims of one subscriber or patient level (loop 2300).
const MOST_CLAIMS_OF_A_LEVEL: usize = 100;
/// The most service lines of a claim (loop 2400).
const MOST_LINES: usize = 50;

/// Writes claims as one interchange with one 837 transaction set (ASC X12N 005010X222A1).
///
/// The claims keep their order. Those that follow one another and share the billing provider, the subscriber with the
/// coverage, and the patient share the levels of the hierarchy. Whether a claim is complete is not judged here: the
/// rules do that.
///
/// # Errors
/// [`WriteError`] where a claim says what an 837P has no place for, or a text holds a delimiter.
pub fn write_professional(claims: &[Claim], envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
    if claims.is_empty() {
        return Err(WriteError::Nothing { what: "claim" });
    }
    if claims.len() > MOST_CLAIMS {
        let what = "claims in one transaction set: write several files";
        return Err(WriteError::TooMany { item: MOST_CLAIMS + 1, what, most: MOST_CLAIMS });
    }
    envelope.write(&GUIDE, &[claims], |claims, set| {
        header(set, envelope)?;
        let mut levels = Levels::default();
        let mut before = None;
        for (item, claim) in (1..).zip(claims.iter()) {
            levels.open(set, item, claim, before)?;
            write_claim(set, item, claim)?;
            before = Some(claim);
        }
        Ok(())
    })
}

fn header(set: &mut TransactionWriter<'_>, envelope: &Envelope) -> Result<(), WriteError> {
    set.elements("BHT", &["0019", "00", &envelope.reference, &d8(envelope.date), &envelope.time, "CH"])?;
    let submitter = &envelope.submitter;
    write_organization(set, "41", &submitter.name, "46", &submitter.id)?;
    if let Some(contact) = &submitter.contact {
        let telephone = contact.telephone.as_deref().unwrap_or_default();
        let qualifier = if telephone.is_empty() { "" } else { "TE" };
        set.elements("PER", &["IC", contact.name.as_deref().unwrap_or_default(), qualifier, telephone])?;
    }
    write_organization(set, "40", &envelope.receiver.name, "46", &envelope.receiver.id)?;
    Ok(())
}

/// The open levels of the hierarchy.
#[derive(Default)]
struct Levels {
    last: u64,
    billing: u64,
    subscriber: u64,
    /// Claims of the innermost level so far.
    claims: usize,
}

fn same_subscriber(one: &Claim, other: &Claim) -> bool {
    one.billing_provider == other.billing_provider
        && one.coverage == other.coverage
        && one.subscriber == other.subscriber
        && one.patient.is_some() == other.patient.is_some()
}

impl Levels {
    /// Opens the levels that the claim before has not opened yet.
    fn open(
        &mut self,
        set: &mut TransactionWriter<'_>,
        item: usize,
        claim: &Claim,
        before: Option<&Claim>,
    ) -> Result<(), WriteError> {
        let full = self.claims >= MOST_CLAIMS_OF_A_LEVEL;
        if !before.is_some_and(|before| before.billing_provider == claim.billing_provider) {
            self.last += 1;
            self.billing = self.last;
            self.hl(set, None, "20", true)?;
            billing(set, item, &claim.billing_provider)?;
        }
        let same = before.is_some_and(|before| same_subscriber(before, claim));
        if !same || (full && claim.patient.is_none()) {
            self.last += 1;
            self.subscriber = self.last;
            self.claims = 0;
            self.hl(set, Some(self.billing), "22", claim.patient.is_some())?;
            subscriber(set, item, claim)?;
        }
        if let Some((relationship, person)) = &claim.patient
            && (!same || full || !before.is_some_and(|before| before.patient == claim.patient))
        {
            self.last += 1;
            self.claims = 0;
            self.hl(set, Some(self.subscriber), "23", false)?;
            set.elements("PAT", &[relationship.code()])?;
            write_person(set, "QC", person.name.expose(), "", "")?;
            person_detail(set, item, person)?;
        }
        self.claims += 1;
        Ok(())
    }

    fn hl(
        &self,
        set: &mut TransactionWriter<'_>,
        parent: Option<u64>,
        code: &str,
        children: bool,
    ) -> Result<(), WriteError> {
        set.segment("HL", |hl| {
            hl.number(self.last);
            match parent {
                Some(parent) => hl.number(parent),
                None => hl.empty(),
            };
            hl.text(code).number(u64::from(children));
        })?;
        Ok(())
    }
}

fn billing(set: &mut TransactionWriter<'_>, item: usize, provider: &Provider) -> Result<(), WriteError> {
    if let Some(taxonomy) = &provider.taxonomy {
        set.elements("PRV", &["BI", "PXC", taxonomy])?;
    }
    write_provider(set, "85", provider, item)?;
    if let Some(address) = &provider.address {
        write_address(set, address, item)?;
    }
    match &provider.tax_id {
        Some(tax_id @ superbill_core::TaxId::Ein(_)) => set.elements("REF", &["EI", tax_id.digits()])?,
        Some(tax_id @ superbill_core::TaxId::Ssn(_)) => set.elements("REF", &["SY", tax_id.digits()])?,
        None => {}
    }
    Ok(())
}

fn subscriber(set: &mut TransactionWriter<'_>, item: usize, claim: &Claim) -> Result<(), WriteError> {
    let coverage = &claim.coverage;
    let insured = if claim.patient.is_none() { "18" } else { "" };
    let responsibility = coverage.responsibility.code().to_string();
    let group_number = coverage.group_number.as_ref().map_or("", |number| number.expose().as_str());
    let filing = coverage.filing_indicator.map(|filing| filing.to_string()).unwrap_or_default();
    let group_name = coverage.group_name.as_deref().unwrap_or_default();
    set.elements("SBR", &[&responsibility, insured, group_number, group_name, "", "", "", "", &filing])?;
    write_person(set, "IL", claim.subscriber.name.expose(), "MI", coverage.member_id.expose().as_str())?;
    person_detail(set, item, &claim.subscriber)?;
    write_organization(set, "PR", &coverage.payer.name, "PI", &coverage.payer.id)?;
    if let Some(address) = &coverage.payer.address {
        write_address(set, address, item)?;
    }
    Ok(())
}

fn person_detail(set: &mut TransactionWriter<'_>, item: usize, person: &Person) -> Result<(), WriteError> {
    if let Some(address) = &person.address {
        write_address(set, address.expose(), item)?;
    }
    let birth = person.birth_date.as_ref().map(|date| d8(*date.expose())).unwrap_or_default();
    if !birth.is_empty() || person.sex.is_some() {
        let format = if birth.is_empty() { "" } else { "D8" };
        set.elements("DMG", &[format, &birth, person.sex.map_or("", |sex| sex.code())])?;
    }
    Ok(())
}

fn write_claim(set: &mut TransactionWriter<'_>, item: usize, claim: &Claim) -> Result<(), WriteError> {
    if claim.diagnoses.len() > MAX_PROFESSIONAL_DIAGNOSES {
        return Err(WriteError::TooMany { item, what: "diagnoses", most: MAX_PROFESSIONAL_DIAGNOSES });
    }
    if claim.lines.len() > MOST_LINES {
        return Err(WriteError::TooMany { item, what: "service lines", most: MOST_LINES });
    }
    let unknown = |what| WriteError::NoPlace { item, what };
    let assignment = match claim.assignment {
        Assignment::Assigned => "A",
        Assignment::LaboratoryOnly => "B",
        Assignment::NotAssigned => "C",
        _ => return Err(unknown("an assignment that CLM07 does not have")),
    };
    let benefits = match claim.benefits_assignment {
        BenefitsAssignment::Yes => "Y",
        BenefitsAssignment::No => "N",
        BenefitsAssignment::NotApplicable => "W",
        _ => return Err(unknown("an assignment of benefits that CLM08 does not have")),
    };
    let release = match claim.release_of_information {
        ReleaseOfInformation::Signed => "Y",
        ReleaseOfInformation::InformedConsent => "I",
        _ => return Err(unknown("a release of information that CLM09 does not have")),
    };
    let (place, frequency) = (claim.place_of_service.to_string(), claim.frequency.code().to_string());
    set.segment("CLM", |clm| {
        clm.text(claim.patient_control_number.expose().as_str()).text(&claim.total_charge.to_x12());
        clm.empty().empty().composite(&[&place, "B", &frequency]);
        clm.text(if claim.provider_signature_on_file { "Y" } else { "N" });
        clm.text(assignment).text(benefits).text(release);
    })?;
    if let Some(number) = &claim.prior_authorization {
        set.elements("REF", &["G1", number.expose()])?;
    }
    if let Some(number) = &claim.payer_control_number {
        set.elements("REF", &["F8", number.as_str()])?;
    }
    if !claim.diagnoses.is_empty() {
        diagnoses(set, item, &claim.diagnoses)?;
    }
    if let Some(provider) = &claim.referring_provider {
        lean(item, provider, "the referring provider has a taxonomy, address or tax id: leave it None", false, false)?;
        write_provider(set, "DN", provider, item)?;
    }
    if let Some(provider) = &claim.rendering_provider {
        rendering(set, item, provider)?;
    }
    if let Some(provider) = &claim.service_facility {
        lean(item, provider, "the service facility has a taxonomy or tax id: leave it None", false, true)?;
        write_provider(set, "77", provider, item)?;
        if let Some(address) = &provider.address {
            write_address(set, address, item)?;
        }
    }
    for (number, line) in (1..).zip(&claim.lines) {
        write_line(set, item, number, line)?;
    }
    Ok(())
}

/// Refuses what the loop of a provider has no segment for.
fn lean(item: usize, provider: &Provider, what: &'static str, taxonomy: bool, address: bool) -> Result<(), WriteError> {
    let more = provider.tax_id.is_some()
        || (provider.taxonomy.is_some() && !taxonomy)
        || (provider.address.is_some() && !address);
    if more { Err(WriteError::NoPlace { item, what }) } else { Ok(()) }
}

fn rendering(set: &mut TransactionWriter<'_>, item: usize, provider: &Provider) -> Result<(), WriteError> {
    lean(item, provider, "the rendering provider has an address or tax id: leave it None", true, false)?;
    write_provider(set, "82", provider, item)?;
    if let Some(taxonomy) = &provider.taxonomy {
        set.elements("PRV", &["PE", "PXC", taxonomy])?;
    }
    Ok(())
}

fn diagnoses(set: &mut TransactionWriter<'_>, item: usize, codes: &[DiagnosisCode]) -> Result<(), WriteError> {
    if !codes.iter().all(|code| matches!(code, DiagnosisCode::Icd10Cm(_) | DiagnosisCode::Unrecognized(_))) {
        return Err(WriteError::NoPlace { item, what: "a kind of diagnosis code that HI does not have" });
    }
    set.segment("HI", |hi| {
        for (at, code) in codes.iter().enumerate() {
            match code {
                DiagnosisCode::Icd10Cm(code) => {
                    hi.composite(&[if at == 0 { "ABK" } else { "ABF" }, &code.undotted()]);
                }
                DiagnosisCode::Unrecognized(text) => {
                    // A text that looks like ICD-10-CM and is not comes from the older code lists.
                    let other = DiagnosisCode::from_text(text.expose()).icd10cm().is_some();
                    let qualifier = match (other, at) {
                        (true, 0) => "BK",
                        (true, _) => "BF",
                        (false, 0) => "ABK",
                        (false, _) => "ABF",
                    };
                    hi.composite(&[qualifier, text.expose()]);
                }
                // None by the check before.
                _ => {}
            }
        }
    })?;
    Ok(())
}

/// The text of a procedure code under the qualifier `HC`.
pub(crate) fn procedure_text(procedure: &ProcedureCode, item: usize) -> Result<&str, WriteError> {
    match procedure {
        ProcedureCode::Unrecognized(text) => match ProcedureCode::from_text(text.expose()) {
            ProcedureCode::Unrecognized(_) => Ok(text.expose()),
            _ => Err(WriteError::NoPlace {
                item,
                what: "a procedure of another code system looks like HCPCS and would be read as HCPCS",
            }),
        },
        code => {
            code.as_str().ok_or(WriteError::NoPlace { item, what: "a kind of procedure code that SV1 does not have" })
        }
    }
}

fn write_line(set: &mut TransactionWriter<'_>, item: usize, number: u64, line: &ServiceLine) -> Result<(), WriteError> {
    if line.modifiers.len() > 4 {
        return Err(WriteError::TooMany { item, what: "modifiers on a line", most: 4 });
    }
    if line.diagnosis_pointers.len() > 4 {
        return Err(WriteError::TooMany { item, what: "diagnosis pointers on a line", most: 4 });
    }
    let period = line.date_of_service;
    let date = match period.last() {
        Some(last) if last == period.first() => ("D8", d8(last)),
        _ => {
            let what = "a line has an open date of service: give its last day";
            ("RD8", period.rd8().ok_or(WriteError::NoPlace { item, what })?)
        }
    };
    let mut procedure = ["HC", procedure_text(&line.procedure, item)?, "", "", "", "", ""];
    for (place, modifier) in procedure.iter_mut().skip(2).zip(&line.modifiers) {
        *place = modifier.as_str();
    }
    if let (Some(place), Some(description)) = (procedure.last_mut(), &line.description) {
        *place = description.expose();
    }
    let place = line.place_of_service.map(|place| place.to_string()).unwrap_or_default();
    let pointers: Vec<String> = line.diagnosis_pointers.iter().map(|pointer| pointer.ordinal().to_string()).collect();
    let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
    set.segment("LX", |lx| {
        lx.number(number);
    })?;
    set.segment("SV1", |sv1| {
        sv1.composite(&procedure).text(&line.charge.to_x12()).text(line.unit_basis.code()).text(line.units.text());
        sv1.text(&place).empty().composite(&pointers);
    })?;
    set.elements("DTP", &["472", date.0, &date.1])?;
    if let Some(number) = &line.control_number {
        set.elements("REF", &["6R", number])?;
    }
    if let Some(provider) = &line.rendering_provider {
        rendering(set, item, provider)?;
    }
    Ok(())
}
