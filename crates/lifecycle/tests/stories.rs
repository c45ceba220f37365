//! Claims from the draft to the close, told as a biller would tell them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use superbill_claim::{ClaimFrequency, Disposition, PayerResponsibility, RemarkCode};
use superbill_core::{Money, Phi};
use superbill_lifecycle::{
    BookError, Case, CaseStatus, Command, LedgerAccount, LedgerError, PatientAccount, Refusal, Submission,
};
use support::*;

#[test]
fn paid_with_a_deductible_and_coinsurance_then_paid_by_the_patient_and_closed() {
    let mut book = support::book_with(0);
    let a1 = account("a1");
    book.open(a1.clone(), claim("CLAIM1"), today()).unwrap();
    let accept = [
        Command::AcknowledgeSyntax(syntax("101", "0001", 'A')),
        Command::AcknowledgeClaim(front_end("CLAIM1", &["A1"])),
        Command::AcknowledgeClaim(front_end("CLAIM1", &["A2"])),
    ];
    let statuses = ["coded, to be scrubbed", "ready to release", "queued for sending", "sent", "sent", "sent"];
    let statuses = statuses.into_iter().chain(["accepted for adjudication"]);
    for (command, status) in way_to_the_payer(&claim("CLAIM1")).into_iter().chain(accept).zip(statuses) {
        book.execute(&a1, command, today()).unwrap();
        let case = book.case(&a1).unwrap();
        assert_eq!(case.status().words(), status);
        assert_eq!(case.ledger().trial_balance(), Ok(Money::ZERO));
    }
    assert_eq!(balances(book.case(&a1).unwrap().ledger()), ["charges -185.00", "payer 1 receivable 185.00"]);

    let report = book.post(&remittance("900000001", vec![paid("CLAIM1")], &[]), today()).unwrap();
    assert_eq!((report.claims, report.posted, report.parked, report.already_posted), (1, 1, 0, 0));
    assert_eq!((report.paid, report.balance), (money("109.76"), Money::ZERO));
    let case = book.case(&a1).unwrap();
    assert_eq!(
        balances(case.ledger()),
        [
            "charges -185.00",
            "patient receivable 30.00",
            "remittance clearing 109.76",
            "contractual adjustment 43.00",
            "sequestration 2.24",
        ]
    );
    assert_eq!(case.ledger().trial_balance(), Ok(Money::ZERO));
    assert_eq!(case.payer_balance(), Money::ZERO);
    assert_eq!(case.status(), CaseStatus::AdjudicatedAwaitingPatient);
    assert_eq!(case.patient_balance().amount, money("30.00"));
    assert_eq!(why(case), ["line 1 G0108 reason 1: 10.00", "line 1 G0108 reason 2: 20.00"]);

    let owed = Refusal::BalanceOpen { account: LedgerAccount::PatientReceivable, amount: money("30.00") };
    assert_eq!(book.execute(&a1, Command::Close, today()), Err(BookError::Refused(owed)));
    book.execute(&a1, Command::BillPatient, today()).unwrap();
    assert_eq!(book.case(&a1).unwrap().state().patient_account(), PatientAccount::Statemented(1));
    book.execute(&a1, Command::ReceivePatientPayment(money("30.00")), today()).unwrap();
    let case = book.case(&a1).unwrap();
    assert_eq!(case.patient_balance().amount, Money::ZERO);
    assert_eq!(case.patient_balance().paid, money("30.00"));
    assert_eq!(case.status(), CaseStatus::Settled);
    book.execute(&a1, Command::Close, today()).unwrap();
    let case = book.case(&a1).unwrap();
    assert_eq!(case.status(), CaseStatus::Closed);
    assert_eq!(
        balances(case.ledger()),
        [
            "charges -185.00",
            "remittance clearing 109.76",
            "cash 30.00",
            "contractual adjustment 43.00",
            "sequestration 2.24",
        ]
    );
    assert_eq!(case.log().len(), 14);
    assert!(case.log().iter().zip(1..).all(|(recorded, sequence)| recorded.sequence == sequence));

    // The bank shows the payment.
    let (key, _) = book.remittances().next().unwrap();
    let key = key.clone();
    let short = book.receive_deposit(&key, money("109.75"), today());
    assert_eq!(short, Err(BookError::DepositDiffers { announced: money("109.76") }));
    book.receive_deposit(&key, money("109.76"), today()).unwrap();
    assert_eq!(book.receive_deposit(&key, money("109.76"), today()), Err(BookError::AlreadyDeposited));
    assert_eq!(book.balance(LedgerAccount::RemittanceClearing), Ok(Money::ZERO));
    assert_eq!(book.balance(LedgerAccount::Cash), Ok(money("139.76")));
}

#[test]
fn a_rejected_claim_is_amended_and_sent_again_and_its_charges_are_booked_once() {
    for rejection in [
        Command::AcknowledgeSyntax(syntax("0101", "0001", 'R')),
        Command::AcknowledgeClaim(front_end("CLAIM1", &["A3"])),
    ] {
        let mut case = sent("CLAIM1");
        run(&mut case, [rejection]);
        assert_eq!(case.status(), CaseStatus::Rejected);
        let mut amended = claim("CLAIM1");
        amended.prior_authorization = Some(Phi::new("TEST9".into()));
        amended.frequency = ClaimFrequency::Replacement;
        let kept = Refusal::FrequencyChanged { from: '1' };
        assert_eq!(refusal(&mut case, Command::Amend(Box::new(amended.clone()))), kept);
        amended.frequency = ClaimFrequency::Original;
        run(&mut case, [Command::Amend(Box::new(amended.clone()))]);
        assert_eq!(refusal(&mut case, Command::Release), Refusal::NotScrubbed);
        run(&mut case, [Command::Scrub(receipt(&amended, None)), Command::Release, submit()]);
        assert_eq!(case.state().attempts(), 2);
        assert_eq!(case.claim().frequency.code(), '1');
        assert_eq!(balances(case.ledger()), ["charges -185.00", "payer 1 receivable 185.00"]);
        assert_eq!(case.ledger().postings().len(), 1);
    }
}

#[test]
fn an_amended_charge_books_the_difference() {
    let mut case = sent("CLAIM1");
    run(&mut case, [Command::AcknowledgeSyntax(syntax("101", "0001", 'R'))]);
    let mut amended = claim_of("CLAIM1", &[("G0108", "75.00"), ("G0008", "35.00")]);
    amended.coverage.responsibility = PayerResponsibility::Secondary;
    let scrub = Command::Scrub(receipt(&amended, None));
    run(&mut case, [Command::Amend(Box::new(amended)), scrub, Command::Release, submit()]);
    assert_eq!(balances(case.ledger()), ["charges -110.00", "payer 2 receivable 110.00"]);
}

#[test]
fn nothing_is_sent_without_a_scrub_of_this_content() {
    let mut case = draft("CLAIM1");
    let clean = Command::Scrub(receipt(&claim("CLAIM1"), None));
    assert!(matches!(refusal(&mut case, clean.clone()), Refusal::WrongState { state: "draft", .. }));
    run(&mut case, [Command::Code]);
    assert_eq!(refusal(&mut case, Command::Release), Refusal::NotScrubbed);
    let other = receipt(&claim_of("CLAIM1", &[("G0108", "150.01")]), None);
    assert_eq!(refusal(&mut case, Command::Scrub(other)), Refusal::ScrubIsForAnotherContent);
    for (worst, released) in [
        (Disposition::Advise, true),
        (Disposition::Review, true),
        (Disposition::Suspend, false),
        (Disposition::Reject, false),
    ] {
        let mut case = case.clone();
        run(&mut case, [Command::Scrub(receipt(&claim("CLAIM1"), Some(worst)))]);
        if released {
            run(&mut case, [Command::Release]);
        } else {
            assert_eq!(case.status(), CaseStatus::Held);
            assert_eq!(refusal(&mut case, Command::Release), Refusal::MayNotBeReleased { worst });
        }
    }
    run(&mut case, [clean]);
    assert!(matches!(refusal(&mut case, submit()), Refusal::WrongState { expected: "queued", .. }));
    let mut amended = claim("CLAIM1");
    amended.prior_authorization = Some(Phi::new("TEST9".into()));
    run(&mut case, [Command::Release, Command::Amend(Box::new(amended))]);
    assert_eq!(case.status(), CaseStatus::Coded);
    assert!(matches!(refusal(&mut case, submit()), Refusal::WrongState { .. }));
    let mut other = claim("CLAIM1");
    other.patient_control_number = claim("CLAIM2").patient_control_number;
    assert_eq!(refusal(&mut case, Command::Amend(Box::new(other))), Refusal::PatientControlNumberChanged);
    let mut empty = claim("CLAIM1");
    empty.diagnoses.clear();
    let mut case = Case::open(account("a1"), empty, today());
    assert_eq!(refusal(&mut case, Command::Code), Refusal::NotCoded { missing: "diagnosis" });
}

#[test]
fn acknowledgements_find_their_claim() {
    use Submission::{Accepted, Forwarded, Received, RejectedFrontEnd, RejectedSyntax, Sent, SyntaxAccepted};
    let mut partly = syntax("101", "0001", 'P');
    partly.transactions[0].code = superbill_claim::AcknowledgementCode::Accepted;
    let mut whole = syntax("101", "0001", 'A');
    whole.transactions.clear();
    let mut group_rejected = syntax("101", "0002", 'R');
    group_rejected.transactions.clear();
    for (acknowledgement, expected) in [
        (syntax("000000101", "0001", 'A'), Ok(SyntaxAccepted)),
        (syntax("101", "0001", 'E'), Ok(SyntaxAccepted)),
        (syntax("101", "0001", 'M'), Ok(RejectedSyntax)),
        (syntax("101", "0001", '?'), Ok(RejectedSyntax)),
        (partly, Ok(SyntaxAccepted)),
        (whole, Ok(SyntaxAccepted)),
        (group_rejected, Ok(RejectedSyntax)),
        (syntax("102", "0001", 'A'), Err(Refusal::AcknowledgementForAnotherTransaction)),
        (syntax("101", "0002", 'A'), Err(Refusal::AcknowledgementForAnotherTransaction)),
    ] {
        let mut case = sent("CLAIM1");
        let done = case.execute(Command::AcknowledgeSyntax(acknowledgement), today()).map(|_| ());
        assert_eq!(done.map(|()| case.state().submission()), expected);
    }
    for (number, categories, expected) in [
        ("CLAIM1", ["A0"].as_slice(), Ok(Forwarded)),
        ("CLAIM1", &["A1"], Ok(Received)),
        ("CLAIM1", &["A5"], Ok(Received)),
        ("CLAIM1", &["A1", "A2"], Ok(Accepted)),
        ("CLAIM1", &["A2", "A7"], Ok(RejectedFrontEnd)),
        ("CLAIM1", &["A4"], Err(Refusal::AcknowledgementSaysNothing)),
        ("CLAIM1", &[], Err(Refusal::AcknowledgementSaysNothing)),
        ("CLAIM2", &["A2"], Err(Refusal::AcknowledgementForAnotherClaim)),
    ] {
        let mut case = sent("CLAIM1");
        assert_eq!(case.state().submission(), Sent);
        let done = case.execute(Command::AcknowledgeClaim(front_end(number, categories)), today()).map(|_| ());
        assert_eq!(done.map(|()| case.state().submission()), expected, "{categories:?}");
    }
    // A late word does not lead back.
    let mut case = sent("CLAIM1");
    let word = |category| Command::AcknowledgeClaim(front_end("CLAIM1", &[category]));
    run(&mut case, [word("A1"), word("A0")]);
    assert_eq!(case.state().submission(), Received);
}

#[test]
fn the_numbers_of_two_claims_must_differ_as_payers_return_them() {
    let mut book = book_with(1);
    assert_eq!(book.open(account("a1"), claim("CLAIM9"), today()), Err(BookError::AccountExists));
    let same = book.open(account("a2"), claim("CLAIM1 "), today());
    assert_eq!(same, Err(BookError::PatientControlNumberExists));
    book.open(account("a2"), claim("ABCDEFGHIJKLMNOPQRST1"), today()).unwrap();
    let cut = book.open(account("a3"), claim("ABCDEFGHIJKLMNOPQRST2"), today());
    assert_eq!(cut, Err(BookError::PatientControlNumberExists));
    let cut = "ABCDEFGHIJKLMNOPQRST".parse().unwrap();
    assert_eq!(book.account_of(&cut), Some(&account("a2")));
}

#[test]
fn a_patient_the_payer_does_not_know_is_corrected_and_sent_again() {
    let mut case = sent("CLAIM1");
    let lines = [("G0108", "185.00", "0", ["OA-31 185.00"].as_slice())];
    run(&mut case, [post("1", claim_payment("CLAIM1", 4, &lines))]);
    assert_eq!(case.status(), CaseStatus::NotRecognized);
    let mut amended = claim("CLAIM1");
    amended.coverage.group_name = Some("TEST GROUP".into());
    let scrub = Command::Scrub(receipt(&amended, None));
    run(&mut case, [Command::Amend(Box::new(amended)), scrub, Command::Release, submit()]);
    assert_eq!(case.status(), CaseStatus::Sent);
    assert_eq!(balances(case.ledger()), ["charges -185.00", "payer 1 receivable 185.00"]);
}

#[test]
fn a_patient_who_must_not_be_billed_is_not() {
    let mut case = sent("CLAIM1");
    let mut payment = paid("CLAIM1");
    payment.remark_codes = vec![RemarkCode::parse("N781").unwrap()];
    run(&mut case, [post("1", payment)]);
    assert_eq!(case.state().patient_account(), PatientAccount::NotBillable);
    assert_eq!(refusal(&mut case, Command::BillPatient), Refusal::PatientMayNotBeBilled);
}

#[test]
fn what_the_patient_pays_is_never_refused_and_never_lost() {
    let mut case = draft("CLAIM1");
    // A copayment at the desk, before anything is coded.
    run(&mut case, [Command::ReceivePatientPayment(money("25.00"))]);
    assert_eq!(case.patient_balance().credit, money("25.00"));
    run(&mut case, way_to_the_payer(&claim("CLAIM1")));
    run(&mut case, [post("1", paid("CLAIM1"))]);
    assert_eq!((case.patient_balance().amount, case.patient_balance().credit), (money("5.00"), Money::ZERO));
    run(&mut case, [Command::ReceivePatientPayment(money("5.00")), Command::Close]);
    run(&mut case, [Command::ReceivePatientPayment(money("5.00"))]);
    assert_eq!(case.status(), CaseStatus::PatientCreditOpen);
    assert_eq!(case.ledger().balance(LedgerAccount::PatientCredit), money("-5.00"));
    let owed = Refusal::BalanceOpen { account: LedgerAccount::PatientCredit, amount: money("-5.00") };
    assert_eq!(refusal(&mut case, Command::Close), owed);
    for amount in ["0", "-1"] {
        let payment = Command::ReceivePatientPayment(money(amount));
        assert_eq!(refusal(&mut case, payment), Refusal::AmountNotPositive);
        assert_eq!(refusal(&mut case, Command::RefundPatient(money(amount))), Refusal::AmountNotPositive);
    }
    let most = Command::ReceivePatientPayment(Money::from_cents(i64::MAX));
    assert!(matches!(refusal(&mut case, most), Refusal::Ledger(LedgerError::Money(_))));
}

#[test]
fn a_refund_gives_back_no_more_than_was_paid() {
    let mut case = sent("CLAIM1");
    let odd = claim_payment("CLAIM1", 1, &[("G0108", "0", "4.55", &["PR-1 -4.55"])]);
    run(&mut case, [post("1", odd), Command::ReceivePatientPayment(money("2.00"))]);
    assert_eq!(case.patient_balance().credit, money("6.55"));
    let refund = |amount| Command::RefundPatient(money(amount));
    assert_eq!(refusal(&mut case, refund("2.01")), Refusal::CreditTooSmall { credit: money("2.00") });
    run(&mut case, [refund("2.00")]);
}
