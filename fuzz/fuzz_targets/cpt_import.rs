//! Any bytes as licensed files of CPT, as a list of codes, and as a table of these: refused, or sound and answering.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for check in [superbill_cpt::checks::check_import, superbill_cpt::checks::check_table] {
        if let Err(what) = check(bytes) {
            panic!("{what}");
        }
    }
});
