#![doc = include_str!("../README.md")]

mod betos;
mod category;
#[doc(hidden)]
pub mod checks;
mod code;
mod fields;
#[cfg(feature = "import")]
pub mod import;
mod indicator;
mod lookup;
mod modifier_lookup;
mod modifiers;
mod on;
mod record;
/// The names of the sections of a table, for those who write one.
pub mod section;
mod table;
mod tables;
mod title;

pub use betos::Betos;
pub use category::Category;
pub use code::{HcpcsCode, HcpcsCodeError};
pub use indicator::{
    Action, Coverage, Indicator, LabCertification, MultiplePricing, PricingIndicator, TypeOfService, Value,
};
pub use lookup::{Lookup, Status, Why};
pub use modifier_lookup::ModifierLookup;
pub use modifiers::{
    AmbulanceTrip, Attachment, ExclusiveSet, ModifierClass, ModifierConflict, ModifierInfo, Side, TripPlace,
    conflicts as modifier_conflicts, missing_companions,
};
pub use on::HcpcsOn;
pub use record::{CrossReference, Record};
pub use section::TABLE_KIND;
pub use superbill_core::Modifier;
pub use superbill_table::TableError;
pub use table::Hcpcs;
#[cfg(feature = "bundled")]
pub use table::{BUNDLED_BYTES, BUNDLED_VERSION};
pub use tables::{HcpcsTables, HcpcsTablesOn};
pub use title::Title;
