//! What is paid for a line, and why.

use crate::fee_schedule::ApmParticipation;
use crate::quarter::Quarter;
use superbill_core::{Money, Rate};

/// A rule that makes or changes an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Rule {
    /// Relative values times geographic indices times the conversion factor, for one unit.
    FeeScheduleAmount,
    /// So many units.
    Units,
    /// Both sides on one line.
    BothSides,
    /// The second side on a line of its own.
    SecondSide,
    /// What an endoscopy pays above the base of its family.
    EndoscopyAboveBase,
    /// Several operations on a day.
    MultipleSurgery,
    /// Further technical components of diagnostic imaging.
    ImagingTechnical,
    /// Further professional components of diagnostic imaging.
    ImagingProfessional,
    /// The practice expense of further units of therapy.
    TherapyPracticeExpense,
    /// Further technical components of cardiovascular tests.
    CardiovascularTechnical,
    /// Further technical components of ophthalmology tests.
    OphthalmologyTechnical,
    /// No more for the technical component of imaging than a hospital outpatient department is paid.
    OppsCap,
    /// The operation and the care before it (modifier 54).
    SurgicalCare,
    /// The care after discharge (modifier 55).
    PostoperativeCare,
    /// The operation alone, on return to the operating room (modifier 78).
    ReturnToOperatingRoom,
    /// Two surgeons of different specialties (modifier 62).
    CoSurgeons,
    /// An assistant at surgery (modifiers 80, 81, 82, AS).
    AssistantAtSurgery,
    /// The assistant is no physician (modifier AS).
    NonphysicianAssistant,
    /// A nurse practitioner, clinical nurse specialist or physician assistant.
    NonphysicianPractitioner,
    /// A clinical social worker, marriage and family therapist or mental health counselor.
    ClinicalSocialWorker,
    /// A certified nurse-midwife.
    NurseMidwife,
    /// A therapy assistant furnished the therapy (modifiers CQ, CO).
    TherapyAssistant,
    /// One who does not participate in Medicare.
    Nonparticipating,
    /// No more than the charge.
    Charge,
    /// The patient's share.
    Coinsurance,
    /// The reduction of Medicare's payment by sequestration.
    Sequestration,
    /// The most that one who does not participate may charge.
    LimitingCharge,
}

impl Rule {
    /// Where the rule stands.
    #[must_use]
    pub const fn citation(self) -> &'static str {
        match self {
            Self::FeeScheduleAmount => "42 CFR 414.20; record layout of the relative value file",
            Self::Units => "Medicare Claims Processing Manual, chapter 26, section 10.4, item 24G",
            Self::BothSides | Self::SecondSide => "Medicare Claims Processing Manual, chapter 12, section 40.7",
            Self::EndoscopyAboveBase | Self::MultipleSurgery => {
                "Medicare Claims Processing Manual, chapter 12, section 40.6"
            }
            Self::ImagingTechnical | Self::ImagingProfessional => {
                "42 CFR 414.40; record layout of the relative value file, multiple procedure indicator 4"
            }
            Self::TherapyPracticeExpense => "Medicare Claims Processing Manual, chapter 5, section 10.7",
            Self::CardiovascularTechnical => "record layout of the relative value file, multiple procedure indicator 6",
            Self::OphthalmologyTechnical => "record layout of the relative value file, multiple procedure indicator 7",
            Self::OppsCap => "42 USC 1395w-4(b)(4); Deficit Reduction Act of 2005, section 5102(b)",
            Self::SurgicalCare | Self::PostoperativeCare | Self::ReturnToOperatingRoom => {
                "Medicare Claims Processing Manual, chapter 12, sections 40.2 and 40.4"
            }
            Self::CoSurgeons => "Medicare Claims Processing Manual, chapter 12, section 40.8",
            Self::AssistantAtSurgery => {
                "42 USC 1395w-4(i)(2)(B); Medicare Claims Processing Manual, chapter 12, section 20.4.3"
            }
            Self::NonphysicianAssistant => "Medicare Claims Processing Manual, chapter 12, sections 110.2 and 120.1",
            Self::NonphysicianPractitioner => "42 CFR 414.52 and 414.56",
            Self::ClinicalSocialWorker => "42 USC 1395l(a)(1)(F)(ii) and (FF)",
            Self::NurseMidwife => "42 CFR 414.54",
            Self::TherapyAssistant => "42 USC 1395m(v)",
            Self::Nonparticipating | Self::LimitingCharge => "42 USC 1395w-4(a)(3) and (g)(2)",
            Self::Charge => "42 USC 1395w-4(a)(1)",
            Self::Coinsurance => "42 USC 1395l(a)(1)(N)",
            Self::Sequestration => "2 USC 901a(6); Medicare Claims Processing Manual, chapter 22",
        }
    }
}

/// A step from one amount to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Step {
    /// The rule.
    pub rule: Rule,
    /// The part of the amount, or of that part of it which the rule names, that is left; none where it is no single percentage.
    pub rate: Option<Rate>,
    /// The amount of the line before.
    pub before: Money,
    /// The amount of the line after.
    pub after: Money,
}

/// What an answer would need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Missing {
    /// A fee schedule in force on the day, for these participants.
    FeeSchedule,
    /// Geographic indices in force on the day.
    Indices,
    /// The locality.
    Locality,
    /// The locality is not among the indices.
    UnknownLocality,
    /// The release does not have the code.
    Code,
    /// A status that has no meaning here yet.
    Status,
    /// The contractor's price.
    ContractorPrice,
    /// Base units, time and the anaesthesia conversion factor.
    Anesthesia,
    /// Another fee schedule: laboratory, drugs, ambulance, equipment.
    OtherFeeSchedule,
    /// Whether the place of service was paid as a facility on the day.
    Setting,
    /// At least one unit, or one unit where both sides are on the line.
    Units,
    /// How both sides are paid: the concept does not apply to the code.
    Bilateral,
    /// Both sides of an endoscopy beside others of its family.
    BilateralEndoscopy,
    /// The contractor's decision on a reduced or discontinued service (modifiers 52, 53).
    ReducedService,
    /// The report: team surgery, or more than five operations on a day.
    Report,
    /// The components of a test that has none in the file.
    Components,
    /// The price of the base of the family of endoscopies.
    EndoscopicBase,
    /// The reduction of before 1995 (indicator 1), or one that has no meaning here yet.
    Reduction,
    /// The percentage of a rule on the day.
    Percentage,
    /// What a modifier does that changes the payment and is not computed here (CT, FX, FY).
    ModifierRule,
    /// An amount within 92 quadrillion dollars.
    Range,
}

/// Why nothing is paid for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum NotPaid {
    /// Always part of the payment for other services (status B, P).
    Bundled,
    /// Not valid for Medicare, which uses another code (status I, and the deleted D, F, G, H).
    NotValid,
    /// For reporting a measure (status M).
    Measurement,
    /// Not covered (status N).
    NotCovered,
    /// Something else of the fee schedule was billed on the day (status T).
    InjectionWithOther,
    /// The code has no such component (modifiers 26, TC).
    NoSuchComponent,
    /// The hospital is paid for the technical part and for what is incident to a service.
    HospitalPays,
    /// No assistant is paid, by statute or because there can be none.
    Assistant,
    /// No second surgeon is paid.
    CoSurgeon,
    /// No team is paid.
    Team,
    /// The care before the operation is paid with the operation (modifier 56).
    PreoperativeCare,
    /// The payment includes no days that could be shared (modifiers 54, 55).
    NoGlobalPeriod,
}

/// What must hold for the amount to be paid, that the claim does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Condition {
    /// The restricted coverage of the code (status R) is met.
    RestrictedCoverage,
    /// Documents show the need for an assistant.
    AssistantDocumentation,
    /// Documents show the need for two surgeons.
    CoSurgeonDocumentation,
    /// The surgeons are of different specialties.
    DifferentSpecialties,
    /// All days after the operation were taken over.
    AllPostoperativeDays,
    /// The service is rarely done in this setting: the contractor accepts it.
    RarelyDoneThere,
    /// The therapist does not practise independently in the hospital.
    TherapyInHospital,
    /// The contractor does not raise the price (modifier 22).
    NoIncrease,
    /// The amounts of the other procedures, which are not all known, do not change the rank.
    RankOfOthers,
}

/// What is known of the payment of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Outcome {
    /// The amount that Medicare allows.
    Allowed(Money),
    /// Nothing is paid.
    NotPaid(NotPaid),
    /// It cannot be told: this is missing.
    CannotTell(Missing),
}

/// The payment of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LinePayment {
    /// What is known.
    pub outcome: Outcome,
    /// How it came about. The first step begins at 0.00, each further one at the amount of the one before; the last ends at what is allowed.
    pub steps: Vec<Step>,
    /// What must hold besides.
    pub conditions: Vec<Condition>,
    /// The release of the fee schedule, and for whom its conversion factor is.
    pub release: Option<Release>,
}

/// The release that an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Release {
    /// Its quarter.
    pub quarter: Quarter,
    /// For whom its conversion factor is.
    pub participation: ApmParticipation,
}

#[cfg(feature = "serde")]
impl serde::Serialize for Release {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} {}", self.quarter, self.participation))
    }
}

impl LinePayment {
    /// The allowed amount, where it is known.
    #[must_use]
    pub const fn allowed(&self) -> Option<Money> {
        match self.outcome {
            Outcome::Allowed(amount) => Some(amount),
            _ => None,
        }
    }
}
