//! What must hold for any bytes, as functions that the property tests and the fuzz targets share. Not part of the
//! stable interface.

use crate::bytes::{u16_at, u32_at, u64_at};
use crate::{ByteView, PackedMap, SortedKeys, Symbols, Table, TextBody, TextBuffer, Texts};

/// Most rows of a section that are walked, so that a check stays quick on large tables.
const ROWS: usize = 2_000;
/// Most sections of a table that are tried as the parts of a map.
const PARTS: usize = 8;

fn check(holds: bool, what: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(what) }
}

/// Opens any bytes as a table of whatever kind they say and reads every section through every view; then takes the bytes
/// themselves for a section of as many rows as their first two bytes say.
///
/// # Errors
/// The promise that does not hold.
pub fn check_open(bytes: &[u8]) -> Result<(), &'static str> {
    let rows = u16_at(bytes, 0).map_or(0, usize::from);
    let no_symbols = [0; Symbols::BYTES];
    let no_symbols = Symbols::new(&no_symbols).ok_or("symbols are a view over their size")?;
    check_section(bytes.get(2..).unwrap_or_default(), rows, no_symbols)?;

    let kind = (u64_at(bytes, 16).unwrap_or(0), u64_at(bytes, 24).unwrap_or(0));
    let Ok(table) = Table::open_kind(bytes, kind) else {
        return Ok(());
    };
    check(table.verify() == table.verify(), "a check says the same twice")?;
    let sections: Vec<(&[u8], usize)> = table.sections().map(|(_, rows, bytes)| (bytes, rows as usize)).collect();
    let symbols = sections.iter().find_map(|(bytes, _)| Symbols::new(bytes)).unwrap_or(no_symbols);
    for (bytes, rows) in &sections {
        check_section(bytes, *rows, symbols)?;
    }
    let parts = sections.get(..PARTS).unwrap_or(&sections);
    for (slots, _) in parts {
        for (pilots, _) in parts {
            for (parameters, _) in parts {
                // Ordinals are as many and as wide as slots; which numbers they are does not matter here.
                check_map(slots, slots, pilots, parameters)?;
            }
        }
    }
    Ok(())
}

fn check_section(bytes: &[u8], rows: usize, symbols: Symbols<'_>) -> Result<(), &'static str> {
    check_numbers(bytes, rows)?;
    check_keys(SortedKeys::new(bytes, rows))?;
    check_texts(Texts::new(bytes, rows, symbols))
}

fn check_numbers(bytes: &[u8], rows: usize) -> Result<(), &'static str> {
    let fits = bytes.len() == rows || Some(bytes.len()) == rows.checked_mul(2);
    let Some(view) = ByteView::new(bytes, rows) else {
        return check(!fits, "numbers of one or two bytes a row are a view");
    };
    check(fits, "a view has one or two bytes a row")?;
    check((0..rows).all(|row| view.at(row).is_some()), "every row has a number")?;
    check(view.at(rows).is_none() && view.at(usize::MAX).is_none(), "no row after the last has a number")
}

fn check_keys(keys: SortedKeys<'_>) -> Result<(), &'static str> {
    let rows = keys.len();
    let read: Vec<(usize, u64)> = keys.from(0).take(ROWS).collect();
    check(read.len() <= rows, "there are no more keys than rows")?;
    check((0..).zip(&read).all(|(row, (ordinal, _))| row == *ordinal), "keys come by ordinal")?;
    check(keys.key(rows).is_none() && keys.key(usize::MAX).is_none(), "no ordinal after the last has a key")?;
    let whole = read.len() == rows && read.iter().zip(read.iter().skip(1)).all(|((_, one), (_, next))| one < next);
    for (row, key) in &read {
        check(keys.key(*row) == Some(*key), "a key is found by its ordinal")?;
        check(keys.from(*row).next() == Some((*row, *key)), "keys begin where asked")?;
        let (at, behind) = (keys.lower_bound(*key), keys.lower_bound(key.saturating_add(1)));
        check(at <= rows && behind <= rows, "a bound is an ordinal or the number of keys")?;
        if whole {
            check(at == *row, "the bound of a key is its ordinal")?;
            check(*key == u64::MAX || behind == row + 1, "the bound behind a key is the next ordinal")?;
        }
    }
    check(keys.lower_bound(0) <= rows && keys.lower_bound(u64::MAX) <= rows, "a bound is in range")
}

fn check_texts(texts: Texts<'_>) -> Result<(), &'static str> {
    let (mut buffer, mut used) = (TextBuffer::default(), TextBuffer::default());
    for row in (0..texts.len().min(ROWS)).rev() {
        let record = texts.read(row, &mut buffer);
        // What was read before must not show.
        used.push(b"used").unwrap_or_default();
        check(record == texts.read(row, &mut used), "a row reads the same twice")?;
        let Some(record) = record else { continue };
        check(record.mark < 64, "a mark has six bits")?;
        if record.body == TextBody::Text {
            check(buffer.as_str() == used.as_str(), "a text reads the same twice")?;
        }
    }
    check(
        texts.read(texts.len(), &mut buffer).is_none() && texts.read(usize::MAX, &mut buffer).is_none(),
        "no row after the last has a text",
    )
}

fn check_map(slots: &[u8], ordinals: &[u8], pilots: &[u8], parameters: &[u8]) -> Result<(), &'static str> {
    let Some(map) = PackedMap::new(slots, ordinals, pilots, parameters) else {
        return Ok(());
    };
    check(map.ordinal(u64::MAX).is_none() && map.class(u64::MAX).is_none(), "a key has at most 42 bits")?;
    for row in 0..(slots.len() / 4).min(ROWS) {
        let key = u64::from(u32_at(slots, row * 4).ok_or("a slot has 4 bytes")?).wrapping_mul(1021) & ((1 << 42) - 1);
        for key in [key, key ^ 1, row as u64] {
            check(map.ordinal(key).is_some() == map.class(key).is_some(), "a key has both an ordinal and a class")?;
            check(map.ordinal(key | 1 << 42).is_none(), "a key has at most 42 bits")?;
        }
    }
    Ok(())
}
