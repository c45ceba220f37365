#![doc = include_str!("../README.md")]

mod account_id;
mod book;
mod case;
mod command;
mod decide;
mod event;
mod ledger;
mod line_match;
mod posting;
mod posting_report;
mod refusal;
mod remittance_key;
mod replay;
mod state;
mod status;
mod transition;

pub use account_id::{AccountId, AccountIdError};
pub use book::{Book, BookError, PROVIDER_ADJUSTMENT_ACCOUNTS, PostedRemittance};
pub use case::{Case, PatientBalance, PatientPart};
pub use command::Command;
pub use event::{Event, RecordedEvent};
pub use ledger::{Entry, Ledger, LedgerAccount, LedgerError, Posting, PostingReason};
pub use posting::{BARS_PATIENT_BILLING, PostedAdjustment, RemittancePosting, Treatment, WRITE_OFFS};
pub use posting_report::{ClaimResult, ParkReason, ParkedClaim, PostRefusal, PostingReport};
pub use refusal::Refusal;
pub use remittance_key::{RemittanceKey, RemittanceReference};
pub use replay::ReplayError;
pub use state::{Adjudication, CaseState, Machine, PatientAccount, PostedAdjudication, Prep, Submission, Transmission};
pub use status::CaseStatus;
pub use transition::{TRANSITIONS, Transition};
