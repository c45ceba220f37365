//! Claims in the words of a biller, and reports in lines that he could check by eye.
#![allow(dead_code, reason = "each test file uses its part")]

use superbill_claim::{
    Claim, Coverage, DiagnosisCode, DiagnosisPointer, PartyName, Payer, Person, ProcedureCode, Provider, ServiceLine,
};
use superbill_core::{Date, DateRange, Money, PersonName, Phi, Quantity};
use superbill_rules::{Engine, Evaluated, Finding, Outcome, Report, RuleMeta, catalogue};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An organisation with this NPI.
pub(crate) fn clinic(npi: &str) -> Provider {
    Provider::new(PartyName::Organization("TEST CLINIC".to_owned()), Some(npi.parse().unwrap()))
}

/// A person with this NPI.
pub(crate) fn doctor(family: &str, npi: &str) -> Provider {
    Provider::new(PartyName::Person(PersonName::new(family, "TEST")), Some(npi.parse().unwrap()))
}

/// A provider for whom something was sent that is no NPI.
pub(crate) fn without_npi(family: &str, sent: Option<&str>) -> Provider {
    let mut provider = Provider::new(PartyName::Person(PersonName::new(family, "TEST")), None);
    provider.malformed_npi = sent.map(|sent| Phi::new(sent.to_owned()));
    provider
}

/// A service line in one text: day or days, procedure with its modifiers, charge, and the letters of the diagnoses (`-` for none), as
/// in `2026-10-05 G0108-76 150.00 AB`.
pub(crate) fn line(text: &str) -> ServiceLine {
    let words: Vec<&str> = text.split(' ').collect();
    let [days, service, charge, letters] = words[..] else { panic!("four words: {text}") };
    let days: DateRange = if days.contains('/') { days.parse().unwrap() } else { DateRange::single(day(days)) };
    let mut service = service.split('-');
    let procedure = ProcedureCode::from_text(service.next().unwrap());
    let modifiers: Vec<_> = service.map(|modifier| modifier.parse().unwrap()).collect();
    let letters = letters.bytes().filter(|letter| *letter != b'-');
    let pointers: Vec<_> = letters.map(|letter| DiagnosisPointer::from_ordinal(letter - b'A' + 1)).collect();
    ServiceLine::new(procedure, days, Quantity::from_units(1), charge.parse().unwrap())
        .with_modifiers(modifiers)
        .pointing_to(pointers)
}

/// A claim as it might have been read: any diagnoses, any lines, the total being the sum of the lines.
pub(crate) fn claim(diagnoses: &[&str], lines: &[&str]) -> Claim {
    let coverage = Coverage::new(Payer::new("TEST PAYER", "TEST1"), "TEST0001".parse().unwrap());
    let patient = Person::new(PersonName::new("TESTPATIENT", "ANN"));
    let (number, office) = ("CLAIM1".parse().unwrap(), "11".parse().unwrap());
    let mut claim = Claim::professional(number, office, clinic("1234567893"), coverage, patient);
    let pointer = claim.diagnosis(DiagnosisCode::from_text("I10")).unwrap();
    claim.line(line("2026-10-05 G0108 0.00 A").pointing_to([pointer])).unwrap();
    let mut claim = claim.build().unwrap();
    claim.diagnoses = diagnoses.iter().map(|text| DiagnosisCode::from_text(text)).collect();
    claim.lines = lines.iter().map(|text| line(text)).collect();
    claim.total_charge = claim.sum_of_lines().unwrap();
    claim
}

/// The same claim with a change.
pub(crate) fn with(mut claim: Claim, change: impl FnOnce(&mut Claim)) -> Claim {
    change(&mut claim);
    claim
}

pub(crate) fn dollars(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn scrub(claim: &Claim) -> Report {
    Engine::standard().scrub(claim)
}

/// A finding in one line: rule, outcome, disposition, path.
pub(crate) fn in_short(finding: &Finding) -> String {
    let disposition = finding.disposition.words();
    let path = finding.place.path();
    format!("{} {} {disposition} {path}", finding.rule, finding.outcome.name())
}

pub(crate) fn all_in_short(report: &Report) -> Vec<String> {
    report.findings().iter().map(in_short).collect()
}

/// The one finding of a rule.
pub(crate) fn only<'r>(report: &'r Report, rule: &str) -> &'r Finding {
    let found: Vec<_> = report.findings().iter().filter(|finding| finding.rule.as_str() == rule).collect();
    assert_eq!(found.len(), 1, "{rule} in {:?}", all_in_short(report));
    found[0]
}

/// What became of a rule.
pub(crate) fn evaluated(report: &Report, rule: &str) -> Evaluated {
    report.evaluated().iter().find(|(code, _)| code.as_str() == rule).unwrap().1
}

pub(crate) fn meta(rule: &str) -> &'static RuleMeta {
    catalogue().iter().map(|rule| rule.meta()).find(|meta| meta.code.as_str() == rule).unwrap()
}

/// What a rule lacked to judge.
pub(crate) fn missing(finding: &Finding) -> &str {
    match &finding.outcome {
        Outcome::CannotTell { missing } => missing,
        other => panic!("{other:?}"),
    }
}
