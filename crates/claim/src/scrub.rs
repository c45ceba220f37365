//! What a scrub leaves behind: how bad it is at worst, and the receipt that submission asks for.

use crate::claim::Claim;
use crate::fingerprint::Fingerprint;
use superbill_core::Date;

/// What becomes of a claim or line because of a finding, from the lightest to the gravest.
///
/// A policy profile gives it, by payer, program, claim kind and date; it is no property of a rule. The disposition of a
/// claim is the gravest of its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Disposition {
    /// Worth knowing; nothing is held.
    Advise,
    /// A coder should look; the claim may go.
    Review,
    /// The payer would hold the claim for review.
    Suspend,
    /// The payer would deny the line.
    DenyLine,
    /// The payer would deny the claim.
    DenyClaim,
    /// The payer would send the claim back unprocessed.
    ReturnToProvider,
    /// The claim would not get past the front end.
    Reject,
}

impl Disposition {
    /// The same in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Advise => "advise",
            Self::Review => "review",
            Self::Suspend => "suspend",
            Self::DenyLine => "deny line",
            Self::DenyClaim => "deny claim",
            Self::ReturnToProvider => "return to provider",
            Self::Reject => "reject",
        }
    }

    /// Whether a claim with this disposition may be released: up to [`Disposition::Review`].
    #[must_use]
    pub fn may_be_released(self) -> bool {
        self <= Self::Review
    }
}

/// A data release that a scrub read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DataRelease {
    /// The code system or edit table, such as `icd10cm`.
    pub table: String,
    /// Its version.
    pub version: String,
}

impl DataRelease {
    /// A release of a table.
    #[must_use]
    pub fn new(table: impl Into<String>, version: impl Into<String>) -> Self {
        Self { table: table.into(), version: version.into() }
    }
}

/// Says that this exact claim content was scrubbed, with which data, by which profile, and the gravest disposition.
///
/// The rules make it and the lifecycle demands it before a claim is sent, so neither knows the other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ScrubReceipt {
    fingerprint: Fingerprint,
    releases: Vec<DataRelease>,
    profile: String,
    worst: Option<Disposition>,
    scrubbed_on: Date,
}

impl ScrubReceipt {
    /// A receipt for a claim. `worst` is `None` for a scrub without findings.
    #[must_use]
    pub fn new(
        claim: &Claim,
        releases: Vec<DataRelease>,
        profile: impl Into<String>,
        worst: Option<Disposition>,
        scrubbed_on: Date,
    ) -> Self {
        Self { fingerprint: claim.fingerprint(), releases, profile: profile.into(), worst, scrubbed_on }
    }

    /// Whether the receipt is for exactly this content.
    #[must_use]
    pub fn covers(&self, claim: &Claim) -> bool {
        self.fingerprint == claim.fingerprint()
    }

    /// The fingerprint of the content.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The data that was read.
    #[must_use]
    pub fn releases(&self) -> &[DataRelease] {
        &self.releases
    }

    /// The policy profile.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// The gravest disposition; `None` without findings.
    #[must_use]
    pub fn worst(&self) -> Option<Disposition> {
        self.worst
    }

    /// The day of the scrub.
    #[must_use]
    pub fn scrubbed_on(&self) -> Date {
        self.scrubbed_on
    }

    /// Whether the claim may be released on this receipt.
    #[must_use]
    pub fn may_be_released(&self) -> bool {
        self.worst.is_none_or(Disposition::may_be_released)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coverage, DiagnosisCode, PartyName, Payer, Person, Provider, ServiceLine};
    use superbill_core::{DateRange, Money, PersonName, Quantity};
    use superbill_hcpcs::HcpcsCode;

    const FROM_LIGHTEST: [Disposition; 7] = [
        Disposition::Advise,
        Disposition::Review,
        Disposition::Suspend,
        Disposition::DenyLine,
        Disposition::DenyClaim,
        Disposition::ReturnToProvider,
        Disposition::Reject,
    ];

    #[test]
    fn dispositions_go_from_the_lightest_to_the_gravest() {
        assert!(FROM_LIGHTEST.is_sorted_by(|one, next| one < next));
        assert_eq!(FROM_LIGHTEST.into_iter().max(), Some(Disposition::Reject));
        let released: Vec<_> =
            FROM_LIGHTEST.into_iter().filter(|one| one.may_be_released()).map(Disposition::words).collect();
        assert_eq!(released, ["advise", "review"]);
        let words: std::collections::BTreeSet<_> = FROM_LIGHTEST.into_iter().map(Disposition::words).collect();
        assert_eq!(words.len(), FROM_LIGHTEST.len());
    }

    fn claim() -> Claim {
        let provider = Provider::new(PartyName::Organization("TEST CLINIC".into()), None);
        let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
        let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
        let mut builder =
            Claim::professional("TEST1".parse().unwrap(), "11".parse().unwrap(), provider, coverage, patient);
        let diagnosis = builder.diagnosis(DiagnosisCode::from_text("E11.65")).unwrap();
        let day = DateRange::single("2026-10-05".parse().unwrap());
        let code = HcpcsCode::parse("G0108").unwrap();
        let line = ServiceLine::new(code, day, Quantity::from_units(2), Money::from_cents(15_000));
        builder.line(line.pointing_to([diagnosis])).unwrap();
        builder.build().unwrap()
    }

    #[test]
    fn a_receipt_covers_that_content_alone() {
        let today = "2026-10-06".parse().unwrap();
        let releases = vec![DataRelease::new("icd10cm", "2026-10-01")];
        let receipt = ScrubReceipt::new(&claim(), releases.clone(), "test", Some(Disposition::Review), today);
        assert!(receipt.covers(&claim()));
        let mut changed = claim();
        changed.lines[0].charge = Money::from_cents(15_001);
        assert!(!receipt.covers(&changed));
        changed.lines[0].charge = Money::from_cents(15_000);
        assert!(receipt.covers(&changed), "what was changed back is the same content");
        assert_eq!(receipt.fingerprint(), claim().fingerprint());
        assert_eq!((receipt.releases(), receipt.profile(), receipt.scrubbed_on()), (&releases[..], "test", today));
    }

    #[test]
    fn the_worst_finding_decides_the_release() {
        let today = "2026-10-06".parse().unwrap();
        let receipt = |worst| ScrubReceipt::new(&claim(), Vec::new(), "test", worst, today);
        assert!(receipt(None).may_be_released());
        for worst in FROM_LIGHTEST {
            let receipt = receipt(Some(worst));
            assert_eq!((receipt.worst(), receipt.may_be_released()), (Some(worst), worst.may_be_released()));
        }
    }
}
