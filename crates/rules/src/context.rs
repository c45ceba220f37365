//! What a rule is shown.

use crate::finding::RowRef;
use superbill_claim::{Claim, ServiceLine};
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
        let points = |line: &ServiceLine| line.diagnosis_pointers.iter().any(|pointer| pointer.index() == Some(index));
        let days = self.first_days(points);
        if days.is_empty() { self.days_of_service() } else { days }
    }

    /// The first days of the service lines, each once, in order.
    pub(crate) fn days_of_service(&self) -> Vec<Date> {
        self.first_days(|_| true)
    }

    fn first_days(&self, wanted: impl Fn(&ServiceLine) -> bool) -> Vec<Date> {
        let lines = self.claim.lines.iter().filter(|line| wanted(line));
        let mut days: Vec<Date> = lines.map(|line| line.date_of_service.first()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Why the validity of diagnoses cannot be asked of this claim at all.
    pub(crate) fn no_dated_diagnosis(&self) -> Option<&'static str> {
        if self.claim.diagnoses.is_empty() {
            Some("the claim has no diagnosis")
        } else if self.claim.lines.is_empty() {
            Some("the claim has no date of service")
        } else {
            None
        }
    }

    pub(crate) fn icd10cm_row(&self, code: Icd10CmCode) -> RowRef {
        RowRef::new("icd10cm", self.icd10cm_version, code.to_string())
    }
}
