//! Lists of the code set's appendices that the user loads.

use core::fmt;

/// A list of codes that the user has from an appendix of the code set. None is shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum CptList {
    /// Codes that are reported beside another one only (appendix D).
    AddOn,
    /// Codes that take no modifier 51 (appendix E).
    Modifier51Exempt,
    /// Codes that take no modifier 63 (appendix F).
    Modifier63Exempt,
    /// Codes that may be given by sound and picture from afar (appendix P).
    Telehealth,
    /// Codes that may be given by sound alone from afar (appendix T).
    AudioOnly,
}

impl CptList {
    /// All, in the order of this type.
    pub const ALL: [Self; 5] =
        [Self::AddOn, Self::Modifier51Exempt, Self::Modifier63Exempt, Self::Telehealth, Self::AudioOnly];

    /// The name in data: `add_on`, `modifier_51_exempt`, `modifier_63_exempt`, `telehealth`, `audio_only`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddOn => "add_on",
            Self::Modifier51Exempt => "modifier_51_exempt",
            Self::Modifier63Exempt => "modifier_63_exempt",
            Self::Telehealth => "telehealth",
            Self::AudioOnly => "audio_only",
        }
    }

    /// The list of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// Its bit in a table.
    pub(crate) fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

impl fmt::Display for CptList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Whether a code stands in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Listed {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The list was not loaded, or the table does not have the code.
    CannotTell,
}
