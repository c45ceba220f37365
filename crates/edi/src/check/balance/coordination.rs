//! What other payers paid and adjusted of a claim (coordination of benefits).
//!
//! Source: the guides of the 837, sections on balancing: for each payer that adjudicated the claim, the charge is the payment and all adjustments, by line and
//! by claim.

use super::amount::{Amount, Sum};
use super::checks;
use super::{Role, Roles};
use crate::check::placed::Seen;
use crate::check::unit::{Sayings, Unit};

/// The order in which payers pay (SBR01); `None` where it is not known.
pub(in crate::check) fn payer_order(code: &[u8]) -> Option<usize> {
    [b"P", b"S", b"T", b"A", b"B", b"C", b"D", b"E", b"F", b"G", b"H"].iter().position(|known| **known == code)
}

/// An adjustment: group, reason, amount.
type Adjustment<'k> = (&'k [u8], &'k [u8], Amount);

/// The elements of the reasons of a CAS; the amount stands behind each, and then the quantity.
const REASONS: [u8; 6] = [2, 5, 8, 11, 14, 17];

/// Adjustments added up.
#[derive(Default)]
struct Adjustments<'k> {
    sum: Sum,
    each: Vec<Adjustment<'k>>,
}

impl<'k> Adjustments<'k> {
    fn add(&mut self, cas: &Seen<'k>) {
        let group = cas.element(1);
        for reason in REASONS {
            let (amount, reason) = (cas.element(usize::from(reason) + 1), cas.element(reason.into()));
            if reason.is_empty() && amount.is_empty() {
                continue;
            }
            let amount = Amount::read(amount);
            self.sum.add(amount);
            if let Some(amount) = amount {
                self.each.push((group, reason, amount));
            }
        }
    }
}

/// Another payer (loop 2320).
struct Payer<'k> {
    /// SBR01.
    order: Option<usize>,
    /// NM109 of 2330B.
    id: &'k [u8],
    paid: Option<Seen<'k>>,
    non_covered: Option<Seen<'k>>,
    adjustments: Adjustments<'k>,
    first_adjustment: Option<Seen<'k>>,
    date: Option<Seen<'k>>,
}

/// What a payer says of a line (loop 2430).
struct LinePaid<'k> {
    svd: Seen<'k>,
    paid: Option<Amount>,
    adjustments: Adjustments<'k>,
    has_date: bool,
}

/// A line.
#[derive(Default)]
struct Line<'k> {
    charge: Option<Amount>,
    paid: Vec<LinePaid<'k>>,
}

#[derive(Default)]
struct Coordination<'k> {
    payers: Vec<Payer<'k>>,
    lines: Vec<Line<'k>>,
}

impl<'k> Coordination<'k> {
    fn of(unit: &Unit<'k>, roles: &Roles, sayings: &mut Sayings) -> Self {
        let view = unit.view;
        let mut found = Self::default();
        for placed in view.unit_placed() {
            let role = roles.of(placed.segment);
            if role == Role::None {
                continue;
            }
            if let Some(seen) = view.seen(placed) {
                found.take(role, seen, sayings);
            }
        }
        found
    }

    fn take(&mut self, role: Role, seen: Seen<'k>, sayings: &mut Sayings) {
        match role {
            Role::OtherPayer => self.payers.push(Payer {
                order: payer_order(seen.element(1)),
                id: &[],
                paid: None,
                non_covered: None,
                adjustments: Adjustments::default(),
                first_adjustment: None,
                date: None,
            }),
            Role::LineNumber => self.lines.push(Line::default()),
            Role::OtherPayerAdjustment | Role::LineAdjustment => self.adjustment(role, seen, sayings),
            Role::OtherPayerAmount | Role::OtherPayerName | Role::OtherPayerDate => {
                let Some(payer) = self.payers.last_mut() else { return };
                match (role, seen.element(1)) {
                    (Role::OtherPayerAmount, b"D") => payer.paid = Some(seen),
                    (Role::OtherPayerAmount, b"A8") => payer.non_covered = Some(seen),
                    (Role::OtherPayerName, _) => payer.id = seen.element(9),
                    (Role::OtherPayerDate, b"573") => payer.date = Some(seen),
                    _ => {}
                }
            }
            Role::Line | Role::InstitutionalLine => {
                let element = if role == Role::Line { 2 } else { 3 };
                if let Some(line) = self.lines.last_mut() {
                    line.charge = Amount::read(seen.element(element));
                }
            }
            Role::LinePaid => {
                if let Some(line) = self.lines.last_mut() {
                    let paid = Amount::read(seen.element(2));
                    line.paid.push(LinePaid { svd: seen, paid, adjustments: Adjustments::default(), has_date: false });
                }
            }
            Role::LineDate => {
                if let Some(paid) = self.lines.last_mut().and_then(|line| line.paid.last_mut()) {
                    paid.has_date |= seen.element(1) == b"573";
                }
            }
            _ => {}
        }
    }

    fn adjustment(&mut self, role: Role, seen: Seen<'k>, sayings: &mut Sayings) {
        pairs(&seen, sayings);
        if role == Role::LineAdjustment {
            if let Some(paid) = self.lines.last_mut().and_then(|line| line.paid.last_mut()) {
                paid.adjustments.add(&seen);
            }
        } else if let Some(payer) = self.payers.last_mut() {
            payer.adjustments.add(&seen);
            payer.first_adjustment.get_or_insert(seen);
        }
    }
}

/// An adjustment reason has its amount. What the standard's notes on CAS say is said with them.
pub(super) fn pairs(cas: &Seen<'_>, sayings: &mut Sayings) {
    for reason in REASONS.into_iter().skip(1) {
        let at = usize::from(reason);
        let has = |n: usize| !cas.element(n).is_empty();
        if has(at) && !has(at + 1) && has(at + 2) {
            let message = format!("the adjustment reason CAS{reason:02} has no amount (CAS{:02})", reason + 1);
            sayings.element(&checks::ADJUSTMENT_PAIR, cas, reason + 1, message);
        }
    }
}

/// As many other payers as are looked at.
const PAYERS_MOST: usize = 100;

/// Checks what other payers paid and adjusted.
pub(super) fn check(unit: &Unit<'_>, claim: &Seen<'_>, roles: &Roles, sayings: &mut Sayings) {
    let found = Coordination::of(unit, roles, sayings);
    // A plan that claims back what it paid states its own payment, which is no adjudication.
    let is_recovery = unit.view.first("2010AC", "NM1").is_some();
    let total = Amount::read(claim.element(2));
    let own = unit.view.first("2000B", "SBR").and_then(|sbr| payer_order(sbr.element(1)));
    for line in &found.lines {
        for paid in &line.paid {
            if paid.paid.is_some_and(Amount::is_negative) {
                let message = "what another payer paid of the line (SVD02) is negative: nothing paid is 0";
                sayings.element(&checks::COB_NEGATIVE, &paid.svd, 2, message);
            }
        }
    }
    // A claim has at most ten other payers; one that has more is told so.
    for payer in found.payers.iter().take(PAYERS_MOST) {
        let is_known = found.payers.iter().filter(|other| other.id == payer.id).count() == 1 && !payer.id.is_empty();
        if let Some(paid) = payer.paid.filter(|paid| Amount::read(paid.element(2)).is_some_and(Amount::is_negative)) {
            let message = "what another payer paid of the claim (AMT*D) is negative: nothing paid is 0";
            sayings.element(&checks::COB_NEGATIVE, &paid, 2, message);
        }
        if let Some(non_covered) = payer.non_covered {
            not_adjudicated(payer, &non_covered, total, sayings);
        } else if is_known && !is_recovery && own.zip(payer.order).is_none_or(|(own, order)| order <= own) {
            // A payer that comes later has nothing to adjudicate yet.
            let balanced = lines(payer, &found.lines, sayings);
            adjudicated(payer, &found.lines, total, balanced, sayings);
        }
        if let Some(date) = payer.date.filter(|_| is_known)
            && of(payer, &found.lines).any(|(_, paid)| paid.has_date)
        {
            let message = "the payer's adjudication date stands at the claim and at its lines: leave it out here, the lines have it";
            sayings.segment(&checks::COB_DATES, &date, message);
        }
    }
}

/// What a payer says of the lines, with the number of each.
fn of<'l, 'k>(
    payer: &'l Payer<'k>,
    lines: &'l [Line<'k>],
) -> impl Iterator<Item = (usize, &'l LinePaid<'k>)> + use<'l, 'k> {
    let all = lines.iter().enumerate().flat_map(|(number, line)| line.paid.iter().map(move |paid| (number, paid)));
    all.filter(|(_, paid)| paid.svd.element(1) == payer.id)
}

/// The claim was never sent to the payer: the whole charge is not covered, and nothing was paid or adjusted.
fn not_adjudicated(payer: &Payer<'_>, non_covered: &Seen<'_>, total: Option<Amount>, sayings: &mut Sayings) {
    if let Some(seen) = payer.first_adjustment.or(payer.paid) {
        let message = "the payer has a non-covered amount (AMT*A8), so it has not adjudicated the claim: leave out its payment (AMT*D) and adjustments (CAS), or AMT*A8";
        sayings.segment(&checks::COB_NON_COVERED, &seen, message);
    }
    if Amount::read(non_covered.element(2)).zip(total).is_some_and(|(amount, total)| amount != total) {
        let message = "the non-covered amount (AMT*A8) must be the total charge (CLM02)";
        sayings.element(&checks::COB_NON_COVERED_AMOUNT, non_covered, 2, message);
    }
}

/// Line by line; whether all lines balance.
fn lines(payer: &Payer<'_>, lines: &[Line<'_>], sayings: &mut Sayings) -> bool {
    let mut balanced = true;
    for line in lines {
        let mut sum = Sum::default();
        let mut first = None;
        for paid in line.paid.iter().filter(|paid| paid.svd.element(1) == payer.id) {
            sum.add(paid.paid);
            sum = sum.and(paid.adjustments.sum);
            first.get_or_insert(&paid.svd);
        }
        if let Some(first) = first
            && sum.is_not(line.charge)
        {
            balanced = false;
            let message = "what the payer paid of the line (SVD02) and its adjustments (CAS) do not add up to the line's charge: take both from the payer's remittance";
            sayings.element(&checks::COB_LINE, first, 2, message);
        }
    }
    balanced
}

/// The claim as a whole.
fn adjudicated(
    payer: &Payer<'_>,
    lines: &[Line<'_>],
    total: Option<Amount>,
    lines_balance: bool,
    sayings: &mut Sayings,
) {
    let Some(paid) = payer.paid else { return };
    let mut sum = payer.adjustments.sum;
    sum.add(Amount::read(paid.element(2)));
    let mut line_adjustments = Vec::new();
    for (_, paid) in of(payer, lines) {
        sum = sum.and(paid.adjustments.sum);
        line_adjustments.extend(&paid.adjustments.each);
    }
    if !sum.is_not(total) {
        return;
    }
    line_adjustments.sort_unstable();
    let is_repeated = |adjustment: &&Adjustment<'_>| line_adjustments.binary_search(adjustment).is_ok();
    let repeated: Vec<_> = payer.adjustments.each.iter().filter(is_repeated).collect();
    let less = |part: Amount| sum.known().map(|sum| sum - part);
    let repeated = repeated.iter().fold(Amount::ZERO, |sum, (_, _, amount)| sum + *amount);
    // Either the same adjustments, or their sums at the claim.
    let without = [less(repeated), payer.adjustments.sum.known().and_then(less)];
    if lines_balance
        && !line_adjustments.is_empty()
        && without.contains(&total)
        && let Some(seen) = payer.first_adjustment
    {
        let message = "the payer's adjustments stand at the claim and at its lines: give each only once, where the remittance has it";
        return sayings.segment(&checks::COB_TWICE, &seen, message);
    }
    let message = "what the payer paid (AMT*D) and all its adjustments, those of the lines included, do not add up to the total charge (CLM02)";
    sayings.element(&checks::COB_CLAIM, &paid, 2, message);
}
