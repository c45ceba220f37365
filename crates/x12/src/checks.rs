//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the
//! stable interface.

use crate::{
    ControlNumbers, Delimiters, Diagnostic, DiagnosticKind, Document, Editor, Limits, LineEnding, Piece, Segment,
    SegmentReader, Severity, StreamError, Strictness, StructuralIndex, Writer, X12Error, merge, split, structural,
};

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Reads any bytes and checks all that a document promises.
///
/// # Errors
/// The promise that does not hold.
pub fn check_read(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    check_pieces(&document)?;
    check_segments(&document)?;
    check_envelopes(&document)?;
    let mut before = 0;
    for diagnostic in document.diagnostics() {
        check(diagnostic.offset >= before, "diagnostics are in the order of the bytes")?;
        before = diagnostic.offset;
        check(diagnostic.offset < number(bytes.len().max(1)), "a diagnostic points into the file")?;
        check(diagnostic.segment <= number(document.segment_count()), "a diagnostic names a segment")?;
        check(diagnostic.severity == diagnostic.kind.severity(), "a diagnostic has the severity of its kind")?;
        check(!diagnostic.to_string().is_empty(), "a diagnostic says something")?;
    }
    Ok(())
}

/// Every byte stands in exactly one place.
fn check_pieces(document: &Document<'_>) -> Result<(), &'static str> {
    let mut rest = document.bytes();
    let mut bodies = document.segments();
    for piece in document.pieces() {
        check(!piece.bytes().is_empty(), "no piece is empty")?;
        if let Piece::Body(body) = piece {
            let segment = bodies.next().ok_or("a body is a segment")?;
            check(segment.raw() == body, "a body is its segment")?;
            check(segment.offset() == number(document.bytes().len() - rest.len()), "a segment knows its place")?;
        }
        rest = rest.strip_prefix(piece.bytes()).ok_or("the pieces are the bytes of the file, in order")?;
    }
    check(rest.is_empty() && bodies.next().is_none(), "the pieces are the whole file")
}

fn check_segments(document: &Document<'_>) -> Result<(), &'static str> {
    check(document.segments().len() == document.segment_count(), "segments are counted")?;
    for (n, segment) in (1..).zip(document.segments()) {
        check(segment.number() == n, "segments are numbered from 1")?;
        let same = document.segment(n).ok_or("a segment is found by its number")?;
        check(same.raw() == segment.raw() && same.delimiters() == segment.delimiters(), "by number it is the same")?;
        check_elements(segment)?;
    }
    check(document.segment(0).is_none(), "there is no segment 0")?;
    check(document.segment(number(document.segment_count()) + 1).is_none(), "there is no segment after the last")
}

/// Joined again, the elements are the segment, the repetitions the element, the components the repetition.
fn check_elements(segment: Segment<'_>) -> Result<(), &'static str> {
    let delimiters = segment.delimiters();
    let Delimiters { element, component, .. } = delimiters;
    let start = segment.raw().iter().position(|&byte| byte == element);
    let Some(after) = start.and_then(|start| segment.raw().get(start + 1..)) else {
        return check(segment.element_count() == 0, "without a separator there is no element");
    };
    let elements: Vec<&[u8]> = segment.elements().map(|element| element.bytes()).collect();
    check(elements.join(&element) == after, "the elements are the segment")?;
    check(segment.element(elements.len() + 1).is_empty(), "an absent element is empty")?;
    for (n, element) in (1..).zip(segment.elements()) {
        if n <= 3 {
            check(segment.element(n) == element, "an element is found by its number")?;
        }
        check(element.text().chars().count() <= element.bytes().len(), "text is no longer than its bytes")?;
        check(element.as_str().is_none_or(|text| element.text() == text), "UTF-8 text is itself")?;
        let repetitions: Vec<&[u8]> = element.repetitions().map(|one| one.bytes()).collect();
        let joined = delimiters.repetition.map_or_else(|| repetitions.concat(), |byte| repetitions.join(&byte));
        check(joined == element.bytes(), "the repetitions are the element")?;
        for repetition in element.repetitions() {
            let components: Vec<&[u8]> = repetition.components().map(|one| one.bytes()).collect();
            check(components.join(&component) == repetition.bytes(), "the components are the repetition")?;
            check(components.first() == Some(&repetition.component(1).bytes()), "a component is found by its number")?;
        }
    }
    Ok(())
}

/// The envelopes nest, in order, and hold every segment once.
fn check_envelopes(document: &Document<'_>) -> Result<(), &'static str> {
    check(document.interchanges().len() > 0, "a document has an interchange")?;
    let mut next = 1;
    for interchange in document.interchanges() {
        check(interchange.isa().number() == next, "an interchange follows the one before it")?;
        check(interchange.isa().id() == "ISA", "an interchange begins with its ISA")?;
        check(interchange.trailer().is_none_or(|trailer| trailer.id() == "IEA"), "it ends with an IEA")?;
        let total = interchange.segments().len();
        let mut inside =
            interchange.segments_outside_groups().count() + 1 + usize::from(interchange.trailer().is_some());
        check(interchange.ta1().count() <= inside, "acknowledgements are segments outside groups")?;
        let mut at = next;
        for group in interchange.groups() {
            let first = group.segments().next().ok_or("a group has a segment")?;
            check(first.number() > at, "a group follows the one before it")?;
            check(first.id() == if group.gs().is_some() { "GS" } else { "ST" }, "a group begins with GS or ST")?;
            check(group.trailer().is_none_or(|trailer| trailer.id() == "GE"), "a group ends with GE")?;
            inside += group.segments().len();
            let mut within = first.number();
            for set in group.transactions() {
                check(set.st().id() == "ST", "a transaction set begins with ST")?;
                check(set.trailer().is_none_or(|trailer| trailer.id() == "SE"), "a transaction set ends with SE")?;
                check(set.first_segment() >= within, "a transaction set follows the one before it")?;
                check(
                    number(set.segments().len()) == set.last_segment() + 1 - set.first_segment(),
                    "its segments are a range",
                )?;
                let envelope = 1 + usize::from(set.trailer().is_some());
                check(set.body().len() + envelope == set.segments().len(), "the body is without ST and SE")?;
                within = set.last_segment();
            }
            at = first.number() + number(group.segments().len()) - 1;
            check(within <= at, "a transaction set ends in its group")?;
        }
        next += number(total);
        check(at < next, "a group ends in its interchange")?;
        check(inside == total, "every segment is in a group or outside")?;
    }
    check(next == number(document.segment_count()) + 1, "every segment is in an interchange")
}

/// Indexes any bytes with and without vectors and compares.
///
/// # Errors
/// The promise that does not hold.
pub fn check_index(bytes: &[u8], delimiters: Delimiters) -> Result<(), &'static str> {
    let (mut index, mut twin) = (StructuralIndex::new(), StructuralIndex::new());
    let marks = index.index(bytes, &delimiters).map_err(|_| "any block of this size is indexed")?;
    let same = index_without_vectors(&mut twin, bytes, &delimiters);
    check(marks == same, "the twins find the same delimiters")?;
    let naive = (0u32..).zip(bytes).filter(|(_, byte)| delimiters.contains(**byte)).map(|(place, _)| place);
    check(marks.iter().copied().eq(naive), "the index has every delimiter once, in order")
}

/// The index by the twin that needs no vectors, for comparison.
pub fn index_without_vectors<'i>(index: &'i mut StructuralIndex, bytes: &[u8], delimiters: &Delimiters) -> &'i [u32] {
    index.fill(bytes, delimiters, structural::piece).unwrap_or_default()
}

/// Hands out bytes in pieces of these lengths, again and again.
struct Pieces<'b> {
    bytes: &'b [u8],
    lengths: core::iter::Cycle<core::slice::Iter<'b, u8>>,
}

impl std::io::Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.lengths.next().map_or(into.len(), |&length| usize::from(length).max(1));
        let (now, later) = self.bytes.split_at(length.min(self.bytes.len()).min(into.len()));
        if let Some(into) = into.get_mut(..now.len()) {
            into.copy_from_slice(now);
        }
        self.bytes = later;
        Ok(now.len())
    }
}

/// Reads any bytes as a stream that arrives in pieces of these lengths, through a window of this many bytes, and
/// compares it with the document.
///
/// # Errors
/// The promise that does not hold.
pub fn check_stream(bytes: &[u8], lengths: &[u8], window: usize) -> Result<(), &'static str> {
    let document = Document::read(bytes);
    let limits = Limits { window_bytes: window, diagnostics: usize::MAX, ..Limits::default() };
    let source = Pieces { bytes, lengths: lengths.iter().cycle() };
    let mut reader = SegmentReader::with(source, limits, Strictness::Lenient);
    let document = match document {
        Ok(document) => document,
        Err(error) => {
            let first = reader.next_segment();
            let same = matches!(first, Err(StreamError::X12(ours)) if ours == error);
            return check(same, "the stream refuses what the document refuses, with the same error");
        }
    };
    let mut sets = document.interchanges().flat_map(|one| one.groups()).flat_map(|one| one.transactions()).peekable();
    for expected in document.segments() {
        let Ok(Some(segment)) = reader.next_segment() else {
            return Err("the stream has the segments of the document");
        };
        check(segment.raw() == expected.raw(), "a segment of the stream has the bytes of the document's")?;
        check(segment.offset() == expected.offset(), "it has the offset")?;
        check(segment.number() == expected.number(), "it has the number")?;
        check(segment.delimiters() == expected.delimiters(), "it has the delimiters")?;
        check(segment.is_terminated() == expected.is_terminated(), "it has the terminator")?;
        check(segment.element_count() == expected.element_count(), "it has as many elements")?;
        check(segment.elements().eq(expected.elements()), "it has the same elements")?;
        for (n, element) in (0..=expected.element_count() + 1).map(|n| (n, expected.element(n))) {
            check(segment.element(n) == element, "an element of the stream is found by its number")?;
        }
        let number = expected.number();
        while sets.next_if(|set| set.last_segment() < number).is_some() {}
        let set = sets.peek().filter(|set| set.first_segment() <= number);
        check(reader.st().map(|st| st.number()) == set.map(|set| set.first_segment()), "the stream knows its ST")?;
        let gs = set.and_then(|set| set.group().gs()).map(|gs| gs.number());
        check(set.is_none() || reader.gs().map(|gs| gs.number()) == gs, "the stream knows its GS")?;
        check(reader.isa().is_some_and(|isa| isa.number() <= number), "the stream knows its ISA")?;
    }
    check(matches!(reader.next_segment(), Ok(None)), "the stream ends with the document")?;
    check(matches!(reader.next_segment(), Ok(None)), "the stream stays at its end")?;
    let mut said: Vec<Diagnostic> = reader.take_diagnostics().collect();
    said.sort_by_key(|diagnostic| diagnostic.offset);
    check(said == document.diagnostics(), "the stream says what the document says")?;
    Ok(())
}

/// Makes one change to any document and checks that it touches its own bytes only and is read back.
///
/// # Errors
/// The promise that does not hold.
pub fn check_edit(bytes: &[u8], segment: u64, n: usize, text: &str) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    let untouched = Editor::new(&document).to_bytes();
    check(untouched == bytes, "without a change the bytes are the same")?;
    let segment = 1 + segment % number(document.segment_count());
    let original = document.segment(segment).ok_or("the segment is there")?;
    let start = usize::try_from(original.offset()).unwrap_or(usize::MAX);
    let end = start.saturating_add(original.raw().len());
    let around = |changed: &[u8]| {
        let before = bytes.get(..start).is_some_and(|before| changed.starts_with(before));
        before && bytes.get(end..).is_some_and(|after| changed.ends_with(after))
    };
    let clean = document.diagnostics().iter().all(|one| one.severity == Severity::Info);

    let mut editor = Editor::new(&document);
    if editor.replace_element(segment, n, text).is_ok() {
        let changed = editor.to_bytes();
        check(around(&changed), "a changed element leaves the bytes around its segment")?;
        if clean {
            let again = Document::read(&changed).map_err(|_| "a changed document is read")?;
            check(again.segment_count() == document.segment_count(), "an element makes no segment")?;
            let element = again.segment(segment).ok_or("the changed segment is there")?.element(n);
            let ends = original.id() == "ISA" || core::str::from_utf8(bytes).is_err();
            check(ends || element == text, "a changed element is read back")?;
        }
    }

    let mut editor = Editor::new(&document);
    if editor
        .insert_after(segment, "NTE", |nte| {
            nte.text("ADD").text(text);
        })
        .is_ok()
    {
        let changed = editor.to_bytes();
        let before = bytes.get(..end).is_some_and(|before| changed.starts_with(before));
        check(before, "an inserted segment leaves the bytes before it")?;
        if clean {
            let again = Document::read(&changed).map_err(|_| "a document with a new segment is read")?;
            check(again.segment_count() == document.segment_count() + 1, "an inserted segment is one segment")?;
            let inserted = again.segment(segment + 1).ok_or("the new segment is there")?;
            check(inserted.id() == "NTE", "an inserted segment is in its place")?;
        }
        editor.renew_counts();
        let renewed = editor.to_bytes();
        let again = Document::read(&renewed).map_err(|_| "a document with renewed counts is read")?;
        let is_count = |one: &Diagnostic| matches!(one.kind, DiagnosticKind::Count { .. });
        // A payload whose length is wrong ends where the bytes behind it happen to let it.
        let odd = document.diagnostics().iter().any(|one| one.kind == DiagnosticKind::PayloadLength);
        check(odd || !again.diagnostics().iter().any(is_count), "renewed counts are right")?;
    }

    let mut editor = Editor::new(&document);
    if editor.delete(segment).is_ok() {
        let changed = editor.to_bytes();
        check(bytes.get(..start).is_some_and(|before| changed.starts_with(before)), "deleting leaves what is before")?;
        check(changed.len() < bytes.len() || original.raw().is_empty(), "deleting makes the document shorter")?;
    }
    Ok(())
}

/// Splits any document by transaction sets and merges the parts again.
///
/// # Errors
/// The promise that does not hold.
pub fn check_split(bytes: &[u8], transactions: core::num::NonZeroUsize) -> Result<(), &'static str> {
    let Ok(document) = Document::read(bytes) else {
        return Ok(());
    };
    let mut numbers = ControlNumbers::default();
    let Ok(files) = split(&document, transactions, &mut numbers) else {
        return Ok(());
    };
    let sets = |document: &Document<'_>| -> Vec<Vec<u8>> {
        let groups = document.interchanges().flat_map(|one| one.groups());
        groups.flat_map(|one| one.transactions()).map(|set| set.raw().to_vec()).collect()
    };
    let mut parts = Vec::new();
    for file in &files {
        let part = Document::read(file).map_err(|_| "a part is read")?;
        let odd = part.diagnostics().iter().any(|one| one.severity == Severity::Error);
        check(!odd, "a part has no error")?;
        check(sets(&part).len() <= transactions.get(), "a part has no more transaction sets than it may")?;
        parts.push(part);
    }
    let all: Vec<Vec<u8>> = parts.iter().flat_map(sets).collect();
    check(all == sets(&document), "the parts have the transaction sets of the document, byte for byte")?;
    let Ok(merged) = merge(&parts, &mut numbers) else {
        return Ok(());
    };
    let merged = Document::read(&merged).map_err(|_| "what is merged is read")?;
    check(merged.interchanges().len() == 1, "what is merged is one interchange")?;
    check(sets(&merged).len() == all.len(), "what is merged has every transaction set")?;
    let odd = merged.diagnostics().iter().any(|one| one.severity == Severity::Error);
    check(!odd, "what is merged has no error")
}

/// Writes segments with these delimiters, reads them back and compares.
///
/// # Errors
/// The promise that does not hold.
pub fn check_write(delimiters: Delimiters, segments: &[(String, Vec<Vec<String>>)]) -> Result<(), &'static str> {
    let mut writer = Writer::new(delimiters, LineEnding::CrLf);
    let (header, group) = samples();
    let header = match delimiters.repetition {
        Some(_) => header,
        None => crate::InterchangeHeader { version: "00401", ..header },
    };
    let written = (|| {
        let mut interchange = writer.interchange(&header)?;
        let mut group = interchange.group(&group)?;
        let mut set = group.transaction("999", 1, None)?;
        let mut kept = Vec::new();
        for (id, elements) in segments {
            let before = set.segment_count();
            let result = set.segment(id, |segment| {
                for element in elements {
                    let components: Vec<&str> = element.iter().map(String::as_str).collect();
                    segment.composite(&components);
                }
            });
            match result {
                Ok(()) => kept.push((id, elements)),
                Err(_) if set.segment_count() == before => {}
                Err(error) => return Err(error),
            }
        }
        set.finish()?;
        group.finish()?;
        interchange.finish()?;
        Ok::<_, X12Error>(kept)
    })();
    let Ok(kept) = written else {
        return check(!delimiters.are_distinct(), "a plain envelope is written");
    };
    check_read(writer.bytes())?;
    let document = Document::read(writer.bytes()).map_err(|_| "what is written is read")?;
    // The writer takes any identifier; an envelope inside the envelope or a payload without its length reads otherwise.
    let plain =
        kept.iter().all(|(id, _)| !matches!(id.as_str(), "BIN" | "BDS" | "ST" | "SE" | "GS" | "GE" | "IEA" | "ISA"));
    if !plain {
        return Ok(());
    }
    let odd = document.diagnostics().iter().any(|diagnostic| diagnostic.severity > Severity::Info);
    check(!odd, "what is written is right")?;
    let set = document.interchanges().flat_map(|one| one.groups()).flat_map(|one| one.transactions()).next();
    let set = set.ok_or("the transaction set is there")?;
    check(set.body().len() == kept.len(), "as many segments are read as were written")?;
    for (segment, (id, elements)) in set.body().zip(kept) {
        check(segment.id() == id.as_str(), "identifiers come back")?;
        for (n, components) in (1..).zip(elements) {
            for (m, text) in (1..).zip(components) {
                check(segment.element(n).component(m) == text.as_str(), "texts come back")?;
            }
        }
    }
    Ok(())
}

fn samples() -> (crate::InterchangeHeader<'static>, crate::GroupHeader<'static>) {
    let sender = crate::PartyId { qualifier: "ZZ", id: "TESTSENDER" };
    let receiver = crate::PartyId { qualifier: "ZZ", id: "TESTRECEIVER" };
    let group = crate::GroupHeader {
        functional_id: "FA",
        sender_code: sender.id,
        receiver_code: receiver.id,
        date: "20260101",
        time: "1200",
        control_number: 1,
        version: "005010X231A1",
    };
    (crate::InterchangeHeader::new(sender, receiver, "260101", "1200", 1), group)
}
