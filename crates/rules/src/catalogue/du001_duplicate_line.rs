//! # What it checks
//! No service line repeats another: same procedure, modifiers, dates, place and rendering provider.
//!
//! # Why it is billed wrong
//! A charge was captured twice. The payer denies the second line as an exact duplicate (adjustment reason 18).
//!
//! # Example that fails
//! Two lines of G0108 on one day without a modifier
//!
//! # Example that passes
//! The same with a modifier on the second that says the service was repeated
//!
//! # Fix and its safety
//! To be attested: whether the service was given twice, only the record knows.

use crate::context::Context;
use crate::finding::{Fix, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;
use superbill_claim::{Claim, PartyName, ServiceLine};
use superbill_core::{Npi, Phi};

pub(crate) struct DuplicateLine;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("DU001"),
    title: "Duplicate service line",
    category: Category::Conflict,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[Citation::new("Medicare Claims Processing Manual, chapter 1", "section 120")],
};

impl Rule for DuplicateLine {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        let claim = context.claim;
        if claim.lines.len() < 2 {
            return hits.not_applicable("the claim has fewer than two lines");
        }
        for (index, line) in claim.lines.iter().enumerate() {
            let first = claim.lines.iter().take(index).position(|other| same_service(claim, line, other));
            if let Some(first) = first {
                let message = format!("the line repeats service line {}", first + 1);
                let words =
                    "remove the line, or report the units together, or add the modifier that the record supports"
                        .to_owned();
                hits.fires(Place::Line(index), message, Vec::new(), Fix::Attest { words, choices: Vec::new() });
            }
        }
    }
}

fn same_service(claim: &Claim, one: &ServiceLine, other: &ServiceLine) -> bool {
    let place = |line: &ServiceLine| line.place_of_service.unwrap_or(claim.place_of_service);
    let mut modifiers = [one.modifiers.clone(), other.modifiers.clone()];
    modifiers.iter_mut().for_each(|list| list.sort_unstable());
    let [mine, theirs] = modifiers;
    one.procedure == other.procedure
        && mine == theirs
        && one.date_of_service == other.date_of_service
        && place(one) == place(other)
        && who(claim, one) == who(claim, other)
}

/// Who rendered a line: the NPI where there is one, however the name is written; else what was sent for it and the name.
fn who<'c>(claim: &'c Claim, line: &'c ServiceLine) -> Result<Npi, (Option<&'c Phi<String>>, &'c PartyName)> {
    let provider = line.rendering_provider.as_ref().or(claim.rendering_provider.as_ref());
    let provider = provider.unwrap_or(&claim.billing_provider);
    provider.npi.ok_or((provider.malformed_npi.as_ref(), &provider.name))
}
