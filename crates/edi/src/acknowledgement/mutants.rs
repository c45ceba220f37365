//! Every guide: whatever is wrong with a file, the answer is right.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{AcknowledgeOptions, Received};
use crate::check::specimen::{self, SpecimenSegment};
use crate::check::{CheckOptions, Finding};
use crate::checks::check_acknowledge;
use crate::guide::Guide;
use superbill_claim::AcknowledgementCode;
use superbill_x12::{Document, Severity};

/// The segments with one of them left out, doubled, or with a value that it may not have.
fn mutants(all: &[SpecimenSegment], at: usize) -> Vec<Vec<SpecimenSegment>> {
    let mut without = all.to_vec();
    without.remove(at);
    let mut twice = all.to_vec();
    twice.insert(at, all[at].clone());
    let mut wrong = all.to_vec();
    for value in wrong[at].elements.iter_mut().filter(|value| !value.is_empty()).skip(1).take(2) {
        *value = "ZQ9Z ZQ9Z".to_owned();
    }
    let mut empty = all.to_vec();
    if let Some(value) = empty[at].elements.iter_mut().find(|value| !value.is_empty()) {
        value.clear();
    }
    vec![without, twice, wrong, empty]
}

#[test]
fn what_is_written_passes_our_own_checks_and_is_read_back() {
    for guide in Guide::all() {
        let all = specimen::segments(guide);
        let step = if guide.set() == "837" { 9 } else { 13 };
        for at in (1..all.len()).step_by(step) {
            for mutant in mutants(&all, at) {
                let text = specimen::file(guide, &mutant);
                assert_eq!(check_acknowledge(text.as_bytes()), Ok(()), "{} {at}: {text}", guide.versions()[0]);
            }
        }
    }
}

#[test]
fn a_transaction_set_is_accepted_where_nothing_is_found() {
    for guide in Guide::all().filter(|guide| guide.group() != "FA") {
        let mut all = specimen::segments(guide);
        let (count, se) = (all.len().to_string(), all.len() - 1);
        let number = all[0].elements[1].clone();
        (all[se].elements[0], all[se].elements[1]) = (count, number);
        for (mutant, is_clean) in [(all.clone(), true), (mutants(&all, se / 2).swap_remove(0), false)] {
            let text = specimen::file(guide, &mutant);
            let document = Document::read(text.as_bytes()).unwrap();
            let received = Received::check(&document, CheckOptions::up_to(2));
            let is_error = |finding: &Finding| finding.severity == Severity::Error;
            let has_error = received.findings().iter().any(is_error);
            let answer = received.answers(AcknowledgeOptions::default()).remove(0);
            let Some(group) = answer.groups.first() else {
                // The envelope is wrong, such as a version that it does not know.
                assert!(answer.interchange.is_some_and(|answer| !answer.code.is_accepted()));
                continue;
            };
            assert!(has_error || is_clean, "{}", guide.versions()[0]);
            assert_eq!(group.code.is_accepted(), !has_error, "{}", guide.versions()[0]);
            assert_eq!(matches!(group.transactions[0].code, AcknowledgementCode::Rejected('R')), has_error);
        }
    }
}
