//! How a row of the fee schedule stands in a table.

/// Bytes of a row: one line of the processor's cache.
pub(crate) const ROW: usize = 64;

/// Numbers of three bytes: work, practice expense (non-facility, facility), malpractice, totals (non-facility, facility), practice expense and
/// malpractice for the payment of the outpatient hospital (non-facility, facility, malpractice).
pub(crate) const WORK: usize = 0;
pub(crate) const NON_FACILITY: usize = 3;
pub(crate) const FACILITY: usize = 6;
pub(crate) const MALPRACTICE: usize = 9;
pub(crate) const NON_FACILITY_TOTAL: usize = 12;
pub(crate) const FACILITY_TOTAL: usize = 15;
pub(crate) const OPPS_NON_FACILITY: usize = 18;
pub(crate) const OPPS_FACILITY: usize = 21;
pub(crate) const OPPS_MALPRACTICE: usize = 24;
/// Numbers of four bytes.
pub(crate) const FACTOR: usize = 28;
pub(crate) const BASE: usize = 32;
/// Bytes and texts.
pub(crate) const MODIFIER: usize = 36;
pub(crate) const STATUS: usize = 38;
pub(crate) const NOT_USED: usize = 39;
pub(crate) const FLAGS: usize = 40;
pub(crate) const COMPONENT: usize = 41;
pub(crate) const GLOBAL: usize = 42;
pub(crate) const PREOPERATIVE: usize = 45;
pub(crate) const INTRAOPERATIVE: usize = 46;
pub(crate) const POSTOPERATIVE: usize = 47;
pub(crate) const MULTIPLE: usize = 48;
pub(crate) const BILATERAL: usize = 49;
pub(crate) const ASSISTANT: usize = 50;
pub(crate) const CO_SURGEON: usize = 51;
pub(crate) const TEAM: usize = 52;
pub(crate) const CALCULATION: usize = 53;
pub(crate) const SUPERVISION: usize = 54;
pub(crate) const FAMILY: usize = 56;

/// The bits of [`FLAGS`].
pub(crate) const NON_FACILITY_NA: u8 = 1;
pub(crate) const FACILITY_NA: u8 = 2;

/// Largest number of three bytes.
#[cfg(feature = "import")]
pub(crate) const MOST: u32 = 0xFF_FFFF;
