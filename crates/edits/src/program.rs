//! The programs that keep tables of their own.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// The program whose table it is. Medicare and Medicaid publish pairs and units of their own; one never answers for the other.
///
/// Source: National Correct Coding Initiative, 42 USC 1396b(r) for Medicaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Program {
    /// Medicare.
    #[default]
    Medicare,
    /// Medicaid.
    Medicaid,
}

/// A text that names no program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a program is `medicare` or `medicaid`")]
pub struct ProgramError;

impl Program {
    /// The name in data: `medicare`, `medicaid`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Medicare => "medicare",
            Self::Medicaid => "medicaid",
        }
    }
}

impl FromStr for Program {
    type Err = ProgramError;

    fn from_str(text: &str) -> Result<Self, ProgramError> {
        [Self::Medicare, Self::Medicaid]
            .into_iter()
            .find(|program| program.name().eq_ignore_ascii_case(text.trim()))
            .ok_or(ProgramError)
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
