//! The catalogue: one file a rule.

mod ad001_npi_check_digit;
mod ad011_total_charge;
mod du001_duplicate_line;
mod dx001_unknown_code;
mod dx002_header;
mod dx004_not_on_date;
mod dx010_excludes1;
mod dx050_pointer;

use crate::meta::Rule;

/// All rules, in order of their codes.
#[must_use]
pub fn catalogue() -> &'static [&'static dyn Rule] {
    &[
        &ad001_npi_check_digit::NpiCheckDigit,
        &ad011_total_charge::TotalCharge,
        &du001_duplicate_line::DuplicateLine,
        &dx001_unknown_code::UnknownCode,
        &dx002_header::Header,
        &dx004_not_on_date::NotOnDate,
        &dx010_excludes1::Excludes1Pair,
        &dx050_pointer::Pointer,
    ]
}
