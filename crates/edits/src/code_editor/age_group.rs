//! The ages at which a diagnosis can be.

use core::fmt;
use superbill_core::DateRange;

/// A group of ages that the code editor ties diagnoses to.
///
/// Source: Definitions of Medicare Code Edits, edit 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AgeGroup {
    /// The first year of life.
    Newborn,
    /// Childhood and youth.
    Pediatric,
    /// Ages of pregnancy, childbirth and the puerperium.
    Maternity,
    /// Ages of adults.
    Adult,
}

impl AgeGroup {
    /// All groups, in the order of the codes that a table has for them.
    pub const ALL: [Self; 4] = [Self::Newborn, Self::Pediatric, Self::Maternity, Self::Adult];

    /// The name in data: `newborn`, `pediatric`, `maternity`, `adult`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newborn => "newborn",
            Self::Pediatric => "pediatric",
            Self::Maternity => "maternity",
            Self::Adult => "adult",
        }
    }
}

impl fmt::Display for AgeGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The ages of a group and the days on which they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AgeRange {
    /// The group.
    pub group: AgeGroup,
    /// The lowest age, in completed years.
    pub lowest: u16,
    /// The highest age, in completed years.
    pub highest: u16,
    /// The days of discharge; open where the table knows of no end.
    pub valid: DateRange,
}

impl AgeRange {
    /// The ages of a group, both inside, and the days on which they count.
    #[must_use]
    pub const fn new(group: AgeGroup, lowest: u16, highest: u16, valid: DateRange) -> Self {
        Self { group, lowest, highest, valid }
    }

    /// Whether an age in completed years is within.
    #[must_use]
    pub const fn contains(self, age: u16) -> bool {
        self.lowest <= age && age <= self.highest
    }
}
