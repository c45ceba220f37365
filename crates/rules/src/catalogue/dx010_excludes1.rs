//! # What it checks
//! No two diagnoses stand together that an Excludes1 note of the tabular list keeps apart.
//!
//! # Why it is billed wrong
//! A finding was coded beside the condition that includes it, or two forms of one condition were coded that cannot both be.
//!
//! # Example that fails
//! `E11.65` with `R73.03`
//!
//! # Example that passes
//! `E11.65` with `Z79.4`
//!
//! # Fix and its safety
//! To be attested: where the two conditions are unrelated, the guidelines let both stand, and only the record tells.

use crate::context::Context;
use crate::finding::{Fix, Hits, RowRef};
use crate::meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
use crate::place::Place;
use superbill_icd10cm::Status;

pub(crate) struct Excludes1Pair;

static META: RuleMeta = RuleMeta {
    code: RuleCode::new("DX010"),
    title: "Excludes1 pair",
    category: Category::Conflict,
    scope: Scope::Claim,
    since: "0.1.0",
    citations: &[Citation::new("ICD-10-CM Official Guidelines for Coding and Reporting", "section I.A.12.a")],
};

impl Rule for Excludes1Pair {
    fn meta(&self) -> &'static RuleMeta {
        &META
    }

    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits) {
        let Some((day, _)) = context.claim.service_dates() else {
            return hits.not_applicable("the claim has no date of service");
        };
        let on = context.icd10cm.on(day);
        // A code that does not exist on the date has been reported already, and its notes mean nothing.
        let codes: Vec<_> = context
            .claim
            .diagnoses
            .iter()
            .enumerate()
            .filter_map(|(index, diagnosis)| Some((index, diagnosis.icd10cm()?)))
            .filter(|(_, code)| matches!(on.status(*code), Status::Billable | Status::Header))
            .collect();
        if codes.len() < 2 {
            return hits.not_applicable("fewer than two diagnoses are valid on the date of service");
        }
        for (place, (index, code)) in codes.iter().enumerate() {
            for (_, other) in codes.iter().take(place) {
                let Some(note) = on.excludes1(*code, *other) else { continue };
                let message = format!(
                    "{} and {} are kept apart by the Excludes1 note under {}: \"{}\"",
                    note.code, note.excluded, note.owner, note.note
                );
                let version = note.in_force.first().to_string();
                let rows = vec![RowRef::new("icd10cm tabular list", version, note.owner.clone())];
                if note.in_force.contains(day) {
                    let words = format!(
                        "keep the one that the record supports; both only where it shows that they are unrelated ({} against {})",
                        note.code, note.excluded
                    );
                    hits.fires(Place::Diagnosis(*index), message, rows, Fix::Attest { words, choices: Vec::new() });
                } else {
                    let missing = format!("the Excludes1 notes in force on {day}; the note is of {}", note.in_force);
                    hits.cannot_tell(Place::Diagnosis(*index), message, missing, rows);
                }
            }
        }
    }
}
