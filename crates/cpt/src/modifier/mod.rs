//! The modifiers of the code set: numbers, our own words, and what they go with.

mod sets;
mod table;

pub use sets::{ModifierConflict, conflicts};

use crate::code::{CptCategory, CptCode};
use crate::section::Section;
use core::fmt;
use superbill_core::{Date, Modifier};
use table::{ROWS, Row};

/// A modifier of CPT: what it is for in our own words, its class, who uses it, what it may attach to.
///
/// HCPCS Level II modifiers are known to the crate `superbill-hcpcs`; [`conflicts`] knows those that exclude one of these.
///
/// ```
/// use superbill_cpt::{CptModifier, Fit, ModifierClass};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let component = CptModifier::of("26".parse()?).ok_or("a modifier of CPT")?;
/// assert_eq!(component.class(), ModifierClass::ProfessionalComponent);
/// // The number is the upper end of the range of visits.
/// assert_eq!(component.fits("99499".parse()?), Fit::No);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct CptModifier(&'static Row);

/// What a modifier is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ModifierClass {
    /// More work than usual.
    Increased,
    /// Less than the whole service.
    Reduced,
    /// Begun and not ended.
    Discontinued,
    /// Anaesthesia out of the ordinary, or by the surgeon.
    Anesthesia,
    /// A visit told apart from a procedure and its global period.
    VisitApart,
    /// Several visits at a hospital on a day.
    MultipleVisits,
    /// Asked for by a payer or an authority, or preventive by law.
    Mandate,
    /// Both sides.
    Bilateral,
    /// Several procedures in a session.
    Multiple,
    /// A part of the surgical package: the operation, the care before or the care after.
    SplitSurgery,
    /// A further procedure in the global period of an earlier one.
    GlobalPeriod,
    /// A service told apart from another on the day.
    DistinctService,
    /// Two surgeons or a team.
    CoSurgery,
    /// An assistant at surgery.
    Assistant,
    /// The same service again.
    Repeat,
    /// The physician's part of a service.
    ProfessionalComponent,
    /// A small infant.
    Infant,
    /// A laboratory outside, or a way of testing.
    Laboratory,
    /// By sound or picture from afar.
    Telehealth,
    /// To gain or to regain a skill.
    Therapy,
    /// The state of the patient before anaesthesia.
    PhysicalStatus,
    /// Why a measure does not apply.
    PerformanceExclusion,
    /// More modifiers than a line has room for.
    Overflow,
}

impl ModifierClass {
    /// The name in data, as `distinct_service`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Increased => "increased",
            Self::Reduced => "reduced",
            Self::Discontinued => "discontinued",
            Self::Anesthesia => "anesthesia",
            Self::VisitApart => "visit_apart",
            Self::MultipleVisits => "multiple_visits",
            Self::Mandate => "mandate",
            Self::Bilateral => "bilateral",
            Self::Multiple => "multiple",
            Self::SplitSurgery => "split_surgery",
            Self::GlobalPeriod => "global_period",
            Self::DistinctService => "distinct_service",
            Self::CoSurgery => "co_surgery",
            Self::Assistant => "assistant",
            Self::Repeat => "repeat",
            Self::ProfessionalComponent => "professional_component",
            Self::Infant => "infant",
            Self::Laboratory => "laboratory",
            Self::Telehealth => "telehealth",
            Self::Therapy => "therapy",
            Self::PhysicalStatus => "physical_status",
            Self::PerformanceExclusion => "performance_exclusion",
            Self::Overflow => "overflow",
        }
    }
}

/// On whose claims a modifier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ModifierUse {
    /// Practitioners.
    Professional,
    /// Hospital outpatient departments and surgery centres.
    Facility,
    /// Both.
    Both,
}

/// Whether a modifier may stand with a code, by the kind of the code alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Fit {
    /// Nothing in the kind of code speaks against it.
    Yes,
    /// It is not for codes of this kind.
    No,
    /// Some codes of this kind take it: the fee schedule's indicators, the lists of the code set or the record decide.
    Depends,
}

impl Fit {
    /// The name in data: `yes`, `no`, `depends`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Depends => "depends",
        }
    }
}

impl CptModifier {
    /// What is known of a modifier; `None` where it is none of CPT's.
    #[must_use]
    pub fn of(modifier: Modifier) -> Option<Self> {
        ROWS.iter().find(|row| row.modifier == modifier.as_str()).map(Self)
    }

    /// All, digits before letters.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(Self)
    }

    /// The two characters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.modifier
    }

    /// What it is for, in a few words of ours.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.0.words
    }

    /// Its class.
    #[must_use]
    pub fn class(self) -> ModifierClass {
        self.0.class
    }

    /// On whose claims it stands.
    #[must_use]
    pub fn used_by(self) -> ModifierUse {
        self.0.used_by
    }

    /// The first day on which it could be used; `None` for those that are older than the years that this crate tells apart (before 2008).
    #[must_use]
    pub fn since(self) -> Option<Date> {
        self.0.since.and_then(|day| Date::from_ccyymmdd(day).ok())
    }

    /// Whether it could be used on a date.
    #[must_use]
    pub fn is_in_force(self, on: Date) -> bool {
        self.since().is_none_or(|since| since <= on)
    }

    /// Whether it may stand with a code, by the kind of the code alone.
    #[must_use]
    pub fn fits(self, code: CptCode) -> Fit {
        let Some(column) = column(code) else { return Fit::Depends };
        match self.0.fits.as_bytes().get(column) {
            Some(b'y') => Fit::Yes,
            Some(b'n') => Fit::No,
            _ => Fit::Depends,
        }
    }
}

/// The column of [`Row::fits`] for a code.
fn column(code: CptCode) -> Option<usize> {
    match (code.category(), code.section()?) {
        (CptCategory::Two, _) => Some(6),
        (CptCategory::Three, _) => Some(7),
        (_, Section::EvaluationAndManagement) => Some(0),
        // The circumstances that qualify anaesthesia are no anaesthesia themselves: they take no modifier of their own.
        (_, Section::Anesthesia) => code.as_str().starts_with('0').then_some(1),
        (_, Section::Surgery) => Some(2),
        (_, Section::Radiology) => Some(3),
        (_, Section::PathologyAndLaboratory) => Some(4),
        // Visits of the eye stand among the codes of medicine and count as visits.
        (_, Section::Medicine) => Some(if crate::em::is_eye_visit(code) { 0 } else { 5 }),
        _ => None,
    }
}

impl PartialEq for CptModifier {
    fn eq(&self, other: &Self) -> bool {
        self.0.modifier == other.0.modifier
    }
}

impl Eq for CptModifier {}

impl fmt::Display for CptModifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.modifier)
    }
}

impl fmt::Debug for CptModifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CptModifier({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sound() {
        for (row, next) in ROWS.iter().zip(ROWS.iter().skip(1)) {
            assert!(row.modifier < next.modifier, "{} {}", row.modifier, next.modifier);
        }
        for row in &ROWS {
            assert_eq!(row.modifier.parse::<Modifier>().unwrap().as_str(), row.modifier);
            assert_eq!(row.fits.len(), 8, "{}", row.modifier);
            assert!(row.fits.bytes().all(|fit| b"yn?".contains(&fit)), "{}", row.modifier);
            assert!(row.since.is_none() || CptModifier(row).since().is_some(), "{}", row.modifier);
        }
    }
}
