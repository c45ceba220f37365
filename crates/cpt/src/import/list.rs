//! The user's own lists of codes from the appendices.

use super::Entry;
use crate::code::CptCode;
use crate::list::CptList;
use std::collections::BTreeMap;
use superbill_table::import::{ImportError, decode, lines};

/// Marks the codes of a list: one a line, with or without the sign of an appendix before it and with anything behind a blank, tab or comma. Empty
/// lines and those that begin with `#` do not count; a first line without a code is a heading.
pub(super) fn mark(list: CptList, bytes: &[u8], codes: &mut BTreeMap<CptCode, Entry>) -> Result<(), ImportError> {
    let text = decode(bytes)?;
    let mut found = 0;
    for (number, line) in lines(&text) {
        let entry = line.trim_start();
        if entry.is_empty() || entry.starts_with('#') {
            continue;
        }
        let word = entry.trim_start_matches(['+', '*', '"', '\u{2605}', '\u{2298}']);
        let column = (line.chars().count() - word.chars().count()) as u32 + 1;
        let word = word.split([' ', '\t', ',', '"']).next().unwrap_or_default();
        match CptCode::parse(word) {
            Err(_) if number == 1 => {}
            Err(_) => return Err(ImportError::line(number, column, "a CPT code")),
            Ok(code) => {
                let known = codes.get_mut(&code);
                let entry = known.ok_or(ImportError::line(number, column, "a code that the edition has"))?;
                entry.lists |= list.bit();
                found += 1;
            }
        }
    }
    if found == 0 {
        return Err(ImportError::File("the list has no code in it"));
    }
    Ok(())
}
