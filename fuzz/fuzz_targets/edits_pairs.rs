//! Any bytes as a part of the pairs, and any bytes as a table of them: an error or a sound table, never a stop.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_edits::pair_checks::check;

fuzz_target!(|bytes: &[u8]| check(bytes).unwrap());
