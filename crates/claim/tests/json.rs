//! What a claim looks like in JSON, with and without the scope that exposes patient data.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use std::fmt::Debug;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use superbill_claim::{
    AcknowledgementCode, AdjustmentGroup, BalanceLevel, Claim, ClaimAcknowledgement, ClaimFrequency,
    ClaimPaymentStatus, ClaimStatus, DiagnosisCode, DiagnosisPointer, Disposition, DocumentedService, ElementNote,
    Encounter, FilingIndicator, Fingerprint, FunctionalAcknowledgement, PayerResponsibility, PaymentMethod,
    ProcedureCode, Relationship, ScrubReceipt, SegmentNote, TransactionAcknowledgement,
};
use superbill_core::{Exposed, Money, Phi};

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let text = serde_json::to_string(&Exposed(value)).unwrap();
    match serde_json::from_str::<T>(&text) {
        Ok(read) => prop_assert_eq!(&read, value),
        Err(error) => return Err(TestCaseError::fail(format!("{error}: {text}"))),
    }
    Ok(())
}

/// What can stand in place of a leaf or a list; some of it fits.
fn others(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::Bool(one) => vec![json!(!one)],
        Value::Number(number) => vec![json!(number.as_u64().unwrap_or(0) ^ 1)],
        Value::String(text) => {
            let mut start = text.clone();
            start.pop();
            let words = [
                "no",
                "yes",
                "assigned",
                "not_assigned",
                "primary",
                "original",
                "signed",
                "informed_consent",
                "units",
                "minutes",
                "secondary",
                "void",
                "spouse",
                "child",
                "U",
                "M",
            ];
            let ends = ["1", "2"].map(|end| format!("{start}{end}"));
            // The last of a month is followed by no day.
            let century = [text.replacen("19", "18", 1)];
            // An open period is closed, a closed one is opened.
            let period = text
                .split_once('/')
                .map(|(first, last)| format!("{first}/{}", if last == ".." { first } else { ".." }));
            ends.into_iter().chain(century).chain(period).chain(words.map(str::to_owned)).map(Value::String).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            let twice = items.iter().chain(items.last()).cloned().collect();
            vec![json!(items[1..]), Value::Array(twice)]
        }
        Value::Array(_) | Value::Object(_) | Value::Null => vec![],
    }
}

/// The paths of all leaves and lists.
fn paths(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| paths(value, &format!("{at}/{name}"), into)),
        Value::Array(items) => {
            (0..).zip(items).for_each(|(n, value): (usize, _)| paths(value, &format!("{at}/{n}"), into));
            into.push(at.to_owned());
        }
        _ => into.push(at.to_owned()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_exposed_is_read_back(claim in support::claim(), remittance in support::remittance()) {
        comes_back(&claim)?;
        comes_back(&remittance)?;
    }

    #[test]
    fn outside_the_scope_nothing_of_the_patient_is_written(claim in support::claim(), remittance in support::remittance()) {
        for (open, closed) in [
            (serde_json::to_string(&Exposed(&claim)), serde_json::to_string(&claim)),
            (serde_json::to_string(&Exposed(&remittance)), serde_json::to_string(&remittance)),
        ] {
            let (open, closed) = (open.unwrap(), closed.unwrap());
            prop_assert!(!support::identifies(&closed), "{}", closed);
            prop_assert_eq!(support::identifies(&open), closed.contains("[redacted]"));
        }
        prop_assert!(support::identifies(&serde_json::to_string(&Exposed(&claim)).unwrap()));
    }

    #[test]
    fn what_was_written_redacted_is_not_read(claim in support::claim()) {
        let closed = serde_json::to_string(&claim).unwrap();
        let error = serde_json::from_str::<Claim>(&closed).unwrap_err().to_string();
        prop_assert!(error.contains("redacted"), "{}", error);
    }

    // Whatever is written of a claim counts: any leaf that can be changed changes the fingerprint.
    #[test]
    fn a_changed_field_is_another_fingerprint(claim in support::claim()) {
        let whole = serde_json::to_value(Exposed(&claim)).unwrap();
        let print = claim.fingerprint();
        let mut all = Vec::new();
        paths(&whole, "", &mut all);
        let mut value = whole.clone();
        for path in &all {
            let leaf = whole.pointer(path).unwrap();
            let mut changed = false;
            for other in others(leaf) {
                *value.pointer_mut(path).unwrap() = other;
                let Ok(read) = Claim::deserialize(&value) else { continue };
                prop_assert_eq!(read == claim, read.fingerprint() == print, "{}", path);
                if read != claim {
                    changed = true;
                    break;
                }
            }
            *value.pointer_mut(path).unwrap() = leaf.clone();
            // There is one kind of claim, a pair has two members, and what is not there has no shape to change.
            let fixed = path == "/kind" || path == "/patient" || leaf.is_null() || *leaf == json!([]);
            prop_assert!(changed || fixed, "{} cannot be changed", path);
        }
    }

    #[test]
    fn a_receipt_comes_back_and_covers_the_same(claim in support::claim(), day in support::day()) {
        let receipt = ScrubReceipt::new(&claim, Vec::new(), "test", Some(Disposition::DenyLine), day);
        comes_back(&receipt)?;
        comes_back(&receipt.fingerprint())?;
    }
}

fn written<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, expected: &Value) {
    let read = serde_json::to_value(Exposed(value)).unwrap();
    assert_eq!(&read, expected);
    assert_eq!(&serde_json::from_value::<T>(read).unwrap(), value);
}

#[test]
fn words_in_json_are_these() {
    written(&ClaimFrequency::Replacement, &json!("replacement"));
    written(&ClaimFrequency::Other('9'), &json!({ "other": "9" }));
    written(&PayerResponsibility::later(4).unwrap(), &json!({ "later": 4 }));
    written(&Relationship::Insured, &json!("insured"));
    written(&Relationship::Other("G8".into()), &json!({ "other": "G8" }));
    written(&FilingIndicator::MEDICARE_PART_B, &json!("MB"));
    written(&DiagnosisCode::from_text("e1165"), &json!({ "icd10cm": "E11.65" }));
    written(&DiagnosisCode::from_text("?"), &json!({ "unrecognized": "?" }));
    written(&DiagnosisPointer::from_ordinal(3), &json!(3));
    written(&ProcedureCode::from_text("g0108"), &json!({ "hcpcs": "G0108" }));
    written(&ProcedureCode::from_text("00000"), &json!({ "cpt": "00000" }));
    written(&AdjustmentGroup::PatientResponsibility, &json!("PR"));
    written(&AdjustmentGroup::from_code("CR"), &json!("CR"));
    written(&AdjustmentGroup::from_code(""), &json!(""));
    written(&AcknowledgementCode::AcceptedWithErrors, &json!("accepted_with_errors"));
    written(&AcknowledgementCode::Rejected('M'), &json!({ "rejected": "M" }));
    written(&ClaimPaymentStatus::PrimaryForwarded, &json!("primary_forwarded"));
    written(&ClaimPaymentStatus::Other(5), &json!({ "other": 5 }));
    written(&PaymentMethod::NoPayment, &json!("no_payment"));
    written(&BalanceLevel::Line { claim: 1, line: 2 }, &json!({ "line": { "claim": 1, "line": 2 } }));
    written(&Disposition::ReturnToProvider, &json!("return_to_provider"));
    let zero = Fingerprint::from_hex(&"00".repeat(32)).unwrap();
    written(&zero, &json!("00".repeat(32)));
}

#[test]
fn acknowledgements_come_back() {
    let mut set = TransactionAcknowledgement::new("837", "0001".parse().unwrap(), AcknowledgementCode::Rejected('R'));
    let mut segment = SegmentNote::new("SV1", 22, "8");
    segment.loop_id = Some("2400".into());
    segment.elements.push(ElementNote::new(1, Some(2), "I10"));
    set.segments.push(segment);
    set.codes.push("I5".into());
    let mut group = FunctionalAcknowledgement::new("HC", "1".parse().unwrap(), AcknowledgementCode::PartiallyAccepted);
    group.implementation = Some("005010X222A1".into());
    (group.included, group.received, group.accepted) = (2, 2, 1);
    group.codes.push("5".into());
    group.transactions.push(set);
    comes_back(&group).unwrap();

    let mut answer = ClaimAcknowledgement::new("TEST1".parse().unwrap());
    answer.statuses.push(ClaimStatus::new("A2", "20").unwrap());
    answer.date = "2026-10-06".parse().ok();
    answer.charge = Some(Money::from_cents(15_000));
    answer.payer_control_number = "ICN1".parse().ok();
    comes_back(&answer).unwrap();
    assert!(!serde_json::to_string(&answer).unwrap().contains("TEST1"));
}

#[test]
fn an_encounter_comes_back_and_its_note_does_not_show() {
    let mut visit = Encounter::new("2026-10-05".parse().unwrap(), "11".parse().unwrap());
    visit.note = Some(Phi::new("TESTPATIENT came in.".to_owned()));
    visit.diagnoses.push(DiagnosisCode::from_text("E11.65"));
    let code = ProcedureCode::from_text("G0108");
    let service = DocumentedService::new(code, "2.0".parse().unwrap(), Money::from_cents(1), visit.diagnoses.clone());
    visit.services.push(service);
    comes_back(&visit).unwrap();
    let closed = serde_json::to_value(&visit).unwrap();
    assert_eq!(closed["note"], "[redacted]");
    // Units keep their text, and modifiers may be left out.
    assert_eq!(closed["services"][0]["units"], "2.0");
    let mut open = serde_json::to_value(Exposed(&visit)).unwrap();
    open["services"][0].as_object_mut().unwrap().remove("modifiers");
    assert_eq!(serde_json::from_value::<Encounter>(open).unwrap(), visit);
}

#[test]
fn codes_of_no_shape_are_not_read() {
    for text in ["\"\"", "\"123456\"", "\"4 5\"", "45", "null"] {
        assert!(serde_json::from_str::<superbill_claim::AdjustmentReason>(text).is_err(), "{text}");
    }
    for text in ["\"\"", "\"MBX\"", "\"M \""] {
        assert!(serde_json::from_str::<FilingIndicator>(text).is_err(), "{text}");
    }
    for text in [format!("\"{}\"", "+f".repeat(32)), "\"00\"".to_owned()] {
        assert!(serde_json::from_str::<Fingerprint>(&text).is_err(), "{text}");
    }
    for text in ["\"CRX\"", "\"C-\"", "\" \"", "5"] {
        assert!(serde_json::from_str::<AdjustmentGroup>(text).is_err(), "{text}");
    }
    for place in [0, 3, 12, 255] {
        assert!(serde_json::from_value::<PayerResponsibility>(json!({ "later": place })).is_err(), "{place}");
    }
    for category in ["", "A", "12", "A12B"] {
        let status = json!({ "category": category, "status": "20", "entity": null });
        assert!(serde_json::from_value::<ClaimStatus>(status).is_err(), "{category}");
    }
    let status = json!({ "category": "a7", "status": "562", "entity": "85" });
    let status = serde_json::from_value::<ClaimStatus>(status).unwrap();
    assert_eq!((&*status.category, &*status.status, status.entity.as_deref()), ("A7", "562", Some("85")));
    for text in ["{\"hcpcs\":\"00000\"}", "{\"cpt\":\"G0108\"}"] {
        assert!(serde_json::from_str::<ProcedureCode>(text).is_err(), "{text}");
    }
}
