//! The words of a reference to what they name.

use super::xml::{Book, code};
use crate::index::{
    CrossReferenceTarget, IndexEntry, IndexTree, IndexWalk, Search, is_connecting, title_words, walk_cited, words,
};

/// What names a whole book, in lower case, and the book.
const BOOKS: [(&str, CrossReferenceTarget<'static>); 7] = [
    ("table of neoplasms", CrossReferenceTarget::NeoplasmTable),
    ("neoplasm table", CrossReferenceTarget::NeoplasmTable),
    ("table of drugs and chemicals", CrossReferenceTarget::DrugTable),
    ("index to diseases and injuries", CrossReferenceTarget::AlphabeticIndex),
    ("index to disease", CrossReferenceTarget::AlphabeticIndex),
    ("index to external causes of injury", CrossReferenceTarget::ExternalCauseIndex),
    ("external cause index", CrossReferenceTarget::ExternalCauseIndex),
];

/// Where the words of a reference lead, and where in them the rest begins that says how to choose there. `from` are the entries that have the
/// reference: it does not lead to them.
pub(super) fn resolve<'t>(
    tree: &'t IndexTree<'t>,
    book: Book,
    text: &str,
    from: &[u32],
) -> (CrossReferenceTarget<'t>, usize) {
    let start = text.len() - text.trim_start().len();
    let lower = text.to_ascii_lowercase();
    let named = |name: &str| {
        let rest = lower.get(start..)?.strip_prefix(name)?;
        (!rest.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(start + name.len())
    };
    if let Some(rest) = named("condition") {
        return (CrossReferenceTarget::Condition, rest);
    }
    if let Some((target, rest)) = BOOKS.iter().find_map(|(name, target)| Some((*target, named(name)?))) {
        return (target, rest);
    }
    if book == Book::Alphabetic
        && let Some(rest) = named("neoplasm")
    {
        return (CrossReferenceTarget::NeoplasmTable, rest);
    }
    if let Some(found) = codes(text, &lower, start) {
        return found;
    }
    if let Some(found) = entry(tree, book, text, from) {
        return found;
    }
    // The Table of Neoplasms sends to histologies, which are main terms of the Alphabetic Index.
    if book == Book::Neoplasm && named("neoplasm").is_none() {
        return (CrossReferenceTarget::AlphabeticIndex, start);
    }
    (CrossReferenceTarget::Unresolved, 0)
}

/// `category I01`, `E08-E13 with .42`.
fn codes<'t>(text: &str, lower: &str, start: usize) -> Option<(CrossReferenceTarget<'t>, usize)> {
    let mut at = start;
    for word in ["categories", "category", "subcategories", "subcategory", "codes", "code"] {
        if lower.get(at..)?.starts_with(word) {
            at += word.len();
            break;
        }
    }
    let rest = text.get(at..)?;
    at += rest.len() - rest.trim_start().len();
    let rest = text.get(at..)?;
    let piece = rest.split([' ', ',']).next()?;
    let (first, last) = match piece.split_once('-') {
        Some((first, last)) if !last.is_empty() => (code(first)?, code(last)?),
        _ => (code(piece)?, code(piece)?),
    };
    Some((CrossReferenceTarget::Codes { first: first.code(), last: last.code() }, at + piece.len()))
}

/// An entry of the same book: the path as it is cited; without what says how to choose (`by site`); or the same words in another order.
fn entry<'t>(
    tree: &'t IndexTree<'t>,
    book: Book,
    text: &str,
    from: &[u32],
) -> Option<(CrossReferenceTarget<'t>, usize)> {
    let other = |walked: &IndexWalk<'t>| {
        let mut entries = walked.entries().iter().filter(|entry| !from.contains(&entry.ordinal()));
        entries.next().copied().filter(|_| walked.is_complete())
    };
    let found = |path: &str, rest: usize| {
        let whole = other(&walk_cited(tree, path, false)).or_else(|| same_words(tree, path, from)).or_else(|| {
            let short = walk_cited(tree, path, true);
            other(&short).filter(|_| short.entries().len() == 1)
        });
        Some((CrossReferenceTarget::Entry(whole?), rest))
    };
    if let Some(found) = found(text, text.len()) {
        return Some(found);
    }
    // What says how to choose: the piece that begins so, wherever it stands.
    let mut kept: Vec<&str> = Vec::new();
    let mut choice = None;
    let mut at = 0;
    for piece in text.split(',') {
        let begin = at;
        at += piece.len() + 1;
        let inside = piece.find(" by ").filter(|_| !piece.trim_start().starts_with("by ")).map(|place| place + 1);
        let word = piece.trim_start();
        let cut = if word.starts_with("by ") || word.starts_with("or ") || word.starts_with("and ") {
            Some(piece.len() - word.len())
        } else {
            inside.or_else(|| code_behind(piece))
        };
        match cut {
            Some(cut) => {
                kept.extend(piece.get(..cut).filter(|before| !before.trim().is_empty()));
                choice = choice.or(Some(begin + cut));
            }
            None => kept.push(piece),
        }
    }
    if let Some(choice) = choice {
        let before = text.get(..choice).map(|before| before.trim_end_matches([',', ' ']));
        return found(&kept.join(","), choice).or_else(|| found(before.filter(|before| !before.is_empty())?, choice));
    }
    // A salt of a drug stands for the drug.
    let walked = walk_cited(tree, text, false);
    let salt = book == Book::Drug && words(walked.rest()).len() == 1 && !walked.rest().contains(',');
    let rest = text.len() - walked.rest().len();
    walked.entry().filter(|_| salt).map(|entry| (CrossReferenceTarget::Entry(entry), rest))
}

/// Where a code begins behind the words of a piece: `traumatic M84.40`.
fn code_behind(piece: &str) -> Option<usize> {
    let at = piece.rfind(' ')?;
    let word = piece.get(at + 1..)?;
    code(word).is_some().then_some(at + 1)
}

/// The entry that has the words of a path and no others that count, its main term being cited first.
fn same_words<'t>(tree: &'t IndexTree<'t>, path: &str, from: &[u32]) -> Option<IndexEntry<'t>> {
    let first = words(path).into_iter().next()?;
    let found = Search::new(tree, path, false).matches(3, |entry| !from.contains(&entry));
    let found = found.into_iter().find(|found| {
        let main = title_words(&found.entry.main_term().title());
        let cited = main.essential().any(|word| word.stem == first.stem);
        let left_over = found.left_over.iter().all(|word| is_connecting(&word.to_lowercase()));
        cited && left_over && found.missing.is_empty()
    });
    found.map(|found| found.entry)
}
