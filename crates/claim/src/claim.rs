//! The claim.

use crate::coverage::{Coverage, Relationship};
use crate::diagnosis::{DiagnosisCode, DiagnosisPointer};
use crate::line::ServiceLine;
use crate::party::{Person, Provider};
use superbill_core::{Date, Money, MoneyError, PatientControlNumber, PayerControlNumber, Phi, PlaceOfService};

/// The kinds of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ClaimKind {
    /// Physicians, other practitioners and suppliers: 837P and CMS-1500.
    Professional,
}

/// Whether a claim is new or stands for an earlier one (CLM05-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ClaimFrequency {
    /// An original claim (`1`).
    Original,
    /// Replaces a claim that the payer adjudicated (`7`).
    Replacement,
    /// Takes back a claim that the payer adjudicated (`8`).
    Void,
    /// Another frequency code, as it came.
    Other(char),
}

impl ClaimFrequency {
    /// The value of CLM05-3.
    #[must_use]
    pub fn code(self) -> char {
        match self {
            Self::Original => '1',
            Self::Replacement => '7',
            Self::Void => '8',
            Self::Other(code) => code,
        }
    }

    /// Reads CLM05-3.
    #[must_use]
    pub fn from_code(code: char) -> Self {
        match code {
            '1' => Self::Original,
            '7' => Self::Replacement,
            '8' => Self::Void,
            other => Self::Other(other),
        }
    }
}

/// Whether the provider accepts assignment (CLM07; CMS-1500 item 27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Assignment {
    /// Assigned (`A`).
    Assigned,
    /// Accepted on clinical laboratory services only (`B`).
    LaboratoryOnly,
    /// Not assigned (`C`).
    NotAssigned,
}

/// Whether the patient lets the payer pay the provider (CLM08; CMS-1500 item 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum BenefitsAssignment {
    /// Yes (`Y`).
    Yes,
    /// No (`N`).
    No,
    /// Not applicable: the patient refuses to assign (`W`).
    NotApplicable,
}

/// Whether the provider may release the patient's data for this claim (CLM09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ReleaseOfInformation {
    /// Signed statement on file (`Y`).
    Signed,
    /// Informed consent where no signature is asked for by law (`I`).
    InformedConsent,
}

/// A claim, as it will be sent or as it was read.
///
/// Plain data: a claim that was read can be wrong in every way that the standard's shapes allow, so that nothing is
/// lost. [`Claim::professional`] builds one that is right by construction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Claim {
    /// The kind of claim.
    pub kind: ClaimKind,
    /// The provider's own number of the claim, which comes back with every answer (CLM01, CLP01).
    pub patient_control_number: Phi<PatientControlNumber>,
    /// New, replacement or void (CLM05-3).
    pub frequency: ClaimFrequency,
    /// The payer's number of the claim that this one stands for (REF*F8).
    pub payer_control_number: Option<PayerControlNumber>,
    /// The charge of the whole claim as stated (CLM02). It must be the sum of the lines; a rule checks it.
    pub total_charge: Money,
    /// Where the services were given (CLM05-1).
    pub place_of_service: PlaceOfService,
    /// Whether the provider's signature is on file (CLM06).
    pub provider_signature_on_file: bool,
    /// Whether the provider accepts assignment (CLM07).
    pub assignment: Assignment,
    /// Whether benefits are assigned to the provider (CLM08).
    pub benefits_assignment: BenefitsAssignment,
    /// Whether data may be released (CLM09).
    pub release_of_information: ReleaseOfInformation,
    /// Who bills (loop 2010AA).
    pub billing_provider: Provider,
    /// Who referred (loop 2310A).
    pub referring_provider: Option<Provider>,
    /// Who rendered, if not the billing provider (loop 2310B).
    pub rendering_provider: Option<Provider>,
    /// Where, if not at the billing provider's address (loop 2310C).
    pub service_facility: Option<Provider>,
    /// The coverage that the claim is sent to.
    pub coverage: Coverage,
    /// The insured (loop 2010BA).
    pub subscriber: Person,
    /// The patient where it is not the insured (loop 2010CA), with the relationship.
    pub patient: Option<(Relationship, Person)>,
    /// The prior authorization number (REF*G1). A payer gives it to one patient.
    pub prior_authorization: Option<Phi<String>>,
    /// The diagnoses in order; the first is the principal or first-listed one (HI).
    pub diagnoses: Vec<DiagnosisCode>,
    /// The services in order.
    pub lines: Vec<ServiceLine>,
}

impl Claim {
    /// The person who was treated: the patient, or the insured where they are one.
    #[must_use]
    pub fn patient_person(&self) -> &Person {
        self.patient.as_ref().map_or(&self.subscriber, |(_, person)| person)
    }

    /// The diagnosis that a pointer points to.
    #[must_use]
    pub fn diagnosis(&self, pointer: DiagnosisPointer) -> Option<&DiagnosisCode> {
        self.diagnoses.get(pointer.index()?)
    }

    /// The sum of the charges of the lines.
    ///
    /// # Errors
    /// Where the sum leaves the range of money.
    pub fn sum_of_lines(&self) -> Result<Money, MoneyError> {
        Money::try_sum(self.lines.iter().map(|line| line.charge))
    }

    /// The first and last day of service over all lines. `None` without lines.
    #[must_use]
    pub fn service_dates(&self) -> Option<(Date, Date)> {
        let first = self.lines.iter().map(|line| line.date_of_service.first()).min()?;
        let last =
            self.lines.iter().map(|line| line.date_of_service.last().unwrap_or(line.date_of_service.first())).max()?;
        Some((first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClaimBuilder, PartyName, Payer};
    use superbill_core::{DateRange, PersonName, Quantity};
    use superbill_hcpcs::HcpcsCode;

    #[test]
    fn frequencies_are_their_codes() {
        for (code, frequency) in [
            ('1', ClaimFrequency::Original),
            ('7', ClaimFrequency::Replacement),
            ('8', ClaimFrequency::Void),
            ('9', ClaimFrequency::Other('9')),
        ] {
            assert_eq!((ClaimFrequency::from_code(code), frequency.code()), (frequency, code));
        }
    }

    fn builder() -> ClaimBuilder {
        let provider = Provider::new(PartyName::Organization("TEST CLINIC".into()), None);
        let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
        let insured = Person::new(PersonName::new("TESTPATIENT", "ANN"));
        Claim::professional("TEST1".parse().unwrap(), "11".parse().unwrap(), provider, coverage, insured)
    }

    fn claim(dates: &[&str]) -> Claim {
        let mut builder = builder();
        let diagnosis = builder.diagnosis(DiagnosisCode::from_text("E11.65")).unwrap();
        for dates in dates {
            let dates: DateRange = dates.parse().unwrap();
            let line =
                ServiceLine::new(HcpcsCode::parse("G0108").unwrap(), dates, Quantity::from_units(1), Money::ZERO);
            builder.line(line.pointing_to([diagnosis])).unwrap();
        }
        builder.build().unwrap()
    }

    #[test]
    fn service_dates_span_all_lines() {
        for (lines, first, last) in [
            (&["2026-10-05/2026-10-05"][..], "2026-10-05", "2026-10-05"),
            (&["2026-10-05/2026-10-07", "2026-10-01/2026-10-06"], "2026-10-01", "2026-10-07"),
            // An open period ends, as far as is known, on its first day.
            (&["2026-10-05/..", "2026-10-01/2026-10-02"], "2026-10-01", "2026-10-05"),
        ] {
            let expected = Some((first.parse().unwrap(), last.parse().unwrap()));
            assert_eq!(claim(lines).service_dates(), expected, "{lines:?}");
        }
        let mut empty = claim(&["2026-10-05/2026-10-05"]);
        empty.lines.clear();
        assert_eq!(empty.service_dates(), None);
        assert_eq!(empty.sum_of_lines(), Ok(Money::ZERO));
    }

    #[test]
    fn the_patient_is_the_insured_unless_another_is_named() {
        let mut claim = claim(&["2026-10-05/2026-10-05"]);
        assert_eq!(claim.patient_person(), &claim.subscriber);
        let child = Person::new(PersonName::new("TESTPATIENT", "BEA"));
        claim.patient = Some((Relationship::Child, child.clone()));
        assert_eq!(claim.patient_person(), &child);
    }

    #[test]
    fn a_pointer_may_point_at_nothing() {
        let claim = claim(&["2026-10-05/2026-10-05"]);
        assert_eq!(claim.diagnosis(DiagnosisPointer::from_ordinal(1)), claim.diagnoses.first());
        for ordinal in [0, 2, 255] {
            assert_eq!(claim.diagnosis(DiagnosisPointer::from_ordinal(ordinal)), None, "{ordinal}");
        }
    }
}
