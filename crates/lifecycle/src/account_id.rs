//! The name of a case.

use core::fmt;
use core::str::FromStr;

/// The caller's own name of a case: 1 to 36 ASCII letters, digits or hyphens, so a UUID fits.
///
/// It is never the patient control number. Draw it at random: then it says nothing of the patient and is safe to print
/// (45 CFR 164.514(c)). `Debug` and `Display` print it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(Box<str>);

/// Why a text is no account id. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccountIdError {
    /// Nothing was given, or too much.
    #[error("an account id has 1 to {} characters", AccountId::MAX_LENGTH)]
    Length,
    /// A character that has no place there.
    #[error("an account id has ASCII letters, digits and hyphens only: see byte {position}")]
    Character {
        /// Byte offset from 0.
        position: usize,
    },
}

impl AccountId {
    /// The most characters it can have.
    pub const MAX_LENGTH: usize = 36;

    /// The account id of this text.
    ///
    /// # Errors
    /// [`AccountIdError`] says what it cannot be.
    pub fn new(text: &str) -> Result<Self, AccountIdError> {
        if let Some(position) = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'-') {
            return Err(AccountIdError::Character { position });
        }
        if !(1..=Self::MAX_LENGTH).contains(&text.len()) {
            return Err(AccountIdError::Length);
        }
        Ok(Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountId {
    type Err = AccountIdError;

    fn from_str(text: &str) -> Result<Self, AccountIdError> {
        Self::new(text)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountId({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for AccountId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for AccountId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_refuses() {
        let longest = "A".repeat(36);
        for (text, expected) in [
            ("a1b2-c3", Ok("a1b2-c3")),
            (longest.as_str(), Ok(longest.as_str())),
            ("", Err(AccountIdError::Length)),
            ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Err(AccountIdError::Length)),
            ("TEST 1", Err(AccountIdError::Character { position: 4 })),
            ("é", Err(AccountIdError::Character { position: 0 })),
        ] {
            let read = AccountId::new(text);
            assert_eq!(read.as_ref().map(AccountId::as_str), expected.as_ref().map(|text| *text), "{text}");
        }
    }
}
