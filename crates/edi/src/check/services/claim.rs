//! A claim and its lines, as checks of services ask for them.

use crate::check::placed::Seen;
use crate::check::unit::Unit;
use superbill_cpt::CptCode;
use superbill_hcpcs::HcpcsCode;

/// Whose plan pays first at this level: SBR09.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    Medicare,
    Medicaid,
    Other,
}

pub(super) struct Claim<'v, 'k> {
    pub(super) clm: Seen<'k>,
    pub(super) program: Program,
    /// The segments before the first line.
    head: &'v [Seen<'k>],
    pub(super) lines: Vec<Line<'v, 'k>>,
}

pub(super) struct Line<'v, 'k> {
    segments: &'v [Seen<'k>],
    /// SV1, SV2 or SV3.
    pub(super) service: Seen<'k>,
    /// SV201; empty on other claims.
    pub(super) revenue: &'k [u8],
    pub(super) qualifier: &'k [u8],
    pub(super) hcpcs: Option<HcpcsCode>,
    pub(super) cpt: Option<CptCode>,
    modifiers: [&'k [u8]; 4],
}

impl<'v, 'k> Claim<'v, 'k> {
    pub(super) fn new(unit: &Unit<'k>, segments: &'v [Seen<'k>]) -> Option<Self> {
        let clm = segments.iter().find(|seen| seen.segment.id() == "CLM").copied()?;
        let sbr = unit.view.first("2000B", "SBR");
        let program = match sbr.map(|sbr| sbr.element(9)) {
            Some(b"MA" | b"MB") => Program::Medicare,
            Some(b"MC") => Program::Medicaid,
            _ => Program::Other,
        };
        let first = segments.iter().position(is_line).unwrap_or(segments.len());
        let (head, mut rest) = segments.split_at_checked(first)?;
        let mut lines = Vec::new();
        while let [_, behind @ ..] = rest {
            let length = behind.iter().position(is_line).map_or(rest.len(), |next| next + 1);
            let (line, others) = rest.split_at_checked(length)?;
            lines.extend(Line::new(line));
            rest = others;
        }
        Some(Self { clm, program, head, lines })
    }

    pub(super) fn is_medicare(&self) -> bool {
        self.program == Program::Medicare
    }

    /// The segments of the claim itself with an identifier.
    pub(super) fn head(&self, id: &'static str) -> impl Iterator<Item = Seen<'k>> + use<'_, 'v, 'k> {
        self.head.iter().copied().filter(move |seen| seen.segment.id() == id)
    }

    /// Whether the claim itself has a segment with a first element.
    pub(super) fn has(&self, id: &'static str, first: &[u8]) -> bool {
        self.head(id).any(|seen| seen.element(1) == first)
    }

    /// Whether the claim has a code of the uniform bill (HI) with a qualifier.
    pub(super) fn has_bill_code(&self, qualifier: &[u8], is_wanted: impl Fn(&[u8]) -> bool) -> bool {
        self.head("HI").any(|hi| {
            hi.elements().any(|value| {
                let mut parts = hi.components(value);
                parts.next() == Some(qualifier) && parts.next().is_some_and(&is_wanted)
            })
        })
    }
}

fn is_line(seen: &Seen<'_>) -> bool {
    seen.segment.id() == "LX"
}

impl<'v, 'k> Line<'v, 'k> {
    fn new(segments: &'v [Seen<'k>]) -> Option<Self> {
        let service = segments.iter().find(|seen| matches!(seen.segment.id(), "SV1" | "SV2" | "SV3")).copied()?;
        let is_institutional = service.segment.id() == "SV2";
        let value = service.repetitions(if is_institutional { 2 } else { 1 }).next().unwrap_or_default();
        let mut parts = service.components(value);
        let (qualifier, code) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let mut modifiers: [&[u8]; 4] = [&[]; 4];
        for (slot, part) in modifiers.iter_mut().zip(parts) {
            *slot = part;
        }
        let text = core::str::from_utf8(code).unwrap_or_default();
        let is_cpt = code.first().is_some_and(u8::is_ascii_digit);
        Some(Self {
            segments,
            service,
            revenue: if is_institutional { service.element(1) } else { &[] },
            qualifier,
            hcpcs: if is_cpt { None } else { HcpcsCode::parse(text).ok() },
            cpt: if is_cpt { CptCode::parse(text).ok() } else { None },
            modifiers,
        })
    }

    /// Whether the line has a procedure.
    pub(super) fn has_code(&self) -> bool {
        self.hcpcs.is_some() || self.cpt.is_some()
    }

    pub(super) fn modifiers(&self) -> impl Iterator<Item = &'k [u8]> + use<'k> {
        self.modifiers.into_iter().filter(|modifier| !modifier.is_empty())
    }

    pub(super) fn has_modifier(&self, wanted: &[&[u8]]) -> bool {
        self.modifiers().any(|modifier| wanted.contains(&modifier))
    }

    /// The segments of the line with an identifier.
    pub(super) fn segments(&self, id: &'static str) -> impl Iterator<Item = Seen<'k>> + use<'v, 'k> {
        self.segments.iter().copied().filter(move |seen| seen.segment.id() == id)
    }

    /// Whether the line has a segment with a first element; any first element where none is given.
    pub(super) fn has(&self, id: &'static str, first: &[u8]) -> bool {
        self.segments(id).any(|seen| first.is_empty() || seen.element(1) == first)
    }

    /// The first day of service, CCYYMMDD; empty where there is none.
    pub(super) fn day(&self) -> &'k [u8] {
        let date = self.segments("DTP").find(|date| date.element(1) == b"472");
        date.and_then(|date| date.element(3).get(..8)).unwrap_or_default()
    }

    /// Whether the first day of service is known and before another one.
    pub(super) fn is_before(&self, day: &[u8; 8]) -> bool {
        let own = self.day();
        !own.is_empty() && own < day.as_slice()
    }

    /// Whether the first day of service is another one or later.
    pub(super) fn is_since(&self, day: &[u8; 8]) -> bool {
        self.day() >= day.as_slice()
    }

    /// Where a service of an 837P was given: SV105, else the claim's.
    pub(super) fn place(&self, claim: &Claim<'_, 'k>) -> &'k [u8] {
        let own = self.service.element(5);
        if own.is_empty() { claim.clm.component(5, 1) } else { own }
    }
}
