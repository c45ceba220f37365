//! What becomes of a case when a payer pays, denies, reverses or errs, told as a biller would tell it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use superbill_claim::RemarkCode;
use superbill_core::Money;
use superbill_lifecycle::{
    Adjudication, BookError, CaseStatus, ClaimResult, Command, Event, LedgerAccount, ParkReason, PostRefusal, Refusal,
    RemittanceKey, Treatment,
};
use support::*;

#[test]
fn a_denial_is_not_written_off_and_not_the_patients() {
    let mut case = sent("CLAIM1");
    let mut denial = claim_payment(
        "CLAIM1",
        1,
        &[("G0108", "150.00", "0", &["CO-50 150.00"]), ("G0008", "35.00", "0", &["CO-97 30.00", "CO-45 5.00"])],
    );
    denial.lines[0].remark_codes = vec![RemarkCode::parse("N115").unwrap()];
    run(&mut case, [post("900000002", denial)]);
    assert_eq!(case.status(), CaseStatus::Denied);
    assert_eq!(case.state().adjudication(), Adjudication::Denied);
    assert_eq!(
        balances(case.ledger()),
        ["charges -185.00", "payer 1 receivable 180.00", "contractual adjustment 5.00",]
    );
    let open: Vec<String> = case
        .open_adjustments()
        .map(|open| {
            format!("line {:?} {}-{} {} {:?}", open.line, open.group, open.reason, open.amount, open.remark_codes)
        })
        .collect();
    assert_eq!(open, ["line Some(1) CO-50 150.00 [RemarkCode(N115)]", "line Some(2) CO-97 30.00 []"]);
    assert_eq!(refusal(&mut case, Command::BillPatient), Refusal::NothingOwed);
    let open = Refusal::BalanceOpen { account: LedgerAccount::PayerReceivable(1), amount: money("180.00") };
    assert_eq!(refusal(&mut case, Command::Close), open);
}

#[test]
fn what_counts_as_a_denial() {
    use CaseStatus::{AdjudicatedAwaitingPatient, AdjudicatedWithOpenAdjustments, Denied, Settled};
    let none: &[&str] = &[];
    for (paid, first, second, status, patient) in [
        // Nothing paid, but it is all the patient's: the deductible.
        ("0", ["PR-1 150.00"].as_slice(), ["PR-1 35.00"].as_slice(), AdjudicatedAwaitingPatient, "185.00"),
        // Not covered, and the patient knew: the patient's too.
        ("0", &["PR-50 150.00"], &["PR-50 35.00"], AdjudicatedAwaitingPatient, "185.00"),
        // Nothing paid and all contractual.
        ("0", &["CO-45 150.00"], &["CO-45 35.00"], Settled, "0"),
        // One line is paid, the other denied.
        ("150.00", none, &["CO-97 35.00"], AdjudicatedWithOpenAdjustments, "0"),
        // Groups OA and PI are not written off either.
        ("0", &["OA-18 150.00"], &["PI-45 35.00"], Denied, "0"),
        // One line to the deductible, the other denied.
        ("0", &["PR-1 150.00"], &["CO-96 35.00"], AdjudicatedWithOpenAdjustments, "150.00"),
    ] {
        let mut case = sent("CLAIM1");
        let lines = [("G0108", "150.00", paid, first), ("G0008", "35.00", "0", second)];
        run(&mut case, [post("900000003", claim_payment("CLAIM1", 1, &lines))]);
        assert_eq!(case.status(), status, "{first:?} {second:?}");
        assert_eq!(case.patient_balance().amount, money(patient), "{first:?} {second:?}");
    }
}

#[test]
fn a_reversal_restores_and_the_correction_counts() {
    let mut book = book_with(1);
    let a1 = account("a1");
    let sent = balances(book.case(&a1).unwrap().ledger());
    book.post(&remittance("900000004", vec![paid("CLAIM1")], &[]), today()).unwrap();
    book.execute(&a1, Command::ReceivePatientPayment(money("30.00")), today()).unwrap();
    book.execute(&a1, Command::Close, today()).unwrap();

    // Taken back alone, weeks later: the payer carries over what it wants back.
    let back = remittance("900000005", vec![opposite(&paid("CLAIM1"))], &[("FB", "-109.76")]);
    assert_eq!(book.post(&back, day("2026-12-01")).unwrap().paid, Money::ZERO);
    let case = book.case(&a1).unwrap();
    assert_eq!(case.status(), CaseStatus::Reversed);
    assert!(case.log().iter().any(|recorded| recorded.event == Event::Reopened));
    let with_credit: Vec<String> =
        vec![sent[0].clone(), sent[1].clone(), "patient credit -30.00".into(), "cash 30.00".into()];
    assert_eq!(balances(case.ledger()), with_credit);
    assert_eq!(case.patient_balance().amount, Money::ZERO);
    assert_eq!(case.patient_balance().credit, money("30.00"));
    assert_eq!(balances(book.ledger()), ["remittance clearing 109.76", "forwarding balance -109.76"]);

    // The correction asks less of the patient: his credit pays it, the rest stays his.
    let corrected = claim_payment(
        "CLAIM1",
        1,
        &[
            ("G0108", "150.00", "88.20", &["CO-45 40.00", "PR-2 20.00", "CO-253 1.80"]),
            ("G0008", "35.00", "31.36", &["CO-45 3.00", "CO-253 0.64"]),
        ],
    );
    book.post(&remittance("900000006", vec![corrected], &[("FB", "109.76")]), day("2026-12-15")).unwrap();
    let case = book.case(&a1).unwrap();
    assert_eq!(case.patient_balance().credit, money("10.00"));
    assert_eq!(why(case), ["line 1 G0108 reason 2: 20.00"]);
    assert_eq!(case.status(), CaseStatus::PatientCreditOpen);
    // The forwarding balance nets to zero, and clearing is what the bank is to show.
    assert!(balances(book.ledger()).is_empty());
    assert_eq!(book.balance(LedgerAccount::RemittanceClearing), Ok(money("119.56")));
    let too_much = Refusal::CreditTooSmall { credit: money("10.00") };
    let refund = |amount| Command::RefundPatient(money(amount));
    assert_eq!(book.execute(&a1, refund("10.01"), today()), Err(BookError::Refused(too_much)));
    book.execute(&a1, refund("10.00"), today()).unwrap();
    book.execute(&a1, Command::Close, today()).unwrap();
}

#[test]
fn a_reversal_and_its_correction_may_stand_in_one_remittance() {
    let mut in_one = book_with(1);
    let mut apart = book_with(1);
    let corrected = claim_payment("CLAIM1", 1, &[("G0108", "185.00", "185.00", &[])]);
    let back = opposite(&paid("CLAIM1"));
    for book in [&mut in_one, &mut apart] {
        book.post(&remittance("1", vec![paid("CLAIM1")], &[]), today()).unwrap();
    }
    in_one.post(&remittance("2", vec![back.clone(), corrected.clone()], &[]), today()).unwrap();
    apart.post(&remittance("2", vec![back.clone()], &[]), today()).unwrap();
    apart.post(&remittance("3", vec![corrected], &[]), today()).unwrap();
    let ledger = |book: &superbill_lifecycle::Book| balances(book.case(&account("a1")).unwrap().ledger());
    assert_eq!(ledger(&in_one), ["charges -185.00", "remittance clearing 185.00"]);
    assert_eq!(ledger(&in_one), ledger(&apart));

    // The same reversal in another remittance finds nothing to take back.
    let report = in_one.post(&remittance("4", vec![back], &[]), today()).unwrap();
    assert_eq!(report.results, [ClaimResult::Parked(ParkReason::NothingToReverse)]);
    assert_eq!(ledger(&in_one), ledger(&apart));
}

#[test]
fn an_unbalanced_remittance_changes_nothing() {
    let mut book = book_with(2);
    let before = book.clone();
    let mut crooked = paid("CLAIM1");
    crooked.lines[0].adjustments[0].amount = money("39.99");
    let refused = book.post(&remittance("900000007", vec![paid("CLAIM2"), crooked], &[]), today()).unwrap_err();
    let PostRefusal::Unbalanced { imbalances } = &refused else { panic!("{refused}") };
    let places: Vec<String> = imbalances.iter().map(ToString::to_string).collect();
    assert_eq!(
        places,
        [
            "claim 2: stated as paid 109.76, by its parts 109.77",
            "claim 2 line 1: stated as paid 78.40, by its parts 78.41",
        ]
    );
    assert_eq!(book, before);
    let mut crooked = remittance("900000007", vec![paid("CLAIM1")], &[]);
    crooked.payment.amount = money("109.75");
    assert!(matches!(book.post(&crooked, today()), Err(PostRefusal::Unbalanced { .. })));
    assert_eq!(book, before);
    // Not by way of the case either.
    let mut crooked = paid("CLAIM1");
    crooked.paid = money("100.00");
    assert_eq!(refusal(&mut sent("CLAIM1"), post("1", crooked)), Refusal::Unbalanced);
}

#[test]
fn posting_twice_posts_once() {
    let mut book = book_with(1);
    let first = remittance("900000008", vec![paid("CLAIM1")], &[("L6", "-0.50")]);
    assert!(!book.post(&first, today()).unwrap().is_already_posted);
    let before = book.clone();
    let report = book.post(&first, day("2026-11-01")).unwrap();
    assert!(report.is_already_posted);
    assert_eq!((report.posted, report.already_posted, report.paid), (0, 1, money("110.26")));
    assert_eq!(book, before);
    // The same payment with other content is an error, not a second posting.
    let other = remittance("900000008", vec![claim_payment("CLAIM1", 1, &[("G0108", "110.26", "110.26", &[])])], &[]);
    assert_eq!(book.post(&other, today()), Err(PostRefusal::DifferentContent));
    assert_eq!(book, before);
    // And a case takes one claim payment once, whoever brings it.
    let mut case = sent("CLAIM1");
    run(&mut case, [post("1", paid("CLAIM1"))]);
    assert_eq!(refusal(&mut case, post("1", paid("CLAIM1"))), Refusal::AlreadyPosted);
}

#[test]
fn what_no_case_takes_is_parked_with_its_money() {
    let mut book = book_with(1);
    book.open(account("b1"), claim("CLAIM8"), today()).unwrap();
    let claims = vec![paid("CLAIM9"), paid("CLAIM1"), paid("CLAIM8")];
    let report = book.post(&remittance("900000009", claims, &[("WO", "10.00"), ("72", "-2.00")]), today()).unwrap();
    assert_eq!(
        report.results,
        [
            ClaimResult::Parked(ParkReason::NoCase),
            ClaimResult::Posted(account("a1")),
            ClaimResult::Parked(ParkReason::NotSent),
        ]
    );
    assert_eq!((report.claims, report.posted, report.parked), (3, 1, 2));
    assert_eq!(report.paid, money("321.28"));
    assert_eq!(report.paid_to_cases, money("109.76"));
    assert_eq!(report.paid_to_parked, money("219.52"));
    assert_eq!(report.provider_adjustments, money("8.00"));
    assert_eq!(
        balances(book.ledger()),
        ["remittance clearing 211.52", "unmatched payment -219.52", "recoupment 10.00", "provider adjustment -2.00",]
    );
    assert_eq!(book.balance(LedgerAccount::RemittanceClearing), Ok(report.paid));

    // A case turns up for one of them.
    assert_eq!(book.match_parked(today()), Ok(vec![]));
    for command in way_to_the_payer(&claim("CLAIM8")) {
        book.execute(&account("b1"), command, today()).unwrap();
    }
    let matched = book.match_parked(today()).unwrap();
    assert_eq!(matched.len(), 1);
    assert_eq!((matched[0].0.claim, &matched[0].1), (3, &account("b1")));
    assert_eq!(book.parked().len(), 1);
    assert_eq!(book.case(&account("b1")).unwrap().status(), CaseStatus::AdjudicatedAwaitingPatient);
    assert_eq!(book.balance(LedgerAccount::UnmatchedPayment), Ok(money("-109.76")));
    assert_eq!(book.balance(LedgerAccount::RemittanceClearing), Ok(report.paid));
}

#[test]
fn answers_without_money_leave_the_ledger_alone() {
    for (status, adjudication) in
        [(25, Adjudication::Predetermined), (23, Adjudication::NotOurs), (4, Adjudication::NotRecognized)]
    {
        let mut case = sent("CLAIM1");
        let before = case.ledger().clone();
        let lines = [("G0108", "150.00", "0", ["CO-45 40.00", "PR-2 24.00", "OA-101 86.00"].as_slice())];
        run(&mut case, [post("1", claim_payment("CLAIM1", status, &lines))]);
        assert_eq!(case.state().adjudication(), adjudication);
        assert_eq!(*case.ledger(), before);
        let money_came = claim_payment("CLAIM1", status, &[("G0108", "150.00", "150.00", &[])]);
        assert_eq!(refusal(&mut case, post("2", money_came)), Refusal::MoneyWithoutEffect { code: status });
        // The real answer may come after it.
        run(&mut case, [post("3", paid("CLAIM1"))]);
        assert_eq!(case.status(), CaseStatus::AdjudicatedAwaitingPatient);
        run(&mut case, [post("4", opposite(&paid("CLAIM1")))]);
        assert_eq!(case.status(), CaseStatus::Reversed);
    }
    let unknown = claim_payment("CLAIM1", 17, &[("G0108", "150.00", "150.00", &[])]);
    assert_eq!(refusal(&mut sent("CLAIM1"), post("1", unknown)), Refusal::UnknownPaymentStatus { code: 17 });
}

#[test]
fn a_claim_that_crosses_over_waits_for_the_next_payer() {
    let mut case = sent("CLAIM1");
    let secondary_first = claim_payment("CLAIM1", 2, &[("G0108", "185.00", "30.00", &["OA-23 155.00"])]);
    assert_eq!(refusal(&mut case, post("1", secondary_first)), Refusal::PayerNotExpected { rank: 2 });
    let mut primary = paid("CLAIM1");
    primary.status = superbill_claim::ClaimPaymentStatus::PrimaryForwarded;
    run(&mut case, [post("2", primary)]);
    assert_eq!(case.status(), CaseStatus::AwaitingNextPayer);
    assert_eq!(case.patient_balance().amount, Money::ZERO);
    assert_eq!(refusal(&mut case, Command::BillPatient), Refusal::NothingOwed);
    assert_eq!(case.ledger().balance(LedgerAccount::PayerReceivable(2)), money("30.00"));

    // It pays 20.00, leaves 4.00 to the patient, and its own contract takes off 6.00; the rest repeats the first payer.
    let secondary = claim_payment(
        "CLAIM1",
        2,
        &[
            ("G0108", "150.00", "20.00", &["OA-23 80.00", "CO-45 46.00", "PR-3 4.00"]),
            ("G0008", "35.00", "0", &["OA-23 32.00", "CO-45 3.00"]),
        ],
    );
    run(&mut case, [post("3", secondary)]);
    assert_eq!(case.payer_balance(), Money::ZERO);
    assert_eq!(why(&case), ["line 1 G0108 reason 3: 4.00"]);
    assert_eq!(case.open_adjustments().count(), 0);
    let repeated = &case.state().adjudications()[1].posting.adjustments;
    let repeated = repeated.iter().filter(|adjustment| adjustment.treatment == Treatment::EarlierPayer);
    let repeated = Money::try_sum(repeated.map(|adjustment| adjustment.amount));
    assert_eq!(repeated, Ok(money("155.00")));
    run(&mut case, [Command::ReceivePatientPayment(money("4.00")), Command::Close]);
}

#[test]
fn adjustments_may_be_negative_and_may_stand_on_the_claim() {
    let mut case = sent("CLAIM1");
    let mut payment = claim_payment(
        "CLAIM1",
        1,
        &[("G0108", "150.00", "160.00", &["CO-45 -10.00"]), ("G0008", "35.00", "35.00", &[])],
    );
    payment.adjustments = vec![adjustment("PR-1 12.00")];
    payment.paid = money("183.00");
    run(&mut case, [post("1", payment)]);
    assert_eq!(case.ledger().balance(LedgerAccount::ContractualAdjustment), money("-10.00"));
    assert_eq!(why(&case), ["claim reason 1: 12.00"]);
    assert_eq!(case.payer_balance(), Money::ZERO);
}

#[test]
fn claim_payments_do_not_get_around_the_remittance() {
    let mut book = book_with(1);
    let refused = book.execute(&account("a1"), post("1", paid("CLAIM1")), today());
    assert_eq!(refused, Err(BookError::PostsWithItsRemittance));
    assert_eq!(book.execute(&account("zz"), Command::Close, today()), Err(BookError::NoSuchCase));
    let key = RemittanceKey::of(&remittance("1", vec![], &[]));
    assert_eq!(book.receive_deposit(&key, Money::ZERO, today()), Err(BookError::NoSuchRemittance));
    let mut case = sent("CLAIM1");
    assert_eq!(refusal(&mut case, post("1", paid("CLAIM2"))), Refusal::PaymentForAnotherClaim);
    assert_eq!(refusal(&mut draft("CLAIM1"), post("1", paid("CLAIM1"))), Refusal::NotSent);
}

#[test]
fn a_reversal_takes_back_the_adjudication_that_it_names() {
    let half = |reason: &str, number: &str| {
        let adjustments = [format!("{reason} 42.50")];
        let adjustments: Vec<&str> = adjustments.iter().map(String::as_str).collect();
        let mut payment = claim_payment("CLAIM1", 1, &[("G0108", "92.50", "50.00", &adjustments)]);
        payment.payer_control_number = Some(number.parse().unwrap());
        payment
    };
    // The payer split the claim, and both halves have the same charge and payment.
    let (first, second) = (half("CO-45", "ICN1"), half("PR-2", "ICN2"));
    for (taken_back, left) in [(&first, "patient receivable 42.50"), (&second, "contractual adjustment 42.50")] {
        let mut case = sent("CLAIM1");
        run(&mut case, [post("1", first.clone()), post("2", second.clone()), post("3", opposite(taken_back))]);
        assert!(balances(case.ledger()).contains(&left.to_owned()), "{left}");
        assert_eq!(case.payer_balance(), money("92.50"));
        assert_eq!(case.state().adjudication(), Adjudication::Adjudicated);
    }
}

#[test]
fn a_denial_that_is_paid_after_all_is_open_no_longer() {
    let mut case = sent("CLAIM1");
    let denial = claim_payment("CLAIM1", 1, &[("G0108", "185.00", "0", &["CO-50 185.00"])]);
    run(&mut case, [post("1", denial)]);
    assert_eq!(case.open_adjustments().count(), 1);
    run(&mut case, [post("2", paid("CLAIM1"))]);
    assert_eq!(case.open_adjustments().count(), 0);
    assert_eq!(case.status(), CaseStatus::AdjudicatedAwaitingPatient);
}
