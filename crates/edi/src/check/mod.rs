//! Checks of transactions by SNIP type, each a coded finding.
//!
//! The types are those of the WEDI Strategic National Implementation Process: 1 syntax, 2 guide, 3 balancing, 4 situations, 5 external code sets, 6 product
//! types and lines of service, 7 trading partners.

mod balance;
mod catalogue;
mod checker;
mod code_sets;
mod element;
mod finding;
mod hierarchy;
#[cfg(test)]
mod mutants;
mod options;
mod partner;
mod placed;
mod services;
mod situations;
#[cfg(test)]
pub(crate) mod specimen;
mod stream;
mod structure;
mod syntax;
mod table;
mod unit;
mod value;
mod walk;

pub(crate) use catalogue::Acknowledged;
pub use catalogue::Check;
pub use checker::Checker;
pub use code_sets::CodeSets;
pub use finding::{ElementPlace, Finding};
pub use options::{CheckOptions, CheckSummary};
pub use partner::PartnerRules;
#[cfg(feature = "import")]
pub use partner::PartnerRulesError;
pub use table::catalogue;
