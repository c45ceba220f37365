//! What can be asked.

use crate::error::CliError;
use crate::import_kind::ImportKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use superbill::Date;
use superbill::edits::{ApmParticipation, CodeListName, Program};

/// US medical coding and billing: codes valid on a date, claim scrubbing, X12, the billing lifecycle.
#[derive(Debug, Parser)]
#[command(
    name = "superbill",
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 clean, 1 findings at or above --fail-on, 2 could not do it (the message says what to change)."
)]
pub(crate) struct Arguments {
    /// How to print: text for people, json for programs (one object a line)
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// One office visit the whole way: record, codes, claim, scrub, 837, 999, 277CA, 835, ledger, patient balance
    Demo(Demo),
    /// Code, title, status on a date, why, and what a header can be completed to
    Lookup(Lookup),
    /// The codes of a system on a date, one a line
    Codes(Codes),
    /// Ranked ICD-10-CM codes for words, abbreviations or the begin of a code, with the words that matched
    Search(Search),
    /// Excludes notes, code first, use additional, seventh characters and sides among the codes of one claim; exits with 1 where something
    /// does not go together
    Conflicts(Conflicts),
    /// What changed between two dates, for all codes or for a list of your own
    Diff(Diff),
    /// What the edit tables say of these codes together: pairs, units, add-on codes, fee schedules
    Edits(Edits),
    /// An official file to a table for --data
    Import(Import),
    /// Which tables there are, of which release, and where they come from
    Data(Data),
    /// X12 files: check them, read and write them back, acknowledge them
    X12(X12),
}

#[derive(Debug, Args)]
pub(crate) struct X12 {
    #[command(subcommand)]
    pub(crate) verb: X12Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum X12Verb {
    /// Diagnostics by SNIP type, segment and element; exits with 1 where there is one at or above --fail-on
    Check(X12Check),
    /// Read a file and write it back, byte for byte
    Roundtrip(X12Roundtrip),
    /// Answer a received file: 999, TA1 where it is asked for or due, and 277CA for claims; exits with 1 where something is rejected
    Ack(X12Ack),
    /// Split claim transactions (837) with too many claims into several, in one file or in one file each
    Split(X12Split),
    /// Put the groups of several files into one interchange
    Merge(X12Merge),
}

#[derive(Debug, Args)]
pub(crate) struct X12Check {
    /// X12 files, folders of them, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The highest SNIP type to check: 1 syntax, 2 guide, 3 balancing, 4 situations, 5 code sets, 6 lines of service, 7 trading partner
    #[arg(long, value_name = "TYPE", default_value_t = 7, value_parser = clap::value_parser!(u8).range(1..=7))]
    pub(crate) snip: u8,
    /// What makes the command end with 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    /// Print findings of this severity and worse
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Info)]
    pub(crate) show: FailOn,
    /// Print only the last line of each file
    #[arg(long)]
    pub(crate) summary: bool,
    /// Rules of a trading partner (SNIP type 7): a TOML file, see docs/X12-PARTNERS.md
    #[arg(long, value_name = "FILE")]
    pub(crate) partner: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Info,
    Warning,
    Error,
    /// Nothing
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct X12Roundtrip {
    /// An X12 file, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Where to write it; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct X12Ack {
    /// An X12 file, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Where to write the answer; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Acknowledge each claim of an 837 in a 277CA too: an error that stands in a claim then turns the claim away, not its transaction set
    #[arg(long)]
    pub(crate) claims: bool,
    /// Write the answer for production (ISA15); without it, it is a test
    #[arg(long)]
    pub(crate) production: bool,
    /// The control number of the answer (ISA13); further interchanges count on
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=999_999_999))]
    pub(crate) control_number: u32,
    /// The highest SNIP type whose errors reject a transaction set in the 999; those above turn claims away, with --claims
    #[arg(long, value_name = "TYPE", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=7))]
    pub(crate) snip: u8,
}

#[derive(Debug, Args)]
pub(crate) struct X12Split {
    /// An X12 file, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Where to write it: a file; or a folder that is there, for a file of each transaction; `-` is standard output
    #[arg(short, long, value_name = "FILE|FOLDER")]
    pub(crate) output: PathBuf,
    /// The most claims in a transaction; the guides ask for at most 5,000
    #[arg(long, value_name = "NUMBER", default_value = "5000")]
    pub(crate) claims: NonZeroUsize,
    /// With a folder: the control number (ISA13) of the first file, from which the next count up. Else that of the file that is split
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=999_999_999))]
    pub(crate) control_number: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct X12Merge {
    /// X12 files of the same sender, receiver and version
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Where to write it; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The control number (ISA13). Else that of the first file
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=999_999_999))]
    pub(crate) control_number: Option<u32>,
}

/// Tables of the user's own.
#[derive(Debug, Args)]
pub(crate) struct DataPaths {
    /// A folder of imported tables, or one table; can be given more than once. Else the variable SUPERBILL_DATA names them
    #[arg(long = "data", value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true, value_name = "TEXT")]
    pub(crate) text: Vec<String>,
    #[command(flatten)]
    pub(crate) on: On,
    /// Most codes to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Only codes that may stand on a claim
    #[arg(long)]
    pub(crate) billable: bool,
    /// Only codes of a chapter, 1 to 22
    #[arg(long, value_name = "NUMBER")]
    pub(crate) chapter: Option<u32>,
    /// Show headers as they are found, not the billable codes below them
    #[arg(long)]
    pub(crate) headers: bool,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Conflicts {
    /// The codes in the order of the claim, the principal or first-listed one first
    #[arg(required = true, value_name = "CODE")]
    pub(crate) codes: Vec<String>,
    #[command(flatten)]
    pub(crate) on: On,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The code system
    #[arg(value_enum, ignore_case = true)]
    pub(crate) system: System,
    /// The first date, as 2025-10-01, or a fiscal year, as FY2026
    #[arg(value_name = "FROM", value_parser = crate::diff::day)]
    pub(crate) from: Date,
    /// The second date
    #[arg(value_name = "TO", value_parser = crate::diff::day)]
    pub(crate) to: Date,
    /// Only the codes of this file, one a line, and those below its headers; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) only: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// What the files are
    #[arg(value_enum, ignore_case = true)]
    pub(crate) kind: ImportKind,
    /// The official files of one release
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The table to write
    #[arg(short, long, value_name = "TABLE")]
    pub(crate) output: PathBuf,
    /// The first day of the release, as 2026-10-01, where the files do not say it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) release: Option<Date>,
    /// How many rows the file has, where the text beside it says so and the file does not: a file that is cut short is refused then
    #[arg(long, value_name = "NUMBER")]
    pub(crate) rows: Option<u64>,
    /// Whose table it is, where files differ by program: medicare or medicaid
    #[arg(long, value_name = "PROGRAM", default_value = "medicare")]
    pub(crate) program: Program,
    /// For whom the physician fee schedule is, where the file does not say it: all (before 2026), qualifying, other
    #[arg(long, value_name = "WHO")]
    pub(crate) participation: Option<ApmParticipation>,
    /// For code-list, which list it is, as `claim-adjustment-reason` or `other:NAME`. For cpt, a licensed list beside the code files, as
    /// `add-on=FILE`; can be given more than once
    #[arg(long, value_name = "NAME")]
    pub(crate) list: Vec<String>,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Edits {
    /// The codes of one patient, provider and day; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "CODE")]
    pub(crate) codes: Vec<String>,
    #[command(flatten)]
    pub(crate) on: On,
    /// Whose tables are asked: medicare or medicaid
    #[arg(long, value_name = "PROGRAM", default_value = "medicare")]
    pub(crate) program: Program,
    /// For whom the physician fee schedule is asked, from 2026: qualifying participants of an alternative payment model, or other
    #[arg(long, value_name = "WHO", default_value = "other")]
    pub(crate) participation: ApmParticipation,
    /// Exit with 1 where there is an edit of one of these kinds, with commas between: ptp (a pair that is not paid together), add_on (an add-on code
    /// without its primary code)
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = ["ptp", "add_on"])]
    pub(crate) fail_on: Vec<String>,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Data {
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Show what identifies the patient (here: an invented one) instead of masking it
    #[arg(long)]
    pub(crate) show_phi: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Lookup {
    /// Codes, with or without the dot, in either case; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "CODE")]
    pub(crate) codes: Vec<String>,
    /// The code system; where it is not given, the shape and the tables tell
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) system: Option<System>,
    /// Ask a loaded code list of this name instead, as `claim-adjustment-reason`
    #[arg(long, value_name = "NAME", conflicts_with = "system")]
    pub(crate) list: Option<CodeListName>,
    #[command(flatten)]
    pub(crate) on: On,
    /// Exit with 1 where a code has one of these statuses, with commas between: billable, valid, confirmed, header,
    /// not_yet_effective, retired, unknown, malformed, cannot_tell; `any` is every one but the first three
    #[arg(long, value_name = "STATUS")]
    pub(crate) fail_on: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct Codes {
    /// The code system
    #[arg(value_enum, ignore_case = true)]
    pub(crate) system: System,
    #[command(flatten)]
    pub(crate) on: On,
    /// Only codes that may stand on a claim; without it, headers too
    #[arg(long)]
    pub(crate) billable: bool,
    #[command(flatten)]
    pub(crate) data: DataPaths,
}

#[derive(Debug, Args)]
pub(crate) struct On {
    /// The date of service, as 2026-10-05; today where it is not given
    #[arg(long = "on", value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    date: Option<Date>,
}

impl On {
    /// The date that was given, else today's where the user is.
    pub(crate) fn date(&self) -> Result<Date, CliError> {
        let today = || {
            let today = jiff::Zoned::now().date();
            Date::new(today.year(), today.month(), today.day()).map_err(|_| CliError::Today)
        };
        self.date.map_or_else(today, Ok)
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error| format!("{error}; a date is written as 2026-10-05"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum System {
    /// ICD-10-CM diagnosis codes
    Icd10cm,
    /// HCPCS Level II supplies, drugs and services
    Hcpcs,
    /// CPT procedures
    Cpt,
}

impl System {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Icd10cm => "icd10cm",
            Self::Hcpcs => "hcpcs",
            Self::Cpt => "cpt",
        }
    }
}
