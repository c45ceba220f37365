//! `superbill x12 ack`: what is answered to a received file.

use super::files::Named;
use crate::arguments::X12Ack;
use crate::error::CliError;
use crate::output::Output;
use serde::Serialize;
use std::path::Path;
use superbill::claim::{ClaimStatus, SegmentNote, TransactionAcknowledgement};
use superbill::edi::check::CheckOptions;
use superbill::edi::{AcknowledgeOptions, Answer, BatchAcknowledgement, Envelope, Received, write_answers};
use superbill::x12::{Document, Interchange, Usage};

#[derive(Serialize)]
struct InterchangeRow<'r> {
    file: &'r str,
    interchange: usize,
    control_number: &'r str,
    code: char,
    note: &'r str,
}

#[derive(Serialize)]
struct GroupRow<'r> {
    file: &'r str,
    group: &'r str,
    control_number: &'r str,
    code: char,
    codes: &'r [String],
    included: u32,
    received: u32,
    accepted: u32,
}

#[derive(Serialize)]
struct TransactionRow<'r> {
    file: &'r str,
    transaction: usize,
    set: &'r str,
    control_number: &'r str,
    code: char,
    codes: &'r [String],
    errors: Vec<ErrorRow<'r>>,
}

/// A segment in error, or an element of one.
#[derive(Serialize)]
struct ErrorRow<'r> {
    segment: u32,
    segment_id: &'r str,
    #[serde(rename = "loop")]
    in_loop: Option<&'r str>,
    element: Option<u16>,
    component: Option<u16>,
    code: &'r str,
}

#[derive(Serialize)]
struct ClaimRow<'r> {
    file: &'r str,
    control_number: &'r str,
    claim: usize,
    accepted: bool,
    statuses: Vec<String>,
}

#[derive(Serialize)]
struct Summary<'r> {
    file: &'r str,
    summary: bool,
    output: Option<String>,
    interchanges: usize,
    transactions: usize,
    accepted: usize,
    rejected: usize,
    claims_accepted: usize,
    claims_rejected: usize,
}

pub(crate) fn run(arguments: &X12Ack, output: &mut Output) -> Result<bool, CliError> {
    let file = Named::new(&arguments.file);
    let mut bytes = Vec::new();
    file.open()?.0.read_to_end(&mut bytes).map_err(|error| file.error(error))?;
    let document = Document::read(&bytes)?;
    let mut options = AcknowledgeOptions::default();
    (options.reject_snip, options.claims) = (arguments.snip, arguments.claims);
    let checks = if arguments.claims { CheckOptions::default() } else { CheckOptions::up_to(arguments.snip) };
    let answers = Received::check(&document, checks).answers(options);
    let written = write(&document, &answers, arguments)?;
    let is_rejection = answers.iter().any(Answer::is_rejection);
    if arguments.output == Path::new("-") {
        output.bytes(&written)?;
        return Ok(is_rejection);
    }
    let to = if written.is_empty() {
        None
    } else {
        std::fs::write(&arguments.output, &written).map_err(|error| CliError::file(&arguments.output, error))?;
        Some(crate::tables::name(&arguments.output))
    };
    let mut transaction = 0;
    for (number, (interchange, answer)) in (1..).zip(document.interchanges().zip(&answers)) {
        tell(&file.name, number, &interchange, answer, &mut transaction, output)?;
    }
    summarise(&file.name, to, &answers, output)?;
    Ok(is_rejection)
}

/// The answers as a file: an interchange for each that is answered.
fn write(document: &Document<'_>, answers: &[Answer], arguments: &X12Ack) -> Result<Vec<u8>, CliError> {
    let now = jiff::Zoned::now();
    let (day, time) = (now.date(), format!("{:02}{:02}", now.hour(), now.minute()));
    let today = superbill::Date::new(day.year(), day.month(), day.day()).map_err(|_| CliError::Today)?;
    let mut written = Vec::new();
    let mut control_number = arguments.control_number;
    for (interchange, answer) in document.interchanges().zip(answers).filter(|(_, answer)| !answer.is_empty()) {
        let mut envelope = Envelope::answering(&interchange, today, &time);
        envelope.usage = if arguments.production { Usage::Production } else { Usage::Test };
        envelope.interchange_control_number = control_number;
        envelope.group_control_number = control_number;
        envelope.reference = control_number.to_string();
        written.extend(write_answers(core::slice::from_ref(answer), &envelope)?);
        control_number = control_number.saturating_add(1);
    }
    Ok(written)
}

fn tell(
    file: &str,
    number: usize,
    interchange: &Interchange<'_, '_>,
    answer: &Answer,
    transaction: &mut usize,
    output: &mut Output,
) -> Result<(), CliError> {
    if let Some(ta1) = &answer.interchange {
        let (control_number, code, note) = (ta1.control_number.as_str(), ta1.code.code(), ta1.note.as_str());
        if output.is_json() {
            output.object(&InterchangeRow { file, interchange: number, control_number, code, note })?;
        } else {
            output.line(format!("interchange {number} ({control_number}): {}, TA1 note {note}", words(code)))?;
        }
    }
    let mut groups = answer.groups.iter();
    let is_refused = answer.interchange.as_ref().is_some_and(|answer| !answer.code.is_accepted());
    for received in interchange.groups() {
        let is_answered = received.gs().is_some() && received.functional_id().trimmed().bytes() != b"FA" && !is_refused;
        let Some(group) = is_answered.then(|| groups.next()).flatten() else {
            *transaction += received.transactions().len();
            continue;
        };
        let control_number = group.group_control_number.as_str();
        if output.is_json() {
            output.object(&GroupRow {
                file,
                group: &group.functional_id,
                control_number,
                code: group.code.code(),
                codes: &group.codes,
                included: group.included,
                received: group.received,
                accepted: group.accepted,
            })?;
        } else {
            output.line(format!(
                "group {} ({control_number}): {}{}, {} of {} transaction sets accepted",
                group.functional_id,
                words(group.code.code()),
                codes(&group.codes),
                group.accepted,
                group.received
            ))?;
        }
        for set in &group.transactions {
            *transaction += 1;
            tell_set(file, *transaction, set, output)?;
        }
    }
    for batch in &answer.claims {
        tell_claims(file, batch, output)?;
    }
    Ok(())
}

fn tell_set(
    file: &str,
    transaction: usize,
    set: &TransactionAcknowledgement,
    output: &mut Output,
) -> Result<(), CliError> {
    let errors: Vec<ErrorRow<'_>> = set.segments.iter().flat_map(errors).collect();
    let (control_number, code) = (set.control_number.as_str(), set.code.code());
    if output.is_json() {
        let (set_id, codes) = (set.set_id.as_str(), set.codes.as_slice());
        return output.object(&TransactionRow { file, transaction, set: set_id, control_number, code, codes, errors });
    }
    output.line(format!(
        "  transaction {transaction}, {} ({control_number}): {}{}",
        set.set_id,
        words(code),
        codes(&set.codes)
    ))?;
    for error in errors {
        let mut place = format!("segment {} {}", error.segment, error.segment_id);
        if let Some(element) = error.element {
            place += &format!("{element:02}");
            place += &error.component.map(|component| format!("-{component}")).unwrap_or_default();
        }
        let in_loop = error.in_loop.map(|in_loop| format!(", loop {in_loop}")).unwrap_or_default();
        output.line(format!("    {place}{in_loop}: error {}", error.code))?;
    }
    Ok(())
}

fn errors(note: &SegmentNote) -> Vec<ErrorRow<'_>> {
    let row = |element, component, code| ErrorRow {
        segment: note.position,
        segment_id: &note.segment_id,
        in_loop: note.loop_id.as_deref(),
        element,
        component,
        code,
    };
    if note.elements.is_empty() {
        return vec![row(None, None, &note.code)];
    }
    note.elements.iter().map(|element| row(Some(element.position), element.component, &element.code)).collect()
}

fn tell_claims(file: &str, batch: &BatchAcknowledgement, output: &mut Output) -> Result<(), CliError> {
    let control_number = batch.control_number.as_str();
    for (claim, answer) in (1..).zip(batch.claims()) {
        let statuses: Vec<String> = answer.statuses.iter().map(status).collect();
        let accepted = !answer.is_rejected();
        if output.is_json() {
            output.object(&ClaimRow { file, control_number, claim, accepted, statuses })?;
        } else if !accepted {
            output.line(format!("  claim {claim} of set {control_number}: rejected, {}", statuses.join(" ")))?;
        }
    }
    Ok(())
}

fn status(status: &ClaimStatus) -> String {
    let entity = status.entity.as_ref().map(|entity| format!(":{entity}")).unwrap_or_default();
    format!("{}:{}{entity}", status.category, status.status)
}

fn words(code: char) -> &'static str {
    match code {
        'A' => "accepted",
        'E' => "accepted with errors",
        'P' => "partly accepted",
        _ => "rejected",
    }
}

fn codes(codes: &[String]) -> String {
    if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(" ")) }
}

fn summarise(file: &str, written: Option<String>, answers: &[Answer], output: &mut Output) -> Result<(), CliError> {
    let sets = || answers.iter().flat_map(|answer| &answer.groups).flat_map(|group| &group.transactions);
    let transactions = sets().count();
    let accepted = answers.iter().flat_map(|answer| &answer.groups).map(|group| group.accepted as usize).sum();
    let batches = || answers.iter().flat_map(|answer| &answer.claims);
    let summary = Summary {
        file,
        summary: true,
        output: written,
        interchanges: answers.len(),
        transactions,
        accepted,
        rejected: transactions.saturating_sub(accepted),
        claims_accepted: batches().map(BatchAcknowledgement::accepted).sum(),
        claims_rejected: batches().map(BatchAcknowledgement::rejected).sum(),
    };
    if output.is_json() {
        return output.object(&summary);
    }
    let Some(to) = &summary.output else {
        return output.line(format!("{file}: nothing to answer, nothing was written"));
    };
    let mut line = format!("{file}: {accepted} of {transactions} transaction sets accepted");
    if batches().next().is_some() {
        line += &format!(", {} claims accepted, {} rejected", summary.claims_accepted, summary.claims_rejected);
    }
    output.line(format!("{line}; the answer is in {to}"))
}
