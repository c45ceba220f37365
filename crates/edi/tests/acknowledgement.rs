//! Acknowledgements, segment by segment.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

use superbill_claim::{AcknowledgementCode, FunctionalAcknowledgement};
use superbill_edi::{
    NoticeKind, Read, ReadError, ReadErrorKind, read_claim_acknowledgements, read_functional_acknowledgement,
    transactions,
};
use superbill_x12::Document;

fn file(functional_id: &str, guide: &str, sets: &str) -> String {
    let count = sets.matches("ST*").count();
    format!(
        "ISA*00*          *00*          *ZZ*TESTPAYER      *ZZ*TESTCLINIC     *260101*1200*^*00501*000000001*0*T*:~\
GS*{functional_id}*TESTPAYER*TESTCLINIC*20260101*1200*17*X*{guide}~{sets}GE*{count}*17~IEA*1*000000001~"
    )
}

fn read_999(segments: &str) -> Result<Read<FunctionalAcknowledgement>, ReadError> {
    let file = file("FA", "005010X231A1", &format!("ST*999*0001*005010X231A1~{segments}SE*9*0001~"));
    let document = Document::read(file.as_bytes()).unwrap();
    read_functional_acknowledgement(&transactions(&document).next().unwrap())
}

#[test]
fn a_999_says_what_became_of_each_transaction_set() {
    let Read { value, notices, .. } = read_999(
        "AK1*HC*17*005010X222A1~AK2*837*0001*005010X222A1~IK5*A~AK2*837*0002~IK3*CLM*22*2300*8~CTX*CLM01:X~\
IK4*5:3*1331*7*Z~IK4*2**I6~IK5*R*5*I5~AK9*P*2*2*1*5~",
    )
    .unwrap();
    assert_eq!((value.functional_id.as_str(), value.group_control_number.as_str()), ("HC", "17"));
    assert_eq!(value.implementation.as_deref(), Some("005010X222A1"));
    assert_eq!(value.code, AcknowledgementCode::PartiallyAccepted);
    assert_eq!((value.included, value.received, value.accepted), (2, 2, 1));
    let [first, second] = &value.transactions[..] else { panic!("two transaction sets") };
    assert_eq!((first.code, first.segments.len()), (AcknowledgementCode::Accepted, 0));
    assert_eq!(second.code, AcknowledgementCode::Rejected('R'));
    let note = &second.segments[0];
    assert_eq!((note.segment_id.as_str(), note.position, note.code.as_str()), ("CLM", 22, "8"));
    assert_eq!(note.loop_id.as_deref(), Some("2300"));
    let elements: Vec<_> = note.elements.iter().map(|note| (note.position, note.component, &*note.code)).collect();
    assert_eq!(elements, [(5, Some(3), "7"), (2, None, "I6")]);
    assert_eq!(
        (first.codes.len(), &second.codes[..], &value.codes[..]),
        (0, &["5", "I5"].map(String::from)[..], &["5".to_owned()][..])
    );
    let said: Vec<String> = notices.iter().map(|notice| format!("{}", notice.location)).collect();
    // The copy of the bad text.
    assert_eq!(said, ["segment 10 (IK404)"]);
    assert_eq!((first.implementation.as_deref(), second.implementation.as_deref()), (Some("005010X222A1"), None));
    assert_eq!(note.claim.as_ref().unwrap().expose().as_str(), "X");
    assert_eq!(note.elements[0].data_element.as_deref(), Some("1331"));
    assert!(!format!("{value:?}").contains("Z\""));
}

#[test]
fn a_text_in_place_of_an_error_code_is_not_kept() {
    let whole = "AK1*HC*17~AK2*837*0001~IK3*CLM*22*2300*8~IK4*5**7~IK5*R*5~AK9*R*1*1*0*5~";
    for (right, wrong, place) in [
        ("2300*8", "2300*TESTPATIENT", "segment 6 (IK304)"),
        ("IK4*5**7", "IK4*5**TESTPATIENT", "segment 7 (IK403)"),
        ("IK5*R*5", "IK5*R*5*TESTPATIENT", "segment 8 (IK503)"),
        ("*0*5~", "*0*5*TESTPATIENT~", "segment 9 (AK906)"),
    ] {
        assert!(whole.contains(right), "{right}");
        let Read { value, notices, .. } = read_999(&whole.replacen(right, wrong, 1)).unwrap();
        let said: Vec<String> = notices.iter().map(|notice| format!("{}", notice.location)).collect();
        assert_eq!(said, [place], "{wrong}");
        assert!(!format!("{value:?}").contains("TESTPATIENT"));
        // The places that were found wrong are still told.
        assert_eq!((value.transactions[0].segments.len(), value.transactions[0].segments[0].elements.len()), (1, 1));
    }
}

#[test]
fn an_answer_that_cannot_be_read_is_an_error() {
    let whole = "AK1*HC*17~AK2*837*0001~IK5*A~AK9*A*1*1*1~";
    assert!(read_999(whole).is_ok());
    for (left_out, segment) in [("AK1*HC*17~", "AK1"), ("IK5*A~", "IK5"), ("AK9*A*1*1*1~", "AK9")] {
        let error = read_999(&whole.replace(left_out, "")).unwrap_err();
        assert!(matches!(error.kind, ReadErrorKind::NoSegment { segment: lost, .. } if lost == segment), "{error}");
    }
    for (right, wrong, kind) in [
        ("AK9*A*1*1*1", "AK9*A*1*1*x", ReadErrorKind::Number),
        ("IK5*A", "IK5*AA", ReadErrorKind::Code),
        ("IK5*A", "IK5", ReadErrorKind::Missing),
    ] {
        assert_eq!(read_999(&whole.replace(right, wrong)).unwrap_err().kind, kind, "{wrong}");
    }
}

const CLAIMS: &str = "ST*277*0001*005010X214~BHT*0085*08*1*20260115*0930*TH~HL*1**20*1~NM1*PR*2*TEST PAYER*****PI*TEST1~\
TRN*1*1~DTP*050*D8*20260115~HL*2*1*21*1~NM1*41*2*TEST CLINIC*****46*TESTCLINIC~TRN*2*BATCH~STC*A1:19:PR*20260115*WQ*300~\
QTY*90*1~HL*3*2*19*1~NM1*85*2*TEST CLINIC*****XX*1234567893~HL*4*3*PT~NM1*QC*1*TESTPATIENT*ANN****MI*TEST0001~\
TRN*2*TEST-1~STC*A7:562:85*20260115*U*150******A7:21~REF*1K*TESTICN~DTP*472*D8*20260105~SVC*HC:G0108*150~STC*A7:1*20260115*U~\
HL*5*3*PT~NM1*QC*1*TESTPATIENT~TRN*2*TEST-2~STC*A2:20*20260115*WQ*150~SE*25*0001~";

#[test]
fn a_277ca_says_what_became_of_each_claim() {
    let file = file("HN", "005010X214", CLAIMS);
    let document = Document::read(file.as_bytes()).unwrap();
    let read = read_claim_acknowledgements(&transactions(&document).next().unwrap()).unwrap();
    assert_eq!(read.failed, []);
    assert_eq!(read.batch_statuses[0].category, "A1");
    let [rejected, accepted] = &read.claims[..] else { panic!("two claims") };
    assert_eq!(rejected.patient_control_number.expose().as_str(), "TEST-1");
    assert!(rejected.is_rejected() && !rejected.is_accepted());
    let statuses: Vec<_> = rejected.statuses.iter().map(|status| (&*status.category, &*status.status)).collect();
    assert_eq!(statuses, [("A7", "562"), ("A7", "21")]);
    assert_eq!(rejected.statuses[0].entity.as_deref(), Some("85"));
    assert_eq!(rejected.charge.unwrap().to_string(), "150.00");
    assert_eq!(rejected.payer_control_number.as_ref().unwrap().as_str(), "TESTICN");
    assert!(accepted.is_accepted());
    let [line] = &rejected.lines[..] else { panic!("one line") };
    assert_eq!((line.procedure.as_str(), line.statuses[0].category.as_str()), ("G0108", "A7"));
    assert_eq!(rejected.statuses.len(), 2, "the status of a line is not taken for the claim's");
    assert!(read.notices.iter().all(|notice| notice.kind == NoticeKind::NotCarried));
}

#[test]
fn a_claim_without_number_or_status_fails_alone() {
    for (right, wrong) in [("TRN*2*TEST-1~", "TRN*2~"), ("STC*A7:562:85", "STC*7"), ("STC*A2:20*20260115*WQ*150~", "")]
    {
        let file = file("HN", "005010X214", &CLAIMS.replacen(right, wrong, 1));
        let document = Document::read(file.as_bytes()).unwrap();
        let read = read_claim_acknowledgements(&transactions(&document).next().unwrap()).unwrap();
        assert_eq!((read.claims.len(), read.failed.len()), (1, 1), "{wrong}");
    }
}
