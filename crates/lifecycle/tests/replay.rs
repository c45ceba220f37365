//! A log that was written down is read back, or refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use superbill_core::Money;
use superbill_lifecycle::{
    Case, Command, Entry, Event, LedgerAccount, Posting, PostingReason, RecordedEvent, RemittanceKey, ReplayError,
};
use support::*;

/// Sent, paid, reversed, paid again, the patient paid, closed.
fn long_life() -> Case {
    let mut case = sent("CLAIM1");
    run(
        &mut case,
        [
            Command::AcknowledgeSyntax(syntax("101", "0001", 'A')),
            Command::AcknowledgeClaim(front_end("CLAIM1", &["A2"])),
            post("1", paid("CLAIM1")),
            Command::BillPatient,
            Command::ReceivePatientPayment(money("30.00")),
            post("2", opposite(&paid("CLAIM1"))),
            post("3", paid("CLAIM1")),
            Command::Close,
            Command::ReceivePatientPayment(money("1.00")),
            Command::RefundPatient(money("1.00")),
        ],
    );
    case
}

fn replay(log: &[RecordedEvent]) -> Result<Case, ReplayError> {
    Case::replay(account("a1"), log.to_vec())
}

#[test]
fn the_log_gives_the_case_again() {
    let case = long_life();
    assert_eq!(replay(case.log()), Ok(case.clone()));
    assert_eq!(case.log().iter().filter(|recorded| recorded.event.posting().is_some()).count(), 9);
}

#[test]
fn a_log_with_a_gap_is_refused() {
    let log = long_life().log().to_vec();
    assert_eq!(replay(&[]), Err(ReplayError::NotOpened));
    assert_eq!(replay(&log[1..]), Err(ReplayError::SequenceGap { expected: 1, found: 2 }));
    for missing in 1..log.len() - 1 {
        let mut log = log.clone();
        log.remove(missing);
        let expected = missing as u64 + 1;
        assert_eq!(replay(&log), Err(ReplayError::SequenceGap { expected, found: expected + 1 }));
    }
    let mut twice = log.clone();
    twice.insert(1, log[1].clone());
    assert_eq!(replay(&twice), Err(ReplayError::SequenceGap { expected: 3, found: 2 }));
    let mut coded_first = log[..1].to_vec();
    coded_first[0].event = Event::Coded;
    assert_eq!(replay(&coded_first), Err(ReplayError::NotOpened));
}

/// What cannot follow a sent claim, or a paid one.
#[test]
fn an_event_that_cannot_follow_is_refused() {
    let key = RemittanceKey::of(&remittance("1", vec![], &[]));
    let empty = || Posting::new(PostingReason::PatientPayment, []).unwrap();
    let mut paid_case = sent("CLAIM1");
    run(&mut paid_case, [post("1", paid("CLAIM1"))]);
    let posted = paid_case.log().last().unwrap().clone();
    let other = Posting::new(
        PostingReason::Reversal(key.claim(2)),
        [
            Entry::debit(LedgerAccount::PayerReceivable(1), money("1.00")),
            Entry::debit(LedgerAccount::RemittanceClearing, money("-1.00")),
        ],
    )
    .unwrap();
    let reversal = |reversed| Event::RemittanceReversed { reversed, remittance: key.claim(2), posting: other.clone() };
    let sent = sent("CLAIM1");
    for (case, event) in [
        (&sent, Event::Coded),
        (&sent, Event::Released),
        (&sent, Event::Reopened),
        (&sent, Event::Cleared),
        (&sent, Event::Opened { claim: Box::new(claim("CLAIM1")) }),
        (&sent, Event::ClaimAmended { claim: Box::new(claim("CLAIM1")) }),
        (&sent, Event::ChargesBooked { payer_rank: 1, amount: Money::ZERO, posting: empty() }),
        (&sent, Event::PatientBilled { statement: 2, amount: Money::ZERO }),
        (&sent, Event::PatientPaymentReceived { amount: Money::ZERO, posting: empty() }),
        (&sent, reversal(7)),
        (&draft("CLAIM1"), posted.event.clone()),
        (&paid_case, posted.event.clone()),
        // The target stands, the mirror does not fit it.
        (&paid_case, reversal(posted.sequence)),
    ] {
        let mut log = case.log().to_vec();
        let sequence = log.len() as u64 + 1;
        log.push(RecordedEvent::new(sequence, today(), event));
        assert_eq!(replay(&log), Err(ReplayError::OutOfOrder { sequence }), "{:?}", log.last());
    }
}

#[test]
fn a_posting_that_leaves_the_range_of_money_is_refused() {
    let mut case = draft("CLAIM1");
    run(&mut case, [Command::ReceivePatientPayment(Money::from_cents(i64::MAX - 1))]);
    let mut log = case.log().to_vec();
    let two = money("0.02");
    let entries = [Entry::debit(LedgerAccount::Cash, two), Entry::credit(LedgerAccount::PatientCredit, two).unwrap()];
    let posting = Posting::new(PostingReason::PatientPayment, entries).unwrap();
    log.push(RecordedEvent::new(3, today(), Event::PatientCreditMoved { posting }));
    assert!(matches!(replay(&log), Err(ReplayError::Ledger { sequence: 3, .. })));
}
