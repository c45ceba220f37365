#![doc = include_str!("../README.md")]

mod acknowledgement;
mod adjustment;
mod balance;
mod builder;
mod claim;
mod coverage;
mod diagnosis;
mod encounter;
mod error;
mod fingerprint;
mod line;
mod party;
mod procedure;
mod remittance;
mod scrub;

pub use acknowledgement::{
    AcknowledgementCode, ClaimAcknowledgement, ClaimStatus, ElementNote, FunctionalAcknowledgement,
    InterchangeAcknowledgement, LineAcknowledgement, SegmentNote, TransactionAcknowledgement, Trigger,
};
pub use adjustment::{Adjustment, AdjustmentGroup, AdjustmentReason, RemarkCode};
pub use balance::{BalanceLevel, Imbalance};
pub use builder::ClaimBuilder;
pub use claim::{Assignment, BenefitsAssignment, Claim, ClaimFrequency, ClaimKind, ReleaseOfInformation};
pub use coverage::{Coverage, FilingIndicator, PayerResponsibility, Relationship};
pub use diagnosis::{DiagnosisCode, DiagnosisPointer, MAX_PROFESSIONAL_DIAGNOSES};
pub use encounter::{DocumentedService, Encounter};
pub use error::{BuildError, FieldError};
pub use fingerprint::Fingerprint;
pub use line::{ServiceLine, UnitBasis};
pub use party::{Contact, Party, PartyName, Payer, Person, Provider};
pub use procedure::ProcedureCode;
pub use remittance::{
    ClaimPayment, ClaimPaymentStatus, LinePayment, Payment, PaymentMethod, ProviderAdjustment, Remittance,
};
pub use scrub::{DataRelease, Disposition, ScrubReceipt};
