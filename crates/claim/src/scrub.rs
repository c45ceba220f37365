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
