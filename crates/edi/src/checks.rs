//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the
//! stable interface.

use crate::check::{CheckOptions, Checker, Finding};
use crate::{
    AcknowledgeOptions, Answer, Envelope, Notice, Received, TransactionKind, read_claim_acknowledgements,
    read_functional_acknowledgement, read_interchange_acknowledgement, read_professional, read_remittance,
    transactions, write_answers, write_professional, write_remittances,
};
use superbill_claim::{Claim, Party};
use superbill_core::Date;
use superbill_x12::{Document, Severity, Transaction};

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

fn envelope() -> Envelope {
    let (submitter, receiver) = (Party::new("TEST SENDER", "TESTSENDER"), Party::new("TEST RECEIVER", "TESTRECEIVER"));
    Envelope::new(submitter, receiver, Date::MIN, "1200")
}

/// Every notice says something and names a segment of the transaction set.
fn check_notices<'n>(
    notices: impl IntoIterator<Item = &'n Notice>,
    transaction: &Transaction<'_, '_>,
) -> Result<(), &'static str> {
    let segments = transaction.first_segment()..=transaction.last_segment();
    for notice in notices {
        check(segments.contains(&notice.location.segment), "a notice names a segment of its transaction set")?;
        check(!notice.to_string().is_empty(), "a notice says something")?;
    }
    Ok(())
}

/// Reads any bytes; of professional claims, what is read and written again is read equal.
///
/// # Errors
/// The promise that does not hold.
pub fn check_read_professional(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    for transaction in transactions(&document) {
        let Ok(read) = read_professional(&transaction) else {
            continue;
        };
        check_notices(&read.notices, &transaction)?;
        for claim in &read.claims {
            check_notices(&claim.notices, &transaction)?;
            check(read.segments.contains(claim.segments.start()), "a claim begins in its transaction set")?;
            check(read.segments.contains(claim.segments.end()), "a claim ends in its transaction set")?;
        }
        for failure in &read.failed {
            check_notices(&failure.notices, &transaction)?;
            check(read.segments.contains(&failure.error.location.segment), "a failure names its segment")?;
        }
        let claims: Vec<Claim> = read.claims.into_iter().map(|claim| claim.claim).collect();
        // Some of what can be read cannot be written, such as a text with our delimiters.
        let Ok(written) = write_professional(&claims, &envelope()) else {
            continue;
        };
        let again = Document::read(&written).map_err(|_| "what is written is X12")?;
        check(again.diagnostics().is_empty(), "what is written is clean")?;
        let transaction = transactions(&again).next().ok_or("what is written has a transaction set")?;
        let again = read_professional(&transaction).map_err(|_| "what is written is an 837P")?;
        check(again.failed.is_empty(), "no claim that is written fails")?;
        let again: Vec<Claim> = again.claims.into_iter().map(|claim| claim.claim).collect();
        check(again == claims, "claims that are written are read equal")?;
    }
    Ok(())
}

/// Reads any bytes; of remittances, what is read and written again is read equal.
///
/// # Errors
/// The promise that does not hold.
pub fn check_read_remittance(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    for transaction in transactions(&document) {
        let Ok(read) = read_remittance(&transaction) else {
            continue;
        };
        check_notices(&read.notices, &transaction)?;
        let Ok(written) = write_remittances(core::slice::from_ref(&read.value), &envelope()) else {
            continue;
        };
        let again = Document::read(&written).map_err(|_| "what is written is X12")?;
        check(again.diagnostics().is_empty(), "what is written is clean")?;
        let transaction = transactions(&again).next().ok_or("what is written has a transaction set")?;
        let again = read_remittance(&transaction).map_err(|_| "what is written is an 835")?;
        check(again.value == read.value, "a remittance that is written is read equal")?;
    }
    Ok(())
}

/// Reads any bytes as acknowledgements, and answers them with one.
///
/// # Errors
/// The promise that does not hold.
pub fn check_acknowledgement(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    for transaction in transactions(&document) {
        if let Ok(read) = read_functional_acknowledgement(&transaction) {
            check_notices(&read.notices, &transaction)?;
        }
        if let Ok(read) = read_claim_acknowledgements(&transaction) {
            check_notices(&read.notices, &transaction)?;
            check(read.claims.iter().all(|claim| !claim.statuses.is_empty()), "an acknowledged claim has a status")?;
        }
    }
    check_answers(&document)
}

/// Answers any bytes: what is written passes our own checks of SNIP types 1 to 3, and is read back as it was made.
///
/// # Errors
/// The promise that does not hold.
pub fn check_acknowledge(bytes: &[u8]) -> Result<(), &'static str> {
    Document::read(bytes).map_or(Ok(()), |document| check_answers(&document))
}

fn check_answers(document: &Document<'_>) -> Result<(), &'static str> {
    let received = Received::check(document, CheckOptions::default());
    for (claims, reject_snip) in [(false, 2), (true, 2), (true, 1), (false, 7)] {
        let mut options = AcknowledgeOptions::default();
        (options.claims, options.reject_snip) = (claims, reject_snip);
        for (interchange, answer) in document.interchanges().zip(received.answers(options)) {
            if answer.is_empty() {
                continue;
            }
            let envelope = Envelope::answering(&interchange, Date::MIN, "1200");
            let written = write_answers(core::slice::from_ref(&answer), &envelope);
            check_answer(&answer, &written.map_err(|_| "an answer can be written")?)?;
        }
    }
    Ok(())
}

fn check_answer(answer: &Answer, written: &[u8]) -> Result<(), &'static str> {
    let mut errors = 0u64;
    let mut checker = Checker::new(CheckOptions::up_to(3));
    let mut each = |finding: Finding| errors += u64::from(finding.severity >= Severity::Error);
    checker.read(written, &mut each, &mut |_| {}).map_err(|_| "bytes can be read")?;
    check(errors == 0, "an answer passes our own checks")?;
    let document = Document::read(written).map_err(|_| "an answer is X12")?;
    check(document.diagnostics().is_empty(), "an answer is clean")?;
    let ta1 = document.interchanges().next().and_then(|interchange| interchange.ta1().next());
    let ta1 = ta1.map(|segment| read_interchange_acknowledgement(&segment));
    match (ta1, &answer.interchange) {
        (None, None) => {}
        (Some(Ok(read)), Some(made)) => {
            let same = read.value.code == made.code
                && read.value.note == made.note
                && read.value.control_number == made.control_number;
            check(same, "a TA1 is read as it was made")?;
        }
        _ => return Err("a TA1 is written where one was made"),
    }
    let (mut groups, mut claims) = (answer.groups.iter(), answer.claims.iter());
    for transaction in transactions(&document) {
        if TransactionKind::of(&transaction) == TransactionKind::FunctionalAcknowledgement {
            let read =
                read_functional_acknowledgement(&transaction).map_err(|_| "a 999 that is written can be read")?;
            check(groups.next() == Some(&read.value), "a 999 is read as it was made")?;
            check(read.notices.is_empty(), "a 999 that is written has nothing that is not read")?;
        } else {
            let read = read_claim_acknowledgements(&transaction).map_err(|_| "a 277CA that is written can be read")?;
            check(read.failed.is_empty(), "each claim of a 277CA can be read")?;
            let made = claims.next().ok_or("a 277CA is written where one was made")?;
            let same = read.claims.iter().zip(made.claims()).all(|(read, made)| {
                read.statuses == made.statuses
                    && read.lines == made.lines
                    && read.charge == made.charge
                    && read.patient_control_number == made.patient_control_number
                    && read.payer_control_number == made.payer_control_number
            });
            check(same && read.claims.len() == made.claims().len(), "a 277CA is read as it was made")?;
        }
    }
    check(groups.next().is_none() && claims.next().is_none(), "all of an answer is written")
}
