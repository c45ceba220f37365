//! What professional claims ask for by the kind of service.
//!
//! Procedure codes are named only as ranges, or singly where a rule of the payer names them.

use super::parts::{ClaimParts, Part, amount};
use super::rule::Run::Claim;
use super::rule::{P, rules};
use crate::check::balance::Amount;
use crate::check::catalogue::Acknowledged::{No, Segment};
use crate::check::placed::Seen;
use crate::check::unit::Sayings;

rules! {
    ADMISSION_DATE = "inpatient-visit-admission", Error, Segment("I6"), P, Claim(admission_date), "an inpatient visit has no admission date", "837P 2300 DTP*435";
    AMBULANCE = "ambulance-transport", Error, Segment("I6"), P, Claim(ambulance), "an ambulance claim says nothing of the transport", "837P 2300, 2400 CR1";
    AMBULANCE_PICK_UP = "ambulance-pick-up", Error, Segment("I7"), P, Claim(pick_up), "an ambulance claim has no place of pick-up", "837P 2310E, 2420G";
    AMBULANCE_DROP_OFF = "ambulance-drop-off", Error, Segment("I7"), P, Claim(drop_off), "an ambulance claim has no place of drop-off", "837P 2310F, 2420H";
    AMBULANCE_FACILITY = "ambulance-facility", Warning, No, P, Claim(ambulance_facility), "an ambulance claim has a service facility", "837P 2310C, note";
    PATIENT_COUNT = "patient-count", Warning, No, P, Claim(patient_count), "an ambulance transports one patient, and counts them", "837P 2400 QTY*PT";
    ACUTE_MANIFESTATION = "acute-manifestation", Error, Segment("I6"), P, Claim(acute_manifestation), "spinal manipulation of an acute condition has no date of its manifestation", "837P 2300 DTP*453, CR208";
    RECERTIFICATION_DATE = "recertification-date", Error, Segment("I6"), P, Claim(recertification), "a renewed or revised certification has no date", "837P 2400 DTP*607, CR301";
    THERAPY_DATE = "therapy-date", Error, Segment("I6"), P, Claim(therapy), "a certification has no date of the begin of therapy", "837P 2400 DTP*463, CR3";
    CERTIFICATION_DATE = "certification-date", Error, Segment("I6"), P, Claim(certification), "a certification has no date of the last one", "837P 2400 DTP*461, CR3";
    CONDITION_COUNT = "condition-count", Error, Segment("5"), P, Claim(condition_count), "a line has more than three conditions (CRC)", "837P 2400 CRC, note";
    EQUIPMENT_CODE = "equipment-code", Warning, No, P, Claim(equipment_code), "the equipment is not that of the line", "837P 2400 SV501-2, SV101-2";
    ANESTHESIA_MINUTES = "anesthesia-minutes", Warning, No, P, Claim(anesthesia_minutes), "anesthesia is not counted in minutes", "837P SV103; Medicare Claims Processing Manual, chapter 12, section 50";
    MINUTES = "minutes", Warning, No, P, Claim(minutes), "a service that is no anesthesia is counted in minutes", "837P SV103";
    MAMMOGRAPHY = "mammography-certification", Warning, No, P, Claim(mammography), "mammography has no certification number", "837P 2300, 2400 REF*EW; 42 CFR 410.34";
    PURCHASED_SERVICE = "purchased-service", Warning, No, P, Claim(purchased), "a purchased service has no provider it was purchased from", "837P 2400 PS1, 2420B";
}

/// The procedure of a line, where it is HCPCS.
fn procedure<'k>(service: &Seen<'k>) -> &'k [u8] {
    let mut components = service.components(service.element(1));
    if components.next() == Some(b"HC") { components.next().unwrap_or_default() } else { &[] }
}

fn services<'p, 'k: 'p>(claim: &'p ClaimParts<'k>) -> impl Iterator<Item = &'p Seen<'k>> {
    claim.all_lines().of("2400", "SV1")
}

fn is_between(code: &[u8], first: &[u8], last: &[u8]) -> bool {
    code.len() == 5 && code >= first && code <= last
}

fn admission_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    // Inpatient hospital, inpatient psychiatric, comprehensive inpatient rehabilitation.
    if matches!(claim.place(), b"21" | b"51" | b"61") && claim.claim().with("2300", "DTP", "435").is_none() {
        let message = "the place of service is inpatient: the date of admission (DTP*435) must be there";
        sayings.missing(&ADMISSION_DATE, &claim.clm, "DTP", "2300", message);
    }
}

fn ambulance(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if claim.is_ambulance && !claim.claim().has("2300", "CR1") && !claim.all_lines().has("2400", "CR1") {
        let message = "an ambulance claim must say how and why the patient was transported (CR1)";
        sayings.missing(&AMBULANCE, &claim.clm, "CR1", "2300", message);
    }
}

fn pick_up(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if claim.is_ambulance && !claim.claim().has("2310E", "NM1") && !claim.all_lines().has("2420G", "NM1") {
        let message = "an ambulance claim must say where the patient was picked up (loop 2310E)";
        sayings.missing(&AMBULANCE_PICK_UP, &claim.clm, "NM1", "2310E", message);
    }
}

fn drop_off(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if claim.is_ambulance && !claim.claim().has("2310F", "NM1") && !claim.all_lines().has("2420H", "NM1") {
        let message = "an ambulance claim must say where the patient was brought (loop 2310F)";
        sayings.missing(&AMBULANCE_DROP_OFF, &claim.clm, "NM1", "2310F", message);
    }
}

fn ambulance_facility(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(name) = claim.claim().first("2310C", "NM1").filter(|_| claim.is_ambulance) {
        let message =
            "an ambulance claim has places of pick-up and drop-off instead of a service facility: leave it out";
        sayings.segment(&AMBULANCE_FACILITY, name, message);
    }
}

fn patient_count(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for quantity in claim.all_lines().of("2400", "QTY").filter(|quantity| quantity.element(1) == b"PT") {
        if amount(quantity, 2).zip(Amount::read(b"1")).is_some_and(|(count, one)| count <= one) {
            let message =
                "patients are counted (QTY*PT) only where an ambulance transported more than one: leave it out";
            sayings.element(&PATIENT_COUNT, quantity, 2, message);
        }
    }
}

fn acute_manifestation(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let is_medicare = claim.subscriber().is_some_and(|sbr| sbr.element(9) == b"MB");
    if let Some(cr2) = claim.claim().first("2300", "CR2")
        && is_medicare
        && matches!(cr2.element(8), b"A" | b"M")
        && claim.claim().with("2300", "DTP", "453").is_none()
    {
        let message = "the condition is acute (CR208) and the payer is Medicare: the date of its manifestation (DTP*453) must be there";
        sayings.missing(&ACUTE_MANIFESTATION, cr2, "DTP", "2300", message);
    }
}

/// Lines with a certification of equipment (CR3) that lack a date.
fn without<'p, 'k: 'p>(claim: &'p ClaimParts<'k>, date: &'static str) -> impl Iterator<Item = &'p Seen<'k>> {
    let lacks = move |line: &Part<'p, 'k>| line.with("2400", "DTP", date).is_none();
    claim.lines().filter(lacks).filter_map(|line| line.first("2400", "CR3"))
}

fn recertification(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for cr3 in without(claim, "607").filter(|cr3| matches!(cr3.element(1), b"R" | b"S")) {
        let message = "a renewed or revised certification (CR301 R or S) needs its date (DTP*607)";
        sayings.missing(&RECERTIFICATION_DATE, cr3, "DTP", "2400", message);
    }
}

fn therapy(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for cr3 in without(claim, "463") {
        let message = "a certification (CR3) needs the date on which the therapy began (DTP*463)";
        sayings.missing(&THERAPY_DATE, cr3, "DTP", "2400", message);
    }
}

fn certification(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for cr3 in without(claim, "461") {
        let message = "a certification (CR3) needs the date on which it was signed (DTP*461)";
        sayings.missing(&CERTIFICATION_DATE, cr3, "DTP", "2400", message);
    }
}

fn condition_count(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        if let Some(fourth) = line.of("2400", "CRC").nth(3) {
            sayings.segment(
                &CONDITION_COUNT,
                fourth,
                "a line has at most three conditions (CRC), of all kinds together",
            );
        }
    }
}

fn equipment_code(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        let Some((equipment, service)) = line.first("2400", "SV5").zip(line.first("2400", "SV1")) else { continue };
        if equipment.component(1, 2) != service.component(1, 2) {
            let message = "the procedure of the equipment (SV501) must be that of the line (SV101)";
            sayings.element(&EQUIPMENT_CODE, equipment, 1, message);
        }
    }
}

/// The codes of anesthesia: 00100 to 01999.
fn is_anesthesia(code: &[u8]) -> bool {
    is_between(code, b"00100", b"01999") && code.iter().all(u8::is_ascii_digit)
}

fn anesthesia_minutes(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for service in services(claim) {
        // 01996 is counted by the day.
        if is_anesthesia(procedure(service)) && procedure(service) != b"01996" && service.element(3) == b"UN" {
            let message = "the time of anesthesia is counted in minutes: SV103 should be MJ";
            sayings.element(&ANESTHESIA_MINUTES, service, 3, message);
        }
    }
}

fn minutes(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for service in services(claim) {
        if service.element(3) == b"MJ" && !procedure(service).is_empty() && !is_anesthesia(procedure(service)) {
            let message = "minutes (SV103 MJ) are for anesthesia: other services are counted in units (UN)";
            sayings.element(&MINUTES, service, 3, message);
        }
    }
}

fn mammography(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if claim.claim().with("2300", "REF", "EW").is_some() {
        return;
    }
    for line in claim.lines() {
        let Some(service) = line.first("2400", "SV1") else { continue };
        // Mammography: 77065 to 77067.
        if is_between(procedure(service), b"77065", b"77067") && line.with("2400", "REF", "EW").is_none() {
            let message = "mammography needs the number of the facility's certification (REF*EW)";
            sayings.missing(&MAMMOGRAPHY, service, "REF", "2300", message);
        }
    }
}

fn purchased(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        if let Some(ps1) = line.first("2400", "PS1").filter(|_| !line.has("2420B", "NM1")) {
            let message =
                "the service was purchased (PS1): the provider it was purchased from (loop 2420B) should be there";
            sayings.missing(&PURCHASED_SERVICE, ps1, "NM1", "2420B", message);
        }
    }
}
