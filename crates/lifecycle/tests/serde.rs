//! Events, cases and books as data, and nothing of the patient where he must not show.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod support;

use superbill_core::Exposed;
use superbill_lifecycle::{Book, Case, Command, Posting, RecordedEvent};
use support::*;

fn lived() -> Book {
    let mut book = book_with(2);
    let claims = vec![paid("CLAIM1"), paid("CLAIM9")];
    book.post(&remittance("1", claims, &[("L6", "-0.50")]), today()).unwrap();
    book.execute(&account("a1"), Command::ReceivePatientPayment(money("40.00")), today()).unwrap();
    book
}

#[test]
fn events_cases_and_books_come_back() {
    let book = lived();
    let case = book.case(&account("a1")).unwrap();
    for recorded in case.log() {
        let written = serde_json::to_string(&Exposed(recorded)).unwrap();
        assert_eq!(&serde_json::from_str::<RecordedEvent>(&written).unwrap(), recorded);
    }
    let written = serde_json::to_string(&Exposed(case)).unwrap();
    assert_eq!(&serde_json::from_str::<Case>(&written).unwrap(), case);
    let written = serde_json::to_string(&Exposed(&book)).unwrap();
    assert_eq!(serde_json::from_str::<Book>(&written).unwrap(), book);
}

#[test]
fn the_patient_shows_only_in_the_scope() {
    let book = lived();
    let open = serde_json::to_string(&Exposed(&book)).unwrap();
    assert!(open.contains("TESTPATIENT") && open.contains("CLAIM1") && open.contains("CLAIM9"));
    let written = serde_json::to_string(&book).unwrap();
    for shown in [written.clone(), format!("{book:?}")] {
        for secret in ["TESTPATIENT", "CLAIM1", "CLAIM9", "TEST0001"] {
            assert!(!shown.contains(secret), "{secret}");
        }
    }
    assert!(serde_json::from_str::<Book>(&written).is_err());
}

#[test]
fn what_was_tampered_with_is_refused() {
    let case = sent("CLAIM1");
    let written = serde_json::to_string(&Exposed(&case)).unwrap();
    for (good, bad) in [
        // A posting that does not balance, a gap, an event of an unknown kind.
        (r#""account":"charges","amount":"-185.00""#, r#""account":"charges","amount":"-184.00""#),
        (r#""sequence":4"#, r#""sequence":5"#),
        (r#""event":"coded""#, r#""event":"decoded""#),
        (r#""event":"cleared""#, r#""event":"closed""#),
    ] {
        assert!(written.contains(good), "{good}");
        assert!(serde_json::from_str::<Case>(&written.replacen(good, bad, 1)).is_err(), "{bad}");
    }
    let posting = serde_json::to_string(case.ledger().postings().next().unwrap()).unwrap();
    assert!(serde_json::from_str::<Posting>(&posting).is_ok());
    let error = serde_json::from_str::<Posting>(&posting.replacen("-185.00", "-180.00", 1)).unwrap_err();
    assert!(error.to_string().contains("sums to 5.00"), "{error}");
}
