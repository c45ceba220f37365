//! What is allowed for the lines of a day, worked out by hand beside each case.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod mpfs_files;

use mpfs_files::{ENDS, Fee, INDICES, csv, fee};
use std::sync::LazyLock;
use superbill_core::{Modifier, Money, PlaceOfService};
use superbill_edits::import::{gpci, mpfs};
use superbill_edits::payment::{
    Billing, Condition, LinePayment, Missing, NotPaid, Outcome, PaymentLine, Practitioner, Rule, expected_payment,
};
use superbill_edits::{ApmParticipation, FeeSchedule, FeeSchedules, Gpci, Releases};

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

/// With a factor of 10.0000 a relative value of 10.00 is 100 dollars at indices of 1.000.
const FACTOR: &str = "10.0000";

fn fees() -> Vec<Fee> {
    let [first, last] = ENDS;
    let surgery = |code, dollars: u32| Fee {
        global: "090",
        shares: [10, 70, 20],
        indicators: "21222",
        ..fee(code, [dollars * 10, 0, 0, 0])
    };
    let scope = |code, dollars, base| Fee { indicators: "30000", global: "000", base, ..surgery(code, dollars) };
    let test = |code, multiple: &'static str, technical: u32, professional: u32| {
        let whole = Fee {
            pctc: "1",
            indicators: multiple,
            family: if multiple.starts_with('4') { "88" } else { "99" },
            ..fee(code, [professional * 10, technical * 10, technical * 10, 0])
        };
        let part = |modifier, values| Fee { modifier, values, ..whole.clone() };
        [part("26", [professional * 10, 0, 0, 0]), part("TC", [0, technical * 10, technical * 10, 0]), whole]
    };
    let mut fees = vec![
        first,
        last,
        fee("G1000", [130, 135, 57, 10]),
        surgery("G2001", 1000),
        surgery("G2002", 800),
        surgery("G2003", 600),
        surgery("G2004", 400),
        surgery("G2005", 200),
        surgery("G2006", 100),
        Fee { indicators: "22111", ..surgery("G2007", 300) },
        Fee { indicators: "20000", ..surgery("G2008", 300) },
        Fee { indicators: "23000", ..surgery("G2009", 300) },
        Fee { indicators: "29999", global: "XXX", ..surgery("G2010", 300) },
        Fee { indicators: "20000", global: "000", ..surgery("G3000", 200) },
        scope("G3001", 300, "G3000"),
        scope("G3002", 250, "G3000"),
        Fee { indicators: "50000", pctc: "7", ..fee("G5001", [300, 200, 200, 0]) },
        Fee { indicators: "50000", pctc: "7", ..fee("G5002", [100, 100, 100, 0]) },
        Fee { modifier: "53", ..fee("G6001", [500, 0, 0, 0]) },
        fee("G6001", [1000, 0, 0, 0]),
        Fee { na: ["NA", ""], ..fee("G6002", [1000, 0, 0, 0]) },
    ];
    for (code, status, values) in [
        ("G7001", "B", 100),
        ("G7002", "C", 0),
        ("G7003", "I", 0),
        ("G7004", "J", 0),
        ("G7005", "M", 0),
        ("G7006", "N", 0),
        ("G7007", "P", 0),
        ("G7008", "R", 0),
        ("G7009", "R", 100),
        ("G7010", "T", 100),
        ("G7011", "X", 0),
        ("G7012", "E", 0),
        ("G7013", "Q", 0),
    ] {
        fees.push(Fee { status, ..fee(code, [values, 0, 0, 0]) });
    }
    fees.push(Fee { status: "C", ..surgery("G7014", 0) });
    fees.extend(test("G4001", "40000", 200, 100));
    fees.extend(test("G4002", "43000", 100, 150));
    fees.extend(test("G4003", "60000", 200, 100));
    fees.extend(test("G4004", "60000", 100, 50));
    fees.extend(test("G4005", "70000", 200, 100));
    fees.extend(test("G4006", "70000", 100, 50));
    fees.extend(
        test("G4007", "40000", 300, 0)
            .map(|fee| Fee { opps: if fee.modifier == "26" { [0; 3] } else { [2000, 2000, 0] }, ..fee }),
    );
    fees.extend(
        test("G4008", "00000", 300, 50)
            .map(|fee| Fee { opps: if fee.modifier == "26" { [0; 3] } else { [1000, 1000, 0] }, ..fee }),
    );
    fees.push(Fee { pctc: "4", indicators: "60000", ..fee("G4009", [1000, 2000, 2000, 0]) });
    fees
}

struct Tables(Vec<u8>, Vec<u8>);

impl Tables {
    fn new() -> Self {
        // One locality whose indices are all 1.000.
        let indices = INDICES.replace("10112,AL,00,FIRST,1.000,0.875,0.566", "10112,AL,00,FIRST,1.000,1.000,1.000");
        Self(
            mpfs("PPRRVU2026_Jul_nonQPP.csv", csv(&fees(), "9", FACTOR).as_bytes(), None, None).unwrap(),
            gpci("GPCI2026.csv", indices.as_bytes(), None).unwrap(),
        )
    }

    fn pay(&self, billing: &Billing, lines: &[PaymentLine]) -> Vec<LinePayment> {
        let schedules = FeeSchedules::new([FeeSchedule::from_bytes(&self.0).unwrap()]);
        let indices = Releases::new([Gpci::from_bytes(&self.1).unwrap()]);
        let paid = expected_payment(&schedules, &indices, billing, lines);
        for payment in &paid {
            let mut amount = Money::ZERO;
            for step in &payment.steps {
                assert_eq!(step.before, amount, "each step begins where the last ended");
                assert!(!step.rule.citation().is_empty());
                amount = step.after;
            }
            if let Some(allowed) = payment.allowed() {
                assert_eq!(allowed, amount, "the last step ends at what is allowed");
            }
        }
        paid
    }
}

fn billing() -> Billing {
    Billing::new("2026-08-01".parse().unwrap(), "AL-00".parse().ok())
}

/// A line as `G2001-50-RT*2`, in an office.
fn line(text: &str) -> PaymentLine {
    let (text, units) = text.split_once('*').unwrap_or((text, "1"));
    let mut parts = text.split('-');
    PaymentLine::new(parts.next().unwrap().parse().unwrap(), PlaceOfService::new(11).unwrap())
        .with_modifiers(parts.map(|part| part.parse::<Modifier>().unwrap()))
        .with_units(units.parse().unwrap())
}

fn at(text: &str, place: u8) -> PaymentLine {
    PaymentLine { place: PlaceOfService::new(place).unwrap(), ..line(text) }
}

fn short(payment: &LinePayment) -> String {
    match &payment.outcome {
        Outcome::Allowed(amount) => amount.to_string(),
        Outcome::NotPaid(why) => format!("{why:?}"),
        Outcome::CannotTell(missing) => format!("? {missing:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_line_of_a_day_pays_what_the_rules_leave() {
    let tables = &TABLES;
    let cases: &[(&str, &str)] = &[
        // Alone: 1.30 + 1.35 + 0.10 at 10 dollars.
        ("G1000", "27.50"),
        ("G1000*3", "82.50"),
        ("G9999", "? Code"),
        ("G1000*0", "? Units"),
        // Operations: the highest in full, four at half, the sixth by report.
        ("G2001 G2002", "1000.00 400.00"),
        ("G2006 G2005 G2004 G2003 G2002 G2001", "? Report 100.00 200.00 300.00 400.00 1000.00"),
        ("G2001*2", "1500.00"),
        ("G2010*2", "450.00"),
        ("G2010*6", "? Report"),
        ("G1000 G2001", "27.50 1000.00"),
        // Both sides: 150 percent, before the ranks; both as one; each in full.
        ("G2002-50", "1200.00"),
        ("G2002-50 G2001", "1200.00 500.00"),
        ("G2002-RT G2002-LT", "800.00 400.00"),
        ("G2002-LT G2002-RT G2001", "400.00 800.00 500.00"),
        ("G2007-50", "300.00"),
        ("G2008-RT G2008-LT", "300.00 0.00"),
        ("G2009-50", "600.00"),
        ("G2009-RT G2009-LT", "300.00 300.00"),
        ("G2010-50", "? Bilateral"),
        ("G2002-50*2", "? Units"),
        // Endoscopies: the highest in full, of the next what it pays above the base, the base nothing.
        ("G3001 G3002", "300.00 50.00"),
        ("G3002 G3000", "250.00 0.00"),
        ("G3001 G3002 G3000", "300.00 50.00 0.00"),
        // The family of 350 ranks below 1000 and above 100.
        ("G3001 G3002 G2001", "150.00 25.00 1000.00"),
        ("G3001 G3002 G2006", "300.00 50.00 50.00"),
        ("G3001 G2001", "150.00 1000.00"),
        ("G3001*2", "400.00"),
        // Imaging: technical 200 and 100, professional 100 and 150.
        ("G4001 G4002", "295.00 200.00"),
        ("G4001-TC G4002-TC", "200.00 50.00"),
        ("G4001-26 G4002-26", "95.00 150.00"),
        ("G4001-TC G4002-26", "200.00 150.00"),
        ("G4001*2", "495.00"),
        ("G4002-50", "442.50"),
        // Tests of heart and eye: a quarter and a fifth less of the lower technical component.
        ("G4003 G4004", "300.00 125.00"),
        ("G4005 G4006", "300.00 130.00"),
        ("G4003 G4005", "300.00 300.00"),
        ("G4003-26 G4004-26", "100.00 50.00"),
        ("G4009", "300.00"),
        ("G4009 G4003", "? Components 300.00"),
        // The cap: 300 of technical component at 200; at 100 beside 50 of professional component. After a reduction 150 is below it.
        ("G4007", "200.00"),
        ("G4007-TC G4007-26", "200.00 0.00"),
        ("G4007-TC*2", "350.00"),
        ("G4008", "150.00"),
        ("G4008*2", "300.00"),
        // Therapy: half the practice expense of all units but one with the highest.
        ("G5001", "50.00"),
        ("G5001*3", "130.00"),
        ("G5001 G5002*2", "50.00 30.00"),
        ("G5002 G5001", "15.00 50.00"),
        // Who did what.
        ("G2001-80", "160.00"),
        ("G2001-AS", "136.00"),
        ("G2001-62", "625.00"),
        ("G2001-66", "? Report"),
        ("G2007-80", "Assistant"),
        ("G2007-62", "187.50"),
        ("G2008-82", "48.00"),
        ("G2008-62", "CoSurgeon"),
        ("G2008-66", "Team"),
        ("G2001-80 G2002-80", "160.00 64.00"),
        ("G2001-54", "800.00"),
        ("G2001-55", "200.00"),
        ("G2001-54-55", "1000.00"),
        ("G2001-56", "PreoperativeCare"),
        ("G1000-54", "NoGlobalPeriod"),
        ("G2001-78", "700.00"),
        ("G2001-78 G2002", "700.00 800.00"),
        ("G3000-78", "200.00"),
        ("G5001-CQ", "42.50"),
        // Less than the whole.
        ("G6001-53", "50.00"),
        ("G2001-53", "? ReducedService"),
        ("G2001-52", "? ReducedService"),
        ("G4001-FX", "? ModifierRule"),
        ("G1000-26", "NoSuchComponent"),
        ("G7002-26", "? ContractorPrice"),
        // Status.
        ("G7001", "Bundled"),
        ("G7002", "? ContractorPrice"),
        ("G7003", "NotValid"),
        ("G7004", "? Anesthesia"),
        ("G7005", "Measurement"),
        ("G7006", "NotCovered"),
        ("G7007", "Bundled"),
        ("G7008", "? ContractorPrice"),
        ("G7009", "10.00"),
        ("G7010", "10.00"),
        ("G7010 G1000", "InjectionWithOther 27.50"),
        ("G7010 G7002", "InjectionWithOther ? ContractorPrice"),
        ("G7010 G7006", "10.00 NotCovered"),
        ("G7011 G7012", "? OtherFeeSchedule ? OtherFeeSchedule"),
        ("G7013", "? Status"),
    ];
    for (lines, expected) in cases {
        let lines: Vec<PaymentLine> = lines.split(' ').map(line).collect();
        let paid: Vec<String> = tables.pay(&billing(), &lines).iter().map(short).collect();
        assert_eq!(paid.join(" "), *expected, "{lines:?}");
    }
}

#[test]
fn place_locality_day_and_biller_change_the_amount() {
    let tables = &TABLES;
    let one = |billing: &Billing, line: PaymentLine| short(&tables.pay(billing, &[line])[0]);
    for (text, place, expected) in [
        ("G1000", 11, "27.50"),
        ("G1000", 22, "19.70"),
        ("G1000", 2, "19.70"),
        ("G1000", 10, "27.50"),
        ("G4001", 22, "HospitalPays"),
        ("G4001-TC", 21, "HospitalPays"),
        ("G4001-26", 21, "100.00"),
        ("G4001", 24, "300.00"),
    ] {
        assert_eq!(one(&billing(), at(text, place)), expected, "{text} at {place}");
    }
    // 1.30 * 1.095 + 1.35 * 1.410 + 0.10 * 0.425 = 3.3695, times 10.
    let there = Billing { locality: "01112-05".parse().ok(), ..billing() };
    assert_eq!(one(&there, line("G1000")), "33.70");
    for (billing, expected) in [
        (Billing { locality: None, ..billing() }, "? Locality"),
        (Billing { locality: "CA-99".parse().ok(), ..billing() }, "? UnknownLocality"),
        (Billing { date: "2026-06-30".parse().unwrap(), ..billing() }, "? FeeSchedule"),
        (Billing { date: "2026-07-01".parse().unwrap(), ..billing() }, "27.50"),
        (Billing { date: "2026-09-30".parse().unwrap(), ..billing() }, "27.50"),
        (Billing { date: "2026-10-01".parse().unwrap(), ..billing() }, "? FeeSchedule"),
        (Billing { participation: ApmParticipation::Qualifying, ..billing() }, "? FeeSchedule"),
        (Billing { practitioner: Practitioner::NonphysicianPractitioner, ..billing() }, "23.38"),
        (Billing { practitioner: Practitioner::ClinicalSocialWorker, ..billing() }, "20.63"),
        (Billing { practitioner: Practitioner::NurseMidwife, ..billing() }, "27.50"),
        (Billing { participating: false, ..billing() }, "26.13"),
    ] {
        assert_eq!(one(&billing, line("G1000")), expected, "{billing:?}");
    }
    // What an assistant who is no physician is paid is not reduced twice.
    let assistant = Billing { practitioner: Practitioner::NonphysicianPractitioner, ..billing() };
    assert_eq!(one(&assistant, line("G2001-AS")), "136.00");
    assert_eq!(one(&billing(), line("G1000").with_charge("20".parse().unwrap())), "20.00");
    assert_eq!(one(&billing(), line("G1000").with_charge("30".parse().unwrap())), "27.50");
    let schedules = FeeSchedules::new([FeeSchedule::from_bytes(&tables.0).unwrap()]);
    let none = expected_payment(&schedules, &Releases::default(), &billing(), &[line("G1000")])[0].clone();
    assert_eq!(none.outcome, Outcome::CannotTell(Missing::Indices));
    assert_eq!(none.release.unwrap().quarter.to_string(), "2026Q3");
}

/// The amounts of the official payment file of 2026 (PFALL26AR, an office visit at two localities), from its values and indices.
#[test]
fn published_amounts_are_met_to_the_cent() {
    let [first, last] = ENDS;
    let text = csv(&[first, last, fee("G0001", [130, 146, 33, 9])], "9", "33.4009");
    let table = mpfs("a.csv", text.as_bytes(), None, None).unwrap();
    let table = FeeSchedule::from_bytes(&table).unwrap();
    let row = table.row("G0001".parse().unwrap(), None).unwrap();
    for (indices, outside, inside) in
        [("1.095,1.410,0.425", "117.58", "64.37"), ("1.110,1.442,0.397", "119.71", "65.29")]
    {
        let bytes = gpci("g.csv", INDICES.replace("1.095,1.410,0.425", indices).as_bytes(), None).unwrap();
        let locality = Gpci::from_bytes(&bytes).unwrap().row("CA-05".parse().unwrap());
        let amount = |facility| row.amount(facility, locality.as_ref()).unwrap().to_string();
        assert_eq!((amount(false), amount(true)), (outside.to_owned(), inside.to_owned()), "{indices}");
    }
    // The national amount: 2.85 times 33.4009.
    assert_eq!(row.amount(false, None).unwrap().to_string(), "95.19");
}

#[test]
fn what_the_claim_does_not_tell_is_a_condition() {
    let tables = &TABLES;
    for (text, expected) in [
        ("G1000", vec![]),
        ("G6002", vec![Condition::RarelyDoneThere]),
        ("G7009", vec![Condition::RestrictedCoverage]),
        ("G2008-80", vec![Condition::AssistantDocumentation]),
        ("G2001-62", vec![Condition::DifferentSpecialties]),
        ("G2007-62", vec![Condition::CoSurgeonDocumentation, Condition::DifferentSpecialties]),
        ("G2001-55", vec![Condition::AllPostoperativeDays]),
        ("G2001-22", vec![Condition::NoIncrease]),
        ("G2001 G7014", vec![Condition::RankOfOthers]),
        ("G4003 G4009", vec![Condition::RankOfOthers]),
        ("G2001 G7002", vec![]),
    ] {
        let lines: Vec<PaymentLine> = text.split(' ').map(line).collect();
        assert_eq!(tables.pay(&billing(), &lines)[0].conditions, expected, "{text}");
    }
    let therapy = tables.pay(&billing(), &[at("G5001", 22)]);
    assert_eq!(therapy[0].conditions, [Condition::TherapyInHospital]);
}

#[test]
fn every_step_says_its_rule_and_percentage() {
    let tables = &TABLES;
    let paid = tables.pay(&billing(), &[line("G2001"), line("G2002-50-80")]);
    let steps: Vec<_> = paid[1]
        .steps
        .iter()
        .map(|step| (step.rule, step.rate.map(|rate| rate.to_string()), step.after.to_string()))
        .collect();
    let expected = [
        (Rule::FeeScheduleAmount, None, "800.00"),
        (Rule::BothSides, Some("150%"), "1200.00"),
        (Rule::MultipleSurgery, Some("100%"), "1200.00"),
        (Rule::AssistantAtSurgery, Some("16%"), "192.00"),
    ]
    .map(|(rule, rate, after)| (rule, rate.map(str::to_owned), after.to_owned()));
    assert_eq!(steps, expected);
    assert_eq!(
        paid[0].steps.last().map(|step| (step.rule, step.after.to_string())),
        Some((Rule::MultipleSurgery, "500.00".to_owned()))
    );
    assert_eq!(paid[0].outcome, Outcome::Allowed("500".parse().unwrap()));
    assert_ne!(paid[0].outcome, Outcome::NotPaid(NotPaid::Bundled));
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn any_line() -> impl Strategy<Value = PaymentLine> {
        let codes: Vec<String> = {
            let mut codes: Vec<String> = fees().iter().map(|fee| fee.code.to_owned()).collect();
            codes.dedup();
            codes
        };
        let modifiers = ["26", "TC", "50", "RT", "LT", "80", "AS", "62", "54", "55", "78", "22", "59", "CQ", "53"];
        (
            prop::sample::select(codes),
            prop::collection::vec(prop::sample::select(modifiers.to_vec()), 0..3),
            0u32..5,
            prop::sample::select(vec![11u8, 22, 24, 2]),
            prop::option::of(0i64..200_000),
        )
            .prop_map(|(code, modifiers, units, place, charge)| PaymentLine {
                charge: charge.map(Money::from_cents),
                ..at(&[&[code.as_str()], &modifiers[..]].concat().join("-"), place).with_units(units)
            })
    }

    fn sorted(paid: &[LinePayment], lines: &[PaymentLine]) -> Vec<String> {
        let mut all: Vec<String> = paid.iter().zip(lines).map(|(paid, line)| format!("{line:?} {paid:?}")).collect();
        all.sort();
        all
    }

    proptest! {
        #[test]
        fn the_order_of_lines_does_not_matter(
            (lines, shuffled) in prop::collection::vec(any_line(), 0..7).prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
        ) {
            let tables = &TABLES;
            let one = tables.pay(&billing(), &lines);
            let other = tables.pay(&billing(), &shuffled);
            prop_assert_eq!(sorted(&one, &lines), sorted(&other, &shuffled));
        }

        #[test]
        fn no_reduction_raises_a_line_and_none_is_below_nothing(lines in prop::collection::vec(any_line(), 0..7)) {
            let tables = &TABLES;
            for (paid, line) in tables.pay(&billing(), &lines).iter().zip(&lines) {
                for step in &paid.steps {
                    let raises = matches!(step.rule, Rule::FeeScheduleAmount | Rule::Units | Rule::BothSides);
                    prop_assert!(!step.after.is_negative(), "{:?}", paid);
                    prop_assert!(raises || step.after <= step.before, "{:?}", paid);
                }
                if let (Some(allowed), Some(charge)) = (paid.allowed(), line.charge) {
                    prop_assert!(allowed <= charge);
                }
            }
        }

        #[test]
        fn a_line_beside_others_never_pays_more_than_alone(lines in prop::collection::vec(any_line(), 1..6)) {
            let tables = &TABLES;
            let together = tables.pay(&billing(), &lines);
            for (paid, line) in together.iter().zip(&lines) {
                let alone = tables.pay(&billing(), core::slice::from_ref(line)).remove(0);
                if let (Some(together), Some(alone)) = (paid.allowed(), alone.allowed()) {
                    prop_assert!(together <= alone, "{line:?}: {together} and {alone}");
                }
            }
        }

        #[test]
        fn the_amount_is_exact_to_the_nearest_cent(work in 0u32..40_000, outside in 0u32..40_000, malpractice in 0u32..9_000) {
            let [first, last] = ENDS;
            let text = csv(&[first, last, fee("G0001", [work, outside, outside, malpractice])], "9", "33.4009");
            let table = mpfs("a.csv", text.as_bytes(), None, None).unwrap();
            let table = FeeSchedule::from_bytes(&table).unwrap();
            let indices = gpci("g.csv", INDICES.as_bytes(), None).unwrap();
            let indices = Gpci::from_bytes(&indices).unwrap();
            let row = table.row("G0001".parse().unwrap(), None).unwrap();
            let locality = indices.row("CA-05".parse().unwrap()).unwrap();
            // In units of 10^-9 dollars.
            let exact = (u128::from(work) * 1095 + u128::from(outside) * 1410 + u128::from(malpractice) * 425) * 334_009;
            let cents = row.amount(false, Some(&locality)).unwrap().cents() as u128;
            prop_assert!((cents * 10_000_000).abs_diff(exact) <= 5_000_000);
        }

        #[test]
        fn any_bytes_are_refused_or_sound(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), with in any::<u8>()) {
            prop_assert_eq!(superbill_edits::mpfs_checks::check_import(&bytes), Ok(()));
            for text in [csv(&fees(), "9", FACTOR), INDICES.to_owned(), mpfs_files::fixed(&fees(), "9", FACTOR)] {
                let mut bytes = text.into_bytes();
                let at = at.index(bytes.len());
                bytes[at] = with;
                prop_assert_eq!(superbill_edits::mpfs_checks::check_import(&bytes), Ok(()));
            }
        }
    }
}
