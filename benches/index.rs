//! From words to an index entry: the table read in place beside a scan of all paths, in one run.
//!
//! Without `SUPERBILL_CONFORMANCE` the book is made up: 20,000 entries of invented words; with it, the official External Cause Index. The peer keeps
//! the words of every path in memory, ready made and as numbers, and goes through all of them for each question.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Read as _;
use superbill_benches::Numbers;
use superbill_icd10cm::{ExternalCauseIndex, import};

/// A book in the official form: 400 main terms with subterms on three levels, of 2,000 invented words.
fn made_up() -> String {
    let mut numbers = Numbers::new(7);
    let syllables = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu"];
    let words: Vec<String> =
        (0..2_000).map(|_| (0..3).map(|_| syllables[numbers.below(syllables.len())]).collect()).collect();
    let mut title = || {
        let mut pick = || words[numbers.below(words.len())].as_str();
        format!("{} {}<nemod>({})</nemod>", pick(), pick(), pick())
    };
    let mut xml = String::from(
        "<ICD10CM.index><version>2026</version><title>ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX</title><letter><title>A</title>",
    );
    for main in 0..400 {
        write!(xml, "<mainTerm><title>{}</title><code>W{:02}</code>", title(), main % 100).unwrap();
        for first in 0..7 {
            write!(xml, "<term level=\"1\"><title>{}</title><code>W{:02}.{first}</code>", title(), main % 100).unwrap();
            for second in 0..6 {
                let code = format!("W{:02}.{first}{second}", main % 100);
                write!(xml, "<term level=\"2\"><title>{}</title><code>{code}</code></term>", title()).unwrap();
            }
            xml.push_str("</term>");
        }
        xml.push_str("</mainTerm>");
    }
    xml + "</letter></ICD10CM.index>"
}

fn official() -> Option<String> {
    let folder = std::path::PathBuf::from(std::env::var_os("SUPERBILL_CONFORMANCE")?);
    let file = std::fs::File::open(folder.join("icd10cm/icd-10-cm-eindex-2025.xml.zst")).ok()?;
    let mut text = String::new();
    ruzstd::decoding::StreamingDecoder::new(file).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// What a program does without an index: each path as the numbers of its words, all of them compared with the question.
struct Scan {
    numbers: HashMap<String, u32>,
    paths: Vec<(u32, Vec<u32>)>,
}

impl Scan {
    fn new(index: &ExternalCauseIndex<'_>) -> Self {
        let mut numbers = HashMap::new();
        let entries = index.entries().filter(|entry| entry.code().is_some());
        let paths = entries.map(|entry| {
            let phrase = entry.phrase();
            let words = split(&phrase).map(|word| {
                let next = numbers.len() as u32;
                *numbers.entry(word).or_insert(next)
            });
            (entry.ordinal(), words.collect::<Vec<u32>>())
        });
        let paths = paths.collect();
        Self { numbers, paths }
    }

    /// The entry that shares most words with the text and has fewest others.
    fn find(&self, text: &str) -> u32 {
        let asked: Vec<u32> = split(text).filter_map(|word| self.numbers.get(&word).copied()).collect();
        let score = |path: &[u32]| {
            let shared = path.iter().filter(|word| asked.contains(word)).count() as i32;
            2 * shared - path.len() as i32
        };
        self.paths.iter().max_by_key(|(_, path)| score(path)).map_or(0, |(entry, _)| *entry)
    }
}

fn split(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

fn index(criterion: &mut Criterion) {
    let xml = official().unwrap_or_else(made_up);
    let table = import::external_cause_index(xml.as_bytes(), "index.xml", None).unwrap();
    let index = ExternalCauseIndex::from_bytes(&table).unwrap();
    let scan = Scan::new(&index);
    let mut numbers = Numbers::new(8);
    let coded: Vec<_> = index.entries().filter(|entry| entry.code().is_some()).collect();
    let asked: Vec<_> = (0..256).map(|_| coded[numbers.below(coded.len())]).collect();
    let paths: Vec<String> = asked.iter().map(|entry| entry.path()).collect();
    let phrases: Vec<String> = asked.iter().map(|entry| entry.phrase()).collect();

    let mut group = criterion.benchmark_group("index/external cause");
    group.throughput(Throughput::Elements(asked.len() as u64));
    group.bench_function("from_bytes", |bencher| {
        bencher.iter(|| {
            let opened = asked.iter().filter(|_| ExternalCauseIndex::from_bytes(black_box(&table)).is_ok());
            black_box(opened.count())
        });
    });
    group.bench_function("walk a path", |bencher| {
        bencher.iter(|| paths.iter().filter(|path| index.walk(path).is_complete()).count());
    });
    group.bench_function("find words, 5 entries", |bencher| {
        bencher.iter(|| phrases.iter().map(|text| index.find(text, 5).len()).sum::<usize>());
    });
    group.bench_function("matches of words, 5 entries", |bencher| {
        bencher.iter(|| phrases.iter().map(|text| index.matches(text, 5).len()).sum::<usize>());
    });
    group.bench_function("peer: scan of all paths in memory", |bencher| {
        bencher.iter(|| phrases.iter().map(|text| u64::from(scan.find(text))).sum::<u64>());
    });
    group.finish();
}

criterion_group! {
    name = indexes;
    config = Criterion::default().sample_size(20).warm_up_time(std::time::Duration::from_millis(500)).measurement_time(std::time::Duration::from_secs(2));
    targets = index
}
criterion_main!(indexes);
