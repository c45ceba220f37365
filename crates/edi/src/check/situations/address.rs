//! Addresses of levels and claims.

use super::parts::{ClaimParts, Part};
use super::rule::Run::{Claim, Level};
use super::rule::{CLAIMS, rules};
use crate::check::catalogue::Acknowledged::{Element, No};
use crate::check::catalogue::Check;
use crate::check::placed::Seen;
use crate::check::unit::Sayings;

rules! {
    BILLING_PO_BOX = "billing-po-box", Error, Element("I12"), CLAIMS, Level(billing_po_box), "the billing provider's address is a post office box", "837 2010AA N3, note";
    BILLING_ZIP = "billing-zip", Error, Element("I12"), CLAIMS, Level(billing_zip), "the billing provider's ZIP code has not nine digits", "837 2010AA N403";
    FACILITY_ZIP = "facility-zip", Error, Element("I12"), CLAIMS, Claim(facility_zip), "the service facility's ZIP code has not nine digits", "837 2310C, 2310E, 2420C N403";
    STATE = "state-missing", Error, Element("I9"), CLAIMS, Level(level_state), "an address in the United States or Canada has no state", "837 N402";
    CLAIM_STATE = "claim-state-missing", Error, Element("I9"), CLAIMS, Claim(claim_state), "an address of the claim in the United States or Canada has no state", "837 N402";
    ZIP = "zip-missing", Error, Element("I9"), CLAIMS, Level(level_zip), "an address in the United States or Canada has no postal code", "837 N403";
    CLAIM_ZIP = "claim-zip-missing", Error, Element("I9"), CLAIMS, Claim(claim_zip), "an address of the claim in the United States or Canada has no postal code", "837 N403";
    COUNTRY_US = "country-us", Warning, No, CLAIMS, Level(level_country), "an address has the country code of the United States", "837 N404";
    COUNTRY_MISSING = "country-missing", Error, Element("I9"), CLAIMS, Level(level_province), "an address in a Canadian province has no country code", "837 N404";
    PAY_TO_SAME = "pay-to-same", Warning, No, CLAIMS, Level(pay_to_same), "the pay-to address is that of the billing provider", "837 2010AB";
}

const PROVINCES: [&[u8]; 13] =
    [b"AB", b"BC", b"MB", b"NB", b"NL", b"NS", b"NT", b"NU", b"ON", b"PE", b"QC", b"SK", b"YT"];

/// Whether an N4 is in the United States. A province without a country is Canada.
fn is_us(n4: &Seen<'_>) -> bool {
    matches!(n4.element(4), b"" | b"US") && !PROVINCES.contains(&n4.element(2))
}

fn is_us_or_canada(n4: &Seen<'_>) -> bool {
    matches!(n4.element(4), b"" | b"US" | b"CA")
}

fn each<'p, 'k: 'p>(part: Part<'p, 'k>) -> impl Iterator<Item = &'p Seen<'k>> {
    part.all().filter(|seen| seen.segment.id() == "N4")
}

/// The addresses of a claim. Those of other payers and their insured are given as far as they are known.
fn each_of_claim<'p, 'k: 'p>(claim: &'p ClaimParts<'k>) -> impl Iterator<Item = &'p Seen<'k>> {
    each(claim.claim()).chain(each(claim.all_lines()))
}

fn is_box(line: &[u8]) -> bool {
    let text: Vec<u8> = line.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_uppercase).collect();
    let begins = |start: &[u8]| {
        text.strip_prefix(start).is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit) || rest.len() <= 3)
    };
    begins(b"POBOX") || begins(b"POSTOFFICEBOX") || begins(b"LOCKBOX") || begins(b"POB")
}

fn billing_po_box(level: Part<'_, '_>, sayings: &mut Sayings) {
    let Some(n3) = level.first("2010AA", "N3") else { return };
    for element in [1, 2] {
        if is_box(n3.element(element.into())) {
            let message = "the billing provider's address must be a street address: a post office box or lock box belongs in the pay-to address (2010AB)";
            sayings.element(&BILLING_PO_BOX, n3, element, message);
        }
    }
}

fn nine(check: &'static Check, n4: &Seen<'_>, who: &str, sayings: &mut Sayings) {
    let zip = n4.element(3);
    if is_us(n4) && zip.len() == 5 && zip.iter().all(u8::is_ascii_digit) {
        let message = format!("the ZIP code of {who} needs all nine digits");
        sayings.element(check, n4, 3, message);
    }
}

fn billing_zip(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(n4) = level.first("2010AA", "N4") {
        nine(&BILLING_ZIP, n4, "the billing provider", sayings);
    }
}

fn facility_zip(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    // The same loop is another party in another guide: NM101 77 is the facility.
    for loop_id in ["2310C", "2310E"] {
        if claim.claim().with(loop_id, "NM1", "77").is_some()
            && let Some(n4) = claim.claim().first(loop_id, "N4")
        {
            nine(&FACILITY_ZIP, n4, "the service facility", sayings);
        }
    }
    if claim.all_lines().with("2420C", "NM1", "77").is_some() {
        for n4 in claim.all_lines().of("2420C", "N4") {
            nine(&FACILITY_ZIP, n4, "the service facility", sayings);
        }
    }
}

fn state(check: &'static Check, n4: &Seen<'_>, sayings: &mut Sayings) {
    if is_us_or_canada(n4) && n4.element(2).is_empty() {
        sayings.element(check, n4, 2, "an address in the United States or Canada needs its state or province (N402)");
    }
}

fn level_state(level: Part<'_, '_>, sayings: &mut Sayings) {
    each(level).for_each(|n4| state(&STATE, n4, sayings));
}

fn claim_state(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    each_of_claim(claim).for_each(|n4| state(&CLAIM_STATE, n4, sayings));
}

fn zip(check: &'static Check, n4: &Seen<'_>, sayings: &mut Sayings) {
    if is_us_or_canada(n4) && n4.element(3).is_empty() {
        sayings.element(check, n4, 3, "an address in the United States or Canada needs its postal code (N403)");
    }
}

fn level_zip(level: Part<'_, '_>, sayings: &mut Sayings) {
    each(level).for_each(|n4| zip(&ZIP, n4, sayings));
}

fn claim_zip(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    each_of_claim(claim).for_each(|n4| zip(&CLAIM_ZIP, n4, sayings));
}

fn level_country(level: Part<'_, '_>, sayings: &mut Sayings) {
    for n4 in each(level).filter(|n4| n4.element(4) == b"US") {
        let message = "the country code (N404) is only for addresses outside the United States: leave it out";
        sayings.element(&COUNTRY_US, n4, 4, message);
    }
}

fn level_province(level: Part<'_, '_>, sayings: &mut Sayings) {
    for n4 in each(level).filter(|n4| n4.element(4).is_empty() && PROVINCES.contains(&n4.element(2))) {
        let message = "the address is in a Canadian province: the country code (N404) must be CA";
        sayings.element(&COUNTRY_MISSING, n4, 4, message);
    }
}

fn pay_to_same(level: Part<'_, '_>, sayings: &mut Sayings) {
    let same = |id| {
        let (pay_to, billing) = (level.first("2010AB", id)?, level.first("2010AA", id)?);
        (1..=3).all(|element| pay_to.element(element) == billing.element(element)).then_some(pay_to)
    };
    if let Some(n3) = same("N3").filter(|_| same("N4").is_some()) {
        let message = "the pay-to address is the billing provider's own: leave loop 2010AB out";
        sayings.segment(&PAY_TO_SAME, n3, message);
    }
}
