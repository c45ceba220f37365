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
/// What each title says of a side: 3 bits of side, 2 of the place of its character less 4, 1 of whether it says `in diseases classified
/// elsewhere`.
pub const CODE_SIDES: SectionName = SectionName::new("code_sides");
/// Codes of one side and the code of both that stands elsewhere in the category.
pub const BILATERAL_CODES: SectionName = SectionName::new("bilateral_codes");
/// The first day of the release of the conversion table, as a decimal number ccyymmdd.
pub const CONVERSION_FACTS: SectionName = SectionName::new("conversion_facts");
/// The conversion table in order of current code and day: current key 8, previous key or span 8, day and marks 4.
pub const CONVERSION_ROWS: SectionName = SectionName::new("conversion_rows");
/// The rows of [`CONVERSION_ROWS`] that name one previous code, in order of that code.
pub const CONVERSION_INDEX: SectionName = SectionName::new("conversion_index");
/// Previous codes that are spans: first key 8, last key 8, row of [`CONVERSION_ROWS`] 4.
pub const CONVERSION_SPANS: SectionName = SectionName::new("conversion_spans");
/// First days of the releases of the tabular list whose notes the table has, newest first.
pub const NOTE_RELEASES: SectionName = SectionName::new("note_releases");
/// Sets of releases that have a note, one bit each.
pub const NOTE_SETS: SectionName = SectionName::new("note_sets");
/// What owns notes, in order, what covers more before what it covers: first key, whether it is a chapter or block, first note; and one
/// behind the last.
pub const NOTE_OWNERS: SectionName = SectionName::new("note_owners");
/// Owners that are chapters or blocks: place among the owners and last key; and their titles, a line each.
pub const NOTE_DIVISIONS: (SectionName, SectionName) =
    (SectionName::new("note_divisions"), SectionName::new("note_div_names"));
/// Notes by owner: row of the words, list of targets counted from 1, and kind, flags and set of releases.
pub const NOTES: SectionName = SectionName::new("notes");
/// The words of notes, each different text once; a mark says that the next row goes on.
pub const NOTE_WORDS: SectionName = SectionName::new("note_words");
/// The first row of [`NOTE_TARGETS`] of each list, and one behind the last.
pub const NOTE_LISTS: SectionName = SectionName::new("note_lists");
/// What notes name: first key with what it is for and its condition counted from 1, last key.
pub const NOTE_TARGETS: SectionName = SectionName::new("note_targets");
/// Conditions on the characters of a code: bits of the places, and what stands there.
pub const NOTE_CONDITIONS: SectionName = SectionName::new("note_conditions");
/// Owners as paths in a tree: owner, the row above counted from 1, and the row of [`CONFLICT_NODES`] counted from 1.
pub const NOTE_CHAINS: SectionName = SectionName::new("note_chains");
/// The row of [`NOTE_CHAINS`] of each code, counted from 1.
pub const NOTE_CODES: SectionName = SectionName::new("note_codes");
/// Headings that say something of other codes: the row above counted from 1, first Excludes1 pair, first Excludes2 pair, first row of
/// [`CONFLICT_GROUPS`], first letters of the codes of both kinds of pairs; and one behind the last.
pub const CONFLICT_NODES: SectionName = SectionName::new("conflict_nodes");
/// Instructions: first note, set of releases, flags, first pair, first letters of the codes of its pairs; and one behind the last.
pub const CONFLICT_GROUPS: SectionName = SectionName::new("conflict_groups");
/// Ranges of ordinals that a heading names: first and last.
pub const CONFLICT_PAIRS: SectionName = SectionName::new("conflict_pairs");
/// The note of each pair, its set of releases, and whether the pair is all that it names there.
pub const CONFLICT_NOTES: SectionName = SectionName::new("conflict_notes");
