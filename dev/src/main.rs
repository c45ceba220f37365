//! Makes what is checked in from where it comes: bundled tables and generated documents.

mod error;
mod icd10cm;
mod lmdb;
mod sources;

use clap::{Parser, Subcommand, ValueEnum};
use error::DevError;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo dev", about = "Regenerates the bundled tables of superbill", version)]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Makes a bundled table from its pinned sources.
    Regen {
        /// Which table.
        table: TableName,
        /// Where pinned packages are kept; those that are missing are downloaded there.
        #[arg(long, default_value = "target/sources")]
        sources: PathBuf,
        /// Write nothing; fail where the table that is checked in differs.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum TableName {
    Icd10cm,
}

fn main() -> ExitCode {
    let Job::Regen { table: TableName::Icd10cm, sources, check } = Arguments::parse().job;
    match icd10cm::regenerate(&repository(), &sources, check) {
        Ok(report) => {
            say(&report);
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// The top of the repository: this package stands in `dev/`.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

#[expect(clippy::print_stdout, reason = "this is a command")]
fn say(report: &str) {
    print!("{report}");
}

#[expect(clippy::print_stderr, reason = "this is a command")]
fn complain(error: &DevError) {
    eprintln!("error: {error}");
}
