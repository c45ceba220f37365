//! Several operations on a day: families of endoscopies, then ranks.
//!
//! Source: Medicare Claims Processing Manual, chapter 12, section 40.6.

use super::answer::{Missing, Rule};
use super::day::Day;
use super::open_line::OpenLine;
use super::percentages::{RANKED, percentage};
use crate::fee_schedule::MultipleProcedure;
use crate::service_code::ServiceCode;
use core::cmp::Reverse;
use std::collections::BTreeMap;
use superbill_core::{Money, Rate, Rounding};

/// A procedure: what lines it stands on, with the amount of each. Two lines are the two sides.
#[derive(Debug)]
struct Procedure {
    code: ServiceCode,
    parts: Vec<(usize, Money)>,
    both_sides: bool,
}

impl Procedure {
    fn total(&self) -> Money {
        // INVARIANT: fee schedule amounts are far below the largest amount; a sum beyond it ranks as that.
        Money::try_sum(self.parts.iter().map(|(_, amount)| *amount)).unwrap_or(Money::from_cents(i64::MAX))
    }
}

/// Whether procedures with this indicator are ranked together.
pub(crate) fn is_surgery(multiple: MultipleProcedure) -> bool {
    matches!(multiple, MultipleProcedure::Before1995 | MultipleProcedure::Standard | MultipleProcedure::Endoscopy)
}

/// Reduces the lines that are operations.
pub(crate) fn reduce(lines: &mut [Option<OpenLine<'_>>], day: &Day<'_>) {
    let procedures = procedures(lines);
    if procedures.len() < 2 {
        return;
    }
    // More units than are ranked: some of them are paid by report.
    for line in lines.iter_mut().flatten().filter(|line| is_surgery(line.row.multiple_procedure())) {
        if line.procedures as usize > RANKED {
            line.cannot(Missing::Report);
        }
    }
    for line in lines.iter_mut().flatten().filter(|line| line.row.multiple_procedure() == MultipleProcedure::Before1995)
    {
        line.cannot(Missing::Reduction);
    }
    let mut groups = families(procedures, lines, day);
    let total = |group: &Vec<Procedure>| {
        Money::try_sum(group.iter().map(Procedure::total)).unwrap_or(Money::from_cents(i64::MAX))
    };
    groups.sort_by_cached_key(|group| (Reverse(total(group)), tie(group, lines)));
    above_base(&groups, lines);
    ranks(&groups, lines, day);
}

type Tie = Option<(ServiceCode, Vec<superbill_core::Modifier>, u8, Option<Money>)>;

/// What tells groups apart whose amounts are the same.
fn tie(group: &[Procedure], lines: &[Option<OpenLine<'_>>]) -> Tie {
    let tie = |at: usize| lines.get(at)?.as_ref().map(OpenLine::tie);
    let least = group.iter().flat_map(|procedure| &procedure.parts).filter_map(|(at, _)| tie(*at)).min();
    least.map(|(code, modifiers, place, charge)| (code, modifiers.to_vec(), place, charge))
}

fn procedures(lines: &[Option<OpenLine<'_>>]) -> Vec<Procedure> {
    let open =
        |line: &OpenLine<'_>| is_surgery(line.row.multiple_procedure()) && line.closed.is_none() && !returned(line);
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(line) = line.as_ref().filter(|line| open(line)) else { continue };
        if line.first_side.is_some() {
            continue;
        }
        let second = lines.iter().enumerate().find_map(|(second, line)| {
            line.as_ref().filter(|line| line.first_side == Some(at) && open(line)).map(|line| (second, line.amount))
        });
        let both_sides = second.is_some() || line.procedures != line.line.units || line.line.has("50");
        if both_sides {
            let parts = [Some((at, line.amount)), second].into_iter().flatten().collect();
            out.push(Procedure { code: line.line.code, parts, both_sides });
        } else {
            // More than the ranked ones is paid by report: their number does not matter.
            let count = line.procedures.min(RANKED as u32 + 1);
            out.extend((0..count).map(|_| Procedure {
                code: line.line.code,
                parts: vec![(at, line.unit)],
                both_sides,
            }));
        }
    }
    out
}

/// A return to the operating room is no further procedure of the operation it follows.
fn returned(line: &OpenLine<'_>) -> bool {
    line.line.has("78")
}

/// The procedures in groups that rank as one: each endoscopic family with what its members pay above the base, each other procedure by itself.
fn families(procedures: Vec<Procedure>, lines: &mut [Option<OpenLine<'_>>], day: &Day<'_>) -> Vec<Vec<Procedure>> {
    let row = |procedure: &Procedure| {
        procedure.parts.first().and_then(|(at, _)| lines.get(*at)?.as_ref()).map(|line| line.row)
    };
    let base = |procedure: &Procedure| row(procedure).and_then(|row| row.endoscopic_base());
    let bases: Vec<ServiceCode> = procedures.iter().filter_map(base).collect();
    let mut families: BTreeMap<ServiceCode, Vec<Procedure>> = BTreeMap::new();
    let mut groups = Vec::new();
    for procedure in procedures {
        match base(&procedure).or_else(|| bases.contains(&procedure.code).then_some(procedure.code)) {
            Some(base) => families.entry(base).or_default().push(procedure),
            None => groups.push(vec![procedure]),
        }
    }
    for (base, mut family) in families {
        family
            .sort_by_cached_key(|procedure| (Reverse(procedure.total()), tie(core::slice::from_ref(procedure), lines)));
        for procedure in family.iter_mut().skip(1) {
            let line = procedure.parts.first().map_or(0, |(at, _)| *at);
            let Some(open) = lines.get_mut(line).and_then(Option::as_mut) else { continue };
            if procedure.both_sides {
                open.cannot(Missing::BilateralEndoscopy);
                continue;
            }
            let less = if procedure.code == base {
                Some(open.unit)
            } else {
                day.schedule.row(base, None).and_then(|row| row.amount(open.facility, Some(&day.locality)))
            };
            let Some(less) = less.filter(|less| !less.is_zero()) else {
                open.cannot(Missing::EndoscopicBase);
                continue;
            };
            for (_, amount) in &mut procedure.parts {
                *amount = amount.try_sub(less).unwrap_or(Money::ZERO).max(Money::ZERO);
            }
        }
        groups.push(family);
    }
    groups
}

/// What each line has in its procedures.
fn by_line<'g>(
    groups: impl IntoIterator<Item = &'g Vec<Procedure>>,
    of: impl Fn(usize, Money) -> Money,
) -> BTreeMap<usize, Money> {
    let mut lines = BTreeMap::new();
    for (rank, group) in groups.into_iter().enumerate() {
        for (line, amount) in group.iter().flat_map(|procedure| &procedure.parts) {
            let sum: &mut Money = lines.entry(*line).or_default();
            *sum = sum.try_add(of(rank, *amount)).unwrap_or(Money::from_cents(i64::MAX));
        }
    }
    lines
}

/// The step to what endoscopies pay above their base.
fn above_base(groups: &[Vec<Procedure>], lines: &mut [Option<OpenLine<'_>>]) {
    for (at, amount) in by_line(groups, |_, amount| amount) {
        if let Some(line) = lines.get_mut(at).and_then(Option::as_mut)
            && line.closed.is_none()
            && amount < line.amount
        {
            line.step(Rule::EndoscopyAboveBase, None, amount);
        }
    }
}

/// The step to 100, 50, 50, 50, 50 percent; the sixth and those after are paid by report.
fn ranks(groups: &[Vec<Procedure>], lines: &mut [Option<OpenLine<'_>>], day: &Day<'_>) {
    for (at, _) in groups.iter().skip(RANKED).flatten().flat_map(|procedure| &procedure.parts) {
        if let Some(line) = lines.get_mut(*at).and_then(Option::as_mut) {
            line.cannot(Missing::Report);
        }
    }
    let Some(rate) = percentage(Rule::MultipleSurgery, day.date) else {
        for line in lines.iter_mut().flatten().filter(|line| is_surgery(line.row.multiple_procedure())) {
            line.cannot(Missing::Percentage);
        }
        return;
    };
    let reduced = |amount: Money| amount.percent(rate, Rounding::HalfUp).unwrap_or(amount);
    let after = by_line(groups, |rank, amount| if rank == 0 { amount } else { reduced(amount) });
    for (at, after) in after {
        if let Some(line) = lines.get_mut(at).and_then(Option::as_mut).filter(|line| line.closed.is_none()) {
            let first = groups
                .first()
                .into_iter()
                .flatten()
                .flat_map(|procedure| &procedure.parts)
                .any(|(first, _)| *first == at);
            let rate = if first { (line.amount == after).then_some(Rate::ONE) } else { Some(rate) };
            line.step(Rule::MultipleSurgery, rate, after);
        }
    }
}
