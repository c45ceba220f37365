//! The sections of a HCPCS table.

use superbill_table::SectionName;

/// The kind of table that holds HCPCS Level II.
pub const TABLE_KIND: SectionName = SectionName::new("hcpcs");

/// First and last day of the release and the day from which on a code that is not there is none, as decimal numbers ccyymmdd; 1 where the
/// table is a partial set, else 0; how many codes there are.
pub const FACTS: SectionName = SectionName::new("facts");
/// Parameters of the map from codes to ordinals.
pub const MAP: SectionName = SectionName::new("map");
/// Pilots of the map.
pub const PILOTS: SectionName = SectionName::new("pilots");
/// Slots of the map.
pub const SLOTS: SectionName = SectionName::new("slots");
/// The ordinal of each slot of the map.
pub const ORDINALS: SectionName = SectionName::new("ordinals");
/// The codes by ordinal, as numbers of 4 bytes.
pub const CODES: SectionName = SectionName::new("codes");
/// The modifiers in order, two characters each. Their rows stand behind those of the codes.
pub const MODIFIERS: SectionName = SectionName::new("modifiers");
/// A row of 32 bytes for each code and modifier: days, then the places of titles and of the set of indicators.
pub const ROWS: SectionName = SectionName::new("rows");
/// Distinct sets of indicators: the number of a text of [`VALUES`] in 2 bytes for each of the fields.
pub const SETS: SectionName = SectionName::new("sets");
/// Where each distinct text of an indicator ends, 4 bytes; then the texts. Text 0 is the empty one.
pub const VALUES: SectionName = SectionName::new("values");
/// Symbols of the titles.
pub const SYMBOLS: SectionName = SectionName::new("symbols");
/// Short titles.
pub const SHORT: SectionName = SectionName::new("short");
/// Long titles, in pieces that fit a buffer.
pub const LONG: SectionName = SectionName::new("long");
/// Of a partial set: the first days of its quarters, 4 bytes each, ascending.
pub const QUARTERS: SectionName = SectionName::new("quarters");
/// Of a partial set: for each code the quarters that name it, a bit each, 8 bytes.
pub const NAMED: SectionName = SectionName::new("named");
/// Of a partial set: for each short title the first quarter that has it, a byte each.
pub const TITLED: SectionName = SectionName::new("titled");
