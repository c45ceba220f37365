//! Equipment, supplies and drugs.

use super::checks;
use super::claim::{Claim, Line, Program};
use super::numbers;
use crate::check::unit::Sayings;
use superbill_hcpcs::Category;

/// The first day without certificates of medical necessity.
const CERTIFICATES_ENDED: &[u8; 8] = b"20230101";

/// Bought, rented, or repaired: new, used, rental, and how the patient chose.
const HOW_SUPPLIED: [&[u8]; 11] = [b"NU", b"RR", b"UE", b"BP", b"BR", b"BU", b"KR", b"MS", b"RA", b"RB", b"KH"];

pub(super) fn line(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    if claim.is_medicare() {
        certificate(line, sayings);
    }
    let Some(code) = line.hcpcs else { return };
    match (Category::of(code), claim.program) {
        (Category::Drugs, Program::Medicaid) if !line.has("LIN", b"") => {
            let message = "Medicaid asks for the NDC of a drug that is given by a clinician (loop 2410)";
            sayings.missing(&checks::DRUG_NDC, &line.service, "LIN", "2410", message);
        }
        (
            category @ (Category::Equipment
            | Category::EquipmentTemporary
            | Category::OrthoticsProsthetics
            | Category::Supplies
            | Category::Nutrition),
            Program::Medicare,
        ) => {
            ordered(claim, line, sayings);
            // What is in the oxygen equipment is used up.
            let is_contents = numbers::within(code, "E0441", "E0444");
            if category == Category::Equipment && !is_contents && !line.has_modifier(&HOW_SUPPLIED) {
                let message = "equipment says whether it is bought new (NU), bought used (UE) or rented (RR)";
                sayings.element(&checks::EQUIPMENT_MODIFIER, &line.service, 1, message);
            }
        }
        _ => {}
    }
}

fn ordered(claim: &Claim<'_, '_>, line: &Line<'_, '_>, sayings: &mut Sayings) {
    let is_ordered = line.has("NM1", b"DK") || line.has("NM1", b"DN") || claim.has("NM1", b"DN");
    if !is_ordered {
        let message = "Medicare pays for equipment and supplies that a named provider has ordered (loop 2420E)";
        sayings.missing(&checks::EQUIPMENT_ORDER, &line.service, "NM1", "2420E", message);
    }
}

fn certificate(line: &Line<'_, '_>, sayings: &mut Sayings) {
    let form = line.segments("LQ").find(|form| form.element(1) == b"UT");
    let sent =
        line.segments("CR3").next().or(form).or_else(|| line.segments("PWK").find(|sent| sent.element(1) == b"CT"));
    match sent {
        Some(sent) if line.is_since(CERTIFICATES_ENDED) => {
            let message =
                "Medicare takes no certificate of medical necessity for services since 2023-01-01: leave it out";
            sayings.segment(&checks::CERTIFICATE_ENDED, &sent, message);
        }
        None if line.is_before(CERTIFICATES_ENDED) && line.hcpcs.is_some_and(numbers::is_oxygen) => {
            let message = "oxygen before 2023-01-01 has a certificate of medical necessity (CR3, loop 2440)";
            sayings.missing(&checks::OXYGEN_CERTIFICATE, &line.service, "CR3", "2400", message);
        }
        _ => {}
    }
}
