//! The dirt of real files: each case with what is read from it and what is said about it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, missing_docs, reason = "tests")]

use superbill_x12::DiagnosticKind::{self, *};
use superbill_x12::{Charset, Document, Envelope, Severity, X12Error, checks};

const ISA: &str =
    "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~";
const GS: &str = "GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~";
const SET: &str = "ST*837*0001*005010X222A1~NM1*IL*1*TESTPATIENT*ISAAC****MI*TEST0001~SV1*HC:G0108*100*UN*2~SE*4*0001~";
const END: &str = "GE*1*1~IEA*1*000000001~";

fn clean() -> String {
    format!("{ISA}{GS}{SET}{END}")
}

fn kinds(document: &Document<'_>) -> Vec<DiagnosticKind> {
    document.diagnostics().iter().map(|diagnostic| diagnostic.kind).collect()
}

/// The identifiers of the segments, which must have come with every byte in its place.
fn ids(bytes: &[u8]) -> String {
    assert_eq!(checks::check_read(bytes), Ok(()));
    let document = Document::read(bytes).unwrap();
    document.segments().map(|segment| segment.id()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_clean_file_has_no_diagnostic() {
    let bytes = clean();
    let document = Document::read(bytes.as_bytes()).unwrap();
    assert_eq!(document.diagnostics(), []);
    assert_eq!(ids(bytes.as_bytes()), "ISA GS ST NM1 SV1 SE GE IEA");
    let interchange = document.interchanges().next().unwrap();
    let group = interchange.groups().next().unwrap();
    let set = group.transactions().next().unwrap();
    for (name, element, text) in [
        ("ISA05", interchange.sender_qualifier(), "ZZ"),
        ("ISA06", interchange.sender_id(), "TESTSENDER"),
        ("ISA07", interchange.receiver_qualifier(), "ZZ"),
        ("ISA08", interchange.receiver_id(), "TESTRECEIVER"),
        ("ISA09", interchange.date(), "260101"),
        ("ISA10", interchange.time(), "1200"),
        ("ISA12", interchange.version(), "00501"),
        ("ISA13", interchange.control_number(), "000000001"),
        ("ISA14", interchange.acknowledgment_requested(), "0"),
        ("ISA15", interchange.usage_indicator(), "T"),
        ("ISA16", interchange.isa().element(16), ":"),
        ("GS01", group.functional_id(), "HC"),
        ("GS02", group.sender_code(), "TESTSENDER"),
        ("GS03", group.receiver_code(), "TESTRECEIVER"),
        ("GS04", group.date(), "20260101"),
        ("GS05", group.time(), "1200"),
        ("GS06", group.control_number(), "1"),
        ("GS08", group.version(), "005010X222A1"),
        ("ST01", set.set_id(), "837"),
        ("ST02", set.control_number(), "0001"),
        ("ST03", set.implementation(), "005010X222A1"),
    ] {
        assert_eq!(element, text, "{name}");
    }
    assert_eq!((set.first_segment(), set.last_segment()), (3, 6));
    assert_eq!(set.body().map(|segment| segment.id()).collect::<Vec<_>>(), ["NM1", "SV1"]);
    assert_eq!(interchange.trailer().unwrap().number(), 8);
}

/// Bytes around segments: the segments are those of the clean file.
#[test]
fn dirt_around_segments_changes_no_segment() {
    let clean = clean();
    let junk = |bytes| Junk { bytes };
    let cases: &[(&str, Vec<u8>, &[DiagnosticKind])] = &[
        ("CR LF after the terminator", clean.replace('~', "~\r\n").into_bytes(), &[]),
        ("LF after the terminator", clean.replace('~', "~\n").into_bytes(), &[]),
        ("LF as terminator", clean.replace('~', "\n").into_bytes(), &[]),
        ("CR as terminator, then LF", clean.replace('~', "\r\n").into_bytes(), &[]),
        (
            "LF as terminator after the ISA, then CR LF",
            format!("{}{}", ISA.replace('~', "\n"), clean[ISA.len()..].replace('~', "\r\n")).into_bytes(),
            &[],
        ),
        ("blank lines with LF as terminator", clean.replace('~', "\n\n").into_bytes(), &[]),
        ("other delimiters", clean.replace('*', "|").replace(':', ">").replace('~', "\u{1c}").into_bytes(), &[]),
        ("byte order mark", format!("\u{feff}{clean}").into_bytes(), &[ByteOrderMark]),
        ("white space at the start", format!(" \r\n\t{clean}").into_bytes(), &[WhiteSpace]),
        ("white space at the end", format!("{clean}\r\n\r\n").into_bytes(), &[]),
        ("indented", clean.replace('~', "~\n   ").into_bytes(), &[WhiteSpace]),
        ("CR LF and 0x1A at the end", format!("{clean}\r\n\u{1a}").into_bytes(), &[Padding]),
        ("NULs at the end", format!("{clean}\0\0\0\0").into_bytes(), &[Padding]),
        ("stray terminators", clean.replacen("~NM1", "~~~NM1", 1).into_bytes(), &[EmptySegment]),
        ("junk before", format!("HELLO THERE {clean}").into_bytes(), &[junk(12)]),
        ("junk after", format!("{clean}\nthe end, says ISA*").into_bytes(), &[junk(18)]),
        ("an unreadable ISA before", format!("ISA*no*ISA {clean}").into_bytes(), &[HeaderUnreadable, junk(11)]),
        ("no terminator at the end", clean.trim_end_matches('~').as_bytes().to_vec(), &[Unterminated]),
        (
            "no terminator, but CR LF, at the end",
            format!("{}\r\n", clean.trim_end_matches('~')).into_bytes(),
            &[Unterminated],
        ),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(ids(bytes), "ISA GS ST NM1 SV1 SE GE IEA", "{name}");
        let document = Document::read(bytes).unwrap();
        assert_eq!(kinds(&document), *expected, "{name}");
        let set = document.interchanges().next().unwrap().groups().next().unwrap().transactions().next().unwrap();
        let service = set.body().nth(1).unwrap();
        assert_eq!(service.element(1).component(2), "G0108", "{name}");
        assert_eq!(service.element(4), "2", "{name}");
        assert_eq!(document.interchanges().next().unwrap().control_number(), "000000001", "{name}");
        let last = document.segments().last().unwrap();
        assert_eq!(last.element(2), "000000001", "{name}");
        assert_eq!(last.is_terminated(), !name.starts_with("no terminator"), "{name}");
    }
}

/// Every terminator with every line ending, as document and as stream: the segments are those of the clean file.
#[test]
fn any_terminator_goes_with_any_line_ending() {
    for terminator in ["~", "!", "'", "\n", "\r", "\u{1c}", "\u{1d}", "\0", "\u{1a}", "?", "\u{7f}", "\t"] {
        for ending in ["", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n"] {
            let file = clean().replace('~', &format!("{terminator}{ending}"));
            let name = format!("{terminator:?} and {ending:?}");
            assert_eq!(ids(file.as_bytes()), "ISA GS ST NM1 SV1 SE GE IEA", "{name}");
            let document = Document::read(file.as_bytes()).unwrap();
            assert_eq!(
                document.interchanges().next().unwrap().delimiters().segment,
                terminator.as_bytes()[0],
                "{name}"
            );
            assert_eq!(document.segment(8).unwrap().element(2), "000000001", "{name}");
            assert_eq!(kinds(&document), [], "{name}");
            assert_eq!(checks::check_stream(file.as_bytes(), &[7], 64), Ok(()), "{name}");
        }
    }
}

#[test]
fn empty_elements_at_the_end_are_there_and_written_back() {
    let file = clean()
        .replace("SV1*HC:G0108*100*UN*2~", "SV1*HC:G0108::*100*UN*2***~")
        .replace("ISAAC****MI*TEST0001", "ISAAC*");
    let document = Document::read(file.as_bytes()).unwrap();
    let service = document.segment(5).unwrap();
    assert_eq!((service.element_count(), service.element(1).components().count()), (7, 4));
    assert!((5..=9).all(|n| service.element(n).is_empty()));
    assert_eq!(document.segment(4).unwrap().element_count(), 5);
    assert_eq!(document.diagnostics(), []);
    let written: Vec<u8> = document.pieces().flat_map(|piece| piece.bytes().to_vec()).collect();
    assert_eq!(written, file.as_bytes());
}

#[test]
fn bytes_between_interchanges_are_named_and_kept() {
    for (between, said) in [
        ("\0\0\0", &[Padding][..]),
        ("\u{1a}\u{1a}", &[Padding]),
        ("\r\n\0\r\n\u{1a}\r\n", &[Padding, Padding]),
        ("//SYSOUT DD *\n", &[Junk { bytes: 14 }]),
        ("  \t", &[WhiteSpace]),
        ("~~", &[EmptySegment]),
    ] {
        let file = format!("{}{between}{}", clean(), clean());
        assert_eq!(ids(file.as_bytes()), "ISA GS ST NM1 SV1 SE GE IEA ISA GS ST NM1 SV1 SE GE IEA", "{between:?}");
        assert_eq!(kinds(&Document::read(file.as_bytes()).unwrap()), said, "{between:?}");
        assert_eq!(checks::check_stream(file.as_bytes(), &[1], 1), Ok(()), "{between:?}");
    }
}

#[test]
fn names_keep_their_bytes_in_any_character_set() {
    for (name, bytes) in [("UTF-8", &b"PE\xC3\x91A"[..]), ("Latin-1", b"PE\xD1A")] {
        let clean = clean();
        let (before, after) = clean.split_once("TESTPATIENT").unwrap();
        let file = [before.as_bytes(), bytes, after.as_bytes()].concat();
        let document = Document::read(&file).unwrap();
        let patient = document.segment(4).unwrap();
        assert_eq!(patient.element(3).bytes(), bytes, "{name}");
        assert_eq!(patient.element(3).text(), "PEÑA", "{name}");
        assert_eq!(document.diagnostics(), [], "{name}");
        assert_eq!(checks::check_read(&file), Ok(()));
        let charset = if name == "UTF-8" { Charset::Utf8 } else { Charset::Other };
        assert_eq!(Charset::of(patient.element(3).bytes()), charset);
        let outside: Vec<_> = patient.elements_outside(Charset::Extended).map(|(n, _)| n).collect();
        assert_eq!(outside, [3], "{name}");
    }
}

#[test]
fn a_header_with_wrong_widths_is_read_by_its_separators() {
    let file = clean().replace("TESTSENDER     ", "TESTSENDER").replacen("000000001", "1", 1);
    let document = Document::read(file.as_bytes()).unwrap();
    let interchange = document.interchanges().next().unwrap();
    assert_eq!(interchange.sender_id(), "TESTSENDER");
    assert_eq!(interchange.control_number(), "1");
    let said: Vec<_> = document.diagnostics().iter().map(|one| (one.kind, one.element, one.severity)).collect();
    assert_eq!(
        said,
        [
            (HeaderWidth { expected: 15, actual: 10 }, Some(6), Severity::Warning),
            (HeaderWidth { expected: 9, actual: 1 }, Some(13), Severity::Warning),
        ],
        "and as numbers 1 and 000000001 are the same"
    );
    assert_eq!(ids(file.as_bytes()), "ISA GS ST NM1 SV1 SE GE IEA");
    let wide = clean().replace("TESTRECEIVER   *", "TESTRECEIVERANDMORE*");
    let document = Document::read(wide.as_bytes()).unwrap();
    assert_eq!(document.interchanges().next().unwrap().receiver_id(), "TESTRECEIVERANDMORE");
    assert_eq!(kinds(&document), [HeaderWidth { expected: 15, actual: 19 }]);
}

#[test]
fn a_repetition_separator_depends_on_the_version() {
    for (eleventh, version, repetitions, kind) in [
        ("^", "00501", 2, None),
        ("^", "00402", 2, None),
        ("^", "00401", 1, None),
        ("U", "00401", 1, None),
        ("U", "00501", 1, Some(NoRepetitionSeparator)),
    ] {
        let isa = ISA.replace("^*00501", &format!("{eleventh}*{version}"));
        let file = format!("{isa}{GS}ST*837*0001~K3*AUA^BUB~SE*3*0001~{END}");
        let document = Document::read(file.as_bytes()).unwrap();
        let note = document.segment(4).unwrap();
        assert_eq!(note.element(1).repetitions().count(), repetitions, "{eleventh} {version}");
        assert_eq!(kinds(&document), kind.into_iter().collect::<Vec<_>>(), "{eleventh} {version}");
        let set = document.interchanges().next().unwrap().groups().next().unwrap().transactions().next().unwrap();
        assert_eq!(set.implementation(), "005010X222A1", "GS08 where there is no ST03");
    }
}

#[test]
fn interchanges_with_their_own_delimiters_follow_each_other() {
    let second = clean().replace('*', "|").replace(':', ">").replace('~', "\n");
    for (name, between, said) in [
        ("nothing", "", &[][..]),
        ("line break", "\r\n", &[]),
        ("0x1A", "\u{1a}", &[Padding]),
        ("byte order mark", "\r\n\u{feff}", &[ByteOrderMark]),
        ("junk", "\n=== next file ===\n", &[Junk { bytes: 18 }]),
    ] {
        let file = format!("{}{between}{second}", clean());
        assert_eq!(ids(file.as_bytes()), "ISA GS ST NM1 SV1 SE GE IEA ISA GS ST NM1 SV1 SE GE IEA", "{name}");
        let document = Document::read(file.as_bytes()).unwrap();
        assert_eq!(kinds(&document), said, "{name}");
        assert_eq!(document.interchanges().len(), 2, "{name}");
        assert_eq!(document.segment(13).unwrap().element(1).component(2), "G0108", "{name}");
    }
}

#[test]
fn a_file_cut_before_the_next_one_ends_there() {
    for (name, first, segments, said) in [
        ("IEA without terminator", clean().trim_end_matches('~').to_owned(), 8, &[Unterminated][..]),
        ("IEA without terminator, line break", format!("{}\r\n", clean().trim_end_matches('~')), 8, &[Unterminated]),
        (
            "cut inside a segment, line break",
            format!("{}\n", &clean()[..ISA.len() + GS.len() + 30]),
            4,
            &[
                MissingTrailer(Envelope::Interchange),
                MissingTrailer(Envelope::Group),
                MissingTrailer(Envelope::Transaction),
                Unterminated,
            ],
        ),
    ] {
        for second in [clean(), clean().replace('*', "|").replace('~', "\n")] {
            let file = format!("{first}{second}");
            assert_eq!(checks::check_read(file.as_bytes()), Ok(()));
            let document = Document::read(file.as_bytes()).unwrap();
            assert_eq!(
                document.interchanges().map(|one| one.segments().len()).collect::<Vec<_>>(),
                [segments, 8],
                "{name}"
            );
            assert_eq!(kinds(&document), said, "{name}");
        }
    }
}

#[test]
fn an_acknowledgement_stands_before_the_groups() {
    let ta1 = "TA1*000000007*260101*1200*A*000~";
    let file = format!("{ISA}{ta1}{ta1}{GS}{SET}{END}");
    let document = Document::read(file.as_bytes()).unwrap();
    assert_eq!(document.diagnostics(), []);
    let interchange = document.interchanges().next().unwrap();
    assert_eq!(interchange.ta1().map(|segment| segment.element(4).text().into_owned()).collect::<Vec<_>>(), ["A", "A"]);
    let alone = format!("{ISA}{ta1}IEA*0*000000001~");
    let document = Document::read(alone.as_bytes()).unwrap();
    assert_eq!(document.diagnostics(), []);
    assert_eq!(document.interchanges().next().unwrap().groups().len(), 0);
}

#[test]
fn groups_and_transaction_sets_repeat() {
    let set =
        |number: u32| SET.replace("0001*", &format!("{number:04}*")).replace("SE*4*0001", &format!("SE*4*{number:04}"));
    let group = |number: u32| {
        format!("{}{}{}GE*2*{number}~", GS.replace("1200*1*", &format!("1200*{number}*")), set(1), set(2))
    };
    let file = format!("{ISA}{}{}IEA*2*000000001~", group(1), group(2));
    let document = Document::read(file.as_bytes()).unwrap();
    assert_eq!(document.diagnostics(), []);
    let interchange = document.interchanges().next().unwrap();
    let numbers: Vec<_> = interchange
        .groups()
        .flat_map(|group| group.transactions())
        .map(|set| (set.group().control_number().text().into_owned(), set.control_number().text().into_owned()))
        .collect();
    let expected = [("1", "0001"), ("1", "0002"), ("2", "0001"), ("2", "0002")];
    assert_eq!(numbers, expected.map(|(group, set)| (group.to_owned(), set.to_owned())));
}

#[test]
fn counted_payloads_may_hold_delimiters_and_segments() {
    let payload = "a*b:c~ISA*SE*1~\n^";
    for (name, segment, n, said) in [
        ("BIN", format!("BIN*{}*{payload}~", payload.len()), 2, None),
        ("BDS", format!("BDS*ASC*{}*{payload}~", payload.len()), 3, None),
        ("BIN with a wrong length", "BIN*99999*a~".to_owned(), 2, Some(PayloadLength)),
        ("BIN without a length", "BIN**a~".to_owned(), 2, Some(PayloadLength)),
        ("BIN with a huge length", "BIN*99999999999999999999*a~".to_owned(), 2, Some(PayloadLength)),
        ("BIN with the largest length", format!("BIN*{}*a~", usize::MAX), 2, Some(PayloadLength)),
    ] {
        let file = format!("{ISA}{GS}ST*275*0001~{segment}SE*3*0001~{END}");
        assert_eq!(checks::check_read(file.as_bytes()), Ok(()));
        let document = Document::read(file.as_bytes()).unwrap();
        assert_eq!(kinds(&document), said.into_iter().collect::<Vec<_>>(), "{name}");
        let expected = if said.is_some() { "a" } else { payload };
        assert_eq!(document.segment(4).unwrap().element(n), expected, "{name}");
        assert_eq!(document.segment_count(), 7, "{name}");
    }
    let cut = format!("{ISA}{GS}ST*275*0001~BIN*6*a~b*\r\n");
    let document = Document::read(cut.as_bytes()).unwrap();
    assert_eq!(document.segment(4).unwrap().element(2), "a~b*\r\n");
    assert!(!document.segment(4).unwrap().is_terminated());
}

#[test]
fn trailers_are_compared_with_what_they_close() {
    use Envelope::{Group, Interchange, Transaction};
    let count = |envelope, declared, counted| Count { envelope, declared, counted };
    for (from, to, said) in [
        ("SE*4*", "SE*5*", &[count(Transaction, Some(5), 4)][..]),
        ("SE*4*", "SE*x*", &[count(Transaction, None, 4)]),
        ("SE*4*0001", "SE", &[count(Transaction, None, 4), ControlNumber(Transaction)]),
        ("SE*4*0001", "SE*4*0002", &[ControlNumber(Transaction)]),
        ("SE*4*0001", "SE*4*1", &[ControlNumber(Transaction)]),
        ("SE*4*0001~", "", &[MissingTrailer(Transaction)]),
        ("GE*1*1~", "GE*2*1~", &[count(Group, Some(2), 1)]),
        ("GE*1*1~", "GE*1*9~", &[ControlNumber(Group)]),
        ("GE*1*1~", "GE*1*01~", &[]),
        ("GE*1*1~", "", &[MissingTrailer(Group)]),
        ("SE*4*0001~GE*1*1~", "", &[MissingTrailer(Group), MissingTrailer(Transaction)]),
        ("IEA*1*", "IEA*0*", &[count(Interchange, Some(0), 1)]),
        ("IEA*1*000000001", "IEA*1*000000002", &[ControlNumber(Interchange)]),
        ("IEA*1*000000001~", "", &[MissingTrailer(Interchange)]),
        (GS, "", &[MissingHeader(Group), count(Interchange, Some(1), 0)]),
        (
            "ST*837*0001*005010X222A1~",
            "",
            &[OutOfPlace, OutOfPlace, MissingHeader(Transaction), count(Group, Some(1), 0)],
        ),
        ("GE*1*1~", "GE*1*1~REF*EI~", &[OutOfPlace]),
        ("GE*1*1~", "GE*1*1~GE*1*1~", &[MissingHeader(Group)]),
        ("IEA*1*000000001~", "IEA*1*000000001~REF*EI~", &[OutOfPlace]),
        ("IEA*1*000000001~", "IEA*1*000000001~IEA*1*000000001~", &[MissingHeader(Interchange)]),
        ("NM1*", "nm1*", &[SegmentId]),
        ("NM1*IL", "ISA*IL", &[HeaderUnreadable]),
    ] {
        let file = clean().replace(from, to);
        assert_ne!(file, clean());
        assert_eq!(checks::check_read(file.as_bytes()), Ok(()), "{from} -> {to}");
        let document = Document::read(file.as_bytes()).unwrap();
        assert_eq!(kinds(&document), said, "{from} -> {to}");
    }
}

#[test]
fn a_diagnostic_says_where() {
    let file = clean().replace("SE*4*", "SE*9*");
    let document = Document::read(file.as_bytes()).unwrap();
    let diagnostic = document.diagnostics()[0];
    assert_eq!((diagnostic.segment, diagnostic.element), (6, Some(1)));
    assert_eq!(diagnostic.offset, u64::try_from(file.find("SE*9").unwrap()).unwrap());
    let file = clean().replace("SE*4*0001~GE*1*1~", "");
    let document = Document::read(file.as_bytes()).unwrap();
    let places: Vec<_> = document.diagnostics().iter().map(|one| one.segment).collect();
    assert_eq!(places, [2, 3], "a missing trailer is said of its header");
}

#[test]
fn a_group_after_the_iea_is_still_read() {
    let file = format!("{}{GS}{SET}GE*1*1~", clean());
    assert_eq!(checks::check_read(file.as_bytes()), Ok(()));
    let document = Document::read(file.as_bytes()).unwrap();
    let interchange = document.interchanges().next().unwrap();
    assert_eq!(interchange.groups().map(|group| group.transactions().len()).collect::<Vec<_>>(), [1, 1]);
    assert!(kinds(&document).contains(&MissingHeader(Envelope::Interchange)));
}

#[test]
fn what_is_not_x12_is_an_error() {
    for (bytes, error) in [
        (&b""[..], X12Error::NoInterchange),
        (b"\xEF\xBB\xBF", X12Error::NoInterchange),
        (b"ISA", X12Error::NoInterchange),
        (b"UNB+UNOC:3+VISA+B'", X12Error::NoInterchange),
        (b"PK\x03\x04", X12Error::NoInterchange),
        (b"GS*HC*A*B~ST*837*0001~", X12Error::NoInterchange),
        (b"\r\nISA*00*  *00*", X12Error::HeaderUnreadable { offset: 2, element: 4 }),
    ] {
        assert_eq!(Document::read(bytes).map(|_| ()), Err(error));
    }
}

#[test]
fn debug_shows_nothing_of_a_person() {
    let file = clean();
    let document = Document::read(file.as_bytes()).unwrap();
    let patient = document.segment(4).unwrap();
    let set = document.interchanges().next().unwrap().groups().next().unwrap().transactions().next().unwrap();
    let pieces: Vec<_> = document.pieces().collect();
    let shown =
        format!("{document:?} {patient:?} {:?} {set:?} {pieces:?} {:?}", patient.element(3), document.segments());
    assert!(!shown.contains("TESTPATIENT"));
}
