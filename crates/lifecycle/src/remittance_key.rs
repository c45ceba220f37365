//! Which payment, and which claim in it.

use core::fmt;
use superbill_claim::Remittance;
use superbill_core::{Date, TraceNumber};

/// What names a payment wherever its file turns up: who made the trace number, the number and the day of payment (835
/// TRN03, TRN02 and BPR16). The name of a file says nothing: clearing houses send one payment in several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RemittanceKey {
    /// Who made the trace number (TRN03); the payer's identifier where the remittance does not say.
    pub originator: String,
    /// The number of the cheque or transfer (TRN02).
    pub trace_number: TraceNumber,
    /// The day of payment (BPR16).
    pub payment_date: Date,
}

impl RemittanceKey {
    /// The key of a remittance.
    #[must_use]
    pub fn of(remittance: &Remittance) -> Self {
        let payment = &remittance.payment;
        Self {
            originator: payment.originator.clone().unwrap_or_else(|| remittance.payer.id.clone()),
            trace_number: payment.trace_number.clone(),
            payment_date: payment.date,
        }
    }

    /// The claim payment at this place of the remittance, counted from 1.
    #[must_use]
    pub fn claim(&self, claim: usize) -> RemittanceReference {
        RemittanceReference { remittance: self.clone(), claim }
    }
}

impl fmt::Display for RemittanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "payment {} of {} by {}", self.trace_number, self.payment_date, self.originator)
    }
}

/// One claim payment of a remittance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RemittanceReference {
    /// The remittance.
    pub remittance: RemittanceKey,
    /// The place of the claim in it, counted from 1.
    pub claim: usize,
}

impl fmt::Display for RemittanceReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, claim {}", self.remittance, self.claim)
    }
}
