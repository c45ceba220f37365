//! What a rule finds.

use crate::meta::{Citation, RuleCode};
use crate::place::Place;
use superbill_claim::Disposition;
use superbill_core::Money;

/// The answer of a rule at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The fault is there.
    Fires,
    /// The rule could not judge, and this is what it lacks.
    CannotTell {
        /// What is missing.
        missing: String,
    },
}

impl Outcome {
    /// The name in data: `fires` or `cannot_tell`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Fires => "fires",
            Self::CannotTell { .. } => "cannot_tell",
        }
    }
}

/// The row of a dated table that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RowRef {
    /// The table.
    pub table: &'static str,
    /// Its version.
    pub version: String,
    /// The row.
    pub key: String,
}

impl RowRef {
    pub(crate) fn new(table: &'static str, version: impl Into<String>, key: impl Into<String>) -> Self {
        Self { table, version: version.into(), key: key.into() }
    }
}

/// A change of form alone, which a program may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatEdit {
    /// The stated total becomes the sum of the lines.
    TotalCharge(Money),
}

/// What may be done. Only a [`FormatEdit`] is safe to make without a person: codes, modifiers, units, dates and the order of
/// diagnoses say what happened, and only the record knows that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// A change of form.
    Format(FormatEdit),
    /// A change that a coder must attest from the record, with the codes to choose from where they are known.
    Attest {
        /// What to do.
        words: String,
        /// The codes to choose from.
        choices: Vec<String>,
    },
    /// A hint.
    Display(String),
}

impl Fix {
    /// The fix in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Format(FormatEdit::TotalCharge(total)) => format!("state the sum of the lines, {total}"),
            Self::Attest { words, .. } | Self::Display(words) => words.clone(),
        }
    }
}

/// What a rule found at one place. It holds codes and places, and nothing that names a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: RuleCode,
    /// The answer.
    pub outcome: Outcome,
    /// How grave it is by the profile.
    pub disposition: Disposition,
    /// Where.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where the rule comes from.
    pub citations: &'static [Citation],
    /// The rows that it rests on.
    pub rows: Vec<RowRef>,
    /// What may be done.
    pub fix: Option<Fix>,
}

/// What a rule tells while it looks.
#[derive(Debug, Default)]
pub struct Hits {
    pub(crate) hits: Vec<Hit>,
    pub(crate) not_applicable: Option<&'static str>,
    pub(crate) limited: Option<&'static str>,
}

#[derive(Debug)]
pub(crate) struct Hit {
    pub(crate) outcome: Outcome,
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) rows: Vec<RowRef>,
    pub(crate) fix: Option<Fix>,
}

impl Hits {
    /// The fault is there.
    pub(crate) fn fires(&mut self, place: Place, message: String, rows: Vec<RowRef>, fix: Fix) {
        self.hits.push(Hit { outcome: Outcome::Fires, place, message, rows, fix: Some(fix) });
    }

    /// The rule cannot judge for lack of something.
    pub(crate) fn cannot_tell(&mut self, place: Place, message: String, missing: String, rows: Vec<RowRef>) {
        self.hits.push(Hit { outcome: Outcome::CannotTell { missing }, place, message, rows, fix: None });
    }

    /// The rule has nothing to judge in this claim.
    pub(crate) fn not_applicable(&mut self, why: &'static str) {
        self.not_applicable = Some(why);
    }

    /// The rule could not see all that it would have to, and can say so only of itself, not of a place.
    pub(crate) fn limited(&mut self, why: &'static str) {
        self.limited = Some(why);
    }
}
