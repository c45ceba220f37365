//! Answering a received file with an implementation acknowledgement.

use crate::envelope::{Envelope, Guide};
use crate::error::WriteError;
use superbill_x12::{Diagnostic, DiagnosticKind, Document, Element, Group, Transaction, TransactionWriter};

const GUIDE: Guide = Guide { functional_id: "FA", set_id: "999", version: "005010X231A1", names_itself: true };

/// Answers a received file with one 999 transaction set for each of its functional groups (ASC X12C 005010X231A1).
///
/// It looks at the envelopes and at the shape of segments, which is what [`Document::diagnostics`] says: a transaction
/// set without such an error is accepted, any other is rejected. Groups of acknowledgements get no answer, so that two
/// programs do not answer each other for ever.
///
/// # Errors
/// [`WriteError::Nothing`] where the file has no group to answer, and [`WriteError`] where the envelope does not fit.
pub fn acknowledge(document: &Document<'_>, envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
    let groups = document.interchanges().flat_map(|interchange| interchange.groups());
    let groups: Vec<Group<'_, '_>> =
        groups.filter(|group| group.gs().is_some() && group.functional_id() != "FA").collect();
    if groups.is_empty() {
        return Err(WriteError::Nothing { what: "functional group that wants an answer" });
    }
    envelope.write(&GUIDE, &groups, |group, set| write_group(set, group, document.diagnostics()))
}

fn write_group(
    set: &mut TransactionWriter<'_>,
    group: &Group<'_, '_>,
    diagnostics: &[Diagnostic],
) -> Result<(), WriteError> {
    set.elements("AK1", &[&plain(group.functional_id()), &plain(group.control_number()), &plain(group.version())])?;
    let (mut received, mut accepted) = (0u64, 0u64);
    for transaction in group.transactions() {
        received += 1;
        accepted += u64::from(write_transaction(set, &transaction, diagnostics)?);
    }
    let first = group.gs().map_or(0, |gs| gs.number());
    let end = first.saturating_add(u64::try_from(group.segments().len()).unwrap_or(u64::MAX));
    let own = within(diagnostics, first, end);
    let mut errors: Vec<&str> = Vec::new();
    let mut included = received;
    for diagnostic in own {
        use superbill_x12::Envelope::Group;
        match diagnostic.kind {
            DiagnosticKind::MissingTrailer(Group) => errors.push("3"),
            DiagnosticKind::ControlNumber(Group) => errors.push("4"),
            DiagnosticKind::Count { envelope: Group, declared, .. } => {
                errors.push("5");
                included = declared.unwrap_or(received).min(999_999);
            }
            _ => {}
        }
    }
    let code = match (errors.is_empty(), accepted) {
        (true, accepted) if accepted == received => "A",
        (true, 1..) => "P",
        _ => "R",
    };
    if code == "R" {
        accepted = 0;
    }
    set.segment("AK9", |ak9| {
        ak9.text(code).number(included).number(received).number(accepted);
        for error in errors.iter().take(5) {
            ak9.text(error);
        }
    })?;
    Ok(())
}

/// AK2 to IK5. Whether the transaction set is accepted.
fn write_transaction(
    set: &mut TransactionWriter<'_>,
    transaction: &Transaction<'_, '_>,
    diagnostics: &[Diagnostic],
) -> Result<bool, WriteError> {
    let (id, number) = (plain(transaction.set_id()), plain(transaction.control_number()));
    let guide = plain(transaction.st().element(3).trimmed());
    set.elements("AK2", &[&id, &number, &guide])?;
    let mut errors: Vec<&str> = Vec::new();
    let mut note = |error| {
        if !errors.contains(&error) {
            errors.push(error);
        }
    };
    let first = transaction.first_segment();
    for diagnostic in within(diagnostics, first, transaction.last_segment() + 1) {
        use superbill_x12::Envelope::Transaction;
        let segment = match diagnostic.kind {
            DiagnosticKind::MissingTrailer(Transaction) => {
                note("2");
                continue;
            }
            DiagnosticKind::ControlNumber(Transaction) => {
                note("3");
                continue;
            }
            DiagnosticKind::Count { envelope: Transaction, .. } => {
                note("4");
                continue;
            }
            DiagnosticKind::SegmentId => "1",
            DiagnosticKind::OutOfPlace => "2",
            DiagnosticKind::PayloadLength => "8",
            _ => continue,
        };
        note("5");
        let position = diagnostic.segment.saturating_sub(first) + 1;
        let before = usize::try_from(position - 1).unwrap_or(usize::MAX);
        let found = transaction.segments().nth(before).map(|segment| segment.id()).unwrap_or_default();
        // IK301 must have two or three characters, and a segment without identifier has none to copy.
        let found = if found.is_empty() { "ZZZ" } else { found };
        set.segment("IK3", |ik3| {
            ik3.text(found).number(position).empty().text(segment);
        })?;
    }
    if id.is_empty() {
        note("6");
    }
    if number.is_empty() {
        note("7");
    }
    set.segment("IK5", |ik5| {
        ik5.text(if errors.is_empty() { "A" } else { "R" });
        for error in errors.iter().take(5) {
            ik5.text(error);
        }
    })?;
    Ok(errors.is_empty())
}

/// The diagnostics about the segments `first..end`, which are in order.
fn within(diagnostics: &[Diagnostic], first: u64, end: u64) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(move |diagnostic| (first..end).contains(&diagnostic.segment))
}

/// An identifier to send back; empty where it is longer than any, or has characters that no identifier has.
fn plain(element: Element<'_>) -> String {
    let text = element.text();
    let fits = text.len() <= 35 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if fits { text.into_owned() } else { String::new() }
}
