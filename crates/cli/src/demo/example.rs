//! The bundled example: a visit, and what the payer answers.

use crate::error::CliError;
use serde::Deserialize;
use superbill::claim::{Claim, Coverage, Encounter, Party, Person, Provider};
use superbill::core::PatientControlNumber;

/// The 835 of the example, unless a line of it is changed.
pub(crate) const REMITTANCE: &str = include_str!("../../demo/remittance.edi");
const VISIT: &str = include_str!("../../demo/visit.json");

/// The visit as the record has it and as the coder corrects it, with everyone who takes part.
#[derive(Debug, Deserialize)]
pub(crate) struct Visit {
    pub(crate) notice: String,
    pub(crate) encounter: Encounter,
    pub(crate) corrected: Encounter,
    patient_control_number: PatientControlNumber,
    billing_provider: Provider,
    rendering_provider: Provider,
    coverage: Coverage,
    patient: Person,
    pub(crate) submitter: Party,
    pub(crate) receiver: Party,
}

impl Visit {
    pub(crate) fn read() -> Result<Self, CliError> {
        Ok(serde_json::from_str(VISIT)?)
    }

    /// The claim of an encounter.
    pub(crate) fn claim(&self, encounter: &Encounter) -> Result<Claim, CliError> {
        let mut claim = Claim::professional(
            self.patient_control_number.clone(),
            encounter.place_of_service,
            self.billing_provider.clone(),
            self.coverage.clone(),
            self.patient.clone(),
        );
        claim.rendering_provider(self.rendering_provider.clone());
        encounter.bill(&mut claim)?;
        Ok(claim.build()?)
    }
}
