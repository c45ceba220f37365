//! The conversion table: which codes a new code was reported with before.

use crate::code::Icd10CmCode;
use crate::conversion_sections::ConversionSections;
use crate::replacement::{Replacement, walk};
use superbill_core::Date;
use superbill_table::{About, SectionName, Table, TableError};

/// The kind of table that holds a conversion table.
pub const CONVERSION_KIND: SectionName = SectionName::new("icd10cm-conversion");

/// A row of the conversion table: a code, and one of the codes that its meaning was reported with before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "these are the columns of the official table")]
pub struct ConversionRow {
    /// The column "Current code assignment".
    pub current: Icd10CmCode,
    /// The columns "Effective" and "Previous Code(s) Assignment".
    pub previous: PreviousAssignment,
}

/// What the meaning of a code was reported with before the code was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "these are the columns of the official table")]
pub struct PreviousAssignment {
    /// The day from which the new code is used.
    pub effective: Date,
    /// The previous codes.
    pub codes: PreviousCodes,
    /// How they stand to the others that the table names for the same code.
    pub join: Join,
}

/// The previous codes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "the official table has these three forms")]
pub enum PreviousCodes {
    /// One code. It can be a header.
    Code(Icd10CmCode),
    /// Any code from the first to the last, those below the last included; one category, as `I63.-`, where they are the same. Where both ends
    /// have the same seventh character, only codes with that one.
    Span {
        /// The first.
        first: Icd10CmCode,
        /// The last.
        last: Icd10CmCode,
    },
    /// The table says that there was none.
    None,
}

impl PreviousCodes {
    /// Whether a code is among them.
    #[must_use]
    pub fn covers(self, code: Icd10CmCode) -> bool {
        match self {
            Self::Code(own) => own == code,
            Self::Span { first, last } => {
                let within = first <= code && code.packed() <= last.last_below();
                // Between `S06.890A` and `S06.899A` stand `S06.890D` and others.
                let seventh = first.character(7).filter(|_| first.character(7) == last.character(7));
                within && seventh.is_none_or(|seventh| code.character(7) == Some(seventh))
            }
            Self::None => false,
        }
    }
}

/// How several previous codes of one code stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Join {
    /// There is one.
    Only,
    /// Any one of them stood for it: `D64.4, D64.9`.
    AnyOf,
    /// They stood together for it: `I63.011 and I63.012`.
    AllOf,
    /// There are several, and the source does not keep how they stand to each other.
    NotTold,
}

impl Join {
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        [Self::Only, Self::AnyOf, Self::AllOf, Self::NotTold].into_iter().find(|join| *join as u32 == number)
    }

    /// The name in data: `only`, `any_of`, `all_of`, `not_told`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::AnyOf => "any_of",
            Self::AllOf => "all_of",
            Self::NotTold => "not_told",
        }
    }
}

/// The conversion table of one release, which holds the rows of all releases before it.
///
/// It says from which day a code is used and what was used before. It does not say whether a previous code is still valid: for that ask
/// [`Icd10CmOn::replacements_by`](crate::Icd10CmOn::replacements_by).
///
/// Source: "ICD-10-CM Conversion Table", National Center for Health Statistics, each fiscal year.
#[derive(Debug, Clone, Copy)]
pub struct Conversion<'a> {
    sections: ConversionSections<'a>,
    release: Date,
    table: Table<'a>,
}

impl<'a> Conversion<'a> {
    /// Opens a table. Only its directory is looked at; [`Conversion::verify`] looks at the rest.
    ///
    /// # Errors
    /// [`TableError`] where the bytes are no conversion table or a section is missing or has the wrong size.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
        let table = Table::open(bytes, CONVERSION_KIND)?;
        let sections = ConversionSections::open(&table)?;
        let missing = TableError::Section { name: crate::section::CONVERSION_FACTS.as_str() };
        Ok(Self { sections, release: sections.release().ok_or(missing)?, table })
    }

    pub(crate) fn sections(&self) -> ConversionSections<'a> {
        self.sections
    }

    /// The first day of the release.
    #[must_use]
    pub fn release(&self) -> Date {
        self.release
    }

    /// What the table says of itself.
    #[must_use]
    pub fn about(&self) -> About<'a> {
        About::of(&self.table)
    }

    /// How many rows there are: one for each current code and each of its previous codes or spans of codes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sections.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All rows, in order of the current code.
    pub fn rows(&self) -> impl Iterator<Item = ConversionRow> + use<'a> {
        let sections = self.sections;
        (0..sections.len()).filter_map(move |row| sections.row(row))
    }

    /// What the meaning of a code was reported with before the code was there. Empty where the table has no row for it.
    pub fn predecessors(&self, code: Icd10CmCode) -> impl Iterator<Item = PreviousAssignment> + use<'a> {
        self.sections.predecessors(code)
    }

    /// The rows that name a code as a previous one, alone or within a span, whatever their day.
    pub fn successors(&self, code: Icd10CmCode) -> impl Iterator<Item = ConversionRow> + use<'a> {
        self.sections.successors(code)
    }

    /// The codes that came after a code up to a date, each once: those whose rows name it, and those that came after these on a later day, over
    /// at most 64 steps.
    ///
    /// The table alone does not know whether the code, or one on the way, is still valid:
    /// [`Icd10CmOn::replacements_by`](crate::Icd10CmOn::replacements_by) does.
    #[must_use]
    pub fn replacements(&self, code: Icd10CmCode, on: Date) -> Vec<Replacement> {
        walk(self.sections, code, |row, _, day| {
            let effective = row.previous.effective;
            effective <= on && day.is_none_or(|day| effective > day)
        })
    }

    /// Checks everything that reading relies on. For tables from outside.
    ///
    /// # Errors
    /// [`TableError`] with the first place that is wrong.
    pub fn verify(&self) -> Result<(), TableError> {
        self.table.verify()?;
        self.sections.verify()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_covers_what_stands_between_its_ends() {
        let code = |text: &str| text.parse::<Icd10CmCode>().unwrap();
        let span = |first: &str, last: &str| PreviousCodes::Span { first: code(first), last: code(last) };
        for (codes, text, covered) in [
            (span("I63", "I63"), "I63", true),
            (span("I63", "I63"), "I63.9", true),
            (span("I63", "I63"), "I64", false),
            (span("T15", "T19"), "T19.9XXS", true),
            (span("T15", "T19"), "T20", false),
            (span("H35.20", "H35.23"), "H35.21", true),
            (span("H35.20", "H35.23"), "H35.2", false),
            (span("S06.890A", "S06.899A"), "S06.893A", true),
            (span("S06.890A", "S06.899A"), "S06.893D", false),
            (span("S06.890A", "S06.899A"), "S06.893", false),
            (PreviousCodes::Code(code("I63")), "I63.9", false),
            (PreviousCodes::None, "I63", false),
        ] {
            assert_eq!(codes.covers(code(text)), covered, "{codes:?} {text}");
        }
    }
}
