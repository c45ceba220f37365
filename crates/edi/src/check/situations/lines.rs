//! Service lines.

use super::parts::{ClaimParts, amount, repeated};
use super::rule::Run::Claim;
use super::rule::{CLAIMS, D, I, P, rules};
use crate::check::balance::Amount;
use crate::check::catalogue::Acknowledged::{Element, No};
use crate::check::unit::{ClaimKind, Sayings};

rules! {
    LINE_NUMBER = "line-number", Error, Element("I12"), CLAIMS, Claim(line_number), "the lines are not numbered from 1 by 1", "837 2400 LX, note";
    LINE_CONTROL_AGAIN = "line-control-again", Error, Element("I12"), CLAIMS, Claim(line_control_again), "two lines of a claim have the same control number", "837 2400 REF*6R, note";
    LINE_CHARGE_NEGATIVE = "line-charge-negative", Error, No, CLAIMS, Claim(line_charge_negative), "the charge of a line is negative", "837 SV102, SV203, SV302";
    UNITS = "units", Error, No, CLAIMS, Claim(units), "a line has no units, or fewer", "837 SV104, SV205, SV306";
    DRUG_QUANTITY = "drug-quantity", Error, No, P | I, Claim(drug_quantity), "the quantity of a drug is not above 0", "837 2410 CTP04";
    TAX_ABOVE_CHARGE = "tax-above-charge", Error, No, P | D, Claim(tax_above_charge), "the sales tax or postage of a line is more than its charge", "837 2400 AMT*T, AMT*F4, note";
    NON_COVERED_ABOVE_CHARGE = "non-covered-above-charge", Error, No, I, Claim(non_covered_above_charge), "what is not covered of a line is more than its charge", "837I SV207";
    AUTHORIZATION_SAME = "line-authorization-same", Warning, No, CLAIMS, Claim(same_authorization), "a line repeats the authorization or referral number of the claim", "837 2400 REF*G1, REF*9F";
}

fn line_number(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for (expected, lx) in (1u32..).zip(claim.all_lines().of("2400", "LX")) {
        let number = core::str::from_utf8(lx.element(1)).ok().and_then(|number| number.parse::<u32>().ok());
        if number.is_some_and(|number| number != expected) {
            let message =
                format!("the number of the line (LX01) must be {expected}: lines are counted from 1 in each claim");
            sayings.element(&LINE_NUMBER, lx, 1, message);
            return;
        }
    }
}

fn line_control_again(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    let all = claim.all_lines().of("2400", "REF").filter(|seen| seen.element(1) == b"6R");
    for reference in repeated(all.map(|seen| (seen.element(2), seen))) {
        let message = "another line of the claim has this control number (REF*6R): each line needs its own, by which the remittance finds it";
        sayings.element(&LINE_CONTROL_AGAIN, reference, 2, message);
    }
}

fn line_charge_negative(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        if let Some((service, element)) = claim.service_of(line)
            && amount(service, element.into()).is_some_and(Amount::is_negative)
        {
            sayings.element(&LINE_CHARGE_NEGATIVE, service, element, "the charge of the line is negative");
        }
    }
}

fn units(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    // Lines of institutional claims that carry a rate code may count nothing.
    let (element, least) = match claim.kind {
        ClaimKind::Professional => (4, true),
        ClaimKind::Institutional => (5, false),
        ClaimKind::Dental | ClaimKind::None => (6, true),
    };
    for line in claim.lines() {
        if let Some((service, _)) = claim.service_of(line)
            && let Some(units) = amount(service, element.into())
            && (units.is_negative() || (least && units.is_zero()))
        {
            sayings.element(&UNITS, service, element, "the units of the line must be above 0");
        }
    }
}

fn drug_quantity(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for ctp in claim.all_lines().of("2410", "CTP") {
        if amount(ctp, 4).is_some_and(|quantity| quantity.is_negative() || quantity.is_zero()) {
            sayings.element(&DRUG_QUANTITY, ctp, 4, "the quantity of the drug (CTP04) must be above 0");
        }
    }
}

fn tax_above_charge(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for line in claim.lines() {
        let Some((service, element)) = claim.service_of(line) else { continue };
        let Some(charge) = amount(service, element.into()) else { continue };
        for amt in line.of("2400", "AMT").filter(|amt| matches!(amt.element(1), b"T" | b"F4")) {
            if amount(amt, 2).is_some_and(|tax| tax > charge) {
                let message = "the line's charge must include its sales tax and postage, and is less";
                sayings.element(&TAX_ABOVE_CHARGE, amt, 2, message);
            }
        }
    }
}

fn non_covered_above_charge(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for service in claim.all_lines().of("2400", "SV2") {
        if amount(service, 7).zip(amount(service, 3)).is_some_and(|(not_covered, charge)| not_covered > charge) {
            let message = "what is not covered (SV207) is more than the charge of the line (SV203)";
            sayings.element(&NON_COVERED_ABOVE_CHARGE, service, 7, message);
        }
    }
}

fn same_authorization(claim: &ClaimParts<'_>, sayings: &mut Sayings) {
    for qualifier in ["G1", "9F"] {
        let Some(above) = claim.claim().with("2300", "REF", qualifier) else { continue };
        for reference in claim.all_lines().of("2400", "REF") {
            if reference.element(1) == qualifier.as_bytes()
                && reference.element(2) == above.element(2)
                && reference.element(4).is_empty()
            {
                let message = "the claim has this number already: a line gives it only where it differs";
                sayings.element(&AUTHORIZATION_SAME, reference, 2, message);
            }
        }
    }
}
