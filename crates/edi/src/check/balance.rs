//! SNIP type 3: whether amounts add up.

use super::unit::{Sayings, Unit};

/// What is added up over the units of a transaction.
#[derive(Debug, Default)]
pub(super) struct Totals {}

impl Totals {
    /// A transaction begins.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Checks the amounts of a unit.
pub(super) fn check(_unit: &Unit<'_>, _totals: &mut Totals, _sayings: &mut Sayings) {}
