//! SNIP type 7: what a trading partner asks for beyond the guides, as the user's file of rules has it.
#![cfg_attr(not(feature = "import"), allow(dead_code, reason = "only the reader of rules makes them"))]

mod checks;
mod engine;
#[cfg(feature = "import")]
mod parse;
mod path;
mod rules;

pub(super) use checks::PARTNER;
pub(super) use engine::Engine;
#[cfg(feature = "import")]
pub use parse::PartnerRulesError;
pub use rules::PartnerRules;

#[cfg(test)]
#[cfg(feature = "import")]
mod tests;
