//! A received file with all that is found in it.

use crate::check::{Acknowledged, CheckOptions, Checker, Finding};
use superbill_x12::{Document, Severity, Transaction};

/// How a received file is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AcknowledgeOptions {
    /// The highest SNIP type whose findings a 999 names: 2 unless set. An error among them rejects the transaction set. Errors of higher types belong
    /// to the claim acknowledgement.
    pub reject_snip: u8,
    /// Whether claims are acknowledged one by one in a 277CA: not unless set. An error of the guide (SNIP type 2) that stands in a claim, or in a
    /// level with claims, then turns those claims away, and the 999 accepts the transaction set with errors.
    pub claims: bool,
}

impl Default for AcknowledgeOptions {
    fn default() -> Self {
        Self { reject_snip: 2, claims: false }
    }
}

/// A received file with all that is found in it, the ground of every answer.
#[derive(Debug)]
pub struct Received<'a, 'd> {
    pub(super) document: &'d Document<'a>,
    /// In the order of their segments.
    findings: Vec<Finding>,
    /// The claims of the checker and the CLM segment that each begins with, both rising.
    claims: Vec<(u64, u64)>,
}

impl<'a, 'd> Received<'a, 'd> {
    /// Checks a file.
    #[must_use]
    pub fn check(document: &'d Document<'a>, options: CheckOptions) -> Self {
        Self::check_with(document, Checker::new(options))
    }

    /// Checks a file with a checker that has not seen anything yet.
    #[must_use]
    pub fn check_with(document: &'d Document<'a>, mut checker: Checker) -> Self {
        let mut claims = Vec::new();
        for segment in document.segments() {
            let before = checker.summary().claims;
            checker.segment(&segment);
            if segment.id() == "CLM" {
                let after = checker.summary().claims;
                if after > before {
                    claims.push((after, segment.number()));
                }
            }
        }
        for diagnostic in document.diagnostics() {
            checker.diagnostic(diagnostic);
        }
        checker.finish();
        let mut findings = checker.take_findings();
        findings.sort_by_key(|finding| finding.segment);
        Self { document, findings, claims }
    }

    /// The file.
    #[must_use]
    pub fn document(&self) -> &'d Document<'a> {
        self.document
    }

    /// What was found, in the order of the segments.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings about the segments `first` to `last`.
    pub(super) fn within(&self, first: u64, last: u64) -> &[Finding] {
        let begin = self.findings.partition_point(|finding| finding.segment < first);
        let end = self.findings.partition_point(|finding| finding.segment <= last);
        self.findings.get(begin..end).unwrap_or_default()
    }

    pub(super) fn of(&self, transaction: &Transaction<'_, '_>) -> &[Finding] {
        self.within(transaction.first_segment(), transaction.last_segment())
    }

    /// The CLM segment of a claim of the checker.
    pub(super) fn claim_segment(&self, ordinal: u64) -> Option<u64> {
        let place = self.claims.binary_search_by_key(&ordinal, |(claim, _)| *claim).ok()?;
        self.claims.get(place).map(|(_, segment)| *segment)
    }
}

impl Finding {
    /// Whether it is more than a remark.
    pub(super) fn is_told(&self) -> bool {
        self.severity >= Severity::Warning
    }

    pub(super) fn is_error(&self) -> bool {
        self.severity >= Severity::Error
    }

    /// Whether a segment is missing: it stands at the one that came instead.
    pub(super) fn is_of_missing(&self) -> bool {
        matches!(self.check.acknowledgement, Acknowledged::Segment("3" | "I6" | "I7" | "I8"))
    }
}
