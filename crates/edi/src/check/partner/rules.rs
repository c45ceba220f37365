//! What a trading partner asks for.

use super::path::Path;
use crate::check::catalogue::Check;
use superbill_x12::Severity;

/// The rules of a trading partner, for [`Checker::with_partner`](crate::check::Checker::with_partner).
///
/// With the feature `import` they are read from the user's file: see `docs/X12-PARTNERS.md` of the repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartnerRules {
    /// What messages call the partner.
    pub(super) name: String,
    pub(super) envelope: EnvelopeRules,
    pub(super) rules: Vec<PathRule>,
    pub(super) severities: Vec<(&'static Check, Severity)>,
    /// Checks that say nothing, each with the reason.
    pub(super) silenced: Vec<(&'static Check, String)>,
}

/// What the partner asks of the envelope. An empty list asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EnvelopeRules {
    /// ISA05 and ISA06.
    pub(super) sender_qualifiers: Vec<String>,
    pub(super) senders: Vec<String>,
    /// ISA07 and ISA08.
    pub(super) receiver_qualifiers: Vec<String>,
    pub(super) receivers: Vec<String>,
    /// GS02 and GS03.
    pub(super) group_senders: Vec<String>,
    pub(super) group_receivers: Vec<String>,
    /// ISA15: `P` or `T`.
    pub(super) usage: Option<char>,
    /// ST03, GS08 where there is none.
    pub(super) versions: Vec<String>,
    pub(super) claims_most: Option<u64>,
    pub(super) characters: Option<CharacterSet>,
}

/// Which characters a partner takes.
///
/// Source: ASC X12.6, the basic and the extended character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharacterSet {
    /// Capitals, digits, the blank and `! " & ' ( ) * + , - . / : ; ? =`.
    Basic,
    /// With small letters and `% @ [ ] _ { } \ | < > ~ ^ # $` and the backtick.
    Extended,
}

impl CharacterSet {
    pub(super) fn has(self, byte: u8) -> bool {
        let is_basic =
            matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'!' | b'"' | b'&'..=b'/' | b':' | b';' | b'?' | b'=');
        match self {
            Self::Basic => is_basic,
            Self::Extended => matches!(byte, b' '..=b'~'),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Extended => "extended",
        }
    }
}

/// What is asked of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PathRule {
    pub(super) path: Path,
    /// The versions that it is for; empty for all.
    pub(super) versions: Vec<String>,
    pub(super) demand: Demand,
    pub(super) severity: Option<Severity>,
    /// What the message says behind.
    pub(super) reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Demand {
    Required,
    Forbidden,
    Values(Vec<String>),
    /// The fewest and most characters.
    Length(usize, usize),
}

impl PartnerRules {
    /// What messages call the partner.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The checks that say nothing, each with the reason that the file gives.
    pub fn silenced(&self) -> impl Iterator<Item = (&'static Check, &str)> {
        self.silenced.iter().map(|(check, reason)| (*check, reason.as_str()))
    }

    /// How bad findings of a check are: as the partner's file says, else as the check does. `None` where the file silences the check.
    #[must_use]
    pub fn severity(&self, check: &'static Check, severity: Severity) -> Option<Severity> {
        if self.silenced.iter().any(|(silent, _)| silent.id == check.id) {
            return None;
        }
        let own = self.severities.iter().find(|(of, _)| of.id == check.id);
        Some(own.map_or(severity, |(_, severity)| *severity))
    }
}
