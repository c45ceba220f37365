//! Words as the indexes compare them: without case, diacritics, possessives and plurals.

/// Words that connect others. They are compared last: `of`, `with`, `NEC`.
const CONNECTING: [&str; 22] = [
    "a", "an", "and", "as", "at", "by", "due", "for", "from", "in", "into", "its", "nec", "nos", "of", "on", "or",
    "than", "that", "the", "to", "with",
];

/// Words that turn the next one into its contrary.
const NEGATING: [&str; 4] = ["no", "non", "not", "without"];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'q> {
    /// As it stands in the text.
    pub(crate) text: &'q str,
    /// Where it begins there, in bytes.
    pub(crate) start: usize,
    /// As it is compared.
    pub(crate) stem: String,
    /// Whether a comma or the like stands before it.
    pub(crate) after_comma: bool,
}

/// Whether a stem only connects others.
pub(crate) fn is_connecting(stem: &str) -> bool {
    CONNECTING.binary_search(&stem).is_ok()
}

/// Whether a stem turns the next word into its contrary.
pub(crate) fn is_negating(stem: &str) -> bool {
    NEGATING.contains(&stem)
}

/// The words of a text, in order. A possessive `'s` belongs to no word; a plus sign is a word of its own, for blood types tell by it.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut after_comma = false;
    let mut skip_until = 0;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if at < skip_until {
            continue;
        }
        let inside = character.is_alphanumeric() || (is_apostrophe(character) && start.is_some());
        if inside && !is_possessive(text, at) {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            let word = text.get(from..at).unwrap_or_default().trim_end_matches(is_apostrophe);
            let stem = stem(word);
            if !stem.is_empty() && !is_ending(text, from, at) {
                found.push(Word { text: word, start: from, stem, after_comma });
                after_comma = false;
            }
        }
        if inside {
            // Behind the apostrophe and the `s`.
            skip_until = at + character.len_utf8() + 1;
        } else if character == '+' {
            let text = text.get(at..=at).unwrap_or_default();
            found.push(Word { text, start: at, stem: "+".to_owned(), after_comma });
            after_comma = false;
        } else if matches!(character, ',' | ';' | '>') {
            after_comma = true;
        }
    }
    found
}

/// Whether what stands between two places is the plural in parentheses of the word right before: `bone(s)`.
fn is_ending(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(..from).and_then(|before| before.strip_suffix('('));
    matches!(text.get(from..to), Some("s" | "es"))
        && before.is_some_and(|before| before.ends_with(char::is_alphanumeric))
        && text.get(to..).is_some_and(|behind| behind.starts_with(')'))
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}')
}

/// Whether `'s` and the end of a word stand at a place.
fn is_possessive(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    rest.next().is_some_and(is_apostrophe)
        && matches!(rest.next(), Some('s' | 'S'))
        && !rest.next().is_some_and(char::is_alphanumeric)
}

/// The word without case, diacritics and plural.
pub(crate) fn stem(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for character in word.chars() {
        fold(character, &mut folded);
    }
    singular(&mut folded);
    folded
}

/// Letters and digits without case and diacritics, spaces between words: what main terms are in order of.
pub(crate) fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_alphanumeric() {
            fold(character, &mut key);
        } else if !is_apostrophe(character) && !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Takes a plural ending off. Short words and those with digits stay as they are.
fn singular(word: &mut String) {
    if word.len() <= 3 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let ends = |ending: &str| word.ends_with(ending);
    let (drop, add) = if word.len() > 4 && ends("ies") {
        (3, "y")
    } else if word.len() > 6 && (ends("oses") || ends("yses") || ends("eses")) {
        // Psychoses, paralyses, pareses.
        (2, "is")
    } else if ends("sses") || ends("xes") || ends("shes") || ends("ches") {
        (2, "")
    } else if ends("s") && !(ends("ss") || ends("us") || ends("is")) {
        (1, "")
    } else {
        return;
    };
    word.truncate(word.len() - drop);
    word.push_str(add);
}

/// Appends a character in lower case without its diacritic; what is neither letter nor digit is left out.
fn fold(character: char, into: &mut String) {
    if character.is_ascii() {
        if character.is_ascii_alphanumeric() {
            into.push(character.to_ascii_lowercase());
        }
        return;
    }
    let plain = match character {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'ß' => "ss",
        'Ś'..='š' => "s",
        'Ţ'..='ŧ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => {
            if character.is_alphanumeric() {
                into.extend(character.to_lowercase());
            }
            return;
        }
    };
    into.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn case_diacritics_possessives_and_plurals_do_not_count() {
        for (one, other) in [
            ("Fractures", "fracture"),
            ("Ménière's disease", "meniere DISEASES"),
            ("Bársony", "barsony"),
            ("Addison’s", "Addison"),
            ("psychoses", "psychosis"),
            ("abscesses", "abscess"),
            ("injuries", "injury"),
            ("Crushed-hand", "crushed hand"),
            ("(acute) (chronic)", "acute, chronic"),
            ("Straße", "strasse"),
            ("bone(s) (s)", "bones s"),
        ] {
            assert_eq!(stems(one), stems(other));
        }
        assert_ne!(stems("pelvis"), stems("pelvi"));
        assert_ne!(stems("without"), stems("with"));
        assert_eq!(stems("Fy(a+b-)"), ["fy", "a", "+", "b"]);
        assert_eq!(stems("2,4-D"), ["2", "4", "d"]);
        assert_eq!(stems(""), [""; 0]);
        assert_eq!(stems("'s ' , '"), ["s"]);
    }

    #[test]
    fn words_know_where_they_stand() {
        let found = words("Sprain's, ankle's joint");
        let texts: Vec<_> = found.iter().map(|word| (word.text, word.after_comma)).collect();
        assert_eq!(texts, [("Sprain", false), ("ankle", true), ("joint", false)]);
    }

    #[test]
    fn connecting_words_are_in_order_for_the_search() {
        assert!(CONNECTING.is_sorted());
        assert!(is_connecting("with") && !is_connecting("without"));
    }

    #[test]
    fn keys_of_order_are_letters_digits_and_single_spaces() {
        assert_eq!(sort_key(" Aran-Duchenne  (disease)"), "aran duchenne disease");
        assert_eq!(sort_key("Aarskog's"), "aarskogs");
        assert_eq!(sort_key("!"), "");
    }
}
