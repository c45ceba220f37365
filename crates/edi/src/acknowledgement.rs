//! Acknowledgements: 999, ASC X12C 005010X231A1, and 277CA, ASC X12N 005010X214.

mod acknowledge;
mod claim;
mod functional;
mod write_claim;

pub use acknowledge::acknowledge;
pub use claim::{ClaimAcknowledgementTransaction, read_claim_acknowledgements};
pub use functional::read_functional_acknowledgement;
pub use write_claim::write_claim_acknowledgements;
