//! An invented clinic, its patient and its payer.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod random;

use superbill_claim::{
    AcknowledgementCode, Adjustment, AdjustmentGroup, AdjustmentReason, Claim, ClaimAcknowledgement, ClaimPayment,
    ClaimPaymentStatus, ClaimStatus, Coverage, DiagnosisCode, Disposition, FunctionalAcknowledgement, LinePayment,
    PartyName, Payer, Payment, PaymentMethod, Person, ProcedureCode, Provider, ProviderAdjustment, Remittance,
    ScrubReceipt, ServiceLine, TransactionAcknowledgement,
};
use superbill_core::{Date, DateRange, Money, PersonName};
use superbill_lifecycle::{AccountId, Book, Case, Command, Ledger, RemittanceKey};

pub(crate) const TODAY: &str = "2026-10-20";

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn today() -> Date {
    day(TODAY)
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn account(text: &str) -> AccountId {
    text.parse().unwrap()
}

fn clinic() -> Provider {
    Provider::new(PartyName::Organization("TEST CLINIC".into()), Some("1234567893".parse().unwrap()))
}

/// A claim of these procedures and charges.
pub(crate) fn claim_of(number: &str, lines: &[(&str, &str)]) -> Claim {
    let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
    let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
    let mut claim = Claim::professional(number.parse().unwrap(), "11".parse().unwrap(), clinic(), coverage, patient);
    let diabetes = claim.diagnosis(DiagnosisCode::from_text("E11.65")).unwrap();
    for (code, charge) in lines {
        let day = DateRange::single(day("2026-10-05"));
        let line = ServiceLine::new(ProcedureCode::from_text(code), day, "1".parse().unwrap(), money(charge));
        claim.line(line.pointing_to([diabetes])).unwrap();
    }
    claim.build().unwrap()
}

/// Diabetes training and the administration of influenza vaccine: 185.00.
pub(crate) fn claim(number: &str) -> Claim {
    claim_of(number, &[("G0108", "150.00"), ("G0008", "35.00")])
}

pub(crate) fn receipt(claim: &Claim, worst: Option<Disposition>) -> ScrubReceipt {
    ScrubReceipt::new(claim, Vec::new(), "TEST PROFILE", worst, today())
}

pub(crate) fn submit() -> Command {
    Command::Submit { group_control_number: "101".parse().unwrap(), set_control_number: "0001".parse().unwrap() }
}

/// The commands that bring a draft to the payer.
pub(crate) fn way_to_the_payer(claim: &Claim) -> Vec<Command> {
    vec![Command::Code, Command::Scrub(receipt(claim, None)), Command::Release, submit()]
}

pub(crate) fn draft(number: &str) -> Case {
    Case::open(account("a1"), claim(number), today())
}

pub(crate) fn run(case: &mut Case, commands: impl IntoIterator<Item = Command>) {
    for command in commands {
        let name = command.name();
        if let Err(refusal) = case.execute(command, today()) {
            panic!("{name}: {refusal}");
        }
    }
}

pub(crate) fn sent(number: &str) -> Case {
    let mut case = draft(number);
    run(&mut case, way_to_the_payer(&claim(number)));
    case
}

/// A book with sent claims of 185.00 on the accounts `a1`, `a2` and so on, numbered `CLAIM1`, `CLAIM2` and so on.
pub(crate) fn book_with(claims: usize) -> Book {
    let mut book = Book::new();
    for number in 1..=claims {
        let account = account(&format!("a{number}"));
        let claim = claim(&format!("CLAIM{number}"));
        book.open(account.clone(), claim.clone(), today()).unwrap();
        for command in way_to_the_payer(&claim) {
            book.execute(&account, command, today()).unwrap();
        }
    }
    book
}

pub(crate) fn syntax(group: &str, set: &str, code: char) -> FunctionalAcknowledgement {
    let code = AcknowledgementCode::from_code(code);
    let mut acknowledgement = FunctionalAcknowledgement::new("HC", group.parse().unwrap(), code);
    acknowledgement.transactions.push(TransactionAcknowledgement::new("837", set.parse().unwrap(), code));
    acknowledgement
}

pub(crate) fn front_end(number: &str, categories: &[&str]) -> ClaimAcknowledgement {
    let mut acknowledgement = ClaimAcknowledgement::new(number.parse().unwrap());
    acknowledgement.statuses = categories.iter().map(|category| ClaimStatus::new(category, "20").unwrap()).collect();
    acknowledgement
}

/// `CO-45 40.00`.
pub(crate) fn adjustment(text: &str) -> Adjustment {
    let (code, amount) = text.split_once(' ').unwrap();
    let (group, reason) = code.split_once('-').unwrap();
    Adjustment::new(AdjustmentGroup::from_code(group), AdjustmentReason::parse(reason).unwrap(), money(amount))
}

/// A line: procedure, charge, paid, adjustments.
pub(crate) type Line<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

pub(crate) fn claim_payment(number: &str, status: u8, lines: &[Line<'_>]) -> ClaimPayment {
    let lines: Vec<LinePayment> = lines
        .iter()
        .map(|(code, charge, paid, adjustments)| {
            let mut line = LinePayment::new(ProcedureCode::from_text(code), money(charge), money(paid));
            line.adjustments = adjustments.iter().map(|text| adjustment(text)).collect();
            line
        })
        .collect();
    let sum = |amount: fn(&LinePayment) -> Money| Money::try_sum(lines.iter().map(amount)).unwrap();
    let status = ClaimPaymentStatus::from_code(status);
    let mut payment =
        ClaimPayment::new(number.parse().unwrap(), status, sum(|line| line.charge), sum(|line| line.paid));
    payment.lines = lines;
    payment
}

/// The ordinary answer to [`claim`]: 109.76 paid, 30.00 the patient's.
pub(crate) fn paid(number: &str) -> ClaimPayment {
    claim_payment(
        number,
        1,
        &[
            ("G0108", "150.00", "78.40", &["CO-45 40.00", "PR-1 10.00", "PR-2 20.00", "CO-253 1.60"]),
            ("G0008", "35.00", "31.36", &["CO-45 3.00", "CO-253 0.64"]),
        ],
    )
}

/// The same claim payment taken back.
pub(crate) fn opposite(payment: &ClaimPayment) -> ClaimPayment {
    let mut opposite = payment.clone();
    let turn = |amount: &mut Money| *amount = amount.try_neg().unwrap();
    opposite.status = ClaimPaymentStatus::Reversal;
    turn(&mut opposite.charge);
    turn(&mut opposite.paid);
    opposite.adjustments.iter_mut().for_each(|adjustment| turn(&mut adjustment.amount));
    for line in &mut opposite.lines {
        turn(&mut line.charge);
        turn(&mut line.paid);
        line.adjustments.iter_mut().for_each(|adjustment| turn(&mut adjustment.amount));
    }
    opposite
}

pub(crate) fn remittance(trace: &str, claims: Vec<ClaimPayment>, provider_adjustments: &[(&str, &str)]) -> Remittance {
    let claims_paid = Money::try_sum(claims.iter().map(|claim| claim.paid)).unwrap();
    let taken_off = Money::try_sum(provider_adjustments.iter().map(|(_, amount)| money(amount))).unwrap();
    let amount = claims_paid.try_sub(taken_off).unwrap();
    let mut payment = Payment::new(amount, PaymentMethod::Ach, today(), trace.parse().unwrap());
    payment.originator = Some("1999999999".into());
    let mut remittance = Remittance::new(payment, Payer::new("TEST PAYER", "TEST1"), clinic());
    remittance.claims = claims;
    remittance.provider_adjustments = provider_adjustments
        .iter()
        .map(|(reason, amount)| ProviderAdjustment::new("1234567893", *reason, money(amount)))
        .collect();
    remittance
}

/// A claim payment as the first of a remittance of this trace number, for a case outside of a book.
pub(crate) fn post(trace: &str, payment: ClaimPayment) -> Command {
    let remittance = remittance(trace, vec![payment], &[]);
    let payment = Box::new(remittance.claims[0].clone());
    Command::PostClaimPayment { remittance: RemittanceKey::of(&remittance).claim(1), payment }
}

/// The accounts that are not at zero, in words.
pub(crate) fn balances(ledger: &Ledger) -> Vec<String> {
    ledger.balances().map(|(account, balance)| format!("{account} {balance}")).collect()
}

/// Why the patient owes something, in words: `line 1 G0108 reason 1: 10.00`.
pub(crate) fn why(case: &Case) -> Vec<String> {
    let parts = case.patient_balance().parts;
    let part = |part: &superbill_lifecycle::PatientPart| {
        let line = part.line.map_or("claim".to_owned(), |line| format!("line {line}"));
        let procedure = part.procedure.as_ref().map_or(String::new(), |code| format!(" {code}"));
        format!("{line}{procedure} reason {}: {}", part.reason, part.amount)
    };
    parts.iter().map(part).collect()
}

pub(crate) fn refusal(case: &mut Case, command: Command) -> superbill_lifecycle::Refusal {
    let before = case.clone();
    let refusal = case.execute(command, today()).unwrap_err();
    assert_eq!(*case, before, "a refusal changes nothing: {refusal}");
    refusal
}
