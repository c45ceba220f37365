//! How grave a finding is.

use crate::finding::Outcome;
use crate::meta::{Category, RuleMeta};
use superbill_claim::Disposition;

/// A policy: how grave the findings of each rule are, for a payer and program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    name: String,
    changed: Vec<(&'static str, Disposition)>,
}

impl Profile {
    /// A profile like that of Medicare: an invalid code is rejected, an Excludes1 pair goes to review, because the guidelines know
    /// an exception that only the record can tell (section I.A.12.a).
    #[must_use]
    pub fn medicare_like() -> Self {
        Self { name: "medicare-like".to_owned(), changed: Vec::new() }
    }

    /// The same under another name, with one rule's disposition changed.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, rule: &RuleMeta, disposition: Disposition) -> Self {
        self.name = name.into();
        self.changed.retain(|(code, _)| *code != rule.code.as_str());
        self.changed.push((rule.code.as_str(), disposition));
        self
    }

    /// The name of the profile.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The disposition of a finding. What a rule cannot tell is never graver than a review, nor than what the rule would find.
    #[must_use]
    pub fn disposition(&self, rule: &RuleMeta, outcome: &Outcome) -> Disposition {
        let changed = self.changed.iter().find(|(code, _)| *code == rule.code.as_str());
        let fires = changed.map_or_else(|| default_disposition(rule.category), |(_, disposition)| *disposition);
        match outcome {
            Outcome::Fires => fires,
            Outcome::CannotTell { .. } => fires.min(Disposition::Review),
        }
    }
}

fn default_disposition(category: Category) -> Disposition {
    match category {
        Category::Administrative | Category::Financial | Category::Validity => Disposition::Reject,
        Category::Conflict => Disposition::Review,
    }
}
