//! NCCI pairs: the table beside maps that hold the same intervals, in one run.
//!
//! With `SUPERBILL_CONFORMANCE` set, the pairs of the folder's practitioner table; else as many made-up ones. First days are made up in both.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
use std::hint::black_box;
use std::io::Read;
use superbill::Date;
use superbill::edits::import::pairs;
use superbill::edits::{CodeOrdinal, PairSetting, Pairs, Program, ServiceCode};
use superbill_benches::QUESTIONS;

const HEADING: &str = "Column 1\tColumn 2\t1996\tEffective\tDeletion\tModifier\tRationale\n";

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A row: two codes, last day (0 for none), indicator.
fn rows() -> Vec<([String; 2], u32, u8)> {
    let mut rows = Vec::new();
    if let Some(folder) = std::env::var_os("SUPERBILL_CONFORMANCE") {
        let path = std::path::PathBuf::from(folder).join("ncci/ptp_practitioner_2024q3.tsv.zst");
        let mut text = String::new();
        let file = std::fs::File::open(path).unwrap();
        ruzstd::decoding::StreamingDecoder::new(file).unwrap().read_to_string(&mut text).unwrap();
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            let last = if fields[2] == "9999-12-31" { 0 } else { fields[2].replace('-', "").parse().unwrap() };
            rows.push(([fields[0].to_owned(), fields[1].to_owned()], last, fields[3].parse().unwrap()));
        }
    } else {
        let mut numbers = Numbers(7);
        for one in 0..9_000 {
            for _ in 0..280 {
                let codes = [format!("{:05}", one * 7), format!("{:05}", numbers.below(13_000) * 7)];
                let last = if numbers.below(3) == 0 { 20_050_331 + 10_000 * numbers.below(19) as u32 } else { 0 };
                rows.push((codes, last, [0, 1, 1, 9][numbers.below(4)]));
            }
        }
        rows.sort();
    }
    rows
}

/// The intervals of a pair, newest first: the first with the pair, the others apart.
struct Peer<K, S> {
    first: HashMap<K, [u32; 2], S>,
    more: HashMap<K, Vec<[u32; 2]>, S>,
}

impl<K: std::hash::Hash + Eq + Copy, S: BuildHasher + Default> Peer<K, S> {
    fn new(all: impl Iterator<Item = (K, [u32; 2])>) -> Self {
        let mut peer = Self { first: HashMap::default(), more: HashMap::default() };
        for (key, interval) in all {
            match peer.first.entry(key) {
                Entry::Occupied(_) => peer.more.entry(key).or_default().push(interval),
                Entry::Vacant(place) => {
                    place.insert(interval);
                }
            }
        }
        peer
    }

    fn ask(&self, key: &K, day: u32) -> u64 {
        // Days of two bytes each, so that a value has 8 bytes: first and last day, indicator.
        let applies = |[days, indicator]: &[u32; 2]| {
            *indicator != 9 && days >> 16 <= day && (days & 0xFFFF == 0xFFFF || day <= days & 0xFFFF)
        };
        match self.first.get(key) {
            None => 0,
            Some(interval) if applies(interval) => u64::from(interval[1]) + 1,
            Some(_) => {
                let more = self.more.get(key).into_iter().flatten();
                more.copied().find(|interval| applies(interval)).map_or(0, |interval| u64::from(interval[1]) + 1)
            }
        }
    }
}

fn number(day: u32) -> u32 {
    let epoch: Date = "1960-01-01".parse().unwrap();
    if day == 0 { 0xFFFF } else { epoch.days_until(Date::from_ccyymmdd(day).unwrap()) as u32 }
}

fn bench(criterion: &mut Criterion) {
    let rows = rows();
    let mut text = HEADING.to_owned();
    for ([column1, column2], last, indicator) in &rows {
        let last = if *last == 0 { "*".to_owned() } else { last.to_string() };
        text.push_str(&format!("{column1}\t{column2}\t\t20000101\t{last}\t{indicator}\tMade up\n"));
    }
    let read = || {
        let files = [("ccipra-v302r0-f1.txt", text.as_bytes())];
        pairs(&files, PairSetting::Practitioner, Program::Medicare, None, &mut |_, _| {}).unwrap()
    };
    let imported = read();
    let table = Pairs::from_bytes(&imported.bytes).unwrap();
    let date: Date = "2024-07-01".parse().unwrap();
    let (on, day) = (table.on(date), number(20_240_701));
    let start = number(20_000_101);

    let code = |text: &str| ServiceCode::parse(text).unwrap();
    let ordinals: HashMap<ServiceCode, u16> = {
        let mut codes: Vec<ServiceCode> =
            rows.iter().flat_map(|(codes, ..)| codes.iter().map(|text| code(text))).collect();
        codes.sort();
        codes.dedup();
        codes.into_iter().zip(0..).collect()
    };
    let key = |[column1, column2]: &[String; 2]| {
        u32::from(ordinals[&code(column1)]) << 16 | u32::from(ordinals[&code(column2)])
    };
    let ten = |[column1, column2]: &[String; 2]| -> [u8; 10] {
        [column1.as_bytes(), column2.as_bytes()].concat().try_into().unwrap()
    };
    // Newest first, as the table has them.
    let mut newest = rows.clone();
    newest
        .sort_by_key(|(codes, last, _)| (codes.clone(), std::cmp::Reverse(if *last == 0 { u32::MAX } else { *last })));
    let interval = |last: u32, indicator: u8| [start << 16 | number(last), u32::from(indicator)];
    let by_key = || newest.iter().map(|(codes, last, indicator)| (key(codes), interval(*last, *indicator)));
    let by_text = || newest.iter().map(|(codes, last, indicator)| (ten(codes), interval(*last, *indicator)));
    let std_key: Peer<u32, std::hash::RandomState> = Peer::new(by_key());
    let ahash_key: Peer<u32, ahash::RandomState> = Peer::new(by_key());
    let std_text: Peer<[u8; 10], std::hash::RandomState> = Peer::new(by_text());
    let ahash_text: Peer<[u8; 10], ahash::RandomState> = Peer::new(by_text());
    let mut sorted: Vec<(u32, [u32; 2])> = by_key().collect();
    sorted.sort_by_key(|(key, _)| *key);
    let mib = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    // A hash map keeps a byte beside each entry and fills at most seven of eight.
    let map = |count: usize, entry: usize| (count * 8 / 7).next_power_of_two() * (entry + 1);
    println!(
        "{} rows: table {:.2} MiB, maps by number at least {:.1} MiB, by text {:.1} MiB, sorted {:.1} MiB",
        rows.len(),
        mib(imported.bytes.len()),
        mib(map(std_key.first.len(), 12)),
        mib(map(std_key.first.len(), 20)),
        mib(sorted.len() * 12)
    );

    let mut numbers = Numbers(11);
    let hits: Vec<&[String; 2]> = (0..QUESTIONS).map(|_| &rows[numbers.below(rows.len())].0).collect();
    let reversed: Vec<[String; 2]> = hits.iter().map(|[one, other]| [other.clone(), one.clone()]).collect();
    for (kind, questions) in [("hit", hits), ("miss", reversed.iter().collect())] {
        let keys: Vec<u32> = questions.iter().map(|codes| key(codes)).collect();
        let texts: Vec<[u8; 10]> = questions.iter().map(|codes| ten(codes)).collect();
        let ours: Vec<(CodeOrdinal, CodeOrdinal)> = questions
            .iter()
            .map(|[one, other]| (table.ordinal(code(one)).unwrap(), table.ordinal(code(other)).unwrap()))
            .collect();
        let mut group = criterion.benchmark_group(format!("pairs/{kind}"));
        group.throughput(Throughput::Elements(QUESTIONS as u64));
        let mut bench = |name: &str, ask: &dyn Fn() -> u64| {
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(|| black_box(ask())));
        };
        let answer = |edit: Option<superbill::edits::PairEdit<'_>>| {
            edit.map_or(0, |edit| u64::from(edit.indicator().digit()) + 1)
        };
        bench("superbill ordinals", &|| ours.iter().map(|(one, other)| answer(on.edit_by_ordinal(*one, *other))).sum());
        bench("HashMap u32", &|| keys.iter().map(|key| std_key.ask(key, day)).sum());
        bench("ahash u32", &|| keys.iter().map(|key| ahash_key.ask(key, day)).sum());
        bench("sorted u32", &|| {
            let ask = |key: &u32| {
                let from = sorted.partition_point(|(other, _)| other < key);
                let same = sorted[from..].iter().take_while(|(other, _)| other == key);
                let mut applying = same.filter(|(_, [days, indicator])| {
                    *indicator != 9 && days >> 16 <= day && (days & 0xFFFF == 0xFFFF || day <= days & 0xFFFF)
                });
                applying.next().map_or(0, |(_, [_, indicator])| u64::from(*indicator) + 1)
            };
            keys.iter().map(ask).sum()
        });
        bench("superbill text", &|| {
            let ask = |text: &[u8; 10]| {
                let (one, other) = text.split_at(5);
                let codes = ServiceCode::from_bytes(one).zip(ServiceCode::from_bytes(other));
                answer(codes.and_then(|(one, other)| on.edit(one, other).edit()))
            };
            texts.iter().map(ask).sum()
        });
        bench("HashMap text", &|| texts.iter().map(|text| std_text.ask(text, day)).sum());
        bench("ahash text", &|| texts.iter().map(|text| ahash_text.ask(text, day)).sum());
        group.finish();
        let sum = |ask: &dyn Fn(usize) -> u64| (0..QUESTIONS).map(ask).sum::<u64>();
        let mine = sum(&|at| answer(on.edit_by_ordinal(ours[at].0, ours[at].1)));
        assert_eq!(mine, sum(&|at| std_key.ask(&keys[at], day)), "the peers say the same");
    }
    let mut group = criterion.benchmark_group("pairs/import");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("official text", |bencher| bencher.iter(read));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
