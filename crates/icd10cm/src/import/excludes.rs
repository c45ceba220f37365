//! Excludes1 notes to the codes that they name.

use super::error::ImportError;
use super::pattern::Pattern;
use super::tabular::{Cover, RawNote};
use crate::code::Icd10CmCode;
use crate::notes::NoteKind;
use crate::section;
use regex::Regex;
use superbill_table::{SymbolTable, TableWriter, TextsWriter};

/// A reference in parentheses: codes, ranges and dashes, nothing else.
static GROUP: Pattern = Pattern::new(r"\(([^()]*)\)");
/// One code, as `E10`, `E10.-`, `M1A.00-`.
static SINGLE: Pattern = Pattern::new(r"^([A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)\.?-?$");

/// Owners in order of what they cover, each with its notes; notes with the codes that they name and their words.
/// Gives how many notes there are and how many name codes.
pub(crate) fn write(
    writer: &mut TableWriter,
    notes: &[RawNote],
    symbols: &SymbolTable,
) -> Result<(usize, usize), ImportError> {
    let mut notes: Vec<_> = notes.iter().filter(|note| note.kind == NoteKind::Excludes1).collect();
    notes.sort_by_key(|note| note.owner);
    let mut owners: Vec<u8> = Vec::new();
    let mut starts: Vec<u8> = Vec::new();
    let mut targets: Vec<u8> = Vec::new();
    let mut words = TextsWriter::new(symbols);
    let (mut owner, mut count, mut resolved) = (None, 0usize, 0usize);
    for (number, note) in notes.iter().enumerate() {
        let cover = note.owner;
        if owner != Some(cover) {
            owner = Some(cover);
            owners.extend([cover.0, cover.1, number as u64].map(u64::to_le_bytes).concat());
        }
        starts.extend((count as u32).to_le_bytes());
        let found = self::targets(&note.words);
        resolved += usize::from(!found.is_empty());
        count += found.len();
        targets.extend(found.iter().flat_map(|(first, last)| [*first, *last]).flat_map(u64::to_le_bytes));
        words.text(0, &note.words)?;
    }
    starts.extend((count as u32).to_le_bytes());
    owners.extend([u64::MAX, u64::MAX, notes.len() as u64].map(u64::to_le_bytes).concat());
    let rows = owners.len() / 24;
    writer.section(section::EXCLUDES1_OWNERS, rows, owners);
    writer.section(section::EXCLUDES1_STARTS, notes.len() + 1, starts);
    writer.section(section::EXCLUDES1_TARGETS, count, targets);
    let (bytes, rows) = words.finish()?;
    writer.section(section::EXCLUDES1_WORDS, rows, bytes);
    Ok((rows, resolved))
}

/// The codes that a note names in parentheses, as ranges of packed keys. Empty where the note names none, or names
/// them in a way that is not wholly understood: then it stays a text.
pub(crate) fn targets(words: &str) -> Vec<Cover> {
    let (Some(group), Some(single)) = (GROUP.regex(), SINGLE.regex()) else { return Vec::new() };
    let mut targets = Vec::new();
    for found in group.captures_iter(words) {
        let Some(inside) = found.get(1).map(|inside| inside.as_str()) else {
            continue;
        };
        let mut here = Vec::new();
        let mut understood = true;
        for token in inside.split([',', ';']).map(str::trim).filter(|token| !token.is_empty()) {
            match reference(token, single) {
                Some(cover) => here.push(cover),
                None => understood = false,
            }
        }
        if understood {
            targets.append(&mut here);
        } else if inside.bytes().any(|byte| byte.is_ascii_digit()) {
            // Codes with a condition, such as a final character: a part of the set would be a wrong set.
            return Vec::new();
        }
    }
    targets
}

fn reference(token: &str, single: &Regex) -> Option<Cover> {
    let one = |text: &str| {
        let text = single.captures(text.trim())?.get(1)?.as_str();
        Icd10CmCode::parse(text).ok()
    };
    if let Some(code) = one(token) {
        return Some((code.packed(), code.last_below()));
    }
    let (first, last) = token.split_once('-')?;
    let (first, last) = (one(first)?, one(last)?);
    (first <= last).then(|| (first.packed(), last.last_below()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<(String, bool)> {
        let targets = targets(words);
        targets
            .into_iter()
            .map(|(first, last)| {
                let code = Icd10CmCode::from_packed(first).unwrap();
                (code.to_string(), last == code.last_below())
            })
            .collect()
    }

    #[test]
    fn codes_dashes_and_ranges_resolve() {
        let whole = |codes: &[&str]| codes.iter().map(|code| ((*code).to_owned(), true)).collect::<Vec<_>>();
        assert_eq!(shown("type 1 diabetes mellitus (E10.-)"), whole(&["E10"]));
        assert_eq!(shown("gout (M1A.0-, M10.00)"), whole(&["M1A.0", "M10.00"]));
        assert_eq!(shown("diabetes mellitus (E08-E13)"), [("E08".to_owned(), false)]);
        assert_eq!(shown("a (b) c (E10.-) d (E11)"), whole(&["E10", "E11"]));
    }

    #[test]
    fn what_is_not_understood_names_no_code() {
        for words in ["neoplasm", "burns - see above", "poisoning (T36-T50 with fifth character 5)", "(E13-E08)"] {
            assert!(shown(words).is_empty(), "{words}");
        }
    }
}
