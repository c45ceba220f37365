//! Invariants that hold for any bytes and any text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_x12::{
    Delimiters, Document, GroupHeader, InterchangeHeader, LineEnding, PartyId, Severity, Writer, checks,
};

const FILE: &str = "\u{feff}ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\r\n\
    TA1*000000007*260101*1200*A*000~GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~\r\n\
    ST*837*0001*005010X222A1~BHT*0019*00*TEST~NM1*IL*1*TESTPATIENT*ISAAC****MI*TEST0001~HI*ABK:E119^ABF:I10~SE*5*0001~\n\
    ST*275*0002~BIN*10*ab*c~SE*1~~SE*3*0002~GE*2*1~IEA*1*000000001~\r\n\x1a\
    ISA|00|          |00|          |ZZ|TESTSENDER     |ZZ|TESTRECEIVER   |260101|1200|U|00401|000000002|0|T|>\n\
    GS|HP|TESTSENDER|TESTRECEIVER|20260101|1200|1|X|004010X091A1\nST|835|0001\nSVC|HC>G0108|100|80\nSE|3|0001\nGE|1|1\nIEA|1|000000002\n";

/// One change of a valid file: where, how many bytes go, what comes instead.
fn change() -> impl Strategy<Value = (usize, usize, Vec<u8>)> {
    let parts: Vec<&'static [u8]> = vec![
        b"~",
        b"*",
        b":",
        b"^",
        b"|",
        b"\n",
        b"\r\n",
        b" ",
        b"\0",
        b"\x1A",
        b"\xEF\xBB\xBF",
        b"ISA",
        b"ISA*",
        b"IEA*",
        b"GS*",
        b"GE*1*1~",
        b"ST*",
        b"SE*",
        b"BIN*5*",
        b"BDS*A*9*",
        b"TA1*",
        b"\xFF",
        b"junk",
    ];
    let piece = prop_oneof![
        prop::sample::select(parts).prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..4),
        (0..FILE.len(), 0..200usize).prop_map(|(at, len)| FILE.as_bytes()[at..(at + len).min(FILE.len())].to_vec()),
    ];
    (0..FILE.len(), prop_oneof![3 => 0..3usize, 1 => 0..120usize], piece)
}

fn changed() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(change(), 0..6).prop_map(|changes| {
        let mut bytes = FILE.as_bytes().to_vec();
        for (at, gone, new) in changes {
            let at = at.min(bytes.len());
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, new);
        }
        bytes
    })
}

fn delimiters() -> impl Strategy<Value = Delimiters> {
    let byte = || prop::sample::select(b"*:~^|>!\x1C\x1D\x1E\x1F\n\t+'".to_vec());
    let any = (byte(), byte(), byte(), prop::option::of(byte()))
        .prop_map(|(element, component, segment, repetition)| Delimiters { element, component, segment, repetition });
    prop_oneof![2 => Just(Delimiters::default()), 3 => any]
}

fn segments() -> impl Strategy<Value = Vec<(String, Vec<Vec<String>>)>> {
    let text = prop_oneof![4 => "[A-Z0-9 .,'ñÑ-]{0,12}", 1 => "\\PC{0,6}"];
    let element = prop::collection::vec(text, 1..4);
    let segment = ("[A-Z][A-Z0-9]{1,2}", prop::collection::vec(element, 0..6));
    prop::collection::vec(segment, 0..12)
}

proptest! {
    #[test]
    fn the_stream_gives_the_documents_segments_and_diagnostics_whatever_the_pieces_it_arrives_in(
        bytes in changed(),
        lengths in prop::collection::vec(any::<u8>(), 0..4),
        window in 1..2000usize,
    ) {
        prop_assert_eq!(checks::check_stream(&bytes, &lengths, window), Ok(()));
    }

    #[test]
    fn the_index_with_vectors_is_the_index_without(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"*:~^|>!\x1C\n".to_vec())], 0..600),
        delimiters in delimiters(),
    ) {
        prop_assert_eq!(checks::check_index(&bytes, delimiters), Ok(()));
    }

    #[test]
    fn an_edit_touches_its_own_bytes_only(
        bytes in changed(),
        segment in any::<u64>(),
        n in 0..20usize,
        text in prop_oneof![4 => "[A-Z0-9 ]{0,12}", 1 => "\\PC{0,6}"],
    ) {
        prop_assert_eq!(checks::check_edit(&bytes, segment, n, &text), Ok(()));
    }

    #[test]
    fn parts_have_all_transaction_sets_and_merge_again(bytes in changed(), most in 1..4usize) {
        prop_assert_eq!(checks::check_split(&bytes, most.try_into().unwrap()), Ok(()));
    }

    #[test]
    fn reading_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(checks::check_read(&bytes), Ok(()));
    }

    #[test]
    fn every_byte_is_in_exactly_one_place(bytes in changed()) {
        prop_assert_eq!(checks::check_read(&bytes), Ok(()));
        if let Ok(document) = Document::read(&bytes) {
            let written: Vec<u8> = document.pieces().flat_map(|piece| piece.bytes().to_vec()).collect();
            prop_assert_eq!(written, bytes);
        }
    }

    #[test]
    fn written_is_read_back_equal(delimiters in delimiters(), segments in segments()) {
        prop_assert_eq!(checks::check_write(delimiters, &segments), Ok(()));
    }

    #[test]
    fn counts_in_trailers_are_right(
        groups in prop::collection::vec(prop::collection::vec(0..5usize, 0..4), 0..4),
        ending in prop::sample::select(vec![LineEnding::None, LineEnding::Lf, LineEnding::CrLf]),
    ) {
        let party = PartyId { qualifier: "ZZ", id: "TEST" };
        let mut writer = Writer::new(Delimiters::default(), ending);
        let mut interchange = writer.interchange(&InterchangeHeader::new(party, party, "260101", "1200", 1)).unwrap();
        for (control_number, sets) in (1..).zip(&groups) {
            let mut group = interchange.group(&GroupHeader {
                functional_id: "HC",
                sender_code: "TEST",
                receiver_code: "TEST",
                date: "20260101",
                time: "1200",
                control_number,
                version: "005010X222A1",
            }).unwrap();
            for (control_number, &segments) in (1..).zip(sets) {
                let mut set = group.transaction("837", control_number, None).unwrap();
                for _ in 0..segments {
                    set.elements("NTE", &["ADD", "TEST"]).unwrap();
                }
                set.finish().unwrap();
            }
            group.finish().unwrap();
        }
        interchange.finish().unwrap();

        let document = Document::read(writer.bytes()).unwrap();
        prop_assert_eq!(document.diagnostics(), &[]);
        let interchange = document.interchanges().next().unwrap();
        prop_assert_eq!(interchange.trailer().unwrap().element(1).text(), groups.len().to_string());
        for (group, sets) in interchange.groups().zip(&groups) {
            prop_assert_eq!(group.trailer().unwrap().element(1).text(), sets.len().to_string());
            for (set, segments) in group.transactions().zip(sets) {
                prop_assert_eq!(set.trailer().unwrap().element(1).text(), (segments + 2).to_string());
                prop_assert_eq!(set.body().len(), *segments);
            }
        }
    }
}

#[test]
fn the_file_that_is_changed_is_right_itself() {
    assert_eq!(checks::check_read(FILE.as_bytes()), Ok(()));
    let document = Document::read(FILE.as_bytes()).unwrap();
    assert!(document.diagnostics().iter().all(|one| one.severity == Severity::Info), "{:?}", document.diagnostics());
    assert_eq!(document.segment_count(), 20);
}

#[test]
fn every_prefix_of_a_file_reads() {
    for end in 0..=FILE.len() {
        assert_eq!(checks::check_read(&FILE.as_bytes()[..end]), Ok(()), "{end} bytes");
    }
}
