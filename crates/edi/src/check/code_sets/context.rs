//! What every check of a code has at hand.

use super::dates::Dates;
use super::sets::CodeSets;
use crate::check::catalogue::Check;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::unit::{ClaimKind, Sayings};
use crate::guide::Guide;
use superbill_core::Date;

pub(super) struct Context<'u, 'd> {
    pub(super) guide: &'static Guide,
    pub(super) sets: &'u CodeSets<'d>,
    pub(super) dates: &'u Dates,
    pub(super) claim: ClaimKind,
    sayings: &'u mut Sayings,
    /// The service line that is open: its place among the lines; none before the first.
    line: Option<usize>,
    /// The coverage that was named last is Medicare's.
    pub(super) is_medicare: bool,
}

impl<'u, 'd> Context<'u, 'd> {
    pub(super) fn new(
        guide: &'static Guide,
        sets: &'u CodeSets<'d>,
        dates: &'u Dates,
        claim: ClaimKind,
        sayings: &'u mut Sayings,
    ) -> Self {
        Self { guide, sets, dates, claim, sayings, line: None, is_medicare: false }
    }

    /// A service line begins.
    pub(super) fn line_begins(&mut self) {
        self.line = Some(self.line.map_or(0, |line| line + 1));
    }

    /// The day that governs what stands on the open line, or on the claim.
    pub(super) fn service_day(&self) -> Option<Date> {
        let line = self.line.and_then(|line| self.dates.line(line));
        line.or_else(|| self.dates.first_day())
    }

    /// Says something of a place; `what` follows the name of the element.
    #[cold]
    pub(super) fn say(&mut self, check: &'static Check, seen: &Seen<'_>, place: ElementPlace, what: &str) {
        let message = format!("{} {what}", self.name(seen, place));
        self.sayings.place(check, seen, place, message);
    }

    /// An element by its words and place: `principal diagnosis (HI01-2)`.
    fn name(&self, seen: &Seen<'_>, place: ElementPlace) -> String {
        let id = seen.segment.id();
        let element = self.guide.elements(seen.segment).get(usize::from(place.element).wrapping_sub(1));
        let words = match (element, place.component) {
            (Some(element), Some(component)) => {
                let part = self.guide.components(element).get(usize::from(component).wrapping_sub(1));
                part.map(|part| part.words()).filter(|words| !words.is_empty()).unwrap_or(element.words())
            }
            (Some(element), None) => element.words(),
            (None, _) => "",
        };
        if words.is_empty() { format!("{id}{place}") } else { format!("{words} ({id}{place})") }
    }
}

/// The text of a value; empty, which no code is, where it is none.
pub(super) fn text(value: &[u8]) -> &str {
    core::str::from_utf8(value).unwrap_or_default()
}
