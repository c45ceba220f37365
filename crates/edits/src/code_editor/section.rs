//! The sections of a code-editor table.

use superbill_table::SectionName;

/// The kind of table that holds the tables of the Medicare Code Editor.
pub const TABLE_KIND: SectionName = SectionName::new("code-editor");

/// First and last day that the table speaks of, as decimal numbers ccyymmdd.
pub(crate) const FACTS: SectionName = SectionName::new("facts");
/// Slots of the map of procedures: the class of a code is its history. There are no ordinals.
pub(crate) const SLOTS: SectionName = SectionName::new("procedure-slots");
/// Pilots of the map.
pub(crate) const PILOTS: SectionName = SectionName::new("procedure-pilot");
/// Parameters of the map.
pub(crate) const MAP: SectionName = SectionName::new("procedure-map");
/// The procedures in order, for walks through all of them.
pub(crate) const KEYS: SectionName = SectionName::new("procedure-keys");
/// The first row of [`PERIODS`] of each history, 4 bytes each, and one behind the last.
pub(crate) const HISTORIES: SectionName = SectionName::new("histories");
/// First day, last day, flags as bits; 4 bytes each, ascending within a history.
pub(crate) const PERIODS: SectionName = SectionName::new("periods");
/// Group, lowest age, highest age, first day, last day; 4 bytes each.
pub(crate) const AGES: SectionName = SectionName::new("age-groups");
/// Code, first day, last day; 4 bytes each, ascending.
pub(crate) const DISCHARGES: SectionName = SectionName::new("discharges");
