//! Any bytes as a code-editor table, and as a case for the bundled one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_edits::code_editor::{CodeEditor, checks};
use superbill_icd10cm::Icd10Cm;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = checks::check_table(bytes) {
        panic!("{what}");
    }
    if let Some(case) = checks::case_of(bytes)
        && let Err(what) = checks::check_case(CodeEditor::bundled(), Icd10Cm::bundled(), &case)
    {
        panic!("{what}");
    }
});
