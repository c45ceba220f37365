//! Printing: text for people, JSON lines for programs.

use crate::arguments::Format;
use crate::error::CliError;
use serde::Serialize;
use std::io::{BufWriter, Stdout, Write};

/// Standard output, buffered.
#[derive(Debug)]
pub(crate) struct Output {
    format: Format,
    out: BufWriter<Stdout>,
}

impl Output {
    pub(crate) fn standard(format: Format) -> Self {
        Self { format, out: BufWriter::with_capacity(1 << 16, std::io::stdout()) }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// One object on a line of its own.
    pub(crate) fn object(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        // What cannot be written is told as that, so that a reader who has seen enough ends the command quietly.
        serde_json::to_writer(&mut self.out, value).map_err(|error| match error.io_error_kind() {
            Some(kind) => CliError::Output(kind.into()),
            None => CliError::Json(error),
        })?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// A line of text.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> Result<(), CliError> {
        self.out.write_all(text.as_ref().trim_end().as_bytes())?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        Ok(self.out.write_all(bytes)?)
    }

    pub(crate) fn finish(&mut self) -> Result<(), CliError> {
        Ok(self.out.flush()?)
    }
}
