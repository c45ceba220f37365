//! Providers of a claim.

use super::parts::{ClaimParts, Part};
use super::rule::Run::{Claim, Level};
use super::rule::{CLAIMS, P, rules};
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::placed::Seen;
use crate::check::unit::Sayings;

rules! {
    BILLING_NPI = "billing-npi", Warning, No, CLAIMS, Level(billing_npi), "the billing provider has no NPI", "837 2010AA NM109; 45 CFR 162.410";
    PROVIDER_IDENTIFIER = "provider-identifier", Warning, No, CLAIMS, Claim(provider_identifier), "a provider has neither an NPI nor another identifier", "837 2310, 2420 NM109, REF; 45 CFR 162.410";
    RENDERING_SAME = "rendering-same", Warning, No, CLAIMS, Claim(rendering_same), "the rendering provider is the billing provider", "837 rendering provider, NM1";
    LINE_RENDERING_SAME = "line-rendering-same", Warning, No, CLAIMS, Claim(line_rendering_same), "a line's rendering provider is that of the claim", "837 2420 rendering provider, NM1";
    FACILITY_SAME = "facility-same", Warning, No, CLAIMS, Claim(facility_same), "the service facility is the billing provider", "837 service facility, NM1";
    PRIMARY_CARE_ALONE = "primary-care-alone", Error, Segment("I6"), P, Claim(primary_care_alone), "a primary care provider (P3) stands without a referring provider (DN)", "837P 2310A, note";
    PROVIDER_FIRST_NAME = "provider-first-name", Warning, No, CLAIMS, Claim(provider_first_name), "a provider who is a person has no first name", "837 2310, 2420 NM104";
    PAY_TO_PLAN = "pay-to-plan", Error, Element("I12"), CLAIMS, Claim(pay_to_plan), "a pay-to plan stands in a file that is no subrogation (BHT06 31)", "837 2010AC, note";
    TELEPHONE = "telephone", Warning, No, CLAIMS, Level(telephone), "a telephone number has not ten digits", "837 PER, note";
}

/// Qualifiers of NM101 that name a provider.
const PROVIDERS: [&[u8]; 11] = [b"82", b"DN", b"P3", b"DQ", b"DK", b"71", b"72", b"ZZ", b"QB", b"DD", b"77"];

fn billing_npi(level: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(name) = level.first("2010AA", "NM1").filter(|name| name.element(9).is_empty()) {
        let message = "the billing provider has no NPI (NM109): only a provider who cannot get one is billed without";
        sayings.element(&BILLING_NPI, name, 9, message);
    }
}

fn is_provider(seen: &Seen<'_>) -> bool {
    seen.segment.id() == "NM1" && PROVIDERS.contains(&seen.element(1))
}

/// The providers of claim and lines, each with what stands in its loop.
fn providers<'p, 'k: 'p>(claim: &'p ClaimParts<'k>) -> impl Iterator<Item = (&'p Seen<'k>, Part<'p, 'k>)> {
    let loops = |part: Part<'p, 'k>| {
        part.0.chunk_by(|one, next| one.placed.loop_ == next.placed.loop_ && next.segment.id() != "NM1").map(Part)
    };
    loops(claim.claim())
        .chain(loops(claim.all_lines()))
        .filter_map(|part| part.opening().filter(|opening| is_provider(opening)).map(|name| (name, part)))
}

fn provider_identifier(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for (name, part) in providers(claim) {
        // A place need not be a provider of its own.
        let is_place = name.element(1) == b"77";
        if !is_place && name.element(9).is_empty() && !part.all().any(|seen| seen.segment.id() == "REF") {
            let message = "the provider has no NPI (NM109) and no other identifier (REF)";
            sayings.element(&PROVIDER_IDENTIFIER, name, 9, message);
        }
    }
}

fn provider_first_name(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for (name, _) in providers(claim) {
        if name.element(2) == b"1" && name.element(4).is_empty() && !name.element(3).is_empty() {
            let message = "the provider is a person and has no first name (NM104)";
            sayings.element(&PROVIDER_FIRST_NAME, name, 4, message);
        }
    }
}

fn billing<'k>(claim: &ClaimParts<'k>) -> &'k [u8] {
    claim.above().first("2010AA", "NM1").map_or(&[], |name| name.element(9))
}

fn of_claim<'p, 'k>(claim: &'p ClaimParts<'k>, qualifier: &[u8]) -> Option<&'p Seen<'k>> {
    claim.claim().all().find(|seen| seen.segment.id() == "NM1" && seen.element(1) == qualifier)
}

fn rendering_same(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(name) = of_claim(claim, b"82").filter(|name| !name.element(9).is_empty())
        && name.element(9) == billing(claim)
    {
        let message = "the rendering provider is the billing provider: leave the loop out";
        sayings.element(&RENDERING_SAME, name, 9, message);
    }
}

fn line_rendering_same(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let above = of_claim(claim, b"82").map_or(billing(claim), |name| name.element(9));
    for name in claim.all_lines().all().filter(|seen| seen.segment.id() == "NM1" && seen.element(1) == b"82") {
        if !name.element(9).is_empty() && name.element(9) == above {
            let message = "the line's rendering provider is that of the claim: leave the loop out";
            sayings.element(&LINE_RENDERING_SAME, name, 9, message);
        }
    }
}

fn facility_same(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(name) = of_claim(claim, b"77").filter(|name| !name.element(9).is_empty())
        && name.element(9) == billing(claim)
    {
        let message = "the service facility has the billing provider's NPI: a place of his own gets none, and at his own address leave the loop out";
        sayings.element(&FACILITY_SAME, name, 9, message);
    }
}

fn primary_care_alone(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(name) = claim.claim().with("2310A", "NM1", "P3")
        && claim.claim().with("2310A", "NM1", "DN").is_none()
    {
        let message = "a single referring provider has the code DN (NM101); P3 is for a second one";
        sayings.missing(&PRIMARY_CARE_ALONE, name, "NM1", "2310A", message);
    }
}

fn pay_to_plan(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(plan) = claim.above().first("2010AC", "NM1")
        && let Some(bht) = claim.above().all().find(|seen| seen.segment.id() == "BHT")
        && bht.element(6) != b"31"
    {
        let message = "a plan to pay to (2010AC) is only for claims of subrogation (BHT06 31)";
        sayings.segment(&PAY_TO_PLAN, plan, message);
    }
}

fn telephone(level: Part<'_, '_>, sayings: &mut Sayings) {
    for per in level.all().filter(|seen| seen.segment.id() == "PER") {
        for element in [3u8, 5, 7] {
            let number = per.element(usize::from(element) + 1);
            if matches!(per.element(element.into()), b"TE" | b"FX")
                && !number.is_empty()
                && (number.len() != 10 || !number.iter().all(u8::is_ascii_digit))
            {
                let message = "a telephone number is ten digits: area code and number, without 1, blanks or hyphens";
                sayings.element(&TELEPHONE, per, element + 1, message);
            }
        }
    }
}
