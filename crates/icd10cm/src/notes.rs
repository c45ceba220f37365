//! The instructional notes of the tabular list.

mod checks;
pub(crate) mod layout;
pub(crate) mod note;
pub(crate) mod release;
pub(crate) mod sections;
pub(crate) mod targets;

/// The kinds of instructional notes.
///
/// Source: ICD-10-CM Official Guidelines, sections I.A.10 to I.A.14 and I.A.17.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// Conditions that the heading includes.
    Includes,
    /// A term for which the code is to be used.
    InclusionTerm,
    /// Codes that cannot be reported together with the heading's.
    Excludes1,
    /// Conditions that are not part of the heading's and may be reported beside it.
    Excludes2,
    /// The underlying condition comes first.
    CodeFirst,
    /// A further code says more, and comes after.
    UseAdditional,
    /// A further code can be needed; the order depends on the encounter.
    CodeAlso,
    /// A note in words.
    Note,
    /// How the seventh character is to be chosen.
    SeventhCharacter,
}

/// The kinds by their numbers in a table.
const KINDS: [NoteKind; 9] = [
    NoteKind::Includes,
    NoteKind::InclusionTerm,
    NoteKind::Excludes1,
    NoteKind::Excludes2,
    NoteKind::CodeFirst,
    NoteKind::UseAdditional,
    NoteKind::CodeAlso,
    NoteKind::Note,
    NoteKind::SeventhCharacter,
];

impl NoteKind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.into_iter()
    }

    /// The name in data: `includes`, `inclusion_term`, `excludes1`, `excludes2`, `code_first`, `use_additional`, `code_also`, `note`,
    /// `seventh_character`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Includes => "includes",
            Self::InclusionTerm => "inclusion_term",
            Self::Excludes1 => "excludes1",
            Self::Excludes2 => "excludes2",
            Self::CodeFirst => "code_first",
            Self::UseAdditional => "use_additional",
            Self::CodeAlso => "code_also",
            Self::Note => "note",
            Self::SeventhCharacter => "seventh_character",
        }
    }

    /// Whether it asks for another code beside the heading's.
    #[must_use]
    pub fn is_instruction(self) -> bool {
        matches!(self, Self::CodeFirst | Self::UseAdditional | Self::CodeAlso)
    }

    #[cfg(feature = "import")]
    pub(crate) fn number(self) -> u16 {
        KINDS.iter().zip(0..).find_map(|(kind, number)| (*kind == self).then_some(number)).unwrap_or_default()
    }

    pub(crate) fn of_number(number: u16) -> Option<Self> {
        KINDS.get(usize::from(number)).copied()
    }
}
