//! Any bytes as one of the four official index files: refused, or a sound table whose paths lead back.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = superbill_icd10cm::checks::check_import_index(bytes) {
        panic!("{what}");
    }
});
