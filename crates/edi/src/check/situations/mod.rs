//! SNIP type 4: what must be there in a situation.

use super::unit::{Sayings, Unit};

/// Checks the situations of a unit.
pub(super) fn check(_unit: &Unit<'_>, _sayings: &mut Sayings) {}
