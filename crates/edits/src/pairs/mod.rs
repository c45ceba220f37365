//! Procedure-to-procedure edits of the National Correct Coding Initiative: which two codes are not paid for one patient on one day.

mod codes;
mod edit;
mod layout;
mod releases;
mod table;

#[cfg(feature = "import")]
pub(crate) use codes::write as write_codes;
pub use edit::{ModifierIndicator, PairEdit, PairSetting};
pub(crate) use layout::{ATTRIBUTES, BLOCKS, COVERAGE, FACTS, FIRSTS, HIGH, OFFSETS, RATIONALES, SHARES};
#[cfg(feature = "import")]
pub(crate) use layout::{Attributes, BEFORE_1996, BLOCK_ROWS, Coverage, NO_CODE, OPEN, day_number};
pub use releases::PairTables;
pub use table::{CodeOrdinal, PairAnswer, Pairs, PairsOn};
