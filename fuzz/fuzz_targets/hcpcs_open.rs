//! Any bytes as a HCPCS table, through all its questions.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = superbill_hcpcs::checks::check_table(bytes) {
        panic!("{what}");
    }
});
