//! The answer: the number, on which ground, and what was counted.

use super::level::{Element, MdmLevel};
use super::prolonged::Prolonged;
use crate::code::CptCode;
use core::fmt;
use superbill_core::Date;

/// What a visit comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EmAnswer {
    /// A level.
    Level(Box<EmLevel>),
    /// None can be told.
    CannotTell(EmUnknown),
}

impl EmAnswer {
    /// The level, if there is one.
    #[must_use]
    pub fn level(&self) -> Option<&EmLevel> {
        match self {
            Self::Level(level) => Some(level),
            Self::CannotTell(_) => None,
        }
    }

    /// The number, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<CptCode> {
        self.level().map(|level| level.code)
    }
}

/// A level of evaluation and management.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EmLevel {
    /// The number.
    pub code: CptCode,
    /// The most complex decision making that the number stands for; `None` for discharge and for clinical staff.
    pub level: Option<MdmLevel>,
    /// The ground that gives the number.
    pub basis: Basis,
    /// What medical decision making comes to; `None` where none was given or the setting does not ask for it.
    pub decision_making: Option<DecisionMaking>,
    /// What the time comes to; `None` where none was given or it is no basis.
    pub time: Option<TotalTime>,
    /// Prolonged services that may stand beside the number, by CPT and by Medicare, where time gives it.
    pub prolonged: Vec<Prolonged>,
    /// What else is to be known.
    pub notes: Vec<&'static str>,
    /// The rules that were applied, with their edition.
    pub citations: Vec<&'static str>,
}

/// On which ground a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Basis {
    /// Medical decision making gives the higher level, or is the only ground.
    DecisionMaking,
    /// Time gives the higher level, or is the only ground.
    Time,
    /// Both give the same.
    Either,
    /// Clinical staff saw the patient; neither is asked for.
    ClinicalStaff,
}

impl Basis {
    /// The name in data: `decision_making`, `time`, `either`, `clinical_staff`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DecisionMaking => "decision_making",
            Self::Time => "time",
            Self::Either => "either",
            Self::ClinicalStaff => "clinical_staff",
        }
    }
}

/// What medical decision making comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct DecisionMaking {
    /// The level that two of three elements reach; `None` where two have nothing to count.
    pub level: Option<MdmLevel>,
    /// The number of that level.
    pub code: Option<CptCode>,
    /// Number and complexity of problems.
    pub problems: Element,
    /// Amount and complexity of data.
    pub data: Element,
    /// Risk.
    pub risk: Element,
}

/// What the time comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TotalTime {
    /// Minutes of the practitioner on the date of the visit.
    pub minutes: u32,
    /// The number whose least time they reach; `None` where they reach none.
    pub code: Option<CptCode>,
    /// The least minutes of that number.
    pub least: Option<u32>,
    /// The least minutes of the next higher one; `None` at the highest.
    pub next: Option<u32>,
}

/// Why no level can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum EmUnknown {
    /// The date is before the rules that this crate knows for the setting.
    BeforeRules {
        /// Their first day.
        since: Date,
    },
    /// Neither problems, data and risk nor time give a level.
    NothingToCount,
    /// Time alone was given, in a setting where it is no basis.
    NoTimeBasis,
    /// Fewer minutes than the lowest level asks, and decision making gives none.
    TooFewMinutes {
        /// What the lowest level asks.
        least: u32,
    },
    /// Time alone decides here, and none was given.
    NoMinutes,
    /// Clinical staff alone cannot give this service.
    NotByStaff,
}

impl fmt::Display for EmUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeRules { since } => {
                write!(
                    f,
                    "levels of this setting go by decision making or total time from {since}; the rules before are not known here"
                )
            }
            Self::NothingToCount => f.write_str("neither two of problems, data and risk nor minutes are given"),
            Self::NoTimeBasis => {
                f.write_str("time is no basis in the emergency department: give problems, data and risk")
            }
            Self::TooFewMinutes { least } => {
                write!(f, "the lowest level asks {least} minutes, and decision making gives none")
            }
            Self::NoMinutes => f.write_str("a day of discharge goes by time alone: give the minutes"),
            Self::NotByStaff => {
                f.write_str("a service in this setting is a practitioner's: clinical staff alone cannot give it")
            }
        }
    }
}
