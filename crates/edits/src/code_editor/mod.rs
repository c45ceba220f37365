//! The Medicare Code Editor: what it knows of procedures, ages and discharge statuses, and its edits of an inpatient stay.
//!
//! The tables are asked on a date of discharge with [`CodeEditor::on`]; [`CodeEditor::edit`] edits a whole [`InpatientCase`]. What the editor
//! knows of diagnoses stands in the table of ICD-10-CM, which is given beside.

mod age_group;
mod case;
mod check;
#[doc(hidden)]
pub mod checks;
mod coverage;
mod diagnosis;
mod edit;
mod finding;
mod flags;
mod on;
mod procedure;
pub(crate) mod section;
mod table;

pub use age_group::{AgeGroup, AgeRange};
pub use case::{CaseDiagnosis, CasePlace, InpatientCase};
pub use diagnosis::{DiagnosisFlag, DiagnosisFlags};
pub use edit::{CodeEdit, EditType};
pub use finding::{EditorError, EditorFinding};
pub use on::CodeEditorOn;
pub use procedure::{Procedure, ProcedureFlag, ProcedureFlags, ProcedurePeriod, ProcedureStatus};
pub use section::TABLE_KIND;
pub use table::CodeEditor;
#[cfg(feature = "bundled")]
pub use table::{BUNDLED_BYTES, BUNDLED_VERSION};
