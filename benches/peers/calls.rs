//! The calls that `simple_icd_10_cm.py` measures of the Python package, answered by superbill: codes on standard input, one a line; a line of JSON on
//! standard output for each call, with nanoseconds a call and a sum that tells that it was done.
#![allow(clippy::print_stdout, missing_docs, reason = "a measurement")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use superbill_benches::day;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode, Icd10CmOn, NoteKind, Status};

/// How long each call is repeated.
const LONG_ENOUGH: Duration = Duration::from_millis(500);

fn measure(name: &str, texts: &[&str], call: impl Fn(&str) -> usize) {
    let begin = Instant::now();
    let (mut passes, mut sum) = (0u32, 0);
    while passes == 0 || begin.elapsed() < LONG_ENOUGH {
        sum = texts.iter().map(|text| call(black_box(text))).sum::<usize>();
        passes += 1;
    }
    let calls = f64::from(passes) * texts.len().max(1) as f64;
    println!(r#"{{"call":"{name}","ns":{:.2},"sum":{sum}}}"#, begin.elapsed().as_nanos() as f64 / calls);
}

/// The code, where it is one of the date.
fn code(on: Icd10CmOn<'_>, text: &str) -> Option<Icd10CmCode> {
    let code = Icd10CmCode::parse(text).ok()?;
    matches!(on.status(code), Status::Billable | Status::Header).then_some(code)
}

fn main() -> std::io::Result<()> {
    let begin = Instant::now();
    let on = Icd10Cm::bundled().on(day());
    let first = on.status(Icd10CmCode::parse("E11.9").map_err(std::io::Error::other)?);
    println!(
        r#"{{"call":"start","ns":{},"sum":{}}}"#,
        begin.elapsed().as_nanos(),
        usize::from(first == Status::Billable)
    );

    let input = std::io::read_to_string(std::io::stdin())?;
    let texts: Vec<&str> = input.lines().collect();
    measure("is_valid_item", &texts, |text| usize::from(code(on, text).is_some()));
    measure("get_description", &texts, |text| {
        code(on, text).and_then(|code| on.title(code)).map_or(0, |title| black_box(title).as_str().len())
    });
    // Codes above, then block and chapter.
    measure("get_ancestors", &texts, |text| {
        let Some(code) = code(on, text) else { return 0 };
        let divisions = usize::from(on.block(code).is_some()) + usize::from(on.chapter(code).is_some());
        on.ancestors(code).map(black_box).count() + divisions
    });
    measure("get_excludes1", &texts, |text| {
        let Some(code) = code(on, text) else { return 0 };
        let notes = on.notes(code).filter(|note| note.kind() == NoteKind::Excludes1);
        notes.filter(|note| note.owner().code() == Some(code)).inspect(|note| drop(black_box(note.words()))).count()
    });
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    if let Some(resident) = resident {
        println!(r#"{{"call":"resident","kib":{}}}"#, resident.trim());
    }
    Ok(())
}
