//! The queries that the search is trained and measured with.

use std::collections::{BTreeMap, BTreeSet};
use superbill_icd10cm::Icd10CmCode;
use superbill_icd10cm::import::search::SearchSource;

/// How many parts the categories are dealt into.
pub(crate) const FOLDS: usize = 5;

/// A text and the code that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) owner: Icd10CmCode,
    /// Every code that has the same text, the owner among them.
    pub(crate) gold: BTreeSet<Icd10CmCode>,
    /// The part that the owner's category is dealt to.
    pub(crate) fold: usize,
}

/// The inclusion terms and `includes` notes of the newest release from category level down.
pub(crate) fn terms(source: &SearchSource) -> Vec<Example> {
    let notes = source.nodes.iter().filter(|(_, node)| node.newest).flat_map(|(code, node)| {
        node.inclusion_terms.iter().chain(&node.includes).map(move |text| (*code, text.as_str()))
    });
    examples(source, notes.collect())
}

/// What notes of other codes call a code.
pub(crate) fn references(source: &SearchSource) -> Vec<Example> {
    examples(source, source.references.iter().map(|(code, text)| (*code, text.as_str())).collect())
}

fn examples(source: &SearchSource, notes: Vec<(Icd10CmCode, &str)>) -> Vec<Example> {
    let mut owners: BTreeMap<&str, BTreeSet<Icd10CmCode>> = BTreeMap::new();
    for (code, text) in &notes {
        owners.entry(text).or_default().insert(*code);
    }
    let categories: BTreeSet<Icd10CmCode> = source.nodes.keys().map(|code| code.category()).collect();
    let folds: BTreeMap<Icd10CmCode, usize> =
        categories.into_iter().enumerate().map(|(place, category)| (category, place % FOLDS)).collect();
    let example = |(owner, text): (Icd10CmCode, &str)| Example {
        text: text.to_owned(),
        owner,
        gold: owners.get(text).cloned().unwrap_or_default(),
        fold: folds.get(&owner.category()).copied().unwrap_or_default(),
    };
    notes.into_iter().map(example).collect()
}
