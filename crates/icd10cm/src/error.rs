//! The errors of this room.

use thiserror::Error;

/// Why a text is not an ICD-10-CM code by shape, and at which character. It holds nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("character {}: {}", .position, .kind.words())]
pub struct CodeError {
    kind: CodeErrorKind,
    position: u32,
}

impl CodeError {
    pub(crate) fn new(kind: CodeErrorKind, position: usize) -> Self {
        Self { kind, position: u32::try_from(position).unwrap_or(u32::MAX) }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(self) -> CodeErrorKind {
        self.kind
    }

    /// The character where it is wrong, counted from 1 in the text as given.
    #[must_use]
    pub fn position(self) -> u32 {
        self.position
    }
}

/// The ways in which a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeErrorKind {
    /// A dot elsewhere than behind the third character with more behind it.
    DotMisplaced,
    /// Nothing but spaces.
    Empty,
    /// The first character is not a letter.
    FirstNotLetter,
    /// A character that is neither a letter nor a digit.
    NotAlphanumeric,
    /// More than seven characters.
    TooLong,
    /// Fewer than three characters.
    TooShort,
}

impl CodeErrorKind {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::DotMisplaced => "the dot belongs behind the third character, with more characters behind it",
            Self::Empty => "no code given",
            Self::FirstNotLetter => "an ICD-10-CM code begins with a letter",
            Self::NotAlphanumeric => "only letters, digits and one dot may stand in a code",
            Self::TooLong => "a code has at most seven characters",
            Self::TooShort => "a code has at least three characters",
        }
    }
}
