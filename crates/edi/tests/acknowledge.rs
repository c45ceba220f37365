//! What is answered to a received file, fault by fault.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    missing_docs,
    reason = "tests"
)]

mod common;

use common::CLAIMS;
use superbill_claim::{AcknowledgementCode, Party};
use superbill_edi::check::{CheckOptions, Checker};
use superbill_edi::{
    AcknowledgeOptions, Answer, Envelope, Received, WriteError, read_claim_acknowledgements,
    read_functional_acknowledgement, read_interchange_acknowledgement, transactions, write_answers,
};
use superbill_x12::Document;

fn envelope() -> Envelope {
    let (payer, clinic) = (Party::new("TEST PAYER", "TESTPAYER"), Party::new("TEST CLINIC", "TESTCLINIC"));
    Envelope::new(payer, clinic, "2026-01-06".parse().unwrap(), "0930")
}

fn with_claims() -> AcknowledgeOptions {
    let mut options = AcknowledgeOptions::default();
    options.claims = true;
    options
}

fn answers(file: &str, options: AcknowledgeOptions) -> Vec<Answer> {
    let document = Document::read(file.as_bytes()).unwrap();
    Received::check(&document, CheckOptions::default()).answers(options)
}

/// The answer as it is written, which our own checks leave alone; code sets apart, for a wrong NPI is sent back as it came.
fn written(file: &str, options: AcknowledgeOptions) -> String {
    let bytes = write_answers(&answers(file, options), &envelope()).unwrap();
    let mut found = Vec::new();
    let mut checker = Checker::new(CheckOptions::up_to(4));
    checker.read(&bytes[..], &mut |finding| found.push(finding.to_string()), &mut |_| {}).unwrap();
    assert_eq!(found, Vec::<String>::new(), "{}", String::from_utf8_lossy(&bytes));
    String::from_utf8(bytes).unwrap()
}

/// The segments of an answer that say something of the received file.
fn said(text: &str) -> String {
    let wanted = |segment: &&str| {
        ["AK", "IK", "CTX", "TA1", "STC", "SVC"].iter().any(|id| segment.starts_with(id)) && !segment.starts_with("AK1")
    };
    text.split_inclusive('~').filter(wanted).collect()
}

/// A file in which a text is another, with the count of segments that it has then.
fn with(right: &str, wrong: &str) -> String {
    assert!(CLAIMS.contains(right), "{right}");
    let file = CLAIMS.replacen(right, wrong, 1);
    let count = file.split('~').count() - 5;
    file.replace("SE*59*", &format!("SE*{count}*"))
}

#[test]
fn the_file_of_these_tests_is_clean() {
    let document = Document::read(CLAIMS.as_bytes()).unwrap();
    let received = Received::check(&document, CheckOptions::default());
    let found: Vec<String> = received.findings().iter().map(ToString::to_string).collect();
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(said(&written(CLAIMS, AcknowledgeOptions::default())), "AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~");
}

#[test]
fn each_fault_has_its_place_and_code() {
    let table: &[(&str, &str, &str)] = &[
        // Segments.
        ("HI*ABK:I10~", "", "IK3*HI*32*2300*3~CTX*CLM01:TEST-2~IK5*R*5~"),
        ("HI*ABK:E1165~", "HI*ABK:E1165~XQZ*1~", "IK3*XQZ*20**1~CTX*CLM01:TEST-1~IK5*R*5~"),
        ("HI*ABK:E1165~", "HI*ABK:E1165~xqz*1~", "IK3*ZZZ*20**1~CTX*CLM01:TEST-1~IK5*R*5~"),
        ("LX*2~", "BPR*I~LX*2~", "IK3*BPR*37**6~CTX*CLM01:TEST-2~IK5*R*5~"),
        ("SBR*P*18*GROUP2******CI~", "SBR*P*18*GROUP2******CI~SBR*P*18*GROUP2******CI~", "IK3*SBR*26*2000*5~IK5*R*5~"),
        ("NM1*PR*2*TEST PAYER*****PI*TEST2~", "", "IK3*NM1*30*2010*I7~IK5*R*I5~"),
        // What is missing at the end of a claim stands at the segment after it, and belongs to the claim all the same.
        (
            "LX*1~SV1*HC:99214*75*UN*1***1~DTP*472*D8*20251204~REF*6R*LINE-4~",
            "",
            "IK3*LX*55*2400*I7~CTX*CLM01:TEST-3~IK5*R*I5~",
        ),
        // Elements.
        ("DTP*472*D8*20251203~", "DTP*472*D8*20251303~", "IK3*DTP*39*2400*8~CTX*CLM01:TEST-2~IK4*3*1251*8~IK5*R*5~"),
        ("CLM*TEST-3*75*", "CLM**75*", "IK3*CLM*53*2300*8~IK4*1*1028*1~IK5*R*5~"),
        ("*75***11:B:1*", "*75***11:Q:1*", "IK3*CLM*53*2300*8~CTX*CLM01:TEST-3~IK4*5:2*1332*7~IK5*R*5~"),
        ("SV1*HC:36415*40*", "SV1*HC:36415*4O*", "IK3*SV1*38*2400*8~CTX*CLM01:TEST-2~IK4*2*782*6~IK5*R*5~"),
        ("SBR*P*18*GROUP3*", "SBR*Q*XX*GROUP3*", "IK3*SBR*47*2000*8~IK4*1*1138*7~IK4*2*1069*7~IK5*R*5~"),
        ("*****PI*TEST3~", "*****PI~", "IK3*NM1*52*2010*8~IK4*9*67*1~IK5*R*5~"),
        // An element that another one asks for, and that other one.
        (
            "HI*ABK:J069~",
            "HI*ABK:J069~NM1*82*1*TESTDOCTOR*DEE****XX~",
            "IK3*NM1*55*2310*8~CTX*CLM01:TEST-3~IK4*9*67*2~CTX*SITUATIONAL TRIGGER*NM1*55*2310*8*66~IK5*R*5~",
        ),
        ("HL*3*1*22*0~", "HL*7*1*22*0~", "IK3*HL*24*2000*8~IK4*1*628*I12~IK5*R*I5~"),
        // Transaction sets.
        ("SE*59*0001", "SE*58*0001", "IK5*R*4~"),
        ("SE*59*0001", "SE*59*0002", "IK5*R*3~"),
        ("ST*837*0001*005010X222A1", "ST*837*0001*005010X222", "IK5*R*I6~"),
    ];
    for (right, wrong, lines) in table {
        let file = if right.starts_with("SE*") { CLAIMS.replace(right, wrong) } else { with(right, wrong) };
        let guide = if wrong.starts_with("ST*") { "005010X222" } else { "005010X222A1" };
        let expected = format!("AK2*837*0001*{guide}~{lines}AK9*R*1*1*0~");
        assert_eq!(said(&written(&file, AcknowledgeOptions::default())), expected, "{right} -> {wrong}");
    }
}

#[test]
fn warnings_alone_accept_with_errors() {
    // HL04 says that a level stands below, and none does.
    let file = with("HL*5*4*22*0~", "HL*5*4*22*1~");
    let expected = "AK2*837*0001*005010X222A1~IK3*HL*46*2000*8~IK4*4*736*I12~IK5*E*I5~AK9*E*1*1*1~";
    assert_eq!(said(&written(&file, AcknowledgeOptions::default())), expected);
}

#[test]
fn groups_say_what_is_wrong_with_them() {
    let set = "AK2*837*0001*005010X222A1~";
    for (right, wrong, lines) in [
        ("GE*1*17~", "GE*2*17~", "IK5*A~AK9*R*2*1*0*5~"),
        ("GE*1*17~", "GE*1*18~", "IK5*A~AK9*R*1*1*0*4~"),
        ("GE*1*17~", "", "IK5*A~AK9*R*1*1*0*3~"),
    ] {
        let file = CLAIMS.replace(right, wrong);
        assert_eq!(said(&written(&file, AcknowledgeOptions::default())), format!("{set}{lines}"), "{wrong}");
    }
    // Two sets, one of them wrong.
    let second = &CLAIMS[CLAIMS.find("ST*837").unwrap()..CLAIMS.find("GE*").unwrap()];
    let second = second.replace("*0001", "*0002").replace("SE*59", "SE*9");
    let file = CLAIMS.replace("GE*1*17~", &format!("{second}GE*2*17~"));
    let lines = format!("{set}IK5*A~AK2*837*0002*005010X222A1~IK5*R*4~AK9*P*2*2*1~");
    assert_eq!(said(&written(&file, AcknowledgeOptions::default())), lines);
}

#[test]
fn an_interchange_is_acknowledged_where_it_asks_or_is_in_error() {
    let rejected = |note: &str| format!("TA1*000000101*260105*1200*R*{note}~");
    for (right, wrong, lines) in [
        (
            "*0*T*:~",
            "*1*T*:~",
            "TA1*000000101*260105*1200*A*000~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~".to_owned(),
        ),
        ("*0*T*:~", "*0*X*:~", rejected("020")),
        ("IEA*1*000000101~", "", rejected("023")),
        ("IEA*1*000000101~", "IEA*2*000000101~", rejected("021")),
        ("IEA*1*000000101~", "IEA*1*000000102~", rejected("001")),
        ("*ZZ*TESTPAYER ", "*Q9*TESTPAYER ", rejected("007")),
        (
            "*260105*1200*^",
            "*261305*1200*^",
            "TA1*000000101*260106*1200*E*014~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~".to_owned(),
        ),
    ] {
        let file = CLAIMS.replacen(right, wrong, 1);
        let text = written(&file, AcknowledgeOptions::default());
        assert_eq!(said(&text), lines, "{wrong}");
        let document = Document::read(text.as_bytes()).unwrap();
        let interchange = document.interchanges().next().unwrap();
        let read = read_interchange_acknowledgement(&interchange.ta1().next().unwrap()).unwrap();
        assert!(read.notices.is_empty());
        let made = answers(&file, AcknowledgeOptions::default()).remove(0).interchange.unwrap();
        assert_eq!(
            (read.value.code, &read.value.note, &read.value.control_number),
            (made.code, &made.note, &made.control_number)
        );
    }
}

#[test]
fn acknowledgements_get_no_answer() {
    for file in [
        written(CLAIMS, AcknowledgeOptions::default()),
        written(&CLAIMS.replace("*0*T*:~", "*0*X*:~"), AcknowledgeOptions::default()),
    ] {
        let answers = answers(&file, with_claims());
        assert!(answers.iter().all(Answer::is_empty));
        assert!(matches!(write_answers(&answers, &envelope()), Err(WriteError::Nothing { .. })));
    }
}

#[test]
fn what_is_written_is_read_back() {
    for (right, wrong) in [
        ("HI*ABK:I10~", ""),
        ("HI*ABK:J069~", "HI*ABK:J069~NM1*82*1*TESTDOCTOR*DEE****XX~"),
        ("SBR*P*18*GROUP3*", "SBR*Q*XX*GROUP3*"),
        ("*75***11:B:1*", "*75***11:Q:1*"),
    ] {
        let file = with(right, wrong);
        let made = answers(&file, AcknowledgeOptions::default()).remove(0).groups;
        let text = written(&file, AcknowledgeOptions::default());
        let document = Document::read(text.as_bytes()).unwrap();
        let read: Vec<_> = transactions(&document).map(|set| read_functional_acknowledgement(&set).unwrap()).collect();
        assert!(read.iter().all(|read| read.notices.is_empty()));
        assert_eq!(read.into_iter().map(|read| read.value).collect::<Vec<_>>(), made, "{wrong}");
    }
}

#[test]
fn each_claim_is_turned_away_by_what_stands_in_it_or_above() {
    let [one, two, three] = ["A2:20*20260106*WQ*150", "A2:20*20260106*WQ*100", "A2:20*20260106*WQ*75"];
    let accepted = |claim: &str| format!("STC*{claim}~");
    let line = |code: &str, charge: &str, status: &str| format!("SVC*HC:{code}*{charge}~STC*{status}**U~");
    for (right, wrong, code, claims) in [
        ("HI*ABK:I10~", "HI*ABK:I10~", "A", [accepted(one), accepted(two), accepted(three)]),
        // In a claim.
        ("HI*ABK:I10~", "", "E", [accepted(one), "STC*A6:255*20260106*U*100~".to_owned(), accepted(three)]),
        (
            "CLM*TEST-2*100*",
            "CLM*TEST-2*101*",
            "A",
            [accepted(one), "STC*A7:400*20260106*U*101~".to_owned(), accepted(three)],
        ),
        // In a line.
        (
            "*40*UN*1***1~",
            "*40*UN*1***2~",
            "A",
            [
                accepted(one),
                format!("STC*A7:21*20260106*U*100******A8:477~{}", line("36415", "40", "A8:477")),
                accepted(three),
            ],
        ),
        // In a level: all claims below it.
        (
            "N4*TESTVILLE*IL*606010001~",
            "",
            "E",
            ["STC*A6:126:85*20260106*U*150~".to_owned(), "STC*A6:126:85*20260106*U*100~".to_owned(), accepted(three)],
        ),
        (
            "NM1*PR*2*TEST PAYER*****PI*TEST2~",
            "",
            "E",
            [accepted(one), "STC*A6:125:PR*20260106*U*100~".to_owned(), accepted(three)],
        ),
        (
            "XX*1245319599~",
            "XX*1245319590~",
            "A",
            [accepted(one), accepted(two), "STC*A7:562:85*20260106*U*75~".to_owned()],
        ),
    ] {
        let text = written(&with(right, wrong), with_claims());
        let set = text.find("IK5*").map(|at| &text[at + 4..at + 5]).unwrap();
        let begin = text.find("QC*1").unwrap();
        assert_eq!((set, said(&text[begin..])), (code, claims.concat()), "{right} -> {wrong}");
    }
    // A set that the 999 rejects has no claim that goes on, nor one that is turned away by itself.
    let text = written(&CLAIMS.replace("SE*59*", "SE*58*"), with_claims());
    assert!(!text.contains("*277*"));
}

#[test]
fn higher_types_reject_a_transaction_set_where_it_is_asked_for() {
    let file = with("CLM*TEST-2*100*", "CLM*TEST-2*101*");
    let mut options = AcknowledgeOptions::default();
    for (reject_snip, lines) in
        [(2, "IK5*A~AK9*A*1*1*1~"), (3, "IK3*CLM*31*2300*8~CTX*CLM01:TEST-2~IK4*2*782*I12~IK5*R*I5~AK9*R*1*1*0~")]
    {
        options.reject_snip = reject_snip;
        assert_eq!(said(&written(&file, options)), format!("AK2*837*0001*005010X222A1~{lines}"));
    }
}

#[test]
fn a_claim_acknowledgement_is_read_back() {
    let file = with("*40*UN*1***1~", "*40*UN*1***2~");
    let made = answers(&file, with_claims()).remove(0).claims.remove(0);
    assert_eq!((made.accepted(), made.rejected()), (2, 1));
    let text = written(&file, with_claims());
    let document = Document::read(text.as_bytes()).unwrap();
    let read = read_claim_acknowledgements(&transactions(&document).nth(1).unwrap()).unwrap();
    assert_eq!(read.failed, []);
    let today = Some("2026-01-06".parse().unwrap());
    let made: Vec<_> = made
        .claims()
        .cloned()
        .map(|mut claim| {
            claim.date = today;
            claim
        })
        .collect();
    assert_eq!(read.claims, made);
    assert!(read.claims[1].is_rejected() && read.claims[1].lines[0].statuses[0].is_rejection());
    assert_eq!(read.claims[1].lines[0].control_number.as_deref(), Some("LINE-3"));
}

/// One a biller could check by eye.
#[test]
fn a_whole_answer() {
    let file = with("HI*ABK:I10~", "").replace("*0*T*:~", "*1*T*:~");
    let text = written(&file, with_claims()).replace('~', "~\n");
    let expected = "\
ISA*00*          *00*          *ZZ*TESTPAYER      *ZZ*TESTCLINIC     *260106*0930*^*00501*000000001*0*T*:~
TA1*000000101*260105*1200*A*000~
GS*FA*TESTPAYER*TESTCLINIC*20260106*0930*1*X*005010X231A1~
ST*999*0001*005010X231A1~
AK1*HC*17*005010X222A1~
AK2*837*0001*005010X222A1~
IK3*HI*32*2300*3~
CTX*CLM01:TEST-2~
IK5*E*5~
AK9*E*1*1*1~
SE*8*0001~
GE*1*1~
GS*HN*TESTPAYER*TESTCLINIC*20260106*0930*2*X*005010X214~
ST*277*0001*005010X214~
BHT*0085*08*1*20260106*0930*TH~
HL*1**20*1~
NM1*PR*2*TEST PAYER*****PI*TESTPAYER~
TRN*1*1~
DTP*050*D8*20260106~
DTP*009*D8*20260106~
HL*2*1*21*1~
NM1*41*2*TEST CLINIC*****46*TESTCLINIC~
TRN*2*BATCH1~
STC*A1:19:PR*20260106*WQ*325~
QTY*90*2~
QTY*AA*1~
AMT*YU*225~
AMT*YY*100~
HL*3*2*19*1~
NM1*85*2*TEST CLINIC ONE*****XX*1234567893~
TRN*1*BATCH1~
QTY*QA*1~
QTY*QC*1~
AMT*YU*150~
AMT*YY*100~
HL*4*3*PT~
NM1*QC*1*TESTPATIENT*ANN****MI*TEST0001~
TRN*2*TEST-1~
STC*A2:20*20260106*WQ*150~
REF*1K*0000001010001000001~
DTP*472*D8*20251201~
HL*5*3*PT~
NM1*QC*1*TESTPATIENT*BEA****MI*TEST0002~
TRN*2*TEST-2~
STC*A6:255*20260106*U*100~
DTP*472*RD8*20251202-20251203~
HL*6*2*19*1~
NM1*85*2*TEST CLINIC TWO*****XX*1245319599~
TRN*1*BATCH1~
QTY*QA*1~
AMT*YU*75~
HL*7*6*PT~
NM1*QC*1*TESTPATIENT*CAL****MI*TEST0003~
TRN*2*TEST-3~
STC*A2:20*20260106*WQ*75~
REF*1K*0000001010001000003~
DTP*472*D8*20251204~
SE*45*0001~
GE*1*2~
IEA*2*000000001~
";
    assert_eq!(text, expected);
    assert!(answers(&file, with_claims())[0].is_rejection());
    assert_eq!(answers(CLAIMS, with_claims())[0].groups[0].code, AcknowledgementCode::Accepted);
}
