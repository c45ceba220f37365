//! Any bytes as a quarterly file of HCPCS in any form: refused, or sound and answering.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = superbill_hcpcs::checks::check_import(bytes) {
        panic!("{what}");
    }
});
