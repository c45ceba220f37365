//! Checks that property tests and fuzz targets share. No part of the public interface.

#[cfg(feature = "import")]
pub use crate::index::checks::check_import_index;
pub use crate::index::checks::check_index;

use crate::code::Icd10CmCode;
use crate::search::{Icd10CmSearch, Scratch};
use crate::status::Status;
use crate::table::Icd10Cm;
use superbill_core::Date;

/// What is read as a code prints as a code that reads the same; the packed form is as good; `slow` and `fast` agree.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_code(text: &str) -> Result<(), &'static str> {
    let read = Icd10CmCode::parse(text);
    // Spaces send the text the slow way.
    if read.is_ok() != Icd10CmCode::parse(&format!(" {text}")).is_ok() {
        return Err("the two ways of reading do not agree");
    }
    let code = match read {
        Ok(code) => code,
        Err(error) => {
            let last = text.chars().count() as u64 + 1;
            return if (1..=last).contains(&u64::from(error.position())) {
                Ok(())
            } else {
                Err("position outside the text")
            };
        }
    };
    if Icd10CmCode::parse(&format!(" {text}")) != Ok(code) {
        return Err("the two ways of reading do not agree");
    }
    if Icd10CmCode::parse(&code.to_string()) != Ok(code) || Icd10CmCode::parse(&code.undotted()) != Ok(code) {
        return Err("what is printed does not read the same");
    }
    if Icd10CmCode::from_packed(code.packed()) != Some(code) {
        return Err("the packed form is not the same code");
    }
    Ok(())
}

/// Whatever the bytes are, opening and asking answer and do not panic; what passes `verify` answers consistently.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_table(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(table) = Icd10Cm::from_bytes(bytes) else {
        return Ok(());
    };
    let sound = table.verify().is_ok();
    let date = Date::from_ccyymmdd(20_261_001).map_err(|_| "no date")?;
    let on = table.on(date);
    for text in ["A00", "E11.9", "S93.401A", "QA0.0101", "Z99.9"] {
        let code = Icd10CmCode::parse(text).map_err(|_| "no code")?;
        let lookup = on.lookup(code);
        let title = lookup.title();
        let above = on.ancestors(code).count();
        let (below, divisions) = (on.children(code).take(8).count(), (on.chapter(code), on.block(code)));
        let attributes = on.all_attributes(code).count();
        let excluded = Icd10CmCode::parse("R73.03").is_ok_and(|other| on.excludes1(code, other).is_some());
        let mut words = String::new();
        for note in on.notes(code).take(64) {
            note.read_words(&mut words);
            core::hint::black_box((
                note.owner().to_string(),
                note.targets().take(64).count(),
                note.items().take(64).count(),
            ));
        }
        core::hint::black_box((lookup.reason(), title, above, below, divisions, attributes, excluded));
    }
    let claim: Vec<Icd10CmCode> =
        ["E11.65", "R73.03", "D63.1", "M17.11", "M17.12", "S93.401A", "I12.9", "F02.80", "T45.1X5A"]
            .iter()
            .filter_map(|text| Icd10CmCode::parse(text).ok())
            .collect();
    let mut found = Vec::new();
    on.conflicts(&claim, &mut found);
    core::hint::black_box(found.iter().take(64).map(|conflict| format!("{conflict:?}").len()).sum::<usize>());
    let listed = on.codes().take(200_000);
    for code in listed {
        if sound && table.ordinal(code).is_none() {
            return Err("a code of a sound table is not found");
        }
    }
    Ok(())
}

/// Whatever the bytes are, opening a search index and asking it answer and do not panic.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_search(bytes: &[u8], table: &Icd10Cm<'_>) -> Result<(), &'static str> {
    let Ok(search) = Icd10CmSearch::from_bytes(bytes) else {
        return Ok(());
    };
    let _ = core::hint::black_box(search.verify());
    for text in ["diabetes with hyperglycemia", "CHF", "fractur left femr NOS", "E11.9", ""] {
        check_hits(&search, table, text, &mut Scratch::new())?;
    }
    Ok(())
}

/// Whatever the text is, the answer keeps what it promises: limit, order, validity on the date, spans within the text; and is the same
/// when the question is asked again.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_hits(
    search: &Icd10CmSearch<'_>,
    table: &Icd10Cm<'_>,
    text: &str,
    scratch: &mut Scratch,
) -> Result<(), &'static str> {
    let date = Date::from_ccyymmdd(20_261_001).map_err(|_| "no date")?;
    let on = table.on(date);
    for (limit, billable, fold) in [(10, false, false), (3, true, false), (25, true, true), (0, false, false)] {
        let mut query = search.query(text, on).limit(limit).fold(fold);
        if billable {
            query = query.billable_only();
        }
        let told = |scratch: &mut Scratch| -> Result<Vec<(Icd10CmCode, i32)>, &'static str> {
            let hits = query.run(scratch);
            for hit in hits.iter() {
                if !matches!(on.status(hit.code()), Status::Billable | Status::Header) {
                    return Err("a hit is not valid on the date");
                }
                if hit.is_billable() != on.is_billable(hit.code()) {
                    return Err("a hit is not what it says");
                }
                if hit.matched().any(|matched| text.get(matched.span).is_none()) {
                    return Err("a match lies outside the text");
                }
            }
            Ok(hits.iter().map(|hit| (hit.code(), hit.score())).collect())
        };
        let hits = told(scratch)?;
        if hits.len() > limit {
            return Err("more hits than asked for");
        }
        if !hits.is_sorted_by(|one, other| one.1 >= other.1) {
            return Err("scores do not descend");
        }
        if billable && hits.iter().any(|(code, _)| !on.is_billable(*code)) {
            return Err("a heading among billable codes");
        }
        let mut codes: Vec<_> = hits.iter().map(|(code, _)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() != hits.len() {
            return Err("a code twice");
        }
        if told(scratch)? != hits || told(&mut Scratch::new())? != hits {
            return Err("the same question has two answers");
        }
    }
    Ok(())
}
