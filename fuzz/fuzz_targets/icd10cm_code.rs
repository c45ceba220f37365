//! Any text as a diagnosis code: it is read or refused, and what is read prints as what reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = core::str::from_utf8(bytes)
        && let Err(what) = superbill_icd10cm::checks::check_code(text)
    {
        panic!("{what}");
    }
});
