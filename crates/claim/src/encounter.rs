//! What was done and why, before billing.

use crate::builder::ClaimBuilder;
use crate::diagnosis::DiagnosisCode;
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

    /// Puts the diagnoses and services of the visit on a claim; service lines are numbered from 1 as their control numbers.
    ///
    /// # Errors
    /// What [`ClaimBuilder`] refuses: a service without diagnoses or with one that the visit does not have, or too many of anything.
    pub fn bill(&self, claim: &mut ClaimBuilder) -> Result<(), BuildError> {
        let mut pointers = Vec::with_capacity(self.diagnoses.len());
        for code in &self.diagnoses {
            pointers.push((code, claim.diagnosis(code.clone())?));
        }
        for (number, service) in (1usize..).zip(&self.services) {
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
            claim.line(line)?;
        }
        Ok(())
    }
}
