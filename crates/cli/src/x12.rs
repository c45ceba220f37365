//! `superbill x12`: X12 files checked, read and written back, acknowledged, split and merged.

mod ack;
mod check;
mod control_number;
mod files;
mod merge;
mod roundtrip;
mod split;

use crate::arguments::{X12, X12Verb};
use crate::error::CliError;
use crate::output::Output;

pub(crate) fn run(arguments: &X12, output: &mut Output) -> Result<bool, CliError> {
    match &arguments.verb {
        X12Verb::Check(check) => check::run(check, output),
        X12Verb::Ack(ack) => ack::run(ack, output),
        X12Verb::Roundtrip(roundtrip) => roundtrip::run(roundtrip, output),
        X12Verb::Split(split) => split::run(split, output),
        X12Verb::Merge(merge) => merge::run(merge, output),
    }
}
