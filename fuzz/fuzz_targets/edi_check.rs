//! Any bytes checked for all SNIP types and split by claims: no panic, each finding has its place, claims stay.
#![no_main]

use core::num::NonZeroUsize;
use libfuzzer_sys::fuzz_target;
use superbill_edi::checks;

fuzz_target!(|input: (u8, &[u8])| {
    let (most, bytes) = input;
    let most = NonZeroUsize::MIN.saturating_add(usize::from(most % 8));
    for broken in [checks::check_checker(bytes), checks::check_split_by_claims(bytes, most)] {
        if let Err(broken) = broken {
            panic!("{broken}");
        }
    }
});
