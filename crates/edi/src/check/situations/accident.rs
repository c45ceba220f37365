//! Accidents and employment.

use super::parts::ClaimParts;
use super::rule::Run::Claim;
use super::rule::{D, P, rules};
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::finding::ElementPlace;
use crate::check::unit::Sayings;

rules! {
    ACCIDENT_DATE = "accident-date", Error, Segment("I6"), P | D, Claim(accident_date), "an accident has no date", "837 2300 DTP*439";
    NO_ACCIDENT = "no-accident", Warning, No, P | D, Claim(no_accident), "the date of an accident stands without an accident", "837 2300 DTP*439";
    ACCIDENT_STATE = "accident-state", Error, Element("I9"), P | D, Claim(accident_state), "an automobile accident has neither a state nor a country", "837 CLM11-4, CLM11-5";
    CAUSE_AGAIN = "cause-again", Warning, No, P | D, Claim(cause_again), "a related cause stands twice", "837 CLM11";
}

/// The related causes (CLM11).
fn causes<'k>(claim: &ClaimParts<'k>) -> impl Iterator<Item = &'k [u8]> + Clone {
    let clm = claim.clm;
    (1..=3).map(move |component| clm.component(11, component)).filter(|cause| !cause.is_empty())
}

fn accident_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if causes(claim).any(|cause| matches!(cause, b"AA" | b"OA")) && claim.claim().with("2300", "DTP", "439").is_none() {
        let message = "the claim is due to an accident (CLM11): its date (DTP*439) must be there";
        sayings.missing(&ACCIDENT_DATE, &claim.clm, "DTP", "2300", message);
    }
}

fn no_accident(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(date) = claim.claim().with("2300", "DTP", "439")
        && causes(claim).next().is_none()
    {
        let message = "the date of an accident is only for claims due to one: say so in CLM11, or leave the date out";
        sayings.segment(&NO_ACCIDENT, date, message);
    }
}

fn accident_state(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let has = |component| !claim.clm.component(11, component).is_empty();
    if causes(claim).any(|cause| cause == b"AA") && !has(4) && !has(5) {
        let message = "an automobile accident needs its state (CLM11-4), or its country if it was abroad (CLM11-5)";
        sayings.place(&ACCIDENT_STATE, &claim.clm, ElementPlace::component(11, 4), message);
    }
}

fn cause_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let mut before: Vec<&[u8]> = Vec::new();
    for (component, cause) in (1..).zip(causes(claim)) {
        if before.contains(&cause) {
            let place = ElementPlace::component(11, component);
            sayings.place(&CAUSE_AGAIN, &claim.clm, place, "a related cause (CLM11) stands twice");
        }
        before.push(cause);
    }
}
