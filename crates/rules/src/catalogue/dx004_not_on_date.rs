//! # What it checks
//! Every diagnosis is valid on the date of service of the lines that point to it.
//!
//! # Why it is billed wrong
//! A pick list is older or newer than the service: ICD-10-CM changes on October 1 and April 1, without a grace period.
//!
//! # Example that fails
//! `U07.1` on 2020-03-31
//!
//! # Example that passes
//! `U07.1` on 2020-04-01
//!
//! # Fix and its safety
//! To be attested: what stands below the code on the date is shown, the record chooses.

use crate::context::Context;
use crate::finding::{Fix, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;
use superbill_icd10cm::Status;

pub(crate) struct NotOnDate;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("DX004"),
    title: "Diagnosis code not valid on the date of service",
    category: Category::Validity,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[
        Citation::new("45 CFR", "162.1002(c)(2)"),
        Citation::new("Medicare Claims Processing Manual, chapter 23", "section 10.6"),
    ],
};

impl Rule for NotOnDate {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        if let Some(why) = context.no_dated_diagnosis() {
            hits.not_applicable(why);
        }
        for (index, diagnosis) in context.claim.diagnoses.iter().enumerate() {
            let Some(code) = diagnosis.icd10cm() else { continue };
            for day in context.days_of_diagnosis(index) {
                let lookup = context.icd10cm.on(day).lookup(code);
                if matches!(lookup.status(), Status::Retired | Status::NotYetEffective) {
                    let reason = lookup.reason().unwrap_or_default();
                    let message = format!("{code} on {day}: {reason}");
                    let words = format!("choose a code that was valid on {day} and that the record supports");
                    let rows = vec![context.icd10cm_row(code)];
                    hits.fires(Place::Diagnosis(index), message, rows, Fix::Attest { words, choices: Vec::new() });
                    break;
                }
            }
        }
    }
}
