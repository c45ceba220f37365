//! A step of the story, as text and as data.

use crate::error::CliError;
use crate::output::Output;
use serde::Serialize;
use serde_json::Value;
use superbill::Date;

#[derive(Debug, Serialize)]
pub(crate) struct Step {
    step: usize,
    on: String,
    title: &'static str,
    status: Option<&'static str>,
    data: Value,
    #[serde(skip)]
    lines: Vec<String>,
}

impl Step {
    pub(crate) fn new(step: usize, on: Date, title: &'static str) -> Self {
        Self { step, on: on.to_string(), title, status: None, data: Value::Null, lines: Vec::new() }
    }

    /// Where the case stands after the step.
    pub(crate) fn status(mut self, words: &'static str) -> Self {
        self.status = Some(words);
        self
    }

    pub(crate) fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    pub(crate) fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    pub(crate) fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        self.lines.extend(lines);
    }

    pub(crate) fn print(&self, output: &mut Output) -> Result<(), CliError> {
        output.line(format!("{:>2}  {}  {}", self.step, self.on, self.title))?;
        for line in &self.lines {
            output.line(format!("      {line}"))?;
        }
        if let Some(status) = self.status {
            output.line(format!("      => {status}"))?;
        }
        output.line("")
    }
}
