//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the stable interface.

use crate::fee_schedule::{FeeSchedule, FeeScheduleRow};
use crate::gpci::Gpci;

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Any bytes as a fee schedule: refused, or answering; a verified one answers for each of its rows.
///
/// # Errors
/// The promise that does not hold.
pub fn check_fee_schedule(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(table) = FeeSchedule::from_bytes(bytes) else { return Ok(()) };
    let verified = table.verify().is_ok();
    let mut rows = 0;
    for row in table.iter().take(50_000) {
        rows += 1;
        let _ = (row.status().meaning(), row.endoscopic_base(), row.amount(true, None), row.opps_cap(false, None));
        if verified {
            let modifier = row.modifier();
            check(
                table.row(row.code(), modifier).map(|found| found.code()) == Some(row.code()),
                "a row is found by its code",
            )?;
            check(
                table.rows(row.code()).any(|other: FeeScheduleRow<'_>| other == row),
                "a row is among those of its code",
            )?;
        }
    }
    check(!verified || rows == table.len(), "a verified table gives every row")
}

/// Any bytes as geographic indices: refused, or answering; verified ones answer for each of their rows, both ways.
///
/// # Errors
/// The promise that does not hold.
pub fn check_gpci(bytes: &[u8]) -> Result<(), &'static str> {
    let Ok(table) = Gpci::from_bytes(bytes) else { return Ok(()) };
    let verified = table.verify().is_ok();
    let rows: Vec<_> = table.iter().take(50_000).collect();
    check(!verified || rows.len() == table.len(), "verified indices give every row")?;
    for row in rows.into_iter().filter(|_| verified) {
        check(table.row(row.locality) == Some(row), "a row is found by state")?;
    }
    Ok(())
}

/// Any bytes as a relative value file and as a file of indices, in each form: refused, or a sound table.
///
/// # Errors
/// The promise that does not hold.
#[cfg(feature = "import")]
pub fn check_import(bytes: &[u8]) -> Result<(), &'static str> {
    let day = superbill_core::Date::new(2026, 7, 1).ok();
    if let Ok(table) = crate::import::mpfs("file.csv", bytes, None, day) {
        let opened = FeeSchedule::from_bytes(&table).map_err(|_| "an imported fee schedule opens")?;
        check(opened.verify().is_ok() && !opened.is_empty(), "an imported fee schedule is sound")?;
        check_fee_schedule(&table)?;
    }
    if let Ok(table) = crate::import::gpci("file.csv", bytes, day) {
        let opened = Gpci::from_bytes(&table).map_err(|_| "imported indices open")?;
        check(opened.verify().is_ok() && !opened.is_empty(), "imported indices are sound")?;
        check_gpci(&table)?;
    }
    Ok(())
}
