//! Any bytes as a stream in pieces of any lengths through a window of any size: what the document gives.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, [u8; 3], &[u8])| {
    let (window, lengths, bytes) = input;
    if let Err(what) = superbill_x12::checks::check_stream(bytes, &lengths, usize::from(window)) {
        panic!("{what}");
    }
});
