//! Dates of a claim and their order.

use super::parts::{ClaimParts, Part, period_of};
use super::rule::Run::Claim;
use super::rule::{CLAIMS, D, I, P, rules};
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::placed::Seen;
use crate::check::unit::Sayings;

rules! {
    PERIOD_ORDER = "period-order", Error, Element("8"), CLAIMS, Claim(period_order), "a period ends before it begins", "837 DTP03";
    LATER_EVENT = "later-event", Warning, No, P | D, Claim(later_event), "an event before the service is dated after it", "837 2300 DTP 431, 439, 453, 454, 484";
    ADMISSION_ORDER = "admission-order", Error, No, P | I, Claim(admission_order), "the patient is discharged before the admission", "837 DTP 435, 096, 434";
    DISABILITY_ORDER = "disability-order", Warning, No, P, Claim(disability_order), "a disability ends before it begins", "837P 2300 DTP 360, 361";
    STATEMENT_COVERS = "statement-covers", Warning, No, I, Claim(statement_covers), "a line is outside the statement period", "837I 2300 DTP*434, 2400 DTP*472";
    LINE_DATE = "line-date", Error, Segment("I6"), I, Claim(line_date), "an outpatient line of a statement of several days has no date", "837I 2400 DTP*472";
    DISCHARGE_ALONE = "discharge-alone", Warning, No, P, Claim(discharge_alone), "a discharge stands without an admission", "837P 2300 DTP*096, DTP*435";
}

fn each<'p, 'k: 'p>(part: Part<'p, 'k>) -> impl Iterator<Item = &'p Seen<'k>> {
    part.all().filter(|seen| seen.segment.id() == "DTP")
}

fn period_order(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for dtp in each(claim.claim()).chain(each(claim.all_lines())) {
        if period_of(dtp).is_some_and(|period| period.from > period.through) {
            sayings.element(&PERIOD_ORDER, dtp, 3, "the period (DTP03) ends before it begins");
        }
    }
}

fn later_event(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(service) = claim.service else { return };
    for dtp in each(claim.claim()) {
        if matches!(dtp.element(1), b"431" | b"439" | b"453" | b"454" | b"484")
            && period_of(dtp).is_some_and(|event| event.from > service.through)
        {
            sayings.element(&LATER_EVENT, dtp, 3, "the date is after the last day of service, and should not be");
        }
    }
}

fn admission_order(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(admission) = claim.claim().with("2300", "DTP", "435") else { return };
    let discharge = claim.claim().with("2300", "DTP", "096").and_then(period_of);
    let statement = claim.claim().with("2300", "DTP", "434").and_then(period_of);
    let Some(end) = discharge.or(statement) else { return };
    if period_of(admission).is_some_and(|admission| admission.from > end.through) {
        sayings.element(
            &ADMISSION_ORDER,
            admission,
            3,
            "the admission is after the discharge or the end of the statement",
        );
    }
}

fn disability_order(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let find = |qualifier| claim.claim().with("2300", "DTP", qualifier);
    let Some((begin, end)) = find("360").zip(find("361")) else { return };
    if period_of(begin).zip(period_of(end)).is_some_and(|(begin, end)| begin.from > end.through) {
        sayings.element(&DISABILITY_ORDER, end, 3, "the disability ends before it begins (DTP*360)");
    }
}

fn statement_covers(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let Some(statement) = claim.claim().with("2300", "DTP", "434").and_then(period_of) else { return };
    for dtp in claim.all_lines().of("2400", "DTP").filter(|dtp| dtp.element(1) == b"472") {
        if period_of(dtp).is_some_and(|line| line.from < statement.from || line.through > statement.through) {
            sayings.element(&STATEMENT_COVERS, dtp, 3, "the line's date is outside the statement period (DTP*434)");
        }
    }
}

fn line_date(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let is_long =
        claim.claim().with("2300", "DTP", "434").and_then(period_of).is_some_and(|days| days.from < days.through);
    if !is_long || !matches!(claim.place(), b"13" | b"14" | b"83" | b"85") {
        return;
    }
    for line in claim.lines().filter(|line| line.with("2400", "DTP", "472").is_none()) {
        if let Some(number) = line.opening() {
            let message = "the statement is for more than one day: each outpatient line needs its date (DTP*472)";
            sayings.missing(&LINE_DATE, number, "DTP", "2400", message);
        }
    }
}

fn discharge_alone(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    if let Some(discharge) = claim.claim().with("2300", "DTP", "096")
        && claim.claim().with("2300", "DTP", "435").is_none()
    {
        sayings.segment(&DISCHARGE_ALONE, discharge, "the claim has a discharge (DTP*096) and no admission (DTP*435)");
    }
}
