#![doc = include_str!("../README.md")]
#![no_std]

/// The table.
pub static TABLE: [u8; include_bytes!("../data/table.bin").len()] = *include_bytes!("../data/table.bin");

/// The first day of the last quarter that the set knows of.
pub const VERSION: &str = "2026-07-01";

/// What the table was made from: name, version, sha256 of the package, what was taken.
pub static SOURCES: &[(&str, &str, &str, &str)] = &[(
    "myelin-pps",
    "1.0.2",
    "5e468d912d1f59daa731744f0d6ac4a307d8c6bdebf018483d7aef187e0bbae4",
    "codes of Level II, their short titles and the quarters that name them, 2021 to July 2026",
)];
