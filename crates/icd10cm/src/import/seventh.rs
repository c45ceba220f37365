//! Seventh characters: which ones a heading gives to the codes below it.

use super::pattern::Pattern;
use super::tabular::{at, elements, squeeze, whole_text};
use crate::code::Icd10CmCode;
use roxmltree::Node;
use superbill_table::import::ImportError;

/// Seventh characters with their labels, and those codes that do not take all of them.
///
/// Source: ICD-10-CM Official Guidelines, sections I.A.4 (placeholder) and I.A.5 (seventh characters).
#[derive(Debug, Clone, Default)]
pub(crate) struct SeventhCharacters {
    characters: Vec<(char, String)>,
    exceptions: Vec<Exception>,
}

/// Characters that do not apply to codes with certain characters at a place.
#[derive(Debug, Clone)]
struct Exception {
    below: Icd10CmCode,
    place: usize,
    with: Vec<char>,
    not_applied: Vec<char>,
}

/// `7th characters D and S do not apply to codes in category S06 with 6th character 7 - ..., or 8 - ...`.
static EXCEPTION: Pattern = Pattern::new(
    r"^7th characters? ([0-9A-Z](?:(?:, and |, | and | or )[0-9A-Z])*) do(?:es)? not apply to codes in (?:sub)?category ([0-9A-Z.]+) with ([4-6])th characters? (.+)$",
);
/// A character of the rest: `7 - death`, `or 8 - death`.
static WITH: Pattern = Pattern::new(r"(?:^|[ ,])([0-9A-Z])(?: - |,|\.|$| or | and )");

impl SeventhCharacters {
    /// What a heading itself defines.
    pub(crate) fn defined(node: Node<'_, '_>) -> Result<Option<Self>, ImportError> {
        let Some(definition) = elements(node, "sevenChrDef").next() else {
            return Ok(None);
        };
        let mut defined = Self::default();
        for extension in elements(definition, "extension") {
            let character = extension.attribute("char").unwrap_or_default();
            let mut characters = character.chars();
            let (Some(character), None) = (characters.next(), characters.next()) else {
                return Err(at(extension, "one character in the attribute char"));
            };
            // A label ends at its `/`: what follows repeats it for another release.
            let label = whole_text(extension);
            let label = label.split('/').next().unwrap_or_default().trim().to_owned();
            defined.characters.push((character.to_ascii_uppercase(), label));
        }
        for notes in elements(node, "notes") {
            defined.exceptions.extend(elements(notes, "note").filter_map(|note| exception(&whole_text(note))));
        }
        Ok(Some(defined))
    }

    /// The complete codes of a code that has no codes below it: placeholders up to the sixth character, then each seventh.
    /// None for a code that is complete.
    pub(crate) fn complete(&self, own: Icd10CmCode) -> impl Iterator<Item = (Icd10CmCode, &str)> {
        let placeholders = "X".repeat(6usize.saturating_sub(own.len()));
        let characters =
            self.characters.iter().filter(move |(character, _)| own.len() < 7 && self.applies(*character, own));
        characters.filter_map(move |(character, label)| {
            Some((own.with_suffix(&format!("{placeholders}{character}"))?, label.as_str()))
        })
    }

    fn applies(&self, character: char, own: Icd10CmCode) -> bool {
        !self.exceptions.iter().any(|exception| {
            let meant = own.character(exception.place).is_some_and(|there| exception.with.contains(&there));
            meant && own.starts_with(exception.below) && exception.not_applied.contains(&character)
        })
    }
}

fn exception(words: &str) -> Option<Exception> {
    let words = squeeze(words);
    let found = EXCEPTION.regex()?.captures(&words)?;
    let (list, category, place, rest) = (found.get(1)?, found.get(2)?, found.get(3)?, found.get(4)?);
    let single = |text: &str| text.chars().next().filter(|_| text.len() == 1);
    let not_applied = list.as_str().split([' ', ',']).filter_map(single).collect();
    let with = WITH.regex()?.captures_iter(rest.as_str());
    let with: Vec<char> = with.filter_map(|found| found.get(1)?.as_str().chars().next()).collect();
    let below = Icd10CmCode::parse(category.as_str()).ok()?;
    (!with.is_empty()).then_some(Exception { below, place: place.as_str().parse().ok()?, with, not_applied })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_takes_characters_away_from_some_codes() {
        let found = exception(
            "7th characters D and S do not apply to codes in category S06 with 6th character 7 - death by one cause before waking, or 8 - death by another.",
        )
        .unwrap();
        assert_eq!((found.place, found.with, found.not_applied), (6, vec!['7', '8'], vec!['D', 'S']));
        assert_eq!(found.below.to_string(), "S06");
        assert!(exception("7th characters D and S apply to all").is_none());
    }

    #[test]
    fn placeholders_fill_up_to_the_sixth_character() {
        let seventh = SeventhCharacters {
            characters: vec![('A', "initial encounter".to_owned()), ('S', "sequela".to_owned())],
            exceptions: Vec::new(),
        };
        let complete = |code: &str| {
            let code = Icd10CmCode::parse(code).unwrap();
            seventh.complete(code).map(|(code, _)| code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(complete("T07"), ["T07.XXXA", "T07.XXXS"]);
        assert_eq!(complete("W21.89"), ["W21.89XA", "W21.89XS"]);
        assert_eq!(complete("S93.401"), ["S93.401A", "S93.401S"]);
        assert!(complete("S93.401A").is_empty());
    }
}
