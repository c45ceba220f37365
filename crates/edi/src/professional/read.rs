//! Reading professional claims.

use super::ProfessionalTransaction;
use super::claim::ClaimDraft;
use super::level::{Insurance, Level, LevelKind, Subscriber};
use super::loops::{At, Within};
use crate::error::{ReadError, ReadErrorKind};
use crate::fields::{Fields, date, known_id};
use crate::notice::NoticeKind;
use crate::party::{city, person_name, provider, street};
use crate::transaction::TransactionKind;
use std::collections::HashMap;
use superbill_claim::{Contact, FilingIndicator, Party, Payer, PayerResponsibility, Person, Provider, Relationship};
use superbill_core::{Address, DateRange, MemberId, PayerControlNumber, Phi, Sex, TaxId};
use superbill_x12::{Segment, Transaction};

/// Reads the professional claims of an 837 transaction set (ASC X12N 005010X222A1).
///
/// A claim that the model cannot hold stands among the failed ones, and the others still come. What the model does not
/// carry stands in the notices, segment by segment and element by element.
///
/// # Errors
/// [`ReadErrorKind::WrongTransaction`] where the transaction set is another one.
pub fn read_professional(transaction: &Transaction<'_, '_>) -> Result<ProfessionalTransaction, ReadError> {
    TransactionKind::Professional.expect(transaction)?;
    let mut reader = Reader {
        at: At::Header,
        levels: Vec::new(),
        ids: HashMap::new(),
        claim: None,
        ordinal: 0,
        out: ProfessionalTransaction {
            segments: transaction.first_segment()..=transaction.last_segment(),
            reference: None,
            created: None,
            submitter: None,
            receiver: None,
            claims: Vec::new(),
            failed: Vec::new(),
            notices: Vec::new(),
        },
    };
    for segment in transaction.body() {
        reader.segment(segment);
    }
    reader.finish_claim();
    Ok(reader.out)
}

struct Reader<'a> {
    at: At,
    levels: Vec<Level>,
    /// The levels by HL01.
    ids: HashMap<&'a [u8], usize>,
    claim: Option<ClaimDraft>,
    ordinal: usize,
    out: ProfessionalTransaction,
}

impl<'a> Reader<'a> {
    fn segment(&mut self, segment: Segment<'a>) {
        let within = self.at.within();
        let fields = match (segment.id(), within) {
            ("HL", _) => self.level(segment),
            ("NM1", _) => self.name(segment),
            ("CLM", _) => self.begin_claim(segment),
            ("SBR", Some(_)) => self.not_carried(At::Coverage, segment),
            ("LX", Some(_)) => self.line(segment),
            ("LIN", Some(Within::Line)) => self.not_carried(At::LineOther("2410"), segment),
            ("SVD", Some(Within::Line)) => self.not_carried(At::LineOther("2430"), segment),
            ("LQ", Some(Within::Line)) => self.not_carried(At::LineOther("2440"), segment),
            _ => self.detail(segment),
        };
        let notices = fields.map(Fields::finish).unwrap_or_default();
        match &mut self.claim {
            Some(claim) => {
                claim.segments = *claim.segments.start()..=segment.number();
                claim.notices.extend(notices);
            }
            None => self.out.notices.extend(notices),
        }
    }

    /// HL: a new level under the parent that it names.
    fn level(&mut self, segment: Segment<'a>) -> Option<Fields<'a>> {
        self.finish_claim();
        let code = segment.element(3).trimmed();
        let (at, kind) = match code.bytes() {
            b"20" => (At::Billing, LevelKind::Billing { provider: None, taxonomy: None }),
            b"22" => (At::Subscriber, LevelKind::Subscriber(Box::<Subscriber>::default())),
            b"23" => (At::Patient, LevelKind::Patient { relationship: None, person: None }),
            _ => (At::OtherLevel, LevelKind::Other),
        };
        self.at = at;
        let mut fields = Fields::new(segment, at.id());
        let id = fields.element(1).trimmed();
        let is_parent = |level: &Level| match at {
            At::Subscriber => matches!(level.kind, LevelKind::Billing { .. }),
            At::Patient => matches!(level.kind, LevelKind::Subscriber(_)),
            _ => false,
        };
        let named = self.ids.get(fields.element(2).trimmed().bytes()).copied();
        let mut parent = named.filter(|parent| self.levels.get(*parent).is_some_and(is_parent));
        if parent.is_none() && matches!(at, At::Subscriber | At::Patient) {
            // Many senders number badly; the guide has the levels in order, so that the nearest one is meant.
            parent = self.levels.iter().rposition(is_parent);
            fields.note(Some(2), NoticeKind::Parent);
        }
        // The children are seen from their HL02; HL04 only repeats it.
        fields.element(3);
        fields.element(4);
        if at == At::OtherLevel {
            fields.note(Some(3), NoticeKind::NotCarried);
        }
        if id.is_empty() {
            fields.note(Some(1), NoticeKind::Missing);
        } else if self.ids.insert(id.bytes(), self.levels.len()).is_some() {
            fields.note(Some(1), NoticeKind::Repeated);
        }
        self.levels.push(Level { hl: fields.location(None), parent, kind });
        Some(fields)
    }

    fn begin_claim(&mut self, segment: Segment<'a>) -> Option<Fields<'a>> {
        self.finish_claim();
        self.at = At::Claim;
        self.ordinal += 1;
        let mut fields = Fields::new(segment, At::Claim.id());
        let level = self.levels.len().checked_sub(1);
        self.claim = Some(ClaimDraft::new(self.ordinal, level, &mut fields));
        Some(fields)
    }

    fn finish_claim(&mut self) {
        if let Some(claim) = self.claim.take() {
            claim.finish(&self.levels, &mut self.out);
        }
    }

    fn line(&mut self, segment: Segment<'a>) -> Option<Fields<'a>> {
        self.at = At::Line;
        let mut fields = Fields::new(segment, At::Line.id());
        self.claim.as_mut()?.begin_line(&mut fields);
        Some(fields)
    }

    /// A segment that begins a loop the model does not carry.
    fn not_carried(&mut self, at: At, segment: Segment<'a>) -> Option<Fields<'a>> {
        self.at = at;
        self.left_out(segment, NoticeKind::NotCarried)
    }

    /// One notice for a whole segment.
    fn left_out(&mut self, segment: Segment<'a>, kind: NoticeKind) -> Option<Fields<'a>> {
        let mut fields = Fields::new(segment, self.at.id());
        fields.note(None, kind);
        let notices = match &mut self.claim {
            Some(claim) => &mut claim.notices,
            None => &mut self.out.notices,
        };
        // The elements are not reported one by one: the first notice says it of all.
        notices.extend(fields.finish().into_iter().take(1));
        None
    }

    /// NM1: a new loop, by the entity and by what stands around it.
    fn name(&mut self, segment: Segment<'a>) -> Option<Fields<'a>> {
        let entity = segment.element(1).trimmed().text();
        if let Some(within) = self.at.within() {
            let Some(at) = At::named(within, &entity) else {
                // What follows belongs to this name and must not change the loop before it.
                self.at = within.unplaced();
                return self.left_out(segment, NoticeKind::Misplaced);
            };
            self.at = at;
            return self.claim_name(segment, &entity);
        }
        let level = self.levels.last_mut();
        let at = match (level.as_ref().map(|level| &level.kind), entity.as_ref()) {
            (None, "41") => At::Submitter,
            (None, "40") => At::Receiver,
            (Some(LevelKind::Billing { .. }), "85") => At::BillingName,
            (Some(LevelKind::Billing { .. }), "87") => At::PayTo("2010AB"),
            (Some(LevelKind::Billing { .. }), "PE") => At::PayTo("2010AC"),
            (Some(LevelKind::Subscriber(_)), "IL") => At::Insured,
            (Some(LevelKind::Subscriber(_)), "PR") => At::Payer,
            (Some(LevelKind::Patient { .. }), "QC") => At::PatientName,
            _ => {
                self.at = At::PayTo("");
                return self.left_out(segment, NoticeKind::Misplaced);
            }
        };
        self.at = at;
        let mut fields = Fields::new(segment, at.id());
        fields.element(1);
        let repeated = match (at, level.map(|level| &mut level.kind)) {
            (At::Submitter, _) => party(&mut self.out.submitter, &mut fields),
            (At::Receiver, _) => party(&mut self.out.receiver, &mut fields),
            (At::BillingName, Some(LevelKind::Billing { provider: billing, .. })) => {
                keep_first(billing, || provider(&mut fields))
            }
            (At::Insured, Some(LevelKind::Subscriber(subscriber))) => insured(subscriber, &mut fields),
            (At::Payer, Some(LevelKind::Subscriber(subscriber))) => keep_first(&mut subscriber.payer, || {
                fields.expect(2, &["2"]);
                fields.expect(8, &["PI"]);
                Payer::new(fields.name(3), fields.name(9))
            }),
            (At::PatientName, Some(LevelKind::Patient { person, .. })) => keep_first(person, || {
                fields.expect(2, &["1"]);
                Person::new(person_name(&mut fields))
            }),
            _ => return self.left_out(segment, NoticeKind::NotCarried),
        };
        if repeated {
            // What follows belongs to the second one and must not change the first.
            self.at = At::PayTo(at.id());
            return self.left_out(segment, NoticeKind::Repeated);
        }
        Some(fields)
    }

    /// NM1 inside a claim.
    fn claim_name(&mut self, segment: Segment<'a>, entity: &str) -> Option<Fields<'a>> {
        let at = self.at;
        let claim = self.claim.as_mut()?;
        let place = match (at, entity) {
            (At::ClaimOther("2310A"), "DN") => &mut claim.referring_provider,
            (At::ClaimRendering, _) => &mut claim.rendering_provider,
            (At::ClaimFacility, _) => &mut claim.service_facility,
            (At::LineRendering, _) => &mut claim.lines.last_mut()?.rendering_provider,
            _ => return self.left_out(segment, NoticeKind::NotCarried),
        };
        let mut fields = Fields::new(segment, at.id());
        if keep_first(place, || provider(&mut fields)) {
            self.at = match at.within() {
                Some(Within::Line) => At::LineOther(at.id()),
                _ => At::ClaimOther(at.id()),
            };
            return self.left_out(segment, NoticeKind::Repeated);
        }
        Some(fields)
    }

    /// A segment that begins no loop.
    fn detail(&mut self, segment: Segment<'a>) -> Option<Fields<'a>> {
        let id = segment.id();
        let mut fields = Fields::new(segment, self.at.id());
        let carried = match &mut self.claim {
            Some(claim) => claim_detail(claim, self.at, id, &mut fields),
            None => self.level_detail(id, &mut fields),
        };
        if carried {
            return Some(fields);
        }
        let kind = match (known_id(id), self.at.has(id)) {
            ("", _) => NoticeKind::Unknown,
            (_, true) => NoticeKind::NotCarried,
            (_, false) => NoticeKind::Misplaced,
        };
        self.left_out(segment, kind)
    }

    fn level_detail(&mut self, id: &str, fields: &mut Fields<'_>) -> bool {
        match (self.at, id) {
            (At::Header, "BHT") => {
                fields.expect(1, &["0019"]);
                fields.expect(2, &["00"]);
                fields.expect(6, &["CH"]);
                // The time of day: the model has the day.
                fields.element(5);
                self.out.reference = fields.text(3);
                self.out.created = fields.optional(4, date);
                return true;
            }
            (At::Submitter, "PER") => return self.out.submitter.as_mut().is_some_and(|party| contact(party, fields)),
            _ => {}
        }
        let Some(level) = self.levels.last_mut() else {
            return false;
        };
        match (&mut level.kind, self.at, id) {
            (LevelKind::Billing { taxonomy, .. }, At::Billing, "PRV") => taxonomy_code(taxonomy, fields, "BI"),
            (LevelKind::Billing { provider: Some(provider), .. }, At::BillingName, "N3" | "N4") => {
                address(provider.address.get_or_insert_default(), id, fields);
            }
            (LevelKind::Billing { provider: Some(provider), .. }, At::BillingName, "REF") => {
                return tax_id(provider, fields);
            }
            (LevelKind::Subscriber(subscriber), At::Subscriber, "SBR") => {
                if keep_first(&mut subscriber.insurance, || insurance(fields)) {
                    fields.note(None, NoticeKind::Repeated);
                }
            }
            (LevelKind::Subscriber(subscriber), At::Insured, _) => {
                return subscriber.person.as_mut().is_some_and(|person| person_detail(person, id, fields));
            }
            (LevelKind::Subscriber(subscriber), At::Payer, "N3" | "N4") => {
                if let Some(payer) = &mut subscriber.payer {
                    address(payer.address.get_or_insert_default(), id, fields);
                }
            }
            (LevelKind::Patient { relationship, .. }, At::Patient, "PAT") => {
                let code = fields.code(1).into_owned();
                if code.is_empty() {
                    fields.note(Some(1), NoticeKind::Missing);
                }
                if keep_first(relationship, || Relationship::from_code(&code)) {
                    fields.note(None, NoticeKind::Repeated);
                }
            }
            (LevelKind::Patient { person: Some(person), .. }, At::PatientName, _) => {
                return person_detail(person, id, fields);
            }
            _ => return false,
        }
        true
    }
}

/// Sets what is not set yet, and says whether it was.
fn keep_first<T>(place: &mut Option<T>, value: impl FnOnce() -> T) -> bool {
    if place.is_some() {
        return true;
    }
    *place = Some(value());
    false
}

fn claim_detail(claim: &mut ClaimDraft, at: At, id: &str, fields: &mut Fields<'_>) -> bool {
    match (at, id) {
        (At::Claim, "HI") => claim.diagnoses(fields),
        (At::Claim, "REF") => match fields.code(1).as_ref() {
            "F8" if claim.payer_control_number.is_none() => match fields.required(2, PayerControlNumber::new) {
                Ok(number) => claim.payer_control_number = Some(number),
                Err(error) => claim.fail(error),
            },
            "G1" if claim.prior_authorization.is_none() => claim.prior_authorization = fields.text(2).map(Phi::new),
            "F8" | "G1" => {
                fields.note(None, NoticeKind::Repeated);
                fields.element(2);
            }
            _ => return false,
        },
        (At::ClaimRendering, "PRV") => match &mut claim.rendering_provider {
            Some(provider) => taxonomy_code(&mut provider.taxonomy, fields, "PE"),
            None => return false,
        },
        (At::ClaimFacility, "N3" | "N4") => match &mut claim.service_facility {
            Some(provider) => address(provider.address.get_or_insert_default(), id, fields),
            None => return false,
        },
        (At::Line, "SV1") => claim.service(fields),
        (At::Line, "DTP") if fields.code(1) == "472" => match service_date(fields) {
            Ok(date) => {
                let repeated = claim.lines.last_mut().is_some_and(|line| keep_first(&mut line.date, || date));
                if repeated {
                    fields.note(None, NoticeKind::Repeated);
                }
            }
            Err(error) => claim.fail(error),
        },
        (At::Line, "REF") if fields.code(1) == "6R" => {
            let number = fields.text(2);
            let repeated = claim
                .lines
                .last_mut()
                .zip(number)
                .is_some_and(|(line, number)| keep_first(&mut line.control_number, || number));
            if repeated {
                fields.note(None, NoticeKind::Repeated);
            }
        }
        (At::LineRendering, "PRV") => match claim.lines.last_mut().and_then(|line| line.rendering_provider.as_mut()) {
            Some(provider) => taxonomy_code(&mut provider.taxonomy, fields, "PE"),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// The day or days of a service (DTP03 by DTP02).
fn service_date(fields: &mut Fields<'_>) -> Result<DateRange, ReadError> {
    match fields.code(2).as_ref() {
        "D8" => fields.required(3, date).map(DateRange::single),
        "RD8" => fields.required(3, |text| DateRange::parse_rd8(text.trim())),
        _ => Err(fields.error(2, ReadErrorKind::Code)),
    }
}

fn party(place: &mut Option<Party>, fields: &mut Fields<'_>) -> bool {
    keep_first(place, || {
        fields.element(2);
        fields.expect(8, &["46"]);
        Party::new(fields.name(3), fields.name(9))
    })
}

fn contact(party: &mut Party, fields: &mut Fields<'_>) -> bool {
    if party.contact.is_some() {
        fields.note(None, NoticeKind::Repeated);
        fields.seen(1..=8);
        return true;
    }
    fields.expect(1, &["IC"]);
    let name = fields.text(2);
    let telephone = if fields.code(3) == "TE" { fields.text(4) } else { None };
    party.contact = Some(Contact::new(name, telephone));
    true
}

fn insured(subscriber: &mut Subscriber, fields: &mut Fields<'_>) -> bool {
    let repeated = keep_first(&mut subscriber.person, || {
        fields.expect(2, &["1"]);
        Person::new(person_name(fields))
    });
    if !repeated {
        fields.expect(8, &["MI"]);
        subscriber.member_id = Some(fields.required(9, MemberId::new).map(Phi::new));
    }
    repeated
}

fn insurance(fields: &mut Fields<'_>) -> Insurance {
    let code = fields.code(1);
    let mut letters = code.chars();
    let responsibility = match (letters.next(), letters.next()) {
        (Some(code), None) => PayerResponsibility::from_code(code),
        _ => None,
    };
    if responsibility.is_none() {
        fields.note(Some(1), NoticeKind::Unreadable(ReadErrorKind::Code));
    }
    // That the insured is the patient is seen from where the claim stands.
    fields.expect(2, &["18"]);
    Insurance {
        responsibility: responsibility.unwrap_or(PayerResponsibility::Unknown),
        group_number: fields.text(3).map(Phi::new),
        group_name: fields.text(4),
        filing_indicator: fields.optional(9, |text| FilingIndicator::parse(text.trim())),
    }
}

fn person_detail(person: &mut Person, id: &str, fields: &mut Fields<'_>) -> bool {
    match id {
        "N3" | "N4" => {
            let place = person.address.get_or_insert_with(|| Phi::new(Address::default()));
            address(place.expose_mut(), id, fields);
        }
        "DMG" if person.birth_date.is_some() || person.sex.is_some() => {
            fields.note(None, NoticeKind::Repeated);
            fields.seen(1..=3);
        }
        "DMG" => {
            fields.expect(1, &["D8"]);
            person.birth_date = fields.optional(2, date).map(Phi::new);
            person.sex = fields.optional(3, |text| text.trim().parse::<Sex>());
        }
        _ => return false,
    }
    true
}

fn address(place: &mut Address, id: &str, fields: &mut Fields<'_>) {
    match id {
        "N3" => street(fields, place),
        _ => city(fields, place),
    }
}

fn taxonomy_code(place: &mut Option<String>, fields: &mut Fields<'_>, role: &str) {
    fields.expect(1, &[role]);
    fields.expect(2, &["PXC"]);
    let code = fields.text(3);
    match code {
        Some(_) if place.is_some() => fields.note(None, NoticeKind::Repeated),
        Some(code) => *place = Some(code),
        None => fields.note(Some(3), NoticeKind::Missing),
    }
}

fn tax_id(provider: &mut Provider, fields: &mut Fields<'_>) -> bool {
    let read = match fields.code(1).as_ref() {
        "EI" => TaxId::ein,
        "SY" => TaxId::ssn,
        _ => return false,
    };
    let tax_id = fields.optional(2, |text| read(text.trim()));
    if let Some(tax_id) = tax_id
        && keep_first(&mut provider.tax_id, || tax_id)
    {
        fields.note(None, NoticeKind::Repeated);
    }
    true
}
