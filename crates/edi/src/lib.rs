#![doc = include_str!("../README.md")]

mod acknowledgement;
pub mod check;
#[doc(hidden)]
pub mod checks;
mod envelope;
mod error;
mod fields;
pub mod guide;
mod mask;
mod notice;
mod party;
mod professional;
mod remittance;
mod split;
mod transaction;

pub use acknowledgement::{
    AcknowledgeOptions, Answer, BatchAcknowledgement, ClaimAcknowledgementTransaction, Received, acknowledge,
    read_claim_acknowledgements, read_functional_acknowledgement, read_interchange_acknowledgement, write_answers,
    write_claim_acknowledgements,
};
pub use envelope::{Envelope, InterchangeId};
pub use error::{ReadError, ReadErrorKind, WriteError};
pub use mask::Masked;
pub use notice::{Location, Notice, NoticeKind, Read};
pub use professional::{ClaimFailure, ClaimRead, ProfessionalTransaction, read_professional, write_professional};
pub use remittance::{read_remittance, write_remittances};
pub use split::{claim_count, split_by_claims};
pub use transaction::{TransactionKind, transactions};
