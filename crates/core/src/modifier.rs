//! Procedure modifiers.

use core::fmt;
use core::str::FromStr;

/// A procedure modifier by its shape: two ASCII letters or digits, in upper case.
///
/// HCPCS Level II and CPT share the shape, and a line carries both kinds side by side. Whether a modifier exists on a date
/// is a question to a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modifier([u8; 2]);

/// Why a modifier was refused. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModifierError {
    /// Not two characters.
    #[error("a modifier has exactly 2 characters")]
    Length,
    /// A character that is no letter and no digit.
    #[error("a modifier has letters and digits only: see byte {position}")]
    Character {
        /// Byte offset from 0.
        position: usize,
    },
}

impl Modifier {
    /// The two characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // INVARIANT: two ASCII characters.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Two letters or digits; small letters become capitals.
impl FromStr for Modifier {
    type Err = ModifierError;

    fn from_str(text: &str) -> Result<Modifier, ModifierError> {
        let bytes: &[u8; 2] = text.as_bytes().try_into().map_err(|_| ModifierError::Length)?;
        if let Some(position) = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()) {
            return Err(ModifierError::Character { position });
        }
        Ok(Modifier(bytes.map(|byte| byte.to_ascii_uppercase())))
    }
}

impl TryFrom<&str> for Modifier {
    type Error = ModifierError;

    fn try_from(text: &str) -> Result<Modifier, ModifierError> {
        text.parse()
    }
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Modifier({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_two_characters() {
        for (text, expected) in [
            ("GA", Ok("GA")),
            ("ga", Ok("GA")),
            ("59", Ok("59")),
            ("F1", Ok("F1")),
            ("", Err(ModifierError::Length)),
            ("G", Err(ModifierError::Length)),
            ("GAX", Err(ModifierError::Length)),
            ("G ", Err(ModifierError::Character { position: 1 })),
            ("-5", Err(ModifierError::Character { position: 0 })),
            ("é", Err(ModifierError::Character { position: 0 })),
        ] {
            let read = text.parse::<Modifier>();
            assert_eq!(read.as_ref().map(Modifier::as_str), expected.as_ref().copied(), "{text}");
        }
        let modifier: Modifier = "lt".parse().unwrap();
        assert_eq!(format!("{modifier} {modifier:?}"), "LT Modifier(LT)");
    }
}
