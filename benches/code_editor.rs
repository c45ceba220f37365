//! The code editor: what a procedure is on a day, beside what a program would otherwise use, and the edits of a whole stay, in one run.
//!
//! Procedures are asked at random, each as likely as any other. The peers hold the same periods with their days and marks by packed code:
//! std `HashMap`, `ahash` and a sorted array. A stay has a principal diagnosis, eleven secondary ones and four procedures.
#![allow(
    missing_docs,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::HashMap;
use std::hint::black_box;
use superbill_benches::{Numbers, QUESTIONS, day};
use superbill_core::{Icd10PcsCode, Sex};
use superbill_edits::code_editor::{CaseDiagnosis, CodeEditor, InpatientCase, ProcedureFlags, ProcedurePeriod};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode};

/// Stays of a pass.
const STAYS: usize = 4096;

fn questions(codes: &[Icd10PcsCode]) -> Vec<Icd10PcsCode> {
    let mut numbers = Numbers::new(8);
    (0..QUESTIONS).map(|_| codes[numbers.below(codes.len())]).collect()
}

/// Codes that do not exist: the third character is another one.
fn misses(codes: &[Icd10PcsCode], questions: &[Icd10PcsCode]) -> Vec<Icd10PcsCode> {
    let changed = questions.iter().map(|code| {
        let others = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".chars();
        let text = code.as_str();
        let mut codes_of = others.map(|other| format!("{}{other}{}", &text[..2], &text[3..]).parse().unwrap());
        codes_of.find(|other| codes.binary_search(other).is_err()).unwrap_or("ZZZZZZZ".parse().unwrap())
    });
    changed.collect()
}

fn marks(periods: &[ProcedurePeriod]) -> ProcedureFlags {
    let on = periods.iter().rev().find(|period| period.valid.contains(day()));
    on.map_or(ProcedureFlags::NONE, |period| period.flags)
}

fn procedures(criterion: &mut Criterion) {
    let editor = CodeEditor::bundled();
    let codes: Vec<Icd10PcsCode> = editor.procedures().collect();
    let periods = |code: &Icd10PcsCode| editor.procedure_periods(*code).collect::<Vec<_>>();
    let by_key: HashMap<u64, Vec<ProcedurePeriod>> = codes.iter().map(|code| (code.packed(), periods(code))).collect();
    let by_key_ahash: HashMap<u64, Vec<ProcedurePeriod>, ahash::RandomState> =
        codes.iter().map(|code| (code.packed(), periods(code))).collect();
    let sorted: Vec<(u64, Vec<ProcedurePeriod>)> = codes.iter().map(|code| (code.packed(), periods(code))).collect();
    let random = questions(&codes);
    for (kind, questions) in [("miss", misses(&codes, &random)), ("random", random)] {
        let texts: Vec<String> = questions.iter().map(Icd10PcsCode::to_string).collect();
        let mut group = criterion.benchmark_group(format!("procedure/{kind}"));
        group.throughput(Throughput::Elements(QUESTIONS as u64));
        let mut bench = |name: &str, ask: &dyn Fn() -> usize| {
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(ask));
        };
        bench("superbill", &|| {
            let on = CodeEditor::bundled().on(day());
            questions.iter().filter(|code| !on.procedure(**code).flags.is_empty()).count()
        });
        bench("superbill from text", &|| {
            let on = CodeEditor::bundled().on(day());
            let code = |text: &String| Icd10PcsCode::parse(text).is_ok_and(|code| on.procedure(code).is_valid());
            texts.iter().filter(|text| code(text)).count()
        });
        bench("HashMap u64", &|| {
            questions.iter().filter(|code| by_key.get(&code.packed()).is_some_and(|all| !marks(all).is_empty())).count()
        });
        bench("ahash u64", &|| {
            let found =
                |code: &Icd10PcsCode| by_key_ahash.get(&code.packed()).is_some_and(|all| !marks(all).is_empty());
            questions.iter().filter(|code| found(code)).count()
        });
        bench("sorted binary search", &|| {
            let place = |code: &Icd10PcsCode| sorted.binary_search_by_key(&code.packed(), |(key, _)| *key);
            questions.iter().filter(|code| place(code).is_ok_and(|at| !marks(&sorted[at].1).is_empty())).count()
        });
        group.finish();
    }
}

fn stays() -> Vec<InpatientCase> {
    let diagnoses: Vec<Icd10CmCode> = Icd10Cm::bundled().on(day()).billable().collect();
    let procedures: Vec<Icd10PcsCode> = CodeEditor::bundled().on(day()).procedures().collect();
    let mut numbers = Numbers::new(9);
    let mut stay = || InpatientCase {
        discharge_date: day(),
        age: u16::try_from(numbers.below(100)).ok(),
        sex: if numbers.below(2) == 0 { Sex::Female } else { Sex::Male },
        discharge_status: 1,
        length_of_stay: Some(3),
        admitting_diagnosis: None,
        principal_diagnosis: CaseDiagnosis::new(&diagnoses[numbers.below(diagnoses.len())].undotted()),
        secondary_diagnoses: (0..11)
            .map(|_| CaseDiagnosis::new(&diagnoses[numbers.below(diagnoses.len())].undotted()))
            .collect(),
        procedures: (0..4).map(|_| procedures[numbers.below(procedures.len())].to_string()).collect(),
    };
    (0..STAYS).map(|_| stay()).collect()
}

fn edits(criterion: &mut Criterion) {
    let stays = stays();
    let mut group = criterion.benchmark_group("edits");
    group.throughput(Throughput::Elements(STAYS as u64));
    group.bench_function("stay of 12 diagnoses and 4 procedures", |bencher| {
        bencher.iter(|| {
            let editor = black_box(CodeEditor::bundled());
            let found =
                |stay: &InpatientCase| editor.edit(Icd10Cm::bundled(), stay).map_or(0, |findings| findings.len());
            stays.iter().map(found).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, procedures, edits);
criterion_main!(benches);
