//! What a rule is.

use super::parts::{ClaimParts, Part};
use crate::check::catalogue::Check;
use crate::check::unit::{ClaimKind, Sayings};

/// A rule: what a situation asks for.
pub(in crate::check) struct Rule {
    pub(in crate::check) check: &'static Check,
    /// The transactions that it is for, as bits.
    pub(in crate::check) kinds: u8,
    /// Who asks for it.
    pub(in crate::check) source: &'static str,
    pub(in crate::check) run: Run,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(in crate::check) enum Run {
    /// A claim with the levels that it stands in.
    Claim(fn(&ClaimParts<'_>, &mut Sayings)),
    /// The segments of a level without its claims, once for all of them.
    Level(fn(Part<'_, '_>, &mut Sayings)),
    /// The payment of a claim.
    Payment(fn(Part<'_, '_>, &mut Sayings)),
    /// The head and end of a remittance.
    Remittance(fn(Part<'_, '_>, &mut Sayings)),
}

/// 837P.
pub(in crate::check) const P: u8 = 1;
/// 837I.
pub(in crate::check) const I: u8 = 2;
/// 837D.
pub(in crate::check) const D: u8 = 4;
/// 835.
pub(in crate::check) const R: u8 = 8;
/// All claims.
pub(in crate::check) const CLAIMS: u8 = P | I | D;

/// The bit of a claim.
pub(super) fn bit_of(kind: ClaimKind) -> u8 {
    match kind {
        ClaimKind::Professional => P,
        ClaimKind::Institutional => I,
        ClaimKind::Dental => D,
        ClaimKind::None => 0,
    }
}

/// Rules of one family, and the table of them: check, severity, what a 999 says, transactions, function, what is wrong, source.
macro_rules! rules {
    ($(#[$meta:meta])* $($name:ident = $id:literal, $severity:ident, $acknowledged:expr, $kinds:expr, $run:expr, $what:literal, $source:literal;)*) => {
        $(static $name: $crate::check::catalogue::Check = $crate::check::catalogue::Check {
            id: $id,
            snip: 4,
            severity: superbill_x12::Severity::$severity,
            what: $what,
            acknowledgement: $acknowledged,
        };)*
        $(#[$meta])*
        pub(super) static RULES: &[$crate::check::situations::rule::Rule] = &[
            $($crate::check::situations::rule::Rule { check: &$name, kinds: $kinds, source: $source, run: $run }),*
        ];
    };
}

pub(super) use rules;
