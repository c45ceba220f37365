#![doc = include_str!("../README.md")]

mod attribute;
#[doc(hidden)]
pub mod checks;
mod code;
mod conflicts;
mod conversion;
mod conversion_sections;
mod diff;
mod error;
mod excludes;
mod gems;
mod hierarchy;
mod icd9;
#[cfg(feature = "import")]
pub mod import;
mod index;
#[doc(hidden)]
pub mod list_checks;
mod note_changes;
mod notes;
mod on;
mod poa;
mod replacement;
pub mod search;
/// The names of the sections of a table, for those who write one.
pub mod section;
mod seventh;
mod status;
mod table;
mod title;
mod why;

pub use attribute::Attribute;
pub use code::Icd10CmCode;
pub use conflicts::{Conflict, ConflictKind, SideConflict};
pub use conversion::{CONVERSION_KIND, Conversion, ConversionRow, Join, PreviousAssignment, PreviousCodes};
pub use diff::{Change, ChangeKind, NotTold};
pub use error::{CodeError, CodeErrorKind};
pub use excludes::Excludes1;
pub use gems::{Equivalent, GEMS_KIND, Gems, Mapping, Scenario, Translation};
pub use hierarchy::Division;
pub use icd9::{Icd9Code, Icd9CodeError};
pub use index::{
    ALPHABETIC_KIND, AlphabeticIndex, Behavior, Book, BookMatch, CrossReference, CrossReferenceTarget, DRUG_KIND,
    DrugEntry, DrugMatch, DrugTable, EXTERNAL_CAUSE_KIND, ExternalCauseIndex, IndexBooks, IndexCode, IndexEntry,
    IndexHit, IndexLink, IndexMatch, IndexTrail, IndexWalk, Intent, NEOPLASM_KIND, NeoplasmEntry, NeoplasmMatch,
    NeoplasmTable, NextStep, ReferenceKind, SiteMark, TrailEnd,
};
pub use note_changes::NoteChange;
pub use notes::NoteKind;
pub use notes::note::{Note, NoteOwner, Notes};
pub use notes::targets::{Part, Target, Targets};
pub use on::Icd10CmOn;
pub use poa::{POA_EXEMPT_KIND, PoaExempt, PoaExemptLists, PoaExemption};
pub use replacement::{Replacement, ReplacementStep};
pub use search::Icd10CmSearch;
pub use section::TABLE_KIND;
pub use seventh::SeventhCharacter;
pub use status::{Lookup, Status};
pub use superbill_table::TableError;
pub use table::Icd10Cm;
#[cfg(feature = "bundled")]
pub use table::{BUNDLED_BYTES, BUNDLED_VERSION};
pub use title::{Title, TitleRelease};
pub use why::Why;
