//! The checks of amounts.

use crate::check::catalogue::Acknowledged::{Element, No};

crate::check::catalogue::checks! {
    /// Those of amounts.
    BALANCE;
    CLAIM_CHARGE = "claim-charge-sum", 3, Error, No, "the total charge (CLM02) is not the sum of the charges of the lines";
    COB_LINE = "cob-line-balance", 3, Error, No, "a line's charge is not what another payer paid and adjusted of it";
    COB_CLAIM = "cob-claim-balance", 3, Error, No, "the total charge is not what another payer paid and adjusted of the claim";
    COB_TWICE = "cob-adjustment-twice", 3, Error, No, "the same adjustments of another payer stand at the claim and at its lines";
    COB_DATES = "cob-date-twice", 3, Warning, No, "another payer's adjudication date stands at the claim and at its lines";
    COB_NON_COVERED = "cob-non-covered", 3, Warning, No, "a claim that another payer never saw (AMT*A8) has amounts of that payer";
    COB_NON_COVERED_AMOUNT = "cob-non-covered-amount", 3, Warning, No, "the non-covered amount (AMT*A8) is not the total charge";
    COB_NEGATIVE = "cob-paid-negative", 3, Error, No, "another payer's payment is negative";
    ADJUSTMENT_PAIR = "adjustment-pair", 3, Error, Element("2"), "an adjustment reason has no amount";
    SERVICE_BALANCE = "service-balance", 3, Error, No, "a line's payment (SVC03) is not its charge less its adjustments";
    PAYMENT_BALANCE = "payment-balance", 3, Error, No, "a claim's payment (CLP04) is not its charge less all its adjustments";
    PAYMENT_CHARGES = "payment-charge-sum", 3, Warning, No, "the charges of the lines (SVC02) do not add up to the claim's (CLP03)";
    PATIENT_AMOUNT = "patient-responsibility-sum", 3, Warning, No, "the patient's part (CLP05) is not the sum of the adjustments of group PR";
    PREDETERMINATION_PAID = "predetermination-paid", 3, Error, No, "a predetermination (CLP02 25) is paid";
    REMITTANCE_BALANCE = "remittance-balance", 3, Error, No, "the payment (BPR02) is not the claims' payments less the provider adjustments";
    REMITTANCE_NEGATIVE = "remittance-negative", 3, Error, No, "the payment (BPR02) is negative";
    NO_PAYMENT = "no-payment", 3, Warning, No, "the payment method (BPR04) and a payment of nothing do not fit";
    SUMMARY_CLAIMS = "summary-claims", 3, Warning, No, "TS304 does not count the claims of its group";
    SUMMARY_CHARGES = "summary-charges", 3, Warning, No, "TS305 is not the charges of the claims of its group";
}
