//! The fee schedule: the row of a code and modifier, beside what a program would otherwise use, and the payment of a day, in one run.
//!
//! The release is made up, of the size of a real one: 17,000 codes, 2,300 rows with 26 and TC. Rows are asked at random, each as likely as
//! any other. The peers hold the same rows by code and modifier: std `HashMap`, `ahash` and a sorted array.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;
use superbill_benches::{Numbers, QUESTIONS};
use superbill_core::{Modifier, PlaceOfService};
use superbill_edits::import::{gpci, mpfs};
use superbill_edits::payment::{Billing, PaymentLine, expected_payment};
use superbill_edits::{FeeSchedule, FeeScheduleRow, FeeSchedules, Gpci, Releases, ServiceCode};

/// The heading rows of the official text of 2026.
const HEADINGS: &str = "\
,,2026 National Physician Fee Schedule Relative Value File July Release,,
,,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
";

const INDICES: &str = "\
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI
10112,AL,00,FIRST,1.000,0.875,0.566
03602,WY,21,LAST,1.000,1.000,0.740
";

/// A made-up release in the official form.
fn release() -> String {
    let mut numbers = Numbers::new(11);
    let mut out = HEADINGS.to_owned();
    let mut row = |code: &str, modifier: &str, out: &mut String| {
        let mut value = || numbers.below(4000);
        let (work, practice, malpractice) = (value(), value(), value());
        let money = |hundredths: usize| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let total = money(work + practice + malpractice);
        let multiple = 2 * (work % 2);
        writeln!(
            out,
            "{code},{modifier},MADE UP,A,,{},{p},,{p},,{},{total},{total},1,XXX,0.00,0.00,0.00,{multiple},1,2,0,0,9,,33.4009,09,0,99,0.00,0.00,0.00",
            money(work),
            money(malpractice),
            p = money(practice),
        )
        .unwrap();
    };
    for number in 0..17_000 {
        // Codes that are spread as the real ones are, from 0 to V.
        let code = match number {
            0..12_000 => format!("{:05}", number * 8),
            _ => format!("{}{:04}", ['A', 'G', 'J', 'Q', 'V'][(number - 12_000) / 1000], (number % 1000) * 7),
        };
        row(&code, "", &mut out);
        if number % 15 == 0 {
            row(&code, "26", &mut out);
            row(&code, "TC", &mut out);
        }
    }
    out
}

/// A row by what it is asked by.
type Key = (ServiceCode, Option<Modifier>);

fn value(row: Option<FeeScheduleRow<'_>>) -> u32 {
    row.map_or(0, |row| row.total(true).hundredths())
}

fn rows(criterion: &mut Criterion) {
    let text = release();
    let bytes = mpfs("PPRRVU2026_Jul_nonQPP.csv", text.as_bytes(), None, None).unwrap();
    let schedule = FeeSchedule::from_bytes(&bytes).unwrap();
    let keys: Vec<Key> = schedule.iter().map(|row| (row.code(), row.modifier())).collect();
    let by_key: HashMap<Key, FeeScheduleRow<'_>> =
        schedule.iter().map(|row| ((row.code(), row.modifier()), row)).collect();
    let by_key_ahash: HashMap<Key, FeeScheduleRow<'_>, ahash::RandomState> =
        schedule.iter().map(|row| ((row.code(), row.modifier()), row)).collect();
    let sorted: Vec<(Key, FeeScheduleRow<'_>)> =
        schedule.iter().map(|row| ((row.code(), row.modifier()), row)).collect();
    assert!(sorted.is_sorted_by_key(|(key, _)| *key));
    let mut numbers = Numbers::new(12);
    let questions: Vec<Key> = (0..QUESTIONS).map(|_| keys[numbers.below(keys.len())]).collect();
    let mut group = criterion.benchmark_group("fee schedule row/random");
    group.throughput(Throughput::Elements(QUESTIONS as u64));
    let mut bench = |name: &str, ask: &dyn Fn() -> u32| {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(ask));
    };
    let sum = |of: &dyn Fn(&Key) -> u32| questions.iter().fold(0u32, |sum, key| sum.wrapping_add(of(key)));
    bench("superbill", &|| sum(&|key| value(schedule.row(key.0, key.1))));
    bench("HashMap", &|| sum(&|key| value(by_key.get(key).copied())));
    bench("ahash", &|| sum(&|key| value(by_key_ahash.get(key).copied())));
    bench("sorted binary search", &|| {
        sum(&|key| {
            let at = sorted.binary_search_by_key(key, |(key, _)| *key);
            value(at.ok().map(|at| sorted[at].1))
        })
    });
    group.finish();
}

fn imports(criterion: &mut Criterion) {
    let text = release();
    let mut group = criterion.benchmark_group("fee schedule import");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(10);
    group.bench_function("text with commas", |bencher| {
        bencher.iter(|| mpfs("PPRRVU2026_Jul_nonQPP.csv", black_box(text.as_bytes()), None, None).unwrap().len());
    });
    group.finish();
}

fn days(criterion: &mut Criterion) {
    let bytes = mpfs("PPRRVU2026_Jul_nonQPP.csv", release().as_bytes(), None, None).unwrap();
    let indices = gpci("GPCI2026.csv", INDICES.as_bytes(), None).unwrap();
    let schedules = FeeSchedules::new([FeeSchedule::from_bytes(&bytes).unwrap()]);
    let releases = Releases::new([Gpci::from_bytes(&indices).unwrap()]);
    let keys: Vec<Key> = schedules.iter().flat_map(FeeSchedule::iter).map(|row| (row.code(), row.modifier())).collect();
    let mut numbers = Numbers::new(13);
    let office = PlaceOfService::new(11).unwrap();
    let mut line = || {
        let (code, modifier) = keys[numbers.below(keys.len())];
        PaymentLine::new(code, office).with_modifiers(modifier)
    };
    let days: Vec<Vec<PaymentLine>> = (0..1024).map(|_| (0..5).map(|_| line()).collect()).collect();
    let billing = Billing::new("2026-08-03".parse().unwrap(), "WY-21".parse().ok());
    let mut group = criterion.benchmark_group("expected payment");
    group.throughput(Throughput::Elements(days.len() as u64));
    group.bench_function("day of 5 lines", |bencher| {
        bencher.iter(|| {
            let known = |day: &Vec<PaymentLine>| {
                let paid = expected_payment(&schedules, &releases, &billing, day);
                paid.iter().filter(|line| line.allowed().is_some()).count()
            };
            days.iter().map(known).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, rows, imports, days);
criterion_main!(benches);
