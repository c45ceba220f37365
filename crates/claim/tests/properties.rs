//! Invariants of claims and remittances.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use superbill_claim::{
    AcknowledgementCode, BalanceLevel, ClaimAcknowledgement, ClaimFrequency, ClaimPaymentStatus, ClaimStatus,
    DiagnosisCode, Encounter, FilingIndicator, PayerResponsibility, ProcedureCode, Relationship, Remittance,
    ScrubReceipt,
};
use superbill_core::{Money, Phi};

/// Every amount of a remittance that the balance rests on, with the places where a change of it shows.
fn amounts(remittance: &mut Remittance) -> Vec<(&mut Money, BTreeSet<BalanceLevel>)> {
    let whole = BalanceLevel::Transaction;
    let mut all = vec![(&mut remittance.payment.amount, BTreeSet::from([whole]))];
    for adjustment in &mut remittance.provider_adjustments {
        all.push((&mut adjustment.amount, BTreeSet::from([whole])));
    }
    for (number, claim) in (1..).zip(&mut remittance.claims) {
        let of_claim = BalanceLevel::Claim(number);
        all.push((&mut claim.charge, BTreeSet::from([of_claim])));
        all.push((&mut claim.paid, BTreeSet::from([whole, of_claim])));
        for adjustment in &mut claim.adjustments {
            all.push((&mut adjustment.amount, BTreeSet::from([of_claim])));
        }
        for (line_number, line) in (1..).zip(&mut claim.lines) {
            let of_line = BalanceLevel::Line { claim: number, line: line_number };
            all.push((&mut line.charge, BTreeSet::from([of_line])));
            all.push((&mut line.paid, BTreeSet::from([of_line])));
            for adjustment in &mut line.adjustments {
                all.push((&mut adjustment.amount, BTreeSet::from([of_claim, of_line])));
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_total_is_the_sum_of_the_lines(claim in support::claim()) {
        let cents: i64 = claim.lines.iter().map(|line| line.charge.cents()).sum();
        prop_assert_eq!(claim.total_charge, Money::from_cents(cents));
        prop_assert_eq!(claim.sum_of_lines(), Ok(claim.total_charge));
    }

    #[test]
    fn every_pointer_of_a_built_claim_points_to_a_diagnosis(claim in support::claim()) {
        for line in &claim.lines {
            prop_assert!((1..=4).contains(&line.diagnosis_pointers.len()));
            for pointer in &line.diagnosis_pointers {
                prop_assert_eq!(claim.diagnosis(*pointer), claim.diagnoses.get(usize::from(pointer.ordinal()) - 1));
                prop_assert!(claim.diagnosis(*pointer).is_some());
            }
        }
        let distinct: std::collections::HashSet<_> = claim.diagnoses.iter().collect();
        prop_assert_eq!(distinct.len(), claim.diagnoses.len());
    }

    #[test]
    fn service_dates_hold_every_line(claim in support::claim()) {
        let (first, last) = claim.service_dates().unwrap();
        for line in &claim.lines {
            let period = line.date_of_service;
            prop_assert!(first <= period.first() && period.last().unwrap_or(period.first()) <= last);
        }
        prop_assert!(claim.lines.iter().any(|line| line.date_of_service.first() == first));
    }

    #[test]
    fn equal_claims_have_equal_fingerprints_and_others_do_not(one in support::claim(), two in support::claim()) {
        prop_assert_eq!(one.fingerprint(), one.clone().fingerprint());
        prop_assert_eq!(one == two, one.fingerprint() == two.fingerprint());
    }

    #[test]
    fn a_receipt_covers_one_content(claim in support::claim(), other in support::claim(), day in support::day()) {
        let receipt = ScrubReceipt::new(&claim, Vec::new(), "test", None, day);
        prop_assert!(receipt.covers(&claim.clone()));
        prop_assert_eq!(receipt.covers(&other), claim == other);
        // Whatever is exchanged between two claims, the receipt is void.
        let mut mixed = claim.clone();
        mixed.lines = other.lines.clone();
        prop_assert_eq!(receipt.covers(&mixed), mixed == claim);
        let mut mixed = claim.clone();
        mixed.subscriber = other.subscriber;
        prop_assert_eq!(receipt.covers(&mixed), mixed == claim);
    }

    #[test]
    fn a_balanced_remittance_has_no_imbalance(remittance in support::remittance()) {
        prop_assert_eq!(remittance.imbalances(), Ok(vec![]));
    }

    #[test]
    fn a_cent_is_found_where_it_is_missing(remittance in support::remittance(), which in any::<Index>(), more in any::<bool>()) {
        let mut changed = remittance;
        let mut amounts = amounts(&mut changed);
        let which = which.index(amounts.len());
        let (amount, expected) = &mut amounts[which];
        **amount = Money::from_cents(amount.cents() + if more { 1 } else { -1 });
        let expected = core::mem::take(expected);
        let found = changed.imbalances().unwrap();
        prop_assert_eq!(found.iter().map(|one| one.level).collect::<BTreeSet<_>>(), expected);
        for imbalance in found {
            prop_assert_eq!(imbalance.difference().unwrap().abs(), Money::from_cents(1));
        }
    }

    #[test]
    fn codes_that_are_read_are_written_again(letter in any::<char>(), number in any::<u8>(), text in "\\PC{0,3}") {
        prop_assert_eq!(AcknowledgementCode::from_code(letter).code(), letter);
        prop_assert_eq!(ClaimFrequency::from_code(letter).code(), letter);
        prop_assert_eq!(ClaimPaymentStatus::from_code(number).code(), number);
        let relationship = Relationship::from_code(&text);
        prop_assert_eq!(relationship.code(), text.as_str());
        if let Some(responsibility) = PayerResponsibility::from_code(letter) {
            prop_assert_eq!(responsibility.code(), letter);
        }
        if let Ok(indicator) = FilingIndicator::parse(&text) {
            let capitals = text.to_ascii_uppercase();
            prop_assert_eq!(indicator.as_str(), capitals.as_str());
        }
    }

    #[test]
    fn a_category_is_progress_or_rejection_or_neither(category in "[A-Za-z][A-Za-z0-9]{1,2}", status in "[0-9]{1,4}") {
        let status = ClaimStatus::new(&category, &status).unwrap();
        prop_assert_eq!(&status.category, &category.to_uppercase());
        prop_assert!(!(status.is_progress() && status.is_rejection()));
        prop_assert!(status.category.starts_with('A') || !(status.is_progress() || status.is_rejection()));
    }

    #[test]
    fn any_text_is_kept_as_a_code(text in "\\PC{0,8}") {
        let diagnosis = DiagnosisCode::from_text(&text);
        if let DiagnosisCode::Unrecognized(kept) = &diagnosis {
            prop_assert_eq!(kept.expose(), &text);
        } else {
            prop_assert_eq!(DiagnosisCode::from_text(&diagnosis.to_string()), diagnosis);
        }
        let procedure = ProcedureCode::from_text(&text);
        if let ProcedureCode::Unrecognized(kept) = &procedure {
            prop_assert_eq!(kept.expose(), &text);
        } else {
            prop_assert_eq!(ProcedureCode::from_text(&procedure.to_string()), procedure);
        }
    }

    #[test]
    fn debug_shows_nothing_of_the_patient(
        claim in support::claim(),
        remittance in support::remittance(),
        note in support::secret(),
        number in support::secret(),
    ) {
        let mut encounter = Encounter::new("2026-10-05".parse().unwrap(), claim.place_of_service);
        encounter.note = Some(Phi::new(note));
        encounter.diagnoses = claim.diagnoses.clone();
        let answer = ClaimAcknowledgement::new(number.parse().unwrap());
        for shown in [
            format!("{claim:?} {claim:#?}"),
            format!("{remittance:?} {remittance:#?}"),
            format!("{encounter:?}"),
            format!("{answer:?}"),
        ] {
            prop_assert!(!support::identifies(&shown), "{}", shown);
            prop_assert!(shown.contains("[redacted]") || !shown.contains("patient_control_number"));
        }
    }
}
