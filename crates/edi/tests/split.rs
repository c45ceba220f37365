//! Claim transactions split by claims.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    missing_docs,
    reason = "tests"
)]

mod samples;

use core::num::NonZeroUsize;
use proptest::prelude::*;
use samples::{DENTAL, INSTITUTIONAL, PROFESSIONAL, REMITTANCE, edit, file};
use std::fmt::Write as _;
use std::path::Path;
use superbill_edi::{WriteError, checks, split_by_claims, transactions};
use superbill_x12::{Document, Editor, X12Error};

/// The claims of a subscriber: his own, and those of each patient.
type Subscriber = (usize, Vec<usize>);

const PATIENT: &str = "PAT*19~\nNM1*QC*1*SAMPLE*KIM~\nN3*1 ELM ST~\nN4*ANYTOWN*OH*44115~\nDMG*D8*20150101*F~\n";

/// A transaction with so many claims for each subscriber of each billing provider, after the pattern of one.
fn batch(sample: &str, providers: &[Vec<Subscriber>]) -> String {
    let at = |text: &str| sample.find(text).unwrap();
    let (provider, subscriber, claim, end) = (at("HL*1*"), at("HL*2*"), at("CLM*"), at("SE*"));
    let after_hl = |text: &str| text[text.find('\n').unwrap() + 1..].to_owned();
    let (provider_text, subscriber_text) =
        (after_hl(&sample[provider..subscriber]), after_hl(&sample[subscriber..claim]));
    let mut text = sample[..provider].to_owned();
    let (mut level, mut count) = (0, 0);
    let mut claims = |text: &mut String, claims: usize| {
        for _ in 0..claims {
            count += 1;
            text.push_str(&sample[claim..end].replace("CLM*P1*", &format!("CLM*P{count}*")));
        }
    };
    for subscribers in providers {
        level += 1;
        let of = level;
        write!(text, "HL*{of}**20*1~\n{provider_text}").unwrap();
        for (own, patients) in subscribers {
            level += 1;
            let of_patients = level;
            let child = u8::from(!patients.is_empty());
            writeln!(text, "HL*{level}*{of}*22*{child}~").unwrap();
            let subject = if *own == 0 { "SBR*P**" } else { "SBR*P*18*" };
            text.push_str(&subscriber_text.replace("SBR*P*18*", subject));
            claims(&mut text, *own);
            for patient in patients {
                level += 1;
                write!(text, "HL*{level}*{of_patients}*23*0~\n{PATIENT}").unwrap();
                claims(&mut text, *patient);
            }
        }
    }
    text + &sample[end..]
}

fn split(file: &str, most: usize) -> Result<String, WriteError> {
    let document = Document::read(file.as_bytes()).unwrap();
    split_by_claims(&document, NonZeroUsize::new(most).unwrap()).map(|bytes| String::from_utf8(bytes).unwrap())
}

/// The lines that begin so.
fn lines<'t>(text: &'t str, begins: &[&str]) -> Vec<&'t str> {
    text.lines().filter(|line| begins.iter().any(|begin| line.starts_with(begin))).collect()
}

const FRAME: [&str; 8] = ["ST*", "BHT*", "HL*", "CLM*", "SE*", "GE*", "IEA*", "PAT*"];

#[test]
fn each_part_has_the_levels_of_its_claims() {
    let text = file(&batch(PROFESSIONAL, &[vec![(1, vec![1, 1])], vec![(0, vec![1])]]));
    let expected = "\
ST*837*0001*005010X222A1~
BHT*0019*00*BATCH1*20260110*1200*CH~
HL*1**20*1~
HL*2*1*22*1~
CLM*P1*150***11:B:1*Y*A*Y*Y~
HL*3*2*23*0~
PAT*19~
CLM*P2*150***11:B:1*Y*A*Y*Y~
SE*49*0001~
ST*837*0002*005010X222A1~
BHT*0019*00*BATCH1-2*20260110*1200*CH~
HL*1**20*1~
HL*2*1*22*1~
HL*3*2*23*0~
PAT*19~
CLM*P3*150***11:B:1*Y*A*Y*Y~
HL*4**20*1~
HL*5*4*22*1~
HL*6*5*23*0~
PAT*19~
CLM*P4*150***11:B:1*Y*A*Y*Y~
SE*68*0002~
GE*2*1~
IEA*1*000000001~
";
    let written = split(&text, 2).unwrap();
    assert_eq!(lines(&written, &FRAME).join("\n") + "\n", expected);
    assert!(Document::read(written.as_bytes()).unwrap().diagnostics().is_empty());
    // A subscriber whose patients have all gone elsewhere has none below him.
    let written = split(&text, 1).unwrap();
    assert_eq!(
        lines(&written, &["HL*", "CLM*"])[..6].join(""),
        concat!("HL*1**20*1~HL*2*1*22*0~CLM*P1*150***11:B:1*Y*A*Y*Y~", "HL*1**20*1~HL*2*1*22*1~HL*3*2*23*0~")
    );
}

#[test]
fn control_numbers_and_references_that_are_taken_are_not_given() {
    let whole = batch(PROFESSIONAL, &[vec![(3, vec![])]]);
    let other = PROFESSIONAL.replace("0001*005010", "0003*005010").replace("SE*31*0001", "SE*31*0003");
    let other = other.replace("BATCH1", "BATCH1-2");
    let text = file(&whole).replace("GE*1*1~", &format!("{other}GE*2*1~"));
    let written = split(&text, 1).unwrap();
    let frames = lines(&written, &["ST*", "BHT*", "SE*", "GE*"]);
    assert_eq!(
        frames.iter().map(|line| &line[..line.len().min(20)]).collect::<Vec<_>>(),
        [
            "ST*837*0001*005010X2",
            "BHT*0019*00*BATCH1*2",
            "SE*31*0001~",
            "ST*837*0002*005010X2",
            "BHT*0019*00*BATCH1-3",
            "SE*31*0002~",
            "ST*837*0004*005010X2",
            "BHT*0019*00*BATCH1-4",
            "SE*31*0004~",
            "ST*837*0003*005010X2",
            "BHT*0019*00*BATCH1-2",
            "SE*31*0003~",
            "GE*4*1~",
        ]
    );
    assert!(written.contains(&other), "what is small enough stays as it is");
    // Thirty characters are the most.
    let long = text.replace("*BATCH1*", "*BATCH-OF-THIRTY-CHARACTERS-001*");
    assert!(split(&long, 1).unwrap().contains("*BATCH-OF-THIRTY-CHARACTERS-0-2*"));
}

#[test]
fn other_delimiters_and_line_breaks_stay() {
    let text = file(&batch(PROFESSIONAL, &[vec![(2, vec![])]]));
    let odd = text.replace('~', "'").replace(':', "-").replace('*', "|").replace('\n', "\r\n");
    let written = split(&odd, 1).unwrap();
    assert!(written.contains("'\r\nSE|31|0001'\r\nST|837|0002|005010X222A1'\r\nBHT|0019|00|BATCH1P2|20260110|"));
    assert_eq!(written.matches('\n').count(), written.matches("'\r\n").count());
    assert_eq!(checks::check_split_by_claims(odd.as_bytes(), NonZeroUsize::MIN), Ok(()));
}

#[test]
fn what_cannot_be_split_says_why() {
    let cannot = |text: &str| match split(text, 1) {
        Err(WriteError::CannotSplit { segment, what }) => (segment, what.split(':').next().unwrap().to_owned()),
        other => (0, format!("{other:?}")),
    };
    let remittance = file(REMITTANCE);
    let (segment, what) = cannot(&remittance);
    assert_eq!(segment, 3);
    assert!(what.contains("one payment (BPR)"), "{what}");
    assert_eq!(split(&remittance, 2).as_deref(), Ok(remittance.as_str()), "two payments are not too many");

    let text = file(&batch(PROFESSIONAL, &[vec![(2, vec![1])]]));
    for (from, to, place, words) in [
        ("HL*3*2*23*0~", "HL*3*1*23*0~", 45, "the parent (HL02) is not the level that this one stands in"),
        ("HL*2*1*22*1~", "HL*2*1*21*1~", 14, "the level (HL03) is no billing provider, subscriber or patient"),
        ("HL*1**20*1~", "HL*1*1*20*1~", 8, "the parent (HL02) is not the level that this one stands in"),
        ("HL*1**20*1~", "K3*1~", 14, "the parent (HL02) is not the level that this one stands in"),
    ] {
        assert_eq!(cannot(&edit(&text, &[(from, to)])), (place, words.to_owned()), "{to}");
    }
    // A number that no level has says nothing.
    let odd = split(&edit(&text, &[("HL*2*1*22*1~", "HL*2*7*22*1~")]), 1);
    assert_eq!(odd, split(&text, 1));
    let wrong = edit(&text, &[("GE*1*", "GE*2*")]);
    assert!(matches!(split(&wrong, 1), Err(WriteError::X12(X12Error::Faulty { .. }))));
    assert_eq!(split(&wrong, 3).as_deref(), Ok(wrong.as_str()), "nothing is asked of what is not split");
}

/// Found by fuzzing: an ISA that no interchange can be read from, within one that can.
#[test]
fn a_stream_is_judged_like_the_document() {
    let text = file(PROFESSIONAL);
    let text = text.replace("IEA*1", "ISA*00*          *00*          *ZZ*SENDER         *Z:Z*RECEIVER~IEA*1");
    assert_eq!(checks::check_checker(text.as_bytes()), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn claims_stay_and_parts_pass_the_checker(
        sample in 0usize..3,
        providers in prop::collection::vec(
            prop::collection::vec((0usize..4, prop::collection::vec(1usize..4, 0..3)), 1..4),
            1..4
        ),
        most in 1usize..9,
    ) {
        let sample = [PROFESSIONAL, INSTITUTIONAL, DENTAL][sample];
        // A subscriber without any claim is a level without one.
        let text = file(&batch(sample, &providers));
        prop_assert_eq!(checks::check_split_by_claims(text.as_bytes(), NonZeroUsize::new(most).unwrap()), Ok(()));
        let count = text.matches("\nCLM*").count();
        let written = split(&text, most).unwrap();
        let document = Document::read(written.as_bytes()).unwrap();
        prop_assert_eq!(transactions(&document).count(), count.div_ceil(most).max(1));
        prop_assert!(document.diagnostics().is_empty());
        prop_assert_eq!(checks::check_checker(written.as_bytes()), Ok(()));
    }
}

#[test]
fn a_clean_batch_is_clean_in_parts() {
    for sample in [PROFESSIONAL, INSTITUTIONAL, DENTAL] {
        let text = file(&batch(sample, &[vec![(2, vec![1, 2]), (0, vec![1])], vec![(3, vec![])]]));
        for most in [4, 3, 2, 1] {
            let written = split(&text, most).unwrap();
            let said = samples::check(&written);
            assert!(said.iter().all(|finding| finding.snip() > 3), "{said:#?}");
        }
    }
}

#[test]
fn every_sample_file_is_split() {
    let Some(folder) = std::env::var_os("SUPERBILL_CONFORMANCE") else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    let folder = Path::new(&folder).join("x12");
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let (mut files, mut parts) = (0, 0);
    for name in manifest.lines().skip(1).filter_map(|line| line.split('\t').next()) {
        let Ok(bytes) = std::fs::read(folder.join(name)) else { continue };
        assert_eq!(checks::check_checker(&bytes), Ok(()), "{name}");
        // Most of them have counts that are wrong, and would be refused.
        let bytes = match Document::read(&bytes) {
            Ok(document) => {
                let mut editor = Editor::new(&document);
                editor.renew_counts();
                editor.to_bytes()
            }
            Err(_) => continue,
        };
        for most in [1, 2, 10] {
            let most = NonZeroUsize::new(most).unwrap();
            assert_eq!(checks::check_split_by_claims(&bytes, most), Ok(()), "{name} by {most}");
            let Ok(document) = Document::read(&bytes) else { continue };
            let Ok(written) = split_by_claims(&document, most) else { continue };
            let count = |bytes: &[u8]| transactions(&Document::read(bytes).unwrap()).count();
            files += usize::from(written != bytes);
            parts += count(&written) - count(&bytes);
        }
    }
    println!("{files} files and limits where something was split, {parts} transactions more");
    assert!(files > 20, "{files}");
}
