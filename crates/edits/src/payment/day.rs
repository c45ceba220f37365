//! The lines of a day together.

use super::answer::{Condition, LinePayment, Missing, NotPaid, Outcome, Release, Rule};
use super::line::{Billing, PaymentLine, Practitioner};
use super::open_line::{Closed, OpenLine};
use super::{components, surgery, therapy};
use crate::fee_schedule::{
    AssistantIndicator, CoSurgeonIndicator, FeeSchedule, FeeSchedules, GlobalPeriod, MultipleProcedure, StatusCode,
    TeamSurgeryIndicator,
};
use crate::gpci::{Gpci, GpciRow};
use crate::releases::Releases;
use superbill_core::{Date, Rate};

/// What all lines of a day share.
#[derive(Debug)]
pub(crate) struct Day<'a> {
    pub(crate) schedule: &'a FeeSchedule<'a>,
    pub(crate) locality: GpciRow<'a>,
    pub(crate) date: Date,
    /// The reductions that more than one unit or line of the day names.
    several: Vec<MultipleProcedure>,
}

impl Day<'_> {
    /// Whether the reduction can apply: more than one unit or line of the day names it.
    pub(crate) fn several(&self, multiple: MultipleProcedure) -> bool {
        self.several.contains(&multiple)
    }
}

/// What Medicare is expected to allow for the lines of one day, of one patient by one practitioner, in the order of the lines: fee schedule
/// amount by locality and setting, both sides, several procedures, assistants and the like, with every step.
///
/// The order of the lines does not matter. A question of whether the services are covered, and the edits between the codes, are others: a line
/// that an edit denies should not be among the lines.
///
/// Source: Medicare Claims Processing Manual, chapter 12; record layout of the relative value file.
#[must_use]
pub fn expected_payment<'a>(
    schedules: &'a FeeSchedules<'a>,
    indices: &'a Releases<Gpci<'a>>,
    billing: &Billing,
    lines: &'a [PaymentLine],
) -> Vec<LinePayment> {
    let schedule = schedules.on(billing.date, billing.participation);
    let release =
        schedule.map(|schedule| Release { quarter: schedule.quarter(), participation: schedule.participation() });
    let day = schedule.ok_or(Missing::FeeSchedule).and_then(|schedule| {
        let indices = indices.on(billing.date).ok_or(Missing::Indices)?;
        let locality = indices.row(billing.locality.ok_or(Missing::Locality)?).ok_or(Missing::UnknownLocality)?;
        Ok(Day { schedule, locality, date: billing.date, several: several(schedule, lines) })
    });
    match day {
        Ok(day) => together(&day, billing, lines, release),
        Err(missing) => {
            lines.iter().map(|_| payment(Outcome::CannotTell(missing), Vec::new(), Vec::new(), release)).collect()
        }
    }
}

fn payment(
    outcome: Outcome,
    steps: Vec<super::Step>,
    conditions: Vec<Condition>,
    release: Option<Release>,
) -> LinePayment {
    LinePayment { outcome, steps, conditions, release }
}

/// The reductions that several units or lines name.
fn several(schedule: &FeeSchedule<'_>, lines: &[PaymentLine]) -> Vec<MultipleProcedure> {
    let mut named: Vec<MultipleProcedure> = Vec::new();
    for line in lines {
        if let Some(row) = schedule.rows(line.code).next() {
            let count = if line.units > 1 || line.has("50") { 2 } else { 1 };
            named.extend(core::iter::repeat_n(row.multiple_procedure(), count));
        }
    }
    named.sort_unstable();
    let mut out: Vec<MultipleProcedure> =
        named.iter().zip(named.iter().skip(1)).filter(|(one, next)| one == next).map(|(one, _)| *one).collect();
    out.dedup();
    out
}

fn together<'a>(
    day: &Day<'a>,
    billing: &Billing,
    lines: &'a [PaymentLine],
    release: Option<Release>,
) -> Vec<LinePayment> {
    let (mut open, mut closed): (Vec<Option<OpenLine<'a>>>, Vec<Option<Closed>>) = (Vec::new(), Vec::new());
    for line in lines {
        match OpenLine::new(line, day) {
            Ok(line) => (open.push(Some(line)), closed.push(None)),
            Err(why) => (open.push(None), closed.push(Some(why))),
        };
    }
    injections(&mut open, &closed);
    for line in open.iter_mut().flatten() {
        line.units_or_sides(day);
    }
    sides(&mut open, day);
    unknown_reductions(&mut open);
    surgery::reduce(&mut open, day);
    therapy::reduce(&mut open, day);
    components::reduce(&mut open, day);
    rank_of_others(&mut open, &closed);
    let finish = |(open, closed): (Option<OpenLine<'_>>, Option<Closed>)| match (open, closed) {
        (Some(mut line), _) => {
            who(&mut line, day, billing);
            line.conditions.sort_unstable();
            let outcome = line.closed.unwrap_or(Outcome::Allowed(line.amount));
            payment(outcome, line.steps, line.conditions, release)
        }
        (None, Some((outcome, _))) => payment(outcome, Vec::new(), Vec::new(), release),
        // INVARIANT: a line is open or closed.
        (None, None) => payment(Outcome::CannotTell(Missing::Code), Vec::new(), Vec::new(), release),
    };
    open.into_iter().zip(closed).map(finish).collect()
}

/// An injection (status T) is paid only where nothing else of the fee schedule is billed on the day.
fn injections(open: &mut [Option<OpenLine<'_>>], closed: &[Option<Closed>]) {
    let other = open.iter().flatten().any(|line| line.row.status() != StatusCode::Injection)
        || closed.iter().flatten().any(|(outcome, _)| *outcome == Outcome::CannotTell(Missing::ContractorPrice));
    for line in open.iter_mut().flatten().filter(|line| other && line.row.status() == StatusCode::Injection) {
        line.not_paid(NotPaid::InjectionWithOther);
    }
}

/// A code on one line with RT and on one with LT, one unit each: the left side is the second.
fn sides(open: &mut [Option<OpenLine<'_>>], day: &Day<'_>) {
    let side = |line: &OpenLine<'_>, own: &str, other: &str| {
        line.line.has(own)
            && !line.line.has(other)
            && !line.line.has("50")
            && line.line.units == 1
            && line.closed.is_none()
    };
    let of =
        |open: &[Option<OpenLine<'_>>], row: &crate::FeeScheduleRow<'_>, own: &str, other: &str| -> Option<usize> {
            let same = |line: &OpenLine<'_>| {
                line.row.code() == row.code() && line.row.modifier() == row.modifier() && side(line, own, other)
            };
            let mut found =
                open.iter().enumerate().filter(|(_, line)| line.as_ref().is_some_and(same)).map(|(at, _)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => Some(at),
                _ => None,
            }
        };
    for at in 0..open.len() {
        let Some(row) = open.get(at).and_then(Option::as_ref).map(|line| line.row) else { continue };
        if let (Some(right), Some(left)) = (of(open, &row, "RT", "LT"), of(open, &row, "LT", "RT"))
            && left == at
            && let Some(line) = open.get_mut(left).and_then(Option::as_mut)
        {
            line.second_side(right, day);
        }
    }
}

/// A reduction without a meaning here: with others on the day nothing can be said.
fn unknown_reductions(open: &mut [Option<OpenLine<'_>>]) {
    if open.len() > 1 {
        for line in open.iter_mut().flatten() {
            if matches!(line.row.multiple_procedure(), MultipleProcedure::Unknown(_)) {
                line.cannot(Missing::Reduction);
            }
        }
    }
}

/// Where the amount of a line is not known, the rank of those that are reduced together with it is not certain.
fn rank_of_others(open: &mut [Option<OpenLine<'_>>], closed: &[Option<Closed>]) {
    let group = |multiple: MultipleProcedure| {
        if surgery::is_surgery(multiple) { MultipleProcedure::Standard } else { multiple }
    };
    // What is paid by report ranks after the others.
    let unknown = |outcome: &Outcome| matches!(outcome, Outcome::CannotTell(missing) if *missing != Missing::Report);
    let mut groups: Vec<MultipleProcedure> = closed
        .iter()
        .flatten()
        .filter(|(outcome, _)| unknown(outcome))
        .filter_map(|(_, multiple)| multiple.map(group))
        .collect();
    let lines = open.iter().flatten().filter(|line| line.closed.as_ref().is_some_and(unknown));
    groups.extend(lines.map(|line| group(line.row.multiple_procedure())));
    for line in open.iter_mut().flatten().filter(|line| line.closed.is_none()) {
        let own = group(line.row.multiple_procedure());
        if groups.contains(&own) && !matches!(own, MultipleProcedure::None | MultipleProcedure::NotApplicable) {
            line.conditions.push(Condition::RankOfOthers);
        }
    }
}

/// What depends on who did which part: split care, two surgeons, assistants, practitioners, participation, charge.
fn who(line: &mut OpenLine<'_>, day: &Day<'_>, billing: &Billing) {
    let claim = line.line;
    if claim.has("52") {
        line.cannot(Missing::ReducedService);
    }
    if claim.has_any(&["CT", "FX", "FY"]) {
        line.cannot(Missing::ModifierRule);
    }
    if claim.has("22") {
        line.conditions.push(Condition::NoIncrease);
    }
    split_care(line);
    surgeons(line, day);
    if claim.has_any(&["CQ", "CO"]) {
        line.rule(Rule::TherapyAssistant, day);
    }
    match billing.practitioner {
        // What an assistant who is no physician is paid is a part of the physician's already.
        _ if claim.has("AS") => {}
        Practitioner::Physician => {}
        Practitioner::NonphysicianPractitioner => line.rule(Rule::NonphysicianPractitioner, day),
        Practitioner::NurseMidwife => line.rule(Rule::NurseMidwife, day),
        Practitioner::ClinicalSocialWorker => line.rule(Rule::ClinicalSocialWorker, day),
    }
    if !billing.participating {
        line.rule(Rule::Nonparticipating, day);
    }
    if let Some(charge) = claim.charge.filter(|charge| *charge < line.amount) {
        line.step(Rule::Charge, None, charge);
    }
}

fn split_care(line: &mut OpenLine<'_>) {
    let claim = line.line;
    let days = matches!(line.row.global_period(), GlobalPeriod::TenDays | GlobalPeriod::NinetyDays);
    let both =
        |one: Rate, other: Rate| Rate::from_parts_per_million(one.parts_per_million() + other.parts_per_million());
    let (before, during, after) = (line.row.preoperative(), line.row.intraoperative(), line.row.postoperative());
    match (claim.has("54"), claim.has("55"), claim.has("56"), claim.has("78")) {
        (false, false, false, false) => {}
        (_, _, true, _) => line.not_paid(NotPaid::PreoperativeCare),
        (false, false, _, true) if !days => {}
        _ if !days => line.not_paid(NotPaid::NoGlobalPeriod),
        (_, _, _, true) => line.part(Rule::ReturnToOperatingRoom, during),
        (true, true, ..) => {}
        (true, ..) => line.part(Rule::SurgicalCare, both(before, during)),
        (_, true, ..) => {
            line.conditions.push(Condition::AllPostoperativeDays);
            line.part(Rule::PostoperativeCare, after);
        }
    }
}

fn surgeons(line: &mut OpenLine<'_>, day: &Day<'_>) {
    let claim = line.line;
    if claim.has("66") {
        match line.row.team_surgery() {
            TeamSurgeryIndicator::NotPermitted | TeamSurgeryIndicator::NotApplicable => line.not_paid(NotPaid::Team),
            _ => line.cannot(Missing::Report),
        }
    }
    if claim.has("62") {
        match line.row.co_surgeon() {
            CoSurgeonIndicator::Permitted => line.conditions.push(Condition::DifferentSpecialties),
            CoSurgeonIndicator::Documentation => {
                line.conditions.extend([Condition::CoSurgeonDocumentation, Condition::DifferentSpecialties]);
            }
            _ => line.not_paid(NotPaid::CoSurgeon),
        }
        line.rule(Rule::CoSurgeons, day);
    }
    if claim.has_any(&["80", "81", "82", "AS"]) {
        match line.row.assistant() {
            AssistantIndicator::Paid => {}
            AssistantIndicator::Documentation => line.conditions.push(Condition::AssistantDocumentation),
            _ => line.not_paid(NotPaid::Assistant),
        }
        line.rule(Rule::AssistantAtSurgery, day);
        if claim.has("AS") {
            line.rule(Rule::NonphysicianAssistant, day);
        }
    }
}
