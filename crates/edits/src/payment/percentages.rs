//! The percentages of the payment rules with the days on which they hold. The only place where they stand.

use super::Rule;
use superbill_core::{Date, Rate};

/// A percentage of a rule from a first to a last day, both as ccyymmdd.
struct Percentage {
    rule: Rule,
    first: u32,
    last: u32,
    parts_per_million: i64,
}

const OPEN: u32 = 99991231;

const fn from(rule: Rule, first: u32, last: u32, parts_per_million: i64) -> Percentage {
    Percentage { rule, first, last, parts_per_million }
}

/// What a rule leaves of an amount. Sources stand at [`Rule::citation`]. The first days of rules older than 1995 are those of the relative
/// value file's present indicators.
const PERCENTAGES: [Percentage; 24] = [
    from(Rule::BothSides, 19950101, OPEN, 1_500_000),
    from(Rule::SecondSide, 19950101, OPEN, 500_000),
    from(Rule::MultipleSurgery, 19950101, OPEN, 500_000),
    from(Rule::ImagingTechnical, 20100701, OPEN, 500_000),
    from(Rule::ImagingProfessional, 20120101, 20161231, 750_000),
    from(Rule::ImagingProfessional, 20170101, OPEN, 950_000),
    from(Rule::TherapyPracticeExpense, 20130401, OPEN, 500_000),
    from(Rule::CardiovascularTechnical, 20130101, OPEN, 750_000),
    from(Rule::OphthalmologyTechnical, 20130101, OPEN, 800_000),
    from(Rule::AssistantAtSurgery, 19950101, OPEN, 160_000),
    from(Rule::NonphysicianAssistant, 19980101, OPEN, 850_000),
    from(Rule::CoSurgeons, 19950101, OPEN, 625_000),
    from(Rule::NonphysicianPractitioner, 19980101, OPEN, 850_000),
    from(Rule::ClinicalSocialWorker, 19980101, OPEN, 750_000),
    from(Rule::NurseMidwife, 19920101, 20101231, 650_000),
    from(Rule::NurseMidwife, 20110101, OPEN, 1_000_000),
    from(Rule::TherapyAssistant, 20220101, OPEN, 850_000),
    from(Rule::Nonparticipating, 19920101, OPEN, 950_000),
    from(Rule::Coinsurance, 19660701, OPEN, 200_000),
    from(Rule::Sequestration, 20130401, 20200430, 20_000),
    from(Rule::Sequestration, 20200501, 20220331, 0),
    from(Rule::Sequestration, 20220401, 20220630, 10_000),
    from(Rule::Sequestration, 20220701, 20320930, 20_000),
    from(Rule::LimitingCharge, 19930101, OPEN, 1_150_000),
];

/// Which percentage of a rule holds on a day; `None` where none is known.
pub(crate) fn percentage(rule: Rule, date: Date) -> Option<Rate> {
    let day = date.ccyymmdd();
    let found = PERCENTAGES.iter().find(|entry| entry.rule == rule && entry.first <= day && day <= entry.last)?;
    Some(Rate::from_parts_per_million(found.parts_per_million))
}

/// The most procedures that are ranked; those after are paid by report.
pub(crate) const RANKED: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_holds_from_its_first_day_to_its_last() {
        for (rule, on, percent) in [
            (Rule::ImagingProfessional, "2011-12-31", None),
            (Rule::ImagingProfessional, "2012-01-01", Some(75)),
            (Rule::ImagingProfessional, "2016-12-31", Some(75)),
            (Rule::ImagingProfessional, "2017-01-01", Some(95)),
            (Rule::Sequestration, "2013-03-31", None),
            (Rule::Sequestration, "2020-04-30", Some(2)),
            (Rule::Sequestration, "2020-05-01", Some(0)),
            (Rule::Sequestration, "2022-03-31", Some(0)),
            (Rule::Sequestration, "2022-04-01", Some(1)),
            (Rule::Sequestration, "2022-07-01", Some(2)),
            (Rule::Sequestration, "2032-10-01", None),
            (Rule::TherapyPracticeExpense, "2013-03-31", None),
            (Rule::TherapyPracticeExpense, "2013-04-01", Some(50)),
        ] {
            assert_eq!(percentage(rule, on.parse().unwrap()), percent.map(Rate::from_percent), "{rule:?} on {on}");
        }
    }

    #[test]
    fn no_day_has_two_percentages() {
        for (at, one) in PERCENTAGES.iter().enumerate() {
            assert!(one.first <= one.last);
            for other in &PERCENTAGES[at + 1..] {
                assert!(one.rule != other.rule || one.last < other.first || other.last < one.first, "{:?}", one.rule);
            }
        }
    }
}
