//! What the checker says of sample files from outside the repository, when the folder is there: each fault that a file is known to have is named, and
//! nothing is said of syntax and structure (SNIP types 1 and 2) where there is no fault.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use superbill_edi::check::{CheckOptions, Checker, ElementPlace, Finding};
use superbill_x12::{Document, Editor, Severity};

/// A file of the manifest.
struct Sample {
    path: String,
    expected: String,
    faults: String,
}

fn samples() -> Option<(PathBuf, Vec<Sample>)> {
    let Some(folder) = std::env::var_os("SUPERBILL_CONFORMANCE") else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return None;
    };
    let folder = Path::new(&folder).join("x12");
    let text = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let samples = text.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        Sample { path: columns[0].to_owned(), expected: columns[3].to_owned(), faults: columns[4].to_owned() }
    });
    let samples = samples.collect();
    Some((folder, samples))
}

/// The errors of a file.
fn errors(bytes: &[u8], snip: u8) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut checker = Checker::new(CheckOptions::up_to(snip));
    checker.read(bytes, &mut |finding| findings.push(finding), &mut |_| {}).unwrap();
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

/// A fault: rule, segment, element, loop; empty and 0 where it does not matter.
type Fault = (&'static str, &'static str, u8, &'static str);

/// Invalid files whose faults the manifest tells in words.
const FAULTS: &[(&str, &[Fault])] = &[
    ("imsweb/x12_bad_first_line.txt", &[("too-short", "ISA", 2, "")]),
    (
        "imsweb/x12_bad_segment_identifier.txt",
        &[
            ("unknown-segment", "", 0, ""),
            ("required-segment", "N4", 0, "2010AA"),
            ("required-segment", "PER", 0, "1000A"),
            ("required-loop", "NM1", 0, "2010BA"),
        ],
    ),
    ("imsweb/x12_bad_valid_code.txt", &[("code-value", "NM1", 1, "2010AA")]),
    ("imsweb/x12_loop_errors1_exceeds_max_1_parent.txt", &[("loop-repeat", "NM1", 0, "2010AA")]),
    ("imsweb/x12_loop_errors2_exceeds_max_repeats_multiple_parents.txt", &[("loop-repeat", "NM1", 0, "2010AA")]),
    ("imsweb/x12_loop_errors3_missing_loops.txt", &[("required-loop", "NM1", 0, "2010AA")]),
    (
        "imsweb/x12_missing_elements.txt",
        &[("required-element", "NM1", 2, "1000B"), ("required-element", "CLM", 5, "2300")],
    ),
    ("imsweb/x12_missing_required_loop_in_one_repeat.txt", &[("required-loop", "NM1", 0, "2010BA")]),
    (
        "imsweb/x12_missing_required_loops_mult_repeats.txt",
        &[
            ("unexpected-segment", "SV1", 0, ""),
            ("unexpected-segment", "DTP", 0, ""),
            ("required-loop", "LX", 0, "2400"),
        ],
    ),
    // The manifest does not say what is wrong: the diagnoses have another component separator than ISA16 names.
    ("imsweb/x12_no_errors.txt", &[("code-value", "HI", 2, "2300")]),
    ("imsweb/x12_no_isa_line.txt", &[("no-interchange", "", 0, "")]),
    (
        "imsweb/x12_segment_errors.txt",
        &[
            ("required-segment", "N3", 0, "2010AA"),
            ("required-segment", "HI", 0, "2300"),
            ("segment-repeat", "REF", 0, "2010AA"),
        ],
    ),
    ("imsweb/x12_segments_out_of_order.txt", &[("segment-order", "N4", 0, ""), ("segment-order", "N3", 0, "")]),
];

/// Where the judgement of pyx12 is not taken over: file, what it says, why not.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("pyx12/elements.x12", "AK4*8*66*5", "a code that is not in the list is wrong once, not also too long"),
    ("pyx12/elements.x12", "AK4*5:1*1331*7", "places of service are a list outside the guide: said as SNIP type 5"),
    ("pyx12/bad_header_looping.x12", "AK4*2*373*8", "the year 1111 is one: the form is right"),
    ("pyx12/bad_header_looping.x12", "AK3*N1*39**1", "N1 is known, it stands too late: segment-order, loop-repeat"),
    ("pyx12/bad_header_looping.x12", "AK3*N3*40**1", "N3 belongs to the N1 that is said to be out of order"),
    ("pyx12/bad_header_looping.x12", "AK3*N4*41**1", "N4 belongs to the N1 that is said to be out of order"),
    ("pyx12/bad_header_looping.x12", "AK3*N1*42**1", "N1 is known, its loop stands too often: loop-repeat"),
    ("pyx12/ele.x12", "AK5*3", "ST02 has a blank behind it: said as too long, the numbers are the same"),
];

/// Faults of these files that are said instead of what pyx12 says.
const INSTEAD: &[(&str, &[Fault])] = &[
    (
        "pyx12/bad_header_looping.x12",
        &[("segment-order", "N1", 0, ""), ("loop-repeat", "N1", 0, "1000A"), ("loop-repeat", "N1", 0, "1000B")],
    ),
    ("pyx12/ele.x12", &[("too-long", "ST", 2, "")]),
];

/// The code that a 997 has for a rule: AK304 or AK403.
fn code(rule: &str) -> &'static str {
    match rule {
        "unknown-segment" | "segment-id" | "required-element" => "1",
        "unexpected-segment" => "2",
        "required-segment" | "required-loop" => "3",
        "loop-repeat" | "too-short" => "4",
        "segment-repeat" | "too-long" => "5",
        "code-value" => "7",
        "date-format" => "8",
        _ => "",
    }
}

fn is_said(fault: &Fault, findings: &[Finding]) -> bool {
    let (rule, segment, element, loop_id) = *fault;
    findings.iter().any(|finding| {
        finding.rule() == rule
            && (segment.is_empty() || finding.segment_id == segment)
            && (element == 0 || finding.element.is_some_and(|place| place.element == element))
            && (loop_id.is_empty() || finding.loop_id == loop_id)
    })
}

/// What pyx12 says of a file, as the segments of a 997: each is found in the transaction, segment and element, with its code.
fn compare(path: &str, faults: &str, findings: &[Finding]) -> (usize, usize) {
    let (mut compared, mut left_out) = (0, 0);
    let mut transaction = 1;
    let mut segment = (String::new(), 0);
    for fault in faults.split("; ") {
        let parts: Vec<&str> = fault.split('*').collect();
        let own = match parts[0] {
            "AK3" | "AK4" if parts.len() > 3 => {
                parts[..parts.len().min(if parts[0] == "AK3" { 5 } else { 4 })].join("*")
            }
            _ => fault.to_owned(),
        };
        let inside = |finding: &&Finding| finding.transaction == Some(transaction);
        let is_left_out = |own: &str| OTHERWISE.iter().any(|(file, said, _)| *file == path && *said == own);
        match parts.as_slice() {
            ["AK3", id, at, _, says] => {
                segment = ((*id).to_owned(), at.parse::<u64>().unwrap());
                // 8: the elements follow.
                if *says == "8" {
                    continue;
                }
                if is_left_out(&own) {
                    left_out += 1;
                    continue;
                }
                // What is missing is missing before the segment that stands instead, or behind the one before it.
                let behind = u64::from(*says == "3");
                let found = findings.iter().filter(inside).any(|finding| {
                    finding.segment_id == *id
                        && finding.element.is_none()
                        && code(finding.rule()) == *says
                        && finding.position.is_some_and(|position| (segment.1..=segment.1 + behind).contains(&position))
                });
                assert!(found, "{path}: {fault}");
                compared += 1;
            }
            ["AK4", place, _, says, ..] => {
                if is_left_out(&own) {
                    left_out += 1;
                    continue;
                }
                let (element, component) = place.split_once(':').unwrap_or((place, ""));
                let place =
                    ElementPlace { component: component.parse().ok(), ..ElementPlace::new(element.parse().unwrap()) };
                let found = findings.iter().filter(inside).any(|finding| {
                    finding.segment_id == segment.0
                        && finding.position == Some(segment.1)
                        && finding.element == Some(place)
                        && code(finding.rule()) == *says
                });
                assert!(found, "{path}: {fault}");
                compared += 1;
            }
            ["AK5", _, codes @ ..] => {
                for says in codes {
                    if is_left_out(&format!("AK5*{says}")) {
                        left_out += 1;
                        continue;
                    }
                    let rule = match *says {
                        "2" => "missing-se",
                        "3" => "se-control-number",
                        "4" => "se-count",
                        "7" => "too-long",
                        // 5: the segments before it.
                        _ => continue,
                    };
                    assert!(findings.iter().any(|finding| finding.rule() == rule), "{path}: {fault}, {rule}");
                    compared += 1;
                }
                transaction += 1;
            }
            // The manifest cuts long lists off.
            _ => {}
        }
    }
    (compared, left_out)
}

#[test]
fn every_fault_of_an_invalid_file_is_named() {
    let Some((folder, samples)) = samples() else { return };
    let (mut files, mut told, mut compared, mut left_out) = (0, 0, 0, 0);
    for sample in samples.iter().filter(|sample| sample.expected == "invalid") {
        let path = sample.path.as_str();
        let bytes = std::fs::read(folder.join(path)).unwrap();
        let findings = errors(&bytes, 2);
        assert!(!findings.is_empty(), "{path}");
        files += 1;
        if path == "pyx12/elements.x12" {
            let findings = errors(&bytes, 5);
            assert!(is_said(&("place-of-service", "CLM", 5, "2300"), &findings), "{path}: the place of service");
        }
        let stated = FAULTS.iter().chain(INSTEAD).find(|(file, _)| *file == path);
        for fault in stated.iter().flat_map(|(_, faults)| faults.iter()) {
            assert!(is_said(fault, &findings), "{path}: {fault:?}");
            told += 1;
        }
        if path.starts_with("pyx12/") {
            let (same, other) = compare(path, &sample.faults, &findings);
            (compared, left_out) = (compared + same, left_out + other);
        } else {
            assert!(stated.is_some(), "{path} is not in the table");
        }
    }
    println!(
        "{files} invalid files: {told} faults of the table are named; {compared} of {} findings of pyx12 are the same, {left_out} are judged otherwise",
        compared + left_out
    );
    assert!(left_out == OTHERWISE.len(), "{left_out} of {} exceptions stand in the files", OTHERWISE.len());
}

const HI: &str = "HI has the component separator `:` where ISA16 names another; SE01 is wrong; HL01 and HL02 stay the same in the second level";
const LINES: &str =
    "made for a risk adjustment tool: SV1 stands without its LX, there is no payer, PRV02 is not PXC, SE01 is wrong";
const MADE: &str = "made for a risk adjustment tool: an institutional version with professional lines, HI once for each code, no payer, NM108 of sender and receiver is not 46";
const KW: &str = "SE02 is not ST02, SE01 is one off; SBR08 is used, PRV02 is not PXC, REF02 and CLM05-2 are empty, SV101 has nine components, REF out of order or with other codes";

/// Files that are said to be valid and have errors: the rules, and why they are right.
const REVIEWED: &[(&str, &[&str], &str)] = &[
    (
        "imsweb/x12_277_x212.txt",
        &["iea-control-number", "not-used-element"],
        "IEA02 is not ISA13; STC03 and STC12, which only the 277CA uses",
    ),
    ("imsweb/x12_999_accepted.txt", &["iea-control-number", "time-format"], "IEA02 is not ISA13; GS05 has 97 seconds"),
    ("imsweb/x12_ambiguous_loop.txt", &["se-count"], "SE01 is wrong"),
    (
        "imsweb/x12_complex.txt",
        &[
            "code-value",
            "ge-count",
            "hl-number",
            "hl-parent",
            "required-element",
            "required-segment",
            "se-count",
            "syntax-note",
        ],
        HI,
    ),
    ("imsweb/x12_many_claims.txt", &["code-value", "hl-number", "hl-parent", "required-element", "se-count"], HI),
    (
        "imsweb/x12_multiple_gs.txt",
        &["code-value", "hl-number", "hl-parent", "iea-count", "required-element", "se-count"],
        HI,
    ),
    ("imsweb/x12_multiple_isa.txt", &["code-value", "hl-number", "hl-parent", "required-element", "se-count"], HI),
    (
        "imsweb/x12_multiple_st.txt",
        &["code-value", "control-number-again", "ge-count", "hl-number", "hl-parent", "required-element", "se-count"],
        HI,
    ),
    (
        "imsweb/x12_multiple_transactions.txt",
        &["code-value", "hl-number", "hl-parent", "required-element", "se-count"],
        HI,
    ),
    ("imsweb/x12_valid.txt", &["code-value", "hl-number", "hl-parent", "required-element", "se-count"], HI),
    (
        "imsweb/x12_valid_different_separators.txt",
        &["code-value", "hl-number", "hl-parent", "required-element", "se-count"],
        HI,
    ),
    ("imsweb/x12_writer_test.txt", &["se-count"], "SE01 is wrong"),
    (
        "imsweb/x223-test.txt",
        &["code-value", "not-used-element", "required-segment", "se-count", "segment-repeat"],
        "SE01 is wrong; a professional claim under the institutional version: CLM05-2 is B, CLM06 and CLM10, DTP of a line",
    ),
    ("imsweb/x270.txt", &["iea-control-number", "se-control-number", "se-count"], "the trailers are wrong"),
    (
        "imsweb/x271.txt",
        &["group-version", "iea-control-number", "se-count"],
        "GS08 is 004010, ST03 005010; the trailers are wrong",
    ),
    ("moov/sample2.txt", &["date-format"], "BPR16 has month 00 and day 80"),
    ("kw/edi_sample_25_claims.txt", &["code-value", "not-used-element", "required-element", "se-control-number"], KW),
    (
        "kw/2_edi_sample_25_claims.txt",
        &["code-value", "not-used-element", "required-element", "se-control-number", "se-count"],
        KW,
    ),
    (
        "kw/edi_sample_50_claims.txt",
        &["code-value", "not-used-element", "required-element", "se-control-number", "se-count"],
        KW,
    ),
    (
        "kw/edi_sample_75_claims.txt",
        &["code-value", "not-used-element", "se-control-number", "se-count", "segment-order", "too-many-components"],
        KW,
    ),
    ("hccinfhir/sample_837_0.txt", &["hl-number"], "HL01 counts on over the transaction sets of the group"),
    ("hccinfhir/sample_837_11.txt", &["code-value", "required-loop", "se-count", "unexpected-segment"], LINES),
    (
        "hccinfhir/sample_837_12.txt",
        &[
            "code-value",
            "ge-count",
            "group-version",
            "not-used-element",
            "required-loop",
            "required-segment",
            "se-count",
            "segment-not-in-guide",
            "segment-repeat",
            "unexpected-segment",
        ],
        MADE,
    ),
    (
        "hccinfhir/",
        &[
            "code-value",
            "not-used-element",
            "required-loop",
            "required-segment",
            "segment-not-in-guide",
            "segment-repeat",
            "unexpected-segment",
        ],
        MADE,
    ),
];

#[test]
fn nothing_is_said_of_the_structure_of_a_valid_file() {
    let Some((folder, samples)) = samples() else { return };
    let (mut clean, mut reviewed) = (0, 0);
    for sample in samples.iter().filter(|sample| matches!(sample.expected.as_str(), "valid" | "unknown")) {
        let path = sample.path.as_str();
        let findings = errors(&std::fs::read(folder.join(path)).unwrap(), 2);
        let rules: BTreeSet<&str> = findings.iter().map(Finding::rule).collect();
        match REVIEWED.iter().find(|(file, ..)| path.starts_with(file)) {
            Some((_, known, why)) => {
                assert_eq!(rules, known.iter().copied().collect(), "{path}: {why}");
                reviewed += 1;
            }
            None => {
                let said: Vec<String> = findings.iter().take(5).map(ToString::to_string).collect();
                assert!(findings.is_empty(), "{path}: {said:#?}");
                clean += 1;
            }
        }
    }
    println!(
        "{} files that are said to be valid: {clean} without an error of SNIP 1 and 2, {reviewed} reviewed",
        clean + reviewed
    );
    assert!(clean > 0 && reviewed > 0);
}

#[test]
fn a_file_is_written_back_byte_for_byte() {
    let Some((folder, samples)) = samples() else { return };
    let (mut files, mut segments, mut replaced) = (0, 0, 0);
    for sample in &samples {
        let bytes = std::fs::read(folder.join(&sample.path)).unwrap();
        let Ok(document) = Document::read(&bytes) else { continue };
        assert_eq!(Editor::new(&document).to_bytes(), bytes, "{}", sample.path);
        // An element that is replaced by itself changes nothing either.
        let mut editor = Editor::new(&document);
        for segment in document.segments() {
            segments += 1;
            let text = segment.element(1);
            let Ok(text) = core::str::from_utf8(text.bytes()) else { continue };
            if !text.is_empty() && editor.replace_element(segment.number(), 1, text).is_ok() {
                replaced += 1;
            }
        }
        assert_eq!(editor.to_bytes(), bytes, "{}", sample.path);
        files += 1;
    }
    println!(
        "{files} of {} files are written back byte for byte; {replaced} elements of {segments} segments were replaced by themselves",
        samples.len()
    );
    assert!(files > 0 && replaced > 0);
}
