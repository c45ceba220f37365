//! The sections of an ICD-10-CM table.

use superbill_table::SectionName;

/// The kind of table that holds ICD-10-CM.
pub const TABLE_KIND: SectionName = SectionName::new("icd10cm");

/// First and last day that the table speaks of, as decimal numbers ccyymmdd; then first and last day of each gap within, of which no
/// release told.
pub const FACTS: SectionName = SectionName::new("facts");
/// Parameters of the map from keys to ordinals.
pub const MAP: SectionName = SectionName::new("map");
/// Pilots of the map.
pub const PILOTS: SectionName = SectionName::new("pilots");
/// The ordinal of each slot of the map.
pub const ORDINALS: SectionName = SectionName::new("ordinals");
/// Slots of the map: the class of a code is its row of [`STATUSES`].
pub const SLOTS: SectionName = SectionName::new("slots");
/// The row of [`STATUSES`] of each code by its ordinal, for walks through all codes.
pub const STATUS_IDS: SectionName = SectionName::new("status_ids");
/// First and last day billable, first and last day a header; zero for never.
pub const STATUSES: SectionName = SectionName::new("statuses");
/// Further days on which a code was billable or a header, for codes that were so more than once: ordinal, 0 for billable or 1 for header,
/// first day, last day; in order.
pub const MORE_STATUSES: SectionName = SectionName::new("more_statuses");
/// The codes in order.
pub const KEYS: SectionName = SectionName::new("keys");
/// Names of the code editor's attributes, a line each.
pub const ATTRIBUTE_NAMES: SectionName = SectionName::new("attribute_names");
/// The row of [`ATTRIBUTE_SETS`] of each code.
pub const ATTRIBUTE_IDS: SectionName = SectionName::new("attribute_ids");
/// The first row of [`ATTRIBUTES`] of each set, and one behind the last.
pub const ATTRIBUTE_SETS: SectionName = SectionName::new("attribute_sets");
/// Name, first day, last day.
pub const ATTRIBUTES: SectionName = SectionName::new("attributes");
/// Chapters: ranges of keys; and a line each of number, first, last, title.
pub const CHAPTERS: (SectionName, SectionName) = (SectionName::new("chapters"), SectionName::new("chapter_names"));
/// Blocks: ranges of keys; and a line each of range, first, last, title.
pub const BLOCKS: (SectionName, SectionName) = (SectionName::new("blocks"), SectionName::new("block_names"));
/// The releases that give titles, a line each: day, `long` or `short`, words. The mark of a title is its line, counted from 1.
pub const RELEASES: SectionName = SectionName::new("releases");
/// Symbols of the compressed texts.
pub const SYMBOLS: SectionName = SectionName::new("symbols");
/// Titles by ordinal.
pub const TITLES: SectionName = SectionName::new("titles");
/// Where older titles belong: ordinal, and the first day on which the next newer title is taken; in order, newest first.
pub const OLDER_TITLE_PLACES: SectionName = SectionName::new("older_places");
/// Older titles, row by row.
pub const OLDER_TITLES: SectionName = SectionName::new("older_titles");
/// Labels of seventh characters, a line each.
pub const SUFFIXES: SectionName = SectionName::new("suffixes");
/// Owners of Excludes1 notes in order: first key, last key, first note; and one behind the last.
pub const EXCLUDES1_OWNERS: SectionName = SectionName::new("ex1_owners");
/// The first target of each Excludes1 note, and one behind the last.
pub const EXCLUDES1_STARTS: SectionName = SectionName::new("ex1_starts");
/// What Excludes1 notes name: first key, last key.
pub const EXCLUDES1_TARGETS: SectionName = SectionName::new("ex1_targets");
/// The words of Excludes1 notes.
pub const EXCLUDES1_WORDS: SectionName = SectionName::new("ex1_words");
/// The first day of the release of the conversion table, as a decimal number ccyymmdd.
pub const CONVERSION_FACTS: SectionName = SectionName::new("conversion_facts");
/// The conversion table in order of current code and day: current key 8, previous key or span 8, day and marks 4.
pub const CONVERSION_ROWS: SectionName = SectionName::new("conversion_rows");
/// The rows of [`CONVERSION_ROWS`] that name one previous code, in order of that code.
pub const CONVERSION_INDEX: SectionName = SectionName::new("conversion_index");
/// Previous codes that are spans: first key 8, last key 8, row of [`CONVERSION_ROWS`] 4.
pub const CONVERSION_SPANS: SectionName = SectionName::new("conversion_spans");
