//! Several tests on a day: less of the further technical, and with diagnostic imaging professional, components; then the cap of imaging.
//!
//! Source: record layout of the relative value file, multiple procedure indicators 4, 6 and 7.

use super::answer::{Missing, Rule};
use super::day::Day;
use super::open_line::OpenLine;
use super::percentages::percentage;
use crate::fee_schedule::{BilateralIndicator, ComponentIndicator, ImagingFamily, MultipleProcedure};
use core::cmp::Reverse;
use superbill_core::{Money, Rate, Rounding};

/// The technical and professional component of one unit of a line.
#[derive(Debug, Clone, Copy)]
struct Components {
    technical: Money,
    professional: Money,
    /// The most that is paid for the technical component.
    cap: Option<Money>,
}

/// Reduces the lines that are tests, and caps those of imaging.
pub(crate) fn reduce(lines: &mut [Option<OpenLine<'_>>], day: &Day<'_>) {
    let mut components: Vec<Option<Components>> = Vec::new();
    for line in lines.iter_mut() {
        components.push(line.as_mut().and_then(|line| split(line, day)));
    }
    let mut technical: Vec<Option<Rate>> = vec![None; lines.len()];
    let mut full = Full::default();
    for (multiple, rule, professional) in [
        (MultipleProcedure::DiagnosticImaging, Rule::ImagingTechnical, Some(Rule::ImagingProfessional)),
        (MultipleProcedure::Cardiovascular, Rule::CardiovascularTechnical, None),
        (MultipleProcedure::Ophthalmology, Rule::OphthalmologyTechnical, None),
    ] {
        let mut families: Vec<ImagingFamily> = of(lines, multiple).map(|(_, line)| line.row.imaging_family()).collect();
        families.sort_unstable();
        families.dedup();
        for family in families {
            let within = |line: &OpenLine<'_>| line.row.imaging_family() == family;
            let highest = |of_line: fn(&Components) -> Money| {
                let part = |at: usize| components.get(at).and_then(Option::as_ref).map_or(Money::ZERO, of_line);
                let paid = of(lines, multiple).filter(|(at, line)| within(line) && part(*at).is_positive());
                paid.min_by_key(|(at, line)| (Reverse(part(*at)), line.tie())).map(|(at, _)| at)
            };
            let (first_technical, first_professional) =
                (highest(|part| part.technical), highest(|part| part.professional));
            full.technical.extend(first_technical);
            full.professional.extend(first_professional);
            let open: Vec<usize> = of(lines, multiple).filter(|(_, line)| within(line)).map(|(at, _)| at).collect();
            for at in open {
                let part = components.get(at).copied().flatten();
                let Some(line) = lines.get_mut(at).and_then(Option::as_mut) else { continue };
                let Some(part) = part else { continue };
                let rate = reduced(line, part.technical, rule, full.technical.contains(&at), day);
                if let Some(entry) = technical.get_mut(at) {
                    *entry = rate;
                }
                if let Some(rule) = professional {
                    reduced(line, part.professional, rule, full.professional.contains(&at), day);
                }
            }
        }
    }
    for (at, line) in lines.iter_mut().enumerate() {
        let (Some(line), Some(part)) = (line.as_mut(), components.get(at).copied().flatten()) else { continue };
        cap(line, part, technical.get(at).copied().flatten(), full.technical.contains(&at));
    }
}

/// The lines whose highest component is paid in full.
#[derive(Debug, Default)]
struct Full {
    technical: Vec<usize>,
    professional: Vec<usize>,
}

fn of<'l, 'a>(
    lines: &'l [Option<OpenLine<'a>>],
    multiple: MultipleProcedure,
) -> impl Iterator<Item = (usize, &'l OpenLine<'a>)> {
    let open = move |line: &&OpenLine<'_>| line.row.multiple_procedure() == multiple && line.closed.is_none();
    lines.iter().enumerate().filter_map(move |(at, line)| line.as_ref().filter(open).map(|line| (at, line)))
}

/// The components of one unit; `None` where nothing here concerns the line, or it cannot be told.
fn split(line: &mut OpenLine<'_>, day: &Day<'_>) -> Option<Components> {
    if line.closed.is_some() || line.procedures == 0 {
        return None;
    }
    let ranked = matches!(
        line.row.multiple_procedure(),
        MultipleProcedure::DiagnosticImaging | MultipleProcedure::Cardiovascular | MultipleProcedure::Ophthalmology
    );
    let cap = line.row.opps_cap(line.facility, Some(&day.locality));
    if !ranked && cap.is_none() {
        return None;
    }
    // At 150 percent the components of the sides are not told apart.
    let sides = line.steps.iter().any(|step| matches!(step.rule, Rule::BothSides | Rule::SecondSide));
    if sides
        && line.row.bilateral() == BilateralIndicator::Adjustment
        && (cap.is_some() || day.several(line.row.multiple_procedure()))
    {
        line.cannot(Missing::Bilateral);
        return None;
    }
    let modifier = line.row.modifier();
    let technical = Components { technical: line.unit, professional: Money::ZERO, cap };
    let professional = Components { technical: Money::ZERO, professional: line.unit, cap: None };
    match modifier.as_ref().map(superbill_core::Modifier::as_str) {
        Some("TC") => return Some(technical),
        Some("26") => return Some(professional),
        _ => {}
    }
    match line.row.components() {
        ComponentIndicator::TechnicalOnly => return Some(technical),
        ComponentIndicator::ProfessionalOnly => return Some(professional),
        _ => {}
    }
    let named = |name: &str| day.schedule.row(line.line.code, name.parse().ok());
    let parts = || {
        let row = named("TC")?;
        let technical = row.amount(line.facility, Some(&day.locality))?;
        let professional = named("26")?.amount(line.facility, Some(&day.locality))?;
        Some(Components { technical, professional, cap: row.opps_cap(line.facility, Some(&day.locality)) })
    };
    let parts = parts();
    if parts.is_none() && (cap.is_some() || day.several(line.row.multiple_procedure())) {
        line.cannot(Missing::Components);
    }
    parts
}

/// Takes off what further components are not paid; gives the rate that is left of them.
fn reduced(line: &mut OpenLine<'_>, component: Money, rule: Rule, first: bool, day: &Day<'_>) -> Option<Rate> {
    let further = i64::from(line.procedures) - i64::from(first);
    if further == 0 || !component.is_positive() {
        return None;
    }
    let Some(rate) = percentage(rule, day.date) else {
        line.cannot(Missing::Percentage);
        return None;
    };
    let less = || component.try_sub(component.percent(rate, Rounding::HalfUp).ok()?).ok()?.try_mul(further).ok();
    let after = less().and_then(|less| line.amount.try_sub(less).ok());
    line.step_or_range(rule, Some(rate), after);
    Some(rate)
}

/// The cap of imaging comes after the reduction: each technical component pays the lower of both.
fn cap(line: &mut OpenLine<'_>, part: Components, rate: Option<Rate>, first: bool) {
    let (Some(cap), None) = (part.cap, &line.closed) else { return };
    let above =
        |technical: Money| technical.try_sub(cap).ok().filter(|above| above.is_positive()).unwrap_or(Money::ZERO);
    let further = rate.and_then(|rate| part.technical.percent(rate, Rounding::HalfUp).ok()).unwrap_or(part.technical);
    // Where nothing is reduced, all units are as the first.
    let full = if rate.is_none() { i64::from(line.procedures) } else { i64::from(first) };
    let less = || {
        let whole = above(part.technical).try_mul(full).ok()?;
        whole.try_add(above(further).try_mul(i64::from(line.procedures) - full).ok()?).ok()
    };
    match less() {
        Some(less) if less.is_zero() => {}
        less => {
            let after = less.and_then(|less| line.amount.try_sub(less).ok());
            line.step_or_range(Rule::OppsCap, None, after);
        }
    }
}
