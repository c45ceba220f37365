//! From the titles to the sides that codes name.

use super::history::History;
use super::write::numbers;
use crate::code::Icd10CmCode;
use crate::conflicts::sides::{MANIFESTATION, Side};
use crate::section;
use std::collections::BTreeMap;
use superbill_table::TableWriter;

/// Words that say a side or nothing of the condition.
const EMPTY: [&str; 8] = ["right", "left", "bilateral", "unilateral", "of", "the", "in", "both"];

/// The words of a title, in small letters.
fn words(title: &str) -> Vec<String> {
    title.split(|next: char| !next.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words without one of them; `None` where it is not there exactly `times` times.
fn without(words: &[String], word: &str, times: usize) -> Option<Vec<String>> {
    if words.iter().filter(|other| *other == word).count() != times {
        return None;
    }
    let place = words.iter().position(|other| other == word)?;
    let mut rest = words.to_vec();
    rest.remove(place);
    Some(rest)
}

/// Whether all of some words are among others in their order, all but at most two of which are used up.
fn nearly(fewer: &[String], more: &[String]) -> bool {
    let mut rest = more.iter();
    fewer.len() + 2 >= more.len() && fewer.iter().all(|word| rest.any(|other| other == word))
}

pub(crate) fn write(writer: &mut TableWriter, history: &History) {
    let runs: BTreeMap<Icd10CmCode, String> = history
        .codes
        .iter()
        .filter_map(|(code, codes)| Some((*code, codes.title_runs().first()?.text.to_owned())))
        .collect();
    let titles: BTreeMap<Icd10CmCode, Vec<String>> = runs.iter().map(|(code, title)| (*code, words(title))).collect();
    let sides = sides(&titles);
    let mut marks = Vec::new();
    for code in history.codes.keys() {
        let side = sides.get(code).map_or(0, |(side, place)| side.number() | (*place as u8 - 4) << 3);
        let elsewhere = runs.get(code).is_some_and(|title| title.contains("in diseases classified elsewhere"));
        marks.push(side | if elsewhere { MANIFESTATION } else { 0 });
    }
    writer.section(section::CODE_SIDES, marks.len(), marks);
    let ordinals: BTreeMap<Icd10CmCode, u32> = history.codes.keys().copied().zip(0..).collect();
    let pairs = elsewhere(&titles, &sides);
    let rows = pairs.iter().filter_map(|(one, both)| Some([*ordinals.get(one)?, *ordinals.get(both)?]));
    writer.section(section::BILATERAL_CODES, pairs.len(), numbers(rows.flatten()));
}

/// The side of each code that has a fellow of the other side, whose title is the same but for `right` and `left`, and of the codes of both
/// and of an unspecified side that stand beside them; with the place of the character that tells them apart.
fn sides(titles: &BTreeMap<Icd10CmCode, Vec<String>>) -> BTreeMap<Icd10CmCode, (Side, usize)> {
    let mut sides = BTreeMap::new();
    for (right, title) in titles {
        let Some(rest) = without(title, "right", 1) else { continue };
        let mirrored: Vec<String> =
            title.iter().map(|word| if word == "right" { "left".to_owned() } else { word.clone() }).collect();
        for place in 4..=right.len() {
            let beside = || (1..=36u64).filter_map(|character| replaced(*right, place, character));
            let Some(left) = beside().find(|code| titles.get(code) == Some(&mirrored)) else { continue };
            sides.insert(*right, (Side::Right, place));
            sides.insert(left, (Side::Left, place));
            for code in beside() {
                let Some(words) = titles.get(&code).filter(|_| code != *right && code != left) else { continue };
                let unsided = !words.iter().any(|word| matches!(word.as_str(), "right" | "left" | "bilateral"));
                let before = rest.iter().filter(|word| *word == "unspecified").count();
                if without(words, "bilateral", 1).is_some_and(|words| nearly(&words, &rest)) {
                    sides.insert(code, (Side::Bilateral, place));
                } else if unsided && without(words, "unspecified", before + 1).is_some() && same(words, &rest) {
                    sides.insert(code, (Side::Unspecified, place));
                }
            }
            break;
        }
    }
    sides
}

/// Whether words are others and one `unspecified`, in any order.
fn same(words: &[String], rest: &[String]) -> bool {
    let mut more = rest.to_vec();
    more.push("unspecified".to_owned());
    more.sort_unstable();
    let mut words = words.to_vec();
    words.sort_unstable();
    more == words
}

/// Codes of one side whose code of both sides stands elsewhere in the category, as M17.0 beside M17.11.
fn elsewhere(
    titles: &BTreeMap<Icd10CmCode, Vec<String>>,
    sides: &BTreeMap<Icd10CmCode, (Side, usize)>,
) -> BTreeMap<Icd10CmCode, Icd10CmCode> {
    let bag = |code: Icd10CmCode, words: &[String]| {
        let mut words: Vec<String> = words.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
        words.sort_unstable();
        (code.category(), words)
    };
    let both: BTreeMap<_, Icd10CmCode> = titles
        .iter()
        .filter(|(code, words)| !sides.contains_key(code) && words.iter().any(|word| word == "bilateral"))
        .map(|(code, words)| (bag(*code, words), *code))
        .collect();
    let one = sides.iter().filter(|(_, (side, _))| matches!(side, Side::Right | Side::Left));
    one.filter_map(|(code, _)| Some((*code, *both.get(&bag(*code, titles.get(code)?))?))).collect()
}

/// The code with another character at a place.
fn replaced(code: Icd10CmCode, place: usize, character: u64) -> Option<Icd10CmCode> {
    let shift = 6 * (7 - place);
    Icd10CmCode::from_packed(code.packed() & !(0x3F << shift) | character << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_differ_in_the_side_alone_are_one_condition() {
        let titles = [
            ("H65.00", "Some otitis, unspecified ear"),
            ("H65.01", "Some otitis, right ear"),
            ("H65.02", "Some otitis, left ear"),
            ("H65.03", "Some otitis, bilateral"),
            ("H65.04", "Some otitis, recurrent, right ear"),
            ("M17.0", "Bilateral primary arthrosis of knee"),
            ("M17.11", "Unilateral primary arthrosis, right knee"),
            ("M17.12", "Unilateral primary arthrosis, left knee"),
            ("S93.401A", "Sprain of unspecified ligament of right ankle, initial encounter"),
            ("S93.402A", "Sprain of unspecified ligament of left ankle, initial encounter"),
            ("S93.409A", "Sprain of unspecified ligament of unspecified ankle, initial encounter"),
        ];
        let titles: BTreeMap<Icd10CmCode, Vec<String>> =
            titles.iter().map(|(code, title)| (Icd10CmCode::parse(code).unwrap(), words(title))).collect();
        let sides = sides(&titles);
        let shown: Vec<String> = sides.iter().map(|(code, (side, place))| format!("{code} {side:?} {place}")).collect();
        assert_eq!(
            shown,
            [
                "H65.00 Unspecified 5",
                "H65.01 Right 5",
                "H65.02 Left 5",
                "H65.03 Bilateral 5",
                "M17.11 Right 5",
                "M17.12 Left 5",
                "S93.401A Right 6",
                "S93.402A Left 6",
                "S93.409A Unspecified 6",
            ]
        );
        let pairs: Vec<String> = elsewhere(&titles, &sides).iter().map(|(one, both)| format!("{one} {both}")).collect();
        assert_eq!(pairs, ["M17.11 M17.0", "M17.12 M17.0"]);
    }
}
