//! Any bytes as a relative value file, as geographic indices, and as tables of these: refused, or sound and answering.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_edits::mpfs_checks;

fuzz_target!(|bytes: &[u8]| {
    for check in [mpfs_checks::check_import, mpfs_checks::check_fee_schedule, mpfs_checks::check_gpci] {
        if let Err(what) = check(bytes) {
            panic!("{what}");
        }
    }
});
