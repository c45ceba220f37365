//! Institutional claims by type of bill and revenue code.

use super::checks;
use super::claim::{Claim, Line};
use super::professional::has_trip;
use crate::check::finding::ElementPlace;
use crate::check::unit::Sayings;
use superbill_hcpcs::Category;

/// Lines of prospective payment: nursing facility, home health, rehabilitation.
const RATE_LINES: [&[u8]; 3] = [b"0022", b"0023", b"0024"];

pub(super) fn check(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let bill = claim.clm.component(5, 1);
    for line in &claim.lines {
        rate(line, sayings);
        accommodation(line, sayings);
        if line.revenue == b"0636" && !line.has_code() {
            let message = "a drug with revenue code 0636 has its HCPCS code (SV202)";
            sayings.element(&checks::DETAILED_DRUG, &line.service, 2, message);
        }
        if claim.is_medicare() {
            therapy(bill, line, sayings);
            ambulance(bill, line, sayings);
        }
    }
    if !claim.is_medicare() {
        return;
    }
    match bill {
        b"32" => home_health(claim, sayings),
        b"71" => rural_clinic(claim, sayings),
        b"72" => renal(claim, sayings),
        b"77" => health_center(claim, sayings),
        b"81" | b"82" => hospice(claim, sayings),
        b"13" | b"76" | b"85" => partial_hospitalization(claim, sayings),
        _ => {}
    }
    ambulance_zip(claim, sayings);
}

fn rate(line: &Line<'_, '_>, sayings: &mut Sayings) {
    let place = ElementPlace::component(2, 1);
    match (RATE_LINES.contains(&line.revenue), line.qualifier == b"HP") {
        (true, false) => {
            let message =
                "a line with revenue code 0022, 0023 or 0024 has the HIPPS rate code, qualified by HP (SV202)";
            sayings.place(&checks::RATE_CODE, &line.service, place, message);
        }
        (false, true) => {
            let message = "a HIPPS rate code (HP) stands on a line with revenue code 0022, 0023 or 0024";
            sayings.place(&checks::RATE_CODE_LINE, &line.service, place, message);
        }
        _ => {}
    }
}

fn accommodation(line: &Line<'_, '_>, sayings: &mut Sayings) {
    let is_room = matches!(line.revenue, [b'0', b'1', b'0'..=b'9', _] | [b'0', b'2', b'0' | b'1', _]);
    if is_room && !matches!(line.service.element(4), b"DA" | b"") {
        sayings.element(&checks::ACCOMMODATION_DAYS, &line.service, 4, "room and board is counted in days: DA (SV204)");
    }
}

/// Outpatient physical, occupational and speech therapy.
fn therapy(bill: &[u8], line: &Line<'_, '_>, sayings: &mut Sayings) {
    let is_outpatient = matches!(bill, b"12" | b"13" | b"22" | b"23" | b"34" | b"74" | b"75" | b"85");
    let (modifier, words): (&[u8], _) = match line.revenue {
        [b'0', b'4', b'2', _] => (b"GP", "physical therapy has GP"),
        [b'0', b'4', b'3', _] => (b"GO", "occupational therapy has GO"),
        [b'0', b'4', b'4', _] => (b"GN", "speech-language pathology has GN"),
        _ => return,
    };
    if is_outpatient && line.has_code() && !line.has_modifier(&[modifier]) {
        let message = format!("a line of {words}, for the plan of care (SV202-3)");
        sayings.place(&checks::THERAPY_MODIFIER, &line.service, ElementPlace::component(2, 3), message);
    }
}

fn ambulance(bill: &[u8], line: &Line<'_, '_>, sayings: &mut Sayings) {
    // In an inpatient's stay, the ambulance is part of it.
    if line.revenue != b"0540" || matches!(bill, b"11" | b"18" | b"21" | b"41") {
        return;
    }
    let is_ambulance = line.hcpcs.is_some_and(|code| Category::of(code) == Category::Transport);
    if !is_ambulance || !has_trip(line) {
        let message =
            "a line with revenue code 0540 has an ambulance code and a modifier that says from where to where (SV202)";
        sayings.element(&checks::AMBULANCE_LINE, &line.service, 2, message);
    }
}

fn ambulance_zip(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let is_trip = claim.lines.iter().any(|line| line.revenue == b"0540");
    let is_outpatient = !matches!(claim.clm.component(5, 1), b"11" | b"18" | b"21" | b"41");
    if is_trip && is_outpatient && !claim.has_bill_code(b"BE", |code| code == b"A0") {
        let message = "an ambulance claim has the ZIP code of the pick-up as value code A0 (HI*BE)";
        sayings.missing(&checks::AMBULANCE_ZIP, &claim.clm, "HI", "2300", message);
    }
}

fn home_health(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    // What is not paid has no payment period.
    let is_paid = claim.clm.component(5, 3) != b"0";
    if is_paid && !claim.lines.iter().any(|line| line.revenue == b"0023") {
        let message = "a home health claim has the line of its payment period, with revenue code 0023";
        sayings.missing(&checks::HOME_HEALTH_RATE, &claim.clm, "SV2", "2400", message);
    }
    let is_visit = |revenue: &[u8]| matches!(revenue, [b'0', b'4', b'2'..=b'4', _] | [b'0', b'5', b'5'..=b'7', _]);
    for line in claim.lines.iter().filter(|line| is_visit(line.revenue) && !line.has_code()) {
        let message = "a home health visit has the HCPCS code of its discipline (SV202)";
        sayings.element(&checks::HOME_HEALTH_VISIT, &line.service, 2, message);
    }
}

fn hospice(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let is_level = |revenue: &[u8]| matches!(revenue, b"0651" | b"0652" | b"0655" | b"0656");
    let is_located =
        |line: &Line<'_, '_>| line.hcpcs.is_some_and(|code| super::numbers::within(code, "Q5001", "Q5010"));
    for line in claim.lines.iter().filter(|line| is_level(line.revenue) && !is_located(line)) {
        let message = "a level of hospice care says where it was given by Q5001 to Q5010 (SV202)";
        sayings.element(&checks::HOSPICE_LOCATION, &line.service, 2, message);
    }
}

fn renal(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let has_value = |wanted: &[u8]| claim.has_bill_code(b"BE", |code| code == wanted);
    if !has_value(b"A8") || !has_value(b"A9") {
        let message = "a dialysis claim has the patient's weight (value code A8) and height (A9)";
        sayings.missing(&checks::RENAL_SIZE, &claim.clm, "HI", "2300", message);
    }
    if !claim.has_bill_code(b"BG", |code| matches!(code, [b'7', b'1'..=b'6'])) {
        let message = "a dialysis claim says in which setting: one of condition codes 71 to 76";
        sayings.missing(&checks::RENAL_SETTING, &claim.clm, "HI", "2300", message);
    }
}

fn partial_hospitalization(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    if !claim.has_bill_code(b"BG", |code| code == b"41") {
        return;
    }
    let is_therapy = |revenue: &[u8]| matches!(revenue, [b'0', b'9', b'0' | b'1', _]);
    for line in claim.lines.iter().filter(|line| is_therapy(line.revenue) && !line.has_code()) {
        let message = "a service of partial hospitalization (condition code 41) has its HCPCS code (SV202)";
        sayings.element(&checks::PARTIAL_HOSPITALIZATION, &line.service, 2, message);
    }
}

fn health_center(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    let is_visit = |line: &Line<'_, '_>| line.hcpcs.is_some_and(|code| super::numbers::within(code, "G0466", "G0470"));
    if !claim.lines.iter().any(is_visit) {
        let message = "a federally qualified health center bills each visit by one of G0466 to G0470";
        sayings.missing(&checks::HEALTH_CENTER_VISIT, &claim.clm, "SV2", "2400", message);
    }
}

fn rural_clinic(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    if !claim.lines.iter().any(|line| line.has_modifier(&[b"CG"])) {
        let message = "a rural health clinic marks the line of the visit with CG";
        sayings.missing(&checks::RURAL_CLINIC_VISIT, &claim.clm, "SV2", "2400", message);
    }
}
