//! Any delimiters and texts: what is written is read back equal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_x12::Delimiters;

fuzz_target!(|input: (u8, u8, u8, Option<u8>, Vec<(String, Vec<Vec<String>>)>)| {
    let (element, component, segment, repetition, segments) = input;
    let delimiters = Delimiters { element, component, segment, repetition };
    if let Err(what) = superbill_x12::checks::check_write(delimiters, &segments) {
        panic!("{what}");
    }
});
