//! SNIP type 4: what must be there in a situation.

mod accident;
mod address;
mod claim;
mod coordination;
mod dates;
mod dental;
mod diagnoses;
mod institutional;
mod lines;
mod parts;
mod patient;
mod professional;
mod providers;
mod remittance;
mod rule;

pub(super) use rule::{D, I, P, R, Rule};

use super::unit::{Sayings, Unit, UnitKind};
use parts::{ClaimParts, Part};
use rule::Run;

/// All rules, by family.
pub(super) static RULES: &[(&str, &[Rule])] = &[
    ("Subscriber and patient", patient::RULES),
    ("Addresses", address::RULES),
    ("Providers", providers::RULES),
    ("Claim", claim::RULES),
    ("Accidents", accident::RULES),
    ("Dates", dates::RULES),
    ("Diagnoses", diagnoses::RULES),
    ("Other payers", coordination::RULES),
    ("Lines", lines::RULES),
    ("Professional claims", professional::RULES),
    ("Institutional claims", institutional::RULES),
    ("Dental claims", dental::RULES),
    ("Remittances", remittance::RULES),
];

/// Checks the situations of a unit.
pub(super) fn check(unit: &Unit<'_>, sayings: &mut Sayings) {
    if unit.is_overloaded() {
        return;
    }
    let kind = rule::bit_of(unit.claim);
    match unit.kind {
        UnitKind::Claim if kind != 0 => {
            let Some(parts) = ClaimParts::of(unit) else { return };
            for rule in of(kind) {
                if let Run::Claim(run) = rule.run {
                    run(&parts, sayings);
                }
            }
        }
        UnitKind::Level if kind != 0 => {
            let segments: Vec<_> = unit.view.unit().collect();
            for rule in of(kind) {
                if let Run::Level(run) = rule.run {
                    run(Part(&segments), sayings);
                }
            }
        }
        UnitKind::Payment => {
            let segments: Vec<_> = unit.view.unit().collect();
            for rule in of(R) {
                if let Run::Payment(run) = rule.run {
                    run(Part(&segments), sayings);
                }
            }
        }
        UnitKind::Transaction if unit.view.guide.set() == "835" => {
            let segments: Vec<_> = unit.view.unit().collect();
            for rule in of(R) {
                if let Run::Remittance(run) = rule.run {
                    run(Part(&segments), sayings);
                }
            }
        }
        _ => {}
    }
}

/// The rules of a kind.
fn of(kind: u8) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|(_, rules)| rules.iter()).filter(move |rule| rule.kinds & kind != 0)
}
