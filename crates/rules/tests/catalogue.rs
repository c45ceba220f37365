//! The catalogue, rule by rule: what fires, what is clear, what only looks like the fault, and where a date turns the answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
#![cfg(feature = "bundled")]

mod support;

use std::collections::BTreeSet;
use superbill_claim::{Claim, DiagnosisCode, DiagnosisPointer, Disposition};
use superbill_core::{Modifier, Money};
use superbill_rules::{Engine, Evaluated, Fix, FormatEdit, Profile, catalogue};
use support::{
    all_in_short, claim, clinic, day, doctor, dollars, evaluated, line, meta, missing, only, scrub, with, without_npi,
};

/// Why a case is in the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// The fault is there.
    Firing,
    /// The fault is not there.
    Clear,
    /// It looks like the fault and is none.
    NearMiss,
    /// The last day of one answer, and the first of the next.
    Before,
    After,
    /// The rule cannot judge.
    CannotTell,
}
use Kind::{After, Before, CannotTell, Clear, Firing, NearMiss};

struct Case {
    rule: &'static str,
    kind: Kind,
    says: &'static str,
    claim: Claim,
    /// All findings of all rules.
    found: &'static [&'static str],
}

fn case(rule: &'static str, kind: Kind, says: &'static str, claim: Claim, found: &'static [&'static str]) -> Case {
    Case { rule, kind, says, claim, found }
}

const VISIT: &str = "2026-10-05 G0108 150.00 A";

/// A visit on one day for one diagnosis.
fn visit(diagnosis: &str, on: &str) -> Claim {
    claim(&[diagnosis], &[&format!("{on} G0108 150.00 A")])
}

/// A visit on one day for two diagnoses.
fn visit_for_two(one: &str, other: &str, on: &str) -> Claim {
    claim(&[one, other], &[&format!("{on} G0108 150.00 AB")])
}

/// A good claim with a change.
fn good_but(change: impl FnOnce(&mut Claim)) -> Claim {
    with(claim(&["E11.9"], &[VISIT]), change)
}

fn administrative() -> Vec<Case> {
    let one_digit_changed = |at: usize| {
        let mut digits = *b"1234567893";
        digits[at] = if digits[at] == b'9' { b'8' } else { digits[at] + 1 };
        // The first digit is 1 or 2, the others may be anything.
        String::from_utf8(digits.to_vec()).unwrap()
    };
    let mut cases: Vec<Case> = (0..10)
        .map(|at| {
            let claim = good_but(|claim| claim.billing_provider = clinic(&one_digit_changed(at)));
            case("AD001", Firing, "one digit is wrong", claim, &["AD001 fires reject /billing_provider/npi"])
        })
        .collect();
    cases.extend([
        case("AD001", Clear, "the worked example of CMS", good_but(|_| {}), &[]),
        case(
            "AD001",
            Firing,
            "the referring provider's NPI",
            good_but(|claim| claim.referring_provider = Some(doctor("REFER", "1234567890"))),
            &["AD001 fires reject /referring_provider/npi"],
        ),
        case(
            "AD001",
            Firing,
            "the rendering provider's NPI",
            good_but(|claim| claim.rendering_provider = Some(doctor("RENDER", "1234567890"))),
            &["AD001 fires reject /rendering_provider/npi"],
        ),
        case(
            "AD001",
            Firing,
            "the service facility's NPI",
            good_but(|claim| claim.service_facility = Some(clinic("1234567890"))),
            &["AD001 fires reject /service_facility/npi"],
        ),
        case(
            "AD001",
            Firing,
            "the NPI of who rendered one line",
            good_but(|claim| claim.lines[0].rendering_provider = Some(doctor("RENDER", "1234567890"))),
            &["AD001 fires reject /lines/0/rendering_provider/npi"],
        ),
        case(
            "AD001",
            Firing,
            "a state licence where the NPI belongs",
            good_but(|claim| claim.billing_provider = without_npi("BILL", Some("ZZ12345"))),
            &["AD001 fires reject /billing_provider/npi"],
        ),
        case(
            "AD001",
            Firing,
            "every provider is wrong in his own way",
            good_but(|claim| {
                claim.billing_provider = clinic("1234567890");
                claim.rendering_provider = Some(without_npi("RENDER", Some("3234567893")));
                claim.lines[0].rendering_provider = Some(doctor("OTHER", "2000000000"));
            }),
            &[
                "AD001 fires reject /billing_provider/npi",
                "AD001 fires reject /rendering_provider/npi",
                "AD001 fires reject /lines/0/rendering_provider/npi",
            ],
        ),
        case(
            "AD001",
            NearMiss,
            "the NPI begins with 2 and its check digit fits",
            good_but(|claim| claim.rendering_provider = Some(doctor("RENDER", "2234567891"))),
            &[],
        ),
        case(
            "AD001",
            NearMiss,
            "an atypical provider has no NPI beside one who has",
            good_but(|claim| claim.rendering_provider = Some(without_npi("RENDER", None))),
            &[],
        ),
        case(
            "AD011",
            Firing,
            "a line was changed after the total was written",
            with(claim(&["E11.9"], &["2026-10-05 G0108 150.00 A", "2026-10-05 J1885 30.00 A"]), |claim| {
                claim.total_charge = dollars("185.00")
            }),
            &["AD011 fires reject /total_charge"],
        ),
        case(
            "AD011",
            Clear,
            "the total is the sum",
            claim(&["E11.9"], &["2026-10-05 G0108 150.00 A", "2026-10-05 J1885 30.00 A"]),
            &[],
        ),
        case("AD011", NearMiss, "no charge at all", claim(&["E11.9"], &["2026-10-05 G0108 0.00 A"]), &[]),
        case(
            "AD011",
            Firing,
            "one cent",
            good_but(|claim| claim.total_charge = dollars("150.01")),
            &["AD011 fires reject /total_charge"],
        ),
        case(
            "AD011",
            Firing,
            "the lines sum to more than money can hold",
            with(claim(&["E11.9"], &["2026-10-05 G0108 1.00 A", "2026-10-05 J1885 1.00 A"]), |claim| {
                claim.lines[0].charge = Money::from_cents(i64::MAX);
            }),
            &["AD011 fires reject /total_charge"],
        ),
        case(
            "DX050",
            Firing,
            "a line kept the letter of a diagnosis that was removed",
            claim(&["E11.9", "I10"], &["2026-10-05 G0108 150.00 AC"]),
            &["DX050 fires reject /lines/0/diagnosis_pointers/1"],
        ),
        case(
            "DX050",
            Firing,
            "no pointer",
            claim(&["E11.9"], &["2026-10-05 G0108 150.00 -"]),
            &["DX050 fires reject /lines/0"],
        ),
        case(
            "DX050",
            Firing,
            "five pointers",
            claim(&["E11.9", "I10", "Z79.4", "Z23", "N18.6"], &["2026-10-05 G0108 150.00 ABCDE"]),
            &["DX050 fires reject /lines/0"],
        ),
        case(
            "DX050",
            Firing,
            "a pointer of ordinal 0, as a file may have it",
            good_but(|claim| claim.lines[0].diagnosis_pointers = vec![DiagnosisPointer::from_ordinal(0)]),
            &["DX050 fires reject /lines/0/diagnosis_pointers/0"],
        ),
        case(
            "DX050",
            Firing,
            "each line by itself",
            claim(&["E11.9"], &[VISIT, "2026-10-05 J1885 30.00 B", "2026-10-05 G0008 20.00 BL"]),
            &[
                "DX050 fires reject /lines/1/diagnosis_pointers/0",
                "DX050 fires reject /lines/2/diagnosis_pointers/0",
                "DX050 fires reject /lines/2/diagnosis_pointers/1",
            ],
        ),
        case("DX050", Clear, "one pointer", claim(&["E11.9", "I10"], &["2026-10-05 G0108 150.00 B"]), &[]),
        case(
            "DX050",
            NearMiss,
            "four pointers, the last to the last diagnosis",
            claim(&["E11.9", "I10", "Z79.4", "Z23"], &["2026-10-05 G0108 150.00 ABCD"]),
            &[],
        ),
    ]);
    cases
}

fn duplicates() -> Vec<Case> {
    let two = |one: &str, other: &str| claim(&["E11.9"], &[one, other]);
    let repeats: &[&str] = &["DU001 fires review /lines/1"];
    vec![
        case("DU001", Firing, "a charge was captured twice", two(VISIT, VISIT), repeats),
        case(
            "DU001",
            Firing,
            "the modifiers are the same in another order",
            two("2026-10-05 J1885-JZ-XS 30.00 A", "2026-10-05 J1885-XS-JZ 30.00 A"),
            repeats,
        ),
        case(
            "DU001",
            Firing,
            "another charge and another diagnosis make no other service",
            claim(&["E11.9", "I10"], &[VISIT, "2026-10-05 G0108 90.00 B"]),
            repeats,
        ),
        case(
            "DU001",
            Firing,
            "two repeat the first",
            claim(&["E11.9"], &[VISIT, VISIT, VISIT]),
            &["DU001 fires review /lines/1", "DU001 fires review /lines/2"],
        ),
        case(
            "DU001",
            Firing,
            "the place of the claim is written on one line",
            with(two(VISIT, VISIT), |claim| claim.lines[1].place_of_service = Some("11".parse().unwrap())),
            repeats,
        ),
        case(
            "DU001",
            Firing,
            "one provider under two spellings",
            {
                with(two(VISIT, VISIT), |claim| {
                    claim.lines[0].rendering_provider = Some(doctor("RENDER", "1234567893"));
                    claim.lines[1].rendering_provider = Some(doctor("RENDER JR", "1234567893"));
                })
            },
            repeats,
        ),
        case(
            "DU001",
            Firing,
            "the billing provider is named as rendering provider on one line",
            with(two(VISIT, VISIT), |claim| claim.lines[1].rendering_provider = Some(doctor("BILL", "1234567893"))),
            repeats,
        ),
        case("DU001", Clear, "two services", two(VISIT, "2026-10-05 J1885 30.00 A"), &[]),
        case(
            "DU001",
            NearMiss,
            "a modifier says that it was repeated",
            two(VISIT, "2026-10-05 G0108-76 150.00 A"),
            &[],
        ),
        case("DU001", NearMiss, "another day", two(VISIT, "2026-10-06 G0108 150.00 A"), &[]),
        case(
            "DU001",
            NearMiss,
            "the same first day, another last",
            two(VISIT, "2026-10-05/2026-10-06 G0108 150.00 A"),
            &[],
        ),
        case(
            "DU001",
            NearMiss,
            "another place",
            with(two(VISIT, VISIT), |claim| claim.lines[1].place_of_service = Some("12".parse().unwrap())),
            &[],
        ),
        case(
            "DU001",
            NearMiss,
            "another provider",
            {
                with(two(VISIT, VISIT), |claim| claim.lines[1].rendering_provider = Some(doctor("OTHER", "2234567891")))
            },
            &[],
        ),
        case(
            "DU001",
            NearMiss,
            "two atypical providers",
            {
                with(two(VISIT, VISIT), |claim| {
                    claim.lines[0].rendering_provider = Some(without_npi("ONE", None));
                    claim.lines[1].rendering_provider = Some(without_npi("OTHER", None));
                })
            },
            &[],
        ),
    ]
}

fn diagnoses() -> Vec<Case> {
    vec![
        case("DX001", Firing, "no such code", visit("E11.99", "2026-10-05"), &["DX001 fires reject /diagnoses/0"]),
        case(
            "DX001",
            Firing,
            "no such category",
            visit("A99.9999", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "a code of ICD-9-CM",
            visit("250.00", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "a comma for the dot",
            visit("E11,9", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "placeholders without the seventh character",
            visit("T07.XXX", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "the second of two, and on two days it is told once",
            claim(&["E11.9", "E11.99"], &["2026-10-05 G0108 150.00 AB", "2026-10-06 G0108 150.00 B"]),
            &["DX001 fires reject /diagnoses/1"],
        ),
        case("DX001", Clear, "a code that is there", visit("E11.9", "2026-10-05"), &[]),
        case("DX001", NearMiss, "small letters without the dot", visit("e119", "2026-10-05"), &[]),
        case("DX001", NearMiss, "a letter in the second place", visit("QA0.0101", "2026-10-05"), &[]),
        case("DX001", NearMiss, "placeholders with the seventh character", visit("T07.XXXA", "2026-10-05"), &[]),
        case("DX001", Before, "the last day of the table", visit("E11.9", "2027-03-31"), &[]),
        case("DX001", After, "the day after", visit("E11.9", "2027-04-01"), &["DX001 cannot_tell review /diagnoses/0"]),
        case(
            "DX001",
            CannotTell,
            "a code unknown today may be in a release to come",
            visit("E11.99", "2027-04-01"),
            &["DX001 cannot_tell review /diagnoses/0"],
        ),
        case(
            "DX002",
            Firing,
            "the seventh character was left off",
            visit("S93.401", "2026-10-05"),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case("DX002", Firing, "a category", visit("E11", "2026-10-05"), &["DX002 fires reject /diagnoses/0"]),
        case("DX002", Clear, "the seventh character is there", visit("S93.401A", "2026-10-05"), &[]),
        case("DX002", NearMiss, "a category that is billable", visit("I10", "2026-10-05"), &[]),
        case("DX002", Before, "billable to this day", visit("D69.1", "2026-09-30"), &[]),
        case(
            "DX002",
            After,
            "a header since codes were added below it",
            visit("D69.1", "2026-10-01"),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case(
            "DX002",
            NearMiss,
            "only the line of September points to it",
            claim(&["D69.1", "E11.9"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 B"]),
            &[],
        ),
        case(
            "DX002",
            Firing,
            "the line of October points to it too",
            claim(&["D69.1", "E11.9"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 BA"]),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case(
            "DX002",
            Firing,
            "no line points to it: every day counts",
            claim(&["E11.9", "D69.1"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 A"]),
            &["DX002 fires reject /diagnoses/1"],
        ),
        case(
            "DX004",
            Before,
            "before there was a code",
            visit("U07.1", "2020-03-31"),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case("DX004", After, "the first day", visit("U07.1", "2020-04-01"), &[]),
        case("DX004", Before, "the last day", visit("T52.8X1A", "2026-09-30"), &[]),
        case("DX004", After, "retired", visit("T52.8X1A", "2026-10-01"), &["DX004 fires reject /diagnoses/0"]),
        case(
            "DX004",
            Firing,
            "retired years ago",
            visit("S06.0X2A", "2026-10-05"),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case("DX004", Firing, "before ICD-10-CM", visit("E11.9", "2015-09-30"), &["DX004 fires reject /diagnoses/0"]),
        case("DX004", Clear, "valid all along", visit("E11.9", "2026-10-01"), &[]),
        case(
            "DX004",
            NearMiss,
            "no longer billable, but a header: that is another fault",
            visit("D69.1", "2026-10-01"),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case(
            "DX004",
            NearMiss,
            "old and new code, each pointed to on its side of October 1",
            {
                let lines = ["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 B"];
                claim(&["T52.8X1A", "T52.811A"], &lines)
            },
            &[],
        ),
        case(
            "DX004",
            Firing,
            "old and new code, each on the wrong side",
            {
                let lines = ["2026-09-30 G0108 150.00 B", "2026-10-01 G0108 150.00 A"];
                claim(&["T52.8X1A", "T52.811A"], &lines)
            },
            &["DX004 fires reject /diagnoses/0", "DX004 fires reject /diagnoses/1"],
        ),
        case(
            "DX004",
            Firing,
            "both lines point to the new code",
            claim(&["F64.A"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 A"]),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case(
            "DX004",
            NearMiss,
            "the days of a line count from the first",
            claim(&["T52.8X1A"], &["2026-09-30/2026-10-02 G0108 150.00 A"]),
            &[],
        ),
    ]
}

fn conflicts() -> Vec<Case> {
    vec![
        case(
            "DX010",
            Firing,
            "a finding beside the condition that includes it",
            visit_for_two("E11.65", "R73.03", "2026-09-14"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "in the other order",
            visit_for_two("R73.03", "E11.65", "2026-09-14"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "two types of diabetes",
            visit_for_two("E10.9", "E11.9", "2026-09-14"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "each pair of three",
            claim(&["E11.65", "Z79.4", "R73.03", "R73.09"], &["2026-09-14 G0108 150.00 A"]),
            &["DX010 fires review /diagnoses/2", "DX010 fires review /diagnoses/3"],
        ),
        case("DX010", Clear, "insulin beside diabetes", visit_for_two("E11.65", "Z79.4", "2026-09-14"), &[]),
        case(
            "DX010",
            NearMiss,
            "two codes of one category that no note keeps apart",
            visit_for_two("E11.65", "E11.69", "2026-09-14"),
            &[],
        ),
        case(
            "DX010",
            Before,
            "the last day on which the note is known",
            visit_for_two("E11.65", "R73.03", "2026-09-30"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            After,
            "the day after",
            visit_for_two("E11.65", "R73.03", "2026-10-01"),
            &["DX010 cannot_tell review /diagnoses/1"],
        ),
        case(
            "DX010",
            CannotTell,
            "the notes of this release are not known",
            visit_for_two("E11.65", "R73.03", "2026-10-05"),
            &["DX010 cannot_tell review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "a line in September is enough",
            claim(&["E11.65", "R73.03"], &["2026-10-05 G0108 150.00 A", "2026-09-14 G0108 150.00 B"]),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            CannotTell,
            "the one code is valid from October on, on the second line",
            claim(&["T53.4X1A", "T52.811A"], &["2026-09-14 G0108 150.00 A", "2026-10-05 G0108 150.00 B"]),
            &["DX010 cannot_tell review /diagnoses/1"],
        ),
        case(
            "DX010",
            NearMiss,
            "the one ends where the other begins",
            claim(&["T52.8X1A", "Z77.41", "E11.9"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 B"]),
            &[],
        ),
    ]
}

fn corpus() -> Vec<Case> {
    [administrative(), duplicates(), diagnoses(), conflicts()].into_iter().flatten().collect()
}

#[test]
fn every_case_gives_exactly_its_findings() {
    for case in corpus() {
        let report = scrub(&case.claim);
        assert_eq!(all_in_short(&report), case.found, "{} {:?}: {}", case.rule, case.kind, case.says);
    }
}

#[test]
fn a_case_is_of_its_kind() {
    for case in corpus() {
        let Case { rule, kind, says, claim, .. } = &case;
        let report = scrub(claim);
        let outcomes: BTreeSet<_> = report
            .findings()
            .iter()
            .filter(|found| found.rule.as_str() == *rule)
            .map(|found| found.outcome.name())
            .collect();
        match kind {
            Firing => assert_eq!(outcomes, BTreeSet::from(["fires"]), "{rule} {says}"),
            CannotTell => assert_eq!(outcomes, BTreeSet::from(["cannot_tell"]), "{rule} {says}"),
            Clear | NearMiss => assert_eq!(evaluated(&report, rule), Evaluated::Clear, "{rule} {says}"),
            Before | After => {}
        }
    }
}

#[test]
fn every_rule_has_a_firing_a_clear_and_a_near_miss_case_and_dated_ones_a_boundary() {
    let corpus = corpus();
    for rule in catalogue() {
        let code = rule.meta().code.as_str();
        let of = |kind: Kind| corpus.iter().filter(|case| case.rule == code && case.kind == kind).collect::<Vec<_>>();
        for kind in [Firing, Clear, NearMiss] {
            assert!(!of(kind).is_empty(), "{code} has no case {kind:?}");
        }
        let (before, after) = (of(Before), of(After));
        assert_eq!(before.len(), after.len(), "{code}");
        assert!(!code.starts_with("DX0") || code == "DX050" || !before.is_empty(), "{code} has no boundary");
        for (before, after) in before.iter().zip(after) {
            let (last, first) =
                (before.claim.lines[0].date_of_service.first(), after.claim.lines[0].date_of_service.first());
            assert_eq!(last.tomorrow(), Some(first), "{code}: {}", before.says);
            assert_ne!(before.found, after.found, "{code}: {}", before.says);
        }
    }
}

#[test]
fn a_case_names_a_rule_of_the_catalogue() {
    let codes: BTreeSet<_> = catalogue().iter().map(|rule| rule.meta().code.as_str()).collect();
    let named: BTreeSet<_> = corpus().iter().map(|case| case.rule).collect();
    assert_eq!(named, codes);
}

// What a finding says, rule by rule.

fn attested(fix: &Option<Fix>) -> (&str, Vec<&str>) {
    match fix {
        Some(Fix::Attest { words, choices }) => (words, choices.iter().map(String::as_str).collect()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ad001_gives_a_hint_and_never_an_npi() {
    for provider in [clinic("1234567890"), without_npi("BILL", Some("ZZ12345"))] {
        let report = scrub(&good_but(|claim| claim.billing_provider = provider));
        let found = only(&report, "AD001");
        assert!(matches!(found.fix, Some(Fix::Display(_))), "{found:?}");
        assert!(!format!("{found:?}").contains("12345678"), "{found:?}");
        assert!(!format!("{found:?}").contains("ZZ12345"), "{found:?}");
    }
}

#[test]
fn ad001_has_nothing_to_judge_where_nobody_has_an_npi() {
    let report = scrub(&good_but(|claim| claim.billing_provider = without_npi("BILL", None)));
    assert_eq!(evaluated(&report, "AD001"), Evaluated::NotApplicable("no provider of the claim has an NPI"));
}

#[test]
fn ad011_is_put_right_by_a_format_fix_and_then_clear() {
    let mut claim = claim(&["E11.9"], &["2026-10-05 G0108 150.00 A", "2026-10-05 J1885 30.00 A"]);
    claim.total_charge = dollars("185.00");
    let report = scrub(&claim);
    let found = only(&report, "AD011");
    assert_eq!(found.message, "the claim states 185.00, its lines sum to 180.00");
    assert_eq!(found.fix, Some(Fix::Format(FormatEdit::TotalCharge(dollars("180.00")))));
    let before = claim.clone();
    assert_eq!(report.apply_format_fixes(&mut claim), 1);
    assert_eq!(claim, with(before, |before| before.total_charge = dollars("180.00")), "nothing else was changed");
    let again = scrub(&claim);
    assert_eq!(all_in_short(&again), <[String; 0]>::default());
    assert_eq!(again.apply_format_fixes(&mut claim), 0);
}

#[test]
fn ad011_offers_no_format_fix_that_would_lose_the_charge() {
    let no_line = with(claim(&["E11.9"], &[]), |claim| claim.total_charge = dollars("150.00"));
    let too_much = with(claim(&["E11.9"], &[VISIT, "2026-10-05 J1885 30.00 A"]), |claim| {
        claim.lines[0].charge = Money::from_cents(i64::MAX);
    });
    for mut claim in [no_line, too_much] {
        let report = scrub(&claim);
        assert!(matches!(only(&report, "AD011").fix, Some(Fix::Display(_))));
        let before = claim.clone();
        assert_eq!(report.apply_format_fixes(&mut claim), 0);
        assert_eq!(claim, before);
    }
}

#[test]
fn a_format_fix_is_not_made_to_another_claim() {
    let wrong = good_but(|claim| claim.total_charge = dollars("0.01"));
    let report = scrub(&wrong);
    let mut longer = with(wrong, |claim| claim.lines.push(line("2026-10-05 J1885 30.00 A")));
    let before = longer.clone();
    assert_eq!(report.apply_format_fixes(&mut longer), 0);
    assert_eq!(longer, before);
}

#[test]
fn only_the_total_is_ever_a_format_fix() {
    for case in corpus() {
        let mut claim = case.claim;
        let report = scrub(&claim);
        let before = claim.clone();
        report.apply_format_fixes(&mut claim);
        claim.total_charge = before.total_charge;
        assert_eq!(claim, before, "{}", case.says);
    }
}

#[test]
fn du001_names_the_line_that_is_repeated() {
    let report = scrub(&claim(&["E11.9"], &["2026-10-05 J1885 30.00 A", VISIT, VISIT]));
    let found = only(&report, "DU001");
    assert_eq!(found.message, "the line repeats service line 2");
    assert_eq!(found.place.to_string(), "service line 3");
    assert!(attested(&found.fix).1.is_empty(), "no modifier is proposed");
    for text in ["59", "76"] {
        assert!(!format!("{found:?}").contains(&format!("{:?}", text.parse::<Modifier>().unwrap())));
    }
}

#[test]
fn dx001_shows_what_stands_below_the_nearest_known_code() {
    let report = scrub(&visit("E11.99", "2026-10-05"));
    let found = only(&report, "DX001");
    assert_eq!(found.message, "E11.99 is in no release of ICD-10-CM");
    let (words, choices) = attested(&found.fix);
    // E11.9 is the longest known code that it begins with; it is billable, nothing is below.
    assert_eq!((words, choices.len()), ("choose a billable code below E11.9 that the record supports", 0));
    let report = scrub(&visit("S93.401Q", "2026-10-05"));
    let (words, choices) = attested(&only(&report, "DX001").fix);
    assert_eq!(words, "choose a billable code below S93.401 that the record supports");
    assert_eq!(choices, ["S93.401A", "S93.401D", "S93.401S"]);
    let report = scrub(&visit("A99.9999", "2026-10-05"));
    assert!(attested(&only(&report, "DX001").fix).1.is_empty());
}

#[test]
fn dx001_does_not_repeat_a_text_of_no_shape() {
    let report = scrub(&visit("ANN TESTPATIENT", "2026-10-05"));
    let found = only(&report, "DX001");
    assert_eq!(found.message, "the diagnosis is not an ICD-10-CM code by its shape");
    assert!(found.rows.is_empty());
    assert!(!format!("{report:?}").contains("TESTPATIENT"));
}

#[test]
fn dx001_says_what_is_missing_beyond_the_last_day_of_the_table() {
    let report = scrub(&visit("E11.9", "2027-04-01"));
    let found = only(&report, "DX001");
    assert_eq!(missing(found), "an ICD-10-CM release that covers 2027-04-01");
    assert_eq!(found.fix, None);
    assert_eq!(evaluated(&report, "DX001"), Evaluated::Findings(1));
}

#[test]
fn dx002_shows_the_completions_and_the_row() {
    let report = scrub(&visit("S93.401", "2026-10-05"));
    let found = only(&report, "DX002");
    assert_eq!(found.message, "S93.401 is a header on 2026-10-05: more characters are needed");
    let (words, choices) = attested(&found.fix);
    assert_eq!(words, "choose one of the 3 billable codes below S93.401 that the record supports");
    assert_eq!(choices, ["S93.401A", "S93.401D", "S93.401S"]);
    assert_eq!(found.place.to_string(), "diagnosis 1 (A)");
    let row = &found.rows[0];
    assert_eq!((row.table, row.version.as_str(), row.key.as_str()), ("icd10cm", "2026-10-01", "S93.401"));
}

#[test]
fn dx002_names_the_day_of_the_line_on_which_it_is_a_header() {
    let lines = ["2026-10-01 G0108 150.00 A", "2026-09-30 G0108 150.00 A"];
    let report = scrub(&claim(&["D69.1"], &lines));
    let found = only(&report, "DX002");
    assert_eq!(found.message, "D69.1 is a header on 2026-10-01: more characters are needed");
    assert_eq!(attested(&found.fix).1, ["D69.11", "D69.19"]);
}

#[test]
fn dx004_says_when_the_code_is_valid() {
    for (code, on, message) in [
        ("U07.1", "2020-03-31", "U07.1 on 2020-03-31: not yet effective: valid from 2020-04-01"),
        ("T52.8X1A", "2026-10-01", "T52.8X1A on 2026-10-01: retired: last billable on 2026-09-30"),
        ("S06.0X2A", "2016-10-01", "S06.0X2A on 2016-10-01: retired: last billable on 2016-09-30"),
    ] {
        let report = scrub(&visit(code, on));
        assert_eq!(only(&report, "DX004").message, message);
    }
}

#[test]
fn dx010_cites_the_note_and_gives_one_pair_in_either_order() {
    for (one, other, owner) in [("E11.65", "R73.03", "R73.0"), ("E10.9", "E11.9", "E10"), ("J41.0", "R05.1", "R05")] {
        let report = scrub(&visit_for_two(one, other, "2026-09-14"));
        let swapped = scrub(&visit_for_two(other, one, "2026-09-14"));
        assert_eq!(report.findings(), swapped.findings(), "{one} {other}");
        let found = only(&report, "DX010");
        assert_eq!(found.disposition, Disposition::Review);
        assert!(found.message.contains(one) && found.message.contains(other), "{}", found.message);
        let row = &found.rows[0];
        assert_eq!((row.table, row.version.as_str(), row.key.as_str()), ("icd10cm tabular list", "2026-04-01", owner));
        assert!(attested(&found.fix).1.is_empty(), "which of two stays, only the record knows");
    }
}

#[test]
fn dx010_names_the_release_that_it_lacks() {
    for on in ["2026-03-31", "2026-10-05"] {
        let report = scrub(&visit_for_two("E11.65", "R73.03", on));
        let expected = format!("the Excludes1 notes in force on {on}; the note is of 2026-04-01/2026-09-30");
        assert_eq!(missing(only(&report, "DX010")), expected);
    }
    let lines = ["2026-09-14 G0108 150.00 A", "2026-10-05 G0108 150.00 B"];
    let report = scrub(&claim(&["T53.4X1A", "T52.811A"], &lines));
    let expected = "the Excludes1 notes in force on 2026-10-05; the note is of 2026-04-01/2026-09-30";
    assert_eq!(missing(only(&report, "DX010")), expected, "T52.811A is not valid on the first day");
}

#[test]
fn a_rule_without_anything_to_judge_says_so() {
    for (says, claim, expected) in [
        (
            "no line",
            claim(&["E11.99", "S93.401"], &[]),
            [
                ("DU001", "the claim has fewer than two lines"),
                ("DX001", "the claim has no date of service"),
                ("DX002", "the claim has no date of service"),
                ("DX004", "the claim has no date of service"),
                ("DX010", "the claim has no date of service"),
                ("DX050", "the claim has no service line"),
            ]
            .as_slice(),
        ),
        (
            "no diagnosis",
            claim(&[], &["2026-10-05 G0108 150.00 A"]),
            &[
                ("DX001", "the claim has no diagnosis"),
                ("DX002", "the claim has no diagnosis"),
                ("DX004", "the claim has no diagnosis"),
                ("DX010", "the claim has no diagnosis"),
            ],
        ),
        (
            "one diagnosis",
            claim(&["E11.9"], &[VISIT]),
            &[
                ("DU001", "the claim has fewer than two lines"),
                ("DX010", "no two diagnoses are known to be valid on one date of service"),
            ],
        ),
        (
            "beyond the table",
            visit_for_two("E11.65", "R73.03", "2027-04-01"),
            &[("DX010", "no two diagnoses are known to be valid on one date of service")],
        ),
    ] {
        let report = scrub(&claim);
        for (rule, why) in expected {
            assert_eq!(evaluated(&report, rule), Evaluated::NotApplicable(why), "{says}: {rule}");
        }
    }
    // A shape needs no date.
    assert_eq!(all_in_short(&scrub(&claim(&["250.00"], &[]))), ["DX001 fires reject /diagnoses/0"]);
}

// Engine, profile and receipt.

#[test]
fn a_report_tells_of_every_rule_in_order_and_of_the_data() {
    let report = scrub(&claim(&["E11.9"], &[VISIT]));
    let codes: Vec<_> = report.evaluated().iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, catalogue().iter().map(|rule| rule.meta().code).collect::<Vec<_>>());
    let releases: Vec<_> = report.releases().iter().map(|data| (data.table.as_str(), data.version.as_str())).collect();
    assert_eq!(releases, [("icd10cm", "2026-10-01")]);
    assert_eq!(report.worst(), None);
}

#[test]
fn a_profile_can_make_a_rule_lighter_or_graver() {
    let header = visit("S93.401", "2026-10-05");
    let pair = visit_for_two("E11.65", "R73.03", "2026-09-14");
    for (claim, rule, disposition) in
        [(&header, "DX002", Disposition::Advise), (&pair, "DX010", Disposition::DenyClaim)]
    {
        let profile = Profile::medicare_like().with("test", meta(rule), Disposition::Reject);
        let profile = profile.with("test payer", meta(rule), disposition);
        assert_eq!(profile.name(), "test payer");
        let report = Engine::standard().with_profile(profile).scrub(claim);
        assert_eq!(report.worst(), Some(disposition), "{rule}");
    }
}

#[test]
fn what_cannot_be_told_is_never_graver_than_a_review_nor_than_the_fault() {
    let beyond = visit("E11.9", "2027-04-01");
    for (changed, expected) in [
        (Disposition::Reject, Disposition::Review),
        (Disposition::Review, Disposition::Review),
        (Disposition::Advise, Disposition::Advise),
    ] {
        let profile = Profile::medicare_like().with("test payer", meta("DX001"), changed);
        let report = Engine::standard().with_profile(profile).scrub(&beyond);
        assert_eq!(only(&report, "DX001").disposition, expected, "{changed:?}");
    }
}

#[test]
fn a_receipt_tells_what_the_scrub_told() {
    let claim = visit_for_two("E11.65", "R73.03", "2026-09-14");
    let receipt = scrub(&claim).receipt(&claim, day("2026-09-15"));
    assert!(receipt.covers(&claim) && receipt.may_be_released());
    assert_eq!((receipt.worst(), receipt.profile()), (Some(Disposition::Review), "medicare-like"));
    assert_eq!(receipt.scrubbed_on(), day("2026-09-15"));
    assert_eq!(receipt.releases().len(), 1);
    let header = visit("S93.401", "2026-10-05");
    assert!(!scrub(&header).receipt(&header, day("2026-10-05")).may_be_released());
}

#[test]
fn content_that_was_not_scrubbed_gets_no_receipt_that_releases_it() {
    let good = claim(&["E11.9"], &[VISIT]);
    let report = scrub(&good);
    let changed = with(good.clone(), |claim| claim.diagnoses[0] = DiagnosisCode::from_text("S93.401"));
    assert!(report.receipt(&good, day("2026-10-05")).may_be_released());
    assert!(!report.receipt(&changed, day("2026-10-05")).may_be_released());
}

#[test]
fn a_report_in_a_log_does_not_give_the_fingerprint_away() {
    let claim = claim(&["E11.9"], &[VISIT]);
    assert!(!format!("{:?}", scrub(&claim)).contains(&claim.fingerprint().to_string()));
}

// The catalogue as a whole.

fn rule_sources() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut sources: Vec<_> = files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .filter(|(name, _)| name != "mod")
        .collect();
    sources.sort();
    sources
}

#[test]
fn every_rule_is_one_file_with_the_fixed_headings() {
    const HEADINGS: [&str; 5] = [
        "# What it checks",
        "# Why it is billed wrong",
        "# Example that fails",
        "# Example that passes",
        "# Fix and its safety",
    ];
    let sources = rule_sources();
    assert_eq!(sources.len(), catalogue().len());
    for ((name, source), rule) in sources.iter().zip(catalogue()) {
        let code = rule.meta().code.as_str();
        assert!(name.starts_with(&format!("{}_", code.to_lowercase())), "{name} is not of {code}");
        let page: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let headings: Vec<&str> = page.iter().copied().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, HEADINGS, "{name}");
        for (at, line) in page.iter().enumerate().filter(|(_, line)| line.starts_with('#')) {
            assert!(page.get(at + 1).is_some_and(|below| !below.is_empty()), "{name}: nothing below {line}");
        }
    }
}

#[test]
fn codes_are_unique_and_in_order_and_every_rule_says_where_it_comes_from() {
    let metas: Vec<_> = catalogue().iter().map(|rule| rule.meta()).collect();
    assert!(metas.windows(2).all(|pair| pair[0].code < pair[1].code));
    for meta in metas {
        let code = meta.code.as_str();
        let (letters, digits) = code.split_at(2);
        assert!(letters.bytes().all(|byte| byte.is_ascii_uppercase()) && digits.len() == 3, "{code}");
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        assert!(!meta.title.is_empty() && !meta.since.is_empty(), "{code}");
        assert!(!meta.citations.is_empty(), "{code}");
        assert!(meta.citations.iter().all(|from| !from.document.is_empty() && !from.section.is_empty()), "{code}");
    }
}

#[test]
fn a_finding_carries_the_citations_of_its_rule_and_a_sentence() {
    for case in corpus() {
        for found in scrub(&case.claim).findings() {
            assert_eq!(found.citations, meta(found.rule.as_str()).citations);
            assert!(!found.message.is_empty() && !found.place.to_string().is_empty());
            let fires = found.outcome.name() == "fires";
            assert_eq!(found.fix.is_some(), fires, "{found:?}");
            assert!(found.fix.as_ref().is_none_or(|fix| !fix.words().is_empty()));
        }
    }
}

#[test]
fn the_table_in_the_crate_documentation_is_the_catalogue() {
    let readme = include_str!("../README.md");
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<String> = catalogue()
        .iter()
        .map(|rule| {
            let meta = rule.meta();
            let sources: Vec<String> = meta.citations.iter().map(ToString::to_string).collect();
            format!("| `{}` | {} | {} |", meta.code, meta.title, sources.join("; "))
        })
        .collect();
    assert_eq!(rows, expected);
}
