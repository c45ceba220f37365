//! `superbill x12 merge`: several files put into one interchange.

use super::control_number;
use super::files::Named;
use super::split::count;
use crate::arguments::X12Merge;
use crate::error::CliError;
use crate::output::Output;
use serde::Serialize;
use std::path::Path;
use superbill::edi::{claim_count, transactions};
use superbill::x12::{Document, Severity, X12Error, merge};

#[derive(Serialize)]
struct Report {
    output: String,
    files: usize,
    groups: usize,
    transactions: usize,
    claims: usize,
}

pub(crate) fn run(arguments: &X12Merge, output: &mut Output) -> Result<bool, CliError> {
    let files: Vec<Named> = arguments.files.iter().map(|path| Named::new(path)).collect();
    let bytes = files.iter().map(Named::bytes).collect::<Result<Vec<_>, _>>()?;
    let documents = files.iter().zip(&bytes).map(|(file, bytes)| {
        let document = Document::read(bytes).map_err(|error| file.no_x12(error))?;
        // Here the file that is at fault can be named.
        match document.diagnostics().iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
            Some(fault) => Err(file.no_x12(X12Error::Faulty { segment: fault.segment, offset: fault.offset })),
            None => Ok(document),
        }
    });
    let documents = documents.collect::<Result<Vec<_>, CliError>>()?;
    let first = documents.first().ok_or(X12Error::NoInterchange)?;
    let written = merge(&documents, &mut control_number::after(first, arguments.control_number)?)?;
    if arguments.output == Path::new("-") {
        output.bytes(&written)?;
        return Ok(false);
    }
    std::fs::write(&arguments.output, &written).map_err(|error| CliError::file(&arguments.output, error))?;
    let whole = Document::read(&written)?;
    let report = Report {
        output: crate::tables::name(&arguments.output),
        files: files.len(),
        groups: whole.interchanges().map(|interchange| interchange.groups().len()).sum(),
        transactions: transactions(&whole).count(),
        claims: transactions(&whole).map(|transaction| claim_count(&transaction)).sum(),
    };
    if output.is_json() {
        output.object(&report)?;
    } else {
        let Report { output: to, files, groups, transactions, claims } = report;
        let (files, groups) = (count(files, "file"), count(groups, "group"));
        let (transactions, claims) = (count(transactions, "transaction"), count(claims, "claim"));
        output.line(format!("{to}: {files} with {groups}, {transactions} and {claims} in one interchange"))?;
    }
    Ok(false)
}
