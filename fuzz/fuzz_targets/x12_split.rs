//! Any document split by transaction sets and merged again.
#![no_main]

use core::num::NonZeroUsize;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (most, bytes) = input;
    let most = NonZeroUsize::MIN.saturating_add(usize::from(most));
    if let Err(what) = superbill_x12::checks::check_split(bytes, most) {
        panic!("{what}");
    }
});
