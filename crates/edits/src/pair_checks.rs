//! What must hold of pairs for any bytes: shared by property tests and fuzz targets.

use crate::import::pairs;
use crate::pairs::{PairSetting, Pairs};
use crate::program::Program;
use crate::service_code::ServiceCode;
use superbill_core::Date;

/// Takes bytes for a part of the official files, and for a table. A file is refused or gives a sound table; a table that is sound answers as the scan of
/// its rows does; one that is not never stops the program.
///
/// # Errors
/// What does not hold, in words.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let files = [("ccipra-v322r0-f1.txt", bytes)];
    let imported = pairs(&files, PairSetting::Practitioner, Program::Medicare, None, &mut |_, _| {});
    if let Ok(imported) = imported {
        let table = Pairs::from_bytes(&imported.bytes).map_err(|error| error.to_string())?;
        table.verify().map_err(|error| error.to_string())?;
        if table.rows().count() != imported.rows {
            return Err("a row is lost".to_owned());
        }
        answers(&table)?;
    }
    let Ok(table) = Pairs::from_bytes(bytes) else { return Ok(()) };
    if table.verify().is_ok() {
        answers(&table)?;
    } else {
        let _: usize = table.rows().take(1000).map(|edit| edit.rationale().len()).sum();
    }
    Ok(())
}

/// On the last day of the release, each of the first rows is found by its codes, and what applies is no deleted edit and none with indicator 9.
fn answers(table: &Pairs<'_>) -> Result<(), String> {
    let day = table.release().last().unwrap_or(Date::MAX);
    let on = table.on(day);
    for edit in table.rows().take(500) {
        let codes: [ServiceCode; 2] = [edit.column1(), edit.column2()];
        if !table.history(codes[0], codes[1]).any(|other| other == edit) {
            return Err(format!("{edit:?} is not found by its codes"));
        }
        let found = on.edit(codes[0], codes[1]).edit();
        if edit.applies_on(day) != found.is_some()
            && !table.history(codes[0], codes[1]).any(|other| other.applies_on(day))
        {
            return Err(format!("{edit:?} applies and is not found, or the other way round"));
        }
        if found.is_some_and(|found| found.indicator().digit() == 9 || found.deletion().is_some_and(|last| last < day))
        {
            return Err(format!("{edit:?}: what is found does not apply"));
        }
    }
    Ok(())
}
