//! One claim being read: loops 2300 and 2400 with what is below them.

use super::level::{Above, Level, above};
use super::{ClaimFailure, ClaimRead, ProfessionalTransaction};
use crate::error::{ReadError, ReadErrorKind};
use crate::fields::{Fields, money, quantity};
use crate::notice::{Location, Notice, NoticeKind};
use core::ops::RangeInclusive;
use superbill_claim::{
    Assignment, BenefitsAssignment, BuildError, Claim, ClaimFrequency, DiagnosisCode, DiagnosisPointer, ProcedureCode,
    Provider, ReleaseOfInformation, ServiceLine, UnitBasis,
};
use superbill_core::{
    Date, DateRange, Modifier, Money, PatientControlNumber, PayerControlNumber, Phi, PlaceOfService, Quantity,
};

pub(super) struct ClaimDraft {
    pub(super) ordinal: usize,
    pub(super) segments: RangeInclusive<u64>,
    /// The level of the hierarchy that it stands under.
    pub(super) level: Option<usize>,
    clm: Location,
    header: Option<Header>,
    pub(super) error: Option<ReadError>,
    pub(super) notices: Vec<Notice>,
    pub(super) payer_control_number: Option<PayerControlNumber>,
    pub(super) prior_authorization: Option<Phi<String>>,
    diagnoses: Vec<DiagnosisCode>,
    pub(super) referring_provider: Option<Provider>,
    pub(super) rendering_provider: Option<Provider>,
    pub(super) service_facility: Option<Provider>,
    pub(super) lines: Vec<LineDraft>,
}

pub(super) struct LineDraft {
    lx: Location,
    service: Option<ServiceLine>,
    pub(super) date: Option<DateRange>,
    pub(super) control_number: Option<String>,
    pub(super) rendering_provider: Option<Provider>,
}

/// What CLM says.
struct Header {
    patient_control_number: PatientControlNumber,
    total_charge: Money,
    place_of_service: PlaceOfService,
    frequency: ClaimFrequency,
    provider_signature_on_file: bool,
    assignment: Assignment,
    benefits_assignment: BenefitsAssignment,
    release_of_information: ReleaseOfInformation,
}

impl ClaimDraft {
    pub(super) fn new(ordinal: usize, level: Option<usize>, fields: &mut Fields<'_>) -> Self {
        let clm = fields.location(None);
        let (header, error) = match header(fields) {
            Ok(header) => (Some(header), None),
            Err(error) => (None, Some(error)),
        };
        Self {
            ordinal,
            segments: clm.segment..=clm.segment,
            level,
            clm,
            header,
            error,
            notices: Vec::new(),
            payer_control_number: None,
            prior_authorization: None,
            diagnoses: Vec::new(),
            referring_provider: None,
            rendering_provider: None,
            service_facility: None,
            lines: Vec::new(),
        }
    }

    /// Keeps the first error.
    pub(super) fn fail(&mut self, error: ReadError) {
        self.error.get_or_insert(error);
    }

    /// HI: of its code lists, the diagnoses.
    pub(super) fn diagnoses(&mut self, fields: &mut Fields<'_>) {
        for n in 1..=12 {
            let code = fields.composite(n, 2);
            if code.is_empty() {
                continue;
            }
            let (qualifier, text) = (code.component(1), code.component(2).text());
            let principal = qualifier == "ABK" || qualifier == "BK";
            let icd10 = qualifier == "ABK" || qualifier == "ABF";
            if !principal && !icd10 && qualifier != "BF" {
                fields.note(Some(n), NoticeKind::NotCarried);
                continue;
            }
            if principal != self.diagnoses.is_empty() || text.is_empty() {
                let kind = if text.is_empty() { NoticeKind::Missing } else { NoticeKind::Misplaced };
                fields.note(Some(n), kind);
            }
            // Not left out even when empty: the pointers of the lines count it.
            self.diagnoses.push(match icd10 {
                true => DiagnosisCode::from_text(&text),
                false => DiagnosisCode::Unrecognized(Phi::new(text.into_owned())),
            });
        }
    }

    /// LX: a new line.
    pub(super) fn begin_line(&mut self, fields: &mut Fields<'_>) {
        let number = self.lines.len() + 1;
        if fields.code(1) != number.to_string() {
            fields.note(Some(1), NoticeKind::NotCarried);
        }
        self.lines.push(LineDraft {
            lx: fields.location(None),
            service: None,
            date: None,
            control_number: None,
            rendering_provider: None,
        });
    }

    /// SV1 of the last line.
    pub(super) fn service(&mut self, fields: &mut Fields<'_>) {
        let Some(line) = self.lines.last_mut() else { return };
        match service(fields) {
            Ok(_) if line.service.is_some() => fields.note(None, NoticeKind::Repeated),
            Ok(service) => line.service = Some(service),
            Err(error) => self.fail(error),
        }
    }

    /// Puts it among the claims, or among those that failed.
    pub(super) fn finish(mut self, levels: &[Level], out: &mut ProfessionalTransaction) {
        let (ordinal, segments) = (self.ordinal, self.segments.clone());
        let notices = core::mem::take(&mut self.notices);
        match self.build(levels) {
            Ok(claim) => out.claims.push(ClaimRead { ordinal, claim, segments, notices }),
            Err(error) => out.failed.push(ClaimFailure { ordinal, segments, error, notices }),
        }
    }

    fn build(self, levels: &[Level]) -> Result<Claim, ReadError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let missing = ReadError::new(self.clm, ReadErrorKind::Missing);
        let header = self.header.ok_or(missing)?;
        let above = above(levels, self.level, self.clm)?;
        let mut lines = Vec::with_capacity(self.lines.len());
        for line in self.lines {
            let lost = |segment| ReadError::new(line.lx, ReadErrorKind::NoSegment { segment, loop_id: "2400" });
            let mut service = line.service.ok_or(lost("SV1"))?;
            service.date_of_service = line.date.ok_or(lost("DTP*472"))?;
            service.control_number = line.control_number;
            service.rendering_provider = line.rendering_provider;
            lines.push(service);
        }
        let mut claim = blank(&header, above).map_err(|_| missing)?;
        claim.frequency = header.frequency;
        claim.payer_control_number = self.payer_control_number;
        claim.total_charge = header.total_charge;
        claim.provider_signature_on_file = header.provider_signature_on_file;
        claim.assignment = header.assignment;
        claim.benefits_assignment = header.benefits_assignment;
        claim.release_of_information = header.release_of_information;
        claim.referring_provider = self.referring_provider;
        claim.rendering_provider = self.rendering_provider;
        claim.service_facility = self.service_facility;
        claim.prior_authorization = self.prior_authorization;
        claim.diagnoses = self.diagnoses;
        claim.lines = lines;
        Ok(claim)
    }
}

/// A claim of which diagnoses and lines are still to be set: the builder wants one of each, a file may have none.
fn blank(header: &Header, above: Above) -> Result<Claim, BuildError> {
    let nothing = || Phi::new(String::new());
    let mut builder = Claim::professional(
        header.patient_control_number.clone(),
        header.place_of_service,
        above.billing_provider,
        above.coverage,
        above.subscriber,
    );
    let pointer = builder.diagnosis(DiagnosisCode::Unrecognized(nothing()))?;
    let (procedure, date) = (ProcedureCode::Unrecognized(nothing()), DateRange::single(Date::MIN));
    let line = ServiceLine::new(procedure, date, Quantity::from_units(0), Money::ZERO);
    builder.line(line.pointing_to([pointer]))?;
    if let Some((relationship, person)) = above.patient {
        builder.patient(relationship, person);
    }
    builder.build()
}

fn header(fields: &mut Fields<'_>) -> Result<Header, ReadError> {
    let patient_control_number = fields.required(1, str::parse)?;
    let total_charge = fields.required(2, money)?;
    let place = fields.composite(5, 3);
    let place_of_service = place.component(1).trimmed().text();
    let place_of_service = place_of_service.parse::<PlaceOfService>().map_err(|why| fields.error(5, why))?;
    if !place.component(2).is_empty() && place.component(2) != "B" {
        fields.note(Some(5), NoticeKind::NotCarried);
    }
    let frequency = place.component(3).trimmed().text();
    let mut letters = frequency.chars();
    let frequency = match (letters.next(), letters.next()) {
        (Some(code), None) => ClaimFrequency::from_code(code),
        _ => return Err(fields.error(5, ReadErrorKind::Code)),
    };
    let code = |fields: &Fields<'_>, n: u8, empty: bool| {
        fields.error(n, if empty { ReadErrorKind::Missing } else { ReadErrorKind::Code })
    };
    let provider_signature_on_file = match fields.code(6).as_ref() {
        "Y" => true,
        "N" => false,
        other => return Err(code(fields, 6, other.is_empty())),
    };
    let assignment = match fields.code(7).as_ref() {
        "A" => Assignment::Assigned,
        "B" => Assignment::LaboratoryOnly,
        "C" => Assignment::NotAssigned,
        other => return Err(code(fields, 7, other.is_empty())),
    };
    let benefits_assignment = match fields.code(8).as_ref() {
        "Y" => BenefitsAssignment::Yes,
        "N" => BenefitsAssignment::No,
        "W" => BenefitsAssignment::NotApplicable,
        other => return Err(code(fields, 8, other.is_empty())),
    };
    let release_of_information = match fields.code(9).as_ref() {
        "Y" => ReleaseOfInformation::Signed,
        "I" => ReleaseOfInformation::InformedConsent,
        other => return Err(code(fields, 9, other.is_empty())),
    };
    Ok(Header {
        patient_control_number,
        total_charge,
        place_of_service,
        frequency,
        provider_signature_on_file,
        assignment,
        benefits_assignment,
        release_of_information,
    })
}

fn service(fields: &mut Fields<'_>) -> Result<ServiceLine, ReadError> {
    let (procedure, modifiers, description) = procedure(fields, 1);
    let charge = fields.required(2, money)?;
    let unit_basis = match fields.code(3).as_ref() {
        "UN" => UnitBasis::Units,
        "MJ" => UnitBasis::Minutes,
        "" => return Err(fields.error(3, ReadErrorKind::Missing)),
        _ => return Err(fields.error(3, ReadErrorKind::Code)),
    };
    let units = fields.required(4, quantity)?;
    let place_of_service = fields.optional(5, |text| text.trim().parse::<PlaceOfService>());
    let mut pointers = Vec::new();
    for pointer in fields.composite(7, usize::MAX).components().filter(|pointer| !pointer.is_empty()) {
        match pointer.trimmed().text().parse() {
            Ok(ordinal) => pointers.push(DiagnosisPointer::from_ordinal(ordinal)),
            Err(_) => fields.note(Some(7), NoticeKind::Unreadable(ReadErrorKind::Number)),
        }
    }
    let date = DateRange::single(Date::MIN);
    let mut line = ServiceLine::new(procedure, date, units, charge).with_modifiers(modifiers).pointing_to(pointers);
    line.unit_basis = unit_basis;
    line.place_of_service = place_of_service;
    line.description = description;
    Ok(line)
}

/// A procedure with modifiers and words: SV101 and SVC01.
pub(crate) fn procedure(fields: &mut Fields<'_>, n: u8) -> (ProcedureCode, Vec<Modifier>, Option<Phi<String>>) {
    let composite = fields.composite(n, 7);
    let code = composite.component(2).text();
    if code.is_empty() {
        fields.note(Some(n), NoticeKind::Missing);
    }
    let qualifier = composite.component(1);
    let procedure = if qualifier == "HC" || qualifier.is_empty() {
        ProcedureCode::from_text(&code)
    } else {
        // Another code system: its codes can look like ours and must not be taken for them.
        fields.note(Some(n), NoticeKind::NotCarried);
        ProcedureCode::Unrecognized(Phi::new(code.into_owned()))
    };
    let mut modifiers = Vec::new();
    for modifier in composite.components().skip(2).take(4).filter(|modifier| !modifier.is_empty()) {
        match modifier.trimmed().text().parse::<Modifier>() {
            Ok(modifier) => modifiers.push(modifier),
            Err(why) => fields.note(Some(n), NoticeKind::Unreadable(why.into())),
        }
    }
    let description = composite.component(7);
    let description = (!description.is_empty()).then(|| Phi::new(description.text().into_owned()));
    (procedure, modifiers, description)
}
