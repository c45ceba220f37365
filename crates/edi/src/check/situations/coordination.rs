//! Other payers, their order and what they adjudicated.

use super::parts::{ClaimParts, Part, repeated};
use super::rule::Run::Claim;
use super::rule::{CLAIMS, rules};
use crate::check::balance::payer_order;
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::unit::Sayings;

rules! {
    PAYER_ORDER_AGAIN = "payer-order-again", Error, Element("I12"), CLAIMS, Claim(payer_order_again), "two payers of a claim have the same place in the order of payers", "837 2000B, 2320 SBR01, note";
    OTHER_PAYER_MISSING = "other-payer-missing", Error, Segment("I7"), CLAIMS, Claim(other_payer_missing), "a payer that is not the first stands alone", "837 2320, situation";
    NO_PRIMARY = "no-primary", Warning, No, CLAIMS, Claim(no_primary), "none of several payers is the first", "837 2000B, 2320 SBR01";
    LATER_PAYER = "later-payer", Warning, No, CLAIMS, Claim(later_payer_paid), "a payer that comes later has adjudicated the claim", "837 2320 CAS, 2430, SBR01";
    COB_PAID_MISSING = "cob-paid-missing", Error, Segment("I6"), CLAIMS, Claim(paid_missing), "another payer adjudicated the claim, and its payment is missing", "837 2320 AMT*D";
    COB_DATE_MISSING = "cob-date-missing", Error, Segment("I6"), CLAIMS, Claim(date_missing), "another payer adjudicated the claim, and the date is missing", "837 2330B, 2430 DTP*573";
    LINE_PAYER = "line-payer", Error, Element("I12"), CLAIMS, Claim(line_payer), "a line was paid by a payer that the claim does not name", "837 2430 SVD01, 2330B NM109";
    LIABILITY_TWICE = "liability-twice", Error, No, CLAIMS, Claim(liability_twice), "what the patient still owes stands at the claim and at its lines", "837 2320 AMT*EAF, note";
    BUNDLED_LINE = "bundled-line", Error, Element("I12"), CLAIMS, Claim(bundled_line), "a line is bundled into one that the claim does not have", "837 2430 SVD06";
}

fn payer_of<'k>(other: Part<'_, 'k>) -> &'k [u8] {
    other.first("2330B", "NM1").map_or(&[], |name| name.element(9))
}

/// The adjudications of lines by a payer.
fn lines_of<'p, 'k: 'p>(claim: &'p ClaimParts<'k>, payer: &'k [u8]) -> impl Iterator<Item = Part<'p, 'k>> {
    let all = claim.lines().flat_map(|line| line.instances("2430"));
    all.filter(move |paid| !payer.is_empty() && paid.opening().is_some_and(|svd| svd.element(1) == payer))
}

fn payer_order_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let own = claim.subscriber().into_iter();
    let all = own.chain(claim.all_others().of("2320", "SBR")).map(|sbr| (sbr.element(1), sbr));
    for sbr in repeated(all.filter(|(place, _)| !matches!(*place, b"U" | b""))) {
        let message = "two payers of the claim have the same place in the order of payers (SBR01)";
        sayings.element(&PAYER_ORDER_AGAIN, sbr, 1, message);
    }
}

fn other_payer_missing(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(sbr) = claim.subscriber()
        && payer_order(sbr.element(1)).is_some_and(|order| order > 0)
        && claim.others().next().is_none()
    {
        let message = "the payer is not the first (SBR01): the one before it must be there (loop 2320)";
        sayings.missing(&OTHER_PAYER_MISSING, &claim.clm, "SBR", "2320", message);
    }
}

fn no_primary(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(sbr) = claim.subscriber() else { return };
    let mut others = claim.all_others().of("2320", "SBR").peekable();
    if others.peek().is_some()
        && !matches!(sbr.element(1), b"P" | b"U")
        && !others.any(|other| matches!(other.element(1), b"P" | b"U"))
    {
        sayings.element(&NO_PRIMARY, sbr, 1, "none of the payers of the claim is the first (SBR01 P)");
    }
}

fn later_payer_paid(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(own) = claim.subscriber().and_then(|sbr| payer_order(sbr.element(1))) else { return };
    for other in claim.others() {
        let is_later = other.opening().and_then(|sbr| payer_order(sbr.element(1))).is_some_and(|order| order > own);
        let line = || lines_of(claim, payer_of(other)).next().and_then(|paid| paid.opening());
        if is_later && let Some(adjusted) = other.first("2320", "CAS").or_else(line) {
            let message =
                "the payer comes after the one that the claim goes to (SBR01), and has adjudicated the claim already";
            sayings.segment(&LATER_PAYER, adjusted, message);
        }
    }
}

fn paid_missing(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for other in claim.others() {
        let is_adjudicated = other.has("2320", "CAS") || lines_of(claim, payer_of(other)).next().is_some();
        let is_open = other.with("2320", "AMT", "D").is_none() && other.with("2320", "AMT", "A8").is_none();
        if let Some(sbr) = other.opening().filter(|_| is_adjudicated && is_open) {
            let message = "the payer adjudicated the claim: what it paid (AMT*D) must be there, 0 if nothing";
            sayings.missing(&COB_PAID_MISSING, sbr, "AMT", "2320", message);
        }
    }
}

fn date_missing(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    // A plan that claims back what it paid states its own payment.
    if claim.above().has("2010AC", "NM1") {
        return;
    }
    for other in claim.others() {
        let is_adjudicated = other.with("2320", "AMT", "D").is_some() || other.has("2320", "CAS");
        let has_date = other.with("2330B", "DTP", "573").is_some()
            || lines_of(claim, payer_of(other)).any(|paid| paid.with("2430", "DTP", "573").is_some());
        if let Some(name) = other.first("2330B", "NM1").filter(|_| is_adjudicated && !has_date) {
            let message =
                "the payer adjudicated the claim: the date (DTP*573) must be there, at the payer or at its lines";
            sayings.missing(&COB_DATE_MISSING, name, "DTP", "2330B", message);
        }
    }
}

fn line_payer(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let payers: Vec<&[u8]> = claim.others().map(payer_of).collect();
    for svd in claim.all_lines().of("2430", "SVD").filter(|svd| !svd.element(1).is_empty()) {
        if !payers.contains(&svd.element(1)) {
            let message =
                "the payer of the line (SVD01) must be one of the other payers of the claim (NM109 of loop 2330B)";
            sayings.element(&LINE_PAYER, svd, 1, message);
        }
    }
}

fn liability_twice(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for other in claim.others() {
        let Some(owed) = other.with("2320", "AMT", "EAF") else { continue };
        if lines_of(claim, payer_of(other)).any(|paid| paid.with("2430", "AMT", "EAF").is_some()) {
            let message = "what the patient still owes (AMT*EAF) stands at the payer's lines too: leave it out here";
            sayings.segment(&LIABILITY_TWICE, owed, message);
        }
    }
}

fn bundled_line(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let mut numbers: Vec<&[u8]> = claim.all_lines().of("2400", "LX").map(|lx| lx.element(1)).collect();
    numbers.sort_unstable();
    for svd in claim.all_lines().of("2430", "SVD").filter(|svd| !svd.element(6).is_empty()) {
        if numbers.binary_search(&svd.element(6)).is_err() {
            let message = "the line is bundled into a line (SVD06) that the claim does not have (LX01)";
            sayings.element(&BUNDLED_LINE, svd, 6, message);
        }
    }
}
