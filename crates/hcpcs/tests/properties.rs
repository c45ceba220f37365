//! Invariants of the code value.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use proptest::prelude::*;
use superbill_hcpcs::{HcpcsCode, HcpcsCodeError};

/// Texts that are almost codes: one character of a code exchanged, taken away or doubled, or any text at all.
fn almost() -> impl Strategy<Value = String> {
    let exchanged = ("[A-Za-z][0-9]{4}", 0..5usize, any::<char>()).prop_map(|(code, at, new)| {
        let exchange = |(place, old)| if place == at { new } else { old };
        code.chars().enumerate().map(exchange).collect()
    });
    prop_oneof![
        4 => exchanged,
        2 => "[A-Za-z0-9]{0,7}",
        1 => "[ \t\r\n]{0,2}[A-Z0-9]{4,6}[ \t\r\n]{0,2}",
        1 => "\\PC{0,6}",
        1 => any::<String>(),
    ]
}

/// The shape, in other words than the parser's.
fn is_code(text: &str) -> bool {
    let text: Vec<char> = text.trim_matches([' ', '\t', '\r', '\n']).chars().collect();
    matches!(text[..], ['A'..='Z' | 'a'..='z', '0'..='9', '0'..='9', '0'..='9', '0'..='9'])
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(text in "[A-Z][0-9]{4}") {
        let code = HcpcsCode::parse(&text).unwrap();
        prop_assert_eq!(code.as_str(), &text);
        prop_assert_eq!(code.to_string(), text.as_str());
        prop_assert_eq!(code.to_string().parse(), Ok(code));
        prop_assert_eq!(HcpcsCode::try_from(text.as_str()), Ok(code));
        prop_assert_eq!(code.letter(), text.chars().next().unwrap());
        prop_assert_eq!(code.is_dental(), text.starts_with('D'));
    }

    #[test]
    fn case_and_spaces_around_do_not_count(text in "[A-Z][0-9]{4}", before in "[ \t\r\n]{0,3}", after in "[ \t\r\n]{0,3}") {
        let code = HcpcsCode::parse(&text);
        prop_assert!(code.is_ok());
        prop_assert_eq!(HcpcsCode::parse(&text.to_lowercase()), code);
        prop_assert_eq!(HcpcsCode::parse(&format!("{before}{text}{after}")), code);
    }

    #[test]
    fn every_other_shape_is_refused(text in almost()) {
        prop_assert_eq!(HcpcsCode::parse(&text).is_ok(), is_code(&text));
    }

    #[test]
    fn an_error_names_the_first_wrong_place_and_nothing_of_the_text(code in "[A-Z][0-9]{4}", at in 1..=5u8, wrong in "[!-/]") {
        let mut text = code;
        text.replace_range(usize::from(at) - 1..usize::from(at), &wrong);
        let error = HcpcsCode::parse(&text).unwrap_err();
        let place = match error {
            HcpcsCodeError::Character { position, .. } => Some(position),
            _ => None,
        };
        prop_assert_eq!(place, Some(at));
        prop_assert!(!error.to_string().contains(&text));
    }

    #[test]
    fn codes_are_ordered_as_their_texts(one in "[A-Z][0-9]{4}", two in "[A-Z][0-9]{4}") {
        let codes = (HcpcsCode::parse(&one).unwrap(), HcpcsCode::parse(&two).unwrap());
        prop_assert_eq!(codes.0.cmp(&codes.1), one.cmp(&two));
        prop_assert_eq!(codes.0 == codes.1, one == two);
    }
}
