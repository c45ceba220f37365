//! The steps, in order.

use super::example::{REMITTANCE, Visit};
use super::report::Step;
use crate::error::CliError;
use serde_json::json;
use superbill::claim::{
    AdjustmentGroup, Claim, ClaimAcknowledgement, ClaimPayment, ClaimStatus, Encounter, Remittance,
};
use superbill::core::Exposed;
use superbill::edi::{
    Envelope, Masked, acknowledge, read_claim_acknowledgements, read_functional_acknowledgement, read_professional,
    read_remittance, transactions, write_claim_acknowledgements, write_professional,
};
use superbill::icd10cm::Icd10Cm;
use superbill::lifecycle::{AccountId, Book, Case, Command, Ledger, LedgerAccount, PostRefusal, PostingReport};
use superbill::rules::{Engine, Finding, Fix, Report};
use superbill::x12::Document;
use superbill::{Date, Money};

/// Days of the story.
struct Days {
    coded: Date,
    sent: Date,
    accepted: Date,
    remitted: Date,
    deposited: Date,
    billed: Date,
    paid: Date,
}

/// Tells the whole story. Every number in it is computed on the way.
pub(crate) fn tell(show_phi: bool) -> Result<Vec<Step>, CliError> {
    let visit = Visit::read()?;
    let day = |text: &str| text.parse::<Date>().map_err(|_| CliError::Today);
    let days = Days {
        coded: day("2026-09-15")?,
        sent: day("2026-09-16")?,
        accepted: day("2026-09-16")?,
        remitted: day("2026-09-30")?,
        deposited: day("2026-10-01")?,
        billed: day("2026-10-02")?,
        paid: day("2026-10-20")?,
    };
    let engine = Engine::standard();
    let account = AccountId::new("demo-account-1")?;
    let mut book = Book::new();
    let mut steps = vec![record(&visit, show_phi), codes(&visit.encounter)];

    // Draft, scrub, held.
    let draft = visit.claim(&visit.encounter)?;
    book.open(account.clone(), draft.clone(), days.coded)?;
    steps.push(claim_step(3, days.coded, "The claim, as a draft", &draft).status(status(&book, &account)?));
    book.execute(&account, Command::Code, days.coded)?;
    let first = engine.scrub(&draft);
    let receipt = first.receipt(&draft, days.coded).ok_or(CliError::Example("the draft is not what was scrubbed"))?;
    book.execute(&account, Command::Scrub(receipt), days.coded)?;
    steps.push(scrub_step(4, days.coded, "The scrub", &first).status(status(&book, &account)?));

    // The coder decides from the record; the program applies nothing.
    let claim = visit.claim(&visit.corrected)?;
    book.execute(&account, Command::Amend(Box::new(claim.clone())), days.coded)?;
    let mut fixed = claim_step(5, days.coded, "The coder's fix, from the record", &claim);
    fixed.line("E11.6 becomes E11.65, with hyperglycemia, as the record has it. R73.03 goes: prediabetes ends where diabetes begins.");
    let second = engine.scrub(&claim);
    let receipt = second.receipt(&claim, days.coded).ok_or(CliError::Example("the claim is not what was scrubbed"))?;
    let releases = receipt.releases().iter().map(|release| format!("{} {}", release.table, release.version));
    fixed.line(format!(
        "scrubbed again: {} findings; receipt for this exact content, profile {}, data {}",
        second.findings().len(),
        receipt.profile(),
        releases.collect::<Vec<_>>().join(", ")
    ));
    book.execute(&account, Command::Scrub(receipt), days.coded)?;
    steps.push(fixed.status(status(&book, &account)?));

    // Sent.
    book.execute(&account, Command::Release, days.sent)?;
    let mut envelope = Envelope::new(visit.submitter.clone(), visit.receiver.clone(), days.sent, "0900");
    envelope.interchange_control_number = 101;
    envelope.group_control_number = 101;
    envelope.transaction_control_number = 101;
    envelope.reference = "DEMO101".to_owned();
    let sent = write_professional(std::slice::from_ref(&claim), &envelope)?;
    let document = Document::read(&sent)?;
    let transaction = transactions(&document).next().ok_or(CliError::Example("the 837 has no transaction"))?;
    let numbers = Command::Submit {
        group_control_number: transaction.group().control_number().text().parse()?,
        set_control_number: transaction.control_number().text().parse()?,
    };
    let back = read_professional(&transaction)?;
    let mut step = Step::new(6, days.sent, "The 837P, sent as a test (ISA15 is T)");
    step.lines(segments(&document, show_phi));
    let same = back.claims.first().is_some_and(|read| read.claim == claim);
    step.line(format!("{} bytes; read back it is the same claim: {}", sent.len(), yes(same)));
    let written = String::from_utf8_lossy(&sent).into_owned();
    let shown = if show_phi { json!(written) } else { json!(segments(&document, false).concat()) };
    book.execute(&account, numbers, days.sent)?;
    steps.push(step.data(json!({ "edi": shown, "read_back_equal": same })).status(status(&book, &account)?));

    // Acknowledged: syntax, then the claim.
    steps.push(syntax(&visit, &document, &days, &mut book, &account, show_phi)?);
    steps.push(acceptance(&visit, &claim, &days, &mut book, &account, show_phi)?);

    // Paid, first by a remittance with a cent too much.
    steps.push(unbalanced(&days, &mut book)?);
    let document = Document::read(REMITTANCE.as_bytes())?;
    let transaction = transactions(&document).next().ok_or(CliError::Example("the 835 has no transaction"))?;
    let remittance = read_remittance(&transaction)?.value;
    let before = ledger_lines(case(&book, &account)?.ledger());
    let mut step = Step::new(10, days.remitted, "The 835: what the payer paid and why not more");
    step.lines(segments(&document, show_phi));
    step.line("");
    step.lines(remittance_lines(&remittance));
    let edi = segments(&document, show_phi).concat();
    steps.push(step.data(json!({ "edi": edi, "remittance": exposed(&remittance, show_phi)? })));

    let report = book.post(&remittance, days.remitted)?;
    let again = book.post(&remittance, days.remitted)?;
    let case_now = case(&book, &account)?;
    let mut step = Step::new(11, days.remitted, "The ledger, before and after posting");
    step.lines(side_by_side(&before, &ledger_lines(case_now.ledger())));
    step.line(format!(
        "posted {} of {} claims, {} to cases; posted once more: {} already posted, nothing changed",
        report.posted, report.claims, report.paid_to_cases, again.already_posted
    ));
    step.line(format!("trial balance {}", case_now.ledger().trial_balance()?));
    let data = json!({ "before": amounts(&before), "after": amounts(&ledger_lines(case_now.ledger())) });
    steps.push(step.data(data).status(status(&book, &account)?));

    // The bank, then the patient.
    steps.push(deposit(&days, &mut book, &report)?);
    steps.push(patient(&days, &mut book, &account)?);
    book.execute(&account, Command::ReceivePatientPayment(case(&book, &account)?.patient_balance().amount), days.paid)?;
    book.execute(&account, Command::Close, days.paid)?;
    let closed = case(&book, &account)?;
    let mut step = Step::new(14, days.paid, "The patient pays; the account closes");
    step.lines(book_lines(&book)?);
    step.line(format!("trial balance {}", book_total(&book)?));
    let events = closed.log().to_vec();
    let replayed = Case::replay(account.clone(), events).is_ok_and(|replayed| replayed.ledger() == closed.ledger());
    step.line(format!(
        "{} events in the log; replayed they give the same ledger: {}",
        closed.log().len(),
        yes(replayed)
    ));
    steps.push(
        step.data(json!({ "balances": amounts(&book_balances(&book)?), "events": closed.log().len(), "replayed_equal": replayed })).status(status(&book, &account)?),
    );
    Ok(steps)
}

fn record(visit: &Visit, show_phi: bool) -> Step {
    let encounter = &visit.encounter;
    let mut step = Step::new(1, encounter.date_of_service, "The record of an office visit");
    step.line(visit.notice.clone());
    let hidden = "(the note is patient data: --show-phi shows this invented one)";
    let note = encounter.note.as_ref().map_or("", |note| if show_phi { note.expose().as_str() } else { hidden });
    step.line(note);
    for service in &encounter.services {
        let because: Vec<String> = service.diagnoses.iter().map(ToString::to_string).collect();
        step.line(format!(
            "{} x {}  {:>8}  for {}",
            service.procedure,
            service.units,
            service.charge,
            because.join(", ")
        ));
    }
    let services = encounter.services.len();
    let note = encounter.note.as_ref().filter(|_| show_phi).map(|note| note.expose().clone());
    step.data(
        json!({ "notice": visit.notice, "note": note, "services": services, "diagnoses": encounter.diagnoses.len() }),
    )
}

fn codes(encounter: &Encounter) -> Step {
    let mut step = Step::new(2, encounter.date_of_service, "The codes, on the day of service");
    let on = Icd10Cm::bundled().on(encounter.date_of_service);
    let mut data = Vec::new();
    for code in encounter.diagnoses.iter().filter_map(superbill::claim::DiagnosisCode::icd10cm) {
        let lookup = on.lookup(code);
        let title = lookup.title().map(|title| title.to_string()).unwrap_or_default();
        step.line(format!("{:<8} {:<9} {title}", code.to_string(), lookup.status().to_string()));
        data.push(json!({ "code": code.to_string(), "status": lookup.status().name(), "title": title }));
    }
    step.data(json!(data))
}

fn claim_step(number: usize, on: Date, title: &'static str, claim: &Claim) -> Step {
    let mut step = Step::new(number, on, title);
    let diagnoses = claim.diagnoses.iter().zip('A'..).map(|(code, letter)| format!("{letter} {code}"));
    step.line(format!("diagnoses  {}", diagnoses.collect::<Vec<_>>().join("   ")));
    let mut data = Vec::new();
    for (line, number) in claim.lines.iter().zip(1..) {
        let pointers: String = line.diagnosis_pointers.iter().filter_map(|pointer| pointer.letter()).collect();
        step.line(format!(
            "line {number}     {}  {}  units {}  point to {pointers:<4} {:>8}",
            line.date_of_service.first(),
            line.procedure,
            line.units,
            line.charge
        ));
        data.push(json!({ "line": number, "date_of_service": line.date_of_service.first().to_string(), "procedure": line.procedure.to_string(), "units": line.units.text(), "pointers": pointers, "charge": line.charge.to_string() }));
    }
    step.line(format!("total {:>51}", claim.total_charge.to_string()));
    let diagnoses: Vec<String> = claim.diagnoses.iter().map(ToString::to_string).collect();
    step.data(json!({ "diagnoses": diagnoses, "lines": data, "total": claim.total_charge.to_string() }))
}

fn scrub_step(number: usize, on: Date, title: &'static str, report: &Report) -> Step {
    let mut step = Step::new(number, on, title);
    let mut data = Vec::new();
    for finding in report.findings() {
        step.line(format!("{}  {}  {}", finding.rule, finding.disposition.words(), finding.place));
        step.line(format!("  what    {}", finding.message));
        for citation in finding.citations {
            step.line(format!("  source  {citation}"));
        }
        for row in &finding.rows {
            step.line(format!("  row     {} of {}: {}", row.table, row.version, row.key));
        }
        step.lines(fix_line(finding));
        let citations: Vec<String> = finding.citations.iter().map(ToString::to_string).collect();
        let row =
            |row: &superbill::rules::RowRef| json!({ "table": row.table, "version": row.version, "key": row.key });
        let rows: Vec<_> = finding.rows.iter().map(row).collect();
        data.push(json!({
            "rule": finding.rule.as_str(), "outcome": finding.outcome.name(), "disposition": finding.disposition.words(),
            "path": finding.place.path(), "place": finding.place.to_string(), "message": finding.message,
            "citations": citations, "rows": rows, "fix": finding.fix.as_ref().map(Fix::words),
        }));
    }
    step.line(format!("{} findings of {} rules", report.findings().len(), report.evaluated().len()));
    step.data(json!(data))
}

fn fix_line(finding: &Finding) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    let shown = match fix {
        Fix::Attest { choices, .. } if !choices.is_empty() => {
            let some = choices.iter().take(6).cloned().collect::<Vec<_>>().join(" ");
            let more = choices.len().saturating_sub(6);
            if more > 0 { format!(": {some} and {more} more") } else { format!(": {some}") }
        }
        _ => String::new(),
    };
    Some(format!("  fix     {}{shown}", fix.words()))
}

fn syntax(
    visit: &Visit,
    sent: &Document<'_>,
    days: &Days,
    book: &mut Book,
    account: &AccountId,
    show_phi: bool,
) -> Result<Step, CliError> {
    let mut envelope = Envelope::new(visit.receiver.clone(), visit.submitter.clone(), days.sent, "0905");
    envelope.interchange_control_number = 201;
    let bytes = acknowledge(sent, &envelope)?;
    let document = Document::read(&bytes)?;
    let mut step = Step::new(7, days.sent, "The 999: the payer's front end could read the file");
    step.lines(segments(&document, show_phi));
    let mut data = Vec::new();
    for transaction in transactions(&document) {
        let acknowledgement = read_functional_acknowledgement(&transaction)?.value;
        step.line(format!(
            "group {}: {} of {} transactions accepted",
            acknowledgement.group_control_number, acknowledgement.accepted, acknowledgement.received
        ));
        data.push(json!({ "group": acknowledgement.group_control_number.to_string(), "code": acknowledgement.code.code().to_string() }));
        book.execute(account, Command::AcknowledgeSyntax(acknowledgement), days.sent)?;
    }
    Ok(step
        .data(json!({ "edi": segments(&document, show_phi).concat(), "acknowledgements": data }))
        .status(status(book, account)?))
}

fn acceptance(
    visit: &Visit,
    claim: &Claim,
    days: &Days,
    book: &mut Book,
    account: &AccountId,
    show_phi: bool,
) -> Result<Step, CliError> {
    // The payer's side of the story.
    let mut answer = ClaimAcknowledgement::new(claim.patient_control_number.expose().clone());
    let mut accepted = ClaimStatus::new("A2", "20")?;
    accepted.entity = Some("PR".to_owned());
    answer.statuses = vec![accepted];
    answer.date = Some(days.accepted);
    answer.charge = Some(claim.total_charge);
    answer.payer_control_number = Some("TESTICN0001".parse()?);
    let mut envelope = Envelope::new(visit.receiver.clone(), visit.submitter.clone(), days.accepted, "1200");
    envelope.interchange_control_number = 202;
    let bytes = write_claim_acknowledgements(&[(claim, &answer)], "DEMO101", &envelope)?;
    let document = Document::read(&bytes)?;
    let mut step = Step::new(8, days.accepted, "The 277CA: the claim is accepted into adjudication");
    step.lines(segments(&document, show_phi));
    let mut data = Vec::new();
    for transaction in transactions(&document) {
        for acknowledgement in read_claim_acknowledgements(&transaction)?.claims {
            let statuses: Vec<String> = acknowledgement
                .statuses
                .iter()
                .map(|status| format!("{}:{}", status.category, status.status))
                .collect();
            let number = acknowledgement.payer_control_number.as_ref().map(ToString::to_string).unwrap_or_default();
            step.line(format!("status {}; the payer's claim control number is {number}", statuses.join(", ")));
            data.push(json!({ "statuses": statuses, "payer_control_number": number }));
            book.execute(account, Command::AcknowledgeClaim(acknowledgement), days.accepted)?;
        }
    }
    Ok(step
        .data(json!({ "edi": segments(&document, show_phi).concat(), "acknowledgements": data }))
        .status(status(book, account)?))
}

/// The same remittance with a payment that its claims do not explain.
fn unbalanced(days: &Days, book: &mut Book) -> Result<Step, CliError> {
    let wrong = REMITTANCE.replacen("BPR*I*109.76*", "BPR*I*109.77*", 1);
    let document = Document::read(wrong.as_bytes())?;
    let transaction = transactions(&document).next().ok_or(CliError::Example("the 835 has no transaction"))?;
    let remittance = read_remittance(&transaction)?.value;
    let mut step = Step::new(9, days.remitted, "An 835 with a cent too much: refused whole");
    match book.post(&remittance, days.remitted) {
        Err(PostRefusal::Unbalanced { imbalances }) => {
            step.lines(imbalances.iter().map(ToString::to_string));
            step.line("nothing was posted");
            let places: Vec<String> = imbalances.iter().map(ToString::to_string).collect();
            Ok(step.data(json!(places)))
        }
        _ => Err(CliError::Example("an 835 that does not balance was posted")),
    }
}

fn remittance_lines(remittance: &Remittance) -> Vec<String> {
    let payment = &remittance.payment;
    let mut lines = vec![format!(
        "{} pays {} on {}, trace {}",
        remittance.payer.name, payment.amount, payment.date, payment.trace_number
    )];
    for claim in &remittance.claims {
        lines.push(format!(
            "claim 1 of {}: charged {:>8}  paid {:>8}",
            remittance.claims.len(),
            claim.charge,
            claim.paid
        ));
        lines.extend(line_payments(claim));
    }
    lines
}

fn line_payments(claim: &ClaimPayment) -> Vec<String> {
    let mut lines = Vec::new();
    for (line, number) in claim.lines.iter().zip(1..) {
        lines.push(format!("line {number}  {}      charged {:>8}  paid {:>8}", line.procedure, line.charge, line.paid));
        for adjustment in &line.adjustments {
            let code = format!("{}-{}", adjustment.group, adjustment.reason);
            lines.push(format!(
                "  {code:<7} {:>8}  {}",
                adjustment.amount,
                words(adjustment.group, adjustment.reason.as_str())
            ));
        }
    }
    lines
}

/// Our own words for the adjustments of the example.
fn words(group: AdjustmentGroup, reason: &str) -> &'static str {
    match (group, reason) {
        (AdjustmentGroup::PatientResponsibility, "1") => "deductible: the patient owes it",
        (AdjustmentGroup::PatientResponsibility, "2") => "coinsurance: the patient owes it",
        (AdjustmentGroup::ContractualObligation, "45") => "above what the payer allows: written off by contract",
        (AdjustmentGroup::ContractualObligation, "253") => "sequestration: the provider bears it",
        _ => "",
    }
}

/// The payment on the bank statement meets the one that the remittance announced.
fn deposit(days: &Days, book: &mut Book, report: &PostingReport) -> Result<Step, CliError> {
    let mut step = Step::new(12, days.deposited, "The bank shows the payment");
    let before = book_balances(book)?;
    book.receive_deposit(&report.remittance, report.paid, days.deposited)?;
    let after = book_balances(book)?;
    step.lines(side_by_side(&before, &after).into_iter().filter(|line| {
        line.starts_with("account") || line.starts_with("cash") || line.starts_with("remittance clearing")
    }));
    Ok(step.data(json!({ "deposit": report.paid.to_string(), "before": amounts(&before), "after": amounts(&after) })))
}

/// The accounts of the example.
const ACCOUNTS: [LedgerAccount; 7] = [
    LedgerAccount::Charges,
    LedgerAccount::PayerReceivable(1),
    LedgerAccount::PatientReceivable,
    LedgerAccount::RemittanceClearing,
    LedgerAccount::Cash,
    LedgerAccount::ContractualAdjustment,
    LedgerAccount::Sequestration,
];

fn book_balances(book: &Book) -> Result<Vec<(LedgerAccount, Money)>, CliError> {
    ACCOUNTS.into_iter().map(|account| Ok((account, book.balance(account)?))).collect()
}

fn book_lines(book: &Book) -> Result<Vec<String>, CliError> {
    let balances = book_balances(book)?.into_iter();
    Ok(balances.map(|(account, amount)| format!("{:<24} {:>10}", account.to_string(), amount.to_string())).collect())
}

fn book_total(book: &Book) -> Result<Money, CliError> {
    Ok(Money::try_sum(book_balances(book)?.into_iter().map(|(_, amount)| amount))?)
}

fn patient(days: &Days, book: &mut Book, account: &AccountId) -> Result<Step, CliError> {
    book.execute(account, Command::BillPatient, days.billed)?;
    let balance = case(book, account)?.patient_balance();
    let mut step = Step::new(13, days.billed, "The statement: what the patient owes and why");
    let mut data = Vec::new();
    for part in &balance.parts {
        let line = part.line.map(|line| format!("line {line}")).unwrap_or_default();
        let procedure = part.procedure.as_ref().map(ToString::to_string).unwrap_or_default();
        let why = words(AdjustmentGroup::PatientResponsibility, part.reason.as_str());
        step.line(format!("{line} {procedure}  {:>8}  {}", part.amount, why.split(':').next().unwrap_or_default()));
        data.push(json!({ "line": part.line, "reason": part.reason.as_str(), "amount": part.amount.to_string() }));
    }
    step.line(format!("owes {:>16}", balance.amount.to_string()));
    Ok(step.data(json!({ "owes": balance.amount.to_string(), "parts": data })).status(status(book, account)?))
}

fn case<'b>(book: &'b Book, account: &AccountId) -> Result<&'b Case, CliError> {
    book.case(account).ok_or(CliError::Example("the account is gone"))
}

fn status(book: &Book, account: &AccountId) -> Result<&'static str, CliError> {
    Ok(case(book, account)?.status().words())
}

fn ledger_lines(ledger: &Ledger) -> Vec<(LedgerAccount, Money)> {
    ledger.balances().collect()
}

/// Accounts by their names in data.
fn amounts(balances: &[(LedgerAccount, Money)]) -> serde_json::Value {
    let name = |account: &LedgerAccount| account.to_string().replace(' ', "_");
    let entries = balances.iter().map(|(account, amount)| (name(account), json!(amount.to_string())));
    serde_json::Value::Object(entries.collect())
}

fn side_by_side(before: &[(LedgerAccount, Money)], after: &[(LedgerAccount, Money)]) -> Vec<String> {
    let mut accounts: Vec<LedgerAccount> = before.iter().chain(after).map(|(account, _)| *account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let amount = |list: &[(LedgerAccount, Money)], account| {
        list.iter().find(|(other, _)| *other == account).map_or(Money::ZERO, |(_, amount)| *amount).to_string()
    };
    let mut lines = vec![format!("{:<24} {:>10} {:>10}", "account", "before", "after")];
    lines.extend(accounts.into_iter().map(|account| {
        format!("{:<24} {:>10} {:>10}", account.to_string(), amount(before, account), amount(after, account))
    }));
    lines
}

/// A segment a line; what identifies the patient is masked unless it may be shown.
fn segments(document: &Document<'_>, show_phi: bool) -> Vec<String> {
    if show_phi {
        return document.segments().map(|segment| String::from_utf8_lossy(segment.raw()).into_owned() + "~").collect();
    }
    Masked::of(document).map(|line| line + "~").collect()
}

fn exposed(remittance: &Remittance, show_phi: bool) -> Result<serde_json::Value, CliError> {
    Ok(if show_phi { serde_json::to_value(Exposed(remittance))? } else { serde_json::to_value(remittance)? })
}

fn yes(truth: bool) -> &'static str {
    if truth { "yes" } else { "NO" }
}
