//! The notice of the package travels with the table that is made from it.
#![allow(missing_docs, reason = "tests")]

use superbill_hcpcs_data::{SOURCES, TABLE};

#[test]
fn every_source_has_its_notice() {
    let notices = include_str!("../LICENSE-DATA.md");
    for (name, version, sha256, taken) in SOURCES {
        let row = format!("| {name} | {version} | {sha256} | {taken} |");
        assert!(notices.contains(&row), "{name} {version} has no row in LICENSE-DATA.md");
    }
    for words in
        ["Copyright (c) 2025 LibrePPS", "Permission is hereby granted, free of charge", "WITHOUT WARRANTY OF ANY KIND"]
    {
        assert!(notices.contains(words), "the notice has not: {words}");
    }
}

#[test]
fn the_table_is_the_one_of_the_fingerprints() {
    let fingerprints = include_str!("../data/fingerprints.csv");
    let total = fingerprints.lines().find_map(|line| line.strip_prefix("table,1,")).unwrap_or_default();
    assert_eq!(total.split(',').next(), Some(TABLE.len().to_string().as_str()));
    assert!(TABLE.len() < 1 << 18, "the set stays under 256 KiB");
}
