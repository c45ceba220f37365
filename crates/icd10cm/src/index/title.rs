//! What a title of an index says: essential words, alternatives, nonessential modifiers.
//!
//! In print: `Abscess (acute) (chronic)`. Words in parentheses are nonessential modifiers: they can be there or not without a change of the
//! code (Official Guidelines, section I.A.7). Between commas stand other forms of the word or a qualification
//! (`Abnormal, abnormality`, `Cold, exposure to`), in brackets a synonym (section I.A.7).

use super::words::{is_connecting, words};

/// The part number of words that are nonessential.
const NONESSENTIAL: u8 = u8::MAX;

/// Endings that are printed in parentheses right behind a word: `chromosome(s)`.
const ENDINGS: [&str; 14] = ["al", "ed", "es", "ies", "ing", "is", "ism", "ized", "ly", "ness", "ous", "ry", "s", "ty"];

/// A word of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TitleWord {
    /// As it is compared.
    pub(crate) stem: String,
    part: u8,
}

impl TitleWord {
    pub(crate) fn is_nonessential(&self) -> bool {
        self.part == NONESSENTIAL
    }

    pub(crate) fn is_connecting(&self) -> bool {
        is_connecting(&self.stem)
    }
}

/// The words of a title in order of print, each with the part in which it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TitleWords {
    pub(crate) words: Vec<TitleWord>,
    parts: u8,
}

impl TitleWords {
    /// No words.
    pub(crate) const EMPTY: Self = Self { words: Vec::new(), parts: 0 };

    /// The words of each part that must be there: the title is met where all words of one part are.
    pub(crate) fn parts(&self) -> impl Iterator<Item = impl Iterator<Item = &TitleWord>> {
        (0..self.parts).map(|part| self.words.iter().filter(move |word| word.part == part))
    }

    /// Essential words, whatever their part.
    pub(crate) fn essential(&self) -> impl Iterator<Item = &TitleWord> {
        self.words.iter().filter(|word| !word.is_nonessential())
    }

    /// How many words at least a text needs to meet the title: those of its shortest part, connecting words not counted where there are others.
    pub(crate) fn need(&self) -> usize {
        let counts = self.parts().map(|part| part.filter(|word| !word.is_connecting()).count());
        counts.filter(|count| *count > 0).min().unwrap_or(0)
    }

    fn push(&mut self, text: &str, part: u8) {
        for word in words(text) {
            if part != NONESSENTIAL && word.stem == "or" {
                self.close_part();
            }
            let part = if part == NONESSENTIAL { part } else { self.parts };
            self.words.push(TitleWord { stem: word.stem, part });
        }
    }

    fn close_part(&mut self) {
        self.parts = self.parts.saturating_add(1).min(NONESSENTIAL - 1);
    }
}

/// Takes a title apart.
pub(crate) fn title_words(text: &str) -> TitleWords {
    let mut found = TitleWords::default();
    let mut essential = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[', ',', ';']) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        essential.push_str(before);
        let mut behind = behind.chars();
        let mark = behind.next();
        let behind = behind.as_str();
        match mark {
            Some('(') => {
                let (inside, after) = parenthesis(behind);
                rest = after;
                let fragment = essential.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
                let tail = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                if !fragment.is_empty() && (!tail.is_empty() || ENDINGS.contains(&inside)) {
                    // One word, with or without what stands in parentheses. It goes on right behind.
                    found.push(&format!("{fragment}{inside}{tail}"), NONESSENTIAL);
                    if !tail.is_empty() {
                        // As it is printed: what is before the parenthesis is found too.
                        found.push(&fragment, NONESSENTIAL);
                    }
                } else {
                    found.push(&core::mem::take(&mut essential), 0);
                    found.push(inside, NONESSENTIAL);
                }
            }
            Some('[') => {
                found.push(&core::mem::take(&mut essential), 0);
                let (inside, after) = behind.split_once(']').unwrap_or((behind, ""));
                found.push(inside, NONESSENTIAL);
                rest = after;
            }
            // A comma inside a number is no end of a part: `2,4-D`.
            Some(',') if behind.starts_with(|c: char| c.is_ascii_digit()) => {
                essential.push(' ');
                rest = behind;
            }
            _ => {
                found.push(&core::mem::take(&mut essential), 0);
                found.close_part();
                rest = behind;
            }
        }
    }
    essential.push_str(rest);
    found.push(&essential, 0);
    found.close_part();
    found
}

/// What stands up to the parenthesis that closes, and what behind; other parentheses can stand inside.
pub(crate) fn parenthesis(text: &str) -> (&str, &str) {
    let mut depth = 1usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        }
    }
    (text, "")
}

/// The title without what stands in parentheses, with single spaces.
pub(crate) fn without_parentheses(title: &str) -> String {
    let mut kept = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, behind)) = rest.split_once('(') {
        kept.push_str(before);
        rest = parenthesis(behind).1;
    }
    kept.push_str(rest);
    kept.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// Puts a title together as it is printed: a space before a parenthesis, but for endings.
#[cfg(any(test, feature = "import"))]
pub(crate) fn printed(text: &str, modifier: &str) -> String {
    let inside = modifier.strip_prefix('(').map(parenthesis);
    let ending =
        inside.is_some_and(|(inside, after)| ENDINGS.contains(&inside) || after.starts_with(char::is_alphanumeric));
    let space = if text.is_empty() || text.ends_with(char::is_whitespace) || ending { "" } else { " " };
    format!("{text}{space}{modifier}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn essential(text: &str) -> Vec<Vec<String>> {
        title_words(text).parts().map(|part| part.map(|word| word.stem.clone()).collect()).collect()
    }

    fn nonessential(text: &str) -> Vec<String> {
        let words = title_words(text).words.into_iter();
        words.filter(TitleWord::is_nonessential).map(|word| word.stem).collect()
    }

    #[test]
    fn parentheses_are_nonessential_and_commas_part() {
        assert_eq!(essential("Swelling (acute) (of limb (upper)) NEC"), [["swelling", "nec"]]);
        assert_eq!(nonessential("Swelling (acute) (of limb (upper)) NEC"), ["acute", "of", "limb", "upper"]);
        assert_eq!(essential("Abnormal, abnormality"), [["abnormal"], ["abnormality"]]);
        assert_eq!(essential("hand or finger"), [vec!["hand"], vec!["or", "finger"]]);
        assert_eq!(essential("tracing of heart [ECG] NEC"), [["tracing", "of", "heart", "nec"]]);
        assert_eq!(nonessential("tracing of heart [ECG] NEC"), ["ecg"]);
        assert_eq!(essential("2,4-X solvent"), [["2", "4", "x", "solvent"]]);
        assert_eq!(title_words("(acute)").need(), 0);
        assert_eq!(title_words("with").need(), 0);
        assert_eq!(title_words("hand and wrist, or finger").need(), 1);
    }

    #[test]
    fn endings_make_another_form_of_the_word() {
        assert_eq!(essential("bone(s), broken"), [["bone"], ["broken"]]);
        assert_eq!(nonessential("bone(s), broken"), ["bone"]);
        assert_eq!(essential("Amnes(t)ic state"), [["amnesic", "state"]]);
        assert_eq!(nonessential("Amnes(t)ic state"), ["amnestic", "amne"]);
        assert_eq!(essential("(mono) salt"), [["salt"]]);
        assert_eq!(essential("unclosed (paren"), [["unclosed"]]);
        assert_eq!(essential("unclosed [bracket"), [["unclosed"]]);
    }

    #[test]
    fn a_title_prints_as_in_the_book() {
        assert_eq!(printed("Bone", "(s)"), "Bone(s)");
        assert_eq!(printed("Bone", "(acute) (chronic)"), "Bone (acute) (chronic)");
        assert_eq!(printed("Amnes", "(t)ic"), "Amnes(t)ic");
        assert_eq!(printed("", "(mono)"), "(mono)");
        assert_eq!(printed("Albers", "(-Berg)"), "Albers (-Berg)");
    }
}
