//! # What it checks
//! The check digit of every national provider identifier on the claim, and its shape.
//!
//! # Why it is billed wrong
//! A digit was mistyped, or another number was put where the NPI belongs. The front end turns the claim away.
//!
//! # Example that fails
//! `1234567890`
//!
//! # Example that passes
//! `1234567893`
//!
//! # Fix and its safety
//! A hint only: which digit is wrong, the check digit does not tell.

use crate::context::Context;
use crate::finding::{Fix, Hits};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;
use superbill_claim::Provider;

pub(crate) struct NpiCheckDigit;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("AD001"),
    title: "NPI check digit",
    category: Category::Administrative,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[
        Citation::new("45 CFR", "162.406(a)"),
        Citation::new(
            "CMS, Requirements for National Provider Identifier (NPI) and NPI Check Digit",
            "Luhn over 80840 and the NPI",
        ),
    ],
};

impl Rule for NpiCheckDigit {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        let claim = context.claim;
        let mut seen = 0;
        let mut check = |provider: &Provider, place: Place| {
            if provider.malformed_npi.is_some() {
                seen += 1;
                let message = "the NPI is not ten digits that begin with 1 or 2".to_owned();
                hits.fires(place, message, Vec::new(), hint());
            }
            if let Some(npi) = provider.npi {
                seen += 1;
                if !npi.has_valid_check_digit() {
                    hits.fires(place, "the check digit of the NPI does not fit".to_owned(), Vec::new(), hint());
                }
            }
        };
        let roles = [
            ("billing_provider", Some(&claim.billing_provider)),
            ("referring_provider", claim.referring_provider.as_ref()),
            ("rendering_provider", claim.rendering_provider.as_ref()),
            ("service_facility", claim.service_facility.as_ref()),
        ];
        for (role, provider) in roles {
            if let Some(provider) = provider {
                check(provider, Place::Provider { role });
            }
        }
        for (index, line) in claim.lines.iter().enumerate() {
            if let Some(provider) = &line.rendering_provider {
                check(provider, Place::LineProvider(index));
            }
        }
        if seen == 0 {
            hits.not_applicable("no provider of the claim has an NPI");
        }
    }
}

fn hint() -> Fix {
    Fix::Display("look the provider up in the national registry (NPPES) and enter its NPI".to_owned())
}
