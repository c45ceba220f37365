//! Dental claims: which tooth, which surface.

use super::checks;
use super::claim::Claim;
use super::numbers;
use crate::check::unit::Sayings;

pub(super) fn check(claim: &Claim<'_, '_>, sayings: &mut Sayings) {
    for line in &claim.lines {
        let Some(code) = line.hcpcs.filter(|code| code.is_dental() && numbers::is_of_tooth(*code)) else { continue };
        let Some(tooth) = line.segments("TOO").next() else {
            let message = "a procedure on a tooth says which one (TOO)";
            sayings.missing(&checks::DENTAL_TOOTH, &line.service, "TOO", "2400", message);
            continue;
        };
        if numbers::is_of_surface(code) && tooth.element(3).is_empty() {
            sayings.element(&checks::DENTAL_SURFACE, &tooth, 3, "a filling says on which surfaces (TOO03)");
        }
    }
}
