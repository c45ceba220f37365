//! The checker: segments in, findings out, in one pass and with bounded memory.

use super::balance::Totals;
use super::catalogue::{self as checks, Check};
use super::code_sets::CodeSets;
use super::element::{self, Report};
use super::finding::{ElementPlace, Finding};
use super::hierarchy::Hierarchy;
use super::options::{CheckOptions, CheckSummary};
use super::partner::{Engine, PartnerRules};
use super::placed::{Kept, Mark};
use super::syntax::{self, Split};
use super::unit::{self, ClaimKind, Rooms, Sayings, Unit};
use super::walk::{At, Event, Walker};
use crate::guide::{self, Guide, SegmentId};
use std::collections::HashSet;
use superbill_x12::{Delimiters, Diagnostic, Segment, Severity};

/// As many control numbers of a group as are compared with each other.
const CONTROL_NUMBERS_MOST: usize = 65_536;

/// As many bytes as are kept of a claim and of the levels above it; beyond them only syntax and guide are checked.
const KEPT_MOST: usize = 16 << 20;

/// The functional group that is open.
#[derive(Debug, Default)]
struct GroupState {
    id: Vec<u8>,
    version: Vec<u8>,
    control_numbers: HashSet<Vec<u8>>,
}

/// The transaction that is open.
#[derive(Debug)]
struct TransactionState {
    /// Which walker; none where no guide is known.
    walker: Option<usize>,
    /// Guides among which the second segment decides.
    candidates: Vec<&'static Guide>,
    begin: At,
}

/// Checks segments in the order of a file. `Debug` shows what was counted: the rest is text of the file, or a guide.
#[derive(Default)]
pub struct Checker<'d> {
    pub(super) options: CheckOptions,
    findings: Vec<Finding>,
    summary: CheckSummary,
    /// Where the separators of the present segment stand: a room to use again.
    places: Vec<u32>,
    events: Vec<Event>,
    walkers: Vec<Walker>,
    group: GroupState,
    transaction: Option<TransactionState>,
    hierarchy: Hierarchy,
    kept: Kept,
    /// The open units: how deep they stand, and what was kept before them.
    units: Vec<(usize, Mark)>,
    /// More stands in the open unit than is kept.
    is_overfull: bool,
    totals: Totals,
    sayings: Sayings,
    rooms: Rooms<'d>,
    pub(super) last: At,
    delimiters: Delimiters,
}

impl<'d> Checker<'d> {
    /// A checker that knows codes by their shapes.
    #[must_use]
    pub fn new(options: CheckOptions) -> Self {
        Self { options, ..Self::default() }
    }

    /// Looks codes up in these code sets.
    #[must_use]
    pub fn with_code_sets(mut self, code_sets: CodeSets<'d>) -> Self {
        self.rooms.code_sets = code_sets;
        self
    }

    /// Checks by the rules of a trading partner too. They may give checks another severity, or silence them.
    #[must_use]
    pub fn with_partner(mut self, rules: PartnerRules) -> Self {
        self.rooms.partner = Some(Engine::new(rules));
        self
    }

    /// Takes the findings so far.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        core::mem::take(&mut self.findings)
    }

    /// Whether there are findings to take.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    /// What was counted so far.
    #[must_use]
    pub fn summary(&self) -> CheckSummary {
        self.summary
    }

    /// Adds what the reader says of the syntax.
    pub fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let finding = syntax::finding(diagnostic);
        self.push(finding);
    }

    /// Checks the next segment of the file.
    pub fn segment(&mut self, segment: &Segment<'_>) {
        let mut places = core::mem::take(&mut self.places);
        let split = Split::new(segment, &mut places);
        let at = At { number: segment.number(), offset: segment.offset() };
        self.summary.segments += 1;
        self.delimiters = split.delimiters;
        match split.id() {
            b"ISA" | b"IEA" | b"GS" | b"GE" | b"TA1" => self.envelope(&split, at),
            b"ST" => self.begin(&split, at),
            b"SE" => self.end(&split, segment.raw(), at),
            _ => self.inside(&split, segment.raw(), at),
        }
        self.last = at;
        self.places = places;
    }

    /// Ends the file.
    pub fn finish(&mut self) {
        self.close_transaction(self.last);
    }

    pub(super) fn push(&mut self, mut finding: Finding) {
        if let Some(partner) = &self.rooms.partner {
            match partner.rules.severity(finding.check, finding.severity) {
                Some(severity) => finding.severity = severity,
                None => {
                    self.summary.silenced += 1;
                    return;
                }
            }
        }
        match finding.severity {
            Severity::Error => self.summary.errors += 1,
            Severity::Warning => self.summary.warnings += 1,
            _ => {}
        }
        self.findings.push(finding);
    }

    /// A finding about a segment of the open transaction.
    pub(super) fn say(
        &mut self,
        check: &'static Check,
        at: At,
        segment_id: &'static str,
        loop_id: &'static str,
        message: String,
    ) {
        let finding = self.finding(check, at, segment_id, loop_id, message);
        self.push(finding);
    }

    fn finding(
        &self,
        check: &'static Check,
        at: At,
        segment_id: &'static str,
        loop_id: &'static str,
        message: String,
    ) -> Finding {
        let transaction = self.transaction.as_ref();
        Finding {
            check,
            severity: check.severity,
            segment: at.number,
            offset: at.offset,
            segment_id,
            element: None,
            data_element: "",
            loop_id,
            transaction: transaction.map(|_| self.summary.transactions),
            position: transaction.map(|open| at.number.saturating_sub(open.begin.number) + 1),
            claim: (!self.units.is_empty() && self.summary.claims > 0 && self.hierarchy.in_claim())
                .then_some(self.summary.claims),
            message: message.into(),
        }
    }

    fn envelope(&mut self, split: &Split<'_>, at: At) {
        match split.id() {
            b"ISA" => {
                self.close_transaction(self.last);
                self.summary.interchanges += 1;
            }
            b"GS" => {
                self.close_transaction(self.last);
                self.summary.groups += 1;
                self.group.id = split.element(1).to_vec();
                self.group.version = split.element(8).to_vec();
                self.group.control_numbers.clear();
            }
            b"GE" | b"IEA" => self.close_transaction(self.last),
            _ => {}
        }
        self.partner_of_envelope(split, at);
        let Some(guide) = guide::envelope() else { return };
        let id = SegmentId::of(split.id());
        if let Some(segment) = guide.segments.iter().find(|segment| segment.id == id) {
            self.elements(guide, segment, split, at);
        }
    }

    /// What the trading partner asks of ISA and GS.
    fn partner_of_envelope(&mut self, split: &Split<'_>, at: At) {
        let Some(partner) = self.rooms.partner.as_ref().filter(|_| self.options.has(7)) else { return };
        let id = if split.id() == b"ISA" { "ISA" } else { "GS" };
        for (check, element, message) in partner.envelope(split) {
            let mut finding = self.finding(check, at, id, "", message);
            finding.element = Some(ElementPlace::new(element));
            self.push(finding);
        }
    }

    /// What the trading partner asks of the version of a transaction.
    fn partner_of_version(&mut self, version: &str, at: At) {
        let Some(partner) = self.rooms.partner.as_mut().filter(|_| self.options.has(7)) else { return };
        partner.begin();
        if let Some((check, element, message)) = partner.version(version) {
            let mut finding = self.finding(check, at, "ST", "", message);
            finding.element = Some(ElementPlace::new(element));
            self.push(finding);
        }
    }

    fn begin(&mut self, split: &Split<'_>, at: At) {
        self.close_transaction(self.last);
        self.summary.transactions += 1;
        let (set, control_number, version) = (split.element(1), split.element(2), split.element(3));
        let group_version = self.group.version.clone();
        let named = if version.is_empty() { group_version.as_slice() } else { version };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let candidates: Vec<&'static Guide> = Guide::of(&text(set), &text(named)).collect();
        self.transaction = Some(TransactionState { walker: None, candidates: Vec::new(), begin: at });
        if !control_number.is_empty()
            && self.group.control_numbers.len() < CONTROL_NUMBERS_MOST
            && !self.group.control_numbers.insert(control_number.to_vec())
        {
            let message =
                "the control number (ST02) stands twice in the group: give each transaction set its own".to_owned();
            self.say(&checks::CONTROL_NUMBER_AGAIN, at, "ST", "", message);
        }
        self.partner_of_version(&text(named), at);
        let Some(first) = candidates.first() else {
            let is_wrong = named.starts_with(b"005010X") && Guide::all().any(|guide| guide.set().as_bytes() == set);
            let message =
                "the set (ST01) and version (ST03, GS08) name no guide that is known here: only the syntax is checked"
                    .to_owned();
            let mut finding = self.finding(&checks::NO_GUIDE, at, "ST", "", message);
            finding.severity = if is_wrong { Severity::Error } else { Severity::Warning };
            return self.push(finding);
        };
        if !self.group.id.is_empty() && self.group.id != first.group().as_bytes() {
            let message = format!("GS01 is not {}, the group of a {}", first.group(), first.set());
            self.say(&checks::GROUP_SET, at, "ST", "", message);
        }
        if !version.is_empty() && !self.group.version.is_empty() && self.group.version != version {
            let message = "the version in ST03 is not that of the group (GS08)".to_owned();
            self.say(&checks::GROUP_VERSION, at, "ST", "", message);
        }
        if self.options.has(2) {
            match candidates.as_slice() {
                [guide] => self.start(guide, split, at),
                _ => {
                    if let Some(transaction) = &mut self.transaction {
                        transaction.candidates = candidates;
                    }
                }
            }
        }
    }

    /// Begins the way through a guide.
    fn start(&mut self, guide: &'static Guide, split: &Split<'_>, at: At) {
        let known = self.walkers.iter().position(|walker| core::ptr::eq(walker.guide, guide));
        let walker = known.unwrap_or_else(|| {
            self.walkers.push(Walker::new(guide));
            self.walkers.len() - 1
        });
        self.hierarchy.clear();
        self.kept.back_to(Mark::default());
        self.units.clear();
        self.is_overfull = false;
        self.totals.clear();
        if let Some(transaction) = &mut self.transaction {
            transaction.walker = Some(walker);
            transaction.candidates.clear();
        }
        self.events.clear();
        if let Some(walker) = self.walkers.get_mut(walker) {
            walker.begin(&mut self.events);
        }
        self.events.clear();
        self.units.push((1, Mark::default()));
        if let Some(segment) = guide.segments.first()
            && segment.id == SegmentId::of(split.id())
        {
            self.elements(guide, segment, split, at);
        }
    }

    fn inside(&mut self, split: &Split<'_>, raw: &[u8], at: At) {
        let Some(transaction) = &mut self.transaction else { return };
        if let Some(first) = transaction.candidates.first().copied() {
            // What is no segment of the standard says nothing about the guide.
            let id = SegmentId::of(split.id());
            if guide::known_segment(id).is_none() {
                return self.no_place(first, id, at);
            }
            self.choose(split);
        }
        // Where no guide is known, only the syntax is.
        if let Some(walker) = self.transaction.as_ref().and_then(|open| open.walker) {
            self.place(walker, split, raw, at);
        }
    }

    /// The guide of two that share a version: the one whose second segment has the code of this one.
    fn choose(&mut self, split: &Split<'_>) {
        let Some(transaction) = &mut self.transaction else { return };
        let candidates = core::mem::take(&mut transaction.candidates);
        let begin = transaction.begin;
        let fits = |guide: &&&'static Guide| {
            let second = guide.segments.get(1);
            let purpose = second.and_then(|second| guide.elements(second).get(1));
            purpose.is_some_and(|purpose| guide.has_code(&purpose.codes, split.element(2)))
        };
        let guide = candidates.iter().find(fits).or(candidates.first());
        if let Some(guide) = guide {
            let none = Split::nothing(split.delimiters);
            self.start(guide, &none, begin);
        }
    }

    fn place(&mut self, index: usize, split: &Split<'_>, raw: &[u8], at: At) {
        let id = SegmentId::of(split.id());
        let mut events = core::mem::take(&mut self.events);
        let Some(walker) = self.walkers.get_mut(index) else { return };
        let guide = walker.guide;
        let placed = walker
            .place(id, split, at, &mut events)
            .and_then(|place| Some((place, guide.segments.get(usize::from(place))?)));
        let Some((place, segment)) = placed else {
            events.clear();
            self.events = events;
            return self.no_place(guide, id, at);
        };
        if !events.is_empty() {
            self.happened(guide, &events, segment.name, split, at);
            events.clear();
        }
        self.events = events;
        if self.kept.bytes_kept() + raw.len() <= KEPT_MOST {
            self.kept.keep(place, segment.loop_, at.number, at.offset, raw);
        } else {
            self.is_overfull = true;
        }
        self.elements(guide, segment, split, at);
    }

    /// What the step to a segment brought with it.
    fn happened(&mut self, guide: &'static Guide, events: &[Event], id: &'static str, split: &Split<'_>, at: At) {
        for event in events {
            match *event {
                Event::Missing { loop_, child, at } => self.missing(guide, loop_, child, at),
                Event::Closed { loop_, depth } => self.closed(guide, loop_, depth, split),
                Event::Opened { loop_, depth } => self.opened(guide, loop_, depth, split, at),
                Event::TooOften { loop_, child } => self.too_often(guide, loop_, child, id, at),
                Event::OutOfOrder => {
                    let message = format!("{id} stands behind segments that the guide has after it");
                    self.say(&checks::SEGMENT_ORDER, at, id, "", message);
                }
            }
        }
    }

    fn opened(&mut self, guide: &'static Guide, loop_: u16, depth: usize, split: &Split<'_>, at: At) {
        let Some(found) = guide.loops.get(usize::from(loop_)) else { return };
        if found.is_unit {
            self.units.push((depth, self.kept.mark()));
        }
        if matches!(split.id(), b"CLM" | b"CLP") {
            self.summary.claims += 1;
            self.hierarchy.claim_begins(depth);
        }
        if found.is_level && self.options.has(2) {
            for (check, element, message) in self.hierarchy.level_begins(depth, split, at) {
                let mut finding = self.finding(check, at, "HL", found.id, message);
                finding.element = Some(ElementPlace::new(element));
                self.push(finding);
            }
        }
    }

    fn closed(&mut self, guide: &'static Guide, loop_: u16, depth: usize, split: &Split<'_>) {
        let Some(found) = guide.loops.get(usize::from(loop_)) else { return };
        if found.is_unit
            && let Some((_, mark)) = self.units.pop_if(|(open, _)| *open >= depth)
        {
            if self.is_overfull {
                self.totals.miss();
                self.too_large(found.id);
            } else {
                self.unit_ended(guide, found, mark, split);
            }
            self.kept.back_to(mark);
            self.is_overfull = false;
        }
        if found.is_level
            && self.options.has(2)
            && let Some((at, severity, message)) = self.hierarchy.level_ends(depth)
        {
            let mut finding = self.finding(&checks::HL_CHILD, at, "HL", found.id, message);
            finding.element = Some(ElementPlace::new(4));
            finding.severity = severity;
            self.push(finding);
        }
        self.hierarchy.loop_ends(depth);
    }

    /// A claim, level or transaction is whole.
    fn unit_ended(&mut self, guide: &'static Guide, in_loop: &'static guide::GuideLoop, mark: Mark, split: &Split<'_>) {
        if !self.options.above_guide() {
            return;
        }
        let view = self.kept.view(guide, split.delimiters, mark);
        let unit = Unit { view, kind: Unit::kind_of(guide, in_loop), claim: ClaimKind::of(guide) };
        let is_overloaded = unit.is_overloaded();
        unit::check(&unit, self.options, &mut self.totals, &mut self.rooms, &mut self.sayings);
        if is_overloaded {
            self.too_large(in_loop.id);
        }
        for said in self.sayings.take() {
            let mut finding = self.finding(said.check, said.at, said.segment_id, said.loop_id, said.message);
            finding.element = said.element;
            finding.severity = said.severity.unwrap_or(finding.severity);
            self.push(finding);
        }
    }

    fn end(&mut self, split: &Split<'_>, raw: &[u8], at: At) {
        if let Some(walker) = self.transaction.as_ref().and_then(|open| open.walker) {
            self.place(walker, split, raw, at);
        }
        self.close_transaction(at);
    }

    fn close_transaction(&mut self, at: At) {
        let Some(transaction) = &self.transaction else { return };
        if let Some(walker) = transaction.walker.and_then(|index| self.walkers.get_mut(index)) {
            let guide = walker.guide;
            let mut events = core::mem::take(&mut self.events);
            events.clear();
            walker.end(at, &mut events);
            let nothing = Split::nothing(self.delimiters);
            self.happened(guide, &events, "SE", &nothing, at);
            events.clear();
            self.events = events;
        }
        self.transaction = None;
        self.kept.back_to(Mark::default());
        self.units.clear();
    }

    fn elements(&mut self, guide: &'static Guide, segment: &'static guide::SegmentUse, split: &Split<'_>, at: At) {
        let loop_id = guide.loop_of(segment).map_or("", |found| found.id);
        let mut report = ElementReport { checker: self, at, segment_id: segment.name, loop_id };
        element::check(guide, segment, split, &mut report);
    }
}

impl core::fmt::Debug for Checker<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Checker")
            .field("options", &self.options)
            .field("summary", &self.summary)
            .field("kept", &self.kept)
            .finish_non_exhaustive()
    }
}

struct ElementReport<'c, 'd> {
    checker: &'c mut Checker<'d>,
    at: At,
    segment_id: &'static str,
    loop_id: &'static str,
}

impl Report for ElementReport<'_, '_> {
    #[cold]
    fn element(&mut self, check: &'static Check, place: ElementPlace, number: &'static str, message: String) {
        if !self.checker.options.has(check.snip) {
            return;
        }
        let mut finding = self.checker.finding(check, self.at, self.segment_id, self.loop_id, message);
        finding.element = Some(place);
        finding.data_element = number;
        self.checker.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use superbill_x12::Document;

    /// An 837P up to the first line of its claim, with so many references of the billing provider.
    fn claim(references: usize) -> String {
        let mut text = "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*000000001*0*T*:~\
            GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~HL*1**20*1~\
            NM1*85*2*TESTCLINIC*****XX*1234567893~"
            .to_owned();
        text += &"REF*EI*123456789~".repeat(references);
        text + "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*TESTPATIENT*ANN****MI*TEST0000001~CLM*CLAIM0000001*100***11:B:1*Y*A*Y*Y~LX*1~"
    }

    fn checker(text: &str) -> Checker<'static> {
        let document = Document::read(text.as_bytes()).unwrap();
        let mut checker = Checker::new(CheckOptions::default());
        document.segments().for_each(|segment| checker.segment(&segment));
        checker
    }

    #[test]
    fn debug_shows_nothing_of_the_patient() {
        let shown = format!("{:?}", checker(&claim(1)));
        // As text, and as the numbers of its bytes.
        for secret in ["TESTPATIENT", "TEST0000001", "CLAIM0000001"] {
            let bytes = format!("{:?}", secret.as_bytes());
            assert!(!shown.contains(secret) && !shown.contains(bytes.trim_matches(['[', ']'])), "{secret}");
        }
        assert!(shown.contains("Kept(8 segments)") && shown.len() < 1_000, "{shown:.1000}");
    }

    #[test]
    fn what_is_too_large_to_look_at_is_said() {
        for (references, said) in [(1, false), (1_200, true)] {
            let mut checker = checker(&claim(references));
            checker.finish();
            assert_eq!(
                checker.take_findings().iter().any(|finding| finding.rule() == "too-large"),
                said,
                "{references}"
            );
        }
    }
}
