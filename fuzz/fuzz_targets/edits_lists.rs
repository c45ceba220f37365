//! Any bytes as a list of units, add-on codes, modifiers, fees or codes, and as tables of these: refused, or sound and answering.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for check in [superbill_edits::list_checks::check_import, superbill_edits::list_checks::check_table] {
        if let Err(what) = check(bytes) {
            panic!("{what}");
        }
    }
});
