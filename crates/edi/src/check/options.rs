//! What a checker is asked to check, and what it counts.

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckOptions {
    /// The SNIP types, as bits: bit 1 is type 1. Type 1 is always checked.
    snip: u8,
}

impl Default for CheckOptions {
    /// All types.
    fn default() -> Self {
        Self { snip: u8::MAX }
    }
}

impl CheckOptions {
    /// Only the types up to one.
    #[must_use]
    pub fn up_to(snip: u8) -> Self {
        Self { snip: 2u8.checked_shl(u32::from(snip)).map_or(u8::MAX, |above| above.wrapping_sub(1)) }
    }

    /// Whether any type above 2 is checked.
    pub(super) fn above_guide(self) -> bool {
        self.snip & !0b111 != 0
    }

    /// Whether a type is checked.
    #[must_use]
    pub fn has(self, snip: u8) -> bool {
        snip <= 1 || self.snip & 1u8.checked_shl(u32::from(snip)).unwrap_or(0) != 0
    }
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckSummary {
    /// Interchanges.
    pub interchanges: u64,
    /// Functional groups.
    pub groups: u64,
    /// Transaction sets.
    pub transactions: u64,
    /// Claims and claim payments.
    pub claims: u64,
    /// Segments.
    pub segments: u64,
    /// Findings that are errors.
    pub errors: u64,
    /// Findings that are warnings.
    pub warnings: u64,
    /// Findings that the rules of the trading partner silence.
    pub silenced: u64,
}
