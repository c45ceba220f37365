//! What a rule is shown.

use crate::finding::RowRef;
use superbill_claim::{Claim, DiagnosisPointer};
use superbill_core::Date;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode};

/// The claim and the tables.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// ICD-10-CM.
    pub icd10cm: &'a Icd10Cm<'a>,
    pub(crate) icd10cm_version: &'a str,
}

impl Context<'_> {
    /// The days on which a diagnosis must be valid: the first days of the service lines that point to it, each once, in order; of all
    /// lines where none points to it.
    pub(crate) fn days_of_diagnosis(&self, index: usize) -> Vec<Date> {
        let first_days = |pointed: bool| {
            let lines = self.claim.lines.iter().filter(|line| {
                !pointed || line.diagnosis_pointers.iter().any(|pointer| DiagnosisPointer::index(*pointer) == Some(index))
            });
            let mut days: Vec<Date> = lines.map(|line| line.date_of_service.first()).collect();
            days.sort_unstable();
            days.dedup();
            days
        };
        let days = first_days(true);
        if days.is_empty() { first_days(false) } else { days }
    }

    pub(crate) fn icd10cm_row(&self, code: Icd10CmCode) -> RowRef {
        RowRef::new("icd10cm", self.icd10cm_version, code.to_string())
    }
}
