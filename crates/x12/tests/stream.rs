//! Streams: what they hold at most, and what they do with what is too long.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::io::{Error, ErrorKind, Read};
use superbill_x12::DiagnosticKind::{self, *};
use superbill_x12::{Document, Limits, SegmentReader, Severity, StreamError, Strictness, X12Error, checks};

const HEAD: &str = "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
    GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~ST*837*0001~";
const TAIL: &str = "SE*3*0001~GE*1*1~IEA*1*000000001~";

/// The same bytes again and again, so many times, between a beginning and an end.
struct Repeated<'b> {
    parts: [(&'b [u8], usize); 3],
    part: usize,
    at: usize,
}

impl<'b> Repeated<'b> {
    fn new(head: &'b str, middle: &'b str, times: usize, tail: &'b str) -> Self {
        Self { parts: [(head.as_bytes(), 1), (middle.as_bytes(), times), (tail.as_bytes(), 1)], part: 0, at: 0 }
    }
}

impl Read for Repeated<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut written = 0;
        while written < into.len() && self.part < 3 {
            let (bytes, times) = &mut self.parts[self.part];
            if *times == 0 || self.at == bytes.len() {
                *times = times.saturating_sub(1);
                self.at = 0;
                self.part += usize::from(*times == 0);
                continue;
            }
            let length = (bytes.len() - self.at).min(into.len() - written);
            into[written..written + length].copy_from_slice(&bytes[self.at..self.at + length]);
            self.at += length;
            written += length;
        }
        Ok(written)
    }
}

fn limits(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

/// The identifiers of the segments and what is said.
fn read(source: impl Read, limits: Limits) -> Result<(String, Vec<DiagnosticKind>), StreamError> {
    let mut reader = SegmentReader::with(source, limits, Strictness::Lenient);
    let mut ids = Vec::new();
    while let Some(segment) = reader.next_segment()? {
        ids.push(segment.id().to_owned());
    }
    let said = reader.take_diagnostics().map(|diagnostic| diagnostic.kind).collect();
    Ok((ids.join(" "), said))
}

#[test]
fn a_long_stream_needs_little_memory() {
    let mebibyte = 1 << 20;
    for (name, middle, times, segments) in [
        ("segments", "HI*ABK:E1165*ABF:I10~\r\n", 60_000, 60_006),
        ("nothing but separators", "HI**************************************~", 25_000, 25_006),
        ("line breaks", "\r\n", 500_000, 6),
        ("padding", "\0", 1_000_000, 6),
    ] {
        let mut count = 0;
        let measured = allocation_counter::measure(|| {
            let mut reader = SegmentReader::new(Repeated::new(HEAD, middle, times, TAIL));
            while reader.next_segment().unwrap().is_some() {}
            count = reader.segment_count();
        });
        assert_eq!(count, segments, "{name}");
        assert!(measured.bytes_max < 4 * mebibyte, "{name}: {} bytes", measured.bytes_max);
    }
}

#[test]
fn junk_around_interchanges_is_passed_over_without_being_held() {
    let file = format!("{HEAD}NTE*ADD*TEST~{TAIL}");
    for (head, tail) in [(file.as_str(), ""), ("", file.as_str())] {
        for middle in ["no x12 here, VISA only ", "~", "*", "ISA*", "A", "ISA\n"] {
            let source = Repeated::new(head, middle, 60_000, tail);
            let mut said = Vec::new();
            let mut count = 0;
            let measured = allocation_counter::measure(|| {
                let mut reader = SegmentReader::new(source);
                while reader.next_segment().unwrap().is_some() {
                    count += 1;
                }
                said = reader.take_diagnostics().collect();
            });
            assert_eq!(count, 7, "{middle}");
            assert!(measured.bytes_max < 3 << 20, "{middle}: {} bytes", measured.bytes_max);
            let bytes = u64::try_from(middle.len() * 60_000).unwrap();
            let is_empty = !head.is_empty() && middle == "~";
            let expected = if is_empty { EmptySegment } else { Junk { bytes } };
            assert!(said.iter().any(|one| one.kind == expected), "{middle}: {said:?}");
        }
    }
}

#[test]
fn a_segment_beyond_the_limit_is_an_error_that_says_where() {
    let note = |length: usize| format!("NTE*ADD*{}~", "X".repeat(length));
    for (length, fits) in [(1_000 - 8, true), (1_000 - 7, false), (5_000, false), (1_000_000, false)] {
        let file = format!("{HEAD}{}{TAIL}", note(length));
        for window_bytes in [1, 500, 1 << 18] {
            let limits = limits(|limits| (limits.segment_bytes, limits.window_bytes) = (1_000, window_bytes));
            let mut reader = SegmentReader::with(file.as_bytes(), limits, Strictness::Lenient);
            let error = loop {
                match reader.next_segment() {
                    Ok(Some(_)) => {}
                    Ok(None) => break None,
                    Err(StreamError::X12(error)) => break Some(error),
                    Err(error) => panic!("{error}"),
                }
            };
            let offset = u64::try_from(HEAD.len()).unwrap();
            let expected = X12Error::SegmentTooLong { segment: 4, offset, limit: 1_000 };
            assert_eq!(error, (!fits).then_some(expected), "{length} {window_bytes}");
            if !fits {
                assert!(matches!(reader.next_segment(), Err(StreamError::X12(error)) if error == expected), "again");
                assert!(reader.segment().is_none());
            }
        }
    }
    // A header beyond the limit is found by no shorter way; one before it ends the segment.
    let second = HEAD.replace("000000001", "000000002");
    let cut = format!("{HEAD}NTE*ADD*{}\n{second}{TAIL}", "X".repeat(900));
    let limits = limits(|limits| (limits.segment_bytes, limits.window_bytes) = (1_000, 1));
    let (ids, said) = read(cut.as_bytes(), limits).unwrap();
    assert_eq!(ids, "ISA GS ST NTE ISA GS ST SE GE IEA");
    assert!(said.contains(&Unterminated));
}

#[test]
fn the_payload_beyond_the_limit_is_passed_over() {
    let limits = limits(|limits| (limits.segment_bytes, limits.window_bytes) = (1_000, 1));
    let payload = "~*:ISA".repeat(2_000);
    let bytes = u64::try_from(payload.len() - (1_000 - "BIN*12000*".len())).unwrap();
    let file = format!("{HEAD}BIN*{}*{payload}~{TAIL}", payload.len());
    let (ids, said) = read(file.as_bytes(), limits).unwrap();
    assert_eq!((ids.as_str(), said), ("ISA GS ST BIN SE GE IEA", vec![PayloadNotKept { bytes }]));

    let mut reader = SegmentReader::with(file.as_bytes(), limits, Strictness::Lenient);
    for _ in 0..4 {
        reader.next_segment().unwrap();
    }
    let binary = reader.segment().unwrap();
    assert_eq!((binary.raw().len(), binary.element_count(), binary.is_terminated()), (1_000, 2, false));
    assert_eq!(binary.element(2).bytes(), &payload.as_bytes()[..990]);

    // A length that leads to no terminator is said; the next terminator ends it.
    let wrong = format!("{HEAD}BIN*{}*{payload}xx~{TAIL}", payload.len());
    let (ids, said) = read(wrong.as_bytes(), limits).unwrap();
    assert_eq!((ids.as_str(), said), ("ISA GS ST BIN SE GE IEA", vec![PayloadNotKept { bytes }, PayloadLength]));
    let cut = format!("{HEAD}BIN*{}*{payload}", payload.len() + 1);
    let (ids, said) = read(cut.as_bytes(), limits).unwrap();
    assert_eq!(ids, "ISA GS ST BIN");
    assert!(said.contains(&PayloadLength), "{said:?}");
    // A payload that is too long for the file and not for the limit is read as the document reads it.
    let short = format!("{HEAD}BIN*99999*a~{TAIL}");
    assert_eq!(checks::check_stream(short.as_bytes(), &[], 1), Ok(()));
    let (ids, said) = read(short.as_bytes(), limits).unwrap();
    assert_eq!((ids.as_str(), said), ("ISA GS ST BIN SE GE IEA", vec![PayloadLength]));
}

#[test]
fn diagnostics_that_nobody_takes_are_counted_and_dropped() {
    let source = Repeated::new(HEAD, "~ \0", 1_000, TAIL);
    let limits = limits(|limits| limits.diagnostics = 10);
    let mut reader = SegmentReader::with(source, limits, Strictness::Lenient);
    while reader.next_segment().unwrap().is_some() {}
    assert_eq!(reader.diagnostics().len(), 10);
    assert_eq!(reader.dropped_diagnostics(), 2_002 - 10, "terminators, padding, white space once, the count of the SE");
    assert_eq!(reader.take_diagnostics().len(), 10);
    assert!(reader.diagnostics().is_empty());
}

#[test]
fn a_source_that_fails_may_be_tried_again() {
    struct Fails<'b>(&'b [u8], Vec<ErrorKind>);
    impl Read for Fails<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            match self.1.pop() {
                Some(kind) => Err(Error::from(kind)),
                None => {
                    self.1 = vec![ErrorKind::Interrupted, ErrorKind::WouldBlock];
                    let length = into.len().min(40);
                    self.0.read(&mut into[..length])
                }
            }
        }
    }
    let file = format!("{HEAD}NTE*ADD*TEST~{TAIL}");
    let mut reader = SegmentReader::new(Fails(file.as_bytes(), Vec::new()));
    let (mut segments, mut failures) = (0, 0);
    loop {
        match reader.next_segment() {
            Ok(Some(_)) => segments += 1,
            Ok(None) => break,
            Err(StreamError::Io(error)) => {
                assert_eq!(error.kind(), ErrorKind::WouldBlock);
                failures += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((segments, failures > 3), (7, true));
    assert!(reader.diagnostics().is_empty());
}

#[test]
fn a_stream_knows_the_envelopes_around_its_segment() {
    let file = format!("{HEAD}NTE*ADD*TEST~{TAIL}");
    let mut reader = SegmentReader::new(file.as_bytes());
    assert!(reader.isa().is_none() && reader.segment().is_none());
    for (id, gs, st) in [
        ("ISA", None, None),
        ("GS", Some(2), None),
        ("ST", Some(2), Some(3)),
        ("NTE", Some(2), Some(3)),
        ("SE", Some(2), Some(3)),
        ("GE", Some(2), None),
        ("IEA", None, None),
    ] {
        assert_eq!(reader.next_segment().unwrap().unwrap().id(), id);
        assert_eq!(reader.segment().unwrap().id(), id);
        assert_eq!(reader.isa().unwrap().element(13), "000000001");
        assert_eq!(reader.gs().map(|gs| gs.number()), gs, "{id}");
        assert_eq!(reader.st().map(|st| st.number()), st, "{id}");
    }
    assert!(reader.next_segment().unwrap().is_none());
    assert_eq!(reader.position(), u64::try_from(file.len()).unwrap());
}

#[test]
fn a_strict_reader_tolerates_nothing_and_reads_the_same() {
    let file = format!("\u{feff}{HEAD}NTE*ADD*TEST~\0{TAIL}\x1a");
    let file = file.replace("TESTSENDER     ", "TESTSENDER");
    let lenient = Document::read(file.as_bytes()).unwrap();
    let strict = Document::read_as(file.as_bytes(), Strictness::Strict).unwrap();
    let kinds = |document: &Document<'_>| document.diagnostics().iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&lenient), kinds(&strict));
    assert_eq!(
        kinds(&strict),
        [ByteOrderMark, HeaderWidth { expected: 15, actual: 10 }, Padding, Padding],
        "a mark, a short ISA06, two kinds of padding"
    );
    assert!(lenient.diagnostics().iter().all(|one| one.severity < Severity::Error));
    assert!(strict.diagnostics().iter().all(|one| one.severity == Severity::Error));
    let mut reader = SegmentReader::with(file.as_bytes(), Limits::default(), Strictness::Strict);
    while reader.next_segment().unwrap().is_some() {}
    assert_eq!(reader.diagnostics(), strict.diagnostics());
}
