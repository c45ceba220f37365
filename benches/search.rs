//! Search beside what a program would otherwise do: a walk through all titles, and BM25 over titles in a `HashMap`, in one run.
//!
//! The peers know titles only: no inclusion terms, no synonyms, no likeness of words, no order learnt. Each query is a title's first words in
//! another order, so that every peer has something to find.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::HashMap;
use std::hint::black_box;
use superbill_benches::{Numbers, codes, day};
use superbill_icd10cm::search::Scratch;
use superbill_icd10cm::{Icd10Cm, Icd10CmSearch};

const QUERIES: usize = 256;

fn tokens(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

struct Bm25 {
    lists: HashMap<String, Vec<u32>>,
    lengths: Vec<f32>,
}

impl Bm25 {
    fn new(titles: &[Vec<String>]) -> Self {
        let mut lists: HashMap<String, Vec<u32>> = HashMap::new();
        for (row, title) in titles.iter().enumerate() {
            for word in title {
                let list = lists.entry(word.clone()).or_default();
                if list.last() != Some(&(row as u32)) {
                    list.push(row as u32);
                }
            }
        }
        let average = titles.iter().map(Vec::len).sum::<usize>() as f32 / titles.len() as f32;
        Self { lists, lengths: titles.iter().map(|title| title.len() as f32 / average).collect() }
    }

    fn best(&self, query: &str) -> Vec<(f32, u32)> {
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for word in tokens(query) {
            let Some(list) = self.lists.get(&word) else { continue };
            let rarity = ((self.lengths.len() as f32 + 1.0) / (list.len() as f32 + 0.5)).ln();
            for row in list {
                let weight = 2.2 / (1.0 + 1.2 * (0.25 + 0.75 * self.lengths[*row as usize]));
                *scores.entry(*row).or_default() += rarity * weight;
            }
        }
        let mut best: Vec<(f32, u32)> = scores.into_iter().map(|(row, score)| (score, row)).collect();
        best.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        best.truncate(10);
        best
    }
}

/// The titles with the most words of the query.
fn scan(titles: &[Vec<String>], query: &str) -> Vec<(usize, usize)> {
    let words = tokens(query);
    let count = |title: &[String]| words.iter().filter(|word| title.contains(word)).count();
    let mut best: Vec<(usize, usize)> =
        titles.iter().enumerate().map(|(row, title)| (count(title), row)).filter(|(count, _)| *count > 0).collect();
    best.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    best.truncate(10);
    best
}

fn search(criterion: &mut Criterion) {
    let on = Icd10Cm::bundled().on(day());
    // The nodes of the tabular list are at most as long; seventh characters add no words.
    let codes: Vec<_> = codes().into_iter().filter(|code| code.len() < 7).collect();
    let texts: Vec<String> =
        codes.iter().map(|code| on.title(*code).map(|t| t.to_string()).unwrap_or_default()).collect();
    let titles: Vec<Vec<String>> = texts.iter().map(|text| tokens(text)).collect();
    let mut numbers = Numbers::new(5);
    let queries: Vec<String> = (0..QUERIES)
        .map(|_| {
            let mut words = titles[numbers.below(titles.len())].clone();
            words.truncate(5);
            words.reverse();
            words.join(" ")
        })
        .collect();
    let bm25 = Bm25::new(&titles);
    let mut group = criterion.benchmark_group("search");
    group.throughput(Throughput::Elements(QUERIES as u64)).sample_size(10);
    let mut scratch = Scratch::new();
    group.bench_function(BenchmarkId::from_parameter("superbill"), |bencher| {
        bencher.iter(|| {
            for query in &queries {
                black_box(Icd10CmSearch::bundled().query(query, on).run(&mut scratch).len());
            }
        });
    });
    group.bench_function(BenchmarkId::from_parameter("BM25 in a HashMap"), |bencher| {
        bencher.iter(|| queries.iter().map(|query| bm25.best(query).len()).sum::<usize>());
    });
    group.bench_function(BenchmarkId::from_parameter("scan of all titles"), |bencher| {
        bencher.iter(|| queries.iter().map(|query| scan(&titles, query).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
