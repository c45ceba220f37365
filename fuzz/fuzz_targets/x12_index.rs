//! Any bytes and delimiters: the index with vectors, without, and a byte-by-byte search agree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_x12::Delimiters;

fuzz_target!(|input: (u8, u8, u8, Option<u8>, &[u8])| {
    let (element, component, segment, repetition, bytes) = input;
    let delimiters = Delimiters { element, component, segment, repetition };
    if let Err(what) = superbill_x12::checks::check_index(bytes, delimiters) {
        panic!("{what}");
    }
});
