//! The engine: every rule looks at a claim; all that they find is kept.

use crate::catalogue::catalogue;
use crate::context::Context;
use crate::finding::{Finding, Fix, FormatEdit, Hits};
use crate::meta::{Rule, RuleCode};
use crate::profile::Profile;
use superbill_claim::{Claim, DataRelease, Disposition, Fingerprint, ScrubReceipt};
use superbill_core::Date;
use superbill_icd10cm::Icd10Cm;

/// What became of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evaluated {
    /// It found nothing wrong.
    Clear,
    /// It found so many things.
    Findings(usize),
    /// It found nothing wrong as far as it could see, which was not all, for this reason.
    Limited(&'static str),
    /// There was nothing to judge, for this reason.
    NotApplicable(&'static str),
}

/// Rules, tables and a policy profile.
#[derive(Clone)]
pub struct Engine<'t> {
    icd10cm: &'t Icd10Cm<'t>,
    icd10cm_version: String,
    profile: Profile,
}

impl core::fmt::Debug for Engine<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Engine").field("icd10cm", &self.icd10cm_version).field("profile", &self.profile).finish()
    }
}

#[cfg(feature = "bundled")]
impl Engine<'static> {
    /// All rules, the bundled tables, and a profile like Medicare's.
    #[must_use]
    pub fn standard() -> Self {
        Self::new(Icd10Cm::bundled(), superbill_icd10cm::BUNDLED_VERSION, Profile::medicare_like())
    }
}

impl<'t> Engine<'t> {
    /// All rules with a table, its version and a profile.
    #[must_use]
    pub fn new(icd10cm: &'t Icd10Cm<'t>, icd10cm_version: impl Into<String>, profile: Profile) -> Self {
        Self { icd10cm, icd10cm_version: icd10cm_version.into(), profile }
    }

    /// The same with another profile.
    #[must_use]
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Looks at a claim with every rule. Nothing is changed and nothing is left out.
    #[must_use]
    pub fn scrub(&self, claim: &Claim) -> Report {
        let context = Context { claim, icd10cm: self.icd10cm, icd10cm_version: &self.icd10cm_version };
        let mut report = Report {
            findings: Vec::new(),
            evaluated: Vec::new(),
            releases: vec![DataRelease::new("icd10cm", self.icd10cm_version.clone())],
            profile: self.profile.name().to_owned(),
            scrubbed: claim.fingerprint(),
        };
        for rule in catalogue() {
            let meta = rule.meta();
            let mut hits = Hits::default();
            rule.evaluate(&context, &mut hits);
            let evaluated = match (hits.hits.len(), hits.not_applicable, hits.limited) {
                (0, Some(why), _) => Evaluated::NotApplicable(why),
                (0, None, Some(why)) => Evaluated::Limited(why),
                (0, None, None) => Evaluated::Clear,
                (count, ..) => Evaluated::Findings(count),
            };
            report.evaluated.push((meta.code, evaluated));
            report.findings.extend(hits.hits.into_iter().map(|hit| Finding {
                rule: meta.code,
                disposition: self.profile.disposition(meta, &hit.outcome),
                outcome: hit.outcome,
                place: hit.place,
                message: hit.message,
                citations: meta.citations,
                rows: hit.rows,
                fix: hit.fix,
            }));
        }
        report
    }
}

/// All that a scrub found.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    evaluated: Vec<(RuleCode, Evaluated)>,
    releases: Vec<DataRelease>,
    profile: String,
    scrubbed: Fingerprint,
}

/// Without the fingerprint of the claim: it is derived from patient data, and a report is what a program logs.
impl core::fmt::Debug for Report {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Report")
            .field("findings", &self.findings)
            .field("evaluated", &self.evaluated)
            .field("releases", &self.releases)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

impl Report {
    /// The findings, in the order of the catalogue and of the claim.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What became of each rule.
    #[must_use]
    pub fn evaluated(&self) -> &[(RuleCode, Evaluated)] {
        &self.evaluated
    }

    /// The data that was read.
    #[must_use]
    pub fn releases(&self) -> &[DataRelease] {
        &self.releases
    }

    /// The gravest disposition; `None` without findings.
    #[must_use]
    pub fn worst(&self) -> Option<Disposition> {
        self.findings.iter().map(|finding| finding.disposition).max()
    }

    /// The receipt that this claim content was scrubbed. `None` for content that this report is not about, as a claim that was
    /// changed afterwards: it was not scrubbed.
    #[must_use]
    pub fn receipt(&self, claim: &Claim, on: Date) -> Option<ScrubReceipt> {
        let receipt = ScrubReceipt::new(claim, self.releases.clone(), self.profile.clone(), self.worst(), on);
        (receipt.fingerprint() == self.scrubbed).then_some(receipt)
    }

    /// Makes the changes of form that findings propose, and no other. Gives how many. A claim that this report is not about is
    /// left as it is. A changed claim has to be scrubbed again.
    pub fn apply_format_fixes(&self, claim: &mut Claim) -> usize {
        if claim.fingerprint() != self.scrubbed {
            return 0;
        }
        let mut made = 0;
        for finding in &self.findings {
            if let Some(Fix::Format(FormatEdit::TotalCharge(total))) = finding.fix {
                claim.total_charge = total;
                made += 1;
            }
        }
        made
    }
}

/// Whether a type is a rule of the catalogue: used to state that rules are shared between threads.
const _: fn() = || {
    fn shared<T: Sync + ?Sized>() {}
    shared::<dyn Rule>();
};
