//! The claim as a whole.

use super::parts::{ClaimParts, Part, amount};
use super::rule::Run::Claim;
use super::rule::{CLAIMS, D, I, P, rules};
use crate::check::balance::Amount;
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::finding::ElementPlace;
use crate::check::unit::Sayings;

rules! {
    ORIGINAL_REFERENCE = "original-reference", Error, Segment("I6"), CLAIMS, Claim(original_reference), "a replacement or void names no claim that it replaces", "837 2300 REF*F8";
    ORIGINAL_WITH_REFERENCE = "original-with-reference", Warning, No, CLAIMS, Claim(original_with_reference), "an original claim names a claim that it replaces", "837 2300 REF*F8";
    ATTACHMENT_NUMBER = "attachment-number", Error, Element("I9"), CLAIMS, Claim(attachment_number), "an attachment that is sent has no control number", "837 PWK05, PWK06";
    NEGATIVE_CHARGE = "negative-charge", Error, No, CLAIMS, Claim(negative_charge), "the total charge is negative", "837 CLM02";
    ZERO_CHARGE = "zero-charge", Warning, No, CLAIMS, Claim(zero_charge), "a chargeable claim charges nothing", "837 CLM02, BHT06";
    PATIENT_PAID = "patient-paid", Warning, No, P | D, Claim(patient_paid), "the patient paid more than the claim charges", "837 2300 AMT*F5";
    PATIENT_DUE = "patient-due", Warning, No, I, Claim(patient_due), "more is due from the patient than the claim charges", "837I 2300 AMT*F3";
    CASUALTY_NUMBER = "casualty-number", Warning, No, CLAIMS, Claim(casualty_number), "an automobile or workers' compensation claim has no number of the insurer", "837 2010BA, 2010CA REF*Y4";
    SCREENING_REFERRAL = "screening-referral", Warning, No, P, Claim(screening_referral), "a line is for EPSDT screening, and the claim says nothing of a referral", "837P 2300 CRC*ZZ";
    SCREENING_CONDITION = "screening-condition", Error, Element("I12"), P | I, Claim(screening_condition), "the answer and the condition of an EPSDT referral do not fit", "837 2300 CRC*ZZ, CRC02, CRC03";
}

fn original_reference(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if matches!(claim.frequency(), b"7" | b"8") && claim.claim().with("2300", "REF", "F8").is_none() {
        let message = "a replacement or void (CLM05-3 7 or 8) must name the payer's number of the claim that it replaces (REF*F8)";
        sayings.missing(&ORIGINAL_REFERENCE, &claim.clm, "REF", "2300", message);
    }
}

fn original_with_reference(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if claim.frequency() == b"1"
        && let Some(reference) = claim.claim().with("2300", "REF", "F8")
    {
        let message = "an original claim (CLM05-3 1) replaces none: leave REF*F8 out, or give the frequency 7 or 8";
        sayings.segment(&ORIGINAL_WITH_REFERENCE, reference, message);
    }
}

fn attachment_number(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for part in [claim.claim(), claim.all_lines()] {
        for pwk in part.all().filter(|seen| seen.segment.id() == "PWK") {
            let is_sent = matches!(pwk.element(2), b"BM" | b"EL" | b"EM" | b"FT" | b"FX");
            if is_sent && pwk.element(6).is_empty() {
                let message = "an attachment that is sent (PWK02) needs its control number (PWK05 AC and PWK06)";
                sayings.element(&ATTACHMENT_NUMBER, pwk, 6, message);
            }
        }
    }
}

fn negative_charge(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if amount(&claim.clm, 2).is_some_and(Amount::is_negative) {
        sayings.element(&NEGATIVE_CHARGE, &claim.clm, 2, "the total charge (CLM02) is negative");
    }
}

fn zero_charge(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let is_chargeable = claim.above().all().any(|seen| seen.segment.id() == "BHT" && seen.element(6) == b"CH");
    if is_chargeable && amount(&claim.clm, 2).is_some_and(Amount::is_zero) {
        let message =
            "the claim is chargeable (BHT06 CH) and charges nothing (CLM02): an encounter is reported with BHT06 RP";
        sayings.element(&ZERO_CHARGE, &claim.clm, 2, message);
    }
}

fn above_charge(claim: &ClaimParts<'_>, qualifier: &str) -> Option<ElementPlace> {
    let stated = amount(claim.claim().with("2300", "AMT", qualifier)?, 2)?;
    (stated > amount(&claim.clm, 2)?).then_some(ElementPlace::new(2))
}

fn patient_paid(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some((paid, place)) = claim.claim().with("2300", "AMT", "F5").zip(above_charge(claim, "F5")) {
        sayings.place(&PATIENT_PAID, paid, place, "the patient paid more (AMT*F5) than the total charge (CLM02)");
    }
}

fn patient_due(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some((due, place)) = claim.claim().with("2300", "AMT", "F3").zip(above_charge(claim, "F3")) {
        sayings.place(&PATIENT_DUE, due, place, "more is due from the patient (AMT*F3) than the total charge (CLM02)");
    }
}

fn casualty_number(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(sbr) = claim.subscriber().filter(|sbr| matches!(sbr.element(9), b"AM" | b"WC")) else { return };
    let has = |loop_id| claim.above().with(loop_id, "REF", "Y4").is_some();
    if !has("2010BA") && !has("2010CA") {
        let message =
            "an automobile or workers' compensation insurer asks for its claim number (REF*Y4 of the patient)";
        sayings.missing(
            &CASUALTY_NUMBER,
            sbr,
            "REF",
            if claim.has_patient_level { "2010CA" } else { "2010BA" },
            message,
        );
    }
}

fn screening<'p, 'k: 'p>(part: Part<'p, 'k>) -> Option<&'p crate::check::placed::Seen<'k>> {
    part.with("2300", "CRC", "ZZ")
}

fn screening_referral(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if screening(claim.claim()).is_some() {
        return;
    }
    if let Some(line) = claim.all_lines().of("2400", "SV1").find(|line| line.element(11) == b"Y") {
        let message =
            "the line is for EPSDT screening (SV111): the claim must say whether the patient was referred (CRC*ZZ)";
        sayings.element(&SCREENING_REFERRAL, line, 11, message);
    }
}

fn screening_condition(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(crc) = screening(claim.claim()) else { return };
    let is_not_used = crc.element(3) == b"NU";
    if (crc.element(2) == b"N" && !is_not_used) || (crc.element(2) == b"Y" && is_not_used) {
        let message =
            "the condition (CRC03) is NU where there was no referral (CRC02 N), and another where there was one";
        sayings.element(&SCREENING_CONDITION, crc, 3, message);
    }
}
