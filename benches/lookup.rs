//! Look-up of a code: the bundled table beside what a program would otherwise use, in one run.
//!
//! Each question is answered with a number, the sum of which is kept. `floor` is a walk through random places of memory of the
//! size of the hot sections, each place naming the next: what one dependent look-up costs at least.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::HashMap;
use std::hint::black_box;
use superbill_benches::{QUESTIONS, codes, day, misses, random, texts, zipf};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Status};

/// Peers are built from the same codes and give the same ordinals.
struct Peers {
    by_text: HashMap<&'static str, u32>,
    by_key: HashMap<u64, u32>,
    by_key_ahash: HashMap<u64, u32, ahash::RandomState>,
    sorted: Vec<u64>,
    fst: fst::Map<Vec<u8>>,
}

fn peers(codes: &[Icd10CmCode]) -> Peers {
    let mut by_text = HashMap::new();
    let mut by_key = HashMap::new();
    let mut by_key_ahash = HashMap::with_hasher(ahash::RandomState::new());
    let mut fst = fst::MapBuilder::memory();
    for (ordinal, code) in codes.iter().enumerate() {
        let text: &'static str = Box::leak(code.undotted().into_boxed_str());
        by_text.insert(text, ordinal as u32);
        by_key.insert(code.packed(), ordinal as u32);
        by_key_ahash.insert(code.packed(), ordinal as u32);
        fst.insert(text, ordinal as u64).expect("codes ascend");
    }
    let fst = fst::Map::new(fst.into_inner().expect("in memory")).expect("just made");
    Peers { by_text, by_key, by_key_ahash, sorted: codes.iter().map(|code| code.packed()).collect(), fst }
}

/// What most programs do with a code before they ask a map.
fn normalised(text: &str) -> String {
    text.trim().replace('.', "").to_uppercase()
}

fn packed(criterion: &mut Criterion) {
    let codes = codes();
    let peers = peers(&codes);
    let day = day();
    for (kind, questions) in [("random", random(&codes)), ("zipf", zipf(&codes)), ("miss", misses(&codes))] {
        let texts = texts(&questions, false);
        let mut group = criterion.benchmark_group(format!("packed/{kind}"));
        group.throughput(Throughput::Elements(QUESTIONS as u64));
        let mut bench = |name: &str, ask: &dyn Fn() -> u64| {
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(ask));
        };
        bench("superbill", &|| {
            questions.iter().map(|code| u64::from(Icd10Cm::bundled().ordinal(*code).unwrap_or(0))).sum()
        });
        bench("superbill status", &|| {
            questions.iter().map(|code| u64::from(Icd10Cm::bundled().on(day).status(*code) == Status::Billable)).sum()
        });
        bench("HashMap u64", &|| {
            questions.iter().map(|code| u64::from(peers.by_key.get(&code.packed()).copied().unwrap_or(0))).sum()
        });
        bench("ahash u64", &|| {
            questions.iter().map(|code| u64::from(peers.by_key_ahash.get(&code.packed()).copied().unwrap_or(0))).sum()
        });
        bench("sorted binary search", &|| {
            questions.iter().map(|code| peers.sorted.binary_search(&code.packed()).unwrap_or(0) as u64).sum()
        });
        bench("fst", &|| texts.iter().map(|text| peers.fst.get(text).unwrap_or(0)).sum());
        bench("HashMap str", &|| {
            texts.iter().map(|text| u64::from(peers.by_text.get(text).copied().unwrap_or(0))).sum()
        });
        group.finish();
    }
}

fn from_text(criterion: &mut Criterion) {
    let codes = codes();
    let peers = peers(&codes);
    for (kind, questions) in [("random", random(&codes)), ("zipf", zipf(&codes)), ("miss", misses(&codes))] {
        let texts = texts(&questions, true);
        let mut group = criterion.benchmark_group(format!("text/{kind}"));
        group.throughput(Throughput::Elements(QUESTIONS as u64));
        let mut bench = |name: &str, ask: &dyn Fn() -> u64| {
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(ask));
        };
        let day = day();
        let ordinal = |text: &str| Icd10CmCode::parse(text).ok().and_then(|code| Icd10Cm::bundled().ordinal(code));
        let billable = |text: &str| {
            Icd10CmCode::parse(text).is_ok_and(|code| Icd10Cm::bundled().on(day).status(code) == Status::Billable)
        };
        bench("superbill", &|| texts.iter().map(|text| u64::from(ordinal(text).unwrap_or(0))).sum());
        bench("superbill status", &|| texts.iter().map(|text| u64::from(billable(text))).sum());
        bench("superbill parse alone", &|| {
            texts.iter().fold(0, |all, text| all ^ Icd10CmCode::parse(text).map_or(0, Icd10CmCode::packed))
        });
        bench("HashMap str normalised", &|| {
            let get = |text: &str| peers.by_text.get(normalised(text).as_str()).copied();
            texts.iter().map(|text| u64::from(get(text).unwrap_or(0))).sum()
        });
        bench("ahash u64 parsed by superbill", &|| {
            let get = |text: &str| peers.by_key_ahash.get(&Icd10CmCode::parse(text).ok()?.packed()).copied();
            texts.iter().map(|text| u64::from(get(text).unwrap_or(0))).sum()
        });
        group.finish();
    }
}

/// One question after the other, each waiting for the answer before it.
fn dependent(criterion: &mut Criterion) {
    let codes = codes();
    let peers = peers(&codes);
    let questions = random(&codes);
    let mask = QUESTIONS - 1;
    // As many bytes as the hot sections, in lines of 64: each names the next, in one random ring.
    let lines = 1_181_580 / 64;
    let mut order: Vec<u32> = (0..lines).collect();
    let mut numbers = superbill_benches::Numbers::new(4);
    for place in (1..order.len()).rev() {
        order.swap(place, numbers.below(place + 1));
    }
    let mut ring = vec![[0u32; 16]; lines as usize];
    for pair in order.windows(2) {
        ring[pair[0] as usize][0] = pair[1];
    }
    ring[order[order.len() - 1] as usize][0] = order[0];
    let mut group = criterion.benchmark_group("dependent/random");
    group.throughput(Throughput::Elements(QUESTIONS as u64));
    group.bench_function("superbill", |bencher| {
        bencher.iter(|| {
            let step =
                |at: usize, _| (at + 1 + (Icd10Cm::bundled().ordinal(questions[at]).unwrap_or(0) as usize & 1)) & mask;
            black_box((0..QUESTIONS).fold(0usize, step))
        });
    });
    group.bench_function("HashMap u64", |bencher| {
        bencher.iter(|| {
            let get = |at: usize| peers.by_key.get(&questions[at].packed()).copied().unwrap_or(0);
            black_box((0..QUESTIONS).fold(0usize, |at, _| (at + 1 + (get(at) as usize & 1)) & mask))
        });
    });
    group.bench_function("ahash u64", |bencher| {
        bencher.iter(|| {
            let get = |at: usize| peers.by_key_ahash.get(&questions[at].packed()).copied().unwrap_or(0);
            black_box((0..QUESTIONS).fold(0usize, |at, _| (at + 1 + (get(at) as usize & 1)) & mask))
        });
    });
    group.bench_function("floor: pointer chase", |bencher| {
        bencher.iter(|| black_box((0..QUESTIONS).fold(0usize, |at, _| ring[at][0] as usize)));
    });
    group.finish();
}

criterion_group! {
    name = lookup;
    config = Criterion::default().sample_size(50).warm_up_time(std::time::Duration::from_millis(500)).measurement_time(std::time::Duration::from_secs(2));
    targets = packed, from_text, dependent
}
criterion_main!(lookup);
