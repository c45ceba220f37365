//! A look-up allocates nothing, the first one included.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use superbill_icd10cm::{Icd10Cm, Icd10CmCode};

#[test]
fn a_lookup_allocates_nothing() {
    let date = "2026-10-05".parse().unwrap();
    let texts = ["E11.65", "s93401a", "T07.XXXA", "QA0.0101", "E11", "A99.99", "not a code", ""];
    let mut found = 0;
    let allocations = allocation_counter::measure(|| {
        for text in texts {
            if let Ok(code) = Icd10CmCode::parse(text) {
                let on = Icd10Cm::bundled().on(date);
                let lookup = on.lookup(code);
                found += usize::from(lookup.title().is_some_and(|title| !title.as_str().is_empty()));
                found += usize::from(on.is_billable(code)) + on.ancestors(code).count();
            }
        }
    });
    assert!(found > 10, "the look-ups found {found}");
    assert_eq!(allocations.count_total, 0, "allocations during look-ups");
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![0u8; 64])));
    assert!(counted.count_total > 0, "the counter counts");
}

#[test]
fn notes_and_conflicts_allocate_nothing_once_the_list_has_grown() {
    let on = Icd10Cm::bundled().on("2026-05-01".parse().unwrap());
    let texts = [
        "E11.65", "R73.03", "I12.9", "N18.4", "D63.1", "S93.401A", "J44.1", "F02.80", "M17.11", "M17.12", "E11.65",
        "Z79.4",
    ];
    let codes: Vec<Icd10CmCode> = texts.iter().map(|text| text.parse().unwrap()).collect();
    let mut found = Vec::with_capacity(64);
    let mut notes = 0;
    let allocations = allocation_counter::measure(|| {
        on.conflicts(&codes, &mut found);
        on.conflicts(&codes, &mut found);
        for code in &codes {
            notes += on.notes(*code).filter(|note| note.targets().contains(codes[1]) || note.is_conditional()).count();
        }
    });
    assert!(found.len() > 10 && notes > 10, "{} and {notes}", found.len());
    assert_eq!(allocations.count_total, 0, "allocations during the check");
}
