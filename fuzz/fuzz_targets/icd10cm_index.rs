//! Any bytes as a table of one of the four indexes of ICD-10-CM, through all its questions.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = superbill_icd10cm::checks::check_index(bytes) {
        panic!("{what}");
    }
});
