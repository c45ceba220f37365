//! The claims of a received 837 and the levels that they stand in, read as far as they can be, and which of them a finding turns away.

use super::received::Received;
use crate::check::Finding;
use core::ops::Range;
use superbill_x12::{Segment, Transaction};

/// A received 837: professional, institutional or dental.
#[derive(Debug, Default)]
pub(super) struct Batch<'a> {
    /// BHT.
    pub(super) begin: Option<Segment<'a>>,
    /// NM1*41.
    pub(super) submitter: Option<Segment<'a>>,
    pub(super) providers: Vec<BatchProvider<'a>>,
    pub(super) claims: Vec<BatchClaim<'a>>,
    levels: Vec<Level>,
}

/// A billing provider.
#[derive(Debug, Default)]
pub(super) struct BatchProvider<'a> {
    /// NM1*85.
    pub(super) name: Option<Segment<'a>>,
    /// REF*EI or REF*SY of its loop.
    pub(super) tax_id: Option<Segment<'a>>,
}

/// A claim.
#[derive(Debug)]
pub(super) struct BatchClaim<'a> {
    first: u64,
    last: u64,
    pub(super) clm: Segment<'a>,
    /// Which provider, counted from 0.
    pub(super) provider: usize,
    /// NM1*IL.
    pub(super) subscriber: Option<Segment<'a>>,
    /// NM1*QC.
    pub(super) patient: Option<Segment<'a>>,
    /// DTP*434, or DTP*472 of the claim.
    pub(super) dates: Option<Segment<'a>>,
    pub(super) lines: Vec<BatchLine<'a>>,
}

/// A service line.
#[derive(Debug)]
pub(super) struct BatchLine<'a> {
    first: u64,
    last: u64,
    /// SV1, SV2 or SV3.
    pub(super) service: Option<Segment<'a>>,
    /// REF*6R.
    pub(super) number: Option<Segment<'a>>,
    /// DTP*472.
    pub(super) dates: Option<Segment<'a>>,
}

/// A level: from its HL to the next.
#[derive(Debug)]
struct Level {
    kind: u8,
    first: u64,
    /// How many claims came before it.
    claims: usize,
}

/// What a finding turns away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) claims: Range<usize>,
    /// The line of the one claim, counted from 0.
    pub(super) line: Option<usize>,
    /// It stands above all levels: the whole batch is meant.
    pub(super) is_header: bool,
}

/// Above everything that has a level.
const HEADER: u8 = 0;
const PROVIDER: u8 = b'A';
const SUBSCRIBER: u8 = b'B';
const PATIENT: u8 = b'C';

impl<'a> Batch<'a> {
    /// The batch of a transaction set; none where it is no 837.
    pub(super) fn read(transaction: &Transaction<'a, '_>) -> Option<Self> {
        let guide = transaction.implementation().text().into_owned();
        let is_claims = ["005010X222", "005010X223", "005010X224"].iter().any(|known| guide.starts_with(known));
        if transaction.set_id().bytes() != b"837" || !is_claims {
            return None;
        }
        let mut batch = Self::default();
        let (mut subscriber, mut patient) = (None, None);
        let mut in_provider = false;
        let mut is_open = false;
        for segment in transaction.body() {
            let code = segment.element(1);
            let number = segment.number();
            match (segment.id(), code.bytes()) {
                ("HL", _) => {
                    is_open = false;
                    let kind = match segment.element(3).bytes() {
                        b"20" => PROVIDER,
                        b"22" => SUBSCRIBER,
                        b"23" => PATIENT,
                        _ => HEADER,
                    };
                    batch.levels.push(Level { kind, first: number, claims: batch.claims.len() });
                    match kind {
                        PROVIDER => {
                            batch.providers.push(BatchProvider::default());
                            (subscriber, patient) = (None, None);
                        }
                        SUBSCRIBER => (subscriber, patient) = (None, None),
                        _ => patient = None,
                    }
                }
                ("CLM", _) => {
                    is_open = true;
                    if batch.providers.is_empty() {
                        batch.providers.push(BatchProvider::default());
                    }
                    batch.claims.push(BatchClaim {
                        first: number,
                        last: number,
                        clm: segment,
                        provider: batch.providers.len().saturating_sub(1),
                        subscriber,
                        patient,
                        dates: None,
                        lines: Vec::new(),
                    });
                }
                _ if is_open => batch.in_claim(segment),
                ("BHT", _) => batch.begin = batch.begin.or(Some(segment)),
                ("NM1", b"41") => batch.submitter = batch.submitter.or(Some(segment)),
                ("NM1", code) => {
                    in_provider = code == b"85";
                    match code {
                        b"85" => {
                            if let Some(provider) = batch.providers.last_mut() {
                                provider.name = provider.name.or(Some(segment));
                            }
                        }
                        b"IL" => subscriber = subscriber.or(Some(segment)),
                        b"QC" => patient = patient.or(Some(segment)),
                        _ => {}
                    }
                }
                ("REF", b"EI" | b"SY") if in_provider => {
                    if let Some(provider) = batch.providers.last_mut() {
                        provider.tax_id = provider.tax_id.or(Some(segment));
                    }
                }
                _ => {}
            }
        }
        Some(batch)
    }

    fn in_claim(&mut self, segment: Segment<'a>) {
        let Some(claim) = self.claims.last_mut() else { return };
        claim.last = segment.number();
        if segment.id() == "LX" {
            let number = segment.number();
            claim.lines.push(BatchLine { first: number, last: number, service: None, number: None, dates: None });
            return;
        }
        let code = segment.element(1);
        match claim.lines.last_mut() {
            None => {
                if segment.id() == "DTP" && matches!(code.bytes(), b"434" | b"472") {
                    claim.dates = claim.dates.or(Some(segment));
                }
            }
            Some(line) => {
                line.last = segment.number();
                match (segment.id(), code.bytes()) {
                    ("SV1" | "SV2" | "SV3", _) => line.service = line.service.or(Some(segment)),
                    ("REF", b"6R") => line.number = line.number.or(Some(segment)),
                    ("DTP", b"472") => line.dates = line.dates.or(Some(segment)),
                    _ => {}
                }
            }
        }
    }

    /// Which claims a finding is about: the one that it stands in, or all below the level that it stands in.
    pub(super) fn hit(&self, finding: &Finding, received: &Received<'_, '_>) -> Hit {
        let named = finding.claim.and_then(|ordinal| received.claim_segment(ordinal));
        let named = named.and_then(|first| self.claims.binary_search_by_key(&first, |claim| claim.first).ok());
        if let Some((at, claim)) = named.and_then(|at| Some((at, self.claims.get(at)?))) {
            return Hit { claims: at..at + 1, line: claim.line(finding), is_header: false };
        }
        // What is missing in a level stands at the segment that came instead, which can be one of a claim below it, or the next level.
        let id = finding.loop_id;
        let of_level = (id.starts_with("2000") || id.starts_with("2010")).then(|| id.as_bytes().get(4)).flatten();
        if let Some(kind) = of_level {
            return self.below(*kind, finding);
        }
        if !id.starts_with("1000") {
            let at = self.claims.partition_point(|claim| claim.first <= finding.segment);
            let claim = at.checked_sub(1).and_then(|at| Some((at, self.claims.get(at)?)));
            if let Some((at, claim)) = claim.filter(|(_, claim)| finding.segment <= claim.last) {
                return Hit { claims: at..at + 1, line: claim.line(finding), is_header: false };
            }
            if let Some(level) = self.level_at(finding.segment) {
                return self.below(level.kind, finding);
            }
        }
        Hit { claims: 0..self.claims.len(), line: None, is_header: true }
    }

    /// The level in which a segment stands, that of a claim included.
    fn level_at(&self, segment: u64) -> Option<&Level> {
        let at = self.levels.partition_point(|level| level.first <= segment);
        at.checked_sub(1).and_then(|at| self.levels.get(at))
    }

    /// The claims below the level of a kind that the finding stands in.
    fn below(&self, kind: u8, finding: &Finding) -> Hit {
        let is_before = finding.is_of_missing() && finding.segment_id != "HL";
        let from = self.levels.partition_point(|level| {
            if is_before { level.first < finding.segment } else { level.first <= finding.segment }
        });
        let before = self.levels.get(..from).unwrap_or_default();
        let Some(at) = before.iter().rposition(|level| level.kind == kind) else {
            return Hit { claims: 0..self.claims.len(), line: None, is_header: true };
        };
        let begin = self.levels.get(at).map_or(0, |level| level.claims);
        // A level ends with the next that is not below it.
        let after = self.levels.get(at + 1..).unwrap_or_default().iter().find(|level| level.kind <= kind);
        let end = after.map_or(self.claims.len(), |level| level.claims);
        Hit { claims: begin..end, line: None, is_header: false }
    }
}

impl BatchClaim<'_> {
    /// The line that a finding in the claim stands in.
    fn line(&self, finding: &Finding) -> Option<usize> {
        let in_line = finding.loop_id.starts_with("24");
        if !in_line && !finding.loop_id.is_empty() {
            return None;
        }
        let at = self.lines.partition_point(|line| line.first <= finding.segment).checked_sub(1)?;
        let line = self.lines.get(at)?;
        // What is missing in a line stands at the segment that came instead, such as the LX of the next.
        if in_line && finding.is_of_missing() && finding.segment == line.first && finding.segment_id != "LX" {
            return at.checked_sub(1);
        }
        (in_line || finding.segment <= line.last).then_some(at)
    }
}
