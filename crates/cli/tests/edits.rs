//! The command with tables of procedure codes, made by `import` from small made-up files in the official forms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod common;

use common::{folder, objects, superbill, tables, text};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;

const PAIRS: &str = "A notice of the owner.\t\t\t\t\t\t\r\nColumn1/Column2 Edits\t\t\t\t\t\t\r\n\
    Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n\
    \t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n\
    0001Z\t0002Z\t\t20200101\t*\t1\tMade-up reason\r\nA0001\t0001Z\t\t20200101\t20260930\t0\tAnother reason\r\n";
const MUE: &str = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n\
    0001Z,2,3 Date of Service Edit: Clinical,Made-up reason\n";
const HCPCS: &str = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,MCM3,\
    STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,XREF4,XREF5,COV,ASC_GRP,ASC_DT,OPPS,\
    OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n\
    A0001,0010,3,Made-up transport,Transport,00,,,,9,,,,,,,,,,,,,,,,,,,,,D,,,,,,,O1A,D,,,,,,20200101,20261001,,A\n\
    V5999,0010,3,Made-up service,Service,00,,,,9,,,,,,,,,,,,,,,,,,,,,D,,,,,,,O1A,D,,,,,,20200101,20200101,20251231,D\n";

/// Imports a file of a name into the folder's tables, and gives what was printed.
fn import(folder: &Path, kind: &str, name: &str, file: &str, more: &[&str]) -> Output {
    let source = folder.join(name);
    std::fs::write(&source, file).unwrap();
    let table = folder.join(format!("tables/{kind}.table"));
    let arguments = ["import", kind, source.to_str().unwrap(), "-o", table.to_str().unwrap()];
    superbill(&[&arguments, more].concat())
}

#[test]
fn edits_asks_every_table_at_once() {
    let folder = folder("edits");
    let said = text(&import(&folder, "ncci-ptp-practitioner", "ccipra-v322r0-f1.txt", PAIRS, &[]));
    assert!(said.contains("ncci-ptp-practitioner of 2026-07-01, 2 rows"), "{said}");
    text(&import(&folder, "mue-practitioner", "mue.csv", MUE, &["--release", "2026-07-01"]));
    let data = tables(&folder);
    let asked = ["edits", "0001z", "0002Z", "A0001", "--on", "2026-08-01", "--data", &data];
    let lines = objects(&asked);
    assert_eq!(
        lines,
        [
            json!({"kind": "ptp", "codes": ["0001Z", "0002Z"], "column1": "0001Z", "column2": "0002Z", "indicator": "1",
                "effective": "2020-01-01", "rationale": "Made-up reason", "table": "ncci-ptp-practitioner", "release": "2026-07-01"}),
            json!({"kind": "ptp", "codes": ["0001Z", "A0001"], "column1": "A0001", "column2": "0001Z", "indicator": "0",
                "effective": "2020-01-01", "deletion": "2026-09-30", "rationale": "Another reason",
                "table": "ncci-ptp-practitioner", "release": "2026-07-01"}),
            json!({"kind": "mue", "codes": ["0001Z"], "indicator": "3", "value": "2", "rationale": "Made-up reason",
                "table": "mue-practitioner", "release": "2026-07-01"}),
        ]
    );
    assert_eq!(superbill(&[&asked[..], &["--fail-on", "ptp"]].concat()).status.code(), Some(1));
    assert_eq!(superbill(&[&asked[..], &["--fail-on", "add_on"]].concat()).status.code(), Some(0));
    // Nothing is known of the quarter behind, nor for the other program.
    for other in [["--on", "2026-10-01"], ["--program", "medicaid"]] {
        let asked = [&["edits", "0001Z", "0002Z", "--data", &data][..], &other].concat();
        assert_eq!(objects(&asked), Vec::<Value>::new(), "{other:?}");
    }
    let refused = superbill(&["edits", "0001Z", "nonsense", "--data", &data]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(
        (refused.status.code(), said.as_str()),
        (Some(2), "superbill: code 2: a HCPCS code has five letters or digits\n")
    );
}

#[test]
fn a_refused_file_leaves_the_old_table() {
    let folder = folder("refused");
    text(&import(&folder, "ncci-ptp-practitioner", "ccipra-v322r0-f1.txt", PAIRS, &[]));
    let table = folder.join("tables/ncci-ptp-practitioner.table");
    let before = std::fs::read(&table).unwrap();
    for (name, file, expected) in [
        ("ccioph-v322r0-f1.txt", PAIRS.to_owned(), "the file is of outpatient hospitals"),
        ("ccipra-v322r0-f1.txt", PAIRS.replace("20200101\t*", "2020\t*"), "line 5, column 14: expected the first day"),
        ("pairs.txt", PAIRS.to_owned(), "the file does not say its release"),
    ] {
        let refused = import(&folder, "ncci-ptp-practitioner", name, &file, &[]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2));
        assert!(said.starts_with("superbill: nothing was written: ") && said.contains(expected), "{said}");
        assert_eq!(std::fs::read(&table).unwrap(), before);
    }
}

#[test]
fn lookup_and_codes_ask_the_quarterly_file() {
    let folder = folder("hcpcs");
    let said = text(&import(&folder, "hcpcs", "HCPC2026_OCT_ANWEB.csv", HCPCS, &[]));
    assert!(said.contains("hcpcs of 2026-10-01, 2 rows"), "{said}");
    let data = tables(&folder);
    let found = objects(&["lookup", "A0001", "V5999", "A0002", "--on", "2026-10-05", "--data", &data]);
    let of = |at: usize, key: &str| found[at][key].clone();
    assert_eq!((of(0, "status"), of(0, "title")), (json!("valid"), json!("Made-up transport")));
    assert_eq!((of(1, "status"), of(1, "valid_to")), (json!("retired"), json!("2025-12-31")));
    assert_eq!(of(2, "status"), json!("unknown"));
    assert_eq!(of(0, "hcpcs")["coverage"]["value"], json!("D"));
    let codes = text(&superbill(&["codes", "hcpcs", "--on", "2026-10-05", "--data", &data]));
    assert_eq!(codes, "A0001\n");
    let refused = superbill(&["codes", "hcpcs", "--on", "2027-01-01", "--data", &data]);
    assert!(
        String::from_utf8(refused.stderr).unwrap().contains("no table of hcpcs is loaded that speaks of 2027-01-01")
    );
    // The bundled set confirms, and denies nothing.
    let found = objects(&["lookup", "J1885", "J0001", "--on", "2026-07-09"]);
    assert_eq!((found[0]["status"].clone(), found[1]["status"].clone()), (json!("confirmed"), json!("cannot_tell")));
}
