//! Which release's notes hold on a date.

use super::sections::NoteSections;
use superbill_core::{Date, DateRange};

/// The release whose notes are taken for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its place among the releases, newest first.
    pub(crate) place: usize,
    /// Its first day.
    pub(crate) first: u32,
    /// The day before the next update; and the first day of the next newer release that the table has.
    last: u32,
    newer: u32,
    /// Whether it is in force on the date.
    pub(crate) certain: bool,
}

impl Choice {
    /// Its bit in a set of releases.
    pub(crate) fn bit(&self) -> u32 {
        1u32.checked_shl(self.place as u32).unwrap_or(0)
    }

    /// Its first day.
    pub(crate) fn release(&self) -> Date {
        Date::from_ccyymmdd(self.first).unwrap_or(Date::MIN)
    }

    /// The days on which it is in force.
    pub(crate) fn in_force(&self) -> DateRange {
        let first = self.release();
        let ends =
            [Date::from_ccyymmdd(self.last).ok(), Date::from_ccyymmdd(self.newer).ok().and_then(Date::yesterday)];
        let last = ends.into_iter().flatten().min();
        DateRange::new(first, last).unwrap_or(DateRange::single(first))
    }
}

impl NoteSections<'_> {
    /// The release in force on a day; else one of the same fiscal year; else the nearest older one; else the oldest.
    pub(crate) fn choose(&self, day: u32) -> Option<Choice> {
        let mut best: Option<(u8, u32, Choice)> = None;
        let mut newer = u32::MAX;
        for place in 0..self.release_count() {
            let first = self.release(place)?;
            let last = last_in_force(first);
            let certain = (first..=last).contains(&day) && day < newer;
            let older = first <= day;
            // The higher rank is taken; within one, the nearer.
            let rank = match (certain, older) {
                (true, _) => 4,
                (_, true) if fiscal_year(first) == fiscal_year(day) => 3,
                (_, false) if fiscal_year(first) == fiscal_year(day) => 2,
                (_, true) => 1,
                (_, false) => 0,
            };
            let near = if older { first } else { u32::MAX - first };
            if best.is_none_or(|(other, other_near, _)| (rank, near) > (other, other_near)) {
                best = Some((rank, near, Choice { place, first, last, newer, certain }));
            }
            newer = first;
        }
        best.map(|(.., choice)| choice)
    }
}

/// The last day before the next update of ICD-10-CM, which is on April 1 or October 1.
pub(crate) fn last_in_force(day: u32) -> u32 {
    let (year, rest) = (day / 10_000, day % 10_000);
    match rest {
        ..401 => year * 10_000 + 331,
        401..1001 => year * 10_000 + 930,
        _ => year.saturating_add(1).saturating_mul(10_000).saturating_add(331),
    }
}

/// The fiscal year of a day, October 1 to September 30, by the year in which it ends.
fn fiscal_year(day: u32) -> u32 {
    day / 10_000 + u32::from(day % 10_000 >= 1001)
}
