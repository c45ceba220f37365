//! What institutional claims ask for by their type of bill.
//!
//! Which bills are inpatient is the National Uniform Billing Committee's to say (837I, section 1.12.6), element by element; only those that are inpatient
//! for each element are named here.

use super::parts::{ClaimParts, period, repeated};
use super::rule::Run::Claim;
use super::rule::{I, rules};
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::Sayings;

rules! {
    ADMISSION = "admission-date", Error, Segment("I6"), I, Claim(admission), "an inpatient claim has no admission date", "837I 2300 DTP*435";
    START_OF_CARE = "start-of-care", Warning, No, I, Claim(start_of_care), "a home health or hospice claim has no start of care", "837I 2300 DTP*435; Medicare Claims Processing Manual, chapter 25, FL 12";
    DISCHARGE_HOUR = "discharge-hour", Error, Segment("I6"), I, Claim(discharge_hour), "a final inpatient claim has no discharge hour", "837I 2300 DTP*096";
    DISCHARGE_HOUR_EARLY = "discharge-hour-early", Error, Segment("I9"), I, Claim(discharge_hour_early), "a claim that is not the last has a discharge hour", "837I 2300 DTP*096";
    STILL_PATIENT = "still-patient", Warning, No, I, Claim(still_patient), "a claim that is not the last says that the patient was discharged", "837I CL103, CLM05-3";
    POINT_OF_ORIGIN = "point-of-origin", Error, Element("I9"), I, Claim(point_of_origin), "an inpatient claim has no point of origin", "837I CL102";
    ADMITTING_DIAGNOSIS = "admitting-diagnosis", Error, Segment("I6"), I, Claim(admitting), "an inpatient claim has no admitting diagnosis", "837I 2300 HI*ABJ";
    ADMITTING_OUTPATIENT = "admitting-outpatient", Warning, No, I, Claim(admitting_outpatient), "an outpatient claim has an admitting diagnosis", "837I 2300 HI*ABJ";
    VISIT_REASON = "visit-reason", Error, Segment("I6"), I, Claim(visit_reason), "an unscheduled outpatient visit has no reason", "837I 2300 HI*APR; Medicare Claims Processing Manual, chapter 25, FL 70";
    VISIT_REASON_INPATIENT = "visit-reason-inpatient", Warning, No, I, Claim(visit_reason_inpatient), "an inpatient claim has a reason for visit", "837I 2300 HI*APR";
    PRESENT_ON_ADMISSION = "present-on-admission", Warning, No, I, Claim(present), "no diagnosis of an inpatient claim says whether it was present on admission", "837I 2300 HI; Public Law 109-171, section 5001(c)";
    PRESENT_OUTPATIENT = "present-outpatient", Warning, No, I, Claim(present_outpatient), "an outpatient diagnosis says whether it was present on admission", "837I 2300 HI";
    PRINCIPAL_PROCEDURE = "principal-procedure", Error, Segment("I6"), I, Claim(principal_procedure), "other procedures stand without a principal one", "837I 2300 HI*BBR, HI*BBQ";
    OUTPATIENT_PROCEDURE = "outpatient-procedure", Warning, No, I, Claim(outpatient_procedure), "an outpatient claim has inpatient procedures", "837I 2300 HI*BBR; 45 CFR 162.1002";
    PROCEDURE_DATE = "procedure-date", Warning, No, I, Claim(procedure_date), "a procedure is later than the statement", "837I 2300 HI*BBR, HI*BBQ, DTP*434";
    SPAN_ORDER = "span-order", Error, Element("8"), I, Claim(span_order), "an occurrence span ends before it begins", "837I 2300 HI*BI";
    CODE_AGAIN = "code-again", Warning, No, I, Claim(code_again), "a condition, occurrence or value code stands twice", "837I 2300 HI*BG, HI*BH, HI*BE; NUBC";
    ATTENDING_PROVIDER = "attending-provider", Error, Segment("I7"), I, Claim(attending), "the attending provider is missing", "837I 2310A";
    OPERATING_PHYSICIAN = "operating-physician", Warning, No, I, Claim(operating), "an inpatient procedure has no operating physician", "837I 2310B";
    TOTAL_LINE = "total-line", Warning, No, I, Claim(total_line), "a line is the total of the claim (revenue code 0001)", "Medicare Claims Processing Manual, chapter 25, FL 42";
}

/// Hospital, swing bed, skilled nursing, and religious non-medical institution.
fn is_inpatient(claim: &ClaimParts<'_>) -> bool {
    matches!(claim.place(), b"11" | b"18" | b"21" | b"41")
}

/// Hospital, ambulatory surgery, and critical access hospital.
fn is_outpatient(claim: &ClaimParts<'_>) -> bool {
    matches!(claim.place(), b"13" | b"14" | b"83" | b"85")
}

/// The values of HI segments with some qualifiers, each with its segment and element.
fn values<'p, 'k: 'p>(
    claim: &'p ClaimParts<'k>,
    qualifiers: &'static [&'static str],
) -> impl Iterator<Item = (&'p Seen<'k>, u8, Vec<&'k [u8]>)> {
    claim.claim().of("2300", "HI").flat_map(move |seen| {
        (1..=u8::MAX).zip(seen.elements()).filter_map(move |(element, value)| {
            let parts: Vec<&[u8]> = seen.components(value).collect();
            let qualifier = parts.first()?;
            let is_it = qualifiers.iter().any(|known| known.as_bytes() == *qualifier);
            is_it.then_some((seen, element, parts))
        })
    })
}

fn has(claim: &ClaimParts<'_>, qualifiers: &'static [&'static str]) -> bool {
    values(claim, qualifiers).next().is_some()
}

const ADMITTING: &[&str] = &["ABJ", "BJ"];
const REASONS: &[&str] = &["APR", "PR"];
const PRINCIPAL_PROCEDURES: &[&str] = &["BBR", "BR", "CAH"];
const PROCEDURES: &[&str] = &["BBR", "BR", "CAH", "BBQ", "BQ"];
const PRESENT: &[&str] = &["ABK", "BK", "ABF", "BF", "ABN", "BN"];

fn admission(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if is_inpatient(claim) && claim.claim().with("2300", "DTP", "435").is_none() {
        let message = "an inpatient claim must have its date of admission (DTP*435)";
        sayings.missing(&ADMISSION, &claim.clm, "DTP", "2300", message);
    }
}

fn start_of_care(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if matches!(claim.place(), b"32" | b"33" | b"81" | b"82") && claim.claim().with("2300", "DTP", "435").is_none() {
        let message = "a home health or hospice claim should have the day on which care began (DTP*435)";
        sayings.missing(&START_OF_CARE, &claim.clm, "DTP", "2300", message);
    }
}

fn discharge_hour(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let is_discharged = claim.claim().first("2300", "CL1").is_none_or(|cl1| cl1.element(3) != b"30");
    if matches!(claim.place(), b"11" | b"18" | b"41")
        && matches!(claim.frequency(), b"1" | b"4")
        && is_discharged
        && claim.claim().with("2300", "DTP", "096").is_none()
    {
        let message = "a final inpatient claim must have the hour of discharge (DTP*096)";
        sayings.missing(&DISCHARGE_HOUR, &claim.clm, "DTP", "2300", message);
    }
}

fn discharge_hour_early(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if matches!(claim.frequency(), b"2" | b"3")
        && let Some(hour) = claim.claim().with("2300", "DTP", "096")
    {
        let message = "the claim is not the last of the stay (CLM05-3): the hour of discharge must be left out";
        sayings.segment(&DISCHARGE_HOUR_EARLY, hour, message);
    }
}

fn still_patient(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if is_inpatient(claim)
        && matches!(claim.frequency(), b"2" | b"3")
        && let Some(cl1) = claim.claim().first("2300", "CL1")
        && !matches!(cl1.element(3), b"30" | b"")
    {
        let message = "the claim is not the last of the stay (CLM05-3): the patient's status (CL103) should be 30, still a patient";
        sayings.element(&STILL_PATIENT, cl1, 3, message);
    }
}

fn point_of_origin(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(cl1) = claim.claim().first("2300", "CL1").filter(|cl1| is_inpatient(claim) && cl1.element(2).is_empty())
    {
        sayings.element(&POINT_OF_ORIGIN, cl1, 2, "an inpatient claim must say where the patient came from (CL102)");
    }
}

fn admitting(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if is_inpatient(claim) && !has(claim, ADMITTING) {
        let message = "an inpatient claim must have its admitting diagnosis (HI*ABJ)";
        sayings.missing(&ADMITTING_DIAGNOSIS, &claim.clm, "HI", "2300", message);
    }
}

fn admitting_outpatient(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some((seen, ..)) = values(claim, ADMITTING).next().filter(|_| is_outpatient(claim)) {
        let message =
            "an outpatient claim has no admitting diagnosis (HI*ABJ), but reasons for the visit (HI*APR): leave it out";
        sayings.segment(&ADMITTING_OUTPATIENT, seen, message);
    }
}

fn visit_reason(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let is_unscheduled =
        claim.claim().first("2300", "CL1").is_some_and(|cl1| matches!(cl1.element(1), b"1" | b"2" | b"5"));
    // Emergency room, urgent care clinics, and observation.
    let is_visit = |code: &[u8]| matches!(code, [b'0', b'4', b'5', _] | b"0516" | b"0526" | b"0762");
    if matches!(claim.place(), b"13" | b"85")
        && is_unscheduled
        && claim.all_lines().of("2400", "SV2").any(|line| is_visit(line.element(1)))
        && !has(claim, REASONS)
    {
        let message = "an unscheduled outpatient visit must have the patient's reason for it (HI*APR)";
        sayings.missing(&VISIT_REASON, &claim.clm, "HI", "2300", message);
    }
}

fn visit_reason_inpatient(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some((seen, ..)) = values(claim, REASONS).next().filter(|_| is_inpatient(claim)) {
        let message = "the reason for a visit (HI*APR) is for outpatient claims: leave it out";
        sayings.segment(&VISIT_REASON_INPATIENT, seen, message);
    }
}

fn is_present_said(parts: &[&[u8]]) -> bool {
    parts.get(8).is_some_and(|present| !present.is_empty())
}

fn present(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    // Single diagnoses may be exempt; all of them seldom are.
    if claim.place() == b"11"
        && let Some((seen, ..)) = values(claim, PRESENT).next()
        && !values(claim, PRESENT).any(|(_, _, parts)| is_present_said(&parts))
    {
        let place = ElementPlace::component(1, 9);
        let message = "no diagnosis says whether it was present on admission (HI, component 9): inpatient claims of most hospitals must";
        sayings.place(&PRESENT_ON_ADMISSION, seen, place, message);
    }
}

fn present_outpatient(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if !is_outpatient(claim) {
        return;
    }
    if let Some((seen, element, _)) = values(claim, PRESENT).find(|(_, _, parts)| is_present_said(parts)) {
        let message = "outpatient diagnoses do not say whether they were present on admission: leave component 9 empty";
        sayings.place(&PRESENT_OUTPATIENT, seen, ElementPlace::component(element, 9), message);
    }
}

fn principal_procedure(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some((seen, ..)) = values(claim, &["BBQ", "BQ"]).next().filter(|_| !has(claim, PRINCIPAL_PROCEDURES)) {
        let message = "other procedures (HI*BBQ) stand without a principal one (HI*BBR)";
        sayings.missing(&PRINCIPAL_PROCEDURE, seen, "HI", "2300", message);
    }
}

fn outpatient_procedure(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some((seen, ..)) = values(claim, &["BBR", "BBQ"]).next().filter(|_| is_outpatient(claim)) {
        let message = "ICD-10-PCS is for inpatient claims: outpatient lines have HCPCS codes (SV202)";
        sayings.segment(&OUTPATIENT_PROCEDURE, seen, message);
    }
}

fn procedure_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(statement) = claim.service else { return };
    for (seen, element, parts) in values(claim, PROCEDURES) {
        let [_, _, qualifier, value, ..] = parts.as_slice() else { continue };
        if period(qualifier, value).is_some_and(|day| day.from > statement.through) {
            let place = ElementPlace::component(element, 4);
            sayings.place(&PROCEDURE_DATE, seen, place, "the procedure is after the statement period (DTP*434)");
        }
    }
}

fn span_order(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for (seen, element, parts) in values(claim, &["BI"]) {
        let [_, _, qualifier, value, ..] = parts.as_slice() else { continue };
        if period(qualifier, value).is_some_and(|span| span.from > span.through) {
            let place = ElementPlace::component(element, 4);
            sayings.place(&SPAN_ORDER, seen, place, "the occurrence span ends before it begins");
        }
    }
}

fn code_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let codes = values(claim, &["BG", "BH", "BE"]).filter_map(|(seen, element, parts)| {
        let (qualifier, code) = (*parts.first()?, *parts.get(1)?);
        Some(((qualifier, code), (seen, element)))
    });
    for (seen, element) in repeated(codes) {
        let place = ElementPlace::component(element, 2);
        sayings.place(&CODE_AGAIN, seen, place, "the condition, occurrence or value code stands twice");
    }
}

fn attending(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    // Transport by ambulance needs none.
    let is_transport = |line: &Seen<'_>| matches!(line.element(1), [b'0', b'5', b'4', _]);
    if !claim.claim().has("2310A", "NM1") && !claim.all_lines().of("2400", "SV2").all(is_transport) {
        let message = "the attending provider (loop 2310A) must be there, but on claims for transport alone";
        sayings.missing(&ATTENDING_PROVIDER, &claim.clm, "NM1", "2310A", message);
    }
}

/// Medical and surgical procedures are those of section 0 of ICD-10-PCS.
fn is_surgery((_, _, parts): &(&Seen<'_>, u8, Vec<&[u8]>)) -> bool {
    parts.get(1).is_some_and(|code| code.first() == Some(&b'0'))
}

fn operating(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if is_inpatient(claim)
        && let Some((seen, ..)) = values(claim, &["BBR"]).find(is_surgery)
        && !claim.claim().has("2310B", "NM1")
    {
        let message = "a surgical procedure needs its operating physician (loop 2310B)";
        sayings.missing(&OPERATING_PHYSICIAN, seen, "NM1", "2310B", message);
    }
}

fn total_line(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.all_lines().of("2400", "SV2").filter(|line| line.element(1) == b"0001") {
        let message = "the total (revenue code 0001) is no line of an electronic claim: CLM02 has it";
        sayings.element(&TOTAL_LINE, line, 1, message);
    }
}
