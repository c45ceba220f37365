//! The level of evaluation and management: from medical decision making or from total time, by the rules of the date.

mod answer;
mod codes;
mod data;
mod level;
mod patient;
mod problems;
mod prolonged;
mod risk;
mod setting;

pub use answer::{Basis, DecisionMaking, EmAnswer, EmLevel, EmUnknown, TotalTime};
pub(crate) use codes::is_eye_visit;
pub use data::DataItem;
pub use level::{Counted, Element, MdmLevel, NotCounted, two_of_three};
pub use patient::{EarlierService, Practitioner, patient_status};
pub use problems::Problem;
pub use prolonged::{Prolonged, ProlongedRule};
pub use risk::Risk;
pub use setting::{PatientStatus, Setting};

use crate::code::CptCode;
use codes::{Family, LEAST_TIMES_SINCE, OTHERS_SINCE, Step, family};
use superbill_core::Date;

/// A visit, as far as its level asks. Fill in what the record has; what is left empty counts for nothing.
///
/// ```
/// use superbill_cpt::em::{Basis, EmVisit, MdmLevel, PatientStatus, Problem, Risk, Setting};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut visit = EmVisit::new("2026-03-02".parse()?, Setting::Office(PatientStatus::Established));
/// visit.problems = vec![Problem::StableChronic, Problem::StableChronic];
/// visit.risks = vec![Risk::PrescriptionDrug];
/// visit.minutes = Some(21);
/// let answer = visit.answer();
/// let level = answer.level().ok_or("a level")?;
/// assert_eq!((level.level, level.basis), (Some(MdmLevel::Moderate), Basis::DecisionMaking));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct EmVisit {
    /// The date of the visit.
    pub on: Date,
    /// Where it took place.
    pub setting: Setting,
    /// The problems that were addressed, each as often as there are such.
    #[cfg_attr(feature = "serde", serde(default))]
    pub problems: Vec<Problem>,
    /// The work on data.
    #[cfg_attr(feature = "serde", serde(default))]
    pub data: Vec<DataItem>,
    /// The decisions that carry risk.
    #[cfg_attr(feature = "serde", serde(default))]
    pub risks: Vec<Risk>,
    /// Minutes that the practitioner spent on the date of the visit, face to face or not. Time of clinical staff and of services reported apart does
    /// not count.
    #[cfg_attr(feature = "serde", serde(default))]
    pub minutes: Option<u32>,
    /// Minutes on all the days that Medicare counts for its prolonged services, the date of the visit included ([`Prolonged::days_before`]).
    #[cfg_attr(feature = "serde", serde(default))]
    pub medicare_minutes: Option<u32>,
    /// Whether clinical staff alone saw the patient.
    #[cfg_attr(feature = "serde", serde(default))]
    pub clinical_staff_only: bool,
}

impl EmVisit {
    /// A visit of which nothing is known but date and setting.
    #[must_use]
    pub fn new(on: Date, setting: Setting) -> Self {
        Self {
            on,
            setting,
            problems: Vec::new(),
            data: Vec::new(),
            risks: Vec::new(),
            minutes: None,
            medicare_minutes: None,
            clinical_staff_only: false,
        }
    }

    /// The level by the rules of the date: the higher of what decision making and time give, with what was counted for both.
    ///
    /// Source: CPT, Evaluation and Management guidelines, editions 2021 (office), 2023 (the other settings), 2024 (least times); Medicare
    /// follows them (MLN006764; Medicare Claims Processing Manual, chapter 12, section 30.6).
    #[must_use]
    pub fn answer(&self) -> EmAnswer {
        let on = self.on.ccyymmdd();
        let family = match family(self.setting, on) {
            Ok(family) => family,
            Err(since) => {
                // INVARIANT: the first days of rules are dates.
                let since = Date::from_ccyymmdd(since).unwrap_or(self.on);
                return EmAnswer::CannotTell(EmUnknown::BeforeRules { since });
            }
        };
        if self.clinical_staff_only {
            return self.by_staff(family);
        }
        let decision_making = if self.setting.is_discharge() { None } else { self.decision_making(family, on) };
        let time = self.minutes.filter(|_| family.is_timed()).map(|minutes| family.total_time(minutes));
        let by_mdm = decision_making.as_ref().and_then(|mdm| family.place_of(mdm.level?));
        let by_time = self.minutes.and_then(|minutes| family.place_at(minutes));
        let (place, basis) = match (by_mdm, by_time) {
            (None, None) => return EmAnswer::CannotTell(self.unknown(family)),
            (Some(mdm), None) => (mdm, Basis::DecisionMaking),
            (None, Some(time)) => (time, Basis::Time),
            (Some(mdm), Some(time)) if mdm == time => (mdm, Basis::Either),
            (Some(mdm), Some(time)) if mdm > time => (mdm, Basis::DecisionMaking),
            (Some(_), Some(time)) => (time, Basis::Time),
        };
        let Some((step, code)) = family.steps.get(place).and_then(|step| Some((step, code(step)?))) else {
            return EmAnswer::CannotTell(EmUnknown::NothingToCount);
        };
        let highest = by_time.is_some_and(|time| time + 1 == family.steps.len());
        let prolonged = match self.minutes {
            Some(minutes) if highest => prolonged::prolonged(family, minutes, self.medicare_minutes),
            _ => Vec::new(),
        };
        EmAnswer::Level(Box::new(EmLevel {
            code,
            level: (!self.setting.is_discharge()).then_some(step.level),
            basis,
            notes: self.notes(family, !prolonged.is_empty() && basis == Basis::Either),
            citations: self.citations(on, !prolonged.is_empty()),
            decision_making,
            time,
            prolonged,
        }))
    }

    fn by_staff(&self, family: &Family) -> EmAnswer {
        match family.staff.and_then(|text| CptCode::parse(text).ok()) {
            None => EmAnswer::CannotTell(EmUnknown::NotByStaff),
            Some(code) => EmAnswer::Level(Box::new(EmLevel {
                code,
                level: None,
                basis: Basis::ClinicalStaff,
                decision_making: None,
                time: None,
                prolonged: Vec::new(),
                notes: Vec::new(),
                citations: self.citations(self.on.ccyymmdd(), false),
            })),
        }
    }

    fn decision_making(&self, family: &Family, on: u32) -> Option<DecisionMaking> {
        if self.problems.is_empty() && self.data.is_empty() && self.risks.is_empty() {
            return None;
        }
        let problems = problems::element(&self.problems, on, self.setting);
        let data = data::element(&self.data);
        let risk = risk::element(&self.risks, on);
        let level = two_of_three(problems.level, data.level, risk.level);
        let step = level.and_then(|level| family.steps.get(family.place_of(level)?));
        Some(DecisionMaking { level, code: step.and_then(code), problems, data, risk })
    }

    fn unknown(&self, family: &Family) -> EmUnknown {
        let least = family.steps.first().and_then(|step| step.minutes);
        match (self.minutes, least) {
            (Some(_), None) => EmUnknown::NoTimeBasis,
            (Some(_), Some(least)) => EmUnknown::TooFewMinutes { least },
            (None, _) if self.setting.is_discharge() => EmUnknown::NoMinutes,
            (None, _) => EmUnknown::NothingToCount,
        }
    }

    fn notes(&self, family: &Family, prolonged_by_time: bool) -> Vec<&'static str> {
        let mut notes = Vec::new();
        if self.minutes.is_some() && !family.is_timed() {
            notes.push("the minutes were left out: time is no basis in the emergency department");
        }
        if prolonged_by_time {
            notes.push("a prolonged service asks that time is the basis of the visit");
        }
        if self.setting.is_consultation() {
            notes.push("Medicare does not pay consultations (since 2010): it takes a visit of the place instead");
        }
        if self.setting == Setting::HospitalSameDay {
            notes.push("Medicare takes admission and discharge on one date from a stay of eight hours on; a shorter one is a first visit alone");
        }
        notes
    }

    fn citations(&self, on: u32, prolonged: bool) -> Vec<&'static str> {
        let mut citations = vec![match on {
            ..OTHERS_SINCE => "CPT 2021, Evaluation and Management guidelines: office or other outpatient services",
            OTHERS_SINCE..LEAST_TIMES_SINCE => "CPT 2023, Evaluation and Management guidelines",
            LEAST_TIMES_SINCE.. => "CPT 2024, Evaluation and Management guidelines (least times)",
        }];
        citations.push(match on {
            ..OTHERS_SINCE => "CY 2021 Medicare physician fee schedule final rule, 85 FR 84472",
            _ => "CY 2023 Medicare physician fee schedule final rule, 87 FR 69404, corrected 88 FR 15918",
        });
        if prolonged {
            citations
                .push("Medicare Claims Processing Manual (100-04), chapter 12, section 30.6.15: prolonged services");
        }
        citations.push("Medicare Claims Processing Manual (100-04), chapter 12, section 30.6");
        citations
    }
}

fn code(step: &Step) -> Option<CptCode> {
    CptCode::parse(step.code).ok()
}

impl Family {
    fn is_timed(&self) -> bool {
        self.steps.iter().any(|step| step.minutes.is_some())
    }

    /// The place of the lowest level that stands for this decision making.
    fn place_of(&self, level: MdmLevel) -> Option<usize> {
        self.steps.iter().position(|step| level <= step.level)
    }

    /// The place of the highest level whose least time is reached.
    fn place_at(&self, minutes: u32) -> Option<usize> {
        self.steps.iter().rposition(|step| step.minutes.is_some_and(|least| least <= minutes))
    }

    fn total_time(&self, minutes: u32) -> TotalTime {
        let place = self.place_at(minutes);
        let step = place.and_then(|place| self.steps.get(place));
        let next = self.steps.get(place.map_or(0, |place| place + 1));
        TotalTime {
            minutes,
            code: step.and_then(code),
            least: step.and_then(|step| step.minutes),
            next: next.and_then(|step| step.minutes),
        }
    }
}
