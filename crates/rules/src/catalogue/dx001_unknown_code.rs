//! # What it checks
//! Every diagnosis is an ICD-10-CM code by shape, and is in some release.
//!
//! # Why it is billed wrong
//! A character was mistyped, or a code of another system was entered.
//!
//! # Example that fails
//! `E11.99`
//!
//! # Example that passes
//! `E11.9`
//!
//! # Fix and its safety
//! To be attested: the codes that begin as far as it is known are shown, the record chooses. Where that beginning is complete itself,
//! it is shown with the complete codes beside it.

use crate::context::Context;
use crate::finding::{Fix, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;
use superbill_icd10cm::{Icd10CmCode, Icd10CmOn, Status};

pub(crate) struct UnknownCode;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("DX001"),
    title: "Diagnosis code not in ICD-10-CM",
    category: Category::Validity,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[
        Citation::new("45 CFR", "162.1002(c)(2)"),
        Citation::new("Medicare Claims Processing Manual, chapter 26", "section 10.4, item 21"),
    ],
};

impl Rule for UnknownCode {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        if let Some(why) = context.no_dated_diagnosis() {
            hits.not_applicable(why);
        }
        for (index, diagnosis) in context.claim.diagnoses.iter().enumerate() {
            let place = Place::Diagnosis(index);
            let Some(code) = diagnosis.icd10cm() else {
                let words = "enter three to seven letters or digits, the first a letter".to_owned();
                let message = "the diagnosis is not an ICD-10-CM code by its shape".to_owned();
                hits.fires(place, message, Vec::new(), Fix::Attest { words, choices: Vec::new() });
                continue;
            };
            for day in context.days_of_diagnosis(index) {
                let on = context.icd10cm.on(day);
                match on.status(code) {
                    Status::Unknown => {
                        let message = format!("{code} is in no release of ICD-10-CM");
                        let rows = vec![context.icd10cm_row(code)];
                        hits.fires(place, message, rows, fix(on, code));
                        break;
                    }
                    Status::CannotTell => {
                        let missing = format!("an ICD-10-CM release that covers {day}");
                        let message = format!("whether {code} is valid on {day} is not known");
                        hits.cannot_tell(place, message, missing, vec![context.icd10cm_row(code)]);
                        break;
                    }
                    _ => {}
                }
            }
        }
    }
}

/// What to choose from: the codes below the longest beginning that is a header on the day, or that beginning and the codes beside it
/// where it is billable.
fn fix(on: Icd10CmOn<'_>, code: Icd10CmCode) -> Fix {
    let known = (3..code.len()).rev().filter_map(|count| code.prefix(count)).find_map(|known| match on.status(known) {
        status @ (Status::Billable | Status::Header) => Some((known, status)),
        _ => None,
    });
    let (words, choices) = match known {
        Some((known, Status::Billable)) => {
            let parent = on.parent(known);
            let beside = parent.into_iter().flat_map(|parent| on.children(parent));
            let beside: Vec<Icd10CmCode> = beside.filter(|code| on.is_billable(*code)).collect();
            match parent.filter(|_| beside.len() > 1) {
                Some(parent) => {
                    let words = format!(
                        "choose {known}, which is complete, or another billable code beside it below {parent}, as the record supports"
                    );
                    (words, beside)
                }
                None => (format!("choose {known}, which is complete, if the record supports it"), vec![known]),
            }
        }
        Some((known, _)) => {
            let words = format!("choose a billable code below {known} that the record supports");
            (words, on.lookup(known).completions().collect())
        }
        None => ("look the condition up in the Alphabetic Index".to_owned(), Vec::new()),
    };
    Fix::Attest { words, choices: choices.iter().map(ToString::to_string).collect() }
}
