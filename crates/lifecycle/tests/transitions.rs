//! Every row of the table of transitions is driven from every state that it names.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use superbill_claim::{Disposition, RemarkCode};
use superbill_core::Phi;
use superbill_lifecycle::{Case, Command, Machine, TRANSITIONS};
use support::*;

fn state(case: &Case, machine: Machine) -> &'static str {
    match machine {
        Machine::Prep => case.state().prep().words(),
        Machine::Submission => case.state().submission().words(),
        Machine::Adjudication => case.state().adjudication().words(),
        Machine::PatientAccount => case.state().patient_account().words(),
        _ if case.state().is_closed() => "closed",
        _ => "open",
    }
}

fn denial() -> Command {
    post("2", claim_payment("CLAIM1", 1, &[("G0108", "185.00", "0", &["CO-50 185.00"])]))
}

fn noted(status: u8) -> Command {
    post("4", claim_payment("CLAIM1", status, &[("G0108", "185.00", "0", &["OA-101 185.00"])]))
}

fn acknowledge(category: &str) -> Command {
    Command::AcknowledgeClaim(front_end("CLAIM1", &[category]))
}

fn pay(amount: &str) -> Command {
    Command::ReceivePatientPayment(money(amount))
}

fn paid_and_reversed() -> [Command; 2] {
    [post("1", paid("CLAIM1")), post("3", opposite(&paid("CLAIM1")))]
}

/// A case in the state.
fn at(machine: Machine, from: &str) -> Case {
    let scrub = |worst| Command::Scrub(receipt(&claim("CLAIM1"), worst));
    let (mut case, commands) = match (machine, from) {
        (Machine::Prep, "draft") => (draft("CLAIM1"), vec![]),
        (Machine::Prep, "coded") => (draft("CLAIM1"), vec![Command::Code]),
        (Machine::Prep, "held") => (draft("CLAIM1"), vec![Command::Code, scrub(Some(Disposition::Reject))]),
        (Machine::Prep, "ready") | (Machine::Submission, "none") => (draft("CLAIM1"), vec![Command::Code, scrub(None)]),
        (Machine::Submission, "queued") => (draft("CLAIM1"), vec![Command::Code, scrub(None), Command::Release]),
        (Machine::Submission, "sent")
        | (Machine::Adjudication, "awaiting")
        | (Machine::PatientAccount, "not billable") => (sent("CLAIM1"), vec![]),
        (Machine::Submission, "syntax accepted") => {
            (sent("CLAIM1"), vec![Command::AcknowledgeSyntax(syntax("101", "0001", 'A'))])
        }
        (Machine::Submission, "rejected for syntax") => {
            (sent("CLAIM1"), vec![Command::AcknowledgeSyntax(syntax("101", "0001", 'R'))])
        }
        (Machine::Submission, "forwarded") => (sent("CLAIM1"), vec![acknowledge("A0")]),
        (Machine::Submission, "received") => (sent("CLAIM1"), vec![acknowledge("A1")]),
        (Machine::Submission, "rejected by the front end") => (sent("CLAIM1"), vec![acknowledge("A7")]),
        (Machine::Adjudication, "adjudicated") | (Machine::PatientAccount, "billable") => {
            (sent("CLAIM1"), vec![post("1", paid("CLAIM1"))])
        }
        (Machine::Adjudication, "reversed") => (sent("CLAIM1"), paid_and_reversed().to_vec()),
        (Machine::Adjudication, "predetermined") => (sent("CLAIM1"), vec![noted(25)]),
        (Machine::Adjudication, "not this payer's") => (sent("CLAIM1"), vec![noted(23)]),
        (Machine::Adjudication, "patient not recognized") => (sent("CLAIM1"), vec![noted(4)]),
        (Machine::PatientAccount, "statemented") => {
            (sent("CLAIM1"), vec![post("1", paid("CLAIM1")), Command::BillPatient])
        }
        (Machine::PatientAccount, "paid") => (sent("CLAIM1"), vec![post("1", paid("CLAIM1")), pay("31.00")]),
        (Machine::Case, "open") => (sent("CLAIM1"), vec![post("1", paid("CLAIM1")), pay("30.00")]),
        (Machine::Case, "closed") => (sent("CLAIM1"), vec![post("1", paid("CLAIM1")), pay("30.00"), Command::Close]),
        other => panic!("no case is known in {other:?}"),
    };
    run(&mut case, commands);
    case
}

/// The ways in which what a row names can happen, each from a fresh case. The last command of each is the one that counts.
fn ways(machine: Machine, event: &str) -> Vec<Vec<Command>> {
    let scrub = |worst| Command::Scrub(receipt(&claim("CLAIM1"), worst));
    let mut amended = claim("CLAIM1");
    amended.prior_authorization = Some(Phi::new("TEST9".into()));
    let amend = |claim| Command::Amend(Box::new(claim));
    let by = |categories: &[&str]| categories.iter().map(|one| vec![acknowledge(one)]).collect();
    match (machine, event) {
        (_, "code") => vec![vec![Command::Code]],
        (_, "scrub with review at worst") => vec![vec![scrub(None)], vec![scrub(Some(Disposition::Review))]],
        (_, "scrub with worse than review") => vec![vec![scrub(Some(Disposition::Suspend))]],
        (_, "amend") => vec![vec![amend(amended)]],
        (_, "release") => vec![vec![Command::Release]],
        (_, "release again") => vec![vec![Command::Release]],
        (_, "submit") => vec![vec![submit()]],
        (_, "999 accepts") => vec![vec![Command::AcknowledgeSyntax(syntax("101", "0001", 'E'))]],
        (_, "999 rejects") => vec![vec![Command::AcknowledgeSyntax(syntax("101", "0001", 'X'))]],
        (_, "277CA A0") => by(&["A0"]),
        (_, "277CA A1 or A5") => by(&["A1", "A5"]),
        (_, "277CA A2") => by(&["A2"]),
        (_, "277CA A3, A6, A7 or A8") => by(&["A3", "A6", "A7", "A8"]),
        (_, "835 with status 1 to 3 or 19 to 21") => {
            // This case has one payer: status 2 and 3 belong to others.
            let forwarded = claim_payment("CLAIM1", 19, &[("G0108", "185.00", "185.00", &[])]);
            vec![vec![post("9", paid("CLAIM1"))], vec![post("9", forwarded)]]
        }
        (_, "835 with nothing paid, nothing the patient's and reasons open") => vec![vec![denial()]],
        (_, "835 with status 22") => vec![vec![post("9", opposite(&paid("CLAIM1")))]],
        (_, "835 with status 25") => vec![vec![noted(25)]],
        (_, "835 with status 23") => vec![vec![noted(23)]],
        (_, "835 with status 4") => vec![vec![noted(4)]],
        (_, "835 makes the patient owe") => vec![vec![post("9", paid("CLAIM1"))]],
        (_, "835 with a remark that forbids billing") => {
            let barred = ["N781", "N782", "N783"].map(|remark| {
                let mut payment = paid("CLAIM1");
                payment.lines[0].remark_codes = vec![RemarkCode::parse(remark).unwrap()];
                vec![post("9", payment)]
            });
            barred.to_vec()
        }
        (_, "bill") => vec![vec![Command::BillPatient]],
        (_, "payment of all") => vec![vec![pay("30.00")]],
        (_, "payment of a part") => vec![vec![pay("29.99")]],
        (_, "payment of more") => vec![vec![pay("1.00")]],
        (_, "refund") => vec![vec![Command::RefundPatient(money("1.00"))]],
        (_, "close") => vec![vec![Command::Close]],
        (_, "payment or remittance") => vec![vec![pay("1.00")], vec![post("9", opposite(&paid("CLAIM1")))]],
        other => panic!("nothing drives {other:?}"),
    }
}

#[test]
fn every_row_is_driven() {
    let mut driven = 0;
    for row in TRANSITIONS {
        for from in row.from {
            for way in ways(row.machine, row.event) {
                let mut case = at(row.machine, from);
                if row.guard == "the charge is another one" {
                    // Released once, then amended before it was sent.
                    let amended = claim_of("CLAIM1", &[("G0108", "75.00")]);
                    let scrub = Command::Scrub(receipt(&amended, None));
                    run(&mut case, [Command::Release, Command::Amend(Box::new(amended)), scrub]);
                }
                assert_eq!(state(&case, row.machine), *from, "{row}");
                let before = balances(case.ledger());
                run(&mut case, way);
                assert_eq!(state(&case, row.machine), row.to, "{row}");
                assert_eq!(before != balances(case.ledger()), !row.money_effect.is_empty(), "{row}");
                driven += 1;
            }
        }
    }
    assert!(driven > TRANSITIONS.len(), "{driven}");
}

#[test]
fn the_table_knows_every_state_and_names_no_row_twice() {
    let mut rows = BTreeSet::new();
    let mut states = BTreeSet::new();
    for row in TRANSITIONS {
        assert!(rows.insert((row.machine, row.from, row.event, row.guard)), "{row}");
        assert!(!row.from.is_empty() && !row.event.is_empty() && !row.to.is_empty());
        states.extend(row.from.iter().chain([&row.to]).map(|state| (row.machine, *state)));
        assert_eq!(row.to_string().split('\t').count(), 6);
    }
    // 4 of preparation, 9 of submission, 7 of adjudication, 4 of the patient account, 2 of the case.
    assert_eq!(states.len(), 26, "{states:?}");
}
