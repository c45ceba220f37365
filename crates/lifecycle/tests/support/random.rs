//! Random claim payments, right by construction.

use super::claim_payment;
use proptest::prelude::*;
use superbill_claim::ClaimPayment;
use superbill_core::Money;

pub(crate) fn cents(amount: i64) -> Money {
    Money::from_cents(amount)
}

/// Of one line: charge, and adjustments as (group and reason, amount) in cents; what is left is paid.
pub(crate) type RandomLine = (i64, Vec<(&'static str, i64)>);

pub(crate) fn lines() -> impl Strategy<Value = Vec<RandomLine>> {
    let code = prop::sample::select(vec![
        "CO-45", "CO-253", "CO-50", "CO-97", "PI-45", "OA-18", "OA-23", "PR-1", "PR-2", "PR-50",
    ]);
    let amount = prop_oneof![4 => 0_i64..20_000, 1 => -2_000_i64..0];
    prop::collection::vec((0_i64..30_000, prop::collection::vec((code, amount), 0..4)), 1..4)
}

pub(crate) fn payment_of(number: &str, status: u8, lines: &[RandomLine], payer_number: &str) -> ClaimPayment {
    let mut payment = claim_payment(number, status, &[]);
    let (mut charge, mut paid) = (0, 0);
    for (line_charge, adjustments) in lines {
        let line_paid = line_charge - adjustments.iter().map(|(_, amount)| amount).sum::<i64>();
        let texts: Vec<String> =
            adjustments.iter().map(|(code, amount)| format!("{code} {}", cents(*amount))).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (line_charge_text, line_paid_text) = (cents(*line_charge).to_string(), cents(line_paid).to_string());
        let line = claim_payment(number, status, &[("G0108", &line_charge_text, &line_paid_text, &texts)]);
        payment.lines.extend(line.lines);
        charge += line_charge;
        paid += line_paid;
    }
    payment.charge = cents(charge);
    payment.paid = cents(paid);
    payment.payer_control_number = Some(payer_number.parse().unwrap());
    payment
}
