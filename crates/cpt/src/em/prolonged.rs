//! Prolonged services added to the highest level of a family.

use super::codes::{Family, Threshold};

/// Whose rule a prolonged service goes by. They differ in numbers, minutes and the days that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ProlongedRule {
    /// CPT.
    Cpt,
    /// Medicare, with its own G codes.
    Medicare,
}

impl ProlongedRule {
    /// The name in data: `cpt`, `medicare`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpt => "cpt",
            Self::Medicare => "medicare",
        }
    }
}

/// A prolonged service that may be reported beside the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Prolonged {
    /// Whose rule.
    pub rule: ProlongedRule,
    /// Its number: of CPT or of HCPCS Level II.
    pub code: &'static str,
    /// Units of 15 complete minutes.
    pub units: u32,
    /// Minutes that were counted.
    pub minutes: u32,
    /// Minutes at which the first unit is complete.
    pub threshold: u32,
    /// Days before the date of the visit whose minutes count.
    pub days_before: u8,
    /// Days after it.
    pub days_after: u8,
}

/// Minutes of a unit; only whole ones count.
const UNIT: u32 = 15;

/// What may be added to the highest level, by time. `window` is the time on all the days that Medicare counts, where it is known.
pub(super) fn prolonged(family: &Family, minutes: u32, window: Option<u32>) -> Vec<Prolonged> {
    let one = |threshold: &Threshold| {
        let (days_before, days_after) = threshold.days;
        let counted = match window {
            Some(window) if threshold.days != (0, 0) => window.max(minutes),
            _ => minutes,
        };
        let beyond = counted.checked_sub(threshold.minutes)?;
        Some(Prolonged {
            rule: threshold.rule,
            code: threshold.code,
            units: beyond / UNIT + 1,
            minutes: counted,
            threshold: threshold.minutes,
            days_before,
            days_after,
        })
    };
    family.prolonged.iter().filter_map(one).collect()
}
