//! What must hold for the four indexes, as functions that the property tests and the fuzz targets share. Not part of the public interface.

use super::alphabetic::{AlphabeticIndex, ExternalCauseIndex};
use super::books::IndexBooks;
use super::drug::{DrugTable, Intent};
use super::entry::IndexEntry;
use super::neoplasm::{Behavior, NeoplasmTable};
use super::walk::IndexWalk;
use super::words::words;
use superbill_table::TableError;

/// Most entries that are looked at one by one.
const ENTRIES: usize = 300;
/// Texts that are asked of any table.
const TEXTS: [&str; 4] = ["pain, with fracture of bone without", "", "a a a a (a) [a] a+b", "Fracture, due to, in NEC"];
/// Texts that are about a neoplasm and about a poisoning.
const ASKED_OF_TABLES: [&str; 2] = ["cancer of a", "overdose of a"];

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Whatever the bytes are, opening and asking answer and do not panic; in a table that passes `verify`, each path leads back to its entry.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_index(bytes: &[u8]) -> Result<(), &'static str> {
    if let Ok(index) = AlphabeticIndex::from_bytes(bytes) {
        let sound = sound(index.verify(), index.verify())?;
        check_entries(index.entries(), sound, &|path| index.walk(path))?;
        for text in TEXTS {
            check_find(text, &index.find(text, 5))?;
            core::hint::black_box((index.matches(text, 5), index.main_term(text).count(), index.knows(text)));
            core::hint::black_box(index.main_terms_with_prefix(text).take(ENTRIES).count());
        }
        core::hint::black_box((
            index.phrases().take(ENTRIES).count(),
            index.main_terms_under('A').take(ENTRIES).count(),
        ));
    }
    if let Ok(index) = ExternalCauseIndex::from_bytes(bytes) {
        let sound = sound(index.verify(), index.verify())?;
        check_entries(index.entries(), sound, &|path| index.walk(path))?;
        for text in TEXTS {
            check_find(text, &index.find(text, 5))?;
        }
    }
    if let Ok(table) = NeoplasmTable::from_bytes(bytes) {
        let sound = sound(table.verify(), table.verify())?;
        check_entries(table.entries().map(|site| site.entry()), sound, &|path| table.walk(path))?;
        for site in TEXTS.into_iter().filter_map(|text| table.find(text)) {
            core::hint::black_box((Behavior::ALL.map(|behavior| site.code(behavior)), site.followed(), site.marks()));
        }
        core::hint::black_box(table.phrases().take(ENTRIES).count());
    }
    if let Ok(table) = DrugTable::from_bytes(bytes) {
        let sound = sound(table.verify(), table.verify())?;
        check_entries(table.entries().map(|drug| drug.entry()), sound, &|path| table.walk(path))?;
        for drug in TEXTS.into_iter().filter_map(|text| table.find(text)) {
            core::hint::black_box((Intent::ALL.map(|intent| drug.code(intent)), drug.followed()));
        }
        core::hint::black_box(table.phrases().take(ENTRIES).count());
    }
    let books = IndexBooks {
        alphabetic: AlphabeticIndex::from_bytes(bytes).ok(),
        external_cause: ExternalCauseIndex::from_bytes(bytes).ok(),
        neoplasm: NeoplasmTable::from_bytes(bytes).ok(),
        drug: DrugTable::from_bytes(bytes).ok(),
    };
    for text in TEXTS.into_iter().chain(ASKED_OF_TABLES) {
        let found = books.matches(text, 5);
        check(
            found.iter().all(|found| (0.0..=1.0).contains(&found.phrase.share)),
            "a share is between nothing and all",
        )?;
        check(found.is_sorted_by(|one, other| one.phrase.share >= other.phrase.share), "the best comes first")?;
    }
    Ok(())
}

fn sound(once: Result<(), TableError>, again: Result<(), TableError>) -> Result<bool, &'static str> {
    check(once == again, "a check says the same twice")?;
    Ok(once.is_ok())
}

fn check_entries<'t>(
    entries: impl Iterator<Item = IndexEntry<'t>>,
    sound: bool,
    walk: &dyn Fn(&str) -> IndexWalk<'t>,
) -> Result<(), &'static str> {
    for entry in entries.take(ENTRIES) {
        let trail = entry.follow();
        check(!trail.entries.is_empty() && trail.entries.len() <= 18, "a way of references is short")?;
        core::hint::black_box((
            entry.next_steps().len(),
            entry.linked().take(ENTRIES).count(),
            entry.phrase(),
            entry.note(),
        ));
        core::hint::black_box((entry.manifestation(), entry.nonessential_modifiers(), entry.main_term(), entry.link()));
        for reference in entry.references() {
            check(reference.text().ends_with(reference.rest()), "the rest of a reference is its end")?;
        }
        let path = entry.path();
        let walked = walk(&path);
        if !sound {
            continue;
        }
        check(entry.subterms().all(|below| below.parent() == Some(entry)), "a term is above its subterms")?;
        // A title of punctuation alone has no words to walk by.
        let named =
            core::iter::successors(Some(entry), |entry| entry.parent()).all(|entry| !words(&entry.title()).is_empty());
        // A path of very many equal words is not walked to its end.
        if named && words(&path).len() < 40 {
            check(walked.is_complete(), "a printed path is walked whole")?;
            check(walked.entries().contains(&entry), "a printed path leads back to its entry")?;
        }
    }
    Ok(())
}

/// Each word of a text is used, supplied or left over; none twice.
fn check_find(text: &str, found: &[super::find::IndexMatch<'_, '_>]) -> Result<(), &'static str> {
    let mut different: Vec<String> = words(text).into_iter().map(|word| word.stem).collect();
    different.sort();
    different.dedup();
    for found in found {
        let told = found.used.len() + found.supplied.len() + found.left_over.len();
        check(told == different.len(), "each word is used, supplied or left over")?;
        check((0.0..=1.0).contains(&found.coverage), "a share is between nothing and all")?;
        check(found.distance().is_finite(), "a distance is a number")?;
    }
    check(found.is_sorted_by(|one, other| one.distance() <= other.distance()), "the nearest comes first")
}

/// Any bytes as each of the four official files: refused with an error, or a sound table whose paths lead back.
///
/// # Errors
/// The invariant that does not hold.
#[cfg(feature = "import")]
pub fn check_import_index(bytes: &[u8]) -> Result<(), &'static str> {
    use crate::import::{alphabetic_index, drug_table, external_cause_index, neoplasm_table};
    let imports = [alphabetic_index, external_cause_index, neoplasm_table, drug_table];
    let tables = imports.map(|import| import(bytes, "file", None));
    check(tables.iter().filter(|table| table.is_ok()).count() <= 1, "a file is of one kind")?;
    for table in tables.into_iter().flatten() {
        let opened = [
            AlphabeticIndex::from_bytes(&table).map(|table| table.verify()),
            ExternalCauseIndex::from_bytes(&table).map(|table| table.verify()),
            NeoplasmTable::from_bytes(&table).map(|table| table.verify()),
            DrugTable::from_bytes(&table).map(|table| table.verify()),
        ];
        check(opened.contains(&Ok(Ok(()))), "a table that was written is sound")?;
        check_index(&table)?;
    }
    Ok(())
}
