//! The sections of the tables of the four indexes.

use superbill_table::SectionName;

/// The kind of table that holds the Alphabetic Index to Diseases and Injuries.
pub const ALPHABETIC_KIND: SectionName = SectionName::new("icd10cm-index");
/// The kind of table that holds the External Cause of Injuries Index; its first sixteen characters count.
pub const EXTERNAL_CAUSE_KIND: SectionName = SectionName::new("icd10cm-external-cause");
/// The kind of table that holds the Table of Neoplasms.
pub const NEOPLASM_KIND: SectionName = SectionName::new("icd10cm-neoplasm");
/// The kind of table that holds the Table of Drugs and Chemicals.
pub const DRUG_KIND: SectionName = SectionName::new("icd10cm-drug");

/// Symbols of the compressed texts.
pub(crate) const SYMBOLS: SectionName = SectionName::new("symbols");
/// Titles by entry, as printed; entries are in the order of the file, which is that of a walk from above to below.
pub(crate) const TITLES: SectionName = SectionName::new("titles");
/// The entry above each entry, 4 bytes; all ones for a main term.
pub(crate) const PARENTS: SectionName = SectionName::new("parents");
/// The entry behind the last one below each entry, 4 bytes.
pub(crate) const ENDS: SectionName = SectionName::new("ends");
/// How many words a text needs at least to meet an entry and all above it, 1 byte.
pub(crate) const NEEDS: SectionName = SectionName::new("needs");
/// The first of [`ITEMS`] of each entry, and one behind the last, 4 bytes.
pub(crate) const STARTS: SectionName = SectionName::new("starts");
/// Codes and references of entries, 8 bytes each: see [`super::tree::Item`].
pub(crate) const ITEMS: SectionName = SectionName::new("items");
/// The words of references, and notes in place of codes.
pub(crate) const REFERENCES: SectionName = SectionName::new("references");
/// Where each reference leads, 16 bytes each: see [`super::reference`].
pub(crate) const TARGETS: SectionName = SectionName::new("targets");
/// Main terms in order of their letters, 4 bytes each.
pub(crate) const MAIN_TERMS: SectionName = SectionName::new("main_terms");
/// Letters of the alphabet as the file has them: character and first main term, 4 bytes each.
pub(crate) const LETTERS: SectionName = SectionName::new("letters");
/// Words in order: where each ends in [`WORD_TEXT`], and where its list ends in [`POSTINGS`], 4 bytes each.
pub(crate) const WORDS: SectionName = SectionName::new("words");
/// The letters of the words.
pub(crate) const WORD_TEXT: SectionName = SectionName::new("word_text");
/// For each word the entries whose title has it: differences of `entry << 1 | nonessential`, seven bits a byte, lowest first.
pub(crate) const POSTINGS: SectionName = SectionName::new("postings");
