//! Procedure-to-procedure edits of the National Correct Coding Initiative: which two codes are not paid for one patient on one day.

mod edit;
mod layout;
mod releases;
mod table;

pub use edit::{ModifierIndicator, PairEdit, PairSetting};
pub(crate) use layout::{ATTRIBUTES, BLOCKS, COVERAGE, FACTS, FIRSTS, HIGH, OFFSETS, RATIONALES};
#[cfg(feature = "import")]
pub(crate) use layout::{Attributes, BEFORE_1996, BLOCK_ROWS, Coverage, NO_CODE, OPEN, day_number};
pub use releases::PairTables;
pub use table::{CodeOrdinal, PairAnswer, Pairs, PairsOn};
