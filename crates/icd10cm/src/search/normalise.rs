//! Texts to words, the same for the index and for queries: case, diacritics, spelling, plural.

use core::ops::Range;

/// Most bytes of a word that count; what is longer is compared by its first bytes.
pub(crate) const MAX_WORD: usize = 40;

/// Stands for a letter that has no ASCII form here, as of another script: it matches nothing.
const FOREIGN: u8 = b'~';

/// Words that say nothing about a diagnosis; they are in no list of the index.
const STOP_WORDS: [&str; 14] =
    ["an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to"];

/// Abbreviations with a stroke that are one word.
const STROKED: [&str; 14] =
    ["a/w", "b/l", "c/o", "c/w", "d/t", "f/u", "h/o", "n/v", "p/w", "r/o", "s/p", "w/", "w/o", "y/o"];

/// A word in a fixed room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    bytes: [u8; MAX_WORD],
    length: u8,
}

impl Default for Word {
    fn default() -> Self {
        Self { bytes: [0; MAX_WORD], length: 0 }
    }
}

impl Word {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    #[cfg(any(test, feature = "import"))]
    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.length)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(usize::from(self.length)) {
            *place = byte;
            self.length += 1;
        }
    }

    fn push_all(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.push(*byte));
    }

    fn ends(&self, ending: &str) -> bool {
        self.as_bytes().ends_with(ending.as_bytes())
    }

    fn cut(&mut self, bytes: usize) {
        self.length = self.length.saturating_sub(bytes as u8);
    }

    /// The word with one ending in the place of another.
    fn change(&mut self, ending: &str, other: &str) -> bool {
        let found = self.ends(ending);
        if found {
            self.cut(ending.len());
            self.push_all(other.as_bytes());
        }
        found
    }

    /// Replaces a part wherever it stands.
    fn replace(&mut self, part: &[u8], other: &[u8]) {
        if !self.as_bytes().windows(part.len()).any(|window| window == part) {
            return;
        }
        let old = *self;
        let mut rest = old.as_bytes();
        self.length = 0;
        while let Some((first, tail)) = rest.split_first() {
            if let Some(behind) = rest.strip_prefix(part) {
                self.push_all(other);
                rest = behind;
            } else {
                self.push(*first);
                rest = tail;
            }
        }
    }
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Its bytes in the text.
    pub(crate) span: Range<usize>,
    /// The word, spelled the American way, not stemmed.
    pub(crate) word: Word,
}

/// The words of a text in order, stop words left out.
pub(crate) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

#[derive(Debug, Clone)]
pub(crate) struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let mut token = self.token()?;
            spell(&mut token.word);
            let stop = core::str::from_utf8(token.word.as_bytes()).is_ok_and(|word| STOP_WORDS.contains(&word));
            if !token.word.is_empty() && !stop {
                return Some(token);
            }
        }
    }
}

impl Words<'_> {
    /// The next run of letters and digits, folded to ASCII in lower case.
    fn token(&mut self) -> Option<Token> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.find(char::is_alphanumeric)?;
        let rest = self.text.get(start..)?;
        if let Some(stroked) = stroked(rest) {
            self.at = start + stroked.len();
            let mut word = Word::default();
            stroked.bytes().for_each(|byte| word.push(byte.to_ascii_lowercase()));
            return Some(Token { span: start..self.at, word });
        }
        let mut word = Word::default();
        let mut end = start;
        let mut characters = rest.char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            if character.is_alphanumeric() {
                fold(character, &mut word);
                end = start + offset + character.len_utf8();
            } else if is_combining(character) {
                end = start + offset + character.len_utf8();
            } else if matches!(character, '\'' | '’' | 'ʼ' | '`') {
                // The genitive is no part of a name: Crohn's is Crohn.
                let behind = rest.get(offset + character.len_utf8()..).unwrap_or_default();
                let mut next = behind.chars();
                let genitive =
                    matches!(next.next(), Some('s' | 'S')) && !next.next().is_some_and(char::is_alphanumeric);
                if genitive {
                    self.at = start + offset + character.len_utf8() + 1;
                    return Some(Token { span: start..end, word });
                }
                if !characters.peek().is_some_and(|(_, next)| next.is_alphanumeric()) {
                    break;
                }
            } else {
                break;
            }
        }
        self.at = end;
        Some(Token { span: start..end, word })
    }
}

fn is_combining(character: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&character)
}

/// `s/p`, `w/o` and the like, where nothing of a longer word follows; `w/` before anything.
fn stroked(rest: &str) -> Option<&str> {
    let bytes = rest.as_bytes();
    if bytes.get(1) != Some(&b'/') {
        return None;
    }
    let length = bytes.iter().skip(2).take_while(|byte| byte.is_ascii_alphanumeric()).count() + 2;
    let whole = rest.get(..length)?;
    if STROKED.iter().any(|known| known.eq_ignore_ascii_case(whole)) {
        return Some(whole);
    }
    rest.get(..2).filter(|two| two.eq_ignore_ascii_case("w/"))
}

/// A letter or digit as ASCII in lower case.
fn fold(character: char, into: &mut Word) {
    if character.is_ascii() {
        into.push(character.to_ascii_lowercase() as u8);
        return;
    }
    let text = match character {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' => "s",
        'ß' => "ss",
        'Ţ'..='ŧ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ' | 'ŷ' | 'Ÿ' => "y",
        'Ź'..='ž' => "z",
        'Α' | 'α' => "alpha",
        'Β' | 'β' => "beta",
        'Γ' | 'γ' => "gamma",
        'Δ' | 'δ' => "delta",
        'Ω' | 'ω' => "omega",
        _ => {
            into.push(FOREIGN);
            return;
        }
    };
    into.push_all(text.as_bytes());
}

/// Whole words that are spelled in two ways, or are numbers in two ways.
const SPELLINGS: [(&str, &str); 36] = [
    ("1st", "first"),
    ("2nd", "second"),
    ("3rd", "third"),
    ("4th", "fourth"),
    ("5th", "fifth"),
    ("6th", "sixth"),
    ("7th", "seventh"),
    ("aeroplane", "airplane"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("cot", "crib"),
    ("grey", "gray"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("ix", "9"),
    ("kerb", "curb"),
    ("lorry", "truck"),
    ("manoeuvre", "maneuver"),
    ("motorbike", "motorcycle"),
    ("mould", "mold"),
    ("moulds", "molds"),
    ("mouldy", "moldy"),
    ("nappy", "diaper"),
    ("neurone", "neuron"),
    ("neurones", "neurons"),
    ("odour", "odor"),
    ("pram", "stroller"),
    ("pushchair", "stroller"),
    ("pyjama", "pajama"),
    ("pyjamas", "pajamas"),
    ("tyre", "tire"),
    ("tyres", "tires"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
];

/// British spelling to American.
fn spell(word: &mut Word) {
    if word.len() < 2 {
        return;
    }
    if let Ok(place) = SPELLINGS.binary_search_by(|(from, _)| from.as_bytes().cmp(word.as_bytes())) {
        if let Some((_, to)) = SPELLINGS.get(place) {
            word.length = 0;
            word.push_all(to.as_bytes());
        }
        return;
    }
    if word.len() < 5 {
        return;
    }
    // Latin plurals: vertebrae. A final oe is English: toe, canoes.
    let english = word.ends("oe") || word.ends("oes");
    word.change("ae", "a");
    word.replace(b"ae", b"e");
    if !english {
        word.replace(b"oe", b"e");
    }
    word.replace(b"sulph", b"sulf");
    word.replace(b"leuco", b"leuko");
    word.replace(b"lyse", b"lyze");
    if word.len() >= 6 {
        for (ending, other) in
            [("our", "or"), ("ours", "ors"), ("oured", "ored"), ("ouring", "oring"), ("oural", "oral")]
        {
            if word.change(ending, other) {
                break;
            }
        }
    }
    for (ending, other) in [("tre", "ter"), ("bre", "ber"), ("tres", "ters"), ("bres", "bers")] {
        if word.change(ending, other) {
            break;
        }
    }
    for before in ["al", "un", "il", "er", "or"] {
        for behind in ["ise", "ised", "ising", "isation"] {
            let cut = word.len().saturating_sub(behind.len());
            if word.ends(behind) && word.as_bytes().get(..cut).is_some_and(|head| head.ends_with(before.as_bytes())) {
                if let Some(letter) = word.bytes.get_mut(cut + 1) {
                    *letter = b'z';
                }
                return;
            }
        }
    }
}

/// The word without the endings of plural and of Latin and Greek nouns: what words are listed by.
pub(crate) fn stem(word: &Word) -> Word {
    let mut stem = *word;
    if word.as_bytes().iter().any(|byte| !byte.is_ascii_lowercase()) {
        return stem;
    }
    let length = word.len();
    if length >= 5 && stem.change("ies", "y") {
        return stem;
    }
    if stem.ends("ss") || stem.ends("us") {
        return stem;
    }
    let plural = stem.change("sses", "ss")
        || stem.change("xes", "x")
        || stem.change("ches", "ch")
        || stem.change("shes", "sh")
        || stem.change("uses", "us")
        || (length >= 6 && (stem.change("ses", "s") || stem.change("is", "")));
    if plural {
        return stem;
    }
    if length >= 4 && !stem.ends("is") {
        stem.change("s", "");
    }
    let length = stem.len();
    let _ = (length >= 7 && stem.change("um", ""))
        || (length >= 6 && stem.change("a", ""))
        || (length >= 5 && stem.change("e", ""));
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text).map(|token| token.word.as_str().to_owned()).collect()
    }

    fn stemmed(text: &str) -> String {
        let words: Vec<String> = words(text).map(|token| stem(&token.word).as_str().to_owned()).collect();
        words.join(" ")
    }

    #[test]
    fn british_and_american_spellings_are_one_word() {
        for (british, american) in [
            ("haemorrhage", "hemorrhage"),
            ("oedema", "edema"),
            ("tumours", "tumors"),
            ("anaemia", "anemia"),
            ("diarrhoea", "diarrhea"),
            ("oesophageal", "esophageal"),
            ("foetal", "fetal"),
            ("leucocytosis", "leukocytosis"),
            ("hospitalisation", "hospitalization"),
            ("immunised", "immunized"),
            ("fibre", "fiber"),
            ("goitre", "goiter"),
            ("behavioural", "behavioral"),
            ("Gynaecological", "gynecological"),
            ("sulphonamide", "sulfonamide"),
            ("paralysed", "paralyzed"),
        ] {
            assert_eq!(of(british), of(american), "{british}");
        }
        assert_eq!(of("toe toes canoe four hours"), ["toe", "toes", "canoe", "four", "hours"]);
    }

    #[test]
    fn plurals_have_the_stem_of_their_singular() {
        for (plural, singular) in [
            ("fractures", "fracture"),
            ("injuries", "injury"),
            ("vertebrae", "vertebra"),
            ("diagnoses", "diagnosis"),
            ("metastases", "metastasis"),
            ("abscesses", "abscess"),
            ("viruses", "virus"),
            ("bacteria", "bacterium"),
            ("diverticula", "diverticulum"),
            ("neuralgias", "neuralgia"),
            ("diseases", "disease"),
            ("bruises", "bruise"),
            ("crutches", "crutch"),
            ("ribs", "rib"),
            ("eyes", "eye"),
        ] {
            assert_eq!(stemmed(plural), stemmed(singular), "{plural}");
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "Crohn’s disease, of the São-Paulo  type II (w/o bleeding)";
        let found: Vec<_> = words(text)
            .map(|token| (text.get(token.span.clone()).unwrap_or_default(), token.word.as_str().to_owned()))
            .collect();
        let expected = [
            ("Crohn", "crohn"),
            ("disease", "disease"),
            ("São", "sao"),
            ("Paulo", "paulo"),
            ("type", "type"),
            ("II", "2"),
            ("w/o", "w/o"),
            ("bleeding", "bleeding"),
        ];
        assert_eq!(found, expected.map(|(span, word)| (span, word.to_owned())));
    }

    #[test]
    fn strokes_and_apostrophes() {
        assert_eq!(
            of("s/p w/fever W/O and/or d'Arcy rock 'n' roll"),
            ["s/p", "w/", "fever", "w/o", "darcy", "rock", "n", "roll"]
        );
    }

    #[test]
    fn any_character_is_read() {
        for text in ["", "'", "’s", "/", "w/", "日本語", "e\u{301}tat", "💉💉", "ß", &"a".repeat(500)] {
            for token in words(text) {
                assert!(text.get(token.span.clone()).is_some_and(|span| !span.is_empty()), "{text}");
                assert!(token.word.len() <= MAX_WORD && stem(&token.word).len() <= token.word.len());
            }
        }
        assert_eq!(of("e\u{301}tat"), ["etat"]);
    }

    #[test]
    fn lists_are_in_order() {
        assert!(SPELLINGS.is_sorted_by_key(|(from, _)| *from));
        assert!(STOP_WORDS.is_sorted());
    }
}
