//! The first element: number and complexity of the problems that were addressed.

use super::codes::OTHERS_SINCE;
use super::level::{Element, MdmLevel, NotCounted, count};
use super::setting::Setting;

/// A problem that was addressed at the visit. The words are ours; the guidelines say what each is.
///
/// Source: CPT, Evaluation and Management guidelines, number and complexity of problems addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Problem {
    /// Runs its course and leaves nothing behind.
    SelfLimited,
    /// Lasting, and at its goal of treatment.
    StableChronic,
    /// New, of short course and low risk; recovery without harm is expected.
    AcuteUncomplicated,
    /// New, treated and not yet over. From 2023.
    StableAcute,
    /// As [`Problem::AcuteUncomplicated`], in a patient who must be in hospital for it. From 2023.
    AcuteUncomplicatedInHospital,
    /// Lasting and getting worse, not controlled, or with harm from its treatment.
    ChronicNotAtGoal,
    /// New, and may turn out to be grave.
    NewUncertain,
    /// New, with signs in the whole body.
    AcuteSystemic,
    /// An injury beyond the injured part, extensive, or with a risk of harm from treatment.
    ComplicatedInjury,
    /// Lasting, and so much worse that hospital care may be needed.
    ChronicSevere,
    /// New or lasting, and a threat to life or to a function of the body.
    Threat,
    /// Several conditions that need close management, at the first visit in a nursing facility by the physician in charge. From 2023.
    MultipleIntensive,
}

impl Problem {
    /// All, in the order of this type.
    pub const ALL: [Self; 12] = [
        Self::SelfLimited,
        Self::StableChronic,
        Self::AcuteUncomplicated,
        Self::StableAcute,
        Self::AcuteUncomplicatedInHospital,
        Self::ChronicNotAtGoal,
        Self::NewUncertain,
        Self::AcuteSystemic,
        Self::ComplicatedInjury,
        Self::ChronicSevere,
        Self::Threat,
        Self::MultipleIntensive,
    ];

    /// The name in data, as `stable_chronic`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfLimited => "self_limited",
            Self::StableChronic => "stable_chronic",
            Self::AcuteUncomplicated => "acute_uncomplicated",
            Self::StableAcute => "stable_acute",
            Self::AcuteUncomplicatedInHospital => "acute_uncomplicated_in_hospital",
            Self::ChronicNotAtGoal => "chronic_not_at_goal",
            Self::NewUncertain => "new_uncertain",
            Self::AcuteSystemic => "acute_systemic",
            Self::ComplicatedInjury => "complicated_injury",
            Self::ChronicSevere => "chronic_severe",
            Self::Threat => "threat",
            Self::MultipleIntensive => "multiple_intensive",
        }
    }

    /// What one of it makes, and what two of it make.
    fn levels(self) -> (MdmLevel, MdmLevel) {
        use MdmLevel::{High, Low, Moderate, Straightforward};
        match self {
            Self::SelfLimited => (Straightforward, Low),
            Self::StableChronic => (Low, Moderate),
            Self::AcuteUncomplicated | Self::StableAcute | Self::AcuteUncomplicatedInHospital => (Low, Low),
            Self::ChronicNotAtGoal | Self::NewUncertain | Self::AcuteSystemic | Self::ComplicatedInjury => {
                (Moderate, Moderate)
            }
            Self::ChronicSevere | Self::Threat | Self::MultipleIntensive => (High, High),
        }
    }

    /// Why it does not count on a day in a setting.
    fn refused(self, on: u32, setting: Setting) -> Option<&'static str> {
        match self {
            Self::StableAcute | Self::AcuteUncomplicatedInHospital if on < OTHERS_SINCE => {
                Some("the guidelines have it from 2023-01-01")
            }
            Self::MultipleIntensive if !matches!(setting, Setting::NursingInitial { physician_in_charge: true }) => {
                Some("it counts at the first visit in a nursing facility by the physician in charge alone")
            }
            _ => None,
        }
    }
}

/// The element of some problems.
pub(super) fn element(problems: &[Problem], on: u32, setting: Setting) -> Element {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    let mut level = None;
    for (at, problem) in problems.iter().enumerate() {
        if let Some(why) = problem.refused(on, setting) {
            not_counted.push(NotCounted { what: problem.name(), why });
            continue;
        }
        count(&mut counted, problem.name());
        let again = problems.iter().take(at).any(|before| before == problem);
        let (one, two) = problem.levels();
        level = level.max(Some(if again { two } else { one }));
    }
    let why = match level {
        None => "no problem that counts was addressed",
        Some(MdmLevel::Straightforward) => "one problem that runs its course",
        Some(MdmLevel::Low) => "a stable or uncomplicated problem, or two that run their course",
        Some(MdmLevel::Moderate) => {
            "two stable lasting problems, or one that is worse, uncertain, systemic or complicated"
        }
        Some(MdmLevel::High) => "a problem that is severe, a threat, or many at once that need close management",
    };
    Element { level, counted, not_counted, why }
}
