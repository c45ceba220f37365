//! `superbill x12 split`: claim transactions with too many claims made into several.

use super::control_number;
use super::files::Named;
use crate::arguments::X12Split;
use crate::error::CliError;
use crate::output::Output;
use core::num::NonZeroUsize;
use serde::Serialize;
use std::path::{Path, PathBuf};
use superbill::edi::{claim_count, split_by_claims, transactions};
use superbill::x12::Document;

#[derive(Serialize)]
struct Row<'f> {
    file: &'f str,
    output: &'f str,
    transaction: usize,
    control_number: String,
    claims: usize,
}

#[derive(Serialize)]
struct Summary<'f> {
    file: &'f str,
    summary: bool,
    transactions: usize,
    claims: usize,
    /// How many transactions were written, and in how many files.
    written: usize,
    outputs: usize,
}

pub(crate) fn run(arguments: &X12Split, output: &mut Output) -> Result<bool, CliError> {
    let file = Named::new(&arguments.file);
    let bytes = file.bytes()?;
    let document = Document::read(&bytes).map_err(|error| file.no_x12(error))?;
    let written = split_by_claims(&document, arguments.claims)?;
    if arguments.output == Path::new("-") {
        output.bytes(&written)?;
        return Ok(false);
    }
    let files = if arguments.output.is_dir() {
        let parts = Document::read(&written)?;
        let mut numbers = control_number::after(&document, arguments.control_number)?;
        let files = superbill::x12::split(&parts, NonZeroUsize::MIN, &mut numbers)?;
        let width = files.len().to_string().len();
        let path = |at| arguments.output.join(part_name(&arguments.file, at, width));
        (1..).map(path).zip(files).collect()
    } else {
        vec![(arguments.output.clone(), written)]
    };
    let mut summary = Summary {
        file: &file.name,
        summary: true,
        transactions: transactions(&document).count(),
        claims: transactions(&document).map(|transaction| claim_count(&transaction)).sum(),
        written: 0,
        outputs: files.len(),
    };
    for (path, bytes) in &files {
        std::fs::write(path, bytes).map_err(|error| CliError::file(path, error))?;
        let to = crate::tables::name(path);
        for (at, transaction) in (1..).zip(transactions(&Document::read(bytes)?)) {
            summary.written += 1;
            let control_number = transaction.control_number().text().into_owned();
            let claims = claim_count(&transaction);
            if output.is_json() {
                output.object(&Row { file: &file.name, output: &to, transaction: at, control_number, claims })?;
            } else {
                let claims = count(claims, "claim");
                output.line(format!("{to}: transaction {at}, control number {control_number}: {claims}"))?;
            }
        }
    }
    if output.is_json() {
        output.object(&summary)?;
    } else {
        let Summary { file, transactions, claims, written, outputs, .. } = summary;
        let (claims, transactions) = (count(claims, "claim"), count(transactions, "transaction"));
        let (written, outputs) = (count(written, "transaction"), count(outputs, "file"));
        output.line(format!("{file}: {claims} in {transactions}, written as {written} in {outputs}"))?;
    }
    Ok(false)
}

/// A number of things.
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// The name of the file for a part: that of the whole with the number before its ending.
fn part_name(file: &Path, at: usize, width: usize) -> PathBuf {
    let stem = file.file_stem().filter(|_| file != Path::new("-"));
    let mut name = stem.map_or_else(|| "claims".into(), std::ffi::OsStr::to_os_string);
    name.push(format!("-{at:0width$}"));
    if let Some(ending) = file.extension() {
        name.push(".");
        name.push(ending);
    }
    name.into()
}
