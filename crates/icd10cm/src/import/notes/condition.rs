//! Conditions on the characters of a code: `with fifth or sixth character 5`, `with .44`, `with final characters -23`.

use crate::code::Icd10CmCode;
use crate::import::pattern::Pattern;

/// Some places of a packed code and what must stand there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mask {
    /// All bits of the places.
    pub(crate) mask: u64,
    /// What stands there; nothing of other places.
    pub(crate) value: u64,
}

/// `with 7th character B or C`; `with fifth or sixth character 1-4 or 6`; `with final character 6`.
static PLACE: Pattern = Pattern::new(
    r"^(fourth|4th|fifth|5th|sixth|6th|seventh|7th|final|fifth or six(?:th)?|fifth to sixth)[ -]characters? (.+)$",
);
/// One entry of a list: `.51-.52`, `-23`, `.61-`, `1-4`, `B`.
static ENTRY: Pattern = Pattern::new(r"^(-|\.)?([0-9A-Z]+)(?:-(?:\.?([0-9A-Z]+))?)?$");

/// The places that a word names.
enum Place {
    /// From this character on.
    At(usize),
    /// The last before the seventh that is no placeholder.
    Intent,
    /// Behind the characters that the reference gives.
    Behind,
}

/// The ways in which the characters can be, one of which must hold. `base` is the code that the condition restricts; `words` are those
/// behind `with`. `None` where the words say no such thing.
pub(crate) fn read(words: &str, base: Icd10CmCode) -> Option<Vec<Mask>> {
    let words = words.trim().trim_end_matches('.');
    if words.eq_ignore_ascii_case("fifth or sixth character to indicate intent") {
        return Some(vec![Mask::default()]);
    }
    let (place, list) = match PLACE.regex()?.captures(words) {
        Some(found) => {
            let place = match found.get(1)?.as_str().to_ascii_lowercase().as_str() {
                "fourth" | "4th" => Place::At(4),
                "fifth" | "5th" | "fifth to sixth" => Place::At(5),
                "sixth" | "6th" => Place::At(6),
                "seventh" | "7th" => Place::At(7),
                "final" => Place::Behind,
                _ => Place::Intent,
            };
            (place, found.get(2)?.as_str())
        }
        None => (Place::Behind, words),
    };
    let mut masks = Vec::new();
    let entries = list.split([',', ' ']).map(|entry| entry.trim_end_matches('.')).filter(|entry| !entry.is_empty());
    for entry in entries.filter(|entry| !matches!(*entry, "or" | "and")) {
        let found = ENTRY.regex()?.captures(entry)?;
        let (sign, from) = (found.get(1).map(|sign| sign.as_str()), found.get(2)?.as_str());
        let to = found.get(3).map_or(from, |to| to.as_str());
        for characters in between(from, to)? {
            match place {
                // `final character 6` of codes with a seventh: the one that tells the intent.
                Place::Behind if sign.is_none() && characters.len() == 1 && PLACE.regex()?.is_match(words) => {
                    masks.extend(intent(&characters)?);
                }
                Place::Intent => masks.extend(intent(&characters)?),
                Place::At(place) => masks.push(at(place, &characters)?),
                // A dash stands for one character.
                Place::Behind => masks.push(at(base.len() + 1 + usize::from(sign == Some("-")), &characters)?),
            }
        }
    }
    (!masks.is_empty()).then_some(masks)
}

/// `1` to `4`, `51` to `52`: what stands between, the last character counting.
fn between(from: &str, to: &str) -> Option<Vec<String>> {
    if from == to {
        return Some(vec![from.to_owned()]);
    }
    let (head, first) = from.split_at_checked(from.len().checked_sub(1)?)?;
    let last = to.strip_prefix(head).filter(|last| last.len() == 1)?;
    let (first, last) = (first.bytes().next()?, last.bytes().next()?);
    let count = last.checked_sub(first)?;
    (count < 10).then(|| (first..=last).map(|byte| format!("{head}{}", char::from(byte))).collect())
}

/// These characters from a place on.
fn at(place: usize, characters: &str) -> Option<Mask> {
    if !(4..=7).contains(&place) || place + characters.len() > 8 {
        return None;
    }
    let mut mask = Mask::default();
    for (place, character) in (place..).zip(characters.chars()) {
        let shift = 6 * (7 - place);
        mask.mask |= 0x3F << shift;
        mask.value |= value(character)? << shift;
    }
    Some(mask)
}

/// The sixth character, or the fifth where the sixth is a placeholder or there is none.
fn intent(character: &str) -> Option<[Mask; 3]> {
    let fifth = at(5, character)?;
    let sixth = 0x3F << 6;
    let placeholder = Mask { mask: fifth.mask | sixth, value: fifth.value | value('X')? << 6 };
    Some([at(6, character)?, placeholder, Mask { mask: fifth.mask | sixth, value: fifth.value }])
}

/// The six bits of a character.
fn value(character: char) -> Option<u64> {
    let code = Icd10CmCode::parse(&format!("A00{}", character.to_ascii_uppercase())).ok()?;
    Some(code.packed() >> 18 & 0x3F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(words: &str, base: &str, code: &str) -> Option<bool> {
        let masks = read(words, Icd10CmCode::parse(base).unwrap())?;
        let code = Icd10CmCode::parse(code).unwrap().packed();
        Some(masks.iter().any(|mask| code & mask.mask == mask.value))
    }

    #[test]
    fn the_conditions_of_the_list_are_read() {
        for (words, base, yes, no) in [
            (".44", "E08", "E10.44", "E10.40"),
            (".51-.52", "E08", "E10.52", "E10.59"),
            (".61-", "E08", "E10.610", "E10.620"),
            (".15. .25, .95", "F11", "F14.250", "F14.20"),
            (".00 or .01", "E08", "E11.01", "E11.10"),
            ("final characters .00 or .01", "E08", "E11.01", "E11.10"),
            ("final characters -20", "I69", "I69.320", "I69.20"),
            ("final character 6", "T36", "T36.0X6A", "T36.0X5A"),
            ("final character 6", "T36", "T39.96XA", "T39.95XA"),
            ("fifth or sixth character 5", "T36", "T43.655A", "T43.651A"),
            ("fifth or sixth character 5", "T36", "T50.905", "T50.90"),
            ("fifth or six character 5", "T36", "T39.95", "T39.96"),
            ("fifth or sixth character 1-4 or 6", "T36", "T36.0X6A", "T36.0X5A"),
            ("fifth to sixth characters 51", "F11", "F11.151", "F11.150"),
            ("5th character .6", "F10", "F10.26", "F10.25"),
            ("1", "B27.0", "B27.01", "B27.02"),
            ("fifth-character 1", "A37", "A37.01", "A37.00"),
            ("7th character B or C", "S42", "S42.001C", "S42.001A"),
            ("fifth or sixth character to indicate intent", "T51", "T51.0X1A", ""),
        ] {
            assert_eq!(holds(words, base, yes), Some(true), "{words}: {yes}");
            assert!(no.is_empty() || holds(words, base, no) == Some(false), "{words}: {no}");
        }
    }

    #[test]
    fn other_words_are_no_condition() {
        for words in [
            "",
            "ketoacidosis",
            "open fracture 7th character",
            "any condition",
            "fifth character",
            "fifth character 4-1",
        ] {
            assert_eq!(read(words, Icd10CmCode::parse("E08").unwrap()), None, "{words}");
        }
    }
}
