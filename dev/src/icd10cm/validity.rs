//! When each code was billable, and what the code editor says of it when.

use super::code;
use crate::error::DevError;
use crate::lmdb;
use std::collections::BTreeMap;
use superbill_icd10cm::Icd10CmCode;
use superbill_icd10cm::import::{CodeHistory, History, Interval};
use superbill_table::u32_at;

/// Reads the code editor's master of diagnoses.
pub(crate) fn read(file: &[u8]) -> Result<History, DevError> {
    let value = lmdb::value(file, "mce_i10dx_master")?;
    let cut = || DevError::format("a record is cut short", "mce_i10dx_master");
    let number = |at: usize| u32_at(value, at).ok_or_else(cut);
    let (count, records_at, strings_at, last) = (number(4)?, number(8)?, number(12)?, number(16)?);
    let mut raw: BTreeMap<Icd10CmCode, Vec<(Interval, Vec<String>)>> = BTreeMap::new();
    for index in 0..count as usize {
        let at = records_at as usize + index * 24;
        let text = value.get(at..at + 8).ok_or_else(cut)?;
        let text: String = text.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        let interval = (number(at + 8)?, number(at + 12)?);
        let mut strings =
            value.get(strings_at as usize + number(at + 16)? as usize..).ok_or_else(cut)?.split(|b| *b == 0);
        let mut names = Vec::new();
        for _ in 0..number(at + 20)? {
            names.push(String::from_utf8_lossy(strings.next().ok_or_else(cut)?).into_owned());
        }
        raw.entry(code(&text, "mce_i10dx_master")?).or_default().push((interval, names));
    }
    let mut history = History::default();
    let mut first_day = u32::MAX;
    for (code, mut parts) in raw {
        parts.sort();
        let mut record = CodeHistory::default();
        let mut billable = (0, 0);
        for (interval, names) in parts {
            first_day = first_day.min(interval.0);
            extend(&mut billable, interval).ok_or_else(|| DevError::format("billable with a gap", code.to_string()))?;
            for name in names {
                let open = record.attributes.iter_mut().rev().find(|(other, _)| *other == name);
                if open.is_none_or(|(_, before)| extend(before, interval).is_none()) {
                    record.attributes.push((name, interval));
                }
            }
        }
        record.billable.push(billable);
        record.attributes.sort();
        history.codes.insert(code, record);
    }
    history.horizon = (first_day, last);
    Ok(history)
}

/// Lengthens an interval by one that follows on the next day. An empty one becomes it.
fn extend(before: &mut Interval, next: Interval) -> Option<()> {
    if *before == (0, 0) {
        *before = next;
        return Some(());
    }
    (day_after(before.1) == next.0).then(|| before.1 = next.1)
}

/// The day after, for the ends of months.
pub(crate) fn day_after(day: u32) -> u32 {
    let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (month, date) {
        (12, 31) => (year + 1) * 10_000 + 101,
        (_, date) if date >= length => year * 10_000 + (month + 1) * 100 + 1,
        _ => day + 1,
    }
}
