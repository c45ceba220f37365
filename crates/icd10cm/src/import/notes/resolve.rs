//! From the words of a note to the codes that they name.

use super::condition::{self, Mask};
use super::words::{Kind, Token, tokens};
use crate::code::Icd10CmCode;
use crate::import::tabular::Cover;
use crate::notes::NoteKind;
use crate::notes::targets::Part;

/// A range of codes that a note names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RawTarget {
    pub(crate) part: Part,
    /// First and last packed key.
    pub(crate) cover: Cover,
    pub(crate) mask: Mask,
}

/// What is known when words are resolved.
pub(crate) trait Known {
    /// Whether a code that a table knows lies in the range and has these characters.
    fn any(&self, cover: Cover, mask: Mask) -> bool;
    /// The range of a chapter.
    fn chapter(&self, number: &str) -> Option<Cover>;
}

/// What the words of a note say of codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// The codes; none where the words name none, or name them in a way that is not wholly understood: a part of a set would be a
    /// wrong set.
    pub(crate) targets: Vec<RawTarget>,
    /// Whether the words have a code at all.
    pub(crate) explicit: bool,
}

/// Codes that stand together, as a list or range, and what is said of them.
#[derive(Debug)]
struct Reference {
    targets: Vec<RawTarget>,
    /// Whether it fills a pair of brackets, but for a condition.
    bracketed: bool,
    /// Whether its condition was understood, or it has none.
    understood: bool,
}

pub(crate) fn resolve(kind: NoteKind, words: &str, known: &dyn Known) -> Resolved {
    let tokens = tokens(words);
    let reader = Reader { kind, words, tokens: &tokens, known };
    let mut references = reader.references();
    let explicit = !references.is_empty();
    // An instruction names in brackets what it is about; codes outside of them then say what that is.
    let instruction =
        !matches!(kind, NoteKind::Includes | NoteKind::InclusionTerm | NoteKind::Note | NoteKind::SeventhCharacter);
    if instruction && references.iter().any(|reference| reference.bracketed) {
        references.retain(|reference| reference.bracketed);
    }
    if references.is_empty() && kind == NoteKind::UseAdditional {
        references.extend(reader.chapter());
    }
    let understood = references.iter().all(|reference| reference.understood);
    let mut targets: Vec<RawTarget> = references.into_iter().flat_map(|reference| reference.targets).collect();
    targets.sort_unstable();
    targets.dedup();
    if !understood {
        targets.clear();
    }
    Resolved { targets, explicit }
}

struct Reader<'w> {
    kind: NoteKind,
    words: &'w str,
    tokens: &'w [Token],
    known: &'w dyn Known,
}

/// What stands between two codes.
enum Link {
    Range,
    List,
    Except,
    Nothing,
}

impl Reader<'_> {
    fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let next = match token.kind {
                Kind::Code(_) => self.reference(at),
                _ => None,
            };
            match next {
                Some((reference, behind)) => {
                    found.push(reference);
                    at = behind;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The reference whose first code is at a place, and the place behind it. `None` where nothing shows that a code is meant.
    fn reference(&self, start: usize) -> Option<(Reference, usize)> {
        let mut part = self.part_before(start)?;
        let mut covers: Vec<(Part, Cover)> = Vec::new();
        let mut base = None;
        let mut at = start;
        let mut alone = true;
        while let Some(code) = self.code(at) {
            base.get_or_insert(code);
            let mut cover = (code.packed(), code.last_below());
            let mut next = self.next_code(at);
            if let Some(end) = next.filter(|next| matches!(self.link(at, *next), Link::Range)) {
                let last = self.code(end)?;
                if last < code {
                    return None;
                }
                (at, next, alone) = (end, self.next_code(end), false);
                if subcategories(code, last) && self.dashed(end) {
                    covers.push((part, cover));
                    cover = (last.packed(), last.last_below());
                } else {
                    cover.1 = last.last_below();
                }
            }
            covers.push((part, cover));
            let Some(next) = next else { break };
            match self.link(at, next) {
                Link::List => {}
                Link::Except => part = Part::Except,
                Link::Range | Link::Nothing => break,
            }
            (at, alone) = (next, false);
        }
        let base = base?;
        let bracketed = start
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(|token| token.kind == Kind::Open);
        let plain = covers.iter().any(|(_, cover)| self.known.any(*cover, Mask::default()));
        let introduced = bracketed || !alone || base.len() > 3 || self.introduced(start) || self.dashed(at);
        if !plain || !introduced {
            return None;
        }
        let (masks, understood, behind) = self.condition(at, base, bracketed);
        let targets = covers
            .iter()
            .flat_map(|(part, cover)| masks.iter().map(|mask| RawTarget { part: *part, cover: *cover, mask: *mask }))
            .filter(|target| target.mask.mask == 0 || self.known.any(target.cover, target.mask))
            .collect::<Vec<_>>();
        let understood = understood && !targets.is_empty();
        Some((Reference { targets, bracketed, understood }, behind))
    }

    fn code(&self, at: usize) -> Option<Icd10CmCode> {
        match self.tokens.get(at)?.kind {
            Kind::Code(code) => Some(code),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<&str> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
        self.words.get(token.start..token.end)
    }

    fn sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// The next code, where no bracket stands between.
    fn next_code(&self, at: usize) -> Option<usize> {
        let behind = self.tokens.get(at + 1..)?;
        let place = behind.iter().position(|token| !matches!(token.kind, Kind::Sign(_) | Kind::Word))?;
        matches!(behind.get(place)?.kind, Kind::Code(_)).then_some(at + 1 + place)
    }

    fn link(&self, from: usize, to: usize) -> Link {
        let between = self.tokens.get(from + 1..to).unwrap_or_default();
        let words: Vec<String> = (from + 1..to).filter_map(|at| self.word(at)).map(str::to_ascii_lowercase).collect();
        let signs = || {
            between.iter().filter_map(|token| match token.kind {
                Kind::Sign(sign) => Some(sign),
                _ => None,
            })
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let only = |allowed: &str| signs().all(|sign| allowed.contains(sign));
        match words.as_slice() {
            ["to" | "through"] if only(".-") => Link::Range,
            [] if only(".-") => {
                let dashes = signs().filter(|sign| *sign == '-').count();
                let touches = |sign: Option<&Token>, start: bool, code: usize| {
                    sign.zip(self.tokens.get(code)).is_some_and(|(sign, code)| {
                        sign.kind == Kind::Sign('-')
                            && if start { code.end == sign.start } else { sign.end == code.start }
                    })
                };
                let near = touches(between.last(), false, to);
                // `S00 - S09`: a dash of its own; `E10.- E11` is a list without its comma.
                let own = dashes == 1 && between.len() == 1 && !touches(between.first(), true, from);
                match dashes {
                    _ if near || own || dashes >= 2 => Link::Range,
                    0 if between.is_empty() => Link::Nothing,
                    _ => Link::List,
                }
            }
            ["except", ..] | ["and", "not", "included", ..] if words.len() <= 4 => Link::Except,
            words if only(".-,;/") && words.iter().all(|word| LIST_WORDS.contains(word)) => Link::List,
            _ => Link::Nothing,
        }
    }

    /// What a reference is for, from the words before it; `None` where they speak of none.
    fn part_before(&self, start: usize) -> Option<Part> {
        let before = |back: usize| start.checked_sub(back).and_then(|at| self.word(at)).map(str::to_ascii_lowercase);
        let words = [before(3), before(2), before(1)];
        let words = words.each_ref().map(|word| word.as_deref().unwrap_or_default());
        Some(match words {
            [_, "for", "codes" | "code"] => Part::Scope,
            [_, _, "except"]
            | [_, "except", "in" | "as" | "for"]
            | ["except", "as" | "those", "in"]
            | ["not", "classifiable", "to"] => Part::Except,
            _ => Part::Named,
        })
    }

    /// Whether a word before says that a code follows.
    fn introduced(&self, start: usize) -> bool {
        let word = start.checked_sub(1).and_then(|at| self.word(at)).map(str::to_ascii_lowercase);
        word.is_some_and(|word| INTRODUCING.contains(&word.as_str()))
    }

    /// Whether a dash behind a code says that codes stand below it.
    fn dashed(&self, at: usize) -> bool {
        self.sign(at + 1, '-') || (self.sign(at + 1, '.') && self.sign(at + 2, '-'))
    }

    /// The condition behind the last code of a reference, whether it was understood, and the place behind it.
    fn condition(&self, last: usize, base: Icd10CmCode, bracketed: bool) -> (Vec<Mask>, bool, usize) {
        let none = |understood: bool, behind: usize| (vec![Mask::default()], understood, behind);
        let mut at = last + 1;
        while self.sign(at, '-') || self.sign(at, '.') || self.sign(at, ',') {
            at += 1;
        }
        let close = |from: usize| {
            let rest = self.tokens.get(from..).unwrap_or_default();
            from + rest.iter().position(|token| token.kind == Kind::Close).unwrap_or(rest.len())
        };
        if bracketed {
            let end = close(at);
            if at < end {
                // Something stands in the brackets beside the codes: a condition, or words that are not understood.
                return match self.with(at, end).and_then(|words| condition::read(words, base)) {
                    Some(masks) => (masks, true, end),
                    None => none(!self.instruction(), end),
                };
            }
            at = end + 1;
        }
        match self.with(at, self.tokens.len()) {
            Some(words) => match condition::read(words, base) {
                Some(masks) => (masks, true, self.tokens.len()),
                None => none(bracketed || !self.instruction(), last + 1),
            },
            None => none(true, last + 1),
        }
    }

    fn instruction(&self) -> bool {
        !matches!(self.kind, NoteKind::Includes | NoteKind::InclusionTerm | NoteKind::Note | NoteKind::SeventhCharacter)
    }

    /// The words behind `with`, which is at a place, up to the end.
    fn with(&self, at: usize, end: usize) -> Option<&str> {
        if !self.word(at)?.eq_ignore_ascii_case("with") {
            return None;
        }
        let start = self.tokens.get(at)?.end;
        self.words.get(start..self.tokens.get(end).map_or(self.words.len(), |token| token.start))
    }

    /// `code (Chapter 20)`.
    fn chapter(&self) -> Option<Reference> {
        let place = (0..self.tokens.len()).find(|at| {
            self.tokens.get(*at).is_some_and(|token| token.kind == Kind::Open)
                && self.word(at + 1).is_some_and(|word| word.eq_ignore_ascii_case("chapter"))
                && self.tokens.get(at + 3).is_some_and(|token| token.kind == Kind::Close)
        })?;
        let cover = self.known.chapter(self.word(place + 2)?)?;
        let target = RawTarget { part: Part::Named, cover, mask: Mask::default() };
        Some(Reference { targets: vec![target], bracketed: true, understood: true })
    }
}

/// Whether two codes are the same part of two subcategories, as I69.01 and I69.11: with dashes behind them, `I69.01-I69.11-` names those
/// two, not what stands between.
fn subcategories(one: Icd10CmCode, other: Icd10CmCode) -> bool {
    one.len() == 5
        && other.len() == 5
        && one.category() == other.category()
        && one.character(4) != other.character(4)
        && one.character(5) == other.character(5)
}

/// Words that may stand between the codes of a list.
const LIST_WORDS: [&str; 8] = ["and", "or", "category", "categories", "subcategory", "subcategories", "code", "codes"];
/// Words behind which three characters of the right shape are a category.
const INTRODUCING: [&str; 14] = [
    "in",
    "to",
    "under",
    "from",
    "category",
    "categories",
    "subcategory",
    "subcategories",
    "code",
    "codes",
    "block",
    "except",
    "or",
    "and",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::targets::last_code;

    /// Every code there is but these, as if a table had them all.
    struct All(&'static [&'static str]);

    impl Known for All {
        fn any(&self, cover: Cover, _: Mask) -> bool {
            let missing = |code: &&str| Icd10CmCode::parse(code).is_ok_and(|code| code.packed() == cover.0);
            cover.0 <= cover.1 && !self.0.iter().any(missing)
        }

        fn chapter(&self, number: &str) -> Option<Cover> {
            let (first, last) = (Icd10CmCode::parse("V00").ok()?, Icd10CmCode::parse("Y99").ok()?);
            (number == "20").then_some((first.packed(), last.last_below()))
        }
    }

    fn shown(kind: NoteKind, words: &str) -> String {
        let resolved = resolve(kind, words, &All(&["B12", "A99.9"]));
        let show = |target: &RawTarget| {
            let (first, last) = (Icd10CmCode::from_packed(target.cover.0).unwrap(), last_code(target.cover.1).unwrap());
            let part = match target.part {
                Part::Named => "",
                Part::Except => "!",
                Part::Scope => "@",
            };
            let condition = if target.mask.mask == 0 { "" } else { "?" };
            if first == last { format!("{part}{first}{condition}") } else { format!("{part}{first}-{last}{condition}") }
        };
        resolved.targets.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_the_words_name_is_found() {
        use NoteKind::{CodeAlso, CodeFirst, Excludes1, Excludes2, Includes, InclusionTerm, Note, UseAdditional};
        for (kind, words, targets) in [
            (Excludes1, "one disease (E10.-)", "E10"),
            (Excludes1, "one disease (M1A.0-, M10.00)", "M10.00 M1A.0"),
            (Excludes1, "several diseases (E08-E13)", "E08-E13"),
            (Excludes1, "a disease (abbreviated B12) with another (A01) (B02.-)", "A01 B02"),
            (Excludes1, "a disease (S00.- to S09.-)", "S00-S09"),
            (Excludes1, "a disease (S00 - S09)", "S00-S09"),
            (Excludes1, "a disease (F10.-F19.-)", "F10-F19"),
            (Excludes1, "a disease (F10.- -F19.-)", "F10-F19"),
            (Excludes1, "a disease (I70.2--I70.7-)", "I70.2-I70.7"),
            (Excludes1, "a disease (P28.3- - P28.4-)", "P28.3-P28.4"),
            (CodeAlso, "a disease (I60.-. I61.-, I62.-)", "I60 I61 I62"),
            (Excludes1, "a disease (E10.- E11)", "E10 E11"),
            (Excludes1, "a disease (I69.01-I69.11-, I69.81- I69.91-)", "I69.01 I69.11 I69.81 I69.91"),
            (CodeAlso, "a disease (K80.00-K80.19)", "K80.00-K80.19"),
            (Excludes1, "effects (A00-R94 and T80-T88.6, T88.8)", "A00-R94 T80-T88.6 T88.8"),
            (Excludes1, "a disease of a place Q68.0", "Q68.0"),
            (Excludes1, "a disease that was not closed (Z89.52-", "Z89.52"),
            (Excludes1, "a condition in I51.4-I51.9 due to another (I11.-)", "I11"),
            (Excludes1, "a disease as classified in H90.-", "H90"),
            (
                Excludes1,
                "a disease classified in S06.1- to S06.6-, and S06.81- to S06.89-, code to it",
                "S06.1-S06.6 S06.81-S06.89",
            ),
            (Excludes2, "a fracture (S42.- with 7th character B or C)", "S42? S42?"),
            (Excludes1, "a disease (I69. with final characters -23)", "I69?"),
            (
                CodeFirst,
                "a drug, if applicable (T36-T65 with fifth or sixth character 5)",
                "T36-T65? T36-T65? T36-T65?",
            ),
            (CodeFirst, "a drug (T36-T50) with fifth or sixth character 6", "T36-T50? T36-T50? T36-T50?"),
            (CodeFirst, "a drug (T51-T65 with fifth or sixth character to indicate intent), for something", "T51-T65"),
            (UseAdditional, "code from category T31 or T32 to tell the extent", "T31 T32"),
            (UseAdditional, "code(s) from F11-F16 and F18-F19 to tell more", "F11-F16 F18-F19"),
            (UseAdditional, "code (B95-B97) to tell the agent.", "B95-B97"),
            (UseAdditional, "code (Chapter 20) to tell the cause", "V00-Y99"),
            (
                UseAdditional,
                "code, if applicable, for codes G31.0-G31.83, G31.85-G31.9, to tell:",
                "@G31.0-G31.83 @G31.85-G31.9",
            ),
            (InclusionTerm, "Conditions in S00-T88, except T74 and T76", "S00-T88 !T74 !T76"),
            (InclusionTerm, "Conditions in O62.-, except O62.3", "O62 !O62.3"),
            (InclusionTerm, "Conditions classifiable to C15", "C15"),
            (Includes, "conditions in I11.- with any condition in I12.-", "I11 I12"),
            (Includes, "anything, except as in G80-G82", "!G80-G82"),
            (Note, "Category G09 is for conditions in G00-G08", "G00-G08 G09"),
        ] {
            assert_eq!(shown(kind, words), targets, "{words}");
        }
    }

    #[test]
    fn what_is_not_understood_names_no_code() {
        for (kind, words, explicit) in [
            (NoteKind::Excludes1, "neoplasm", false),
            (NoteKind::Excludes1, "burns - see above", false),
            (NoteKind::Excludes1, "a disease (E13-E08)", false),
            (NoteKind::Excludes1, "a disease - see categories E08-E10, E13 with something else", true),
            (NoteKind::Excludes1, "a fracture (S52.- with open fracture 7th character)", true),
            (NoteKind::Excludes1, "a disease (E08 in those who have it)", true),
            (NoteKind::InclusionTerm, "lack of vitamin B12", false),
            (NoteKind::InclusionTerm, "G6PD, H5N1, O157:H7 and a type R12", false),
            (NoteKind::CodeFirst, "what is not there (A99.9)", false),
        ] {
            let resolved = resolve(kind, words, &All(&["B12", "A99.9"]));
            assert_eq!((resolved.targets, resolved.explicit), (Vec::new(), explicit), "{words}");
        }
    }
}
