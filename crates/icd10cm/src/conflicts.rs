//! What the codes of one claim say of each other.

mod claim;
mod excludes;
mod instructions;
pub(crate) mod sections;
pub(crate) mod sides;

pub(crate) use sections::ConflictSections;

use crate::code::Icd10CmCode;
use crate::notes::note::Note;
use crate::on::Icd10CmOn;
use crate::why::Why;
use claim::Claim;
use core::fmt;

/// The ways in which codes of one claim do not go together, or want another beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConflictKind {
    /// A code stands twice.
    Duplicate,
    /// Unknown, retired or not yet effective on the date, or too long.
    NotValid,
    /// A heading: more characters are needed.
    Header,
    /// The seventh character is missing, not allowed, or without its placeholder (Official Guidelines, sections I.A.4 and I.A.5).
    SeventhCharacter,
    /// Two codes that an Excludes1 note keeps apart. Two conditions that are unrelated to each other may still be reported together
    /// (Official Guidelines, section I.A.12.a), which only the record can tell.
    Excludes1,
    /// Two codes of which an Excludes2 note says that neither is part of the other: both may stand. Information, no fault
    /// (Official Guidelines, section I.A.12.b).
    Excludes2,
    /// A code that wants another before it, which is missing or stands behind it (Official Guidelines, sections I.A.13 and I.A.17).
    CodeFirst,
    /// The code of a manifestation stands first, which is never so (Official Guidelines, section I.A.13).
    ManifestationFirst,
    /// A code that wants another behind it, if known (Official Guidelines, sections I.A.13 and I.B.7).
    UseAdditional,
    /// A code that can want another beside it (Official Guidelines, section I.A.17).
    CodeAlso,
    /// Two codes of one condition whose sides do not go together (Official Guidelines, section I.B.13).
    Laterality,
}

impl ConflictKind {
    /// The name in data: `excludes1`, `code_first`, `seventh_character`, ...
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::NotValid => "not_valid",
            Self::Header => "header",
            Self::SeventhCharacter => "seventh_character",
            Self::Excludes1 => "excludes1",
            Self::Excludes2 => "excludes2",
            Self::CodeFirst => "code_first",
            Self::ManifestationFirst => "manifestation_first",
            Self::UseAdditional => "use_additional",
            Self::CodeAlso => "code_also",
            Self::Laterality => "laterality",
        }
    }
}

impl fmt::Display for ConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How the sides of two codes do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SideConflict {
    /// Right and left, where one code says both.
    BothSides,
    /// Both sides in one code, and one of them again.
    SideBesideBilateral,
    /// An unspecified side beside a side that is named.
    UnspecifiedBesideNamed,
}

/// One answer of the check among the codes of a claim. Small and free to copy: the words of its note are read when asked for.
#[derive(Clone, Copy)]
pub struct Conflict<'t> {
    on: Icd10CmOn<'t>,
    kind: ConflictKind,
    code: (u32, Icd10CmCode),
    other: Option<(u32, Icd10CmCode)>,
    /// The number of its note, counted from 1.
    note: u32,
    certain: bool,
    conditional: bool,
    detail: Detail,
}

#[derive(Debug, Clone, Copy)]
enum Detail {
    None,
    Why(Why),
    Sides(SideConflict, Option<Icd10CmCode>),
}

impl<'t> Conflict<'t> {
    /// The kind.
    #[must_use]
    pub fn kind(&self) -> ConflictKind {
        self.kind
    }

    /// The code that the answer is about; for a note, the code under whose heading it stands.
    #[must_use]
    pub fn code(&self) -> Icd10CmCode {
        self.code.1
    }

    /// Its place among the codes that were given, from 0.
    #[must_use]
    pub fn place(&self) -> usize {
        self.code.0 as usize
    }

    /// The other code, where there is one: the one that is excluded, the one that belongs before, the one of the other side.
    #[must_use]
    pub fn other(&self) -> Option<Icd10CmCode> {
        self.other.map(|(_, code)| code)
    }

    /// Its place among the codes that were given.
    #[must_use]
    pub fn other_place(&self) -> Option<usize> {
        self.other.map(|(place, _)| place as usize)
    }

    /// Both codes.
    pub fn codes(&self) -> impl Iterator<Item = Icd10CmCode> {
        core::iter::once(self.code()).chain(self.other())
    }

    /// Whether it is about the codes at two places.
    fn joins(&self, one: usize, other: usize) -> bool {
        let places = (self.place(), self.other_place());
        places == (one, Some(other)) || places == (other, Some(one))
    }

    /// The note that says so, with its words, its owner and its release. Where an instruction goes over several notes, the first;
    /// [`Note::items`] has the others.
    #[must_use]
    pub fn note(&self) -> Option<Note<'t>> {
        let note = (self.note as usize).checked_sub(1)?;
        Note::of_number(self.on.table, note, self.on.table.notes.choose(self.on.date().ccyymmdd())?)
    }

    /// Whether the release that says so is in force on the date; for a code that is not valid, whether the table can tell.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.certain
    }

    /// Whether only the record can tell if something is wanted: the note says `if applicable` or names several things that can be, or
    /// other codes than those that it names can do.
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        self.conditional
    }

    /// Why a code is not valid or not complete.
    #[must_use]
    pub fn why(&self) -> Option<Why> {
        match self.detail {
            Detail::Why(why) => Some(why),
            _ => None,
        }
    }

    /// How two sides do not go together.
    #[must_use]
    pub fn sides(&self) -> Option<SideConflict> {
        match self.detail {
            Detail::Sides(sides, _) => Some(sides),
            _ => None,
        }
    }

    /// The code that says both sides, in place of two.
    #[must_use]
    pub fn instead(&self) -> Option<Icd10CmCode> {
        match self.detail {
            Detail::Sides(_, instead) => instead,
            _ => None,
        }
    }
}

impl fmt::Debug for Conflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.code())?;
        if let Some(other) = self.other() {
            write!(f, " {other}")?;
        }
        if let Some(note) = self.note() {
            write!(f, " ({}: {:?})", note.owner(), note.words())?;
        }
        Ok(())
    }
}

impl<'t> Icd10CmOn<'t> {
    /// What the codes of one claim say of each other on the date, in place of what the list has. The codes stand in the order of the
    /// claim, the principal or first-listed one first.
    ///
    /// Of two codes there is at most one answer of each kind of Excludes note, whatever the order of the codes. A code that stands twice
    /// is judged once. Codes that are not valid on the date are said to be so and not judged further. Nothing is allocated but what the
    /// list needs to grow, for up to 32 codes.
    pub fn conflicts(&self, codes: &[Icd10CmCode], into: &mut Vec<Conflict<'t>>) {
        into.clear();
        Claim::with(*self, codes, |claim| {
            claim.statuses(into);
            claim.excludes(into, ConflictKind::Excludes1);
            claim.manifestation_first(into);
            claim.instructions(into);
            claim.laterality(into);
            claim.excludes(into, ConflictKind::Excludes2);
        });
    }

    /// The pairs of codes that an Excludes1 note keeps apart, as [`Icd10CmOn::conflicts`] has them, and nothing else.
    pub fn excludes1_among(&self, codes: &[Icd10CmCode], into: &mut Vec<Conflict<'t>>) {
        into.clear();
        Claim::with(*self, codes, |claim| claim.excludes(into, ConflictKind::Excludes1));
    }
}
