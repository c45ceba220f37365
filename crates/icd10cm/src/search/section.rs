//! The sections of the search index. They stand in a table of their own kind, or in an ICD-10-CM table beside its other sections.

use superbill_table::SectionName;

/// The kind of table that holds only a search index.
pub const SEARCH_TABLE_KIND: SectionName = SectionName::new("icd10cm-search");

/// The layout of the sections; a reader of another layout refuses them.
pub(crate) const LAYOUT: u32 = 1;

/// Layout, how many notes there are in the counts, average length of a title and of a text in sixteenths: numbers of 4 bytes.
pub const FACTS: SectionName = SectionName::new("search_facts");
/// The nodes: packed codes in order, 8 bytes each.
pub const NODES: SectionName = SectionName::new("search_nodes");
/// For each node, 8 bytes: parent, end of what stands below, first text, 2 bytes each; flags, 1 byte; zero.
pub const SHAPES: SectionName = SectionName::new("search_shapes");
/// Title words of each node: offsets of 4 bytes by 16 nodes and lengths of 1 byte, then word numbers of 2 bytes.
pub const TITLES: SectionName = SectionName::new("search_titles");
/// The same for the other texts: inclusion terms and what notes of other codes call a code.
pub const TEXTS: SectionName = SectionName::new("search_texts");
/// For each text, 4 bytes: owner, 2 bytes; kind, 1 byte; zero.
pub const TEXT_SHAPES: SectionName = SectionName::new("search_textshape");
/// Words: offsets of 4 bytes and one behind the last, then stem, zero, word as it is shown.
pub const WORDS: SectionName = SectionName::new("search_words");
/// For each word, 20 bytes, and one row behind the last: starts in the three lists, 4 bytes each; notes with the word, titles of notes
/// with it, size of its 4-grams, 2 bytes each; zero.
pub const WORD_LISTS: SectionName = SectionName::new("search_lists");
/// For each word how rare it is, 1 byte: sixteenths of the natural logarithm of how many nodes there are for each that has it.
pub const RARITIES: SectionName = SectionName::new("search_rarities");
/// For each word, 4 bytes: the letters that its stem has as bits 1 to 26, its length in bits 27 to 31.
pub const LETTERS: SectionName = SectionName::new("search_letters");
/// Nodes with a word in the title, 2 bytes each.
pub const TITLE_LIST: SectionName = SectionName::new("search_bytitle");
/// Texts with a word, 2 bytes each.
pub const TEXT_LIST: SectionName = SectionName::new("search_bytext");
/// Title words that go with a word of a note: word number and count of 2 bytes each.
pub const PAIRS: SectionName = SectionName::new("search_pairs");
/// 4-grams of words: keys of 4 bytes in order, then starts of 4 bytes and one behind the last, then word numbers of 2 bytes.
pub const GRAMS: SectionName = SectionName::new("search_grams");
/// Abbreviations, a line each in order: key, tab, expansions with `|` between them.
pub const ABBREVIATIONS: SectionName = SectionName::new("search_abbrev");
/// The network: inputs and hidden units of 4 bytes each, then weights as 4-byte floats.
pub const NETWORK: SectionName = SectionName::new("search_network");
