#![doc = include_str!("../README.md")]

mod catalogue;
mod context;
mod engine;
mod finding;
mod meta;
mod place;
mod profile;

pub use catalogue::catalogue;
pub use context::Context;
pub use engine::{Engine, Evaluated, Report};
pub use finding::{Finding, Fix, FormatEdit, Hits, Outcome, RowRef};
pub use meta::{Category, Citation, Rule, RuleCode, RuleMeta, Scope};
pub use place::Place;
pub use profile::Profile;
