//! Who is insured and who is the patient.

use super::parts::{ClaimParts, Part, day};
use super::rule::Run::{Claim, Level};
use super::rule::{CLAIMS, I, P, rules};
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::finding::ElementPlace;
use crate::check::unit::Sayings;

rules! {
    SUBSCRIBER_SELF = "subscriber-self", Error, Element("I9"), CLAIMS, Claim(subscriber_self), "a claim stands at the subscriber, and SBR02 does not say that he is the patient", "837 2000B SBR02";
    SUBSCRIBER_NOT_SELF = "subscriber-not-self", Error, Element("I13"), CLAIMS, Claim(subscriber_not_self), "SBR02 says that the subscriber is the patient, and the claim has another patient", "837 2000B SBR02, 2000C";
    PATIENT_ADDRESS = "patient-address", Error, Segment("I6"), CLAIMS, Claim(patient_address), "the patient is the subscriber and has no address", "837 2010BA N3, N4";
    PATIENT_BIRTH = "patient-birth", Error, Segment("I6"), CLAIMS, Claim(patient_birth), "the patient is the subscriber and has no birth date", "837 2010BA DMG";
    SUBSCRIBER_ID = "subscriber-id", Error, Element("I9"), I, Level(subscriber_id), "a subscriber who is a person has no member identifier", "837I 2010BA NM108, NM109";
    FIRST_NAME = "first-name", Warning, No, CLAIMS, Level(first_name), "a person has no first name", "837 2010BA, 2010CA NM104";
    GROUP_NAME = "group-name", Warning, No, CLAIMS, Level(group_name), "a group has its number and its name", "837 2000B SBR04";
    FILING_INDICATOR = "filing-indicator", Error, Element("I9"), CLAIMS, Level(filing_indicator), "the type of insurance (SBR09) is missing", "837 2000B SBR09";
    OTHER_FILING_INDICATOR = "other-filing-indicator", Error, Element("I9"), CLAIMS, Claim(other_filing_indicator), "the type of another payer's insurance (SBR09) is missing", "837 2320 SBR09";
    MEDICARE_SECONDARY = "medicare-secondary", Error, Element("I9"), P, Level(medicare_secondary), "Medicare pays second, and SBR05 does not say why", "837P 2000B SBR05";
    NOT_MEDICARE_SECONDARY = "not-medicare-secondary", Warning, No, P, Level(not_medicare_secondary), "SBR05 says why Medicare pays second, and the payer is not Medicare or pays first", "837P 2000B SBR05";
    PREGNANT_MALE = "pregnant-male", Warning, No, P, Claim(pregnant_male), "a male patient is said to be pregnant", "837P PAT09, DMG03";
    BIRTH_AFTER_SERVICE = "birth-after-service", Error, No, CLAIMS, Claim(birth_after_service), "the patient is born after the service", "837 DMG02";
    DEATH_BEFORE_SERVICE = "death-before-service", Warning, No, CLAIMS, Claim(death_before_service), "the patient died before the service", "837 PAT06";
    DEATH_BEFORE_BIRTH = "death-before-birth", Error, No, CLAIMS, Claim(death_before_birth), "the patient died before he was born", "837 PAT06, DMG02";
}

fn subscriber_self(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(sbr) = claim.subscriber().filter(|sbr| !claim.has_patient_level && sbr.element(2) != b"18") {
        let message = "the claim stands at the subscriber, so he is the patient: SBR02 must be 18, or the patient gets a level of his own (2000C)";
        sayings.element(&SUBSCRIBER_SELF, sbr, 2, message);
    }
}

fn subscriber_not_self(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(sbr) = claim.subscriber().filter(|sbr| claim.has_patient_level && sbr.element(2) == b"18") {
        let message = "SBR02 says that the subscriber is the patient, and the claim stands at another patient (2000C): leave SBR02 empty";
        sayings.element(&SUBSCRIBER_NOT_SELF, sbr, 2, message);
    }
}

fn patient_address(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if claim.has_patient_level {
        return;
    }
    for id in ["N3", "N4"] {
        if let Some(name) = claim.above().first("2010BA", "NM1").filter(|_| !claim.above().has("2010BA", id)) {
            let message = format!("the subscriber is the patient: his address ({id}) must be there");
            sayings.missing(&PATIENT_ADDRESS, name, id, "2010BA", message);
        }
    }
}

fn patient_birth(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(name) = claim.above().first("2010BA", "NM1")
        && !claim.has_patient_level
        && !claim.above().has("2010BA", "DMG")
    {
        let message = "the subscriber is the patient: his birth date and sex (DMG) must be there";
        sayings.missing(&PATIENT_BIRTH, name, "DMG", "2010BA", message);
    }
}

fn subscriber_id(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(name) = level.first("2010BA", "NM1")
        && name.element(2) == b"1"
        && name.element(9).is_empty()
    {
        sayings.element(&SUBSCRIBER_ID, name, 9, "the subscriber's member identifier (NM109) must be there");
    }
}

fn first_name(level: Part<'_, '_>, sayings: &mut Sayings) {
    for name in level.of("2010BA", "NM1").chain(level.of("2010CA", "NM1")) {
        if name.element(2) == b"1" && name.element(4).is_empty() {
            let message = "the person has no first name (NM104): give it, if he has one";
            sayings.element(&FIRST_NAME, name, 4, message);
        }
    }
}

fn group_name(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(sbr) = level.first("2000B", "SBR")
        && !sbr.element(3).is_empty()
        && !sbr.element(4).is_empty()
    {
        let message = "the name of the group (SBR04) is only for groups without a number (SBR03): leave it out";
        sayings.element(&GROUP_NAME, sbr, 4, message);
    }
}

fn filing_indicator(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(sbr) = level.first("2000B", "SBR").filter(|sbr| sbr.element(9).is_empty()) {
        sayings.element(&FILING_INDICATOR, sbr, 9, "the type of insurance (SBR09) must be there");
    }
}

fn other_filing_indicator(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for sbr in claim.all_others().of("2320", "SBR").filter(|sbr| sbr.element(9).is_empty()) {
        let message = "the type of the other payer's insurance (SBR09) must be there";
        sayings.element(&OTHER_FILING_INDICATOR, sbr, 9, message);
    }
}

fn medicare_secondary(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(sbr) = level.first("2000B", "SBR")
        && matches!(sbr.element(9), b"MA" | b"MB")
        && !matches!(sbr.element(1), b"P" | b"U" | b"")
        && sbr.element(5).is_empty()
    {
        let message = "Medicare is not the first payer: SBR05 must say why";
        sayings.element(&MEDICARE_SECONDARY, sbr, 5, message);
    }
}

fn not_medicare_secondary(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(sbr) = level.first("2000B", "SBR")
        && !sbr.element(5).is_empty()
        && (sbr.element(1) == b"P" || !matches!(sbr.element(9), b"MA" | b"MB" | b"16" | b"ZZ" | b""))
    {
        let message = "SBR05 says why Medicare pays second; the payer is another, or Medicare pays first: leave it out";
        sayings.element(&NOT_MEDICARE_SECONDARY, sbr, 5, message);
    }
}

fn pregnant_male(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(pat) = claim.patient_information()
        && pat.element(9) == b"Y"
        && claim.patient().is_some_and(|patient| patient.element(3) == b"M")
    {
        sayings.element(&PREGNANT_MALE, pat, 9, "the patient is male (DMG03) and said to be pregnant (PAT09)");
    }
}

fn birth_after_service(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some((patient, service)) = claim.patient().zip(claim.service) else { return };
    if day(patient.element(2)).is_some_and(|birth| birth > service.from) {
        sayings.element(&BIRTH_AFTER_SERVICE, patient, 2, "the patient's birth date is after the first day of service");
    }
}

fn death_before_service(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some((pat, service)) = claim.patient_information().zip(claim.service) else { return };
    if day(pat.element(6)).is_some_and(|death| death < service.from) {
        sayings.element(
            &DEATH_BEFORE_SERVICE,
            pat,
            6,
            "the patient's death (PAT06) is before the first day of service",
        );
    }
}

fn death_before_birth(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some((pat, patient)) = claim.patient_information().zip(claim.patient()) else { return };
    if day(pat.element(6)).zip(day(patient.element(2))).is_some_and(|(death, birth)| death < birth) {
        let place = ElementPlace::new(6);
        sayings.place(&DEATH_BEFORE_BIRTH, pat, place, "the patient's death (PAT06) is before his birth (DMG02)");
    }
}
