//! Invariants of books, and an auditor that keeps the accounts in another way.
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
use std::collections::BTreeMap;
use superbill_claim::{ClaimPayment, ClaimPaymentStatus};
use superbill_core::Money;
use superbill_lifecycle::{Book, BookError, Command, LedgerAccount, PostRefusal, Refusal, RemittanceKey};
use support::random::*;
use support::*;

// ---- A book, and the auditor ----

/// What the auditor knows of a claim: what was fed in, in cents. It knows no postings, no accounts and no events.
#[derive(Debug, Default, Clone)]
struct AuditedClaim {
    standing: Vec<ClaimPayment>,
    patient_paid: i64,
}

impl AuditedClaim {
    fn of(&self, group: &str, reason: Option<&str>) -> i64 {
        let adjustments = self.standing.iter().flat_map(ClaimPayment::all_adjustments);
        let meant = adjustments
            .filter(|one| one.group.code() == Some(group) && reason.is_none_or(|reason| one.reason.as_str() == reason));
        meant.map(|one| one.amount.cents()).sum()
    }

    /// What each account must show, those at zero left out.
    fn balances(&self) -> BTreeMap<LedgerAccount, i64> {
        let paid: i64 = self.standing.iter().map(|payment| payment.paid.cents()).sum();
        let (contractual, sequestration, patient) =
            (self.of("CO", Some("45")), self.of("CO", Some("253")), self.of("PR", None));
        let owes = patient - self.patient_paid;
        let all = [
            (LedgerAccount::Charges, -18_500),
            (LedgerAccount::PayerReceivable(1), 18_500 - paid - contractual - sequestration - patient),
            (LedgerAccount::PatientReceivable, owes.max(0)),
            (LedgerAccount::PatientCredit, owes.min(0)),
            (LedgerAccount::RemittanceClearing, paid),
            (LedgerAccount::Cash, self.patient_paid),
            (LedgerAccount::ContractualAdjustment, contractual),
            (LedgerAccount::Sequestration, sequestration),
        ];
        all.into_iter().filter(|(_, balance)| *balance != 0).collect()
    }
}

#[derive(Debug, Default, Clone)]
struct Auditor {
    claims: [AuditedClaim; 3],
    parked: i64,
    provider: BTreeMap<&'static str, i64>,
    announced: i64,
    deposited: i64,
}

#[derive(Debug, Clone)]
enum BookStep {
    /// Claims (the fourth is not known) with what the payer did, and provider adjustments.
    Remit(Vec<(usize, Vec<RandomLine>)>, Vec<(&'static str, i64)>),
    TakeBack {
        claim: usize,
        which: Index,
        again: Option<Vec<RandomLine>>,
    },
    Crooked(usize, Vec<RandomLine>, i64),
    Again(Index),
    Altered(Index),
    Pay(usize, i64),
    Refund(usize, i64),
    Bill(usize),
    Deposit(Index),
}

fn book_step() -> impl Strategy<Value = BookStep> {
    let plb = prop::collection::vec((prop::sample::select(vec!["L6", "WO", "FB", "72"]), -5_000_i64..5_000), 0..3);
    prop_oneof![
        4 => (prop::collection::vec((0_usize..4, lines()), 0..4), plb).prop_map(|(claims, plb)| BookStep::Remit(claims, plb)),
        3 => (0_usize..3, any::<Index>(), prop::option::of(lines()))
            .prop_map(|(claim, which, again)| BookStep::TakeBack { claim, which, again }),
        1 => (0_usize..3, lines(), 1_i64..1_000).prop_map(|(claim, lines, off)| BookStep::Crooked(claim, lines, off)),
        1 => any::<Index>().prop_map(BookStep::Again),
        1 => any::<Index>().prop_map(BookStep::Altered),
        2 => (0_usize..3, 1_i64..20_000).prop_map(|(claim, amount)| BookStep::Pay(claim, amount)),
        1 => (0_usize..3, 1_i64..20_000).prop_map(|(claim, amount)| BookStep::Refund(claim, amount)),
        1 => (0_usize..3).prop_map(BookStep::Bill),
        1 => any::<Index>().prop_map(BookStep::Deposit),
    ]
}

fn number(claim: usize) -> String {
    format!("CLAIM{}", claim + 1)
}

fn case_account(claim: usize) -> superbill_lifecycle::AccountId {
    account(&format!("a{}", claim + 1))
}

/// Feeds the book and the auditor the same steps, and compares them after each.
fn audit(steps: &[BookStep]) -> Result<(), TestCaseError> {
    let mut book = book_with(3);
    let mut auditor = Auditor::default();
    let mut remitted: Vec<superbill_claim::Remittance> = Vec::new();
    for (count, step) in steps.iter().enumerate() {
        let before = book.clone();
        let trace = format!("T{count}");
        match step {
            BookStep::Remit(claims, plb) => {
                let payer_number = |place| format!("ICN{count}-{place}");
                let payments = claims
                    .iter()
                    .enumerate()
                    .map(|(place, (claim, lines))| payment_of(&number(*claim), 1, lines, &payer_number(place)));
                let payments: Vec<ClaimPayment> = payments.collect();
                let amounts: Vec<String> = plb.iter().map(|(_, amount)| cents(*amount).to_string()).collect();
                let plb_texts: Vec<_> =
                    plb.iter().zip(&amounts).map(|((reason, _), text)| (*reason, text.as_str())).collect();
                let given = remittance(&trace, payments.clone(), &plb_texts);
                let report = book.post(&given, today()).unwrap();
                prop_assert_eq!((report.claims, report.posted + report.parked), (claims.len(), claims.len()));
                prop_assert_eq!(report.parked, claims.iter().filter(|(claim, _)| *claim == 3).count());
                prop_assert_eq!(report.balance, Money::ZERO);
                for ((claim, _), payment) in claims.iter().zip(payments) {
                    match auditor.claims.get_mut(*claim) {
                        Some(audited) => audited.standing.push(payment),
                        None => auditor.parked += payment.paid.cents(),
                    }
                }
                for (reason, amount) in plb {
                    *auditor.provider.entry(reason).or_default() += amount;
                }
                auditor.announced += given.payment.amount.cents();
                remitted.push(given);
            }
            BookStep::TakeBack { claim, which, again } => {
                let audited = &mut auditor.claims[*claim];
                if audited.standing.is_empty() {
                    continue;
                }
                let taken = audited.standing.remove(which.index(audited.standing.len()));
                let mut payments = vec![opposite(&taken)];
                if let Some(lines) = again {
                    // A correction may carry a new payer control number.
                    payments.push(payment_of(&number(*claim), 1, lines, &format!("ICN{count}-again")));
                    audited.standing.push(payments[1].clone());
                }
                let given = remittance(&trace, payments, &[]);
                prop_assert_eq!(book.post(&given, today()).unwrap().parked, 0);
                auditor.announced += given.payment.amount.cents();
                remitted.push(given);
            }
            BookStep::Crooked(claim, lines, off) => {
                let good = payment_of(&number((claim + 1) % 3), 1, lines, "ICN-GOOD");
                let mut bad = payment_of(&number(*claim), 1, lines, "ICN-BAD");
                bad.paid = cents(bad.paid.cents() + off);
                let refused = book.post(&remittance(&trace, vec![good, bad], &[]), today());
                prop_assert!(matches!(refused, Err(PostRefusal::Unbalanced { .. })), "{:?}", refused);
                prop_assert_eq!(&book, &before);
            }
            BookStep::Again(which) if !remitted.is_empty() => {
                let report = book.post(&remitted[which.index(remitted.len())], today()).unwrap();
                prop_assert!(report.is_already_posted);
                prop_assert_eq!(&book, &before);
            }
            BookStep::Altered(which) if !remitted.is_empty() => {
                let mut altered = remitted[which.index(remitted.len())].clone();
                altered.claims.push(payment_of("CLAIM1", 1, &[(0, Vec::new())], "ICN-ALTERED"));
                prop_assert_eq!(book.post(&altered, today()), Err(PostRefusal::DifferentContent));
                prop_assert_eq!(&book, &before);
            }
            BookStep::Pay(claim, amount) => {
                book.execute(&case_account(*claim), Command::ReceivePatientPayment(cents(*amount)), today()).unwrap();
                auditor.claims[*claim].patient_paid += amount;
            }
            BookStep::Refund(claim, amount) => {
                let audited = &mut auditor.claims[*claim];
                let credit = (audited.patient_paid - audited.of("PR", None)).clamp(0, audited.patient_paid);
                let refund = Command::RefundPatient(cents(*amount));
                let refunded = book.execute(&case_account(*claim), refund, today()).map(|_| ());
                if *amount <= credit {
                    prop_assert_eq!(refunded, Ok(()));
                    audited.patient_paid -= amount;
                } else {
                    let too_much = Refusal::CreditTooSmall { credit: cents(credit) };
                    prop_assert_eq!(refunded, Err(BookError::Refused(too_much)));
                    prop_assert_eq!(&book, &before);
                }
            }
            BookStep::Bill(claim) => {
                let audited = &auditor.claims[*claim];
                let billed = book.execute(&case_account(*claim), Command::BillPatient, today()).map(|_| ());
                let owes = audited.of("PR", None) > audited.patient_paid;
                prop_assert_eq!(billed.is_ok(), owes);
            }
            BookStep::Deposit(which) if !remitted.is_empty() => {
                let given = &remitted[which.index(remitted.len())];
                let key = RemittanceKey::of(given);
                match book.receive_deposit(&key, given.payment.amount, today()) {
                    Ok(()) => auditor.deposited += given.payment.amount.cents(),
                    Err(error) => prop_assert_eq!(error, BookError::AlreadyDeposited),
                }
            }
            BookStep::Again(_) | BookStep::Altered(_) | BookStep::Deposit(_) => {}
        }
        compare(&book, &auditor)?;
    }
    Ok(())
}

fn compare(book: &Book, auditor: &Auditor) -> Result<(), TestCaseError> {
    for (claim, audited) in auditor.claims.iter().enumerate() {
        let case = book.case(&case_account(claim)).unwrap();
        let kept: BTreeMap<_, _> =
            case.ledger().balances().map(|(account, balance)| (account, balance.cents())).collect();
        prop_assert_eq!(kept, audited.balances(), "claim {}", claim + 1);
    }
    let of = |reason| auditor.provider.get(reason).copied().unwrap_or(0);
    for (account, expected) in [
        (LedgerAccount::UnmatchedPayment, -auditor.parked),
        (LedgerAccount::Interest, of("L6")),
        (LedgerAccount::Recoupment, of("WO")),
        (LedgerAccount::ForwardingBalance, of("FB")),
        (LedgerAccount::ProviderAdjustment, of("72")),
        (LedgerAccount::RemittanceClearing, auditor.announced - auditor.deposited),
    ] {
        prop_assert_eq!(book.balance(account), Ok(cents(expected)), "{}", account);
    }
    prop_assert_eq!(book.ledger().trial_balance(), Ok(Money::ZERO));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_auditor_agrees_after_every_step(steps in prop::collection::vec(book_step(), 0..20)) {
        audit(&steps)?;
    }

    #[test]
    fn unbalanced_remittance_changes_nothing(lines in lines(), off in 1_i64..1_000, place in 0_usize..3) {
        let mut book = book_with(3);
        let before = book.clone();
        let mut given = remittance("1", (0..3).map(|claim| payment_of(&number(claim), 1, &lines, "ICN")).collect(), &[]);
        match place {
            0 => given.payment.amount = cents(given.payment.amount.cents() + off),
            1 => given.claims[2].charge = cents(given.claims[2].charge.cents() + off),
            _ => given.claims[1].lines[0].paid = cents(given.claims[1].lines[0].paid.cents() - off),
        }
        let is_unbalanced = matches!(book.post(&given, today()), Err(PostRefusal::Unbalanced { .. }));
        prop_assert!(is_unbalanced);
        prop_assert_eq!(book, before);
    }

    #[test]
    fn posting_twice_posts_once(claims in prop::collection::vec((0_usize..4, lines()), 0..5)) {
        let payments = claims.iter().map(|(claim, lines)| payment_of(&number(*claim), 1, lines, "ICN"));
        let given = remittance("1", payments.collect(), &[("72", "1.00")]);
        let mut book = book_with(3);
        let first = book.post(&given, today()).unwrap();
        prop_assert!(!first.is_already_posted && first.already_posted == 0);
        let before = book.clone();
        let second = book.post(&given, today()).unwrap();
        prop_assert!(second.is_already_posted && second.already_posted == claims.len() && second.posted == 0);
        prop_assert_eq!(book, before);
    }

    #[test]
    fn the_order_of_the_claims_of_a_remittance_does_not_matter(
        claims in Just((0_usize..4).collect::<Vec<_>>()).prop_shuffle(), lines in lines()
    ) {
        let ledgers = |order: &[usize]| {
            let mut book = book_with(3);
            let payments = order.iter().map(|claim| payment_of(&number(*claim), 1, &lines, "ICN"));
            book.post(&remittance("1", payments.collect(), &[]), today()).unwrap();
            book.cases().map(|case| balances(case.ledger())).chain([balances(book.ledger())]).collect::<Vec<_>>()
        };
        prop_assert_eq!(ledgers(&claims), ledgers(&[0, 1, 2, 3]));
    }

    #[test]
    fn parked_money_is_never_lost(lines in lines()) {
        let mut book = book_with(1);
        let given = remittance("1", vec![payment_of("CLAIM2", 1, &lines, "ICN")], &[]);
        book.post(&given, today()).unwrap();
        prop_assert_eq!(book.parked().len(), 1);
        let late = claim("CLAIM2");
        book.open(account("a2"), late.clone(), today()).unwrap();
        for command in way_to_the_payer(&late) {
            book.execute(&account("a2"), command, today()).unwrap();
        }
        prop_assert_eq!(book.match_parked(today()).unwrap().len(), 1);
        let mut at_once = book_with(2);
        at_once.post(&given, today()).unwrap();
        prop_assert_eq!(book.case(&account("a2")), at_once.case(&account("a2")));
        prop_assert!(book.parked().is_empty() && book.ledger().balances().next().is_none());
        prop_assert_eq!(book.balance(LedgerAccount::RemittanceClearing), Ok(given.payment.amount));
    }

    #[test]
    fn unknown_statuses_are_parked(code in any::<u8>()) {
        let status = ClaimPaymentStatus::from_code(code);
        let mut book = book_with(1);
        let mut payment = paid("CLAIM1");
        payment.status = status;
        let report = book.post(&remittance("1", vec![payment], &[]), today()).unwrap();
        let takes = matches!(code, 1 | 19);
        prop_assert_eq!(report.posted == 1, takes, "{}", code);
        prop_assert_eq!(book.balance(LedgerAccount::RemittanceClearing), Ok(money("109.76")));
    }
}
