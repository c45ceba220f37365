//! What holds for any lines, dates and files.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use proptest::prelude::*;
use superbill_core::{Date, DateRange};
use superbill_edits::{
    AddOnAnswer, AddOns, InForce, Mue, MueAdjudication, MueService, Program, ServiceCode, ServiceLine, UnitsAnswer,
    import,
};
use support::{code, day, modifier};

const CODES: [&str; 4] = ["A0001", "A0002", "A0003", "G0001"];

fn mue(values: &[(u32, u8)]) -> Vec<u8> {
    let mut text =
        String::from("HCPCS/CPT Code,DME Supplier Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n");
    for (code, (value, indicator)) in CODES.iter().zip(values) {
        text.push_str(&format!("{code},{value},{indicator},Nature of Equipment\n"));
    }
    import::mue("MUE_Eff_07-01-2026.csv", text.as_bytes(), MueService::Dme, Program::Medicare, None).unwrap()
}

fn first() -> Date {
    day("2026-07-01")
}

/// Lines of a few codes, days and spans, some with modifiers.
fn lines() -> impl Strategy<Value = Vec<ServiceLine>> {
    let line = (0..CODES.len(), 0u32..40, 0i32..8, 0i32..5, prop::sample::select(vec!["", "50", "RT", "LT", "59"]));
    let line = line.prop_map(|(of, units, start, length, with)| {
        let start = first().add_days(start).unwrap();
        let days = DateRange::new(start, Some(start.add_days(length).unwrap())).unwrap();
        ServiceLine::new(code(CODES[of]), units, start).over(days).with([modifier(with), None, None, None])
    });
    prop::collection::vec(line, 0..8)
}

fn values() -> impl Strategy<Value = Vec<(u32, u8)>> {
    prop::collection::vec((0u32..30, 1u8..=3), CODES.len())
}

/// Units of a day of a line, rounded in another way: the nearest whole number, found by trying.
fn naive(line: &ServiceLine, on: Date) -> Option<u64> {
    if !line.days.contains(on) {
        return None;
    }
    let days = u64::from(line.days.days().unwrap());
    (0..=u64::from(line.units)).rev().find(|units| (2 * units).saturating_sub(1) * days <= 2 * u64::from(line.units))
}

proptest! {
    #[test]
    fn units_across_lines_spans_and_bilateral_lines_sum_by_indicator(values in values(), lines in lines(), on in -1i32..13) {
        let bytes = mue(&values);
        let mue = Mue::from_bytes(&bytes).unwrap();
        let on = first().add_days(on).unwrap();
        for (of, (value, indicator)) in CODES.iter().zip(values) {
            let units: Vec<u64> =
                lines.iter().filter(|line| line.code == code(of)).filter_map(|line| naive(line, on)).collect();
            let answer = mue.units(code(of), on, &lines);
            if on < first() {
                prop_assert_eq!(answer, UnitsAnswer::CannotTell);
                continue;
            }
            let (exceeds, count) = match answer {
                UnitsAnswer::Within(count) => (false, count),
                UnitsAnswer::Exceeds(count) => (true, count),
                other => panic!("{other:?}"),
            };
            let value = u64::from(value);
            let by_line = indicator == 1;
            let compared = if by_line { units.iter().copied().max().unwrap_or(0) } else { units.iter().sum() };
            let denied = match (by_line, compared > value) {
                (true, _) => units.iter().filter(|units| **units > value).count(),
                (false, true) => units.len(),
                (false, false) => 0,
            };
            prop_assert_eq!((count.units, exceeds, count.lines, count.denied_lines), (compared, compared > value, units.len(), denied));
            prop_assert_eq!(count.compares, MueAdjudication::from_indicator(indicator).unwrap());
            prop_assert_eq!(lines.iter().filter(|line| count.denies(line)).count(), denied);
        }
    }

    #[test]
    fn the_order_of_lines_does_not_matter(values in values(), lines in lines(), turn in 0usize..8, on in 0i32..13) {
        let bytes = mue(&values);
        let mue = Mue::from_bytes(&bytes).unwrap();
        let on = first().add_days(on).unwrap();
        let mut other = lines.clone();
        other.reverse();
        if !other.is_empty() {
            let at = turn % other.len();
            other.rotate_left(at);
        }
        for of in CODES {
            prop_assert_eq!(mue.units(code(of), on, &lines), mue.units(code(of), on, &other));
        }
    }

    #[test]
    fn a_line_more_never_makes_units_fewer(values in values(), lines in lines(), on in 0i32..13) {
        let bytes = mue(&values);
        let mue = Mue::from_bytes(&bytes).unwrap();
        let on = first().add_days(on).unwrap();
        for of in CODES {
            let mut exceeded = false;
            for end in 0..=lines.len() {
                let exceeds = matches!(mue.units(code(of), on, &lines[..end]), UnitsAnswer::Exceeds(_));
                prop_assert!(exceeds || !exceeded);
                exceeded = exceeds;
            }
        }
    }

    #[test]
    fn a_span_of_equal_days_is_as_many_lines(values in values(), each in 0u32..40, length in 0i32..6, on in 0i32..6) {
        let bytes = mue(&values);
        let mue = Mue::from_bytes(&bytes).unwrap();
        let last = first().add_days(length).unwrap();
        let span = ServiceLine::new(code("A0001"), each * (length.unsigned_abs() + 1), first())
            .over(DateRange::new(first(), Some(last)).unwrap());
        let single: Vec<_> =
            (0..=length).map(|at| ServiceLine::new(code("A0001"), each, first().add_days(at).unwrap())).collect();
        let on = first().add_days(on).unwrap();
        prop_assert_eq!(mue.units(code("A0001"), on, &[span]), mue.units(code("A0001"), on, &single));
    }

    #[test]
    fn an_add_on_answers_as_a_scan_at_both_ends_of_each_interval(
        rows in prop::collection::vec((1u8..=3, 0usize..4, 0usize..5, 0i32..100, 0i32..100), 0..12),
        on in -2i32..95,
        codes in prop::collection::vec(0usize..4, 0..3),
    ) {
        // Numbers of codes; 4 is the contractor's.
        let name = |at: usize| CODES.get(at).copied().unwrap_or("CCCCC");
        let start = day("2026-06-15");
        let julian = |date: Date| format!("{}{:03}", date.year(), Date::new(date.year(), 1, 1).unwrap().days_until(date) + 1);
        let mut text = String::from("AOC_Edit_Type\tAdd-On_Code\tPrimary_Code\tAOC_Edit_EffDT\tAOC_Edit_DelDT\n");
        let mut edits = Vec::new();
        for (kind, add_on, primary, begin, length) in rows {
            let primary = if kind == 1 { primary % 4 } else { primary };
            let (begin, end) = (start.add_days(begin).unwrap(), start.add_days(begin + length - 5).unwrap());
            text.push_str(&format!("{kind}\t{}\t{}\t{}\t{}\n", name(add_on), name(primary), julian(begin), julian(end)));
            edits.push((kind, add_on, primary, begin, end));
        }
        prop_assume!(!edits.is_empty());
        let bytes = import::add_on("AOC_V2026Q3-MCR.txt", text.as_bytes(), Program::Medicare, None).unwrap();
        let table = AddOns::from_bytes(&bytes).unwrap();
        table.verify().unwrap();
        let on = first().add_days(on).unwrap();
        let days: Vec<Date> = edits.iter().flat_map(|(.., begin, end)| [*begin, *end]).chain([on]).collect();
        let asked: Vec<ServiceCode> = codes.iter().map(|at| code(CODES[*at])).collect();
        for on in days.into_iter().flat_map(|day| [day.yesterday().unwrap(), day, day.tomorrow().unwrap()]) {
            for (add_on, of) in CODES.iter().enumerate() {
                let active: Vec<_> =
                    edits.iter().filter(|edit| edit.1 == add_on && edit.3 <= on && on <= edit.4).collect();
                let found = codes.iter().find(|at| active.iter().any(|edit| edit.2 == **at));
                let expected = match found {
                    _ if !table.in_force().contains(on) => AddOnAnswer::CannotTell,
                    Some(at) => AddOnAnswer::Satisfied(code(CODES[*at])),
                    None if active.iter().any(|edit| edit.0 != 1) => AddOnAnswer::ContractorDecides,
                    None if active.is_empty() => AddOnAnswer::NotAddOn,
                    None => AddOnAnswer::Missing,
                };
                prop_assert_eq!(table.check(code(of), &asked, on), expected, "{} on {}", of, on);
            }
        }
    }

    #[test]
    fn any_text_is_refused_or_gives_a_sound_table(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0usize..400, from in 0usize..12) {
        let seeds = superbill_edits::list_checks::SEEDS;
        let mut seed = seeds[from % seeds.len()].as_bytes().to_vec();
        let at = cut % (seed.len() + 1);
        seed.splice(at..(at + bytes.len() / 8).min(seed.len()), bytes.iter().copied().take(20));
        prop_assert_eq!(superbill_edits::list_checks::check_import(&bytes), Ok(()));
        prop_assert_eq!(superbill_edits::list_checks::check_import(&seed), Ok(()));
    }
}
