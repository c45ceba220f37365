//! The payments of a remittance.
//!
//! Source: the guide of the 835, section 1.10.2.1, balancing.

use super::amount::{Amount, Sum};
use super::checks;
use super::coordination::pairs;
use super::{Role, Roles};
use crate::check::placed::Seen;
use crate::check::unit::{Sayings, Unit};

/// The elements of the amounts of a CAS.
const AMOUNTS: [usize; 6] = [3, 6, 9, 12, 15, 18];

/// The elements of the amounts of a PLB.
const PROVIDER_AMOUNTS: [usize; 6] = [4, 6, 8, 10, 12, 14];

/// What is added up over a remittance.
#[derive(Debug, Default)]
pub(super) struct Remittance {
    paid: Sum,
    /// Claims since the last group (LX) ended, and their charges.
    claims: u64,
    charges: Sum,
    /// A claim was too large to be kept.
    is_incomplete: bool,
}

/// A line.
struct Service<'k> {
    seen: Seen<'k>,
    charge: Option<Amount>,
    adjustments: Sum,
}

impl Service<'_> {
    fn check(&self, sayings: &mut Sayings) {
        let Some(charge) = self.charge else { return };
        let expected = self.adjustments.known().map(|adjustments| charge - adjustments);
        let paid = Amount::read(self.seen.element(3));
        if expected.zip(paid).is_some_and(|(expected, paid)| expected != paid) {
            let message = "the line's charge (SVC02) less its adjustments (CAS) is not its payment (SVC03)";
            sayings.element(&checks::SERVICE_BALANCE, &self.seen, 3, message);
        }
    }
}

impl Remittance {
    pub(super) fn miss(&mut self) {
        self.is_incomplete = true;
    }

    /// A claim's payment.
    pub(super) fn payment(&mut self, unit: &Unit<'_>, roles: &Roles, sayings: &mut Sayings) {
        let view = unit.view;
        let mut claim = None;
        let mut service = None::<Service<'_>>;
        let (mut adjustments, mut patient, mut charges) = (Sum::default(), Sum::default(), Sum::default());
        let mut lines = 0usize;
        for placed in view.unit_placed() {
            let role = roles.of(placed.segment);
            if role == Role::None {
                continue;
            }
            let Some(seen) = view.seen(placed) else { continue };
            match role {
                Role::Payment => claim = Some(seen),
                Role::Service => {
                    if let Some(service) = service.take() {
                        service.check(sayings);
                    }
                    let charge = Amount::read(seen.element(2));
                    charges.add(charge);
                    lines += 1;
                    service = Some(Service { seen, charge, adjustments: Sum::default() });
                }
                Role::PaymentAdjustment | Role::ServiceAdjustment => {
                    let sum = adjusted(&seen, sayings);
                    adjustments = adjustments.and(sum);
                    if seen.element(1) == b"PR" {
                        patient = patient.and(sum);
                    }
                    if let Some(service) = service.as_mut().filter(|_| role == Role::ServiceAdjustment) {
                        service.adjustments = service.adjustments.and(sum);
                    }
                }
                _ => {}
            }
        }
        if let Some(service) = service {
            service.check(sayings);
        }
        let Some(claim) = claim else { return self.miss() };
        let (charge, paid) = (Amount::read(claim.element(3)), Amount::read(claim.element(4)));
        self.paid.add(paid);
        self.charges.add(charge);
        self.claims += 1;
        let expected = charge.zip(adjustments.known()).map(|(charge, adjustments)| charge - adjustments);
        if expected.zip(paid).is_some_and(|(expected, paid)| expected != paid) {
            let message = "the claim's charge (CLP03) less its adjustments, those of its lines included, is not its payment (CLP04)";
            sayings.element(&checks::PAYMENT_BALANCE, &claim, 4, message);
        }
        if lines > 0 && charges.is_not(charge) {
            let message = "the charges of the lines (SVC02) do not add up to the claim's charge (CLP03)";
            sayings.element(&checks::PAYMENT_CHARGES, &claim, 3, message);
        }
        patient_part(&claim, patient, sayings);
        if claim.element(2) == b"25" && paid.is_some_and(|paid| !paid.is_zero()) {
            let message = "a predetermination (CLP02 25) pays nothing: the payment (CLP04) must be 0, and what would be paid an adjustment";
            sayings.element(&checks::PREDETERMINATION_PAID, &claim, 4, message);
        }
    }

    /// A group of claims (LX) ends.
    pub(super) fn group(&mut self, unit: &Unit<'_>, sayings: &mut Sayings) {
        let (claims, charges) = (core::mem::take(&mut self.claims), core::mem::take(&mut self.charges));
        let Some(summary) = unit.view.unit().find(|seen| seen.segment.id() == "TS3") else { return };
        if self.is_incomplete {
            return;
        }
        let count = core::str::from_utf8(summary.element(4)).ok().and_then(|count| count.parse::<u64>().ok());
        if count.is_some_and(|count| count != claims) {
            let message = "the number of claims (TS304) is not that of the claims that follow in this group";
            sayings.element(&checks::SUMMARY_CLAIMS, &summary, 4, message);
        }
        if charges.is_not(Amount::read(summary.element(5))) {
            let message = "the total charge (TS305) is not the sum of the charges (CLP03) of the claims of this group";
            sayings.element(&checks::SUMMARY_CHARGES, &summary, 5, message);
        }
    }

    /// The remittance ends.
    pub(super) fn transaction(&mut self, unit: &Unit<'_>, sayings: &mut Sayings) {
        let Some(payment) = unit.view.unit().find(|seen| seen.segment.id() == "BPR") else { return };
        let amount = Amount::read(payment.element(2));
        let mut provider = Sum::default();
        for seen in unit.view.unit().filter(|seen| seen.segment.id() == "PLB") {
            for element in PROVIDER_AMOUNTS {
                if !seen.element(element).is_empty() {
                    provider.add(Amount::read(seen.element(element)));
                }
            }
        }
        let expected = self.paid.known().zip(provider.known()).map(|(paid, provider)| paid - provider);
        if !self.is_incomplete && expected.zip(amount).is_some_and(|(expected, amount)| expected != amount) {
            let message =
                "the payments of the claims (CLP04) less the provider adjustments (PLB) are not the payment (BPR02)";
            sayings.element(&checks::REMITTANCE_BALANCE, &payment, 2, message);
        }
        let Some(amount) = amount else { return };
        if amount.is_negative() {
            let message =
                "the payment (BPR02) is negative: what the provider owes is carried forward by PLB, and 0 is paid";
            sayings.element(&checks::REMITTANCE_NEGATIVE, &payment, 2, message);
        }
        match payment.element(4) {
            b"NON" if !amount.is_zero() => {
                let message = "the payment method (BPR04) says that nothing is paid, and BPR02 is not 0";
                sayings.element(&checks::NO_PAYMENT, &payment, 4, message);
            }
            b"ACH" | b"BOP" | b"CHK" | b"FWT" if amount.is_zero() && payment.element(1) != b"P" => {
                let message = "nothing is paid (BPR02 0): the payment method (BPR04) is NON then, and BPR01 H";
                sayings.element(&checks::NO_PAYMENT, &payment, 4, message);
            }
            _ => {}
        }
    }
}

/// The sum of the adjustments of a CAS.
fn adjusted(cas: &Seen<'_>, sayings: &mut Sayings) -> Sum {
    pairs(cas, sayings);
    let mut sum = Sum::default();
    for (element, value) in (1..).zip(cas.elements()) {
        if AMOUNTS.contains(&element) && !value.is_empty() {
            sum.add(Amount::read(value));
        }
    }
    sum
}

/// The patient's part is what was adjusted to him; a reversal need not state it.
fn patient_part(claim: &Seen<'_>, adjusted: Sum, sayings: &mut Sayings) {
    if claim.element(2) == b"22" && claim.element(5).is_empty() {
        return;
    }
    let stated = if claim.element(5).is_empty() { Some(Amount::ZERO) } else { Amount::read(claim.element(5)) };
    if adjusted.is_not(stated) {
        let message = "the patient's part (CLP05) is not the sum of the adjustments of group PR";
        sayings.element(&checks::PATIENT_AMOUNT, claim, 5, message);
    }
}
