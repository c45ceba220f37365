//! Levels of medical decision making.

/// The level of medical decision making, or of one of its three elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum MdmLevel {
    /// Straightforward; of problems and data: minimal.
    Straightforward,
    /// Low; of data: limited.
    Low,
    /// Moderate.
    Moderate,
    /// High; of data: extensive.
    High,
}

impl MdmLevel {
    /// All, lowest first.
    pub const ALL: [Self; 4] = [Self::Straightforward, Self::Low, Self::Moderate, Self::High];

    /// The name in data: `straightforward`, `low`, `moderate`, `high`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Straightforward => "straightforward",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

/// The level that two of three elements meet or exceed: the middle one. An element with nothing to count is below all.
///
/// Source: CPT, Evaluation and Management guidelines (2021, 2023), selecting a level by medical decision making.
#[must_use]
pub fn two_of_three(problems: Option<MdmLevel>, data: Option<MdmLevel>, risk: Option<MdmLevel>) -> Option<MdmLevel> {
    problems.min(data).max(problems.max(data).min(risk))
}

/// What one element came to, and from what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Element {
    /// Its level; `None` where nothing counts.
    pub level: Option<MdmLevel>,
    /// What was counted, with how often.
    pub counted: Vec<Counted>,
    /// What was given and not counted, with the reason.
    pub not_counted: Vec<NotCounted>,
    /// Why it is this level.
    pub why: &'static str,
}

/// Something that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Counted {
    /// What, in data: the name of a kind.
    pub what: &'static str,
    /// How often.
    pub times: u32,
}

/// Something that was given and not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct NotCounted {
    /// What, in data: the name of a kind.
    pub what: &'static str,
    /// Why not.
    pub why: &'static str,
}

/// Adds one to what is counted under a name.
pub(super) fn count(counted: &mut Vec<Counted>, what: &'static str) {
    match counted.iter_mut().find(|known| known.what == what) {
        Some(known) => known.times = known.times.saturating_add(1),
        None => counted.push(Counted { what, times: 1 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_three_is_the_median() {
        let levels = || [None].into_iter().chain(MdmLevel::ALL.map(Some));
        for (one, other, third) in levels().flat_map(|a| levels().flat_map(move |b| levels().map(move |c| (a, b, c)))) {
            let mut sorted = [one, other, third];
            sorted.sort();
            assert_eq!(two_of_three(one, other, third), sorted[1], "{sorted:?}");
        }
    }
}
