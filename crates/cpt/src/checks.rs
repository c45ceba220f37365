//! Checks of the licensed table that property tests and fuzz targets share. No part of the public interface.

use crate::descriptor::DescriptorKind;
use crate::list::{CptList, Listed};
use crate::status::{CptStatus, CptTables};
use crate::table::Cpt;

/// Most codes that are walked, so that a check stays quick on large tables.
const CODES: usize = 500;

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Opens any bytes as a table and asks; what passes `verify` answers consistently.
///
/// # Errors
/// The promise that does not hold.
pub fn check_table(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(table) = Cpt::from_bytes(bytes) else { return Ok(()) };
    let sound = table.verify().is_ok();
    let tables = CptTables::new([table]);
    let mut seen = 0;
    for code in table.codes().take(CODES) {
        seen += 1;
        check(!sound || table.row(code).is_some_and(|row| row.code == code), "a code of a sound table is found")?;
        let status = tables.lookup(code, table.release()).status;
        let end = table.in_force().last().unwrap_or(table.release());
        for on in [table.release(), end] {
            let same = tables.status(code, on) == tables.lookup(code, on).status;
            check(!sound || same, "the short answer is that of the long one")?;
        }
        check(
            !sound || !matches!(status, CptStatus::Unknown | CptStatus::CannotTell),
            "a code of a sound table is known",
        )?;
        for kind in DescriptorKind::ALL {
            let words = table.descriptor(code, kind).map(|descriptor| descriptor.text());
            check(!sound || words.is_none_or(|words| words.is_some()), "a descriptor of a sound table is read")?;
        }
        for list in CptList::ALL {
            let loaded = table.lists().any(|loaded| loaded == list);
            check(
                loaded || table.is_listed(code, list) == Listed::CannotTell,
                "a list that was not loaded tells nothing",
            )?;
        }
    }
    check(!sound || seen == table.len().min(CODES), "a sound table has as many codes as it says")
}

/// Takes any bytes for each of the files and lists: refused, or a sound table that answers.
///
/// # Errors
/// The promise that does not hold.
#[cfg(feature = "import")]
pub fn check_import(bytes: &[u8]) -> Result<(), &'static str> {
    let asked = superbill_core::Date::new(2026, 1, 1).ok();
    let simple: &[u8] = b"00001\tOne\n00002\tTwo\n";
    for name in ["file.txt", "LONGULT.txt", "MEDU.txt", "SHORTU.txt", "ConsolidatedCodeList.txt"] {
        if let Ok(found) = crate::import::cpt(&[(name, bytes)], &[], asked) {
            let table = Cpt::from_bytes(&found.bytes).map_err(|_| "what is written opens")?;
            check(table.verify().is_ok(), "what is written is sound")?;
            check(table.len() == found.codes && found.codes > 0, "an import has codes, and says how many")?;
            check_table(&found.bytes)?;
        }
    }
    if let Ok(found) = crate::import::cpt(&[("LONGULT.txt", simple)], &[(CptList::AddOn, "list", bytes)], asked) {
        let table = Cpt::from_bytes(&found.bytes).map_err(|_| "what is written opens")?;
        let listed = table.codes().filter(|code| table.is_listed(*code, CptList::AddOn) == Listed::Yes).count();
        check(listed > 0, "a list that is taken has a code")?;
    }
    Ok(())
}
