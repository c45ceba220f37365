//! The command splits and merges small made-up files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

#[allow(dead_code, reason = "shared by several tests")]
mod common;

use common::{folder, objects, superbill, text};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const ISA: &str =
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260110*1200*^*00501*000000007*0*T*:~\n";

/// A file with so many claims in one transaction.
fn write(folder: &Path, name: &str, claims: usize) -> String {
    let mut text = format!(
        "{ISA}GS*HC*SENDER*RECEIVER*20260110*1200*3*X*005010X222A1~\nST*837*0001*005010X222A1~\n\
         BHT*0019*00*BATCH1*20260110*1200*CH~\nHL*1**20*1~\nNM1*85*2*SAMPLE CLINIC~\nHL*2*1*22*0~\nSBR*P*18~\n"
    );
    for claim in 1..=claims {
        text += &format!("CLM*P{claim}*150***11:B:1*Y*A*Y*Y~\n");
    }
    text += &format!("SE*{}*0001~\nGE*1*3~\nIEA*1*000000007~\n", claims + 7);
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn written(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_file_is_split_within_itself() {
    let folder = folder("split-file");
    let batch = write(&folder, "batch.x12", 5);
    let out = folder.join("out.x12");
    let to = ["-o", out.to_str().unwrap()];
    let arguments = [&["x12", "split", &batch, "--claims", "2"], &to[..]].concat();
    let expected = "\
out.x12: transaction 1, control number 0001: 2 claims
out.x12: transaction 2, control number 0002: 2 claims
out.x12: transaction 3, control number 0003: 1 claim
batch.x12: 5 claims in 1 transaction, written as 3 transactions in 1 file
";
    assert_eq!(text(&superbill(&arguments)), expected);
    let split = written(&out);
    assert!(split.starts_with(ISA) && split.contains("\nGE*3*3~\n"), "{split}");
    assert!(text(&superbill(&["x12", "check", out.to_str().unwrap(), "--snip", "1"])).contains("0 errors, 0 warnings"));

    let rows = objects(&arguments);
    let row =
        json!({"file": "batch.x12", "output": "out.x12", "transaction": 2, "control_number": "0002", "claims": 2});
    assert_eq!(rows[1], row);
    let summary =
        json!({"file": "batch.x12", "summary": true, "transactions": 1, "claims": 5, "written": 3, "outputs": 1});
    assert_eq!(rows[3], summary);

    // Within the limit nothing changes, and the default is that of the guides.
    text(&superbill(&[&["x12", "split", &batch], &to[..]].concat()));
    assert_eq!(written(&out), written(Path::new(&batch)));
    assert_eq!(text(&superbill(&["x12", "split", &batch, "--claims", "2", "-o", "-"])), split);
}

#[test]
fn each_part_is_a_file_of_its_own_and_they_are_merged_again() {
    let folder = folder("split-folder");
    let batch = write(&folder, "batch.x12", 3);
    let parts = folder.join("parts");
    std::fs::create_dir(&parts).unwrap();
    let rows = objects(&["x12", "split", &batch, "--claims", "2", "-o", parts.to_str().unwrap()]);
    let outputs: Vec<&Value> = rows.iter().map(|row| &row["output"]).collect();
    assert_eq!(outputs, [&json!("batch-1.x12"), &json!("batch-2.x12"), &Value::Null]);
    assert_eq!(rows[2]["outputs"], 2);
    let files: Vec<PathBuf> = ["batch-1.x12", "batch-2.x12"].iter().map(|name| parts.join(name)).collect();
    assert!(written(&files[0]).starts_with(ISA), "the test indicator and the first control number stay");
    assert!(written(&files[1]).starts_with(&ISA.replace("*000000007*", "*000000008*")));
    assert!(written(&files[1]).contains("\nGS*HC*SENDER*RECEIVER*20260110*1200*4*"));

    let merged = folder.join("merged.x12");
    let files: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let more = ["-o", merged.to_str().unwrap(), "--control-number", "21"];
    let expected = "merged.x12: 2 files with 2 groups, 2 transactions and 3 claims in one interchange\n";
    assert_eq!(text(&superbill(&[&["x12", "merge"], &files[..], &more[..]].concat())), expected);
    assert!(written(&merged).ends_with("\nIEA*2*000000021~\n"));
}

#[test]
fn what_cannot_be_done_says_why() {
    let folder = folder("split-not");
    let batch = write(&folder, "batch.x12", 2);
    let fails = |arguments: &[&str]| {
        let output = superbill(arguments);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let wrong = folder.join("wrong.x12").to_str().unwrap().to_owned();
    std::fs::write(&wrong, written(Path::new(&batch)).replace("GE*1*", "GE*2*")).unwrap();
    let out = folder.join("out.x12").to_str().unwrap().to_owned();
    assert!(fails(&["x12", "merge", &batch, &wrong, "-o", &out]).contains("wrong.x12: segment 12 at byte"));
    assert!(fails(&["x12", "split", &wrong, "--claims", "1", "-o", &out]).contains("segment 12 at byte"));
    assert!(!Path::new(&out).exists());
}
