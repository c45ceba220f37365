//! Invariants of the engine, over claims as a file may bring them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
#![cfg(feature = "bundled")]

mod support;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use superbill_claim::{
    Claim, Coverage, DiagnosisCode, DiagnosisPointer, Disposition, PartyName, Payer, Person, ProcedureCode, Provider,
    Relationship, ServiceLine,
};
use superbill_core::{Address, DateRange, Money, Npi, PersonName, Phi, Quantity, Sex};
use superbill_icd10cm::{Icd10Cm, Icd10CmCode};
use superbill_rules::{Engine, Finding, Place, Profile, Report, catalogue};
use support::{claim, clinic, day, doctor, line, scrub, with, without_npi};

/// Codes of every kind that a rule knows: valid, header, not yet, no longer, never, of no shape; pairs under an Excludes1 note.
const DIAGNOSES: [&str; 20] = [
    "E11.9",
    "E11.65",
    "R73.03",
    "E10.9",
    "Z79.4",
    "I10",
    "R05.1",
    "J41.0",
    "S93.401",
    "S93.401A",
    "E11.6",
    "D69.1",
    "D69.11",
    "T52.8X1A",
    "T52.811A",
    "U07.1",
    "E11.99",
    "A99.9999",
    "250.00",
    "NOT A CODE",
];

/// Days around the changes of the table and beyond both its ends.
const DAYS: [&str; 10] = [
    "2015-09-30",
    "2020-03-31",
    "2020-04-01",
    "2026-03-31",
    "2026-04-01",
    "2026-09-14",
    "2026-09-30",
    "2026-10-01",
    "2026-10-05",
    "2027-04-01",
];

const PROCEDURES: [&str; 5] = ["G0108", "G0109", "J1885", "G0008", "??"];

fn providers() -> impl Strategy<Value = Provider> {
    prop_oneof![
        select(vec!["1234567893", "2234567891", "1234567890"]).prop_map(|npi| doctor("RENDER", npi)),
        select(vec![None, Some("ZZ1"), Some("12345678931")]).prop_map(|sent| without_npi("RENDER", sent)),
    ]
}

fn lines() -> impl Strategy<Value = ServiceLine> {
    let modifiers = prop::collection::vec(select(vec!["76", "XS", "JZ"]), 0..3);
    let pointers = prop::collection::vec(0_u8..9, 0..6);
    let who = prop::option::weighted(0.3, providers());
    (select(DAYS.as_slice()), 0_i32..3, select(PROCEDURES.as_slice()), modifiers, 0_i64..3, pointers, who).prop_map(
        |(first, days, procedure, modifiers, charge, pointers, who)| {
            let first = day(first);
            let days = DateRange::new(first, first.add_days(days).ok()).unwrap();
            let procedure = ProcedureCode::from_text(procedure);
            let mut line = ServiceLine::new(procedure, days, Quantity::from_units(1), Money::from_cents(charge))
                .with_modifiers(modifiers.into_iter().map(|modifier| modifier.parse().unwrap()))
                .pointing_to(pointers.into_iter().map(DiagnosisPointer::from_ordinal));
            line.rendering_provider = who;
            line
        },
    )
}

/// Claims as they may be read: nothing need be right.
fn claims() -> impl Strategy<Value = Claim> {
    let diagnoses = prop::collection::vec(select(DIAGNOSES.as_slice()), 0..7);
    let lines = prop::collection::vec(lines(), 0..7);
    (diagnoses, lines, providers(), prop::option::of(providers()), 0_i64..6).prop_map(
        |(diagnoses, lines, billing, rendering, total)| {
            with(claim(&diagnoses, &[]), |claim| {
                claim.lines = lines;
                claim.billing_provider = billing;
                claim.rendering_provider = rendering;
                claim.total_charge = Money::from_cents(total);
            })
        },
    )
}

fn of<'r>(report: &'r Report, rule: &str) -> Vec<&'r Finding> {
    report.findings().iter().filter(|found| found.rule.as_str() == rule).collect()
}

/// What a finding says, where it stands aside.
fn sorted(findings: &[&Finding]) -> Vec<String> {
    let mut texts: Vec<String> = findings.iter().map(|found| format!("{found:?}")).collect();
    texts.sort();
    texts
}

/// The place after line `from[i]` has become line `i`.
fn moved(place: Place, from: &[usize]) -> Place {
    let to = |line: usize| from.iter().position(|before| *before == line).unwrap();
    match place {
        Place::Line(line) => Place::Line(to(line)),
        Place::LineProvider(line) => Place::LineProvider(to(line)),
        Place::Pointer { line, pointer } => Place::Pointer { line: to(line), pointer },
        other => other,
    }
}

type Change = fn(&mut Claim);

/// Faults that can be put on any claim that has a line, with the rule that finds each.
fn faults() -> impl Strategy<Value = (&'static str, Change)> {
    let faults: Vec<(&'static str, Change)> = vec![
        ("AD001", |claim| claim.service_facility = Some(clinic("1234567890"))),
        ("AD011", |claim| claim.total_charge = Money::from_cents(1_000_000)),
        ("DU001", |claim| claim.lines.push(claim.lines[0].clone())),
        ("DX001", |claim| claim.diagnoses.push(DiagnosisCode::from_text("250.00"))),
        ("DX050", |claim| claim.lines[0].diagnosis_pointers.push(DiagnosisPointer::from_ordinal(99))),
    ];
    select(faults)
}

const CLEAN_DAYS: [&str; 4] = ["2016-10-01", "2020-04-01", "2026-09-30", "2026-10-05"];

static BILLABLE: LazyLock<BTreeMap<&str, Vec<Icd10CmCode>>> = LazyLock::new(|| {
    let on = |text| Icd10Cm::bundled().on(day(text)).billable().collect();
    CLEAN_DAYS.into_iter().map(|text| (text, on(text))).collect()
});

fn built(on: &str, chosen: &[Index], lines: usize, npi: &str) -> Claim {
    let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
    let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
    let (number, office) = ("CLAIM1".parse().unwrap(), "11".parse().unwrap());
    let mut claim = Claim::professional(number, office, clinic(npi), coverage, patient);
    let mut pointers = Vec::new();
    for index in chosen {
        // The builder refuses the second of two equal diagnoses.
        pointers.extend(claim.diagnosis(*index.get(&BILLABLE[on])).ok());
    }
    for at in 0..lines {
        let text = format!("{on} {} 1.{at:02} -", ["G0108", "G0109", "J1885", "G0008", "G0009"][at]);
        let first = at % pointers.len();
        let some = pointers[first..].iter().copied().take(4);
        claim.line(line(&text).pointing_to(some)).unwrap();
    }
    claim.build().unwrap()
}

fn npis() -> impl Strategy<Value = String> {
    (100_000_000_u64..300_000_000).prop_map(|body| {
        let npi: Npi = format!("{body}0").parse().unwrap();
        format!("{body}{}", npi.expected_check_digit())
    })
}

/// What identifies a patient: invented texts that nothing else in a report can contain by chance.
#[derive(Debug, Clone)]
struct Secrets {
    texts: Vec<String>,
    birth: (i16, i8, i8),
}

fn secrets() -> impl Strategy<Value = Secrets> {
    let text = prop_oneof!["ZQ[A-Z]{8}", "[5-9]{3}-[5-9]{2}-[5-9]{4}", "Žq[a-z]{7} [A-Z]q[a-z]{6}", "99[0-9]{7}"];
    let birth = (1890_i16..1960, 1_i8..=12, 1_i8..=28);
    (prop::collection::vec(text, 16), birth).prop_map(|(texts, birth)| Secrets { texts, birth })
}

/// Puts a secret into every field of the claim that may hold a patient's data, or that a sender may have put it into.
fn hide(claim: &mut Claim, secrets: &Secrets) {
    let mut texts = secrets.texts.iter().cycle().cloned();
    let mut next = || texts.next().unwrap();
    let person = |name: PersonName, address: String| {
        let mut person = Person::new(name);
        let (year, month, day) = secrets.birth;
        person.birth_date = Some(Phi::new(superbill_core::Date::new(year, month, day).unwrap()));
        person.sex = Some(Sex::Female);
        let address = Address { lines: vec![address.clone()], city: address, ..Address::default() };
        person.address = Some(Phi::new(address));
        person
    };
    let named = PersonName { middle: Some(next()), suffix: Some(next()), ..PersonName::new(&next(), &next()) };
    claim.subscriber = person(named, next());
    claim.patient = Some((Relationship::Child, person(PersonName::new(&next(), &next()), next())));
    claim.patient_control_number = Phi::new(next().parse().unwrap());
    claim.coverage.member_id = Phi::new(next().parse().unwrap());
    claim.coverage.group_number = Some(Phi::new(next()));
    claim.prior_authorization = Some(Phi::new(next()));
    claim.billing_provider.malformed_npi = Some(Phi::new(next()));
    claim.payer_control_number = Some(next().parse().unwrap());
    // Texts that a sender put where a code belongs; some read as no code by shape.
    claim.diagnoses.push(DiagnosisCode::Unrecognized(Phi::new(next())));
    for line in &mut claim.lines {
        line.description = Some(Phi::new(next()));
        line.control_number = Some(next());
        line.procedure = ProcedureCode::Unrecognized(Phi::new(next()));
    }
}

/// Changes of every part of a claim, each of which makes it another.
const CHANGES: [Change; 10] = [
    |claim| claim.total_charge = Money::from_cents(claim.total_charge.cents() + 1),
    |claim| claim.diagnoses.push(DiagnosisCode::from_text("Z23")),
    |claim| claim.lines.push(line("2026-10-05 G0108 1.00 A")),
    |claim| claim.billing_provider = clinic("2234567891"),
    |claim| claim.billing_provider.malformed_npi = Some(Phi::new("OTHER".to_owned())),
    |claim| claim.subscriber = Person::new(PersonName::new("OTHERPATIENT", "ANN")),
    |claim| claim.coverage.payer = Payer::new("OTHER PAYER", "TEST2"),
    |claim| claim.patient_control_number = Phi::new("CLAIM2".parse().unwrap()),
    |claim| claim.prior_authorization = Some(Phi::new("AUTH1".to_owned())),
    |claim| claim.billing_provider.name = PartyName::Organization("OTHER CLINIC".to_owned()),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn scrub_is_deterministic(claim in claims()) {
        let before = claim.clone();
        let report = scrub(&claim);
        prop_assert_eq!(&report, &scrub(&claim));
        prop_assert_eq!(&report, &Engine::standard().scrub(&claim.clone()));
        prop_assert_eq!(claim, before);
    }

    #[test]
    fn permuting_lines_permutes_findings_only(
        (claim, from) in claims().prop_flat_map(|claim| {
            let from: Vec<usize> = (0..claim.lines.len()).collect();
            (Just(claim), Just(from).prop_shuffle())
        })
    ) {
        let permuted = with(claim.clone(), |other| other.lines = from.iter().map(|at| claim.lines[*at].clone()).collect());
        let (report, other) = (scrub(&claim), scrub(&permuted));
        for rule in catalogue() {
            let code = rule.meta().code.as_str();
            let (here, there) = (of(&report, code), of(&other, code));
            prop_assert_eq!(here.len(), there.len(), "{}", code);
            // Which of two equal lines repeats the other is a matter of their order.
            if code != "DU001" {
                let mut here: Vec<Finding> = here.into_iter().cloned().collect();
                here.iter_mut().for_each(|found| found.place = moved(found.place, &from));
                prop_assert_eq!(sorted(&here.iter().collect::<Vec<_>>()), sorted(&there), "{}", code);
            }
        }
        prop_assert_eq!(report.worst(), other.worst());
    }

    #[test]
    fn swapping_diagnoses_keeps_the_pairs(diagnoses in prop::collection::vec(select(DIAGNOSES.as_slice()), 2..7)) {
        let lines = ["2026-09-14 G0108 1.00 -", "2026-10-05 G0108 1.00 -"];
        let backwards: Vec<&str> = diagnoses.iter().rev().copied().collect();
        let pairs = |diagnoses: &[&str]| {
            let report = scrub(&claim(diagnoses, &lines));
            let mut pairs: Vec<_> =
                of(&report, "DX010").iter().map(|found| (found.message.clone(), found.outcome.clone())).collect();
            pairs.sort_by(|one, other| one.0.cmp(&other.0));
            pairs
        };
        prop_assert_eq!(pairs(&diagnoses), pairs(&backwards));
    }

    #[test]
    fn adding_a_finding_never_lowers_the_disposition(
        claim in claims().prop_filter("a fault needs a line", |claim| !claim.lines.is_empty()),
        (rule, fault) in faults(),
    ) {
        let report = scrub(&claim);
        prop_assert_eq!(report.worst(), report.findings().iter().map(|found| found.disposition).max());
        let worse = scrub(&with(claim, fault));
        prop_assert!(of(&worse, rule).iter().any(|found| found.outcome.name() == "fires"), "{}", rule);
        prop_assert!(worse.worst() >= report.worst(), "{:?} after {:?}", worse.worst(), report.worst());
    }

    #[test]
    fn a_clean_built_claim_has_no_finding_but_excludes1(
        on in select(CLEAN_DAYS.as_slice()),
        chosen in prop::collection::vec(any::<Index>(), 1..=12),
        lines in 1_usize..=5,
        npi in npis(),
    ) {
        let claim = built(on, &chosen, lines, &npi);
        let report = scrub(&claim);
        prop_assert!(report.findings().iter().all(|found| found.rule.as_str() == "DX010"), "{:?}", report.findings());
        prop_assert!(report.worst() <= Some(Disposition::Review));
        prop_assert!(report.receipt(&claim, day(on)).unwrap().may_be_released());
    }

    #[test]
    fn findings_never_contain_patient_data(claim in claims(), secrets in secrets()) {
        let claim = with(claim, |claim| hide(claim, &secrets));
        let engine = Engine::standard();
        let report = engine.scrub(&claim);
        prop_assert!(!report.findings().is_empty());
        let mut said = format!("{report:?} {report:#?} {engine:?}");
        for found in report.findings() {
            let fix = found.fix.as_ref().map(superbill_rules::Fix::words).unwrap_or_default();
            let rows: Vec<String> = found.rows.iter().map(|row| format!("{} {} {}", row.table, row.version, row.key)).collect();
            said += &format!("\n{} {} {} {}", found.rule, found.message, found.place, found.place.path());
            said += &format!("\n{:?} {rows:?} {fix}", found.outcome);
        }
        let (year, month, day) = secrets.birth;
        let births = [format!("{year}-{month:02}-{day:02}"), format!("{year}{month:02}{day:02}")];
        for secret in secrets.texts.iter().chain(&births).chain([&"TESTPATIENT".to_owned()]) {
            prop_assert!(!said.contains(secret.as_str()), "{} in {}", secret, said);
        }
    }

    #[test]
    fn a_profile_changes_only_the_disposition(
        claim in claims(),
        rule in any::<Index>(),
        disposition in select(vec![
            Disposition::Advise,
            Disposition::Review,
            Disposition::Suspend,
            Disposition::DenyLine,
            Disposition::DenyClaim,
            Disposition::ReturnToProvider,
            Disposition::Reject,
        ]),
    ) {
        let meta = catalogue()[rule.index(catalogue().len())].meta();
        let profile = Profile::medicare_like().with("test payer", meta, disposition);
        let (usual, changed) = (scrub(&claim), Engine::standard().with_profile(profile).scrub(&claim));
        prop_assert_eq!(usual.evaluated(), changed.evaluated());
        prop_assert_eq!(usual.releases(), changed.releases());
        prop_assert_eq!(usual.findings().len(), changed.findings().len());
        for (one, other) in usual.findings().iter().zip(changed.findings()) {
            let mut same = other.clone();
            same.disposition = one.disposition;
            prop_assert_eq!(one, &same);
            if one.rule != meta.code {
                prop_assert_eq!(one.disposition, other.disposition);
            } else if one.outcome.name() == "fires" {
                prop_assert_eq!(other.disposition, disposition);
            } else {
                prop_assert_eq!(other.disposition, disposition.min(Disposition::Review));
            }
        }
    }

    #[test]
    fn a_receipt_covers_exactly_that_claim(claim in claims(), change in select(CHANGES.as_slice())) {
        let report = scrub(&claim);
        let receipt = report.receipt(&claim, day("2026-10-05")).unwrap();
        prop_assert!(receipt.covers(&claim));
        prop_assert_eq!(receipt.worst(), report.worst());
        prop_assert_eq!(receipt.releases(), report.releases());
        let changed = with(claim.clone(), change);
        prop_assert!(!receipt.covers(&changed));
        // Nor can a receipt be had for what was not scrubbed.
        prop_assert_eq!(report.receipt(&changed, day("2026-10-05")), None);
    }

    #[test]
    fn format_fixes_leave_nothing_to_fix(claim in claims()) {
        let report = scrub(&claim);
        let mut fixed = claim.clone();
        let made = report.apply_format_fixes(&mut fixed);
        let again = scrub(&fixed);
        prop_assert_eq!(again.apply_format_fixes(&mut fixed), 0);
        prop_assert_eq!(again.findings().len() + made, report.findings().len());
    }
}

/// The properties above mean something only if the claims have all the faults.
#[test]
fn the_claims_of_the_properties_reach_every_rule_and_outcome() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for _ in 0..400 {
        let claim = claims().new_tree(&mut runner).unwrap().current();
        for found in scrub(&claim).findings() {
            *seen.entry((found.rule.as_str(), found.outcome.name())).or_default() += 1;
        }
    }
    for rule in catalogue() {
        let code = rule.meta().code.as_str();
        assert!(seen.contains_key(&(code, "fires")), "{code} fires in none of {seen:?}");
    }
    assert!(seen.contains_key(&("DX001", "cannot_tell")) && seen.contains_key(&("DX010", "cannot_tell")), "{seen:?}");
}
