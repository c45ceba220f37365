//! Looks at transactions by the rules of a partner.

use super::checks;
use super::path::Path;
use super::rules::{Demand, PartnerRules, PathRule};
use crate::check::catalogue::Check;
use crate::check::finding::ElementPlace;
use crate::check::placed::Seen;
use crate::check::syntax::Split;
use crate::check::unit::{Sayings, Unit, UnitKind};
use crate::guide::Guide;

/// The rules, and what is counted for them.
#[derive(Debug, Default)]
pub(in crate::check) struct Engine {
    pub(in crate::check) rules: PartnerRules,
    /// Claims of the open transaction.
    claims: u64,
}

/// What a rule finds in an envelope: check, element, what is wrong.
pub(in crate::check) type InEnvelope = (&'static Check, u8, String);

impl Engine {
    pub(in crate::check) fn new(rules: PartnerRules) -> Self {
        Self { rules, claims: 0 }
    }

    /// A transaction begins.
    pub(in crate::check) fn begin(&mut self) {
        self.claims = 0;
    }

    /// ISA or GS.
    pub(in crate::check) fn envelope(&self, split: &Split<'_>) -> Vec<InEnvelope> {
        let rules = &self.rules.envelope;
        let wanted: &[(&Vec<String>, &'static Check, u8)] = match split.id() {
            b"ISA" => &[
                (&rules.sender_qualifiers, &checks::SENDER, 5),
                (&rules.senders, &checks::SENDER, 6),
                (&rules.receiver_qualifiers, &checks::RECEIVER, 7),
                (&rules.receivers, &checks::RECEIVER, 8),
            ],
            b"GS" => &[(&rules.group_senders, &checks::SENDER, 2), (&rules.group_receivers, &checks::RECEIVER, 3)],
            _ => &[],
        };
        let id = if split.id() == b"ISA" { "ISA" } else { "GS" };
        let mut found = Vec::new();
        for (wanted, check, element) in wanted {
            if !wanted.is_empty() && !has(wanted, split.element(*element).trim_ascii_end()) {
                let message = format!("{id}{element:02} is not {}: {} asks for it", or(wanted), self.name());
                found.push((*check, *element, message));
            }
        }
        if let Some(usage) = rules.usage
            && split.id() == b"ISA"
            && split.element(15) != [usage as u8]
        {
            let words = if usage == 'P' { "production" } else { "test" };
            found.push((&checks::USAGE, 15, format!("ISA15 is not {usage}: {} takes {words} files", self.name())));
        }
        found
    }

    /// The version of a transaction.
    pub(in crate::check) fn version(&self, version: &str) -> Option<InEnvelope> {
        let wanted = &self.rules.envelope.versions;
        let is_wrong = !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == version);
        is_wrong.then(|| {
            (
                &checks::VERSION,
                3,
                format!("the version (ST03, GS08) is not {}: {} takes no other", or(wanted), self.name()),
            )
        })
    }

    fn name(&self) -> &str {
        if self.rules.name.is_empty() { "the trading partner" } else { &self.rules.name }
    }

    /// A unit that is whole.
    pub(in crate::check) fn check(&mut self, unit: &Unit<'_>, sayings: &mut Sayings) {
        if matches!(unit.kind, UnitKind::Claim | UnitKind::Payment) {
            self.claims = self.claims.saturating_add(1);
        }
        if unit.kind == UnitKind::Transaction {
            self.count(unit, sayings);
        }
        self.characters(unit, sayings);
        for rule in &self.rules.rules {
            let versions = unit.view.guide.versions();
            if rule.versions.is_empty() || rule.versions.iter().any(|version| versions.contains(&version.as_str())) {
                match rule.path.segment {
                    Some(segment) => self.segments(unit, rule, segment, sayings),
                    None => self.loops(unit, rule, sayings),
                }
            }
        }
    }

    fn count(&mut self, unit: &Unit<'_>, sayings: &mut Sayings) {
        if let Some(most) = self.rules.envelope.claims_most
            && self.claims > most
            && let Some(first) = unit.view.unit().next()
        {
            let message = format!("the transaction has {} claims: {} takes at most {most}", self.claims, self.name());
            sayings.segment(&checks::CLAIMS, &first, message);
        }
        self.claims = 0;
    }

    fn characters(&self, unit: &Unit<'_>, sayings: &mut Sayings) {
        let Some(set) = self.rules.envelope.characters else { return };
        for seen in unit.view.unit() {
            for (element, value) in (1u8..=u8::MAX).zip(seen.elements()) {
                if !value.iter().all(|byte| set.has(*byte) || seen.is_delimiter(*byte)) {
                    let message = format!(
                        "{}{element:02} has a character outside of the {} set: {} takes no other",
                        seen.segment.id(),
                        set.name(),
                        self.name()
                    );
                    sayings.element(&checks::CHARACTERS, &seen, element, message);
                }
            }
        }
    }

    /// A rule for a segment or an element, in each instance of its loop.
    fn segments(&self, unit: &Unit<'_>, rule: &PathRule, segment: &'static str, sayings: &mut Sayings) {
        let path = &rule.path;
        let is_open = path.loop_id.is_empty() && unit.kind == UnitKind::Transaction;
        // What opened the instance, and whether the segment stands in it.
        let mut open = if is_open { unit.view.unit().next().map(|first| (first, false)) } else { None };
        for seen in unit.view.unit().filter(|seen| seen.in_loop.id() == path.loop_id) {
            let begins = seen.placed.segment == seen.in_loop.first && !path.loop_id.is_empty();
            if begins && let Some((first, false)) = open.replace((seen, false)) {
                self.absent(rule, &first, segment, sayings);
            }
            if seen.segment.id() == segment && is_qualified(path, &seen) {
                if let Some((_, found)) = &mut open {
                    *found = true;
                }
                self.present(rule, &seen, sayings);
            }
        }
        if let Some((first, false)) = open {
            self.absent(rule, &first, segment, sayings);
        }
    }

    /// The segment of a rule does not stand in an instance of its loop.
    fn absent(&self, rule: &PathRule, first: &Seen<'_>, segment: &'static str, sayings: &mut Sayings) {
        if rule.demand == Demand::Required && rule.path.element.is_none() {
            let qualifier = rule.path.qualifier.as_ref().map(|qualifier| format!("*{qualifier}")).unwrap_or_default();
            let message = format!("{segment}{qualifier} is missing: {} asks for it", self.name());
            sayings.missing(&checks::REQUIRED, first, segment, first.in_loop.id(), with_reason(message, rule));
            sayings.severity(rule.severity);
        }
    }

    /// The segment of a rule is there.
    fn present(&self, rule: &PathRule, seen: &Seen<'_>, sayings: &mut Sayings) {
        let Some(place) = rule.path.element else {
            if rule.demand == Demand::Forbidden {
                let message = format!("{} does not take {} here: leave it out", self.name(), seen.segment.id());
                sayings.segment(&checks::FORBIDDEN, seen, with_reason(message, rule));
                sayings.severity(rule.severity);
            }
            return;
        };
        let id = seen.segment.id();
        let name = self.name();
        for (repetition, value) in (1u16..=u16::MAX).zip(values(seen, place)) {
            let (check, what) = match &rule.demand {
                Demand::Required if value.is_empty() => {
                    (&checks::REQUIRED, format!("{id}{place} is empty: {name} asks for it"))
                }
                Demand::Forbidden if !value.is_empty() => {
                    (&checks::FORBIDDEN, format!("{name} does not take {id}{place}: leave it out"))
                }
                Demand::Values(wanted) if !value.is_empty() && !has(wanted, value) => {
                    (&checks::VALUE, format!("{id}{place} is not {}: {name} takes no other", or(wanted)))
                }
                Demand::Length(shortest, longest)
                    if !value.is_empty() && !(*shortest..=*longest).contains(&length(value)) =>
                {
                    let asked = match (*shortest, *longest) {
                        (one, other) if one == other => format!("{one}"),
                        (least, usize::MAX) => format!("at least {least}"),
                        (0, most) => format!("at most {most}"),
                        (least, most) => format!("{least} to {most}"),
                    };
                    (&checks::LENGTH, format!("{id}{place} has {} characters: {name} asks for {asked}", length(value)))
                }
                _ => continue,
            };
            let repetition = (repetition > 1).then_some(repetition);
            sayings.place(check, seen, ElementPlace { repetition, ..place }, with_reason(what, rule));
            sayings.severity(rule.severity);
        }
    }

    /// A rule for a loop, in each instance of the loop around it.
    fn loops(&self, unit: &Unit<'_>, rule: &PathRule, sayings: &mut Sayings) {
        let guide: &'static Guide = unit.view.guide;
        let id = rule.path.loop_id.as_str();
        // The loop stands in several places of some guides: each has its own loop around it.
        let is_around = |seen: &Seen<'_>| {
            let inner = guide.loops().iter().filter(|inner| inner.id() == id);
            seen.placed.segment == seen.in_loop.first
                && inner
                    .filter_map(|inner| guide.loops().get(usize::from(inner.parent?)))
                    .any(|around| around.first == seen.in_loop.first)
        };
        let mut open: Option<(Seen<'_>, bool)> = None;
        for seen in unit.view.unit() {
            if is_around(&seen)
                && let Some((first, false)) = open.replace((seen, false))
            {
                self.absent_loop(rule, guide, &first, sayings);
            }
            if seen.in_loop.id() == id && seen.placed.segment == seen.in_loop.first {
                if let Some((_, found)) = &mut open {
                    *found = true;
                }
                if rule.demand == Demand::Forbidden {
                    let message =
                        format!("{} does not take the loop {} here: leave it out", self.name(), seen.in_loop.id());
                    sayings.segment(&checks::FORBIDDEN, &seen, with_reason(message, rule));
                    sayings.severity(rule.severity);
                }
            }
        }
        if let Some((first, false)) = open {
            self.absent_loop(rule, guide, &first, sayings);
        }
    }

    fn absent_loop(&self, rule: &PathRule, guide: &'static Guide, first: &Seen<'_>, sayings: &mut Sayings) {
        if rule.demand != Demand::Required {
            return;
        }
        let Some(missing) = guide.loops().iter().find(|inner| inner.id() == rule.path.loop_id) else { return };
        let segment = guide.segments().get(usize::from(missing.first)).map_or("", |segment| segment.id());
        let message = format!("the loop {} is missing: {} asks for it", missing.id(), self.name());
        sayings.missing(&checks::REQUIRED, first, segment, missing.id(), with_reason(message, rule));
        sayings.severity(rule.severity);
    }
}

/// The values at a place of a segment: of each repetition.
fn values<'k>(seen: &Seen<'k>, place: ElementPlace) -> impl Iterator<Item = &'k [u8]> + use<'k> {
    let seen = *seen;
    seen.repetitions(usize::from(place.element)).map(move |repetition| match place.component {
        Some(component) => seen.components(repetition).nth(usize::from(component).wrapping_sub(1)).unwrap_or_default(),
        None => repetition,
    })
}

/// Whether the segment has the qualifier of a place, in the element that tells it from others of its name.
fn is_qualified(path: &Path, seen: &Seen<'_>) -> bool {
    let Some(qualifier) = &path.qualifier else { return true };
    let (element, component) =
        seen.segment.key.map_or((1, 0), |key| (usize::from(key.element), usize::from(key.component)));
    let value = if component == 0 { seen.element(element) } else { seen.component(element, component) };
    value == qualifier.as_bytes()
}

fn has(wanted: &[String], value: &[u8]) -> bool {
    wanted.iter().any(|wanted| wanted.as_bytes() == value)
}

fn or(wanted: &[String]) -> String {
    wanted.join(" or ")
}

fn length(value: &[u8]) -> usize {
    core::str::from_utf8(value).map_or(value.len(), |text| text.chars().count())
}

fn with_reason(message: String, rule: &PathRule) -> String {
    rule.reason.as_ref().map(|reason| format!("{message} ({reason})")).unwrap_or(message)
}
