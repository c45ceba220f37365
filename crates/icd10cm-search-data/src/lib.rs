#![doc = include_str!("../README.md")]
#![no_std]

/// The index.
pub static TABLE: [u8; include_bytes!("../data/table.bin").len()] = *include_bytes!("../data/table.bin");

/// The newest release of the tabular list that the index was made from.
pub const VERSION: &str = "2026-04-01";

/// What the index was made from: name, version, sha256 of the package, what was taken.
pub static SOURCES: &[(&str, &str, &str, &str)] = &[
    (
        "simple-icd-10-cm",
        "1.5.0",
        "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42",
        "tabular list of April 2026",
    ),
    (
        "simple-icd-10-cm",
        "1.3.0",
        "9b6c022e7de2b59a5c440938e8e62e1b912923d28ac06d66112fdef6ef3949dc",
        "tabular list of April 2025",
    ),
    (
        "simple-icd-10-cm",
        "1.0.5",
        "cb838d2a8ce48fcdf5dd99d8b509e21c0c1785b7cdb675f6cf842bfdaedb14be",
        "tabular list of January 2021",
    ),
];
