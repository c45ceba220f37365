//! Whether the units of a day are more than is likely.

use crate::mue::{Mue, MueAdjudication};
use crate::releases::{InForce, Releases};
use crate::service_code::ServiceCode;
use superbill_core::{Date, DateRange, Modifier};

/// A service line as the edits see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ServiceLine {
    /// The code.
    pub code: ServiceCode,
    /// Its modifiers.
    pub modifiers: [Option<Modifier>; 4],
    /// Units as billed, whole. A bilateral service with modifier 50 is one unit.
    pub units: u32,
    /// The day, or the span from the first to the last. A span without an end is taken for its first day.
    pub days: DateRange,
}

impl ServiceLine {
    /// A line of one day without modifiers.
    #[must_use]
    pub const fn new(code: ServiceCode, units: u32, day: Date) -> Self {
        Self { code, modifiers: [None; 4], units, days: DateRange::single(day) }
    }

    /// The same line over other days.
    #[must_use]
    pub const fn over(mut self, days: DateRange) -> Self {
        self.days = days;
        self
    }

    /// The same line with other modifiers.
    #[must_use]
    pub const fn with(mut self, modifiers: [Option<Modifier>; 4]) -> Self {
        self.modifiers = modifiers;
        self
    }

    /// Whether the line has a modifier.
    #[must_use]
    pub fn has(&self, modifier: &str) -> bool {
        self.modifiers.iter().flatten().any(|one| one.as_str() == modifier)
    }

    /// The units of one day of the line: those of a span are divided by its days and rounded to the nearest whole number, a half upward. `None`
    /// where the line is not of the day.
    ///
    /// Source: National Correct Coding Initiative Policy Manual, chapter I, section V.
    #[must_use]
    pub fn units_on(&self, day: Date) -> Option<u32> {
        if self.days.last() == Some(self.days.first()) {
            return (self.days.first() == day).then_some(self.units);
        }
        let Some(days) = self.days.days().filter(|_| self.days.contains(day)) else {
            return (self.days.is_open() && self.days.first() == day).then_some(self.units);
        };
        let (units, days) = (u64::from(self.units), u64::from(days));
        u32::try_from((2 * units + days).checked_div(2 * days)?).ok()
    }
}

/// Whether the units of a code on a day are more than is likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum UnitsAnswer {
    /// They are not.
    Within(UnitsCount),
    /// They are.
    Exceeds(UnitsCount),
    /// The table has no value for the code. It may have one that is not published.
    NotListed,
    /// No table that is loaded is in force on the day.
    CannotTell,
}

/// Units, and what they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnitsCount {
    /// The code.
    pub code: ServiceCode,
    /// The day.
    pub day: Date,
    /// Most units.
    pub value: u32,
    /// What is compared with the value.
    pub compares: MueAdjudication,
    /// The sum of the day, or, where each line counts alone, the units of the largest line.
    pub units: u64,
    /// Lines of the code on the day.
    pub lines: usize,
    /// Lines that are denied, with all their units.
    pub denied_lines: usize,
    /// One line has modifier RT and another LT, and none has 50. A bilateral service is one line with modifier 50 and one unit where the bilateral
    /// indicator of the fee schedule is 1: two lines may exceed the value where one does not.
    ///
    /// Source: MLN Matters SE1422.
    pub two_sides: bool,
}

/// What follows for denied lines. Whichever it is, the patient does not owe them, with or without a notice.
///
/// Source: National Correct Coding Initiative Policy Manual, chapter I, section V.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum UnitsConsequence {
    /// All units of each line above the value are denied. Units on lines of their own, with a modifier that says why, count apart; more may be
    /// paid on review, with records.
    LineDenied,
    /// All units of the day are denied, and a contractor cannot pay more on review: correct the units.
    DayDenied,
    /// All units of the day are denied. More may be paid on review, with records.
    DayDeniedReviewable,
}

impl UnitsCount {
    /// What follows where the units exceed the value.
    #[must_use]
    pub const fn consequence(&self) -> UnitsConsequence {
        match self.compares {
            MueAdjudication::Line => UnitsConsequence::LineDenied,
            MueAdjudication::DayPolicy => UnitsConsequence::DayDenied,
            MueAdjudication::DayClinical => UnitsConsequence::DayDeniedReviewable,
        }
    }

    /// Whether this line is denied: alone by its own units, or with all lines of the code and day.
    #[must_use]
    pub fn denies(&self, line: &ServiceLine) -> bool {
        let units = if line.code == self.code { line.units_on(self.day) } else { None };
        match self.compares {
            MueAdjudication::Line => units > Some(self.value),
            _ => units.is_some() && self.exceeds(),
        }
    }

    fn exceeds(&self) -> bool {
        self.units > u64::from(self.value)
    }
}

impl Mue<'_> {
    /// Compares the units of a code on a day with its value.
    ///
    /// The lines are those of one patient and one provider, of all his claims that have the day; lines of other codes and days do not count. Units
    /// count as they are billed: modifier 50 adds none.
    ///
    /// Source: National Correct Coding Initiative Policy Manual, chapter I, section V.
    #[must_use]
    pub fn units<'l>(
        &self,
        code: ServiceCode,
        day: Date,
        lines: impl IntoIterator<Item = &'l ServiceLine>,
    ) -> UnitsAnswer {
        if !self.in_force().contains(day) {
            return UnitsAnswer::CannotTell;
        }
        let Some(edit) = self.edit(code) else {
            return UnitsAnswer::NotListed;
        };
        let mut count = UnitsCount {
            code,
            day,
            value: edit.value,
            compares: edit.compares(),
            units: 0,
            lines: 0,
            denied_lines: 0,
            two_sides: false,
        };
        let (mut right, mut left, mut both) = (false, false, false);
        for line in lines {
            let Some(units) = line.units_on(day).filter(|_| line.code == code) else { continue };
            let units = u64::from(units);
            count.lines += 1;
            count.denied_lines +=
                usize::from(count.compares == MueAdjudication::Line && units > u64::from(count.value));
            count.units = match count.compares {
                MueAdjudication::Line => count.units.max(units),
                _ => count.units.saturating_add(units),
            };
            right |= line.has("RT");
            left |= line.has("LT");
            both |= line.has("50");
        }
        count.two_sides = right && left && !both;
        if !count.exceeds() {
            return UnitsAnswer::Within(count);
        }
        if count.compares != MueAdjudication::Line {
            count.denied_lines = count.lines;
        }
        UnitsAnswer::Exceeds(count)
    }
}

impl Releases<Mue<'_>> {
    /// Compares the units of a code on a day with its value in the table that is in force then. The tables are of one program and one kind of
    /// services.
    #[must_use]
    pub fn units<'l>(
        &self,
        code: ServiceCode,
        day: Date,
        lines: impl IntoIterator<Item = &'l ServiceLine>,
    ) -> UnitsAnswer {
        self.on(day).map_or(UnitsAnswer::CannotTell, |mue| mue.units(code, day, lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_a_span_are_shared_by_its_days() {
        let code = ServiceCode::parse("A0001").unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let first = day("2026-07-30");
        for (units, last, on, expected) in [
            (7, "2026-07-30", "2026-07-30", Some(7)),
            (10, "2026-08-02", "2026-08-01", Some(3)),
            (9, "2026-08-02", "2026-08-01", Some(2)),
            (1, "2026-08-01", "2026-07-30", Some(0)),
            (3, "2026-07-31", "2026-07-31", Some(2)),
            (u32::MAX, "2026-07-30", "2026-07-30", Some(u32::MAX)),
            (7, "2026-08-02", "2026-07-29", None),
            (7, "2026-08-02", "2026-08-03", None),
        ] {
            let line = ServiceLine::new(code, units, first).over(DateRange::new(first, Some(day(last))).unwrap());
            assert_eq!(line.units_on(day(on)), expected, "{units} until {last} on {on}");
        }
        let open = ServiceLine::new(code, 4, first).over(DateRange::from(first));
        assert_eq!((open.units_on(first), open.units_on(day("2026-07-31"))), (Some(4), None));
    }
}
