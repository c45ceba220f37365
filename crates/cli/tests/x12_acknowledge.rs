//! `superbill x12 ack`: a received file answered.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

#[allow(dead_code, reason = "shared by several tests")]
mod common;

use common::{folder, superbill};
use serde_json::Value;

/// A group without claims, and one whose SE counts wrongly.
const RECEIVED: &str = "ISA*00*          *00*          *ZZ*TESTCLINIC     *ZZ*TESTPAYER      *260105*1200*^*00501*000000101*1*T*:~\
GS*HC*TESTCLINIC*TESTPAYER*20260105*1200*17*X*005010X222A1~ST*837*0001*005010X222A1~SE*3*0001~GE*1*17~IEA*1*000000101~";

#[test]
fn a_received_file_is_answered() {
    let folder = folder("x12_acknowledge");
    let (received, answer) = (folder.join("received.837"), folder.join("answer.999"));
    std::fs::write(&received, RECEIVED).unwrap();
    let (from, to) = (received.to_str().unwrap(), answer.to_str().unwrap());
    let output = superbill(&["x12", "ack", from, "-o", to, "--control-number", "41", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["code"], &rows[0]["note"]), (&"A".into(), &"000".into()));
    assert_eq!((&rows[1]["control_number"], &rows[1]["code"]), (&"17".into(), &"R".into()));
    assert_eq!(
        (&rows[2]["transaction"], &rows[2]["control_number"], &rows[2]["code"]),
        (&1.into(), &"0001".into(), &"R".into())
    );
    assert!(
        rows[2]["errors"].as_array().unwrap().iter().any(|error| error["segment_id"] == "BHT" && error["code"] == "3")
    );
    assert_eq!((&rows[3]["summary"], &rows[3]["rejected"]), (&true.into(), &1.into()));
    let written = std::fs::read_to_string(&answer).unwrap();
    assert!(written.contains("*000000041*0*T*:~"), "a test unless asked: {written}");
    assert!(written.contains("*ZZ*TESTPAYER      *ZZ*TESTCLINIC     *"), "it goes to who sent: {written}");

    let checked = superbill(&["x12", "check", "--snip", "4", to]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));

    // An acknowledgement gets no answer.
    let again = folder.join("again.999");
    let output = superbill(&["x12", "ack", to, "-o", again.to_str().unwrap(), "--production"]);
    assert_eq!((output.status.code(), again.exists()), (Some(0), false));
}
