//! Sample files from outside the repository are answered, when the folder is there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use std::path::{Path, PathBuf};
use superbill_edi::check::CheckOptions;
use superbill_edi::{AcknowledgeOptions, Received, checks};
use superbill_x12::Document;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SUPERBILL_CONFORMANCE");
    if folder.is_none() {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
    }
    folder.map(|folder| Path::new(&folder).join("x12"))
}

#[test]
fn every_sample_is_answered_with_what_passes_our_own_checks() {
    let Some(folder) = folder() else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut answered = 0;
    for line in manifest.lines().skip(1) {
        let path = line.split('\t').next().unwrap();
        let bytes = std::fs::read(folder.join(path)).unwrap();
        assert_eq!(checks::check_acknowledge(&bytes), Ok(()), "{path}");
        answered += 1;
    }
    println!("{answered} samples answered");
    assert!(answered > 100);
}

/// The codes of transaction sets that only their envelope can give: no trailer, other control number, other count, no set, no number.
const OF_ENVELOPE: [&str; 5] = ["2", "3", "4", "6", "7"];

/// Where we answer otherwise, and why.
const OTHERWISE: [(&str, &str); 4] = [
    ("pyx12/837miss.x12", "the file ends before its IEA: a TA1 rejects the interchange, and nothing in it is answered"),
    ("pyx12/fail_no_IEA.x12", "the same"),
    ("pyx12/trailer_errors.x12", "IEA02 is not ISA13: a TA1 rejects the interchange"),
    ("pyx12/ele.x12", "a blank behind the number in ST02 makes it too long, not another one than in SE02"),
];

/// Another program's answers to files of release 4010, where they speak of the envelope.
#[test]
fn faults_of_envelopes_have_the_codes_that_another_program_gives() {
    let Some(folder) = folder() else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let (mut compared, mut same) = (0, 0);
    for line in manifest.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let wanted: Vec<Vec<&str>> = columns[4]
            .split("; ")
            .filter_map(|segment| segment.strip_prefix("AK5*"))
            .map(|ak5| ak5.split('*').skip(1).filter(|code| OF_ENVELOPE.contains(code)).collect())
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let bytes = std::fs::read(folder.join(columns[0])).unwrap();
        let document = Document::read(&bytes).unwrap();
        let received = Received::check(&document, CheckOptions::up_to(2));
        let answers = received.answers(AcknowledgeOptions::default());
        let ta1: Vec<&str> = answers
            .iter()
            .filter_map(|answer| answer.interchange.as_ref())
            .map(|answer| answer.note.as_str())
            .collect();
        let sets = answers.iter().flat_map(|answer| &answer.groups).flat_map(|group| &group.transactions);
        let found: Vec<Vec<&str>> = sets
            .map(|set| set.codes.iter().map(String::as_str).filter(|code| OF_ENVELOPE.contains(code)).collect())
            .collect();
        compared += 1;
        // The manifest has the first lines of a long answer.
        let is_same = found.len() >= wanted.len() && found.iter().zip(&wanted).all(|(found, wanted)| found == wanted);
        same += usize::from(is_same);
        let why = OTHERWISE.iter().find(|(path, _)| *path == columns[0]).map(|(_, why)| *why);
        if let Some(why) = why {
            println!("{}: {found:?} and TA1 {ta1:?}, the other program {wanted:?}: {why}", columns[0]);
        }
        assert_eq!(is_same, why.is_none(), "{}: {found:?}, the other program {wanted:?}", columns[0]);
    }
    println!("{same} of {compared} the same");
    assert_eq!(compared - same, OTHERWISE.len());
}
