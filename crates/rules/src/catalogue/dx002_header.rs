//! # What it checks
//! Every diagnosis is complete: no header stands where a billable code is needed.
//!
//! # Why it is billed wrong
//! A category or subcategory was picked and its further characters, often the seventh, were left off.
//!
//! # Example that fails
//! `S93.401`
//!
//! # Example that passes
//! `S93.401A`
//!
//! # Fix and its safety
//! To be attested: the completions are shown, the record chooses.

use crate::context::Context;
use crate::finding::{Fix, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;
use superbill_icd10cm::Status;

pub(crate) struct Header;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("DX002"),
    title: "Diagnosis code is a header",
    category: Category::Validity,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[
        Citation::new("ICD-10-CM Official Guidelines for Coding and Reporting", "section I.B.2"),
        Citation::new("Medicare Claims Processing Manual, chapter 26", "section 10.4, item 21"),
    ],
};

impl Rule for Header {
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
                if lookup.status() == Status::Header {
                    let choices: Vec<String> = lookup.completions().map(|code| code.to_string()).collect();
                    let message = format!("{code} is a header on {day}: more characters are needed");
                    let words = format!(
                        "choose one of the {} billable codes below {code} that the record supports",
                        choices.len()
                    );
                    let rows = vec![context.icd10cm_row(code)];
                    hits.fires(Place::Diagnosis(index), message, rows, Fix::Attest { words, choices });
                    break;
                }
            }
        }
    }
}
