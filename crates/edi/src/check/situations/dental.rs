//! What dental claims ask for.

use super::parts::{ClaimParts, repeated};
use super::rule::Run::Claim;
use super::rule::{D, rules};
use crate::check::catalogue::Acknowledged::{No, Segment};
use crate::check::unit::Sayings;

rules! {
    DENTAL_DATE = "dental-date", Error, Segment("I6"), D, Claim(service_date), "a dental service that was done has no date", "837D 2300, 2400 DTP*472";
    PREDETERMINATION_DATE = "predetermination-date", Warning, No, D, Claim(predetermination_date), "a predetermination has dates of service", "837D CLM19 PB, DTP*472";
    PLACEMENT_DATE = "placement-date", Warning, No, D, Claim(placement_date), "orthodontics without the date on which the appliance was placed", "837D 2300 DN1, DTP*452";
    PRIOR_PLACEMENT = "prior-placement", Error, Segment("I6"), D, Claim(prior_placement), "a replaced prosthesis has no date of its prior placement", "837D 2400 SV305, DTP*441";
    TOOTH_AGAIN = "tooth-again", Warning, No, D, Claim(tooth_again), "a line names a tooth twice", "837D 2400 TOO";
}

fn is_predetermination(claim: &ClaimParts<'_>) -> bool {
    claim.clm.element(19) == b"PB"
}

fn service_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if is_predetermination(claim) || claim.claim().with("2300", "DTP", "472").is_some() {
        return;
    }
    for line in claim.lines().filter(|line| line.with("2400", "DTP", "472").is_none()) {
        if let Some(number) = line.opening() {
            let message = "the date of service (DTP*472) must be at the claim or at the line, but on predeterminations (CLM19 PB)";
            sayings.missing(&DENTAL_DATE, number, "DTP", "2400", message);
        }
    }
}

fn predetermination_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if !is_predetermination(claim) {
        return;
    }
    let line = claim.all_lines().with("2400", "DTP", "472");
    if let Some(date) = claim.claim().with("2300", "DTP", "472").or(line) {
        let message = "a predetermination (CLM19 PB) asks before the service: leave the date of service out";
        sayings.segment(&PREDETERMINATION_DATE, date, message);
    }
}

fn placement_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(dn1) = claim.claim().first("2300", "DN1")
        && !is_predetermination(claim)
        && claim.claim().with("2300", "DTP", "452").is_none()
        && claim.all_lines().with("2400", "DTP", "452").is_none()
    {
        let message = "orthodontics (DN1) should have the date on which the appliance was placed (DTP*452)";
        sayings.missing(&PLACEMENT_DATE, dn1, "DTP", "2300", message);
    }
}

fn prior_placement(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        let Some(service) = line.first("2400", "SV3").filter(|service| service.element(5) == b"R") else { continue };
        let has = |qualifier| line.with("2400", "DTP", qualifier).is_some();
        if !has("441") && !has("139") {
            let message = "a replaced prosthesis (SV305 R) needs the date of its prior placement (DTP*441, or 139 for an estimate)";
            sayings.missing(&PRIOR_PLACEMENT, service, "DTP", "2400", message);
        }
    }
}

fn tooth_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        for tooth in repeated(line.of("2400", "TOO").map(|tooth| (tooth.element(2), tooth))) {
            sayings.element(&TOOTH_AGAIN, tooth, 2, "the line names this tooth twice: put its surfaces in one TOO");
        }
    }
}
