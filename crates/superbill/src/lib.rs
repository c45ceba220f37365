#![doc = include_str!("../README.md")]

#[doc(inline)]
pub use superbill_claim as claim;
#[doc(inline)]
pub use superbill_core as core;
#[doc(inline)]
pub use superbill_cpt as cpt;
#[doc(inline)]
pub use superbill_edi as edi;
#[doc(inline)]
pub use superbill_edits as edits;
#[doc(inline)]
pub use superbill_hcpcs as hcpcs;
#[doc(inline)]
pub use superbill_icd10cm as icd10cm;
#[doc(inline)]
pub use superbill_lifecycle as lifecycle;
#[doc(inline)]
pub use superbill_rules as rules;
#[doc(inline)]
pub use superbill_table as table;
#[doc(inline)]
pub use superbill_x12 as x12;

#[doc(no_inline)]
pub use superbill_core::{Date, DateRange, Money, Npi, Phi, Quantity};

/// The examples of the README at the top of the repository compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
