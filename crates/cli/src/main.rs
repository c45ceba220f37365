//! The `superbill` command: arguments, printing, exit codes. No domain logic.

mod arguments;
mod bar;
mod codes;
mod companions;
mod conflicts;
mod data;
mod demo;
mod diff;
mod edits;
mod error;
mod import;
mod import_kind;
mod import_services;
mod lookup;
mod lookup_services;
mod output;
mod search;
mod service_tables;
mod tables;
mod x12;

use arguments::{Arguments, Verb};
use clap::Parser;
use error::CliError;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = Output::standard(arguments.format);
    let result = match arguments.verb {
        Verb::Demo(demo) => demo::run(demo.show_phi, &mut output),
        Verb::Lookup(lookup) => lookup::run(&lookup, &mut output),
        Verb::Codes(codes) => codes::run(&codes, &mut output),
        Verb::Search(search) => search::run(&search, &mut output),
        Verb::Conflicts(conflicts) => conflicts::run(&conflicts, &mut output),
        Verb::Diff(diff) => diff::run(&diff, &mut output),
        Verb::Edits(edits) => edits::run(&edits, &mut output),
        Verb::Import(import) => import::run(&import, &mut output),
        Verb::Data(data) => data::run(&data, &mut output),
        Verb::X12(x12) => x12::run(&x12, &mut output),
    };
    match result.and_then(|found| output.finish().map(|()| found)) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        // Whoever reads has seen enough.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is the command")]
fn complain(error: &CliError) {
    eprintln!("superbill: {error}");
}
