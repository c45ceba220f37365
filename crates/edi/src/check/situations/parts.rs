//! A claim by its parts, so that each rule looks only where its segments can stand.

use crate::check::balance::Amount;
use crate::check::placed::Seen;
use crate::check::unit::{ClaimKind, Unit};
use crate::guide::PlaceName;

/// Some segments, in file order.
#[derive(Clone, Copy)]
pub(in crate::check) struct Part<'p, 'k>(pub(super) &'p [Seen<'k>]);

impl<'p, 'k: 'p> Part<'p, 'k> {
    pub(super) fn all(self) -> impl DoubleEndedIterator<Item = &'p Seen<'k>> + Clone {
        self.0.iter()
    }

    /// The segments of a loop with an identifier.
    #[inline]
    pub(super) fn of(
        self,
        loop_id: &'static str,
        id: &'static str,
    ) -> impl DoubleEndedIterator<Item = &'p Seen<'k>> + Clone {
        let name = PlaceName::of(loop_id, id);
        self.0.iter().filter(move |seen| seen.name == name)
    }

    #[inline]
    pub(super) fn first(self, loop_id: &'static str, id: &'static str) -> Option<&'p Seen<'k>> {
        self.of(loop_id, id).next()
    }

    /// The one whose first element is a qualifier.
    #[inline]
    pub(super) fn with(self, loop_id: &'static str, id: &'static str, qualifier: &str) -> Option<&'p Seen<'k>> {
        self.of(loop_id, id).find(|seen| seen.element(1) == qualifier.as_bytes())
    }

    #[inline]
    pub(super) fn has(self, loop_id: &'static str, id: &'static str) -> bool {
        self.first(loop_id, id).is_some()
    }

    /// The segment that opens the part.
    pub(super) fn opening(self) -> Option<&'p Seen<'k>> {
        self.0.first()
    }

    /// The instances of a loop that holds no others.
    pub(super) fn instances(self, loop_id: &'static str) -> impl Iterator<Item = Part<'p, 'k>> {
        let inside = self.0.chunk_by(move |one, next| {
            next.in_loop.id() == loop_id && one.in_loop.id() == loop_id && next.in_loop.first != next.placed.segment
        });
        inside.map(Part).filter(move |part| part.opening().is_some_and(|seen| seen.in_loop.id() == loop_id))
    }
}

/// Days, as numbers CCYYMMDD: their order is that of the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: u32,
    pub(super) through: u32,
}

/// CCYYMMDD as a number; `None` for anything else.
pub(super) fn day(bytes: &[u8]) -> Option<u32> {
    if bytes.len() != 8 {
        return None;
    }
    bytes.iter().try_fold(0u32, |day, byte| byte.is_ascii_digit().then(|| day * 10 + u32::from(byte - b'0')))
}

/// The days of a qualifier (D8, DT, RD8) and a value.
pub(super) fn period(qualifier: &[u8], value: &[u8]) -> Option<Period> {
    match qualifier {
        b"D8" | b"DT" => {
            let from = day(value.get(..8)?)?;
            Some(Period { from, through: from })
        }
        b"RD8" => {
            let (from, through) = value.split_at_checked(8)?;
            Some(Period { from: day(from)?, through: day(through.strip_prefix(b"-")?)? })
        }
        _ => None,
    }
}

/// The days of a DTP.
pub(super) fn period_of(seen: &Seen<'_>) -> Option<Period> {
    period(seen.element(2), seen.element(3))
}

/// The items that repeat an earlier one with the same key, in their order.
pub(super) fn repeated<K: Ord + Copy, T>(items: impl Iterator<Item = (K, T)>) -> Vec<T> {
    let mut all: Vec<(K, usize, Option<T>)> =
        items.enumerate().map(|(at, (key, item))| (key, at, Some(item))).collect();
    all.sort_by_key(|(key, at, _)| (*key, *at));
    let mut before = None;
    let mut again: Vec<(usize, T)> = Vec::new();
    for (key, at, item) in &mut all {
        if before == Some(*key) {
            again.extend(item.take().map(|item| (*at, item)));
        }
        before = Some(*key);
    }
    again.sort_by_key(|(at, _)| *at);
    again.into_iter().map(|(_, item)| item).collect()
}

/// An amount of a segment.
pub(super) fn amount(seen: &Seen<'_>, element: usize) -> Option<Amount> {
    Amount::read(seen.element(element))
}

/// A claim by its parts.
pub(in crate::check) struct ClaimParts<'k> {
    pub(super) kind: ClaimKind,
    /// CLM.
    pub(super) clm: Seen<'k>,
    /// From the first to the last day of the services; the statement period of an institutional claim.
    pub(super) service: Option<Period>,
    /// Whether the claim stands under the patient's own level.
    pub(super) has_patient_level: bool,
    /// Whether it is a professional claim for an ambulance.
    pub(super) is_ambulance: bool,
    above: Vec<Seen<'k>>,
    claim: Vec<Seen<'k>>,
    others: Vec<Seen<'k>>,
    lines: Vec<Seen<'k>>,
}

impl<'k> ClaimParts<'k> {
    pub(super) fn of(unit: &Unit<'k>) -> Option<Self> {
        let length = unit.view.unit_placed().len();
        let mut claim = Vec::with_capacity(length);
        let (mut others, mut lines) = (Vec::new(), Vec::with_capacity(length));
        let mut clm = None;
        for seen in unit.view.unit() {
            match seen.in_loop.id().as_bytes() {
                [b'2', b'3', b'2' | b'3', ..] => others.push(seen),
                [b'2', b'4', ..] => lines.push(seen),
                _ => {
                    if seen.segment.id() == "CLM" {
                        clm = Some(seen);
                    }
                    claim.push(seen);
                }
            }
        }
        let above: Vec<Seen<'k>> = unit.view.above().collect();
        let has_patient_level = above.iter().any(|seen| seen.in_loop.id() == "2000C");
        let mut parts = Self {
            kind: unit.claim,
            clm: clm?,
            service: None,
            has_patient_level,
            is_ambulance: false,
            above,
            claim,
            others,
            lines,
        };
        parts.service = parts.find_service();
        parts.is_ambulance = parts.find_ambulance();
        Some(parts)
    }

    /// By the place of service (land; air or water), or by the codes of its transports and miles, A0425 to A0436.
    fn find_ambulance(&self) -> bool {
        let is_transport = |service: &Seen<'k>| {
            let mut procedure = service.components(service.element(1));
            procedure.next() == Some(b"HC")
                && procedure
                    .next()
                    .is_some_and(|code| code.len() == 5 && (b"A0425".as_slice()..=b"A0436").contains(&code))
        };
        self.kind == ClaimKind::Professional
            && (matches!(self.place(), b"41" | b"42") || self.all_lines().of("2400", "SV1").any(is_transport))
    }

    fn find_service(&self) -> Option<Period> {
        let days = |part: Part<'_, 'k>, loop_id, qualifier| part.with(loop_id, "DTP", qualifier).and_then(period_of);
        if let Some(statement) = days(self.claim(), "2300", "434") {
            return Some(statement);
        }
        let whole = days(self.claim(), "2300", "472");
        let lines = self.lines().filter_map(|line| days(line, "2400", "472"));
        lines
            .chain(whole)
            .reduce(|all, one| Period { from: all.from.min(one.from), through: all.through.max(one.through) })
    }

    /// The levels above.
    pub(super) fn above(&self) -> Part<'_, 'k> {
        Part(&self.above)
    }

    /// The claim without other payers and lines.
    pub(super) fn claim(&self) -> Part<'_, 'k> {
        Part(&self.claim)
    }

    /// All that is said of other payers.
    pub(super) fn all_others(&self) -> Part<'_, 'k> {
        Part(&self.others)
    }

    /// Other payers (2320 and what stands below), each. A claim has at most ten; one that has more than a hundred is told so.
    pub(super) fn others(&self) -> impl Iterator<Item = Part<'_, 'k>> + Clone {
        cut(&self.others, "2320").take(100)
    }

    /// All lines.
    pub(super) fn all_lines(&self) -> Part<'_, 'k> {
        Part(&self.lines)
    }

    /// Lines (2400 and what stands below), each.
    pub(super) fn lines(&self) -> impl Iterator<Item = Part<'_, 'k>> + Clone {
        cut(&self.lines, "2400")
    }

    /// The patient's birth and sex (DMG).
    pub(super) fn patient(&self) -> Option<&Seen<'k>> {
        self.above().first(if self.has_patient_level { "2010CA" } else { "2010BA" }, "DMG")
    }

    /// PAT of the patient.
    pub(super) fn patient_information(&self) -> Option<&Seen<'k>> {
        self.above().first(if self.has_patient_level { "2000C" } else { "2000B" }, "PAT")
    }

    /// Where the claim is from: the place of service, or the first two digits of the type of bill (CLM05-1).
    pub(super) fn place(&self) -> &'k [u8] {
        self.clm.component(5, 1)
    }

    /// CLM05-3.
    pub(super) fn frequency(&self) -> &'k [u8] {
        self.clm.component(5, 3)
    }

    /// SBR of the payer that the claim goes to.
    pub(super) fn subscriber(&self) -> Option<&Seen<'k>> {
        self.above().first("2000B", "SBR")
    }

    /// The service segment of a line, with the number of the element of its charge.
    pub(super) fn service_of<'p>(&self, line: Part<'p, 'k>) -> Option<(&'p Seen<'k>, u8)> {
        let (id, charge) = match self.kind {
            ClaimKind::Professional => ("SV1", 2),
            ClaimKind::Institutional => ("SV2", 3),
            ClaimKind::Dental => ("SV3", 2),
            ClaimKind::None => return None,
        };
        line.first("2400", id).map(|seen| (seen, charge))
    }
}

/// Parts that begin with the first segment of a loop.
fn cut<'p, 'k>(
    list: &'p [Seen<'k>],
    loop_id: &'static str,
) -> impl Iterator<Item = Part<'p, 'k>> + Clone + use<'p, 'k> {
    let begins = move |seen: &Seen<'k>| seen.in_loop.first == seen.placed.segment && seen.in_loop.id() == loop_id;
    list.chunk_by(move |_, next| !begins(next)).map(Part)
}
