//! The levels of the hierarchy: billing provider, subscriber, patient.

use crate::error::{ReadError, ReadErrorKind};
use crate::notice::Location;
use superbill_claim::{Coverage, FilingIndicator, Payer, PayerResponsibility, Person, Provider, Relationship};
use superbill_core::{MemberId, Phi};

/// One level of the hierarchy (HL) with what stands in its loops.
pub(super) struct Level {
    pub(super) hl: Location,
    /// The place of the parent among the levels; `None` where there is none that can be.
    pub(super) parent: Option<usize>,
    pub(super) kind: LevelKind,
}

pub(super) enum LevelKind {
    Billing { provider: Option<Provider>, taxonomy: Option<String> },
    Subscriber(Box<Subscriber>),
    Patient { relationship: Option<Relationship>, person: Option<Person> },
    Other,
}

#[derive(Default)]
pub(super) struct Subscriber {
    pub(super) insurance: Option<Insurance>,
    pub(super) person: Option<Person>,
    pub(super) member_id: Option<Result<Phi<MemberId>, ReadError>>,
    pub(super) payer: Option<Payer>,
}

/// What SBR says.
pub(super) struct Insurance {
    pub(super) responsibility: PayerResponsibility,
    pub(super) group_number: Option<Phi<String>>,
    pub(super) group_name: Option<String>,
    pub(super) filing_indicator: Option<FilingIndicator>,
}

/// What a claim takes from the levels above it.
pub(super) struct Above {
    pub(super) billing_provider: Provider,
    pub(super) coverage: Coverage,
    pub(super) subscriber: Person,
    pub(super) patient: Option<(Relationship, Person)>,
}

/// What the levels from this one upward say.
pub(super) fn above(levels: &[Level], at: Option<usize>, clm: Location) -> Result<Above, ReadError> {
    let lost = |location| ReadError::new(location, ReadErrorKind::Hierarchy);
    let level = |at: Option<usize>, from: Location| at.and_then(|at| levels.get(at)).ok_or(lost(from));
    let mut here = level(at, clm)?;
    let mut patient = None;
    if let LevelKind::Patient { relationship, person } = &here.kind {
        let relationship = relationship.clone().ok_or(no_segment(here.hl, "PAT", "2000C"))?;
        let person = person.clone().ok_or(no_segment(here.hl, "NM1*QC", "2010CA"))?;
        patient = Some((relationship, person));
        here = level(here.parent, here.hl)?;
    }
    let LevelKind::Subscriber(subscriber) = &here.kind else {
        return Err(lost(here.hl));
    };
    let over = level(here.parent, here.hl)?;
    let LevelKind::Billing { provider, taxonomy } = &over.kind else {
        return Err(lost(here.hl));
    };
    let mut billing_provider = provider.clone().ok_or(no_segment(over.hl, "NM1*85", "2010AA"))?;
    billing_provider.taxonomy.clone_from(taxonomy);
    let insurance = subscriber.insurance.as_ref().ok_or(no_segment(here.hl, "SBR", "2000B"))?;
    let person = subscriber.person.clone().ok_or(no_segment(here.hl, "NM1*IL", "2010BA"))?;
    let payer = subscriber.payer.clone().ok_or(no_segment(here.hl, "NM1*PR", "2010BB"))?;
    let member_id = subscriber.member_id.clone().ok_or(no_segment(here.hl, "NM1*IL", "2010BA"))??;
    let mut coverage = Coverage::new(payer, member_id.expose().clone());
    coverage.responsibility = insurance.responsibility;
    coverage.filing_indicator = insurance.filing_indicator;
    coverage.group_number.clone_from(&insurance.group_number);
    coverage.group_name.clone_from(&insurance.group_name);
    Ok(Above { billing_provider, coverage, subscriber: person, patient })
}

fn no_segment(location: Location, segment: &'static str, loop_id: &'static str) -> ReadError {
    ReadError::new(location, ReadErrorKind::NoSegment { segment, loop_id })
}
