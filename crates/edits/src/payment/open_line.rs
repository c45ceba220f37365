//! A line whose amount is being worked out.

use super::answer::{Condition, Missing, NotPaid, Outcome, Rule, Step};
use super::day::Day;
use super::line::PaymentLine;
use super::percentages::percentage;
use super::setting::{is_facility, is_hospital};
use crate::fee_schedule::{BilateralIndicator, ComponentIndicator, FeeScheduleRow, MultipleProcedure, StatusCode};
use superbill_core::{Modifier, Money, Rate, Rounding};

/// A line with a fee schedule amount.
#[derive(Debug)]
pub(crate) struct OpenLine<'a> {
    pub(crate) line: &'a PaymentLine,
    pub(crate) row: FeeScheduleRow<'a>,
    pub(crate) facility: bool,
    /// The fee schedule amount of one unit.
    pub(crate) unit: Money,
    pub(crate) amount: Money,
    pub(crate) steps: Vec<Step>,
    pub(crate) conditions: Vec<Condition>,
    /// How many procedures the line counts as where procedures are ranked: its units, but one for both sides.
    pub(crate) procedures: u32,
    /// The line of the first side, where this is the second.
    pub(crate) first_side: Option<usize>,
    /// Why nothing can be said, or is paid.
    pub(crate) closed: Option<Outcome>,
}

/// Why a line has no amount, and which reduction its row names.
pub(crate) type Closed = (Outcome, Option<MultipleProcedure>);

fn cannot(missing: Missing) -> Outcome {
    Outcome::CannotTell(missing)
}

impl<'a> OpenLine<'a> {
    /// The fee schedule amount of a line.
    pub(crate) fn new(line: &'a PaymentLine, day: &Day<'a>) -> Result<Self, Closed> {
        let row = row(line, day).map_err(|outcome| (outcome, None))?;
        let multiple = Some(row.multiple_procedure());
        let mut conditions = Vec::new();
        status(&row, &mut conditions).map_err(|outcome| (outcome, multiple))?;
        let closed = |missing| (cannot(missing), multiple);
        let facility = is_facility(line.place, day.date).ok_or(closed(Missing::Setting))?;
        if line.units == 0 {
            return Err(closed(Missing::Units));
        }
        if is_hospital(line.place) {
            if hospital_pays(&row) {
                return Err((Outcome::NotPaid(NotPaid::HospitalPays), None));
            }
            if row.components() == ComponentIndicator::TherapyNotPaid {
                conditions.push(Condition::TherapyInHospital);
            }
        }
        if row.rarely_done(facility) {
            conditions.push(Condition::RarelyDoneThere);
        }
        let unit = row.amount(facility, Some(&day.locality)).ok_or(closed(Missing::Range))?;
        let mut open = Self {
            line,
            row,
            facility,
            unit,
            amount: Money::ZERO,
            steps: Vec::new(),
            conditions,
            procedures: line.units,
            first_side: None,
            closed: None,
        };
        open.step(Rule::FeeScheduleAmount, None, unit);
        Ok(open)
    }

    /// Goes on to an amount.
    pub(crate) fn step(&mut self, rule: Rule, rate: Option<Rate>, after: Money) {
        self.steps.push(Step { rule, rate, before: self.amount, after });
        self.amount = after;
    }

    /// Goes on to a part of the amount.
    pub(crate) fn part(&mut self, rule: Rule, rate: Rate) {
        match self.amount.percent(rate, Rounding::HalfUp) {
            Ok(after) => self.step(rule, Some(rate), after),
            Err(_) => self.cannot(Missing::Range),
        }
    }

    /// Goes on to what a rule leaves on the day.
    pub(crate) fn rule(&mut self, rule: Rule, day: &Day<'_>) {
        match percentage(rule, day.date) {
            Some(rate) => self.part(rule, rate),
            None => self.cannot(Missing::Percentage),
        }
    }

    /// Goes on to an amount that could be beyond all amounts.
    pub(crate) fn step_or_range(&mut self, rule: Rule, rate: Option<Rate>, after: Option<Money>) {
        match after {
            Some(after) => self.step(rule, rate, after),
            None => self.cannot(Missing::Range),
        }
    }

    /// Says that it cannot be told, unless the line is closed already.
    pub(crate) fn cannot(&mut self, missing: Missing) {
        self.closed.get_or_insert(cannot(missing));
    }

    /// Says that nothing is paid.
    pub(crate) fn not_paid(&mut self, why: NotPaid) {
        self.closed.get_or_insert(Outcome::NotPaid(why));
    }

    /// What tells lines apart where their amounts are the same, whatever their order on the claim.
    pub(crate) fn tie(&self) -> (crate::ServiceCode, &'a [Modifier], u8, Option<Money>) {
        (self.line.code, &self.line.modifiers, self.line.place.code(), self.line.charge)
    }

    /// The units, or both sides on one line.
    pub(crate) fn units_or_sides(&mut self, day: &Day<'_>) {
        let line = self.line;
        let indicator = self.row.bilateral();
        let sided =
            line.has_any(&["RT", "LT"]) || line.modifiers.iter().any(|modifier| is_digit_site(modifier.as_str()));
        let twice = line.units == 2
            && !sided
            && matches!(indicator, BilateralIndicator::Adjustment | BilateralIndicator::Included);
        if !line.has("50") && !twice {
            if line.units > 1 {
                let after = self.amount.try_mul(i64::from(line.units)).ok();
                self.step_or_range(Rule::Units, None, after);
            }
            return;
        }
        if line.has("50") && line.units != 1 {
            return self.cannot(Missing::Units);
        }
        self.procedures = 1;
        match indicator {
            BilateralIndicator::Adjustment => self.rule(Rule::BothSides, day),
            BilateralIndicator::NoAdjustment | BilateralIndicator::Included => self.part(Rule::BothSides, Rate::ONE),
            BilateralIndicator::EachSide => {
                self.procedures = 2;
                self.part(Rule::BothSides, Rate::from_percent(200));
            }
            _ => self.cannot(Missing::Bilateral),
        }
    }

    /// The second side, the first of which is on another line.
    pub(crate) fn second_side(&mut self, first: usize, day: &Day<'_>) {
        match self.row.bilateral() {
            BilateralIndicator::Adjustment => self.rule(Rule::SecondSide, day),
            BilateralIndicator::NoAdjustment | BilateralIndicator::Included => {
                self.procedures = 0;
                self.part(Rule::SecondSide, Rate::ZERO);
            }
            BilateralIndicator::EachSide => {}
            _ => return,
        }
        self.first_side = Some(first);
    }
}

/// Whether a modifier names an eyelid, a finger or a toe.
fn is_digit_site(modifier: &str) -> bool {
    let mut letters = modifier.chars();
    matches!((letters.next(), letters.next()), (Some('E'), Some('1'..='4')) | (Some('F' | 'T'), Some('A' | '1'..='9')))
}

/// The row of a line.
fn row<'a>(line: &PaymentLine, day: &Day<'a>) -> Result<FeeScheduleRow<'a>, Outcome> {
    let whole = day.schedule.row(line.code, None);
    let any = whole.or_else(|| day.schedule.rows(line.code).next()).ok_or(cannot(Missing::Code))?;
    let named = |modifier: &str| day.schedule.row(line.code, modifier.parse().ok());
    let discontinued = line.has("53");
    let component = ["26", "TC"].into_iter().find(|component| line.has(component));
    match (component, discontinued) {
        (None, false) => whole.ok_or(cannot(Missing::Code)),
        (None, true) => named("53").ok_or(cannot(Missing::ReducedService)),
        (Some(_), true) => Err(cannot(Missing::ReducedService)),
        // Without a row of its own a component exists only where the contractor prices it.
        (Some(component), false) => named(component).ok_or(match any.status() {
            StatusCode::ContractorPriced => cannot(Missing::ContractorPrice),
            _ => Outcome::NotPaid(NotPaid::NoSuchComponent),
        }),
    }
}

/// Whether the status leaves an amount.
fn status(row: &FeeScheduleRow<'_>, conditions: &mut Vec<Condition>) -> Result<(), Outcome> {
    let not_paid = |why| Err(Outcome::NotPaid(why));
    match row.status() {
        StatusCode::Active | StatusCode::Injection => Ok(()),
        StatusCode::Restricted if row.total(false).is_zero() && row.total(true).is_zero() => {
            Err(cannot(Missing::ContractorPrice))
        }
        StatusCode::Restricted => {
            conditions.push(Condition::RestrictedCoverage);
            Ok(())
        }
        StatusCode::Bundled | StatusCode::BundledOrExcluded => not_paid(NotPaid::Bundled),
        StatusCode::ContractorPriced => Err(cannot(Missing::ContractorPrice)),
        StatusCode::Excluded | StatusCode::StatutoryExclusion => Err(cannot(Missing::OtherFeeSchedule)),
        StatusCode::Anesthesia => Err(cannot(Missing::Anesthesia)),
        StatusCode::Measurement => not_paid(NotPaid::Measurement),
        StatusCode::NonCovered => not_paid(NotPaid::NotCovered),
        StatusCode::NotValid
        | StatusCode::NotValidGrace
        | StatusCode::Deleted
        | StatusCode::DeletedAtOnce
        | StatusCode::DeletedModifier => not_paid(NotPaid::NotValid),
        _ => Err(cannot(Missing::Status)),
    }
}

/// Whether the hospital is paid for it: a technical component, alone or within the whole test, and what is incident to a service.
fn hospital_pays(row: &FeeScheduleRow<'_>) -> bool {
    match row.components() {
        ComponentIndicator::DiagnosticTest => row.modifier().is_none_or(|modifier| modifier.as_str() == "TC"),
        ComponentIndicator::TechnicalOnly | ComponentIndicator::GlobalOnly | ComponentIndicator::IncidentTo => true,
        _ => false,
    }
}
