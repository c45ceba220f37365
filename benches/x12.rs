//! Finding the segments of an 837P, and reading it into claims, beside splitting its bytes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use superbill::claim::{Claim, Coverage, Party, PartyName, Payer, Person, Provider, ServiceLine};
use superbill::core::PersonName;
use superbill::edi::{Envelope, read_professional, transactions, write_professional};
use superbill::hcpcs::HcpcsCode;
use superbill::x12::Document;
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

criterion_group! {
    name = x12;
    config = Criterion::default().sample_size(30).warm_up_time(std::time::Duration::from_millis(500)).measurement_time(std::time::Duration::from_secs(2));
    targets = professional
}
criterion_main!(x12);
