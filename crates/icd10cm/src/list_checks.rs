//! Checks of the companion lists that property tests and fuzz targets share. No part of the public interface.

use crate::code::Icd10CmCode;
use crate::conversion::{Conversion, PreviousCodes};
use crate::gems::Gems;
use crate::icd9::Icd9Code;
use crate::poa::{PoaExempt, PoaExemption};
use superbill_core::Date;

/// Most rows that are walked, so that a check stays quick on large tables.
const ROWS: usize = 500;

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Opens any bytes as each kind of list and asks; what passes `verify` answers consistently.
///
/// # Errors
/// The promise that does not hold.
pub fn check_table(bytes: &[u8]) -> Result<(), &'static str> {
    if let Ok(list) = PoaExempt::from_bytes(bytes) {
        check_poa(&list, list.verify().is_ok())?;
    }
    if let Ok(table) = Conversion::from_bytes(bytes) {
        check_conversion(&table, table.verify().is_ok())?;
    }
    if let Ok(gems) = Gems::from_bytes(bytes) {
        check_gems(&gems, gems.verify().is_ok())?;
    }
    Ok(())
}

fn check_poa(list: &PoaExempt<'_>, sound: bool) -> Result<(), &'static str> {
    let mut codes = 0;
    for code in list.codes().take(ROWS) {
        codes += 1;
        let answer = list.is_exempt(code, list.release());
        check(!sound || answer == PoaExemption::Exempt, "a code of the list is exempt")?;
        let before = list.release().yesterday().ok_or("there is a day before")?;
        check(list.is_exempt(code, before) == PoaExemption::CannotTell, "no list tells before its release")?;
    }
    check(!sound || codes == list.len().min(ROWS), "a sound list has as many codes as it says")
}

fn check_conversion(table: &Conversion<'_>, sound: bool) -> Result<(), &'static str> {
    for row in table.rows().take(ROWS) {
        let back = table.predecessors(row.current).any(|before| before == row.previous);
        check(!sound || back, "a row is found by its current code")?;
        let (first, last) = match row.previous.codes {
            PreviousCodes::Code(code) => (code, code),
            PreviousCodes::Span { first, last } => (first, last),
            PreviousCodes::None => continue,
        };
        for code in [first, last] {
            let forward = table.successors(code).any(|after| after == row);
            check(!sound || forward, "a row is found by its previous code")?;
            check_replacements(table, code, row.previous.effective)?;
        }
    }
    let rows = table.rows().count();
    check(!sound || rows == table.len(), "a sound table has as many rows as it says")
}

fn check_replacements(table: &Conversion<'_>, code: Icd10CmCode, on: Date) -> Result<(), &'static str> {
    let found = table.replacements(code, on);
    let ascending = found.iter().zip(found.iter().skip(1)).all(|(one, next)| one.code < next.code);
    check(ascending, "each replacement stands once")?;
    for replacement in &found {
        check(replacement.code != code, "no code replaces itself")?;
        check(replacement.effective <= on, "no replacement is later than asked")?;
        let (Some(first), Some(last)) = (replacement.steps.first(), replacement.steps.last()) else {
            return Err("a replacement has a step");
        };
        check(first.from == code && last.to == replacement.code, "the steps lead from the code to its replacement")?;
        check(last.effective == replacement.effective, "the day is that of the last step")?;
        let mut pairs = replacement.steps.iter().zip(replacement.steps.iter().skip(1));
        check(
            pairs.all(|(one, next)| one.to == next.from && one.effective < next.effective),
            "steps follow each other",
        )?;
    }
    Ok(())
}

fn check_gems(gems: &Gems<'_>, sound: bool) -> Result<(), &'static str> {
    for text in ["001.0", "250.11", "V10.3", "E900.0"] {
        let code = Icd9Code::parse(text).map_err(|_| "no code")?;
        let rows = gems.forward_rows(code).count();
        let found = gems.forward(code);
        check(found.is_some() == (rows > 0), "a code with rows has a translation")?;
        if let Some(found) = found {
            let lists = found.scenarios.iter().flat_map(|scenario| &scenario.choice_lists);
            let count = found.single.len() + lists.map(Vec::len).sum::<usize>();
            check(count <= rows && count + usize::from(found.no_map) >= rows.min(1), "every row is in its place")?;
            let numbers = found.scenarios.iter().zip(found.scenarios.iter().skip(1));
            check(
                !sound || numbers.into_iter().all(|(one, next)| one.number < next.number),
                "each scenario stands once",
            )?;
        }
    }
    for text in ["A00.0", "X30.XXXA", "Z85.3"] {
        let code = Icd10CmCode::parse(text).map_err(|_| "no code")?;
        check(gems.backward(code).is_some() == gems.backward_rows(code).next().is_some(), "rows have a translation")?;
    }
    Ok(())
}

/// Whatever the bytes are, each importer gives an error or a table that is sound and answers.
///
/// # Errors
/// The promise that does not hold.
#[cfg(feature = "import")]
pub fn check_import(bytes: &[u8]) -> Result<(), &'static str> {
    use crate::import::{GemFiles, conversion, poa_exempt};
    let release = Date::from_ccyymmdd(20_251_001).map_err(|_| "no date")?;
    let mut gems = GemFiles::new();
    let gems = gems.add(bytes, None).and_then(|gems| gems.write(Some(release)));
    let tables = [poa_exempt(bytes, None, None), conversion(bytes, None), conversion(bytes, Some(release)), gems];
    for table in tables.into_iter().flatten() {
        let sound = [
            PoaExempt::from_bytes(&table).is_ok_and(|list| list.verify().is_ok() && !list.is_empty()),
            Conversion::from_bytes(&table).is_ok_and(|table| table.verify().is_ok() && !table.is_empty()),
            Gems::from_bytes(&table)
                .is_ok_and(|gems| gems.verify().is_ok() && gems.forward_len() + gems.backward_len() > 0),
        ];
        check(sound.iter().filter(|sound| **sound).count() == 1, "what is imported is one sound table with rows")?;
        check_table(&table)?;
    }
    Ok(())
}
