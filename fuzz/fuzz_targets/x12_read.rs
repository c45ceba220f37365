//! Any bytes as an X12 file: read whole, nothing lost, everything in its place.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = superbill_x12::checks::check_read(bytes) {
        panic!("{what}");
    }
});
