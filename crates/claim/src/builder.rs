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
        let number = self.next_line();
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

    /// The pointer to a diagnosis that the claim has.
    pub(crate) fn pointer_to(&self, code: &DiagnosisCode) -> Option<DiagnosisPointer> {
        let index = self.claim.diagnoses.iter().position(|other| other == code)?;
        u8::try_from(index + 1).ok().map(DiagnosisPointer::from_ordinal)
    }

    /// The number that the next service line gets, counted from 1.
    pub(crate) fn next_line(&self) -> usize {
        self.claim.lines.len() + 1
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
        self.claim.prior_authorization = Some(Phi::new(number.into()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PartyName;
    use crate::Payer;
    use superbill_core::{DateRange, MoneyError, PersonName, Quantity};
    use superbill_hcpcs::HcpcsCode;

    fn builder() -> ClaimBuilder {
        let provider = Provider::new(PartyName::Organization("TEST CLINIC".into()), None);
        let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
        let insured = Person::new(PersonName::new("TESTPATIENT", "ANN"));
        Claim::professional("TEST1".parse().unwrap(), "11".parse().unwrap(), provider, coverage, insured)
    }

    fn code(number: usize) -> DiagnosisCode {
        DiagnosisCode::from_text(&format!("E{number:02}.9"))
    }

    fn line(cents: i64) -> ServiceLine {
        let day = DateRange::single("2026-10-05".parse().unwrap());
        ServiceLine::new(HcpcsCode::parse("G0108").unwrap(), day, Quantity::from_units(1), Money::from_cents(cents))
    }

    fn pointers(ordinals: &[u8]) -> Vec<DiagnosisPointer> {
        ordinals.iter().copied().map(DiagnosisPointer::from_ordinal).collect()
    }

    #[test]
    fn twelve_diagnoses_and_no_more() {
        let mut builder = builder();
        for number in 1..=12 {
            let pointer = builder.diagnosis(code(number)).unwrap();
            assert_eq!(usize::from(pointer.ordinal()), number);
        }
        let many = BuildError::TooManyDiagnoses { kind: "professional", most: 12 };
        assert_eq!(builder.diagnosis(code(13)), Err(many));
        assert_eq!(builder.diagnosis(code(3)), Err(BuildError::DuplicateDiagnosis { position: 13, first: 3 }));
        builder.line(line(100).pointing_to(pointers(&[12]))).unwrap();
        let claim = builder.build().unwrap();
        assert_eq!(claim.diagnoses, (1..=12).map(code).collect::<Vec<_>>(), "what was refused left nothing");
    }

    #[test]
    fn a_diagnosis_stands_once() {
        let mut builder = builder();
        builder.diagnosis(code(1)).unwrap();
        builder.diagnosis(code(2)).unwrap();
        let twice = BuildError::DuplicateDiagnosis { position: 3, first: 1 };
        assert_eq!(builder.diagnosis(DiagnosisCode::from_text("e019")), Err(twice));
        assert_eq!(twice.to_string(), "diagnosis 3 repeats diagnosis 1");
    }

    #[test]
    fn fifty_lines_and_no_more() {
        let mut builder = builder();
        let pointer = builder.diagnosis(code(1)).unwrap();
        for _ in 0..50 {
            builder.line(line(100).pointing_to([pointer])).unwrap();
        }
        let many = BuildError::TooManyLines { kind: "professional", most: 50 };
        assert_eq!(builder.line(line(100).pointing_to([pointer])).err(), Some(many));
        let claim = builder.build().unwrap();
        assert_eq!((claim.lines.len(), claim.total_charge), (50, Money::from_cents(5000)));
    }

    #[test]
    fn lines_that_the_standard_forbids_are_refused() {
        let modifiers = |count: usize| vec!["59".parse().unwrap(); count];
        for (what, line, refused) in [
            ("no pointer", line(1), Some(BuildError::Pointers { line: 2 })),
            ("one pointer", line(1).pointing_to(pointers(&[1])), None),
            ("four pointers", line(1).pointing_to(pointers(&[4, 3, 2, 1])), None),
            ("five pointers", line(1).pointing_to(pointers(&[1, 2, 3, 4, 5])), Some(BuildError::Pointers { line: 2 })),
            ("pointer 0", line(1).pointing_to(pointers(&[0])), Some(BuildError::ForeignPointer { line: 2 })),
            ("the last diagnosis", line(1).pointing_to(pointers(&[5])), None),
            ("a foreign pointer", line(1).pointing_to(pointers(&[1, 6])), Some(BuildError::ForeignPointer { line: 2 })),
            ("four modifiers", line(1).pointing_to(pointers(&[1])).with_modifiers(modifiers(4)), None),
            (
                "five modifiers",
                line(1).pointing_to(pointers(&[1])).with_modifiers(modifiers(5)),
                Some(BuildError::TooManyModifiers { line: 2 }),
            ),
        ] {
            let mut builder = builder();
            for number in 1..=5 {
                builder.diagnosis(code(number)).unwrap();
            }
            builder.line(self::line(1).pointing_to(pointers(&[1]))).unwrap();
            assert_eq!(builder.line(line).err(), refused, "{what}");
            let lines = builder.build().unwrap().lines.len();
            assert_eq!(lines, if refused.is_some() { 1 } else { 2 }, "{what}");
        }
    }

    #[test]
    fn a_claim_needs_a_diagnosis_a_line_and_a_sum() {
        assert_eq!(builder().build(), Err(BuildError::NoDiagnosis));
        let mut one = builder();
        let pointer = one.diagnosis(code(1)).unwrap();
        assert_eq!(one.clone().build(), Err(BuildError::NoLine));
        one.line(line(i64::MAX).pointing_to([pointer])).unwrap();
        assert_eq!(one.clone().build().unwrap().total_charge, Money::from_cents(i64::MAX));
        one.line(line(1).pointing_to([pointer])).unwrap();
        assert_eq!(one.build(), Err(BuildError::Money(MoneyError::Overflow)));
    }

    #[test]
    fn a_replacement_names_the_claim_that_it_replaces() {
        for (frequency, change) in [
            (
                ClaimFrequency::Replacement,
                ClaimBuilder::replacing as fn(&mut ClaimBuilder, PayerControlNumber) -> &mut ClaimBuilder,
            ),
            (ClaimFrequency::Void, ClaimBuilder::voiding),
        ] {
            let mut builder = builder();
            let pointer = builder.diagnosis(code(1)).unwrap();
            change(&mut builder, "ICN1".parse().unwrap());
            builder.line(line(1).pointing_to([pointer])).unwrap();
            let claim = builder.build().unwrap();
            assert_eq!((claim.frequency, claim.payer_control_number), (frequency, "ICN1".parse().ok()));
        }
    }
}
