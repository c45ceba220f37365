//! The charges of a claim.

use super::amount::{Amount, Sum};
use super::checks;
use super::{Role, Roles, coordination};
use crate::check::unit::{Sayings, Unit};

/// The total charge is the sum of the charges of the lines (CLM02; SV102, SV203, SV302).
pub(super) fn check(unit: &Unit<'_>, roles: &Roles, sayings: &mut Sayings) {
    let view = unit.view;
    let mut claim = None;
    let mut sum = Sum::default();
    let (mut lines, mut is_coordinated) = (0usize, false);
    for placed in view.unit_placed() {
        let role = roles.of(placed.segment);
        let element = match role {
            Role::Line => 2,
            Role::InstitutionalLine => 3,
            Role::Claim => {
                claim = view.seen(placed);
                continue;
            }
            Role::OtherPayer | Role::LinePaid => {
                is_coordinated = true;
                continue;
            }
            _ => continue,
        };
        lines += 1;
        sum.add(view.seen(placed).and_then(|seen| Amount::read(seen.element(element))));
    }
    let Some(claim) = claim else { return };
    // A claim without lines lacks a required loop, which is said.
    if lines > 0 && sum.is_not(Amount::read(claim.element(2))) {
        let message = "the charges of the lines do not add up to the total charge (CLM02): correct a line or the total";
        sayings.element(&checks::CLAIM_CHARGE, &claim, 2, message);
    }
    if is_coordinated {
        coordination::check(unit, &claim, roles, sayings);
    }
}
