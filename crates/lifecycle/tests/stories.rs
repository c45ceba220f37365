//! Claims from the draft to the close, told as a biller would tell them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use superbill_claim::{ClaimFrequency, Disposition, PayerResponsibility, RemarkCode};
use superbill_core::{Money, Phi};
use superbill_lifecycle::{
    Adjudication, BookError, Case, CaseStatus, ClaimResult, Command, Event, LedgerAccount, LedgerError, ParkReason,
    PatientAccount, PostRefusal, Refusal, RemittanceKey, Submission, Treatment,
};
use support::*;

/// Why the patient owes something, in words: `line 1 G0108 reason 1: 10.00`.
fn why(case: &Case) -> Vec<String> {
    let parts = case.patient_balance().parts;
    let part = |part: &superbill_lifecycle::PatientPart| {
        let line = part.line.map_or("claim".to_owned(), |line| format!("line {line}"));
        let procedure = part.procedure.as_ref().map_or(String::new(), |code| format!(" {code}"));
        format!("{line}{procedure} reason {}: {}", part.reason, part.amount)
    };
    parts.iter().map(part).collect()
}

fn refusal(case: &mut Case, command: Command) -> Refusal {
    let before = case.clone();
    let refusal = case.execute(command, today()).unwrap_err();
    assert_eq!(*case, before, "a refusal changes nothing: {refusal}");
    refusal
}

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
