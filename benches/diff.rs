//! What changed in a year: the bundled table beside two `BTreeMap`s that are compared, in one run.
//!
//! The maps hold code, status and title of one date each, as a program has them that reads two order files; they are ready made, and what making them takes
//! stands beside. Both give the same changes, which is checked before anything is measured.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use superbill_benches::{Numbers, codes, day};
use superbill_core::Date;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode};

/// Codes of a practice's own list.
const FAVOURITES: usize = 50;

type Codes = BTreeMap<String, (bool, String)>;

/// The first day; the second is [`day`].
fn before() -> Date {
    Date::new(2025, 4, 1).unwrap()
}

/// A change as the maps tell it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Naive {
    code: String,
    what: &'static str,
    from: Option<String>,
    to: Option<String>,
}

fn map(date: Date) -> Codes {
    let on = Icd10Cm::bundled().on(date);
    let title = |code| on.title(code).map(|title| title.to_string()).unwrap_or_default();
    on.codes().map(|code| (code.to_string(), (on.is_billable(code), title(code)))).collect()
}

fn naive_of(code: &str, from: &Codes, to: &Codes, into: &mut Vec<Naive>) {
    let (old, new) = (from.get(code), to.get(code));
    let title =
        |entry: Option<&(bool, String)>| entry.map(|(_, title)| title.clone()).filter(|title| !title.is_empty());
    let mut push = |what| into.push(Naive { code: code.to_owned(), what, from: title(old), to: title(new) });
    match (old, new) {
        (None, Some(_)) => push("added"),
        (Some(_), None) => push("removed"),
        (Some((old, old_title)), Some((new, new_title))) => {
            match (old, new) {
                (true, false) => push("billable_to_header"),
                (false, true) => push("header_to_billable"),
                _ => {}
            }
            if old_title != new_title && !old_title.is_empty() && !new_title.is_empty() {
                push("retitled");
            }
        }
        (None, None) => {}
    }
}

fn naive(from: &Codes, to: &Codes) -> Vec<Naive> {
    let mut changes = Vec::new();
    for code in from.keys() {
        naive_of(code, from, to, &mut changes);
    }
    for code in to.keys().filter(|code| !from.contains_key(*code)) {
        naive_of(code, from, to, &mut changes);
    }
    changes
}

/// The same walk over both maps side by side, without a look-up a code.
fn merged(from: &Codes, to: &Codes) -> Vec<Naive> {
    let mut changes = Vec::new();
    let (mut old, mut new) = (from.iter().peekable(), to.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return changes,
            (Some(_), None) => core::cmp::Ordering::Less,
            (None, Some(_)) => core::cmp::Ordering::Greater,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
        };
        let one = if order.is_le() { old.next() } else { None };
        let other = if order.is_ge() { new.next() } else { None };
        if one.map(|(_, value)| value) != other.map(|(_, value)| value)
            && let Some((code, _)) = one.or(other)
        {
            naive_of(code, from, to, &mut changes);
        }
    }
}

fn check(from: &Codes, to: &Codes) {
    let ours = Icd10Cm::bundled().diff(before(), day()).unwrap();
    let text = |title: Option<superbill_icd10cm::Title>| title.map(|title| title.to_string());
    let mut ours: Vec<Naive> = ours
        .map(|change| Naive {
            code: change.code.to_string(),
            what: change.kind.name(),
            from: text(change.from),
            to: text(change.to),
        })
        .collect();
    let (mut naive, mut merged) = (naive(from, to), merged(from, to));
    for changes in [&mut ours, &mut naive, &mut merged] {
        changes.sort();
    }
    assert!(!ours.is_empty() && ours == naive && ours == merged, "the peers tell the same changes");
}

fn diff(criterion: &mut Criterion) {
    let (from, to) = (map(before()), map(day()));
    check(&from, &to);
    let table = Icd10Cm::bundled();
    let mut group = criterion.benchmark_group("diff of a year, all codes");
    group.sample_size(20);
    group.bench_function(BenchmarkId::from_parameter("superbill"), |bencher| {
        bencher.iter(|| table.diff(before(), day()).unwrap().map(black_box).count());
    });
    group.bench_function(BenchmarkId::from_parameter("two BTreeMaps, side by side"), |bencher| {
        bencher.iter(|| black_box(merged(&from, &to)).len());
    });
    group.bench_function(BenchmarkId::from_parameter("two BTreeMaps, a look-up a code"), |bencher| {
        bencher.iter(|| black_box(naive(&from, &to)).len());
    });
    group.bench_function(BenchmarkId::from_parameter("making the two BTreeMaps"), |bencher| {
        bencher.iter(|| map(before()).len() + map(day()).len());
    });
    group.finish();

    let all = codes();
    let mut numbers = Numbers::new(6);
    let own: Vec<Icd10CmCode> = (0..FAVOURITES).map(|_| all[numbers.below(all.len())]).collect();
    let texts: Vec<String> = own.iter().map(ToString::to_string).collect();
    let mut group = criterion.benchmark_group("diff of a year, 50 codes");
    group.bench_function(BenchmarkId::from_parameter("superbill"), |bencher| {
        bencher.iter(|| table.diff_of(own.iter().copied(), before(), day()).unwrap().map(black_box).count());
    });
    group.bench_function(BenchmarkId::from_parameter("two BTreeMaps"), |bencher| {
        bencher.iter(|| {
            let mut changes = Vec::new();
            texts.iter().for_each(|code| naive_of(code, &from, &to, &mut changes));
            black_box(changes).len()
        });
    });
    group.finish();
}

criterion_group!(benches, diff);
criterion_main!(benches);
