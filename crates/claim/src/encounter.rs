//! What was done and why, before billing.

use crate::builder::ClaimBuilder;
use crate::diagnosis::{DiagnosisCode, DiagnosisPointer};
use crate::error::BuildError;
use crate::line::ServiceLine;
use crate::procedure::ProcedureCode;
use superbill_core::{Date, DateRange, Modifier, Money, Phi, PlaceOfService, Quantity};

/// A service as the record documents it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DocumentedService {
    /// What was done or given.
    pub procedure: ProcedureCode,
    /// Its modifiers.
    #[cfg_attr(feature = "serde", serde(default))]
    pub modifiers: Vec<Modifier>,
    /// How many.
    pub units: Quantity,
    /// The charge of all units together.
    pub charge: Money,
    /// The diagnoses that it was for, foremost first, among the encounter's.
    pub diagnoses: Vec<DiagnosisCode>,
}

impl DocumentedService {
    /// A service for some of the encounter's diagnoses.
    #[must_use]
    pub fn new(procedure: ProcedureCode, units: Quantity, charge: Money, diagnoses: Vec<DiagnosisCode>) -> Self {
        Self { procedure, modifiers: Vec::new(), units, charge, diagnoses }
    }
}

/// One visit: what was done and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Encounter {
    /// The day of the visit.
    pub date_of_service: Date,
    /// Where it was.
    pub place_of_service: PlaceOfService,
    /// The words of the record.
    pub note: Option<Phi<String>>,
    /// The diagnoses, the one chiefly responsible for the services first.
    pub diagnoses: Vec<DiagnosisCode>,
    /// The services.
    pub services: Vec<DocumentedService>,
}

impl Encounter {
    /// A visit without diagnoses and services yet.
    #[must_use]
    pub fn new(date_of_service: Date, place_of_service: PlaceOfService) -> Self {
        Self { date_of_service, place_of_service, note: None, diagnoses: Vec::new(), services: Vec::new() }
    }

    /// Puts the diagnoses and services of the visit on a claim; service lines are numbered as their control numbers,
    /// from 1 or on from the lines that the claim has. A diagnosis that the claim has already, as of an earlier visit, stays in its
    /// place and is pointed to.
    ///
    /// # Errors
    /// A diagnosis that the visit has twice (the places are those of the visit), and what [`ClaimBuilder`] refuses: a service without
    /// diagnoses or with one that the visit does not have, or too many of anything. The claim is then as it was.
    pub fn bill(&self, claim: &mut ClaimBuilder) -> Result<(), BuildError> {
        let mut billed = claim.clone();
        let mut pointers: Vec<(&DiagnosisCode, DiagnosisPointer)> = Vec::with_capacity(self.diagnoses.len());
        for (code, position) in self.diagnoses.iter().zip(1..) {
            if let Some(first) = pointers.iter().position(|(other, _)| *other == code) {
                return Err(BuildError::DuplicateDiagnosis { position, first: first + 1 });
            }
            let pointer = match billed.pointer_to(code) {
                Some(pointer) => pointer,
                None => billed.diagnosis(code.clone())?,
            };
            pointers.push((code, pointer));
        }
        for (number, service) in (billed.next_line()..).zip(&self.services) {
            let pointer = |wanted: &DiagnosisCode| {
                let found = pointers.iter().find(|(code, _)| *code == wanted);
                found.map(|(_, pointer)| *pointer).ok_or(BuildError::ForeignPointer { line: number })
            };
            let pointers = service.diagnoses.iter().map(pointer).collect::<Result<Vec<_>, _>>()?;
            let date = DateRange::single(self.date_of_service);
            let line = ServiceLine::new(service.procedure.clone(), date, service.units, service.charge)
                .with_modifiers(service.modifiers.iter().copied())
                .pointing_to(pointers)
                .with_control_number(number.to_string());
            billed.line(line)?;
        }
        *claim = billed;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Claim, Coverage, PartyName, Payer, Person, Provider};
    use superbill_core::PersonName;
    use superbill_hcpcs::HcpcsCode;

    fn builder() -> ClaimBuilder {
        let provider = Provider::new(PartyName::Organization("TEST CLINIC".into()), None);
        let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
        let insured = Person::new(PersonName::new("TESTPATIENT", "ANN"));
        Claim::professional("TEST1".parse().unwrap(), "11".parse().unwrap(), provider, coverage, insured)
    }

    fn codes(texts: &[&str]) -> Vec<DiagnosisCode> {
        texts.iter().map(|text| DiagnosisCode::from_text(text)).collect()
    }

    fn service(code: &str, cents: i64, diagnoses: &[&str]) -> DocumentedService {
        let code = HcpcsCode::parse(code).unwrap().into();
        DocumentedService::new(code, Quantity::from_units(1), Money::from_cents(cents), codes(diagnoses))
    }

    fn visit(day: &str, diagnoses: &[&str], services: Vec<DocumentedService>) -> Encounter {
        let mut visit = Encounter::new(day.parse().unwrap(), "11".parse().unwrap());
        visit.diagnoses = codes(diagnoses);
        visit.services = services;
        visit
    }

    #[test]
    fn a_visit_becomes_lines_that_point_to_its_diagnoses() {
        let mut given = service("J1885", 2500, &["M54.50", "E11.65"]);
        given.modifiers = vec!["59".parse().unwrap()];
        let visit = visit("2026-10-05", &["E11.65", "M54.50"], vec![service("G0108", 15_000, &["E11.65"]), given]);
        let mut builder = builder();
        visit.bill(&mut builder).unwrap();
        let claim = builder.build().unwrap();
        assert_eq!((&claim.diagnoses, claim.total_charge), (&visit.diagnoses, Money::from_cents(17_500)));
        let lines: Vec<_> = claim
            .lines
            .iter()
            .map(|line| {
                let pointers: Vec<u8> = line.diagnosis_pointers.iter().map(|pointer| pointer.ordinal()).collect();
                (line.procedure.to_string(), pointers, line.modifiers.len(), line.control_number.clone().unwrap())
            })
            .collect();
        let line = |code: &str, pointers: &[u8], modifiers, number: &str| {
            (code.to_owned(), pointers.to_vec(), modifiers, number.to_owned())
        };
        assert_eq!(lines, [line("G0108", &[1], 0, "1"), line("J1885", &[2, 1], 1, "2")]);
        assert!(claim.lines.iter().all(|line| line.date_of_service == DateRange::single(visit.date_of_service)));
    }

    #[test]
    fn the_lines_of_two_visits_have_numbers_of_their_own() {
        let mut builder = builder();
        visit("2026-10-05", &["E11.65"], vec![service("G0108", 1, &["E11.65"])]).bill(&mut builder).unwrap();
        visit("2026-10-06", &["M54.50"], vec![service("J1885", 1, &["M54.50"])]).bill(&mut builder).unwrap();
        let claim = builder.build().unwrap();
        let numbers: Vec<_> = claim.lines.iter().map(|line| line.control_number.as_deref()).collect();
        assert_eq!(numbers, [Some("1"), Some("2")]);
        assert_eq!(claim.lines[1].diagnosis_pointers[0].ordinal(), 2);
    }

    #[test]
    fn a_diagnosis_of_an_earlier_visit_is_pointed_to_and_not_repeated() {
        let mut builder = builder();
        visit("2026-10-05", &["E11.65"], vec![service("G0108", 1, &["E11.65"])]).bill(&mut builder).unwrap();
        let next = visit("2026-10-06", &["M54.50", "E11.65"], vec![service("J1885", 1, &["M54.50", "E11.65"])]);
        next.bill(&mut builder).unwrap();
        let claim = builder.build().unwrap();
        assert_eq!(claim.diagnoses, codes(&["E11.65", "M54.50"]));
        let pointers: Vec<u8> = claim.lines[1].diagnosis_pointers.iter().map(|pointer| pointer.ordinal()).collect();
        assert_eq!(pointers, [2, 1]);
    }

    #[test]
    fn what_a_claim_cannot_carry_is_refused() {
        for (what, visit, refused) in [
            (
                "a service for another visit's diagnosis",
                visit(
                    "2026-10-05",
                    &["E11.65"],
                    vec![service("G0108", 1, &["E11.65"]), service("G0108", 1, &["M54.50"])],
                ),
                BuildError::ForeignPointer { line: 2 },
            ),
            (
                "a service without diagnosis",
                visit("2026-10-05", &["E11.65"], vec![service("G0108", 1, &[])]),
                BuildError::Pointers { line: 1 },
            ),
            (
                "a diagnosis twice",
                visit("2026-10-05", &["E11.65", "E1165"], Vec::new()),
                BuildError::DuplicateDiagnosis { position: 2, first: 1 },
            ),
        ] {
            assert_eq!(visit.bill(&mut builder()), Err(refused), "{what}");
            // And the claim is as it was.
            let mut begun = builder();
            self::visit("2026-10-04", &["I10"], vec![service("G0108", 1, &["I10"])]).bill(&mut begun).unwrap();
            let before = begun.clone().build().unwrap();
            assert!(visit.bill(&mut begun).is_err(), "{what}");
            assert_eq!(begun.build().unwrap(), before, "{what}");
        }
    }
}
