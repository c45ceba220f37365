//! The list of abbreviations, compiled into every index.

use crate::search::normalise::words;
use std::collections::BTreeMap;

/// The list: a line each, `ABBREVIATION<TAB>expansion|expansion`; `#` begins a comment. An expansion that begins with `+` is looked for
/// beside the abbreviation itself.
const LIST: &str = include_str!("abbreviations.tsv");

/// The section: in order of the abbreviation as queries are read.
pub(crate) fn section() -> (Vec<u8>, usize) {
    let mut lines = BTreeMap::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        let Some((abbreviation, expansions)) = line.split_once('\t') else { continue };
        let mut words = words(abbreviation);
        let (Some(token), None) = (words.next(), words.next()) else { continue };
        lines.insert(token.word.as_str().to_owned(), expansions.trim());
    }
    let rows = lines.len();
    let text: Vec<String> = lines.into_iter().map(|(key, expansions)| format!("{key}\t{expansions}")).collect();
    (text.join("\n").into_bytes(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_line_is_one_word_and_its_expansions_and_none_stands_twice() {
        let mut keys = BTreeSet::new();
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let (abbreviation, expansions) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
            let read: Vec<_> = words(abbreviation).collect();
            assert_eq!(read.len(), 1, "one word: {line}");
            assert!(keys.insert(read[0].word.as_str().to_owned()), "twice: {line}");
            for expansion in expansions.split('|') {
                assert!(words(expansion.trim_start_matches('+')).next().is_some(), "no expansion: {line}");
                assert_eq!(expansion, expansion.trim(), "{line}");
            }
        }
        assert!(keys.len() >= 300, "{} abbreviations", keys.len());
        assert_eq!(section().1, keys.len());
    }
}
