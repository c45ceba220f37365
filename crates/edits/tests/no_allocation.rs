//! A look-up makes no room on the heap.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

mod support;

use superbill_edits::{
    AddOns, DmeposFees, DrugPrices, LaboratoryFees, Mue, MueService, NcciModifiers, Opps, Program, PtpColumn,
    ServiceLine, UnitsAnswer, import, list_checks,
};
use support::{code, day};

#[test]
fn look_ups_allocate_nothing() {
    let on = day("2026-07-01");
    let seed = |at: usize| list_checks::SEEDS.get(at).unwrap().as_bytes();
    let mue = import::mue("mue", seed(0), MueService::Practitioner, Program::Medicare, Some(on)).unwrap();
    let add_on = import::add_on("aoc", seed(1), Program::Medicare, Some(on)).unwrap();
    let modifiers = import::ncci_modifiers("list", seed(3), Program::Medicare).unwrap();
    let opps = import::opps("addendum b", seed(4), Some(on)).unwrap();
    let clfs = import::clfs("clfs", seed(5), Some(on)).unwrap();
    let asp = import::asp("asp", seed(6), Some(on)).unwrap();
    let dmepos = import::dmepos("dmepos", seed(7), Some(on)).unwrap();
    let new = "NU".parse().unwrap();
    let lines = [ServiceLine::new(code("A0001"), 5, on), ServiceLine::new(code("A0001"), 1, on)];
    let info = allocation_counter::measure(|| {
        let mue = Mue::from_bytes(&mue).unwrap();
        assert!(mue.edit(code("A0002")).is_some_and(|edit| edit.rationale == "CMS Policy"));
        assert!(matches!(mue.units(code("A0001"), on, &lines), UnitsAnswer::Exceeds(_)));
        let add_on = AddOns::from_bytes(&add_on).unwrap();
        let _ = add_on.check(code("G0002"), &[code("A0001"), code("G0001")], on);
        assert_eq!(add_on.primaries(code("G0002"), on).count(), 1);
        for list in [NcciModifiers::bundled(Program::Medicare), NcciModifiers::from_bytes(&modifiers).unwrap()] {
            assert_eq!(list.bypasses("59".parse().unwrap(), PtpColumn::One, on), Some(true));
        }
        assert!(Opps::from_bytes(&opps).unwrap().service(code("G0001")).is_some());
        assert!(LaboratoryFees::from_bytes(&clfs).unwrap().fee(code("G0001"), &["QW".parse().unwrap()]).is_some());
        assert!(DrugPrices::from_bytes(&asp).unwrap().price(code("J0001")).is_some());
        let item = DmeposFees::from_bytes(&dmepos).unwrap().item(code("E0001"), &[new]).unwrap();
        assert!(item.fee("AL", true).is_some());
    });
    assert_eq!(info.count_total, 0);
}
