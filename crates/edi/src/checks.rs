//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the
//! stable interface.

use crate::{
    Envelope, Notice, TransactionKind, acknowledge, read_claim_acknowledgements, read_functional_acknowledgement,
    read_professional, read_remittance, transactions, write_professional, write_remittances,
};
use superbill_claim::{Claim, Party};
use superbill_core::Date;
use superbill_x12::{Document, Transaction};

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
    let Ok(answer) = acknowledge(&document, &envelope()) else {
        return Ok(());
    };
    let answer = Document::read(&answer).map_err(|_| "an answer is X12")?;
    check(answer.diagnostics().is_empty(), "an answer is clean")?;
    let kinds = transactions(&answer).map(|transaction| TransactionKind::of(&transaction));
    check(kinds.into_iter().all(|kind| kind == TransactionKind::FunctionalAcknowledgement), "an answer is a 999")
}
