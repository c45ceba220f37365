//! SNIP type 5: whether codes are codes of the sets that the guides name.
//!
//! The base standard says which element holds a code of which set; where a qualifier decides, it is looked at. A code is asked for on the day that governs
//! it. Where no list of a set is loaded, only the shape of its codes is known.

mod checks;
mod context;
mod dates;
mod diagnosis;
mod geography;
mod identifier;
mod listed;
mod place_of_service;
mod procedure;
mod segments;
mod sets;

pub(super) use checks::CODE_SETS;
pub(super) use dates::Dates;
pub use sets::CodeSets;

use super::unit::{Sayings, Unit};
use context::Context;

/// Checks the codes of a unit.
pub(super) fn check(unit: &Unit<'_>, sets: &CodeSets<'_>, dates: &mut Dates, sayings: &mut Sayings) {
    dates.read(unit);
    let mut context = Context::new(unit.view.guide, sets, dates, unit.claim, sayings);
    for seen in unit.view.unit() {
        segments::check(&mut context, &seen);
    }
}

#[cfg(test)]
mod tests;
