//! A look-up allocates nothing, the first one included.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use superbill_hcpcs::{Hcpcs, HcpcsCode, ModifierInfo, Status, modifier_conflicts};

/// Counts what is written and keeps nothing.
struct Count(usize);

impl core::fmt::Write for Count {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

#[test]
fn a_lookup_allocates_nothing() {
    use core::fmt::Write as _;

    let date = "2026-08-01".parse().unwrap();
    let line = ["GA".parse().unwrap(), "GZ".parse().unwrap()];
    let (mut confirmed, mut letters, mut conflicts) = (0, Count(0), 0);
    let allocations = allocation_counter::measure(|| {
        for text in ["J1885", "q4081", "A9500", "V5364", "D0120", "not a code"] {
            if let Ok(code) = HcpcsCode::parse(text) {
                let lookup = Hcpcs::bundled().on(date).lookup(code);
                confirmed += usize::from(lookup.status() == Status::Confirmed);
                if let Some(title) = lookup.title() {
                    write!(letters, "{title}").unwrap();
                }
                if let Some(record) = lookup.record() {
                    confirmed += record.pricing().count() + record.cross_references().count();
                }
            }
        }
        conflicts = modifier_conflicts(&line).count() + usize::from(ModifierInfo::of(line[0]).is_some());
    });
    assert!(confirmed >= 2 && letters.0 > 20 && conflicts == 2, "{confirmed} {} {conflicts}", letters.0);
    assert_eq!(allocations.count_total, 0, "allocations during look-ups");
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![0u8; 64])));
    assert!(counted.count_total > 0, "the counter counts");
}
