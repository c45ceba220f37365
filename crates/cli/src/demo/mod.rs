//! `superbill demo`: one office visit the whole way, on the bundled example.

mod example;
mod report;
mod story;

use crate::error::CliError;
use crate::output::Output;

/// Tells the story, step by step.
pub(crate) fn run(show_phi: bool, output: &mut Output) -> Result<bool, CliError> {
    let steps = story::tell(show_phi)?;
    for step in &steps {
        if output.is_json() { output.object(step)? } else { step.print(output)? }
    }
    Ok(false)
}
