//! Sample interchanges from outside the repository, when the folder is there: each is read without loss, as a document and as
//! a stream, changed, and split and merged.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "tests")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use superbill_x12::{Document, Severity, checks};

/// Every file below a folder.
fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

#[test]
fn every_sample_reads_without_loss() {
    let Some(folder) = std::env::var_os("SUPERBILL_CONFORMANCE") else {
        println!("skipped: SUPERBILL_CONFORMANCE names no folder");
        return;
    };
    let mut paths = Vec::new();
    files(&Path::new(&folder).join("x12"), &mut paths);
    paths.sort();
    let (mut read, mut other, mut clean, mut segments, mut sets) = (0, 0, 0, 0, 0);
    for path in &paths {
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(checks::check_read(&bytes), Ok(()), "{}", path.display());
        assert_eq!(checks::check_stream(&bytes, &[], 1 << 16), Ok(()), "{}", path.display());
        assert_eq!(checks::check_edit(&bytes, 3, 2, "TEST"), Ok(()), "{}", path.display());
        assert_eq!(checks::check_split(&bytes, NonZeroUsize::MIN), Ok(()), "{}", path.display());
        let Ok(document) = Document::read(&bytes) else {
            println!("no interchange: {}", path.display());
            other += 1;
            continue;
        };
        read += 1;
        segments += document.segment_count();
        sets +=
            document.interchanges().flat_map(|one| one.groups()).map(|group| group.transactions().len()).sum::<usize>();
        let worst = document.diagnostics().iter().map(|one| one.severity).max();
        if worst.is_none_or(|worst| worst < Severity::Warning) {
            clean += 1;
        } else {
            let first = document.diagnostics().iter().find(|one| one.severity >= Severity::Warning).unwrap();
            println!("{} ({}): {first}", path.display(), document.diagnostics().len());
        }
    }
    println!(
        "{} files: {read} read, {other} without interchange, {clean} without warning, {sets} transaction sets, {segments} segments",
        paths.len()
    );
    assert!(read > 0, "the folder has samples");
}
