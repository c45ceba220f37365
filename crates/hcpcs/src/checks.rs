//! Checks that property tests and fuzz targets share. No part of the public interface.

use crate::code::HcpcsCode;
use crate::lookup::Status;
use crate::table::Hcpcs;
use crate::tables::HcpcsTables;
use superbill_core::Date;

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Whatever the bytes are, opening and asking answer and do not panic; what passes `verify` answers consistently.
///
/// # Errors
/// The invariant that does not hold.
pub fn check_table(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(table) = Hcpcs::from_bytes(bytes) else {
        return Ok(());
    };
    let sound = table.verify().is_ok();
    let tables = HcpcsTables::new([&table]);
    for day in [20_191_231, 20_200_101, 20_240_701, 20_261_001] {
        let date = Date::from_ccyymmdd(day).map_err(|_| "no date")?;
        let on = table.on(date);
        for text in ["A0001", "J1885", "D0120", "V5364"] {
            let code = HcpcsCode::parse(text).map_err(|_| "no code")?;
            let lookup = on.lookup(code);
            check(lookup.status() == on.status(code), "a look-up says the status")?;
            check(tables.on(date).status(code) == lookup.status(), "one table alone answers as itself")?;
            check(lookup.why_not().is_some() == lookup.reason().is_some(), "a reason has words")?;
            let partial = matches!(lookup.status(), Status::Confirmed | Status::CannotTell);
            check(!table.is_partial() || partial, "a partial set never denies")?;
            core::hint::black_box((lookup.valid(), lookup.title().map(|title| title.to_string().len())));
            if let Some(record) = lookup.record() {
                check(record.says_the_same(&record), "a record says what it says")?;
                core::hint::black_box((record.cross_references().count(), record.lab_certifications().count()));
                core::hint::black_box((record.coverage(), record.betos(), record.types_of_service().count()));
            }
        }
        for modifier in ["LT", "GA", "RH", "25", "Z1"] {
            let modifier = modifier.parse().map_err(|_| "no modifier")?;
            let lookup = on.modifier(modifier);
            core::hint::black_box((lookup.status(), lookup.reason(), lookup.record().map(|record| record.added())));
        }
        for code in on.codes().take(20_000) {
            let valid = matches!(on.status(code), Status::Valid | Status::Confirmed);
            check(!sound || valid, "a code that is listed is valid")?;
        }
    }
    Ok(())
}

/// Whatever the bytes are, every importer refuses them or gives a sound table that holds no code of another owner.
///
/// # Errors
/// The invariant that does not hold.
#[cfg(feature = "import")]
pub fn check_import(bytes: &[u8]) -> Result<(), &'static str> {
    let asked = Date::from_ccyymmdd(20_260_101).ok();
    for (name, asked) in [("file", asked), ("HCPC2026_OCT_ANWEB.txt", None), ("HCPC2026_JAN_ANWEB.zip", asked)] {
        let Ok(imported) = crate::import::hcpcs(name, bytes, asked) else { continue };
        let table = Hcpcs::from_bytes(&imported.bytes).map_err(|_| "what is written opens")?;
        check(table.verify().is_ok(), "what is written is sound")?;
        check(table.len() == imported.codes, "as many codes as are reported")?;
        check_table(&imported.bytes)?;
    }
    Ok(())
}
