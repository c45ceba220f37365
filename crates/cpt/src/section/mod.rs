//! Sections and subsections by the range a number stands in.

mod ranges;

use crate::code::{CptCategory, CptCode};
use core::fmt;
use ranges::{ADDED_BETWEEN, SECTIONS, SUBSECTIONS};

/// The section of the code set that a number belongs to. The words are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Section {
    /// Visits and other services of evaluation and management.
    EvaluationAndManagement,
    /// Anaesthesia, and the circumstances that qualify it.
    Anesthesia,
    /// Surgery, by body system.
    Surgery,
    /// Imaging, radiation treatment, nuclear medicine.
    Radiology,
    /// Pathology and laboratory, proprietary analyses and multianalyte assays with them.
    PathologyAndLaboratory,
    /// Medicine: what is neither of the others.
    Medicine,
    /// Category II.
    PerformanceMeasurement,
    /// Category III.
    EmergingTechnology,
}

impl Section {
    /// All, in the order of this type.
    pub const ALL: [Self; 8] = [
        Self::EvaluationAndManagement,
        Self::Anesthesia,
        Self::Surgery,
        Self::Radiology,
        Self::PathologyAndLaboratory,
        Self::Medicine,
        Self::PerformanceMeasurement,
        Self::EmergingTechnology,
    ];

    /// The name in data: `evaluation_and_management`, `anesthesia`, `surgery`, `radiology`, `pathology_and_laboratory`, `medicine`,
    /// `performance_measurement`, `emerging_technology`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EvaluationAndManagement => "evaluation_and_management",
            Self::Anesthesia => "anesthesia",
            Self::Surgery => "surgery",
            Self::Radiology => "radiology",
            Self::PathologyAndLaboratory => "pathology_and_laboratory",
            Self::Medicine => "medicine",
            Self::PerformanceMeasurement => "performance_measurement",
            Self::EmergingTechnology => "emerging_technology",
        }
    }

    /// A few words for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::EvaluationAndManagement => "evaluation and management",
            Self::Anesthesia => "anaesthesia",
            Self::Surgery => "surgery",
            Self::Radiology => "radiology",
            Self::PathologyAndLaboratory => "pathology and laboratory",
            Self::Medicine => "medicine",
            Self::PerformanceMeasurement => "performance measurement (Category II)",
            Self::EmergingTechnology => "emerging technology (Category III)",
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

/// A part of a section: a range of numbers and our own words for it.
#[derive(Clone, Copy)]
pub struct Subsection(&'static Range);

/// The first and last number of a range, in the form of a category.
#[derive(Debug)]
struct Range {
    category: CptCategory,
    first: u32,
    last: u32,
    section: Section,
    words: &'static str,
}

impl Range {
    fn ends(&self) -> Option<(CptCode, CptCode)> {
        Some((CptCode::of_number(self.first, self.category)?, CptCode::of_number(self.last, self.category)?))
    }

    fn has(&self, code: CptCode) -> bool {
        let number = code.number().unwrap_or(code.first_four());
        // The order of all codes does not serve: those of other categories stand between the digits.
        code.category() == self.category && (self.first..=self.last).contains(&number)
    }
}

impl Subsection {
    /// All, in the order of the code set.
    pub fn all() -> impl Iterator<Item = Self> {
        SUBSECTIONS.iter().map(Self)
    }

    /// The section that it is a part of.
    #[must_use]
    pub fn section(self) -> Section {
        self.0.section
    }

    /// A few words for a reader: ours, not those of the code set.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.0.words
    }

    /// The first and the last number of the range. Neither need be a code that exists.
    #[must_use]
    pub fn range(self) -> Option<(CptCode, CptCode)> {
        self.0.ends()
    }
}

impl PartialEq for Subsection {
    fn eq(&self, other: &Self) -> bool {
        (self.0.category, self.0.first) == (other.0.category, other.0.first)
    }
}

impl Eq for Subsection {}

impl fmt::Display for Subsection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.words)
    }
}

impl fmt::Debug for Subsection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subsection({} to {}, {})", self.0.first, self.0.last, self.0.words)
    }
}

impl CptCode {
    /// The section whose numbers the code's is among; `None` for a number that no section holds.
    ///
    /// It does not say that the code exists.
    #[must_use]
    pub fn section(self) -> Option<Section> {
        SECTIONS.iter().find(|range| range.has(self)).map(|range| range.section)
    }

    /// Whether codes of its kind are added between the yearly editions: all but Category I, and vaccines.
    pub(crate) fn is_added_between(self) -> bool {
        match self.number() {
            Some(number) => ADDED_BETWEEN.iter().any(|(first, last)| (*first..=*last).contains(&number)),
            None => true,
        }
    }

    /// The part of the section whose numbers the code's is among; `None` between two parts.
    #[must_use]
    pub fn subsection(self) -> Option<Subsection> {
        SUBSECTIONS.iter().find(|range| range.has(self)).map(Subsection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_stands_in_its_section_and_no_two_overlap() {
        for (at, range) in SUBSECTIONS.iter().enumerate() {
            let (first, last) = range.ends().unwrap();
            assert!(first <= last, "{range:?}");
            for code in [first, last] {
                assert_eq!(code.section(), Some(range.section), "{code}");
                assert_eq!(code.subsection(), Some(Subsection(range)), "{code}");
            }
            for other in SUBSECTIONS.iter().skip(at + 1).filter(|other| other.category == range.category) {
                assert!(range.last < other.first, "{range:?} {other:?}");
            }
        }
    }

    #[test]
    fn names_are_the_names_of_the_type() {
        for section in Section::ALL {
            let debug = format!("{section:?}");
            let snake: String = debug
                .char_indices()
                .flat_map(|(at, letter)| {
                    (at > 0 && letter.is_uppercase()).then_some('_').into_iter().chain(letter.to_lowercase())
                })
                .collect();
            assert_eq!(section.name(), snake);
        }
    }
}
