//! What remittances ask for.

use super::parts::{Part, amount};
use super::rule::Run::{Payment, Remittance};
use super::rule::{R, rules};
use crate::check::balance::Amount;
use crate::check::catalogue::Acknowledged::{Element, No, Segment};
use crate::check::unit::Sayings;

rules! {
    REVERSAL_SIGN = "reversal-sign", Error, No, R, Payment(reversal_sign), "a reversal has positive amounts", "835 section 1.10.2.8, CLP02 22";
    NEGATIVE_PAYMENT = "negative-claim", Warning, No, R, Payment(negative), "a claim that is no reversal has a negative charge", "835 section 1.10.2.8, CLP03";
    DENIED_PAID = "denied-paid", Warning, No, R, Payment(denied_paid), "a denied claim is paid", "835 CLP02 4";
    FORWARDED = "forwarded-to", Warning, No, R, Payment(forwarded), "a claim was forwarded, and it is not said to whom", "835 2100 NM1*TT, CLP02 19, 20, 21, 23";
    BOTH_ADJUDICATIONS = "both-adjudications", Warning, No, R, Payment(both), "a claim is adjudicated as inpatient and as outpatient", "835 2100 MIA, MOA";
    SERVICE_DATE = "remittance-service-date", Error, Segment("I6"), R, Payment(service_date), "neither the claim nor a line has a date", "835 2100 DTM*232, 2110 DTM";
    SERVICE_PERIOD = "remittance-period", Error, Segment("I6"), R, Payment(service_period), "a line has one end of a period", "835 2110 DTM*150, DTM*151";
    BANKS = "banks", Error, Element("I9"), R, Remittance(banks), "an electronic payment has no bank or account", "835 BPR06 to BPR09, BPR12 to BPR15";
    PAYMENT_FORMAT = "payment-format", Error, Element("I9"), R, Remittance(payment_format), "an ACH payment has no format", "835 BPR05";
    ROUTING_NUMBER = "routing-number", Error, Element("I12"), R, Remittance(routing_number), "a routing number has not nine digits", "835 BPR07, BPR13; American Bankers Association";
    ORIGINATOR = "originator", Error, Element("I12"), R, Remittance(originator), "the originator (TRN03) is not that of the payment (BPR10)", "835 TRN03, BPR10";
    ORIGINATOR_FORM = "originator-form", Warning, No, R, Remittance(originator_form), "the originator (TRN03) is not 1 and a tax number", "835 TRN03";
}

fn reversal_sign(claim: Part<'_, '_>, sayings: &mut Sayings) {
    let Some(clp) = claim.first("2100", "CLP").filter(|clp| clp.element(2) == b"22") else { return };
    for element in [3u8, 4] {
        let is_positive = |amount: Amount| !amount.is_negative() && !amount.is_zero();
        if amount(clp, element.into()).is_some_and(is_positive) {
            let message = "a reversal (CLP02 22) takes back charge and payment: its amounts are negative";
            sayings.element(&REVERSAL_SIGN, clp, element, message);
        }
    }
}

fn negative(claim: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(clp) = claim.first("2100", "CLP")
        && clp.element(2) != b"22"
        && amount(clp, 3).is_some_and(Amount::is_negative)
    {
        sayings.element(&NEGATIVE_PAYMENT, clp, 3, "a negative charge (CLP03) is that of a reversal (CLP02 22)");
    }
}

fn denied_paid(claim: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(clp) = claim.first("2100", "CLP")
        && clp.element(2) == b"4"
        && amount(clp, 4).is_some_and(|paid| !paid.is_zero())
    {
        sayings.element(&DENIED_PAID, clp, 4, "the claim is denied (CLP02 4) and paid (CLP04)");
    }
}

fn forwarded(claim: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(clp) = claim.first("2100", "CLP")
        && matches!(clp.element(2), b"19" | b"20" | b"21" | b"23")
        && claim.with("2100", "NM1", "TT").is_none()
    {
        let message = "the claim was forwarded (CLP02): the payer that it went to (NM1*TT) should be there";
        sayings.missing(&FORWARDED, clp, "NM1", "2100", message);
    }
}

fn both(claim: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(moa) = claim.first("2100", "MOA").filter(|_| claim.has("2100", "MIA")) {
        sayings.segment(&BOTH_ADJUDICATIONS, moa, "a claim has inpatient (MIA) or outpatient (MOA) remarks, not both");
    }
}

fn service_date(claim: Part<'_, '_>, sayings: &mut Sayings) {
    let Some(clp) = claim.first("2100", "CLP") else { return };
    if claim.of("2100", "DTM").any(|dtm| matches!(dtm.element(1), b"232" | b"233")) {
        return;
    }
    let mut lines = claim.instances("2110").peekable();
    let is_dated = lines.peek().is_some() && lines.all(|line| line.has("2110", "DTM"));
    if !is_dated {
        let message = "the claim must have its dates (DTM*232), or each of its lines (DTM*472)";
        sayings.missing(&SERVICE_DATE, clp, "DTM", "2100", message);
    }
}

fn service_period(claim: Part<'_, '_>, sayings: &mut Sayings) {
    for line in claim.instances("2110") {
        let (begin, end) = (line.with("2110", "DTM", "150"), line.with("2110", "DTM", "151"));
        if let Some(one) = begin.xor(end) {
            let message = "a period of a line has its begin (DTM*150) and its end (DTM*151)";
            sayings.missing(&SERVICE_PERIOD, one, "DTM", "2110", message);
        }
    }
}

fn banks(remittance: Part<'_, '_>, sayings: &mut Sayings) {
    let Some(bpr) = remittance.first("", "BPR") else { return };
    if !matches!(bpr.element(4), b"ACH" | b"BOP" | b"FWT") {
        return;
    }
    for element in [6u8, 7, 8, 9, 12, 13, 14, 15] {
        if bpr.element(element.into()).is_empty() {
            let message = format!(
                "an electronic payment (BPR04) needs the banks and accounts of both sides: BPR{element:02} is empty"
            );
            sayings.element(&BANKS, bpr, element, message);
        }
    }
}

fn payment_format(remittance: Part<'_, '_>, sayings: &mut Sayings) {
    if let Some(bpr) = remittance.first("", "BPR").filter(|bpr| bpr.element(4) == b"ACH" && bpr.element(5).is_empty()) {
        sayings.element(&PAYMENT_FORMAT, bpr, 5, "a payment by ACH needs its format (BPR05)");
    }
}

fn routing_number(remittance: Part<'_, '_>, sayings: &mut Sayings) {
    let Some(bpr) = remittance.first("", "BPR") else { return };
    for element in [7u8, 13] {
        let number = bpr.element(element.into());
        let is_routing = bpr.element(usize::from(element) - 1) == b"01" && !number.is_empty();
        if is_routing && (number.len() != 9 || !number.iter().all(u8::is_ascii_digit)) {
            let message = format!("a routing number (BPR{element:02}) has nine digits");
            sayings.element(&ROUTING_NUMBER, bpr, element, message);
        }
    }
}

fn originator(remittance: Part<'_, '_>, sayings: &mut Sayings) {
    let Some((bpr, trn)) = remittance.first("", "BPR").zip(remittance.first("", "TRN")) else { return };
    if !bpr.element(10).is_empty() && bpr.element(10) != trn.element(3) {
        let message = "the originator of the trace number (TRN03) must be that of the payment (BPR10)";
        sayings.element(&ORIGINATOR, trn, 3, message);
    }
}

fn originator_form(remittance: Part<'_, '_>, sayings: &mut Sayings) {
    let Some(trn) = remittance.first("", "TRN") else { return };
    let is_form = matches!(trn.element(3), [b'1', tax @ ..] if tax.len() == 9 && tax.iter().all(u8::is_ascii_digit));
    if !is_form && !trn.element(3).is_empty() {
        let message = "the originator (TRN03) is 1 and the payer's federal tax number";
        sayings.element(&ORIGINATOR_FORM, trn, 3, message);
    }
}
