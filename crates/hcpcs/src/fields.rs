//! The indicators of a row, by their place in a set.

/// The fields of the official record that are kept as texts, in its order.
pub(crate) const PRICING: core::ops::Range<usize> = 0..4;
pub(crate) const MULTIPLE_PRICING: usize = 4;
pub(crate) const COVERAGE_MANUAL: core::ops::Range<usize> = 5..8;
pub(crate) const CARRIERS_MANUAL: core::ops::Range<usize> = 8..11;
pub(crate) const STATUTE: usize = 11;
pub(crate) const LAB: core::ops::Range<usize> = 12..20;
pub(crate) const CROSS: core::ops::Range<usize> = 20..25;
pub(crate) const COVERAGE: usize = 25;
pub(crate) const ASC_GROUP: usize = 26;
pub(crate) const OUTPATIENT_GROUP: usize = 27;
pub(crate) const OUTPATIENT_POLICY: usize = 28;
pub(crate) const NOTE: usize = 29;
pub(crate) const BETOS: usize = 30;
pub(crate) const SERVICE: core::ops::Range<usize> = 31..36;
pub(crate) const BASE_UNITS: usize = 36;
pub(crate) const ACTION: usize = 37;
/// How many there are.
pub(crate) const FIELDS: usize = 38;
