//! # What it checks
//! Every service line points to one to four diagnoses, and to such as the claim has.
//!
//! # Why it is billed wrong
//! A diagnosis was removed and the lines kept their letters.
//!
//! # Example that fails
//! A line that points to C on a claim with diagnoses A and B
//!
//! # Example that passes
//! The same line pointing to B
//!
//! # Fix and its safety
//! To be attested: which diagnosis the service was for, only the record knows.

use crate::context::Context;
use crate::finding::{Fix, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;

pub(crate) struct Pointer;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("DX050"),
    title: "Diagnosis pointer",
    category: Category::Administrative,
    scope: Scope::Line,
    since: "0.1.0",
    citations: &[
        Citation::new("ASC X12N 005010X222A1", "SV107"),
        Citation::new("Medicare Claims Processing Manual, chapter 26", "section 10.4, item 24E"),
    ],
};

impl Rule for Pointer {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        let claim = context.claim;
        if claim.lines.is_empty() {
            return hits.not_applicable("the claim has no service line");
        }
        let attest = |words: &str| Fix::Attest { words: words.to_owned(), choices: Vec::new() };
        for (index, line) in claim.lines.iter().enumerate() {
            if !(1..=4).contains(&line.diagnosis_pointers.len()) {
                let message =
                    format!("the line has {} diagnosis pointers; it needs one to four", line.diagnosis_pointers.len());
                hits.fires(
                    Place::Line(index),
                    message,
                    Vec::new(),
                    attest("point to the diagnoses that the service was for"),
                );
            }
            for (pointer, target) in line.diagnosis_pointers.iter().enumerate() {
                if claim.diagnosis(*target).is_none() {
                    let message = format!(
                        "the line points to diagnosis {}, the claim has {}",
                        target.ordinal(),
                        claim.diagnoses.len()
                    );
                    let fix = attest("point to a diagnosis of the claim, or add the one that is missing");
                    hits.fires(Place::Pointer { line: index, pointer }, message, Vec::new(), fix);
                }
            }
        }
    }
}
