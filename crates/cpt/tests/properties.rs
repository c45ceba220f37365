//! Invariants of the code value. Numbers are made when the test runs; none stands here.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_cpt::{CptCategory, CptCode, CptCodeError};

/// Texts that are almost codes: one character of a code exchanged, or any text at all.
fn almost() -> impl Strategy<Value = String> {
    let exchanged = ("[0-9]{4}[0-9AFMTUafmtu]", 0..5usize, any::<char>()).prop_map(|(code, at, new)| {
        let exchange = |(place, old)| if place == at { new } else { old };
        code.chars().enumerate().map(exchange).collect()
    });
    prop_oneof![
        4 => exchanged,
        2 => "[A-Za-z0-9]{0,7}",
        2 => "[0-9]{4}[A-Za-z]",
        1 => "[ \t\r\n]{0,2}[0-9]{4,6}[ \t\r\n]{0,2}",
        1 => "\\PC{0,6}",
        1 => any::<String>(),
    ]
}

/// The category by the shape, in other words than the parser's.
fn category(text: &str) -> Option<CptCategory> {
    let text: Vec<char> = text.trim_matches([' ', '\t', '\r', '\n']).chars().collect();
    let ['0'..='9', '0'..='9', '0'..='9', '0'..='9', last] = text[..] else {
        return None;
    };
    match last.to_ascii_uppercase() {
        '0'..='9' => Some(CptCategory::One),
        'F' => Some(CptCategory::Two),
        'T' => Some(CptCategory::Three),
        'A' => Some(CptCategory::Immunization),
        'M' => Some(CptCategory::MultianalyteAssay),
        'U' => Some(CptCategory::ProprietaryLaboratory),
        _ => None,
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(text in "[0-9]{4}[0-9AFMTU]") {
        let code = CptCode::parse(&text).unwrap();
        prop_assert_eq!(code.as_str(), &text);
        prop_assert_eq!(code.to_string(), text.as_str());
        prop_assert_eq!(code.to_string().parse(), Ok(code));
        prop_assert_eq!(CptCode::try_from(text.as_str()), Ok(code));
    }

    #[test]
    fn case_and_spaces_around_do_not_count(text in "[0-9]{4}[0-9AFMTU]", before in "[ \t\r\n]{0,3}", after in "[ \t\r\n]{0,3}") {
        let code = CptCode::parse(&text);
        prop_assert!(code.is_ok());
        prop_assert_eq!(CptCode::parse(&text.to_lowercase()), code);
        prop_assert_eq!(CptCode::parse(&format!("{before}{text}{after}")), code);
    }

    #[test]
    fn every_other_shape_is_refused(text in almost()) {
        prop_assert_eq!(CptCode::parse(&text).ok().map(CptCode::category), category(&text));
    }

    #[test]
    fn an_error_names_the_first_wrong_place_and_nothing_of_the_text(at in 1..=5u8, wrong in "[!-/]") {
        let mut text = "00000".to_owned();
        text.replace_range(usize::from(at) - 1..usize::from(at), &wrong);
        let error = CptCode::parse(&text).unwrap_err();
        let place = match error {
            CptCodeError::Character { position, .. } => Some(position),
            _ => None,
        };
        prop_assert_eq!(place, Some(at));
        prop_assert!(!error.to_string().contains(&text));
    }
}
