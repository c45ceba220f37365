//! Invariants of cases, over random lives.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    missing_docs,
    reason = "tests"
)]

mod support;

use proptest::prelude::*;
use proptest::sample::Index;
use superbill_claim::{AdjustmentGroup, Claim, ClaimPayment, Disposition};
use superbill_core::Money;
use superbill_lifecycle::{Case, Command, Event, Ledger, LedgerAccount, Refusal, Treatment};
use support::random::*;
use support::*;

// ---- Random lives of one case ----

#[derive(Debug, Clone)]
enum Step {
    Code,
    Amend { charge: i64, number: bool, frequency: bool },
    Scrub { worst: Option<Disposition>, of_other: bool },
    Release,
    Submit,
    Syntax(char, bool),
    FrontEnd(&'static str),
    Post { status: u8, lines: Vec<RandomLine>, trace: u8 },
    Reverse(Index),
    Bill,
    Pay(i64),
    Refund(i64),
    Close,
}

fn worst() -> impl Strategy<Value = Option<Disposition>> {
    use Disposition::{Advise, Reject, Review, Suspend};
    prop::sample::select(vec![None, None, Some(Advise), Some(Review), Some(Suspend), Some(Reject)])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => Just(Step::Code),
        1 => (0_i64..40_000, prop::bool::weighted(0.1), prop::bool::weighted(0.1))
            .prop_map(|(charge, number, frequency)| Step::Amend { charge, number, frequency }),
        2 => (worst(), prop::bool::weighted(0.1)).prop_map(|(worst, of_other)| Step::Scrub { worst, of_other }),
        2 => Just(Step::Release),
        2 => Just(Step::Submit),
        1 => (prop::sample::select(vec!['A', 'E', 'R', 'P']), any::<bool>()).prop_map(|(code, ours)| Step::Syntax(code, ours)),
        1 => prop::sample::select(vec!["A0", "A1", "A2", "A3", "A4", "A7"]).prop_map(Step::FrontEnd),
        4 => (prop::sample::select(vec![1_u8, 1, 1, 2, 3, 4, 19, 20, 22, 23, 25, 9]), lines(), any::<u8>())
            .prop_map(|(status, lines, trace)| Step::Post { status, lines, trace }),
        2 => any::<Index>().prop_map(Step::Reverse),
        1 => Just(Step::Bill),
        2 => (-10_i64..20_000).prop_map(Step::Pay),
        1 => (-10_i64..20_000).prop_map(Step::Refund),
        2 => Just(Step::Close),
    ]
}

/// A life that gets somewhere: some begin at the payer.
fn life() -> impl Strategy<Value = (bool, Vec<Step>)> {
    (prop::bool::weighted(0.7), prop::collection::vec(step(), 0..30))
}

fn command(step: &Step, case: &Case, count: usize, payments: &[ClaimPayment]) -> Command {
    match step {
        Step::Code => Command::Code,
        Step::Amend { charge, number, frequency } => {
            let number = if *number { "CLAIM2" } else { "CLAIM1" };
            let mut claim = claim_of(number, &[("G0108", &cents(*charge).to_string())]);
            if *frequency {
                claim.frequency = superbill_claim::ClaimFrequency::Replacement;
            }
            Command::Amend(Box::new(claim))
        }
        Step::Scrub { worst, of_other } => {
            let other = claim_of("CLAIM1", &[("J1885", "1.23")]);
            Command::Scrub(receipt(if *of_other { &other } else { case.claim() }, *worst))
        }
        Step::Release => Command::Release,
        Step::Submit => submit(),
        Step::Syntax(code, ours) => Command::AcknowledgeSyntax(syntax(if *ours { "101" } else { "7" }, "0001", *code)),
        Step::FrontEnd(category) => Command::AcknowledgeClaim(front_end("CLAIM1", &[category])),
        Step::Post { status, lines, trace } => {
            post(&trace.to_string(), payment_of("CLAIM1", *status, lines, &format!("ICN{count}")))
        }
        Step::Reverse(which) if !payments.is_empty() => {
            post(&format!("R{count}"), opposite(&payments[which.index(payments.len())]))
        }
        Step::Reverse(_) => post(&format!("R{count}"), opposite(&paid("CLAIM1"))),
        Step::Bill => Command::BillPatient,
        Step::Pay(amount) => Command::ReceivePatientPayment(cents(*amount)),
        Step::Refund(amount) => Command::RefundPatient(cents(*amount)),
        Step::Close => Command::Close,
    }
}

/// Lives the life and gives the case after each command, refused ones left out.
fn live((at_payer, steps): &(bool, Vec<Step>)) -> Result<Vec<Case>, TestCaseError> {
    let mut case = if *at_payer { sent("CLAIM1") } else { draft("CLAIM1") };
    let mut payments: Vec<ClaimPayment> = Vec::new();
    let mut lived = vec![case.clone()];
    for (count, step) in steps.iter().enumerate() {
        let command = command(step, &case, count, &payments);
        let before = case.clone();
        match case.execute(command.clone(), today()) {
            Ok(_) => {
                prop_assert_eq!(&case.log()[..before.log().len()], before.log(), "the log is only appended to");
                if let Command::PostClaimPayment { payment, .. } = command {
                    payments.push(*payment);
                }
                lived.push(case.clone());
            }
            Err(_) => prop_assert_eq!(&case, &before, "a refused command changes nothing"),
        }
    }
    Ok(lived)
}

fn balance(case: &Case, account: LedgerAccount) -> i64 {
    case.ledger().balance(account).cents()
}

fn sum_of(ledger: &Ledger, is_meant: fn(&LedgerAccount) -> bool) -> i64 {
    ledger.balances().filter(|(account, _)| is_meant(account)).map(|(_, balance)| balance.cents()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_posting_sums_to_zero(life in life()) {
        for posting in live(&life)?.last().unwrap().ledger().postings() {
            prop_assert_eq!(posting.entries().iter().map(|entry| entry.amount.cents()).sum::<i64>(), 0);
            prop_assert!(posting.entries().iter().all(|entry| !entry.amount.is_zero()));
        }
    }

    #[test]
    fn trial_balance_is_zero_at_every_prefix_of_the_log(life in life()) {
        let lived = live(&life)?;
        let log = lived.last().unwrap().log();
        for end in 1..=log.len() {
            let case = Case::replay(account("a1"), log[..end].to_vec()).unwrap();
            prop_assert_eq!(case.ledger().trial_balance(), Ok(Money::ZERO));
        }
    }

    #[test]
    fn charges_equal_cash_plus_adjustments_plus_open_receivables(life in life()) {
        use LedgerAccount::{
            Cash, ContractualAdjustment, PatientCredit, PatientReceivable, PayerReceivable, RemittanceClearing,
            Sequestration,
        };
        for case in live(&life)? {
            let money = sum_of(case.ledger(), |account| matches!(account, Cash | RemittanceClearing));
            let taken_off = sum_of(case.ledger(), |account| matches!(account, ContractualAdjustment | Sequestration));
            let open = sum_of(case.ledger(), |account| matches!(account, PayerReceivable(_) | PatientReceivable));
            let credit = -balance(&case, PatientCredit);
            prop_assert_eq!(-balance(&case, LedgerAccount::Charges), money + taken_off + open - credit);
            prop_assert_eq!(case.payer_balance().cents(), open - balance(&case, PatientReceivable));
        }
    }

    #[test]
    fn replay_equals_live(life in life()) {
        for case in live(&life)? {
            let replayed = Case::replay(account("a1"), case.log().to_vec());
            prop_assert_eq!(replayed.as_ref(), Ok(&case));
        }
    }

    #[test]
    fn a_replayed_prefix_lives_on_like_the_case_that_never_stopped(life in life(), stop in any::<Index>()) {
        let lived = live(&life)?;
        let stopped = &lived[stop.index(lived.len())];
        let mut resumed = Case::replay(account("a1"), stopped.log().to_vec()).unwrap();
        let mut live = stopped.clone();
        for command in [Command::ReceivePatientPayment(cents(500)), Command::Close, submit(), post("Z", paid("CLAIM1"))] {
            let (one, two) = (resumed.execute(command.clone(), today()).map(<[_]>::to_vec), live.execute(command, today()));
            prop_assert_eq!(one.as_deref(), two.as_deref());
        }
        prop_assert_eq!(resumed, live);
    }

    #[test]
    fn no_submission_without_receipt_of_that_exact_content(life in life()) {
        let lived = live(&life)?;
        let mut content: Option<Claim> = None;
        let mut receipt = None;
        for recorded in lived.last().unwrap().log() {
            match &recorded.event {
                Event::Opened { claim } | Event::ClaimAmended { claim } => content = Some(claim.as_ref().clone()),
                Event::Scrubbed { receipt: given } => receipt = Some(given.clone()),
                Event::Submitted { .. } | Event::Released => {
                    let receipt = receipt.as_ref().unwrap();
                    prop_assert!(receipt.covers(content.as_ref().unwrap()) && receipt.may_be_released());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn patient_never_owes_without_pr(life in life()) {
        for case in live(&life)? {
            let owed = balance(&case, LedgerAccount::PatientReceivable);
            let credit = -balance(&case, LedgerAccount::PatientCredit);
            prop_assert!(owed >= 0 && credit >= 0 && (owed == 0 || credit == 0));
            let standing = case.state().standing();
            let is_pr = |adjustment: &&superbill_lifecycle::PostedAdjustment| {
                adjustment.group == AdjustmentGroup::PatientResponsibility
            };
            let pr: i64 = standing
                .flat_map(|posted| posted.posting.adjustments.iter().filter(is_pr))
                .map(|adjustment| adjustment.amount.cents().max(0))
                .sum();
            prop_assert!(owed <= pr, "owes {} of {}", owed, pr);
            let told = case.patient_balance();
            let parts: i64 = told.parts.iter().map(|part| part.amount.cents()).sum();
            prop_assert_eq!(parts, told.amount.cents() + told.paid.cents() - told.credit.cents());
        }
    }

    #[test]
    fn contractual_never_moves_to_patient(lines in lines()) {
        let mut case = sent("CLAIM1");
        let payment = payment_of("CLAIM1", 1, &lines, "ICN1");
        run(&mut case, [post("1", payment.clone())]);
        let of = |group: &str, reason: &str| -> i64 {
            let adjustments = payment.all_adjustments();
            let meant = adjustments.filter(|one| {
                one.group.code() == Some(group) && (reason.is_empty() || one.reason.as_str() == reason)
            });
            meant.map(|one| one.amount.cents()).sum()
        };
        let patient = balance(&case, LedgerAccount::PatientReceivable) + balance(&case, LedgerAccount::PatientCredit);
        prop_assert_eq!(patient, of("PR", ""));
        prop_assert_eq!(balance(&case, LedgerAccount::ContractualAdjustment), of("CO", "45"));
        prop_assert_eq!(balance(&case, LedgerAccount::Sequestration), of("CO", "253"));
        // What is open stays with the payer, to the cent, where the payer adjudicated what was charged.
        let posted = &case.state().adjudications()[0].posting.adjustments;
        let open = posted.iter().filter(|adjustment| adjustment.treatment == Treatment::Open);
        let open: i64 = open.map(|open| open.amount.cents()).sum();
        let difference = 18_500 - payment.charge.cents();
        prop_assert_eq!(case.payer_balance().cents(), open + difference);
    }

    #[test]
    fn reversal_restores_balances(life in life(), lines in lines()) {
        for mut case in live(&life)? {
            let before = balances(case.ledger());
            let payment = payment_of("CLAIM1", 1, &lines, "ICN-REVERSED");
            if case.execute(post("X", payment.clone()), today()).is_ok() {
                run(&mut case, [post("Y", opposite(&payment))]);
                prop_assert_eq!(balances(case.ledger()), before);
                let again = case.execute(post("Z", opposite(&payment)), today()).map(|_| ());
                let takes_another = matches!(again, Ok(()) | Err(Refusal::NothingToReverse));
                prop_assert!(takes_another);
            }
        }
    }
}
