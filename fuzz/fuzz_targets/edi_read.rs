//! Claims, remittances and acknowledgements out of any bytes: no panic, and what is read and written reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_edi::checks;

fuzz_target!(|bytes: &[u8]| {
    for check in [checks::check_read_professional, checks::check_read_remittance, checks::check_acknowledgement] {
        if let Err(broken) = check(bytes) {
            panic!("{broken}");
        }
    }
});
