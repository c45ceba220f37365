//! A table is read back whole.
#![cfg(all(feature = "import", feature = "bundled"))]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use superbill_icd10cm::Icd10Cm;
use superbill_icd10cm::import::{History, symbols};

#[test]
fn the_bundled_table_read_back_and_written_is_the_same_bytes() {
    let table = Icd10Cm::bundled();
    let history = History::read_back(table).unwrap();
    let written = history.write(&symbols(table)).unwrap();
    let again = Icd10Cm::from_bytes(&written.bytes).unwrap();
    again.verify().unwrap();
    assert_eq!(History::read_back(&again).unwrap(), history);
    assert!(written.bytes == superbill_icd10cm_data::TABLE, "the bytes differ");
}
