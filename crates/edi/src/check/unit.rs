//! Checks of a whole unit: a claim with the levels that it stands in, a claim payment, a level of the hierarchy, and the transaction at its end.

use super::balance::{self, Totals};
use super::catalogue::Check;
use super::code_sets::{self, CodeSets, Dates};
use super::finding::ElementPlace;
use super::options::CheckOptions;
use super::partner::Engine;
use super::placed::{Placed, Seen, View};
use super::walk::At;
use super::{services, situations};
use crate::guide::{Guide, GuideLoop};
use superbill_x12::Severity;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A claim: CLM and what stands in its loop.
    Claim,
    /// A claim payment: CLP.
    Payment,
    /// A level of the hierarchy without the claims and levels below it.
    Level,
    /// The transaction without what stands in its units.
    Transaction,
    /// Another one.
    Other,
}

/// Which claim a guide is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimKind {
    Professional,
    Institutional,
    Dental,
    /// No claim.
    None,
}

impl ClaimKind {
    pub(super) fn of(guide: &Guide) -> Self {
        let version = guide.versions().first().copied().unwrap_or_default();
        match version.get(..10) {
            Some("005010X222" | "004010X098") => Self::Professional,
            Some("005010X223" | "004010X096") => Self::Institutional,
            Some("005010X224" | "004010X097") => Self::Dental,
            _ => Self::None,
        }
    }
}

/// A unit that is whole.
#[derive(Clone, Copy)]
pub(super) struct Unit<'k> {
    pub(super) view: View<'k>,
    pub(super) kind: UnitKind,
    pub(super) claim: ClaimKind,
}

/// As many segments as are looked at above a unit. No guide has a tenth of them; a file that has more is told so, and does not slow every claim down.
const ABOVE_MOST: usize = 1000;

impl Unit<'_> {
    /// Whether more stands above the unit than is looked at for each.
    pub(super) fn is_overloaded(&self) -> bool {
        self.view.count_above() > ABOVE_MOST
    }

    pub(super) fn kind_of(guide: &Guide, in_loop: &GuideLoop) -> UnitKind {
        match guide.segments().get(usize::from(in_loop.first)).map_or("", |segment| segment.id()) {
            "CLM" => UnitKind::Claim,
            "CLP" => UnitKind::Payment,
            "HL" => UnitKind::Level,
            "ST" => UnitKind::Transaction,
            _ => UnitKind::Other,
        }
    }
}

/// What a check of a unit says.
pub(super) struct Said {
    pub(super) check: &'static Check,
    pub(super) at: At,
    pub(super) segment_id: &'static str,
    pub(super) loop_id: &'static str,
    pub(super) element: Option<ElementPlace>,
    pub(super) message: String,
    /// Another severity than that of the check.
    pub(super) severity: Option<Severity>,
}

/// Where checks of units say what they find.
#[derive(Default)]
pub(super) struct Sayings(Vec<Said>);

impl core::fmt::Debug for Sayings {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Sayings({})", self.0.len())
    }
}

impl Sayings {
    /// About a segment as a whole.
    pub(super) fn segment(&mut self, check: &'static Check, seen: &Seen<'_>, message: impl Into<String>) {
        self.say(check, seen, None, message.into());
    }

    /// About an element of a segment.
    pub(super) fn element(&mut self, check: &'static Check, seen: &Seen<'_>, element: u8, message: impl Into<String>) {
        self.say(check, seen, Some(ElementPlace::new(element)), message.into());
    }

    /// About a place in a segment.
    pub(super) fn place(
        &mut self,
        check: &'static Check,
        seen: &Seen<'_>,
        place: ElementPlace,
        message: impl Into<String>,
    ) {
        self.say(check, seen, Some(place), message.into());
    }

    /// About a segment that is missing; `seen` is the one that asks for it, or opens the loop where it belongs.
    pub(super) fn missing(
        &mut self,
        check: &'static Check,
        seen: &Seen<'_>,
        segment_id: &'static str,
        loop_id: &'static str,
        message: impl Into<String>,
    ) {
        let Placed { number, offset, .. } = *seen.placed;
        let at = At { number, offset };
        self.0.push(Said { check, at, segment_id, loop_id, element: None, message: message.into(), severity: None });
    }

    fn say(&mut self, check: &'static Check, seen: &Seen<'_>, element: Option<ElementPlace>, message: String) {
        let Placed { number, offset, .. } = *seen.placed;
        let (segment_id, loop_id) = (seen.segment.id(), seen.in_loop.id());
        let at = At { number, offset };
        self.0.push(Said { check, at, segment_id, loop_id, element, message, severity: None });
    }

    /// What was said last has this severity; `None` leaves that of its check.
    pub(super) fn severity(&mut self, severity: Option<Severity>) {
        if let Some(said) = self.0.last_mut() {
            said.severity = severity;
        }
    }

    pub(super) fn take(&mut self) -> impl Iterator<Item = Said> + use<> {
        core::mem::take(&mut self.0).into_iter()
    }
}

/// What checks of units look things up in, and what they keep from unit to unit.
#[derive(Debug, Default)]
pub(super) struct Rooms<'d> {
    pub(super) code_sets: CodeSets<'d>,
    pub(super) partner: Option<Engine>,
    dates: Dates,
}

/// All checks of a unit.
pub(super) fn check(
    unit: &Unit<'_>,
    options: CheckOptions,
    totals: &mut Totals,
    rooms: &mut Rooms<'_>,
    sayings: &mut Sayings,
) {
    if options.has(3) {
        balance::check(unit, totals, sayings);
    }
    // Of old releases, and of guides of which only the structure is known, the situations are not.
    if options.has(4) && unit.view.guide.is_full() {
        situations::check(unit, sayings);
    }
    if options.has(5) {
        code_sets::check(unit, &rooms.code_sets, &mut rooms.dates, sayings);
    }
    if options.has(6) {
        services::check(unit, sayings);
    }
    if options.has(7)
        && let Some(partner) = &mut rooms.partner
    {
        partner.check(unit, sayings);
    }
}
