//! The words of a note as tokens: codes, brackets, signs, words.

use crate::code::Icd10CmCode;

/// A part of a note's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// One behind its last byte.
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What has the shape of a code; whether there is one, a table must say.
    Code(Icd10CmCode),
    Open,
    Close,
    Sign(char),
    Word,
}

/// The tokens of a note, white space left out.
pub(crate) fn tokens(words: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let start = words.len() - rest.len();
        let (kind, length) = match first {
            _ if first.is_whitespace() => {
                rest = rest.trim_start();
                continue;
            }
            '(' | '[' | '{' => (Kind::Open, 1),
            ')' | ']' | '}' => (Kind::Close, 1),
            _ if first.is_alphanumeric() => match code(rest) {
                Some((code, length)) => (Kind::Code(code), length),
                None => (Kind::Word, rest.find(|next: char| !next.is_alphanumeric()).unwrap_or(rest.len())),
            },
            sign => (Kind::Sign(sign), sign.len_utf8()),
        };
        tokens.push(Token { kind, start, end: start + length });
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

/// A code at the beginning of a text and its length: three characters in capitals, a digit among them, then up to four behind a dot.
fn code(text: &str) -> Option<(Icd10CmCode, usize)> {
    let capital = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    let category = bytes.get(..3)?;
    let shaped = category.first()?.is_ascii_uppercase() && category.iter().all(capital);
    if !shaped || !category.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let mut length = 3;
    if bytes.get(3) == Some(&b'.') {
        let more = bytes.get(4..)?.iter().take_while(|byte| capital(byte)).count();
        if (1..=4).contains(&more) {
            length = 4 + more;
        }
    }
    let ends = text.get(length..)?.chars().next().is_none_or(|next| !next.is_alphanumeric());
    let code = Icd10CmCode::parse(text.get(..length)?).ok()?;
    ends.then_some((code, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<String> {
        let show = |token: &Token| match token.kind {
            Kind::Code(code) => format!("<{code}>"),
            _ => words.get(token.start..token.end).unwrap().to_owned(),
        };
        tokens(words).iter().map(show).collect()
    }

    #[test]
    fn codes_stand_apart_from_words_of_capitals_and_digits() {
        assert_eq!(shown("gout (M1A.0-, M10.00)"), ["gout", "(", "<M1A.0>", "-", ",", "<M10.00>", ")"]);
        assert_eq!(shown("I69. with -23"), ["<I69>", ".", "with", "-", "23"]);
        assert_eq!(shown("S06.8-code QA0"), ["<S06.8>", "-", "code", "<QA0>"]);
        for words in ["HIV CKD", "G6PD O157 H5N1 C3", "E. coli", "é(", "A0", "T36é"] {
            assert!(!shown(words).iter().any(|token| token.starts_with('<')), "{words}");
        }
    }
}
