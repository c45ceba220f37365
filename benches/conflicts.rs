//! The check among the codes of one claim, and the notes of a code: the bundled table beside a scan of the notes, in one run.
//!
//! Claims of twelve billable codes, each as likely as any other. `nested scan` goes through the targets of each code's Excludes1 notes, gathered in a
//! list at start; `HashSet` has every pair of categories and subcategories that a note names and asks for all prefixes, as programs do that expand notes to
//! pairs of texts. Each answers with the number of pairs found; the peers know no conditions, exceptions or self-pairs, so theirs can be higher.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a benchmark"
)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use superbill_benches::{Numbers, day};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, NoteKind};

/// Claims of a pass.
const CLAIMS: usize = 4096;
/// Codes of a claim.
const CODES: usize = 12;

fn claims() -> Vec<[Icd10CmCode; CODES]> {
    let codes: Vec<Icd10CmCode> = Icd10Cm::bundled().on(day()).billable().collect();
    let mut numbers = Numbers::new(4);
    (0..CLAIMS).map(|_| core::array::from_fn(|_| codes[numbers.below(codes.len())])).collect()
}

/// Ranges that the Excludes1 notes of each billable code name, inherited ones included.
fn ranges() -> HashMap<u64, Vec<(u64, u64)>> {
    let on = Icd10Cm::bundled().on(day());
    let of = |code: Icd10CmCode| {
        let notes = on.notes(code).filter(|note| note.kind() == NoteKind::Excludes1);
        notes.flat_map(|note| note.targets()).map(|target| (target.first.packed(), target.last.last_below())).collect()
    };
    on.billable().map(|code| (code.packed(), of(code))).collect()
}

/// Each heading with each code or heading that its notes name, as texts; ranges as their categories.
fn pairs() -> HashSet<(String, String)> {
    let on = Icd10Cm::bundled().on(day());
    let mut pairs = HashSet::new();
    let categories: Vec<Icd10CmCode> = on.codes().filter(|code| code.len() == 3).collect();
    for code in on.codes().filter(|code| code.len() < 7) {
        let notes = on.notes(code).filter(|note| note.kind() == NoteKind::Excludes1);
        for target in
            notes.filter(|note| code.len() == 3 || note.owner().code() == Some(code)).flat_map(|note| note.targets())
        {
            pairs.insert((code.undotted(), target.first.undotted()));
            let within = categories.iter().filter(|category| target.contains(**category));
            pairs.extend(within.map(|category| (code.undotted(), category.undotted())));
        }
    }
    pairs
}

fn prefixes(code: Icd10CmCode) -> Vec<String> {
    let text = code.undotted();
    (3..=text.len()).map(|count| text.chars().take(count).collect()).collect()
}

fn excludes1(criterion: &mut Criterion) {
    let (claims, ranges, pairs) = (claims(), ranges(), pairs());
    let on = Icd10Cm::bundled().on(day());
    let mut group = criterion.benchmark_group("excludes1 among 12 codes");
    group.throughput(Throughput::Elements(CLAIMS as u64));
    group.bench_function(BenchmarkId::from_parameter("superbill"), |bencher| {
        let mut found = Vec::with_capacity(256);
        bencher.iter(|| {
            claims.iter().fold(0, |sum, claim| {
                on.excludes1_among(claim, &mut found);
                sum + found.len()
            })
        });
    });
    group.bench_function(BenchmarkId::from_parameter("nested scan of gathered ranges"), |bencher| {
        bencher.iter(|| {
            claims.iter().fold(0, |sum, claim| {
                let mut found = 0;
                for (place, one) in claim.iter().enumerate() {
                    for other in &claim[place + 1..] {
                        let names = |from: &Icd10CmCode, to: &Icd10CmCode| {
                            ranges.get(&from.packed()).is_some_and(|ranges| {
                                ranges.iter().any(|(first, last)| (first..=last).contains(&&to.packed()))
                            })
                        };
                        found += usize::from(names(one, other) || names(other, one));
                    }
                }
                sum + found
            })
        });
    });
    // So slow that a part of the claims has to do.
    group.throughput(Throughput::Elements(CLAIMS as u64 / 64));
    group.bench_function(BenchmarkId::from_parameter("HashSet of pairs of texts"), |bencher| {
        bencher.iter(|| {
            claims.iter().take(CLAIMS / 64).fold(0, |sum, claim| {
                let prefixes: Vec<Vec<String>> = claim.iter().map(|code| prefixes(*code)).collect();
                let mut found = 0;
                for (place, one) in prefixes.iter().enumerate() {
                    for other in &prefixes[place + 1..] {
                        let mut both = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
                        found += usize::from(both.any(|(a, b)| {
                            pairs.contains(&(a.clone(), b.clone())) || pairs.contains(&(b.clone(), a.clone()))
                        }));
                    }
                }
                sum + found
            })
        });
    });
    group.finish();
}

fn all_kinds(criterion: &mut Criterion) {
    let claims = claims();
    let on = Icd10Cm::bundled().on(day());
    let mut group = criterion.benchmark_group("all kinds among 12 codes");
    group.throughput(Throughput::Elements(CLAIMS as u64));
    group.bench_function(BenchmarkId::from_parameter("superbill"), |bencher| {
        let mut found = Vec::with_capacity(1024);
        bencher.iter(|| {
            claims.iter().fold(0, |sum, claim| {
                on.conflicts(claim, &mut found);
                sum + found.len()
            })
        });
    });
    group.finish();
}

fn notes(criterion: &mut Criterion) {
    let claims = claims();
    let on = Icd10Cm::bundled().on(day());
    let mut group = criterion.benchmark_group("notes of a code");
    group.throughput(Throughput::Elements((CLAIMS * CODES) as u64));
    group.bench_function(BenchmarkId::from_parameter("the first"), |bencher| {
        bencher.iter(|| claims.iter().flatten().filter(|code| on.notes(**code).next().is_some()).count());
    });
    group.bench_function(BenchmarkId::from_parameter("all"), |bencher| {
        bencher.iter(|| claims.iter().flatten().map(|code| on.notes(*code).map(black_box).count()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, excludes1, all_kinds, notes);
criterion_main!(benches);
