//! Any bytes answered: no panic, and what is written passes our own checks and is read back as it was made.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(broken) = superbill_edi::checks::check_acknowledge(bytes) {
        panic!("{broken}");
    }
});
