//! SNIP type 6: what the line of service asks for, as Medicare, Medicaid and the owners of the forms publish it.
//!
//! A payer may ask for less: what stands here are warnings, each with its source. What the guides themselves ask for is of type 4.

mod checks;
mod claim;
mod dental;
mod institutional;
mod medicine;
mod numbers;
mod professional;
mod supplies;

pub(super) use checks::{SERVICES, SOURCES};

use super::unit::{ClaimKind, Sayings, Unit, UnitKind};
use claim::Claim;

/// Checks the lines of service of a claim.
pub(super) fn check(unit: &Unit<'_>, sayings: &mut Sayings) {
    if unit.kind != UnitKind::Claim {
        return;
    }
    let segments: Vec<_> = unit.view.unit().collect();
    let Some(claim) = Claim::new(unit, &segments) else { return };
    match unit.claim {
        ClaimKind::Professional => professional::check(&claim, sayings),
        ClaimKind::Institutional => institutional::check(&claim, sayings),
        ClaimKind::Dental => dental::check(&claim, sayings),
        ClaimKind::None => {}
    }
}

#[cfg(test)]
mod tests;
