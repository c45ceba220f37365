//! Any text as a query: the answer keeps what it promises.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superbill_icd10cm::search::Scratch;
use superbill_icd10cm::{Icd10Cm, Icd10CmSearch, checks};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = core::str::from_utf8(bytes)
        && let Err(what) = checks::check_hits(Icd10CmSearch::bundled(), Icd10Cm::bundled(), text, &mut Scratch::new())
    {
        panic!("{what}");
    }
});
