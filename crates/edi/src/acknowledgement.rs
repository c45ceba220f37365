//! Acknowledgements: TA1, 999 (ASC X12C 005010X231A1) and 277CA (ASC X12N 005010X214), read and made for a received file.

mod acknowledge;
mod batch;
mod claim;
mod claims;
mod functional;
mod functional_write;
mod interchange;
#[cfg(test)]
mod mutants;
mod received;
mod status;
mod transaction;
mod write_claim;
mod write_received;

pub use acknowledge::{Answer, acknowledge, write_answers};
pub use claim::{ClaimAcknowledgementTransaction, read_claim_acknowledgements};
pub use claims::BatchAcknowledgement;
pub use functional::read_functional_acknowledgement;
pub use interchange::read_interchange_acknowledgement;
pub use received::{AcknowledgeOptions, Received};
pub use write_claim::write_claim_acknowledgements;
