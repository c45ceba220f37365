//! What a rule says of itself.

use crate::context::Context;
use crate::finding::Hits;
use core::fmt;

/// The stable code of a rule. It is never given to another rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct RuleCode(&'static str);

impl RuleCode {
    pub(crate) const fn new(code: &'static str) -> Self {
        Self(code)
    }

    /// The code, such as `DX010`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for RuleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// What kind of fault a rule looks for. It belongs to the rule; how grave the fault is belongs to the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// Numbers, identifiers and references of the claim itself.
    Administrative,
    /// Two things that cannot stand together.
    Conflict,
    /// Sums.
    Financial,
    /// A code that does not exist, or not on the date.
    Validity,
}

/// What a rule must be shown to be able to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// One claim.
    Claim,
    /// One service line.
    Line,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Citation {
    /// The document.
    pub document: &'static str,
    /// The section or part.
    pub section: &'static str,
}

impl Citation {
    pub(crate) const fn new(document: &'static str, section: &'static str) -> Self {
        Self { document, section }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.document, self.section)
    }
}

/// What a rule says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleMeta {
    /// The stable code.
    pub code: RuleCode,
    /// The rule in a few words.
    pub title: &'static str,
    /// What kind of fault it looks for.
    pub category: Category,
    /// What it must be shown.
    pub scope: Scope,
    /// The version of superbill that brought it.
    pub since: &'static str,
    /// Where it comes from.
    pub citations: &'static [Citation],
}

/// A rule: it looks at a claim, changes nothing and tells what it found.
pub trait Rule: Sync {
    /// What the rule says of itself.
    fn meta(&self) -> &'static RuleMeta;

    /// Looks at the claim.
    fn evaluate(&self, context: &Context<'_>, hits: &mut Hits);
}
