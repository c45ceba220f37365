//! The notices of the packages travel with the index that is made from them.
#![allow(missing_docs, reason = "tests")]

use superbill_icd10cm_search_data::{SOURCES, TABLE};

#[test]
fn every_source_has_its_notice() {
    let notices = include_str!("../LICENSE-DATA.md");
    for (name, version, sha256, _) in SOURCES {
        let row = format!("| {name} | {version} | {sha256} |");
        assert!(notices.contains(&row), "{name} {version} has no row in LICENSE-DATA.md");
    }
}

#[test]
fn the_index_is_the_one_of_the_fingerprints_and_stays_small() {
    let fingerprints = include_str!("../data/fingerprints.csv");
    let total = fingerprints.lines().find_map(|line| line.strip_prefix("table,1,")).unwrap_or_default();
    assert_eq!(total.split(',').next(), Some(TABLE.len().to_string().as_str()));
    let sections: usize = fingerprints
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with("table,"))
        .filter_map(|line| line.split(',').nth(2)?.parse::<usize>().ok())
        .sum();
    assert!(sections > 0 && sections <= TABLE.len(), "{sections}");
    assert!(TABLE.len() < 6 << 20, "the whole index stays under 6 MiB: {}", TABLE.len());
}
