//! Any bytes as a table: of any kind through the bare views, and as ICD-10-CM through its questions.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for checked in [superbill_table::checks::check_open(bytes), superbill_icd10cm::checks::check_table(bytes)] {
        if let Err(what) = checked {
            panic!("{what}");
        }
    }
});
