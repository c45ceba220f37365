//! Several units of therapy on a day: all but the one with the highest practice expense are paid a part of theirs.
//!
//! Source: Medicare Claims Processing Manual, chapter 5, section 10.7.

use super::answer::{Missing, Rule};
use super::day::Day;
use super::open_line::OpenLine;
use super::percentages::percentage;
use crate::fee_schedule::MultipleProcedure;
use core::cmp::Reverse;
use superbill_core::Money;

/// Reduces the lines of therapy.
pub(crate) fn reduce(lines: &mut [Option<OpenLine<'_>>], day: &Day<'_>) {
    let is_therapy = |line: &&OpenLine<'_>| {
        line.row.multiple_procedure() == MultipleProcedure::Therapy && line.closed.is_none() && line.procedures > 0
    };
    let units: u64 = lines.iter().flatten().filter(is_therapy).map(|line| u64::from(line.procedures)).sum();
    if units < 2 {
        return;
    }
    let practice = |line: &OpenLine<'_>| line.row.practice_expense(line.facility);
    let open =
        lines.iter().enumerate().filter_map(|(at, line)| line.as_ref().filter(is_therapy).map(|line| (at, line)));
    let full = open.min_by_key(|(_, line)| (Reverse(practice(line)), line.tie())).map(|(at, _)| at);
    for (at, line) in lines.iter_mut().enumerate() {
        let Some(line) = line.as_mut().filter(|line| is_therapy(&&**line)) else { continue };
        let reduced = i64::from(line.procedures) - i64::from(full == Some(at));
        let Some(rate) = percentage(Rule::TherapyPracticeExpense, day.date) else {
            line.cannot(Missing::Percentage);
            continue;
        };
        if reduced == 0 {
            continue;
        }
        let less = || -> Option<Money> {
            let part = line.row.amount_with_practice(rate, line.facility, &day.locality)?;
            line.unit.try_sub(part).ok()?.try_mul(reduced).ok()
        };
        let after = less().and_then(|less| line.amount.try_sub(less).ok());
        line.step_or_range(Rule::TherapyPracticeExpense, Some(rate), after);
    }
}
