//! The notices of the packages travel with the table that is made from them.
#![allow(missing_docs, reason = "tests")]

use superbill_icd10cm_data::{SOURCES, TABLE};

#[test]
fn every_source_has_its_notice() {
    let notices = include_str!("../LICENSE-DATA.md");
    for (name, version, sha256, _) in SOURCES {
        let row = format!("| {name} | {version} | {sha256} |");
        assert!(notices.contains(&row), "{name} {version} has no row in LICENSE-DATA.md");
    }
}

#[test]
fn the_table_is_the_one_of_the_fingerprints() {
    let fingerprints = include_str!("../data/fingerprints.csv");
    let total = fingerprints.lines().find_map(|line| line.strip_prefix("table,1,")).unwrap_or_default();
    assert_eq!(total.split(',').next(), Some(TABLE.len().to_string().as_str()));
    let sections: usize = fingerprints
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with("table,"))
        .filter_map(|line| line.split(',').nth(2)?.parse::<usize>().ok())
        .sum();
    assert!(sections <= TABLE.len() && TABLE.len() < 4 << 20, "the whole table stays under 4 MiB");
    let hot = ["map", "pilots", "slots", "ordinals", "statuses"];
    let hot: usize = fingerprints
        .lines()
        .filter(|line| hot.contains(&line.split(',').next().unwrap_or_default()))
        .filter_map(|line| line.split(',').nth(2)?.parse::<usize>().ok())
        .sum();
    assert!(hot > 0 && hot <= 5 << 18, "hot sections stay under 1.25 MiB: {hot}");
}
