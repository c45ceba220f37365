//! Which codes a new code was reported with before: the conversion tables of several fiscal years, as the code editor's converter has them.

use crate::error::DevError;
use crate::lmdb;
use std::collections::{BTreeMap, BTreeSet};
use superbill_core::Date;
use superbill_icd10cm::import::Conversions;
use superbill_icd10cm::{ConversionRow, Icd10CmCode, Join, PreviousAssignment, PreviousCodes};
use superbill_table::u32_at;

/// Previous code 8, current code 8, day 4, version 1, zero 1, direction 1.
const RECORD: usize = 23;

/// Reads the conversions; `known` says whether a code was ever in a release. Gives the current codes whose rows are left out, too.
///
/// Header: magic 4, number of fiscal years 4, place of the records 4, the years 4 each. Every pair stands twice, once for each direction.
/// Where the official table joins previous codes by words that the source's maker did not take apart, a record holds a piece of them; then
/// all rows of the current code are left out, because a part of the previous codes would be a wrong answer.
pub(crate) fn read(file: &[u8], known: impl Fn(Icd10CmCode) -> bool) -> Result<(Conversions, Vec<String>), DevError> {
    parse(lmdb::value(file, PLACE)?, &ONLY_ENDS, known)
}

const PLACE: &str = "icd10cm_conversions";
/// Current codes whose previous ones are a range in the official table, of which the source has only the two ends.
const ONLY_ENDS: [&str; 7] = ["I1A0", "S06A0XA", "S06A0XD", "S06A0XS", "S06A1XA", "S06A1XD", "S06A1XS"];

fn parse(
    value: &[u8],
    only_ends: &[&'static str],
    known: impl Fn(Icd10CmCode) -> bool,
) -> Result<(Conversions, Vec<String>), DevError> {
    let cut = || DevError::format("a record is cut short", PLACE);
    let number = |at: usize| u32_at(value, at).ok_or_else(cut);
    let (years, start) = (number(4)? as usize, number(8)? as usize);
    let mut newest = 0;
    for year in 0..years.min(64) {
        newest = newest.max(number(12 + year * 4)?);
    }
    // A fiscal year begins on October 1 of the calendar year before.
    let wrong = |_| DevError::format("no fiscal year", PLACE);
    let release = Date::from_ccyymmdd(newest.saturating_sub(1) * 10_000 + 1001).map_err(wrong)?;
    let records = value.get(start..).ok_or_else(cut)?;
    if !value.starts_with(b"CDCI") || !records.len().is_multiple_of(RECORD) {
        return Err(DevError::format("not the conversions that are known", PLACE));
    }

    let mut pairs: [BTreeSet<(String, u32, String)>; 2] = Default::default();
    for record in records.chunks_exact(RECORD) {
        let text = |at: usize| {
            let bytes = record.get(at..at + 8).unwrap_or_default().iter();
            bytes.take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect::<String>()
        };
        let (key, other, day) = (text(0), text(8), u32_at(record, 16).ok_or_else(cut)?);
        match record.get(20..) {
            Some([2, 0, 1]) => pairs[0].insert((other, day, key)),
            Some([2, 0, 0]) => pairs[1].insert((key, day, other)),
            _ => return Err(DevError::format("a record of an unknown kind", format!("{PLACE}: {key}"))),
        };
    }
    let [forward, backward] = pairs;
    if forward != backward {
        return Err(DevError::format("the two directions differ", PLACE));
    }

    let mut groups: BTreeMap<(String, u32), Vec<String>> = BTreeMap::new();
    for (current, day, previous) in forward {
        groups.entry((current, day)).or_default().push(previous);
    }
    // A piece of a text can be a code and a space.
    let whole = |code: &Icd10CmCode, text: &str| code.characters().eq(text.chars()) && known(*code);
    let code = |text: &str| Icd10CmCode::parse(text).ok().filter(|code| whole(code, text));
    let mut only_ends: BTreeSet<_> = only_ends.iter().copied().collect();
    let mut conversions = Conversions { release, rows: Vec::new() };
    let mut left_out = Vec::new();
    for ((current, day), previous) in groups {
        let effective =
            Date::from_ccyymmdd(day).map_err(|_| DevError::format("no day", format!("{PLACE}: {current}")))?;
        let codes: Option<Vec<Icd10CmCode>> = previous.iter().map(|previous| code(previous)).collect();
        let cut = only_ends.remove(current.as_str());
        let (Some(current), Some(codes), false) = (code(&current), codes, cut) else {
            left_out.push(current);
            continue;
        };
        let join = if codes.len() == 1 { Join::Only } else { Join::NotTold };
        let codes = codes.into_iter().map(PreviousCodes::Code);
        let row = |codes| ConversionRow { current, previous: PreviousAssignment { effective, codes, join } };
        conversions.rows.extend(codes.map(row));
    }
    if let Some(current) = only_ends.first() {
        return Err(DevError::format("no such current code any more", format!("{PLACE}: {current}")));
    }
    Ok((conversions, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of made-up codes: previous, current, both directions.
    fn value(pairs: &[(&str, &str)], directions: &[u8]) -> Vec<u8> {
        let mut value = b"CDCI".to_vec();
        value.extend([2u32, 20, 2023, 2024].map(u32::to_le_bytes).concat());
        for (previous, current) in pairs {
            for direction in directions {
                let (key, other) = if *direction == 1 { (previous, current) } else { (current, previous) };
                for text in [key, other] {
                    let mut field = text.as_bytes().to_vec();
                    field.resize(8, 0);
                    value.extend(field);
                }
                value.extend(20_231_001u32.to_le_bytes());
                value.extend([2, 0, *direction]);
            }
        }
        value
    }

    #[test]
    fn pairs_stand_in_both_directions_and_pieces_are_left_out() {
        let pairs = [("A001", "A0011"), ("A001", "A0012"), ("A002", "A0012"), ("A003 ", "A009"), ("A002", "A009")];
        let (read, left_out) = parse(&value(&pairs, &[0, 1]), &[], |_| true).unwrap();
        let rows: Vec<_> = read.rows.iter().map(|row| (row.current.to_string(), row.previous.join)).collect();
        let row = |code: &str, join| (code.to_owned(), join);
        assert_eq!(rows, [row("A00.11", Join::Only), row("A00.12", Join::NotTold), row("A00.12", Join::NotTold)]);
        assert_eq!((left_out, read.release.to_string()), (vec!["A009".to_owned()], "2023-10-01".to_owned()));
        let (unknown, left_out) = parse(&value(&pairs, &[0, 1]), &[], |code| code.to_string() != "A00.2").unwrap();
        assert_eq!((unknown.rows.len(), left_out), (1, vec!["A0012".to_owned(), "A009".to_owned()]));
        let (ends, left_out) = parse(&value(&pairs, &[0, 1]), &["A0012"], |_| true).unwrap();
        assert_eq!((ends.rows.len(), left_out.len()), (1, 2));
        assert!(parse(&value(&pairs, &[0, 1]), &["A0099"], |_| true).is_err(), "what is corrected must be there");
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        let pairs = [("A001", "A0011")];
        let whole = value(&pairs, &[0, 1]);
        for (bytes, what) in [
            (value(&pairs, &[1]), "the two directions differ"),
            (value(&pairs, &[0, 1, 7]), "a record of an unknown kind"),
            (whole[..whole.len() - 1].to_vec(), "not the conversions that are known"),
            (whole[..10].to_vec(), "a record is cut short"),
            ([b"PDCI", &whole[4..]].concat(), "not the conversions that are known"),
        ] {
            let error = parse(&bytes, &[], |_| true).unwrap_err().to_string();
            assert!(error.starts_with(what), "{error}");
        }
    }
}
