//! Excludes1 notes to the codes that they name.

use super::tabular::Cover;
use crate::error::DevError;
use once_cell::sync::OnceCell;
use regex::Regex;
use superbill_icd10cm::Icd10CmCode;

/// A reference in parentheses: codes, ranges and dashes, nothing else.
static GROUP: OnceCell<Regex> = OnceCell::new();
/// One code, as `E10`, `E10.-`, `M1A.00-`.
static SINGLE: OnceCell<Regex> = OnceCell::new();

fn pattern(cell: &'static OnceCell<Regex>, text: &str) -> Result<&'static Regex, DevError> {
    Ok(cell.get_or_try_init(|| Regex::new(text))?)
}

/// The codes that a note names in parentheses, as ranges of packed keys. Empty where the note names none, or names
/// them in a way that is not wholly understood: then it stays a text.
pub(crate) fn targets(words: &str) -> Result<Vec<Cover>, DevError> {
    let group = pattern(&GROUP, r"\(([^()]*)\)")?;
    let single = pattern(&SINGLE, r"^([A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)\.?-?$")?;
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
            return Ok(Vec::new());
        }
    }
    Ok(targets)
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
        let targets = targets(words).unwrap();
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
