//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the
//! stable interface.

use crate::check::{CheckOptions, Checker, CodeSets, Finding};
use crate::{
    AcknowledgeOptions, Answer, Envelope, Notice, Received, TransactionKind, read_claim_acknowledgements,
    read_functional_acknowledgement, read_interchange_acknowledgement, read_professional, read_remittance,
    split_by_claims, transactions, write_answers, write_professional, write_remittances,
};
use core::num::NonZeroUsize;
use superbill_claim::{Claim, Party};
use superbill_core::Date;
use superbill_x12::{Document, Segment, SegmentReader, Severity, Transaction};

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

/// Checks any bytes for all SNIP types: as a stream and as a document the same is said, in the same order, and each
/// finding has its place in the file.
///
/// # Errors
/// The promise that does not hold.
pub fn check_checker(bytes: &[u8]) -> Result<(), &'static str> {
    let mut findings = Vec::new();
    let mut checker = Checker::new(CheckOptions::default()).with_code_sets(CodeSets::shapes());
    let summary = checker.read(bytes, &mut |finding| findings.push(finding), &mut |_| {});
    let summary = summary.map_err(|_| "bytes in memory can be read")?;
    let end = bytes.len() as u64;
    for finding in &findings {
        check(!finding.message.is_empty(), "a finding says something")?;
        check(finding.offset <= end && finding.segment <= summary.segments + 1, "a finding has its place in the file")?;
        check(finding.transaction.is_none_or(|transaction| transaction <= summary.transactions), "which transaction")?;
        check(finding.claim.is_none_or(|claim| (1..=summary.claims).contains(&claim)), "a finding names a claim")?;
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    check((of(Severity::Error), of(Severity::Warning)) == (summary.errors, summary.warnings), "findings are counted")?;
    let Ok(document) = Document::read(bytes) else {
        return check(summary.errors > 0, "what is no X12 is an error");
    };
    check_places(&document, &findings)?;
    // What the reader says of the syntax comes at another time in a stream, so it is left out here.
    let mut whole = Checker::new(CheckOptions::default()).with_code_sets(CodeSets::shapes());
    document.segments().for_each(|segment| whole.segment(&segment));
    whole.finish();
    let mut stream = Checker::new(CheckOptions::default()).with_code_sets(CodeSets::shapes());
    let mut reader = SegmentReader::new(bytes);
    while let Some(segment) = reader.next_segment().map_err(|_| "what can be read as a document can be as a stream")? {
        stream.segment(&segment);
    }
    stream.finish();
    let whole_findings = whole.take_findings();
    check(whole.summary() == stream.summary(), "a stream and a document have the same counts")?;
    check(whole_findings == stream.take_findings(), "of a stream the same is said in the same order")?;
    check(
        findings.len() == whole_findings.len() + document.diagnostics().len(),
        "nothing is said but of segments and syntax",
    )
}

/// Each finding names the place of its segment, and there are no more of one segment than it gives cause for.
fn check_places(document: &Document<'_>, findings: &[Finding]) -> Result<(), &'static str> {
    /// As many as the loops and segments that can be missing where one segment stands.
    const MOST: usize = 256;
    let mut counts = vec![0usize; document.segment_count() + 2];
    for finding in findings {
        let count = usize::try_from(finding.segment).ok().and_then(|number| counts.get_mut(number));
        *count.ok_or("a finding names a segment")? += 1;
        let segment = document.segment(finding.segment);
        let is_at = segment.is_none_or(|segment| {
            let end = segment.offset() + segment.raw().len() as u64;
            finding.snip() == 1
                || segment.offset() == finding.offset
                || (segment.offset()..=end).contains(&finding.offset)
        });
        check(is_at, "a finding stands where its segment begins")?;
    }
    let lengths = document.segments().map(|segment| segment.raw().len());
    let within = counts.iter().skip(1).zip(lengths).all(|(count, length)| *count <= MOST + 2 * length);
    check(within, "the findings of a segment are bounded")
}

/// Splits any bytes by claims: claims and what they stand in are the same, no part has too many, and what was clean
/// stays so.
///
/// # Errors
/// The promise that does not hold.
pub fn check_split_by_claims(bytes: &[u8], most: NonZeroUsize) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    check(split_by_claims(&document, NonZeroUsize::MAX).as_deref() == Ok(bytes), "what is small stays as it is")?;
    let Ok(written) = split_by_claims(&document, most) else {
        return Ok(());
    };
    let parts = Document::read(&written).map_err(|_| "what is split is X12")?;
    check(professional_claims(&document) == professional_claims(&parts), "claims stay, in order and in their levels")?;
    for transaction in transactions(&parts).filter(|transaction| transaction.set_id() == "837") {
        let claims = transaction.segments().filter(|segment| segment.tag() == *b"CLM").count();
        check(claims <= most.get(), "no part has too many claims")?;
    }
    if transactions(&document).count() == transactions(&parts).count() {
        check(written == bytes, "what is not split stays as it is")?;
    }
    check(faults(bytes) || !faults(&written), "a file without errors up to SNIP type 3 is split into such")
}

/// Whether there is an error of SNIP type 1 to 3.
fn faults(bytes: &[u8]) -> bool {
    let mut checker = Checker::new(CheckOptions::up_to(3));
    let mut is_faulty = false;
    let read = checker.read(bytes, &mut |finding| is_faulty |= finding.severity == Severity::Error, &mut |_| {});
    is_faulty || read.is_err()
}

/// A level of an 837: HL01, HL02, HL03, and its bytes but those of the numbers.
struct LevelSeen {
    number: Vec<u8>,
    parent: Vec<u8>,
    code: Vec<u8>,
    text: Vec<u8>,
}

/// The claims of all 837s, each with the levels that it stands in by the numbers of their HL segments: all their bytes but
/// those numbers.
fn professional_claims(document: &Document<'_>) -> Vec<(Vec<Vec<u8>>, Vec<u8>)> {
    let mut claims = Vec::new();
    for transaction in transactions(document).filter(|transaction| transaction.set_id() == "837") {
        let mut levels: Vec<LevelSeen> = Vec::new();
        let mut is_claim = false;
        for segment in transaction.body() {
            let element = |n: usize| segment.element(n).trimmed().bytes().to_vec();
            match &segment.tag() {
                b"HL " => {
                    is_claim = false;
                    let rest = segment.elements().skip(4).flat_map(|element| [b"*", element.bytes()].concat());
                    let text = element(3).into_iter().chain(rest).collect();
                    levels.push(LevelSeen { number: element(1), parent: element(2), code: element(3), text });
                    continue;
                }
                b"CLM" => {
                    is_claim = true;
                    let mut above = Vec::new();
                    let mut at = levels.len().checked_sub(1);
                    while let Some((level, before)) = at.and_then(|at| levels.get(..=at)?.split_last()) {
                        above.push(level.text.clone());
                        let named = before.iter().rposition(|other| other.number == level.parent);
                        at = named.or_else(|| before.iter().rposition(|other| other.code < level.code));
                        if level.code == b"20" {
                            break;
                        }
                    }
                    claims.push((above, Vec::new()));
                }
                _ => {}
            }
            let owner = if is_claim {
                claims.last_mut().map(|(_, text)| text)
            } else {
                levels.last_mut().map(|level| &mut level.text)
            };
            if let Some(text) = owner {
                text.extend_from_slice(line(document, &segment));
            }
        }
    }
    claims
}

/// A segment with all that stands between it and the next.
fn line<'a>(document: &Document<'a>, segment: &Segment<'a>) -> &'a [u8] {
    let place = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    let next = document.segment(segment.number() + 1).map_or(document.bytes().len(), |next| place(next.offset()));
    document.bytes().get(place(segment.offset())..next).unwrap_or_default()
}
