//! `superbill x12 roundtrip`: a file read and written back.

use super::files::Named;
use crate::arguments::X12Roundtrip;
use crate::error::CliError;
use crate::output::Output;
use serde::Serialize;
use std::path::Path;
use superbill::x12::Document;

#[derive(Serialize)]
struct Report<'f> {
    file: &'f str,
    output: String,
    bytes: usize,
    segments: u64,
    identical: bool,
}

pub(crate) fn run(arguments: &X12Roundtrip, output: &mut Output) -> Result<bool, CliError> {
    let file = Named::new(&arguments.file);
    let mut bytes = Vec::new();
    file.open()?.0.read_to_end(&mut bytes).map_err(|error| file.error(error))?;
    let document = Document::read(&bytes)?;
    let mut written = Vec::with_capacity(bytes.len());
    for piece in document.pieces() {
        written.extend_from_slice(piece.bytes());
    }
    let identical = written == bytes;
    if arguments.output == Path::new("-") {
        output.bytes(&written)?;
        return Ok(!identical);
    }
    std::fs::write(&arguments.output, &written).map_err(|error| CliError::file(&arguments.output, error))?;
    let segments = document.segment_count() as u64;
    let to = crate::tables::name(&arguments.output);
    if output.is_json() {
        output.object(&Report { file: &file.name, output: to, bytes: written.len(), segments, identical })?;
    } else {
        let how = if identical { "byte for byte the same" } else { "not the same bytes: keep the original" };
        output.line(format!("{}: {segments} segments, {} bytes written to {to}, {how}", file.name, written.len()))?;
    }
    Ok(!identical)
}
