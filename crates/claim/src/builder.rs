//! Building a claim that is right by construction.

use crate::claim::{Assignment, BenefitsAssignment, Claim, ClaimFrequency, ClaimKind, ReleaseOfInformation};
use crate::coverage::{Coverage, Relationship};
use crate::diagnosis::{DiagnosisCode, DiagnosisPointer, MAX_PROFESSIONAL_DIAGNOSES};
use crate::error::BuildError;
use crate::line::ServiceLine;
use crate::party::{Person, Provider};
use superbill_core::{Money, PatientControlNumber, PayerControlNumber, Phi, PlaceOfService};

/// Most service lines of a professional claim (ASC X12N 005010X222A1, loop 2400).
const MAX_PROFESSIONAL_LINES: usize = 50;

/// Builds a claim. [`Claim::professional`] begins one.
#[derive(Debug, Clone)]
pub struct ClaimBuilder {
    claim: Claim,
}

impl Claim {
    /// Begins a professional claim: original, assigned, signatures on file.
    #[must_use]
    pub fn professional(
        patient_control_number: PatientControlNumber,
        place_of_service: PlaceOfService,
        billing_provider: Provider,
        coverage: Coverage,
        subscriber: Person,
    ) -> ClaimBuilder {
        ClaimBuilder {
            claim: Claim {
                kind: ClaimKind::Professional,
                patient_control_number: Phi::new(patient_control_number),
                frequency: ClaimFrequency::Original,
                payer_control_number: None,
                total_charge: Money::ZERO,
                place_of_service,
                provider_signature_on_file: true,
                assignment: Assignment::Assigned,
                benefits_assignment: BenefitsAssignment::Yes,
                release_of_information: ReleaseOfInformation::Signed,
                billing_provider,
                referring_provider: None,
                rendering_provider: None,
                service_facility: None,
                coverage,
                subscriber,
                patient: None,
                prior_authorization: None,
                diagnoses: Vec::new(),
                lines: Vec::new(),
            },
        }
    }
}

impl ClaimBuilder {
    /// Adds a diagnosis, the principal one first, and gives the pointer for service lines.
    ///
    /// # Errors
    /// More diagnoses than the claim kind carries, or one that is there already.
    pub fn diagnosis(&mut self, code: impl Into<DiagnosisCode>) -> Result<DiagnosisPointer, BuildError> {
        let code = code.into();
        let position = self.claim.diagnoses.len() + 1;
        if let Some(first) = self.claim.diagnoses.iter().position(|other| *other == code) {
            return Err(BuildError::DuplicateDiagnosis { position, first: first + 1 });
        }
        let ordinal = u8::try_from(position).ok().filter(|_| position <= MAX_PROFESSIONAL_DIAGNOSES);
        let ordinal =
            ordinal.ok_or(BuildError::TooManyDiagnoses { kind: "professional", most: MAX_PROFESSIONAL_DIAGNOSES })?;
        self.claim.diagnoses.push(code);
        Ok(DiagnosisPointer::from_ordinal(ordinal))
    }

    /// Adds a service line.
    ///
    /// # Errors
    /// Too many lines or modifiers, no pointer, too many, or one that this claim does not have.
    pub fn line(&mut self, line: ServiceLine) -> Result<&mut Self, BuildError> {
        let number = self.claim.lines.len() + 1;
        if number > MAX_PROFESSIONAL_LINES {
            return Err(BuildError::TooManyLines { kind: "professional", most: MAX_PROFESSIONAL_LINES });
        }
        if !(1..=4).contains(&line.diagnosis_pointers.len()) {
            return Err(BuildError::Pointers { line: number });
        }
        if line.modifiers.len() > 4 {
            return Err(BuildError::TooManyModifiers { line: number });
        }
        if line.diagnosis_pointers.iter().any(|pointer| self.claim.diagnosis(*pointer).is_none()) {
            return Err(BuildError::ForeignPointer { line: number });
        }
        self.claim.lines.push(line);
        Ok(self)
    }

    /// The patient, where it is not the insured.
    pub fn patient(&mut self, relationship: Relationship, person: Person) -> &mut Self {
        self.claim.patient = Some((relationship, person));
        self
    }

    /// Who rendered the services, if not the billing provider.
    pub fn rendering_provider(&mut self, provider: Provider) -> &mut Self {
        self.claim.rendering_provider = Some(provider);
        self
    }

    /// Who referred the patient.
    pub fn referring_provider(&mut self, provider: Provider) -> &mut Self {
        self.claim.referring_provider = Some(provider);
        self
    }

    /// The prior authorization number.
    pub fn prior_authorization(&mut self, number: impl Into<String>) -> &mut Self {
        self.claim.prior_authorization = Some(number.into());
        self
    }

    /// Makes it a replacement of the claim with this payer control number.
    pub fn replacing(&mut self, number: PayerControlNumber) -> &mut Self {
        self.claim.frequency = ClaimFrequency::Replacement;
        self.claim.payer_control_number = Some(number);
        self
    }

    /// Makes it the void of the claim with this payer control number.
    pub fn voiding(&mut self, number: PayerControlNumber) -> &mut Self {
        self.claim.frequency = ClaimFrequency::Void;
        self.claim.payer_control_number = Some(number);
        self
    }

    /// The claim, with the charge of the whole as the sum of its lines.
    ///
    /// # Errors
    /// No diagnosis, no line, or charges beyond the range of money.
    pub fn build(mut self) -> Result<Claim, BuildError> {
        if self.claim.diagnoses.is_empty() {
            return Err(BuildError::NoDiagnosis);
        }
        if self.claim.lines.is_empty() {
            return Err(BuildError::NoLine);
        }
        self.claim.total_charge = self.claim.sum_of_lines()?;
        Ok(self.claim)
    }
}
