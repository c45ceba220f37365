//! The bundled partial set of HCPCS Level II.

mod addenda;

use crate::error::DevError;
use crate::sources::{Package, hexadecimal};
use std::fmt::Write as _;
use std::path::Path;
use superbill_hcpcs::import::PartialSet;

/// CMS's addenda for ambulatory surgical centers by quarter.
const MYELIN: Package = Package {
    requirement: "myelin-pps==1.0.2",
    file: "myelin_pps-1.0.2-py3-none-any.whl",
    sha256: "5e468d912d1f59daa731744f0d6ac4a307d8c6bdebf018483d7aef187e0bbae4",
    platform: &[],
};

/// The quarters that the package has, and the ending of their files' names.
const QUARTERS: [(u32, &str); 23] = [
    (20_210_101, "txt"),
    (20_210_401, "csv"),
    (20_210_701, "csv"),
    (20_211_001, "csv"),
    (20_220_101, "csv"),
    (20_220_401, "txt"),
    (20_220_701, "txt"),
    (20_221_001, "csv"),
    (20_230_101, "csv"),
    (20_230_401, "csv"),
    (20_230_701, "csv"),
    (20_231_001, "csv"),
    (20_240_101, "txt"),
    (20_240_401, "csv"),
    (20_240_701, "txt"),
    (20_241_001, "csv"),
    (20_250_101, "csv"),
    (20_250_401, "csv"),
    (20_250_701, "csv"),
    (20_251_001, "csv"),
    (20_260_101, "csv"),
    (20_260_401, "csv"),
    (20_260_701, "csv"),
];
/// Addendum FF exists from 2022 on; that of October 2023 in the package is another file.
const WITHOUT_FF: [u32; 5] = [20_210_101, 20_210_401, 20_210_701, 20_211_001, 20_231_001];

/// Makes the table and its fingerprints, or checks those that are there. Gives a report.
pub(crate) fn regenerate(repository: &Path, folder: &Path, check: bool) -> Result<String, DevError> {
    let archive = MYELIN.open(folder)?;
    let mut set = PartialSet::default();
    let mut report = String::new();
    for (day, ending) in QUARTERS {
        let mut named = 0;
        for addendum in ["AA", "BB", "EE", "FF"] {
            if addendum == "FF" && WITHOUT_FF.contains(&day) {
                continue;
            }
            let entry = format!("myelin/pricers/asc/data/{}/{day}/{addendum}.{ending}", day / 10_000);
            named += addenda::read(&mut set, day, &entry, &archive.text(&entry)?)?;
        }
        // INVARIANT: writing to a string does not fail.
        let _ = writeln!(report, "{day}: {named} rows of level II");
    }
    let source = format!("package {}, ASC addenda AA, BB, EE, FF", MYELIN.requirement);
    let written = set.write(&[&source])?;
    let _ = writeln!(
        report,
        "{} codes, {} quarters, {} titles, {} bytes",
        written.codes,
        written.quarters,
        written.titles,
        written.bytes.len()
    );
    let fingerprints = fingerprints(&written.bytes)?;
    let data = repository.join("crates/hcpcs-data/data");
    for (name, content) in [("table.bin", written.bytes.as_slice()), ("fingerprints.csv", fingerprints.as_bytes())] {
        let path = data.join(name);
        if check {
            let there = std::fs::read(&path).map_err(|source| DevError::File { path, source })?;
            if there != content {
                return Err(DevError::Stale { what: name.to_owned() });
            }
        } else {
            std::fs::create_dir_all(&data).map_err(|source| DevError::File { path: data.clone(), source })?;
            std::fs::write(&path, content).map_err(|source| DevError::File { path, source })?;
        }
    }
    Ok(format!("{report}{fingerprints}"))
}

/// A line for each section: name, rows, bytes, sha256.
fn fingerprints(bytes: &[u8]) -> Result<String, DevError> {
    let table = superbill_table::Table::open(bytes, superbill_hcpcs::TABLE_KIND)?;
    let mut out = String::from("section,rows,bytes,sha256\n");
    for (name, rows, section) in table.sections() {
        // INVARIANT: writing to a string does not fail.
        let _ = writeln!(out, "{name},{rows},{},{}", section.len(), hexadecimal(section));
    }
    let _ = writeln!(out, "table,1,{},{}", bytes.len(), hexadecimal(bytes));
    Ok(out)
}
