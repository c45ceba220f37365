//! Claims, each with the rule that it is about and all findings of all rules.

mod administrative;
mod diagnoses;

use crate::support::{claim, with};
use superbill_claim::Claim;

/// Why a case is in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The fault is there.
    Firing,
    /// The fault is not there.
    Clear,
    /// It looks like the fault and is none.
    NearMiss,
    /// The last day of one answer, and the first of the next.
    Before,
    After,
    /// The rule cannot judge.
    CannotTell,
}
pub(crate) use Kind::{After, Before, CannotTell, Clear, Firing, NearMiss};

pub(crate) struct Case {
    pub(crate) rule: &'static str,
    pub(crate) kind: Kind,
    pub(crate) says: &'static str,
    pub(crate) claim: Claim,
    /// All findings of all rules.
    pub(crate) found: &'static [&'static str],
}

pub(crate) fn case(
    rule: &'static str,
    kind: Kind,
    says: &'static str,
    claim: Claim,
    found: &'static [&'static str],
) -> Case {
    Case { rule, kind, says, claim, found }
}

pub(crate) const VISIT: &str = "2026-10-05 G0108 150.00 A";

/// A visit on one day for one diagnosis.
pub(crate) fn visit(diagnosis: &str, on: &str) -> Claim {
    claim(&[diagnosis], &[&format!("{on} G0108 150.00 A")])
}

/// A visit on one day for two diagnoses.
pub(crate) fn visit_for_two(one: &str, other: &str, on: &str) -> Claim {
    claim(&[one, other], &[&format!("{on} G0108 150.00 AB")])
}

/// A good claim with a change.
pub(crate) fn good_but(change: impl FnOnce(&mut Claim)) -> Claim {
    with(claim(&["E11.9"], &[VISIT]), change)
}

pub(crate) fn corpus() -> Vec<Case> {
    let parts =
        [administrative::claim_level(), administrative::duplicates(), diagnoses::validity(), diagnoses::conflicts()];
    parts.into_iter().flatten().collect()
}
