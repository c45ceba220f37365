//! For whom a conversion factor is.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// For whom the conversion factor of a fee schedule is. From 2026 there are two: a higher one for qualifying participants in an advanced
/// alternative payment model, and one for all others.
///
/// Source: 42 USC 1395w-4(d)(20); 90 FR 49266 (calendar year 2026).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ApmParticipation {
    /// All who bill: before 2026 there is one factor.
    All,
    /// Qualifying participants: the file with `QPP` in its name, pricing indicator 1.
    Qualifying,
    /// All others: the file with `nonQPP` in its name, pricing indicator 9.
    Other,
}

/// A text that names none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("participation is `all`, `qualifying` or `other`")]
pub struct ParticipationError;

impl ApmParticipation {
    /// The name in data: `all`, `qualifying`, `other`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Qualifying => "qualifying",
            Self::Other => "other",
        }
    }

    /// The number in tables.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::All => 0,
            Self::Qualifying => 1,
            Self::Other => 2,
        }
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        [Self::All, Self::Qualifying, Self::Other].into_iter().find(|participation| participation.number() == number)
    }
}

impl FromStr for ApmParticipation {
    type Err = ParticipationError;

    fn from_str(text: &str) -> Result<Self, ParticipationError> {
        [Self::All, Self::Qualifying, Self::Other]
            .into_iter()
            .find(|participation| participation.name().eq_ignore_ascii_case(text.trim()))
            .ok_or(ParticipationError)
    }
}

impl fmt::Display for ApmParticipation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
