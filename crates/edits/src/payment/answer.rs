//! What is paid for a line, and why.

use crate::fee_schedule::ApmParticipation;
use crate::quarter::Quarter;
use superbill_core::{Money, Rate};

/// An enum whose values have a name in data and a meaning in few words.
macro_rules! named {
    ($(#[$doc:meta])* $enum:ident { $($variant:ident = $name:literal, $meaning:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
        #[non_exhaustive]
        pub enum $enum {
            $(#[doc = concat!("`", $name, "`: ", $meaning, ".")] $variant,)+
        }

        impl $enum {
            /// The name in data.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What it means, in few words.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                }
            }
        }
    };
}

named! {
    /// A rule that makes or changes an amount.
    Rule {
        FeeScheduleAmount = "fee_schedule_amount", "relative values times geographic indices times the conversion factor, for one unit";
        Units = "units", "so many units";
        BothSides = "both_sides", "both sides on one line";
        SecondSide = "second_side", "the second side on a line of its own";
        EndoscopyAboveBase = "endoscopy_above_base", "what an endoscopy pays above the base of its family";
        MultipleSurgery = "multiple_surgery", "several operations on a day";
        ImagingTechnical = "imaging_technical", "further technical components of diagnostic imaging";
        ImagingProfessional = "imaging_professional", "further professional components of diagnostic imaging";
        TherapyPracticeExpense = "therapy_practice_expense", "the practice expense of further units of therapy";
        CardiovascularTechnical = "cardiovascular_technical", "further technical components of cardiovascular tests";
        OphthalmologyTechnical = "ophthalmology_technical", "further technical components of ophthalmology tests";
        OppsCap = "opps_cap", "no more for the technical component of imaging than a hospital outpatient department is paid";
        SurgicalCare = "surgical_care", "the operation and the care before it (modifier 54)";
        PostoperativeCare = "postoperative_care", "the care after discharge (modifier 55)";
        ReturnToOperatingRoom = "return_to_operating_room", "the operation alone, on return to the operating room (modifier 78)";
        CoSurgeons = "co_surgeons", "two surgeons of different specialties (modifier 62)";
        AssistantAtSurgery = "assistant_at_surgery", "an assistant at surgery (modifiers 80, 81, 82, AS)";
        NonphysicianAssistant = "nonphysician_assistant", "the assistant is no physician (modifier AS)";
        NonphysicianPractitioner = "nonphysician_practitioner", "a nurse practitioner, clinical nurse specialist or physician assistant";
        ClinicalSocialWorker = "clinical_social_worker", "a clinical social worker, marriage and family therapist or mental health counselor";
        NurseMidwife = "nurse_midwife", "a certified nurse-midwife";
        TherapyAssistant = "therapy_assistant", "a therapy assistant furnished the therapy (modifiers CQ, CO)";
        Nonparticipating = "nonparticipating", "one who does not participate in Medicare";
        Charge = "charge", "no more than the charge";
        Coinsurance = "coinsurance", "the patient's share";
        Sequestration = "sequestration", "the reduction of Medicare's payment by sequestration";
        LimitingCharge = "limiting_charge", "the most that one who does not participate may charge";
    }
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
                "record layout of the relative value file, multiple procedure indicator 4"
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
            Self::Sequestration => "2 USC 901a(6)",
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

named! {
    /// What an answer would need.
    Missing {
        FeeSchedule = "fee_schedule", "a fee schedule in force on the day, for these participants";
        Indices = "indices", "geographic indices in force on the day";
        Locality = "locality", "the locality";
        UnknownLocality = "unknown_locality", "the locality is not among the indices";
        Code = "code", "the release does not have the code";
        Status = "status", "a status that has no meaning here yet";
        ContractorPrice = "contractor_price", "the contractor's price";
        Anesthesia = "anesthesia", "base units, time and the anaesthesia conversion factor";
        OtherFeeSchedule = "other_fee_schedule", "another fee schedule: laboratory, drugs, ambulance, equipment";
        Setting = "setting", "whether the place of service was paid as a facility on the day";
        Units = "units", "at least one unit, or one unit where both sides are on the line";
        Bilateral = "bilateral", "how both sides are paid: the concept does not apply to the code";
        BilateralEndoscopy = "bilateral_endoscopy", "both sides of an endoscopy beside others of its family";
        ReducedService = "reduced_service", "the contractor's decision on a reduced or discontinued service (modifiers 52, 53)";
        Report = "report", "the report: team surgery, or more than five operations on a day";
        Components = "components", "the components of a test that has none in the file";
        EndoscopicBase = "endoscopic_base", "the price of the base of the family of endoscopies";
        Reduction = "reduction", "the reduction of before 1995 (indicator 1), or one that has no meaning here yet";
        Percentage = "percentage", "the percentage of a rule on the day";
        ModifierRule = "modifier_rule", "what a modifier does that changes the payment and is not computed here (CT, FX, FY)";
        Range = "range", "an amount within 92 quadrillion dollars";
    }
}

named! {
    /// Why nothing is paid for a line.
    NotPaid {
        Bundled = "bundled", "always part of the payment for other services (status B, P)";
        NotValid = "not_valid", "not valid for Medicare, which uses another code (status I, and the deleted D, F, G, H)";
        Measurement = "measurement", "for reporting a measure (status M)";
        NotCovered = "not_covered", "not covered (status N)";
        InjectionWithOther = "injection_with_other", "something else of the fee schedule was billed on the day (status T)";
        NoSuchComponent = "no_such_component", "the code has no such component (modifiers 26, TC)";
        HospitalPays = "hospital_pays", "the hospital is paid for the technical part and for what is incident to a service";
        Assistant = "assistant", "no assistant is paid, by statute or because there can be none";
        CoSurgeon = "co_surgeon", "no second surgeon is paid";
        Team = "team", "no team is paid";
        PreoperativeCare = "preoperative_care", "the care before the operation is paid with the operation (modifier 56)";
        NoGlobalPeriod = "no_global_period", "the payment includes no days that could be shared (modifiers 54, 55)";
    }
}

named! {
    /// What must hold for the amount to be paid, that the claim does not tell.
    Condition {
        RestrictedCoverage = "restricted_coverage", "the restricted coverage of the code (status R) is met";
        AssistantDocumentation = "assistant_documentation", "documents show the need for an assistant";
        CoSurgeonDocumentation = "co_surgeon_documentation", "documents show the need for two surgeons";
        DifferentSpecialties = "different_specialties", "the surgeons are of different specialties";
        AllPostoperativeDays = "all_postoperative_days", "all days after the operation were taken over";
        RarelyDoneThere = "rarely_done_there", "the service is rarely done in this setting: the contractor accepts it";
        TherapyInHospital = "therapy_in_hospital", "the therapist does not practise independently in the hospital";
        NoIncrease = "no_increase", "the contractor does not raise the price (modifier 22)";
        RankOfOthers = "rank_of_others", "the amounts of the other procedures, which are not all known, do not change the rank";
    }
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
