//! Any bytes as a POA-exempt list, a conversion table, mappings, and as tables of these: refused, or sound and answering.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for check in [superbill_icd10cm::list_checks::check_import, superbill_icd10cm::list_checks::check_table] {
        if let Err(what) = check(bytes) {
            panic!("{what}");
        }
    }
});
