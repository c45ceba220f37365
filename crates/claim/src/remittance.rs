//! The remittance advice: what a payer paid and why not more (835, ASC X12N 005010X221A1).

use crate::adjustment::{Adjustment, RemarkCode};
use crate::coverage::FilingIndicator;
use crate::party::{Payer, Provider};
use crate::procedure::ProcedureCode;
use superbill_core::{
    Date, DateRange, Modifier, Money, PatientControlNumber, PayerControlNumber, Phi, Quantity, TraceNumber,
};

/// How the money comes (BPR04).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum PaymentMethod {
    /// Automated clearing house (`ACH`).
    Ach,
    /// Cheque (`CHK`).
    Check,
    /// Nothing is paid (`NON`).
    NoPayment,
    /// Another method, with its code.
    Other(String),
}

/// The payment of a remittance (BPR, TRN).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Payment {
    /// What is paid in all (BPR02).
    pub amount: Money,
    /// How (BPR04).
    pub method: PaymentMethod,
    /// When (BPR16).
    pub date: Date,
    /// The number of the cheque or transfer (TRN02).
    pub trace_number: TraceNumber,
    /// Who made the number (TRN03).
    pub originator: Option<String>,
}

impl Payment {
    /// A payment with its trace number.
    #[must_use]
    pub fn new(amount: Money, method: PaymentMethod, date: Date, trace_number: TraceNumber) -> Self {
        Self { amount, method, date, trace_number, originator: None }
    }
}

/// What the payer did with a claim (CLP02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ClaimPaymentStatus {
    /// Processed as primary (`1`). A denial comes as 1, 2 or 3 with nothing paid.
    Primary,
    /// Processed as secondary (`2`).
    Secondary,
    /// Processed as tertiary (`3`).
    Tertiary,
    /// The patient is not known to the payer (`4`).
    NotRecognized,
    /// Processed as primary and sent on to the next payer (`19`).
    PrimaryForwarded,
    /// Processed as secondary and sent on (`20`).
    SecondaryForwarded,
    /// Processed as tertiary and sent on (`21`).
    TertiaryForwarded,
    /// Takes back an earlier payment (`22`).
    Reversal,
    /// Not this payer's claim, sent on (`23`).
    NotOurClaimForwarded,
    /// A predetermination: nothing is paid (`25`).
    Predetermination,
    /// Another status, with its number.
    Other(u8),
}

impl ClaimPaymentStatus {
    /// The status of a number.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Primary,
            2 => Self::Secondary,
            3 => Self::Tertiary,
            4 => Self::NotRecognized,
            19 => Self::PrimaryForwarded,
            20 => Self::SecondaryForwarded,
            21 => Self::TertiaryForwarded,
            22 => Self::Reversal,
            23 => Self::NotOurClaimForwarded,
            25 => Self::Predetermination,
            other => Self::Other(other),
        }
    }

    /// The value of CLP02.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Primary => 1,
            Self::Secondary => 2,
            Self::Tertiary => 3,
            Self::NotRecognized => 4,
            Self::PrimaryForwarded => 19,
            Self::SecondaryForwarded => 20,
            Self::TertiaryForwarded => 21,
            Self::Reversal => 22,
            Self::NotOurClaimForwarded => 23,
            Self::Predetermination => 25,
            Self::Other(code) => code,
        }
    }

    /// Whether the payer adjudicated the claim: 1, 2, 3, 19, 20 or 21.
    #[must_use]
    pub fn is_adjudicated(self) -> bool {
        matches!(self.code(), 1..=3 | 19..=21)
    }
}

/// The payment of one service line (loop 2110).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LinePayment {
    /// The procedure that was adjudicated (SVC01).
    pub procedure: ProcedureCode,
    /// Its modifiers.
    pub modifiers: Vec<Modifier>,
    /// The charge (SVC02).
    pub charge: Money,
    /// What is paid (SVC03).
    pub paid: Money,
    /// The units paid (SVC05).
    pub units: Option<Quantity>,
    /// The day or days of service (DTM*472, or 150 and 151).
    pub date_of_service: Option<DateRange>,
    /// The provider's own number of the line as it was sent with the claim (REF*6R). It is shown in clear: it must be no number of the
    /// patient.
    pub control_number: Option<String>,
    /// What the payer allows (AMT*B6).
    pub allowed: Option<Money>,
    /// Why the payment is not the charge.
    pub adjustments: Vec<Adjustment>,
    /// Remarks (LQ*HE).
    pub remark_codes: Vec<RemarkCode>,
}

impl LinePayment {
    /// A line with its charge and payment.
    #[must_use]
    pub fn new(procedure: ProcedureCode, charge: Money, paid: Money) -> Self {
        Self {
            procedure,
            modifiers: Vec::new(),
            charge,
            paid,
            units: None,
            date_of_service: None,
            control_number: None,
            allowed: None,
            adjustments: Vec::new(),
            remark_codes: Vec::new(),
        }
    }
}

/// The payment of one claim (loop 2100).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClaimPayment {
    /// The provider's own number of the claim (CLP01).
    pub patient_control_number: Phi<PatientControlNumber>,
    /// What the payer did (CLP02).
    pub status: ClaimPaymentStatus,
    /// The charge (CLP03).
    pub charge: Money,
    /// What is paid (CLP04).
    pub paid: Money,
    /// What the patient owes as the payer sees it (CLP05).
    pub patient_responsibility: Option<Money>,
    /// The kind of plan (CLP06).
    pub filing_indicator: Option<FilingIndicator>,
    /// The payer's number of the claim (CLP07).
    pub payer_control_number: Option<PayerControlNumber>,
    /// Adjustments of the claim as a whole.
    pub adjustments: Vec<Adjustment>,
    /// Remarks on the claim as a whole (MIA, MOA).
    pub remark_codes: Vec<RemarkCode>,
    /// The service lines.
    pub lines: Vec<LinePayment>,
}

impl ClaimPayment {
    /// A payment of a claim.
    #[must_use]
    pub fn new(
        patient_control_number: PatientControlNumber,
        status: ClaimPaymentStatus,
        charge: Money,
        paid: Money,
    ) -> Self {
        Self {
            patient_control_number: Phi::new(patient_control_number),
            status,
            charge,
            paid,
            patient_responsibility: None,
            filing_indicator: None,
            payer_control_number: None,
            adjustments: Vec::new(),
            remark_codes: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// All adjustments, those of the claim first, then line by line.
    pub fn all_adjustments(&self) -> impl Iterator<Item = &Adjustment> {
        self.adjustments.iter().chain(self.lines.iter().flat_map(|line| &line.adjustments))
    }
}

/// An adjustment between payer and provider that belongs to no claim (PLB): a positive amount lowers the payment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ProviderAdjustment {
    /// The provider that it concerns (PLB01).
    pub provider: String,
    /// The last day of the provider's fiscal year (PLB02).
    pub fiscal_period: Option<Date>,
    /// The reason (PLB03-1), such as `WO` or `L6`.
    pub reason: String,
    /// The reference (PLB03-2). It can hold a patient's claim number.
    pub reference: Option<Phi<String>>,
    /// The amount (PLB04).
    pub amount: Money,
}

impl ProviderAdjustment {
    /// An adjustment of a provider's payment.
    #[must_use]
    pub fn new(provider: impl Into<String>, reason: impl Into<String>, amount: Money) -> Self {
        Self { provider: provider.into(), fiscal_period: None, reason: reason.into(), reference: None, amount }
    }
}

/// One remittance: one payment and the claims that it pays (one 835 transaction).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Remittance {
    /// The payment.
    pub payment: Payment,
    /// Who pays (loop 1000A).
    pub payer: Payer,
    /// Who is paid (loop 1000B).
    pub payee: Provider,
    /// The claims.
    pub claims: Vec<ClaimPayment>,
    /// Adjustments that belong to no claim.
    pub provider_adjustments: Vec<ProviderAdjustment>,
}

impl Remittance {
    /// A remittance without claims yet.
    #[must_use]
    pub fn new(payment: Payment, payer: Payer, payee: Provider) -> Self {
        Self { payment, payer, payee, claims: Vec::new(), provider_adjustments: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_its_number() {
        for code in 0..=u8::MAX {
            let status = ClaimPaymentStatus::from_code(code);
            assert_eq!(status.code(), code);
            let known = matches!(code, 1..=4 | 19..=23 | 25);
            assert_eq!(matches!(status, ClaimPaymentStatus::Other(_)), !known, "{code}");
            assert_eq!(status.is_adjudicated(), [1, 2, 3, 19, 20, 21].contains(&code), "{code}");
        }
    }
}
