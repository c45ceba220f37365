//! The example of the documentation, its mutants, and files that are refused.

use super::PartnerRules;
use crate::check::{CheckOptions, CheckSummary, Checker, Finding};
use superbill_x12::{Document, Severity};

const DOCUMENT: &str = include_str!("../../../../../docs/X12-PARTNERS.md");

const CLAIM: &str = "ISA*00*          *00*          *ZZ*ACMEBILLING    *ZZ*EXAMPLEPLAN    *240601*1200*^*00501*000000001*0*T*:~\
    GS*HC*ACME*EXAMPLEPLAN*20240601*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20240601*1200*CH~\
    NM1*41*2*ACME*****46*1~PER*IC*A*TE*5550000000~NM1*40*2*PLAN*****46*2~HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~N3*1 A ST~\
    N4*MIAMI*FL*331301234~REF*EI*123456789~HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*DOE*JANE****MI*AB1234567~N3*1 B ST~\
    N4*MIAMI*FL*331301234~DMG*D8*19500101*F~NM1*PR*2*PLAN*****PI*1~CLM*A*100***11:B:1*Y*A*Y*Y~HI*ABK:E119~\
    NM1*82*1*ROE*RAY****XX*1234567893~LX*1~SV1*HC:99213*100*UN*1***1~DTP*472*D8*20240510~SE*25*0001~GE*1*1~IEA*1*000000001~";

/// The example of the documentation.
fn example() -> &'static str {
    let (_, text) = DOCUMENT.split_once("```toml\n").unwrap();
    text.split_once("```").unwrap().0
}

fn check(text: &str, rules: &str) -> (Vec<Finding>, CheckSummary) {
    let document = Document::read(text.as_bytes()).unwrap();
    let mut checker = Checker::new(CheckOptions::default()).with_partner(PartnerRules::parse(rules).unwrap());
    for segment in document.segments() {
        checker.segment(&segment);
    }
    checker.finish();
    (checker.take_findings(), checker.summary())
}

/// The findings of type 7, as `CHECK SEGMENTelement`.
fn found(text: &str, rules: &str) -> Vec<String> {
    let (mut findings, _) = check(text, rules);
    findings.retain(|finding| finding.snip() == 7);
    let place = |finding: &Finding| finding.element.map(|place| place.to_string()).unwrap_or_default();
    findings.iter().map(|finding| format!("{} {}{}", finding.rule(), finding.segment_id, place(finding))).collect()
}

#[test]
fn the_example_of_the_documentation_is_kept_and_broken() {
    assert_eq!(found(CLAIM, example()), [""; 0]);
    for (from, to, expected) in [
        ("ACMEBILLING ", "OTHER       ", "partner-sender ISA06"),
        ("ZZ*ACMEBILLING", "01*ACMEBILLING", "partner-sender ISA05"),
        ("ZZ*EXAMPLEPLAN", "ZZ*OTHER      ", "partner-receiver ISA08"),
        ("ACME*EXAMPLEPLAN", "ACME*OTHER", "partner-receiver GS03"),
        ("*0*T*:", "*0*P*:", "partner-usage ISA15"),
        ("ST*837*0001*005010X222A1", "ST*837*0001*005010X222", "partner-version ST03"),
        ("~DMG*D8*19500101*F", "", "partner-required DMG"),
        ("~HI*ABK", "~REF*G1*1~HI*ABK", "partner-forbidden REF"),
        ("11:B:1", "11:B:6", "partner-value CLM05-3"),
        ("MI*AB1234567", "MI*AB123456", "partner-length NM109"),
        ("MI*AB1234567", "MI*AB1234567890", "partner-length NM109"),
        ("~NM1*82*1*ROE*RAY****XX*1234567893", "", "partner-required NM1"),
        ("1 B ST", "1 Ñ ST", "partner-characters N301"),
    ] {
        assert!(CLAIM.contains(from), "{from}");
        assert_eq!(found(&CLAIM.replacen(from, to, 1), example()), [expected], "{to}");
    }
    let (findings, _) = check(&CLAIM.replacen("~HI*ABK", "~REF*G1*1~HI*ABK", 1), example());
    let forbidden = findings.iter().find(|finding| finding.rule() == "partner-forbidden").unwrap();
    assert_eq!(forbidden.severity, Severity::Warning);
    assert!(forbidden.message.starts_with("Example Health Plan does not take REF here"), "{}", forbidden.message);
}

#[test]
fn checks_have_another_severity_or_say_nothing() {
    let wrong = CLAIM.replacen("XX*1234567893~N3", "XX*1234567890~N3", 1).replacen("D8*19500101", "D8*20500101", 1);
    let (findings, summary) = check(&wrong, example());
    let npi = findings.iter().find(|finding| finding.rule() == "npi").unwrap();
    assert_eq!(npi.severity, Severity::Warning);
    assert!(findings.iter().all(|finding| finding.rule() != "future-date"));
    assert_eq!(summary.silenced, 1);
    let rules = PartnerRules::parse(example()).unwrap();
    let silenced: Vec<_> = rules.silenced().map(|(check, reason)| (check.id, reason)).collect();
    assert_eq!(silenced, [("future-date", "the plan takes claims for services that are scheduled")]);
}

#[test]
fn claims_of_each_transaction_are_counted() {
    assert_eq!(found(CLAIM, "[envelope]\nclaims_most = 1"), [""; 0]);
    let claim = "~CLM*B*100***11:B:1*Y*A*Y*Y~HI*ABK:E119~LX*1~SV1*HC:99213*100*UN*1***1~DTP*472*D8*20240510";
    let two = CLAIM.replacen("~SE*25", &format!("{claim}~SE*30"), 1);
    assert_eq!(found(&two, "[envelope]\nclaims_most = 1"), ["partner-claims BHT"]);
}

#[test]
fn elements_are_asked_for_where_their_segment_stands() {
    let rules = "[[rule]]\nat = \"2300.CLM10\"\nrequired = true\n[[rule]]\nat = \"2010AA.REF02*SY\"\nforbidden = true\n\
        [[rule]]\nat = \"BHT06\"\nvalues = \"RP\"\n[[rule]]\nat = \"2310C\"\nforbidden = true\n";
    assert_eq!(found(CLAIM, rules), ["partner-required CLM10", "partner-value BHT06"]);
    let person = CLAIM.replacen("REF*EI*", "REF*SY*", 1).replacen("~LX", "~NM1*77*2*PLACE~N3*1~N4*A*FL*33130~LX", 1);
    let all = ["partner-required CLM10", "partner-forbidden NM1", "partner-forbidden REF02", "partner-value BHT06"];
    assert_eq!(found(&person, rules), all);
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_line() {
    for (text, line) in [
        ("name = ", 1),
        ("name = 1", 1),
        ("nmae = \"x\"", 1),
        ("[envelope]\nsender = []", 2),
        ("[envelope]\nusage = \"X\"", 2),
        ("[envelope]\nclaims_most = \"x\"", 2),
        ("[envelope]\nclaims_most = -1", 2),
        ("[envelope]\ncharacters = \"all\"", 2),
        ("[envelope]\nother = 1", 2),
        ("[rule]\nat = \"2300.CLM\"", 1),
        ("[[rule]]\nrequired = true", 1),
        ("[[rule]]\nat = \"2300.CLM\"", 1),
        ("[[rule]]\nat = \"2300.CLM\"\nrequired = false", 3),
        ("[[rule]]\nat = \"2300.CLM\"\nvalues = [\"1\"]", 1),
        ("[[rule]]\nrequired = true\nat = \"2300.DMG\"", 3),
        ("[[rule]]\nat = \"2300.CLM01\"\nshortest = 3\nlongest = 2", 1),
        ("[[rule]]\nat = \"2300.CLM\"\nrequired = true\nforbidden = true", 1),
        ("[severity]\nnpi = \"bad\"", 2),
        ("[severity]\nno-check = \"error\"", 2),
        ("[silence]\nnpi = \" \"", 2),
    ] {
        let error = PartnerRules::parse(text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error}");
        assert!(!error.what.is_empty() && error.to_string().starts_with("line "));
    }
    assert_eq!(PartnerRules::parse("").unwrap(), PartnerRules::default());
}
