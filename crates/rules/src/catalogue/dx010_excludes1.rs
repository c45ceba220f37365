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
use superbill_icd10cm::{Icd10CmOn, Status};

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
        if let Some(why) = context.no_dated_diagnosis() {
            return hits.not_applicable(why);
        }
        let days = context.days_of_service();
        let diagnoses = context.claim.diagnoses.iter().enumerate();
        let codes: Vec<_> = diagnoses.filter_map(|(index, diagnosis)| Some((index, diagnosis.icd10cm()?))).collect();
        let releases: Vec<_> = context.icd10cm.note_releases().collect();
        let mut judged = false;
        let mut all_seen = true;
        for (later, (index, code)) in codes.iter().enumerate() {
            for (_, other) in codes.iter().take(later) {
                // The lower code first, so that the answer does not depend on the order of the diagnoses.
                let (one, other) = (*code.min(other), *code.max(other));
                // A code that does not exist on a day has been reported already, and its notes mean nothing.
                let both_valid = |on: &Icd10CmOn<'_>| {
                    [one, other].into_iter().all(|code| matches!(on.status(code), Status::Billable | Status::Header))
                };
                let on_days: Vec<_> = days.iter().map(|day| context.icd10cm.on(*day)).filter(both_valid).collect();
                judged |= !on_days.is_empty();
                all_seen &= on_days.iter().all(|on| releases.iter().any(|in_force| in_force.contains(on.date())));
                let noted: Vec<_> =
                    on_days.iter().filter_map(|on| Some((on.date(), on.excludes1(one, other)?))).collect();
                // A day on which the note is in force settles it; the first day stands for those that cannot be told.
                let settled = noted.iter().find(|(day, note)| note.in_force.contains(*day));
                let Some((day, note)) = settled.or_else(|| noted.first()) else {
                    continue;
                };
                let message = format!(
                    "{} and {} are kept apart by the Excludes1 note under {}: \"{}\"",
                    note.code, note.excluded, note.owner, note.note
                );
                let version = note.in_force.first().to_string();
                let rows = vec![RowRef::new("icd10cm tabular list", version, note.owner.clone())];
                if settled.is_some() {
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
        if !all_seen {
            hits.limited(
                "on a date of service the Excludes1 notes of a release were in force that the table does not have",
            );
        }
        if !judged {
            hits.not_applicable("no two diagnoses are known to be valid on one date of service");
        }
    }
}
