//! Any bytes as a search index: it is refused, or it answers and does not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = superbill_icd10cm::checks::check_search(bytes, superbill_icd10cm::Icd10Cm::bundled()) {
        panic!("{what}");
    }
});
