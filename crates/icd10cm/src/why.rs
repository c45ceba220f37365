//! Why a code may not stand on a claim, and what may stand there instead.

use crate::code::Icd10CmCode;
use crate::on::Icd10CmOn;
use crate::status::Status;
use core::fmt;

/// Why a code is not billable on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// A heading: more characters are needed.
    Header,
    /// Only the seventh character is missing, and placeholders before it where the code is shorter than six characters
    /// (ICD-10-CM Official Guidelines, sections I.A.4 and I.A.5).
    SeventhCharacterMissing,
    /// The seventh character stands too far to the front: a placeholder `X` belongs before it.
    PlaceholderMissing,
    /// The seventh character is not one of those that the code takes.
    SeventhCharacterNotAllowed,
    /// The code is complete without its last characters.
    TooManyCharacters,
    /// Valid only from a later date on.
    NotYetEffective,
    /// Valid only until an earlier date.
    Retired,
    /// In no release that the table holds.
    Unknown,
    /// The table does not tell of the date.
    CannotTell,
}

impl Why {
    /// The name in data, as `seventh_character_missing`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::SeventhCharacterMissing => "seventh_character_missing",
            Self::PlaceholderMissing => "placeholder_missing",
            Self::SeventhCharacterNotAllowed => "seventh_character_not_allowed",
            Self::TooManyCharacters => "too_many_characters",
            Self::NotYetEffective => "not_yet_effective",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
            Self::CannotTell => "cannot_tell",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Icd10CmOn<'_> {
    /// Why a code is not billable on the date; `None` where it is.
    #[must_use]
    pub fn why_not(&self, code: Icd10CmCode) -> Option<Why> {
        Some(match self.status(code) {
            Status::Billable => return None,
            Status::Header if self.lacks_only_the_seventh(code) => Why::SeventhCharacterMissing,
            Status::Header => Why::Header,
            Status::NotYetEffective => Why::NotYetEffective,
            Status::Retired => Why::Retired,
            Status::CannotTell => Why::CannotTell,
            Status::Unknown => {
                if self.with_placeholders(code).is_some() {
                    Why::PlaceholderMissing
                } else if self.seventh_siblings(code).next().is_some() {
                    Why::SeventhCharacterNotAllowed
                } else if self.complete_part(code).is_some() {
                    Why::TooManyCharacters
                } else {
                    Why::Unknown
                }
            }
        })
    }

    /// What a code that is not billable can be completed or mended to: billable codes of the date, the likelier first.
    ///
    /// For a heading, the codes below it: those that say least often that something is unspecified first, then in the order of the list, which has the
    /// initial encounter before the later ones. For a seventh character that is not allowed, those that are; for a missing placeholder,
    /// the code with it; for too many characters, the complete code. None for others: a retired code has
    /// [`replacements`](Icd10CmOn::replacements).
    #[must_use]
    pub fn completions(&self, code: Icd10CmCode) -> Vec<Icd10CmCode> {
        match self.why_not(code) {
            Some(Why::Header | Why::SeventhCharacterMissing) => {
                let mut below: Vec<_> = self.descendants(code).filter(|below| self.is_billable(*below)).collect();
                let vague = |code: &Icd10CmCode| {
                    self.title(*code).map_or(0, |title| title.as_str().matches("unspecified").count())
                };
                below.sort_by_cached_key(vague);
                below
            }
            Some(Why::PlaceholderMissing) => self.with_placeholders(code).into_iter().collect(),
            Some(Why::SeventhCharacterNotAllowed) => self.seventh_siblings(code).collect(),
            Some(Why::TooManyCharacters) => self.complete_part(code).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Codes of the date that a text is meant for which is no code by its shape or no code of the date: with placeholders added or left out,
    /// other marks left out, and the letter O and the digit zero, I and one, told apart. Billable ones first.
    #[must_use]
    pub fn mended(&self, text: &str) -> Vec<Icd10CmCode> {
        let kept = text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase());
        let plain: String = kept.take(MOST_MENDED).collect();
        let digits: String = plain
            .char_indices()
            .map(|(at, letter)| match (at, letter) {
                (0, '0') => 'O',
                (0, '1') => 'I',
                (1.., 'O') => '0',
                (1.., 'I' | 'L') => '1',
                (_, letter) => letter,
            })
            .collect();
        let mut found = Vec::new();
        for text in [plain, digits] {
            let fewer = (3..text.len()).filter(|at| text.get(*at..=*at) == Some("X")).map(|at| {
                let (before, behind) = text.split_at_checked(at).unwrap_or((&text, ""));
                format!("{before}{}", behind.get(1..).unwrap_or_default())
            });
            let candidates: Vec<String> = core::iter::once(text.clone()).chain(fewer).collect();
            for code in candidates.iter().filter_map(|text| Icd10CmCode::parse(text).ok()) {
                let whole = matches!(self.status(code), Status::Billable | Status::Header).then_some(code);
                for code in whole.into_iter().chain(self.with_placeholders(code)) {
                    if !found.contains(&code) {
                        found.push(code);
                    }
                }
            }
        }
        found.sort_by_key(|code| !self.is_billable(*code));
        found
    }

    /// Whether every billable code below is this one, placeholders and a seventh character.
    fn lacks_only_the_seventh(&self, code: Icd10CmCode) -> bool {
        let placeholders = "X".repeat(6usize.saturating_sub(code.len()));
        let whole = if placeholders.is_empty() { Some(code) } else { code.with_suffix(&placeholders) };
        let mut below = self.descendants(code).filter(|below| self.is_billable(*below)).peekable();
        below.peek().is_some() && below.all(|below| below.len() == 7 && below.prefix(6) == whole)
    }

    /// The code with placeholders before its last character, if that is billable.
    fn with_placeholders(&self, code: Icd10CmCode) -> Option<Icd10CmCode> {
        let length = code.len();
        let (base, last) = (code.prefix(length - 1)?, code.character(length)?);
        let filled =
            base.with_suffix(&format!("{}{last}", "X".repeat(7usize.checked_sub(length).filter(|n| *n > 0)?)))?;
        self.is_billable(filled).then_some(filled)
    }

    /// The billable codes of seven characters that differ in the seventh alone.
    fn seventh_siblings(&self, code: Icd10CmCode) -> impl Iterator<Item = Icd10CmCode> + use<'_> {
        let base = if code.len() == 7 { code.prefix(6) } else { None };
        let letters =
            ('A'..='Z').chain('0'..='9').filter_map(move |letter| base?.with_suffix(letter.encode_utf8(&mut [0; 4])));
        letters.filter(|code| self.is_billable(*code))
    }

    /// The longest part of the code that is billable.
    fn complete_part(&self, code: Icd10CmCode) -> Option<Icd10CmCode> {
        (3..code.len()).rev().filter_map(|count| code.prefix(count)).find(|part| self.is_billable(*part))
    }
}

/// Most characters of a text that is mended: one more than a code and a few placeholders too many have.
const MOST_MENDED: usize = 12;
