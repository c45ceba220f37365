//! Measures the search.
//!
//! Every inclusion term and `includes` note of the newest release from category level down is a query. Its text is left out of the index, at
//! every code that has it, and out of the counts of synonyms; the weights are those that were trained without its category's fold. Right
//! is the code that owns the note, or any where several own the same text. No filter, no Alphabetic Index, headings not folded.

use super::examples::{Example, FOLDS, terms};
use super::train::fold_path;
use super::{read_model, source};
use crate::error::DevError;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;
use superbill_icd10cm::Icd10CmSearch;
use superbill_icd10cm::import::search::search_table;
use superbill_icd10cm::search::Scratch;
use superbill_icd10cm::search::training::{TextsByWords, rank_without};

/// Measures and reports.
pub(crate) fn evaluate(repository: &Path, folder: &Path, folds: &Path, at_least: &[f64]) -> Result<String, DevError> {
    let _ = repository;
    let source = source(folder)?;
    let examples = terms(&source);
    let nodes = source.nodes.values().filter(|node| node.newest).count();
    let mut ranks: Vec<Option<usize>> = Vec::new();
    let mut times: Vec<u64> = Vec::new();
    let mut report = String::new();
    for fold in 0..FOLDS {
        let bytes = search_table(&source, &read_model(&fold_path(folds, fold))?)?;
        let search = Icd10CmSearch::from_bytes(&bytes)?;
        let by_words = TextsByWords::new(&search);
        let mut scratch = Scratch::new();
        let mut ranked = Vec::new();
        for example in examples.iter().filter(|example| example.fold == fold) {
            let without = by_words.same(&search, &example.text);
            let mut least = u64::MAX;
            for _ in 0..3 {
                let start = Instant::now();
                rank_without(&search, &example.text, without, &mut scratch, &mut ranked);
                least = least.min(start.elapsed().as_nanos() as u64);
            }
            times.push(least);
            let rank = ranked.iter().position(|(code, _)| example.gold.contains(code));
            if std::env::var_os("SEARCH_MISSES").is_some() && rank.is_none_or(|rank| rank > 4) {
                miss(&mut report, example, rank, &ranked);
            }
            ranks.push(rank);
        }
    }
    let share = |count: usize| {
        let found = ranks.iter().filter(|rank| rank.is_some_and(|rank| rank < count)).count();
        100.0 * found as f64 / ranks.len().max(1) as f64
    };
    // INVARIANT: writing to a string does not fail.
    let _ = writeln!(report, "{} queries over {nodes} nodes", ranks.len());
    let _ =
        writeln!(report, "among the first 1 / 5 / 10: {:.2} / {:.2} / {:.2} percent", share(1), share(5), share(10));
    let _ = writeln!(report, "among the candidates: {:.2} percent", share(usize::MAX));
    times.sort_unstable();
    let at = |part: f64| times.get((times.len() as f64 * part) as usize).copied().unwrap_or(0) as f64 / 1000.0;
    let _ = writeln!(report, "time of a query: median {:.0} microseconds, p99 {:.0}", at(0.5), at(0.99));
    for (count, wanted) in [1, 5, 10].into_iter().zip(at_least) {
        if share(count) < *wanted {
            return Err(DevError::Accuracy { count, found: share(count), wanted: *wanted });
        }
    }
    Ok(report)
}

fn miss(report: &mut String, example: &Example, rank: Option<usize>, ranked: &[(superbill_icd10cm::Icd10CmCode, f32)]) {
    let first = ranked.first().map(|(code, _)| code.to_string()).unwrap_or_default();
    let _ = writeln!(report, "{}\t{}\t{rank:?}\t{first}", example.text, example.owner);
}
