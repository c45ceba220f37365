//! # What it checks
//! The stated charge of the claim is the sum of the charges of its lines.
//!
//! # Why it is billed wrong
//! A line was changed after the total was written.
//!
//! # Example that fails
//! Total 185.00 over lines of 150.00 and 30.00
//!
//! # Example that passes
//! Total 180.00 over lines of 150.00 and 30.00
//!
//! # Fix and its safety
//! A change of form: the total is derived and the lines say what was charged.

use crate::context::Context;
use crate::finding::{Fix, FormatEdit, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;

pub(crate) struct TotalCharge;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("AD011"),
    title: "Total charge is the sum of the lines",
    category: Category::Financial,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[Citation::new("ASC X12N 005010X222A1", "CLM02 and SV102")],
};

impl Rule for TotalCharge {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        let stated = context.claim.total_charge;
        match context.claim.sum_of_lines() {
            Ok(sum) if sum == stated => {}
            Ok(sum) => {
                let message = format!("the claim states {stated}, its lines sum to {sum}");
                // Without lines nothing says what was charged: the total is all there is, and is not to be lost.
                let fix = if context.claim.lines.is_empty() {
                    Fix::Display("enter the service lines".to_owned())
                } else {
                    Fix::Format(FormatEdit::TotalCharge(sum))
                };
                hits.fires(Place::TotalCharge, message, Vec::new(), fix);
            }
            Err(_) => {
                let fix = Fix::Display("correct the charges of the lines".to_owned());
                hits.fires(Place::TotalCharge, "the lines sum to more than money can hold".to_owned(), Vec::new(), fix);
            }
        }
    }
}
