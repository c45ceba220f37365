//! The instructional notes of the tabular list.

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
