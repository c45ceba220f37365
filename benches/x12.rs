//! Finding the segments of an 837P, and reading it into claims, beside splitting its bytes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use superbill::claim::{Claim, Coverage, Party, PartyName, Payer, Person, Provider, ServiceLine};
use superbill::core::PersonName;
use superbill::edi::check::{CheckOptions, Checker, CodeSets};
use superbill::edi::{Envelope, read_professional, transactions, write_professional};
use superbill::hcpcs::HcpcsCode;
use superbill::x12::{Delimiters, Document, SegmentReader, StructuralIndex, checks};
use superbill::{DateRange, icd10cm::Icd10CmCode};

const CLAIMS: usize = 2_000;

/// A file of invented claims, two lines each.
fn file() -> Vec<u8> {
    let claim = |number: usize| -> Claim {
        let name = PartyName::Organization("TEST CLINIC".into());
        let clinic = Provider::new(name, Some("1234567893".parse().unwrap()));
        let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), format!("TEST{number:07}").parse().unwrap());
        let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
        let control_number = format!("CLAIM{number:07}").parse().unwrap();
        let mut claim = Claim::professional(control_number, "11".parse().unwrap(), clinic, coverage, patient);
        let diabetes = claim.diagnosis("E11.65".parse::<Icd10CmCode>().unwrap()).unwrap();
        let vaccine = claim.diagnosis("Z23".parse::<Icd10CmCode>().unwrap()).unwrap();
        let day = DateRange::single("2026-09-14".parse().unwrap());
        for (code, units, charge, pointer) in [("G0108", "2", "150.00", diabetes), ("G0008", "1", "35.00", vaccine)] {
            let code: HcpcsCode = code.parse().unwrap();
            let line = ServiceLine::new(code, day, units.parse().unwrap(), charge.parse().unwrap());
            claim.line(line.pointing_to([pointer]).with_control_number("1")).unwrap();
        }
        claim.build().unwrap()
    };
    let claims: Vec<Claim> = (0..CLAIMS).map(claim).collect();
    let mut submitter = Party::new("TEST CLINIC", "TESTCLINIC");
    submitter.contact = Some(superbill::claim::Contact::new(None, Some("4105550100".into())));
    let receiver = Party::new("TEST PAYER", "TESTPAYER");
    write_professional(&claims, &Envelope::new(submitter, receiver, "2026-09-16".parse().unwrap(), "0900")).unwrap()
}

fn professional(criterion: &mut Criterion) {
    let file = file();
    let mut group = criterion.benchmark_group("837p");
    group.throughput(Throughput::Bytes(file.len() as u64));
    let mut bench = |name: &str, work: &dyn Fn() -> usize| {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(work));
    };
    bench("superbill segments", &|| Document::read(&file).unwrap().segment_count());
    bench("superbill every element", &|| {
        Document::read(&file).unwrap().segments().map(|segment| segment.elements().count()).sum()
    });
    bench("superbill claims", &|| {
        let document = Document::read(&file).unwrap();
        transactions(&document).map(|transaction| read_professional(&transaction).unwrap().claims.len()).sum()
    });
    bench("split by segment", &|| file.split(|byte| *byte == b'~').count());
    bench("split by segment and element", &|| {
        file.split(|byte| *byte == b'~').map(|segment| segment.split(|byte| *byte == b'*').count()).sum()
    });
    bench("split into strings", &|| {
        let text = String::from_utf8(file.clone()).unwrap();
        let segments: Vec<Vec<String>> =
            text.split('~').map(|segment| segment.split('*').map(str::to_owned).collect()).collect();
        segments.len()
    });
    group.finish();
}

/// The structural index by both of its twins, beside copying the same bytes and a loop over them; then the readers that
/// stand on it.
fn structure(criterion: &mut Criterion) {
    // As large as a block of a reader's, so that it is the processor that is measured.
    let file = file();
    let delimiters = Delimiters::default();
    let mut group = criterion.benchmark_group("structure");
    group.throughput(Throughput::Bytes(file.len() as u64));
    let mut copy = vec![0u8; file.len()];
    group.bench_function("copy", |bencher| bencher.iter(|| copy.copy_from_slice(&file)));
    let mut index = StructuralIndex::new();
    group.bench_function("index", |bencher| bencher.iter(|| index.index(&file, &delimiters).unwrap().len()));
    group.bench_function("index without vectors", |bencher| {
        bencher.iter(|| checks::index_without_vectors(&mut index, &file, &delimiters).len());
    });
    let mut places: Vec<u32> = Vec::new();
    group.bench_function("loop over bytes", |bencher| {
        bencher.iter(|| {
            places.clear();
            places.extend((0u32..).zip(&file).filter(|(_, byte)| delimiters.contains(**byte)).map(|(place, _)| place));
            places.len()
        });
    });
    group.bench_function("index, then segments", |bencher| {
        bencher.iter(|| {
            let marks = index.index(&file, &delimiters).unwrap();
            let mut start = 0;
            let mut bytes = 0;
            for &mark in marks {
                let place = mark as usize;
                if file[place] == delimiters.segment {
                    bytes += file[start..place].len();
                    start = place + 1;
                }
            }
            bytes
        });
    });
    group.bench_function("document", |bencher| bencher.iter(|| Document::read(&file).unwrap().segment_count()));
    let stream = |each: &dyn Fn(superbill::x12::Segment<'_>) -> usize| {
        let mut reader = SegmentReader::new(&file[..]);
        let mut sum = 0;
        while let Some(segment) = reader.next_segment().unwrap() {
            sum += each(segment);
        }
        sum
    };
    group.bench_function("stream", |bencher| bencher.iter(|| stream(&|segment| segment.raw().len())));
    group.bench_function("stream, every element", |bencher| {
        bencher.iter(|| stream(&|segment| segment.elements().map(|element| element.bytes().len()).sum()));
    });
    group.bench_function("stream, four elements by number", |bencher| {
        bencher.iter(|| stream(&|segment| (1..=4).map(|n| segment.element(n).bytes().len()).sum()));
    });
    group.finish();
}

/// The checks of an 837P by SNIP types, beside splitting its bytes into owned strings.
fn check(criterion: &mut Criterion) {
    let file = file();
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(file.len() as u64));
    for snip in [1, 2, 3, 4, 5, 7] {
        group.bench_function(format!("superbill, types 1 to {snip}"), |bencher| {
            bencher.iter(|| {
                let mut checker = Checker::new(CheckOptions::up_to(snip)).with_code_sets(CodeSets::bundled());
                let mut findings = 0;
                checker.read(&file[..], &mut |_| findings += 1, &mut |_| {}).unwrap();
                findings
            });
        });
    }
    group.bench_function("split into strings", |bencher| {
        bencher.iter(|| {
            let text = String::from_utf8(file.clone()).unwrap();
            let segments: Vec<Vec<String>> =
                text.split('~').map(|segment| segment.split('*').map(str::to_owned).collect()).collect();
            segments.len()
        });
    });
    group.finish();
}

criterion_group! {
    name = x12;
    config = Criterion::default().sample_size(30).warm_up_time(std::time::Duration::from_millis(500)).measurement_time(std::time::Duration::from_secs(2));
    targets = structure, check, professional
}
criterion_main!(x12);
