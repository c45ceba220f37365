//! Identifiers, sums, pointers, repetitions.

use super::{Case, Clear, Firing, NearMiss, VISIT, case, good_but};
use crate::support::{claim, clinic, doctor, dollars, with, without_npi};
use superbill_claim::DiagnosisPointer;
use superbill_core::Money;

pub(crate) fn claim_level() -> Vec<Case> {
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

pub(crate) fn duplicates() -> Vec<Case> {
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
        case(
            "DU001",
            Firing,
            "the rendering provider of the claim is named on one line again",
            with(two(VISIT, VISIT), |claim| {
                claim.rendering_provider = Some(doctor("RENDER", "2234567891"));
                claim.lines[1].rendering_provider = claim.rendering_provider.clone();
            }),
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
