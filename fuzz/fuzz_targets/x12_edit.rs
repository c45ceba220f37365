//! Any change of any document: it touches its own bytes only.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, u8, &str, &[u8])| {
    let (segment, element, text, bytes) = input;
    if let Err(what) = superbill_x12::checks::check_edit(bytes, segment, usize::from(element), text) {
        panic!("{what}");
    }
});
